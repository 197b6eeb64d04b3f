"""What a producer states: records of any shape as claims, read from JSONL, JSON and CSV files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from extractor.folding import fold
from extractor.values import Range, digits_readings, read_unit, read_value

FIGURES = ("money", "percent", "households")

# the field of a claim, and the names that producers give it
_NAMES: dict[str, tuple[str, ...]] = {
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
_LISTS = ("records", "facts", "extractions", "items", "data", "results", "verdicts")


class InputError(Exception):
    """A file of records that cannot be used; the message names the place and what to do."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One record of a producer. `ranges`: the values that it may mean, `fields`: the record as it was given.

    `place_of_record`: file and line (or number) for messages. Offsets are code points, end exclusive.
    """

    number: int
    place_of_record: str
    fields: Mapping[str, Any]
    article: str | None = None
    kind: str | None = None
    text: str | None = None
    start: int | None = None
    end: int | None = None
    ranges: tuple[Range, ...] = ()
    stated_value: str | None = None
    unit: str | None = None
    of: Decimal | None = None
    name: str | None = None
    position: str | None = None
    organisation: str | None = None
    place: str | None = None
    indicator: str | None = None
    category: str | None = None
    change: str | None = None
    code: str | None = None
    valid_from: str | None = None


def read_claims(path: str, content: str) -> Iterator[Claim]:
    """The claims of a file in their order. `path` names it in messages; its suffix tells the format, else the content.

    Raises InputError for what is no record, with the line and what to do.
    """
    suffix = Path(path).suffix.lower()
    stripped = content.lstrip("\ufeff \t\r\n")
    if suffix in (".csv", ".tsv") or (
        suffix not in (".json", ".jsonl", ".ndjson") and stripped[:1] not in ("{", "[")
    ):
        rows = _csv_rows(path, content.removeprefix("\ufeff"))
    elif suffix == ".json" or stripped.startswith("["):
        rows = _json_rows(path, content.removeprefix("\ufeff"))
    else:
        rows = _jsonl_rows(path, content.removeprefix("\ufeff"))
    for number, (where, fields) in enumerate(rows, 1):
        yield claim(number, where, fields)


def _load(text: str, where: str) -> Any:
    try:
        return json.loads(text, parse_float=Decimal)
    except (json.JSONDecodeError, RecursionError) as e:
        raise InputError(
            f"{where}: is not JSON ({e}); write one JSON object a line, or a .json file with a list"
        ) from None


def _jsonl_rows(path: str, content: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
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


def _json_rows(path: str, content: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    data = _load(content, path)
    if isinstance(data, list):
        for number, item in enumerate(data, 1):
            yield from _objects(item, f"{path}, record {number}")
    else:
        yield from _objects(data, path)


def _objects(data: Any, where: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """A record, or the records that an object holds in a list: they take the article's name from it."""
    if not isinstance(data, dict):
        raise InputError(
            f"{where}: is {_called(data)}, not a record; a record is a JSON object such as {_EXAMPLE}"
        )
    held = next((data[name] for name in _LISTS if isinstance(data.get(name), list)), None)
    if held is None:
        yield where, data
        return
    common = {k: v for k, v in data.items() if k in _NAMES["article"]}
    for number, item in enumerate(held, 1):
        if not isinstance(item, dict):
            raise InputError(
                f"{where}, record {number}: is {_called(item)}, not a JSON object such as {_EXAMPLE}"
            )
        yield f"{where}, record {number}", {**common, **item}


_EXAMPLE = '{"source": "a.txt", "text": "3,7 tỷ đồng", "value": 3700000000, "unit": "VND"}'


def _called(data: Any) -> str:
    return {list: "a list", str: "a string", type(None): "null", bool: "true or false"}.get(
        type(data), "a number"
    )


def _csv_rows(path: str, content: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    head = content.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(content, newline=""), delimiter=delimiter)
    known = {name for names in _NAMES.values() for name in names}
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


def claim(number: int, where: str, fields: Mapping[str, Any]) -> Claim:
    """A record's fields as a claim. Raises InputError for fields of the wrong type or with nothing to verify."""
    start, end = _offsets(fields, where)
    ranges, unit, stated = _value(fields, where)
    evidence = fields.get("evidence")
    made = Claim(
        number=number,
        place_of_record=where,
        fields=fields,
        article=_text(fields, "article", where),
        kind=_text(fields, "kind", where),
        text=_text(fields, "text", where)
        or (evidence if isinstance(evidence, str) and evidence.strip() else None),
        start=start,
        end=end,
        ranges=ranges,
        stated_value=stated,
        unit=unit,
        of=_number(fields.get("of")),
        name=_text(fields, "name", where),
        position=_text(fields, "position", where),
        organisation=_text(fields, "organisation", where),
        place=_text(fields, "place", where),
        **{n: _plain(fields.get(n)) for n in ("indicator", "category", "change", "code", "valid_from")},
    )
    if not (made.text or made.ranges or made.name or made.position or made.place or (made.start is not None)):
        raise InputError(
            f"{where}: holds nothing to verify; give text, value, name with position, or place, such as {_EXAMPLE}"
        )
    return made


def _plain(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _text(fields: Mapping[str, Any], field: str, where: str) -> str | None:
    for name in _NAMES[field]:
        value = fields.get(name)
        if value is None or value == "":
            continue
        if isinstance(value, str):
            return value if field == "text" else value.strip() or None
        if field == "article" and isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if name in ("id", "url", "type", "class", "span", "body", "offset"):
            continue
        raise InputError(f"{where}: the field {name!r} is {_called(value)}; write it as a string")
    return None


def _offsets(fields: Mapping[str, Any], where: str) -> tuple[int | None, int | None]:
    pair = next(
        (fields[n] for n in ("offsets", "span", "char_interval") if isinstance(fields.get(n), list | dict)),
        None,
    )
    if isinstance(pair, dict):
        pair = [pair.get(a, pair.get(b)) for a, b in (("start", "start_pos"), ("end", "end_pos"))]
    values = (
        pair
        if pair is not None
        else [
            next((fields[n] for n in _NAMES[f] if fields.get(n) not in (None, "")), None)
            for f in ("start", "end")
        ]
    )
    if len(values) != 2 or values[0] is None:
        return None, None
    found: list[int | None] = []
    for value in values:
        try:
            found.append(None if value is None else int(value) if not isinstance(value, bool) else int("x"))
        except (TypeError, ValueError):
            raise InputError(
                f"{where}: the offset {value!r} is no whole number; give code points, end exclusive, or leave it out"
            ) from None
    return found[0], found[1]


def _number(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value)) if value is not None and not isinstance(value, bool) else None
    except InvalidOperation:
        return None


def _value(fields: Mapping[str, Any], where: str) -> tuple[tuple[Range, ...], str | None, str | None]:
    """The values that a record may state, its unit, and the value as it was written."""
    raw = next((fields[n] for n in _NAMES["value"] if fields.get(n) not in (None, "")), None)
    most = next((fields[n] for n in _NAMES["most"] if fields.get(n) not in (None, "")), None)
    said = next((fields[n] for n in _NAMES["unit"] if isinstance(fields.get(n), str) and fields[n]), None)
    scale, unit = read_unit(said) if said else (Decimal(1), None)
    if said and unit is None:
        unit = said.strip()
    kind = fields.get("kind")
    if unit is None and kind in ("percent", "households"):
        unit = "percent" if kind == "percent" else "household"
    if raw is None:
        return (), unit, None
    if isinstance(raw, list) and len(raw) == 2:
        raw, most = raw
    lows, own_unit = _readings(raw, where)
    highs, _ = _readings(most, where) if most is not None else (lows, None)
    pairs = (
        lows if most is None else tuple((low, high) for (low, _), (_, high) in zip(lows, highs, strict=False))
    )
    unit = unit or own_unit
    if scale > 1:
        pairs = tuple((low * scale, high * scale) for low, high in pairs) + tuple(
            p for p in pairs if p[0] >= scale
        )
    stated = " – ".join(dict.fromkeys(str(v) for v in (raw, most) if v is not None))
    return pairs, unit, f"{stated} {said or ''}".strip()


def _readings(raw: Any, where: str) -> tuple[tuple[Range, ...], str | None]:
    if isinstance(raw, int | float | Decimal) and not isinstance(raw, bool):
        number = Decimal(repr(raw)) if isinstance(raw, float) else Decimal(raw)
        if number.is_finite():
            return ((number, number),), None
    if isinstance(raw, str):
        text = fold(raw).text.strip()
        try:
            plain = Decimal(text)
        except InvalidOperation:
            plain = None
        if plain is not None and plain.is_finite():
            others = (
                digits_readings(text)
                if text[:1].isdigit() and all(c.isdigit() or c in ".," for c in text)
                else ()
            )
            return tuple((v, v) for v in dict.fromkeys((plain, *others))), None
        found = read_value(text)
        if found:
            return found[0].readings, found[0].unit
    raise InputError(
        f'{where}: the value {raw!r} is no number that can be read; write 3700000000, 1250.5 or "3,7 tỷ đồng"'
    )
