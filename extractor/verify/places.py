"""Claims of a place, and places as a part of other claims."""

from __future__ import annotations

from collections.abc import Callable

import regex

from extractor.checks.places import key
from extractor.folding import fold
from extractor.verify.claims import Claim
from extractor.verify.finding import Finding, finding
from extractor.verify.quotes import cut_fault
from extractor.verify.sources import Source, Span
from rules.gazetteer import units
from rules.gazetteer.spelling import loose_key
from rules.gazetteer.units import Unit

_TYPES = (
    "thành phố",
    "đặc khu",
    "thị xã",
    "thị trấn",
    "huyện",
    "quận",
    "tỉnh",
    "xã",
    "phường",
    "tp.",
    "tp",
    "tx.",
    "tx",
    "tt.",
    "q.",
    "h.",
    "p.",
    "x.",
)
_ALIASES = {
    "hồ chí minh": ("tphcm", "tp.hcm", "tp. hcm", "hcm", "sài gòn"),
    "thừa thiên huế": ("tt-huế", "tt huế", "huế", "thừa thiên - huế"),
    "bà rịa - vũng tàu": ("br-vt", "brvt"),
    "hà nội": ("thủ đô", "hn"),
}


def bare(name: str) -> str:
    """A place's name without the word for its type, folded."""
    text = " ".join(fold(name).text.split())
    low = text.lower()
    for kind in _TYPES:
        if low.startswith(kind + " ") or (kind.endswith(".") and low.startswith(kind)):
            return text[len(kind) :].strip()
    return text


def spans_of(name: str, source: Source) -> list[Span]:
    """Where a place is named, in any usual spelling."""
    plain = bare(name)
    if plain.isdigit():
        return [m.span("name") for m in _numbered(str(int(plain))).finditer(source.text)]
    forms = [plain, *_ALIASES.get(plain.lower(), ()), *(k for k, v in _ALIASES.items() if plain.lower() in v)]
    spans = [span for form in forms for span in source.find(form)]
    return sorted(set(spans)) or _loosely(plain, source, key) or _without_marks(plain, source)


def told_by_units(name: str, source: Source) -> bool:
    """Whether units of a place are named: two or more (what the huyện Đức Hòa and Đức Huệ share is Long An's), or one
    that has no namesake, beside the word for the place ("thị trấn Vĩnh Bình …, cả tỉnh …" is tỉnh Tiền Giang), "Tỉnh ủy" too.
    """
    places = units.named(bare(name))
    below = {child.name for place in places for child in units.children(place)}
    if sum(not child.isdigit() and bool(source.find(child)) for child in below) > 1:
        return True
    return any(_alone(place.unit_type).search(source.text) and _own_unit(place, source) for place in places)


def _alone(unit_type: str) -> regex.Pattern[str]:
    """The word for a sort of unit without a name behind it: (thu ngân sách của) tỉnh."""
    return regex.compile(rf"(?<!\w)(?i:{unit_type})(?!\w)(?![ ]+[\p{{Lu}}\d])")


def _own_unit(place: Unit, source: Source) -> bool:
    """Whether a unit below a place is named that had its name for itself when it got it."""
    named = {u for u in units.below(place) if u.name in source.text and source.find(u.full_name)}
    return any(place in units.parents(u) and not _namesakes(u) for u in named)


def _namesakes(unit: Unit) -> list[Unit]:
    """Other units of the same name and sort on the first day of a unit."""
    same = units.named(unit.name, unit.level, unit.valid_from)
    return [u for u in same if u.unit_type == unit.unit_type and u.code != unit.code]


def _numbered(number: str) -> regex.Pattern[str]:
    """A unit that is called by a number, alone ("Q.1") or in a list ("các quận 3; 5, 10 và Phú Nhuận")."""
    listed = r"(?:0?\d{1,2}|\p{Lu}\p{L}*(?: \p{Lu}\p{L}*)*)(?:\s*[;,]\s*|\s+và\s+)"
    return regex.compile(
        rf"(?<!\w)(?:quận|phường|q\.?|p\.?)\s*(?P<name>(?:{listed}){{0,20}}?0?{number})(?!\d)(?![.,]\d)",
        regex.IGNORECASE,
    )


def _without_marks(name: str, source: Source) -> list[Span]:
    """Names that are spelled in several ways (Đắk, Đăk, Đak), but not one that is another unit's own."""
    own = set(units.named(name))
    spans = _loosely(name, source, loose_key) if " " in name else []
    return [s for s in spans if not (there := set(units.named(source.text[slice(*s)]))) or there & own]


def _loosely(name: str, source: Source, keyed: Callable[[str], str]) -> list[Span]:
    """Spellings that differ in hyphens, spaces, i and y, or in marks."""
    size = len(name.split())
    wanted = keyed(name)
    tokens = [m.span() for m in regex.finditer(r"[\p{L}\p{M}\d']+", source.text)]
    found = []
    for i in range(len(tokens)):
        for n in {size, size + 1, max(size - 1, 1)}:
            if i + n <= len(tokens) and source.text[tokens[i][0]].isupper():
                span = tokens[i][0], tokens[i + n - 1][1]
                if len(source.text[slice(*span)]) < 60 and keyed(source.text[slice(*span)]) == wanted:
                    found.append(span)
    return found


def verify(claim: Claim, source: Source) -> Finding:
    """The verdict on a claim of a place: it is named, and where offsets are given, there."""
    name = claim.name or claim.place or claim.text or ""
    spans = spans_of(name, source)
    if not spans:
        return finding(
            claim, source, "absent", f"The place {name!r} is not named in the article.", None, name
        )
    if claim.start is not None:
        end = claim.end if claim.end is not None else claim.start + len(claim.text or name)
        if not 0 <= claim.start < end <= len(source.article.text):
            why = f"The offsets {claim.start}–{claim.end} lie outside of the article, which has {len(source.article.text)} characters."
            return finding(claim, source, "altered", why, spans, name)
        held = source.article.text[claim.start : end]
        if claim.text and " ".join(fold(held).text.split()) != " ".join(fold(claim.text).text.split()):
            why = f"At the stated offsets the article says {held!r}, the record {claim.text!r}."
            return finding(claim, source, "altered", why, spans, name)
        there = source.inner((claim.start, end))
        if cut := cut_fault(source, there):
            return finding(claim, source, "altered", cut, spans, name)
        inside = [s for s in spans if s[0] < there[1] and there[0] < s[1]]
        if not inside:
            why = f"At the stated offsets the article says {held!r}, not {name!r}."
            return finding(claim, source, "altered", why, spans, name)
        spans = [there, *(s for s in spans if s not in inside)]
    if (fault := _code(claim, name)) is not None:
        return finding(claim, source, "altered", fault, spans, name)
    return finding(
        claim,
        source,
        "grounded",
        f"The place is named in the article as {source.words_at(spans[0])!r}.",
        spans,
        name,
    )


def _code(claim: Claim, name: str) -> str | None:
    if not claim.code:
        return None
    states = units.states(claim.code)
    if claim.valid_from:
        states = tuple(u for u in states if u.valid_from == claim.valid_from)
    if not states:
        return f"There is no administrative unit with the code {claim.code}."
    if not any(loose_key(u.name) == loose_key(bare(name)) for u in states):
        return f"The code {claim.code} is {states[-1].full_name}, not {name}."
    return None
