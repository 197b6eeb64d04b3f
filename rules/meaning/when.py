"""The period of a figure: the time that it holds for, from its clause, its sentence, or what was said before.

The nearest time that is said of the figure counts: not the year of a comparison ("so với năm 2015"), of a
document or a birth, nor the day of a meeting on which the figure was told. A time holds on for the sentences
that go on with figures, until another one is told or left open ("thời gian qua").
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

import regex

from rules.base import Link, Mention, Reading, Span
from rules.meaning.compared import of_comparison
from rules.meaning.retold import of_event, retold
from rules.meaning.said import Said, times
from rules.words import alternation, lexicon

# A report's time ("6 tháng đầu năm …") holds on over so many sentences without a figure.
_HOLDS = {"months": 6, "half": 6, "quarter": 6}
# "từ đầu năm đến nay" tells when the article's own state of things is.
_TO_DATE = 3
# How far before and behind a figure a time of its own sentence may stand.
_BEFORE, _BEHIND = 700, 300


@dataclass(frozen=True, slots=True)
class _Held:
    """A time that holds on: the sentence that last used it, whether a figure did, and whether one did where it was told."""

    said: Said
    sentence: int
    used: bool
    stated: bool


def link(
    reading: Reading, figures: tuple[Mention, ...], others: tuple[Mention, ...]
) -> tuple[Link | None, ...]:
    """`period` for each figure, or None where the article does not tell it. Figures in the order of the text."""
    if not figures:
        return ()
    told = times(reading)
    said = tuple(t for t in told if t.form != "compared")
    compared = tuple(t for t in told if t.form == "compared" and t.period)
    found = _by_discourse(reading, figures, said)
    found = retold(reading, figures, found)
    found = of_event(reading, figures, found, said)
    found = of_comparison(reading.text, figures, found, compared)
    return tuple(_link(time) for time in found)


def _link(said: Said | None) -> Link | None:
    if said is None or said.period is None:
        return None
    return Link({"period": said.period}, {"period": (said.start, said.end)})


def _by_discourse(
    reading: Reading, figures: tuple[Mention, ...], said: tuple[Said, ...]
) -> list[Said | None]:
    """The time of each figure by its own sentence, else the one that holds on from before."""
    text = reading.text
    found: dict[int, Said | None] = {}
    held: _Held | None = None
    parted: tuple[int, Said] | None = None
    by_sentence = _by_sentence(reading, figures)
    for number, sentence in enumerate(reading.sentences):
        inside = _within(said, *sentence)
        here = by_sentence.get(number, [])
        pairs = _pairs(text, [figures[i] for i in here], inside)
        last: Said | None = None
        for i in here:
            own = pairs.get(figures[i].start) or _own(
                text, sentence, figures[i], _following(figures, i, sentence), inside
            )
            if own is None and parted and parted[0] == number - 1 and _parts().match(text, *sentence):
                own = parted[1]
            elif held and _open(own, held) and _still(text, sentence, held, number, told=own is not None):
                own = held.said
                # a report's time that no figure stood with is not carried further by the figures behind it
                if held.stated or held.said.form not in _HOLDS:
                    held = replace(held, sentence=number, used=True)
            found[i] = own
            last = own or last
        parted = (number, last) if last and last.period and last.lasts else None
        last_end = figures[here[-1]].end if here else sentence[1]
        lasting = _lasting(text, sentence, [t for t in inside if t.start < last_end], bool(here))
        if lasting and not (held and lasting.period is None and _open(lasting, held)):
            held = _Held(lasting, number, bool(here), bool(here) or number <= 3)
    return [found.get(i) for i in range(len(figures))]


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


@cache
def _telling() -> regex.Pattern[str]:
    words = alternation(lexicon("periods")["roles"]["telling"])
    return regex.compile(rf"(?<!\w){words}(?!\w)", regex.IGNORECASE)


@cache
def _counting() -> regex.Pattern[str]:
    """Before a day that a figure is counted up to ("tính đến ngày 9/8"), or at the start of its words."""
    before = r"(?:đến|tới|hết|trong)(?:\s+(?:hết|cuối|sáng|chiều|tối|trưa))?\s*\Z"
    return regex.compile(rf"{before}|\G(?:tính\s+)?(?:đến|tới|hết|từ)\s", regex.IGNORECASE)


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
            and _holds_for(text, sentence, t, t.end)
            and not _beside().search(text, figure.end, t.start)
        ),
        None,
    )
    if behind and _joint().fullmatch(text, figure.end, behind.start):
        return behind
    before = [t for t in near if t.end <= figure.start and _holds_for(text, sentence, t, figure.start)]
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
    return None if regex.search(r"[,;:]\s", text, pos=listed, endpos=behind.start) else behind


@cache
def _beside() -> regex.Pattern[str]:
    """Between a figure and the time of another one that it is measured by: "10.000 đồng, chỉ bằng 1/3 mức giá năm ngoái"."""
    return regex.compile(r"(?<!\w)(?:bằng|gấp|cao\s+hơn|thấp\s+hơn)(?!\w)", regex.IGNORECASE)


@cache
def _trial() -> regex.Pattern[str]:
    """What a court does with a case: its time is not that of the money: "Tháng 1-2015, tòa xử phúc thẩm"."""
    words = alternation(lexicon("periods")["roles"]["trial"])
    return regex.compile(rf"(?<!\w){words}(?!\w)", regex.IGNORECASE)


def _holds_for(text: str, sentence: Span, time: Said, until: int) -> bool:
    """A day is the time of a figure when it was counted on it or happened then, not when somebody told it then."""
    if not time.is_day:
        tried = time.form in ("month", "year") and _trial().search(text, time.end, min(until, time.end + 160))
        return not tried
    counting = _counting()
    if counting.search(text, max(sentence[0], time.start - 20), time.start) or counting.search(
        text, time.start, time.end
    ):
        return True
    return not _telling().search(text, time.end, min(until, time.end + _BEFORE))


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


@cache
def _goes_on() -> regex.Pattern[str]:
    """How a sentence begins that goes on with what the one before it told: "Trong đó …", "Số tiền này …"."""
    words = alternation(lexicon("periods")["roles"]["goes_on"])
    return regex.compile(rf"[-–+•*\s]*{words}(?!\w)", regex.IGNORECASE)


@cache
def _parts() -> regex.Pattern[str]:
    """A sentence that takes apart the last figure before it: "Trong đó, …", "Trong số này …"."""
    return regex.compile(
        r"[-–+•*\s]*trong\s+(?:đó|số\s+(?:đó|này|tiền\s+(?:này|trên)))(?!\w)", regex.IGNORECASE
    )


def _open(own: Said | None, held: _Held) -> bool:
    """Whether a sentence leaves the time to what was said before: it tells none, or "nay" in the year spoken of."""
    if own is None:
        return True
    if own.period is not None:
        return False
    return held.said.current if own.form in ("now", "same", "past", "that") else held.said.form in _HOLDS


@cache
def _quoted() -> regex.Pattern[str]:
    """The end of somebody's words: '", ông nói'."""
    return regex.compile(
        r"[”\"][,.]?\s*[-–]?\s*(?:ông|bà|anh|chị|vị|đại\s+biểu|TS|PGS|luật\s+sư)\s", regex.IGNORECASE
    )


def _still(text: str, sentence: Span, held: _Held, number: int, *, told: bool) -> bool:
    """Whether a time told before still holds. `told`: the sentence does tell a time, but an open one ("hiện nay")."""
    distance = number - held.sentence
    form = held.said.form
    if not held.said.lasts:
        return False
    if form in _HOLDS:
        return distance <= (_HOLDS[form] if held.stated else 1)
    if form == "to_date":
        return distance <= _TO_DATE
    if held.said.current and form not in ("day", "day+", "span"):
        if not held.said.sure and _quoted().search(
            text, max(held.said.end, sentence[0] - _BEFORE), sentence[0]
        ):
            return False
        return distance <= (2 if held.used else 1) + 2 * told
    return distance <= 1 and (held.used or _goes_on().match(text, *sentence) is not None)


def _is_caption(text: str, sentence: Span, time: Said) -> bool:
    """Whether a sentence ends with a time behind a comma, as that of a picture does: "Đoàn kiểm tra kho, tháng 12.2016." """
    return not text[time.end : sentence[1]].strip(" .") and text[sentence[0] : time.start].rstrip().endswith(
        ","
    )


@cache
def _but() -> regex.Pattern[str]:
    """Before a "nay" that ends what was told: "dự kiến xong năm 2015 nhưng đến nay …"."""
    return regex.compile(r"(?:nhưng|song|tuy\s+nhiên,?)\s+\Z", regex.IGNORECASE)


@cache
def _will() -> regex.Pattern[str]:
    return regex.compile(r"[^.;]{0,60}?(?<!\w)sẽ(?!\w)", regex.IGNORECASE)


def _to_come(text: str, sentence: Span, time: Said) -> bool:
    """Whether something is told of a month or day to come, which is no time of what follows: "Tháng 3/2017, dự án sẽ được chấm"."""
    return time.form in ("month", "day") and _will().match(text, time.end, sentence[1]) is not None


def _lasting(text: str, sentence: Span, inside: Sequence[Said], counted: bool) -> Said | None:
    """The time of a sentence that holds on: its last one, one of the latest year before others; no meeting's day.

    A year to come holds on for nothing, and what stood before it is no longer spoken of.
    """
    lasting = [
        t
        for t in inside
        if t.form != "bare" and _holds_for(text, sentence, t, sentence[1]) and not _to_come(text, sentence, t)
    ]
    if not lasting or (not counted and _is_caption(text, sentence, lasting[-1])):
        return None
    if lasting[-1].form == "year" and not lasting[-1].lasts:
        return lasting[-1]
    if (
        lasting[-1].form == "now"
        and lasting[-1].period is None
        and _but().search(text, max(sentence[0], lasting[-1].start - 12), lasting[-1].start)
    ):
        return lasting[-1]
    current = [t for t in lasting if t.current]
    return (current or lasting)[-1]
