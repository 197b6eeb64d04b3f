"""Links: what each figure measures, where, when and as what; each link with the words that it was read from.

One module a link. Each offers `link(reading, figures, others)` that answers with one Link or None a figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from rules.base import Link, Mention, Reading, Span
from rules.meaning import basis, indicator, status, when, where
from rules.meaning.others import Others

_Link = Callable[[Reading, tuple[Mention, ...], Others], tuple[Link | None, ...]]

LINKS: tuple[_Link, ...] = (status.link, when.link, where.link, indicator.link, basis.link)
"""The links, each read on its own: none sees what another found, so their order does not matter."""


def link(
    reading: Reading, mentions: tuple[Mention, ...]
) -> Iterator[tuple[Mention, tuple[Mapping[str, Any], Mapping[str, Span]]]]:
    """Each mention with the fields that its links give and the evidence for them (folded offsets)."""
    figures = tuple(m for m in mentions if m.kind not in ("place", "official"))
    others = Others(reading, mentions)
    columns = [read(reading, figures, others) for read in LINKS] if figures else []
    rows = list(zip(figures, *columns, strict=True))[::-1]
    del mentions, figures, columns
    while rows:  # each is let go when it is linked: a text may hold hundreds of thousands
        figure, *links = rows.pop()
        yield figure, _joined(links, figure)
    for official, unit in zip(others.officials, others.served, strict=True):
        yield official, _joined([unit], official)
    for place in others.places:
        yield place, ({}, {})


def _joined(links: list[Link | None], mention: Mention) -> tuple[Mapping[str, Any], Mapping[str, Span]]:
    fields: dict[str, Any] = {}
    evidence: dict[str, Span] = dict(mention.parts)
    for found in links:
        if found is not None:
            fields.update(found.fields)
            evidence.update(found.evidence)
    return fields, evidence
