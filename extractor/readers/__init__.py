"""Readers: one file a format. Documents give items, containers give members that are read in their turn."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, cast

from extractor.readers.item import Columns, Found, Item, Member, Options, PassedOver, Unreadable
from extractor.readers.seen import Seen
from extractor.readers.streams import BoundError, Counted, buffered

__all__ = [
    "Columns",
    "Found",
    "Item",
    "Options",
    "PassedOver",
    "Unreadable",
    "expand",
    "read",
    "read_file",
    "read_stream",
]

DOCUMENTS = {
    ".txt": "txt", ".text": "txt",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".csv": "csv", ".tsv": "csv",
    ".parquet": "parquet",
    ".warc": "warc",
}  # fmt: skip
CONTAINERS = {
    ".gz": "gz", ".zst": "gz", ".bz2": "gz", ".xz": "gz",
    ".zip": "zip",
    ".tar": "tar", ".tgz": "gz",
}  # fmt: skip

DEPTH = 4
"""Containers in containers that are opened."""


def _ignore(_: object) -> None:
    pass


def read(
    paths: Iterable[str],
    options: Options,
    progress: Callable[[int], None] = _ignore,
    finished: Callable[[str], None] = _ignore,
) -> Iterator[Found]:
    """Everything that the paths hold, as a stream. Sources are unique: one that came before gets a number.

    `progress` is told the bytes read of the files, `finished` each path that was read to its end.
    """
    sources, files = Seen(), Seen()
    for path in paths:
        if not files.first(os.path.realpath(path)):
            continue
        for found in read_file(path, options, progress):
            yield _unique(found, sources) if isinstance(found, Item) else found
        finished(path)


def _unique(item: Item, seen: Seen) -> Item:
    source, number = item.source, 1
    while not seen.first(source):
        number += 1
        source = f"{item.source}#{number}"
    if number == 1:
        return item
    return Item(source, item.body, *(getattr(item, name) for name in Item.__struct_fields__[2:]))


def expand(inputs: Iterable[str]) -> Iterator[str]:
    """The files of folders (recursively, in the order of their names), of glob patterns, and files
    themselves.

    Raises FileNotFoundError for an input that names nothing.
    """
    for given in inputs:
        if os.path.isdir(given):
            yield from _walk(given)
        elif os.path.exists(given):
            yield given
        else:
            matches = sorted(glob.iglob(given, recursive=True))
            if not matches:
                raise FileNotFoundError(given)
            for match in matches:
                yield from _walk(match) if os.path.isdir(match) else (match,)


def _walk(folder: str) -> Iterator[str]:
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f != "__MACOSX")
        yield from (os.path.join(at, name) for name in sorted(names) if not name.startswith("."))


def read_file(path: str, options: Options, progress: Callable[[int], None] = _ignore) -> Iterator[Found]:
    """Everything that one file holds. A file that cannot be opened or read to its end is told, not raised."""
    try:
        with open(path, "rb", buffering=0) as file:
            yield from read_stream(
                buffered(Counted(cast("BinaryIO", file), progress)), path, Path(path).name, options
            )
    except OSError as e:
        yield Unreadable(path, f"cannot be read: {e.strerror or e}")


def read_stream(
    stream: BinaryIO, source: str, name: str, options: Options, depth: int = 0
) -> Iterator[Found]:
    """Everything that a stream holds; the suffix of `name` is its format. Failures are told, not raised."""
    suffix = Path(name).suffix.casefold()
    try:
        if suffix in DOCUMENTS:
            yield from import_module(f"extractor.readers.{DOCUMENTS[suffix]}").read(stream, source, options)
        elif suffix in CONTAINERS and depth >= DEPTH:
            yield Unreadable(source, f"more than {DEPTH} archives inside each other")
        elif suffix in CONTAINERS:
            for member in _members(stream, source, name, suffix, options):
                if isinstance(member, Unreadable):
                    yield member
                elif not _hidden(member.name):
                    yield from read_stream(member.stream, member.source, member.name, options, depth + 1)
        else:
            yield PassedOver(source)
    except BoundError as e:
        yield Unreadable(source, str(e))
    except Exception as e:
        yield Unreadable(source, f"not readable as {suffix.lstrip('.') or 'text'}: {e or type(e).__name__}")


def _members(
    stream: BinaryIO, source: str, name: str, suffix: str, options: Options
) -> Iterator[Member | Unreadable]:
    if suffix == ".tgz":
        name, suffix = name[:-4] + ".tar.gz", ".gz"
    found: Iterator[Member | Unreadable] = import_module(f"extractor.readers.{CONTAINERS[suffix]}").members(
        stream, source, name, options
    )
    return found


def _hidden(name: str) -> bool:
    parts = Path(name).parts
    return "__MACOSX" in parts or any(part.startswith(".") and part not in (".", "..") for part in parts)
