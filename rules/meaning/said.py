"""The times of an article that a figure may have: those said of facts, each with its period and how far it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import regex

from rules.anchors import Role, Told, is_ahead, latest_year
from rules.article_year import article_anchor
from rules.base import Reading
from rules.periods import Anchor, Time, written
from rules.words import alternation, lexicon
from rules.year_clues import of_event

# So far behind the day of a telling the state that is told may stand. A near end keeps the cost linear: a pattern
# that is matched at one place still looks for its words up to the end that it is given.
_TOLD = 220


@dataclass(frozen=True, slots=True)
class Said:
    """A time that a figure may have.

    `period`: as it is written, None where it is open. `lasts`: it may hold for sentences behind its own.
    `current`: it is of the latest year that the article tells of what is or was. `sure`: the article's year is known.
    """

    start: int
    end: int
    form: str
    period: str | None
    lasts: bool = True
    current: bool = False
    sure: bool = True

    @property
    def is_day(self) -> bool:
        """Whether it is one day: it may be the day of an event, or only of the telling."""
        return self.form in ("day", "day+")


def times(reading: Reading, told: Sequence[Told]) -> tuple[tuple[Said, ...], Anchor | None]:
    """The times of an article that a figure may have, in order, and what they are counted from."""
    text = reading.text
    anchor = article_anchor(text, told, reading.published)
    latest = latest_year(text, told, reading.published)
    if anchor is not None and (latest is None or latest < anchor.year):
        latest = anchor.year
    sure = anchor is not None
    found: list[Said] = []
    month: str | None = None
    for time, role in told:
        # a name with its year ("kỳ thi 2017"), when that is the latest year
        named = (
            time.form == "bare"
            and time.year == latest
            and (_in_common_name(text, time) or of_event(text, time))
        ) or (time.form == "bare" and _results().search(text, max(0, time.start - 40), time.start))
        if time.form == "vague" and text.endswith("nhất ", 0, time.start):
            continue  # "nguồn vốn lớn nhất từ trước đến nay": no time of the figure
        if role is Role.OTHER:
            found.append(Said(time.start, time.end, "vague", _season_before(text, time, found)))
        elif role is Role.BOUND:
            found.append(Said(time.start, time.end, "vague", None))
        elif role is Role.FACT and (named or time.form not in ("bare", "habit")):
            # a plan of years to come begins with the latest year told, sure or not
            weak = Anchor(latest) if time.form == "ahead" and anchor is None and latest else anchor
            period = str(time.year) if named else written(time, weak)
            current = period is not None and period.split("/")[-1][:4] == str(latest)
            if time.form in ("day", "month") and (total := _running_total(text, time, period)):
                found.append(Said(time.start, time.end, "months", total, True, current))
                continue
            # the year of an event's name stands back behind its day: "Chiều 22/6, kỳ thi năm 2017 …"
            form = "year_named" if time.form == "year" and time.year and of_event(text, time) else time.form
            found.append(Said(time.start, time.end, form, period, _lasts(text, time, latest), current, sure))
            month = period if time.form == "month" and current else month
            if anchor is not None and time.form == "day" and _state().match(text, time.end, time.end + _TOLD):
                found.append(Said(time.start, time.end, "now", str(anchor.year), False, True))
        elif role is Role.BASIS:
            if time.form == "month+" and month:
                # "so với tháng trước" is said of the month that was told before
                found.append(Said(time.start, time.end, "month", month, current=True))
            else:
                found.append(Said(time.start, time.end, "compared", _compared(text, time, found, anchor)))
    return tuple(found), anchor


@cache
def _results() -> regex.Pattern[str]:
    """Before a year whose results are told: "kết quả kinh doanh tích cực 2016"."""
    return regex.compile(
        r"(?<!\w)kết\s+quả\s+(?:kinh\s+doanh|hoạt\s+động|thu)(?:\s\p{Ll}+){0,3}\s$", regex.IGNORECASE
    )


@cache
def _state() -> regex.Pattern[str]:
    """Behind the day of the telling, a state that is told then: "chiều 6-6, ông A cho biết đã có đến 300 hộ"."""
    return regex.compile(
        r"[^.;]{0,140}?(?<!\w)(?:cho\s+(?:biết|hay)|thông\s+tin|báo\s+cáo)[,:]?\s(?:[^.;,]{0,30}\s)?(?:đã|đang|hiện)\s+có(?!\w)",
        regex.IGNORECASE,
    )


def _season_before(text: str, time: Time, before: list[Said]) -> str | None:
    """ "6 tháng tăng 7,4% (cùng kỳ năm trước tăng 7,3%)": the same part of the year before."""
    if time.form != "year" or not before or not before[-1].period or not text.endswith(" ", 0, time.start):
        return None
    own = before[-1].period
    between = text[before[-1].end : time.start]
    if "cùng kỳ" not in between[-12:].lower() or len(between) > 300 or ". " in between or "/" in own:
        return None
    year = time.year if time.year is not None else int(own[:4]) + time.shift
    return f"{year}{own[4:]}" if year < int(own[:4]) and before[-1].form != "day" else None


def _compared(text: str, time: Time, before: list[Said], anchor: Anchor | None) -> str | None:
    """The period of a comparison; "năm trước" is the year before that of its own sentence."""
    if (season := _season_before(text, time, before)) is not None:
        return season
    if time.form == "year" and time.year is None and before:
        own = before[-1]
        between = text[own.end : time.start]
        if own.form in ("year", "same") and own.period and len(between) < 200 and ". " not in between:
            return str(int(own.period[:4]) + time.shift)
    return written(time, anchor)


def _in_common_name(text: str, time: Time) -> bool:
    """Whether a common noun stands before a year: "kỳ thi THPT quốc gia 2017", not "Honda City 2017"."""
    m = _last_word().search(text, max(0, time.start - 20), time.start)
    return m is not None and m[1].islower()


@cache
def _last_word() -> regex.Pattern[str]:
    return regex.compile(r"(\p{L}+)\s\Z")


@cache
def _until() -> regex.Pattern[str]:
    return regex.compile(
        r"(?:đến|tới)\s+(?:(?:hết|cuối)\s+)?\Z|\G(?:tính\s+)?(?:đến|hết|cuối)\s", regex.IGNORECASE
    )


@cache
def _flow() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """What is counted up from the start of a year, and what stands at a day."""
    roles = lexicon("periods")["roles"]
    return (
        regex.compile(rf"(?<!\w){alternation(roles['flows'])}(?!\w)", regex.IGNORECASE),
        regex.compile(rf"(?<!\w){alternation(roles['stocks'])}(?!\w)", regex.IGNORECASE),
    )


def _running_total(text: str, time: Time, period: str | None) -> str | None:
    """ "Thu ngân sách đến ngày 30/6 đạt …": the first half of the year, where what is told runs up to a month's end."""
    if period is None or not (
        _until().search(text, max(0, time.start - 12), time.start)
        or _until().search(text, time.start, time.end)
    ):
        return None
    month, day = int(time.part[1:3]), int(time.part[4:6] or 31)
    if day < (28 if month == 2 else 30) or month == 1:
        return None
    flow, stock = _flow()
    low = max(text.rfind(". ", 0, time.start), text.rfind("\n", 0, time.start), time.start - 90, 0)
    ends = [at for mark in (". ", "\n", ",") if (at := text.find(mark, time.end + 2, time.end + 90)) >= 0]
    high = min([*ends, time.end + 90])
    if not flow.search(text, low, high) or stock.search(text, low, high):
        return None
    part = {3: "-Q1", 6: "-H1", 12: ""}.get(month, f"-{month}M")
    return f"{period[:4]}{part}"


@cache
def _programme() -> regex.Pattern[str]:
    """ "kế hoạch cổ phần hóa giai đoạn 2016 - 2020": the years are part of a name."""
    words = alternation(lexicon("periods")["roles"]["programme"])
    return regex.compile(rf"(?<!\w){words}(?!\w)[^.;\n]{{0,60}}\Z", regex.IGNORECASE)


def _lasts(text: str, time: Time, latest: int | None) -> bool:
    """Whether a time holds on behind its sentence: not the present, a year to come, the years of a programme."""
    if time.form in ("now", "since", "ahead", "that") or time.part == "-H2":
        return False
    if time.year is not None and (latest is None or time.year > latest) and is_ahead(text, time):
        return False
    return not (time.form == "span" and _programme().search(text, max(0, time.start - 80), time.start))
