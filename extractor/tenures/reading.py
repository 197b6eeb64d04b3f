"""The seats that statements of one name speak of: an office of a body, also where the body is left out.

Rules in their order; each mention says which gave its body:
`told` (the record's words and unit), `in its article` (left out here, told elsewhere in the article), `told more fully`
("Cục X" is the "Cục X, Bộ Y" of the same name and office), `only seat` (so few are minister that the name tells which),
`office` ("Thủ tướng" is of the Chính phủ), else `open`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from extractor.tenures.bodies import Body, body
from extractor.tenures.model import Statement, UnitKey
from extractor.tenures.offices import Office, office
from extractor.tenures.words import is_foreign, spaced, starts
from rules.words import lexicon


class Seat(NamedTuple):
    """An office of a body: what a tenure is of."""

    office: str
    body: str
    unit: UnitKey | None
    acting: bool


@dataclass(frozen=True, slots=True)
class Read:
    """A statement with the office and the body that it speaks of. `rule`: how the body was read, `open`: it was not."""

    statement: Statement
    office: Office
    body: Body
    rule: str

    @property
    def acting(self) -> bool:
        """Whether the office is told as held for the time being."""
        return self.statement.told == "acting" or (self.office.acting and self.statement.told == "current")

    @property
    def seat(self) -> Seat:
        """The seat; of an open one as far as it is told."""
        return Seat(self.office.name, self.body.words, self.body.unit, self.acting)


def read(statements: Sequence[Statement]) -> list[Read]:
    """The statements of one name, in the order of their articles, each with its seat."""
    foreign = bool(statements) and is_foreign(spaced(statements[0].name))
    found = [_told(s, foreign) for s in statements]
    found = _in_articles(found)
    found = _fuller(found)
    return _by_office(_only_seats(found), foreign)


def _told(statement: Statement, foreign: bool) -> Read:
    held = office(statement.position)
    place = body(held, statement.organisation, statement.unit, statement.sector)
    if foreign and place.unit is None and _of_any_country(place.words):
        place = replace(place, whole=False)
    return Read(statement, held, place, "told" if place.whole else "open")


def _of_any_country(words: str) -> bool:
    """Whether the words are those of a body that every country has, without the country's name."""
    told = lexicon("tenures")["bodies"]
    return any(starts(words, head) for head in told["of_a_country"]) and not any(
        words.endswith(" " + country) for country in told["countries"].values()
    )


def may_be(open_: Body, whole: Body) -> bool:
    """Whether what is told of a body may speak of a whole one: its words stand there in order, the unit agrees."""
    there = iter(whole.words.split())
    if open_.unit is not None and open_.unit != whole.unit and whole.words != "quốc hội":
        return False
    return all(word in there for word in open_.words.split())


def _complete(one: Read, seats: Iterable[Body], rule: str) -> Read:
    """The mention with the body that it may speak of, where there is one only."""
    fitting = {b for b in seats if may_be(one.body, b)}
    return replace(one, body=fitting.pop(), rule=rule) if len(fitting) == 1 else one


def _bodies(found: Iterable[Read]) -> Mapping[str, set[Body]]:
    """The whole bodies by the office held there."""
    held: dict[str, set[Body]] = defaultdict(set)
    for each in found:
        if each.body.whole:
            held[each.office.name].add(each.body)
    return held


def _in_articles(found: Sequence[Read]) -> list[Read]:
    by_article: dict[str, list[Read]] = defaultdict(list)
    for each in found:
        by_article[each.statement.article_id].append(each)
    done: list[Read] = []
    for told in by_article.values():
        held = _bodies(told)
        done += [e if e.body.whole else _complete(e, held[e.office.name], "in its article") for e in told]
    return done


def _fuller(found: Sequence[Read]) -> list[Read]:
    """Bodies that are told more fully elsewhere, where one way to tell them has the words of all others."""
    fuller: dict[tuple[str, Body], Body] = {}
    for name, bodies in _bodies(found).items():
        by_first: dict[tuple[str, UnitKey | None], list[Body]] = defaultdict(list)
        for each in bodies:
            for unit in {each.unit, None}:
                by_first[each.words.split()[0], unit].append(each)
        for each in bodies:
            near = by_first[each.words.split()[0], each.unit]
            more = [b for b in near if b != each and _is_more(b, each)]
            fullest = [b for b in more if all(o == b or _is_more(b, o) for o in more)]
            if len(fullest) == 1:
                fuller[name, each] = fullest[0]
    return [
        replace(e, body=b, rule="told more fully") if (b := fuller.get((e.office.name, e.body))) else e
        for e in found
    ]


def _is_more(a: Body, b: Body) -> bool:
    """Whether a body is told with all words of another and with more, or with a unit where the other has none."""
    return starts(a.words, b.words.split()[0]) and a.words.count(" ") >= b.words.count(" ") and may_be(b, a)


def _only_seats(found: Sequence[Read]) -> list[Read]:
    held = _bodies(found)
    return [
        _complete(e, held[e.office.name], "only seat") if not e.body.whole and e.office.few else e
        for e in found
    ]


def _by_office(found: Sequence[Read], foreign: bool) -> list[Read]:
    """The body that an office tells by itself, for a person who is not told of abroad."""
    abroad = foreign or any(e.body.whole and e.statement.sector == "other" for e in found)
    return [
        replace(e, body=Body(e.office.body, None, True), rule="office")
        if not e.body.whole
        and e.office.body
        and not e.body.words
        and not abroad
        and e.statement.sector != "other"
        else e
        for e in found
    ]


def most_written(forms: Sequence[str]) -> str:
    """Of spellings the most frequent, one that is not all in capitals where there is one."""
    spellings = [spaced(f) for f in forms]
    return min(set(spellings), key=lambda s: (s.isupper(), -spellings.count(s), s))
