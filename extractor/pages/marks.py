"""An article's text as HTML with every record marked in place: marks nest, and are cut where they cross."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractor.pages.html import attribute, text
from extractor.records import Record

OWN_COLOURS = 4
"""Colours for kinds of one's own: beyond the five of the contract."""

_CONTRACT = ("money", "percent", "households", "place", "official")


def colour(kind: str) -> str:
    """The class that gives a kind its colour."""
    return f"k-{kind}" if kind in _CONTRACT else f"k-own{sum(kind.encode()) % OWN_COLOURS}"


def marked(article: str, records: Sequence[Record]) -> str:
    """The text with a `<mark>` around each record's words. Offsets that lie outside are left out."""
    held = sorted(
        (r for r in records if 0 <= r.start < r.end <= len(article)),
        key=lambda r: (r.start, -r.end, r.record_id),
    )
    edges = sorted({0, len(article), *(r.start for r in held), *(r.end for r in held)})
    out: list[str] = []
    open_: list[Record] = []
    seen: set[str] = set()
    upcoming = iter(held)
    following = next(upcoming, None)
    for at, to in pairwise(edges):
        ending = [r for r in open_ if r.end <= at]
        if ending:
            first = min(open_.index(r) for r in ending)
            out.append("</mark>" * (len(open_) - first))
            cut = [r for r in open_[first:] if r.end > at]
            open_ = open_[:first]
            for r in cut:
                open_.append(r)
                out.append(_open(r, seen))
        while following is not None and following.start == at:
            open_.append(following)
            out.append(_open(following, seen))
            following = next(upcoming, None)
        out.append(text(article[at:to]))
    out.append("</mark>" * len(open_))
    return "".join(out)


def _open(record: Record, seen: set[str]) -> str:
    """A mark's opening tag; of a record that is cut in pieces the first one alone takes the keyboard."""
    bad = "" if record.verified else " bad"
    keys = "" if record.record_id in seen else ' tabindex="-1" role="button"'
    seen.add(record.record_id)
    return f'<mark class="{colour(record.kind)}{bad}" data-r="{attribute(record.record_id)}"{keys}>'
