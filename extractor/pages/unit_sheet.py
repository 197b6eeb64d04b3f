"""The sheet of a unit: where its sources differ, its figures over time, its officials over time, its parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from urllib.parse import quote

from extractor.pages import labels
from extractor.pages.html import attribute, both, text
from extractor.pages.marks import colour
from extractor.pages.people_sheet import officials
from extractor.pages.plots import Mark, over_time
from extractor.pages.reconciled import Told
from extractor.pages.store import Row
from extractor.pages.told import (
    AGREE,
    TIME,
    WHAT,
    agreement,
    amount,
    claims_table,
    head,
    measured,
    record_link,
    unit_link,
    when,
)
from rules.gazetteer import units as gazetteer
from rules.gazetteer.successors import current

CHARTS = 12
LONG = 30
"""Rows from which on a table scrolls by itself."""

HINT = (
    "Chưa đối chiếu các bài với nhau; hãy chạy 'trichtin reconcile' với cơ sở dữ liệu này.",
    "The articles are not yet put together; run 'trichtin reconcile' on this database.",
)


def unit_sheet(told: Told, reconciled: bool) -> str:
    """A unit: where its sources differ, its figures over time, its officials over time, its parts."""
    unit = told.unit
    body = [f"<h1>{text(unit.full_name)}</h1>{_about(told)}"]
    if not reconciled:
        body.append(f'<p class="hint">{both(HINT)}</p>')
    body.append(_differences(told.claims) if reconciled else "")
    body.append(_figures(told))
    body.append(officials(told.tenures) if reconciled else "")
    if told.parts:
        links = " ".join(
            f'<li>{unit_link(u.full_name, u.code, u.valid_from)} <span class="soft">{n}</span></li>'
            for u, n in sorted(told.parts, key=lambda p: (-p[1], p[0].name))
        )
        body.append(
            f'<section id="parts"><h2>{both(("Các đơn vị bên trong", "Its parts"))}</h2><ul class="parts">{links}</ul></section>'
        )
    return f'<main class="wide unit">{"".join(body)}</main>'


def _about(told: Told) -> str:
    unit = told.unit
    above = ", ".join(unit_link(p.full_name, p.code, p.valid_from) for p in gazetteer.parents(unit))
    lines = [f"<code>{text(unit.code)}</code> {above}"]
    until = (
        (f"đến {unit.valid_to}", f"until {unit.valid_to}") if unit.valid_to else ("đến nay", "to this day")
    )
    since = unit.valid_from
    begun = ("trước", "before") if since == gazetteer.FIRST_DAY else (since, since)
    lines.append(both((f"Từ {begun[0]} {until[0]}", f"From {begun[1]} {until[1]}")))
    after, _ = current(unit)
    if after and [u.key for u in after] != [unit.key]:
        shown = ", ".join(unit_link(u.full_name, u.code, u.valid_from) for u in after[:12])
        lines.append(f"{both(('Nay thuộc', 'Today within'))}: {shown}{' …' if len(after) > 12 else ''}")
    others = [(u, n) for u, n in told.states if u.key != unit.key]
    if others:
        shown = ", ".join(
            f'{unit_link(f"{u.full_name} ({u.valid_from})", u.code, u.valid_from)} <span class="soft">{n}</span>'
            for u, n in others
        )
        lines.append(f"{both(('Cùng mã, lúc khác', 'The same code at other times'))}: {shown}")
    return "".join(f'<p class="about">{line}</p>' for line in lines)


def _differences(claims: Sequence[Row]) -> str:
    if not claims:
        none = (
            "Không có số liệu nào mà nhiều nguồn nêu khác nhau.",
            "No figure of which several sources tell.",
        )
        return f'<section id="differences"><h2>{both(("Nhiều nguồn", "Several sources"))}</h2><p class="hint">{both(none)}</p></section>'
    title = ("Nhiều nguồn, mâu thuẫn trước", "Several sources, conflicts first")
    return f'<section id="differences"><h2>{both(title)}</h2>{claims_table(claims)}</section>'


_Thing = tuple[str, str, str, str, str, str]


def _thing(row: Row) -> _Thing:
    """What tells one thing that is measured from another: a claim's, else the article's words."""
    name = row["what"] or (row["indicator"] or row["category"] or row["kind"]).lower()
    rest = (
        row["subject"] or "",
        row["unit"],
        row["per"] or "",
        row["change"] or "",
        (row["basis"] or "").lower(),
    )
    return (name, *rest)


def _figures(told: Told) -> str:
    groups: dict[_Thing, list[Row]] = defaultdict(list)
    for row in told.facts:
        groups[_thing(row)].append(row)
    # those that make a chart first, then those that most is told of; last amounts of which is not told what they are
    claimed = any(row["what"] for row in told.facts)
    drawn = {key: _plot(rows) if rows[0]["what"] or not claimed else "" for key, rows in groups.items()}
    order = sorted(groups, key=lambda k: (not drawn[k], not _named(groups[k][0]), -len(groups[k]), k))
    left = (
        f'<p class="hint">{both((f"{told.left_out} số liệu nữa không hiện ở đây.", f"{told.left_out} more figures are not shown."))} '
        f'<a href="/search?unit={quote(told.unit.code)}">{both(("Tìm", "Search"))}</a></p>'
        if told.left_out
        else ""
    )
    charts = "".join(
        f"<figure><figcaption>{text(measured(groups[k][0]))}</figcaption>{drawn[k]}</figure>"
        for k in order[:CHARTS]
        if drawn[k]
    )
    rows = "".join(_fact_rows(groups[k]) for k in order)
    table = (
        f'<div class="scroll{" tall" if len(told.facts) > LONG else ""}"><table>{head(WHAT, TIME, ("Giá trị", "Value"), AGREE, ("Nguyên văn", "Quote"), ("Bài", "Article"))}'
        f"<tbody>{rows}</tbody></table></div>"
        if rows
        else f'<p class="hint">{both(("Chưa có số liệu nào.", "No figures."))}</p>'
    )
    title = ("Số liệu", "Figures")
    return f'<section id="figures"><h2>{both(title)}</h2>{left}<div class="plots">{charts}</div>{table}</section>'


def _named(row: Row) -> bool:
    """Whether it is told what a figure measures."""
    return bool(row["indicator"] or row["category"])


def _plot(rows: Sequence[Row]) -> str:
    if not _named(rows[0]):
        return ""
    marks = [
        Mark(
            row["period"],
            row["value_min"],
            row["value_max"],
            "conflicting" if row["agreement"] == "conflicting" else row["status"],
            f"{labels.period(row['period'])[0]}: {amount(row)}",
            _to(row),
        )
        for row in rows
        if row["period"] and row["value_min"] is not None and row["value_max"] is not None
    ]
    return over_time(marks, measured(rows[0]))


def _to(row: Row) -> str:
    return f"/claims/{row['claim_id']}" if row["claim_id"] and row["agreement"] else record_link(row)


def _fact_rows(rows: Sequence[Row]) -> str:
    shown = []
    for i, row in enumerate(sorted(rows, key=lambda r: (r["period"] or "", r["record_id"]))):
        name = f'<td rowspan="{len(rows)}">{text(measured(row))}</td>' if i == 0 else ""
        to = (
            f'<a href="/claims/{attribute(row["claim_id"])}">{agreement(row["agreement"])}</a>'
            if row["claim_id"] and row["agreement"]
            else ""
        )
        title = row["title"] or row["source"] or row["article_id"]
        shown.append(
            f'<tr>{name}<td>{when(row)}</td><td class="number nowrap">{text(amount(row))}</td><td>{to}</td>'
            f'<td><a class="quote {colour(row["kind"])}" href="{attribute(record_link(row))}">{text(row["quote"])}</a></td>'
            f'<td class="from">{text(title)}</td></tr>'
        )
    return "".join(shown)
