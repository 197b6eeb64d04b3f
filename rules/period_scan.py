"""Where a time expression may stand, and which rules may begin there: the cheap looks before the grammar.

One pass of an automaton gives the stretches that hold the core of an expression, one pattern the words in them
that an expression may begin with; each such word has the few rules that begin with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex
from ahocorasick_rs import AhoCorasick, Implementation

from rules.period_grammar import REACH, rules
from rules.words import alternation, lexicon

# First words of the rules that are written in the grammar itself.
_HEADS = "năm tháng quý quí ngày từ tính kể nửa hiện các hai trong hơn qua sau chung lũy đầu tết mấy vài nhiều chục trăm"
# Numbers of one digit and more as expressions begin with them: a day, a month, a count, a year.
_NUMBERS = ("0 1 2 3 9", "01 10 12 19 25 31 99", "012 120 500", "0512 1870 1999 2016 5000")
# What stands before expressions that ask for it: "sáng nay 6.2", "áp dụng từ 1/7", "kết quả 9 tháng đạt", "5% (2013)".
_BEFORE = ("", "nay ", "dụng ", "quả ", "5% (")


# No expression is longer. A pattern that is matched at one place still looks for its words up to the end that it
# is given: a near end keeps the cost linear.
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where an expression may begin, where it ends at the latest, and the names of the rules that begin so."""

    start: int
    end: int
    rules: tuple[str, ...]


def candidates(text: str, start: int, end: int) -> Iterator[Candidate]:
    """The candidates of `text[start:end]` in order. Offsets: code points."""
    starting, figure = _starting(), _figure()
    for low, high in _windows(text, start, end):
        for m in _first().finditer(text, low, high):
            word, at = m.group(), m.start()
            last = min(high, at + _LONGEST)
            if not word.isdecimal():
                yield Candidate(at, last, starting[word.lower()])
            elif number := figure.match(text, at, last):
                yield Candidate(at, last, starting["0" * len(number["digits"])])


@cache
def _first_words() -> frozenset[str]:
    data = lexicon("periods")
    words = [
        *_HEADS.split(),
        *data["numbers"],
        *data["days"],
        *(w for group in data["words"].values() for w in group),
    ]
    return frozenset(word.split()[0].lower() for word in words)


@cache
def _first() -> re.Pattern[str]:
    """A whole word that an expression may begin with, in the usual letter cases, or the first digit of a number."""
    forms = {form for word in _first_words() for form in (word, word.capitalize(), word.upper())}
    return re.compile(rf"\b(?:{alternation(forms)}(?!\w)|\d)")


@cache
def _figure() -> re.Pattern[str]:
    """A number that an expression may begin with: "5/", "12 tháng", "2016"."""
    return re.compile(
        r"(?P<digits>\d{1,4})(?:\s?[/.–—-]|\s+(?:năm|tháng|đến|tới|ngày|tuần)|(?<=\d{4}))", re.IGNORECASE
    )


@cache
def _starting() -> dict[str, tuple[str, ...]]:
    """By first word, and for numbers by a nought for each digit, the rules that may begin so, in the order of the grammar.

    A rule may when it matches the word as far as it goes (a partial match).
    """
    patterns = {
        name: (regex.compile(rule, regex.IGNORECASE), _BEFORE if "(?<=" in rule else ("",))
        for name, rule in rules().items()
    }

    def may(name: str, beginning: str) -> bool:
        pattern, before = patterns[name]
        return any(pattern.match(words + beginning, len(words), partial=True) for words in before)

    def those(*beginnings: str) -> tuple[str, ...]:
        return tuple(name for name in patterns if any(may(name, b) for b in beginnings))

    by_word = {w: those(w, w.capitalize()) for w in _first_words()}
    return by_word | {"0" * len(numbers.split()[0]): those(*numbers.split()) for numbers in _NUMBERS}


@cache
def _core() -> AhoCorasick:
    """One of these stands in every expression; of years and dates with digits what they begin with."""
    words = "năm tháng quý quí ngày nay hiện qua gần trước thời mai giờ".split()
    forms = [form for word in words for form in (word, word.capitalize(), word.upper())]
    dates = [f"{digit}{mark}" for digit in range(10) for mark in "/.–-"]
    return AhoCorasick(
        [*forms, "lúc này", "Lúc này", "mọi khi", "Mọi khi", "19", "20", *dates, *_SPRING],
        implementation=Implementation.DFA,
    )


_SPRING = ("Tết", "tết", "TẾT", "Xuân", "xuân")


@cache
def _more_of_core() -> re.Pattern[str]:
    """What has to follow where a core is not told by its beginning: "2016", "5/6", "Tết Đinh"."""
    stems = "|".join(stem.capitalize() for stem in lexicon("periods")["stems"])
    lunar = rf"(?:{'|'.join(_SPRING)})\s(?:[Nn]guyên\s[đĐ]án\s)?(?:{stems})"
    return re.compile(rf"{lunar}|(?:19|20)\d\d|\d[/.–-]\d")


def _windows(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of a text in which a time expression may stand."""
    more = _more_of_core()
    low = high = start
    for _, at, behind in _core().find_matches_as_indexes(text, overlapping=True):
        if at < start or behind > end:
            continue
        if text[at].isdecimal() or text[at] in "TtXx":
            m = more.match(text, at, end)
            if m is not None:
                behind = m.end()
            elif text[at].isdecimal() or text[at:behind] in _SPRING:
                continue
        if at - REACH > high:
            if high > low:
                yield low, high
            low = max(start, at - REACH)
        high = max(high, min(end, behind + REACH))
    if high > low:
        yield low, high
