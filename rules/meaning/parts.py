"""Parts of a sum that a sentence begins with, or that the sentence before told: Trong số tiền trên, …; Giai đoạn 1 …"""

from __future__ import annotations

from functools import cache

import regex

from rules.base import Mention, Span
from rules.meaning import chains, nominal, subject
from rules.meaning.chains import Named
from rules.numbers import END
from rules.words import alternation, cached, lexicon


@cache
def _sum() -> regex.Pattern[str]:
    """Trong (tổng) số tiền trên, …; Số tiền này, …; Trong đợt tiền cấp lần đầu, …"""
    of_it = r"(?:trên|này|đó|nêu trên|nói trên|tạm ứng|đợt|lần|cấp|được|mà)"
    what = r"(?:khoản|số|nguồn|tổng số|đợt)[ ]+(?:tiền|vốn|kinh phí|nợ|thu)(?:[ ]+(?:hỗ trợ|bồi thường|đền bù|tạm ứng|vay|vốn))?"
    return regex.compile(
        rf"[“\"]?(?:Trong|Với|Từ)?[ ]*(?:tổng[ ]+)?(?P<sum>{what})[ ]+{of_it}(?!\p{{L}})", regex.IGNORECASE
    )


def sum_at_head(text: str, sentence: Span, figure: Mention) -> Span | None:
    """The sum that a sentence begins with, of which its amounts are parts."""
    m = _sum().match(text, sentence[0], figure.start)
    return m.span("sum") if m else None


@cached
def _part_opener() -> regex.Pattern[str]:
    return regex.compile(
        rf"[“\"]?{alternation(lexicon('indicators')['parts']['words'])}{END}", regex.IGNORECASE
    )


def part_of_before(
    text: str, sentence: Span, figure: Mention, earlier: list[tuple[Mention, Named | None]]
) -> Named | None:
    """Giai đoạn 1 khoảng 243 tỷ đồng …: a part of what the sentence before told, by kind and unit."""
    if not _part_opener().match(text, sentence[0], figure.start):
        return None
    if nominal.takes_figure().search(text, sentence[0], figure.start):
        return chains.same_verb(
            text, sentence[0], figure, [p for p in earlier if sentence[0] - p[0].end <= chains.FAR]
        )
    for before, its in earlier:
        if sentence[0] - before.end > 150:
            return None
        if chains.alike(before, figure) and its is not None:
            return Named(its.span, False, subject.member(text, sentence[0], figure))
    return None
