"""Mentions of provinces, districts and communes, resolved to their codes: `find`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from rules.base import Mention, Reading
from rules.gazetteer import units as gazetteer
from rules.gazetteer.successors import current
from rules.gazetteer.units import Unit
from rules.places import words as w
from rules.places.dating import day_of
from rules.places.found import LEVEL_OF_TYPE
from rules.places.resolving import Resolved, resolve
from rules.places.scanning import scan

KINDS = ("place",)


def find(reading: Reading) -> Iterator[Mention]:
    """The administrative units that an article names; all mentions are resolved together.

    Offsets: code points of the folded text, end exclusive; a mention holds its type word where it has one.
    """
    found = scan(reading.text, reading.sentences)
    if not found:
        return
    day = day_of(reading, found)
    items = resolve(reading.text, found, day, _paper_province(reading.newspaper))
    for item in items:
        yield Mention("place", item.found.start, item.found.end, _rule(item), _fields(items, item, day))


def _rule(item: Resolved) -> str:
    if item.found.typed is None:
        return "place.bare"
    return "place.typed" if item.unit or item.units else "place.unlisted"


def _paper_province(newspaper: str | None) -> str | None:
    if not newspaper:
        return None
    if newspaper in w.words()["newspapers"]:
        return str(w.words()["newspapers"][newspaper])
    return _in_name(newspaper)


@lru_cache(maxsize=256)
def _in_name(newspaper: str) -> str | None:
    """`Báo Quảng Ninh`: the province in a newspaper's name."""
    return next((name for name in _province_names() if name in newspaper), None)


@cache
def _province_names() -> tuple[str, ...]:
    return tuple(sorted({u.name for u in gazetteer.of_level("province")}, key=lambda n: -len(n)))


def _fields(items: list[Resolved], item: Resolved, day: str) -> dict[str, Any]:
    found = item.found
    if item.unit is not None:
        fields = _of_unit(item.unit, day)
        if _own_spelling(found.name, item.unit):
            return {**fields, "name": found.name}
        return fields
    provinces = set(_provinces(item.units, day))
    if not item.units and item.holder is not None and (holder := items[item.holder].unit):
        above = gazetteer.province_of(holder, day)
        provinces = {above} if above else set()
    province = next(iter(provinces)) if len(provinces) == 1 else None
    levels = {u.level for u in item.units}
    types = {u.unit_type for u in item.units}
    return {
        "name": found.name,
        "level": levels.pop() if len(levels) == 1 else LEVEL_OF_TYPE[found.typed or "huyện"],
        "unit_type": types.pop() if len(types) == 1 else found.typed,
        "code": None,
        "valid_from": None,
        "candidates": tuple(_candidate(u, day) for u in item.units),
        "province": province.name if province else None,
        "province_code": province.code if province else None,
        "current": (),
        "current_basis": None,
    }


@lru_cache(maxsize=1024)
def _provinces(units: tuple[Unit, ...], day: str) -> frozenset[Unit]:
    return frozenset(p for u in units if (p := gazetteer.province_of(u, day)))


def _own_spelling(name: str, unit: Unit) -> bool:
    """Whether the article's spelling is as good as the list's: Tam Xuân 2 for Tam Xuân II, Lượng Minh for Lưỡng Minh."""
    if name == unit.name or name.isdigit():
        return False
    return name[-1].isdigit() or name in gazetteer.spellings().get(unit.code, ())


@lru_cache(maxsize=4096)
def _candidate(unit: Unit, day: str) -> dict[str, Any]:
    province = gazetteer.province_of(unit, day)
    return {
        "code": unit.code,
        "valid_from": unit.valid_from,
        "name": unit.full_name,
        "province": province.name if province else None,
    }


@lru_cache(maxsize=4096)
def _of_unit(unit: Unit, day: str) -> dict[str, Any]:
    province = gazetteer.province_of(unit, day)
    successors, basis = current(unit)
    return {
        "name": unit.name,
        "level": unit.level,
        "unit_type": unit.unit_type,
        "code": unit.code or None,
        "valid_from": unit.valid_from,
        "candidates": (),
        "province": province.name if province else None,
        "province_code": province.code if province else None,
        "current": tuple(_current_unit(u) for u in successors),
        "current_basis": basis,
    }


def _current_unit(unit: Unit) -> dict[str, str]:
    province = gazetteer.province_of(unit, gazetteer.REFORM)
    return {"code": unit.code, "name": unit.full_name, "province": province.name if province else ""}
