"""Whether two numbers make a range, and which: 2-3 triệu, từ 5 đến 7, giữa 2 và 3, 500.000 - 1 triệu."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from math import prod

import regex

from rules.numbers import Phrase
from rules.numerals import Sense, number_words, plain, read_tokens
from rules.words import alternation, lexicon

WIDEST = 10_000
"""How many times its least value the most of a range may be: 1 - 100.000 đồng is none."""


@cache
def between() -> re.Pattern[str]:
    """What stands between the ends of a range: 2-3, 2 – 3, 2 đến 3, 2 cho tới 3; giữa 2 và 3; 2 hoặc 3."""
    words = lexicon("numbers")["between"]
    return re.compile(
        rf"[ ]*(?P<dash>[-–—−~÷])[ ]*|[ ]+(?P<word>{alternation(words['words'])})[ ]+"
        rf"|[ ]+(?P<either>{alternation(words['either'])})[ ]+|,[ ]*(?P<comma>)",
        re.IGNORECASE,
    )


def ends(
    text: str, sense: Sense, first: Phrase, second: Phrase, gap: re.Match[str], has_unit: bool
) -> tuple[Decimal, Decimal] | None:
    """The two ends of a range; None when the numbers make none ("quý 2 - 15%", "2016 - 5%", "8-5 tỷ").

    `gap`: what `between` matched; `has_unit`: whether the first number has a unit of its own.
    """
    if not _joins(text, first, second, gap, has_unit) or _is_name(text, first) or is_no(first):
        return None
    low, high = first.value(sense), second.value(sense)
    if low is None or high is None or is_year_word(text, first):
        return None
    start = low[0] if has_unit else _with_scale_of(sense, first.tokens, second.tokens, low[0], high[1])
    return (plain(start), high[1]) if start <= high[1] <= (start or high[1]) * WIDEST else None


@cache
def _pair() -> regex.Pattern[str]:
    words = alternation(lexicon("numbers")["between"]["both"])
    return regex.compile(rf"(?<![\p{{L}}\p{{M}}]){words}[ ]+$", regex.IGNORECASE)


def _joins(text: str, first: Phrase, second: Phrase, gap: re.Match[str], has_unit: bool) -> bool:
    """Whether what stands between two numbers makes a range of them."""
    if gap["comma"] is not None:  # hai, ba triệu; not 5, 7 triệu
        return not has_unit and (*first.tokens, second.tokens[0]) in number_words().pairs
    if gap["either"]:  # giữa 2 và 3; 2 hoặc 3 triệu
        if _pair().search(text, max(0, first.start - 10), first.start):
            return True
        return not has_unit and gap["either"].lower() not in lexicon("numbers")["between"]["and"]
    return True


@cache
def _label() -> regex.Pattern[str]:
    """A word that makes the number behind it a name: tháng 6, quý 2, tổ 5, khóa 12; not mỗi tháng 2-3 triệu."""
    data = lexicon("labels")
    not_before = rf"(?<!{alternation(data['not_before'])}[ ])"
    return regex.compile(
        rf"(?<![\p{{L}}\p{{M}}]){not_before}{alternation(data['before'])}[ ]*$", regex.IGNORECASE
    )


@cache
def _year() -> regex.Pattern[str]:
    return regex.compile(r"(?:19|20)\d\d")


def _is_name(text: str, phrase: Phrase) -> bool:
    if len(phrase.tokens) > 1 or not phrase.tokens[0].isdigit():
        return False
    return bool(
        _year().fullmatch(phrase.tokens[0]) or _label().search(text, max(0, phrase.start - 24), phrase.start)
    )


def is_no(phrase: Phrase) -> bool:
    """Whether "không" stands alone and says no rather than nought: không đến 3 tỷ, không hộ nào."""
    return phrase.tokens == ("không",)


@cache
def _year_word() -> regex.Pattern[str]:
    words = alternation(lexicon("labels")["before_year"])
    return regex.compile(rf"(?:(?<![\p{{L}}\p{{M}}]){words}|\d)[ ]+$", regex.IGNORECASE)


def is_year_word(text: str, phrase: Phrase) -> bool:
    """Whether "năm" is the year and not the number: mỗi năm (trăm triệu), 2 năm (một tỷ)."""
    return phrase.tokens[0] == "năm" and bool(
        _year_word().search(text, max(0, phrase.start - 12), phrase.start)
    )


def _with_scale_of(
    sense: Sense, first: tuple[str, ...], second: tuple[str, ...], low: Decimal, high: Decimal
) -> Decimal:
    """The first number of a range takes the scales that only the second has: 2-3 triệu, một trăm đến hai trăm triệu.

    Not where it has its own: 500 triệu - 1 tỷ; 500.000 - 1 triệu đồng.
    """
    own, scales = _scales(first), _scales(second)
    if any(s >= 10**6 for s in own):
        return low
    missing = scales[len(own) :] if scales[: len(own)] == own else [s for s in scales if s >= 1000]
    if not missing:  # 20-30.000 đồng: thousands both
        both = low == int(low) and low < 1000 and second[-1].endswith((".000", ",000")) and first[0].isdigit()
        return low * 1000 if both and low * 1000 < high else low
    written = (read_tokens(first, "scaled") or (low, low))[0]
    scaled = written * prod(missing)
    if scaled <= high or low >= 1000:  # 500.000 - 1 triệu; but 1,101 - 1,001 triệu is none
        return scaled if scaled <= high else low if written == low else high + 1
    smaller = scaled / 1000  # 800 - 1,2 triệu đồng, 500 - 1 nghìn hộ, but not 2 - 1 triệu
    near = smaller <= high < smaller * 100
    fits = near and smaller >= 100 and (sense == "amount" or smaller == low)
    return smaller if fits else high + 1


def _scales(tokens: tuple[str, ...]) -> list[int]:
    """The first scales of a number that stand together: of 3 nghìn tỷ 1000 and 10^9, of 1 tỷ 200 triệu the first.

    A hundred with more behind it is no scale of another number: một trăm linh năm; of một trăm hai mươi triệu 10^6.
    """
    w = number_words()
    run: list[int] = []
    for at, token in enumerate(tokens):
        if scale := 10 if token == "chục" else w.scales.get(token):
            run.append(scale)
        elif run and (max(run) >= 1000 or (token in w.half_behind and at == len(tokens) - 1)):
            break
        else:
            run = []
    return run
