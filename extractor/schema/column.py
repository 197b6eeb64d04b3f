"""What a table is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Type = Literal["text", "integer", "decimal", "boolean", "json", "timestamp"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its type is one of six that every target has."""

    name: str
    type: Type = "text"
    nullable: bool = True


def needed(name: str, kind: Type = "text") -> Column:
    """A column that is never null."""
    return Column(name, kind, nullable=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is made of what others hold: `told` says what a row is.

    `foreign`: columns, table, columns; a row that refers to an article goes with it. Without a `key` rows may
    repeat; `clustered`: they lie in the order of the key.
    """

    name: str
    told: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    foreign: Sequence[tuple[tuple[str, ...], str, tuple[str, ...]]] = ()
    indexes: Sequence[tuple[str, ...]] = ()
    clustered: bool = False
