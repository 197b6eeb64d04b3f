"""What a unit has, told with no time at all, is told of the year that the article speaks from: "xã có hơn 5.000 hộ dân"."""

from __future__ import annotations

from functools import cache

import regex

from rules.base import Mention, Reading, Span
from rules.meaning.said import Said
from rules.periods import Anchor

# So far before a count its unit and its verb stand.
_REACH = 70
# So far around it a past or a plan is told.
_CLAUSES = 300
_ABOUT = r"(?:\s+(?:tới|đến|hơn|gần|trên|khoảng|chừng))*"


def of_present(
    reading: Reading, figures: tuple[Mention, ...], found: list[Said | None], anchor: Anchor | None
) -> list[Said | None]:
    """The year of the article for the counts of households that a unit has, where no time is told of them."""
    if anchor is None:
        return found
    had: list[int] = []
    for i, figure in enumerate(figures):
        if found[i] is None and figure.kind == "households":
            sentence = reading.sentence_at(figure.start)
            before = figures[had[-1]].end if had and figures[had[-1]].start >= sentence[0] else None
            if _is_had(reading.text, sentence, figure, before):
                had.append(i)
    out = list(found)
    for i in had:
        out[i] = Said(figures[i].start, figures[i].start, "now", str(anchor.year))
    return out


def _is_had(text: str, sentence: Span, figure: Mention, before: int | None) -> bool:
    """Whether a unit has the households, or has them among those that end at `before`."""
    part = before is not None and _of_them().fullmatch(text, before, figure.start) is not None
    if not part and not _has().search(text, max(sentence[0], figure.start - _REACH), figure.start):
        return False
    near = max(sentence[0], figure.start - _CLAUSES), min(sentence[1], figure.end + _CLAUSES)
    return _past().search(text, *near) is None


@cache
def _of_them() -> regex.Pattern[str]:
    """(5.000 hộ dân) thì có đến hơn (4.500 hộ), trong đó có (20 hộ nghèo)"""
    return regex.compile(rf",?\s(?:thì|trong\s+đó)\s+(?:có|còn){_ABOUT}\s+", regex.IGNORECASE)


@cache
def _has() -> regex.Pattern[str]:
    """ "toàn xã có hơn", "Xã có tới", "cả xóm có"."""
    units = r"(?:xã|phường|thị\s+trấn|huyện|quận|thị\s+xã|thành\s+phố|tỉnh|thôn|bản|ấp|xóm|làng|buôn|khu\s+phố|tổ\s+dân\s+phố)"
    return regex.compile(
        rf"(?<!\w)(?:(?:toàn|cả)\s+)?{units}\s(?:[^,.;:()]{{0,30}}\s)?có{_ABOUT}\s+\Z",
        regex.IGNORECASE,
    )


@cache
def _past() -> regex.Pattern[str]:
    """A clause of what was or will be: it is no state of now."""
    return regex.compile(r"(?<!\w)(?:đã|từng|trước|khi|lúc|năm|sẽ|nếu|được|bị)(?!\w)", regex.IGNORECASE)
