"""Targets that are files. A SQLite file beside them takes the batches, and the files are made of it at the
end.

So a file target is resumed, and loaded again, like a database, and its rows are in one order: by source,
then by place in the text. The same articles give the same bytes, however many jobs there were.
"""

from __future__ import annotations

import heapq
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from extractor import schema
from extractor.records import all_columns
from extractor.schema import Column
from extractor.schema.rows import Failed, Loaded
from extractor.sinks import jsonl
from extractor.sinks.sink import Entry, TargetError
from extractor.sinks.sql import SqlSink
from extractor.sinks.sqlrows import SqlRows

STATE = ".state.db"
"""The SQLite file beside `records.jsonl` is `records.jsonl.state.db`, that of a folder is `.state.db` in it.
Nobody needs it to read the files; without it the next run begins afresh."""

FOLDER = ("articles", "figures", "places", "officials", "units", "failures")
"""The files of a folder."""


def is_folder(target: str) -> bool:
    """Whether a target is a folder with a file a table: a slash at its end, or a folder that is there."""
    return target.endswith(("/", os.sep)) or os.path.isdir(target)


def union_columns() -> tuple[Column, ...]:
    """The columns of one file that holds records of every kind."""
    by_name = {c.name: c for table in schema.SHAPES for c in schema.columns(table)}
    common = set.intersection(*(set(schema.names(table)) for table in schema.SHAPES))
    needed = {c.name for c in by_name.values() if not c.nullable and c.name in common}
    return tuple(Column(n, by_name[n].type, n not in needed) for n in all_columns())


class FileSink:
    """Loads batches into the SQLite file, makes the files at the end."""

    def __init__(self, target: str, kind: str, version: str) -> None:
        """`kind`: jsonl, csv or parquet. Raises TargetError when the place cannot be written."""
        self._path, self._kind, self._folder = Path(target), kind, is_folder(target)
        self._state = state_of(target)
        try:
            self._state.parent.mkdir(parents=True, exist_ok=True)
        except OSError as e:
            raise TargetError(f"{target}: {e.strerror}") from None
        self._sink = SqlSink(str(self._state), version)

    def entries(self, sources: Sequence[str]) -> Mapping[str, Entry]:
        """What the ledger holds of these sources."""
        return self._sink.entries(sources)

    def write(self, results: Sequence[Loaded | Failed]) -> list[Failed]:
        """Load a batch in one transaction; for Parquet, a figure that a fixed point cannot hold costs its
        article.
        """
        if self._kind != "parquet":
            return self._sink.write(results)
        from extractor.sinks.arrow import too_long

        refused = [
            Failed(r.source, r.fingerprint, "write", reason) for r in results if (reason := too_long(r))
        ]
        bad = {r.source for r in refused}
        return [*self._sink.write([*(r for r in results if r.source not in bad), *refused]), *refused]

    def finish(self, mended: Callable[[str], bool]) -> None:
        """Make the files: each whole beside the old one, then put in its place."""
        self._sink.finish(mended)
        with _turn(self._state.parent), closing(SqlRows(str(self._state))) as rows:
            if not self._folder:
                self._make_one(_all_records(rows))
                return
            for table in FOLDER:
                path = self._path / f"{table}.{self._kind}"
                self._make(path, schema.columns(table), rows.rows(table, order=_ORDER.get(table, ())))

    def _make_one(self, records: Iterator[tuple[str, tuple[Any, ...]]]) -> None:
        """One file for records of every kind; in JSONL each has the fields of its own kind and no other."""
        if self._kind != "jsonl":
            self._make(self._path, union_columns(), _in_one_table(records))
            return
        with _beside(self._path) as new:
            jsonl.write_mixed(new, {table: schema.columns(table) for table in schema.SHAPES}, records)

    def _make(self, path: Path, columns: Sequence[Column], rows: Iterator[tuple[Any, ...]]) -> None:
        with _beside(path) as new:
            import_module(f"extractor.sinks.{self._kind}").write(new, columns, rows)

    def close(self) -> None:
        """Close the SQLite file."""
        self._sink.close()


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """Two runs with one target make their files one after the other."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A new file to be written, which takes the place of the old one when it is whole, and goes when it is not."""
    new = path.with_name(f".{path.name}.new")
    try:
        yield new
        if path.is_dir():
            shutil.rmtree(path)  # Spark writes a folder where we write a file
        os.replace(new, path)
    finally:
        new.unlink(missing_ok=True)


def state_of(target: str) -> Path:
    """The SQLite file that belongs to a file target."""
    return Path(target) / STATE if is_folder(target) else Path(target + STATE)


_POSITION = ("source", "start", "end", "kind", "record_id")
_ORDER: Mapping[str, tuple[str, ...]] = {
    "articles": ("source",),
    **dict.fromkeys(schema.SHAPES, _POSITION),
    "units": ("code", "valid_from"),
    "failures": ("source",),
}


def _all_records(rows: SqlRows) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Records of every kind, each with its table, in the order of source and text."""

    def of(table: str) -> Iterator[tuple[tuple[Any, ...], str, tuple[Any, ...]]]:
        at = [schema.names(table).index(name) for name in _POSITION]
        for row in rows.rows(table, order=_POSITION):
            yield tuple(row[i] for i in at), table, row

    for _, table, row in heapq.merge(*(of(table) for table in schema.SHAPES), key=lambda each: each[0]):
        yield table, row


def _in_one_table(records: Iterator[tuple[str, tuple[Any, ...]]]) -> Iterator[tuple[Any, ...]]:
    """Records with the columns of every kind."""
    own = {table: schema.names(table) for table in schema.SHAPES}
    place = {t: [names.index(n) if n in names else None for n in all_columns()] for t, names in own.items()}
    for table, row in records:
        yield tuple(None if i is None else row[i] for i in place[table])


class FileRows:
    """Files read back."""

    def __init__(self, target: str, kind: str) -> None:
        """`kind`: jsonl or parquet. Raises TargetError for CSV, which does not tell null from empty."""
        if kind == "csv":
            raise TargetError(
                f"{target}: CSV does not tell null from empty; take the hash of {state_of(target)}"
            )
        self._path, self._kind, self._folder = Path(target), kind, is_folder(target)

    def rows(self, table: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a table; one file with records of every kind holds no articles."""
        read = import_module(f"extractor.sinks.{self._kind}").read
        path = self._path / f"{table}.{self._kind}" if self._folder else self._path
        if self._folder:
            yield from read(path, schema.columns(table)) if path.exists() else ()
            return
        if table not in schema.SHAPES:
            return
        names, kinds = schema.names(table), {"places": {"place"}, "officials": {"official"}}
        wanted = [(n, names.index(n)) for n in names]
        every = union_columns()
        at = {c.name: i for i, c in enumerate(every)}
        for row in read(path, every):
            kind = row[at["kind"]]
            if kind in kinds.get(table, ()) or (table == "figures" and kind not in ("place", "official")):
                yield tuple(row[at[name]] for name, _ in wanted)

    def close(self) -> None:
        """Nothing to let go of."""
