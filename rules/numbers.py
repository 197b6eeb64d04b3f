"""Where numbers stand in a text, digits and words, with their scales: the one number grammar of all figures.

Covered: 1.250,5 and 1,250.5; 12.000; 100.1 (tỷ); 1 250 000; 5 trăm triệu; 1 tỷ 200 triệu; 2 tỷ rưỡi; 3 triệu 5;
mười lăm; hai mốt; một trăm linh hai; ba phẩy bảy; nửa triệu; hai ba triệu. `rules.numerals` tells their values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

import regex

from rules.base import Span
from rules.numerals import Sense, number_words, read_tokens
from rules.words import PLAIN_END, alternation, beginnings, first_forms

MAX_TOKENS = 32
"""Longer runs of number words are nobody's numbers (they are skipped as a whole, which keeps the scan linear)."""

DIGITS = r"(?:\d{1,3}(?:[ ]\d{3}(?![\d]|[.,]\d{3})){1,6}+(?:,\d++)?+|\d++(?:[.,]\d++)*+)"
"""A run of digits with its separators: 12.000; 1.250,5; 1 250 000. Possessive: it gives nothing back."""

END = r"(?![\p{L}\p{M}\d])"
"""A word ends here."""

_NO_START = r"(?<!\d[.,/:_-])(?:(?<!\p{L}[/_-])|(?<=(?:đồng|tỷ|tỉ|triệu)/))(?<!\p{Lu}[.,])"
"""A number does not begin inside a number, a date or a document's number (30a/2008, QL-14, A.5); but 923 tỷ đồng/1.010 tỷ."""


class Phrase(NamedTuple):
    """A run of number tokens, lower case, with the spans where they stand. A run that is too long has none.

    `end`: where the run ends.
    """

    tokens: tuple[str, ...]
    spans: tuple[Span, ...]
    end: int

    @property
    def start(self) -> int:
        """Where the first token begins."""
        return self.spans[0][0]

    def value(self, sense: Sense) -> tuple[Decimal, Decimal] | None:
        """The value of the tokens, least and most; None when they are no number."""
        return read_tokens(self.tokens, sense)

    def is_big(self) -> bool:
        """Whether the tokens hold a scale of a thousand or more."""
        return any(number_words().is_big(t) for t in self.tokens)

    def heads(self) -> Iterator[Phrase]:
        """The run, then the shorter runs that its first tokens make: 2 triệu năm | 2 triệu | 2."""
        yield self
        for count in range(len(self.tokens) - 1, 0, -1):
            yield Phrase(self.tokens[:count], self.spans[:count], self.spans[count - 1][1])

    def tails(self) -> Iterator[Phrase]:
        """The run, then what is left of it from each later token that a number may begin with: 2 năm | một tỷ."""
        yield self
        w = number_words()
        for i, token in enumerate(self.tokens[1:], 1):
            half = token in w.scales and self.tokens[i + 1 : i + 2] and self.tokens[i + 1] in w.half_behind
            if token in w.digits or token == "mười" or token in w.half_before or token[0].isdigit() or half:
                yield Phrase(self.tokens[i:], self.spans[i:], self.end)


def _scale() -> str:
    """A scale that is not the first half of a word: 500 tỷ, not 500 tỷ phú."""
    w = number_words()
    return rf"(?:{alternation(w.scales)}{END}(?![ ]+{alternation(w.not_scales)}{END}))"


def _begin() -> list[str]:
    """The words that a number begins with, but for "tỷ rưỡi"."""
    w = number_words()
    return [*w.digits, *(k for k in w.tens if k not in ("mươi", "chục")), *w.half_before]


@cache
def number_start(behind: str = "") -> regex.Pattern[str]:
    """Where a number may begin: a digit, a number word, "tỷ rưỡi". `behind`: letters that digits may follow ("USD5")."""
    w = number_words()
    word = alternation(_begin()) + END
    half = rf"(?<!\d[ ]?){alternation(w.scales)}[ ]+{alternation(w.half_behind)}{END}"  # not of 3-2 tỷ rưỡi
    glued = rf"|(?<=(?<![\p{{L}}]){behind})\d" if behind else ""
    # nor in words within a number whose beginning is none: 2-một trăm linh năm hộ, 1/một triệu hai trăm hộ; but bán lẻ 5 tỷ
    filled = rf"{alternation(w.scales)}[ ](?:{alternation(w.fillers)}[ ])?"
    within = rf"(?<!(?<![\p{{L}}])(?:{filled}|mươi[ ]))"
    pattern = rf"(?<![\p{{L}}\p{{M}}\d]){_NO_START}(?:\d|{within}(?:{word}|{half})){glued}"
    return regex.compile(pattern, regex.IGNORECASE)


@cache
def _first() -> re.Pattern[str]:
    """The first digit or the first word of what may be a number; a digit behind a space or a bracket surely is (group 1)."""
    w = number_words()
    half = rf"{alternation(first_forms(w.scales))}(?=[ ]+{alternation(first_forms(w.half_behind))})"
    word = rf"(?:{alternation(first_forms(_begin()))}|{half})"
    # what is no letter of a word's middle stands first: there most places are given up at once
    return re.compile(rf"(?<![^\W_])(?:(\d)(?<![^ (].)|\d|{word}(?!\w))|\d(?<=[^\W\d_].)")


def starts(start: regex.Pattern[str], text: str, stop: int) -> Iterator[Span]:
    """Where numbers may begin by a pattern of `number_start`: the spans of its matches before an offset, in order."""
    behind = 0
    for first in _first().finditer(text, 0, stop):
        at = first.start()
        if first.lastindex:
            behind = at + 1
            yield at, behind
        elif at >= behind and (m := start.match(text, at)):
            behind = m.end()
            yield at, behind


@cache
def _run() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """The run of tokens that may make one number, and one token of it."""
    w = number_words()
    small = [*w.digits, *w.after_tens, *w.tens, *w.fillers, *w.points, *w.half_behind, *w.half_before]
    word = rf"(?:{alternation(small)}{END}|{_scale()})"
    # digits go on behind a scale or a point only: 1 tỷ 200 triệu, 3 phẩy 5; not năm 2016 500 tỷ; behind a hundred only tens (1 trăm 20 nghìn)
    tens = r"(?<!trăm(?=[ ]+(?!\d\d(?!\d|[.,]\d))\d))"
    before_digits = rf"(?<=(?<![\p{{L}}])(?:{alternation(w.scales)}|{alternation(w.points)})){tens}"
    go_on = rf"[ ]+{word}|{before_digits}[ ]+{DIGITS}|(?<=\d){_scale()}"
    return (
        regex.compile(rf"(?:{DIGITS}|{word})(?:{go_on})*+", regex.IGNORECASE),
        regex.compile(rf"{DIGITS}|{alternation([*small, *w.scales])}", regex.IGNORECASE),
    )


@cache
def _short() -> re.Pattern[str]:
    """Digits or a word, and a scale, with nothing behind them that may go on with their number, as most are."""
    w = number_words()
    words = [
        *w.digits,
        *w.after_tens,
        *w.tens,
        *w.fillers,
        *w.points,
        *w.half_behind,
        *w.half_before,
        *w.scales,
    ]
    first = alternation(form for word in [*w.digits, *w.half_before] for form in (word, word.capitalize()))
    scale = rf"({alternation(w.scales)}){PLAIN_END}(?![.,]\d|[ ]*\d|[ ]+{alternation(w.not_scales)})"
    go_on = rf"(?<=\d)(?:[.,]|[ ]*)\d|[ ]*{beginnings(words)}"
    return re.compile(rf"(\d+(?:[.,]\d+)*|{first}{PLAIN_END})(?:[ ]?{scale})?(?!{go_on})")


def phrase_at(text: str, at: int) -> Phrase | None:
    """The run of number tokens that begins at an offset; None when none does."""
    if (short := _short().match(text, at)) and short.end() - at <= MAX_TOKENS * 12:
        first, scale = short.groups()
        if scale:
            return Phrase((first.lower(), scale), (short.span(1), short.span(2)), short.end())
        return Phrase((first.lower(),), (short.span(1),), short.end())
    run, token = _run()
    m = short or run.match(text, at)
    if m is None:
        return None
    if m.end() - at > MAX_TOKENS * 12:
        return Phrase((), (), m.end())
    found = list(token.finditer(text, at, m.end()))
    if len(found) > MAX_TOKENS:
        return Phrase((), (), m.end())
    return Phrase(tuple(t.group().lower() for t in found), tuple(t.span() for t in found), m.end())


def read_number(phrase: str, sense: Sense = "amount") -> tuple[Decimal, Decimal] | None:
    """The value of a number phrase that stands alone ("hai mươi mốt", "1 tỷ 200 triệu"), as least and most; None for none."""
    phrase = phrase.strip()
    found = phrase_at(phrase, 0)
    if found is None or not found.tokens or found.end != len(phrase):
        return None
    return found.value(sense)
