"""Where a time expression may begin, and which rules to try there: the cheap look before the grammar.

One pass of an automaton gives the words and numbers that an expression may begin with. Such a word with the one
behind it, or a number with what follows it, leaves few rules to try, and mostly none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

import regex
from ahocorasick_rs import AhoCorasick, MatchKind

from rules.period_grammar import rules
from rules.words import lexicon

# First words of the rules that are written in the grammar itself.
_HEADS = "năm tháng quý quí ngày từ tính kể nửa hiện các hai trong hơn qua sau chung lũy đầu tết mấy vài nhiều chục trăm"
# The one word that is an expression without another word behind it.
_ALONE = "hiện"
# Numbers of one digit and more as expressions hold them: a day, a month, a count, a year.
_NUMBERS = ("0 1 2 3 9", "01 10 12 19 25 31 99", "012 120 500", "0512 1870 1999 2016 5000", "10000 50000")
# What stands before expressions that ask for it: "sáng nay 6.2", "áp dụng từ 1/7", "kết quả 9 tháng đạt", "5% (2013)".
_BEFORE = ("", "nay ", "dụng ", "quả ", "5% (")
# Any word that the grammar does not know, and any mark.
_OTHER, _MARK = "ơ", ";"

# No word of the grammar is as long.
_LONGEST_WORD = 30

# No expression is longer. A pattern that is matched at one place still looks for its words up to the end that it
# is given: a near end keeps the cost linear.
_LONGEST = 200


class Candidate(NamedTuple):
    """A place where an expression may begin, where it ends at the latest, and the names of the rules that begin so."""

    start: int
    end: int
    rules: tuple[str, ...]


def candidates(text: str, start: int, end: int) -> Iterator[Candidate]:
    """The candidates of `text[start:end]` in order. Offsets: code points of a folded text (single spaces)."""
    automaton, begun = _beginnings()
    figure = _figure()
    for index, at, behind in automaton.find_matches_as_indexes(text):
        if at < start or behind > end or (at and ((before := text[at - 1]).isalnum() or before == "_")):
            continue
        word = begun[index]
        if word:
            following = text[behind : min(end, behind + _LONGEST_WORD)].partition(" ")[0]
            names = _beginning_with(word, following)
        elif m := figure.match(text, at, end):
            names = _may_begin("0" * len(m[1] or m[3] or m[5]), (m[2] or m[4] or m[6] or _MARK).lower())
        else:
            continue
        if names:
            yield Candidate(at, min(end, at + _LONGEST), names)


@lru_cache(maxsize=1 << 14)
def _beginning_with(word: str, following: str) -> tuple[str, ...]:
    """The rules that may begin with a word and what follows it up to the next blank."""
    return _may_begin(word, _second(_next_word().match(following)))


def _second(m: re.Match[str] | None) -> str:
    """The second word as `_may_begin` knows it."""
    if m is None:
        return _MARK
    if m[1]:
        return "0" * len(m[1])
    word = m[2].lower()
    return word if word in _known_words() else _OTHER


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
def _beginnings() -> tuple[AhoCorasick, tuple[str, ...]]:
    """An automaton of what an expression may begin with; of each of its patterns the word, of a digit none.

    A word in the usual letter cases stands with the blank behind it, for it is no expression alone.
    """
    begun = {str(digit): "" for digit in range(10)}
    for word in _first_words():
        if _may_begin(word, ""):
            for form in (word, word.capitalize(), word.upper()):
                begun |= {form + blank: word for blank in (("",) if word == _ALONE else (" ", "\n"))}
    return AhoCorasick(list(begun), matchkind=MatchKind.LeftmostLongest), tuple(begun.values())


@cache
def _next_word() -> re.Pattern[str]:
    """A number or a word, whatever blank stands before it."""
    return re.compile(r"\s*(?:(\d{1,5})|([^\W\d_]+))")


@cache
def _figure() -> re.Pattern[str]:
    """A number that an expression may begin with, and what tells so behind it: "12 tháng", "5/6", "2016"."""
    counted = r"(\d{1,4})\s+(năm|tháng|đến|tới|ngày|tuần)"
    day, year = r"(\d\d?)\s?([/.-])\s?\d\d?(?!\d)", r"((?:1[89]|20)\d\d)(?!\d|[.,]\d{3})\s?([/.–—)-])?"
    return re.compile(f"{counted}|{day}|{year}", re.IGNORECASE)


@cache
def _known_words() -> frozenset[str]:
    """The words that the grammar may hold."""
    tables = (v for name, v in lexicon("periods").items() if name not in ("roles", "exceptions"))
    listed = (words for table in tables for words in (table, *table.values()) if not isinstance(words, int))
    written = " ".join((*(word for words in listed for word in words), *rules().values()))
    return _first_words() | frozenset(re.findall(r"[^\W\d_]+", written.lower()))


@cache
def _patterns() -> dict[str, tuple[regex.Pattern[str], tuple[str, ...]]]:
    """The rules for partial matches, with what may stand before each."""
    return {
        # whatever letter case a rule asks for
        name: (
            regex.compile(rule.replace("(?-i:", "(?:"), regex.IGNORECASE),
            _BEFORE if "(?<=" in rule else ("",),
        )
        for name, rule in rules().items()
    }


@cache
def _may_begin(first: str, second: str) -> tuple[str, ...]:
    """The rules that may begin with two words, or a number and what follows it, in the order of the grammar.

    A rule may when it matches the two as far as they go (a partial match). Noughts stand for a number of so many
    digits.
    """
    blanks = (" ",) if second.isalnum() else ("", " ")
    beginnings = [a + blank + b for a, blank, b in product(_numbers(first), blanks, _numbers(second))]
    names = _may_begin(first, "") if second else tuple(_patterns())

    def may(name: str) -> bool:
        pattern, before = _patterns()[name]
        return any(
            pattern.match(words + beginning, len(words), partial=True)
            for words in before
            for beginning in beginnings
        )

    return tuple(name for name in names if may(name))


def _numbers(word: str) -> list[str]:
    """The word, but numbers for noughts."""
    return _NUMBERS[len(word) - 1].split() if word.isdecimal() else [word]
