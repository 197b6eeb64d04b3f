"""What became of a unit: the units of 1 July 2025 that hold its territory."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from rules.gazetteer.units import FIRST_DAY, REFORM, Unit, by_key, children, history, parents, states, table


@cache
def _took_over() -> dict[str, list[str]]:
    """By code of June 2025: the codes of July 2025 that hold the territory."""
    found: dict[str, list[str]] = {}
    for new, former in table("current"):
        for old in former.split():
            found.setdefault(old.rstrip("*"), []).append(new)
    return found


@cache
def current(unit: Unit) -> tuple[tuple[Unit, ...], str | None]:
    """The units of 1 July 2025 that hold a unit's territory, and on what the answer rests.

    The basis is None for the unit's own successors, "parent" where only those of the unit above are known.
    A province is answered with provinces, a lower unit with communes.
    """
    became = history().get(unit, ())
    if not unit.code:
        return _in_order(
            u for code in became if (then := by_key(code, FIRST_DAY)) for u in current(then)[0]
        ), None
    own = _own(unit)
    if own:
        return own, None
    for above in parents(unit):
        found = _own(above)
        if found:
            return found, "parent"
    return (), None


def _own(unit: Unit) -> tuple[Unit, ...]:
    last = _last_before_reform(unit)
    if last is None:
        return ()
    if last.valid_from >= REFORM:
        first = next((u for u in states(last.code) if u.holds_on(REFORM)), None)
        return (first,) if first else ()
    if last.level == "province":
        return _provinces(last)
    if last.valid_to == REFORM and (direct := _took_over().get(last.code)):
        return _communes(direct)
    if last.level == "district":
        parts = [_own(child) for child in children(last)]
        if parts and all(parts):
            return _in_order(u for part in parts for u in part)
    return ()


def _last_before_reform(unit: Unit) -> Unit | None:
    """The last state of the same unit: the same code under a new name or type, without a gap."""
    if unit.valid_from >= REFORM:
        return unit
    for state in states(unit.code):
        if state.valid_from == unit.valid_to and state.valid_from < REFORM:
            return _last_before_reform(state)
    return unit


def _communes(codes: list[str]) -> tuple[Unit, ...]:
    return _in_order(u for code in codes if (u := by_key(code, REFORM)))


@cache
def _provinces(last: Unit) -> tuple[Unit, ...]:
    """The provinces of the successors of a province's districts; its own code where it went on."""
    going_on = [u for u in states(last.code) if u.holds_on(REFORM) and u.name == last.name]
    if last.valid_to is None or last.valid_to > REFORM:
        return tuple(going_on)
    found: dict[tuple[str, str], int] = {}
    for district in children(last):
        for commune in _own(district):
            for above in parents(commune, REFORM):
                found[above.key] = found.get(above.key, 0) + 1
    # a few border communes went to a neighbour: a province that took less than a twentieth is no successor
    enough = sum(found.values()) / 20
    return _in_order(u for key, count in found.items() if count >= enough and (u := by_key(*key)))


def _in_order(found: Iterable[Unit]) -> tuple[Unit, ...]:
    unique = {u.key: u for u in found}
    return tuple(sorted(unique.values(), key=lambda u: u.code))
