"""The record types: the contract of `records.md` in code, flat and frozen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar, Literal

import msgspec

Verdict = Literal["pass", "fail", "unknown"]
Qualifier = Literal["exact", "about", "over", "nearly", "under", "at_least", "at_most"]


class _Base(msgspec.Struct, frozen=True, kw_only=True):
    """Fields of every record. `start`, `end`: code points of the untouched text, end exclusive."""

    record_id: str
    article_id: str
    source: str | None
    kind: str
    start: int
    end: int
    text: str
    sentence_start: int
    sentence_end: int
    rule: str
    checks: dict[str, Verdict] = msgspec.field(default_factory=dict)
    verified: bool = True


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """A unit of 1 July 2025 that holds the territory of another."""

    code: str
    name: str
    province: str


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """One of the units that a mention may mean. A code is unique only with its first day."""

    code: str
    valid_from: str
    name: str
    province: str | None = None


class Figure(_Base, frozen=True, kw_only=True):
    """An amount of money, a percentage, a count of households or of another kind. Values are exact decimals."""

    SHAPE: ClassVar[str] = "figure"

    value_min: Decimal
    value_max: Decimal
    unit: str
    qualifier: Qualifier = "exact"
    per: str | None = None
    change: Literal["increase", "decrease"] | None = None
    basis: str | None = None
    category: str | None = None
    of: Decimal | None = None
    indicator: str | None = None
    indicator_id: str | None = None
    subject: str | None = None
    place_code: str | None = None
    place_valid_from: str | None = None
    place_name: str | None = None
    period: str | None = None
    status: Literal["actual", "planned"] = "actual"
    evidence: dict[str, tuple[int, int]] = msgspec.field(default_factory=dict)


class Place(_Base, frozen=True, kw_only=True):
    """A mention of a province, a district-level or a commune-level unit."""

    SHAPE: ClassVar[str] = "place"

    name: str
    level: Literal["province", "district", "commune"]
    unit_type: str | None = None
    code: str | None = None
    valid_from: str | None = None
    candidates: tuple[Candidate, ...] = ()
    province: str | None = None
    province_code: str | None = None
    current: tuple[Unit, ...] = ()
    current_basis: str | None = None


class Official(_Base, frozen=True, kw_only=True):
    """A person named with an office; one record for each statement."""

    SHAPE: ClassVar[str] = "official"

    name: str
    honorific: str | None = None
    position: str
    organisation: str | None = None
    place_code: str | None = None
    place_valid_from: str | None = None
    place_name: str | None = None
    sector: Literal["public", "business", "other"] = "public"
    tenure: Literal["current", "former", "acting"] = "current"
    evidence: dict[str, tuple[int, int]] = msgspec.field(default_factory=dict)


Record = Figure | Place | Official

SHAPES: dict[str, type[Figure] | type[Place] | type[Official]] = {"place": Place, "official": Official}


def shape_of(kind: str) -> type[Figure] | type[Place] | type[Official]:
    """The record type of a kind: a kind that is neither place nor official is a figure."""
    return SHAPES.get(kind, Figure)


def record_id(article_id: str, kind: str, start: int, end: int) -> str:
    """The stable id: the same article, kind and span give the same id on every machine and every run."""
    return hashlib.sha256(f"{article_id}\0{kind}\0{start}\0{end}".encode()).hexdigest()[:20]


@cache
def _encoder() -> msgspec.json.Encoder:
    return msgspec.json.Encoder(decimal_format="number")


@cache
def _decoder(kind: type[Figure] | type[Place] | type[Official]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


class _Kind(msgspec.Struct):
    kind: str


def to_json(record: Record) -> bytes:
    """One record as a JSON object. A decimal is written as a JSON number with all its digits."""
    return _encoder().encode(record)


def from_json(line: bytes | str) -> Record:
    """Read one record back. Raises msgspec.ValidationError naming the field that does not fit the contract."""
    kind = msgspec.json.decode(line, type=_Kind).kind
    record: Record = _decoder(shape_of(kind)).decode(line)
    return record


def columns(shape: type[Figure] | type[Place] | type[Official]) -> tuple[str, ...]:
    """The field names of a record type in their order: the columns of every table and frame."""
    return shape.__struct_fields__


def all_columns() -> tuple[str, ...]:
    """The columns of a table that holds records of every kind."""
    return tuple(dict.fromkeys(c for shape in (Figure, Place, Official) for c in columns(shape)))


def as_row(record: Record) -> dict[str, Any]:
    """A record as plain built-in values (decimals stay decimals), in the order of its columns."""
    row = {name: getattr(record, name) for name in columns(type(record))}
    for name in ("candidates", "current"):
        if name in row:
            row[name] = [msgspec.structs.asdict(item) for item in row[name]]
    return row


def by_position(records: Iterable[Record]) -> Iterator[Record]:
    """Records in the order of the text; of one place the longer first, then by kind."""
    return iter(sorted(records, key=lambda r: (r.start, -r.end, r.kind, r.record_id)))
