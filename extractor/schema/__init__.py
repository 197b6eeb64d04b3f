"""The tables that archives are loaded into, in one place: columns, keys, views, units, and the JSON Schema
of records.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

from extractor.records import Figure, Official, Place
from extractor.schema.column import Column as Column
from extractor.schema.column import needed
from extractor.schema.derived import DERIVED

SHAPES: Mapping[str, type[Figure] | type[Place] | type[Official]] = {
    "figures": Figure,
    "places": Place,
    "officials": Official,
}
"""The tables of records, with the record type whose fields are their columns."""


def _column(name: str, hint: Any) -> Column:
    """The column of a record's field, by the field's type."""
    nullable = type(None) in get_args(hint)
    kinds = [t for t in (get_args(hint) if nullable else (hint,)) if t is not type(None)]
    kind = kinds[0]
    if kind is bool:
        return Column(name, "boolean", nullable)
    if kind is int:
        return Column(name, "integer", nullable)
    if kind is Decimal:
        return Column(name, "decimal", nullable)
    if get_origin(kind) in (dict, tuple, list):
        return Column(name, "json", nullable)
    return Column(name, "text", nullable)


@cache
def columns(table: str) -> tuple[Column, ...]:
    """The columns of a table in their order."""
    if table in SHAPES:
        hints = get_type_hints(SHAPES[table])
        return tuple(_column(name, hints[name]) for name in SHAPES[table].__struct_fields__)
    return _OWN[table]


def names(table: str) -> tuple[str, ...]:
    """The column names of a table in their order."""
    return tuple(c.name for c in columns(table))


_OWN: dict[str, tuple[Column, ...]] = {
    "articles": (
        needed("id"),
        needed("source"),
        Column("url", "text"),
        Column("title", "text"),
        Column("published", "text"),
        Column("newspaper", "text"),
        Column("byline", "text"),
        needed("encoding"),
        Column("encoding_confidence", "decimal"),
        needed("sha256"),
        needed("characters", "integer"),
        Column("story_id", "text"),
        Column("text", "text"),
        needed("extractor_version"),
        needed("extracted_at", "timestamp"),
    ),
    "sources": (
        needed("source"),
        needed("article_id"),
        needed("fingerprint"),
        needed("extractor_version"),
    ),
    "failures": (
        needed("source"),
        needed("stage"),
        needed("reason"),
        needed("fingerprint"),
        needed("extractor_version"),
        needed("failed_at", "timestamp"),
    ),
    "units": (
        needed("code"),
        needed("valid_from"),
        Column("valid_to", "text"),
        needed("level"),
        needed("unit_type"),
        needed("name"),
        Column("parent_code", "text"),
        Column("province_code", "text"),
        Column("province", "text"),
        Column("latitude", "decimal"),
        Column("longitude", "decimal"),
        Column("act_from", "text"),
        Column("act_to", "text"),
    ),
    **{t.name: t.columns for t in DERIVED},
}

LOADED = ("units", "articles", "figures", "places", "officials", "sources", "failures")
"""The tables that a run of bulk fills."""

TABLES = (*LOADED, *(t.name for t in DERIVED))
"""Every table, those that others refer to first."""

KEYS = {
    "units": ("code", "valid_from"),
    "articles": ("id",),
    "figures": ("record_id",),
    "places": ("record_id",),
    "officials": ("record_id",),
    "sources": ("source",),
    "failures": ("source",),
    **{t.name: t.key for t in DERIVED},
}

FOREIGN = {
    "figures": (
        (("article_id",), "articles", ("id",)),
        (("place_code", "place_valid_from"), "units", ("code", "valid_from")),
    ),
    "places": (
        (("article_id",), "articles", ("id",)),
        (("code", "valid_from"), "units", ("code", "valid_from")),
    ),
    "officials": (
        (("article_id",), "articles", ("id",)),
        (("place_code", "place_valid_from"), "units", ("code", "valid_from")),
    ),
    "sources": ((("article_id",), "articles", ("id",)),),
    **{t.name: t.foreign for t in DERIVED},
}
"""Foreign keys: columns, table, columns. Those on `articles` delete with it."""

OF_ARTICLES = tuple(t.name for t in DERIVED if any(other == "articles" for _, other, _ in t.foreign))
"""Tables of reconcile whose rows go with an article."""

INDEXES = {
    "articles": (("published",), ("newspaper",), ("story_id",)),
    "figures": (("article_id",), ("place_code", "place_valid_from"), ("indicator_id", "period")),
    "places": (("article_id",), ("code", "valid_from")),
    "officials": (("article_id",), ("name",), ("place_code", "place_valid_from")),
    "sources": (("article_id",),),
    "units": (("name",), ("parent_code",), ("province_code",)),
    **{t.name: t.indexes for t in DERIVED},
}

TOLD_ABOUT = {
    "units": "Every state of every administrative unit since 2004. A code alone is not unique.",
    "articles": "One row a text: sources with the same text are one article, under the one that sorts first.",
    "figures": "Money, percentages, households and other figures: one row a mention.",
    "places": "Mentions of provinces, districts and communes.",
    "officials": "Persons in public office: one row a statement.",
    "sources": "Where each text was read from: the ledger by which a run goes on where another stopped.",
    "failures": "What gave no article, and why.",
    **{t.name: t.told for t in DERIVED},
}


CLUSTERED = tuple(t.name for t in DERIVED if t.clustered)
"""Tables whose rows lie in the order of their key where the database can do so."""

KEPT = {"articles": ("story_id",)}
"""Columns that stay as they are when an article is loaded again: reconcile has filled them."""


def comment_on(what: str, name: str, told: str) -> str:
    """The statement that says in the database what a table or a view holds."""
    quoted = told.replace("'", "''")
    return f"COMMENT ON {what} \"{name}\" IS '{quoted}'"


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a record, as a line of JSONL holds it."""
    schemas, parts = msgspec.json.schema_components(list(SHAPES.values()), ref_template="#/$defs/{name}")
    for part in parts.values():
        for field in part.get("properties", {}).values():
            _decimals_are_numbers(field)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "trichtin record",
        "description": "A fact of an article; `kind` place and official have shapes of their own.",
        "oneOf": [
            {"allOf": [{"properties": {"kind": {"not": {"enum": ["place", "official"]}}}}, schemas[0]]},
            {"allOf": [{"properties": {"kind": {"const": "place"}}}, schemas[1]]},
            {"allOf": [{"properties": {"kind": {"const": "official"}}}, schemas[2]]},
        ],
        "$defs": parts,
    }


def _decimals_are_numbers(field: dict[str, Any]) -> None:
    """Records write decimals as JSON numbers with all their digits; msgspec would call them strings."""
    for part in (field, *field.get("anyOf", ())):
        if part.get("format") == "decimal":
            part.pop("format")
            part["type"] = "number"
