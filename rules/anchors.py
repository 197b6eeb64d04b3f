"""The year that an article speaks from, and what its times are said of: the figure, a document, a birth, a comparison."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

import regex

from rules.base import Reading
from rules.periods import Anchor, Time, anchor_of, find
from rules.words import alternation, lexicon


@cache
def _document() -> regex.Pattern[str]:
    """ "Luật Đầu tư năm 2014", "Quyết định số 12/QĐ-UBND ngày 5-6-2015" """
    words = alternation(lexicon("periods")["roles"]["document"])
    return regex.compile(rf"(?<!\w){words}(?!\w)[^,.;:!?\n()]{{0,45}}(?:\d[./]\d?[^,.;:!?\n()]{{0,20}})?\Z", regex.IGNORECASE)


@cache
def _birth() -> regex.Pattern[str]:
    """ "sinh năm 1975" (the year's span holds "năm"), "SN 1975", "được thành lập vào năm 1998" """
    words = alternation(lexicon("periods")["roles"]["birth"])
    return regex.compile(rf"(?<!\w){words}\s*:?\s*(?:năm|ngày|vào|từ)?\s*\Z", regex.IGNORECASE)


@cache
def _told() -> regex.Pattern[str]:
    """ "được Bộ Nội vụ công bố chiều 30/5" """
    words = alternation(lexicon("periods")["roles"]["told"])
    return regex.compile(rf"(?<!\w){words}(?:\s+(?:vào|hôm|sáng|chiều|tối|trong))?\s*\Z", regex.IGNORECASE)


@cache
def _compared() -> regex.Pattern[str]:
    """ "so với thực hiện năm 2016", "cùng kỳ năm ngoái", "cao hơn năm 2015" """
    roles = lexicon("periods")["roles"]
    start, between = alternation(roles["compared"]), alternation(roles["between"])
    return regex.compile(rf"(?<!\w){start}(?:\s+{between}(?!\w))*\s*\Z|(?<=\w\s)hơn\s+\Z", regex.IGNORECASE)


@cache
def _ahead() -> regex.Pattern[str]:
    """Before a year that is still to come: "mục tiêu năm 2020", "sẽ hoàn thành vào năm 2018" """
    words = alternation(lexicon("periods")["roles"]["ahead"])
    return regex.compile(rf"(?<!\w){words}(?!\w)[^.;\n]{{0,60}}\Z", regex.IGNORECASE)


@cache
def _until() -> regex.Pattern[str]:
    """ "đến năm 2020", where the words before it do not count up to it ("tính đến", "đã … đến") """
    return regex.compile(r"(?<!tính\s)(?:đến|tới|tầm\s+nhìn)(?:\s+(?:hết|cuối|đầu|giữa))?\s*\Z", regex.IGNORECASE)


def said_of(text: str, time: Time) -> str:
    """What a time is said of: `document`, `birth`, `basis` (a comparison), `telling`, else `fact`."""
    before = max(text.rfind("\n", 0, time.start) + 1, time.start - 90)
    if _compared().search(text, before, time.start):
        return "basis"
    if _birth().search(text, before, time.start):
        return "birth"
    if time.form == "day" and _told().search(text, before, time.start):
        return "telling"
    if time.form in ("day", "year", "bare") and _document().search(text, before, time.start):
        return "document"
    return "fact"


def latest_in(reading: Reading) -> int | None:
    """The latest year that an article tells of what is or was, see `latest_year`."""
    text = reading.text
    return latest_year(text, [(t, said_of(text, t)) for t in find(text)], reading.published)


def article_anchor(text: str, times: Sequence[tuple[Time, str]], published: str | None) -> Anchor | None:
    """The anchor of an article: its date, else the year that its text speaks from, else None.

    That year is the latest that the text tells as its own: newspapers leave it out, or tell it with a month, a
    quarter, a season; a past year alone ("năm 2009 vay 5 tỷ đồng") is none.
    """
    if known := anchor_of(published):
        return known
    weights: Counter[int] = Counter()
    named: set[int] = set()
    least = 0
    for time, role in times:
        if time.year is None or role == "birth":
            continue
        if role == "basis":
            # "so với cùng kỳ năm 2016" is said in 2017
            weights[time.year + 1] += 3 if time.form in _REPORTED or _same_season(text, time) else 0
            least = max(least, time.year)
        elif not is_ahead(text, time):
            year = time.last[0] if time.last and time.last[0] and time.form == "span" else time.year
            # a year told three times over is no surer than told once: last year's figures are told so
            weight = _weight(text, time)
            if weight > 1 or year not in named:
                weights[year] += weight
            if weight == 1:
                named.add(year)
            least = max(least, time.year)
    for year in _near_days(times):
        weights[year] += 2
    sure = [year for year, weight in weights.items() if weight >= _SURE and year >= least]
    return Anchor(max(sure)) if sure else None


def latest_year(text: str, times: Sequence[tuple[Time, str]], published: str | None) -> int | None:
    """The latest year that a text tells of what is or was."""
    if known := anchor_of(published):
        return known.year
    years = [
        (time.last[0] if time.last and time.last[0] and time.last[0] <= time.year + 1 else time.year)
        for time, role in times
        if time.year is not None and role == "fact" and not is_ahead(text, time)
    ]
    return max(years, default=None)


def _near_days(times: Sequence[tuple[Time, str]]) -> set[int]:
    """Years of full dates with a date without a year close by: "ngày 27.6.2017 … sáng nay (28.6)"."""
    open_days = [_day_of_year(t.part) for t, _ in times if t.form == "day" and t.year is None]
    full = [(t.year, _day_of_year(t.part)) for t, role in times if t.form == "day" and t.year and role in ("fact", "telling")]
    return {year for year, day in full if any(abs(day - other) <= 31 for other in open_days)}


def _day_of_year(part: str) -> int:
    """About how many days of the year have gone by at `-06-28`."""
    _, month, day = part.split("-")
    return int(month) * 30 + int(day)


# Forms of reports: they are told in the year itself or soon after.
_REPORTED = ("months", "quarter", "half")
_SURE = 3


def _weight(text: str, time: Time) -> int:
    """How much a year told says that it is the article's own."""
    if time.form in _REPORTED:
        return 3
    told = text[time.start : time.end].lower()
    if time.form == "span":
        return 3 if regex.match("vụ|niên vụ|năm học", told) or time.part else 0
    if time.form in ("day", "month"):
        return 2
    return 3 if regex.match("vụ|mùa vụ|(?:tính )?(?:từ|kể từ) đầu", told) else 2 if told.startswith("đầu ") else int(time.form in ("year", "bare"))


def _same_season(text: str, time: Time) -> bool:
    return "cùng kỳ" in text[max(0, time.start - 12) : time.start].lower()


def is_ahead(text: str, time: Time) -> bool:
    """Whether a year is told as one to come: "đến năm 2020", "mục tiêu 2020"."""
    before = max(text.rfind("\n", 0, time.start) + 1, time.start - 75)
    if _until().search(text, before, time.start):
        return True
    if text[time.start : time.start + 4].lower() in ("đến ", "tới ") and not text[before : time.start].lower().endswith("tính "):
        return True
    return _ahead().search(text, before, time.start) is not None
