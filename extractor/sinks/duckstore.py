"""DuckDB as a store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

import regex

from extractor import schema
from extractor.schema.column import Column
from extractor.sinks.arrow import arrow_table
from extractor.sinks.duckdb import DuckSink, connect, transaction
from extractor.sinks.sink import TargetError, chunks
from extractor.sinks.store import BATCH, Row, Values

MEMORY = "500MB"
"""What DuckDB may use to sort and to join; beyond it goes to disk."""

LARGE = 20 * BATCH
"""Rows inserted at once: DuckDB keeps columns and likes large parts."""


class DuckStore:
    """A DuckDB file."""

    kind = "duckdb"

    def __init__(self, path: str) -> None:
        """Open it, and bring its schema up to this version. Raises TargetError."""
        DuckSink(path, "").close()
        self._db, self._path = connect(path), path
        self._db.execute(f"SET memory_limit = '{MEMORY}'; SET preserve_insertion_order = false")

    def rows(self, sql: str, values: Values | None = None) -> Iterator[Row]:
        """The rows of a query as a stream."""
        with self._told():
            cursor = self._db.cursor()
            try:
                found = _execute(cursor, sql, values)
                while part := found.fetchmany(BATCH):
                    yield from part
            finally:
                cursor.close()

    @contextmanager
    def writing(self) -> Iterator[_DuckWriter]:
        """A transaction."""
        with self._told(), closing(self._db.cursor()) as cursor, transaction(cursor):
            yield _DuckWriter(cursor)

    @contextmanager
    def _told(self) -> Iterator[None]:
        import duckdb

        try:
            yield
        except duckdb.Error as e:
            raise TargetError(
                f"{self._path}: {str(e).splitlines()[0]}; the tables are as they were before this step, the same "
                "command does it again"
            ) from None

    def close(self) -> None:
        """Close the file."""
        self._db.close()


class _DuckWriter:
    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def run(self, sql: str, values: Values | None = None) -> None:
        _execute(self._cursor, sql, values)

    def scratch(self, name: str, columns: Sequence[str], rows: Iterable[Row], keyed: bool = False) -> None:
        fields = tuple(Column(c) for c in columns)
        self._cursor.execute(
            f"CREATE OR REPLACE TEMPORARY TABLE {name} ({', '.join(f'{c} VARCHAR' for c in columns)})"
        )
        for part in chunks(rows, LARGE):
            self._fill(name, fields, part)

    def rows(self, sql: str, values: Values | None = None) -> list[Row]:
        found: list[Row] = _execute(self._cursor, sql, values).fetchall()
        return found

    def insert(self, table: str, rows: Iterable[Row]) -> int:
        count = 0
        for part in chunks(rows, LARGE):
            self._fill(table, schema.columns(table), part)
            count += len(part)
        return count

    def _fill(self, table: str, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        listed = ", ".join(f'"{c.name}"' for c in columns)
        self._cursor.register("part", arrow_table(columns, rows))
        self._cursor.execute(f"INSERT INTO {table} ({listed}) SELECT * FROM part")  # noqa: S608  names of the schema
        self._cursor.unregister("part")


def _execute(cursor: Any, sql: str, values: Values | None) -> Any:
    return cursor.execute(_dollars(sql), dict(values)) if values else cursor.execute(sql)


def _dollars(sql: str) -> str:
    return regex.sub(r"(?<!:):(\w+)", r"$\1", sql)
