"""Links: what each figure measures, where, when and as what; each link with the words that it was read from.

One module a link. Each offers `link(reading, figures, others)` that answers with one Link or None a figure.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from rules.base import Link, Mention, Reading, Span
from rules.meaning import basis, indicator, status, when, where
from rules.meaning.others import Others

_Link = Callable[[Reading, tuple[Mention, ...], Others], tuple[Link | None, ...]]

LINKS: tuple[_Link, ...] = (status.link, when.link, where.link, indicator.link, basis.link)
"""The links, each read on its own: none sees what another found, so their order does not matter."""


Linked = tuple[Mention, tuple[Mapping[str, Any], Mapping[str, Span]]]
"""A mention with the fields that its links give and the evidence for them (folded offsets)."""


def link(articles: Iterable[tuple[Reading, tuple[Mention, ...]]]) -> Iterator[Iterator[Linked]]:
    """For each article, a reading and its mentions, the mentions with what is linked to them.

    Each link is read for all articles before the next.
    """
    rows = deque(_Rows(reading, mentions) for reading, mentions in articles)
    for read in LINKS:
        for each in rows:
            each.add(read)
    while rows:
        yield rows.popleft().linked()


class _Rows:
    """The mentions of one article: the figures with their links, and the others."""

    def __init__(self, reading: Reading, mentions: tuple[Mention, ...]) -> None:
        self._reading = reading
        self._figures = tuple(m for m in mentions if m.kind not in ("place", "official"))
        self._others = Others(reading, mentions)
        self._columns: list[tuple[Link | None, ...]] = []

    def add(self, read: _Link) -> None:
        """Read a link for each figure."""
        if self._figures:
            self._columns.append(read(self._reading, self._figures, self._others))

    def linked(self) -> Iterator[Linked]:
        """The mentions with their links, figures first. Only once: what it held is let go."""
        rows = list(zip(self._figures, *self._columns, strict=True))[::-1]
        self._figures, self._columns = (), []
        while rows:  # each is let go when it is linked: a text may hold hundreds of thousands
            figure, *links = rows.pop()
            yield figure, _joined(links, figure)
        for official, unit in zip(self._others.officials, self._others.served, strict=True):
            yield official, _joined([unit], official)
        for place in self._others.places:
            yield place, ({}, {})


def _joined(links: list[Link | None], mention: Mention) -> tuple[Mapping[str, Any], Mapping[str, Span]]:
    fields: dict[str, Any] = {}
    evidence: dict[str, Span] = dict(mention.parts)
    for found in links:
        if found is not None:
            fields.update(found.fields)
            evidence.update(found.evidence)
    return fields, evidence
