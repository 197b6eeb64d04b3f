"""Officials over time, and the sheet of a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from urllib.parse import quote

from extractor.pages import labels
from extractor.pages.findings import middle
from extractor.pages.html import both, text
from extractor.pages.plots import span
from extractor.pages.store import Row
from extractor.pages.told import cited, place, source


def person_link(name: str, person_id: str) -> str:
    """A person's name that leads to the person's sheet."""
    return f'<a href="/people/{quote(person_id)}">{text(name)}</a>'


def officials(
    tenures: Sequence[Row], title: labels.Words = ("Cán bộ theo thời gian", "Officials over time")
) -> str:
    """Tenures office by office, each from first to last mention."""
    if not tenures:
        return ""
    days = spanned(tenures)
    since, until = days or (date.min, date.min)
    rows = []
    for _, group in groupby(tenures, key=lambda t: (t["body_key"], t["office"], t["place_code"])):
        held = list(group)
        for i, t in enumerate(held):
            office = f'<td rowspan="{len(held)}">{_office(t)}</td>' if i == 0 else ""
            counted = f'<td class="number">{t["articles"]}</td>'
            rows.append(f"<tr>{office}{holder_cells(t, since, until)}{counted}</tr>")
    scale = f'<span class="scale"><span>{since.year}</span><span>{until.year}</span></span>' if days else ""
    names = (
        ("Chức vụ", "Office"),
        ("Người giữ", "Holder"),
        ("Từ – đến (theo ngày bài báo)", "From – to (dates of articles)"),
    )
    return (
        f'<section id="officials"><h2>{both(title)}</h2><div class="scroll"><table>'
        f"<thead><tr>{''.join(f'<th>{both(n)}</th>' for n in names)}<th>{scale}</th>"
        f"<th>{both(('Trước, sau', 'Before, after'))}</th><th>{both(('Số bài', 'Articles'))}</th></tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table></div></section>"
    )


def _office(row: Row) -> str:
    return f'{text(row["office"].capitalize())}<br><span class="soft">{text(row["body"])}</span>'


def spanned(tenures: Sequence[Row]) -> tuple[date, date] | None:
    """The first and the last day that tenures are told of; None where no article tells its day."""
    told = (day for t in tenures for day in (t["first_mention"], t["last_mention"]) if day)
    days = [day for d in told if (day := middle(d))]
    return (min(days), max(days)) if days else None


def holder_cells(row: Row, since: date, until: date, linked: bool = True) -> str:
    """The cells of a holder: name, from and to, a bar of that time, who came before and after."""
    shown = person_link if linked else _plain_name
    marks = [both(labels.TENURES[row["state"]])] if row["state"] != "held" else []
    if row["acting"]:
        marks.append(both(labels.TENURES["acting"]))
    if row["identity"] != "one":
        marks.append(both(labels.TENURES[row["identity"]]))
    if row["contested_by"]:
        marks.append(f'<b class="bad">{both(labels.TENURES["contested"])}</b>')
    noted = f'<br><span class="soft">{" · ".join(marks)}</span>' if marks else ""
    beside = [
        f"{sign} {shown(row[who], row[f'{who}_person'])}"
        for who, sign in (("predecessor", "←"), ("successor", "→"))
        if row[who]
    ]
    return (
        f"<td>{shown(row['name'], row['person_id'])}{noted}</td><td>{_from_to(row)}</td>"
        f'<td class="time">{span(row["first_mention"], row["last_mention"], since, until)}</td>'
        f"<td>{'<br>'.join(beside)}</td>"
    )


def _plain_name(name: str, _: str) -> str:
    return text(name)


def _from_to(row: Row) -> str:
    first, last, over = (row[k] for k in ("first_mention", "last_mention", "former_from"))
    if first:
        shown = text(first) if first == last else f"{text(first)} – {text(last)}"
    else:
        shown = f'<span class="soft">{both(("không rõ ngày", "dates not known"))}</span>'
    if over:
        shown += f'<br><span class="soft">{both(("thôi giữ, theo bài ngày", "told as over on"))} {text(over)}</span>'
    return shown


def person_sheet(tenures: Sequence[Row], sentences: Mapping[str, list[Row]], others: Sequence[Row]) -> str:
    """A person: the offices over time, the sentences that tell of them, and who may be the same person."""
    name = tenures[0]["name"]
    linked = sorted({rule for t in tenures for rule in t["linked_by"]})
    told = both(labels.IDENTITIES[tenures[0]["identity"]])
    if linked:
        rules = ", ".join(f"<code>{text(rule)}</code>" for rule in linked)
        told += f" {both(('Các chức vụ được coi là của một người theo quy tắc', 'The offices are held to be one person’s by'))}: {rules}."
    parts = [f'<h1>{text(name)}</h1><p class="lead">{told}</p>', officials(tenures, ("Chức vụ", "Offices"))]
    for t in tenures:
        where = f" – {place({**t, 'name': t['unit_name']})}" if t["place_code"] else ""
        parts.append(
            f"<section><h2>{text(t['office'].capitalize())}, {text(t['body'])}{where}</h2>{_statements(sentences.get(t['tenure_id'], ()))}</section>"
        )
    if others:
        parts.append(officials(others, ("Có thể là cùng một người", "May be the same person")))
    return f'<main class="wide person">{"".join(parts)}</main>'


def _statements(rows: Iterable[Row]) -> str:
    shown = "".join(
        f"<li>{cited(row)}<p>{source(row)} {both(labels.value(row['told']))} <code>{text(row['rule'])}</code></p></li>"
        for row in rows
    )
    return f'<ol class="cited">{shown}</ol>'
