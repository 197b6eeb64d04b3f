"""What an article speaks of, from place to place: units named, words that stand for them, and what is no unit's."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import regex

from rules.base import Link, Mention, Reading, Span
from rules.gazetteer import units as gazetteer
from rules.gazetteer.spelling import loose_key, name_key
from rules.gazetteer.units import Unit
from rules.meaning.marks import Mark, given_name, marks, tells, words
from rules.words import alternation, cached, lexicon


class Topic(NamedTuple):
    """What is spoken of from a place of the text on: a unit named there or meant by a word, or none of ours.

    `kind`: `named`, `list` (several units of one), `meant`, `speaker` (who serves it speaks), `somebody` (a
    person by name), or why it is no unit: `country`, `national`, `decree`, `firm`, `person`, `fine`, `law`.
    `aside`: where somebody lives, no topic; of somebody: that the person only tells something.
    `words`: those that tell the unit, where they stand elsewhere than the topic begins.
    """

    start: int
    end: int
    kind: str
    unit: Unit | None = None
    name: str = ""
    aside: bool = False
    words: Span | None = None


@cache
def _residence() -> regex.Pattern[str]:
    """Before a unit where somebody lives or was born: "quê ở ", "trú tại "."""
    return regex.compile(
        rf"(?r)(?<!\p{{L}})(?i:{alternation(words()['residence']['before'], backward=True)})[ ](?:\p{{Ll}}+[ ])?$"
    )


# The ends of `_bracketed`.
_BEFORE_BRACKETED = ("(", ", ", "ở ", "tại ")


@cached
def _bracketed() -> regex.Pattern[str]:
    """Before a unit in brackets behind a person's, firm's or school's name: "Trần Văn An (", "Công ty Tân Phú ở "."""
    surname = alternation(lexicon("places")["surnames"]["names"])
    firms = alternation(
        [*words()["nowhere"]["named_firm"], "Nhà máy", "Xí nghiệp", "HTX", "doanh nghiệp", "DNTN"]
    )
    schools = alternation(words()["nowhere"]["school"])
    person = rf"{surname}(?:[ ]\p{{Lu}}\p{{Ll}}+){{1,3}}"
    street = r"(?<!(?:đường|phố|chợ|trường|cầu|ngõ|khu)[ ](?:\p{Lu}\p{L}*[ ]){0,2})"
    return regex.compile(
        rf"(?r)(?<!\p{{L}}){street}(?:{person}[ ]\(|(?i:{firms})[ ][^.,;:()]{{2,70}}[ ](?:\(|(?:ở|tại)[ ])|(?:{firms})(?:[ ]{_firm_part()}){{1,9}},[ ]"
        rf"|(?i:{schools})[ ][^.,;:()]{{2,50}}[ ]\()$"
    )


def _firm_part() -> str:
    """A word of a firm's name: TNHH, Đầu tư, Phà."""
    kinds = alternation(words()["nowhere"]["firm_kinds"])
    return rf"(?:(?i:{kinds})|\p{{Lu}}[\p{{L}}&.-]*|\p{{Ll}}{{2,6}}(?=[ ]\p{{Lu}}))"


@cache
def _firm_called() -> regex.Pattern[str]:
    """Before a unit that a firm's name ends with: "CTCP Đầu tư hạ tầng Kỹ thuật "."""
    firms = alternation(words()["nowhere"]["named_firm"])
    return regex.compile(rf"(?<!\p{{L}})(?:{firms})(?:[ ]{_firm_part()}){{1,9}}[ ]$")


def _in_firm(text: str, start: int) -> bool:
    """Whether a unit stands in a firm's name."""
    begin = max(0, start - 70)
    window = text[begin:start]
    return any(f in window for f in words()["nowhere"]["named_firm"]) and bool(
        _firm_called().search(text, begin, start)
    )


@cache
def _addressed() -> regex.Pattern[str]:
    """Before a unit that only gets a letter: "gửi lãnh đạo ", "kiến nghị UBND "."""
    groups = words()["addressed"]
    return regex.compile(
        rf"(?r)(?<!\p{{L}}){alternation(groups['verbs'], backward=True)}[ ](?:{alternation(groups['bodies'], backward=True)}[ ]){{0,2}}$"
    )


@cache
def _called_after() -> regex.Pattern[str]:
    """Before a unit that goods are called after: "nho "."""
    return regex.compile(
        rf"(?r)(?<!\p{{L}})(?i:{alternation(words()['market']['called_after'], backward=True)})[ ]$"
    )


def called_after(text: str, start: int) -> bool:
    """Whether goods are called after the unit that starts there: "nho Ninh Thuận"."""
    return bool(_called_after().match(text, max(0, start - 12), start))


def speakers(officials: Sequence[Mention], served: Sequence[Link | None]) -> dict[str, Topic]:
    """By the last word of an official's name the unit that the office serves: whoever speaks speaks of it."""
    found: dict[str, Topic] = {}
    for official, link in zip(officials, served, strict=True):
        given = str(official.fields["name"]).split()[-1]
        unit = gazetteer.by_key(link.fields["place_code"], link.fields["place_valid_from"]) if link else None
        if unit and not _of_country(official):
            found.setdefault(given, Topic(0, 0, "speaker", unit, unit.full_name))
    return found


def _of_country(official: Mention) -> bool:
    """Whether an official speaks for the country: a deputy of the National Assembly."""
    position = str(official.fields["position"]).lower()
    return position.startswith(("đại biểu", "đb")) or "Quốc hội" in str(official.fields["organisation"])


def statements(text: str, officials: Sequence[Mention], served: Sequence[Link | None]) -> list[Topic]:
    """Where an official tells something for the unit of the office: "… - Trưởng Công an quận 2 - cho biết"."""
    found: list[Topic] = []
    for official, link in zip(officials, served, strict=True):
        if link is None or not tells(text, Mark("somebody", official.start, official.end)):
            continue
        unit = gazetteer.by_key(link.fields["place_code"], link.fields["place_valid_from"])
        if unit and not _of_country(official):
            said = link.evidence.get("place", (official.start, official.end))
            found.append(Topic(official.end - 1, official.end, "speaker", unit, unit.full_name, words=said))
    return found


def topics(reading: Reading, places: Sequence[Mention]) -> list[Topic]:
    """What is spoken of, in the order of the text; of a chain ("xã A, huyện B") the smallest stands for all."""
    text = reading.text
    named: list[Topic] = []
    chain_end = -1
    for place in places:
        unit = gazetteer.by_key(str(place.fields["code"]), str(place.fields["valid_from"]))
        if unit is None:
            continue
        goes_on = bool(named) and 0 <= place.start - chain_end <= 12
        goes_on = goes_on and not any(c in ".\n" for c in text[chain_end : place.start])
        last = named[-1].unit if goes_on else None
        if last and (last.key == unit.key or holds(unit, last)):
            chain_end = place.end
            continue
        joined = goes_on and place.start - chain_end <= 8 and _beside(named[-1], unit)
        chain_end = place.end
        if joined:
            named[-1] = _together(named[-1], unit, place.end)
            continue
        named.append(
            Topic(
                place.start, place.end, "named", unit, written_name(text, place, unit), _aside(reading, place)
            )
        )
    return _with_words(reading.text, named, places)


def _aside(reading: Reading, place: Mention) -> bool:
    """Whether a unit is named beside what is spoken of: a home, a firm's place, who gets a letter, where one meets."""
    text, start = reading.text, place.start
    return bool(
        _residence().match(text, max(0, start - 24), start)
        or _addressed().match(text, max(0, start - 40), start)
        or (
            text.endswith(_BEFORE_BRACKETED, 0, start) and _bracketed().match(text, max(0, start - 90), start)
        )
        or _in_bracketed(text, start)
        or called_after(text, start)
        or _in_firm(text, start)
        or _as_example(text, start)
        or (place.fields["level"] == "province" and _is_venue(reading, place))
    )


def _in_bracketed(text: str, start: int) -> bool:
    """Whether a unit stands further on in a firm's address: "Công ty A (trụ sở tại thôn B, xã C, huyện D)"."""
    opened = text.rfind("(", max(0, start - 90), start)
    return (
        opened >= 0
        and ")" not in text[opened:start]
        and _firm_before().search(text, max(0, opened - 90), opened + 1) is not None
    )


@cache
def _several() -> regex.Pattern[str]:
    """Before units that are named as examples of several: "Hầu hết các tỉnh miền núi như ", "các địa phương: A, B như: C, "."""
    return regex.compile(
        r"(?<!\p{L})(?:các|nhiều|một số|những|mấy)[ ](?:tỉnh|địa phương|huyện|xã|quận|phường|thành phố|nơi)(?!\p{L})[^.;:()\n]{0,60}?[ ]như[: ][^.;\n]{0,60}$",
        regex.IGNORECASE,
    )


def _as_example(text: str, start: int) -> bool:
    """Whether a unit only stands for several: nothing is told of it alone."""
    begin = max(0, start - 150)
    return "như" in text[begin:start] and _several().search(text, begin, start) is not None


@cache
def _firm_before() -> regex.Pattern[str]:
    firms = alternation(words()["nowhere"]["named_firm"])
    return regex.compile(rf"(?<!\p{{L}})(?:{firms})[ ][^.,;:()]{{2,70}}[ ]\($")


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


def topic_of(text: str, place: Mention) -> Topic | None:
    """The unit of a place mention that has a code."""
    unit = gazetteer.by_key(str(place.fields["code"]), str(place.fields["valid_from"]))
    return Topic(place.start, place.end, "named", unit, written_name(text, place, unit)) if unit else None


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


def _with_words(text: str, named: list[Topic], places: Sequence[Mention]) -> list[Topic]:
    """The named units and between them the words that stand for a unit or tell that it is none."""
    starts = [p.start for p in places]
    spoken: list[Topic] = []
    waiting = list(reversed(named))
    for mark in marks(text):
        at = bisect_left(starts, mark.end)
        if at and places[at - 1].end > mark.start:
            continue
        while waiting and waiting[-1].start < mark.start:
            spoken.append(waiting.pop())
        if mark.group in ("kind", "any"):
            told = _meant(text, mark, spoken)
            if told is not None:
                aside = bool(_addressed().match(text, max(0, mark.start - 40), mark.start))
                spoken.append(Topic(mark.start, mark.end, "meant", told.unit, told.name, aside))
        elif mark.group == "somebody":
            who = given_name(text, mark.end)
            spoken.append(Topic(mark.start, mark.end, "somebody", None, who, tells(text, mark)))
        else:
            spoken.append(Topic(mark.start, mark.end, "firm" if mark.group == "named" else mark.group))
    spoken.extend(reversed(waiting))
    return spoken


def with_speakers(spoken: Sequence[Topic], telling: Mapping[str, Topic]) -> list[Topic]:
    """The topics, with those who speak for a unit as it; those who only tell something, or only attend, left out."""
    settled: list[Topic] = []
    for topic in spoken:
        if topic.kind != "somebody":
            settled.append(topic)
        elif speaker := telling.get(topic.name):
            if not topic.aside:
                continue
            settled.append(Topic(topic.start, topic.end, "speaker", speaker.unit, speaker.name))
        elif not topic.aside:
            settled.append(Topic(topic.start, topic.end, "person"))
    return settled


@cache
def _type_of() -> dict[str, str]:
    return {f.lower(): kind for kind, forms in words()["references"]["types"].items() for f in forms}


def _meant(text: str, mark: Mark, spoken: Sequence[Topic]) -> Topic | None:
    """The unit that a word means: the last one of its type, named or holding one that was named."""
    recent = (t for t in reversed(spoken[-60:]) if t.unit and not t.aside)
    if mark.group == "any":
        return next(recent, None)
    kind = _type_of()[text[mark.start : mark.end].lower()]
    for topic in recent:
        if topic.unit and topic.unit.unit_type == kind:
            return topic
        for unit in gazetteer.parents(topic.unit) if topic.unit else ():
            if unit.unit_type == kind:
                return Topic(0, 0, "meant", unit, unit.full_name)
    return None
