"""One thing of one unit over time: a point a period, gaps as gaps, across changes of the units.

"As it was" follows the unit itself: the states of one code that follow each other, whatever its name and type.
"Today's" asks what the territory of a unit of today had: where several units held it then, their values are added up,
if all of them are there and the thing is one that adds up; else the point is a gap that says what is missing.
Changes of a border that moved a few communes only are not seen (see rules.gazetteer.successors).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple, Protocol

import regex

from extractor.reconcile.agreement import Value
from extractor.sinks.store import Row, Values, exact, open_store
from rules.gazetteer.successors import current
from rules.gazetteer.units import REFORM, Unit, by_key, on, states
from rules.words import lexicon

Every = Literal["year", "quarter", "month"]


class Measure(NamedTuple):
    """What is measured: `what` as the table `claims` has it (`budget_revenue`, `hộ nghèo`), and its unit."""

    what: str
    unit: str
    per: str | None = None
    change: str | None = None
    basis: str | None = None
    subject: str | None = None
    category: str | None = None
    status: str = "actual"


@dataclass(frozen=True, slots=True)
class Point:
    """A period with its value, or a gap that says why. `units`: whose values it is made of, as they were then."""

    period: str
    value: Value | None
    units: tuple[str, ...]
    missing: tuple[str, ...] = ()
    agreement: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    note: str | None = None


class _Claim(NamedTuple):
    claim_id: str
    value: Value
    agreement: str


_Held = dict[tuple[str, str, str], _Claim]
"""Claims by code and first day of their unit, and period."""


def series(
    target: str,
    place: tuple[str, str],
    measure: Measure,
    *,
    today: bool = False,
    every: Every = "year",
    periods: tuple[str, str] | None = None,
) -> tuple[Point, ...]:
    """The points of a unit (`place`: code and first day) in a database that was reconciled.

    `today`: for the territory of a unit of today. `periods`: first and last, as a figure's `period` is written;
    without them from the first value to the last. Raises LookupError for a unit that the gazetteer does not have
    or, with `today`, one that is gone; sinks.sink.TargetError for a target that cannot be used.
    """
    unit = by_key(*place)
    if unit is None:
        raise LookupError(f"no unit has the code {place[0]} since {place[1]}: see 'trichtin places'")
    if today and unit.valid_to is not None:
        raise LookupError(f"{unit.full_name} is no unit of today: it ended on {unit.valid_to}")
    with open_store(target) as store:
        return tuple(points(store, unit, measure, today=today, every=every, periods=periods))


class Rows(Protocol):
    """What answers queries with tuples: a store, or a database that is only read."""

    def rows(self, sql: str, values: Values | None = None) -> Iterator[Row]:
        """The rows of a query."""


def points(
    store: Rows,
    unit: Unit,
    measure: Measure,
    *,
    today: bool = False,
    every: Every = "year",
    periods: tuple[str, str] | None = None,
) -> Iterator[Point]:
    """The points of a unit, as `series` gives them."""
    codes = _codes(unit) if today else {unit.code}
    held = _held(store, measure, codes)
    wanted = {u.key for u in _chain(unit)}
    told = sorted(p for code, first, p in held if _kind(p) == every and (today or (code, first) in wanted))
    if periods is None and not told:
        return
    first, last = periods or (told[0], told[-1])
    for period in _steps(first, last):
        yield _of_territory(held, unit, measure, period) if today else _of_itself(held, unit, period)


def _held(store: Rows, measure: Measure, codes: set[str]) -> _Held:
    names = {f"c{i}": code for i, code in enumerate(sorted(codes))}
    given = {k: v for k, v in measure._asdict().items() if v is not None}
    tests = [f"{k} = :{k}" if k in given else f"{k} IS NULL" for k in Measure._fields]
    rows = store.rows(
        "SELECT place_code, place_valid_from, period, claim_id, value_min, value_max, qualifier, agreement FROM claims "  # noqa: S608
        f"WHERE {' AND '.join(tests)} AND place_code IN ({', '.join(':' + n for n in names)}) ORDER BY claim_id",
        {**given, **names},
    )
    held: _Held = {}
    for code, since, period, claim, low, high, qualifier, agreement in rows:
        held[code, since, period] = _Claim(claim, Value(_number(low), _number(high), qualifier), agreement)
    return held


def _number(value: object) -> Decimal:
    number = exact(value)
    assert number is not None
    return number


def _of_itself(held: _Held, unit: Unit, period: str) -> Point:
    """The value under the state that held then; else under one of the unit's other states."""
    day = _day(period)
    for state in sorted(_chain(unit), key=lambda u: (not u.holds_on(day), u.valid_from)):
        if (claim := held.get((*state.key, period))) is not None:
            return _point(period, [(state, claim)])
    return Point(period, None, (), missing=(unit.full_name,))


def _of_territory(held: _Held, unit: Unit, measure: Measure, period: str) -> Point:
    """The value of all that the unit's territory was then."""
    if unit.valid_from > _day(period) and (told := held.get((*unit.key, period))) is not None:
        return _point(period, [(unit, told)], "told for the unit of today")
    parts = [u for u in on(_day(period), unit.level) if unit in current(u)[0]]
    divided = [u.full_name for u in parts if len(current(u)[0]) > 1 or current(u)[1] is not None]
    there = [(u, claim) for u in parts if (claim := held.get((*u.key, period))) is not None]
    missing = [u.full_name for u in parts if (*u.key, period) not in held]
    if divided:
        told_why = f"divided since: {', '.join(divided)}"
        return Point(period, None, tuple(u.full_name for u, _ in there), tuple(missing), note=told_why)
    if missing or not parts:
        note = f"{len(there)} of {len(parts)} parts" if len(parts) > 1 else None
        return Point(period, None, tuple(u.full_name for u, _ in there), tuple(missing), note=note)
    if len(parts) > 1 and not adds_up(measure):
        return Point(period, None, tuple(u.full_name for u in parts), note="does not add up over parts")
    return _point(period, there, f"sum of {len(parts)} parts" if len(parts) > 1 else None)


def _point(period: str, found: Sequence[tuple[Unit, _Claim]], note: str | None = None) -> Point:
    claims = [claim for _, claim in found]
    low = sum((c.value.low for c in claims), Decimal(0))
    high = sum((c.value.high for c in claims), Decimal(0))
    return Point(
        period=period,
        value=Value(low, high, _together([claim.value.qualifier for claim in claims])),
        units=tuple(unit.full_name for unit, _ in found),
        agreement=tuple(claim.agreement for claim in claims),
        claims=tuple(claim.claim_id for claim in claims),
        note=note,
    )


def _together(qualifiers: Sequence[str]) -> str:
    """The qualifier of a sum: exact parts change none, different ones leave "about"."""
    others = set(qualifiers) - {"exact"}
    return "exact" if not others else others.pop() if len(others) == 1 else "about"


def adds_up(measure: Measure) -> bool:
    """Whether values of parts make the value of the whole: amounts and counts do, rates, shares and averages do not."""
    if measure.unit == "percent" or measure.per or measure.change:
        return False
    sums, not_sums = _sums()
    return not not_sums.search(sums.sub("", measure.what))


@cache
def _sums() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """The words of names that add up although they hold one of those that do not, and these."""
    return _any_of("sums"), _any_of("not_sums")


def _any_of(name: str) -> regex.Pattern[str]:
    words = "|".join(regex.escape(w) for w in lexicon("claims")[name])
    return regex.compile(rf"\b(?:{words})\b")


def _chain(unit: Unit) -> tuple[Unit, ...]:
    """The states of a unit: of its code, one behind the other; codes were given anew on 1 July 2025."""
    found = [unit]
    for state in reversed([u for u in states(unit.code) if u.valid_from < unit.valid_from]):
        if state.valid_to == found[0].valid_from and _goes_on(state, found[0]):
            found.insert(0, state)
    for state in [u for u in states(unit.code) if u.valid_from > unit.valid_from]:
        if found[-1].valid_to == state.valid_from and _goes_on(found[-1], state):
            found.append(state)
    return tuple(found)


def _goes_on(state: Unit, following: Unit) -> bool:
    return following.valid_from != REFORM or state.name == following.name


@cache
def _territory(unit: Unit) -> tuple[Unit, ...]:
    """Every state of every unit that the territory of a unit of today belonged to, wholly or in part."""
    return tuple(u for u in _all_states(unit.level) if unit in current(u)[0])


@cache
def _all_states(level: str) -> tuple[Unit, ...]:
    from rules.gazetteer.units import units

    return tuple(u for u in units() if u.level == level and u.code)


def _codes(unit: Unit) -> set[str]:
    return {unit.code, *(u.code for u in _territory(unit))}


def _kind(period: str) -> str | None:
    shapes = (("year", r"\d{4}"), ("quarter", r"\d{4}-Q\d"), ("month", r"\d{4}-\d\d"))
    return next((name for name, shape in shapes if regex.fullmatch(shape, period)), None)


def _steps(first: str, last: str) -> Iterator[str]:
    """The periods from the first to the last, all of one kind."""
    year, rest = int(first[:4]), first[5:]
    while (period := f"{year:04d}{'-' + rest if rest else ''}") <= last:
        yield period
        if not rest:
            year += 1
        elif rest.startswith("Q"):
            year, rest = (year + 1, "Q1") if rest == "Q4" else (year, f"Q{int(rest[1:]) + 1}")
        else:
            year, rest = (year + 1, "01") if rest == "12" else (year, f"{int(rest) + 1:02d}")


def _day(period: str) -> str:
    """A day at the end of a period, on which the units of that time held."""
    from extractor.reconcile.agreement import period_end

    return period_end(period)
