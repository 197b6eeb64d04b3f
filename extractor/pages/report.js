"use strict";
/* Fills the charts with rows, filters them, and leads from every mark to its sentences. Text goes in as text only. */
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const views = new Map();
  const many = 300;
  const vietnamese = { decimal: ",", thousands: ".", grouping: [3], currency: ["", " ₫"] };
  const english = () => document.documentElement.lang === "en";
  /** A label of the rows in the page's language. */
  const say = (words) => (english() ? data.words[words] ?? words : words);

  function colours() {
    const css = getComputedStyle(document.documentElement);
    const c = (name) => css.getPropertyValue("--" + name).trim();
    const axis = { labelColor: c("soft"), titleColor: c("soft"), gridColor: c("line"), domainColor: c("line"), tickColor: c("line"), labelFont: "sans-serif", labelFontSize: 12 };
    return {
      background: "transparent", view: { stroke: null }, axis, legend: { labelColor: c("ink"), titleColor: c("soft"), orient: "top", labelFontSize: 12, symbolLimit: 24 },
      bar: { fill: c("money") }, range: { category: ["money", "official", "place", "percent", "households", "own2", "own1", "own0", "own3", "bad"].map(c) },
    };
  }

  const node = (name, text, parent) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    return parent ? parent.appendChild(made) : made;
  };

  function sources(numbers) {
    const list = $("sources");
    list.replaceChildren();
    for (const n of numbers.slice(0, 60)) {
      const [before, quote, after, a] = data.sentences[n];
      const [id, title, source, url, published] = data.articles[a];
      const item = node("li", undefined, list);
      const words = node("blockquote", before, item);
      node("mark", quote, words);
      words.append(after);
      const line = node("p", undefined, item);
      const name = title || source || id;
      if (url) {
        const link = node("a", name, line);
        link.href = url;
        link.rel = "noreferrer noopener";
        link.target = "_blank";
      } else node("strong", name, line);
      const more = [published, source === name ? null : source, id].filter(Boolean).join(" · ");
      node("p", more, item);
    }
    $("panel").hidden = !numbers.length;
    list.scrollTop = 0;
  }
  $("close").addEventListener("click", () => { $("panel").hidden = true; });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") $("panel").hidden = true; });

  const columns = ["label", "place", "name", "office", "shown", "n", "stands"];
  function table(figure, rows) {
    const target = figure.querySelector(".table div"), fold = figure.querySelector(".table");
    const fill = () => {
      target.replaceChildren();
      const used = columns.filter((c) => rows.some((row) => row[c] !== undefined));
      const made = node("table", undefined, target), body = node("tbody", undefined, made);
      for (const row of rows.slice(0, many)) {
        const line = node("tr", undefined, body);
        for (const c of used) node("td", row[c] ?? "", line);
        const last = node("td", undefined, line);
        if (row.r?.length) {
          const button = node("button", String(row.r.length) + " ↗", last);
          button.type = "button";
          button.addEventListener("click", () => sources(row.r));
        }
      }
      if (rows.length > many) node("p", `… +${rows.length - many}`, target);
    };
    fold.ontoggle = () => { if (fold.open) fill(); };
    if (fold.open) fill();
  }

  /** Years alone are told as years, each where its mark stands. */
  function yearly(spec, rows) {
    if (name_of(spec) !== "at" || rows.some((row) => row.grain !== "year")) return;
    const days = [...new Set(rows.map((row) => row.at))].map((day) => day.split("-").map(Number));
    for (const layer of spec.layer) Object.assign(layer.encoding.x.axis, { format: "%Y", values: days.map(([year, month, date]) => ({ year, month, date })) });
  }
  const name_of = (spec) => spec.layer?.[0].encoding.x?.field;

  async function draw(name, found, more = {}) {
    const figure = $(name);
    const rows = !english() ? found : found.map((row) => ({ ...row, label: say(row.label), stands: say(row.stands), level: say(row.level), shown: say(row.shown) }));
    figure.querySelector(".empty").hidden = rows.length > 0;
    figure.querySelector(".chart").hidden = !rows.length;
    figure.querySelector(".table").hidden = !rows.length;
    table(figure, rows);
    views.get(name)?.finalize();
    views.delete(name);
    if (!rows.length) return;
    const spec = structuredClone(data.charts[english() ? "en" : "vi"][name]);
    yearly(spec, rows);
    if (spec.height?.step) {  // a height of steps does not go with a width that fits
      const lines = new Set(rows.map((row) => row[spec.encoding.y.field])).size;
      spec.height = Math.max(lines, 2) * spec.height.step * (spec.encoding.yOffset ? 2.4 : 1);
    }
    spec.datasets = { rows, ...more };
    const options = { ast: true, actions: false, defaultStyle: false, renderer: "svg", config: colours(), tooltip: { disableDefaultStyle: true } };
    if (!english()) options.formatLocale = vietnamese;
    const made = await vegaEmbed(figure.querySelector(".chart"), spec, options);
    views.set(name, made.view);
    made.view.addEventListener("click", (_, item) => { if (item?.datum?.r?.length) sources([...item.datum.r]); });
  }

  function options(select, values, chosen) {
    select.replaceChildren();
    for (const [value, vi, en = vi] of values) {
      const option = node("option", english() ? en : vi, select);
      option.value = value;
      Object.assign(option.dataset, { vi, en });
    }
    if (chosen !== undefined && values.some(([v]) => v === chosen)) select.value = chosen;
  }

  const count = (rows, field) => {
    const found = new Map();
    for (const row of rows) found.set(row[field], (found.get(row[field]) || 0) + 1);
    return [...found].sort((a, b) => b[1] - a[1] || String(a[0]).localeCompare(String(b[0]), "vi"));
  };
  const levels = { province: ["tỉnh, thành phố", "provinces"], district: ["huyện, quận, thị xã", "districts"], commune: ["xã, phường, thị trấn", "communes"] };
  const grains = { year: ["năm", "years"], quarter: ["quý, nửa năm, nhiều tháng", "quarters, halves, months"], month: ["tháng", "months"], day: ["ngày", "days"], span: ["khoảng thời gian", "spans of time"] };
  const counted = (words, n) => words.map((w) => `${w} – ${n}`);

  const chosenPlaces = () => new Set([...document.querySelectorAll("#chosen input:checked")].map((b) => b.value));
  const measured = () => data.facts.filter((f) => f.mode === $("mode").value && f.key === $("what").value);
  const narrowed = () => measured().filter((f) => (!$("grain").value || f.grain === $("grain").value) && (!$("level").value || f.level === $("level").value));

  function fillWhat() {
    const facts = data.facts.filter((f) => f.mode === $("mode").value);
    const names = new Map(facts.map((f) => [f.key, f.what]));
    const spread = (key) => new Set(facts.filter((f) => f.key === key).map((f) => f.place)).size;
    const ranked = count(facts, "key").slice(0, 400).map(([key, n]) => [key, n, n > 1 ? spread(key) : 1]);
    ranked.sort((a, b) => b[1] + 2 * b[2] - a[1] - 2 * a[2]);
    options($("what"), ranked.map(([key, n]) => [key, `${names.get(key)} – ${n}`]));
    fillGrain();
  }
  function fillGrain() {
    const facts = measured();
    options($("grain"), [["", "mọi kỳ", "all periods"], ...count(facts, "grain").map(([g, n]) => [g, ...counted(grains[g], n)])], "");
    options($("level"), [["", "mọi cấp", "all levels"], ...count(facts.filter((f) => f.level), "level").map(([l, n]) => [l, ...counted(levels[l], n)])], "");
    fillPlaces();
  }
  function fillPlaces() {
    const facts = narrowed();
    const box = $("chosen");
    box.replaceChildren();
    count(facts, "place").slice(0, 80).forEach(([place, n], i) => {
      const label = node("label", undefined, box), input = node("input", undefined, label);
      input.type = "checkbox";
      input.value = place;
      input.checked = i < 8;
      label.append(`${place} – ${n}`);
    });
    options($("year"), count(facts, "year").map(([y, n]) => [y, `${y} – ${n}`]));
    show();
  }
  function show() {
    const chosen = chosenPlaces(), facts = narrowed();
    const shown = facts.filter((f) => chosen.has(f.place));
    draw("over-time", shown);
    const latest = new Map();
    for (const f of facts.filter((f) => f.year === $("year").value && f.status === "actual")) {
      const held = latest.get(f.place);
      if (!held || f.at > held.at) latest.set(f.place, f);
    }
    draw("compared", [...latest.values()].sort((a, b) => b.value - a.value).slice(0, 70));
    const both = new Map();
    for (const f of shown) {
      const where = `${f.place}, ${f.label}`;
      if (!both.has(where)) both.set(where, new Map());
      if (!both.get(where).has(f.status)) both.get(where).set(f.status, { ...f, where });
    }
    draw("planned", [...both.values()].filter((m) => m.size > 1).flatMap((m) => [...m.values()]).slice(0, 80));
    if ($("size").value === "fact") map();
  }
  function map() {
    let rows = data.rows.map;
    if ($("map-level").value) rows = rows.filter((u) => u.level === $("map-level").value);
    if ($("size").value === "fact") {
      const latest = new Map();
      for (const f of narrowed()) if (!latest.has(f.place) || f.at > latest.get(f.place).at) latest.set(f.place, f);
      rows = rows.filter((u) => latest.has(u.place)).map((u) => {
        const f = latest.get(u.place);
        return { ...u, n: Math.abs(f.value), shown: `${f.shown}, ${f.label}`, r: f.r };
      });
    }
    draw("map", rows, { ground: data.rows.ground });
  }
  function people() {
    const words = $("person").value.trim().toLocaleLowerCase("vi").normalize("NFC");
    const match = (row) => !words || `${row.name} ${row.office}`.toLocaleLowerCase("vi").normalize("NFC").includes(words);
    draw("people", data.rows.people.filter(match));
    draw("people-time", data.rows["people-time"].filter(match));
  }
  function all() {
    for (const name of ["by-month", "by-kind", "by-check", "by-failure"]) draw(name, data.rows[name]);
    show();
    map();
    people();
  }

  for (const button of document.querySelectorAll("button[data-r]")) {
    button.addEventListener("click", () => sources(button.dataset.r.split(",").filter(Boolean).map(Number)));
  }
  $("of-unit")?.addEventListener("change", () => {
    const unit = $("of-unit").value;
    for (const row of document.querySelectorAll("tr[data-unit]")) row.hidden = unit && row.dataset.unit !== unit;
  });
  $("mode").addEventListener("change", fillWhat);
  $("what").addEventListener("change", fillGrain);
  for (const id of ["grain", "level"]) $(id).addEventListener("change", fillPlaces);
  $("year").addEventListener("change", show);
  $("chosen").addEventListener("change", show);
  for (const id of ["size", "map-level"]) $(id).addEventListener("change", map);
  $("person").addEventListener("input", people);
  for (const form of document.querySelectorAll("form")) form.addEventListener("submit", (event) => event.preventDefault());
  options($("map-level"), [["", "mọi cấp", "all levels"], ...count(data.rows.map, "level").map(([l]) => [l, l, data.words[l]])]);
  fillWhat();
  for (const name of ["by-month", "by-kind", "by-check", "by-failure"]) draw(name, data.rows[name]);
  map();
  people();
  dark.addEventListener("change", all);
  document.addEventListener("language", all);
})();
