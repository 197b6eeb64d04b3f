"""The checker's own small reader of values. It shares nothing with the rules that find records.

A text such as "1 tỷ 200 triệu đồng" gives every reading that it allows, the likeliest first: 1.250 is
1250 or, as English writes it, 1.25. A checker asks whether a stated value is one of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

import regex

from extractor.values.numbers import digits_readings
from extractor.values.patterns import unit_before, unit_behind, unit_names, unit_of
from extractor.values.ranges import has_places, joined
from extractor.values.runs import Range, Run, is_whole, runs
from extractor.values.words import COMMON_WORDS, KNOWN_UNITS, SCALES

__all__ = [
    "KNOWN_UNITS",
    "Range",
    "Value",
    "digits_readings",
    "grouped",
    "read_unit",
    "read_value",
    "scan",
    "writes_point",
]


class Value(NamedTuple):
    """A value that stands in a text.

    `start`, `end`: code points of the text that was read, end exclusive, with the unit.
    `readings`: what it may mean as (least, most), the likeliest first. `unit`: as records name it, null
    when no unit stands there. `of`: the whole in "50/70 hộ". `scaled`: a scale (nghìn, triệu, tỷ) stands there. `unsaid`: it may be
    đồng that nobody says: 20.000/m2; 80.000 đồng, 50.000, 45.000.
    """

    start: int
    end: int
    readings: tuple[Range, ...]
    unit: str | None
    of: Decimal | None = None
    scaled: bool = False
    unsaid: bool = False


def scan(text: str) -> Iterator[Value]:
    """Every value of a folded text (`extractor.folding.fold`) in its order, with and without a unit."""
    text = _small(text)
    last: Value | None = None
    for run, of in joined(text, list(runs(text))):
        m = unit_behind().match(text, run.end)
        if m and m["unit"] in COMMON_WORDS and not _plain_amount(text, run, m.end()):
            m = None  # "một bảng", "không yên"
        unit, end = (unit_of(m), m.end()) if m else (run.unit, run.end)
        start = run.start
        if unit is None and text.endswith(("trđ", "kđ"), 0, run.end):
            unit = "VND"
        if unit is None and (p := unit_before().search(text, max(0, start - 5), start)):
            unit, start = unit_names()[p.group().strip()], p.start()
        readings = run.readings
        if (
            len(readings) > 1 and run.scale == 1 and unit not in (None, "percent")
        ):  # "12.000 đồng" is never twelve
            readings = tuple(r for r in readings if is_whole(r)) or readings[:1]
        if unit == "percent" and has_places(text, run):
            readings = tuple(sorted(readings))
        if (
            run.digits
            and text[start - 1 : start] in ("-", "−")
            and text[max(0, start - 2) : start - 1] in ("", " ", "(", "\n")
        ):
            readings = (*((-high, -low) for low, high in readings), *readings)
            start -= 1
        unsaid = unit is None and _unsaid(text, run, last)
        last = Value(start, end, readings, unit, of, run.scale >= 1000, unsaid)
        yield last


def _unsaid(text: str, run: Run, last: Value | None) -> bool:
    """Whether thousands have a rate behind them, or are the next of a list that began with đồng."""
    written = text[run.start : run.end]
    if "." not in written or not regex.search(r"(?<![\d.,])\d{1,3}(?:\.\d{3}){1,3}$", written):
        return False
    listed = last is not None and (last.unit == "VND" or last.unsaid)
    gap = text[last.end : run.start] if last and listed else ""
    return gap in ("; ", ", ") or bool(regex.match(r"[ ]?/[ ]?\p{L}", text[run.end : run.end + 3]))


def _small(text: str) -> str:
    """A text in small letters, as long as before."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c.lower()[:1] for c in text)


def _plain_amount(text: str, run: Run, end: int) -> bool:
    """Whether a number can only be one of money: scaled, long, or a rate ("5 triệu bảng", "90.000 yên", "50 bảng/phút")."""
    amount = run.readings[0][0]
    year = 1900 <= amount <= 2100
    table = text[end - 4 : end] == "bảng" and amount < 1000 and text[end : end + 1] != "/"
    return run.scale > 1 or (run.digits and not year and not table)


def read_value(text: str) -> tuple[Value, ...]:
    """The values that stand in a short text, those with a unit before those without."""
    found = list(scan(text))
    if len(found) > 1:
        found.sort(key=lambda v: (v.unit is None, not v.scaled))
    return tuple(found)


def writes_point(text: str) -> bool:
    """Whether a text writes decimals with a point somewhere ("100.1 tỷ"): then 1.250 tỷ may be 1,25."""
    return bool(regex.search(r"\d\.\d{1,2}[ ]?(?:tỷ|tỉ|triệu|%)", text))


def grouped(value: Value, text: str) -> bool:
    """Whether a value's likeliest reading takes a point before three digits for a mark of thousands."""
    return len(value.readings) > 1 and bool(regex.search(r"\d\.\d{3}(?!\d)", text[value.start : value.end]))


def read_unit(text: str) -> tuple[Decimal, str | None]:
    """A unit as producers write it: "tỷ đồng" is (1000000000, VND), "hộ nghèo" (1, household); null when not known."""
    text = " ".join(text.lower().split())
    scale = Decimal(1)
    for part in text.split():
        if part in SCALES and part not in ("mươi", "k"):
            scale *= SCALES[part]
            text = text.replace(part, "", 1).strip() if part not in ("trđ", "kđ") else "đồng"
        else:
            break
    if text in unit_names():
        return scale, unit_names()[text]
    m = unit_behind().match(text)
    return scale, unit_of(m) if m else None
