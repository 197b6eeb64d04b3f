"""Links: what each figure measures, where, when and as what; each link with the words that it was read from.

One module a link. Each offers `link(reading, figures, others)` that answers with one Link or None a figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from rules.base import Link, Mention, Reading, Span

_LINKS = ("status", "when", "where", "indicator", "basis")


@cache
def _modules() -> tuple[Any, ...]:
    found = []
    for name in _LINKS:
        try:
            found.append(import_module(f"rules.meaning.{name}"))
        except ModuleNotFoundError:
            continue
    return tuple(found)


def link(
    reading: Reading, mentions: tuple[Mention, ...]
) -> Iterator[tuple[Mention, tuple[Mapping[str, Any], Mapping[str, Span]]]]:
    """Each mention with the fields that its links give and the evidence for them (folded offsets)."""
    figures = tuple(m for m in mentions if m.kind not in ("place", "official"))
    others = tuple(m for m in mentions if m.kind in ("place", "official"))
    columns = [module.link(reading, figures, others) for module in _modules()] if figures else []
    for i, figure in enumerate(figures):
        yield figure, _joined([column[i] for column in columns], figure)
    officials = tuple(m for m in others if m.kind == "official")
    places = tuple(m for m in others if m.kind == "place")
    served = _officials(reading, officials, places)
    for official, where in zip(officials, served, strict=True):
        yield official, _joined([where], official)
    for place in places:
        yield place, ({}, {})


def _officials(
    reading: Reading, officials: tuple[Mention, ...], places: tuple[Mention, ...]
) -> tuple[Link | None, ...]:
    for module in _modules():
        if hasattr(module, "link_officials") and officials:
            answer: tuple[Link | None, ...] = module.link_officials(reading, officials, places)
            return answer
    return (None,) * len(officials)


def _joined(links: list[Link | None], mention: Mention) -> tuple[Mapping[str, Any], Mapping[str, Span]]:
    fields: dict[str, Any] = {}
    evidence: dict[str, Span] = dict(mention.parts)
    for found in links:
        if found is not None:
            fields.update(found.fields)
            evidence.update(found.evidence)
    return fields, evidence
