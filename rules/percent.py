"""Percentages: 79,78%, 0,72 %, 5,08-5,1%, hai phần trăm, 1,5 điểm phần trăm; with change (tăng, giảm)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from rules import measured
from rules.base import Mention, Reading
from rules.numbers import END
from rules.words import alternation, lexicon

KINDS = ("percent",)

UNIT = rf"[ ]*(?:%|(?:điểm[ ]+)?phần[ ]+trăm{END}|điểm[ ]+%)"


@cache
def _pattern() -> regex.Pattern[str]:
    return measured.measure_pattern(UNIT, before=r"(?:(?<=[\s(:])(?<!^)[-−–+](?=\d))?")


@cache
def _trigger() -> regex.Pattern[str]:
    return regex.compile(r"%|phần\s+trăm", regex.IGNORECASE)


def find(reading: Reading) -> Iterator[Mention]:
    """Every percentage of the article."""
    text = reading.text
    for start, end in reading.sentences:
        if not _trigger().search(text, start, end):
            continue
        for m in measured.measures(_pattern(), text[start:end], "share"):
            yield _mention(text, start, m)


def _mention(text: str, offset: int, m: measured.Measure) -> Mention:
    sentence = m.match.string
    low, high = m.low, m.high
    if m.match.group().startswith(("-", "−", "–")):
        low, high = -high, -low
    word = qualifying = measured.qualifier(sentence, m.start, m.end)
    change = _change(sentence, m.start, m.end)
    if change and word == "over" and _exceeds().search(sentence[max(0, m.start - 20) : m.start]):
        qualifying = "exact"
    return Mention(
        kind="percent",
        start=offset + m.start,
        end=offset + m.end,
        rule="percent.range" if low != high else "percent.number",
        fields={
            "value_min": low,
            "value_max": high,
            "unit": "percent",
            "qualifier": qualifying,
            "change": change,
        },
    )


@cache
def _exceeds() -> regex.Pattern[str]:
    """vượt 20,7% (so với kế hoạch): the amount of an excess, not a bound."""
    return regex.compile(r"(?:vượt|hơn)[ ]*$", regex.IGNORECASE)


@cache
def _changes() -> tuple[regex.Pattern[str], dict[str, str]]:
    """The word of growth or fall before a figure, with what may stand between them; read from the right."""
    data = lexicon("changes")
    meaning = {word: name for name in ("increase", "decrease") for word in data[name]}
    between = alternation([*data["between"], *_qualifier_words()])
    return (
        regex.compile(
            rf"(?r)(?<![\p{{L}}\p{{M}}])(?P<word>{alternation(meaning)})(?P<between>(?:[ ]+{between}|[ ]*[(:~≈]){{0,6}})[ ]*$",
            regex.IGNORECASE,
        ),
        meaning,
    )


@cache
def _qualifier_words() -> tuple[str, ...]:
    return tuple(word for words in lexicon("qualifiers")["before"].values() for word in words)


@cache
def _to_level() -> regex.Pattern[str]:
    """tăng lên 12%, giảm còn 5%, tăng từ 8% lên 10%: levels, not amounts of change."""
    return regex.compile(rf"(?<![\p{{L}}]){alternation(lexicon('changes')['to_level'])}{END}", regex.IGNORECASE)


@cache
def _nouns() -> tuple[regex.Pattern[str], dict[str, str]]:
    """A noun of growth earlier in the clause: tốc độ tăng trưởng bình quân đạt 8,5%, mức giảm là 3%."""
    data = lexicon("changes")
    meaning = {word: name.removesuffix("_nouns") for name in ("increase_nouns", "decrease_nouns") for word in data[name]}
    verb = alternation(data["verbs"])
    return (
        regex.compile(
            rf"(?<![\p{{L}}\p{{M}}])(?P<word>{alternation(meaning)}){END}(?P<between>[^,.;:%()]{{0,60}}?)(?:[ ]+{verb}){{1,2}}(?:[ ]+{alternation([*data['between'], *_qualifier_words()])}){{0,3}}[ ]*$",
            regex.IGNORECASE,
        ),
        meaning,
    )


def _change(text: str, start: int, end: int) -> str | None:
    before = text[max(0, start - 90) : start]
    pattern, meaning = _changes()
    if m := pattern.search(before):
        if _to_level().search(before, m.end("word")) or _level_of_range(before, m.end("word")):
            return None
        return meaning[" ".join(m["word"].lower().split())]
    pattern, meaning = _nouns()
    if m := pattern.search(before):
        return meaning[" ".join(m["word"].lower().split())]
    return None


def _level_of_range(before: str, at: int) -> bool:
    """tăng từ 8% (lên 10%)"""
    return bool(regex.search(r"(?<![\p{L}])từ[ ]*(?:mức[ ]+)?$", before[at:]))
