"""Runs of number tokens put together to ranges and to parts of a whole."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import product
from math import prod

import regex

from extractor.values.patterns import between, either, giua, of_whole, unit_behind, unit_of
from extractor.values.runs import Range, Run, is_whole
from extractor.values.words import DIGITS, SCALES

_WIDEST = 10_000
"""How many times its least value the most of a range may be: "quận 1 - 100.000 đồng" is none."""


def joined(text: str, runs: list[Run]) -> Iterator[tuple[Run, Decimal | None]]:
    """The runs with ranges as one of them, each with its whole where it is a part of one ("50/70 hộ")."""
    at = 0
    while at < len(runs):
        run = runs[at]
        following = runs[at + 1] if at + 1 < len(runs) else None
        at += 1
        if following is None or following.start - run.end > 30:
            yield run, None
            continue
        if both := _both(text, run, following):
            runs[at] = both  # which may be a part of a whole itself: 3-5/70 hộ
            continue
        w = of_whole().match(text, run.end)
        if w and w.end() == following.start and unit_behind().match(text, following.end):
            whole = next((r for r in following.readings if is_whole(r)), following.readings[0])[0]
            if run.scale < 1000 or run.readings[0][0] <= whole:  # 2 triệu/70 hộ is money
                yield run._replace(end=following.end), whole
                at += 1
                continue
        yield run, None


def _both(text: str, run: Run, following: Run) -> Run | None:
    """Two numbers as a range; None when they make none. A scale alone is no end of one: chục - 11 %."""
    if run.items[0] in SCALES and "rưỡi" not in run.items:
        return None
    own, theirs = (unit_behind().match(text, r.end) for r in (run, following))
    gap = own.end() if own else run.end
    if own and theirs is None and following.scale >= 1000 and _ends().match(text, following.end):
        run = run._replace(unit=unit_of(own))  # 500 triệu đồng đến 1 tỷ
    elif own and (theirs is None or unit_of(own) != unit_of(theirs)):
        return None
    if own and theirs and unit_of(own) == "household":  # 5 hộ nghèo đến 7 hộ nghèo
        kind = _kind_of_household().match(text, gap)
        gap = kind.end() if kind and text.startswith(kind.group(), theirs.end()) else gap
    if (b := between().match(text, gap)) and b.end() == following.start:
        return _range(text, run, following, own is not None)
    if not (e := either().match(text, gap)) or e.end() != following.start:
        return None
    if e["and"] or own:  # giữa 2 và 3 triệu, giữa 2% và 3%
        if not giua().search(text, max(0, run.start - 6), run.start):
            return None
    elif e["comma"] and not _follow_each_other(run, following):
        return None
    return _range(text, run, following, own is not None)


@cache
def _ends() -> regex.Pattern[str]:
    """Nothing that could be counted stands behind a number."""
    return regex.compile(r"[ ]*(?:[.;,)!?”\"\n]|$)")


@cache
def _kind_of_household() -> regex.Pattern[str]:
    """Words behind "hộ" as far as the sign of a range: nghèo, cận nghèo."""
    return regex.compile(rf"(?:[ ]\p{{Ll}}+){{1,3}}?(?={between().pattern}\S)")


def _follow_each_other(run: Run, following: Run) -> bool:
    """Whether two numbers in words are one and the next: hai, ba (triệu); not 5, 7 (triệu)."""
    first, second = (DIGITS.get(r.items[0]) for r in (run, following))
    return len(run.items) == 1 and bool(first and second and second - first in (1, 2))


def _unit(text: str, run: Run) -> str | None:
    m = unit_behind().match(text, run.end)
    return unit_of(m) if m else None


def has_places(text: str, run: Run) -> bool:
    """Whether three digits behind a mark are decimals of a per cent: 8.125 %, 1,200 %; thousands are round: 1.200 %."""
    return len(run.readings) > 1 and (text[run.end - 1] in "123456789" or text[run.end - 4] == ",")


def _range(text: str, run: Run, following: Run, own_unit: bool) -> Run | None:
    """Both ends as one: the first takes the scale of the second where that keeps the order ("2-3 triệu")."""
    unit = _unit(text, following)
    if following.scale == 1:
        run, following = (_counted(text, r, unit) for r in (run, following))
        if unit == "household" and not is_whole(run.readings[0]):
            return None  # nửa - 1 hộ
    shared = 1 if own_unit else _scale_for(run, following)
    if run.scale == following.scale == 1 and not own_unit and _in_thousands(text, run, following):
        shared = 1000  # "70 – 100.000 đồng"
    readings: list[Range] = []
    for (low, _), (_, high) in product(run.readings, following.readings):
        least = low * shared
        if least > high:  # not of the less likely one: 1,250 - 1 triệu
            down = _scaled_down(low, shared, high, unit) if low == run.readings[0][0] else None
            least = down or high + 1
        if least <= high <= (least or high) * _WIDEST:
            readings.append((least, high))
    if not readings or (readings[0][1] != following.readings[0][1] and len(following.readings) > 1):
        return None
    return run._replace(end=following.end, readings=tuple(dict.fromkeys(readings)), scale=following.scale)


def _counted(text: str, run: Run, unit: str | None) -> Run:
    """A number of whole things without its reading as a decimal: "(500 đến) 1,000 hộ" is never one; a per cent may be."""
    if unit == "percent" and has_places(text, run):
        return run._replace(readings=tuple(sorted(run.readings)))
    whole = tuple(r for r in run.readings if is_whole(r))
    counted = whole and run.scale == 1 and unit not in (None, "percent")
    return run._replace(readings=whole) if counted else run


def _scale_for(run: Run, following: Run) -> int:
    """What the first end leaves out of the scales that the second one writes: 2-3 triệu, hai trăm - ba trăm nghìn."""
    if run.scale >= 10**6:
        return 1
    own, theirs = run.shared, following.shared
    return prod(theirs[len(own) :] if theirs[: len(own)] == own else (s for s in theirs if s >= 1000))


def _in_thousands(text: str, run: Run, following: Run) -> bool:
    """Whether the first end leaves out the thousands that the second one writes."""
    low, high = run.readings[0][0], following.readings[0][1]
    written = text[following.end - 4 : following.end] in (".000", ",000")
    whole = run.digits and low < 1000 and low == low.to_integral_value()
    return whole and written and high % 1000 == 0 and low * 1000 < high


def _scaled_down(low: Decimal, shared: int, high: Decimal, unit: str | None) -> Decimal | None:
    """The least of a range that is no least at the scale of the other end: 500.000 - 1 triệu, 500 - 1 triệu; not 2 - 1 triệu."""
    if low >= 1000:
        return low if low <= high else None
    down = low * shared / 1000
    fits = down >= 100 and (unit not in ("percent", "household") or down == low)
    return down if fits and shared >= 1000 and down <= high < down * 100 else None
