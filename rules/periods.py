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

from rules.words import alternation, lexicon

Edge = tuple[int | None, str]
Reader = Callable[[regex.Match[str]], "Time | None"]


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression.

    `form`: what it is (`year`, `span`, `since`, `quarter`, `months`, `half`, `month`, `day`; `now`: the present;
    `same`: the year that is spoken of; `past`: the year that has just gone by; `bare`: a year that stands in a name; `vague`: told but not fixed;
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
    m = regex.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:[T ].*)?", published or "")
    return Anchor(int(m[1]), int(m[2]) if m[2] else None, int(m[3]) if m[3] else None) if m else None


_YEAR = r"(?P<{}>(?:1[89]|20)\d\d)(?!\d|[.,]\d{{3}})"
_DAY = r"(?P<{}>0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?P<{}>1[0-2]|0?[1-9])(?!\d)"
_SEP = r"\s?[/.-]\s?"
_TO = r"\s*(?:đến|tới|-|–|—)\s*(?:(?:hết|cuối|đầu)\s+)?"


@cache
def _rules() -> dict[str, str]:
    """The rules in the order in which they are tried; each alternative reads groups of its own names."""
    data = lexicon("periods")
    words: dict[str, list[str]] = data["words"]
    y, y2, d, d2, m, m2 = (_YEAR.format("y"), _YEAR.format("y2"), _DAY.format("d"), _DAY.format("d2"), _MONTH.format("m"), _MONTH.format("m2"))
    rel = rf"(?P<rel>{alternation(data['years'])})(?!\w)"
    number = rf"(?:(?P<n>\d{{1,2}}|{alternation(data['numbers'])})\s+)"
    part = rf"(?:{alternation(words['parts'])}\s+)?"
    # "/2016", " năm 2016", ", năm 2016", " năm nay"
    of_year = rf"(?:\s?[/.-]\s?{y}|\s*,?\s*(?:của\s+)?năm\s+(?:{y}|{rel}))"
    # behind "6 tháng đầu": " năm 2016", " 2016", "/2016", " năm nay", " năm"
    of_start = rf"(?:(?:\s+của)?\s+năm)?(?:\s*[/-]?\s*{y}|\s+{rel})?"
    years = rf"{y}{_TO}(?:năm\s+)?{y2}"
    lead = rf"(?:{alternation(words['day_parts'])}\s+)"
    return {
        # "31-10-2016", "ngày 5.6.2017"
        "date": rf"{lead}?{d}(?P<s>{_SEP}){_MONTH.format('m')}(?P=s){y}",
        # "từ ngày 9 đến 13-6", "ngày 25.1 - 3.2", "ngày 26/5 đến ngày 2/6/2017"
        "days": rf"(?:từ\s+)?(?:(?:các\s+|hai\s+|2\s+|3\s+)?ngày|từ)\s+{d}(?:{_SEP}{m}(?:{_SEP}{y})?)?"
        rf"{_TO}(?:ngày\s+)?{d2}{_SEP}{m2}(?:{_SEP}{y2})?(?!\d|%|[/.-]\d)",
        # "ngày 5 tháng 6 năm 2017"
        "long_day": rf"{lead}?{d}\s+tháng\s+{m}{of_year}?",
        # "ngày 9/8", "chiều 30.6", "(5.6)", "tính đến 31/12"
        "day": rf"(?:{lead}|(?<=\())\s*{d}{_SEP}{m}(?!\d|%|[/.-]\d)",
        # "từ tháng 10/2011 đến tháng 7/2012", "từ tháng 1 đến hết tháng 5/2017", "tháng 4-5/2017"
        "month_span": rf"(?:từ\s+)?{part}tháng\s+{m}{of_year}?{_TO}(?:tháng\s+)?{m2}(?:(?:{_SEP}|\s*,?\s*năm\s+){y2})?(?!\d|%|[.,]\d)",
        # "tháng 5/2017", "cuối tháng 12-2015", "tháng 6 năm nay"
        "month": rf"{part}tháng\s+{m}(?:{of_year}|(?!\s*(?:%|[.,]\d)))",
        # "tháng trước"
        "month+": rf"(?<!\d\s)(?<!\w{{2}}\s){part}tháng\s+(?P<rel>{alternation(data['months'])})(?!\w)",
        # "quý III", "quý I/2017", "quý 4 năm 2016"
        "quarter": rf"{part}quý\s+(?P<q>{alternation(data['quarters'])})(?!\w|[.,]\d){of_year}?",
        # "6 tháng đầu năm 2016", "9 tháng cuối năm"
        "months": rf"{number}tháng\s+(?P<edge>đầu|cuối){of_start}",
        # "9 tháng năm 2016", "5 tháng/2017"
        "months_of": rf"{number}tháng{of_year}",
        # "trong 5 tháng", "qua 9 tháng"
        "months_bare": rf"(?:trong|qua|chung|lũy\s+kế)\s+{number}tháng(?!\w|\s?[/-]\s?\d|\s+(?:đầu|cuối|của|năm|giêng|chạp|âm|qua|tới|tuổi|tù|nay|liên|kể|gần|nữa|sau|trước|rưỡi|thi|thử|giam|cải|mà|này|vừa|triển|thực))",
        # "nửa đầu năm 2016"
        "half": rf"nửa\s+(?P<edge>đầu|cuối|sau)(?=\s+(?:của\s+)?(?:năm|{y})|/){of_start}",
        # "3 năm qua", "trong 5 năm tới"
        "years_ahead": rf"(?:trong\s+)?{number}năm\s+{alternation(words['years_ahead'])}(?!\w)",
        "years_back": rf"(?:trong\s+|hơn\s+)?(?:\d+|{alternation(data['numbers'])}|mấy|vài|nhiều|chục|trăm)\s+(?:thập\s+niên|thập\s+kỷ|năm|tháng|ngày)\s+{alternation(words['years_back'])}(?!\w)",
        # "giai đoạn 2016 - 2020", "vụ đông xuân 2016/2017", "mùa giải 2016/17"
        "named_span": rf"{alternation(words['spans'])}\s+(?:từ\s+)?(?:năm\s+)?{y}(?:{_TO}(?:năm\s+)?|\s?/\s?)(?:{y2}|(?P<yy>\d\d)(?!\d|%))",
        # "từ năm 2009 đến 2011", "2011-2015"
        "span": rf"(?:từ\s+)?{part}(?:năm\s+)?{years}",
        # "từ đầu năm đến nay"
        "to_date": rf"(?:tính\s+)?(?:từ|kể\s+từ)?\s*(?:đầu|Tết)\s+(?:[\w\s]{{0,25}}\s)?(?:năm\s+)?(?:{y}|{rel}|năm)\s+(?:cho\s+)?(?:đến|tới)\s+(?:nay|thời\s+điểm|giờ|hết|cuối)",
        # "từ năm 2014 đến nay"
        "since": rf"(?:từ|kể\s+từ)\s+{part}(?:năm\s+)?{y}\s+(?:cho\s+)?(?:đến|tới)\s+(?:nay|thời\s+điểm)",
        # "cuối năm 2024", "năm tài chính 2016", "năm ngoái"
        "year": rf"{part}năm\s+(?:(?:tài\s+chính|ngân\s+sách|kế\s+hoạch)\s+)?{y}",
        "year+": rf"(?<!\d\s){part}năm\s+{rel}(?!\s+(?:qua|đó))",
        "same": rf"{alternation(words['parts'])}\s+năm(?!\s+(?:học|\d|tháng|qua|vừa|tới|cuối|đầu)|\w)",
        # "trong năm qua", "năm vừa qua"
        "past": rf"(?:trong\s+)?năm\s+(?:vừa\s+)?(?:qua|rồi)(?!\w)",
        "vague": rf"{alternation(words['vague'])}(?!\w)",
        "habit": rf"{alternation(words['habit'])}(?!\w)",
        "now": rf"(?:{alternation(words['now'])}|(?<!thực\s)(?<!xuất\s)(?<!phát\s)(?<!thể\s)(?<!biểu\s)(?<!tái\s)hiện(?!\s+(?:đại|trường|tượng|hữu|hành|diện|vật|thực|hình)))(?!\w)",
        "day+": rf"(?P<rel>{alternation(data['days'])})(?!\w)",
        # "đến 2020", "vụ Xuân 2017"
        "lead": rf"{alternation(words['bare_leads'])}\s+{y}(?!\s*(?:(?:tỷ|tỉ|triệu|nghìn|đồng|người|hộ|ha|m2?|km)\b|%))",
        # "3.436 tỷ đồng (2013)"
        "bracketed": rf"(?<=\d[\w\s%,.]{{0,30}}\(){y}(?=\))",
        # a year within a name: tells the time of the article, not of a figure
        "bare": rf"(?<![\d/.,-])(?=19|20){y}(?!\s*(?:tỷ|tỉ|triệu|nghìn|đồng|người|hộ|ha|m2?|km|%|con|tấn|trường)\b)",
    }


# First words of the rules that are written in the grammar itself.
_HEADS = "năm tháng quý ngày từ tính kể nửa hiện các hai trong hơn qua sau chung lũy đầu tết mấy vài nhiều chục trăm"


@cache
def _scanner() -> regex.Pattern[str]:
    """All rules as one pattern: where a time expression begins. A set of first words keeps it from the rest."""
    data = lexicon("periods")
    words = [*_HEADS.split(), *data["numbers"], *data["days"], *(w for group in data["words"].values() for w in group)]
    first = {word.split()[0].lower() for word in words}
    rules = "|".join(f"(?:{pattern})" for pattern in _rules().values())
    figure = r"\d{1,4}(?:\s?[/.–—-]|\s+(?:năm|tháng|đến|tới|ngày|tuần)|(?<=\d{4}))"
    return regex.compile(rf"(?<!\w)(?={figure}|\L<first>(?!\w))(?:{rules})", regex.IGNORECASE, first=first)


@cache
def _grammar() -> tuple[tuple[regex.Pattern[str], Reader], ...]:
    """The rules one by one with what reads them, in the order of the scanner."""
    readers = _readers()
    return tuple((regex.compile(rf"(?<!\w)(?:{p})", regex.IGNORECASE), readers[name]) for name, p in _rules().items())


@cache
def _core() -> re.Pattern[str]:
    """One of these stands in every time expression: the cheap scan that says where the scanner looks."""
    words = "năm tháng quý ngày nay hiện qua gần trước thời mai giờ".split()
    forms = [form for word in words for form in (word, word.capitalize(), word.upper())]
    return re.compile("|".join([*forms, "lúc này", r"(?:19|20)\d\d", r"\d[/.–-]\d"]))


# The furthest that an expression reaches from its core, or from one core to the next.
_REACH = 45


def _windows(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of a text in which a time expression may stand."""
    low = high = start
    for m in _core().finditer(text, start, end):
        if m.start() - _REACH > high:
            if high > low:
                yield low, high
            low = max(start, m.start() - _REACH)
        high = min(end, m.end() + _REACH)
    if high > low:
        yield low, high


def find(text: str, start: int = 0, end: int | None = None) -> Iterator[Time]:
    """The time expressions of `text[start:end]` in order, without overlaps. Offsets: code points of `text`."""
    stop = len(text) if end is None else end
    for window in _windows(text, start, stop):
        for found in _scanner().finditer(text, *window):
            for pattern, read in _grammar():
                if m := pattern.match(text, found.start(), min(stop, found.end() + _REACH)):
                    if time := read(m):
                        yield time
                    break


def _number(word: str) -> int:
    table: dict[str, int] = lexicon("periods")["numbers"]
    return int(word) if word.isdecimal() else table[word.lower()]


def _year(m: regex.Match[str]) -> dict[str, Any]:
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


def _read_day(m: regex.Match[str]) -> Time | None:
    return Time(m.start(), m.end(), "day", part=_date(m["d"], m["m"]), **_year(m))


def _read_days(m: regex.Match[str]) -> Time | None:
    first_month = m["m"] or m["m2"]
    last_year = int(m["y2"]) if m["y2"] else None
    year = int(m["y"]) if m["y"] else last_year
    return Time(m.start(), m.end(), "span", year, 0, _date(m["d"], first_month), (last_year or year, _date(m["d2"], m["m2"])))


def _read_month_span(m: regex.Match[str]) -> Time | None:
    last_year = int(m["y2"]) if m["y2"] else None
    told = _year(m)
    if "year" not in told and last_year is not None:
        told = {"year": last_year}
    first, last = int(m["m"]), int(m["m2"])
    if first == 1 and told.get("year") == last_year:
        whole = _months(last, "đầu")
        return Time(m.start(), m.end(), "months", part=whole or "", **told)
    return Time(m.start(), m.end(), "span", part=f"-{first:02d}", last=(last_year or told.get("year"), f"-{last:02d}"), **told)


def _read_span(m: regex.Match[str]) -> Time | None:
    first = int(m["y"])
    last = int(m["y2"]) if m["y2"] else first // 100 * 100 + int(m["yy"])
    if not first < last < first + 60:
        return Time(m.start(), m.start("y") + 4, "bare", first)
    return Time(m.start(), m.end(), "span", first, last=(last, ""))


def _read_months(m: regex.Match[str]) -> Time | None:
    part = _months(_number(m["n"]), (m.groupdict().get("edge") or "đầu").lower())
    return None if part is None else Time(m.start(), m.end(), "months", part=part, **_year(m))


def _read_half(m: regex.Match[str]) -> Time | None:
    return Time(m.start(), m.end(), "half", part="-H1" if m["edge"].lower() == "đầu" else "-H2", **_year(m))


def _read_quarter(m: regex.Match[str]) -> Time | None:
    table: dict[str, int] = lexicon("periods")["quarters"]
    quarter = table.get(m["q"]) or table.get(m["q"].upper()) or table[m["q"].lower()]
    return Time(m.start(), m.end(), "quarter", part=f"-Q{quarter}", **_year(m))


def _read_years_ahead(m: regex.Match[str]) -> Time | None:
    years = _number(m["n"])
    # the end is a count of years, written when the first year is known
    return Time(m.start(), m.end(), "ahead", shift=years) if years > 1 else Time(m.start(), m.end(), "year", shift=1)


def _counted(table: str, form: str) -> Callable[[regex.Match[str]], Time]:
    def read(m: regex.Match[str]) -> Time:
        shift: int = lexicon("periods")[table][" ".join(m["rel"].lower().split())]
        return Time(m.start(), m.end(), form, shift=shift)

    return read


def _plain(form: str) -> Callable[[regex.Match[str]], Time]:
    return lambda m: Time(m.start(), m.end(), form, **_year(m))


@cache
def _readers() -> dict[str, Reader]:
    return {
        "date": _read_day,
        "days": _read_days,
        "long_day": _read_day,
        "day": _read_day,
        "month_span": _read_month_span,
        "month": lambda m: Time(m.start(), m.end(), "month", part=_date(None, m["m"]), **_year(m)),
        "month+": _counted("months", "month+"),
        "quarter": _read_quarter,
        "months": _read_months,
        "months_of": _read_months,
        "months_bare": lambda m: (t := _read_months(m)) and replace(t, form="bare_months"),
        "half": _read_half,
        "years_ahead": _read_years_ahead,
        "years_back": _plain("vague"),
        "named_span": _read_span,
        "span": _read_span,
        "to_date": _plain("year"),
        "since": _plain("since"),
        "year": _plain("year"),
        "year+": _plain("year"),
        "same": _plain("same"),
        "past": _plain("past"),
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
    if time.form in ("vague", "habit", "bare"):
        return None
    if time.form == "past":
        return str(anchor.year - (anchor.month < 11)) if anchor and anchor.month else None
    if time.form in ("day+", "month+"):
        return _counted_date(time, anchor)
    year = time.year if time.year is not None else anchor and anchor.year + time.shift
    if year is None:
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
    if m := regex.fullmatch(r"-(\d\d)(?:-\d\d)?", part):
        return int(m[1])
    if m := regex.fullmatch(r"-Q([1-4])", part):
        return int(m[1]) * 3 - 2
    if m := regex.fullmatch(r"-(\d\d?)M", part):
        return int(m[1])
    return 7 if part == "-H2" else 1


def _possible(period: str) -> bool:
    if not regex.fullmatch(r"\d{4}-\d\d-\d\d", period):
        return True
    try:
        date.fromisoformat(period)
    except ValueError:
        return False
    return True


def _counted_date(time: Time, anchor: Anchor | None) -> str | None:
    """"hôm qua", "tháng trước", counted from a date that is known to the day or month."""
    if anchor is None or anchor.month is None:
        return None
    if time.form == "month+":
        months = anchor.year * 12 + anchor.month - 1 + time.shift
        return f"{months // 12}-{months % 12 + 1:02d}"
    if anchor.day is None:
        return None
    return (date(anchor.year, anchor.month, anchor.day) + timedelta(days=time.shift)).isoformat()
