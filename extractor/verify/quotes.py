"""Claims of words: where a quotation stands, by its offsets or by search, and what it was altered from."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

import regex

from extractor.folding import fold
from extractor.verify.claims import Claim
from extractor.verify.context import narrowed
from extractor.verify.finding import Finding, finding
from extractor.verify.sources import Source, Span


@dataclass(frozen=True, slots=True)
class Located:
    """The folded spans of a claim's words, and what is wrong with the words or offsets that it gives."""

    spans: list[Span]
    wrong: str | None = None


def locate(claim: Claim, source: Source) -> Located:
    """Where a claim's words stand: at its offsets, else wherever they are found."""
    there = _at_offsets(claim, source)
    if claim.text is None:
        if claim.start is None:
            return Located([])
        if there is None:
            return Located([], _outside(claim, source))
        return Located([there], cut_fault(source, there))
    if there and _same(source.text[there[0] : there[1]], claim.text):
        return Located([there])
    spans = source.find(claim.text)
    if claim.start is None:
        return Located(spans, None if spans else f"The words {claim.text!r} do not stand in the article.")
    if not there:
        return Located(spans, _outside(claim, source))
    held = source.words_at(there)
    if not spans:
        return Located(
            [],
            f"The words {claim.text!r} do not stand in the article; at the stated offsets it says {held!r}.",
        )
    start, end = source.outer(spans[0])
    return Located(
        spans, f"The words stand at {start}–{end}; at the stated {claim.start}–{claim.end} it says {held!r}."
    )


def cut_fault(source: Source, span: Span) -> str | None:
    """What is wrong with a folded span that begins or ends inside a word or a number; the mark of a note may stand behind: Tây1."""
    text, (start, end) = source.text, span
    inside = any(
        0 < at < len(text) and regex.match(r"[^\W\d]{2}|\d\d", text[at - 1 : at + 1]) for at in (start, end)
    )
    number = any(
        0 < at < len(text) - 1 and regex.match(r"\d[.,]\d", text[at - 1 : at + 2]) for at in (start, end)
    )
    comma = any(1 < at < len(text) and regex.match(r"\d[.,]\d", text[at - 2 : at + 1]) for at in (start, end))
    if inside or number or comma:
        return f"The offsets cut through a word: they hold {source.words_at(span)!r}."
    return None


def _at_offsets(claim: Claim, source: Source) -> Span | None:
    if claim.start is None:
        return None
    end = claim.end if claim.end is not None else claim.start + len(claim.text or "")
    if not 0 <= claim.start < end <= len(source.article.text):
        return None
    return source.inner((claim.start, end))


def _outside(claim: Claim, source: Source) -> str:
    return f"The offsets {claim.start}–{claim.end} lie outside of the article, which has {len(source.article.text)} characters."


def _same(a: str, b: str) -> bool:
    return " ".join(fold(a).text.split()) == " ".join(fold(b).text.split())


def verify(claim: Claim, source: Source) -> Finding:
    """The verdict on a claim that gives words alone."""
    place = locate(claim, source)
    if place.spans and place.wrong:
        return finding(claim, source, "altered", place.wrong, place.spans, claim.text)
    if place.spans:
        chosen = narrowed(claim, source, place.spans)
        if len(chosen) > 1:
            why = f"The words stand in {len(chosen)} places; offsets would tell which one is meant."
            return finding(claim, source, "ambiguous", why, chosen, claim.text)
        return finding(claim, source, "grounded", "The words stand in the article.", chosen, claim.text)
    wrong = place.wrong or "The words do not stand in the article."
    if claim.text and (near := similar(claim.text, source)):
        why = f"{wrong} The nearest is {source.words_at(near)!r}."
        return finding(claim, source, "altered", why, [near], claim.text)
    return finding(claim, source, "absent", wrong, None, claim.text)


def similar(text: str, source: Source) -> Span | None:
    """The words of the article that a quotation was most likely altered from; None when nothing is near."""
    folded = " ".join(fold(text).text.split())
    numbers = r"\d[\d.,]*\d|\d"
    if regex.search(numbers, folded):  # the same words around other digits
        parts = [
            regex.escape(p).replace(r"\ ", r"\s+").replace(" ", r"\s+") for p in regex.split(numbers, folded)
        ]
        pattern = rf"(?<![\d.,])(?:{numbers})".join(parts)
        found = list(regex.finditer(pattern, source.text, regex.IGNORECASE)) if len(folded) > 5 else []
        if len(found) == 1:
            return found[0].span()
    wanted = folded.lower().split()
    if len(wanted) < 4 or len(wanted) > 80:
        return None
    return _window(wanted, source)


def _window(wanted: list[str], source: Source) -> Span | None:
    """The run of words of one sentence that shares most with the wanted ones, at least seven tenths."""
    best: tuple[float, Span] | None = None
    for start, end in source.sentences:
        words = [
            (m.group().lower(), start + m.start(), start + m.end())
            for m in regex.finditer(r"\S+", source.text[start:end])
        ]
        if len({w for w, _, _ in words} & set(wanted)) * 2 < len(set(wanted)):
            continue
        for i in range(max(1, len(words) - len(wanted) + 1)):
            part = words[i : i + len(wanted)]
            ratio = SequenceMatcher(None, wanted, [w for w, _, _ in part], autojunk=False).ratio()
            if ratio >= 0.7 and (best is None or ratio > best[0]):
                best = (ratio, (part[0][1], part[-1][2]))
    return best[1] if best else None
