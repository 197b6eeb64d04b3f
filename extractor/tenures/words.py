"""The words of offices and bodies for comparison: one spelling, abbreviations written out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

import regex

from extractor.folding import fold
from rules.gazetteer.spelling import I_FOR_Y
from rules.officials.syllables import is_vietnamese


@cache
def _word() -> regex.Pattern[str]:
    """A word, or an abbreviation with what joins its letters: GD&ĐT, GD-ĐT, T.Ư, TP.HCM."""
    capitals = r"\p{Lu}[\p{Lu}\d]*(?:[&./-]\p{Lu}[\p{Lu}\d]*)*(?![\p{Ll}\p{M}])"
    return regex.compile(rf"{capitals}|[\p{{L}}\p{{M}}\d]+(?:['’]\p{{L}}+)?")


@cache
def _joints() -> regex.Pattern[str]:
    return regex.compile(r"[&./-]")


@cache
def _joined() -> regex.Pattern[str]:
    """ "NN và PTNT", "GD & ĐT", "NN- PTNT": parts of one abbreviation."""
    return regex.compile(r"(?<=(?<!\p{L})\p{Lu}{2,})(?: và | ?[&-] ?)(?=\p{Lu}{2,}(?!\p{Ll}))")


@cache
def _aside() -> regex.Pattern[str]:
    """An abbreviation behind what it stands for: "Văn phòng Chính phủ (VPCP)"."""
    return regex.compile(r"(?<=\p{Ll}) ?\(\p{Lu}[\p{Lu}\d&./-]*(?: \p{Lu}[\p{Lu}\d&./-]*)*\)")


def spaced(text: str) -> str:
    """A text in one spelling (Unicode, tone marks), with single spaces."""
    return " ".join(fold(text).text.split())


@lru_cache(maxsize=4096)
def is_foreign(name: str) -> bool:
    """Whether a name has a syllable that no Vietnamese name has."""
    return not all(is_vietnamese(name, m.span()) for m in regex.finditer(r"[^\s-]+", name))


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """What the spellings of one name share: letter case, tone marks' places, spaces, "Sĩ" and "Sỹ"; of foreign names marks, too."""
    key = spaced(name).lower()
    if is_foreign(key):
        return "".join(c for c in unicodedata.normalize("NFD", key) if not unicodedata.combining(c))
    return _y().sub(lambda m: m[0].translate(_i_for_y()), key)


@cache
def _i_for_y() -> dict[int, str]:
    return str.maketrans(I_FOR_Y)


@cache
def _y() -> regex.Pattern[str]:
    """Where i is written y as one likes: "Sỹ", "Lý", "Quý"."""
    return regex.compile(r"(?<!\p{L})(?:[hklmstv]|qu)[yýỳỷỹỵ](?!\p{L})")


def words(text: str, short: Mapping[str, str]) -> list[str]:
    """The words of a text in lower case; `short`: abbreviations, by their letters, and what they stand for."""
    found: list[str] = []
    for token in _word().findall(_joined().sub("&", _aside().sub("", spaced(text)))):
        parts = _joints().split(token.lower())
        letters = "".join(parts)
        if token[0].isupper() and token.upper() == token and letters in short:
            found += short[letters].split()
        else:
            found += parts
    return found


def starts(told: str, phrase: str) -> bool:
    """Whether words begin with a phrase, at the end of a word."""
    return told == phrase or told.startswith(phrase + " ")


def first_of(told: str, phrases: Iterable[str]) -> str | None:
    """The longest of the phrases that words begin with."""
    return max((p for p in phrases if starts(told, p)), key=len, default=None)


def ends(told: str, phrase: str) -> bool:
    """Whether words end with a phrase, at the beginning of a word."""
    return told == phrase or told.endswith(" " + phrase)
