"""The words and links that the sheets of units, claims and people share. Whatever comes from an article is text."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from urllib.parse import quote

from extractor.output import SIGNS, number
from extractor.pages import labels
from extractor.pages.html import attribute, both, text
from extractor.pages.marks import colour
from extractor.pages.store import Row


def unit_link(name: str, code: str | None, valid_from: str | None) -> str:
    """A unit's name that leads to its sheet."""
    if not code or not valid_from:
        return text(name)
    return f'<a href="/units/{quote(code)}?valid_from={quote(valid_from)}">{text(name)}</a>'


def agreement(name: str | None) -> str:
    """How sources agree, as a badge."""
    return f'<b class="agree {attribute(name)}">{both(labels.AGREEMENTS[name])}</b>' if name else ""


def amount(row: Row) -> str:
    """A value with its qualifier and its unit, as plain text."""
    low, high = row["value_min"], row["value_max"]
    shown = _number(low) if low == high else f"{_number(low)} – {_number(high)}"
    unit = {"percent": "%", "household": "hộ"}.get(row["unit"], row["unit"])
    sign = {"increase": "+", "decrease": "−"}.get(row.get("change") or "", "")
    rate = f"/{row['per']}" if row.get("per") else ""
    return f"{SIGNS.get(row['qualifier'], '')}{sign}{shown} {unit}{rate}"


def _number(value: Decimal | None) -> str:
    return number(value) if value is not None else "?"


def measured(row: Row) -> str:
    """What is measured, as plain text."""
    parts = (row["indicator"] or row["category"] or labels.kind(row["kind"])[0], row["subject"])
    compared = f"(so với {row['basis']})" if row.get("basis") else None
    return " · ".join(str(p) for p in (*parts, compared) if p)


AGREE: labels.Words = ("Các nguồn", "Sources")
PLACE: labels.Words = ("Nơi", "Place")
WHAT: labels.Words = ("Chỉ tiêu", "What is measured")
TIME: labels.Words = ("Thời gian", "Time")
VALUES: labels.Words = ("Giá trị các nguồn nêu", "Values that sources give")
STORIES: labels.Words = ("Số tin", "Stories")


def claims_table(claims: Sequence[Row], placed: bool = False) -> str:
    """Claims, a row each: how the sources agree, what is measured, when, and the values side by side."""
    names = (AGREE, *((PLACE,) if placed else ()), WHAT, TIME, VALUES, STORIES)
    rows = "".join(_claim_row(row, placed) for row in claims)
    return f'<div class="scroll"><table>{head(*names)}<tbody>{rows}</tbody></table></div>'


def _claim_row(row: Row, placed: bool) -> str:
    values = " <i>≠</i> " if row["agreement"] == "conflicting" else " <i>·</i> "
    shown = values.join(f'<span class="nowrap">{text(amount({**row, **g}))}</span>' for g in row["given"])
    where = f"<td>{place(row)}</td>" if placed else ""
    link = f'<a href="/claims/{attribute(row["claim_id"])}">{text(measured(row))}</a>'
    return (
        f"<tr><td>{agreement(row['agreement'])}</td>{where}<td>{link}</td><td>{when(row)}</td><td>{shown}</td>"
        f'<td class="number">{row["stories"]}</td></tr>'
    )


def place(row: Row) -> str:
    """The unit of a claim or a tenure, which leads to its sheet."""
    if not row.get("name"):
        return text(str(row["place_code"]))
    shown = unit_link(f"{row['unit_type']} {row['name']}", row["place_code"], row["place_valid_from"])
    return shown + (f", {text(row['province'])}" if row["level"] != "province" and row["province"] else "")


def when(row: Row) -> str:
    """A period, and whether it is planned."""
    shown = both(labels.period(row["period"])) if row["period"] else ""
    return shown + (f" <i>{both(('kế hoạch', 'planned'))}</i>" if row["status"] == "planned" else "")


def head(*names: labels.Words) -> str:
    """The head of a table."""
    return f"<thead><tr>{''.join(f'<th>{both(n)}</th>' for n in names)}</tr></thead>"


def record_link(row: Row) -> str:
    """Where a record is shown in its article."""
    return f"/article/{quote(row['article_id'])}#r-{quote(row['record_id'])}"


def cited(row: Row) -> str:
    """A sentence with the record's words marked in it; they lead to the article."""
    sentence, quoted = row["sentence"] or row["quote"], row["quote"]
    at = row["at"] if row.get("at") is not None else max(sentence.find(quoted), 0)
    link = f'<a class="quote {colour(row.get("kind") or "official")}" href="{attribute(record_link(row))}">{text(quoted)}</a>'
    return f"<blockquote>{text(sentence[:at])}{link}{text(sentence[at + len(quoted) :])}</blockquote>"


def source(row: Row) -> str:
    """Title, newspaper and day of a record's article."""
    title = row["title"] or row["source"] or row["article_id"]
    more = " · ".join(text(v) for v in (row["newspaper"], row["published"]) if v)
    return f"{text(title)}{' · ' if more else ''}{more}"
