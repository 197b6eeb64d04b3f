"""CSV files with a head line; no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from extractor.output import cell
from extractor.schema import Column


def write(path: Path, columns: Sequence[Column], rows: Iterable[tuple[Any, ...]]) -> None:
    """Write rows to a file. A text that begins with = + - @ gets an apostrophe before it; numbers stay as
    they are.
    """
    kinds = [c.type for c in columns]
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(c.name for c in columns)
        for row in rows:
            writer.writerow([_cell(v, k) for v, k in zip(row, kinds, strict=True)])


def _cell(value: Any, kind: str) -> Any:
    if value is None:
        return ""
    if kind == "json":
        return "" if value in ("{}", "[]") else value
    return value if kind == "decimal" else cell(value)
