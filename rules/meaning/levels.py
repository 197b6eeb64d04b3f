"""Two levels of one thing in a sentence: "từ 8% lên 10%", "6.000 đồng thay vì 2.000 đồng"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import regex

from rules.base import Mention, Span
from rules.words import alternation, lexicon

# So far apart two levels stand at most.
_APART = 60


def _near(sentence: Span, figure: Mention) -> int:
    """Where the words right before a figure begin."""
    return max(sentence[0], figure.start - 40)


def first_of_two(text: str, sentence: Span, here: Sequence[Mention], n: int) -> int | None:
    """Where the first of two levels stands whose second a figure is: "sẽ tăng từ 8% hiện nay lên 10%"; else None."""
    if not n or here[n - 1].kind != here[n].kind or here[n].start - here[n - 1].end > _APART:
        return None
    if not _levels().between.fullmatch(text, here[n - 1].end, here[n].start):
        return None
    before = _levels().start.match(text, _near(sentence, here[n - 1]), here[n - 1].start)
    return before.start() if before else None


def stands_now(text: str, sentence: Span, here: Sequence[Mention], n: int) -> bool:
    """Whether a figure is the level that a planned one starts from or replaces: "từ 8% lên 10%", "6.000 đồng thay vì 2.000 đồng"."""
    if _levels().instead.match(text, _near(sentence, here[n]), here[n].start):
        return True
    if n + 1 >= len(here) or here[n + 1].kind != here[n].kind or here[n + 1].start - here[n].end > _APART:
        return False
    between = _levels().between.fullmatch(text, here[n].end, here[n + 1].start)
    return bool(between and _levels().start.match(text, _near(sentence, here[n]), here[n].start))


class _Levels(NamedTuple):
    start: regex.Pattern[str]
    between: regex.Pattern[str]
    instead: regex.Pattern[str]


@cache
def _levels() -> _Levels:
    words = alternation(lexicon("rates")["levels"])
    rough = r"(?:[ ](?:mức|khoảng|gần|hơn|trên|dưới|chỉ))*"
    return _Levels(
        regex.compile(rf"(?r)(?<!\w)từ{rough}[ ]$", regex.IGNORECASE),
        regex.compile(
            rf"(?:/\S+)?[^\d.;:]{{0,40}}?(?<!\w)(?:{words}|đến|tới)(?!\w)[^\d.;:]{{0,24}}", regex.IGNORECASE
        ),
        regex.compile(rf"(?r)(?<!\w)thay[ ](?:vì|cho){rough}[ ]$", regex.IGNORECASE),
    )
