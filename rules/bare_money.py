"""Amounts whose currency is not said: 3,7 tỷ, lãi 200 triệu; money unless they count something (1,4 tỷ dân)."""

from __future__ import annotations

from functools import cache

import regex

from rules.measured import Measure
from rules.numbers import END
from rules.words import alternation, lexicon

WINDOW = 160
"""How far around an amount the sentence is asked whether it speaks of money, in code points."""


@cache
def _counted() -> regex.Pattern[str]:
    """Things that a bare scale counts: 2 triệu lượt khách."""
    return regex.compile(rf"[ ]+(?:{alternation(lexicon('money')['bare']['counted'])}){END}", regex.IGNORECASE)


@cache
def _closer() -> regex.Pattern[str]:
    """What may stand behind an amount: a stop, the end, a word that is nothing countable."""
    return regex.compile(
        rf"[ ]*(?:$|[^\p{{L}}\d\s]|{alternation(lexicon('money')['bare']['closers'])}{END})", regex.IGNORECASE
    )


@cache
def _context() -> regex.Pattern[str]:
    return regex.compile(rf"(?<![\p{{L}}])(?:{alternation(lexicon('money')['bare']['context'])}){END}|[$€]", regex.IGNORECASE)


@cache
def _price() -> regex.Pattern[str]:
    return regex.compile(r"(?<![\p{L}])giá[ ]+(?:\p{L}+[ ]+)?$", regex.IGNORECASE)


def is_money(sentence: str, m: Measure, short: str) -> bool:
    """Whether an amount without a currency is money."""
    if _counted().match(sentence, m.end):
        return False
    if short == "k" or m.last_token in ("nghìn", "ngàn", "vạn"):
        return bool(_closer().match(sentence, m.end)) and speaks_of_money(sentence, m) and (short != "k" or m.low >= 5)
    if _closer().match(sentence, m.end):
        return bool(_context().search(sentence, max(0, m.start - WINDOW), min(len(sentence), m.end + WINDOW)))
    return speaks_of_money(sentence, m)


def speaks_of_money(sentence: str, m: Measure) -> bool:
    """Whether the words right around a figure speak of money."""
    return bool(_context().search(sentence, max(0, m.start - 40), min(len(sentence), m.end + 25)))


def is_priced(sentence: str, m: Measure) -> bool:
    """giá một đồng, giá không đồng: a price, not a manner of speaking."""
    return bool(_price().search(sentence, max(0, m.start - 24), m.start))
