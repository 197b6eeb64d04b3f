"""Looking units up by what people write: "Châu Thành, Tiền Giang", "P.7, quận 3", "26740"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from rules.gazetteer import units as gazetteer
from rules.gazetteer.spelling import fold_name, loose_key, name_key
from rules.gazetteer.units import Unit
from rules.words import lexicon


class Point(NamedTuple):
    """Where a unit lies: degrees north and east (WGS 84)."""

    latitude: str
    longitude: str


@cache
def _points() -> dict[tuple[str, str], Point]:
    return {(code, era): Point(lat, lon) for code, era, lat, lon in gazetteer.table("points")}


def point(unit: Unit) -> Point | None:
    """The coordinates of a unit; None where the source has none. They hold for June 2025 and before, or since."""
    return _points().get((unit.code, "new" if unit.valid_from >= gazetteer.REFORM else "old"))


def search(query: str, on: str | None = None) -> tuple[Unit, ...]:
    """The units that a query names, the named unit first, then those that hold it, parted by commas.

    Every state is given, or that of the day `on`. Marks may be left out where no unit has them right.
    """
    first, *holders = [part.strip() for part in fold_name(query).split(",") if part.strip()] or [""]
    found = _named(first)
    for holder in holders:
        above = {u.key for u in _named(holder)}
        found = tuple(u for u in found if above & {p.key for p in _all_above(u)})
    return tuple(u for u in found if on is None or u.holds_on(on))


def _all_above(unit: Unit) -> Iterator[Unit]:
    for state in gazetteer.states(unit.parent_code):
        if state.valid_from < (unit.valid_to or "9999") and unit.valid_from < (state.valid_to or "9999"):
            yield state
            yield from _all_above(state)


def _named(text: str) -> tuple[Unit, ...]:
    if text.isdigit() and len(text) > 2:
        return gazetteer.states(text)
    kind, name = _type_and_name(text)
    spelling = {
        name_key(k): v for t in ("spellings", "typed_spellings") for k, v in lexicon("places")[t].items()
    }
    listed, _, bound = spelling.get(name_key(name), name).partition("|")
    found = gazetteer.keyed(name_key(name)) + (gazetteer.keyed(name_key(listed)) if listed != name else ())
    if not found:
        found = tuple(u for u in gazetteer.units() if loose_key(u.name) == loose_key(name))
    kind = kind or bound
    return tuple(u for u in dict.fromkeys(found) if not kind or u.unit_type == kind)


def _type_and_name(text: str) -> tuple[str, str]:
    """`P.7` → phường, 7. A short type word counts with its dot or before a number or a blank."""
    words = lexicon("places")
    forms = [(f, kind) for table in ("types", "short_types") for kind, fs in words[table].items() for f in fs]
    for form, kind in sorted(forms, key=lambda f: -len(f[0])):
        rest = text[len(form) :]
        if (
            text.lower().startswith(form.lower())
            and rest
            and (rest[0] in " ." or form.endswith(".") or rest.strip().isdigit())
        ):
            return kind, rest.strip(" .")
    return "", text
