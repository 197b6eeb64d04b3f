"""DuckDB: batches come as Arrow tables, which its own reader takes in; row by row it would be a hundred
times as slow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any

from extractor import schema
from extractor.schema.rows import Failed, Loaded, plain_decimal
from extractor.schema.units import unit_rows
from extractor.schema.views import TOLD_ABOUT as VIEWS
from extractor.schema.views import view_sql
from extractor.sinks.arrow import PRECISION, SCALE, arrow_table, too_long
from extractor.sinks.plan import Batch, Held, gather, leaving, writing
from extractor.sinks.sink import Entry, TargetError, advised

_TYPES = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "decimal": f"DECIMAL({PRECISION}, {SCALE})",
    "boolean": "BOOLEAN",
    "json": "JSON",
    "timestamp": "TIMESTAMPTZ",
}

_KEYED = ("units", "articles", "sources", "failures")
"""Tables with a primary key. DuckDB holds keys in memory, and checks foreign keys too early for a row that is
replaced in one transaction: the tables of records, by far the largest, do without; articles are replaced
whole.
"""

MEMORY = "150MB"


def ddl() -> list[str]:
    """The statements that make the schema."""
    made = []
    for table in schema.TABLES:
        lines = [
            f'"{c.name}" {_TYPES[c.type]}{"" if c.nullable else " NOT NULL"}' for c in schema.columns(table)
        ]
        if table in _KEYED:
            lines.append(f"PRIMARY KEY ({', '.join(schema.KEYS[table])})")
        made.append(f"CREATE TABLE IF NOT EXISTS {table} (\n  " + ",\n  ".join(lines) + "\n)")
        made += [
            f'ALTER TABLE {table} ADD COLUMN IF NOT EXISTS "{c.name}" {_TYPES[c.type]}'
            for c in schema.columns(table)
            if c.nullable
        ]
        made.append(schema.comment_on("TABLE", table, schema.TOLD_ABOUT[table]))
    for name, select in view_sql("duckdb").items():
        made.append(f"CREATE OR REPLACE VIEW {name} AS\n{select}")
        made.append(schema.comment_on("VIEW", name, VIEWS[name]))
    return made


def connect(path: str, read_only: bool = False) -> Any:
    """A connection with bounded memory. Raises TargetError."""
    try:
        import duckdb
    except ModuleNotFoundError:
        raise TargetError("DuckDB is not installed: pip install 'trichtin[duckdb]'") from None
    try:
        connection = duckdb.connect(path, read_only=read_only)
    except duckdb.Error as e:
        raise TargetError(f"{path}: {advised(str(e).splitlines()[0])}") from None
    connection.execute(f"SET memory_limit = '{MEMORY}'; SET threads = 1; SET TimeZone = 'UTC'")
    return connection


@contextmanager
def transaction(cursor: Any) -> Iterator[None]:
    """Committed at the end, undone when something is raised."""
    cursor.execute("BEGIN")
    try:
        yield
    except BaseException:
        with suppress(Exception):  # a full disk may have ended the transaction, or the whole database
            cursor.execute("ROLLBACK")
        raise
    cursor.execute("COMMIT")


class DuckSink:
    """Loads batches, each in one transaction."""

    def __init__(self, path: str, version: str) -> None:
        """Open or make the file at `path`. Raises TargetError."""
        self._db, self._version, self._path = connect(path), version, path
        self._reader = self._db.cursor()  # a connection is for one thread at a time
        with self._told():
            for statement in ddl():
                self._db.execute(statement)
            held = self._db.execute("SELECT count(*) FROM units").fetchone()[0]
            rows = list(unit_rows())
            if held != len(rows):
                with transaction(self._db):
                    self._upsert("units", rows)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What the file does not take, a full disk above all: told as the target's, in a sentence."""
        import duckdb

        try:
            yield
        except duckdb.Error as e:
            raise TargetError(
                f"{self._path}: {advised(str(e).splitlines()[0])}; what was loaded is whole, the same command "
                "goes on from there"
            ) from None

    def entries(self, sources: Sequence[str]) -> Mapping[str, Entry]:
        """What the ledger holds of these sources."""
        found = {}
        for table in ("sources", "failures"):
            query = f"SELECT source, fingerprint, extractor_version FROM {table}"  # noqa: S608
            for source, fingerprint, version in self._reader.execute(
                f"{query} WHERE source IN (SELECT unnest(?))", [list(sources)]
            ).fetchall():
                found[source] = Entry(fingerprint, version, table == "failures")
        return found

    def write(self, results: Sequence[Loaded | Failed]) -> list[Failed]:
        """Load a batch in one transaction. A figure that a fixed point cannot hold costs its article."""
        refused = [
            Failed(r.source, r.fingerprint, "write", reason) for r in results if (reason := too_long(r))
        ]
        bad = {r.source for r in refused}
        batch = gather([*(r for r in results if r.source not in bad), *refused])
        with self._told(), transaction(self._db):
            self._load(batch)
        return refused

    def _load(self, batch: Batch) -> None:
        held = dict(self._where("SELECT source, article_id FROM sources", "source", batch.sources))
        self._leave(leaving(batch, held))
        ids = [each.id for each in batch.loaded.values()]
        query = "SELECT id, source, extractor_version FROM articles"
        known = {i: Held(source, version) for i, source, version in self._where(query, "id", ids)}
        write = writing(batch, known, self._version)
        for table in schema.SHAPES:
            self._delete(table, "article_id", [each.id for each in write if each.id in known])
        now = datetime.now(UTC).replace(microsecond=0).isoformat()
        self._upsert("articles", [(*each.article, self._version, now) for each in write])
        for table in schema.SHAPES:
            self._insert(table, [row for each in write for row in each.rows.get(table, ())])
        entries = [
            (source, each.id, each.fingerprint, self._version) for source, each in batch.loaded.items()
        ]
        self._upsert("sources", entries)
        self._failures(batch, now)

    def _leave(self, left: Mapping[str, str]) -> None:
        if not left:
            return
        self._delete("sources", "source", left)
        still: dict[str, str] = {}
        query = "SELECT article_id, source FROM sources"
        for article_id, source in self._where(query, "article_id", set(left.values())):
            still[article_id] = min(source, still.get(article_id, source))
        gone = set(left.values()) - set(still)
        for table in schema.OF_ARTICLES:
            self._delete(table, "article_id", gone)
        for table, column in (*((t, "article_id") for t in schema.SHAPES), ("articles", "id")):
            self._delete(table, column, gone)
            for article_id, source in still.items():
                self._db.execute(f"UPDATE {table} SET source = ? WHERE {column} = ?", [source, article_id])  # noqa: S608

    def _failures(self, batch: Batch, now: str) -> None:
        self._delete("failures", "source", batch.loaded)
        query = "SELECT source, fingerprint, extractor_version, reason FROM failures"
        held = set(self._where(query, "source", batch.failed))
        new = [
            (f.source, f.stage, f.reason, f.fingerprint, self._version, now)
            for f in batch.failed.values()
            if (f.source, f.fingerprint, self._version, f.reason) not in held
        ]
        self._upsert("failures", new)

    def _where(self, query: str, column: str, values: Iterable[str]) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self._db.execute(
            f"{query} WHERE {column} IN (SELECT unnest(?))", [list(values)]
        ).fetchall()
        return found

    def _delete(self, table: str, column: str, values: Iterable[str]) -> None:
        if values := list(values):
            self._db.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT unnest(?))", [values])  # noqa: S608

    def _upsert(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        kept = (*schema.KEYS[table], *schema.KEPT.get(table, ()))
        changed = ", ".join(f'"{c}" = excluded."{c}"' for c in schema.names(table) if c not in kept)
        self._insert(table, rows, f"ON CONFLICT ({', '.join(schema.KEYS[table])}) DO UPDATE SET {changed}")

    def _insert(self, table: str, rows: Sequence[tuple[Any, ...]], conflict: str = "") -> None:
        if not rows:
            return
        self._db.register("batch", arrow_table(schema.columns(table), rows))
        listed = ", ".join(f'"{name}"' for name in schema.names(table))
        self._db.execute(f"INSERT INTO {table} ({listed}) SELECT * FROM batch {conflict}")  # noqa: S608  names of the schema
        self._db.unregister("batch")

    def finish(self, mended: Callable[[str], bool]) -> None:
        """Forget failures that are mended, and put the log into the file."""
        with self._told():
            opened = self._db.execute("SELECT source FROM failures WHERE stage = 'open'").fetchall()
            self._delete("failures", "source", [source for (source,) in opened if mended(source)])
            self._db.execute("CHECKPOINT")

    def close(self) -> None:
        """Close the file."""
        self._reader.close()
        self._db.close()


class DuckRows:
    """A loaded file, read back."""

    def __init__(self, path: str) -> None:
        """Open the file at `path` for reading. Raises TargetError."""
        self._db = connect(path, read_only=True)

    def rows(self, table: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a table as plain values."""
        columns = schema.columns(table)
        listed = ", ".join(f'"{c.name}"' for c in columns)
        cursor = self._db.execute(f"SELECT {listed} FROM {table}")  # noqa: S608  names of the schema
        while rows := cursor.fetchmany(2000):
            for row in rows:
                yield tuple(_back(value, c.type) for value, c in zip(row, columns, strict=True))

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def _back(value: Any, kind: str) -> Any:
    if value is None:
        return None
    if kind == "decimal":
        return plain_decimal(value)
    return value.isoformat() if kind == "timestamp" else value
