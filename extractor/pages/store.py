"""A database that `trichtin bulk` filled, read for pages: SQLite, PostgreSQL or DuckDB, never written to."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

import msgspec
import regex

from extractor.article import read_article
from extractor.pipeline import Extraction
from extractor.records import by_position
from extractor.schema import SHAPES, columns
from extractor.sinks.sink import TargetError, loaded_kind, path_of

Row = dict[str, Any]


class Database(Protocol):
    """Answers queries. Parameters are named `:name`."""

    kind: str

    def rows(
        self, sql: str, values: Mapping[str, Any] | None = None, seconds: float | None = None
    ) -> Iterator[Row]:
        """The rows of a query as a stream. `seconds`: the time that it may take."""


def open_database(target: str) -> Database:
    """Open what `bulk` made, read only. Raises TargetError with what to do."""
    kind = loaded_kind(target)
    database: Database = _Duck(path_of(target)) if kind == "duckdb" else _Sql(target, kind)
    try:
        next(
            database.rows(
                "SELECT count(*) AS n FROM articles a LEFT JOIN facts f ON f.article_id = a.id WHERE 1 = 0"
            )
        )
    except Exception as e:  # every driver has its own
        said = str(getattr(e, "orig", None) or e).splitlines()[0]
        raise TargetError(f"{target}: is no database of 'trichtin bulk' ({said})") from None
    return database


class _Sql:
    def __init__(self, target: str, kind: str) -> None:
        import sqlalchemy as sa

        self.kind = kind
        if kind == "sqlite":
            path = quote(str(Path(path_of(target)).resolve()))
            self._engine = sa.create_engine(f"sqlite:///file:{path}?mode=ro&uri=true")
        else:
            try:
                self._engine = sa.create_engine(
                    "postgresql+psycopg://" + target.split("://", 1)[1],
                    connect_args={"options": "-c default_transaction_read_only=on"},
                )
            except ModuleNotFoundError:
                raise TargetError("PostgreSQL needs its driver: pip install 'trichtin[postgres]'") from None

    def rows(
        self, sql: str, values: Mapping[str, Any] | None = None, seconds: float | None = None
    ) -> Iterator[Row]:
        import sqlalchemy as sa

        with self._engine.connect() as connection:
            if self.kind == "sqlite":
                driver: Any = connection.connection.dbapi_connection
                end = time.monotonic() + seconds if seconds else None
                driver.set_progress_handler((lambda: time.monotonic() > end) if end else None, 20_000)
            elif seconds:
                connection.exec_driver_sql(f"SET LOCAL statement_timeout = {int(seconds * 1000)}")
            stream = connection.execution_options(yield_per=500)
            for row in stream.execute(sa.text(sql), dict(values or {})):
                yield dict(row._mapping)


class _Duck:
    kind = "duckdb"

    def __init__(self, path: str) -> None:
        try:
            import duckdb
        except ModuleNotFoundError:
            raise TargetError("DuckDB is not installed: pip install 'trichtin[duckdb]'") from None
        try:
            self._db = duckdb.connect(path, read_only=True)
        except duckdb.Error as e:
            raise TargetError(f"{path}: {str(e).splitlines()[0]}") from None

    def rows(
        self, sql: str, values: Mapping[str, Any] | None = None, seconds: float | None = None
    ) -> Iterator[Row]:
        cursor = self._db.cursor()
        found = cursor.execute(regex.sub(r"(?<!:):(\w+)", r"$\1", sql), dict(values) if values else None)
        names = [d[0] for d in found.description]
        while part := found.fetchmany(500):
            for row in part:
                yield dict(zip(names, row, strict=True))


def member(column: str, wanted: Sequence[Any], values: dict[str, Any]) -> str:
    """`column IN (…)` with its parameters added to `values`; nothing is a member of nothing."""
    if not wanted:
        return "1 = 0"
    names = [f"v{len(values) + i}" for i in range(len(wanted))]
    values.update(zip(names, wanted, strict=True))
    return f"{column} IN ({', '.join(':' + n for n in names)})"


def number(value: Any) -> Decimal | None:
    """A decimal as a database gives it: integer, real, its digits, or a decimal."""
    if value is None:
        return None
    try:
        found = Decimal(repr(value) if isinstance(value, float) else value)
    except (InvalidOperation, TypeError, ValueError):
        return None
    whole = found.to_integral_value()
    return whole if found == whole else found.normalize()


def public_source(source: str | None) -> str | None:
    """A source without the folders of the machine that it was read on."""
    if source is None or regex.match(r"https?://", source):
        return source
    path, mark, member_ = source.partition("!")
    return regex.split(r"[/\\]", path)[-1] + mark + member_


def extraction(database: Database, article_id: str) -> Extraction | None:
    """An article of the database with its records, None when there is none of that id."""
    row = next(iter(database.rows("SELECT * FROM articles WHERE id = :id", {"id": article_id})), None)
    if row is None:
        return None
    source = public_source(row["source"])
    told = {name: row[name] for name in ("url", "published", "newspaper")}
    article = replace(
        read_article(row["text"] or "", source, **told), id=article_id, byline=row["byline"], **told
    )
    records = [
        msgspec.convert({**_plain(table, found), "source": source}, type=SHAPES[table], strict=False)
        for table in SHAPES
        for found in database.rows(f"SELECT * FROM {table} WHERE article_id = :id", {"id": article_id})  # noqa: S608
    ]
    return Extraction(article, tuple(by_position(records)))


def _plain(table: str, row: Row) -> Row:
    """A row of a table as the record's fields have them."""
    plain: Row = {}
    for column in columns(table):
        value = row.get(column.name)
        if column.type == "json" and isinstance(value, str):
            value = msgspec.json.decode(value)
        elif column.type == "decimal":
            value = number(value)
        elif column.type == "boolean" and value is not None:
            value = bool(value)
        plain[column.name] = value
    return plain
