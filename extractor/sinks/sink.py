"""What every sink offers, and how a target's name leads to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from extractor.schema.rows import Failed, Loaded


class Entry(NamedTuple):
    """What the ledger says of a source: loaded (or failed) from this content, by this version."""

    fingerprint: str
    version: str
    failed: bool


class Sink(Protocol):
    """A target of `trichtin bulk`. Everything in it is whole after every `write`, whatever happens then."""

    def entries(self, sources: Sequence[str]) -> Mapping[str, Entry]:
        """What the ledger holds of these sources. May be called while another thread writes."""

    def write(self, results: Sequence[Loaded | Failed]) -> list[Failed]:
        """Load a batch in one transaction. Gives back what the target refused, which is in `failures` now."""

    def finish(self, mended: Callable[[str], bool]) -> None:
        """All is loaded: forget failures of opening that are `mended`, make the files that are made at the
        end.
        """

    def close(self) -> None:
        """Let go of the target; what was written stays."""


class Readable(Protocol):
    """A target that can be read back."""

    def rows(self, table: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a table, columns in the order of the schema, decimals as strings, JSON as strings."""

    def close(self) -> None:
        """Let go of it."""


class TargetError(Exception):
    """A target that cannot be used; the message says why and what to do."""


_ADVICE = (
    (("locked", "set lock on"), "another program is writing to it: end that one, or wait for it"),
    (("full", "No space left", "File too large"), "make room on the disk"),
    (
        ("readonly", "Read-only", "unable to open", "Permission denied"),
        "it cannot be written there: choose another place, or change its permissions",
    ),
)


def advised(said: str) -> str:
    """What a database says of its trouble, with what to do about it where that is known."""
    advice = next((advice for words, advice in _ADVICE if any(word in said for word in words)), None)
    return f"{said}; {advice}" if advice else said


def kind_of(target: str) -> str:
    """Which sink a target is for: sqlite, postgresql, duckdb, jsonl, csv or parquet. Raises TargetError."""
    if "://" in target:
        scheme = target.split(":", 1)[0].split("+")[0]
        known = {"sqlite": "sqlite", "postgresql": "postgresql", "postgres": "postgresql", "duckdb": "duckdb"}
        if scheme in known:
            return known[scheme]
        raise TargetError(
            f"{target}: unknown scheme {scheme!r}; use sqlite:///FILE, postgresql://… or duckdb:///FILE"
        )
    suffixes = {
        ".db": "sqlite", ".sqlite": "sqlite", ".sqlite3": "sqlite", ".duckdb": "duckdb",
        ".jsonl": "jsonl", ".csv": "csv", ".parquet": "parquet",
    }  # fmt: skip
    kind = suffixes.get(Path(target.rstrip("/")).suffix.casefold())
    if kind is None:
        raise TargetError(
            f"{target}: the target's kind is not plain; use sqlite:///news.db, postgresql://…, "
            "duckdb:///news.duckdb, or a name in .db, .jsonl, .csv, .parquet (with a / behind it: a folder)"
        )
    return kind


def path_of(target: str) -> str:
    """The file that a target names: `sqlite:///news.db` is news.db, `sqlite:////data/news.db` is
    /data/news.db.
    """
    return target.split("://", 1)[1].removeprefix("/") if "://" in target else target


def open_sink(target: str, version: str) -> Sink:
    """The sink of a target, its schema made or checked. Raises TargetError."""
    kind = kind_of(target)
    if kind in ("sqlite", "postgresql"):
        from extractor.sinks.sql import SqlSink

        return SqlSink(target if kind == "postgresql" else path_of(target), version)
    if kind == "duckdb":
        from extractor.sinks.duckdb import DuckSink

        return DuckSink(path_of(target), version)
    from extractor.sinks.files import FileSink

    return FileSink(target, kind, version)


def open_readable(target: str) -> Readable:
    """A loaded target, to be read. Raises TargetError when there is none."""
    kind = kind_of(target)
    if kind != "postgresql" and not Path(path_of(target)).exists():
        raise TargetError(f"{target}: there is no such target; make it with 'trichtin bulk … --to {target}'")
    if kind in ("sqlite", "postgresql"):
        from extractor.sinks.sqlrows import SqlRows

        return SqlRows(target if kind == "postgresql" else path_of(target))
    if kind == "duckdb":
        from extractor.sinks.duckdb import DuckRows

        return DuckRows(path_of(target))
    from extractor.sinks.files import FileRows

    return FileRows(target, kind)


def chunks(values: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Lists of at most `size` values."""
    part: list[Any] = []
    for value in values:
        part.append(value)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part


def loaded_kind(target: str) -> str:
    """The kind of a database that `bulk` has filled. Raises TargetError where the target is none, or is not there."""
    kind = kind_of(target)
    if kind not in ("sqlite", "postgresql", "duckdb"):
        raise TargetError(
            f"{target}: is no database; load the articles with 'trichtin bulk … --to sqlite:///news.db'"
        )
    if kind != "postgresql" and not Path(path_of(target)).is_file():
        raise TargetError(
            f"{target}: there is no such database; make it with 'trichtin bulk … --to {target}'"
        )
    return kind
