"""Which unit a figure is about.

The discourse is followed: a figure is about the unit that its clause names, else the one that is spoken of. A
figure of a firm, a person, the whole country or abroad is about none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from rules.base import Link, Mention, Reading, Span
from rules.gazetteer import units as gazetteer
from rules.meaning.discourse import Topic, holds, speakers, topics, with_speakers, written_name
from rules.meaning.marks import is_private, words
from rules.meaning.serving import link_officials, serve
from rules.words import alternation

__all__ = ["link", "link_officials"]


@dataclass(frozen=True, slots=True)
class _Article:
    """The unit that an article is about (`sure`: by much), and whether it is about a court case or a firm."""

    home: Topic | None
    sure: bool
    private: bool


def link(
    reading: Reading, figures: tuple[Mention, ...], others: tuple[Mention, ...]
) -> tuple[Link | None, ...]:
    """For each figure the unit that it is about, None where the article gives none."""
    places = sorted((m for m in others if m.kind == "place" and m.fields.get("code")), key=lambda m: m.start)
    if not places:
        return (None,) * len(figures)
    officials = tuple(m for m in others if m.kind == "official")
    spoken = topics(reading, places)
    spoken = with_speakers(spoken, speakers(officials, serve(reading, officials, places, spoken)))
    article = _Article(*_home(reading, spoken), is_private(reading.text))
    order = sorted(range(len(figures)), key=lambda i: figures[i].start)
    starts = [figures[i].start for i in order]
    answers: dict[int, Topic | None] = {}
    last: tuple[Mention, Topic | None] | None = None
    for i in order:
        topic = _before_bracket(reading.text, figures[i], places) or _figure(
            reading, figures[i], spoken, article, starts, last
        )
        answers[i] = topic
        last = figures[i], topic
    _told_again(reading, figures, answers)
    names = {(u.code, u.valid_from): t.name for t in reversed(spoken) if t.kind == "named" and (u := t.unit)}
    return tuple(_link(answers[i], names) for i in range(len(figures)))


def _link(topic: Topic | None, names: Mapping[tuple[str, str], str]) -> Link | None:
    if topic is None or topic.unit is None:
        return None
    unit = topic.unit
    fields = {
        "place_code": unit.code,
        "place_valid_from": unit.valid_from,
        "place_name": names.get(unit.key, unit.full_name),
    }
    return Link(fields, {"place": (topic.start, topic.end)} if topic.end else {})


def _home(reading: Reading, spoken: Sequence[Topic]) -> tuple[Topic | None, bool]:
    """The unit that the article as a whole is about, named in its head and often; whether it surely is."""
    weights: Counter[tuple[str, str]] = Counter()
    firsts: dict[tuple[str, str], Topic] = {}
    lead_end = reading.sentences[min(3, len(reading.sentences) - 1)][1] if reading.sentences else 0
    for topic in spoken:
        if topic.aside or topic.unit is None:
            continue
        weight = (
            1
            if topic.kind in ("meant", "speaker")
            else 3
            if topic.start < reading.title[1]
            else 2
            if topic.start < lead_end
            else 1
        )
        firsts.setdefault(topic.unit.key, topic)
        for unit in (topic.unit, *gazetteer.parents(topic.unit)):
            firsts.setdefault(unit.key, Topic(topic.start, topic.end, "named", unit, unit.full_name))
            weights[unit.key] += weight
    units = {key: t.unit for key, t in firsts.items() if t.unit}
    provinces = [(w, k) for k, w in weights.items() if units[k].level == "province"]
    if not provinces:
        return None, False
    total, best = max(provinces)
    if total < 3 or total < 0.5 * sum(w for w, _ in provinces):
        return None, False
    for level in ("district", "commune"):
        below = [
            (w, k) for k, w in weights.items() if units[k].level == level and holds(units[best], units[k])
        ]
        if below and max(below)[0] >= 0.6 * total:
            best = max(below)[1]
    return firsts[best], total >= 8


def _figure(
    reading: Reading,
    figure: Mention,
    spoken: Sequence[Topic],
    article: _Article,
    starts: Sequence[int],
    last: tuple[Mention, Topic | None] | None,
) -> Topic | None:
    sentence = reading.sentence_at(figure.start)
    behind = _attached_behind(reading, figure, spoken, starts, sentence)
    if behind is not None:
        return behind
    households = figure.kind == "households"
    if article.private and not households:
        return _giver(reading, figure, spoken, sentence)
    ignored = {"person", "firm", "law", "national"} if households else {"national"} if article.sure else set()
    if _project().search(reading.text, max(sentence[0], figure.start - 50), figure.start):
        ignored |= {"firm", "national", "person"}
    spoken = [t for t in spoken if not t.aside and t.kind not in ignored and t.start < figure.start]
    before = [t for t in spoken if sentence[0] <= t.start]
    if last is not None and last[0].start >= sentence[0] and (not before or before[-1].start < last[0].end):
        return last[1]  # what was said of the figure before it in the sentence holds on
    if before:
        return (
            before[-1]
            if before[-1].kind in ("meant", "list")
            else _narrow(before[-1], spoken, article, households, 1500)
        )
    number = reading.sentence_index(figure.start)
    earlier, previous = (reading.sentences[max(0, number - n)][0] for n in (3, 2))
    recent = [t for t in spoken if earlier <= t.start and (t.kind != "person" or t.start >= previous)]
    if recent and article.home is not None:
        return _narrow(recent[-1], spoken, article, households, len(reading.text))
    return article.home


def _giver(reading: Reading, figure: Mention, spoken: Sequence[Topic], sentence: Span) -> Topic | None:
    """In an article about a crime, a firm or a person: the unit that gives public aid, "UBND huyện hỗ trợ 5 triệu"."""
    before = [t for t in spoken if sentence[0] <= t.start < figure.start and t.unit]
    if before and _aid().search(reading.text, before[-1].end, figure.start):
        return before[-1]
    return None


@cache
def _aid() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}}){alternation(words()['project']['aid'])}(?!\p{{L}})")


@cache
def _project() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}})(?i:{alternation(words()['project']['words'])})(?!\p{{L}})[^.;,\n]*$")


def _narrow(chosen: Topic, spoken: Sequence[Topic], article: _Article, households: bool, reach: int) -> Topic:
    """Households live in a commune: where a larger unit is spoken of by its body, the commune named last in it."""
    if not households or chosen.unit is None or chosen.unit.level == "commune":
        return chosen
    home = article.home
    if home and home.unit and home.unit.level == "commune" and holds(chosen.unit, home.unit):
        return home
    for topic in reversed(spoken):
        if spoken[-1].start - topic.start > reach:
            break
        if topic.unit and topic.unit.level == "commune" and holds(chosen.unit, topic.unit):
            return topic
    return chosen


def _before_bracket(text: str, figure: Mention, places: Sequence[Mention]) -> Topic | None:
    """The unit right before the bracket that a figure stands in: "xã An Nhơn Tây (có hơn 370 hộ)"."""
    opening = text.rfind("(", max(0, figure.start - 24), figure.start)
    if opening < 0 or not regex.fullmatch(r"(?:\p{Ll}+[ ]){0,4}", text[opening + 1 : figure.start]):
        return None
    for place in places:
        if place.end in (opening, opening - 1):
            unit = gazetteer.by_key(str(place.fields["code"]), str(place.fields["valid_from"]))
            return (
                Topic(place.start, place.end, "named", unit, written_name(text, place, unit))
                if unit
                else None
            )
    return None


def _attached_behind(
    reading: Reading, figure: Mention, spoken: Sequence[Topic], starts: Sequence[int], sentence: Span
) -> Topic | None:
    """The unit behind a figure in its clause: "30 hộ dân ở xã An Định"; of two communes their district."""
    limit = min(sentence[1], next((s for s in starts if s > figure.start), sentence[1]), figure.end + 100)
    behind = [t for t in spoken if figure.end <= t.start < limit and t.kind in ("named", "list")]
    if not behind:
        return None
    first = behind[0]
    if first.unit is None or not _attaching().fullmatch(reading.text, figure.end, first.start):
        return None
    group = [first]
    for topic in behind[1:]:
        if (
            topic.unit
            and topic.unit.parent_code == first.unit.parent_code
            and topic.start - group[-1].end < 12
        ):
            group.append(topic)
    if len(group) > 1:
        parents = gazetteer.parents(first.unit)
        return (
            Topic(first.start, group[-1].end, "named", parents[0], parents[0].full_name) if parents else None
        )
    return first


@cache
def _attaching() -> regex.Pattern[str]:
    """Between a figure and its unit: " nông dân ", " có nhà ở tại ", " thuộc các tổ 225, 226, đường Lê Lợi, "."""
    return regex.compile(
        r"[ ](?:\p{Ll}+[ ]){0,4}"
        r"|[^.;:,\n(]{0,40}?(?<!\p{L})(?:ở|tại|thuộc|của|trên địa bàn|khu vực)[ ][^.;:,\n]{0,24}"
        r"|[^.;:,\n(]{0,24}?(?<!\p{L})(?:ở|tại|thuộc)[ ](?:các[ ])?(?:thôn|tổ|ấp|khu phố|hẻm|đường|bản|khu|xóm)[ ][^.;:\n]{0,60}"
    )


def _told_again(reading: Reading, figures: tuple[Mention, ...], answers: dict[int, Topic | None]) -> None:
    """A figure told again, nearer to its place, takes that: of the head and of households."""
    lead_end = reading.sentences[min(2, len(reading.sentences) - 1)][1] if reading.sentences else 0
    for i, figure in enumerate(figures):
        if figure.start >= lead_end and figure.kind != "households":
            continue
        told = reading.text[figure.start : figure.end]
        for j, later in enumerate(figures):
            if (
                i != j
                and (later.start > lead_end or figure.kind == "households")
                and reading.text[later.start : later.end] == told
                and later.kind == figure.kind
            ):
                here, there = answers[i], answers[j]
                if (
                    there is not None
                    and there.unit
                    and (here is None or here.unit is None or holds(here.unit, there.unit))
                ):
                    answers[i] = there
                    break
