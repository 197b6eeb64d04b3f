"""The verdict on one claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extractor.verify.claims import Claim
from extractor.verify.sources import Source, Span

Word = Literal["grounded", "altered", "ambiguous", "absent"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What the article says to a claim.

    `start`, `end`: where it stands (or where what it was altered from stands), code points of the untouched
    text; null when nowhere. `places`: every such span when it stands in several. `found`: the article's
    words there. `stated`: what the record says.
    """

    claim: Claim
    verdict: Word
    why: str
    source: str | None = None
    start: int | None = None
    end: int | None = None
    found: str | None = None
    stated: str | None = None
    places: tuple[Span, ...] = ()


def finding(
    claim: Claim,
    source: Source,
    verdict: Word,
    why: str,
    spans: list[Span] | None = None,
    stated: str | None = None,
) -> Finding:
    """A finding with folded spans turned to those of the untouched text; the first one is where it stands."""
    outer = [source.outer(s) for s in spans or []]
    first = outer[0] if outer else (None, None)
    return Finding(
        claim,
        verdict,
        why,
        source.article.source,
        first[0],
        first[1],
        source.article.text[first[0] : first[1]] if outer else None,
        stated,
        tuple(outer),
    )
