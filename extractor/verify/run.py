"""All records of a file against their articles, and what no record covers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from extractor.values import Value
from extractor.verify.claims import Claim
from extractor.verify.finding import Finding
from extractor.verify.library import Library
from extractor.verify.sources import Source, Span
from extractor.verify.verdict import verify


@dataclass(frozen=True, slots=True)
class Missed:
    """A figure of an article that no record covers. Offsets are code points of the untouched text."""

    source: str | None
    kind: str
    start: int
    end: int
    text: str
    value_min: Decimal
    value_max: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Report:
    """One finding a record in the order of the input, and the missed figures of the articles that were referred to."""

    findings: tuple[Finding, ...]
    missed: tuple[Missed, ...]
    unreadable: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many records have which verdict."""
        counted = Counter(f.verdict for f in self.findings)
        return {word: counted[word] for word in ("grounded", "altered", "ambiguous", "absent")}


def run(claims: Sequence[Claim], library: Library) -> Report:
    """Verify claims. Raises InputError for a claim whose article cannot be told."""
    sources = [library.find(claim.article, claim.place_of_record) for claim in claims]
    findings = [verify(claim, source) for claim, source in zip(claims, sources, strict=True)]
    findings = _shared_out(findings)
    used: dict[int, tuple[Source, list[Finding]]] = {}
    for finding, source in zip(findings, sources, strict=True):
        if source is not None:
            used.setdefault(id(source), (source, []))[1].append(finding)
    missed = [m for source, of_source in used.values() for m in missed_of(source, of_source)]
    return Report(tuple(findings), tuple(missed), tuple(library.unreadable))


def _shared_out(findings: list[Finding]) -> list[Finding]:
    """Equal records for the places of one text, as many as there are places: each has its own, in their order."""
    groups: dict[tuple[str | None, tuple[Span, ...]], list[int]] = defaultdict(list)
    for i, finding in enumerate(findings):
        if finding.verdict == "ambiguous" and len(finding.places) > 1 and finding.claim.ranges:
            groups[finding.source, finding.places].append(i)
    shared = list(findings)
    for (_, places), members in groups.items():
        if len(members) == len(places):
            for i, (start, end) in zip(members, places, strict=True):
                why = f"It stands in {len(places)} places, and as many records state it."
                shared[i] = replace(findings[i], verdict="grounded", why=why, start=start, end=end)
    return shared


def missed_of(source: Source, findings: Iterable[Finding]) -> list[Missed]:
    """The money, percentages and household counts of an article that no claim stands on."""
    covered = sorted(span for finding in findings for span in _spans(finding))
    missed: list[Missed] = []
    for value in source.values:
        kind = _kind(source, value)
        if kind is None:
            continue
        start, end = source.outer((value.start, value.end))
        if any(a < end and start < b for a, b in covered):
            continue
        low, high = value.readings[0]
        unit = value.unit or "VND"
        missed.append(
            Missed(source.article.source, kind, start, end, source.article.text[start:end], low, high, unit)
        )
    return missed


def _spans(finding: Finding) -> list[Span]:
    spans = list(finding.places)
    if finding.start is not None and finding.end is not None:
        spans.append((finding.start, finding.end))
    claim = finding.claim
    if claim.start is not None and claim.end is not None:
        spans.append((claim.start, claim.end))
    return spans


_MONEY_WORDS = regex.compile(
    r"(?<!\w)(?:đồng|tiền|vốn|kinh phí|lãi|lỗ|giá|thu|chi|nợ|lương|đầu tư|thưởng|phạt|bồi thường|vay|hỗ trợ|doanh thu|phí)(?!\w)",
    regex.IGNORECASE,
)


def _kind(source: Source, value: Value) -> str | None:
    """What a value would be a record of; None for a bare number and for vague ones ("hàng tỷ đồng", "một hộ")."""
    words = source.text[value.start : value.end].lower()
    before = source.text[max(0, value.start - 8) : value.start].lower()
    if regex.match(
        r"(?:trăm|chục|nghìn|ngàn|vạn|triệu|tỷ|tỉ|một (?:nửa )?(?:hộ|đồng)|không)(?!\w)", words
    ) or regex.search(r"(?:hàng|vài|mấy|mỗi|từng|nửa) $", before):
        return None
    if value.unit in ("percent", "household"):
        return "percent" if value.unit == "percent" else "households"
    if value.unit is not None:
        return "money"
    after = source.text[value.end : value.end + 2]
    start = max(source.sentence(value.start)[0], value.start - 60)
    if not _MONEY_WORDS.search(source.text, start, value.start):
        return None
    large = value.scaled and words[0].isdigit() and value.readings[0][0] >= 10**6
    return "money" if large and regex.match(r"\s*(?:$|[.,;:)”\"\n])", after) else None
