"""Parquet files, packed with zstd, written a row group at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from pathlib import Path
from typing import Any

from extractor.schema import Column
from extractor.schema.rows import plain_decimal
from extractor.sinks.sink import chunks

GROUP = 20_000
"""Rows in a row group."""

TEXT_GROUP = 2_000
"""The same for a table that holds whole texts."""


def write(path: Path, columns: Sequence[Column], rows: Iterable[tuple[Any, ...]]) -> None:
    """Write rows to a file. Raises ValueError for a decimal with more than 28 digits before the point or 10
    behind it.
    """
    import pyarrow.parquet as pq

    from extractor.sinks.arrow import arrow_schema, arrow_table

    size = TEXT_GROUP if "sha256" in {c.name for c in columns} else GROUP
    with pq.ParquetWriter(path, arrow_schema(columns), compression="zstd") as writer:
        for part in chunks(rows, size):
            writer.write_table(arrow_table(columns, part))


def read(path: Path, columns: Sequence[Column]) -> Iterator[tuple[Any, ...]]:
    """Read rows of a file, or of a folder of files as Spark writes it."""
    import pyarrow.parquet as pq

    files = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
    names = [c.name for c in columns]
    for file in files:
        for batch in pq.ParquetFile(file).iter_batches(batch_size=1000, columns=names):
            parts = [batch.column(name).to_pylist() for name in names]
            for row in zip(*parts, strict=True):
                yield tuple(_back(value, c.type) for value, c in zip(row, columns, strict=True))


def _back(value: Any, kind: str) -> Any:
    if value is None:
        return None
    if kind == "decimal":
        return plain_decimal(value)
    return value.astimezone(UTC).isoformat() if kind == "timestamp" else value
