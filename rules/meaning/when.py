"""The period of a figure: the time that it holds for, from its clause, its sentence, or what was said before.

The nearest time that is said of the figure counts: not the year of a comparison ("so với năm 2015"), of a
document or a birth, nor the day of a meeting on which the figure was told. A time holds on for the sentences
that go on with figures, until another one is told or left open ("thời gian qua").
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

import regex

from rules.anchors import article_anchor, is_ahead, latest_year, said_of
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
    current: bool = False


@dataclass(frozen=True, slots=True)
class _Held:
    """A time that holds on, the number of the sentence that last used it, and whether a figure used it, there or since."""

    said: _Said
    sentence: int
    used: bool
    stated: bool


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
            own = _of_pair(reading.text, figure, here, inside) or _own(reading.text, sentence, figure, figures, inside)
            if _open(own, held) and held and held.said.lasts and _still(reading.text, sentence, held, number, own is not None):
                own = held.said
                held = replace(held, sentence=number, used=True)
            found.append(own)
            done += 1
        lasting = _lasting(reading.text, sentence, inside)
        if lasting and not (lasting.period is None and _open(lasting, held)):
            held = _Held(lasting, number, bool(here), bool(here) or number <= 3)
    found.extend([None] * (len(figures) - done))
    found = _retold(reading, figures, found)
    found = _of_event(reading, figures, found, said)
    return tuple(_link(time) for time in found)


@cache
def _goes_on() -> regex.Pattern[str]:
    """How a sentence begins that goes on with what the one before it told: "Trong đó …", "Số tiền này …"."""
    words = alternation(lexicon("periods")["roles"]["goes_on"])
    return regex.compile(rf"[-–+•*\s]*{words}(?!\w)", regex.IGNORECASE)


def _open(own: _Said | None, held: _Held | None) -> bool:
    """Whether a sentence leaves the time to what was said before: it tells none, or "nay" in the year spoken of."""
    if own is None:
        return True
    if own.period is not None or held is None:
        return False
    return held.said.current if own.form in ("now", "same", "past") else held.said.form in _HOLDS


def _still(text: str, sentence: Span, held: _Held, number: int, nay: bool = False) -> bool:
    """Whether a time told before still holds for a sentence that tells none."""
    distance = number - held.sentence
    form = held.said.form
    if form in _HOLDS:
        return distance <= (_HOLDS[form] if held.stated else 1)
    if held.said.current and form not in ("day", "day+", "month", "span"):
        return distance <= (2 if held.used else 1) + 2 * nay
    return distance <= 1 and (held.used or _goes_on().match(text, *sentence) is not None)


def _link(said: _Said | None) -> Link | None:
    if said is None or said.period is None:
        return None
    return Link({"period": said.period}, {"period": (said.start, said.end)})


def _times(reading: Reading) -> tuple[_Said, ...]:
    """The times of the article that a figure may have, in order."""
    text = reading.text
    roles = [(time, said_of(text, time)) for time in find(text)]
    anchor = article_anchor(text, roles, reading.published)
    latest = latest_year(text, roles, reading.published)
    said = []
    for time, role in roles:
        # a name with its year ("kỳ thi 2017"), when that is the latest year
        named = time.form == "bare" and time.year == latest and _in_common_name(text, time)
        if role == "fact" and (named or time.form not in ("bare", "habit")):
            # a plan of years to come begins with the latest year told, sure or not
            period = str(time.year) if named else written(time, Anchor(latest) if time.form == "ahead" and anchor is None and latest else anchor)
            current = period is not None and period.split("/")[-1][:4] == str(latest)
            said.append(_Said(time.start, time.end, time.form, period, _lasts(text, time, latest), current))
    return tuple(said)


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
    """Whether a time holds on behind its sentence: not the present, not a year to come, not the years of a programme."""
    if time.form in ("now", "since", "habit", "ahead"):
        return False
    if time.year is not None and (latest is None or time.year > latest) and is_ahead(text, time):
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
    after = [t for t in inside if t.form != "bare" and t.start >= figure.end and _holds_for(text, sentence, t, sentence[1])]
    if after and _joint().fullmatch(text, figure.end, after[0].start):
        return after[0]
    before = [t for t in before if t.form != "bare"] or before
    if before:
        named = [t for t in before if t.lasts or t.form != "span"]
        return (named or before)[-1]
    if after and not regex.search(r"[,;:]\s", text[_listed(figure, figures, after[0].start) : after[0].start]):
        return after[0]
    return None


def _listed(figure: Mention, figures: tuple[Mention, ...], until: int) -> int:
    """The end of the last figure of the figure's kind before a place: "A 5 tỷ, B 3 tỷ đồng trong năm 2014"."""
    return max((f.end for f in figures if f.kind == figure.kind and f.end <= until), default=figure.end)


def _holds_for(text: str, sentence: Span, time: _Said, until: int) -> bool:
    """A day is the time of a figure when it was counted on it or happened then, not when somebody told it then."""
    if time.form not in ("day", "day+"):
        return True
    if _counting().search(text, max(sentence[0], time.start - 20), time.start) or _counting().search(text, time.start, time.end):
        return True
    return not _telling().search(text, time.end, until)


def _lasting(text: str, sentence: Span, inside: tuple[_Said, ...]) -> _Said | None:
    """The time of a sentence that holds on: its last one, one of the latest year before others; no meeting's day.

    A year to come holds on for nothing, and what stood before it is no longer spoken of.
    """
    lasting = [t for t in inside if t.form != "bare" and (t.form not in ("day", "day+") or _holds_for(text, sentence, t, sentence[1]))]
    if not lasting:
        return None
    if lasting[-1].form == "year" and not lasting[-1].lasts:
        return lasting[-1]
    current = [t for t in lasting if t.current]
    return (current or lasting)[-1]


@cache
def _between_pair() -> regex.Pattern[str]:
    """Between two levels: "từ 9 tỷ xuống 2 tỷ", with or without the times of both."""
    return regex.compile(r"[^,.;\d]{0,25}(?:năm\s+\d{4}\s+)?(?:xuống|lên|còn)(?:\s+(?:còn|tới|đến|khoảng|gần|hơn))*\s*", regex.IGNORECASE)


def _of_pair(text: str, figure: Mention, here: Sequence[Mention], inside: tuple[_Said, ...]) -> _Said | None:
    """A second pair of levels has the times of the first: "từ 20 tỷ năm 2017 còn 10 tỷ năm 2021, … từ 9 tỷ xuống 2 tỷ"."""
    pairs = [(a, b) for a, b in pairwise(here) if _between_pair().fullmatch(text, a.end, b.start)]
    if len(pairs) < 2 or len(inside) != 2:
        return None
    (a, b), rest = pairs[0], pairs[1:]
    if not (a.end <= inside[0].start < b.start < b.end <= inside[1].start < rest[0][0].start):
        return None
    for first, second in rest:
        if figure in (first, second):
            return inside[0] if figure == first else inside[1]
    return None


@cache
def _event() -> regex.Pattern[str]:
    words = alternation(lexicon("periods")["roles"]["event"])
    return regex.compile(rf"(?<!\w){words}(?!\w)", regex.IGNORECASE)


def _of_event(
    reading: Reading, figures: tuple[Mention, ...], found: list[_Said | None], said: tuple[_Said, ...]
) -> list[_Said | None]:
    """What an event did has the event's day, where the article tells one full date: "vụ cháy làm 10 hộ …"."""
    days = [t for t in said if t.form == "day" and t.period and t.period[:4] in reading.text[t.start : t.end]]
    if len({t.period for t in days}) != 1:
        return found
    out = list(found)
    for i, figure in enumerate(figures):
        if found[i] is None and _event().search(reading.text, *reading.sentence_at(figure.start)):
            out[i] = days[0]
    return out


def _retold(reading: Reading, figures: tuple[Mention, ...], found: list[_Said | None]) -> list[_Said | None]:
    """The time of a figure that the article tells once more: where it tells it in full, it tells its time.

    A figure of the title may be rounded; one further down must be long enough to be no other by chance.
    """
    out = list(found)
    for i, figure in enumerate(figures):
        if (own := found[i]) is not None and own.form != "now":
            continue
        title = figure.end <= reading.title[1]
        lead = reading.sentence_index(figure.start) <= 2
        rounded = title or (lead and figure.fields.get("qualifier", "exact") != "exact")
        for j in sorted(range(len(figures)), key=lambda j: abs(j - i)):
            other = found[j]
            if j == i or other is None or other.period is None or other.form == "now" or not _same(figure, figures[j], near=rounded):
                continue
            if title or lead or _telling_value(figure):
                out[i] = other
                break
    return out


def _telling_value(figure: Mention) -> bool:
    """Whether a value has three digits that count: it is not another one by chance."""
    return len(str(figure.fields["value_max"]).replace(".", "").strip("0").split("E")[0]) >= 3


def _same(a: Mention, b: Mention, near: bool) -> bool:
    """Whether two mentions tell the same figure; a title rounds ("1.000 tỷ" for "1.069 tỷ")."""
    if a.kind != b.kind or a.fields.get("unit") != b.fields.get("unit"):
        return False
    x, y = a.fields["value_max"], b.fields["value_max"]
    return bool(x == y) or (near and 10 * abs(x - y) <= y)
