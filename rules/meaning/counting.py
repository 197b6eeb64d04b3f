"""What of the discourse counts for a figure: no giver whose clause is over, no words in closed brackets, no one of several units."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from rules.base import Mention, Span
from rules.meaning.discourse import Topic, holds
from rules.meaning.order import InOrder


def in_closed_bracket(text: str, start: int, until: int) -> bool:
    """Whether words stand in brackets that are closed again: "dự án A (vốn vay Ngân hàng Thế giới) hỗ trợ 20%"."""
    opened = text.rfind("(", max(0, start - 200), start)
    return opened >= 0 and ")" not in text[opened:start] and text.find(")", start, until) >= 0


@cache
def _there() -> regex.Pattern[str]:
    """Before a unit that is told of as a whole: "tại Lâm Đồng, dự án mới có 5 hộ", not "UBND huyện A hỗ trợ 5 hộ"."""
    return regex.compile(r"(?<!\p{L})(?:tại|ở|trên[ ]địa[ ]bàn)[ ]$", regex.IGNORECASE)


def is_heading(text: str, topic: Topic) -> bool:
    """Whether a unit heads what follows: "Hà Nội: Mây thay đổi, ngày nắng. Độ ẩm từ 50 - 85%"."""
    return (
        topic.kind == "named"
        and text.startswith(":", topic.end)
        and text[: topic.start].rstrip(" –-")[-1:] in ("", ".", "\n", ";")
    )


def one_of_several(text: str, topic: Topic, spoken: InOrder[Topic]) -> bool:
    """Whether a unit is the last of several that are told of together: "Hà Nội và TP.HCM đã chi 5 tỷ đồng"."""
    if topic.kind != "named" or topic.unit is None:
        return False
    before = next(spoken.back(topic.start, topic.start - 40), None)
    if before is None or before.kind != "named" or before.unit is None or before.unit.key == topic.unit.key:
        return False
    if holds(before.unit, topic.unit) or holds(topic.unit, before.unit):
        return False
    return text[before.end : topic.start].strip() in (",", "và", "-", "–")


def fining(fine: Topic, near: Iterator[Topic], sentence: Span) -> Topic:
    """Who fines, or where: the unit of the same sentence, "bị UBND phường X xử phạt"; else the fine is nobody's."""
    other = next(near, None)
    return other if other and other.unit and other.start >= sentence[0] else fine


def gave(text: str, before: Mention, giver: Topic, figure: Mention) -> bool:
    """Whether the state only gave what stands before it: "70% mức đóng được Nhà nước hỗ trợ, thì tỉnh …": its clause is over."""
    return (
        before.end < giver.start
        and not any(c in ",;." for c in text[before.end : giver.start])
        and any(c in ",;" for c in text[giver.end : figure.start])
    )


def as_a_whole(text: str, sentence: Span, topic: Topic) -> bool:
    """Whether a unit of the sentence is meant as a whole: a list, "huyện", "tại Lâm Đồng"."""
    return topic.kind in ("meant", "list") or _there().search(text, sentence[0], topic.start) is not None
