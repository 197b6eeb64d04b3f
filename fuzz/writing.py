"""One text written in other ways, with the way from each of its characters to where it stands then."""

from __future__ import annotations

import unicodedata

import regex

Span = tuple[int, int]

TONES = dict(
    zip(
        "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy Òa Óa Ỏa Õa Ọa Ùy Úy Ủy Ũy Ụy".split(),
        "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ Oà Oá Oả Oã Oạ Uỳ Uý Uỷ Uỹ Uỵ".split(),
        strict=True,
    )
)
_OLD = {new: old for old, new in TONES.items()}


class Moved:
    """A text written in another way, with the way from each character of the first to those of the second."""

    def __init__(self, pieces: list[tuple[str, str]]) -> None:
        """`pieces`: what stood there and what stands there now."""
        self.text = "".join(new for _, new in pieces)
        self.starts: dict[int, int] = {}
        self.ends: dict[int, int] = {}
        old_at = new_at = 0
        for old, new in pieces:
            whole = len(old) == len(new)
            for i in range(len(old)):
                self.starts[old_at + i] = new_at + (i if whole else 0)
                self.ends[old_at + i + 1] = new_at + (i + 1 if whole else len(new))
            old_at, new_at = old_at + len(old), new_at + len(new)

    def span(self, span: Span) -> Span:
        """Where a span that is not empty stands now."""
        return self.starts[span[0]], self.ends[span[1]]


def decomposed(text: str) -> Moved:
    """Every letter as its base and its marks."""
    return Moved([(c, unicodedata.normalize("NFD", c)) for c in text])


def new_tones(text: str) -> Moved:
    """Tone marks in the new place: hoà, uỷ."""
    parts = regex.split(rf"((?<![qQ])(?:{'|'.join(TONES)})(?!\w))", text)
    return Moved([(p, TONES.get(p, p)) for p in parts])


def line_ends(text: str) -> Moved:
    """Lines that end in carriage return and line feed."""
    return Moved([(c, "\r\n" if c == "\n" else c) for c in text])


def spaced(text: str) -> Moved:
    """Two or three spaces for one, some of them no-break spaces, and spaces before the end of a line."""
    pieces: list[tuple[str, str]] = []
    for i, c in enumerate(text):
        pieces.append((c, {" ": (" \xa0", "  ", "   ")[i % 3], "\n": (" \n", "\n  ")[i % 2]}.get(c, c)))
    return Moved(pieces)


def sprinkled(text: str) -> Moved:
    """Soft hyphens and zero-width spaces behind some letters."""
    pieces: list[tuple[str, str]] = []
    for i, c in enumerate(text):
        pieces.append((c, c))
        if i % 5 == 0:
            pieces.append(("", "\xad\u200b"))
    return Moved(pieces)


def plain(text: str) -> str:
    """NFC, old tones, single spaces, nothing invisible: the one spelling in which words are compared."""
    text = regex.sub(r"[\xad\u200b]", "", unicodedata.normalize("NFC", text))
    text = regex.sub(r"[ \xa0]+", " ", text)
    return regex.sub(rf"(?<![qQ])(?:{'|'.join(_OLD)})(?!\w)", lambda m: _OLD[m.group()], text)


def normal(text: str) -> str:
    """A text in that spelling, with line feeds only: what the other ways of writing are made of."""
    return plain(regex.sub(r"[\r\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", "", text))
