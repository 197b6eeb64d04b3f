"""Kinds of figure that one's own rule files add: a number and a word of a list ("1.200 lao động", "45,6 ha")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import regex

from rules import changes, measured, qualifiers, rates
from rules.base import Mention, Reading
from rules.numbers import DIGITS, END, number_start
from rules.numerals import plain, read_digits
from rules.words import alternation, cached, in_use

KINDS = ("counted",)


@dataclass(frozen=True, slots=True)
class Counted:
    """A kind of figure. `words`: each with how many of `unit` it stands for (tạ: 0.1 of a tonne).

    `fractions`: whether it is measured, not counted. `more`: words that go on with the category ("lao động
    nông thôn"). `not_behind`, `not_before`: words right behind one of `words`, or right before the number, that
    make it something else ("khẩu súng", "xe tải 5 tấn").
    """

    words: Mapping[str, Decimal]
    unit: str
    fractions: bool = False
    more: tuple[str, ...] = ()
    not_behind: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Grammar:
    kind: str
    counted: Counted
    trigger: measured.Trigger
    shape: measured.Shape
    value_of: dict[str, Decimal]
    not_before: regex.Pattern[str] | None


@cached
def _grammars() -> tuple[_Grammar, ...]:
    """How the kinds of the ruleset in use are read."""
    return tuple(
        _Grammar(
            kind=kind,
            counted=counted,
            trigger=measured.number_trigger(counted.words),
            shape=measured.Shape(
                start=number_start(),
                unit=regex.compile(_unit(counted), regex.IGNORECASE),
                sense="scaled" if counted.fractions else "count",
            ),
            value_of={_key(word): value for word, value in counted.words.items()},
            not_before=_before(counted.not_before) if counted.not_before else None,
        )
        for kind, counted in in_use().counted.items()
    )


def _unit(counted: Counted) -> str:
    """[30](/50) lao động nông thôn; [45,6] ha"""
    none = rf"(?![ ]+{alternation(counted.not_behind)}{END})" if counted.not_behind else ""
    more = rf"(?:[ ]+{alternation(counted.more)}{END}){{0,3}}" if counted.more else ""
    join = r"(?:[ ]?/[ ]?|[ ]+(?:trong|trên)[ ]+(?:tổng[ ]+số[ ]+|số[ ]+|tổng[ ]+)?)"
    whole = rf"(?:{join}(?P<of>{DIGITS}))?"
    return rf"{whole}[ ]*(?P<category>(?P<word>{alternation(counted.words)}){END}{none}{more})"


def _before(words: tuple[str, ...]) -> regex.Pattern[str]:
    """nặng (hơn) [30 kg]; xe tải [5 tấn]"""
    return regex.compile(
        rf"(?<![\p{{L}}\p{{M}}]){alternation(words)}(?:[ ]+(?:hơn|gần|khoảng|trên|tới|đến|là))?[ ]*$",
        regex.IGNORECASE,
    )


@cached
def _no_count() -> regex.Pattern[str]:
    """một phần (ba người); sáng 5/6 (người dân): before the number they make it no count."""
    return regex.compile(
        r"(?<![\p{L}])(?:phần|ngày|sáng|trưa|chiều|tối|đêm|hôm|từ|đến)[ ]+$", regex.IGNORECASE
    )


def find(reading: Reading) -> Iterator[Mention]:
    """Every figure of the kinds that the ruleset in use adds; nothing where it adds none."""
    for grammar in _grammars():
        for start, end, last in measured.triggered(reading, grammar.trigger(reading.text)):
            sentence = reading.text[start:end]
            for m in measured.measures(grammar.shape, sentence, last - start):
                if (mention := _mention(grammar, sentence, start, m)) is not None:
                    yield mention


def _mention(grammar: _Grammar, sentence: str, offset: int, m: measured.Measure) -> Mention | None:
    if m.match is None or not _counts(grammar, sentence, m):
        return None
    whole = read_digits(m.match["of"], "count") if m.match["of"] else None
    if m.match["of"] and (whole is None or whole < m.high or whole == 0):
        return None
    value = grammar.value_of[_key(m.match["word"])]
    at, end = m.match.span("category")
    per, per_span = rates.rate(sentence, m.start, m.end)
    change = changes.change(sentence, m.start, m.end, m.low != m.high)
    parts = {"category": (offset + at, offset + end)}
    if per_span:
        parts["per"] = (offset + per_span[0], offset + per_span[1])
    return Mention(
        kind=grammar.kind,
        start=offset + m.start,
        end=offset + m.end,
        rule=f"own.{grammar.kind}",
        fields={
            "value_min": plain(m.low * value),
            "value_max": plain(m.high * value),
            "unit": grammar.counted.unit,
            "qualifier": qualifiers.qualifier(sentence, m.start, m.end, m.low != m.high),
            "category": " ".join(m.match["category"].split()),
            "of": plain(whole * value) if whole is not None else None,
            "per": per,
            "change": change.direction if change else None,
        },
        parts=parts,
    )


def _counts(grammar: _Grammar, sentence: str, m: measured.Measure) -> bool:
    """Not vague (vài chục người), no mere article (một người), whole where the kind is counted."""
    assert m.match is not None  # these figures are never bare
    if measured.is_vague(sentence, m) or (m.first_token == "một" and m.high == 1):
        return False
    if grammar.not_before and grammar.not_before.search(sentence, max(0, m.start - 80), m.start):
        return False
    if not grammar.counted.fractions and not (_whole(m.low) and _whole(m.high)):
        return False
    if m.match["of"] or m.first_token.isalpha():
        return not _no_count().search(sentence, max(0, m.start - 8), m.start)
    return True


def _whole(value: Decimal) -> bool:
    return value == value.to_integral_value()


def _key(word: str) -> str:
    return " ".join(word.lower().split())
