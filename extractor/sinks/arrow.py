"""Rows as Arrow tables, for Parquet and DuckDB."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

import pyarrow as pa

from extractor.schema import Column
from extractor.schema import columns as columns_of
from extractor.schema.rows import Failed, Loaded

PRECISION, SCALE = 38, 10
"""Decimals of Arrow have a fixed point: 28 digits before it and 10 behind it hold every figure of a
newspaper.
"""


@cache
def _types() -> dict[str, Any]:
    return {
        "text": pa.string(),
        "json": pa.string(),
        "integer": pa.int64(),
        "boolean": pa.bool_(),
        "decimal": pa.decimal128(PRECISION, SCALE),
        "timestamp": pa.timestamp("us", tz="UTC"),
    }


def arrow_schema(columns: Sequence[Column]) -> Any:
    """The Arrow schema of columns."""
    return pa.schema([pa.field(c.name, _types()[c.type], nullable=c.nullable) for c in columns])


def fits(digits: str | None) -> bool:
    """Whether a decimal has a place in a column with a fixed point."""
    if digits is None:
        return True
    whole, _, decimals = digits.lstrip("-").partition(".")
    return len(whole) <= PRECISION - SCALE and len(decimals) <= SCALE


def arrow_table(columns: Sequence[Column], rows: Sequence[tuple[Any, ...]]) -> Any:
    """Rows as an Arrow table. Raises ValueError for a decimal that has no place in it."""
    cells = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    arrays = [_array(column, values) for column, values in zip(columns, cells, strict=True)]
    return pa.Table.from_arrays(arrays, schema=arrow_schema(columns))


def _array(column: Column, values: Sequence[Any]) -> Any:
    kind = _types()[column.type]
    if column.type == "decimal":
        try:
            values = [Decimal(v) if isinstance(v, str) else v for v in values]
        except InvalidOperation as e:
            raise ValueError(f"{column.name}: {e}") from None
    elif column.type == "timestamp":
        values = [datetime.fromisoformat(v) if isinstance(v, str) else v for v in values]
    try:
        return pa.array(values, kind)
    except pa.ArrowInvalid as e:
        raise ValueError(f"{column.name}: {e}") from None


def too_long(result: Loaded | Failed) -> str | None:
    """Why a target with fixed-point decimals cannot hold a result, None when it can."""
    if isinstance(result, Failed):
        return None
    for table, rows in result.rows.items():
        decimals = [i for i, c in enumerate(columns_of(table)) if c.type == "decimal"]
        for row in rows:
            if bad := next((row[i] for i in decimals if not fits(row[i])), None):
                return f"the value {bad[:60]} has more digits than DECIMAL({PRECISION}, {SCALE})"
    return None
