"""The patterns of time expressions, one a rule, and the scan that says where one may stand.

What a match means is read in rules/periods.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import regex

from rules.words import alternation, lexicon

_YEAR = r"(?P<{}>(?:1[89]|20)\d\d)(?!\d|[.,]\d{{3}})"
_DAY = r"(?P<{}>0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?P<{}>1[0-2]|0?[1-9])(?!\d)"
_SEP = r"\s?[/.-]\s?"
_TO = r"\s*(?:đến|tới|-|–|—)\s*(?:(?:hết|cuối|đầu)\s+)?"


@cache
def rules() -> dict[str, str]:
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
        # "từ đầu tháng 2 đến nay", "từ ngày 5/6 đến nay": begins on a date, has no end that a period could write
        "open": rf"(?:từ\s+)?{part}(?:tháng\s+{m}{of_year}?|ngày\s+{d}{_SEP}{m2}(?:{_SEP}{y2})?)\s+(?:cho\s+)?(?:đến|tới)\s+nay",
        # "31-10-2016", "ngày 5.6.2017"
        "date": rf"{lead}?{d}(?P<s>{_SEP}){_MONTH.format('m')}(?P=s){y}",
        # "từ ngày 9 đến 13-6", "ngày 25.1 - 3.2", "ngày 26/5 đến ngày 2/6/2017"
        "days": rf"(?:từ\s+)?(?:(?:các\s+|hai\s+|2\s+|3\s+)?ngày|từ)\s+{d}(?:{_SEP}{m}(?:{_SEP}{y})?)?"
        rf"{_TO}(?:ngày\s+)?{d2}{_SEP}{m2}(?:{_SEP}{y2})?(?!\d|%|[/.-]\d)",
        # "ngày 5 tháng 6 năm 2017"
        "long_day": rf"{lead}?{d}\s+tháng\s+{m}{of_year}?",
        # "ngày 9/8", "chiều 30.6", "đêm qua (5.6)", "thứ sáu (5/7)", "tính đến 31/12"
        "day": rf"(?:{lead}|(?<=(?:nay|qua|mai|kia|thứ\s\w{{1,3}}|nhật)\s\())\s*{d}{_SEP}{m}(?!\d|%|[/.-]\d)",
        # "từ tháng 10/2011 đến tháng 7/2012", "từ tháng 1 đến hết tháng 5/2017", "tháng 4-5/2017"
        "month_span": rf"(?:từ\s+)?{part}tháng\s+{m}{of_year}?{_TO}(?:tháng\s+)?{m2}(?:(?:{_SEP}|\s*,?\s*năm\s+){y2})?(?!\d|%|[.,]\d)",
        # "tháng 5/2017", "cuối tháng 12-2015", "tháng 6 năm nay"
        "month": rf"{part}tháng\s+{m}(?:{of_year}|(?!\s*(?:%|[.,]\d)))",
        # "tháng trước"
        "month+": rf"(?<!(?:\d|{alternation(data['numbers'])}|mấy|vài|nhiều|những|các|chục)\s){part}tháng\s+(?P<rel>{alternation(data['months'])})(?!\w)",
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
        "past": r"(?:trong\s+)?năm\s+(?:vừa\s+)?(?:qua|rồi)(?!\w)",
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
def scanner() -> regex.Pattern[str]:
    """All rules as one pattern: where a time expression begins. A set of first words keeps it from the rest."""
    data = lexicon("periods")
    words = [*_HEADS.split(), *data["numbers"], *data["days"], *(w for group in data["words"].values() for w in group)]
    first = {word.split()[0].lower() for word in words}
    alternatives = "|".join(f"(?:{pattern})" for pattern in rules().values())
    figure = r"\d{1,4}(?:\s?[/.–—-]|\s+(?:năm|tháng|đến|tới|ngày|tuần)|(?<=\d{4}))"
    return regex.compile(rf"(?<!\w)(?={figure}|\L<first>(?!\w))(?:{alternatives})", regex.IGNORECASE, first=first)


@cache
def _core() -> re.Pattern[str]:
    """One of these stands in every time expression: the cheap scan that says where the scanner looks."""
    words = "năm tháng quý ngày nay hiện qua gần trước thời mai giờ".split()
    forms = [form for word in words for form in (word, word.capitalize(), word.upper())]
    return re.compile("|".join([*forms, "lúc này", r"(?:19|20)\d\d", r"\d[/.–-]\d"]))


# The furthest that an expression reaches from its core, or from one core to the next.
REACH = 45


def windows(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of a text in which a time expression may stand."""
    low = high = start
    for m in _core().finditer(text, start, end):
        if m.start() - REACH > high:
            if high > low:
                yield low, high
            low = max(start, m.start() - REACH)
        high = min(end, m.end() + REACH)
    if high > low:
        yield low, high
