"""Articles and records made by hand, loaded as `bulk` would load them: for tests of what reconcile makes of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

import pytest

from extractor import schema
from extractor.records import Figure
from extractor.schema.rows import Loaded, _plain
from extractor.sinks.sink import open_sink
from extractor.sinks.store import open_store

OF_THE_RUN = ("extractor_version", "extracted_at")
"""Columns that the sink fills."""

DATABASES = ["sqlite", "postgresql", "duckdb"]


def database(request: pytest.FixtureRequest, kind: str, home: Any, name: str = "n") -> str:
    """An empty database of a kind."""
    if kind == "postgresql":
        url: str = request.getfixturevalue("postgres")
        return url
    return f"{home}/{name}.{'db' if kind == 'sqlite' else 'duckdb'}"


def figure(article: str, at: int, **fields: Any) -> Figure:
    """A record; what is not given is that of an amount of money."""
    value = Decimal(fields.pop("value", fields.get("value_min", 1)))
    given = {"value_min": value, "value_max": value, "kind": "money", "unit": "VND", "rule": "made"} | fields
    return Figure(
        record_id=f"{article}-{at}",
        article_id=article,
        source=article,
        start=at,
        end=at + 1,
        text="x",
        sentence_start=0,
        sentence_end=5,
        **given,
    )


def made(
    article: str,
    text: str = "Một bài.",
    *figures: dict[str, Any],
    published: str | None = None,
    newspaper: str | None = None,
) -> Loaded:
    """An article with its figures."""
    told = {
        "id": article,
        "source": article,
        "title": article,
        "published": published,
        "newspaper": newspaper,
        "encoding": "utf-8",
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "characters": len(text),
        "story_id": article,
        "text": text,
    }
    row = tuple(told.get(name) for name in schema.names("articles") if name not in OF_THE_RUN)
    records = [figure(article, i, **fields) for i, fields in enumerate(figures)]
    rows = [tuple(_plain(getattr(r, name)) for name in schema.names("figures")) for r in records]
    return Loaded(
        article, hashlib.sha256(repr((text, figures)).encode()).hexdigest(), row, {"figures": rows}, {}, 0
    )


def load(target: str, articles: Iterable[Any], version: str = "1") -> None:
    """Load articles, or what failed in their place."""
    sink = open_sink(target, version)
    try:
        assert sink.write(list(articles)) == []
        sink.finish(lambda _: False)
    finally:
        sink.close()


def asked(target: str, sql: str) -> list[tuple[Any, ...]]:
    """The rows of a query."""
    with open_store(target) as store:
        return list(store.rows(sql))


def tables(target: str, names: Sequence[str]) -> dict[str, list[tuple[Any, ...]]]:
    """The content of tables in one order."""
    return {
        name: sorted(map(_comparable, asked(target, f"SELECT * FROM {name}")), key=repr) for name in names
    }


def _comparable(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(format(v.normalize(), "f") if isinstance(v, Decimal) else v for v in row)


def words(seed: int, count: int) -> Iterator[str]:
    """So many syllables, others for each seed."""
    state = seed * 7919 + 17
    for _ in range(count):
        state = (state * 1103515245 + 12345) % 2**31
        yield "".join(("b", "ch", "d", "ngh", "th", "tr")[state >> 8 & 3] + ("a", "ơ", "ui", "ên")[state >> 12 & 3] + str(state >> 16 & 255))  # fmt: skip
