"""What Datasette is told of a database of `trichtin bulk`: what tables hold, labels, facets, and where to begin."""

from __future__ import annotations

from typing import Any

import regex

from extractor import schema
from extractor.schema import views

_COLUMNS = {
    "start": "Offset in the article's text in code points, from 0.",
    "verified": "1 when no check failed.",
    "encoding": "How the text was written in its file, as recognised.",
    "encoding_confidence": "How sure the encoding is, 0 to 1: the share of well-formed syllables where it was guessed.",
    "value_min": "Exact value; equal to value_max for a point.",
    "value": "Exact value; empty for a range.",
    "unit": "ISO 4217 code, percent, household, or the unit of a kind of one's own.",
    "change": "increase or decrease for an amount of growth or fall; empty for a level.",
    "basis": "What it is compared with, or a share of.",
    "indicator": "The noun phrase that names what is measured.",
    "indicator_id": "Normalised name of a usual indicator.",
    "subject": "Whose figure it is where that is no administrative unit.",
    "period": "2016, 2016-05, 2016-Q1, 2016-H1, 2016-9M, 2016/2020.",
    "place_code": "Code of the unit; unique only together with its first day, place_valid_from.",
    "code": "Code of the unit; unique only together with its first day.",
    "valid_from": "First day of the unit.",
    "current": "The units of 1 July 2025 that hold its territory.",
    "person_id": "The tenures of one person share it.",
    "office": "The office without its body, in one form.",
    "body": "The body as some article writes it most fully.",
    "body_key": "The body in one form, without the unit's name; with place_code and its first day it tells which body.",
    "acting": "1 for an office held for the time being.",
    "state": "held, former (told as over), or unclear (told as held after it was told as over).",
    "first_mention": "Date of the first article that tells the office as held; empty where none has a date.",
    "last_mention": "Date of the last article that tells the office as held; empty where none has a date.",
    "former_from": "Date of the first article that tells the office as over.",
    "undated": "How many of the mentions stand in articles without a date.",
    "identity": "one (nobody else of this name), apart (told apart by unit), open (others may be the same person).",
    "linked_by": "The rules by which tenures are one person's: same article, same body, same unit.",
    "namesakes": "How many other persons of this name are told of.",
    "predecessor_by": "By what the order is known: dates, or former (one is told as over, the other as held).",
    "contested_by": "Tenures of the same office that articles of the same time tell as held, too.",
}

_FACETS = {
    "facts": ["kind", "unit", "status", "place_level"],
    "figures": ["kind", "unit", "status"],
    "places": ["level", "province"],
    "officials": ["sector", "tenure"],
    "checks": ["name", "verdict"],
    "failures": ["stage"],
    "units": ["level", "unit_type"],
    "articles": ["newspaper"],
    "tenures": ["sector", "state", "identity"],
    "tenure_mentions": ["told", "rule"],
}

_LABELS = {
    "articles": "title",
    "units": "name",
    "officials": "name",
    "places": "name",
    "figures": "text",
    "tenures": "name",
}


def metadata(database: str) -> dict[str, Any]:
    """Metadata for `datasette FILE --metadata`. `database`: the file's name without its ending."""
    told = {**schema.TOLD_ABOUT, **views.TOLD_ABOUT}
    return {"databases": {database: {"tables": {name: _table(name, text) for name, text in told.items()}}}}


def _table(name: str, text: str) -> dict[str, Any]:
    if name in schema.TABLES:
        columns = schema.names(name)
    else:
        columns = tuple(regex.findall(r"\w+(?=,?$)", views.view_sql("sqlite")[name], regex.MULTILINE))
    table: dict[str, Any] = {
        "description": text,
        "columns": {c: _COLUMNS[c] for c in columns if c in _COLUMNS},
        "facets": _FACETS.get(name, []),
    }
    if name in _LABELS:
        table["label_column"] = _LABELS[name]
    return table
