"""The shape that most figures share: a number, or a range of two, and a unit.

`measures()` finds it; a kind adds what only it knows (currencies, change, categories).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

import ahocorasick_rs
import regex

from rules import ranges
from rules.base import Reading
from rules.numbers import Phrase, phrase_at, starts
from rules.numerals import Sense, number_words
from rules.words import alternation, first_forms, lexicon

UnitMatch = regex.Match[str] | re.Match[str]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a kind's figures look like. Patterns are matched at the place named, on folded text.

    `start`: where their numbers may begin. `unit`: the unit behind the number, with the space before it.
    `lead`: what may stand before the number as part of the figure ("$", "-"). `bare`: whether a number with a
    scale (tỷ) or a lead ($10) is a figure without a unit. `sense`: how separators of its numbers are read.
    `same_unit`: whether the units of two numbers may make a range ("500 USD - 12 triệu đồng" is none).
    `begins`: how every unit begins, a cheap look.
    """

    start: regex.Pattern[str]
    unit: regex.Pattern[str] | re.Pattern[str]
    sense: Sense
    lead: re.Pattern[str] | None = None
    bare: bool = False
    same_unit: Callable[[str, str], bool] = lambda own, unit: True
    begins: re.Pattern[str] | None = None

    def unit_at(self, text: str, at: int) -> UnitMatch | None:
        """The unit behind a number that ends at an offset."""
        if self.begins and not self.begins.match(text, at):
            return None
        m = self.unit.match(text, at)
        return m if m and m.end() > at else None


class Measure(NamedTuple):
    """A number or range with its unit. `start`, `end`: the span with number and unit, code points of the text searched.

    `lead`, `unit`: the words read, stripped. `own_unit`: the unit of a range's first number, where it has one.
    `unit_start`: where the last number ends. `match`: the unit's match; None for a bare figure.
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    lead: str
    unit: str
    own_unit: str
    unit_start: int
    first_token: str
    last_token: str
    match: UnitMatch | None


Trigger = Callable[[str], Iterator[int]]
"""Gives the offsets of a text where a figure of the kind may be."""


def trigger(words: Iterable[str]) -> Trigger:
    """The trigger of the kinds in whose figures one of the words stands, as a whole word where it ends with a letter."""
    automaton = ahocorasick_rs.AhoCorasick(sorted(set(words)))

    def find(text: str) -> Iterator[int]:
        for _, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
            if not (text[end - 1].isalpha() and _goes_on(text, end)):
                yield start

    return find


def _goes_on(text: str, end: int) -> bool:
    """Whether a word goes on behind an offset: "5 đ|ội", "ba tr|ường"; not "5tr|đ"."""
    behind = text[end : end + 2]
    return behind[:1].isalpha() and not (behind[0] in "đĐ" and not behind[1:].isalpha())


def offsets(text: str, words: Iterable[str]) -> list[int]:
    """The offsets at which one of the words stands, in order: for few words quicker than an automaton."""
    found: list[int] = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            found.append(at)
            at = text.find(word, at + 1)
    return sorted(found)


def number_trigger(units: Iterable[str], others: Iterable[str] = ()) -> Trigger:
    """The trigger of the kinds whose units stand right behind a number ("5 đồng", "5đ", "mười đồng"); `others` alone."""
    w = number_words()
    last = [*w.digits, *w.after_tens, *w.tens, *w.scales, *w.half_behind, *w.half_before]
    before = [f"{digit}{space}" for digit in range(10) for space in ("", " ")]
    before += [f"{form} " for word in last for form in (word, word.capitalize())]
    heads = first_forms(units)
    return trigger([*others, *(number + head for number in before for head in heads)])


def triggered(reading: Reading, offsets: Iterable[int]) -> Iterator[tuple[int, int, int]]:
    """The sentences that hold one of the offsets, which come in order; each sentence once, with the last offset in it."""
    start = end = last = -1
    for at in offsets:
        if at >= end:
            if start <= last < end:
                yield start, end, last
            start, end = reading.sentence_at(at)
        last = max(last, at)
    if start <= last < end:
        yield start, end, last


_LEAD = 6
"""So far before its number a figure begins at most."""


def measures(shape: Shape, text: str, last: int) -> Iterator[Measure]:
    """The figures of a text, in order. `last`: the offset of the last trigger: no figure's number begins far behind it."""
    at = 0
    for begin, end in starts(shape.start, text, last + _LEAD + 1):
        if begin < at:
            continue
        phrase = phrase_at(text, begin)
        at = end if phrase is None else max(phrase.end, end)
        for tail in phrase.tails() if phrase and phrase.tokens else ():
            if found := _measure(shape, text, tail):
                at = found.end
                yield found
                break


def _measure(shape: Shape, text: str, phrase: Phrase) -> Measure | None:
    """The longest part of the number tokens that has a unit behind it, as one number or as the first of a range."""
    own = shape.unit_at(text, phrase.end)
    gap = ranges.between().match(text, own.end() if own else phrase.end)
    if gap and (found := _range(shape, text, phrase, own, gap)):
        return found
    if (found := _single(shape, text, phrase, own)) or not shape.bare or len(phrase.tokens) == 1:
        return found
    w = number_words()  # 2 triệu | năm nay: a bare amount may end before the tokens do
    for part in phrase.heads():
        ends = w.is_big(part.tokens[-1]) or part.tokens[-1] in w.half_behind
        if ends and part is not phrase and (found := _single(shape, text, part, None)):
            return found
    return None


def _lead(shape: Shape, text: str, at: int) -> str:
    m = shape.lead.search(text, max(0, at - _LEAD), at) if shape.lead and text[at].isdigit() else None
    return m.group() if m else ""


def _single(shape: Shape, text: str, phrase: Phrase, unit: UnitMatch | None) -> Measure | None:
    if unit is None and not shape.bare:
        return None
    lead = _lead(shape, text, phrase.start)
    if unit is None and not ((lead or phrase.is_big()) and _may_end(text, phrase)):
        return None
    values = phrase.value(shape.sense)
    if values is None or ranges.is_year_word(text, phrase) or (ranges.is_no(phrase) and not shape.bare):
        return None
    return _built(phrase, phrase, values, lead, None, unit)


def _range(
    shape: Shape, text: str, first: Phrase, own: UnitMatch | None, gap: re.Match[str]
) -> Measure | None:
    at, lead = gap.end(), _lead(shape, text, first.start)
    if shape.lead and lead and (again := shape.lead.match(text, at)) and again.end() > at:  # $10-$20
        at = again.end()
    second = phrase_at(text, at)
    for part in second.heads() if second and second.tokens else ():
        unit = shape.unit_at(text, part.end)
        if unit is None and not (shape.bare and (lead or part.is_big()) and _may_end(text, part)):
            continue
        if unit is None and second and _is_cut(second.tokens[len(part.tokens) :]):
            return None
        if own and unit and not shape.same_unit(own.group().strip(), unit.group().strip()):
            return None
        if values := ranges.ends(text, shape.sense, first, part, gap, own is not None):
            return _built(first, part, values, lead, own, unit)
    return None


def _is_cut(rest: tuple[str, ...]) -> bool:
    """Whether the tokens that are left belong to the amount before them: 1 tỷ | rưỡi, 1 tỷ | 200 triệu; not 1 tỷ | năm."""
    w = number_words()
    return any(token in w.half_behind or w.is_big(token) for token in rest)


def _built(
    first: Phrase,
    last: Phrase,
    values: tuple[Decimal, Decimal],
    lead: str,
    own: UnitMatch | None,
    unit: UnitMatch | None,
) -> Measure:
    return Measure(
        start=first.start - len(lead),
        end=unit.end() if unit else last.end,
        low=values[0],
        high=values[1],
        lead=lead.strip(),
        unit=unit.group().strip() if unit else "",
        own_unit=own.group().strip() if own else "",
        unit_start=last.end,
        first_token=first.tokens[0],
        last_token=last.tokens[-1],
        match=unit,
    )


@cache
def _closing() -> regex.Pattern[str]:
    return regex.compile(r"[ ]*(?:[.;,)!?/”\"]|$)")


def _may_end(text: str, phrase: Phrase) -> bool:
    """3 triệu 5, hai tỷ ba: the last digit belongs to the amount when nothing countable is behind it (3 triệu 5 người)."""
    w = number_words()
    last = phrase.tokens[-1]
    if len(phrase.tokens) > 1 and (last in w.digits or last.isdigit()) and w.is_big(phrase.tokens[-2]):
        return last != "năm" and bool(_closing().match(text, phrase.end))
    return True


@cache
def _vague() -> regex.Pattern[str]:
    """vài (ba triệu), nhiều (trăm rưỡi): before a number in words they leave it open."""
    words = alternation(lexicon("vague")["before"])
    return regex.compile(rf"(?<![\p{{L}}\p{{M}}]){words}[ ]*$", regex.IGNORECASE)


def is_vague(text: str, m: Measure) -> bool:
    """Whether a number in words is left open by the word before it: vài ba triệu, mấy trăm hộ."""
    return m.first_token.isalpha() and bool(_vague().search(text, max(0, m.start - 14), m.start))
