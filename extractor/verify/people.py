"""Claims of a person in an office."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import islice

import regex

from extractor.checks.offices import name_spans, office_spans, person, words
from extractor.checks.people import owner
from extractor.checks.words import HONORIFICS
from extractor.folding import fold
from extractor.verify.claims import Claim
from extractor.verify.finding import Finding, finding
from extractor.verify.quotes import cut_fault
from extractor.verify.sources import Source, Span

_HONORIFICS = (
    "đồng chí ",
    "ông ",
    "bà ",
    "anh ",
    "chị ",
    "đ/c ",
    "ts. ",
    "ts ",
    "pgs.ts ",
    "thượng tá ",
    "đại tá ",
    "trung tá ",
    "thiếu tướng ",
)


_LONG = 1500
"""Characters of a sentence that are read at once."""

_MANY = 12
"""Places of a name or an office in one piece that are compared."""


def verify(claim: Claim, source: Source) -> Finding:
    """The verdict on a claim that names a person, with or without an office."""
    name = _bare(claim.name or "")
    names = name_spans(source.text, name)
    stated = ", ".join(p for p in (claim.name, claim.position, claim.organisation) if p)
    if not names:
        return _no_such_person(claim, source, name, stated)
    if fault := _offsets_fault(claim, source, name):
        return finding(claim, source, "altered", fault, names, stated)
    if not claim.position:
        return finding(claim, source, "grounded", "The name stands in the article.", names, stated)
    return _office(claim, source, name, stated)


def _bare(name: str) -> str:
    """A name without its honorific or rank."""
    text = " ".join(fold(name).text.split())
    while found := next((h for h in _HONORIFICS if text.lower().startswith(h) and len(text) > len(h)), None):
        text = text[len(found) :]
    return text


def _no_such_person(claim: Claim, source: Source, name: str, stated: str) -> Finding:
    wanted = _plain(name).split()
    for m in person().finditer(source.text):
        there = _plain(m.group()).split()
        same = sum(a == b for a, b in zip(wanted, there, strict=False))
        if len(wanted) > 1 and (
            there == wanted or (len(there) == len(wanted) > 2 and same >= len(wanted) - 1)
        ):
            why = f"The article names {source.words_at(m.span())!r}, not {claim.name!r}."
            return finding(claim, source, "altered", why, [m.span()], stated)
    return finding(
        claim, source, "absent", f"The name {claim.name!r} does not stand in the article.", None, stated
    )


def _plain(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return plain.replace("đ", "d")


def _offsets_fault(claim: Claim, source: Source, name: str) -> str | None:
    """What is wrong with the offsets or the words that a claim gives beside the name."""
    if claim.start is not None:
        end = claim.end if claim.end is not None else claim.start + len(claim.text or claim.name or "")
        if not 0 <= claim.start < end <= len(source.article.text):
            return f"The offsets {claim.start}–{claim.end} lie outside of the article, which has {len(source.article.text)} characters."
        held = source.article.text[claim.start : end]
        folded = fold(held).text
        if claim.text and " ".join(folded.split()) != " ".join(fold(claim.text).text.split()):
            return f"At the stated offsets the article says {held!r}, the record {claim.text!r}."
        if cut := cut_fault(source, source.inner((claim.start, end))):
            return cut
        if not name_spans(folded, name) and not name_spans(folded, name.split()[-1]):
            return f"At the stated offsets the article says {held!r}, without the name."
    elif claim.text and not source.find(claim.text):
        return f"The words {claim.text!r} do not stand in the article."
    return None


def _office(claim: Claim, source: Source, name: str, stated: str) -> Finding:
    """Every sentence that holds the person and the office, and whether one gives the office to the person."""
    position = claim.position or ""
    told: list[tuple[str, Span, Span]] = []
    for sentence in _pieces(source):
        text = source.text[slice(*sentence)]
        for n in _forms(text, source, name)[:_MANY]:
            for o in islice(office_spans(text, position), _MANY):
                told.append((owner(text, n, o), _shift(n, sentence[0]), _shift(o, sentence[0])))
    right = [(n, o) for verdict, n, o in told if verdict == "yes"]
    if right:
        return _body(claim, source, stated, right)
    spans = [_hull(n, o) for _, n, o in told]
    if any(verdict == "unclear" for verdict, _, _ in told):
        why = f"A sentence has both {claim.name!r} and {position!r}, but does not tell that the office is this person's."
        return finding(claim, source, "ambiguous", why, spans, stated)
    offices = list(office_spans(source.text, position))
    holder = next((h for o in offices[:_MANY] if (h := _holder(source, o))), None)
    if holder is not None:
        why = f"The article gives the office {position!r} to {source.words_at(holder)!r}, not to {claim.name!r}."
    elif told:
        why = f"The article gives the office {position!r} to somebody else."
    elif offices:
        why = f"The article has {position!r} and {claim.name!r}, but never together in a sentence."
    else:
        why = f"The article names {claim.name!r}, but not with the office {position!r}."
    names = name_spans(source.text, name)
    return finding(claim, source, "altered", why, spans or [*names[:1], *offices[:1]], stated)


def _pieces(source: Source) -> Iterator[Span]:
    """The sentences; one that goes on for pages, as only broken texts have, in pieces."""
    for start, end in source.sentences:
        for at in range(start, end, _LONG):
            yield at, min(at + _LONG, end)


def _holder(source: Source, office: Span) -> Span | None:
    """The person to whom the article gives an office, None when that is not plain."""
    start, end = source.sentence(office[0])
    start, end = max(start, office[0] - _LONG), min(end, office[1] + _LONG)
    text = source.text[start:end]
    at = (office[0] - start, office[1] - start)
    for m in person().finditer(text):
        if owner(text, m.span(), at) == "yes":
            return _shift(m.span(), start)
    return None


def _forms(text: str, source: Source, name: str) -> list[Span]:
    """Where a sentence has the name, in full or as "ông B" for a person whom the article has named in full."""
    full = name_spans(text, name)
    if full or len(name.split()) < 2:
        return full
    last = name.split()[-1]
    return [m.span() for m in person().finditer(text) if m.group() == last]


def _shift(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by


def _hull(a: Span, b: Span) -> Span:
    return min(a[0], b[0]), max(a[1], b[1])


def _body(claim: Claim, source: Source, stated: str, right: list[tuple[Span, Span]]) -> Finding:
    """The office is this person's: is the body the one that stands behind it?"""
    wanted = words(claim.organisation or "")
    best, share, elided = right[0], 0.0, False
    for n, o in right:
        behind, before = _words_about(source, o, n)
        there = {*behind, *before} if n[1] <= o[0] and not set(behind) & set(wanted) else set(behind)
        elided = elided or there <= set(words(claim.position or ""))  # "Thứ trưởng A": told elsewhere
        found = sum(w in there for w in wanted) / len(wanted) if wanted else 1.0
        if found > share:
            best, share = (n, o), found
    spans = [_hull(*best), *(_hull(*r) for r in right if r != best)]
    article = set(words(source.text))
    strange = [w for w in wanted if w not in article]
    if wanted and (
        (share < 0.5 and not elided) or (strange and share < 1 and len(strange) > len(wanted) / 3)
    ):
        says = source.words_at(_behind(source, best[1], best[0]))
        why = (
            f"The office is this person's, but the body {claim.organisation!r} does not stand with it; "
            f"there it says {says!r}."
        )
        return finding(claim, source, "altered", why, spans, stated)
    return finding(claim, source, "grounded", "The article gives this office to this person.", spans, stated)


def _behind(source: Source, office: Span, name: Span) -> Span:
    """Where the body of an office stands: from the office to the name, or to the next person of the sentence."""
    if name[0] >= office[1]:
        return office[0], name[0]
    sentence = source.sentence(office[0])
    others = (m.start() for m in person().finditer(source.text, office[1], sentence[1]))
    # a person of the next statement, not one whom the body is named after ("Trường THPT Phan Đình Phùng")
    parted = (
        at
        for at in others
        if not regex.search(r"[\p{L}\d] $", source.text[office[1] : at])
        or _joined(source.text[max(0, at - 20) : at])
    )
    return office[0], min(next(parted, sentence[1]), office[1] + 160)


def _joined(before: str) -> bool:
    """Whether a text ends with a word that leads to a person: an honorific, "và"."""
    return any(before.lower().endswith(f" {word} ") for word in (*HONORIFICS, "và", "cùng", "với"))


def _words_about(source: Source, office: Span, name: Span) -> tuple[list[str], list[str]]:
    """The words behind an office, and those between the person before and the name ("Ngân hàng X, do bà A làm Giám đốc")."""
    start, end = _behind(source, office, name)
    first = min(name[0], office[0])
    sentence = source.sentence(first)
    before = [m.end() for m in person().finditer(source.text, sentence[0], first) if m.end() <= first]
    return words(source.text[start:end]), words(source.text[before[-1] if before else sentence[0] : first])
