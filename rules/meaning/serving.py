"""Which unit the body of an official serves."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import regex

from rules.base import Link, Mention, Reading
from rules.gazetteer import units as gazetteer
from rules.meaning.discourse import Topic, topic_of
from rules.meaning.marks import words
from rules.meaning.order import InOrder
from rules.words import alternation

Spoken = Callable[[], InOrder[Topic]]


def serve(
    reading: Reading, officials: tuple[Mention, ...], known: InOrder[Mention], spoken: Spoken
) -> tuple[Link | None, ...]:
    """For each official the unit that the body serves, None for national bodies and where the text gives none.

    `known`: the places that have a code. `spoken`: the topics of the discourse, for which few bodies ask.
    """
    if not known:
        return (None,) * len(officials)
    links = [_official(reading, official, known, spoken) for official in officials]
    served: dict[str, Link] = {}
    for official, link in zip(officials, links, strict=True):
        if link is not None:
            served.setdefault(str(official.fields["name"]), link)
    return tuple(
        link or (None if _tells_body(reading.text, official) else served.get(str(official.fields["name"])))
        for official, link in zip(officials, links, strict=True)
    )


def _tells_body(text: str, official: Mention) -> bool:
    """Whether an official's body is told, or the office is a national one: else it is the one told elsewhere."""
    position = str(official.fields["position"])
    country = position.lower().startswith(("đại biểu", "đb")) or bool(_national().search(position))
    return bool(official.fields.get("organisation")) or country


@cache
def _national() -> re.Pattern[str]:
    """A body of the whole country: "Chính phủ", "Trung ương Đảng", "Bộ Y tế", "Tổng cục Thuế"."""
    return re.compile(rf"(?<![^\W\d_]){alternation(words()['serving']['national'])}(?![^\W\d_])")


@cache
def _hamlet() -> regex.Pattern[str]:
    """A body of a hamlet: "thôn Phong Hậu"; not the "nông thôn" in a department's name."""
    return regex.compile(
        rf"(?<!\p{{L}})(?<!(?i:nông)[ ])(?i:{alternation(words()['serving']['hamlets'])})(?!\p{{L}})"
    )


@cache
def _level() -> re.Pattern[str]:
    """The level that a body's name in small letters tells: "ubnd huyện", "tỉnh ủy", "sở"."""
    groups = words()["serving"]["levels"]
    levels = (rf"(?P<{name}>{alternation(map(str.lower, forms))})" for name, forms in groups.items())
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(levels)})(?![^\W\d_])")


_TYPES = {
    "province": ("tỉnh", "thành phố"),
    "city": ("thành phố",),
    "district": ("huyện",),
    "urban": ("quận",),
    "town": ("thị xã",),
    "commune": ("xã",),
    "ward": ("phường",),
    "township": ("thị trấn",),
}


def _official(reading: Reading, official: Mention, places: InOrder[Mention], spoken: Spoken) -> Link | None:
    if official.fields.get("sector") == "other":
        return None  # "Tỉnh trưởng tỉnh Phúc Kiến", told of at a meeting in Quảng Ninh
    text = reading.text
    body = official.parts.get("organisation") or (official.start, official.start)
    told = text[slice(*body)]
    position = text[slice(*official.parts["position"])] if "position" in official.parts else ""
    inside = next(places.ahead(*body), None)
    if inside is None and "place" in official.parts:
        inside = next(places.ahead(*official.parts["place"]), None)
    if inside:
        return _of_place(text, inside)
    if "đại biểu" in position.lower() and (bracket := _in_bracket(text, official.end, places)):
        return bracket  # "Đại biểu Lê Văn An (Bình Định)"
    if _national().search(told) or (not told and _national().search(position)):
        return None
    bracket = _in_bracket(text, body[1], places) if told else None
    if bracket:
        return bracket
    if _hamlet().search(f"{told} {position}"):
        return _last(spoken(), official.start, ("xã", "phường", "thị trấn"), official.end)
    tells = _level().search(told.lower()) or _level().search(position.lower())
    if tells is None or not tells.lastgroup:
        return _near(spoken(), official) if _local().search(told) or _local().match(position) else None
    return _last(spoken(), body[0], _TYPES[tells.lastgroup], body[1])


def _of_place(text: str, place: Mention) -> Link | None:
    topic = topic_of(text, place)
    return _answer(topic) if topic else None


def _answer(topic: Topic) -> Link | None:
    unit = topic.unit
    if unit is None:
        return None
    fields = {
        "place_code": unit.code,
        "place_valid_from": unit.valid_from,
        "place_name": topic.name or unit.full_name,
    }
    return Link(fields, {"place": (topic.start, topic.end)} if topic.end else {})


def _in_bracket(text: str, end: int, places: InOrder[Mention]) -> Link | None:
    """The unit in brackets or a chain behind a body: "thôn Phong Hậu (xã An Định, huyện Tuy An)"."""
    place = next(places.ahead(end, end + 4), None)
    return _of_place(text, place) if place and text[end : place.start].strip() in ("(", ",", "") else None


def _near(spoken: InOrder[Topic], official: Mention) -> Link | None:
    """Where a school or a station stands: the unit spoken of right before it."""
    before = (t for t in spoken.back(official.start, official.start - 400) if t.unit and not t.aside)
    found = next(before, None)
    return _answer(found) if found else None


@cache
def _local() -> regex.Pattern[str]:
    """A body or office of one place, whose name need not tell it: "Trường Trung học", "hiệu trưởng"."""
    return regex.compile(rf"(?<!\p{{L}})(?i:{alternation(words()['serving']['local'])})(?!\p{{L}})")


def _last(spoken: InOrder[Topic], at: int, types: tuple[str, ...], end: int) -> Link | None:
    """The unit of one of the types that is spoken of last before the body; else the first one behind it."""
    for topic in spoken.back(at):
        for unit in (topic.unit, *gazetteer.parents(topic.unit)) if topic.unit else ():
            if unit.unit_type in types:
                same = topic.unit is not None and unit.key == topic.unit.key
                return _answer(topic if same else Topic(0, 0, "meant", unit, unit.full_name))
    ahead = (t for t in spoken.ahead(end, end + 4000) if t.unit and t.unit.unit_type in types)
    found = next(ahead, None)
    return _answer(found) if found else None
