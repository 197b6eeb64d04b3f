"""The patterns of time expressions, one a rule.

Where one may stand is told by rules/period_scan.py, what a match means is read in rules/periods.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from rules.words import alternation, lexicon, not_behind

_YEAR = r"(?P<{}>(?:1[89]|20)\d\d)(?!\d|[.,]\d{{3}})"
_DAY = r"(?P<{}>0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?P<{}>1[0-2]|0?[1-9])(?!\d)"
_SEP = r"\s?[/.-]\s?"
_TO = r"\s*(?:đến|tới|-|–|—)\s*(?:(?:hết|cuối|đầu)\s+)?"
_UNTIL = r"\s+(?:cho\s+)?(?:đến|tới)\s+"


def _words(name: str) -> str:
    return alternation(lexicon("periods")["words"][name])


def _exceptions(name: str) -> str:
    return alternation(lexicon("periods")["exceptions"][name])


def _table(name: str) -> str:
    return alternation(lexicon("periods")[name])


@dataclass(frozen=True, slots=True)
class _Parts:
    """What several rules are made of; each rule reads groups of the same names."""

    y: str = _YEAR.format("y")
    y2: str = _YEAR.format("y2")
    d: str = _DAY.format("d")
    d2: str = _DAY.format("d2")
    m: str = _MONTH.format("m")
    m2: str = _MONTH.format("m2")

    @property
    def rel(self) -> str:
        """A year counted from the article's: "nay", "ngoái"."""
        return rf"(?P<rel>{_table('years')})(?!\w)"

    @property
    def number(self) -> str:
        """How many months or years: "6 ", "sáu "."""
        return rf"(?P<n>\d{{1,2}}|{_table('numbers')})\s+"

    @property
    def part(self) -> str:
        """The part of a year that is named: "đầu ", "cuối "."""
        return rf"(?:{_words('parts')}\s+)?"

    @property
    def of_year(self) -> str:
        """Behind a month or a quarter: "/2016", " năm 2016", ", năm 2016", " năm nay"."""
        year = r"\s*,?\s*(?:của\s+)?năm\s+"
        return rf"(?:(?:{_SEP}|{year}){self.y}|{year}{self.rel})"

    @property
    def of_start(self) -> str:
        """Behind "6 tháng đầu": " năm 2016", " 2016", "/2016", " năm nay", " năm"."""
        return rf"(?:(?:\s+của)?\s+năm)?(?:\s*[/-]?\s*{self.y}|\s+{self.rel})?"


@cache
def rules() -> dict[str, str]:
    """The rules by name, in the order in which they are tried."""
    p = _Parts()
    return {**_days(p), **_months(p), **_spans_of_years(p), **_years(p), **_open_times(), **_bare_years(p)}


def _days(p: _Parts) -> dict[str, str]:
    lead = rf"(?:{_words('day_parts')}\s+)"
    after_day = r"(?<=(?:nay|qua|mai|kia|thứ\s\w{1,3}|nhật)(?:\s|,\s|\s?[(–-]|\s[–-]\s))"
    open_end = rf"(?:tháng\s+{p.m}{p.of_year}?|ngày\s+{p.d}{_SEP}{p.m2}(?:{_SEP}{p.y2})?)"
    first = rf"{p.d}(?:{_SEP}{p.m}(?:{_SEP}{p.y})?)?"
    last = rf"(?:ngày\s+)?{p.d2}{_SEP}{p.m2}(?:{_SEP}{p.y2})?"
    ends = r"(?!\d|%|[/.-]\d)"
    uncounted = rf"(?!\s*(?:{_exceptions('counted')}(?!\w)|%))"
    applied = "|".join(rf"(?<={word}\s)" for word in "dụng lực hành giá chỉnh kể".split())
    return {
        # "từ đầu tháng 2 đến nay", "từ ngày 5/6 đến nay": its end is no day that a period could write
        "open": rf"(?:từ\s+)?{p.part}{open_end}{_UNTIL}nay",
        # "31-10-2016", "ngày 5.6.2017"
        "date": rf"{lead}?{p.d}(?P<s>{_SEP}){p.m}(?P=s){p.y}",
        # "từ ngày 9 đến 13-6", "ngày 25.1 - 3.2", "ngày 26/5 đến ngày 2/6/2017"
        "days": rf"(?:từ\s+)?(?:(?:các\s+|hai\s+|2\s+|3\s+)?ngày|từ)\s+{first}{_TO}{last}{ends}",
        # "ngày 5 tháng 6 năm 2017"
        "long_day": rf"{lead}?{p.d}\s+tháng\s+{p.m}{p.of_year}?",
        # "ngày 9/8", "chiều 30.6", "tính đến 31/12"; "đêm qua (5.6)", "sáng nay 6.2", "thứ sáu (5/7)"
        "day": rf"{lead}\s*{p.d}{_SEP}{p.m}{ends}{uncounted}",
        "day_behind": rf"{after_day}\s*{p.d}{_SEP}{p.m}{ends}{uncounted}",
        # "Từ 1/6, …", "áp dụng từ 1/7", but not "từ 1/3 số hộ"
        "from_day": rf"(?:kể\s+)?(?:(?-i:Từ)|(?:{applied})từ)\s+{p.d}/{p.m}(?!\d|[/.-]\d|\s*%)"
        r"(?=\s*[,.;)]|\s+(?:tới|này|sắp|đến|sẽ|mức|giá|tiền))",
    }


def _months(p: _Parts) -> dict[str, str]:
    last = rf"(?:tháng\s+)?{p.m2}(?:(?:{_SEP}|\s*,?\s*năm\s+){p.y2})?(?!\d|%|[.,]\d)"
    numbers = [r"\d", *lexicon("periods")["numbers"], *"mấy vài nhiều những các chục".split()]
    counted = not_behind(numbers, blank=r"\s")
    return {
        # "từ tháng 10/2011 đến tháng 7/2012", "từ tháng 1 đến hết tháng 5/2017", "tháng 4-5/2017"
        "month_span": rf"(?:từ\s+)?{p.part}tháng\s+{p.m}{p.of_year}?{_TO}{last}",
        # "tháng 5/2017", "cuối tháng 12-2015", "tháng 6 năm nay"
        "month": rf"{p.part}tháng\s+{p.m}(?:{p.of_year}|(?!\s*(?:%|[.,]\d)))",
        # "tháng trước", but not "5 tháng trước"
        "month+": rf"{counted}{p.part}tháng\s+(?P<rel>{_table('months')})(?!\w)",
        # "tháng Chín", with a capital: "mỗi tháng hai lần" is none
        "month_word": rf"{p.part}tháng\s+(?P<word>(?-i:{_table('month_words')}))(?!\w){p.of_year}?",
        # "quý III", "quí I/2017", "quý 4 năm 2016"
        "quarter": rf"{p.part}qu[ýí]\s+(?P<q>{_table('quarters')})(?!\w|[.,]\d){p.of_year}?",
        # "6 tháng đầu năm 2016", "9 tháng cuối năm"
        "months": rf"{p.number}tháng\s+(?P<edge>đầu|cuối){p.of_start}",
        # "9 tháng năm 2016", "5 tháng/2017"
        "months_of": rf"{p.number}tháng{p.of_year}",
        # "trong 5 tháng", "qua 9 tháng", but not "trong 5 tháng tù"
        "months_bare": rf"(?:trong|qua|chung|lũy\s+kế)\s+{p.number}tháng"
        rf"(?!\w|\s?[/-]\s?\d|\s+{_exceptions('not_months')})",
        # "kinh tế thành phố 6 tháng tiếp tục tăng", "kết quả 9 tháng đạt"
        "months_told": rf"(?<=[^\W\d_]\s){p.number}tháng(?=\s+(?:tiếp\s+tục|đạt|ước|tăng|giảm)(?!\w))",
        # "nửa đầu năm 2016"
        "half": rf"nửa\s+(?P<edge>đầu|cuối|sau)(?=\s+(?:của\s+)?(?:năm|{_YEAR.format('any')})|/){p.of_start}",
    }


def _spans_of_years(p: _Parts) -> dict[str, str]:
    several = rf"(?:\d+|{_table('numbers')}|mấy|vài|nhiều|chục|trăm)"
    unit = r"(?:thập\s+niên|thập\s+kỷ|năm|tháng|ngày)"
    second = rf"(?:{_TO}(?:năm\s+)?|\s?/\s?)(?:{p.y2}|(?P<yy>\d\d)(?!\d|%))"
    new_year = rf"(?:đầu|Tết)\s+(?:[\w\s]{{0,25}}\s)?(?:năm\s+)?(?:{p.y}|{p.rel}|năm)"
    return {
        # "trong 5 năm tới"
        "years_ahead": rf"(?:trong\s+)?{p.number}năm\s+{_words('years_ahead')}(?!\w)",
        # "3 năm qua", "hai thập niên vừa qua"
        "years_back": rf"(?:trong\s+|hơn\s+)?{several}\s+{unit}\s+{_words('years_back')}(?!\w)",
        # "giai đoạn 2016 - 2020", "vụ đông xuân 2016/2017", "mùa giải 2016/17"
        "named_span": rf"{_words('spans')}\s+(?:từ\s+)?(?:năm\s+)?{p.y}{second}",
        # "từ năm 2009 đến 2011", "2011-2015"
        "span": rf"(?:từ\s+)?{p.part}(?:năm\s+)?{p.y}{_TO}(?:năm\s+)?{p.y2}",
        # "từ đầu năm đến nay", "từ Tết Đinh Dậu 2017 đến nay"
        "to_date": rf"(?:tính\s+)?(?:từ|kể\s+từ)?\s*{new_year}{_UNTIL}(?:nay|thời\s+điểm|giờ|hết|cuối)",
        # "từ năm 2014 đến nay"
        "since": rf"(?:từ|kể\s+từ)\s+{p.part}(?:năm\s+)?{p.y}{_UNTIL}(?:nay|thời\s+điểm)",
    }


def _years(p: _Parts) -> dict[str, str]:
    return {
        # "cuối năm 2024", "năm tài chính 2016"
        "year": rf"{p.part}năm\s+(?:(?:tài\s+chính|ngân\s+sách|kế\s+hoạch)\s+)?{p.y}",
        # "Tết Đinh Dậu", "năm Đinh Dậu 2017"
        "lunar": rf"(?:{_words('lunar_leads')}\s+)(?P<stem>{_table('stems')})\s+(?P<branch>{_table('branches')})(?!\w)"
        rf"(?:\s*[-–(]?\s*{p.y})?",
        # "năm ngoái", but not "2 năm trước"
        "year+": rf"(?<!\d\s){p.part}năm\s+{p.rel}(?!\s+(?:qua|đó))",
        # "trong năm, huyện …"
        "same": rf"{_words('parts')}\s+năm(?!\s+(?:học|\d|tháng|qua|vừa|tới|cuối|đầu)|\w)",
        # "trong năm qua", "năm vừa qua"
        "past": r"(?:trong\s+)?năm\s+(?:vừa\s+)?(?:qua|rồi)(?!\w)",
    }


def _open_times() -> dict[str, str]:
    # "hiện", but not "thực hiện", "hiện đại"
    other_word = not_behind(lexicon("periods")["exceptions"]["before_not_now"], blank=r"\s")
    now = rf"{other_word}hiện(?!\s+{_exceptions('behind_not_now')})"
    return {
        # "tại thời điểm thanh tra": the time that was told of it before
        "that": rf"{_words('that')}(?!\w)",
        "vague": rf"{_words('vague')}(?!\w)",
        "habit": rf"{_words('habit')}(?!\w)",
        # "…, nay tăng lên", "nay còn"
        "now": rf"(?:{_words('now')}|{now}|nay(?=\s+(?:tăng|giảm|còn|chỉ\s+còn|đã|lên)(?!\w)))(?!\w)",
        "day+": rf"(?P<rel>{_table('days')})(?!\w)",
    }


def _bare_years(p: _Parts) -> dict[str, str]:
    counted = rf"(?!\s*(?:{_exceptions('counted')}(?!\w)|%))"
    return {
        # "đến 2020", "vụ Xuân 2017"
        "lead": rf"{_words('bare_leads')}\s+{p.y}{counted}",
        # "3.436 tỷ đồng (2013)"
        "bracketed": rf"(?<=\d[\w\s%,.]{{0,30}}\(){p.y}(?=\))",
        # a year within a name: tells the time of the article, seldom of a figure
        "bare": rf"(?<![\d/.,-])(?=19|20){p.y}{counted}",
    }
