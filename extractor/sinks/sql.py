"""SQLite and PostgreSQL, loaded through SQLAlchemy Core; PostgreSQL takes the records by COPY."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from extractor import schema
from extractor.schema.rows import Failed, Loaded, plain_decimal
from extractor.schema.units import unit_rows
from extractor.schema.views import view_sql
from extractor.sinks.connect import engine, first_line, losses, refusals, shown
from extractor.sinks.inserting import insert_rows
from extractor.sinks.plan import Batch, Held, gather, leaving, writing
from extractor.sinks.sink import Entry, TargetError, advised, chunks
from extractor.sinks.tables import ddl, metadata, sqlite_number, view_ddl

LOCK = 7423617
"""The advisory lock that makes two runs on one PostgreSQL database take turns, a batch at a time."""

IN_LIMIT = 500
"""Values in one IN list: SQLite knows at most 32,766 parameters, plans stay small with fewer."""


class SqlSink:
    """Loads batches, each in one transaction. `target` is a path (SQLite) or a URL (PostgreSQL)."""

    def __init__(self, target: str, version: str) -> None:
        """Make or check the schema. Raises TargetError when the database cannot be used."""
        self._engine, self._version = engine(target), version
        self._writer = self._engine.execution_options(writes=True)
        self._tables = metadata().tables
        self._name = shown(target)
        try:
            self._make_schema()
        except sa.exc.DBAPIError as e:
            raise TargetError(f"{self._name}: {advised(first_line(e))}") from None

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """A server that went away, a full disk, a locked or read-only file: told as the target's, in a
        sentence.
        """
        try:
            yield
        except losses(self._postgres) as e:
            raise TargetError(
                f"{self._name}: {advised(first_line(e))}; what was loaded is whole, the same command goes on from there"
            ) from None

    @property
    def _postgres(self) -> bool:
        return self._engine.dialect.name == "postgresql"

    def _make_schema(self) -> None:
        with self._writer.begin() as connection:
            self._take_turn(connection)
            there = set(sa.inspect(connection).get_table_names())
            views = set(sa.inspect(connection).get_view_names())
            added = [self._add_columns(connection, name) for name in schema.TABLES if name in there]
            for statement in ddl(self._engine.dialect.name):
                if "VIEW" not in statement.split("(", 1)[0]:
                    connection.exec_driver_sql(statement)
            if any(added) or not views >= set(view_sql(self._engine.dialect.name)):
                for statement in view_ddl(self._engine.dialect.name):
                    connection.exec_driver_sql(statement)
            self._load_units(connection)

    def _add_columns(self, connection: Connection, name: str) -> bool:
        """Fields may be added to the records from one release to the next: a table of an older one gets
        them.
        """
        held = {c["name"] for c in sa.inspect(connection).get_columns(name)}
        missing = [c for c in self._tables[name].columns if c.name not in held]
        for column in missing:
            if not column.nullable:
                raise TargetError(
                    f"the table {name} has no column {column.name}: made by something else; choose another"
                )
            spec = sa.schema.CreateColumn(column).compile(dialect=self._engine.dialect)
            connection.exec_driver_sql(f"ALTER TABLE {name} ADD COLUMN {spec}")
        return bool(missing)

    def _load_units(self, connection: Connection) -> None:
        """The gazetteer, so far as the database does not hold it already. Units are never deleted: records
        refer to them.
        """
        table = self._tables["units"]
        held = {tuple(row) for row in connection.execute(sa.select(table))}
        new = [row for row in map(self._unit, unit_rows()) if row not in held]
        for part in chunks(new, IN_LIMIT):
            self._upsert(connection, "units", part)

    def _unit(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        if self._postgres:
            return row
        return tuple(sqlite_number(plain_decimal(v)) if isinstance(v, Decimal) else v for v in row)

    def entries(self, sources: Sequence[str]) -> Mapping[str, Entry]:
        """What the ledger holds of these sources."""
        found: dict[str, Entry] = {}
        with self._told(), self._engine.connect() as connection:
            for name in ("sources", "failures"):
                t = self._tables[name]
                for part in chunks(sources, IN_LIMIT):
                    query = sa.select(t.c.source, t.c.fingerprint, t.c.extractor_version).where(
                        t.c.source.in_(part)
                    )
                    for source, fingerprint, version in connection.execute(query):
                        found[source] = Entry(fingerprint, version, name == "failures")
        return found

    def write(self, results: Sequence[Loaded | Failed]) -> list[Failed]:
        """Load a batch in one transaction; when the database refuses it, each article in its own, and tell
        which it was.
        """
        try:
            with self._told(), self._writer.begin() as connection:
                self._load(connection, gather(results))
            return []
        except refusals(self._postgres) as e:
            if len(results) > 1:
                return [refused for result in results for refused in self.write([result])]
            if isinstance(results[0], Failed):
                raise
            refused = Failed(results[0].source, results[0].fingerprint, "write", first_line(e))
            return [*self.write([refused]), refused]

    def _load(self, connection: Connection, batch: Batch) -> None:
        self._take_turn(connection)
        tables = self._tables
        held = dict(
            self._where(
                connection, (tables["sources"].c.source, tables["sources"].c.article_id), batch.sources
            )
        )
        self._leave(connection, leaving(batch, held))
        a = tables["articles"].c
        ids = [each.id for each in batch.loaded.values()]
        known = {
            i: Held(s, v) for i, s, v in self._where(connection, (a.id, a.source, a.extractor_version), ids)
        }
        write = writing(batch, known, self._version)
        self._replace(connection, write, known)
        entries = [
            (source, each.id, each.fingerprint, self._version) for source, each in batch.loaded.items()
        ]
        self._store(connection, "sources", entries, held)
        self._failures(connection, batch)

    def _take_turn(self, connection: Connection) -> None:
        if self._postgres:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
            # a crash of the server may cost the last batches, ledger and all: the next run loads them again
            connection.exec_driver_sql("SET LOCAL synchronous_commit = off")

    def _where(
        self, connection: Connection, columns: tuple[Any, ...], values: Iterable[str]
    ) -> Iterator[Any]:
        """The columns of the rows whose first column is one of the values."""
        for part in chunks(values, IN_LIMIT):
            yield from connection.execute(sa.select(*columns).where(columns[0].in_(part)))

    def _leave(self, connection: Connection, left: Mapping[str, str]) -> None:
        """Sources that stand for something else now: the old article goes, or stays under another source."""
        if not left:
            return
        sources, articles = self._tables["sources"], self._tables["articles"]
        self._delete(connection, sources.c.source, left)
        still: dict[str, str] = {}
        for article_id, source in self._where(
            connection, (sources.c.article_id, sources.c.source), set(left.values())
        ):
            still[article_id] = min(source, still.get(article_id, source))
        self._delete(connection, articles.c.id, set(left.values()) - set(still))
        for article_id, source in still.items():
            connection.execute(articles.update().where(articles.c.id == article_id).values(source=source))
            for name in schema.SHAPES:
                t = self._tables[name]
                connection.execute(t.update().where(t.c.article_id == article_id).values(source=source))

    def _replace(self, connection: Connection, write: Sequence[Loaded], known: Container[str]) -> None:
        replaced = [each.id for each in write if each.id in known]
        for name in schema.SHAPES:
            self._delete(connection, self._tables[name].c.article_id, replaced)
        now = self._now()
        self._store(connection, "articles", [(*each.article, self._version, now) for each in write], known)
        for name in schema.SHAPES:
            insert_rows(connection, name, [row for each in write for row in each.rows.get(name, ())])

    def _failures(self, connection: Connection, batch: Batch) -> None:
        t = self._tables["failures"]
        self._delete(connection, t.c.source, batch.loaded)
        columns = (t.c.source, t.c.fingerprint, t.c.extractor_version, t.c.reason)
        held = {tuple(row) for row in self._where(connection, columns, batch.failed)}
        now = self._now()
        new = [
            (f.source, f.stage, f.reason, f.fingerprint, self._version, now)
            for f in batch.failed.values()
            if (f.source, f.fingerprint, self._version, f.reason) not in held
        ]
        self._upsert(connection, "failures", new)

    def _now(self) -> Any:
        now = datetime.now(UTC).replace(microsecond=0)
        return now if self._postgres else now.isoformat()

    def _delete(self, connection: Connection, column: sa.ColumnElement[Any], values: Iterable[str]) -> None:
        for part in chunks(values, IN_LIMIT):
            connection.execute(sa.delete(column.table).where(column.in_(part)))

    def _store(
        self, connection: Connection, name: str, rows: Sequence[tuple[Any, ...]], held: Container[str]
    ) -> None:
        """Rows whose key comes first; those that the table holds are replaced, new ones go in the quick way."""
        insert_rows(connection, name, [row for row in rows if row[0] not in held])
        self._upsert(connection, name, [row for row in rows if row[0] in held])

    def _upsert(self, connection: Connection, name: str, rows: Sequence[tuple[Any, ...]]) -> None:
        if not rows:
            return
        table, names = self._tables[name], schema.names(name)
        insert: Any = (postgresql if self._postgres else sqlite).insert(table)
        kept = (*schema.KEYS[name], *schema.KEPT.get(name, ()))
        changed = {c: insert.excluded[c] for c in names if c not in kept}
        statement = insert.on_conflict_do_update(index_elements=schema.KEYS[name], set_=changed)
        connection.execute(statement, [dict(zip(names, row, strict=True)) for row in rows])

    def finish(self, mended: Callable[[str], bool]) -> None:
        """Forget failures that are mended, and let the planner know what the tables hold now."""
        t = self._tables["failures"]
        with self._told(), self._writer.begin() as connection:
            opened = connection.execute(sa.select(t.c.source).where(t.c.stage == "open")).scalars()
            self._delete(connection, t.c.source, list(filter(mended, opened)))
        with self._told(), self._engine.connect() as connection:
            analyze = "ANALYZE " + ", ".join(schema.TABLES)
            connection.exec_driver_sql(analyze if self._postgres else "PRAGMA optimize")
            connection.commit()
        if not self._postgres:
            self._put_the_log_away()

    def _put_the_log_away(self) -> None:
        """SQLite would do so when it is closed, and would not tell that the disk is full."""
        with self._told(), contextlib.closing(self._engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()
