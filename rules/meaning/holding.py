"""How far a time holds: for which figures of its sentence, and for which sentences behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import regex

from rules.base import Span
from rules.meaning.said import Said
from rules.words import alternation, lexicon

HOLDS = {"months": 6, "half": 6, "quarter": 6}
"""A report's time ("6 tháng đầu năm …") holds on over so many sentences without a figure."""
# "từ đầu năm đến nay" tells when the article's own state of things is.
_TO_DATE = 3
# The words that tell how a sentence goes on stand in its head.
_HEAD = 120
# How far behind a day the telling is looked for, and before a sentence whose words were said.
_BEFORE = 700


@dataclass(frozen=True, slots=True)
class Held:
    """A time that holds on: the sentence that last used it, whether a figure did, and whether one did where it was told."""

    said: Said
    sentence: int
    used: bool
    stated: bool


@cache
def _telling() -> regex.Pattern[str]:
    words = alternation(lexicon("periods")["roles"]["telling"])
    return regex.compile(rf"(?<!\w){words}(?!\w)", regex.IGNORECASE)


@cache
def _counting() -> regex.Pattern[str]:
    """Before a day that a figure is counted up to ("tính đến ngày 9/8"), or at the start of its words."""
    before = r"(?:đến|tới|hết|trong)(?:\s+(?:hết|cuối|sáng|chiều|tối|trưa))?\s*\Z"
    return regex.compile(rf"{before}|\G(?:tính\s+)?(?:đến|tới|hết|từ)\s", regex.IGNORECASE)


@cache
def _trial() -> regex.Pattern[str]:
    """What a court does with a case: its time is not that of the money: "Tháng 1-2015, tòa xử phúc thẩm"."""
    words = alternation(lexicon("periods")["roles"]["trial"])
    return regex.compile(rf"(?<!\w){words}(?!\w)", regex.IGNORECASE)


def holds_for(text: str, sentence: Span, time: Said, until: int) -> bool:
    """A day is the time of a figure when it was counted on it or happened then, not when somebody told it then."""
    if not time.is_day:
        tried = time.form in ("month", "year") and _trial().search(text, time.end, min(until, time.end + 160))
        return not tried
    counting = _counting()
    if counting.search(text, max(sentence[0], time.start - 20), time.start) or counting.search(
        text, time.start, time.end
    ):
        return True
    return not _telling().search(text, time.end, min(until, time.end + _BEFORE))


@cache
def _goes_on() -> regex.Pattern[str]:
    """How a sentence begins that goes on with what the one before it told: "Trong đó …", "Số tiền này …"."""
    words = alternation(lexicon("periods")["roles"]["goes_on"])
    return regex.compile(rf"[-–+•*\s]*{words}(?!\w)", regex.IGNORECASE)


@cache
def _example() -> re.Pattern[str]:
    """How a sentence begins that gives an example of what was told: "Đơn cử, …", "Ông A lấy ví dụ, …"."""
    words = alternation(lexicon("periods")["roles"]["example"])
    return re.compile(
        rf"(?:[“\"]?\s*{words}|[^,;:]{{0,60}}\s(?:lấy|nêu|dẫn|đưa\s+ra)\s+(?:một\s+)?ví\s+dụ)(?!\w)",
        re.IGNORECASE,
    )


def exemplifies(text: str, sentence: Span) -> bool:
    """Whether a sentence gives an example of what the one before it told, and so has its time."""
    return _example().match(text, sentence[0], min(sentence[1], sentence[0] + _HEAD)) is not None


@cache
def takes_apart() -> regex.Pattern[str]:
    """A sentence that takes apart the last figure before it: "Trong đó, …", "Trong số này …"."""
    return regex.compile(
        r"[-–+•*\s]*trong\s+(?:đó|số\s+(?:đó|này|tiền\s+(?:này|trên)))(?!\w)", regex.IGNORECASE
    )


def is_open(own: Said | None, held: Held) -> bool:
    """Whether a sentence leaves the time to what was said before: it tells none, or "nay" in the year spoken of."""
    if own is None:
        return True
    if own.form == "same" and held.said.form == "year":
        return True  # "năm 2016 … vài tháng cuối năm": that year's
    if own.period is not None:
        return False
    return held.said.current if own.form in ("now", "same", "past", "that") else held.said.form in HOLDS


@cache
def _quoted() -> regex.Pattern[str]:
    """The end of somebody's words: '", ông nói'."""
    return regex.compile(
        r"[”\"][,.]?\s*[-–]?\s*(?:ông|bà|anh|chị|vị|đại\s+biểu|TS|PGS|luật\s+sư)\s", regex.IGNORECASE
    )


def still_holds(text: str, sentence: Span, held: Held, number: int, *, told: bool) -> bool:
    """Whether a time told before still holds. `told`: the sentence does tell a time, but an open one ("hiện nay")."""
    distance = number - held.sentence
    form = held.said.form
    if not held.said.lasts:
        return False
    if form in HOLDS:
        return distance <= (HOLDS[form] if held.stated else 1)
    if form == "to_date":
        return distance <= _TO_DATE
    if held.said.current and form not in ("day", "day+", "span"):
        if not held.said.sure and _quoted().search(
            text, max(held.said.end, sentence[0] - _BEFORE), sentence[0]
        ):
            return False
        return distance <= (2 if held.used else 1) + 2 * told
    return distance <= 1 and (
        held.used
        or _goes_on().match(text, sentence[0], min(sentence[1], sentence[0] + _HEAD)) is not None
        or exemplifies(text, sentence)
    )


def _is_caption(text: str, sentence: Span, time: Said) -> bool:
    """Whether a sentence ends with a time behind a comma, as that of a picture does: "Đoàn kiểm tra kho, tháng 12.2016." """
    return not text[time.end : sentence[1]].strip(" .") and text[sentence[0] : time.start].rstrip().endswith(
        ","
    )


@cache
def _but() -> regex.Pattern[str]:
    """Before a "nay" that ends what was told: "dự kiến xong năm 2015 nhưng đến nay …"."""
    return regex.compile(r"(?:nhưng|song|tuy\s+nhiên,?)\s+\Z", regex.IGNORECASE)


@cache
def _will() -> regex.Pattern[str]:
    return regex.compile(r"[^.;]{0,60}?(?<!\w)sẽ(?!\w)", regex.IGNORECASE)


def _to_come(text: str, sentence: Span, time: Said) -> bool:
    """Whether something is told of a month or day to come, which is no time of what follows: "Tháng 3/2017, dự án sẽ được chấm"."""
    return time.form in ("month", "day") and _will().match(text, time.end, sentence[1]) is not None


def lasting(text: str, sentence: Span, inside: Sequence[Said], counted: bool) -> Said | None:
    """The time of a sentence that holds on: its last one, one of the latest year before others; no meeting's day.

    A year to come holds on for nothing, and what stood before it is no longer spoken of.
    """
    holding = [
        t
        for t in inside
        if t.form != "bare" and holds_for(text, sentence, t, sentence[1]) and not _to_come(text, sentence, t)
    ]
    if not holding or (not counted and _is_caption(text, sentence, holding[-1])):
        return None
    if holding[-1].form == "year" and not holding[-1].lasts:
        return holding[-1]
    if (
        holding[-1].form == "now"
        and holding[-1].period is None
        and _but().search(text, max(sentence[0], holding[-1].start - 12), holding[-1].start)
    ):
        return holding[-1]
    current = [t for t in holding if t.current]
    return (current or holding)[-1]
