"""Which unit a figure is about, and which unit an official's body serves.

The discourse is followed: units named, and words that stand for them ("huyện", "toàn tỉnh", "địa phương"), in
their order; a figure is about the unit that its clause names, else the one that is spoken of. A figure of a
firm, a person, the whole country or abroad is about none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import regex

from rules.base import Link, Mention, Reading, Span
from rules.gazetteer import units as gazetteer
from rules.gazetteer.spelling import loose_key, name_key
from rules.gazetteer.units import Unit
from rules.words import alternation, lexicon


@dataclass(frozen=True, slots=True)
class Topic:
    """What is spoken of from a place of the text on: a unit named there or meant by a word, or none of ours.

    `kind`: `named`, `meant`, or why it is no unit: `country`, `firm`, `person`, `law`. `aside`: where somebody
    lives, no topic.
    """

    start: int
    end: int
    kind: str
    unit: Unit | None = None
    name: str = ""
    aside: bool = False


_KINDS = {"named": "firm", "somebody": "person"}


@dataclass(frozen=True, slots=True)
class _Article:
    """The unit that an article is about (`sure`: by much), and whether it is about a court case or a firm."""

    home: Topic | None
    sure: bool
    private: bool


def _is_private(reading: Reading) -> bool:
    found = Counter(m.lastgroup for m in _private().finditer(reading.text))
    return found["court"] >= 4 or found["firm"] >= 4


@cache
def _words() -> dict[str, Any]:
    return lexicon("where")


@cache
def _reference() -> regex.Pattern[str]:
    """A word for a unit that was named: "huyện", "toàn tỉnh", "TP", "địa phương"; no name follows it."""
    refs = _words()["references"]
    kinds = alternation(f for forms in refs["types"].values() for f in forms)
    before, behind = alternation(refs["not_after"]), alternation(refs["not_before"])
    lists = r"(?:quận|huyện|tỉnh|thị xã|thành phố|xã|phường|ngành|sở|bộ|ban)[,/]"
    listed = r"(?![ ]?[,/][ ](?:thị xã|huyện|quận|xã|phường|thành phố))"
    return regex.compile(
        rf"(?<![\p{{L}}\d])(?<!(?:(?<![\p{{L}}]){before}|\d|{lists})[ ])(?:(?P<kind>(?i:{kinds}))(?![\p{{L}}\d])"
        rf"(?!\.?[ ]?[\p{{Lu}}\d])(?![ ]{behind}(?!\p{{L}}))(?![ ]ủy[ ]\p{{Lu}}){listed}"
        rf"|(?P<any>(?i:{alternation(refs['any'])}))(?![\p{{L}}])(?![ ](?:\p{{Ll}}+[ ])?\p{{Lu}}))"
    )


@cache
def _residence() -> regex.Pattern[str]:
    """Before a unit where somebody lives or was born: "quê ở ", "trú tại "."""
    return regex.compile(rf"(?<!\p{{L}})(?i:{alternation(_words()['residence']['before'])})[ ](?:\p{{Ll}}+[ ])?$")


@cache
def _nowhere() -> regex.Pattern[str]:
    """Words of the country, of firms, persons and the law; a firm by its name: "Công ty TNHH Tân Phú"."""
    groups = _words()["nowhere"]
    kinds = ("country", "national", "firm", "law", "person")
    plain = [
        rf"(?P<{kind}>(?{'i' if kind == 'person' else ''}:{alternation(groups[kind])}))(?!\p{{L}})" for kind in kinds
    ]
    firm = rf"(?P<named>{alternation(groups['named_firm'])})(?=(?:[ ](?:TNHH|CP|cổ phần|MTV|TMCP|một thành viên|hai thành viên|Cổ phần|thương mại))*[ ]\p{{Lu}}[\p{{Ll}}\d])"
    person = rf"(?P<somebody>(?i:{alternation(groups['person_title'])}))[ ](?=\p{{Lu}})"
    return regex.compile(rf"(?<!\p{{L}})(?:{'|'.join([*plain, firm, person])})")


@cache
def _private() -> regex.Pattern[str]:
    """Words of articles about courts and firms."""
    groups = _words()["private"]
    return regex.compile(rf"(?<!\p{{L}})(?:(?P<court>{alternation(groups['court'])})|(?P<firm>{alternation(groups['firm'])}))(?!\p{{L}})")


@cache
def _telling() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """Before and behind a person who only tells or gives: "Theo ông", "ông Khoa đề nghị"."""
    words = _words()["telling"]
    return (
        regex.compile(rf"(?<!\p{{L}}){alternation(words['before'])}[ ](?:lời[ ])?$"),
        regex.compile(rf"[^.;\n]{{0,120}}?(?<!\p{{L}}){alternation(words['behind'])}(?!\p{{L}})"),
    )


def link(reading: Reading, figures: tuple[Mention, ...], others: tuple[Mention, ...]) -> tuple[Link | None, ...]:
    """For each figure the unit that it is about, None where the article gives none."""
    places = sorted((m for m in others if m.kind == "place" and m.fields.get("code")), key=lambda m: m.start)
    topics = _topics(reading, places)
    article = _Article(*_home(reading, topics), _is_private(reading))
    order = sorted(range(len(figures)), key=lambda i: figures[i].start)
    starts = [figures[i].start for i in order]
    answers: dict[int, Topic | None] = {}
    last: tuple[Mention, Topic | None] | None = None
    for i in order:
        topic = _figure(reading, figures[i], topics, article, starts, last)
        answers[i] = topic
        last = figures[i], topic
    _told_again(reading, figures, answers)
    return tuple(_link(answers[i]) for i in range(len(figures)))


def _link(topic: Topic | None) -> Link | None:
    if topic is None or topic.unit is None:
        return None
    unit = topic.unit
    fields = {"place_code": unit.code, "place_valid_from": unit.valid_from, "place_name": topic.name or unit.full_name}
    return Link(fields, {"place": (topic.start, topic.end)} if topic.end else {})


def _topics(reading: Reading, places: Sequence[Mention]) -> list[Topic]:
    """What is spoken of, in the order of the text; of a chain ("xã A, huyện B") the smallest stands for all."""
    text = reading.text
    named: list[Topic] = []
    chain_end = -1
    for place in places:
        unit = gazetteer.by_key(str(place.fields["code"]), str(place.fields["valid_from"]))
        if unit is None:
            continue
        if named and 0 <= place.start - chain_end <= 12 and named[-1].unit and _holds(unit, named[-1].unit):
            chain_end = place.end
            continue
        joined = named and place.start - chain_end <= 8 and named[-1].unit and _beside(named[-1], unit)
        chain_end = place.end
        if joined:
            named[-1] = _together(named[-1], unit, place.end)
            continue
        aside = bool(_residence().search(text, max(0, place.start - 24), place.start))
        named.append(Topic(place.start, place.end, "named", unit, _name(text, place, unit), aside))
    return _with_words(reading, named, places)


def _beside(before: Topic, unit: Unit) -> bool:
    """Whether a unit goes on with a list: it lies beside the last one, or in the unit that the list became."""
    return before.unit is not None and unit.parent_code in (before.unit.parent_code, before.unit.code) and unit.level != "province"


def _together(before: Topic, unit: Unit, end: int) -> Topic:
    """A list of units of one unit speaks of that unit."""
    above = gazetteer.parents(unit)[0]
    return Topic(before.start, end, "list", above, above.full_name, before.aside)


def _name(text: str, place: Mention, unit: Unit) -> str:
    """The unit's full name; in the article's spelling where this differs from the listed one in marks."""
    written = text[place.start : place.end]
    bare = written[len(unit.unit_type) :].strip() if written.lower().startswith(unit.unit_type) else ""
    if bare and name_key(bare) != name_key(unit.name) and loose_key(bare) == loose_key(unit.name):
        return f"{unit.unit_type} {bare}"
    return unit.full_name


def _holds(above: Unit, below: Unit) -> bool:
    return any(p.code == above.code for p in gazetteer.parents(below))


def _with_words(reading: Reading, named: list[Topic], places: Sequence[Mention]) -> list[Topic]:
    """The named units and between them the words that stand for a unit or tell that it is none."""
    text = reading.text
    starts = [p.start for p in places]
    marks = sorted([*_reference().finditer(text), *_nobody(text)], key=lambda m: m.start())
    topics: list[Topic] = []
    waiting = list(reversed(named))
    for m in marks:
        at = bisect_left(starts, m.end())
        if at and places[at - 1].end > m.start():
            continue
        while waiting and waiting[-1].start < m.start():
            topics.append(waiting.pop())
        if m.lastgroup in ("kind", "any"):
            meant = _meant(m, topics)
            if meant is not None:
                topics.append(Topic(m.start(), m.end(), "meant", meant.unit, meant.name))
        else:
            topics.append(Topic(m.start(), m.end(), _KINDS.get(str(m.lastgroup), str(m.lastgroup))))
    topics.extend(reversed(waiting))
    return topics


def _nobody(text: str) -> Iterator[regex.Match[str]]:
    before, behind = _telling()
    for m in _nowhere().finditer(text):
        if m.lastgroup in ("person", "somebody") and (before.search(text, max(0, m.start() - 12), m.start()) or behind.match(text, m.end())):
            continue
        yield m


def _meant(m: regex.Match[str], topics: list[Topic]) -> Topic | None:
    """The unit that a word means: the last one of its type, named or holding one that was named."""
    recent = [t for t in topics[-40:] if t.unit and not t.aside]
    if m["any"]:
        return recent[-1] if recent else None
    kinds = _words()["references"]["types"]
    kind = next(k for k, forms in kinds.items() if m["kind"].lower() in (f.lower() for f in forms))
    for topic in reversed(recent):
        if topic.unit and topic.unit.unit_type == kind:
            return topic
        for unit in gazetteer.parents(topic.unit) if topic.unit else ():
            if unit.unit_type == kind:
                return Topic(0, 0, "meant", unit, unit.full_name)
    return None


def _home(reading: Reading, topics: Sequence[Topic]) -> tuple[Topic | None, bool]:
    """The unit that the article as a whole is about, named in its head and often; whether it surely is."""
    weights: Counter[tuple[str, str]] = Counter()
    firsts: dict[tuple[str, str], Topic] = {}
    lead_end = reading.sentences[min(3, len(reading.sentences) - 1)][1] if reading.sentences else 0
    for topic in topics:
        if topic.aside or topic.unit is None:
            continue
        weight = 1 if topic.kind == "meant" else 3 if topic.start < reading.title[1] else 2 if topic.start < lead_end else 1
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
        below = [(w, k) for k, w in weights.items() if units[k].level == level and _holds(units[best], units[k])]
        if below and max(below)[0] >= 0.6 * total:
            best = max(below)[1]
    return firsts[best], total >= 8


def _figure(
    reading: Reading,
    figure: Mention,
    topics: Sequence[Topic],
    article: _Article,
    starts: Sequence[int],
    last: tuple[Mention, Topic | None] | None,
) -> Topic | None:
    sentence = reading.sentence_at(figure.start)
    behind = _attached_behind(reading, figure, topics, starts, sentence)
    if behind is not None:
        return behind
    households = figure.kind == "households"
    if article.private and not households:
        return None
    ignored = {"person", "firm", "law", "national"} if households else {"national"} if article.sure else set()
    if _project().search(reading.text, max(sentence[0], figure.start - 50), figure.start):
        ignored |= {"firm", "national", "person"}
    topics = [t for t in topics if not t.aside and t.kind not in ignored and t.start < figure.start]
    before = [t for t in topics if sentence[0] <= t.start]
    if last is not None and last[0].start >= sentence[0] and (not before or before[-1].start < last[0].end):
        return last[1]  # what was said of the figure before it in the sentence holds on
    if before:
        return before[-1] if before[-1].kind in ("meant", "list") else _narrow(before[-1], topics, households, 1500)
    number = reading.sentence_index(figure.start)
    earlier, previous = (reading.sentences[max(0, number - n)][0] for n in (3, 1))
    recent = [t for t in topics if earlier <= t.start and (t.kind != "person" or t.start >= previous)]
    if recent and article.home is not None:
        return _narrow(recent[-1], topics, households, len(reading.text))
    return article.home


@cache
def _project() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}})(?i:{alternation(_words()['project']['words'])})(?!\p{{L}})[^.;,\n]*$")


def _narrow(chosen: Topic, topics: Sequence[Topic], households: bool, reach: int) -> Topic:
    """Households live in a commune: where a larger unit is spoken of by its body, the commune named last in it."""
    if not households or chosen.unit is None or chosen.unit.level == "commune":
        return chosen
    for topic in reversed(topics):
        if topics[-1].start - topic.start > reach:
            break
        if topic.unit and topic.unit.level == "commune" and _holds(chosen.unit, topic.unit):
            return topic
    return chosen


def _attached_behind(
    reading: Reading, figure: Mention, topics: Sequence[Topic], starts: Sequence[int], sentence: Span
) -> Topic | None:
    """The unit behind a figure in its clause: "30 hộ dân ở xã An Định"; of two communes their district."""
    limit = min(sentence[1], next((s for s in starts if s > figure.start), sentence[1]), figure.end + 100)
    behind = [t for t in topics if figure.end <= t.start < limit and t.kind == "named"]
    if not behind:
        return None
    first = behind[0]
    if first.unit is None or not _attaching().fullmatch(reading.text, figure.end, first.start):
        return None
    group = [first]
    for topic in behind[1:]:
        if topic.unit and topic.unit.parent_code == first.unit.parent_code and topic.start - group[-1].end < 12:
            group.append(topic)
    if len(group) > 1:
        parents = gazetteer.parents(first.unit)
        return Topic(first.start, group[-1].end, "named", parents[0], parents[0].full_name) if parents else None
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
    """A figure of the head takes the place that the body tells of the same figure."""
    lead_end = reading.sentences[min(2, len(reading.sentences) - 1)][1] if reading.sentences else 0
    for i, figure in enumerate(figures):
        if figure.start >= lead_end:
            continue
        told = reading.text[figure.start : figure.end]
        for j, later in enumerate(figures):
            if later.start > lead_end and reading.text[later.start : later.end] == told and later.kind == figure.kind:
                here, there = answers[i], answers[j]
                if there is not None and there.unit and (here is None or here.unit is None or _holds(here.unit, there.unit)):
                    answers[i] = there
                break
