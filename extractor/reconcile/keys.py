"""What a figure speaks of, in words that are the same in every article: its claim.

Facts of one claim have the same unit, the same thing measured, the same period, measure and status. The links of a
figure are the weak side of extraction: a figure whose place, period or indicator is open speaks of nothing that can
be compared, and neither does one that failed a check. `left_out` says why.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import NamedTuple

import regex

from extractor.folding import fold
from rules.words import alternation, lexicon


class Fact(NamedTuple):
    """A figure's fields, as the table `figures` has them."""

    kind: str
    unit: str
    per: str | None
    change: str | None
    basis: str | None
    category: str | None
    indicator: str | None
    indicator_id: str | None
    subject: str | None
    place_code: str | None
    place_valid_from: str | None
    place_name: str | None
    period: str | None
    status: str
    verified: bool


class Key(NamedTuple):
    """What a claim is about. `what`: an indicator's id or its normalised words, or what is counted."""

    kind: str
    place_code: str
    place_valid_from: str
    what: str
    subject: str | None
    category: str | None
    unit: str
    per: str | None
    change: str | None
    basis: str | None
    period: str
    status: str

    @property
    def claim_id(self) -> str:
        """The same for the same key on every machine."""
        return _id(self)

    @property
    def measure_id(self) -> str:
        """Shared by the target and the result of one thing."""
        return _id(self._replace(status=""))

    @property
    def series_id(self) -> str:
        """Shared by the claims of one thing over time."""
        return _id(self._replace(period=""))


def _id(parts: tuple[str | None, ...]) -> str:
    return hashlib.sha256("\0".join(p or "" for p in parts).encode()).hexdigest()[:20]


def left_out(fact: Fact) -> str | None:
    """Why a fact enters no claim, None when it does."""
    if not fact.verified:
        return "a check failed"
    if fact.place_code is None or fact.place_valid_from is None:
        return "no unit"
    if fact.period is None:
        return "no period"
    if not (fact.indicator_id or fact.indicator or fact.category):
        return "no indicator"
    if not subject(fact) and _named(fact) in _of_many():
        return "names no one thing"
    if _is_cut(_named(fact)):
        return "its name is cut"
    return None


def key(fact: Fact) -> Key:
    """The key of a fact that is not left out."""
    return Key(
        kind=fact.kind,
        place_code=fact.place_code or "",
        place_valid_from=fact.place_valid_from or "",
        what=what(fact),
        subject=subject(fact),
        category=plain(fact.category),
        unit=fact.unit,
        per=plain(fact.per),
        change=fact.change,
        basis=basis(fact.basis, fact.period or ""),
        period=fact.period or "",
        status=fact.status,
    )


def what(fact: Fact) -> str:
    """What is measured: the id of an indicator that a unit has one of, else the words that name it."""
    named = _named(fact)
    known = fact.indicator_id
    return known if known and known in _of_a_unit() and named in _whole_names(known) else named


def subject(fact: Fact) -> str | None:
    """Whose figure it is, where that is not the unit itself: "Quảng Nam 238 tỷ đồng" has none."""
    told, unit = plain(fact.subject), plain(fact.place_name)
    return None if told and unit and (told == unit or unit.endswith(f" {told}")) else told


def _named(fact: Fact) -> str:
    return bare(fact.indicator or fact.indicator_id or fact.category or "")


@cache
def _known() -> dict[str, tuple[str, ...]]:
    known: dict[str, list[str]] = lexicon("indicators")["known"]
    return {indicator: tuple(names) for indicator, names in known.items()}


@cache
def _of_a_unit() -> frozenset[str]:
    return frozenset(lexicon("claims")["of_a_unit"])


@cache
def _of_many() -> frozenset[str]:
    return frozenset(bare(words) for words in lexicon("claims")["of_many"])


def _is_cut(name: str) -> bool:
    """Whether a name ends where it should go on: "giá tôm sú loại" is that of any size."""
    cut, whole = (_ends(kind) for kind in ("cut_behind", "not_cut"))
    return cut.search(name) is not None and whole.search(name) is None


@cache
def _ends(kind: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?:^|\s){alternation(lexicon('claims')[kind])}$")


@cache
def _whole_names(indicator: str) -> frozenset[str]:
    """The names of an indicator without those of its parts."""
    parts = {bare(words) for words in lexicon("claims")["parts"]}
    return frozenset(bare(name) for name in _known().get(indicator or "", ())) - parts | {
        bare(indicator or "")
    }


def plain(words: str | None) -> str | None:
    """Words in one spelling: folded, in small letters, with single spaces."""
    return " ".join(fold(words).text.casefold().split()) or None if words else None


@cache
def bare(words: str) -> str:
    """An indicator without what says nothing of it: "Tổng thu ngân sách trên địa bàn tỉnh" is "thu ngân sách"."""
    rest = plain(words) or ""
    for edge in _edges():
        shorter = edge.sub("", rest).strip(" ,:")
        rest = shorter or rest
    return rest


@cache
def _edges() -> tuple[regex.Pattern[str], ...]:
    before = "|".join(regex.escape(w) for w in lexicon("claims")["before"])
    behind = "|".join(regex.escape(w) for w in lexicon("claims")["behind"])
    return (
        regex.compile(rf"(?:\s(?:{behind})(?:\s(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn))?)+$"),
        regex.compile(rf"^(?:(?:{before})\s)+"),
    )


def basis(words: str | None, period: str) -> str | None:
    """What a figure is compared with, seen from its period: "năm 2015" of 2016 is "năm trước"."""
    told = plain(words)
    if told is None:
        return None
    year = period[:4]
    before = str(int(year) - 1) if year.isdecimal() else ""
    for name, forms in lexicon("claims")["basis"].items():
        for form in forms:
            if regex.fullmatch(
                rf"{regex.escape(form.format(before=before))}(?:\s(?:năm\s)?(?:{before}|trước|ngoái|{year}))?",
                told,
            ):
                return str(name)
    return told
