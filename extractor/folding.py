"""The folded reading of a text, with the map back: every offset that leaves the project belongs to the untouched text.

Folded: Unicode NFC; tone marks in the old place (hoà → hòa, uỷ → ủy); every kind of space but the
line end as U+0020, several as one and none beside a line end; CRLF as LF; eth as đ; no zero-width and no direction characters; a lone surrogate, which no automaton and no
database takes, as U+FFFD. For text that is NFC already the map is
the identity and costs nothing.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import regex

_SPACES = "\t\x0b\x0c\r\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
_INVISIBLE = (
    "\xad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)


class _Map(NamedTuple):
    """Where a text was changed, piece by piece and in order; between the pieces it stands as in the source.

    The offsets of each piece, and where it stood in the source. The first piece is empty, before all text.
    """

    starts: array[int]
    ends: array[int]
    source_starts: array[int]
    source_ends: array[int]

    def add(self, start: int, end: int, source_start: int, source_end: int) -> None:
        """A piece behind all others."""
        for offsets, offset in zip(self, (start, end, source_start, source_end), strict=True):
            offsets.append(offset)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source that characters stand for (whole pieces). `start` < `end`."""
        first, last = bisect_right(self.starts, start) - 1, bisect_right(self.starts, end - 1) - 1
        behind, left = start - self.ends[first], end - self.ends[last]
        return (
            self.source_starts[first] if behind < 0 else self.source_ends[first] + behind,
            self.source_ends[last] + max(left, 0),
        )

    def at(self, offset: int) -> int:
        """The first character that ends behind an offset of the source."""
        piece = bisect_right(self.source_ends, offset)
        at = self.ends[piece - 1] + offset - self.source_ends[piece - 1]
        return min(at, self.starts[piece]) if piece < len(self.starts) else at


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` and, where it is not as long as the source char by char, how its characters are found there (`maps`, the last change first)."""

    text: str
    maps: tuple[_Map, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source that the folded span stands for (whole characters with their marks)."""
        if not self.maps:
            return start, end
        if start >= end:
            at = self.span(start, start + 1)[0] if start < len(self.text) else self._end()
            return at, at
        for changed in self.maps:
            start, end = changed.span(start, end)
        return start, end

    def _end(self) -> int:
        return self.span(len(self.text) - 1, len(self.text))[1] if self.text else 0

    def at(self, offset: int) -> int:
        """The folded offset of an offset of the source (the first character that ends behind it)."""
        for changed in reversed(self.maps):
            offset = changed.at(offset)
        return offset


@cache
def _same_length() -> dict[int, int]:
    table = {ord(c): ord(" ") for c in _SPACES} | dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)
    return table | {ord("ð"): ord("đ"), ord("Ð"): ord("Đ")}


@cache
def _to_translate() -> re.Pattern[str]:
    return re.compile(f"[{_SPACES}ðÐ\ud800-\udfff]")


@cache
def _unusual() -> re.Pattern[str]:
    """Every character that folding looks at but the tones: most texts hold none."""
    return re.compile(f"[{_SPACES}ðÐ\ud800-\udfff{_INVISIBLE}]")


def _is_usual(text: str) -> bool:
    """Whether it is plain that a text holds nothing `_unusual`: all spaces but one, and what is invisible, are not printable."""
    return "ð" not in text and "Ð" not in text and text.replace("\n", "").isprintable()


@cache
def _invisible() -> re.Pattern[str]:
    return re.compile(f"[{_INVISIBLE}]")


_TONES = (
    ("oa", "oà oá oả oã oạ", "òa óa ỏa õa ọa"),
    ("oe", "oè oé oẻ oẽ oẹ", "òe óe ỏe õe ọe"),
    ("uy", "uỳ uý uỷ uỹ uỵ", "ùy úy ủy ũy ụy"),
)


@cache
def _tones() -> tuple[re.Pattern[str], dict[str, str]]:
    """New tone placement to old: at the end of a syllable only (hoà, but hoàn), and not in quý."""
    table: dict[str, str] = {}
    for _, new, old in _TONES:
        for a, b in zip(new.split(), old.split(), strict=True):
            for x, y in ((a, b), (a.upper(), b.upper()), (a.capitalize(), b.capitalize())):
                table[x] = y
    first, second = ("".join(sorted({pair[i] for pair in table})) for i in (0, 1))
    # the look-behind stands last: the two classes reject nearly everything at once
    return re.compile(rf"[{first}][{second}](?<![qQ]..)(?!\w)"), table


@cache
def _clusters() -> regex.Pattern[str]:
    """What may not stay as it is: characters with marks, invisible ones, CRLF."""
    # 30 marks, as in Unicode's stream-safe text: to put thousands in order takes time by their square
    return regex.compile(rf"\r\n|\P{{M}}\p{{M}}{{1,30}}|\p{{M}}{{1,30}}|[{_INVISIBLE}]")


def fold(text: str) -> Folded:
    """The folded reading of a text."""
    if unicodedata.is_normalized("NFC", text):
        if _is_usual(text) or not _unusual().search(text):
            return _with_single_spaces(Folded(_with_old_tones(text)))
        if not _invisible().search(text):
            return _with_single_spaces(Folded(_fold_same_length(text)))
    composed, changed = _substituted(text, _clusters(), _composed)
    return _with_single_spaces(Folded(_fold_same_length(composed), (changed,)))


def _composed(cluster: str) -> str:
    visible = _invisible().sub("", cluster)
    return unicodedata.normalize("NFC", visible) if len(visible) > 1 else visible


def _substituted(
    text: str, pattern: re.Pattern[str] | regex.Pattern[str], put: Callable[[str], str]
) -> tuple[str, _Map]:
    """A text with something else put for each match; what is put stands for the whole match."""
    out: list[str] = []
    changed = _Map(*(array("q", [0]) for _ in range(4)))
    behind = length = 0
    for m in pattern.finditer(text):
        start, end = m.span()
        piece = put(m.group())
        out += text[behind:start], piece
        at = length + start - behind
        behind, length = end, at + len(piece)
        changed.add(at, length, start, end)
    out.append(text[behind:])
    return "".join(out), changed


@cache
def _to_shorten() -> re.Pattern[str]:
    """Spaces beside a line end (CRLF has become such a pair), and several in a row; single ones are left at the first look."""
    return re.compile(r" (?=[ \n]) *\n? *|\n +")


def _with_single_spaces(folded: Folded) -> Folded:
    """The reading in which rules that look some characters back see as far as in a text of single spaces."""
    text = folded.text
    if "  " not in text and " \n" not in text and "\n " not in text:
        return folded
    short, changed = _substituted(text, _to_shorten(), lambda spaces: spaces.strip(" ") or " ")
    return Folded(short, (changed, *folded.maps))


def _fold_same_length(text: str) -> str:
    if _to_translate().search(text):
        text = text.translate(_same_length())
    return _with_old_tones(text)


def _with_old_tones(text: str) -> str:
    pattern, table = _tones()
    return pattern.sub(lambda m: table.get(m.group(), m.group()), text)
