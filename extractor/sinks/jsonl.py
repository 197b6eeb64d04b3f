"""JSONL files: an object a row, the fields of the contract, decimals as numbers with all their digits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from extractor.schema import Column


def write(path: Path, columns: Sequence[Column], rows: Iterable[tuple[Any, ...]]) -> None:
    """Write rows to a file."""
    encode = msgspec.json.Encoder().encode
    raw = [c.type in ("json", "decimal") for c in columns]
    names = [c.name for c in columns]
    with path.open("wb") as out:
        for row in rows:
            cells = (_raw(v) if r and v is not None else v for v, r in zip(row, raw, strict=True))
            out.write(encode({n: v for n, v in zip(names, cells, strict=True) if v is not ABSENT}) + b"\n")


ABSENT: Any = object()
"""A field that a record's kind does not have."""


def _raw(value: Any) -> Any:
    return msgspec.Raw(value.encode()) if isinstance(value, str) else value


def read(path: Path, columns: Sequence[Column]) -> Iterator[tuple[Any, ...]]:
    """Read rows back; decimals and JSON as strings."""
    decode = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
    with path.open("rb") as file:
        for line in file:
            held = decode(line)
            yield tuple(_back(held.get(c.name), c.type) for c in columns)


def _back(raw: msgspec.Raw | None, kind: str) -> Any:
    if raw is None or bytes(raw) == b"null":
        return None
    return bytes(raw).decode() if kind in ("json", "decimal") else msgspec.json.decode(raw)
