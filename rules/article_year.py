"""The year that an article speaks from, where no date stands with it.

Each way in which newspapers let their year be known is a clue with a weight; years that are told alone are none,
for last year's figures are told so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from rules.anchors import Role, Told, is_ahead
from rules.periods import Anchor, Time, anchor_of
from rules.words import alternation, lexicon

# Forms of reports: they are told in the year itself or soon after.
_REPORTED = ("months", "quarter", "half")
# One clue of this weight, or several that come to it, make a year sure; weak ones alone never do.
_SURE, _WEAK = 3, 1
# Newspapers on the web are not older.
_FIRST_YEAR = 1997
# Up to this month the results of last year are told.
_FIRST_MONTHS = 3
# From this month on what is past may be last year's.
_LATE = 9
# A deadline is a year's or half-year's last day: it may be years away.
_DEADLINES = ("-12-31", "-12-30", "-06-30")
# The day that an article reports on stands in its first lines.
_LEAD = 900


def article_anchor(text: str, told: Sequence[Told], published: str | None) -> Anchor | None:
    """The anchor of an article: its date, else the year that its text speaks from, else None.

    That year is the latest that the text tells as its own: newspapers leave it out, or tell it with a report, a
    season, an event of these days; a past year alone ("năm 2009 vay 5 tỷ đồng") is none.
    """
    if known := anchor_of(published):
        return known
    of_court = _court().search(text, 0, _LEAD) is not None
    if (dated := _dateline(text, told, of_court) or _stamp(text, told, of_court)) is not None:
        return dated
    weights: Counter[int] = Counter()
    weak: dict[int, set[str]] = {}
    least = 0
    present = _is_present(told)
    for time, role in told:
        if time.year is None or role is Role.BIRTH or (role is not Role.BASIS and is_ahead(text, time)):
            continue
        least = max(least, time.year if role is Role.BASIS else _end(time))
        for year, weight in _clues(text, time, role, present):
            if weight <= _WEAK:
                weak.setdefault(year, set()).add(time.part if time.form in ("day", "month") else "")
            else:
                weights[year] += weight
    for year, hints in weak.items():
        weights[year] += min(len(hints), _SURE - 1)
    for year in () if of_court else _near_days(text, told):
        weights[year] += 2
    if (after := _year_after(text, told)) is not None:
        weights[after] += _SURE
        least = max(least, after)
    if (over := _year_over(text, told)) is not None:
        weights[over] += _SURE
    if (coming := _year_before(text, told)) is not None:
        weights[coming] += _SURE
    if not of_court and (running := _year_of_latest_date(text, told)) is not None:
        weights[running] += _SURE
    if (turn := _turn_of_year(text, told)) is not None:
        weights[turn] = 0
    sure = [y for y, w in weights.items() if w >= _SURE and y >= max(least, _FIRST_YEAR)]
    return Anchor(max(sure), _reported_month(told)) if sure else None


def _end(time: Time) -> int:
    """The year in which a time ends; a plan of several years ("2017-2021") may end long after the article."""
    last = (time.last[0] if time.last else None) or time.year or 0
    return last if last - (time.year or last) <= 1 else time.year or 0


def _is_present(told: Sequence[Told]) -> bool:
    """Whether an article speaks of days without their year, or of "năm nay": it is a piece of news."""
    return any(
        t.year is None and (t.form in ("day", "day+") or (t.form == "year" and t.shift == 0)) for t, _ in told
    )


def _clues(text: str, time: Time, role: Role, present: bool) -> Iterator[tuple[int, int]]:
    """The years that a time speaks for, each with its weight."""
    year = time.year or 0
    if role is Role.BASIS:
        # "so với 6 tháng đầu năm 2016", "so với cuối năm 2016", "so với cùng kỳ năm 2016" are said in 2017
        if time.form in _REPORTED or _ends_year(text, time):
            yield year + 1, _SURE
        elif "cùng kỳ" in text[max(0, time.start - 12) : time.start].lower():
            yield year + 1, 2
            yield year + 1, _SURE - 2 if present else 0
        return
    words = text[time.start : time.end].lower()
    since = text[max(0, time.start - 4) : time.start].lower() in (" từ ", "\ntừ ")
    if (
        (time.form in _REPORTED and not since)
        or time.form == "to_date"
        or re.match(r"vụ|mùa\s+vụ", words)
        or _season().match(words)
    ):
        yield _end(time), _SURE
    elif time.form == "span":
        if re.match(r"niên\s+vụ", words):
            yield _end(time), _SURE
        elif time.part and _end(time) - year <= 1:
            yield _end(time), 2
    elif (
        time.form in ("year", "bare") and (_happens().search(text, max(0, time.start - 60), time.start))
    ) or (
        time.form == "year"
        and (words.startswith(("tết ", "mùa giải ")) or _plans().match(text, time.end, time.end + 60))
    ):
        yield year, 2
        yield year, _SURE - 2 if present else 0
    elif time.form == "year" and _just().match(text, time.end):
        yield year, _SURE
    elif words.startswith("đầu "):
        yield year, 2
    elif time.form in ("day", "month", "year", "bare"):
        yield year, _WEAK


@cache
def _season() -> re.Pattern[str]:
    """ "Xuân Đinh Dậu 2017", "Tết Đinh Dậu": a new year's days are told in them; "năm Đinh Dậu" may be long ago."""
    return re.compile(
        rf"(?:(?:đón|mừng)\s+)?(?:tết|xuân)\s+(?:nguyên\s+đán\s+)?{alternation(lexicon('periods')['stems'])}\s"
    )


def _dateline(text: str, told: Sequence[Told], of_court: bool) -> Anchor | None:
    """The full date that opens a sentence of the lead, where no later year is told of what is or was."""
    if of_court:
        return None
    for time, role in told:
        if time.start > _LEAD:
            break
        if time.form == "day" and time.year and role is Role.FACT and _opens(text, time):
            others = [t.year for t, r in told if t.year and r is Role.FACT and not is_ahead(text, t)]
            month, day = int(time.part[1:3]), int(time.part[4:6])
            return Anchor(time.year, month, day) if max(others, default=0) <= time.year + 1 else None
    return None


def _stamp(text: str, told: Sequence[Told], of_court: bool) -> Anchor | None:
    """The date of a page's stamp ("23:40 10/02/2017"), or the full date of the day that the lead reports on without its year."""
    lead = (
        ()
        if of_court
        else {
            t.part
            for t, role in told
            if t.form == "day" and t.year is None and t.start < _LEAD and role is not Role.BIRTH
        }
    )
    for time, role in told:
        if time.form != "day" or not time.year or role is Role.BIRTH:
            continue
        if time.part in lead or _clock().search(text, max(0, time.start - 9), time.start):
            return Anchor(time.year, int(time.part[1:3]), int(time.part[4:6]))
    return None


@cache
def _clock() -> re.Pattern[str]:
    """ "23:40 ", "| 7:05, ": the clock of a stamp; that of a story stands behind "lúc" and before "ngày"."""
    return re.compile(r"(?<!\d)[0-2]?\d:[0-5]\d(?::\d\d)?\s?[,|-]?\s?\Z")


def _opens(text: str, time: Time) -> bool:
    """Whether a time opens its sentence: "Chiều 12/5/2017, …"."""
    return text[time.start].isupper() and text[max(0, time.start - 4) : time.start].rstrip(' (“"')[-1:] in (
        "",
        ".",
        "\n",
        "-",
        "–",
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
def _court() -> re.Pattern[str]:
    """A report of a court tells the days of long ago."""
    return re.compile(rf"(?<!\w){alternation(lexicon('periods')['roles']['court'])}(?!\w)", re.IGNORECASE)


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


def _near_days(text: str, told: Sequence[Told]) -> set[int]:
    """Years of full dates with the day of the report close by: "ngày 27.6.2017 … sáng nay (28.6)"."""
    days = [
        (time, _day_of_year(time.part))
        for time, role in told
        if time.form == "day" and role is not Role.BIRTH
    ]
    lead = {day for t, day in days if t.year is None and (t.start < _LEAD or _this_day(text, t))}
    open_days = {day + near for day in lead for near in range(-31, 32)}
    return {time.year for time, day in days if time.year is not None and day in open_days}


def _this_day(text: str, time: Time) -> bool:
    return "nay" in text[max(0, time.start - 6) : time.start].lower()


def _day_of_year(part: str) -> int:
    """About how many days of the year have gone by at `-06-28`."""
    _, month, day = part.split("-")
    return int(month) * 30 + int(day)


@cache
def _past() -> re.Pattern[str]:
    """Before or behind a date that is told as gone by: "Trước đó, tháng 10/2016", "ngày 3/11/2016 đã"."""
    return re.compile(rf"(?<!\w){alternation(lexicon('periods')['roles']['gone_by'])}(?!\w)", re.IGNORECASE)


@cache
def _future() -> re.Pattern[str]:
    """Before a date that may be one to come: "từ ngày 1/7/2017", "sẽ khởi công tháng 10/2017"."""
    return re.compile(
        rf"(?<!\w)(?:(?:từ|đến|tới|trước|sau|cuối|hạn)\s*\Z|{alternation(lexicon('periods')['roles']['ahead'])}(?!\w))",
        re.IGNORECASE,
    )


def _is_past(text: str, time: Time) -> bool:
    low, high = _around(text, time, 70)
    return (
        _past().search(text, low, high) is not None
        and _future().search(text, low, time.start) is None
        and "sẽ" not in text[time.end : high]
    )


def _turn_of_year(text: str, told: Sequence[Told]) -> int | None:
    """The year of which the last months are told as past, with nothing to say whether it is over."""
    past = [
        (t.year, int(t.part[1:3]))
        for t, role in told
        if t.form in ("day", "month") and t.year and role is Role.FACT and _is_past(text, t)
    ]
    if not past or max(past)[1] < _LATE or (_reported_month(told) or 0) >= max(past)[1] - 1:
        return None
    return max(past)[0]


def _reported_month(told: Sequence[Told]) -> int | None:
    """The month of the day that an article reports on."""
    for time, role in told:
        if time.start > _LEAD:
            break
        if time.form in ("day", "from_day") and time.year is None and role is not Role.BIRTH:
            return int(time.part[1:3])
    return None


def _year_before(text: str, told: Sequence[Told]) -> int | None:
    """The year that a date to come tells: "Ngày 7/2, … sẽ khởi công tháng 10/2017" is said in 2017."""
    if (month := _reported_month(told)) is None:
        return None
    coming = [
        (t.year, int(t.part[1:3]))
        for t, role in told
        if t.form in ("day", "month") and t.year and role is Role.FACT and _is_coming(text, t)
        if t.part not in _DEADLINES
    ]
    if not coming:
        return None
    year, first = min(coming)
    return year if first >= month else year - 1


def _year_over(text: str, told: Sequence[Told]) -> int | None:
    """The year behind one whose results are told in the first months: "Ngày 7/2, … năm 2016 thu tăng 25%"."""
    month = _reported_month(told)
    if month is None or month > _FIRST_MONTHS:
        return None
    years = [(t.year, t) for t, role in told if t.year and role is not Role.BIRTH]
    if not years:
        return None
    latest = max(y for y, _ in years)
    last = [t for y, t in years if y == latest]
    if any(t.form != "year" for t in last):
        return None
    results = any(_result().match(text, t.end, t.end + 60) for t in last if not is_ahead(text, t))
    return latest + 1 if results else None


@cache
def _result() -> re.Pattern[str]:
    return re.compile(
        r"[^.;,\n]{0,30}\s(?:tăng|giảm|đạt|xảy\s+ra)\s(?:(?:gần|hơn|khoảng|trên)\s)?\d", re.IGNORECASE
    )


def _year_of_latest_date(text: str, told: Sequence[Told]) -> int | None:
    """The year of the latest date that an article tells as gone by, where it lies early enough in it.

    News tell of the last months: "tháng 5/2017" is told in 2017, "tháng 10/2016" perhaps in the next year.
    """
    dates = [
        (t.year, int(t.part[1:3]), t.form == "day" or _counted_up_to(text, t))
        for t, role in told
        if t.form in ("day", "month") and t.year and role in (Role.FACT, Role.DOCUMENT)
        if t.part not in _DEADLINES and (not is_ahead(text, t) or _counted_up_to(text, t))
    ]
    if not dates:
        return None
    year, month, precise = max(dates)
    reported = _reported_month(told)
    if reported is None and not precise:
        return None
    later = any((t.year or 0) > year for t, role in told if role is not Role.BIRTH and not is_ahead(text, t))
    if reported is not None and precise and month > reported + 1 and not later:
        return year + 1  # "Ngày 10/5, …" and a purchase of 6/12/2016
    return (
        year if month < _LATE and not later and (reported is None or month <= reported <= month + 8) else None
    )


def _counted_up_to(text: str, time: Time) -> bool:
    return "tính đến" in text[max(0, time.start - 12) : time.end].lower()


def _is_coming(text: str, time: Time) -> bool:
    low, high = _around(text, time, 70)
    return _future().search(text, low, time.start) is not None and (
        "sẽ " in text[low:high] or "dự kiến" in text[low:high]
    )


def _around(text: str, time: Time, reach: int) -> tuple[int, int]:
    """The stretch of its sentence around a time."""
    low = max(0, time.start - reach)
    low = max(low, text.rfind(". ", low, time.start) + 1, text.rfind("\n", low, time.start) + 1)
    ends = [at for mark in (". ", "\n") if (at := text.find(mark, time.end, time.end + reach)) >= 0]
    return low, min([*ends, time.end + reach, len(text)])


def _year_after(text: str, told: Sequence[Told]) -> int | None:
    """The year behind a date that is past, yet later in its year than the day which the article reports on.

    "Ngày 7/2, … Trước đó, tháng 10/2016 …": the 7th of February is one of 2017.
    """
    if (month := _reported_month(told)) is None:
        return None
    past = [
        (t.year, int(t.part[1:3]))
        for t, role in told
        if t.form in ("day", "month") and t.year and role in (Role.FACT, Role.DOCUMENT) and _is_past(text, t)
    ]
    if not past or max(past)[1] < month + 2:
        return None
    return max(past)[0] + 1
