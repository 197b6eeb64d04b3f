"""New rows into SQLite and PostgreSQL in the quickest way that each has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.engine import Connection

from extractor import schema
from extractor.sinks.tables import sqlite_number


def insert_rows(connection: Connection, name: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows that are surely new: by COPY where there is one. Decimals come as their digits."""
    if not rows:
        return
    columns = schema.columns(name)
    listed = ", ".join(f'"{c.name}"' for c in columns)
    if connection.dialect.name == "postgresql":
        cursor = connection.connection.cursor()
        with cursor.copy(f"COPY {name} ({listed}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    numbers = [i for i, c in enumerate(columns) if c.type == "decimal"]
    marks = ", ".join("?" * len(columns))
    connection.exec_driver_sql(
        f"INSERT INTO {name} ({listed}) VALUES ({marks})",  # noqa: S608  names of the schema, values are bound
        [_with_numbers(row, numbers) for row in rows],
    )


def _with_numbers(row: tuple[Any, ...], numbers: Sequence[int]) -> tuple[Any, ...]:
    if not numbers:
        return row
    cells = list(row)
    for i in numbers:
        cells[i] = sqlite_number(cells[i])
    return tuple(cells)
