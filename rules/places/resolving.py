"""Tells the units apart that share a name: all mentions of an article together.

Every mention has candidates; what settles between them, in this order: the unit named right behind it that
holds it ("xã A, huyện B"), the day of the text, the units that the article names elsewhere, the neighbour in
a list, the newspaper's province, at last the nearest unit before it. What stays open stays open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rules.gazetteer import units as gazetteer
from rules.gazetteer.spelling import name_key
from rules.gazetteer.units import Unit
from rules.places import words as w
from rules.places.found import RANK, Found

Key = tuple[str, str]

HOLDER, ALIVE, SAME_UNIT, DISTRICT, PROVINCE, NEIGHBOUR, PAPER = 1000, 200, 120, 60, 40, 30, 15


@dataclass(slots=True)
class Resolved:
    """A mention and what became of it: `unit` None where it stays open, `units` the candidates.

    `holder`: number of the mention right behind it that holds it; `against`: of one that should but holds no candidate.
    """

    found: Found
    units: tuple[Unit, ...]
    unit: Unit | None = None
    holder: int | None = None
    against: int | None = None
    neighbours: tuple[int, ...] = field(default=())


@lru_cache(maxsize=32768)
def above(unit: Unit) -> frozenset[Key]:
    """The keys of every state of the units above a unit that share a day with it."""
    keys: set[Key] = set()
    for parent in gazetteer.states(unit.parent_code):
        if parent.valid_from < (unit.valid_to or "9999") and unit.valid_from < (parent.valid_to or "9999"):
            keys.add(parent.key)
            keys |= above(parent)
    return frozenset(keys)


def resolve(text: str, found: Sequence[Found], day: str, paper: str | None) -> list[Resolved]:
    """Choose a unit for each mention where the article lets one choose; mentions that nothing supports are left out."""
    items = [Resolved(f, _candidates(f, day)) for f in found]
    _chain(text, items)
    items = _supported(text, items)
    clear = all(len(i.units) == 1 and i.against is None for i in items)
    for _ in range(1 if clear else 2):
        support = _Support({} if clear else _support(items), day, paper)
        for index, item in enumerate(items):
            item.unit = _choose(items, index, support)
        _same_elsewhere(items)
    # a name that no list has, in an article without any unit of ours, is a foreign one
    return items if any(i.units for i in items) else []


def _same_elsewhere(items: list[Resolved]) -> None:
    """A mention that stands alone means what the same words meant where their holder was told."""
    told = {
        (i.found.name, i.found.typed): i.unit
        for i in items
        if i.unit and (i.holder is not None or i.against is not None)
    }
    for item in items:
        unit = told.get((item.found.name, item.found.typed))
        if (
            unit
            and unit not in item.units
            and item.holder is None
            and item.against is None
            and not item.found.former
        ):
            item.unit = unit


@lru_cache(maxsize=8192)
def _states_on(units: tuple[Unit, ...], day: str, former: bool) -> tuple[Unit, ...]:
    """One state a unit: of the day, else the nearest in time; where the text says "cũ", one that had ended."""
    if former and (ended := tuple(u for u in units if u.valid_to and u.valid_to <= day)):
        return gazetteer.latest(ended, day)
    by_identity: dict[tuple[str, str], list[Unit]] = {}
    for unit in units:
        by_identity.setdefault(
            (unit.code, "new" if unit.valid_from >= gazetteer.REFORM else "old"), []
        ).append(unit)
    return tuple(u for same in by_identity.values() for u in gazetteer.latest(same, day))


def _candidates(found: Found, day: str) -> tuple[Unit, ...]:
    units = _states_on(found.units, day, found.former)
    if found.typed is None and len(units) > 1:
        # a bare name is the highest unit of that name that existed: Thái Bình is the province, Vinh the city
        alive = [u for u in units if u.holds_on(day) or found.former] or list(units)
        top = max(RANK[u.level] for u in alive)
        if top:
            return tuple(u for u in alive if RANK[u.level] == top)
    return units


def _chain(text: str, items: list[Resolved]) -> None:
    """Tie each mention to the one behind it that holds it, and the members of a list to each other."""
    for index in range(len(items) - 2, -1, -1):
        item, behind = items[index], items[index + 1]
        start, end = item.found.end, behind.found.start
        if end - start > 24:
            continue
        gap, rank, rank_behind = text[start:end], item.found.rank, behind.found.rank
        if rank_behind > rank and w.up_the_chain().fullmatch(gap):
            if not item.units or _inside(item.units, behind.units):
                item.holder = index + 1
            else:
                item.against = index + 1
        elif rank_behind == rank and (item.found.group == behind.found.group or w.separator().fullmatch(gap)):
            item.neighbours = (*item.neighbours, index + 1)
            behind.neighbours = (*behind.neighbours, index)
            if behind.holder is not None and (
                not item.units or _inside(item.units, items[behind.holder].units)
            ):
                item.holder = behind.holder


def _inside(units: tuple[Unit, ...], holders: tuple[Unit, ...]) -> bool:
    keys = {h.key for h in holders}
    return any(not keys.isdisjoint(above(u)) for u in units)


def _supported(text: str, items: list[Resolved]) -> list[Resolved]:
    """Leave out bare names of districts that nothing in the article supports."""
    if all(i.found.sure for i in items):
        return items
    typed = {u.key for i in items if i.found.sure for u in i.units}
    holders = {i.holder for i in items}
    kept: list[Resolved] = []
    moved: dict[int, int] = {}
    for index, item in enumerate(items):
        if (
            item.found.sure
            or item.holder is not None
            or index in holders
            or item.neighbours
            or any(u.key in typed for u in item.units)
            or (_inside_named(item, typed) and w.among_districts().search(text, *_before(item)))
        ):
            moved[index] = len(kept)
            kept.append(item)
    for item in kept:
        item.holder = moved.get(item.holder) if item.holder is not None else None
        item.against = moved.get(item.against) if item.against is not None else None
        item.neighbours = tuple(moved[n] for n in item.neighbours if n in moved)
    return kept


def _inside_named(item: Resolved, named: set[Key]) -> bool:
    """Whether just one of the units that a bare name may mean lies in a unit that the article surely names."""
    return len({u.code for u in item.units if not above(u).isdisjoint(named)}) == 1


def _before(item: Resolved) -> tuple[int, int]:
    return max(0, item.found.start - 120), item.found.start


def _support(items: list[Resolved]) -> dict[Key, set[str]]:
    """By unit key: the names of the article that speak for it (its own, and those of units below it)."""
    support: dict[Key, set[str]] = {}
    for item in items:
        chosen = (item.unit,) if item.unit else item.units if len(item.units) == 1 else ()
        for unit in chosen:
            name = f"{unit.level} {unit.name}"
            for key in (unit.key, *above(unit)):
                support.setdefault(key, set()).add(name)
    return support


def _choose(items: list[Resolved], index: int, support: _Support) -> Unit | None:
    item = items[index]
    holders = items[item.holder] if item.holder is not None else None
    if not item.units:
        return _misspelled(items, item, holders)
    if item.against is not None:
        # "xã Long Thành, thành phố Đồng Nai" that is a phường there: what follows says more than the type word
        other = _misspelled(items, item, items[item.against])
        if other and name_key(other.name) == name_key(item.found.name):
            return other
        if item.found.typed and not any(u.holds_on(support.day) for u in item.units):
            item.units = ()
            return None
    if len(item.units) == 1:
        return item.units[0]
    holder_keys = (
        frozenset(u.key for u in ((holders.unit,) if holders.unit else holders.units)) if holders else None
    )
    beside = frozenset(u.parent_code for n in item.neighbours if (u := items[n].unit))
    best = support.best(item, holder_keys, beside)
    if len(best) > 1:
        best = _nearest(items, index, best)
    item.units = item.units if len(best) == 1 else tuple(best)
    return best[0] if len(best) == 1 else None


class _Support:
    """What the article says for each unit, and the scores that come of it, each reckoned once."""

    def __init__(self, names: dict[Key, set[str]], day: str, paper: str | None) -> None:
        self.names = names
        self.day = day
        self.paper = paper
        self._best: dict[tuple[object, ...], list[Unit]] = {}

    def best(self, item: Resolved, holder: frozenset[Key] | None, beside: frozenset[str]) -> list[Unit]:
        """The likeliest of an item's units: one, or all that are equally likely."""
        question = (item.found.name, item.found.typed, item.found.former, len(item.units), holder, beside)
        if question not in self._best:
            scores = [self._score(unit, item.found.former, holder, beside) for unit in item.units]
            top = max(scores)
            self._best[question] = [u for u, score in zip(item.units, scores, strict=True) if score == top]
        return self._best[question]

    def _score(self, unit: Unit, former: bool, holder: frozenset[Key] | None, beside: frozenset[str]) -> int:
        own = f"{unit.level} {unit.name}"
        over = above(unit)
        score = ALIVE * (unit.holds_on(self.day) or former) + NEIGHBOUR * (unit.parent_code in beside)
        if holder is not None:
            score += HOLDER * (not holder.isdisjoint(over))
        elif own in self.names.get(unit.key, ()):
            score += SAME_UNIT
        for key in over:
            if self.names.get(key, set()) - {own}:
                score += PROVINCE if len(key[0]) == 2 else DISTRICT
                score += min(len(self.names[key]), 9)
        if self.names.get(unit.key, set()) - {own}:
            score += DISTRICT
        province = gazetteer.province_of(unit, self.day) if self.paper else None
        return score + PAPER * (province is not None and province.name == self.paper)


def _nearest(items: list[Resolved], index: int, best: list[Unit]) -> list[Unit]:
    """Of equally likely units the one whose holder was named last before, within a dozen mentions."""
    for earlier in range(index - 1, max(-1, index - 13), -1):
        chosen = items[earlier].unit
        if chosen is None:
            continue
        keys = {chosen.key, *above(chosen)} if chosen.level == "commune" else {chosen.key}
        near = [u for u in best if not keys.isdisjoint(above(u)) and RANK[u.level] < RANK[chosen.level]]
        if not near:
            near = [u for u in best if u.parent_code == chosen.parent_code and u.level == chosen.level]
        if near and len(near) < len(best):
            return near
    return best


def _misspelled(items: list[Resolved], item: Resolved, holder: Resolved | None) -> Unit | None:
    """A name that no list has: the one unit whose name differs in marks alone, in the unit that holds it.

    Without a unit that holds it, in the units of the article one level up.
    """
    if holder is not None:
        places = [holder.unit] if holder.unit else list(holder.units)
    else:
        places = list(dict.fromkeys(i.unit for i in items if i.unit and i.found.rank == item.found.rank + 1))[
            :12
        ]
    below = [
        u
        for place in places
        for u in gazetteer.same_name_below(place, item.found.name)
        if RANK[u.level] == item.found.rank
    ]
    return max(below, key=lambda u: u.valid_from) if len({u.code for u in below}) == 1 else None
