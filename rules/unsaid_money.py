"""Amounts whose currency is not said at the number: 80.000 đồng; 50.000; 45.000 — công 600.000/ngày."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import regex

from rules import bare_money, rates
from rules.measured import Measure
from rules.numbers import read_number
from rules.words import PLAIN_END

# Members of a list are of one size, more or less.
_TIMES = 20


@cache
def _number() -> re.Pattern[str]:
    """80.000, 1.500.000: thousands, parted by dots"""
    return re.compile(rf"\d(?<![^\W_].)(?<![.,/].)\d{{0,2}}(?:\.\d{{3}}){{1,3}}(?!,?\d|\.\d){PLAIN_END}")


@cache
def _comma() -> regex.Pattern[str]:
    return regex.compile(r"[;,][ ]$")


@cache
def _list_end() -> regex.Pattern[str]:
    """Behind a member: the next mark, or "và" with another number; not a thing that is counted."""
    return regex.compile(r"[ ]*(?:$|[.;,)”\"](?!\d)|và[ ]\d)")


def find(sentence: str, told: Sequence[Measure]) -> Iterator[Measure]:
    """The amounts of a sentence without a currency that a rate or the list of `told` ones shows to be money."""
    if "/" not in sentence and not told:
        return
    taken = [(m.start, m.end) for m in told]
    before = {m.end: m for m in told if m.unit}
    # a list goes on behind an amount that is told; a rate may stand before it
    for found in _number().finditer(sentence, 0 if "/" in sentence else told[0].end):
        start, end = found.span()
        if any(a < end and start < b for a, b in taken) or (values := read_number(found.group())) is None:
            continue
        m = Measure(start, end, *values, "", "", "", end, found.group(), found.group(), None)
        if _goes_on(sentence, m, before) or (
            rates.has_slash(sentence, end) and bare_money.speaks_of_money(sentence, m)
        ):
            before[end] = m
            yield m


def _goes_on(sentence: str, m: Measure, before: dict[int, Measure]) -> bool:
    """Whether an amount is the next of a list that began with a currency: "80.000 đồng; 50.000; 45.000"."""
    gap = _comma().search(sentence, max(0, m.start - 3), m.start)
    last = before.get(gap.start()) if gap else None
    if last is None or not _list_end().match(sentence, m.end):
        return False
    return m.low * _TIMES >= last.high and m.low <= last.high * _TIMES
