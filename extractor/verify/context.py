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


_MANY = 200
"""Places from which nothing tells one apart."""


def narrowed(claim: Claim, source: Source, spans: list[Span]) -> list[Span]:
    """The spans whose sentences have most of the record's other words; one span when they tell it apart."""
    if not 1 < len(spans) <= _MANY:
        return spans
    told = list(_context_words(claim))
    if not told:
        return spans
    scores = [_score(told, source, span) for span in spans]
    best = max(scores)
    return [span for span, score in zip(spans, scores, strict=True) if score == best]


def _context_words(claim: Claim) -> Iterable[str]:
    for name in _CONTEXT:
        value = claim.fields.get(name)
        if isinstance(value, str) and value.strip():
            yield fold(value).text.lower()


def _score(told: list[str], source: Source, span: Span) -> float:
    """How much of the record's words stands in the clause before the span (double), in its sentence, in the one before."""
    start, end = source.sentence(span[0])
    text = source.lower
    clause = regex.split(r"[;]|, ", text[max(start, span[0] - 300) : span[0]])[-1]
    sentence = text[max(start, span[0] - 1000) : min(end, span[1] + 1000)]
    earlier = text[max(source.sentence(max(start - 2, 0))[0], start - 1000) : start]
    score = 0.0
    for words in told:
        if words in clause:
            score += 4
        elif words in sentence:
            score += 3 if text.find(words, max(start, span[0] - 1000), span[0]) >= 0 else 2
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


def foreign_indicator(claim: Claim, source: Source, span: Span) -> str | None:
    """Why the claim's indicator is told of other figures; None when it may be this one's, or is in no such words.

    It is another's when it stands only further on, or two sentences before, with figures of the same unit there.
    """
    if not claim.indicator or len(claim.indicator.split()) < 2:
        return None
    there = source.find(claim.indicator)
    start, end = source.sentence(span[0])
    unit = next((v.unit for v in source.values_at(span)), None)
    if not there or unit is None:
        return None
    alike = [(v.start, v.end) for v in source.values if v.unit == unit]
    if here := [o for o in there if start <= o[0] < end]:
        between = any(span[1] <= s[0] and s[1] <= here[0][0] for s in alike)
        own = next((s for s in alike if here[0][1] <= s[0] < end), None)
        return _told_of(claim, source, own) if between and own else None
    earlier = [o for o in there if o[1] <= start]
    at = earlier[-1] if earlier else there[0]
    if earlier and sum(at[0] < s[0] <= start for s in source.sentences) < 2:
        return None
    first, last = source.sentence(at[0])
    with_it = [s for s in alike if first <= s[0] < last]
    words = source.words_at(span)
    if not with_it or any(source.words_at(s) == words for s in with_it):
        return None
    return _told_of(claim, source, next((s for s in with_it if s[0] >= at[1]), with_it[0]))


def _told_of(claim: Claim, source: Source, own: Span) -> str:
    return f"The value stands there, but the article tells {claim.indicator!r} of {source.words_at(own)!r}."
