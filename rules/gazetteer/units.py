"""The administrative units of Việt Nam by time: every state of a unit from 2004 on, with its days.

A unit is (code, valid_from): codes were used again on 1 July 2025. Dates are ISO strings; `valid_from` is the
first day of a state ("2004-08-31" means then or before), `valid_to` the first day on which it no longer
held, None while it holds. Everything is read once, when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Literal, NamedTuple

from rules.gazetteer.spelling import fold_name, loose_key, name_key

Level = Literal["province", "district", "commune"]

FIRST_DAY = "2004-08-31"
REFORM = "2025-07-01"
EVE_OF_REFORM = "2025-06-30"

_TYPES = {
    "T": "tỉnh",
    "TP": "thành phố",
    "Q": "quận",
    "H": "huyện",
    "TX": "thị xã",
    "P": "phường",
    "X": "xã",
    "TT": "thị trấn",
    "ĐK": "đặc khu",
}
_LEVELS: dict[int, Level] = {2: "province", 3: "district", 5: "commune"}


class Unit(NamedTuple):
    """One state of a unit."""

    code: str
    level: Level
    unit_type: str
    name: str
    parent_code: str
    valid_from: str
    valid_to: str | None
    act_from: str
    act_to: str

    @property
    def key(self) -> tuple[str, str]:
        """What tells a unit apart for ever: its code and its first day."""
        return self.code, self.valid_from

    @property
    def full_name(self) -> str:
        """`huyện Gò Công Tây`."""
        return f"{self.unit_type} {self.name}"

    def holds_on(self, day: str) -> bool:
        """Whether the state held on a day (ISO date)."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


def table(name: str) -> list[list[str]]:
    """The rows of one table of this folder, without its head and comment lines; short rows are filled up."""
    head, *lines = (
        (resources.files("rules.gazetteer") / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    )
    width = head.count("\t") + 1
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    for row in rows:
        row.extend([""] * (width - len(row)))
    return rows


@cache
def units() -> tuple[Unit, ...]:
    """Every state of every unit: the made table, as `history.tsv` mends and extends it."""
    acts = dict(table("acts"))
    acts[""] = ""
    mended = {(u.code or u.name, u.valid_from): u for u in history()}
    made = [
        _unit(code, kind, name, parent, first, last, acts[act_from], acts[act_to])
        for code, kind, name, parent, first, last, act_from, act_to in table("units")
    ]
    known = {u.key for u in made}
    return (*(mended.get(u.key, u) for u in made), *(u for key, u in mended.items() if key not in known))


def _unit(
    code: str, kind: str, name: str, parent: str, first: str, last: str, act_from: str, act_to: str
) -> Unit:
    level = _LEVELS[len(code)] if code else "province"
    return Unit(code, level, _TYPES[kind], name, parent, first or FIRST_DAY, last or None, act_from, act_to)


@cache
def history() -> dict[Unit, tuple[str, ...]]:
    """Units by hand, and the codes of those that took their territory over."""
    return {_unit(*row[:8]): tuple(row[8].split()) for row in table("history")}


@cache
def _by_code() -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = {}
    for unit in units():
        if unit.code:
            found.setdefault(unit.code, []).append(unit)
    for states in found.values():
        states.sort(key=lambda u: u.valid_from)
    return found


@cache
def spellings() -> dict[str, frozenset[str]]:
    """By code the names that are spellings of one: the list had Lưỡng Minh and has Lượng Minh."""
    return {code: frozenset(names.split(";")) for code, names in table("spellings")}


@cache
def _by_name() -> dict[str, tuple[Unit, ...]]:
    found: dict[str, list[Unit]] = {}
    for unit in units():
        found.setdefault(name_key(unit.name), []).append(unit)
    for code, names in spellings().items():
        for unit in states(code):
            if unit.name in names:
                for name in names - {unit.name}:
                    found.setdefault(name_key(name), []).append(unit)
    return {key: tuple(same) for key, same in found.items()}


def keyed(key: str) -> tuple[Unit, ...]:
    """Every state of the units whose name has a key (`spelling.name_key`)."""
    return _by_name().get(key, ())


def states(code: str) -> tuple[Unit, ...]:
    """Every state that a code stood for, oldest first."""
    return tuple(_by_code().get(code, ()))


@cache
def _by_key() -> dict[tuple[str, str], Unit]:
    return {unit.key: unit for unit in reversed(units()) if unit.code}


def by_key(code: str, valid_from: str) -> Unit | None:
    """The unit of a key, None when there is none."""
    return _by_key().get((code, valid_from))


def named(name: str, level: Level | None = None, on: str | None = None) -> tuple[Unit, ...]:
    """Units of a bare name in any usual spelling, of one level and of one day where these are given."""
    found = keyed(name_key(fold_name(name)))
    return tuple(u for u in found if (level is None or u.level == level) and (on is None or u.holds_on(on)))


def on(day: str, level: Level | None = None) -> tuple[Unit, ...]:
    """The units that existed on a day."""
    return tuple(u for u in units() if u.holds_on(day) and (level is None or u.level == level) and u.code)


def _last_day(unit: Unit) -> str:
    """A day on which the state surely held, its latest: states are told apart by days, ends are exclusive."""
    from datetime import date, timedelta

    if unit.valid_to is None:
        return "9999-12-31"
    return (date.fromisoformat(unit.valid_to) - timedelta(days=1)).isoformat()


@cache
def _parent(unit: Unit, day: str | None) -> Unit | None:
    choices = _by_code().get(unit.parent_code, ())
    if not choices:
        return None
    if day is not None and (found := next((p for p in choices if p.holds_on(day)), None)):
        return found
    return max(choices, key=lambda p: (_overlap(unit, p), p.valid_from))


def _overlap(a: Unit, b: Unit) -> str:
    """The last day of the time that two states share, blank when they share none: the latest parent wins."""
    start, end = max(a.valid_from, b.valid_from), min(a.valid_to or "9999", b.valid_to or "9999")
    return end if start < end else ""


def parents(unit: Unit, day: str | None = None) -> tuple[Unit, ...]:
    """The unit's parents, nearest first, as of a day of its time; else those of its last days."""
    chain: list[Unit] = []
    above = _parent(unit, day if day is not None and unit.holds_on(day) else None)
    while above is not None and above not in chain and above.key != unit.key:
        chain.append(above)
        above = _parent(above, day if day is not None and above.holds_on(day) else _last_day(unit))
    return tuple(chain)


def province_of(unit: Unit, day: str | None = None) -> Unit | None:
    """The province that a unit belongs to (a province: itself)."""
    if unit.level == "province":
        return unit
    chain = parents(unit, day)
    return chain[-1] if chain and chain[-1].level == "province" else None


def children(unit: Unit, day: str | None = None) -> tuple[Unit, ...]:
    """The units right below a unit on a day of its time; without a day in the last days of its time."""
    when = day or _last_day(unit)
    found = _children().get(unit.code, ())
    return tuple(u for u in found if u.holds_on(when if when < "9999" else "9999"))


@cache
def _children() -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = {}
    for unit in units():
        if unit.parent_code:
            found.setdefault(unit.parent_code, []).append(unit)
    return found


def below(unit: Unit) -> tuple[Unit, ...]:
    """Every state of the communes and districts that were ever below the code of a unit."""
    of = _children()
    return tuple(u for child in of.get(unit.code, ()) for u in (child, *of.get(child.code, ())))


def same_name_below(unit: Unit, name: str) -> tuple[Unit, ...]:
    """Communes or districts below a unit whose name differs from `name` in marks alone."""
    return _below_by_loose_key(unit).get(loose_key(name), ())


@cache
def _below_by_loose_key(above: Unit) -> dict[str, tuple[Unit, ...]]:
    found: dict[str, list[Unit]] = {}
    for unit in below(above):
        found.setdefault(loose_key(unit.name), []).append(unit)
    return {key: tuple(same) for key, same in found.items()}


@cache
def _districts_by_loose_key() -> dict[str, tuple[Unit, ...]]:
    found: dict[str, list[Unit]] = {}
    for unit in units():
        if unit.level == "district":
            found.setdefault(loose_key(unit.name), []).append(unit)
    return {key: tuple(same) for key, same in found.items()}


def districts_like(name: str) -> tuple[Unit, ...]:
    """Districts whose name differs in marks alone: Chư Pah for Chư Păh."""
    return _districts_by_loose_key().get(loose_key(name), ())


def latest(found: Iterable[Unit], day: str) -> tuple[Unit, ...]:
    """One state for each code: the one of that day, else the nearest in time."""
    best: dict[str, Unit] = {}
    for unit in found:
        held = best.get(unit.code)
        if held is None or _distance(unit, day) < _distance(held, day):
            best[unit.code] = unit
    return tuple(best.values())


def _distance(unit: Unit, day: str) -> tuple[int, int]:
    if unit.holds_on(day):
        return (0, 0)
    if unit.valid_from > day:
        return (2, _days(unit.valid_from) - _days(day))
    return (1, _days(day) - _days(unit.valid_to or day))


def _days(day: str) -> int:
    return int(day[:4]) * 372 + int(day[5:7] or 1) * 31 + int(day[8:10] or 1)
