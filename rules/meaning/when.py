"""The period of a figure: the time that it holds for, from its clause, its sentence, or what was said before.

The nearest time that is said of the figure counts: not the year of a comparison ("so với năm 2015"), of a
document or a birth, nor the day of a meeting on which the figure was told. A time holds on for the sentences
that go on with figures, until another one is told or left open ("thời gian qua").
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

import regex

from rules.anchors import article_anchor, is_ahead, said_of
from rules.base import Link, Mention, Reading, Span
from rules.periods import Anchor, Time, find, written
from rules.words import alternation, lexicon

# How many sentences without a time a time said before still holds for.
_HOLDS = {"months": 6, "half": 6, "quarter": 6}


@dataclass(frozen=True, slots=True)
class _Said:
    """A time that a figure may have: its period as written, None where it is open."""

    start: int
    end: int
    form: str
    period: str | None
    lasts: bool = True


@dataclass(frozen=True, slots=True)
class _Held:
    """A time that holds on, and the number of the sentence that last used it."""

    said: _Said
    sentence: int


def link(reading: Reading, figures: tuple[Mention, ...], others: tuple[Mention, ...]) -> tuple[Link | None, ...]:
    """`period` for each figure, or None where the article does not tell it. Figures in the order of the text."""
    if not figures:
        return ()
    said = _times(reading)
    found: list[_Said | None] = []
    held: _Held | None = None
    done = 0
    by_sentence = _by_sentence(reading, figures)
    for number, sentence in enumerate(reading.sentences):
        inside = _within(said, sentence)
        here = by_sentence.get(number, ())
        for figure in here:
            own = _own(reading.text, sentence, figure, figures, inside)
            if own is None and held and held.said.lasts and number - held.sentence <= _HOLDS.get(held.said.form, 1):
                own = held.said
                held = replace(held, sentence=number)
            found.append(own)
            done += 1
        if lasting := _lasting(reading.text, sentence, inside):
            held = _Held(lasting, number)
    found.extend([None] * (len(figures) - done))
    found = _retold(reading, figures, found)
    return tuple(_link(time) for time in found)


def _link(said: _Said | None) -> Link | None:
    if said is None or said.period is None:
        return None
    return Link({"period": said.period}, {"period": (said.start, said.end)})


def _times(reading: Reading) -> tuple[_Said, ...]:
    """The times of the article that a figure may have, in order."""
    text = reading.text
    roles = [(time, said_of(text, time)) for time in find(text)]
    anchor = article_anchor(text, roles, reading.published)
    return tuple(
        _Said(time.start, time.end, time.form, written(time, anchor), _lasts(text, time, anchor))
        for time, role in roles
        if role == "fact" and time.form != "bare"
    )


@cache
def _programme() -> regex.Pattern[str]:
    """ "kế hoạch cổ phần hóa giai đoạn 2016 - 2020": the years are part of a name."""
    words = alternation(lexicon("periods")["roles"]["programme"])
    return regex.compile(rf"(?<!\w){words}(?!\w)[^.;\n]{{0,60}}\Z", regex.IGNORECASE)


def _lasts(text: str, time: Time, anchor: Anchor | None) -> bool:
    """Whether a time holds on behind its sentence: not the present, not a year to come, not the years of a programme."""
    if time.form in ("now", "since", "habit", "ahead"):
        return False
    if time.year is not None and (anchor is None or time.year > anchor.year) and is_ahead(text, time):
        return False
    return not (time.form == "span" and _programme().search(text, max(0, time.start - 80), time.start))


def _by_sentence(reading: Reading, figures: Iterable[Mention]) -> dict[int, list[Mention]]:
    found: dict[int, list[Mention]] = {}
    for figure in figures:
        found.setdefault(reading.sentence_index(figure.start), []).append(figure)
    return found


def _within(said: tuple[_Said, ...], span: Span) -> tuple[_Said, ...]:
    first = bisect_left(said, span[0], key=lambda t: t.start)
    last = bisect_left(said, span[1], key=lambda t: t.start)
    return said[first:last]


@cache
def _joint() -> regex.Pattern[str]:
    """Between a figure and the time that follows at once: "20 tỷ năm 2017", "5 tỷ đồng (năm 2016)", "hộ vào năm 2020"."""
    return regex.compile(r"\s*(?:\(|trong|vào|của|ở|cho|hồi|tại\s+thời\s+điểm|đến|tính|/\w+|đồng|\s)*\s*", regex.IGNORECASE)


@cache
def _telling() -> regex.Pattern[str]:
    words = alternation(lexicon("periods")["roles"]["telling"])
    return regex.compile(rf"(?<!\w){words}(?!\w)", regex.IGNORECASE)


@cache
def _counting() -> regex.Pattern[str]:
    """Before a day that a figure is counted up to: "tính đến ngày 9/8"."""
    return regex.compile(r"(?:đến|tới|hết|trong)(?:\s+(?:hết|cuối|sáng|chiều|tối|trưa))?\s*\Z|\A(?:tính\s+)?(?:đến|tới|hết|từ)\s", regex.IGNORECASE)


def _own(text: str, sentence: Span, figure: Mention, figures: tuple[Mention, ...], inside: tuple[_Said, ...]) -> _Said | None:
    """The time that the figure's own sentence gives it."""
    before = [t for t in inside if t.end <= figure.start and _holds_for(text, sentence, t, figure.start)]
    after = [t for t in inside if t.start >= figure.end and _holds_for(text, sentence, t, sentence[1])]
    if after and _joint().fullmatch(text, figure.end, after[0].start):
        return after[0]
    if before:
        return before[-1]
    if after and not regex.search(r"[,;:]\s", text[figure.end : after[0].start]):
        return after[0]
    return None


def _holds_for(text: str, sentence: Span, time: _Said, until: int) -> bool:
    """A day is the time of a figure when it was counted on it or happened then, not when somebody told it then."""
    if time.form not in ("day", "day+"):
        return True
    if _counting().search(text, max(sentence[0], time.start - 20), time.start) or _counting().search(text, time.start, time.end):
        return True
    return not _telling().search(text, time.end, until)


def _lasting(text: str, sentence: Span, inside: tuple[_Said, ...]) -> _Said | None:
    """The time of a sentence that holds on: its last one, a meeting's day not counted."""
    for time in reversed(inside):
        if time.form in ("day", "day+") and not _holds_for(text, sentence, time, sentence[1]):
            continue
        return time
    return None


def _retold(reading: Reading, figures: tuple[Mention, ...], found: list[_Said | None]) -> list[_Said | None]:
    """A figure of the title or the lead has the time that the article gives the same figure where it tells it in full."""
    lead_end = reading.sentences[min(2, len(reading.sentences)) - 1][1] if reading.sentences else 0
    out = list(found)
    for i, figure in enumerate(figures):
        if figure.start >= lead_end or found[i] is not None:
            continue
        for j in range(len(figures) - 1, i, -1):
            other = found[j]
            if other is not None and other.period and _same(figure, figures[j], near=figure.end <= reading.title[1]):
                out[i] = other
    return out


def _same(a: Mention, b: Mention, near: bool) -> bool:
    """Whether two mentions tell the same figure; a title rounds ("1.000 tỷ" for "1.069 tỷ")."""
    if a.kind != b.kind or a.fields.get("unit") != b.fields.get("unit"):
        return False
    x, y = a.fields["value_max"], b.fields["value_max"]
    return bool(x == y) or (near and 10 * abs(x - y) <= y)
