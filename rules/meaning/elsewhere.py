"""Indicators from further away: the same figure told in full elsewhere, the sum that the next sentence names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

import regex

from rules.base import Mention, Reading, Span
from rules.meaning import nominal, phrases
from rules.meaning.chains import Named

# The head of an article: what it tells, the text tells again.
_HEAD = 3
# Only so many figures are compared with a rounded one of the head.
_COMPARED = 200


class _Told(NamedTuple):
    """What two places tell when they tell one figure."""

    kind: str
    least: Decimal
    most: Decimal
    unit: str
    per: str | None


def told_elsewhere(
    reading: Reading, figures: tuple[Mention, ...], found: Sequence[Named | None]
) -> list[Named | None]:
    """The indicators of figures, with those that other places give to amounts without one."""
    text = reading.text
    told: list[Named | None] = list(found)
    for i, figure in enumerate(figures):
        if told[i] is None and i + 1 < len(figures) and text[figure.end : figures[i + 1].start] == "/":
            told[i] = told[i + 1]  # chi trả 923 tỷ đồng/1.010 tỷ đồng kinh phí
    full = _in_full(text, figures, told)
    for i, figure in enumerate(figures):
        if told[i] is None and figure.kind == "money":
            told[i] = (
                full.get(_key(figure)) or _named_next(reading, i, figures) or _rounded(reading, figure, full)
            )
    return told


def _in_full(text: str, figures: tuple[Mention, ...], found: Sequence[Named | None]) -> dict[_Told, Named]:
    """The own indicators of several words by figure; one that only says "số tiền" where no other is told."""
    full: dict[_Told, Named] = {}
    general: dict[_Told, Named] = {}
    for figure, named in zip(figures, found, strict=True):
        if (
            named is None
            or figure.kind == "households"
            or not named.own
            or " " not in text[slice(*named.span)]
        ):
            continue
        (general if nominal.is_generic(text, named.span) else full).setdefault(_key(figure), named)
    return general | full


def _key(figure: Mention) -> _Told:
    fields = figure.fields
    return _Told(figure.kind, fields["value_min"], fields["value_max"], fields["unit"], fields.get("per"))


def _rounded(reading: Reading, figure: Mention, full: Mapping[_Told, Named]) -> Named | None:
    """ "gần 12.000 tỷ đồng" of the head is the "tổng mức đầu tư 11.850 tỷ đồng" of the text."""
    exact = figure.fields.get("qualifier", "exact") == "exact"
    if exact or reading.sentence_index(figure.start) >= _HEAD or len(full) > _COMPARED:
        return None
    own = _key(figure)
    for other, named in full.items():
        if (own.kind, own.unit, own.per) != (other.kind, other.unit, other.per):
            continue
        if own.least != own.most or other.least != other.most or named.span[0] <= figure.end:
            continue
        if 20 * abs(other.least - own.least) <= own.least:
            return named
    return None


@cache
def _this_is() -> regex.Pattern[str]:
    """Đây (cũng) là: at the head of a sentence, the figure before it"""
    return regex.compile(r"[“\"]?Đây[ ](?:(?:cũng|chính|mới chỉ|được cho|được coi)[ ])?là[ ](?:một[ ])?")


def _named_next(reading: Reading, i: int, figures: tuple[Mention, ...]) -> Named | None:
    """phải nộp phạt 25 triệu đồng. Đây là mức phạt tiền cao nhất …: the next sentence names the amount"""
    number = reading.sentence_index(figures[i].start)
    if number + 1 >= len(reading.sentences):
        return None
    start, stop = reading.sentences[number + 1]
    if i + 1 < len(figures) and figures[i + 1].start < start:
        return None  # which of several figures it names is open
    m = _this_is().match(reading.text, start, stop)
    head = phrases.heads().match(reading.text, m.end(), stop) if m else None
    if head is None:
        return None
    span: Span = (head.start(), phrases.phrase_end(reading.text, head.start(), head.end(), stop))
    span = phrases.clean(reading.text, span)
    return (
        None
        if nominal.is_generic(reading.text, span) or " " not in reading.text[slice(*span)]
        else Named(span, False)
    )
