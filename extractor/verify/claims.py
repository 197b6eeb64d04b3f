"""What a producer states: records of any shape as claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from extractor.folding import fold
from extractor.values import Range, digits_readings, read_unit, read_value
from extractor.verify.rows import EXAMPLE, NAMES, InputError, called, rows

FIGURES = ("money", "percent", "households")


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
    for number, (where, fields) in enumerate(rows(path, content), 1):
        yield claim(number, where, fields)


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
            f"{where}: holds nothing to verify; give text, value, name with position, or place, such as {EXAMPLE}"
        )
    return made


def _plain(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _text(fields: Mapping[str, Any], field: str, where: str) -> str | None:
    for name in NAMES[field]:
        value = fields.get(name)
        if value is None or value == "":
            continue
        if isinstance(value, str):
            return value if field == "text" else value.strip() or None
        if field == "article" and isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if name in ("id", "url", "type", "class", "span", "body", "offset"):
            continue
        raise InputError(f"{where}: the field {name!r} is {called(value)}; write it as a string")
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
            next((fields[n] for n in NAMES[f] if fields.get(n) not in (None, "")), None)
            for f in ("start", "end")
        ]
    )
    if len(values) != 2 or values[0] is None:
        return None, None
    found: list[int | None] = []
    for value in values:
        try:
            found.append(None if value is None else int(value) if not isinstance(value, bool) else int("x"))
        except (TypeError, ValueError, OverflowError):
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
    raw = next((fields[n] for n in NAMES["value"] if fields.get(n) not in (None, "")), None)
    most = next((fields[n] for n in NAMES["most"] if fields.get(n) not in (None, "")), None)
    said = next((fields[n] for n in NAMES["unit"] if isinstance(fields.get(n), str) and fields[n]), None)
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
