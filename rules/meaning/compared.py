"""The time of a figure that another one is compared with: it is the comparison's, not the sentence's."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

import regex

from rules.base import Mention
from rules.meaning.said import Said


@cache
def _before() -> regex.Pattern[str]:
    """From the comparison to its figure: "so với năm trước là 3,6%", "so với cùng kỳ năm 2015 (4,1%)"."""
    return regex.compile(
        r"\s*(?:\(|(?:chỉ\s+)?(?:là|ở\s+mức|đạt)\s+)(?:(?:khoảng|gần|hơn|mức|chỉ|tăng|giảm)\s+)*",
        regex.IGNORECASE,
    )


@cache
def _level() -> regex.Pattern[str]:
    """Before a figure that is compared with: "so với mức ", "thấp hơn con số ", "so với "."""
    return regex.compile(
        r"(?<!\w)(?:so\s+với|(?:cao|thấp|nhiều|ít|lớn|nhỏ|hơn|kém)\s+hơn)\s+"
        r"(?:(?:mức|con\s+số|tỷ\s+lệ|tăng|giảm|tăng\s+trưởng|khoảng|gần|hơn|trên)\s+)*\Z",
        regex.IGNORECASE,
    )


@cache
def _of() -> regex.Pattern[str]:
    """From such a figure to its time: " của năm 2015", " trong cùng kỳ năm trước"."""
    return regex.compile(r"\s*(?:\(|(?:của|trong|vào|hồi|ở|cùng\s+kỳ|thời\s+điểm)\s+)*", regex.IGNORECASE)


def of_comparison(
    text: str, figures: tuple[Mention, ...], found: list[Said | None], times: tuple[Said, ...]
) -> list[Said | None]:
    """The times with those of the figures that stand in a comparison together with its time."""
    if not times:
        return found
    out = list(found)
    starts = [t.start for t in times]
    for i, figure in enumerate(figures):
        at = bisect_left(starts, figure.start)
        if at and _before().fullmatch(text, times[at - 1].end, figure.start):
            out[i] = times[at - 1]
        elif (
            at < len(times)
            and _of().fullmatch(text, figure.end, times[at].start)
            and _level().search(text, max(0, figure.start - 60), figure.start)
        ):
            out[i] = times[at]
    return out
