"""What an article speaks of, from place to place: units named, words that stand for them, and what is no unit's."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import regex

from rules.base import Link, Mention, Reading
from rules.gazetteer import units as gazetteer
from rules.gazetteer.spelling import loose_key, name_key
from rules.gazetteer.units import Unit
from rules.words import alternation, lexicon


@dataclass(frozen=True, slots=True)
class Topic:
    """What is spoken of from a place of the text on: a unit named there or meant by a word, or none of ours.

    `kind`: `named`, `list` (several units of one), `meant`, `speaker` (who serves it speaks), or why it is no unit: `country`, `firm`, `person`, `law`. `aside`: where somebody
    lives, no topic.
    """

    start: int
    end: int
    kind: str
    unit: Unit | None = None
    name: str = ""
    aside: bool = False


_KINDS = {"named": "firm", "somebody": "person"}


@cache
def words() -> dict[str, Any]:
    """The lexicon of the link."""
    return lexicon("where")


@cache
def _reference() -> regex.Pattern[str]:
    """A word for a unit that was named: "huyện", "toàn tỉnh", "TP", "địa phương"; no name follows it."""
    refs = words()["references"]
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
    return regex.compile(
        rf"(?<!\p{{L}})(?i:{alternation(words()['residence']['before'])})[ ](?:\p{{Ll}}+[ ])?$"
    )


@cache
def _bracketed() -> regex.Pattern[str]:
    """Before a unit in brackets behind a person's or firm's name: "Trần Văn An (", "Công ty Tân Phú ở "."""
    surname = alternation(lexicon("places")["surnames"]["names"])
    firms = alternation(
        [*words()["nowhere"]["named_firm"], "Nhà máy", "Xí nghiệp", "HTX", "doanh nghiệp", "DNTN"]
    )
    person = rf"{surname}(?:[ ]\p{{Lu}}\p{{Ll}}+){{1,3}}"
    return regex.compile(
        rf"(?<!\p{{L}})(?:{person}[ ]\(|(?i:{firms})[ ][^.,;:()]{{2,70}}[ ](?:\(|(?:ở|tại)[ ]))$"
    )


@cache
def _addressed() -> regex.Pattern[str]:
    """Before a unit that only gets a letter: "gửi lãnh đạo ", "kiến nghị UBND "."""
    groups = words()["addressed"]
    return regex.compile(
        rf"(?<!\p{{L}}){alternation(groups['verbs'])}[ ](?:{alternation(groups['bodies'])}[ ]){{0,2}}$"
    )


@cache
def _nowhere() -> regex.Pattern[str]:
    """Words of the country, of firms, persons and the law; a firm by its name: "Công ty TNHH Tân Phú"."""
    groups = words()["nowhere"]
    kinds = ("country", "national", "decree", "firm", "law", "person")
    plain = [
        rf"(?P<{kind}>(?{'i' if kind == 'person' else ''}:{alternation(groups[kind])}))(?!\p{{L}})"
        for kind in kinds
    ]
    firm = rf"(?P<named>{alternation(groups['named_firm'])})(?=(?:[ ](?:TNHH|CP|cổ phần|MTV|TMCP|một thành viên|hai thành viên|Cổ phần|thương mại))*[ ]\p{{Lu}}[\p{{Ll}}\d])"
    person = rf"(?P<somebody>(?i:{alternation(groups['person_title'])}))[ ](?=\p{{Lu}}|(?:ký|mới|được|bị|nhận|vay|mua|bán|phải|đã|có|chỉ|trả|nợ|thu|kiếm|bỏ|đầu|làm|mất|đưa|lấy|cho|gửi|sẽ)[ ])"
    return regex.compile(rf"(?<!\p{{L}})(?:{'|'.join([*plain, firm, person])})")


@cache
def _dealt_with() -> regex.Pattern[str]:
    """Before a country that is dealt with, not spoken of: "xuất sang ", "thị trường "."""
    return regex.compile(rf"(?<!\p{{L}}){alternation(words()['nowhere']['abroad_after'])}[ ]$")


@cache
def _telling() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """Before and behind a person who only tells or gives: "Theo ông", "ông Khoa đề nghị"."""
    telling = words()["telling"]
    return (
        regex.compile(rf"(?<!\p{{L}}){alternation(telling['before'])}[ ](?:lời[ ])?$"),
        regex.compile(rf"[^.;\n]{{0,120}}?(?<!\p{{L}}){alternation(telling['behind'])}(?!\p{{L}})"),
    )


def speakers(officials: Sequence[Mention], served: Sequence[Link | None]) -> dict[str, Topic]:
    """By the last word of an official's name the unit that the office serves: whoever speaks speaks of it."""
    found: dict[str, Topic] = {}
    for official, link in zip(officials, served, strict=True):
        given = str(official.fields["name"]).split()[-1]
        unit = gazetteer.by_key(link.fields["place_code"], link.fields["place_valid_from"]) if link else None
        of_country = "đại biểu" in str(official.fields["position"]).lower() or "Quốc hội" in str(
            official.fields["organisation"]
        )
        if unit and not of_country:
            found.setdefault(given, Topic(0, 0, "speaker", unit, unit.full_name))
    return found


def topics(
    reading: Reading, places: Sequence[Mention], telling: Mapping[str, Topic] | None = None
) -> list[Topic]:
    """What is spoken of, in the order of the text; of a chain ("xã A, huyện B") the smallest stands for all."""
    text = reading.text
    named: list[Topic] = []
    chain_end = -1
    for place in places:
        unit = gazetteer.by_key(str(place.fields["code"]), str(place.fields["valid_from"]))
        if unit is None:
            continue
        last = named[-1].unit if named and 0 <= place.start - chain_end <= 12 else None
        if last and (last.key == unit.key or holds(unit, last)):
            chain_end = place.end
            continue
        joined = named and place.start - chain_end <= 8 and _beside(named[-1], unit)
        chain_end = place.end
        if joined:
            named[-1] = _together(named[-1], unit, place.end)
            continue
        named.append(
            Topic(
                place.start, place.end, "named", unit, written_name(text, place, unit), _aside(reading, place)
            )
        )
    return _with_words(reading, named, places, telling or {})


def _aside(reading: Reading, place: Mention) -> bool:
    """Whether a unit is named beside what is spoken of: a home, a firm's place, who gets a letter, where one meets."""
    text, start = reading.text, place.start
    return bool(
        _residence().search(text, max(0, start - 24), start)
        or _addressed().search(text, max(0, start - 40), start)
        or _bracketed().search(text, max(0, start - 90), start)
        or (place.fields["level"] == "province" and _is_venue(reading, place))
    )


def _is_venue(reading: Reading, place: Mention) -> bool:
    begin, stop = reading.sentence_at(place.start)
    if place.start - begin > 60 or not _venue()[0].search(reading.text, begin, place.start):
        return False
    return bool(_venue()[1].search(reading.text, max(begin, place.start - 60), min(stop, place.end + 90)))


@cache
def _venue() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """Before a unit at the head of a sentence, and near it, where an event is told: "Sáng 7-2, tại "."""
    event = words()["event"]
    return (
        regex.compile(rf"(?<!\p{{L}}){alternation(event['before'])}[ ](?:TP\.?[ ]?|thành phố[ ])?$"),
        regex.compile(rf"(?<!\p{{L}}){alternation(event['words'])}(?!\p{{L}})"),
    )


def _beside(before: Topic, unit: Unit) -> bool:
    """Whether a unit goes on with a list: it lies beside the last one, or in the unit that the list became."""
    if before.unit is None or unit.level == "province":
        return False
    if before.kind == "list":
        return unit.parent_code == before.unit.code
    return unit.parent_code == before.unit.parent_code and unit.level == before.unit.level


def _together(before: Topic, unit: Unit, end: int) -> Topic:
    """A list of units of one unit speaks of that unit."""
    above = gazetteer.parents(unit)[0]
    return Topic(before.start, end, "list", above, above.full_name, before.aside)


def written_name(text: str, place: Mention, unit: Unit) -> str:
    """The unit's full name; in the article's spelling where this differs from the listed one in marks."""
    written = text[place.start : place.end]
    bare = written[len(unit.unit_type) :].strip() if written.lower().startswith(unit.unit_type) else ""
    misspelled = name_key(bare) != name_key(unit.name) and loose_key(bare) == loose_key(unit.name)
    if bare and (misspelled or (bare[-1].isdigit() and bare != unit.name and not bare.isdigit())):
        return f"{unit.unit_type} {bare}"
    return unit.full_name


def holds(above: Unit, below: Unit) -> bool:
    """Whether a unit lies in another, by their codes."""
    return any(p.code == above.code for p in gazetteer.parents(below))


def _with_words(
    reading: Reading, named: list[Topic], places: Sequence[Mention], telling: Mapping[str, Topic]
) -> list[Topic]:
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
            unit_meant = meant(m, topics)
            if unit_meant is not None:
                aside = bool(_addressed().search(text, max(0, m.start() - 40), m.start()))
                topics.append(Topic(m.start(), m.end(), "meant", unit_meant.unit, unit_meant.name, aside))
        elif m.lastgroup == "somebody" and (speaker := telling.get(_given_name(text, m.end()))):
            topics.append(Topic(m.start(), m.end(), "speaker", speaker.unit, speaker.name))
        elif m.lastgroup != "somebody" or not _tells(text, m):
            topics.append(Topic(m.start(), m.end(), _KINDS.get(str(m.lastgroup), str(m.lastgroup))))
    topics.extend(reversed(waiting))
    return topics


def _nobody(text: str) -> Iterator[regex.Match[str]]:
    nearby = _dealt_with()
    for m in _nowhere().finditer(text):
        if m.lastgroup == "country" and nearby.search(text, max(0, m.start() - 14), m.start()):
            continue
        if m.lastgroup != "person" or not _tells(text, m):
            yield m


def _tells(text: str, m: regex.Match[str]) -> bool:
    """Whether a person only tells or gives something: "Theo ông Thất", "ông Khoa đề nghị"."""
    before, behind = _telling()
    return bool(before.search(text, max(0, m.start() - 12), m.start()) or behind.match(text, m.end()))


def _given_name(text: str, at: int) -> str:
    """The last word of the name at an offset: "Trần Văn Tùng" and "Tùng" are Tùng."""
    name = regex.match(r"[ ]?((?:\p{Lu}\p{L}*[ ]?){1,5})", text, pos=at)
    return name[1].split()[-1] if name else ""


def meant(m: regex.Match[str], topics: list[Topic]) -> Topic | None:
    """The unit that a word means: the last one of its type, named or holding one that was named."""
    recent = [t for t in topics[-40:] if t.unit and not t.aside]
    if m["any"]:
        return recent[-1] if recent else None
    kinds = words()["references"]["types"]
    kind = next(k for k, forms in kinds.items() if m["kind"].lower() in (f.lower() for f in forms))
    for topic in reversed(recent):
        if topic.unit and topic.unit.unit_type == kind:
            return topic
        for unit in gazetteer.parents(topic.unit) if topic.unit else ():
            if unit.unit_type == kind:
                return Topic(0, 0, "meant", unit, unit.full_name)
    return None
