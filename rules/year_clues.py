"""The clues of a single time to the year that an article speaks from, each with its weight."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rules.anchors import Role
from rules.periods import Time
from rules.words import alternation, lexicon

# Forms of reports: they are told in the year itself or soon after.
_REPORTED = ("months", "quarter", "half")

SURE, WEAK = 3, 1
"""One clue of this weight, or several that come to it, make a year sure; weak ones alone never do."""


def end(time: Time) -> int:
    """The year in which a time ends; a plan of several years ("2017-2021") may end long after the article."""
    last = (time.last[0] if time.last else None) or time.year or 0
    return last if last - (time.year or last) <= 1 else time.year or 0


def clues(text: str, time: Time, role: Role, present: bool) -> Iterator[tuple[int, int]]:
    """The years that a time speaks for, each with its weight."""
    year = time.year or 0
    if role is Role.BASIS:
        # "so với 6 tháng đầu năm 2016", "so với cuối năm 2016", "so với cùng kỳ năm 2016" are said in 2017
        if time.form in _REPORTED or _ends_year(text, time):
            yield year + 1, SURE
        elif "cùng kỳ" in text[max(0, time.start - 12) : time.start].lower():
            yield year + 1, 2
            yield year + 1, SURE - 2 if present else 0
        return
    words = text[time.start : time.end].lower()
    since = text[max(0, time.start - 4) : time.start].lower() in (" từ ", "\ntừ ")
    if (
        (time.form in _REPORTED and not since)
        or time.form == "to_date"
        or re.match(r"vụ|mùa\s+vụ", words)
        or _season().match(words)
    ):
        yield end(time), SURE
    elif time.form == "span":
        if re.match(r"niên\s+vụ", words):
            yield end(time), SURE
        elif time.part and end(time) - year <= 1:
            yield end(time), 2
    elif (
        time.form in ("year", "bare") and (_happens().search(text, max(0, time.start - 60), time.start))
    ) or (
        time.form == "year"
        and (words.startswith(("tết ", "mùa giải ")) or _plans().match(text, time.end, time.end + 60))
    ):
        yield year, 2
        yield year, SURE - 2 if present else 0
    elif time.form == "year" and _just().match(text, time.end):
        yield year, SURE
    elif words.startswith("đầu "):
        yield year, 2
    elif time.form in ("day", "month", "year", "bare"):
        yield year, WEAK


@cache
def _season() -> re.Pattern[str]:
    """ "Xuân Đinh Dậu 2017", "Tết Đinh Dậu": a new year's days are told in them; "năm Đinh Dậu" may be long ago."""
    return re.compile(
        rf"(?:(?:đón|mừng)\s+)?(?:tết|xuân)\s+(?:nguyên\s+đán\s+)?{alternation(lexicon('periods')['stems'])}\s"
    )


def _ends_year(text: str, time: Time) -> bool:
    words = text[max(0, time.start - 6) : time.end].lower()
    return time.part == "-12-31" or (time.form == "year" and re.search(r"(?:cuối|hết)\s", words) is not None)


def of_event(text: str, time: Time) -> bool:
    """Whether a year stands in the name of an event: "kỳ thi quốc gia năm 2017", "Hội nghị “Hà Nội 2017”"."""
    return _event_names().search(text, max(0, time.start - 60), time.start) is not None


@cache
def _event_names() -> re.Pattern[str]:
    words = alternation(lexicon("periods")["roles"]["event_names"])
    return re.compile(rf"(?<!\w){words}(?!\w)[^.;,:()\n]{{0,40}}\Z", re.IGNORECASE)


@cache
def _happens() -> re.Pattern[str]:
    """ "Lễ hội hoa năm 2017", "kỳ thi quốc gia 2017", "chỉ tiêu năm 2017": what is spoken of in its own year."""
    words = alternation(lexicon("periods")["roles"]["happens"] + lexicon("periods")["roles"]["event_names"])
    return re.compile(rf"(?<!\w){words}(?!\w)[^.;,:()\n]{{0,40}}\Z", re.IGNORECASE)


@cache
def _just() -> re.Pattern[str]:
    """ "Năm 2017 vừa thả thêm cá", but not "năm 2017 vừa qua"."""
    return re.compile(r"\s+(?:mới\s+)?vừa\s(?!(?:qua|rồi)\b)", re.IGNORECASE)


@cache
def _plans() -> re.Pattern[str]:
    """ "Năm 2017, công ty đặt mục tiêu": what is planned for its own year."""
    return re.compile(
        r",?\s[^.;\n\d]{0,45}(?<!\w)(?:đặt\s(?:ra\s)?(?:mục\s+tiêu|kế\s+hoạch|chỉ\s+tiêu)|phấn\s+đấu)(?!\w)",
        re.IGNORECASE,
    )
