"""Persons and offices in a folded text: where a name stands, where an office's words stand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

import regex

from extractor.checks.words import FAMILY_NAMES, HONORIFICS, NO_PERSON, RANKS, SHORT
from extractor.folding import fold

Span = tuple[int, int]
Spelled = list[tuple[str, int, int]]


def any_of(words: list[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "(?:" + "|".join(sorted(map(regex.escape, words), key=len, reverse=True)) + ")"


@cache
def person() -> regex.Pattern[str]:
    """A personal name: a family name and one to four more syllables with a capital; or what follows an honorific
    (which huyện Bác Ái holds none of).
    """
    syllable = r"\p{Lu}\p{Ll}*(?:['’.]\p{L}+)?"
    unit = r"(?<!(?<!\w)(?i:huyện|xã|tỉnh|quận|phường|thị trấn|thị xã|thành phố|thôn|bản|đường|phố) )"
    firm = r"(?<!(?i:công ty|tập đoàn|trường|bệnh viện|khách sạn)(?: \p{Lu}[\p{L}]*){0,2} )"
    return regex.compile(
        rf"(?<!\w)(?!(?:{NO_PERSON})(?!\w)){unit}{firm}{any_of(FAMILY_NAMES)}(?: {syllable}){{1,4}}(?!\w)"
        rf"|(?<=(?<!\w){unit}(?i:{any_of(HONORIFICS)}) ){syllable}(?: {syllable}){{0,4}}(?!\w)"
    )


def may_name(text: str, start: int, end: int) -> bool:
    """Whether a word between two offsets is a family name, or an honorific's last one: a cheap look for a `person`."""
    words = _word().findall(text, max(0, start - _LONGEST_HONORIFIC), end)
    return not _words_of_persons().isdisjoint(words)


# No honorific's last word is longer, with the blank behind it (code points).
_LONGEST_HONORIFIC = 10


@cache
def _words_of_persons() -> frozenset[str]:
    last = {_word().findall(honorific)[-1] for honorific in HONORIFICS}
    written = {form for word in last for form in (word, word.lower(), word.capitalize(), word.upper())}
    return frozenset({name.rstrip("'") for name in FAMILY_NAMES} | written)


def name_spans(text: str, name: str) -> list[Span]:
    """Where a name stands in a folded text, in any letter case, whatever its spaces."""
    parts = fold(name).text.lower().split()
    low = text.lower()
    if not parts or parts[-1] not in low:
        return []
    if (
        len(low) != len(text) or "  " in text or "\n" in text
    ):  # rare: runs of spaces, letters that change in length
        pattern = r"(?<!\w)" + r"\s+".join(map(regex.escape, parts)) + r"(?!\w)"
        return [m.span() for m in regex.finditer(pattern, text, regex.IGNORECASE)]
    wanted = " ".join(parts)
    spans: list[Span] = []
    at = low.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if not (low[at - 1 : at].isalnum() or low[end : end + 1].isalnum()):
            spans.append((at, end))
        at = low.find(wanted, end)
    return spans


@cache
def _word() -> regex.Pattern[str]:
    return regex.compile(r"[\p{L}\p{M}\d]+")


def spelled(text: str) -> Spelled:
    """Every word of a folded text in lower case with its span; the words of an abbreviation share its span."""
    found: Spelled = []
    for m in _word().finditer(text):
        word, (start, end) = m.group(), m.span()
        low = word.lower()
        if low in SHORT and (word.isupper() or low == "cty"):
            found += [(form, start, end) for form in SHORT[low].split()]
        else:
            found.append((low, start, end))
    return found


def words(text: str) -> list[str]:
    """The words of an office or a body for comparison: folded, lower case, abbreviations written out."""
    return [word for word, _, _ in spelled(fold(text).text)]


@lru_cache(maxsize=1024)
def _of_position(position: str) -> tuple[str, ...]:
    return tuple(words(position))


def office_spans(text: str, position: str) -> Iterator[Span]:
    """Where the words of an office stand together in a folded text, in any order, of the same rank.

    Two more words may stand among them ("Phó Chủ tịch UBND Thường trực").
    """
    wanted = _of_position(position)
    there = spelled(text)
    for i in range(len(there) - len(wanted) + 1):
        if not wanted or there[i][0] not in wanted:
            continue
        for extra in (0, 1, 2) if len(wanted) > 1 else (0,):
            window = there[i : i + len(wanted) + extra]
            here = [word for word, _, _ in window]
            if here[-1] in wanted and _holds(here, wanted):
                ranks = _ranks_before(text, there, i)
                if "phó" in wanted or ranks <= set(wanted):
                    yield window[0][1], window[-1][2]
                break


def _holds(here: list[str], wanted: tuple[str, ...]) -> bool:
    left = list(here)
    for word in wanted:
        if word not in left:
            return False
        left.remove(word)
    return not RANKS & set(left)


def _ranks_before(text: str, there: Spelled, i: int) -> set[str]:
    """The words of rank right before a word: {phó, tổng} before the last two of "Phó Tổng giám đốc"."""
    found: set[str] = set()
    while i > 0 and there[i - 1][0] in RANKS and not text[there[i - 1][2] : there[i][1]].strip():
        i -= 1
        found.add(there[i][0])
    return found
