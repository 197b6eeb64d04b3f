"""The period of a figure: the time that it holds for, from its clause, its sentence, or what was said before.

The nearest time that is said of the figure counts: not the year of a comparison ("so với năm 2015"), of a
document or a birth, nor the day of a meeting on which the figure was told. A time holds on for the sentences
that go on with figures, until another one is told or left open ("thời gian qua").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

import regex

from rules.anchors import may_tell_year
from rules.base import Link, Mention, Reading, Span
from rules.meaning import chains
from rules.meaning.compared import of_comparison
from rules.meaning.holding import (
    HOLDS,
    Held,
    exemplifies,
    holds_for,
    is_open,
    lasting,
    still_holds,
    takes_apart,
)
from rules.meaning.others import Others
from rules.meaning.present import of_present
from rules.meaning.retold import of_event, retold
from rules.meaning.said import Said, times
from rules.periods import anchor_of

# How far before and behind a figure a time of its own sentence may stand.
_BEFORE, _BEHIND = 700, 300


def link(reading: Reading, figures: tuple[Mention, ...], others: Others) -> tuple[Link | None, ...]:
    """`period` for each figure, or None where the article does not tell it. Figures in the order of the text."""
    if not figures or (anchor_of(reading.published) is None and not may_tell_year(reading.text)):
        return (None,) * len(figures)
    told, anchor = times(reading, others.told)
    said = tuple(t for t in told if t.form != "compared")
    compared = tuple(t for t in told if t.form == "compared" and t.period)
    found = _by_discourse(reading, figures, said)
    found = retold(reading, figures, found)
    found = of_event(reading, figures, found, said)
    found = of_comparison(reading.text, figures, found, compared)
    found = of_present(reading, figures, found, anchor)
    links = {time: _link(time) for time in set(found)}  # many figures have one time, and so one link
    return tuple(links[time] for time in found)


def _link(said: Said | None) -> Link | None:
    if said is None or said.period is None:
        return None
    return Link({"period": said.period}, {"period": (said.start, said.end)} if said.start < said.end else {})


def _by_discourse(
    reading: Reading, figures: tuple[Mention, ...], said: tuple[Said, ...]
) -> list[Said | None]:
    """The time of each figure by its own sentence, else the one that holds on from before."""
    text = reading.text
    found: dict[int, Said | None] = {}
    held: Held | None = None
    before: Said | None = None
    by_sentence = _by_sentence(reading, figures)
    starts = [t.start for t in said]
    for number, sentence in enumerate(reading.sentences[: max(by_sentence) + 1]):
        inside = said[bisect_left(starts, sentence[0]) : bisect_left(starts, sentence[1])]
        here = by_sentence.get(number)
        if not here and not inside:
            before = None
            if held and held.said.form not in HOLDS and exemplifies(text, sentence):
                held = replace(held, sentence=number)
            continue
        here = here or []
        pairs = _pairs(text, [figures[i] for i in here], inside)
        last: Said | None = None
        opens_parts = bool(here) and takes_apart().match(text, *sentence) is not None
        for i in here:
            own = pairs.get(figures[i].start) or _own(
                text, sentence, figures[i], _following(figures, i, sentence), inside
            )
            apart = own is None and opens_parts
            if apart and before and before.period:
                own = before
            elif (
                held
                and is_open(own, held)
                and still_holds(text, sentence, held, number, told=own is not None)
            ):
                own = held.said
                # a report's time that no figure stood with is not carried further by the figures behind it
                if held.stated or held.said.form not in HOLDS:
                    held = replace(held, sentence=number, used=True)
            elif apart:
                own = before or _of_total(text, sentence, i, figures, found)
            found[i] = own
            last = own or last
        last_end = figures[here[-1]].end if here else sentence[1]
        told = lasting(text, sentence, [t for t in inside if t.start < last_end], bool(here))
        before = _of_whole(last if here else told, bool(here))
        if told and not (held and told.period is None and is_open(told, held)):
            held = Held(told, number, bool(here), bool(here) or number <= 3)
    return [found.get(i) for i in range(len(figures))]


def _of_whole(last: Said | None, counted: bool) -> Said | None:
    """What a sentence leaves to one that takes it apart: the present, or the lasting time of its last figure (`counted`)."""
    if last is None or not (last.form == "now" or (counted and last.lasts and last.period)):
        return None
    return last


def _of_total(
    text: str, sentence: Span, at: int, figures: tuple[Mention, ...], found: Mapping[int, Said | None]
) -> Said | None:
    """The time of the total: "đến nay tỉnh đã chi trả 9 tỷ đồng. … Trong đó, huyện A đã chi trả 7 tỷ đồng, huyện B …"."""
    figure = figures[at]
    verb = chains.verb_of(text, sentence[0], figure.start)
    for i in range(at - 1, max(-1, at - 1 - chains.MEMBERS), -1) if verb else ():
        before = figures[i]
        if figure.start - before.end > chains.FAR:
            break
        same = (
            chains.alike(before, figure)
            and chains.verb_of(text, max(0, before.start - 60), before.start) == verb
        )
        if same and (time := found.get(i)):
            return time
    return None


def _by_sentence(reading: Reading, figures: Iterable[Mention]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for i, figure in enumerate(figures):
        found.setdefault(reading.sentence_index(figure.start), []).append(i)
    return found


def _within(said: Sequence[Said], start: int, end: int) -> Sequence[Said]:
    first = bisect_left(said, start, key=lambda t: t.start)
    last = bisect_left(said, end, key=lambda t: t.start)
    return said[first:last]


def _following(figures: tuple[Mention, ...], at: int, sentence: Span) -> tuple[Mention, ...]:
    """The figure and those of its kind that follow close behind it in the sentence."""
    found = []
    for figure in figures[at : at + 12]:
        if figure.start >= min(sentence[1], figures[at].end + _BEHIND):
            break
        if figure.kind == figures[at].kind:
            found.append(figure)
    return tuple(found)


@cache
def _joint() -> regex.Pattern[str]:
    """Between a figure and a time that follows at once: "20 tỷ năm 2017", "5 tỷ (năm 2016)", "9 hộ vào năm 2020"."""
    into_force = r",?\s*(?:(?:áp\s+dụng|thực\s+hiện|có\s+hiệu\s+lực)\s+)?(?:kể\s+)?từ\s"
    at_prices = r"(?:\s*\([^()]{1,40},(?=\s)|,|\s*\()?\s*(?:(?:tính|áp\s+dụng)\s+)(?:theo\s+)?(?:đơn\s+|t[ỷỉ]\s+)?giá(?:\s+(?:của|tại\s+thời\s+điểm(?:\s\p{L}+){0,5}))?"
    near = r"(?:\(|trong|vào|của|ở|cho|hồi|tại\s+thời\s+điểm|đến|tính|/\w+|đồng|\s)*+"
    return regex.compile(rf"(?:{into_force}|{at_prices})?\s*{near}", regex.IGNORECASE)


def _own(
    text: str, sentence: Span, figure: Mention, following: tuple[Mention, ...], inside: Sequence[Said]
) -> Said | None:
    """The time that the figure's own sentence gives it."""
    near = _within(inside, figure.start - _BEFORE, figure.end + _BEHIND)
    behind = next(
        (
            t
            for t in near
            if t.start >= figure.end
            and t.form != "bare"
            and holds_for(text, sentence, t, t.end)
            and not _beside().search(text, figure.end, t.start)
        ),
        None,
    )
    if behind and _joint().fullmatch(text, figure.end, behind.start):
        return behind
    before = [t for t in near if t.end <= figure.start and holds_for(text, sentence, t, figure.start)]
    # the years of a programme and the year of a name stand back behind a time
    weak = ("bare", "year_named") if any(t.is_day for t in before) else ("bare",)
    first = [t for t in before if t.form not in weak and (t.lasts or t.form != "span")]
    if first and first[-1].form == "now" and first[-1].period is None:
        # "hiện mới bố trí vốn giai đoạn 2016-2020": a "now" of no year tells less than years
        first = [t for t in before if t.start > first[-1].start and t.period] or first
    for group in (first, before):
        if group:
            return group[-1]
    if behind is None:
        return None
    # "A 5 tỷ, B 3 tỷ đồng trong năm 2014": the time behind the last of a list
    listed = max((f.end for f in following if f.end <= behind.start), default=figure.end)
    return None if _mark().search(text, listed, behind.start) else behind


@cache
def _mark() -> re.Pattern[str]:
    """Between parts of a clause."""
    return re.compile(r"[,;:]\s")


@cache
def _beside() -> regex.Pattern[str]:
    """Between a figure and the time of another one that it is measured by: "10.000 đồng, chỉ bằng 1/3 mức giá năm ngoái"."""
    return regex.compile(r"(?<!\w)(?:bằng|gấp|cao\s+hơn|thấp\s+hơn)(?!\w)", regex.IGNORECASE)


@cache
def _between_pair() -> regex.Pattern[str]:
    """Between two levels: "từ 9 tỷ xuống 2 tỷ", with or without the time of the first."""
    to = r"(?:xuống|lên|còn)(?:\s+(?:còn|tới|đến|khoảng|gần|hơn))*"
    return regex.compile(rf"[^,.;\d]{{0,25}}(?:năm\s+\d{{4}}\s+)?{to}\s*", regex.IGNORECASE)


def _pairs(text: str, here: list[Mention], inside: Sequence[Said]) -> Mapping[int, Said]:
    """A second pair of levels has the times of the first: "từ 20 tỷ năm 2017 còn 10 tỷ năm 2021, … từ 9 tỷ xuống 2 tỷ"."""
    if len(inside) != 2 or not 4 <= len(here) <= 12:
        return {}
    pairs = [(a, b) for a, b in pairwise(here) if _between_pair().fullmatch(text, a.end, b.start)]
    first, last = inside
    if (
        len(pairs) < 2
        or not pairs[0][0].end <= first.start < pairs[0][1].start < last.start < pairs[1][0].start
    ):
        return {}
    return {figure.start: time for a, b in pairs[1:] for figure, time in ((a, first), (b, last))}
