"""The grammar of time expressions: every place of a text that tells a time, and what it means.

`find(text, start, end)` gives the expressions; `written(time, anchor)` writes one as a period of
records.md (`2016`, `2016-05`, `2016-Q1`, `2016/2020`), once the article's date or year is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import regex

from rules.period_grammar import rules
from rules.period_scan import candidates
from rules.words import OnDemand, lexicon

Edge = tuple[int | None, str]
Match = re.Match[str] | regex.Match[str]
Reader = Callable[[Match], "Time | None"]


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression.

    `form`: what it is (`year`, `span`, `since`, `to_date`, `quarter`, `months`, `half`, `month`, `day`; `now`: the present;
    `same`: the year that is spoken of; `past`: the year that has just gone by; `bare`: a year that stands in a name; `vague`: told but not fixed; `that`: one that was told before;
    `habit`: every year or month;
    `day+`, `month+`: counted from the article's date, by `shift`).
    `year`: as told, else None, and then `shift` counts from the year of the article (0: that year).
    `part`: what a period writes behind the year (`-05`, `-Q1`, `-9M`). `last`: the end of a span, likewise.
    """

    start: int
    end: int
    form: str
    year: int | None = None
    shift: int = 0
    part: str = ""
    last: Edge | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """The date that relative times count from; `month` and `day` where they are known."""

    year: int
    month: int | None = None
    day: int | None = None


def anchor_of(published: str | None) -> Anchor | None:
    """The anchor of an ISO date or its known part; None for none and for what is no date."""
    m = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:[T ].*)?", published or "")
    return Anchor(int(m[1]), int(m[2]) if m[2] else None, int(m[3]) if m[3] else None) if m else None


@cache
def _grammar() -> OnDemand[tuple[re.Pattern[str] | regex.Pattern[str], Reader]]:
    """The rules by name with what reads them."""
    written, readers = rules(), _readers()
    return OnDemand(lambda name: (_compiled(rf"(?<!\w)(?:{written[name]})"), readers[name]))


def _compiled(rule: str) -> re.Pattern[str] | regex.Pattern[str]:
    """A rule by `re`, which takes half the time, where that can read it."""
    try:
        return re.compile(rule, re.IGNORECASE)
    except re.error:
        return regex.compile(rule, regex.IGNORECASE)


def find(text: str, start: int = 0, end: int | None = None) -> Iterator[Time]:
    """The time expressions of `text[start:end]` in order, without overlaps. Offsets: code points of `text`."""
    stop = len(text) if end is None else end
    grammar = _grammar()
    at = start
    for here in candidates(text, start, stop):
        if here.start < at:
            continue
        for name in here.rules:
            pattern, read = grammar[name]
            if m := pattern.match(text, here.start, here.end):
                at = m.end()
                if time := read(m):
                    yield time
                break


def _number(word: str) -> int:
    table: dict[str, int] = lexicon("periods")["numbers"]
    return int(word) if word.isdecimal() else table[word.lower()]


def _year(m: Match) -> dict[str, Any]:
    """The year that an expression tells, or how far it is from the article's."""
    group = m.groupdict()
    if group.get("y"):
        return {"year": int(group["y"])}
    table: dict[str, int] = lexicon("periods")["years"]
    return {"shift": table[" ".join(group["rel"].lower().split())] if group.get("rel") else 0}


def _months(n: int, edge: str) -> str | None:
    """`-9M`; what has a form of its own takes it: 3 months are `-Q1`, 6 are `-H1`, 12 the year."""
    if not 1 <= n <= 12:
        return None
    if edge in ("cuối", "sau"):
        return {3: "-Q4", 6: "-H2"}.get(n)
    return {3: "-Q1", 6: "-H1", 12: ""}.get(n, f"-{n}M")


def _date(d: str | None, m: str, month_only: bool = False) -> str:
    return f"-{int(m):02d}" if d is None or month_only else f"-{int(m):02d}-{int(d):02d}"


def _read_day(m: Match) -> Time:
    return Time(m.start(), m.end(), "day", part=_date(m["d"], m["m"]), **_year(m))


def _read_days(m: Match) -> Time | None:
    first_month = m["m"] or m["m2"]
    last_year = int(m["y2"]) if m["y2"] else None
    year = int(m["y"]) if m["y"] else last_year
    return Time(
        m.start(),
        m.end(),
        "span",
        year,
        0,
        _date(m["d"], first_month),
        (last_year or year, _date(m["d2"], m["m2"])),
    )


def _read_month_span(m: Match) -> Time | None:
    last_year = int(m["y2"]) if m["y2"] else None
    told = _year(m)
    if "year" not in told and last_year is not None:
        told = {"year": last_year}
    first, last = int(m["m"]), int(m["m2"])
    if first == 1 and told.get("year") == last_year:
        whole = _months(last, "đầu")
        return Time(m.start(), m.end(), "months", part=whole or "", **told)
    return Time(
        m.start(),
        m.end(),
        "span",
        part=f"-{first:02d}",
        last=(last_year or told.get("year"), f"-{last:02d}"),
        **told,
    )


def _read_span(m: Match) -> Time | None:
    first = int(m["y"])
    last = int(m["y2"]) if m["y2"] else first // 100 * 100 + int(m["yy"])
    if not first < last < first + 60:
        return Time(m.start(), m.start("y") + 4, "bare", first)
    return Time(m.start(), m.end(), "span", first, last=(last, ""))


def _read_months(m: Match) -> Time | None:
    part = _months(_number(m["n"]), (m.groupdict().get("edge") or "đầu").lower())
    return None if part is None else Time(m.start(), m.end(), "months", part=part, **_year(m))


def _read_half(m: Match) -> Time | None:
    return Time(m.start(), m.end(), "half", part="-H1" if m["edge"].lower() == "đầu" else "-H2", **_year(m))


def _read_quarter(m: Match) -> Time | None:
    table: dict[str, int] = lexicon("periods")["quarters"]
    quarter = table.get(m["q"]) or table.get(m["q"].upper()) or table[m["q"].lower()]
    return Time(m.start(), m.end(), "quarter", part=f"-Q{quarter}", **_year(m))


def _read_month_word(m: Match) -> Time | None:
    table: dict[str, int] = lexicon("periods")["month_words"]
    month = table[" ".join(m["word"].split())]
    return Time(m.start(), m.end(), "month", part=f"-{month:02d}", **_year(m))


# The lunar years go round in sixty; 1984 is Giáp Tý.
_ROUND, _FIRST, _LAST = 60, 1984, 2026


def _read_lunar(m: Match) -> Time | None:
    """ "Đinh Dậu": the tenth stem and the twelfth branch that count on together."""
    stem: int = lexicon("periods")["stems"][m["stem"].lower()]
    branch: int = lexicon("periods")["branches"][m["branch"].lower()]
    year = next((n for n in range(_ROUND) if n % 10 == stem and n % 12 == branch), None)
    if year is None:
        return None
    told = _FIRST + year if _FIRST + year <= _LAST else _FIRST + year - _ROUND
    return Time(m.start(), m.end(), "year", told)


def _read_years_ahead(m: Match) -> Time | None:
    years = _number(m["n"])
    # the end is a count of years, written when the first year is known
    return (
        Time(m.start(), m.end(), "ahead", shift=years)
        if years > 1
        else Time(m.start(), m.end(), "year", shift=1)
    )


def _counted(table: str, form: str) -> Callable[[Match], Time]:
    def read(m: Match) -> Time:
        shift: int = lexicon("periods")[table][" ".join(m["rel"].lower().split())]
        return Time(m.start(), m.end(), form, shift=shift)

    return read


def _plain(form: str) -> Callable[[Match], Time]:
    return lambda m: Time(m.start(), m.end(), form, **_year(m))


@cache
def _readers() -> dict[str, Reader]:
    return {
        "open": lambda m: Time(m.start(), m.end(), "vague"),
        "date": _read_day,
        "days": _read_days,
        "long_day": _read_day,
        "day": _read_day,
        "day_behind": _read_day,
        "from_day": lambda m: replace(_read_day(m), form="from_day"),
        "month_span": _read_month_span,
        "month": lambda m: Time(m.start(), m.end(), "month", part=_date(None, m["m"]), **_year(m)),
        "month_word": _read_month_word,
        "month+": _counted("months", "month+"),
        "quarter": _read_quarter,
        "months": _read_months,
        "months_of": _read_months,
        "months_bare": lambda m: (t := _read_months(m)) and replace(t, form="bare_months"),
        "months_told": lambda m: (t := _read_months(m)) and replace(t, form="bare_months"),
        "half": _read_half,
        "years_ahead": _read_years_ahead,
        "years_back": _plain("vague"),
        "named_span": _read_span,
        "span": _read_span,
        "to_date": _plain("to_date"),
        "since": _plain("since"),
        "year": _plain("year"),
        "lunar": _read_lunar,
        "year+": _plain("year"),
        "same": _plain("same"),
        "past": _plain("past"),
        "that": _plain("that"),
        "vague": _plain("vague"),
        "habit": _plain("habit"),
        "now": _plain("now"),
        "day+": _counted("days", "day+"),
        "lead": _plain("year"),
        "bracketed": _plain("year"),
        "bare": _plain("bare"),
    }


def written(time: Time, anchor: Anchor | None = None) -> str | None:
    """The period that an expression means, as records.md writes it; None where the text does not fix it.

    A time without a year is in the year of the anchor, unless that is far ahead: "quý IV" told in January is last year's.
    """
    if time.form in ("vague", "habit", "bare", "that"):
        return None
    if time.form == "past":
        return str(anchor.year - (anchor.month < 11)) if anchor and anchor.month else None
    if time.form in ("day+", "month+"):
        return _counted_date(time, anchor)
    if time.year is not None:
        year = time.year
    elif anchor is not None:
        year = anchor.year + time.shift
    else:
        return None
    if time.form == "ahead":
        return f"{year - time.shift}/{year - 1}"
    if time.year is None and anchor and anchor.month and time.shift == 0:
        year -= _first_month(time.part) > anchor.month + 5
    if time.form == "since":
        return f"{year}/{anchor.year}" if anchor and anchor.year > year else None
    first = f"{year}{time.part}"
    if time.last is None:
        return first if _possible(first) else None
    last = f"{time.last[0] or year}{time.last[1]}"
    return f"{first}/{last}" if first < last and _possible(first) and _possible(last) else None


def _first_month(part: str) -> int:
    """The month in which a part of a year begins; for months counted from January the one in which they end."""
    if m := re.fullmatch(r"-(\d\d)(?:-\d\d)?", part):
        return int(m[1])
    if m := re.fullmatch(r"-Q([1-4])", part):
        return int(m[1]) * 3 - 2
    if m := re.fullmatch(r"-(\d\d?)M", part):
        return int(m[1])
    return 7 if part == "-H2" else 1


def _possible(period: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", period):
        return True
    try:
        date.fromisoformat(period)
    except ValueError:
        return False
    return True


def _counted_date(time: Time, anchor: Anchor | None) -> str | None:
    """ "hôm qua", "tháng trước", counted from a date that is known to the day or month."""
    if anchor is None or anchor.month is None:
        return None
    if time.form == "month+":
        months = anchor.year * 12 + anchor.month - 1 + time.shift
        return f"{months // 12}-{months % 12 + 1:02d}"
    if anchor.day is None:
        return None
    return (date(anchor.year, anchor.month, anchor.day) + timedelta(days=time.shift)).isoformat()
