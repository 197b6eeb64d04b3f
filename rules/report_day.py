"""The day that an article reports on, and what the dates around it tell of its year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from rules.anchors import Role, Told, is_ahead
from rules.periods import Anchor, Time
from rules.words import alternation, lexicon

# Up to this month the results of last year are told.
_FIRST_MONTHS = 3
# From this month on what is past may be last year's.
_LATE = 9
# A deadline is a year's or half-year's last day: it may be years away.
_DEADLINES = ("-12-31", "-12-30", "-06-30")

LEAD = 900
"""The day that an article reports on stands in its first lines."""


def dateline(text: str, told: Sequence[Told], of_court: bool) -> Anchor | None:
    """The full date that opens a sentence of the lead, where no later year is told of what is or was."""
    if of_court:
        return None
    for time, role in told:
        if time.start > LEAD:
            break
        if time.form == "day" and time.year and role is Role.FACT and _opens(text, time):
            others = [t.year for t, r in told if t.year and r is Role.FACT and not is_ahead(text, t)]
            month, day = int(time.part[1:3]), int(time.part[4:6])
            return Anchor(time.year, month, day) if max(others, default=0) <= time.year + 1 else None
    return None


def stamp(text: str, told: Sequence[Told], of_court: bool) -> Anchor | None:
    """The date of a page's stamp ("23:40 10/02/2017"), or the full date of the day that the lead reports on without its year."""
    lead = (
        ()
        if of_court
        else {
            t.part
            for t, role in told
            if t.form == "day" and t.year is None and t.start < LEAD and role is not Role.BIRTH
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


def near_days(text: str, told: Sequence[Told]) -> set[int]:
    """Years of full dates with the day of the report close by: "ngày 27.6.2017 … sáng nay (28.6)"."""
    days = [
        (time, _day_of_year(time.part))
        for time, role in told
        if time.form == "day" and role is not Role.BIRTH
    ]
    lead = {day for t, day in days if t.year is None and (t.start < LEAD or _this_day(text, t))}
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


def turn_of_year(text: str, told: Sequence[Told]) -> int | None:
    """The year of which the last months are told as past, with nothing to say whether it is over."""
    past = [
        (t.year, int(t.part[1:3]))
        for t, role in told
        if t.form in ("day", "month") and t.year and role is Role.FACT and _is_past(text, t)
    ]
    if not past or max(past)[1] < _LATE or (reported_month(told) or 0) >= max(past)[1] - 1:
        return None
    return max(past)[0]


def reported_month(told: Sequence[Told]) -> int | None:
    """The month of the day that an article reports on."""
    for time, role in told:
        if time.start > LEAD:
            break
        if time.form in ("day", "from_day") and time.year is None and role is not Role.BIRTH:
            return int(time.part[1:3])
    return None


def year_before(text: str, told: Sequence[Told]) -> int | None:
    """The year that a date to come tells: "Ngày 7/2, … sẽ khởi công tháng 10/2017" is said in 2017."""
    if (month := reported_month(told)) is None:
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


def year_over(text: str, told: Sequence[Told]) -> int | None:
    """The year behind one whose results are told in the first months: "Ngày 7/2, … năm 2016 thu tăng 25%"."""
    month = reported_month(told)
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


def year_of_latest_date(text: str, told: Sequence[Told]) -> int | None:
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
    reported = reported_month(told)
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


def year_after(text: str, told: Sequence[Told]) -> int | None:
    """The year behind a date that is past, yet later in its year than the day which the article reports on.

    "Ngày 7/2, … Trước đó, tháng 10/2016 …": the 7th of February is one of 2017.
    """
    if (month := reported_month(told)) is None:
        return None
    past = [
        (t.year, int(t.part[1:3]))
        for t, role in told
        if t.form in ("day", "month") and t.year and role in (Role.FACT, Role.DOCUMENT) and _is_past(text, t)
    ]
    if not past or max(past)[1] < month + 2:
        return None
    return max(past)[0] + 1
