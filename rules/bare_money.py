"""Amounts whose currency is not said: 3,7 tỷ, lãi 200 triệu; money unless they count something (1,4 tỷ dân)."""

from __future__ import annotations

from functools import cache

import regex

from rules.measured import Measure
from rules.numbers import END
from rules.numerals import number_words
from rules.words import alternation, cached, lexicon

WINDOW = 160
"""How far around an amount the sentence is asked whether it speaks of money, in code points."""


@cached
def _counted() -> regex.Pattern[str]:
    """Things that a bare scale counts: 2 triệu lượt khách."""
    return regex.compile(
        rf"[ ]+(?:{alternation(lexicon('money')['bare']['counted'])}){END}", regex.IGNORECASE
    )


@cache
def _known_unit() -> regex.Pattern[str]:
    """5 tỷ m3, 3 tỷ Euro: a unit in letters, no Vietnamese word"""
    return regex.compile(r"[ ]?(?:\p{Lu}|\p{L}{1,2}\d|\p{L}*[fjwz]|[%‰])")


@cache
def _number() -> regex.Pattern[str]:
    """2 triệu 5 người"""
    return regex.compile(r"[ ]+\d")


@cached
def _closer() -> regex.Pattern[str]:
    """What may stand behind an amount: a stop, the end, a word that is nothing countable."""
    return regex.compile(
        rf"[ ]*(?:$|[^\p{{L}}\d\s]|{alternation(lexicon('money')['bare']['closers'])}{END})", regex.IGNORECASE
    )


@cache
def _said(name: str) -> regex.Pattern[str]:
    """The words of one of the lexicon's lists; where they tell money, also an amount that has its currency."""
    # "45 triệu hành khách chỉ cần 19.700 tỉ": what another number counts makes no count of this one
    other = rf"(?<!{alternation(number_words().scales)}[ ](?:\p{{L}}+[ ])?)" if name == "counting" else ""
    amount = rf"|[$€]|(?:\d{{3}}|(?<![\p{{L}}]){alternation(number_words().scales)})[ ]?(?:đồng|đ){END}"
    words = alternation(lexicon("money")["bare"][name])
    return regex.compile(
        rf"(?<![\p{{L}}]){other}{words}{END}{'' if name == 'counting' else amount}", regex.IGNORECASE
    )


@cache
def _price() -> regex.Pattern[str]:
    return regex.compile(r"(?<![\p{L}])giá[ ]+(?:\p{L}+[ ]+)?$", regex.IGNORECASE)


def is_money(sentence: str, m: Measure, short: str) -> bool:
    """Whether an amount without a currency is money."""
    if len(sentence) - (m.end - m.start) < 3:  # nothing else is said
        return m.last_token in ("tỷ", "tỉ", "triệu", "rưỡi")
    if _number().match(sentence, m.end) or _counted().match(sentence, m.end):
        return False
    if short == "k" or m.last_token in ("nghìn", "ngàn", "vạn"):
        small = (
            short == "k" and m.low < 25 and not _price().search(sentence, max(0, m.start - 24), m.start)
        )  # vàng 24k
        each = sentence.startswith("/", m.end)  # 130 nghìn/con
        return not small and bool(_closer().match(sentence, m.end)) and (each or speaks_of_money(sentence, m))
    if _said("counting").search(sentence, max(0, m.start - 40), m.start):
        return speaks_of_money(sentence, m, "strong")
    if m.last_token in ("tỷ", "tỉ") and not _known_unit().match(sentence, m.end):
        return True
    if not _closer().match(sentence, m.end):
        return speaks_of_money(sentence, m, "strong")
    if sentence[m.end : m.end + 1] == "/":
        return True
    return bool(
        _said("context").search(sentence, max(0, m.start - WINDOW), min(len(sentence), m.end + WINDOW))
    )


def speaks_of_money(sentence: str, m: Measure, words: str = "context") -> bool:
    """Whether the words right around a figure speak of money; for `strong` ones those right before it."""
    reach, end = (25, m.start) if words == "strong" else (40, m.end + 25)
    return bool(_said(words).search(sentence, max(0, m.start - reach), min(len(sentence), end)))


def is_spent(sentence: str, m: Measure) -> bool:
    """Whether the words before a figure speak of money: giá 35 bảng; not chia làm 4 bảng."""
    return bool(_said("context").search(sentence, max(0, m.start - 40), m.start))


def is_priced(sentence: str, m: Measure) -> bool:
    """giá một đồng, giá không đồng: a price, not a manner of speaking."""
    return bool(_price().search(sentence, max(0, m.start - 24), m.start))
