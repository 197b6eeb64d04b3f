"""Who held an office before and after: the tenures of one office of one body, of whatever names.

Rules in their order: `dates` (one's last mention lies before the other's first), `former` (one is told as over, the
other as held, and their dates do not say otherwise). Only of offices that one person holds at a time, only where one
tenure comes next; where several may, none is named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractor.tenures.model import Holder, Neighbours, before
from extractor.tenures.offices import office


def neighbours(held: str, holders: Sequence[Holder]) -> list[Neighbours]:
    """Predecessors and successors among the holders of one office (`held`, in one form) of one body, in their order."""
    if not office(held).single:
        return [Neighbours(h.tenure_id) for h in holders]
    found = [_neighbours(h, [o for o in holders if o.person_id != h.person_id]) for h in holders]
    of = {n.tenure_id: n for n in found}
    return [_mutual(n, of) for n in found]


def _mutual(one: Neighbours, of: Mapping[str, Neighbours]) -> Neighbours:
    """Without a predecessor who has several that may have come next, and the like for a successor."""
    if one.predecessor_id and of[one.predecessor_id].successor_id != one.tenure_id:
        one = replace(one, predecessor_id=None, predecessor_by=None)
    if one.successor_id and of[one.successor_id].predecessor_id != one.tenure_id:
        one = replace(one, successor_id=None, successor_by=None)
    return one


def _neighbours(one: Holder, others: Sequence[Holder]) -> Neighbours:
    previous = _last_of([o for o in others if _ordered_by(o, one)])
    following = _first_of([o for o in others if _ordered_by(one, o)])
    return Neighbours(
        one.tenure_id,
        predecessor_id=previous.tenure_id if previous else None,
        predecessor_by=_ordered_by(previous, one) if previous else None,
        successor_id=following.tenure_id if following else None,
        successor_by=_ordered_by(one, following) if following else None,
        overlaps=tuple(sorted(o.tenure_id for o in others if _overlap(one, o))),
    )


def _ordered_by(a: Holder, b: Holder) -> str | None:
    """By what a tenure lies before another, None where that is not told."""
    if before(a.last or a.former_from, b.first):
        return "dates"
    if a.state == "former" and b.state == "held" and not before(b.last, a.first or a.former_from):
        return "former"
    return None


def _last_of(holders: Sequence[Holder]) -> Holder | None:
    """The one that is surely the last, None where it is not told which."""
    last = next(iter(holders), None)
    for other in holders:
        last = other if last and _ordered_by(last, other) else last
    return last if last and all(o is last or _ordered_by(o, last) for o in holders) else None


def _first_of(holders: Sequence[Holder]) -> Holder | None:
    """The one that is surely the first, None where it is not told which."""
    first = next(iter(holders), None)
    for other in holders:
        first = other if first and _ordered_by(other, first) else first
    return first if first and all(o is first or _ordered_by(first, o) for o in holders) else None


def _overlap(a: Holder, b: Holder) -> bool:
    """Whether articles of the same time tell both as held. An acting holder stands in for another."""
    if a.acting != b.acting or not (a.first and b.first):
        return False
    return not before(a.last, b.first) and not before(b.last, a.first)
