"""Counts of households: 322 hộ nghèo, 50/70 hộ, 2,3 triệu lượt hộ, hai hộ; not hộ chiếu, hộ khẩu, bảo hộ."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache

import regex

from rules import measured
from rules.base import Mention, Reading
from rules.numbers import DIGITS, END, read_digits
from rules.words import alternation, lexicon

KINDS = ("households",)


@cache
def _category() -> str:
    """hộ with the words that say which kind: hộ nghèo, hộ gia đình chính sách, lượt hộ, hộ trồng (sâm)."""
    data = lexicon("households")
    none = alternation(data["not_behind"])
    kind = alternation(data["kinds"]) + END
    more = alternation(data["more"]) + END
    return rf"(?:lượt[ ]+)?hộ{END}(?![ ]+{none}{END})(?:[ ]+{kind}(?:[ ]+{more}){{0,3}})?"


@cache
def _pattern() -> regex.Pattern[str]:
    whole = rf"(?:[ ]?/[ ]?(?:tổng[ ]+số[ ]+)?(?P<of>{DIGITS}))"
    aside = r"(?:[ ]*\([^()]{1,30}\))"
    unit = rf"{whole}?{aside}?[ ]+(?:số[ ]+|gia đình[ ]+(?=hộ))?{_category()}"
    return measured.measure_pattern(_once(unit))


def _once(unit: str) -> str:
    """A unit pattern that stands three times in the whole pattern may name a group several times: regex allows it."""
    return unit


def find(reading: Reading) -> Iterator[Mention]:
    """Every count of households of the article."""
    text = reading.text
    for start, end in reading.sentences:
        if text.find("hộ", start, end) < 0 and text.find("HỘ", start, end) < 0:
            continue
        sentence = text[start:end]
        for m in measured.measures(_pattern(), sentence, "count"):
            if (mention := _mention(sentence, start, m)) is not None:
                yield mention


@cache
def _guards() -> tuple[regex.Pattern[str], regex.Pattern[str], regex.Pattern[str]]:
    data = lexicon("households")
    return (
        regex.compile(rf"(?<![\p{{L}}]){alternation(lexicon('vague')['before'])}[ ]*$", regex.IGNORECASE),
        regex.compile(rf"(?<![\p{{L}}]){alternation(data['negations'])}[ ]*$", regex.IGNORECASE),
        regex.compile(rf"{alternation(data['indefinite'])}[ ]", regex.IGNORECASE),
    )


def _mention(sentence: str, offset: int, m: measured.Measure) -> Mention | None:
    vague, negation, indefinite = _guards()
    low, high = m.low, m.high
    before = sentence[max(0, m.start - 20) : m.start]
    if m.match.group()[0].isalpha() and vague.search(before):
        return None
    if negation.search(before) or low != low.to_integral_value() or high != high.to_integral_value():
        return None
    if indefinite.match(m.match.group()) and not _counted_one(sentence, m):
        return None
    at = regex.search(r"(?:lượt[ ]+)?hộ.*$", sentence[m.unit_start : m.end], regex.IGNORECASE)
    if at is None:
        return None
    whole = read_digits(m.match["of"], "count") if m.match["of"] else None
    if whole is not None and (whole < high or whole == 0):
        return None
    category = " ".join(at.group().split())
    return Mention(
        kind="households",
        start=offset + m.start,
        end=offset + m.end,
        rule="households.of" if whole is not None else "households.range" if low != high else "households.count",
        fields={
            "value_min": low,
            "value_max": high,
            "unit": "household",
            "qualifier": measured.qualifier(sentence, m.start, m.end),
            "category": category[0].lower() + category[1:],
            "of": Decimal(whole) if whole is not None else None,
        },
        parts={"category": (offset + m.unit_start + at.start(), offset + m.unit_start + at.end())},
    )


def _counted_one(sentence: str, m: measured.Measure) -> bool:
    """một hộ is mostly "a household"; a count only where others are counted beside it or the word of a count stands before."""
    before, behind = sentence[max(0, m.start - 25) : m.start], sentence[m.end : m.end + 60]
    counted = lexicon("households")["counting"]
    return bool(
        regex.search(rf"(?<![\p{{L}}]){alternation(counted)}[ ]*$", before, regex.IGNORECASE)
        or regex.search(r"\d+[ ]hộ", before + behind)
    )
