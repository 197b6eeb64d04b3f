"""Which unit a figure is about.

The discourse is followed: a figure is about the unit that its clause names, else the one that is spoken of. A
figure of a firm, a person, the whole country or abroad is about none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from rules.base import Link, Mention, Reading, Span
from rules.gazetteer import units as gazetteer
from rules.meaning.discourse import Topic, holds, speakers, topic_of, topics, with_speakers
from rules.meaning.evidence import nature, told
from rules.meaning.marks import Mark, is_private, words
from rules.meaning.order import InOrder
from rules.meaning.serving import link_officials, serve
from rules.words import alternation

__all__ = ["link", "link_officials"]


@dataclass(frozen=True, slots=True)
class _Article:
    """The unit that an article is about (`sure`: by much), and whether it is about a court case or a firm.

    `leaning`: the unit that it is most about where it may be about none: for prices and projects only.
    """

    home: Topic | None
    sure: bool
    leaning: Topic | None
    private: bool


def link(
    reading: Reading, figures: tuple[Mention, ...], others: tuple[Mention, ...]
) -> tuple[Link | None, ...]:
    """For each figure the unit that it is about, None where the article gives none."""
    places = InOrder(m for m in others if m.kind == "place" and m.fields.get("code"))
    if not places:
        return (None,) * len(figures)
    officials = tuple(m for m in others if m.kind == "official")
    heard = topics(reading, places.items)
    spoken = InOrder(
        with_speakers(heard, speakers(officials, serve(reading, officials, places, InOrder(heard))))
    )
    article = _Article(*_home(reading, spoken.items), is_private(reading.text))
    evidence = told(reading.text)
    order = sorted(range(len(figures)), key=lambda i: figures[i].start)
    answers: dict[int, Topic | None] = {}
    last: tuple[Mention, Topic | None] | None = None
    for n, i in enumerate(order):
        following = figures[order[n + 1]].start if n + 1 < len(order) else len(reading.text)
        topic = _before_bracket(reading.text, figures[i], places) or _figure(
            reading, figures[i], spoken, article, following, last, evidence
        )
        answers[i] = topic
        last = figures[i], topic
    _told_again(reading, figures, answers)
    names = {(u.code, u.valid_from): t.name for t in reversed(spoken.items) if t.kind == "named" and (u := t.unit)}
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


def _home(reading: Reading, spoken: Sequence[Topic]) -> tuple[Topic | None, bool, Topic | None]:
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
        return None, False, None
    total, best = max(provinces)
    second = sorted(w for w, _ in provinces)[-2] if len(provinces) > 1 else 0
    everything = sum(w for w, _ in provinces)
    clear = total >= 0.5 * everything
    if total < 3 or not (clear or (total >= 0.4 * everything and total >= 2 * second)):
        return None, False, None
    for level in ("district", "commune"):
        below = [
            (w, k) for k, w in weights.items() if units[k].level == level and holds(units[best], units[k])
        ]
        if below and max(below)[0] >= 0.6 * total:
            best = max(below)[1]
    return (firsts[best] if clear else None), total >= 8, firsts[best]


def _figure(
    reading: Reading,
    figure: Mention,
    spoken: InOrder[Topic],
    article: _Article,
    following: int,
    last: tuple[Mention, Topic | None] | None,
    evidence: InOrder[Mark],
) -> Topic | None:
    sentence = reading.sentence_at(figure.start)
    behind = _attached_behind(reading, figure, spoken, min(sentence[1], following))
    if behind is not None:
        return behind
    households = figure.kind == "households"
    mark = nature(reading, figure, evidence, sentence)
    kind = "" if households else mark.group
    if kind == "own" and figure.kind == "money":
        return None
    if kind == "goods":
        return _market(reading, figure, spoken, article, sentence, last)
    base = article.leaning if kind in ("ground", "market", "fund") else article.home
    if kind == "market" and (named := _in_brackets(reading.text, figure, spoken, article, sentence)):
        return named
    if kind == "ground" and (site := _site(reading.text, figure, spoken, sentence)):
        return site
    if article.private and not households and kind != "ground":
        return _giver(reading, figure, spoken, sentence)
    ignored = {"person", "firm", "fine", "law", "national"} if households else {"national"} if article.sure else set()
    if kind in ("ground", "fund"):
        ignored |= {"firm", "national", "person", "fine", "law"}
    number = reading.sentence_index(figure.start)
    earlier, previous = (reading.sentences[max(0, number - n)][0] for n in (3, 2))
    near = (
        t
        for t in spoken.back(figure.start, earlier)
        if not t.aside
        and (t.kind not in ignored or (t.kind == "person" and t.start > mark.start))
        and not (kind == "market" and _elsewhere(reading.text, t, article))
        and (t.kind != "fine" or t.start >= sentence[0])
    )
    topic = next((t for t in near if t.kind != "person" or t.start >= previous), None)
    if topic is not None and topic.kind == "fine":
        topic = _fining(topic, near, sentence)
    if last is not None and last[0].start >= sentence[0] and (topic is None or topic.start < last[0].end):
        return last[1]  # what was said of the figure before it in the sentence holds on
    if topic is None:
        return base
    if topic.start >= sentence[0]:
        return topic if topic.kind in ("meant", "list") else _narrow(topic, figure, spoken, article, 1500)
    return _narrow(topic, figure, spoken, article, len(reading.text)) if base else None


def _market(
    reading: Reading,
    figure: Mention,
    spoken: InOrder[Topic],
    article: _Article,
    sentence: Span,
    last: tuple[Mention, Topic | None] | None,
) -> Topic | None:
    """The unit in whose market a price holds: named in the sentence, else the one that the list of prices is told of."""
    text = reading.text
    number = reading.sentence_index(figure.start)
    earliest, previous = (reading.sentences[max(0, number - n)][0] for n in (6, 1))
    for topic in spoken.back(figure.start, earliest):
        if topic.kind == "country":
            return None
        if last is not None and topic.start < last[0].end and last[0].start >= sentence[0]:
            return last[1]
        if topic.unit is None or topic.aside or topic.kind == "speaker":
            continue
        if topic.start >= sentence[0]:
            if _elsewhere(text, topic, article):
                continue
            return topic
        if article.sure and topic.start < previous:
            return article.home
        if _in_market().search(text, max(0, topic.start - 20), topic.start):
            home = article.leaning.unit if article.leaning else None
            return article.leaning if home and (holds(home, topic.unit) or holds(topic.unit, home)) else topic
    return None if article.private else article.leaning


@cache
def _in_market() -> regex.Pattern[str]:
    """Before the unit of a market: "tại ", "thị trường "."""
    return regex.compile(rf"(?<!\p{{L}})(?i:{alternation(words()['market']['at'])})[ ](?:\p{{Ll}}+[ ]){{0,2}}$")


def _bracketed(text: str, topic: Topic) -> bool:
    return text[topic.start - 1 : topic.start] == "("


def _elsewhere(text: str, topic: Topic, article: _Article) -> bool:
    """Whether a unit in brackets is where something lies, not whose price it is: "xe đi chùa Hương (Ninh Bình)"."""
    home = article.leaning.unit if article.leaning else None
    if home is None or topic.unit is None or not _bracketed(text, topic):
        return False
    return topic.unit.key != home.key and not holds(home, topic.unit) and not holds(topic.unit, home)


def _in_brackets(
    text: str, figure: Mention, spoken: InOrder[Topic], article: _Article, sentence: Span
) -> Topic | None:
    """The unit of one thing that has a price: "căn nhà trên đường Lê Lợi (quận 5, TP.HCM) giá 6 tỷ đồng"."""
    for topic in spoken.back(figure.start, max(sentence[0], figure.start - 80)):
        if topic.unit and not topic.aside and _bracketed(text, topic) and not _elsewhere(text, topic, article):
            return topic
    return None


def _site(text: str, figure: Mention, spoken: InOrder[Topic], sentence: Span) -> Topic | None:
    """The unit behind a project's cost, where none stands before: "có vốn 30 tỷ đồng, đóng tại khu X, quận Y"."""
    if any(t.unit and not t.aside for t in spoken.back(figure.start, sentence[0])):
        return None
    topic = next((t for t in spoken.ahead(figure.end, sentence[1]) if t.unit and not t.aside), None)
    if topic and topic.kind in ("named", "list") and _standing().match(text, figure.end, topic.start):
        return topic
    return None


@cache
def _standing() -> regex.Pattern[str]:
    """Between a project's cost and its unit: ", đóng tại Khu công nghiệp X, "."""
    return regex.compile(r",?[ ](?:được[ ])?(?:\p{Ll}+[ ]){0,3}(?:tại|trên địa bàn|ở|thuộc)[ ][^.;:\n()]{0,50}$")


def _fining(fine: Topic, near: Iterator[Topic], sentence: Span) -> Topic:
    """Who fines, or where: the unit of the same sentence, "bị UBND phường X xử phạt"; else the fine is nobody's."""
    other = next(near, None)
    return other if other and other.unit and other.start >= sentence[0] else fine


def _giver(reading: Reading, figure: Mention, spoken: InOrder[Topic], sentence: Span) -> Topic | None:
    """In an article about a crime, a firm or a person: the unit that gives public aid, "UBND huyện hỗ trợ 5 triệu"."""
    giver = next((t for t in spoken.back(figure.start, sentence[0]) if t.unit), None)
    if giver and _aid().search(reading.text, max(giver.end, figure.start - 400), figure.start):
        return giver
    return None


@cache
def _aid() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}}){alternation(words()['project']['aid'])}(?!\p{{L}})")


def _narrow(chosen: Topic, figure: Mention, spoken: InOrder[Topic], article: _Article, reach: int) -> Topic:
    """Households live in a commune: where a larger unit is spoken of by its body, the commune named last in it."""
    if figure.kind != "households" or chosen.unit is None or chosen.unit.level == "commune":
        return chosen
    home = article.home
    if home and home.unit and home.unit.level == "commune" and holds(chosen.unit, home.unit):
        return home
    for topic in spoken.back(figure.start, figure.start - reach):
        commune = topic.unit if topic.unit and topic.unit.level == "commune" and not topic.aside else None
        if commune and holds(chosen.unit, commune):
            return topic
    return chosen


def _before_bracket(text: str, figure: Mention, places: InOrder[Mention]) -> Topic | None:
    """The unit right before the bracket that a figure stands in: "xã An Nhơn Tây (có hơn 370 hộ)"."""
    opening = text.rfind("(", max(0, figure.start - 24), figure.start)
    if opening < 0 or not _few_words().fullmatch(text, opening + 1, figure.start):
        return None
    place = next(places.back(opening), None)
    return topic_of(text, place) if place and place.end in (opening, opening - 1) else None


@cache
def _few_words() -> regex.Pattern[str]:
    """Between a bracket and its figure: "có hơn "."""
    return regex.compile(r"(?:\p{Ll}+[ ]){0,4}")


def _attached_behind(reading: Reading, figure: Mention, spoken: InOrder[Topic], limit: int) -> Topic | None:
    """The unit behind a figure in its clause: "30 hộ dân ở xã An Định"; of two communes their district."""
    behind = spoken.ahead(figure.end, min(limit, figure.end + 100))
    group: list[Topic] = []
    for topic in behind:
        if topic.kind == "meant" and not group and _of_it().fullmatch(reading.text, figure.end, topic.start):
            return topic
        if topic.unit is None or topic.kind not in ("named", "list"):
            continue
        if not group and not _attaching().fullmatch(reading.text, figure.end, topic.start):
            return None
        if not group or _beside(group[-1], topic):
            group.append(topic)
    if len(group) < 2:
        return group[0] if group else None
    parents = gazetteer.parents(group[0].unit) if group[0].unit else ()
    if not parents:
        return None
    return Topic(group[0].start, group[-1].end, "named", parents[0], parents[0].full_name)


@cache
def _of_it() -> regex.Pattern[str]:
    """Between a figure and the word for its unit: " số xã, phường của "."""
    return regex.compile(r"[^.;:\n(]{0,50}[ ](?:của|toàn|trong toàn)[ ]")


def _beside(one: Topic, other: Topic) -> bool:
    same = one.unit is not None and other.unit is not None and one.unit.parent_code == other.unit.parent_code
    return same and other.start - one.end < 12


@cache
def _attaching() -> regex.Pattern[str]:
    """Between a figure and its unit: " nông dân ", " có nhà ở tại ", " thuộc các tổ 225, 226, đường Lê Lợi, "."""
    return regex.compile(
        rf"[ ](?:(?!{alternation(words()['attaching']['not'])}[ ])\p{{Ll}}+[ ]){{0,4}}"
        r"|[^.;:,\n(]{0,40}?(?<!\p{L})(?:ở|tại|thuộc|của|trên địa bàn|khu vực)[ ][^.;:,\n]{0,24}"
        r"|[^.;:,\n(]{0,24}?(?<!\p{L})(?:ở|tại|thuộc)[ ](?:các[ ])?(?:thôn|tổ|ấp|khu phố|hẻm|đường|bản|khu|xóm)[ ][^.;:\n]{0,60}"
    )


def _told_again(reading: Reading, figures: tuple[Mention, ...], answers: dict[int, Topic | None]) -> None:
    """A figure told again, nearer to its place, takes that: of the head and of households."""
    lead_end = reading.sentences[min(2, len(reading.sentences) - 1)][1] if reading.sentences else 0
    told: dict[tuple[str, str], list[int]] = {}
    for i, figure in enumerate(figures):
        told.setdefault((figure.kind, reading.text[figure.start : figure.end]), []).append(i)
    for (kind, _), same in told.items():
        for i in same if len(same) > 1 else ():
            if kind != "households" and figures[i].start >= lead_end:
                continue
            others = (
                j for j in same[:12] if j != i and (kind == "households" or figures[j].start > lead_end)
            )
            answers[i] = next((t for j in others if (t := answers[j]) and _nearer(t, answers[i])), answers[i])


def _nearer(there: Topic, here: Topic | None) -> bool:
    return there.unit is not None and (here is None or here.unit is None or holds(here.unit, there.unit))
