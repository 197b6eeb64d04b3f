"""JSONL files: an object a row, the fields of the contract, decimals as numbers with all their digits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from extractor.schema import Column


def write(path: Path, columns: Sequence[Column], rows: Iterable[tuple[Any, ...]]) -> None:
    """Write rows to a file."""
    write_mixed(path, {"": columns}, (("", row) for row in rows))


def write_mixed(
    path: Path, columns: Mapping[str, Sequence[Column]], rows: Iterable[tuple[str, tuple[Any, ...]]]
) -> None:
    """Write rows of several tables to a file, each row with the name of its table before it."""
    encode = msgspec.json.Encoder().encode
    fields = {t: [(c.name, c.type in ("json", "decimal")) for c in each] for t, each in columns.items()}
    with path.open("wb") as out:
        for table, row in rows:
            named = zip(fields[table], row, strict=True)
            out.write(encode({name: _raw(v) if raw else v for (name, raw), v in named}) + b"\n")


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
