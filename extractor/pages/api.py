"""The REST interface: extract, check, units, facts, articles, health."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response, StreamingResponse
from pydantic import BeforeValidator, Field

import extractor
from extractor.output import cell
from extractor.pages.errors import ServiceError
from extractor.pages.jobs import Given, ToCheck, told
from extractor.pages.search import Search, Wanted
from extractor.pages.store import extraction
from extractor.records import to_json
from rules.gazetteer import units as gazetteer
from rules.gazetteer.lookup import point
from rules.gazetteer.lookup import search as look_up
from rules.gazetteer.successors import current
from rules.gazetteer.units import Unit

_PROBLEM = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "do"],
            "properties": {name: {"type": "string"} for name in ("code", "message", "do")},
        }
    },
}
_REFUSALS = {
    400: "no JSON, or a request that is no sound HTTP",
    404: "no such article, or a service without a database",
    408: "the body came too slowly",
    413: "the body is too long",
    422: "a parameter or a field that does not fit",
    429: "too many requests at once",
    503: "too much work is waiting, or it took too long",
}

router = APIRouter(
    responses={
        status: {"description": told, "content": {"application/json": {"schema": _PROBLEM}}}
        for status, told in _REFUSALS.items()
    }
)

_encode = msgspec.json.Encoder(decimal_format="number").encode


def dumped(value: Any) -> Response:
    """A value as JSON, decimals with all their digits."""
    return Response(_encode(value), media_type="application/json")


def database(request: Request) -> Search:
    """The database of the service. Raises ServiceError where there is none."""
    search: Search | None = request.app.state.search
    if search is None:
        raise ServiceError(404, "no_database", "This service has no database", "Start it with --db news.db.")
    return search


Words = Annotated[str, Field(max_length=300)]
Year = Annotated[int, Field(ge=1900, le=2200)]
Amount = Annotated[Decimal, Field(allow_inf_nan=False)]
BLANK = BeforeValidator(lambda value: None if value == "" else value)
"""A field of a form that was left blank asks for nothing."""


def wanted(
    q: Annotated[Words | None, BLANK, Query(description='words of the article; "words in a row"')] = None,
    kind: Annotated[Words | None, BLANK, Query(description="money, percent, households …")] = None,
    unit: Annotated[
        Words | None,
        BLANK,
        Query(description="a unit with all its parts: 'Gò Công Tây, Tiền Giang', or its code"),
    ] = None,
    indicator: Annotated[
        Words | None, BLANK, Query(description="what is measured, or a part of its name")
    ] = None,
    period: Annotated[
        Words | None, BLANK, Query(description="how the period begins: 2016, 2016-Q1, 2016-05")
    ] = None,
    since: Annotated[Year | None, BLANK, Query(description="first year")] = None,
    until: Annotated[Year | None, BLANK, Query(description="last year")] = None,
    value_min: Annotated[Amount | None, BLANK, Query(description="least value")] = None,
    value_max: Annotated[Amount | None, BLANK, Query(description="greatest value")] = None,
    measure: Annotated[
        Words | None, BLANK, Query(description="unit of the value: VND, USD, percent, household")
    ] = None,
    status: Annotated[
        Literal["actual", "planned"] | None, BLANK, Query(description="what came true, or what was planned")
    ] = None,
    verified: Annotated[bool | None, BLANK, Query(description="false: those that failed a check")] = None,
) -> Wanted:
    """The filters of facts, as parameters of a query."""
    return Wanted(
        q, kind, unit, indicator, period, since, until, value_min, value_max, measure, status, verified
    )


Filters = Annotated[Wanted, Depends(wanted)]
Limit = Annotated[int, Query(ge=1, le=1000, description="rows of one page")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="rows to pass over")]


def _body(schema: dict[str, Any], example: Any, text: bool = False) -> dict[str, Any]:
    content: dict[str, Any] = {"application/json": {"schema": schema, "example": example}}
    if text:
        content["text/plain"] = {"schema": {"type": "string", "pattern": r"\S"}}
    return {"requestBody": {"required": True, "content": content}}


_MAYBE = {"type": ["string", "null"]}
_GIVEN: dict[str, Any] = {
    "type": "object",
    "required": ["text"],
    "additionalProperties": False,
    "properties": {
        "text": {
            "type": "string",
            "description": "the article, untouched: offsets of the records count its characters",
        },
        "source": _MAYBE,
        "url": _MAYBE,
        "published": {
            **_MAYBE,
            "description": "date of publication where the text does not tell it: 2024-11-05",
        },
        "newspaper": _MAYBE,
    },
}
_LINE = "Năm 2024, huyện Gò Công Tây, tỉnh Tiền Giang hỗ trợ 3,7 tỷ đồng cho 136 hộ nghèo."


def _not_blank(given: dict[str, Any]) -> dict[str, Any]:
    """The same article, whose text holds more than spaces."""
    properties = given["properties"]
    return {**given, "properties": {**properties, "text": {**properties["text"], "pattern": r"\S"}}}


@router.post(
    "/extract",
    summary="The records of an article",
    openapi_extra=_body(_not_blank(_GIVEN), {"text": _LINE}, text=True),
)
async def extract(request: Request) -> Response:
    """`{"article": …, "records": […]}`. The article may also be sent as it stands, with `Content-Type: text/plain`."""
    body = await request.body()
    if request.headers.get("content-type", "").startswith("text/plain"):
        try:
            body = msgspec.json.encode(Given(body.decode("utf-8-sig")))
        except UnicodeDecodeError:
            raise ServiceError(422, "encoding", "The text is not UTF-8", "Convert it to UTF-8.") from None
    payload = _valid(body, Given)
    return Response(await _run(request, "extract", payload), media_type="application/json")


_CHECKED = {
    "type": "object",
    "required": ["records", "articles"],
    "properties": {
        "records": {
            "type": "array",
            "items": {
                "type": "object",
                "anyOf": [{"required": [field]} for field in ("text", "value", "name", "place")],
            },
            "description": "records of any producer",
        },
        "articles": {
            "type": "array",
            "items": _GIVEN,
            "description": "the articles that they were taken from",
        },
    },
}


@router.post(
    "/check",
    summary="Verify records of any producer against articles",
    openapi_extra=_body(
        _CHECKED,
        {
            "records": [{"text": "3,7 tỷ đồng", "value": 3700000000, "unit": "VND"}],
            "articles": [{"text": _LINE}],
        },
    ),
)
async def check(request: Request) -> Response:
    """A verdict a record (`grounded`, `altered`, `ambiguous`, `absent`), and the figures that no record covers."""
    payload = _valid(await request.body(), ToCheck)
    return Response(await _run(request, "check", payload), media_type="application/json")


def _valid(body: bytes, shape: Any) -> bytes:
    """The body, known to be of a shape. Raises ServiceError with the place of what is wrong."""
    try:
        msgspec.json.decode(body, type=shape)
    except msgspec.ValidationError as e:
        raise ServiceError(422, "body", f"The body does not fit: {e}", "See /docs for its fields.") from None
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as e:
        message = f"The body is not JSON ({str(e)[:120]})"
        raise ServiceError(
            400, "json", message, 'Send a JSON object such as {"text": "…"}, as UTF-8.'
        ) from None
    return body


async def _run(request: Request, job: str, payload: bytes) -> bytes:
    return await run_in_threadpool(request.app.state.bounded.run, job, payload)


@router.get("/units", summary="Administrative units by name or code, then and now")
def units(
    q: Annotated[
        str, Query(description="a name as people write it, or a code", min_length=1, max_length=120)
    ],
    on: Annotated[str | None, Query(description="a day: 2016-05-01", pattern=r"^\d{4}-\d\d-\d\d$")] = None,
) -> Response:
    """Every state of every unit of that name since 2004, or those of one day."""
    return dumped({"units": [unit_object(u, on) for u in look_up(q, on)[:200]]})


def unit_object(unit: Unit, day: str | None = None) -> dict[str, Any]:
    """A unit with what holds it, where it lies, and what holds its ground today."""
    where = point(unit)
    successors, basis = current(unit)
    return {
        "code": unit.code,
        "name": unit.name,
        "unit_type": unit.unit_type,
        "level": unit.level,
        "valid_from": unit.valid_from,
        "valid_to": unit.valid_to,
        "act_from": unit.act_from or None,
        "act_to": unit.act_to or None,
        "parents": [{"code": p.code, "name": p.full_name} for p in gazetteer.parents(unit, day)],
        "current": [{"code": u.code, "name": u.full_name} for u in successors],
        "current_basis": basis,
        "latitude": Decimal(where.latitude) if where else None,
        "longitude": Decimal(where.longitude) if where else None,
    }


@router.get("/facts", summary="Facts of the database, filtered and paged")
def facts(
    filters: Filters, search: Annotated[Search, Depends(database)], limit: Limit = 50, offset: Offset = 0
) -> Response:
    """Rows of the view `facts`, those of the latest articles first."""
    total = search.count_facts(filters)
    rows = list(search.facts(filters, limit, offset))
    return dumped({"total": total, "limit": limit, "offset": offset, "facts": rows})


def _as_file(media_type: str) -> dict[int | str, dict[str, Any]]:
    """What the OpenAPI page says of an answer that is a file."""
    return {200: {"description": "the file", "content": {media_type: {"schema": {"type": "string"}}}}}


@router.get(
    "/facts.csv",
    summary="A selection of facts as CSV",
    response_class=Response,
    responses=_as_file("text/csv"),
)
def facts_csv(filters: Filters, search: Annotated[Search, Depends(database)]) -> Response:
    """All facts of the selection. Cells that a spreadsheet would run as a formula begin with an apostrophe."""
    return _file(_csv(search.facts(filters, None)), "text/csv; charset=utf-8", "facts.csv")


@router.get(
    "/facts.jsonl",
    summary="A selection of facts as JSONL",
    response_class=Response,
    responses=_as_file("application/x-ndjson"),
)
def facts_jsonl(filters: Filters, search: Annotated[Search, Depends(database)]) -> Response:
    """All facts of the selection, one JSON object a line."""
    return _file(
        (_encode(row) + b"\n" for row in search.facts(filters, None)), "application/x-ndjson", "facts.jsonl"
    )


def _file(content: Iterable[bytes], media_type: str, name: str) -> Response:
    first = iter(content)
    start = next(first, b"")  # what is wrong with the question is told before the answer begins

    def whole() -> Iterator[bytes]:
        yield start
        yield from first

    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(whole(), media_type=media_type, headers=headers)


FACT_COLUMNS = (
    "record_id", "kind", "place_code", "place_valid_from", "place", "place_level", "province", "subject", "indicator",
    "indicator_id", "category", "period", "year", "value", "value_min", "value_max", "unit", "per", "qualifier",
    "status", "change", "basis", "of", "verified", "quote", "sentence", "article_id", "title", "published",
    "newspaper", "url", "source",
)  # fmt: skip


def _csv(rows: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    row = next(rows, None)
    writer.writerow(row or FACT_COLUMNS)
    while row is not None:
        writer.writerow(["" if v is None else cell(v) for v in row.values()])
        if out.tell() > 60_000:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
        row = next(rows, None)
    yield out.getvalue().encode()


@router.get("/articles", summary="Articles of the database, filtered and paged")
def articles(
    filters: Filters, search: Annotated[Search, Depends(database)], limit: Limit = 50, offset: Offset = 0
) -> Response:
    """By words (`q`), a unit that they name (`unit`), a kind of record (`kind`), years (`since`, `until`)."""
    total = search.count_articles(filters)
    found = search.articles(filters, limit, offset)
    return dumped({"total": total, "limit": limit, "offset": offset, "articles": found})


@router.get("/articles/{article_id}", summary="An article of the database with its records")
def article(article_id: str, search: Annotated[Search, Depends(database)]) -> Response:
    """The same object as `POST /extract`, with the article's text."""
    found = extraction(search.database, article_id)
    if found is None:
        raise ServiceError(404, "no_article", "There is no article of this id", "GET /articles lists them.")
    head = _encode({**told(found.article), "text": found.article.text})
    records = b",".join(map(to_json, found.records))
    return Response(b'{"article":' + head + b',"records":[' + records + b"]}", media_type="application/json")


@router.get("/health", summary="Whether the service is well")
def health(request: Request) -> Response:
    """Version, and whether there is a database."""
    search: Search | None = request.app.state.search
    if search is not None:
        next(iter(search.database.rows("SELECT 1 AS one")))
    return dumped({"status": "ok", "version": extractor.__version__, "database": search is not None})
