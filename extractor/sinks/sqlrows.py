"""SQLite and PostgreSQL, read back as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from extractor import schema
from extractor.schema.rows import plain_decimal
from extractor.sinks.connect import engine
from extractor.sinks.tables import metadata


class SqlRows:
    """A loaded database, read back."""

    def __init__(self, target: str) -> None:
        """`target` is a path (SQLite) or a URL (PostgreSQL)."""
        self._engine = engine(target)

    def rows(self, table: str, order: Sequence[str] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a table as plain values, in the order of some columns where they are named."""
        t = metadata().tables[table]
        listed = [t.c[name] for name in schema.names(table)]
        kinds = [
            (i, c.type) for i, c in enumerate(schema.columns(table)) if c.type not in ("text", "integer")
        ]
        with self._engine.connect().execution_options(yield_per=2000) as connection:
            for row in connection.execute(sa.select(*listed).order_by(*(t.c[name] for name in order))):
                cells = list(row)
                for i, kind in kinds:
                    cells[i] = _back(cells[i], kind)
                yield tuple(cells)

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()


def _back(value: Any, kind: str) -> Any:
    if value is None:
        return None
    if kind == "decimal":
        return plain_decimal(Decimal(repr(value) if isinstance(value, float) else value))
    if kind == "boolean":
        return bool(value)
    if kind == "json" and not isinstance(value, str):
        import msgspec

        return msgspec.json.encode(value).decode()
    if kind == "timestamp" and not isinstance(value, str):
        return value.astimezone(UTC).isoformat()
    return value
