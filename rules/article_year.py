"""The year that an article speaks from, where no date stands with it.

Each way in which newspapers let their year be known is a clue with a weight; years that are told alone are none,
for last year's figures are told so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from rules.anchors import Role, Told, is_ahead
from rules.periods import Anchor, anchor_of
from rules.report_day import (
    LEAD,
    dateline,
    near_days,
    reported_month,
    stamp,
    turn_of_year,
    year_after,
    year_before,
    year_of_latest_date,
    year_over,
)
from rules.words import alternation, lexicon
from rules.year_clues import SURE, WEAK, clues, end

# Newspapers on the web are not older.
_FIRST_YEAR = 1997


def article_anchor(text: str, told: Sequence[Told], published: str | None) -> Anchor | None:
    """The anchor of an article: its date, else the year that its text speaks from, else None.

    That year is the latest that the text tells as its own: newspapers leave it out, or tell it with a report, a
    season, an event of these days; a past year alone ("năm 2009 vay 5 tỷ đồng") is none.
    """
    if known := anchor_of(published):
        return known
    of_days = any(t.form in ("day", "month") for t, _ in told)
    of_court = of_days and _court().search(text, 0, LEAD) is not None
    if (dated := dateline(text, told, of_court) or stamp(text, told, of_court)) is not None:
        return dated
    weights: Counter[int] = Counter()
    weak: dict[int, set[str]] = {}
    least = 0
    present = _is_present(told)
    for time, role in told:
        if time.year is None or role is Role.BIRTH or (role is not Role.BASIS and is_ahead(text, time)):
            continue
        least = max(least, time.year if role is Role.BASIS else end(time))
        for year, weight in clues(text, time, role, present):
            if weight <= WEAK:
                weak.setdefault(year, set()).add(time.part if time.form in ("day", "month") else "")
            else:
                weights[year] += weight
    for year, hints in weak.items():
        weights[year] += min(len(hints), SURE - 1)
    for year in () if of_court else near_days(text, told):
        weights[year] += 2
    if (after := year_after(text, told)) is not None:
        weights[after] += SURE
        least = max(least, after)
    if (over := year_over(text, told)) is not None:
        weights[over] += SURE
    if (coming := year_before(text, told)) is not None:
        weights[coming] += SURE
    if not of_court and (running := year_of_latest_date(text, told)) is not None:
        weights[running] += SURE
    if (turn := turn_of_year(text, told)) is not None:
        weights[turn] = 0
    sure = [y for y, w in weights.items() if w >= SURE and y >= max(least, _FIRST_YEAR)]
    return Anchor(max(sure), reported_month(told)) if sure else None


def _is_present(told: Sequence[Told]) -> bool:
    """Whether an article speaks of days without their year, or of "năm nay": it is a piece of news."""
    return any(
        t.year is None and (t.form in ("day", "day+") or (t.form == "year" and t.shift == 0)) for t, _ in told
    )


@cache
def _court() -> re.Pattern[str]:
    """A report of a court tells the days of long ago."""
    return re.compile(rf"(?<!\w){alternation(lexicon('periods')['roles']['court'])}(?!\w)", re.IGNORECASE)
