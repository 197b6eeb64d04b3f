"""Whether seats of one name are one person's.

Rules that make two tenures one person's: `same article` (an article tells the name in both), `same body` (deputy, then
chair), `same unit` (a commune or district; a province where both are of its leading bodies). Tenures that no rule joins
are told apart where both serve parts of provinces, not the same one; all else stays open, with candidates.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from extractor.tenures.model import Identity, Tenure, UnitKey
from extractor.tenures.words import name_key
from rules.gazetteer import units

# So many candidates are named; `namesakes` counts all.
_MANY = 20

_LEADING = ("ủy ban nhân dân", "hội đồng nhân dân", "tỉnh ủy", "thành ủy", "đoàn đại biểu quốc hội")


def identified(tenures: Sequence[Tenure], articles: Mapping[str, set[str]]) -> list[Tenure]:
    """The tenures of one name with their persons. `articles`: those that tell of each."""
    persons = _joined(tenures, articles)
    ids = {
        root: hashlib.sha256(
            f"{name_key(tenures[root].name)}\0{tenures[root].tenure_id}".encode()
        ).hexdigest()[:20]
        for root in persons
    }
    homes = {root: _home(tenures[i] for i in members) for root, (members, _) in persons.items()}
    near = _Near({ids[root]: home for root, home in homes.items()})
    made: dict[int, Tenure] = {}
    for root, (members, rules) in persons.items():
        others = near.to(ids[root], homes[root])
        identity: Identity = "open" if others else "apart" if len(persons) > 1 else "one"
        for i in members:
            made[i] = replace(
                tenures[i],
                person_id=ids[root],
                identity=identity,
                linked_by=tuple(sorted(rules)),
                candidates=others,
                namesakes=len(persons) - 1,
            )
    return [made[i] for i in range(len(tenures))]


def _joined(
    tenures: Sequence[Tenure], articles: Mapping[str, set[str]]
) -> dict[int, tuple[list[int], set[str]]]:
    """Persons: by the first of their tenures all of them, and the rules that joined them."""
    root = list(range(len(tenures)))

    def top(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    first: dict[tuple[str, object], int] = {}
    joined: list[tuple[int, str]] = []
    for i, tenure in enumerate(tenures):
        for rule, key in _links(tenure, articles[tenure.tenure_id]):
            other = first.setdefault((rule, key), i)
            if other != i:
                joined.append((i, rule))
                a, b = sorted((top(i), top(other)))
                root[b] = a
    persons: dict[int, tuple[list[int], set[str]]] = {}
    for i in range(len(tenures)):
        persons.setdefault(top(i), ([], set()))[0].append(i)
    for i, rule in joined:
        persons[top(i)][1].add(rule)
    return persons


def _links(tenure: Tenure, articles: Iterable[str]) -> Iterator[tuple[str, object]]:
    """What another tenure must share with one to be the same person's."""
    for article in articles:
        yield "same article", article
    yield "same body", (tenure.body_key, tenure.unit)
    if tenure.unit and (_level(tenure.unit) != "province" or tenure.body_key in _LEADING):
        yield "same unit", tenure.unit


def _level(unit: UnitKey) -> str | None:
    place = units.by_key(*unit)
    return place.level if place else None


def _home(tenures: Iterable[Tenure]) -> frozenset[str] | None:
    """The provinces in whose parts a person serves; None for one who serves a whole province, the country or no unit."""
    found: dict[str, set[str]] = defaultdict(set)
    for tenure in tenures:
        place = units.by_key(*tenure.unit) if tenure.unit else None
        province = units.province_of(place) if place and place.level != "province" else None
        if province is None:
            return None
        found["in"].add(province.name)
    return frozenset(found["in"])


class _Near:
    """The persons of a name by where they serve: thousands of one name are not compared one by one."""

    def __init__(self, homes: Mapping[str, frozenset[str] | None]) -> None:
        """`homes`: the provinces of each person, None for one who serves more or no unit."""
        self._all = sorted(homes)
        self._free = [person for person in self._all if homes[person] is None]
        self._in: dict[str, list[str]] = defaultdict(list)
        for person in self._all:
            for province in homes[person] or ():
                self._in[province].append(person)

    def to(self, person: str, home: frozenset[str] | None) -> tuple[str, ...]:
        """The first of those who may be the same person."""
        lists = [self._all] if home is None else [self._free, *(self._in[p] for p in home)]
        found = dict.fromkeys(p for many in lists for p in islice(many, _MANY + 1) if p != person)
        return tuple(sorted(found)[:_MANY])
