"""What a target holds, in numbers: rows and a hash a table. The hash does not depend on the order of rows
or the kind of target.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from extractor import schema
from extractor.sinks.sink import Readable

CONTENT = ("articles", "figures", "places", "officials")
"""The tables whose rows are what was extracted; ledger, times and what reconcile finds are not content."""

_OF_THE_RUN = ("extracted_at", "failed_at", "story_id")

_SIZE = 2**256


@dataclass(frozen=True, slots=True)
class Digest:
    """Rows and hash of one table, or of all together."""

    table: str
    rows: int
    sha256: str


def digests(target: Readable) -> Iterator[Digest]:
    """A digest for each table of content, and at last one for all of them."""
    together, total = hashlib.sha256(), 0
    for table in CONTENT:
        columns = list(schema.columns(table))
        count = sum_ = 0
        for row in target.rows(table):
            count += 1
            sum_ = (sum_ + _row_hash(columns, row)) % _SIZE
        digest = Digest(table, count, f"{sum_:064x}")
        together.update(f"{table}:{digest.sha256};".encode())
        total += count
        yield digest
    yield Digest("content", total, together.hexdigest())


def _row_hash(columns: list[schema.Column], row: tuple[Any, ...]) -> int:
    held = {
        c.name: json.loads(value) if c.type == "json" and value is not None else value
        for c, value in zip(columns, row, strict=True)
        if c.name not in _OF_THE_RUN
    }
    data = json.dumps(held, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return int.from_bytes(hashlib.sha256(data.encode("utf-8", "surrogatepass")).digest())
