"""Records as text: JSONL, JSON, CSV and, on a terminal, a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal
from typing import IO, Any

from extractor.records import Figure, Official, Record, all_columns, as_row, to_json

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


_SIGNS = {"exact": "", "about": "≈ ", "over": "> ", "nearly": "≲ ", "under": "< ", "at_least": "≥ ", "at_most": "≤ "}


def value_of(record: Figure) -> str:
    """A figure's value for a reader: "> 100.100.000.000 VND"."""
    low, high = number(record.value_min), number(record.value_max)
    value = low if low == high else f"{low} – {high}"
    unit = {"percent": "%", "household": "hộ"}.get(record.unit, record.unit)
    rate = f"/{record.per}" if record.per else ""
    return f"{_SIGNS[record.qualifier]}{value} {unit}{rate}"


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
        return record.name, office, record.place_name or "", "" if record.tenure == "current" else record.tenure
    unit = f"{record.unit_type or ''} {record.name}".strip()
    now = ", ".join(f"{u.name} ({u.province})" for u in record.current[:3]) + (" …" if len(record.current) > 3 else "")
    return unit, f"mã {record.code}" if record.code else f"{len(record.candidates)} khả năng", record.province or "", now


def _table(records: Iterable[Record], out: IO[str]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(file=out)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("kind", "text", "value", "about", "place", "when", "checks"):
        table.add_column(heading, overflow="fold")
    count = failed = 0
    for record in records:
        count += 1
        failed += not record.verified
        bad = ", ".join(name for name, verdict in record.checks.items() if verdict == "fail")
        mark = Text("✗ " + bad, style="bold red") if bad else Text("✓", style="green")
        table.add_row(record.kind, Text(" ".join(record.text.split())), *(Text(c) for c in summary(record)), mark)
    if count:
        console.print(table)
    console.print(f"{count} records" + (f", {failed} with a failed check" if failed else ""), style="dim")


def to_text(records: Iterable[Record], form: str) -> str:
    """Records as one string."""
    out = io.StringIO(newline="")
    write(records, out, form)
    return out.getvalue()
