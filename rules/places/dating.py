"""The day whose units a text means: the article's date, else the years that it speaks of and the units that it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

import regex

from rules.base import Reading
from rules.gazetteer.units import EVE_OF_REFORM, REFORM
from rules.places.found import LEVEL_OF_TYPE, Found

# Days between which the map changed much; a text without a date is of one of them.
_DAYS = ("2005-01-01", "2008-12-01", "2011-06-01", "2014-06-01", "2017-01-01", "2019-06-01", "2020-06-01", "2022-06-01", "2024-06-01", EVE_OF_REFORM, "2025-12-01", "2026-05-01")


@cache
def _year() -> regex.Pattern[str]:
    """A year that a text speaks of; not the goal of a plan and not the end of a span: "đến năm 2020", "2016 - 2020"."""
    return regex.compile(r"(?<!đến năm |đến |tới năm |[-–] ?|\d)(?:(?<=năm )|(?<=[./-]))(20[012]\d)(?![\d%])")


def day_of(reading: Reading, found: Sequence[Found]) -> str:
    """An ISO date: the published day where it is known, else the likeliest."""
    if reading.published:
        known = reading.published
        return known + {4: "-07-01", 7: "-15"}.get(len(known), "")
    named = {(f.name, f.typed): f.units for f in found if f.units}
    days = _DAYS
    years = Counter(_year().findall(reading.text))
    if years:
        top = max(years.values())
        year = max(y for y, n in years.items() if 3 * n >= top)
        days = tuple(d for d in _DAYS if abs(int(d[:4]) - int(year)) <= 1) or (f"{year}-07-01",)
        day = f"{year}-06-01"
        days = (*days, day) if day < REFORM or int(year) > 2025 else days
    districts = any(f.typed and f.units and LEVEL_OF_TYPE[f.typed] == "district" and not f.former for f in found)
    if districts:
        days = tuple(d for d in days if d < REFORM) or (EVE_OF_REFORM,)
    scores = {d: sum(any(u.holds_on(d) for u in units) for units in named.values()) for d in days}
    best = max(scores.values(), default=0)
    fitting = [d for d in days if scores[d] == best]
    return max(fitting) if not years else min(fitting, key=lambda d: (abs(int(d[:4]) - int(year)), d))
