"""The shape that most figures share: a number, or a range of two, and a word of a lexicon.

`measures()` finds it; a kind adds what only it knows (currencies, change, categories). Qualifiers
("hơn", "trở lên") are read here, once for all kinds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import regex

from rules.numbers import END, START, Sense, number_pattern, read_number
from rules.words import alternation, lexicon


@dataclass(frozen=True, slots=True)
class Measure:
    """A number or range with its unit. `start`, `end`: the span with number and unit, code points of the folded text."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    number: str
    unit: str
    unit_start: int
    match: regex.Match[str]


BETWEEN = r"(?:[ ]*[-–—−][ ]*|[ ]+(?:(?:cho[ ]+)?(?:đến|tới)|hoặc)[ ]+)"
"""What stands between the ends of a range: 2-3, 2 – 3, 2 đến 3, 2 cho tới 3."""


def measure_pattern(unit: str, before: str = "") -> regex.Pattern[str]:
    """The pattern of figures with a unit. `unit`: a pattern of the unit behind the number (with the space before it).

    `before`: an optional pattern of what may stand before the number as part of the figure ("USD ", "-").
    Groups: range: a, ua, b, ub; one number: n, u.
    """
    number = number_pattern()
    pair = rf"(?P<a>{number})(?P<ua>{unit})?(?:{BETWEEN}|(?P<và>(?<=(?<![\p{{L}}])(?:giữa|hai mức)[ ].{{1,40}})[ ]+và[ ]+))(?P<b>{number})(?P<ub>{unit})"
    single = rf"(?P<n>{number})(?P<u>{unit})"
    return regex.compile(rf"{START}{before}(?:{pair}|{single})".replace("<và>", "<between>"), regex.IGNORECASE)


@cache
def _label() -> regex.Pattern[str]:
    """A word that makes the number behind it a name: tháng 6, quý 2, tổ 5, khóa 12."""
    words = alternation(lexicon("labels")["before"])
    return regex.compile(rf"(?<![\p{{L}}\p{{M}}]){words}[ ]*$", regex.IGNORECASE)


def measures(pattern: regex.Pattern[str], text: str, sense: Sense) -> Iterator[Measure]:
    """The figures of a text, in order. A range whose first number belongs elsewhere ("quý 2 - 15%") is its second."""
    for m in pattern.finditer(text):
        found = _range(m, text, sense) if m["b"] else None
        if found is None:
            found = _single(m, "b", "ub", sense) if m["b"] else _single(m, "n", "u", sense)
        if found is not None:
            yield found


def _single(m: regex.Match[str], number: str, unit: str, sense: Sense) -> Measure | None:
    values = read_number(m[number], sense)
    if values is None:
        return None
    start = m.start() if number == "n" else m.start(number)
    return Measure(start, m.end(), values[0], values[1], m[number], m[unit], m.start(unit), m)


_YEAR = regex.compile(r"(?:19|20)\d\d")


def _range(m: regex.Match[str], text: str, sense: Sense) -> Measure | None:
    first, second = read_number(m["a"], sense), read_number(m["b"], sense)
    if first is None or second is None or _label().search(text, max(0, m.start() - 15), m.start()):
        return None
    low = first[0] if m["ua"] and m["ua"].strip() else _with_scale_of(first[0], m["a"], second[0], m["b"], sense)
    if low is None or low > second[1] or _YEAR.fullmatch(m["a"]):
        return None
    return Measure(m.start(), m.end(), low, second[1], m["b"], m["ub"], m.start("ub"), m)


@cache
def _scale() -> regex.Pattern[str]:
    scales = lexicon("numbers")["scales"]
    return regex.compile(rf"(?<![\p{{L}}]){alternation(scales)}{END}", regex.IGNORECASE)


def _with_scale_of(low: Decimal, a: str, high: Decimal, b: str, sense: Sense) -> Decimal | None:
    """The first number of a range without its own scale takes that of the second: 2-3 triệu; but 500.000 - 1 triệu."""
    scales = _scale().findall(b)
    if not scales or _scale().search(a):
        return low
    values = lexicon("numbers")["scales"]
    factor = 1
    for word in scales:
        factor *= values[word.lower()]
    plain = read_number(a, "scaled")
    scaled = plain[0] * factor if plain else low * factor
    if scaled <= high:
        return scaled
    if low >= 1000:  # 500.000 - 1 triệu đồng
        return low
    smaller = scaled / 1000  # 800 - 1,2 triệu đồng
    return smaller if smaller <= high and sense == "amount" and smaller >= 1000 else None


@cache
def _before() -> tuple[regex.Pattern[str], dict[str, str]]:
    data = lexicon("qualifiers")
    meaning = {word: name for name, words in data["before"].items() for word in words}
    between = alternation(data["transparent"]["words"])
    return (
        regex.compile(
            rf"(?r)(?<![\p{{L}}\p{{M}}])(?P<word>{alternation(meaning)})(?:[ ]+{between}){{0,3}}[ ]*$", regex.IGNORECASE
        ),
        meaning,
    )


@cache
def _after() -> tuple[regex.Pattern[str], dict[str, str]]:
    data = lexicon("qualifiers")
    meaning = {word: name for name, words in data["after"].items() for word in words}
    skip = r"(?:/[\p{L}]+(?:/[\p{L}]+)?)?"
    return regex.compile(rf"{skip}[ ]+(?P<word>{alternation(meaning)}){END}", regex.IGNORECASE), meaning


def qualifier(text: str, start: int, end: int, sentence_start: int = 0) -> str:
    """The qualifier of a figure that stands at a span: "hơn 3 tỷ" is over, "3 tỷ trở lên" is at_least, else exact."""
    pattern, meaning = _after()
    if m := pattern.match(text, end):
        return meaning[_plain(m["word"])]
    pattern, meaning = _before()
    if m := pattern.search(text[max(sentence_start, start - 48) : start]):
        return meaning[_plain(m["word"])]
    return "exact"


def _plain(word: str) -> str:
    return " ".join(word.lower().split())
