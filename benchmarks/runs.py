"""Whether what `reconcile` makes depends on how an archive came: `python -m benchmarks.runs news.jsonl.gz`.

The archive is loaded with 1, 2 and 4 processes, and as two halves one after the other in both orders, with `reconcile`
behind each load. Prints the rows of each table and a hash of their content; ends with 1 where two runs differ.
"""

from __future__ import annotations

import gzip
import hashlib
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from extractor.bulk import Settings, run
from extractor.reconcile import reconcile
from extractor.schema.claim_views import VIEWS
from extractor.schema.derived import DERIVED
from extractor.sinks.store import open_store

TABLES = (*(table.name for table in DERIVED), *VIEWS)
"""Every table and view that reconcile fills; with them goes `articles.story_id`."""


def halves(archive: Path, folder: Path) -> tuple[Path, Path]:
    """The lines of a .jsonl or .jsonl.gz as two files."""
    opened = gzip.open if archive.suffix == ".gz" else open
    with opened(archive, "rt", encoding="utf-8") as file:
        lines = file.readlines()
    parts = (folder / "first.jsonl", folder / "second.jsonl")
    for part, held in zip(parts, (lines[: len(lines) // 2], lines[len(lines) // 2 :]), strict=True):
        part.write_text("".join(held), encoding="utf-8")
    return parts


class Way(NamedTuple):
    """How an archive is loaded: which parts of it one after the other, with how many processes."""

    name: str
    parts: tuple[str, ...]
    jobs: int


WAYS = (
    Way("1 job", ("whole",), 1),
    Way("2 jobs", ("whole",), 2),
    Way("4 jobs", ("whole",), 4),
    Way("two halves", ("first", "second"), 4),
    Way("other order", ("second", "first"), 2),
)


def loaded(archive: Path, folder: Path, ways: Sequence[Way]) -> Iterator[tuple[str, str]]:
    """Names and targets of databases that hold the archive, each loaded and reconciled in its own way."""
    first, second = halves(archive, folder)
    files = {"whole": archive, "first": first, "second": second}
    for way in ways:
        target = f"sqlite:///{folder}/{way.name.replace(' ', '-')}.db"
        for part in way.parts:
            run([str(files[part])], target, Settings(way.jobs))
            reconcile(target)
        yield way.name, target


def content(target: str) -> Mapping[str, list[str]]:
    """The rows of each table in one order."""
    asked = {name: f"SELECT * FROM {name}" for name in TABLES}  # noqa: S608  names of the schema
    asked["articles.story_id"] = "SELECT id, story_id FROM articles"
    with open_store(target) as store:
        return {name: sorted(map(repr, store.rows(sql))) for name, sql in asked.items()}


def main() -> None:
    """Print a line a run."""
    expected: Mapping[str, list[str]] = {}
    differ = False
    with tempfile.TemporaryDirectory() as home:
        for name, target in loaded(Path(sys.argv[1]), Path(home), WAYS):
            found = content(target)
            expected = expected or found
            wrong = [table for table, rows in found.items() if rows != expected[table]]
            differ = differ or bool(wrong)
            told = hashlib.sha256(repr(sorted(found.items())).encode()).hexdigest()[:16]
            counts = " ".join(f"{table} {len(rows):,}" for table, rows in found.items() if rows)
            print(f"{name:12} {told} {', '.join(wrong) or 'the same'}; {counts}", flush=True)
    sys.exit(1 if differ else 0)


if __name__ == "__main__":
    main()
