"""Claims of a value: the quoted words, the value that they mean, and what stands around them."""

from __future__ import annotations

from decimal import Decimal

import regex

from extractor.folding import fold
from extractor.values import KNOWN_UNITS, Range, Value, grouped, read_value
from extractor.verify.claims import Claim
from extractor.verify.context import foreign_indicator, narrowed, near
from extractor.verify.finding import Finding, finding
from extractor.verify.quotes import locate, similar
from extractor.verify.sources import Source, Span


def verify(claim: Claim, source: Source) -> Finding:
    """The verdict on a claim with a value."""
    place = locate(claim, source)
    if place.wrong is not None and not place.spans:
        return _not_quoted(claim, source, place.wrong)
    if not place.spans:
        return _by_value(claim, source)
    judged = [(span, _judge(claim, source, span)) for span in place.spans]
    right = [span for span, fault in judged if fault is None]
    if not right:
        span, fault = judged[0]
        return finding(claim, source, "altered", fault or "", [span], claim.stated_value)
    if place.wrong is not None:
        return finding(claim, source, "altered", place.wrong, right, claim.stated_value)
    return _one_of(claim, source, right, "The value stands in the article")


def _one_of(claim: Claim, source: Source, spans: list[Span], said: str) -> Finding:
    chosen = narrowed(claim, source, spans)
    if len(chosen) > 1:
        why = f"It stands in {len(chosen)} places and nothing in the record tells which one is meant; offsets would."
        return finding(claim, source, "ambiguous", why, chosen, claim.stated_value)
    if fault := _surroundings(claim, source, chosen[0]):
        return finding(claim, source, "altered", fault, chosen, claim.stated_value)
    return finding(
        claim, source, "grounded", f"{said} as {source.words_at(chosen[0])!r}.", chosen, claim.stated_value
    )


def _judge(claim: Claim, source: Source, span: Span) -> str | None:
    """Why the words at a span do not mean the claimed value; None when they do."""
    value = _value_at(claim, source, span)
    if value is None:
        return f"The words {source.words_at(span)!r} hold no number, the record says {claim.stated_value}."
    return value if isinstance(value, str) else _compare(claim, source, value)


def _value_at(claim: Claim, source: Source, span: Span) -> Value | str | None:
    """The value that the words at a span are, or the fault that they are only a piece of a longer one."""
    overlapping = source.values_at(span)
    if not overlapping:
        inside = read_value(source.text[span[0] : span[1]])
        return inside[0] if inside else None
    matching = [v for v in overlapping if _means(source, v, claim.ranges)]
    best = next((v for v in matching if _unit_fits(claim, v)), None) or next(iter(matching), None)
    if best is None:
        best = max(
            overlapping, key=lambda v: (v.unit == claim.unit, min(v.end, span[1]) - max(v.start, span[0]))
        )
        own = read_value(source.text[span[0] : span[1]])
        if own and _means(source, own[0], claim.ranges) and (best.start < span[0] or best.end > span[1]):
            return f"The article says {_words(source, best)}, of which the record has only {source.words_at(span)!r}."
    return best


def _compare(claim: Claim, source: Source, value: Value) -> str | None:
    if not _means(source, value, claim.ranges):
        return f"The article says {_words(source, value)} = {_number(value.readings[0])}, the record says {claim.stated_value}."
    if not _unit_fits(claim, value):
        said = f"in {value.unit}" if value.unit else "without that unit"
        return f"The article says {_words(source, value)} {said}, the record says {claim.unit}."
    if claim.of is not None and value.of is not None and claim.of != value.of:
        return f"The article says {_words(source, value)}, of {value.of}; the record says of {claim.of}."
    return None


def _means(source: Source, value: Value, ranges: tuple[Range, ...]) -> bool:
    """Whether a value may be one of the claimed ones: the likeliest reading, any where the article's style allows it."""
    likely = grouped(value, source.text) and not source.point_is_decimal
    readings = value.readings[:1] if likely else value.readings
    return any(r in readings for r in ranges)


def _unit_fits(claim: Claim, value: Value) -> bool:
    if claim.unit is None or claim.unit not in KNOWN_UNITS:
        return True
    if value.unit is None:
        return claim.unit == "VND" and (value.scaled or value.unsaid)
    return value.unit == claim.unit


def _not_quoted(claim: Claim, source: Source, wrong: str) -> Finding:
    """The quoted words do not stand there: perhaps the value does, in other words."""
    same = [
        v for v in source.values if _means(source, v, claim.ranges) and _unit_fits(claim, v) and _telling(v)
    ]
    if same:
        spans = narrowed(claim, source, [(v.start, v.end) for v in same])
        return finding(
            claim,
            source,
            "altered",
            f"{wrong} The value does, as {source.words_at(spans[0])!r}.",
            spans,
            claim.text,
        )
    return _similar(claim, source, wrong)


def _by_value(claim: Claim, source: Source) -> Finding:
    """A claim without words: every place where its value stands with its unit."""
    same = [v for v in source.values if _means(source, v, claim.ranges)]
    fitting = [
        v for v in same if _unit_fits(claim, v) and (v.unit is not None or _telling(v) or claim.unit is None)
    ]
    faults = [_compare(claim, source, v) for v in fitting]
    right = [(v.start, v.end) for v, fault in zip(fitting, faults, strict=True) if fault is None]
    if right:
        return _one_of(claim, source, right, "The value stands in the article")
    if fitting:
        first = fitting[0]
        return finding(
            claim, source, "altered", faults[0] or "", [(first.start, first.end)], claim.stated_value
        )
    other = next((v for v in same if v.unit is not None), None)
    if other is not None:
        why = (
            f"The article has {_words(source, other)}, in {other.unit}; the record says {claim.stated_value}."
        )
        return finding(claim, source, "altered", why, [(other.start, other.end)], claim.stated_value)
    return _similar(claim, source, f"The value {claim.stated_value} does not stand in the article.")


def _similar(claim: Claim, source: Source, wrong: str) -> Finding:
    """The nearest thing: the same digits at another scale, one digit changed, or the figure of the same indicator."""
    candidates = [
        v
        for v in source.values
        if v.unit is not None
        and (claim.unit is None or v.unit == claim.unit or claim.unit not in KNOWN_UNITS)
    ]
    if claim.ranges:
        low = claim.ranges[0][0]
        alike = [v for v in candidates if _alike(low, v.readings[0][0])]
        if claim.indicator and (close := near(claim, source, [(v.start, v.end) for v in candidates])):
            alike = [v for v in candidates if (v.start, v.end) == close] or alike
        if alike:
            why = f"{wrong} The nearest is {_words(source, alike[0])}."
            return finding(
                claim,
                source,
                "altered",
                why,
                [(alike[0].start, alike[0].end)],
                claim.stated_value or claim.text,
            )
    if claim.text and (words := similar(claim.text, source)):
        return finding(
            claim,
            source,
            "altered",
            f"{wrong} The nearest is {source.words_at(words)!r}.",
            [words],
            claim.text,
        )
    return finding(claim, source, "absent", wrong, None, claim.stated_value or claim.text)


def _alike(a: Decimal, b: Decimal) -> bool:
    """The same digits at another scale, or as many digits with one changed."""
    x, y = (str(abs(n).normalize().as_tuple().digits) for n in (a, b))
    if x == y:
        return a != 0
    if a.is_zero() or b.is_zero() or abs(a).adjusted() != abs(b).adjusted():
        return False
    digits = [n.normalize().as_tuple().digits for n in (a, b)]
    return len(digits[0]) == len(digits[1]) > 1 and sum(p != q for p, q in zip(*digits, strict=True)) == 1


def _telling(value: Value) -> bool:
    return value.unit is not None or value.scaled


def _words(source: Source, value: Value) -> str:
    return repr(source.words_at((value.start, value.end)))


def _number(reading: Range) -> str:
    low, high = (f"{n.normalize():f}" for n in reading)
    return low if low == high else f"{low}–{high}"


def _surroundings(claim: Claim, source: Source, span: Span) -> str | None:
    """What the words around the figure contradict: the kind of household, the direction of a change."""
    if claim.category and claim.unit == "household" and (fault := _category(claim.category, source, span)):
        return fault
    if claim.change in ("increase", "decrease"):
        before = source.text[max(source.sentence(span[0])[0], span[0] - 25) : span[0]].lower()
        ways = regex.findall(r"(?<!\w)(tăng|giảm)(?!\w)(?=(?: \w+){0,2} $)", before)
        if ways and ways[-1] != ("tăng" if claim.change == "increase" else "giảm"):
            return f"The article says {ways[-1]!r} there, the record says {claim.change}."
    return foreign_indicator(claim, source, span)


_TELLING = frozenset(["nghèo", "cận", "thoát", "tái", "chính", "sách"])


def _category(category: str, source: Source, span: Span) -> str | None:
    there = source.values_at(span)
    start, end = min((v.start for v in there), default=span[0]), max((v.end for v in there), default=span[0])
    at = source.text.rfind("hộ", start, end)  # the last of "5 hộ đến 7 hộ nghèo"
    at = source.text.find("hộ", start, span[1] + 40) if at < 0 else at
    if at < 0:
        return None
    said = regex.split(r"[^\w ]", source.text[at : at + 60])[0].lower().split()[:6]
    wanted = fold(category).text.lower().split()
    missing = [w for w in wanted if w in _TELLING and w not in said]
    added = wanted[:2] == ["hộ", "nghèo"] and said[:3] == ["hộ", "cận", "nghèo"]
    if missing or added:
        return f"The article says {' '.join(said[:4])!r} there, the record says {category!r}."
    return None
