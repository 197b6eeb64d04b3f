"""SQLite and PostgreSQL as a store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from extractor.sinks.connect import engine, first_line, losses, shown
from extractor.sinks.inserting import insert_rows
from extractor.sinks.sink import TargetError, chunks
from extractor.sinks.sql import SqlSink
from extractor.sinks.store import BATCH, Row, Values


class SqlStore:
    """`target` is a path (SQLite) or a URL (PostgreSQL)."""

    def __init__(self, target: str) -> None:
        """Open it, and bring its schema up to this version. Raises TargetError."""
        SqlSink(target, "").close()
        self._engine = engine(target)
        self._writer = self._engine.execution_options(writes=True)
        self._name = shown(target)
        self.kind = self._engine.dialect.name

    def rows(self, sql: str, values: Values | None = None) -> Iterator[Row]:
        """The rows of a query as a stream."""
        with self._told(), self._engine.connect() as connection:
            stream = connection.execution_options(yield_per=BATCH)
            for part in stream.execute(sa.text(sql), dict(values or {})).partitions(BATCH):
                yield from map(tuple, part)

    @contextmanager
    def writing(self) -> Iterator[_SqlWriter]:
        """A transaction."""
        with self._told(), self._writer.begin() as connection:
            yield _SqlWriter(connection)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except losses(self.kind == "postgresql") as e:
            raise TargetError(
                f"{self._name}: {first_line(e)}; the tables are as they were before this step, the same command "
                "does it again"
            ) from None

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()


class _SqlWriter:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def run(self, sql: str, values: Values | None = None) -> None:
        self._connection.execute(sa.text(sql), dict(values or {}))

    def scratch(self, name: str, columns: Sequence[str], rows: Iterable[Row], keyed: bool = False) -> None:
        db = self._connection
        listed = ", ".join(f"{c} text" for c in columns)
        key = f", PRIMARY KEY ({columns[0]})" if keyed else ""
        db.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")
        db.exec_driver_sql(f"CREATE TEMPORARY TABLE {name} ({listed}{key})")
        marks = ", ".join(f":{c}" for c in columns)
        for part in chunks(rows, BATCH):
            db.execute(
                sa.text(f"INSERT INTO {name} VALUES ({marks})"),  # noqa: S608  names of the caller, values are bound
                [dict(zip(columns, row, strict=True)) for row in part],
            )

    def rows(self, sql: str, values: Values | None = None) -> list[Row]:
        return [tuple(row) for row in self._connection.execute(sa.text(sql), dict(values or {}))]

    def insert(self, table: str, rows: Iterable[Row]) -> int:
        count = 0
        for part in chunks(rows, BATCH):
            insert_rows(self._connection, table, part)
            count += len(part)
        return count
