"""The status of a figure: planned for a target, a plan, a forecast, a promise, a possibility; else nothing is said.

A word of planning holds for the figures behind it in its sentence, until a word of fact ("đã", "hiện", ";")
ends it. A plan that a figure is measured against ("đạt 70% kế hoạch") plans nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property

import regex

from rules.anchors import latest_year
from rules.base import Link, Mention, Reading, Span
from rules.meaning import levels
from rules.meaning.others import Others
from rules.words import alternation, capitals, lexicon, word_starts

# A word of planning reaches no further than this within its sentence.
_SCOPE = 600


@dataclass(frozen=True, slots=True)
class _Patterns:
    begins_turn: re.Pattern[str]
    turn: re.Pattern[str]
    stop: re.Pattern[str]
    after: re.Pattern[str]
    goes_on: regex.Pattern[str]
    until_year: regex.Pattern[str]
    from_day: regex.Pattern[str]
    coming: regex.Pattern[str]


@cache
def _patterns() -> _Patterns:
    data = {
        group: {name: [word.lower() for word in words] for name, words in lists.items()}
        for group, lists in lexicon("status").items()
    }
    planned, other, actual = data["planned"], data["not_planned"], data["actual"]
    plans = alternation(other["plans"])
    # "70% kế hoạch", "so với kế hoạch năm", "vượt dự toán giao": a measure
    against = "|".join(rf"(?<=(?<!\w){word}\s)" for word in other["against"] if word != "%")
    measure = rf"(?:(?<=%\s)|{against}){plans}(?!\w)"
    # "nếu … thì"
    # … but "nếu như năm 2015 đạt 5 tỷ thì năm 2016 …" compares two times
    times = r"(?:như\s+)?(?:năm|tháng|quý|cùng\s+kỳ|đầu|cuối)(?!\w)"
    compared = (
        rf"nếu\s+{times}[^.;:]{{1,150}}?(?<!\w){alternation(planned['then'])}\s+(?:đến|sang|trong|vào)?\s*"
        r"(?:năm|tháng|quý|nay|hiện|bây\s+giờ|\d+\s+tháng)(?!\w)"
        # "nếu giá thịt ở mức cao … thì giá lợn hơi lại …" sets one fact against another
        rf"|nếu\s[^.;:]{{1,250}}?(?<!\w){alternation(planned['then'])}\s[^.;:]{{1,90}}\slại\s"
    )
    nothing = alternation([*other["words"], *planned["may_not"], *actual["kept"]])
    # "yêu cầu tòa bồi thường 5 tỷ đồng": a claim, which plans nothing
    claims = rf"{alternation(other['claims'])}(?!\w)[^.,;:\d]{{0,45}}?(?<!\w){alternation(other['claimed'])}"
    # what stands first wins, and of one place the first of these
    turn = (
        rf"(?P<nothing>(?<!\w)(?:{compared}|{claims}(?!\w))|{measure}|(?<!\w){nothing}(?!\w)|{plans}\s+số\s)"
        rf"|(?<!\w)(?P<planned>{alternation(planned['words'])})(?!\w)"
        rf"|(?<!\w)(?P<if>{alternation(planned['if_then'])})(?!\w)"
        rf"|(?<!\w)(?P<near>{alternation([*planned['near'], *planned['may']])})(?!\w)"
        # a ";" between the items of a list ends nothing: "hạng 2: 35.000 đồng; hạng 3: 31.000 đồng"
        rf"|(?P<actual>;(?![^;.,–-]{{0,25}}[;,])(?!\s*(?:(?:và|gần|hơn|khoảng|trên|hạng|loại|cấp|mức|còn)\s+)*\d)|(?<!\w){alternation(actual['words'])}(?!\w))"
    )
    # "90% rác sẽ được xử lý", "20 hộ (dự kiến)"
    after = (
        r"(?:/[^\W\d_]+){0,2}(?:\s+(?!(?:và|để|cho|nên|thì)\s)[^\s,.;:()\d]{1,12}){0,4}?\s+"
        rf"{alternation(planned['after'])}(?!\w)|\s*\(\s*dự\s+kiến"
        # "2.000 tỷ đồng (khoảng 90 triệu USD), dự kiến sau năm 2019 mới khởi công"
        r"|(?:\s*\([^()]{0,40}\)|\))?,\s*dự\s+kiến\s+(?:sau|khởi|hoàn|triển|thực|đi)(?!\w)"
    )
    until = r"(?<!tính\s)(?<!\w)đến\s+(?:(?:hết|cuối|đầu|giữa)\s+)?(?:năm\s+)?(?P<y>20\d\d)(?!\d)"
    day = r"(?P<day>\d{1,2}[/.-]\d{1,2})(?![\d/.-])"
    flags = regex.IGNORECASE
    begins = word_starts(
        word.split()[0]
        for group, names in (
            (planned, "words if_then near may may_not"),
            (other, "words plans claims"),
            (actual, "words kept"),
        )
        for name in names.split()
        for word in group[name]
    )
    return _Patterns(
        # the first two are matched on the text in small letters, in a third of the time
        begins_turn=re.compile(rf"{begins}(?!\w)|;|\.(?:(?<=\s\w.)|(?<=\s\w\w.))"),
        turn=re.compile(turn),
        stop=re.compile(rf"\.\s+(?=[{capitals()}][^\W\d_{capitals()}])"),
        after=re.compile(after, re.IGNORECASE),
        goes_on=regex.compile(rf"[-–+•*\s]*{alternation(data['goes_on']['words'])}(?!\w)", flags),
        until_year=regex.compile(until, flags),
        # "Từ 1/6, giá là …", and what tells that this day is still to come: "Từ ngày 1/6 tới", "từ 1/6 … sẽ"
        from_day=regex.compile(rf"(?<!\w)từ\s+(?:ngày\s+)?{day}", flags),
        coming=regex.compile(
            rf"(?<!\w)từ\s+(?:ngày\s+)?{day}(?:\s+(?:tới|sắp\s+tới)(?!\w)|[^.;\n]{{0,40}}\ssẽ\s)", flags
        ),
    )


# A word that plans or tells a fact: (start, end, "planned", "near" or "actual").
_Turn = tuple[int, int, str]


class _Once:
    """What a whole article tells, read when a figure first asks for it."""

    def __init__(self, reading: Reading, others: Others) -> None:
        self._reading, self._others = reading, others

    @cached_property
    def latest(self) -> int | None:
        """The latest year."""
        return latest_year(self._reading.text, self._others.told, self._reading.published)

    @cached_property
    def coming(self) -> frozenset[str]:
        """The days that are still to come."""
        return frozenset(m["day"] for m in _patterns().coming.finditer(self._reading.text))


def link(reading: Reading, figures: tuple[Mention, ...], others: Others) -> tuple[Link | None, ...]:
    """`status` for each figure that is planned, None for an actual one. Figures in the order of the text."""
    found: list[Link | None] = []
    lower, once = _in_small(reading.text), _Once(reading, others)
    before: tuple[int, Span | None] = (-2, None)
    for number, here in _by_sentence(reading, figures):
        sentence = reading.sentences[number] if reading.sentences else (0, len(reading.text))
        turns = _turns(reading.text, lower, sentence, here[-1].start)
        goes_on = _patterns().goes_on.match(reading.text, *sentence) is not None
        if goes_on and before[0] < number - 1:
            before = number - 1, _told_before(reading, lower, number, before[0])
        goes_on = goes_on and before[0] == number - 1
        for n, figure in enumerate(here):
            begin = levels.first_of_two(reading.text, sentence, here, n)
            if begin is None and levels.stands_now(reading.text, sentence, here, n):
                found.append(None)
                continue
            level = replace(figure, start=begin) if begin is not None else figure
            span = _planned(reading.text, sentence, level, turns, once)
            span = span or _forecast(reading.text, sentence, figure)
            span = span or _from_day(reading.text, sentence, figure, turns, once)
            if span is None and goes_on and not _fact_between(turns, sentence[0], figure.start):
                span = before[1]
            found.append(Link({"status": "planned"}, {"status": span}) if span else None)
        before = (number, found[-1].evidence["status"] if found[-1] else None)
    return tuple(found)


# So many sentences without a figure may tell a plan that a sentence goes on with.
_LOOKS_BACK = 2


def _forecast(text: str, sentence: Span, figure: Mention) -> Span | None:
    """A weather forecast: "Dự báo chi tiết … Độ ẩm từ 60 - 95%"."""
    if figure.kind != "percent" or not _humidity().match(
        text, max(sentence[0], figure.start - 24), figure.start
    ):
        return None
    at = max(text.rfind("Dự báo", 0, figure.start), text.rfind("dự báo", 0, figure.start))
    return (at, at + 6) if at >= 0 else None


@cache
def _humidity() -> regex.Pattern[str]:
    return regex.compile(r"(?r)(?<!\w)độ\s+ẩm(?:\s+\w+){0,3}\s$", regex.IGNORECASE)


def _told_before(reading: Reading, lower: str, number: int, last: int) -> Span | None:
    """The plan that the sentences without a figure before a sentence tell: "Sở đề xuất mức phí mới. … Trong đó, cao nhất …"."""
    for back in range(number - 1, max(last, number - 1 - _LOOKS_BACK), -1):
        start, end = reading.sentences[back]
        turns = _turns(reading.text, lower, (max(start, end - _SCOPE), end), end)
        if turns and turns[-1][2] == "actual":
            return None
        planned = [t for t in turns if t[2] in ("planned", "near")]
        if planned:
            return planned[-1][0], planned[-1][1]
    return None


def _by_sentence(reading: Reading, figures: Iterable[Mention]) -> list[tuple[int, list[Mention]]]:
    found: list[tuple[int, list[Mention]]] = []
    for figure in figures:
        number = reading.sentence_index(figure.start)
        if not found or found[-1][0] != number:
            found.append((number, []))
        found[-1][1].append(figure)
    return found


def _in_small(text: str) -> str:
    """The text in small letters, with every offset kept."""
    return text.replace("İ", "i").lower()


def _turns(text: str, lower: str, sentence: Span, end: int) -> list[_Turn]:
    """The turns of a text, which is given in small letters too."""
    found: list[_Turn] = []
    patterns, at = _patterns(), sentence[0]
    for begin in patterns.begins_turn.finditer(lower, at, end):
        start = begin.start()
        if start < at:
            continue
        if lower[start] == ".":
            if m := patterns.stop.match(text, start, end):
                at = m.end()
                found.append((start, at, "actual"))
        elif m := patterns.turn.match(lower, start, end):
            at = m.end()
            if m.lastgroup and m.lastgroup != "nothing":
                found.append((start, at, m.lastgroup))
    return found


def _planned(text: str, sentence: Span, figure: Mention, turns: list[_Turn], once: _Once) -> Span | None:
    """The words that make a figure planned: the last ones before it whose scope it is in, or words behind it."""
    before = _between(turns, figure.start - _SCOPE, figure.start)
    condition = next((t for t in reversed(before) if t[2] == "if"), None)
    if condition and not _leaves(text, condition[1], figure.start):
        return condition[0], condition[1]
    for start, end, kind in reversed(before):
        if kind == "actual":
            break
        if _closes(text, end, figure.start):
            continue
        if kind == "planned":
            return start, end
        if kind == "near" and not _comma().search(text, end, figure.start):
            return start, end
    if m := _patterns().after.match(text, figure.end, sentence[1]):
        return m.span()
    return _until(text, sentence, figure, turns, once)


def _leaves(text: str, start: int, end: int) -> bool:
    """Whether what stood under an "if" is over: "nếu …; nhưng hiện …"."""
    return _but().search(text, start, end) is not None


@cache
def _but() -> regex.Pattern[str]:
    return regex.compile(r"[;”\"]|(?<!\w)(?:nhưng|tuy\s+nhiên|trong\s+khi)(?!\w)")


@cache
def _comma() -> re.Pattern[str]:
    return re.compile(r",\s")


def _between(turns: list[_Turn], start: int, end: int) -> list[_Turn]:
    return turns[bisect_left(turns, (start, 0, "")) : bisect_left(turns, (end, 0, ""))]


def _fact_between(turns: list[_Turn], start: int, end: int) -> bool:
    """Whether a word of fact stands between two places (or in the last of it, when it is long)."""
    return any(kind == "actual" for *_, kind in _between(turns, max(start, end - _SCOPE), end))


def _closes(text: str, start: int, end: int) -> bool:
    """Whether a bracket closes between the two: what stood in it does not hold behind it."""
    return text.count(")", start, end) > text.count("(", start, end)


def _from_day(text: str, sentence: Span, figure: Mention, turns: list[_Turn], once: _Once) -> Span | None:
    """ "Từ 1/6, giá là …": planned when the article tells that day as one to come."""
    low = max(sentence[0], figure.start - _SCOPE)
    if text.find("ừ ", low, figure.start) < 0 and text.find("Ừ ", low, figure.start) < 0:
        return None
    last: regex.Match[str] | None = None
    for last in _patterns().from_day.finditer(text, low, figure.start):  # noqa: B007
        pass
    if last is None or last["day"] not in once.coming or _fact_between(turns, last.end(), figure.start):
        return None
    return last.span()


def _until(text: str, sentence: Span, figure: Mention, turns: list[_Turn], once: _Once) -> Span | None:
    """ "đến năm 2020": planned when that year is still to come."""
    low = max(sentence[0], figure.start - _SCOPE)
    if text.find("20", low, figure.start) < 0:
        return None
    last: regex.Match[str] | None = None
    for last in _patterns().until_year.finditer(text, low, figure.start):  # noqa: B007
        pass
    if last is None or _fact_between(turns, last.end(), figure.start):
        return None
    return last.span() if once.latest is None or int(last["y"]) > once.latest else None
