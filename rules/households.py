"""Counts of households: 322 hộ nghèo, 50/70 hộ, 2,3 triệu lượt hộ, hai hộ; not hộ chiếu, hộ khẩu, bảo hộ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import regex

from rules import measured, qualifiers
from rules.base import Mention, Reading
from rules.numbers import DIGITS, END, number_start
from rules.numerals import read_digits
from rules.words import alternation, cached, lexicon

KINDS = ("households",)


def _category() -> str:
    """hộ with the words that say which kind: hộ nghèo, hộ gia đình chính sách, lượt hộ, hộ nghèo và cận nghèo."""
    data = lexicon("households")
    none = alternation(data["not_behind"])
    kind = alternation(data["kinds"]) + END
    more = alternation(data["more"]) + END
    joined = rf"(?:,|[ ]+và|[ ]*/)[ ]*(?:hộ[ ]+)?{alternation(data['joined'])}{END}"
    return rf"(?:lượt[ ]+)?hộ{END}(?![ ]+{none}{END})(?:[ ]+{kind}(?:[ ]+{more}){{0,3}}(?:{joined}){{0,2}})?"


@dataclass(frozen=True, slots=True)
class _Grammar:
    shape: measured.Shape
    negation: regex.Pattern[str]
    counting: regex.Pattern[str]
    fraction: regex.Pattern[str]
    counted_beside: regex.Pattern[str]


@cached
def _grammar() -> _Grammar:
    data = lexicon("households")
    # "tháng 5 trên 70 hộ", "năm 2016 trên 7.000 hộ" are a time and a count, no part of a whole
    named = rf"(?<!(?<![\p{{L}}]){alternation([*lexicon('labels')['before'], 'năm'])}[ ]\d{{1,4}})"
    of = rf"[ ]+(?:trong|trên)[ ]+(?=tổng|số)|{named}[ ]+(?:trong|trên)[ ]+(?=\d)"
    whole = rf"(?:(?:[ ]?/[ ]?|{of})(?P<whole>tổng[ ]+số[ ]+|số[ ]+)?(?P<of>{DIGITS}))"
    aside = r"(?:[ ]*\([^()]{1,40}\))"
    unit = rf"{whole}?{aside}?[ ]+(?P<number_of>số[ ]+)?(?P<category>{_category()})"
    return _Grammar(
        shape=measured.Shape(
            start=number_start(),
            unit=regex.compile(unit, regex.IGNORECASE),
            sense="count",
            same_unit=lambda own, unit: unit.lower().startswith(own.lower()),  # not 1 hộ nghèo – 2 hộ
        ),
        negation=regex.compile(rf"(?<![\p{{L}}]){alternation(data['negations'])}[ ]*$", regex.IGNORECASE),
        counting=regex.compile(rf"(?<![\p{{L}}]){alternation(data['counting'])}[ ]*$", regex.IGNORECASE),
        fraction=regex.compile(r"(?<![\p{L}])phần[ ]+$", regex.IGNORECASE),
        counted_beside=regex.compile(r"\d[ ]hộ(?!\p{L})", regex.IGNORECASE),
    )


def find(reading: Reading) -> Iterator[Mention]:
    """Every count of households of the article."""
    shape = _grammar().shape
    text = reading.text
    whole = (
        at
        for at in measured.offsets(text, "ộỘ")  # one letter is found ten times as fast as two
        if text[at - 1 : at] in ("h", "H") and not text[at + 1 : at + 2].isalnum()
    )
    for start, end, last in measured.triggered(reading, whole):
        sentence = text[start:end]
        for m in measured.measures(shape, sentence, last - start):
            if (mention := _mention(sentence, start, m)) is not None:
                yield mention


def _mention(sentence: str, offset: int, m: measured.Measure) -> Mention | None:
    if m.match is None or not _is_count(sentence, m):
        return None
    whole = read_digits(m.match["of"], "count") if m.match["of"] else None
    if m.match["of"] and (whole is None or whole < m.high or whole == 0):
        return None
    category = " ".join(m.match["category"].split())
    at, end = m.match.span("category")
    return Mention(
        kind="households",
        start=offset + m.start,
        end=offset + m.end,
        rule="households.of"
        if whole is not None
        else "households.range"
        if m.low != m.high
        else "households.count",
        fields={
            "value_min": m.low,
            "value_max": m.high,
            "unit": "household",
            "qualifier": qualifiers.qualifier(sentence, m.start, m.end, m.low != m.high),
            "category": category[0].lower() + category[1:],
            "of": Decimal(whole) if whole is not None else None,
        },
        parts={"category": (offset + at, offset + end)},
    )


def _is_count(sentence: str, m: measured.Measure) -> bool:
    """Whole, not vague, not denied, no fraction (2/3 số hộ, một phần ba hộ), no mere article (một hộ)."""
    g = _grammar()
    assert m.match is not None  # households are never bare
    if measured.is_vague(sentence, m) or g.fraction.search(sentence, max(0, m.start - 8), m.start):
        return False
    if m.low != m.low.to_integral_value() or m.high != m.high.to_integral_value():
        return False
    if m.match["number_of"] and (m.first_token.isalpha() or not m.match["of"] or m.high < 10):
        return False  # 2/3 số hộ, 11 số hộ; but 50/70 số hộ
    if g.negation.search(sentence, max(0, m.start - 12), m.start):
        return False
    return m.first_token != "một" or m.high > 1 or _counted_one(g, sentence, m)


def _counted_one(g: _Grammar, sentence: str, m: measured.Measure) -> bool:
    """một hộ is mostly "a household"; a count only where others are counted beside it or the word of a count stands before."""
    return bool(
        g.counting.search(sentence, max(0, m.start - 25), m.start)
        or g.counted_beside.search(sentence, max(0, m.start - 25), m.start)
        or g.counted_beside.search(sentence, m.end, min(len(sentence), m.end + 60))
    )
