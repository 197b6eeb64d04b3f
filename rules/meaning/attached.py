"""The unit that a figure is tied to by its clause: behind it, before its bracket, where a project stands."""

from __future__ import annotations

from functools import cache

import regex

from rules.base import Mention, Reading, Span
from rules.gazetteer import units as gazetteer
from rules.meaning.discourse import Topic, topic_of
from rules.meaning.marks import words
from rules.meaning.order import InOrder
from rules.words import alternation


def before_bracket(text: str, figure: Mention, places: InOrder[Mention]) -> Topic | None:
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


def attached_behind(reading: Reading, figure: Mention, spoken: InOrder[Topic], limit: int) -> Topic | None:
    """The unit behind a figure in its clause: "30 hộ dân ở xã An Định"; of two communes their district."""
    behind = spoken.ahead(figure.end, min(limit, figure.end + 100))
    wide = next(spoken.ahead(figure.end, min(limit, figure.end + 60)), None)
    if (
        wide
        and wide.kind == "country"
        and figure.kind == "percent"
        and _of_region().fullmatch(reading.text, figure.end, wide.start)
    ):
        return wide
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
    return regex.compile(
        r"[^.;:\n(]{0,50}[ ](?:của|toàn|trong toàn|(?:từ|trong)[ ](?:nguồn[ ])?(?:vốn[ ])?ngân sách)[ ]"
    )


@cache
def _of_region() -> regex.Pattern[str]:
    """Between a figure and a region that is no unit: " diện tích ", " vùng "."""
    return regex.compile(r"[ ](?:\p{Ll}+[ ]){0,3}")


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


def site(text: str, figure: Mention, spoken: InOrder[Topic], sentence: Span) -> Topic | None:
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
    return regex.compile(
        r",?[ ](?:được[ ])?(?:\p{Ll}+[ ]){0,3}(?:tại|trên địa bàn|ở|thuộc)[ ][^.;:\n()]{0,50}$"
    )
