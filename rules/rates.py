"""What an amount is a rate of: 3 triệu đồng/tháng, 50.000 đồng một kg, mỗi hộ được 2 triệu đồng."""

from __future__ import annotations

from functools import cache

import regex

from rules.base import Span
from rules.numbers import END
from rules.words import alternation, lexicon


@cache
def _slash() -> regex.Pattern[str]:
    """/tháng, /người/năm, /ha/vụ, / 100 kg, /m2, /chục trái"""
    return regex.compile(
        r"[ ]?/[ ]?(?P<per>(?:\d{1,3}[ ]?)?[\p{L}\p{M}][\p{L}\p{M}\d²³]*(?:[ ](?:gia đình|dân|hộ|trái|quả|tháng|tuổi|bị nạn|khẩu|động|phẩm|học|viên|công|vuông|khối|lợi|tử vong|mét vuông))?"
        r"(?:[ ]?/[ ]?[\p{L}\p{M}][\p{L}\p{M}\d²³]*)*)"
    )


@cache
def _each() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    data = lexicon("rates")
    thing = alternation(data["things"])
    each = alternation(data["each"])
    return (
        # 2 triệu đồng mỗi tháng, 50 triệu đồng một héc-ta, 300 nghìn đồng cho mỗi hộ
        regex.compile(rf"[ ]+(?:cho[ ]+|trên[ ]+)?{each}[ ]+(?P<per>{thing}(?:[ ]*/[ ]*{thing})?){END}", regex.IGNORECASE),
        # mỗi hộ (được hỗ trợ) 2 triệu đồng: nothing but a few words between, no other figure
        regex.compile(rf"(?<![\p{{L}}])(?:{alternation(data['each_before'])})[ ]+(?P<per>{thing}){END}[^\d,.;:()]{{0,45}}$", regex.IGNORECASE),
    )


def rate(sentence: str, start: int, end: int) -> tuple[str | None, Span | None]:
    """The unit of an amount's rate and its span in the sentence; (None, None) for an amount that is no rate."""
    if m := _slash().match(sentence, end):
        return " ".join(m["per"].replace(" /", "/").replace("/ ", "/").split()), m.span("per")
    behind, before = _each()
    if m := behind.match(sentence, end):
        return " ".join(m["per"].split()), m.span("per")
    if m := before.search(sentence, max(0, start - 70), start):
        return " ".join(m["per"].split()), m.span("per")
    return None, None
