"""A loaded database, to be read and written by SQL: the ground on which `trichtin reconcile` works.

Queries are a stream on a connection of their own and see what is committed; what is written in one
transaction is whole or not there. Parameters are named `:name`. Rows are plain tuples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from decimal import Decimal
from typing import Any, Protocol

from extractor.sinks.sink import loaded_kind, path_of

Values = Mapping[str, Any]
Row = tuple[Any, ...]

BATCH = 2000
"""Rows that are fetched, or inserted, at once."""


class Writer(Protocol):
    """An open transaction."""

    def run(self, sql: str, values: Values | None = None) -> None:
        """Execute a statement."""

    def rows(self, sql: str, values: Values | None = None) -> list[Row]:
        """A query that sees what this transaction wrote; its rows should be few."""

    def scratch(self, name: str, columns: Sequence[str], rows: Iterable[Row], keyed: bool = False) -> None:
        """Make a table of texts for this transaction; `keyed`: to be looked up by its first column."""

    def insert(self, table: str, rows: Iterable[Row]) -> int:
        """Insert new rows as a stream, columns in the order of the schema; decimals as digits. Tells how many."""


class Store(Protocol):
    """A database of articles and records."""

    kind: str

    def rows(self, sql: str, values: Values | None = None) -> Iterator[Row]:
        """The rows of a query as a stream."""

    def writing(self) -> AbstractContextManager[Writer]:
        """A transaction: committed at the end, undone when something is raised."""

    def close(self) -> None:
        """Let go of the database."""


@contextmanager
def open_store(target: str) -> Iterator[Store]:
    """Open a database that `bulk` filled, its schema brought up to this version. Raises TargetError."""
    kind = loaded_kind(target)
    store: Store
    if kind == "duckdb":
        from extractor.sinks.duckstore import DuckStore

        store = DuckStore(path_of(target))
    else:
        from extractor.sinks.sqlstore import SqlStore

        store = SqlStore(target if kind == "postgresql" else path_of(target))
    try:
        yield store
    finally:
        store.close()


def exact(value: Any) -> Decimal | None:
    """A decimal as a database gives it: integer, real, its digits, or a decimal."""
    if value is None or isinstance(value, Decimal):
        return value
    return Decimal(repr(value) if isinstance(value, float) else value)
