"use strict";
/* Choosing a record opens its entry and draws its links onto the text. Offsets are code points of the text. */
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const smooth = still ? "auto" : "smooth";

  /** The text nodes of an article with the code point at which each begins. */
  function indexed(text) {
    const nodes = [];
    let at = 0;
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const length = [...node.data].length;
      nodes.push({ node, at, length, plain: length === node.data.length });
      at += length;
    }
    return nodes;
  }

  function place(nodes, offset, end) {
    const hit = nodes.find((n) => offset < n.at + n.length || (end && offset === n.at + n.length));
    if (!hit) return null;
    const points = offset - hit.at;
    return [hit.node, hit.plain ? points : [...hit.node.data].slice(0, points).join("").length];
  }

  /** The lines that a span of the text stands on, as boxes of the text's own coordinates. */
  function boxes(text, nodes, from, to) {
    const start = place(nodes, from, false), stop = place(nodes, to, true);
    if (!start || !stop) return [];
    const range = document.createRange();
    range.setStart(...start);
    range.setEnd(...stop);
    const origin = text.getBoundingClientRect();
    const lines = [];
    for (const r of range.getClientRects()) {
      if (r.width < 1) continue;
      const last = lines[lines.length - 1];
      const box = { x: r.left - origin.left, y: r.top - origin.top, r: r.right - origin.left, b: r.bottom - origin.top };
      if (last && Math.abs((last.y + last.b) / 2 - (box.y + box.b) / 2) < 8) {
        last.x = Math.min(last.x, box.x); last.r = Math.max(last.r, box.r);
        last.y = Math.min(last.y, box.y); last.b = Math.max(last.b, box.b);
      } else lines.push(box);
    }
    return lines;
  }

  function svg(parent, name, attributes) {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    return parent.appendChild(node);
  }

  function curve(from, to) {
    const a = { x: (from.x + from.r) / 2, y: from.y }, b = { x: (to.x + to.r) / 2, y: to.y };
    if (Math.abs(from.y - to.y) < 12) {
      const top = Math.min(a.y, b.y) - 9 - Math.min(16, Math.abs(a.x - b.x) / 18);
      return `M${a.x},${a.y} C${a.x},${top} ${b.x},${top} ${b.x},${b.y}`;
    }
    if (to.y < from.y) {
      const y = to.b, lift = Math.max(18, (a.y - y) / 2);
      return `M${a.x},${a.y} C${a.x},${a.y - lift} ${b.x},${y + lift} ${b.x},${y}`;
    }
    const lift = Math.max(18, (to.y - from.b) / 2);
    return `M${a.x},${from.b} C${a.x},${from.b + lift} ${b.x},${to.y - lift} ${b.x},${to.y}`;
  }

  function start(article) {
    const text = article.querySelector(".text"), list = article.querySelector(".list");
    const entries = [...article.querySelectorAll(".entry")];
    const marks = new Map();
    for (const mark of text.querySelectorAll("mark")) {
      if (!marks.has(mark.dataset.r)) marks.set(mark.dataset.r, []);
      marks.get(mark.dataset.r).push(mark);
    }
    const nodes = indexed(text);
    const of = (entry) => marks.get(entry.id.slice(2)) || [];
    let chosen = null;

    function draw() {
      text.querySelector("svg")?.remove();
      if (!chosen) return;
      const canvas = svg(text, "svg", { class: "links", "aria-hidden": "true" });
      const start = +chosen.dataset.start, end = +chosen.dataset.end;
      const own = boxes(text, nodes, start, end)[0];
      for (const row of chosen.querySelectorAll("[data-link]")) {
        const from = +row.dataset.from, to = +row.dataset.to;
        const lines = boxes(text, nodes, from, to);
        if (!lines.length || !own || (from >= start && to <= end)) continue;
        const group = svg(canvas, "g", { class: row.className, "data-link": row.dataset.link });
        for (const b of lines) svg(group, "rect", { x: b.x - 1, y: b.y - 1, width: b.r - b.x + 2, height: b.b - b.y + 2 });
        svg(group, "path", { d: curve(own, lines[0]) });
        svg(group, "circle", { cx: (own.x + own.r) / 2, cy: lines[0].y > own.y + 12 ? own.b : own.y, r: 3 });
        const label = [...row.querySelectorAll("dt span")].find((s) => s.lang === document.documentElement.lang);
        const words = (label || row.querySelector("dt")).textContent;
        const tag = svg(group, "rect", { class: "tag" });
        const above = lines[0].y < own.y - 12;  // the line comes in on the other side
        const node = svg(group, "text", { x: lines[0].x, y: above ? lines[0].y - 4 : lines[0].b + 11 });
        node.textContent = words;
        const size = node.getBBox();
        for (const [k, v] of Object.entries({ x: size.x - 2, y: size.y, width: size.width + 4, height: size.height })) tag.setAttribute(k, v);
        row.onmouseenter = () => group.classList.add("strong");
        row.onmouseleave = () => group.classList.remove("strong");
      }
    }

    function choose(entry, { focus = false, scroll = true } = {}) {
      if (chosen) for (const mark of of(chosen)) { mark.classList.remove("chosen"); mark.removeAttribute("aria-pressed"); }
      for (const other of entries) if (other !== entry && other.open) other.open = false;
      chosen = entry;
      if (entry) {
        if (!entry.open) entry.open = true;
        for (const mark of of(entry)) mark.classList.add("chosen");
        const first = of(entry)[0];
        if (first) {
          first.setAttribute("aria-pressed", "true");
          rove(first);
          if (scroll) within(first, article.querySelector(".paper"));
        }
        within(entry, list);
        if (focus) entry.querySelector("summary").focus({ preventScroll: true });
      }
      draw();
    }

    /** Scroll a pane, never the page, until the node is in sight. */
    function within(node, pane) {
      const n = node.getBoundingClientRect(), p = pane.getBoundingClientRect();
      const room = p.height / 4;
      if (n.top < p.top + 8) pane.scrollBy({ top: n.top - p.top - room, behavior: smooth });
      else if (n.bottom > p.bottom - 8) pane.scrollBy({ top: Math.min(n.bottom - p.bottom + room, n.top - p.top - 8), behavior: smooth });
    }

    let tabbed = null;
    function rove(mark) {
      if (tabbed) tabbed.tabIndex = -1;
      tabbed = mark;
      mark.tabIndex = 0;
    }

    const seen = () => entries.filter((e) => !e.hidden);
    function step(by) {
      const shown = seen();
      if (!shown.length) return;
      const at = shown.indexOf(chosen);
      choose(shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : (at + by + shown.length) % shown.length], { focus: true });
    }

    text.addEventListener("click", (event) => {
      const inside = [];
      for (let m = event.target.closest("mark"); m; m = m.parentElement?.closest("mark")) if (!m.classList.contains("off")) inside.push(m);
      if (!inside.length || String(getSelection())) return;
      const at = inside.findIndex((m) => m.classList.contains("chosen"));
      const mark = inside[(at + 1) % inside.length];
      choose(document.getElementById("r-" + mark.dataset.r), { scroll: false });
    });
    text.addEventListener("keydown", (event) => {
      const mark = event.target.closest("mark");
      if (mark && (event.key === "Enter" || event.key === " ")) {
        event.preventDefault();
        choose(document.getElementById("r-" + mark.dataset.r));
      }
      const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (by && !event.ctrlKey && !event.metaKey && !event.altKey) {
        const shown = seen().map((e) => of(e)[0]).filter(Boolean);
        if (!shown.length) return;
        event.preventDefault();
        const now = mark ? shown.indexOf(mark) : -1;
        const next = shown[now < 0 ? 0 : Math.max(0, Math.min(shown.length - 1, now + by))];
        rove(next);
        next.focus();
      }
    });
    list.addEventListener("click", (event) => {
      const entry = event.target.closest("summary")?.parentElement;
      if (!entry) return;
      event.preventDefault();
      choose(entry === chosen ? (entry.open = false, null) : entry);
    });
    list.addEventListener("keydown", (event) => {
      if (!event.target.closest("summary")) return;
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      const shown = seen(), at = shown.indexOf(event.target.closest(".entry"));
      shown[Math.max(0, Math.min(shown.length - 1, at + by))].querySelector("summary").focus();
    });
    document.addEventListener("keydown", (event) => {
      if (article.hidden || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
      if (event.key === "Escape") { if (chosen) chosen.open = false; choose(null); }
      if (event.key === "j") step(1);
      if (event.key === "k") step(-1);
    });

    const boxesOfKinds = [...article.querySelectorAll("input[data-kind]")];
    const failed = article.querySelector("input[data-failed]"), find = article.querySelector(".find input");
    function filter() {
      const kinds = new Set(boxesOfKinds.filter((b) => b.checked).map((b) => b.dataset.kind));
      const words = (find?.value || "").trim().toLocaleLowerCase("vi").normalize("NFC");
      for (const entry of entries) {
        const shown = kinds.has(entry.dataset.kind) && (!failed?.checked || entry.classList.contains("bad"))
          && (!words || entry.textContent.toLocaleLowerCase("vi").normalize("NFC").includes(words));
        entry.hidden = !shown;
        for (const mark of of(entry)) mark.classList.toggle("off", !shown);
      }
      if (chosen?.hidden) { chosen.open = false; choose(null); }
      draw();
    }
    for (const box of [...boxesOfKinds, failed]) box?.addEventListener("change", filter);
    find?.addEventListener("input", filter);
    filter();

    new ResizeObserver(draw).observe(text);
    document.addEventListener("language", draw);
    return { choose, entries };
  }

  const articles = [...document.querySelectorAll(".article")];
  const started = new Map();
  const choice = document.getElementById("choice");
  function show(id) {
    for (const article of articles) article.hidden = article.id !== id;
    const article = document.getElementById(id);
    if (!started.has(id)) started.set(id, start(article));
    if (choice) choice.value = id;
    return started.get(id);
  }
  function follow() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const article = target?.closest(".article") || (started.size ? null : articles[0]);
    if (!article) return;
    const shown = show(article.id);
    if (target?.classList.contains("entry")) shown.choose(target, { focus: true });
  }
  choice?.addEventListener("change", () => show(choice.value));
  addEventListener("hashchange", follow);
  follow();
})();
