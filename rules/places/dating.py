"""The day whose units a text means: the article's date, else the years that it speaks of and the units that it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

import regex

from rules.base import Reading
from rules.gazetteer.units import EVE_OF_REFORM, REFORM, Unit
from rules.places.found import LEVEL_OF_TYPE, Found

# Days between which the map changed much; a text without a date is of one of them.
_DAYS = (
    "2005-01-01",
    "2008-12-01",
    "2011-06-01",
    "2014-06-01",
    "2017-01-01",
    "2019-06-01",
    "2020-06-01",
    "2022-06-01",
    "2024-06-01",
    EVE_OF_REFORM,
    "2025-12-01",
    "2026-05-01",
)


@cache
def _year() -> regex.Pattern[str]:
    """A year that a text speaks of; no goal, no birth, no end of a span: "đến năm 2020", "sinh năm 1975", "2016 - 2020"."""
    return regex.compile(
        r"(?<!đến năm |đến |tới năm |sinh năm |[Gg]iai đoạn |[-–] ?|\d)(?:(?<=năm )|(?<=\d[./-]))(20[012]\d)(?![\d%])"
    )


def day_of(reading: Reading, found: Sequence[Found]) -> str:
    """An ISO date: the published day where it is known, else the likeliest.

    The years that the text tells come first, then how many of the units named existed; a text that names
    districts is of the time before July 2025. Of days that fit equally well the middle one is taken.
    """
    if reading.published:
        return reading.published + {4: "-07-01", 7: "-15"}.get(len(reading.published), "")
    days = _days_of_years(reading)
    if any(f.typed and f.units and LEVEL_OF_TYPE[f.typed] == "district" and not f.former for f in found):
        days = tuple(d for d in days if d < REFORM) or (EVE_OF_REFORM,)
    if len(days) == 1:
        return days[0]
    named = {(f.name, f.typed): f.units for f in found if f.units and not f.former}
    scores = Counter(day for units in named.values() for day in _days_of(units))
    top = max(scores[d] for d in days)
    fitting = [d for d in days if scores[d] == top]
    return fitting[len(fitting) // 2]


@lru_cache(maxsize=4096)
def _days_of(units: tuple[Unit, ...]) -> tuple[str, ...]:
    """The days on which one of some units existed."""
    return tuple(d for d in _DAYS if any(u.holds_on(d) for u in units))


def _days_of_years(reading: Reading) -> tuple[str, ...]:
    told = _year().findall(reading.text)
    if not told:
        return _DAYS
    years = Counter(told)
    top = max(years.values())
    year = max(y for y, n in years.items() if 3 * n >= top)
    if year in ("2025", "2026"):
        return tuple(d for d in _DAYS if d[:4] >= year)
    return (max(f"{year}-07-01", "2005-01-01"),)
