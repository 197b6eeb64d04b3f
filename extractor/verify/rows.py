"""Files of records as rows: JSONL, JSON and CSV, each row with its place for messages."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

# the field of a claim, and the names that producers give it
NAMES: dict[str, tuple[str, ...]] = {
    "article": (
        "source",
        "article",
        "file",
        "filename",
        "document",
        "doc",
        "path",
        "url",
        "article_id",
        "doc_id",
        "id",
    ),
    "text": ("text", "quote", "span", "mention", "extraction_text"),
    "value": ("value", "amount", "number", "value_min", "min"),
    "most": ("value_max", "max"),
    "unit": ("unit", "currency"),
    "name": ("name", "person", "full_name"),
    "position": ("position", "office", "role", "job_title"),
    "organisation": ("organisation", "organization", "org", "body", "agency"),
    "place": ("place", "place_name", "location"),
    "kind": ("kind", "type", "class", "extraction_class"),
    "start": ("start", "start_pos", "begin", "offset"),
    "end": ("end", "end_pos", "stop"),
}
LISTS = ("records", "facts", "extractions", "items", "data", "results", "verdicts")


class InputError(Exception):
    """A file of records that cannot be used; the message names the place and what to do."""


Row = tuple[str, Mapping[str, Any]]


def rows(path: str, content: str) -> Iterator[Row]:
    """The records of a file, each with its place (`records.jsonl:3`). Raises InputError for what is none."""
    suffix = Path(path).suffix.lower()
    stripped = content.lstrip("\ufeff \t\r\n")
    if suffix in (".csv", ".tsv") or (
        suffix not in (".json", ".jsonl", ".ndjson") and stripped[:1] not in ("{", "[")
    ):
        yield from _csv_rows(path, content.removeprefix("\ufeff"))
    elif suffix == ".json" or stripped.startswith("["):
        yield from _json_rows(path, content.removeprefix("\ufeff"))
    else:
        yield from _jsonl_rows(path, content.removeprefix("\ufeff"))


def _load(text: str, where: str) -> Any:
    try:
        return json.loads(text, parse_float=Decimal)
    except (json.JSONDecodeError, RecursionError) as e:
        raise InputError(
            f"{where}: is not JSON ({e}); write one JSON object a line, or a .json file with a list"
        ) from None


def _jsonl_rows(path: str, content: str) -> Iterator[Row]:
    lines = [line for line in content.split("\n") if line.strip()]
    if len(lines) > 1 and not _is_object(lines[0]) and content.lstrip()[:1] == "{":
        yield from _json_rows(path, content)
        return
    for number, line in enumerate(content.split("\n"), 1):
        if line.strip():
            where = f"{path}:{number}"
            yield from _objects(_load(line, where), where)


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (json.JSONDecodeError, RecursionError):
        return False


def _json_rows(path: str, content: str) -> Iterator[Row]:
    data = _load(content, path)
    if isinstance(data, list):
        for number, item in enumerate(data, 1):
            yield from _objects(item, f"{path}, record {number}")
    else:
        yield from _objects(data, path)


def _objects(data: Any, where: str) -> Iterator[Row]:
    """A record, or the records that an object holds in a list: they take the article's name from it."""
    if not isinstance(data, dict):
        raise InputError(
            f"{where}: is {called(data)}, not a record; a record is a JSON object such as {EXAMPLE}"
        )
    held = next((data[name] for name in LISTS if isinstance(data.get(name), list)), None)
    if held is None:
        yield where, data
        return
    common = {k: v for k, v in data.items() if k in NAMES["article"]}
    for number, item in enumerate(held, 1):
        if not isinstance(item, dict):
            raise InputError(
                f"{where}, record {number}: is {called(item)}, not a JSON object such as {EXAMPLE}"
            )
        yield f"{where}, record {number}", {**common, **item}


EXAMPLE = '{"source": "a.txt", "text": "3,7 tỷ đồng", "value": 3700000000, "unit": "VND"}'


def called(data: Any) -> str:
    """What a JSON value is called in a message."""
    return {list: "a list", str: "a string", type(None): "null", bool: "true or false"}.get(
        type(data), "a number"
    )


def _csv_rows(path: str, content: str) -> Iterator[Row]:
    head = content.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(content, newline=""), delimiter=delimiter)
    known = {name for names in NAMES.values() for name in names}
    columns = [c.strip().lower() for c in reader.fieldnames or () if c]
    if not known & set(columns):
        raise InputError(
            f"{path}:1: no column is known ({', '.join(columns[:6]) or 'the file is empty'}); "
            "the first line must name the columns: source, text, value, unit, name, position, place …"
        )
    try:
        for row in reader:
            if None in row:
                raise InputError(
                    f"{path}:{reader.line_num}: has more cells than the first line; quote cells that hold '{delimiter}'"
                )
            yield (
                f"{path}:{reader.line_num}",
                {k.strip().lower(): v for k, v in row.items() if v not in (None, "")},
            )
    except csv.Error as e:
        raise InputError(
            f"{path}:{reader.line_num}: is not CSV ({e}); save the table as CSV with quoted cells"
        ) from None
