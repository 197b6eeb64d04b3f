"""The sheet of a claim: its values side by side, each with the sentences that give it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from extractor.pages import labels
from extractor.pages.html import attribute, both, text
from extractor.pages.plots import Mark, over_time
from extractor.pages.reconciled import values_told
from extractor.pages.store import Row
from extractor.pages.told import (
    agreement,
    amount,
    cited,
    claims_table,
    measured,
    place,
    record_link,
    source,
    when,
)


def claim_sheet(row: Row, sources: Sequence[Row], beside: Sequence[Row]) -> str:
    """A claim: its values side by side, each with the sentences that give it; the plan or result, other periods."""
    told = values_told([{**s, "kind": row["kind"]} for s in sources])
    columns = []
    seen: set[Any] = set()
    for given in row["given"]:
        key = (given["value_min"], given["value_max"], given["qualifier"])
        seen.add(key)
        columns.append(_value(row, given, told.get(key, [])))
    unclear = [s for key, rows in told.items() if key not in seen for s in rows]
    if unclear:
        note = (
            "Bài nêu nhiều giá trị không khớp nhau cho cùng một chỉ tiêu, nên không được tính là nguồn.",
            "The article gives several values that do not agree: it is no witness.",
        )
        columns.append(
            f'<section class="value"><h2>{both(("Không tính", "Left out"))}</h2><p class="soft">{both(note)}</p>{_quotes(unclear)}</section>'
        )
    chosen = amount(row)
    body = (
        f"<p>{place(row)}</p><h1>{text(measured(row))}, {when(row)}</h1>"
        f'<p class="lead">{agreement(row["agreement"])} <code>{text(row["rule"])}</code> · {both(("giá trị dùng trong chuỗi", "value used in series"))}: '
        f"<b>{text(chosen)}</b> <code>{text(row['chosen_by'])}</code></p>"
        f'<div class="values">{"".join(columns)}</div>{_beside(row, beside)}'
    )
    return f'<main class="wide claim">{body}</main>'


def _value(claim: Row, given: Row, rows: Sequence[Row]) -> str:
    days = given["first"] if given["first"] == given["last"] else f"{given['first']} – {given['last']}"
    counts = both(
        (
            f"{given['stories']} tin, {given['facts']} lần nêu",
            f"{given['stories']} stories, {given['facts']} mentions",
        )
    )
    told = f" · {text(days)}" if given["first"] else ""
    return f'<section class="value"><h2>{text(amount({**claim, **given}))}</h2><p class="soft">{counts}{told}</p>{_quotes(rows)}</section>'


def _quotes(rows: Sequence[Row], most: int = 24) -> str:
    """Sentences, those of one story together."""
    stories: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        stories[row["story_id"] or row["article_id"]].append(row)
    shown = []
    for same in list(stories.values())[:most]:
        copies = same[1:]
        also = (
            f"<details><summary>{both((f'và {len(copies)} bài cùng tin', f'and {len(copies)} more of this story'))}</summary>"
            + "".join(f'<p><a href="{attribute(record_link(c))}">{source(c)}</a></p>' for c in copies[:most])
            + "</details>"
            if copies
            else ""
        )
        shown.append(f"<li>{cited(same[0])}<p>{source(same[0])}</p>{also}</li>")
    more = f'<p class="hint">… +{len(stories) - most}</p>' if len(stories) > most else ""
    return f'<ol class="cited">{"".join(shown)}</ol>{more}'


def _beside(row: Row, beside: Sequence[Row]) -> str:
    if not beside:
        return ""
    marks = [
        Mark(
            r["period"], r["value_min"], r["value_max"], "conflicting" if r["agreement"] == "conflicting" else r["status"],
            f"{labels.period(r['period'])[0]}: {amount(r)}", f"/claims/{r['claim_id']}",
        )
        for r in (row, *beside)
    ]  # fmt: skip
    title = ("Kế hoạch, kết quả và các kỳ khác", "Plan, result, and other periods")
    return (
        f'<section id="beside"><h2>{both(title)}</h2><div class="plots"><figure>{over_time(marks, measured(row))}</figure></div>'
        f"{claims_table(beside)}</section>"
    )
