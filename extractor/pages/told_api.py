"""The REST interface to what `reconcile` found: the claims, series and tenures of a unit, and a claim with its sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Annotated, Any, Literal, NamedTuple

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from extractor.pages import reconciled
from extractor.pages.api import BLANK, Limit, Offset, Words, Year, database, dumped
from extractor.pages.api import router as of_api
from extractor.pages.errors import ServiceError, not_reconciled
from extractor.pages.search import SECONDS, Search
from extractor.pages.store import Database, Row
from extractor.reconcile.series import Every, Measure, Point, points
from rules.gazetteer import units as gazetteer
from rules.gazetteer.units import Unit

router = APIRouter(responses=of_api.responses)

Day = Annotated[
    str | None,
    BLANK,
    Query(
        description="one state of the unit, by its first day: 2004-08-31",
        pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    ),
]
What = Annotated[
    Words | None, BLANK, Query(description="what is measured, as `what` tells it: budget_revenue")
]
Status = Annotated[
    Literal["actual", "planned"] | None, BLANK, Query(description="what came true, or what was planned")
]


def put_together(search: Annotated[Search, Depends(database)]) -> Database:
    """The database of the service. Raises ServiceError where `reconcile` was not run on it."""
    if not reconciled.is_reconciled(search.database):
        raise not_reconciled()
    return search.database


Reconciled = Annotated[Database, Depends(put_together)]


class Asked:
    """Tests of a query with their values."""

    def __init__(self, **equal: Any) -> None:
        """What columns must be equal to; None asks for nothing."""
        self.tests: list[str] = []
        self.values: dict[str, Any] = {}
        for column, value in equal.items():
            self.add(column, "=", value)

    def add(self, column: str, sign: str, value: Any) -> None:
        """One more test; None asks for nothing."""
        if value is not None:
            name = f"v{len(self.values)}"
            self.tests.append(f"{column} {sign} :{name}")
            self.values[name] = value

    def __str__(self) -> str:
        """As the condition of a query."""
        return " AND ".join(self.tests)


class OfUnit(NamedTuple):
    """A unit of the gazetteer that is asked about: all its states, or one."""

    database: Database
    code: str
    valid_from: str | None

    def asked(self, **equal: Any) -> Asked:
        """What is told of it."""
        return Asked(place_code=self.code, place_valid_from=self.valid_from, **equal)


def of_unit(code: str, database: Reconciled, valid_from: Day = None) -> OfUnit:
    """The unit of an address. Raises ServiceError where there is none."""
    if not any(valid_from in (None, u.valid_from) for u in gazetteer.states(code)):
        raise ServiceError(
            404, "no_unit", "There is no unit of this code", "GET /units?q= finds units and their codes."
        )
    return OfUnit(database, code, valid_from)


Unit_ = Annotated[OfUnit, Depends(of_unit)]


@router.get("/units/{code}/claims", summary="What is said of a unit, and whether its sources agree")
def claims(
    unit: Unit_,
    what: What = None,
    period: Annotated[
        Words | None, BLANK, Query(description="the period, as it is told: 2016, 2016-Q1, 2016-05")
    ] = None,
    status: Status = None,
    agreement: Annotated[
        Literal["single", "confirmed", "compatible", "revised", "conflicting"] | None,
        BLANK,
        Query(description="how the sources agree"),
    ] = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Response:
    """Rows of the table `claims`, those that contradict each other first; `given`: the values, side by side."""
    asked = unit.asked(what=what, period=period, status=status, agreement=agreement)
    return _page(unit.database, "claims", asked, reconciled.WORST_FIRST, limit, offset)


@router.get("/units/{code}/series", summary="What is measured in a unit over time")
def series(
    unit: Unit_,
    what: What = None,
    status: Status = None,
    since: Annotated[Year | None, BLANK, Query(description="first year")] = None,
    until: Annotated[Year | None, BLANK, Query(description="last year")] = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Response:
    """Rows of the view `series`: a value a period, the periods of one `series_id` in their order."""
    asked = unit.asked(what=what, status=status)
    asked.add("year", ">=", since)
    asked.add("year", "<=", until)
    return _page(unit.database, "series", asked, "what, series_id, period, claim_id", limit, offset)


@router.get("/units/{code}/tenures", summary="Who held which office in a unit")
def tenures(
    unit: Unit_,
    office: Annotated[Words | None, BLANK, Query(description="an office: chủ tịch")] = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Response:
    """Rows of the table `tenures`, those of one office together; `identity` tells whether a name is one person."""
    order = "body_key, office, COALESCE(first_mention, former_from, ''), name, tenure_id"
    return _page(unit.database, "tenures", unit.asked(office=office), order, limit, offset)


@router.get("/units/{code}/points", summary="One thing of a unit, a value a period, gaps as gaps")
def points_(
    unit: Unit_,
    what: Annotated[Words, Query(description="as `what` tells it in /units/…/series: budget_revenue")],
    measure: Annotated[Words, Query(description="unit of the value: VND, percent, household")],
    per: Annotated[Words | None, BLANK, Query(description="for each of what: người, năm")] = None,
    change: Annotated[
        Literal["increase", "decrease"] | None, BLANK, Query(description="a growth or a fall")
    ] = None,
    basis: Annotated[Words | None, BLANK, Query(description="what it is compared with")] = None,
    subject: Annotated[Words | None, BLANK, Query(description="whose it is, if not the unit's")] = None,
    category: Annotated[Words | None, BLANK, Query(description="what is counted")] = None,
    status: Annotated[
        Literal["actual", "planned"], Query(description="what came true, or a plan")
    ] = "actual",
    every: Annotated[Every, Query(description="the kind of period")] = "year",
    today: Annotated[
        bool, Query(description="for the ground of a unit of today: sums of the parts that were there then")
    ] = False,
) -> Response:
    """From the first value to the last, across changes of the unit; a gap tells in `missing` and `note` why it is one."""
    wanted = Measure(what, measure, per, change, basis, subject, category, status)
    state = _state(unit, today)
    found = points(_Tuples(unit.database), state, wanted, today=today, every=every)
    told = {"code": state.code, "valid_from": state.valid_from, "name": state.full_name}
    return dumped({"unit": told, "points": [_point(p) for p in found]})


def _state(unit: OfUnit, today: bool) -> Unit:
    """The state that is meant: the one asked for, else the last."""
    states = [u for u in gazetteer.states(unit.code) if unit.valid_from in (None, u.valid_from)]
    found = max(states, key=lambda u: u.valid_from)
    if today and found.valid_to is not None:
        message = f"{found.full_name} is no unit of today: it ended on {found.valid_to}"
        raise ServiceError(422, "unit", message, "GET /units?q= tells which units hold its ground today.")
    return found


def _point(point: Point) -> Row:
    told = asdict(point)
    value = told.pop("value")
    low, high, qualifier = value or (None, None, None)
    return {"period": told.pop("period"), "value_min": low, "value_max": high, "qualifier": qualifier, **told}


class _Tuples:
    """The database with rows as `extractor.reconcile.series` reads them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rows(self, sql: str, values: Mapping[str, Any] | None = None) -> Iterator[tuple[Any, ...]]:
        """The rows of a query."""
        return (tuple(row.values()) for row in self._database.rows(sql, values, SECONDS))


@router.get("/claims/{claim_id}.json", summary="A claim with its sources")
def claim(claim_id: str, database: Reconciled, limit: Limit = 50, offset: Offset = 0) -> Response:
    """`sources`: who says what, with the sentences; `beside`: its plan or result, and the same at other times."""
    row = reconciled.claim_alone(database, claim_id)
    if row is None:
        raise ServiceError(
            404, "no_claim", "There is no claim of this id", "GET /units/…/claims tells a unit's claims."
        )
    asked = Asked(claim_id=claim_id)
    total, sources = _rows(database, "claim_sources", asked, reconciled.BY_DAY, limit, offset)
    shown = {"total": total, "limit": limit, "offset": offset, "sources": sources}
    return dumped({"claim": row, **shown, "beside": reconciled.beside(database, row)})


def _page(database: Database, table: str, asked: Asked, order: str, limit: int, offset: int) -> Response:
    """One page of a table as an answer."""
    total, rows = _rows(database, table, asked, order, limit, offset)
    return dumped({"total": total, "limit": limit, "offset": offset, table: rows})


def _rows(
    database: Database, table: str, asked: Asked, order: str, limit: int, offset: int
) -> tuple[int, list[Row]]:
    """How many rows of a table pass the tests, and one page of them."""
    counted = database.rows(f"SELECT count(*) AS n FROM {table} WHERE {asked}", asked.values, SECONDS)  # noqa: S608
    sql = f"SELECT * FROM {table} WHERE {asked} ORDER BY {order} LIMIT {int(limit)} OFFSET {int(offset)}"  # noqa: S608
    found = [reconciled.plain(row) for row in database.rows(sql, asked.values, SECONDS)]
    return int(next(iter(counted))["n"]), found
