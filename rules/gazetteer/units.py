"""The administrative units of Việt Nam by time: every state of a unit from 2004 on, with its days.

A unit is (code, valid_from): codes were used again on 1 July 2025. Dates are ISO strings; `valid_from` is the
first day of a state ("2004-08-31" means then or before), `valid_to` the first day on which it no longer
held, None while it holds. The tables are read once, when they are first asked for; of their many lines only those
that are asked for are made units.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources
from operator import attrgetter
from typing import Literal, NamedTuple

from rules.gazetteer.spelling import fold_name, loose_key, name_key, name_keys

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
_LEVELS: dict[int, Level] = {2: "province", 3: "district", 5: "commune", 0: "province"}
"""By the digits of a code; units whose code is not known are provinces."""


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


def _lines_of(name: str) -> list[str]:
    """The head of one table of this folder and its lines, without comments."""
    lines = (resources.files("rules.gazetteer") / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def table(name: str) -> list[list[str]]:
    """The rows of one table of this folder, without its head and comment lines; short rows are filled up."""
    head, *lines = _lines_of(name)
    return [_cells(line, head.count("\t") + 1) for line in lines]


def _cells(line: str, width: int) -> list[str]:
    return (line + "\t" * width).split("\t", width)[:width]


@cache
def _lines() -> tuple[str, ...]:
    """A line for every state of every unit: the made table, as `history.tsv` mends and extends it."""
    mended = {_key(line): line for line in _lines_of("history")[1:]}
    codes = {code for code, _ in mended}
    made = [
        mended.pop(_key(line), line) if line[: line.index("\t")] in codes else line
        for line in _lines_of("units")[1:]
    ]
    return (*made, *mended.values())


def _key(line: str) -> tuple[str, str]:
    code, _, name, _, first = _cells(line, 5)
    return code or name, first or FIRST_DAY


class _Index(NamedTuple):
    """The lines by code, by name key and by the parent's code. Few are ever asked for: `_unit` reads these."""

    code: dict[str, list[str]]
    name: dict[str, list[str]]
    parent: dict[str, list[str]]


@cache
def _index() -> _Index:
    code, name, parent = index = _Index({}, {}, {})
    rows = [line.split("\t", 4) for line in _lines()]
    keys = name_keys("\n".join([row[2] for row in rows])).split("\n")
    for line, row, key in zip(_lines(), rows, keys, strict=True):
        code.setdefault(row[0], []).append(line)
        name.setdefault(key, []).append(line)
        if len(row) > 3:
            parent.setdefault(row[3], []).append(line)
    del code[""], parent[""]
    for own, names in spellings().items():
        for line in code[own]:
            called = _cells(line, 3)[2]
            for other in names - {called} if called in names else ():
                name.setdefault(name_key(other), []).append(line)
    return index


@cache
def _unit(line: str) -> Unit:
    code, kind, name, parent, first, last, act_from, act_to = _cells(line, 8)
    level, acts = _LEVELS[len(code)], _acts()
    act_from, act_to = acts.get(act_from, act_from), acts.get(act_to, act_to)
    return Unit(code, level, _TYPES[kind], name, parent, first or FIRST_DAY, last or None, act_from, act_to)


@cache
def _acts() -> dict[str, str]:
    return dict(table("acts"))


def units() -> tuple[Unit, ...]:
    """Every state of every unit."""
    return tuple(map(_unit, _lines()))


def of_level(*levels: Level) -> tuple[Unit, ...]:
    """Every state of the units of some levels, in the order of `units`."""
    return tuple(_unit(line) for line in _lines() if _LEVELS[line.index("\t")] in levels)


@cache
def history() -> dict[Unit, tuple[str, ...]]:
    """Units by hand, and the codes of those that took their territory over."""
    return {_unit(line): tuple(_cells(line, 9)[8].split()) for line in _lines_of("history")[1:]}


@cache
def spellings() -> dict[str, frozenset[str]]:
    """By code the names that are spellings of one: the list had Lưỡng Minh and has Lượng Minh."""
    return {code: frozenset(names.split(";")) for code, names in table("spellings")}


def keyed(key: str) -> tuple[Unit, ...]:
    """Every state of the units whose name has a key (`spelling.name_key`)."""
    return tuple(map(_unit, _index().name.get(key, ())))


@lru_cache(maxsize=8192)
def states(code: str) -> tuple[Unit, ...]:
    """Every state that a code stood for, oldest first."""
    return tuple(sorted(map(_unit, _index().code.get(code, ())), key=attrgetter("valid_from")))


def by_key(code: str, valid_from: str) -> Unit | None:
    """The unit of a key, None when there is none."""
    return next((u for u in states(code) if u.valid_from == valid_from), None)


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
    choices = states(unit.parent_code)
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
    return tuple(u for u in _children(unit.code) if u.holds_on(when if when < "9999" else "9999"))


def _children(code: str) -> tuple[Unit, ...]:
    """Every state of the units right below a code."""
    return tuple(map(_unit, _index().parent.get(code, ())))


def below(unit: Unit) -> tuple[Unit, ...]:
    """Every state of the communes and districts that were ever below the code of a unit."""
    return tuple(u for child in _children(unit.code) for u in (child, *_children(child.code)))


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
    for unit in of_level("district"):
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
