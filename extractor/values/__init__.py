"""The checker's own small reader of values. It shares nothing with the rules that find records.

A text such as "1 tỷ 200 triệu đồng" gives every reading that it allows, the likeliest first: 1.250 is
1250 or, as English writes it, 1.25. A checker asks whether a stated value is one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product, takewhile
from math import prod

import regex

from extractor.values.numbers import digits_readings, evaluate
from extractor.values.patterns import between, of_whole, token, unit_before, unit_behind, unit_names
from extractor.values.words import COMMON_WORDS, DIGITS, KNOWN_UNITS, SCALES, SHORT_SCALES

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

Range = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Value:
    """A value that stands in a text.

    `start`, `end`: code points of the text that was read, end exclusive, with the unit.
    `readings`: what it may mean as (least, most), the likeliest first. `unit`: as records name it, null
    when no unit stands there. `of`: the whole in "50/70 hộ". `scaled`: a scale (nghìn, triệu, tỷ) stands there.
    """

    start: int
    end: int
    readings: tuple[Range, ...]
    unit: str | None
    of: Decimal | None = None
    scaled: bool = False


_WIDEST = 10_000
"""How many times its least value the most of a range may be: "quận 1 - 100.000 đồng" is none."""

_LONGEST = 24
"""Tokens that one number may have: enough for any written out in full."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Number tokens that belong together, before their unit is known."""

    start: int
    end: int
    readings: tuple[Range, ...]
    scale: int
    tail: int
    digits: bool


def scan(text: str) -> Iterator[Value]:
    """Every value of a folded text (`extractor.folding.fold`) in its order, with and without a unit."""
    runs = _join(text, list(_runs(text)))
    for run, of in runs:
        m = unit_behind().match(text, run.end)
        if m and m["unit"].lower() in COMMON_WORDS and not _plain_amount(text, run, m.end()):
            m = None  # "một bảng", "không yên"
        unit, end = (_unit(m), m.end()) if m else (None, run.end)
        start = run.start
        if unit is None and text[: run.end].lower().endswith(("trđ", "kđ"), max(0, run.end - 3)):
            unit = "VND"
        if unit is None and (p := unit_before().search(text, max(0, start - 5), start)):
            unit, start = unit_names()[p.group().strip().lower()], p.start()
        readings = run.readings
        if run.scale == 1 and unit not in (None, "percent"):  # "12.000 đồng" is never twelve
            readings = tuple(r for r in readings if _whole_number(r)) or readings[:1]
        # thousands of per cent are round: 1.200 %, but 8.125 % has decimals
        if unit == "percent" and len(readings) > 1 and text[run.end - 1] in "123456789":
            readings = tuple(sorted(readings))
        if (
            run.digits
            and text[start - 1 : start] in ("-", "−")
            and text[max(0, start - 2) : start - 1] in ("", " ", "(", "\n")
        ):
            readings = (*((-high, -low) for low, high in readings), *readings)
            start -= 1
        yield Value(start, end, readings, unit, of, run.scale >= 1000)


def _unit(m: regex.Match[str]) -> str:
    """The unit that a match of `unit_behind` names."""
    return unit_names()[" ".join(m["unit"].lower().split())]


def _plain_amount(text: str, run: _Run, end: int) -> bool:
    """Whether a number can only be one of money: scaled, long, or a rate ("5 triệu bảng", "90.000 yên", "50 bảng/phút")."""
    amount = run.readings[0][0]
    year = 1900 <= amount <= 2100
    table = text[end - 4 : end].lower() == "bảng" and amount < 1000 and text[end : end + 1] != "/"
    return run.scale > 1 or (run.digits and not year and not table)


def _whole_number(reading: Range) -> bool:
    return all(end == end.to_integral_value() and end.as_tuple().exponent == 0 for end in reading)


def read_value(text: str) -> tuple[Value, ...]:
    """The values that stand in a short text, those with a unit before those without."""
    found = list(scan(text))
    return tuple(sorted(found, key=lambda v: (v.unit is None, not v.scaled)))


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
    return scale, unit_names()[" ".join(m["unit"].split())] if m else None


def _runs(text: str) -> Iterator[_Run]:
    """Tokens that stand together and make a number, in the order of the text."""
    tokens: list[regex.Match[str]] = []
    for m in token().finditer(text):
        if len(tokens) == _LONGEST or (
            tokens
            and not (
                text[tokens[-1].end() : m.start()].strip(" ") == ""
                and _continues(tokens[-1], m, _mixed(tokens))
            )
        ):
            yield from _run(tokens)
            tokens = []
        tokens.append(m)
    if tokens:
        yield from _run(tokens)


def _mixed(tokens: Sequence[regex.Match[str]]) -> bool:
    """Whether a number began with digits, and is not at its places in words ("5 phẩy hai")."""
    return tokens[0]["number"] is not None and not any((t["word"] or "").lower() == "phẩy" for t in tokens)


def _continues(before: regex.Match[str], m: regex.Match[str], mixed: bool) -> bool:
    """Whether a token goes on with a number; `mixed`: it began with digits ("20 tỷ năm 2016": the year begins)."""
    scale_before = before["word"] is not None and before["word"].lower() in SCALES
    if m["number"] and before["word"] is not None and before["word"].lower() == "phẩy":
        return m["number"].isdecimal()
    if m["number"]:
        scale = SCALES[before["word"].lower()] if scale_before else 1
        return scale >= 1000 or (scale == 100 and len(m["number"]) == 2)  # 1 trăm 20 nghìn
    if before["number"]:
        return m["word"].lower() in SCALES or m["word"].lower() in ("rưỡi", "phẩy")
    return not mixed or m["word"].lower() in SCALES or m["word"].lower() in ("rưỡi", "phẩy")


def _run(tokens: list[regex.Match[str]]) -> Iterator[_Run]:
    items = [t["number"] or t["word"].lower() for t in tokens]
    if items[0] in SHORT_SCALES:
        return
    scale = max((SCALES[i] for i in items if i in SCALES), default=1)
    tail = prod(SCALES[i] for i in takewhile(SCALES.__contains__, reversed(items)))  # "15-16 ngàn tỷ": 10**12
    digits = items[0][0].isdigit()
    readings: tuple[Range, ...]
    first, second = (DIGITS.get(i) for i in [*items, "", ""][:2])
    if first and second and items[1] not in ("lăm", "nhăm", "mốt", "tư") and second - first in (1, 2):
        low, high = evaluate([items[0], *items[2:]]), evaluate(items[1:])  # "hai ba triệu"
        readings = tuple(zip(low[:1], high[:1], strict=False))
    else:
        readings = tuple((v, v) for v in evaluate(items))
    if readings:
        yield _Run(tokens[0].start(), tokens[-1].end(), readings, scale, tail, digits)


def _join(text: str, runs: list[_Run]) -> Iterator[tuple[_Run, Decimal | None]]:
    """Runs put together to ranges and to parts of a whole."""
    at = 0
    while at < len(runs):
        run = runs[at]
        following = runs[at + 1] if at + 1 < len(runs) else None
        at += 1
        if following is None or following.start - run.end > 30:
            yield run, None
            continue
        gap_start = run.end
        if m := unit_behind().match(text, run.end):
            gap_start = m.end()
        if (b := between().match(text, gap_start)) and b.end() == following.start:
            joined = _range(text, run, following, gap_start > run.end)
            if joined and (gap_start == run.end or _same_unit(text, run, following)):
                runs[at] = joined  # which may be a part of a whole itself: 3-5/70 hộ
                continue
        w = of_whole().match(text, run.end)
        if w and w.end() == following.start and unit_behind().match(text, following.end):
            whole = next((r for r in following.readings if _whole_number(r)), following.readings[0])[0]
            if run.scale < 1000 or run.readings[0][0] <= whole:  # 2 triệu/70 hộ is money
                yield (
                    _Run(run.start, following.end, run.readings, run.scale, run.tail, run.digits),
                    whole,
                )
                at += 1
                continue
        yield run, None


def _in_thousands(text: str, run: _Run, following: _Run) -> bool:
    """Whether the first end leaves out the thousands that the second one writes."""
    low, high = run.readings[0][0], following.readings[0][0]
    written = text[following.end - 4 : following.end] in (".000", ",000")
    return low < 1000 and written and high % 1000 == 0 and low * 1000 <= high


def _same_unit(text: str, run: _Run, following: _Run) -> bool:
    a, b = unit_behind().match(text, run.end), unit_behind().match(text, following.end)
    return bool(a and b and _unit(a) == _unit(b))


def _scaled_down(low: Decimal, shared: int, high: Decimal) -> Decimal | None:
    """The least of a range that is no least at the scale of the other end: 500.000 - 1 triệu, 500 - 1 triệu; not 2 - 1 triệu."""
    if low >= 1000:
        return low if low <= high else None
    down = low * shared / 1000
    return down if shared >= 1000 and down <= high < down * 100 else None


def _counted_whole(text: str, run: _Run) -> _Run:
    """A number of whole things without its reading as a decimal: "(500 đến) 1,000 hộ" is never one."""
    whole = tuple(r for r in run.readings if _whole_number(r))
    m = unit_behind().match(text, run.end) if run.scale == 1 and whole else None
    if m is None or _unit(m) == "percent":
        return run
    return replace(run, readings=whole)


def _range(text: str, run: _Run, following: _Run, own_unit: bool) -> _Run | None:
    """Both ends as one: the first takes the scale of the second where that keeps the order ("2-3 triệu")."""
    readings: list[Range] = []
    following = _counted_whole(text, following)
    shared = following.tail if run.scale == 1 and following.tail > 1 and not own_unit else 1
    if run.scale == following.scale == 1 and not own_unit and _in_thousands(text, run, following):
        shared = 1000  # "70 – 100.000 đồng"
    for (low, _), (high, _) in product(run.readings, following.readings):
        least = low * shared if low * shared <= high else _scaled_down(low, shared, high)
        if least is not None and least <= high <= (least or high) * _WIDEST:
            readings.append((least, high))
    likeliest = run.readings[0][0] * shared, following.readings[0][1]
    if not readings or (readings[0][1] != likeliest[1] and len(following.readings) > 1):
        return None
    both = tuple(dict.fromkeys(readings))
    return _Run(run.start, following.end, both, following.scale, following.tail, run.digits)
