"""The times of an article that a figure may have: those said of facts, each with its period and how far it holds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from rules.anchors import Role, is_ahead, latest_year, told_times
from rules.article_year import article_anchor
from rules.base import Reading
from rules.periods import Anchor, Time, written
from rules.words import alternation, lexicon


@dataclass(frozen=True, slots=True)
class Said:
    """A time that a figure may have.

    `period`: as it is written, None where it is open. `lasts`: it may hold for sentences behind its own.
    `current`: it is of the latest year that the article tells of what is or was.
    """

    start: int
    end: int
    form: str
    period: str | None
    lasts: bool = True
    current: bool = False

    @property
    def is_day(self) -> bool:
        """Whether it is one day: it may be the day of an event, or only of the telling."""
        return self.form in ("day", "day+")


def times(reading: Reading) -> tuple[Said, ...]:
    """The times of an article that a figure may have, in order."""
    text = reading.text
    told = told_times(text)
    anchor = article_anchor(text, told, reading.published)
    latest = latest_year(text, told, reading.published)
    if anchor is not None and (latest is None or latest < anchor.year):
        latest = anchor.year
    found = []
    month: str | None = None
    for time, role in told:
        # a name with its year ("kỳ thi 2017"), when that is the latest year
        named = time.form == "bare" and time.year == latest and _in_common_name(text, time)
        if role in (Role.OTHER, Role.BOUND):
            found.append(Said(time.start, time.end, "vague", None))
        elif role is Role.FACT and (named or time.form not in ("bare", "habit")):
            # a plan of years to come begins with the latest year told, sure or not
            weak = Anchor(latest) if time.form == "ahead" and anchor is None and latest else anchor
            period = str(time.year) if named else written(time, weak)
            current = period is not None and period.split("/")[-1][:4] == str(latest)
            found.append(Said(time.start, time.end, time.form, period, _lasts(text, time, latest), current))
            month = period if time.form == "month" and current else month
        elif role is Role.BASIS:
            if time.form == "month+" and month:
                # "so với tháng trước" is said of the month that was told before
                found.append(Said(time.start, time.end, "month", month, current=True))
            else:
                found.append(Said(time.start, time.end, "compared", _compared(text, time, found, anchor)))
    return tuple(found)


def _compared(text: str, time: Time, before: list[Said], anchor: Anchor | None) -> str | None:
    """The period of a comparison; "năm trước" is the year before that of its own sentence."""
    if time.form == "year" and time.year is None and before:
        own = before[-1]
        between = text[own.end : time.start]
        if own.form in ("year", "same") and own.period and len(between) < 200 and ". " not in between:
            return str(int(own.period[:4]) + time.shift)
    return written(time, anchor)


def _in_common_name(text: str, time: Time) -> bool:
    """Whether a common noun stands before a year: "kỳ thi THPT quốc gia 2017", not "Honda City 2017"."""
    m = regex.search(r"(\p{L}+)\s\Z", text, pos=max(0, time.start - 20), endpos=time.start)
    return m is not None and m[1].islower()


@cache
def _programme() -> regex.Pattern[str]:
    """ "kế hoạch cổ phần hóa giai đoạn 2016 - 2020": the years are part of a name."""
    words = alternation(lexicon("periods")["roles"]["programme"])
    return regex.compile(rf"(?<!\w){words}(?!\w)[^.;\n]{{0,60}}\Z", regex.IGNORECASE)


def _lasts(text: str, time: Time, latest: int | None) -> bool:
    """Whether a time holds on behind its sentence: not the present, a year to come, the years of a programme."""
    if time.form in ("now", "since", "ahead"):
        return False
    if time.year is not None and (latest is None or time.year > latest) and is_ahead(text, time):
        return False
    return not (time.form == "span" and _programme().search(text, max(0, time.start - 80), time.start))
