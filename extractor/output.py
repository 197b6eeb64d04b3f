"""Records as text: JSONL, JSON, CSV and, on a terminal, a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import IO, Any

from extractor.records import Figure, Official, Place, Record, all_columns, as_row, to_json

FORMATS = ("table", "jsonl", "json", "csv")


def write(records: Iterable[Record], out: IO[str], form: str) -> None:
    """Write records in one of FORMATS."""
    {"jsonl": _jsonl, "json": _json, "csv": _csv, "table": _table}[form](records, out)


def _jsonl(records: Iterable[Record], out: IO[str]) -> None:
    for record in records:
        out.write(to_json(record).decode() + "\n")


def _json(records: Iterable[Record], out: IO[str]) -> None:
    separator = "[\n"
    for record in records:
        out.write(separator + to_json(record).decode())
        separator = ",\n"
    out.write("[]\n" if separator == "[\n" else "\n]\n")


def _csv(records: Iterable[Record], out: IO[str]) -> None:
    writer = csv.DictWriter(out, all_columns(), restval="", lineterminator="\n")
    writer.writeheader()
    for record in records:
        writer.writerow({name: cell(value) for name, value in as_row(record).items()})


def cell(value: Any) -> Any:
    """A field's value as a cell of a flat table: nested ones as JSON, and no text that a spreadsheet would run."""
    import msgspec

    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dict | list | tuple):
        return msgspec.json.encode(value).decode() if value else ""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value


def number(value: Decimal) -> str:
    """A number in the Vietnamese manner: 1.250,5."""
    whole, _, decimals = format(value, "f").partition(".")
    decimals = decimals.rstrip("0")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}".replace(",", ".")
    return sign + grouped + ("," + decimals if decimals else "")


SIGNS = {
    "exact": "",
    "about": "≈ ",
    "over": "> ",
    "nearly": "≲ ",
    "under": "< ",
    "at_least": "≥ ",
    "at_most": "≤ ",
}
"""Before a value, what its qualifier says."""


def value_of(record: Figure) -> str:
    """A figure's value for a reader: "> 100.100.000.000 VND"."""
    low, high = number(record.value_min), number(record.value_max)
    value = low if low == high else f"{low} – {high}"
    unit = {"percent": "%", "household": "hộ"}.get(record.unit, record.unit)
    rate = f"/{record.per}" if record.per else ""
    return f"{SIGNS[record.qualifier]}{value} {unit}{rate}"


def summary(record: Record) -> tuple[str, str, str, str]:
    """What a record says in four cells: value, what it is about, place, time."""
    if isinstance(record, Figure):
        about = " · ".join(x for x in (record.indicator, record.category, record.subject) if x)
        if record.basis:
            about += f" (so với {record.basis})" if record.change else f" (trên {record.basis})"
        change = {"increase": "↑ ", "decrease": "↓ ", None: ""}[record.change]
        when = (record.period or "") + (" (kế hoạch)" if record.status == "planned" else "")
        return change + value_of(record), about, record.place_name or "", when.strip()
    if isinstance(record, Official):
        office = " · ".join(x for x in (record.position, record.organisation) if x)
        return (
            record.name,
            office,
            record.place_name or "",
            "" if record.tenure == "current" else record.tenure,
        )
    unit = f"{record.unit_type or ''} {record.name}".strip()
    code = f"mã {record.code}" if record.code else f"{len(record.candidates)} khả năng"
    return unit, code, record.province or "", _today(record)


def _today(record: Place) -> str:
    """The units of today in a few words: "nay: xã Vĩnh Bình, xã Đồng Sơn … +3 (Đồng Tháp)"."""
    if not record.current:
        return ""
    names = ", ".join(unit.name for unit in record.current[:2])
    rest = f" … +{len(record.current) - 2}" if len(record.current) > 2 else ""
    provinces = ", ".join(dict.fromkeys(unit.province for unit in record.current))
    return f"nay: {names}{rest}" + (f" ({provinces})" if record.level != "province" else "")


def _once(records: Iterable[Record]) -> Iterator[tuple[Record, int]]:
    """Records for a reader: a unit named ten times is one line that says so."""
    shown: dict[object, list[Any]] = {}
    for record in records:
        key = (
            (record.kind, record.code, record.valid_from, record.name)
            if isinstance(record, Place)
            else record.record_id
        )
        shown.setdefault((record.article_id, key), [record, 0])[1] += 1
    return ((record, count) for record, count in shown.values())


def _table(records: Iterable[Record], out: IO[str]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(file=out)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("kind", "text", "value", "about", "place", "when", "checks"):
        table.add_column(heading, overflow="fold")
    count = failed = 0
    for record, times in _once(records):
        count += times
        failed += times * (not record.verified)
        bad = ", ".join(name for name, verdict in record.checks.items() if verdict == "fail")
        mark = Text("✗ " + bad, style="bold red") if bad else Text("✓", style="green")
        words = " ".join(record.text.split()) + (f" ×{times}" if times > 1 else "")
        table.add_row(record.kind, Text(words), *(Text(c) for c in summary(record)), mark)
    if count:
        console.print(table)
    console.print(f"{count} records" + (f", {failed} with a failed check" if failed else ""), style="dim")


def to_text(records: Iterable[Record], form: str) -> str:
    """Records as one string."""
    out = io.StringIO(newline="")
    write(records, out, form)
    return out.getvalue()
