"""What numbers and units look like: patterns made of the words.

They are for texts in small letters, and of `re` where they can be: both are quicker so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import regex

from extractor.values.words import DIGITS, NOT_AFTER, OTHER, SCALES, UNITS


@cache
def unit_names() -> dict[str, str]:
    """Every name of a unit, and the unit."""
    return {name.strip(): unit for unit, names in UNITS.items() for name in names.split(",")}


def _word(word: str) -> str:
    """A pattern for a whole word that is not the head of another one."""
    form = " +".join(map(re.escape, word.split()))
    tail = r"(?!\w)" if word[-1].isalnum() else ""
    stop = NOT_AFTER.get(word.split()[-1])
    return form + tail + (rf"(?! +(?:{stop})(?!\w))" if stop else "")


def _any(words: Sequence[str]) -> str:
    return "(?:" + "|".join(_word(w) for w in sorted(words, key=len, reverse=True)) + ")"


@cache
def token() -> re.Pattern[str]:
    """A number in digits, or a number word that is no part of another word."""
    words = [*DIGITS, *SCALES, *OTHER]
    return re.compile(
        r"(?P<number>(?=\d)(?:(?<!\w)(?<!\d[.,])|(?<=(?<!\w)(?:usd|vnd|vnđ|eur)))(?:\d{1,3}(?: \d{3})+(?!\d|[.,]\d)|\d+(?:[.,]\d+)*))"
        rf"|(?<![^\W\d])(?<!phần )(?P<word>{_any(words)})"
    )


@cache
def unit_behind() -> re.Pattern[str]:
    """The unit behind a number, also behind a remark in brackets: "476.158 (chiếm 23,46%) hộ"."""
    return re.compile(
        rf" *(?:\([^()\n]{{1,60}}\) *)?(?:tiền +)?(?P<unit>{_any(list(unit_names()))})",
    )


def unit_of(m: re.Match[str]) -> str:
    """The unit that a match of `unit_behind` names."""
    return unit_names()[" ".join(m["unit"].split())]


@cache
def unit_before() -> re.Pattern[str]:
    """A unit that stands before its number."""
    return re.compile(r"(?:us\$|[$€£¥₫₩]|(?<!\w)(?:usd|vnd|vnđ|eur)) ?$")


@cache
def between() -> re.Pattern[str]:
    """What joins the two ends of a range."""
    return re.compile(r" *(?:[-–—−~÷]|(?:cho +)?(?:đến|tới)|to) *")


@cache
def either() -> re.Pattern[str]:
    """What stands between two numbers that may be the ends of a range: 2 hoặc 3; hai, ba; (giữa) 2 và 3."""
    return re.compile(r" +(?:hoặc|hay|(?P<and>và)) +|(?P<comma>,) *")


@cache
def giua() -> re.Pattern[str]:
    """Before the first of two numbers: giữa (2 và 3)."""
    return re.compile(r"(?<!\w)giữa +$")


@cache
def of_whole() -> regex.Pattern[str]:
    """What joins a part and its whole: 50/70 hộ, 50 trong tổng số 70 hộ, 50 trên 70 hộ; not tháng 5 trên 70 hộ."""
    time = r"(?<!(?:ngày|tháng|quý|năm|khóa|đợt|kỳ|lần|số|tổ|thôn|ấp)[ ]\d{1,4})"
    return regex.compile(
        rf"[ ]*(?:/|trên[ ]tổng[ ]số|trong[ ](?:tổng[ ])?số|of)[ ]*|{time}[ ]+(?:trên|trong)[ ]+(?=\d)"
    )
