"""An extraction as rows of the tables: plain values that travel between processes and that every sink
takes.
"""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec

from extractor.schema import SHAPES, names

if TYPE_CHECKING:
    from extractor.pipeline import Extraction
    from extractor.readers.document import Document

RECORD_TABLES = tuple(SHAPES)


class Loaded(msgspec.Struct, frozen=True, array_like=True):
    """One article, ready for a sink: rows in the order of the columns.

    Decimals are strings of their digits, objects and lists are JSON. `article` lacks its last two columns,
    version and time, which are the run's. `kinds`: how many records of each kind, `failed`: of how many a
    check failed.
    """

    source: str
    fingerprint: str
    article: tuple[Any, ...]
    rows: dict[str, list[tuple[Any, ...]]]
    kinds: dict[str, int]
    failed: int

    @property
    def id(self) -> str:
        """The article's id."""
        return str(self.article[0])

    @property
    def characters(self) -> int:
        """The length of its text."""
        return int(self.article[names("articles").index("characters")])


class Failed(msgspec.Struct, frozen=True, array_like=True):
    """An item that gave no article. `stage`: read, extract or write."""

    source: str
    fingerprint: str
    stage: str
    reason: str


def loaded(extraction: Extraction, document: Document, fingerprint: str, keep_text: bool = True) -> Loaded:
    """The rows of an extraction."""
    article = extraction.article
    table_of = {shape: name for name, shape in SHAPES.items()}
    rows: dict[str, list[tuple[Any, ...]]] = {}
    kinds: dict[str, int] = {}
    for record in extraction.records:
        rows.setdefault(table_of[type(record)], []).append(
            tuple(map(_plain, msgspec.structs.astuple(record)))
        )
        kinds[record.kind] = kinds.get(record.kind, 0) + 1
    return Loaded(
        source=document.source,
        fingerprint=fingerprint,
        article=(
            article.id,
            document.source,
            article.url,
            article.title,
            article.published,
            article.newspaper,
            document.byline or article.byline,
            document.encoding,
            plain_decimal(Decimal(f"{document.confidence:.2f}")),
            hashlib.sha256(document.text.encode()).hexdigest(),
            len(document.text),
            article.id,  # a story of its own, until reconcile finds others that tell it
            document.text if keep_text else None,
        ),
        rows=rows,
        kinds=kinds,
        failed=sum(not r.verified for r in extraction.records),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain_decimal(value)
    if isinstance(value, dict | tuple | list):
        return msgspec.json.encode(value).decode()
    return value


def plain_decimal(value: Decimal) -> str:
    """A decimal as its digits, one way for one value: no exponent, no zeros at the end."""
    digits = format(value, "f")
    return digits.rstrip("0").rstrip(".") or "0" if "." in digits else digits


def as_dict(table: str, row: tuple[Any, ...]) -> dict[str, Any]:
    """A row with its column names."""
    return dict(zip(names(table), row, strict=True))
