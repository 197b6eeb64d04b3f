"""Words beside a figure that bound it or make it rough: hơn 3 tỷ, khoảng từ 2 đến 3 triệu, 3 tỷ trở lên."""

from __future__ import annotations

import re
from functools import cache

import regex

from rules.numbers import END
from rules.words import alternation, first_words, lexicon, word_starts

REACH = 48
"""How far before a figure its qualifier may begin and behind it end, in code points: `regex` looks for the letters that
a pattern cannot do without as far as it is let, also where it is only to match at one place."""


@cache
def _before() -> tuple[re.Pattern[str], dict[str, str]]:
    """A qualifier before the number, in lower case; words between that leave it its sense: ước đạt 5%, hơn tới 3 tỷ."""
    data = lexicon("qualifiers")
    meaning = {word: name for name, words in data["before"].items() for word in words}
    between = alternation(data["transparent"]["words"])
    rough = alternation([*data["transparent"]["words"], *data["transparent"]["rough"]])
    about = word_starts(data["before"]["about"])
    return (
        re.compile(
            rf"(?:(?P<word>{word_starts(meaning)})(?:[ ]+{between}){{0,2}}|(?P<about>{about})(?:[ ]+{rough}){{1,3}})$"
        ),
        meaning,
    )


@cache
def _halves() -> dict[str, regex.Pattern[str]]:
    """tiến độ 5%, mơ ước 5 tỷ: the first halves of words that end like a qualifier, by the qualifier."""
    return {
        word: regex.compile(rf"(?<![\p{{L}}]){alternation(firsts)}[ ]+$", regex.IGNORECASE)
        for word, firsts in lexicon("qualifiers")["half_of_a_word"].items()
    }


@cache
def _after() -> tuple[regex.Pattern[str], dict[str, str]]:
    """A qualifier behind the figure and its rate: 3 tỷ trở lên, 5 triệu đồng/tháng trở xuống."""
    data = lexicon("qualifiers")
    meaning = {word: name for name, words in data["after"].items() for word in words}
    rate = r"(?:[ ]?/[ ]?[\p{L}]+(?:/[\p{L}]+)?)?"
    return regex.compile(rf"{rate}[ ]+(?P<word>{alternation(meaning)}){END}", regex.IGNORECASE), meaning


@cache
def _begins_after() -> re.Pattern[str]:
    """How the words of `_after` or a rate begin: a cheap look."""
    return re.compile(
        rf"[ ]*(?:/|{first_words(word for words in lexicon('qualifiers')['after'].values() for word in words)})"
    )


@cache
def _bound() -> regex.Pattern[str]:
    """phạt đến 50 triệu, phạt tiền tới 5%: "đến" is an upper bound where a penalty is threatened; "lên đến" never."""
    threat = alternation(lexicon("qualifiers")["up_to"]["behind"])
    return regex.compile(rf"(?<![\p{{L}}]){threat}[ ]+(?:tiền[ ]+)?(?:đến|tới)[ ]*$", regex.IGNORECASE)


@cache
def _from() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """có giá từ (340 triệu đồng), nợ xấu từ (10%); and what goes on to another amount: lên, xuống"""
    data = lexicon("qualifiers")["from"]
    return (
        regex.compile(rf"(?<![\p{{L}}]){alternation(data['behind'])}[ ]+từ[ ]*$", regex.IGNORECASE),
        regex.compile(
            rf"[^.;,]{{0,60}}(?<![\p{{L}}]){alternation(data['not_on_to'])}{END}", regex.IGNORECASE
        ),
    )


@cache
def _compared() -> regex.Pattern[str]:
    """(cao hơn 5 triệu đồng/m2) so với"""
    behind = alternation(lexicon("qualifiers")["compares"]["behind"])
    return regex.compile(rf"[^.,;()]{{0,25}}(?<![\p{{L}}]){behind}{END}", regex.IGNORECASE)


def qualifier(text: str, start: int, end: int, is_range: bool = False) -> str:
    """The qualifier of a figure at a span of a sentence: "hơn 3 tỷ" is over, "3 tỷ trở lên" at_least, else exact.

    `is_range`: "giá từ 2 đến 3 triệu" has both its bounds and is exact, "giá từ 2 triệu" at_least.
    """
    behind, meaning = _after()
    if (
        text.startswith((" ", "/"), end)
        and _begins_after().match(text, end)
        and (m := behind.match(text, end, end + REACH))
    ):
        return meaning[_key(m["word"])]
    window = text[max(0, start - REACH) : start]
    before = window.rstrip(" ").lower()
    pattern, meaning = _before()
    if said := pattern.search(before):
        word = " ".join((said["word"] or said["about"]).split())
        half = _halves().get(word)
        if half and half.search(before, 0, said.start()):
            return "exact"
        compares = word in lexicon("qualifiers")["compares"]["words"] and _compared().match(text, end)
        return "exact" if compares else meaning[word]
    if before.endswith(("đến", "tới")) and _bound().search(window):
        return "at_most"
    if is_range or not before.endswith("từ"):
        return "exact"
    starts, goes_on = _from()
    return "at_least" if starts.search(window) and not goes_on.match(text, end) else "exact"


def _key(word: str) -> str:
    return " ".join(word.lower().split())
