"""What else a record says (indicator, place, period) as a means to tell several places apart."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from extractor.folding import fold
from extractor.verify.claims import Claim
from extractor.verify.sources import Source, Span

_CONTEXT = (
    "indicator",
    "subject",
    "basis",
    "place",
    "place_name",
    "category",
    "period",
    "per",
    "context",
    "sentence",
    "description",
    "label",
    "metric",
)


def narrowed(claim: Claim, source: Source, spans: list[Span]) -> list[Span]:
    """The spans whose sentences have most of the record's other words; one span when they tell it apart."""
    if len(spans) < 2:
        return spans
    told = list(_context_words(claim))
    if not told:
        return spans
    scores = [_score(told, source, span, spans) for span in spans]
    best = max(scores)
    return [span for span, score in zip(spans, scores, strict=True) if score == best]


def _context_words(claim: Claim) -> Iterable[str]:
    for name in _CONTEXT:
        value = claim.fields.get(name)
        if isinstance(value, str) and value.strip():
            yield fold(value).text.lower()


def _score(told: list[str], source: Source, span: Span, rivals: list[Span]) -> float:
    """How much of the record's words stands in the clause before the span (double), in its sentence, in the one before."""
    start, end = source.sentence(span[0])
    text = source.text
    clause = regex.split(r"[;]|, ", text[start : span[0]])[-1].lower()
    sentence = text[start:end].lower()
    earlier = text[source.sentence(max(start - 2, 0))[0] : start].lower()
    score = 0.0
    for words in told:
        if words in clause:
            score += 4
        elif words in sentence:
            score += 3 if text.lower().find(words, start, span[0]) >= 0 else 2
        elif words in earlier:
            score += 1
    return score


def near(claim: Claim, source: Source, spans: list[Span]) -> Span | None:
    """The first of the spans that follows the claim's indicator in one sentence."""
    for at in source.find(claim.indicator or ""):
        start, end = source.sentence(at[0])
        following = [s for s in spans if at[1] <= s[0] < end] or [s for s in spans if start <= s[0] < end]
        if following:
            return following[0]
    return None
