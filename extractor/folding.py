"""The folded reading of a text, with the map back: every offset that leaves the project belongs to the untouched text.

Folded: Unicode NFC; tone marks in the old place (hoà → hòa, uỷ → ủy); every kind of space but the
line end as U+0020, several as one and none beside a line end; CRLF as LF; eth as đ; no zero-width and no direction characters; a lone surrogate, which no automaton and no
database takes, as U+FFFD. For text that is NFC already the map is
the identity and costs nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import regex

_SPACES = "\t\x0b\x0c\r\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
_INVISIBLE = (
    "\xad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` and, where it is not as long as the source char by char, the spans of the source that its characters stand for."""

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source that the folded span stands for (whole characters with their marks)."""
        if self.starts is None or self.ends is None:
            return start, end
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return at, at
        return self.starts[start], self.ends[end - 1]

    def at(self, offset: int) -> int:
        """The folded offset of an offset of the source (the first character that ends behind it)."""
        if self.ends is None:
            return offset
        low, high = 0, len(self.ends)
        while low < high:
            mid = (low + high) // 2
            if self.ends[mid] <= offset:
                low = mid + 1
            else:
                high = mid
        return low


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
    composed = _substituted(text, _clusters(), _composed)
    return _with_single_spaces(Folded(_fold_same_length(composed.text), composed.starts, composed.ends))


def _composed(cluster: str) -> str:
    visible = _invisible().sub("", cluster)
    return unicodedata.normalize("NFC", visible) if len(visible) > 1 else visible


def _substituted(
    text: str, pattern: re.Pattern[str] | regex.Pattern[str], put: Callable[[str], str]
) -> Folded:
    """A text with something else put for each match; what is put stands for the whole match."""
    out: list[str] = []
    offsets = list(range(len(text) + 1))
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for m in pattern.finditer(text):
        start, end = m.span()
        piece = put(m.group())
        out += text[at:start], piece
        starts += offsets[at:start]
        starts += [start] * len(piece)
        ends += offsets[at + 1 : start + 1]
        ends += [end] * len(piece)
        at = end
    out.append(text[at:])
    starts += offsets[at:-1]
    ends += offsets[at + 1 :]
    return Folded("".join(out), tuple(starts), tuple(ends))


@cache
def _to_shorten() -> re.Pattern[str]:
    """Spaces beside a line end (CRLF has become such a pair), and several in a row; single ones are left at the first look."""
    return re.compile(r" (?=[ \n]) *\n? *|\n +")


def _with_single_spaces(folded: Folded) -> Folded:
    """The reading in which rules that look some characters back see as far as in a text of single spaces."""
    text = folded.text
    if "  " not in text and " \n" not in text and "\n " not in text:
        return folded
    short = _substituted(text, _to_shorten(), lambda spaces: spaces.strip(" ") or " ")
    if folded.starts is None or folded.ends is None or short.starts is None or short.ends is None:
        return short
    starts = tuple(folded.starts[i] for i in short.starts)
    ends = tuple(folded.ends[i - 1] for i in short.ends)
    return Folded(short.text, starts, ends)


def _fold_same_length(text: str) -> str:
    if _to_translate().search(text):
        text = text.translate(_same_length())
    return _with_old_tones(text)


def _with_old_tones(text: str) -> str:
    pattern, table = _tones()
    return pattern.sub(lambda m: table.get(m.group(), m.group()), text)
