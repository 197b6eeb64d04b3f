"""Places against the gazetteer and against the provinces that the article names."""

from __future__ import annotations

from functools import cache, lru_cache

import regex
from ahocorasick_rs import AhoCorasick, MatchKind

from extractor.article import Article
from extractor.folding import fold
from extractor.records import Place, Verdict
from rules.gazetteer import units
from rules.gazetteer.spelling import fold_name, loose_key, name_key
from rules.words import standing

_ALIASES = {
    "TPHCM": "Hồ Chí Minh",
    "HCM": "Hồ Chí Minh",
    "Sài Gòn": "Hồ Chí Minh",
    "TT-Huế": "Thừa Thiên Huế",
    "BR-VT": "Bà Rịa - Vũng Tàu",
}


@lru_cache(maxsize=8192)
def key(name: str) -> str:
    """What two spellings of one name share."""
    return name_key(fold_name(fold(name).text))


@cache
def _province_names() -> tuple[AhoCorasick, dict[str, str]]:
    """Every province name of 2004–2026 in its usual spellings, and the key that each stands for."""
    names = {u.name: u.name for u in units.of_level("province")} | _ALIASES
    keys = {form: key(name) for spelling, name in names.items() for form in _forms(fold(spelling).text)}
    return AhoCorasick(list(keys), matchkind=MatchKind.LeftmostLongest), keys


def _forms(name: str) -> set[str]:
    """A name with its hyphen written in every way: Bà Rịa - Vũng Tàu, Bà Rịa-Vũng Tàu, Bà Rịa – Vũng Tàu."""
    parts = regex.split(r" ?[-–] ?", name)
    return {joint.join(parts) for joint in (" - ", "-", " – ", "–", " ")}


@cache
def _alias_keys() -> tuple[str, ...]:
    return tuple(map(key, _ALIASES))


class Provinces:
    """The provinces that one article names, looked up when a record first asks."""

    def __init__(self, article: Article) -> None:
        """Remember the article; nothing is read yet."""
        self._article = article
        self._named: frozenset[str] | None = None

    @property
    def named(self) -> frozenset[str]:
        """Keys of the provinces that stand in the article."""
        if self._named is None:
            names, keys = _province_names()
            text = self._article.folded.text
            self._named = frozenset(
                keys[form]
                for form, start, end in standing(names, text)
                if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())
            )
        return self._named

    def agrees(self, code: str, valid_from: str | None) -> Verdict:
        """Whether a unit exists and its province fits the article.

        It fails when the article names the province of another unit of the same name and level, but not
        the one of this unit; it is unknown when no province that could tell is named.
        """
        unit = _unit(code, valid_from)
        if unit is None:
            return "fail"
        provinces = _provinces(unit)
        if provinces & self.named:
            return "pass"
        if unit.level == "province" or not provinces:
            return "unknown"
        return "fail" if _rivals(unit) & self.named else "unknown"


@lru_cache(maxsize=8192)
def _unit(code: str, valid_from: str | None) -> units.Unit | None:
    if valid_from:
        return units.by_key(code, valid_from)
    return next(iter(units.states(code)[-1:]), None)


@cache
def _provinces(unit: units.Unit) -> frozenset[str]:
    """The keys of the provinces that a unit belonged to in the time of its state."""
    days = {None, unit.valid_from, "2017-06-01" if unit.holds_on("2017-06-01") else None}
    found = (units.province_of(unit, day) for day in days)
    return frozenset(key(p.name) for p in found if p)


@cache
def _rivals(unit: units.Unit) -> frozenset[str]:
    """The provinces of the other units of the same name and level at the same time."""
    same = (u for u in units.named(unit.name, unit.level) if u.code != unit.code)
    at_once = (
        u
        for u in same
        if u.valid_from < (unit.valid_to or "9999") and unit.valid_from < (u.valid_to or "9999")
    )
    return frozenset(p for u in at_once for p in _provinces(u))


def mention(record: Place, named: Provinces) -> Verdict:
    """A place mention: its name stands in its text, its code is that name's, its province fits the article."""
    if record.code is None:
        return "fail" if _likeness(record.text, record.name) < _NEAR else "unknown"
    code, valid_from = record.code, record.valid_from
    told = _by_itself(record.text, record.name, record.level, record.province, code, valid_from)
    return told or named.agrees(code, valid_from)


@lru_cache(maxsize=8192)
def _by_itself(
    text: str, name: str, level: str, province: str | None, code: str, valid_from: str | None
) -> Verdict | None:
    """The verdict on a mention that needs no article; None where the provinces that one names have to tell."""
    alike = _likeness(text, name)
    if alike < _NEAR:
        return "fail"
    unit = _unit(code, valid_from)
    if unit is None or unit.level != level or loose_key(name) != loose_key(unit.name):
        return "fail"
    if province and (known := _provinces(unit)) and key(province) not in known:
        return "fail"
    misspelled = alike < 1 or key(name) != key(unit.name)
    return "unknown" if misspelled else None


_NEAR = 0.75
"""Likeness from which a name counts as misspelled in the text (Cư Đrăm, Bắc Cạn, Buôn Mê Thuột), not as another one."""


def _likeness(text: str, name: str) -> float:
    """How much of a name stands in a text, 1 for all: in some spelling, as "Q.01" for 1, or as an abbreviation."""
    here, wanted = key(text), key(name)
    if wanted in here or any(alias in here for alias in _alias_keys()):
        return 1
    if name.isdigit():
        return float(str(int(name)) in {str(int(n)) for n in regex.findall(r"\d+", text)})
    initials = "".join(word[0] for word in key_words(name))
    if initials in here or (len(initials) > 2 and initials[-2:] in here):
        return 1
    from difflib import SequenceMatcher

    loose_here, loose_wanted = (loose_key(n).replace("c", "k") for n in (text, name))  # Đắc Lắc
    if loose_wanted in loose_here:
        return 1
    if len(here) > 4 and wanted.startswith(here):  # Phan Rang for Phan Rang-Tháp Chàm
        return _NEAR
    return SequenceMatcher(None, loose_here[-len(loose_wanted) :], loose_wanted, autojunk=False).ratio()


def key_words(name: str) -> list[str]:
    """The words of a name in lower case."""
    return [word for word in regex.split(r"[\W_]+", fold(name).text.lower()) if word]
