"""The verdict on one claim: which verifier it is for, and its place beside it."""

from __future__ import annotations

from extractor.verify import figures, people, places, quotes
from extractor.verify.claims import FIGURES, Claim
from extractor.verify.finding import Finding, finding
from extractor.verify.sources import Source


def verify(claim: Claim, source: Source | None) -> Finding:
    """The verdict on one claim. `source` is its article, None when there is none of that name."""
    if source is None:
        return Finding(claim, "absent", f"No article {claim.article!r} is among those given with --against.")
    if claim.ranges or (claim.kind in FIGURES and claim.text):
        found = figures.verify(claim, source) if claim.ranges else quotes.verify(claim, source)
    elif claim.kind == "place" or (claim.place and not (claim.name or claim.text)):
        return places.verify(claim, source)
    elif claim.name:
        found = people.verify(claim, source)
    else:
        found = quotes.verify(claim, source)
    return _with_place(found, source)


def _with_place(found: Finding, source: Source) -> Finding:
    """A grounded claim whose place the article never names is altered, unless it names several units of that place."""
    claim = found.claim
    if found.verdict != "grounded" or not claim.place:
        return found
    if not places.spans_of(claim.place, source) and not places.told_by_units(claim.place, source):
        span = (
            [source.inner((found.start, found.end))]
            if found.start is not None and found.end is not None
            else None
        )
        return finding(
            claim,
            source,
            "altered",
            f"The place {claim.place!r} is not named in the article.",
            span,
            found.stated,
        )
    return found
