"""The year that an article speaks from, and what its times are said of: a fact, a comparison, a document, a birth."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import cache
from itertools import product

from ahocorasick_rs import AhoCorasick

from rules.periods import Time, anchor_of, find
from rules.words import alternation, lexicon


class Role(Enum):
    """What a time is said of."""

    FACT = "fact"
    BASIS = "basis"  # "so với năm 2015"
    DOCUMENT = "document"  # "Luật Đầu tư năm 2014"
    BIRTH = "birth"  # "sinh năm 1975", "thành lập năm 1998"
    TELLING = "telling"  # "được công bố chiều 30/5"
    BOUND = "bound"  # "xe mua trước ngày 1/7"
    MEETING = "meeting"  # "tại phiên tòa ngày 7/1/2015"
    OTHER = "other"  # "… trong khi cùng kỳ năm ngoái lãi 5 tỷ": of a fact, but of another year's


Told = tuple[Time, Role]

# How far the words before a time are looked at.
_REACH = 90
# The longest look-behind of a pattern of these words.
_LOOKED_BACK = 6


@cache
def _patterns() -> dict[Role, re.Pattern[str]]:
    """What stands before a time in small letters, for each role but that of a fact; of two that match the first holds."""
    words = {
        name: alternation(_role(name))
        for name in ("compared", "between", "measures", "more", "birth", "told", "document")
    }
    return {
        # "…, trong khi cùng kỳ năm ngoái lãi"
        Role.OTHER: re.compile(r"(?:\A|[,;:(–-]|\.|trong\s+khi|còn|nhưng|mà)\s*cùng\s+kỳ\s*\Z"),
        # "so với thực hiện năm 2016", "cùng kỳ năm ngoái", "cao hơn năm 2015"
        Role.BASIS: re.compile(
            rf"(?<!\w)(?:{words['compared']}(?:\s+{words['between']}(?!\w))*"
            rf"|so\s+với\s(?:(?!{words['measures']})[^,.;:()%\n]){{1,45}})\s*\Z|(?<!\w){words['more']}\s+hơn\s+\Z"
            # … and with its figure: "thấp hơn mức 8,7% của năm 2015"
            rf"|(?<!\w)(?:so\s+với|{words['more']}\s+hơn)\s+(?:mức|con\s+số)\s(?:[^,.;:()\n]|[,.]\d){{1,40}}\Z"
        ),
        # "sinh năm 1975" (the year's span holds "năm"), "được thành lập vào năm 1998"
        Role.BIRTH: re.compile(rf"(?<!\w){words['birth']}\s*:?\s*(?:năm|ngày|vào|từ)?\s*\Z"),
        # "được Bộ Nội vụ công bố chiều 30/5"
        Role.TELLING: re.compile(rf"(?<!\w){words['told']}(?:\s+(?:vào|hôm|sáng|chiều|tối|trong))?\s*\Z"),
        # "xe mua trước ngày 1/7", "xuất hóa đơn sau 1/7/2016"
        Role.BOUND: re.compile(r"(?<!\w)(?:trước|sau)\s+\Z"),
        # "tại phiên tòa phúc thẩm ngày 7/1/2015", "trong cuộc họp ngày 5/6"
        Role.MEETING: re.compile(rf"(?<!\w){alternation(_role('meeting'))}(?!\w)[^.,;\n]{{0,25}}\Z"),
        # "Luật Đầu tư năm 2014", "Quyết định số 12/QĐ-UBND ngày 5-6-2015"
        Role.DOCUMENT: re.compile(
            rf"(?<!\w)(?<!kỷ\s){words['document']}(?!\w)[^,.;:!?\n()]{{0,45}}(?:\d[./]\d?[^,.;:!?\n()]{{0,20}})?\Z"
        ),
    }


# A day can be one of telling; a month or a quarter is never a document's date.
_FORMS = {
    Role.TELLING: ("day",),
    Role.BOUND: ("day", "year"),
    Role.MEETING: ("day",),
    Role.DOCUMENT: ("day", "year", "bare"),
}


@cache
def _role_words() -> re.Pattern[str]:
    """One of these stands before every time that is not said of a fact: a cheap look."""
    words = [w for name in ("compared", "birth", "told", "document", "meeting") for w in _role(name)]
    words += ["hơn", "so với", "trước", "sau", "cùng kỳ"]
    return re.compile(rf"(?<!\w){alternation(words)}(?!\w)")


@cache
def _signs() -> tuple[tuple[Role, tuple[str, ...], str | tuple[str, ...], re.Pattern[str]], ...]:
    """Each role with the forms that it is of, if not of all, the ends of what stands before it, and its pattern."""
    birth, told = (tuple(word.split()[-1] for word in _role(name)) for name in ("birth", "told"))
    # a cheap look, for the roles that ask for certain words directly before a time
    ends = {
        Role.OTHER: ("kỳ",),
        Role.BIRTH: (*birth, ":", "năm", "ngày", "vào", "từ"),
        Role.TELLING: (*told, "vào", "hôm", "sáng", "chiều", "tối", "trong"),
        Role.BOUND: ("trước", "sau"),
    }
    return tuple((role, _FORMS.get(role, ()), ends.get(role, ""), p) for role, p in _patterns().items())


def _role(name: str) -> list[str]:
    words: list[str] = lexicon("periods")["roles"][name]
    return [word.lower() for word in words]


def said_of(text: str, time: Time) -> Role:
    """What a time is said of, by the words before it in its line."""
    if time.form == "year" and text[time.start : time.start + 4].lower() == "sau ":
        return Role.BOUND
    before, begin = _before(text, time.start)
    if not _role_words().search(before, begin):
        return Role.FACT
    end = before.rstrip()
    for role, forms, ending, pattern in _signs():
        if (not forms or time.form in forms) and end.endswith(ending) and pattern.search(before, begin):
            return role
    return Role.FACT


def _before(text: str, at: int) -> tuple[str, int]:
    """The words before an offset in its line, in small letters, and where they begin behind what is only looked back at."""
    low = max(0, at - _REACH)
    low = max(text.rfind("\n", low, at) + 1, low)
    back = min(low, _LOOKED_BACK)
    return text[low - back : at].lower(), back


def told_times(text: str) -> tuple[Told, ...]:
    """The time expressions of a text in order, each with what it is said of."""
    return tuple((time, said_of(text, time)) for time in find(text))


@cache
def _year() -> re.Pattern[str]:
    return re.compile(r"(?:1[89]|20)\d\d")


@cache
def _lunar_years() -> AhoCorasick:
    """The names of the lunar years: "Đinh Dậu"."""
    names = (lexicon("periods")[name] for name in ("stems", "branches"))
    forms = ({form for word in words for form in (word, word.capitalize(), word.upper())} for words in names)
    lunar = (f"{stem} {branch}" for stem, branch in product(*forms))
    return AhoCorasick(list(lunar))


def may_tell_year(text: str) -> bool:
    """Whether a text may tell a year: in a text that tells none, no time can be written. A cheap look."""
    return _year().search(text) is not None or bool(_lunar_years().find_matches_as_indexes(text))


@cache
def _ahead() -> re.Pattern[str]:
    """Before a year that is still to come: "mục tiêu năm 2020", "sẽ hoàn thành vào năm 2018" """
    return re.compile(rf"(?<!\w){alternation(_role('ahead'))}(?!\w)[^.;\n]{{0,60}}\Z")


# The ends of `_until`: a cheap look.
_ENDS_OF_UNTIL = ("đến", "tới", "nhìn", "hết", "cuối", "đầu", "giữa")


@cache
def _until() -> re.Pattern[str]:
    """ "đến năm 2020", where the words before it do not count up to it ("tính đến")"""
    return re.compile(r"(?<!tính\s)(?:đến|tới|tầm\s+nhìn)(?:\s+(?:hết|cuối|đầu|giữa))?\s*\Z")


def is_ahead(text: str, time: Time) -> bool:
    """Whether a year is told as one to come: "đến năm 2020", "mục tiêu 2020"."""
    before, begin = _before(text, time.start)
    up_to = before.rstrip().endswith(_ENDS_OF_UNTIL) and _until().search(before, begin)
    if up_to or _ahead().search(before, begin):
        return True
    starts = text[time.start : time.start + 4].lower() in ("đến ", "tới ")
    return starts and not before.endswith("tính ", begin)


def latest_year(text: str, told: Sequence[Told], published: str | None) -> int | None:
    """The latest year that a text tells of what is or was; that of the article's date where it is known."""
    if known := anchor_of(published):
        return known.year
    years = [
        _last_year(time)
        for time, role in told
        if time.year is not None and role is Role.FACT and not is_ahead(text, time)
    ]
    return max(years, default=None)


def _last_year(time: Time) -> int:
    """The year of a time; of a season or a school year that reaches into the next one the next."""
    first = time.year or 0
    last = time.last[0] if time.last else None
    return last if last is not None and last <= first + 1 else first
