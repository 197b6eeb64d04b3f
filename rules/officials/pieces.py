"""The pieces that a body's name is made of, and how far a body has been read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

import regex

from rules.base import Span
from rules.officials.names import Name
from rules.officials.syllables import RUN
from rules.words import PLAIN_END, OnDemand, alternation, cached, capitals, lexicon

# Kinds of pieces that a body begins with: UBND (closed), Sở (open), Trường (named after somebody).
HEADS = frozenset({"closed", "open", "named"})
# What a body was read up to when nothing but a name may follow.
ENDED = frozenset({"place", "bare", "term"})


class Piece(NamedTuple):
    """One piece. `kind`: what it is; `tight`: no space before it."""

    kind: str
    start: int
    end: int
    word: str
    tight: bool

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.word[0].isupper()


@dataclass(slots=True)
class Progress:
    """The reading of one body.

    `mode`: what the last piece was ("start": nothing yet). `first`, `last`: the body's span so far.
    `open`: a subject in free words may follow. `frozen`: what follows is no part of the body any more,
    and only a name is looked for. `head`: the position's head in small letters. `read`: the pieces read so far, by offset.
    """

    text: str
    at: int
    limit: int
    head: str
    mode: str = "start"
    first: int = -1
    last: int = -1
    open: bool = False
    frozen: bool = False
    fresh: bool = False
    hamlet: bool = False
    parent: bool = False
    free: int = 0
    unit_from: int = -1
    name: Name | None = None
    place: Span | None = None
    read: dict[int, Piece | None] = field(default_factory=dict)

    def take(self, start: int, end: int) -> None:
        """Take a span into the body, unless the body has ended, and go on behind it."""
        self.at = end
        if not self.frozen:
            self.first = start if self.first < 0 else self.first
            self.last = end

    def join(self, at: int) -> bool:
        """Go on behind a word that joins two bodies."""
        self.at, self.mode = at, "joint"
        return True

    def next(self, at: int | None = None) -> Piece | None:
        """The piece at an offset, at first where reading stands."""
        at = self.at if at is None else at
        if at not in self.read:
            self.read[at] = piece(self.text, at, self.limit)
        return self.read[at]


@cached
def _worded() -> tuple[frozenset[str], OnDemand[re.Pattern[str]]]:
    """The pieces that are told by their words, by their first letter in small, and all these letters.

    A group is named by its kind and a number: two lists give the same kind. `re` takes half the time of `regex`
    for lists of words, and a fourth of it for those of one letter.
    """
    words = lexicon("officials_bodies")
    heads = {w for k in ("closed", "open", "named", "units", "hamlets") for w in words[k]}
    longer = [
        w for w in words["subjects"] if " " in w and w not in heads and w.split()[0].strip(",") in heads
    ]
    longer_heads = tuple(h + " " for h in heads if " " in h)
    verbs = [
        w for w in words["stop"] if " " in w and w.split()[0] in heads and not w.startswith(longer_heads)
    ]
    short = [w for w in words["units"] if w.isascii() and len(w) < 4]
    hamlet = rf"{PLAIN_END}(?= +(?:\d|(?-i:[{capitals()}])))"
    small = rf"(?-i:%s){PLAIN_END}"
    kinds = [
        ("subject", longer, f"%s{PLAIN_END}"),  # "phòng chống", "phòng không" before the body "phòng"
        ("stop", verbs, small),  # "ban hành", "hội đàm" before "ban" and "hội"
        ("closed", words["closed"], f"%s{PLAIN_END}"),
        ("named", words["named"], f"%s{PLAIN_END}"),
        ("open", words["open"], f"%s{PLAIN_END}"),
        ("hamlet", words["hamlets"], f"%s{hamlet}"),
        ("unit", short, r"%s\."),  # abbreviated: "TP.", "H."
        ("unit", words["units"], rf"%s{PLAIN_END}(?![&/-][^\W\d_])"),
        ("subject", words["subjects"], f"%s{PLAIN_END}"),
        ("stop", words["stop"], small),
        ("joint", ["và", "&", "của", "về", "tại"], small),
    ]

    def beginning_with(letter: str) -> re.Pattern[str]:
        groups = [
            f"(?P<{kind}{n}>{pattern % alternation(same)})"
            for n, (kind, listed, pattern) in enumerate(kinds)
            if (same := [w for w in listed if w[0].lower() == letter])
        ]
        return re.compile("|".join(groups), re.IGNORECASE)

    letters = frozenset(w[0].lower() for _, listed, _ in kinds for w in listed)
    return letters, OnDemand(beginning_with)


_Shape = tuple[str, regex.Pattern[str]]


@cache
def _shaped() -> tuple[_Shape, _Shape, _Shape]:
    """The pieces that are told by their shape."""
    return (
        ("number", regex.compile(r"\d+(?:[/.]\d+)*\p{L}?(?![\p{L}\p{M}\d])")),
        ("run", regex.compile(RUN)),
        ("low", regex.compile(r"\p{L}[\p{L}\p{M}]*")),
    )


def _shapes(letter: str) -> tuple[_Shape, ...]:
    """The shapes that may begin with a letter."""
    number, run, low = _shaped()
    if letter.islower():
        return (low,)
    if letter.isupper():
        return (run, low)
    return (number,) if letter.isdigit() else ()


_MARKS = {"(": "paren", ",": "comma", "-": "dash", "–": "dash", "—": "dash"}


def piece(text: str, at: int, limit: int) -> Piece | None:
    """The piece at an offset, spaces before it left out; None at the limit."""
    start = at
    while start < limit and text[start] == " ":
        start += 1
    if start >= limit:
        return None
    letter = text[start]
    if kind := _MARKS.get(letter):
        return Piece(kind, start, start + 1, letter, start == at)
    letters, worded = _worded()
    first = letter.lower()
    if first in letters and (m := worded[first].match(text, start, limit)) and m.lastgroup:
        return Piece(m.lastgroup.rstrip("0123456789"), start, m.end(), m.group(), start == at)
    for kind, shape in _shapes(letter):
        if shaped := shape.match(text, start, limit):
            return Piece(kind, start, shaped.end(), shaped.group(), start == at)
    return Piece("other", start, start + 1, letter, start == at)


def country(text: str, at: int, limit: int) -> int | None:
    """Where a country, or a body of several, ends that begins at an offset: "Mỹ", "Liên Hợp Quốc"; else None."""
    first = text[at:limit].partition(" ")[0]
    if first.isalpha() and first.lower() not in _first_of_countries():
        return None
    m = _abroad().match(text, at, limit)
    return m.end() if m else None


@cached
def _first_of_countries() -> frozenset[str]:
    """What the names of countries begin with: their letters before a space or a mark."""
    return frozenset(re.split(r"[\W\d_]", name)[0].lower() for name in lexicon("officials_bodies")["abroad"])


@cached
def _abroad() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?=\p{{Lu}})(?i:{alternation(lexicon('officials_bodies')['abroad'])})(?![\p{{L}}])"
    )


@cache
def degree() -> regex.Pattern[str]:
    """A degree, which a name follows: "PGS.TS"."""
    return regex.compile(r"(?:PGS|GS|TS|ThS|BS|KTS|LS)(?![\p{L}])")


@cache
def term() -> regex.Pattern[str]:
    """The term of an assembly, no part of its name: "khóa XIV", "nhiệm kỳ 2016-2021"."""
    return regex.compile(r" *\(?(?:khóa|nhiệm kỳ) +[IVXL\d]+(?: *[-–] *\d+)?\)?(?![\p{L}\d])")


@cache
def assembly() -> regex.Pattern[str]:
    """The National Assembly."""
    return regex.compile(r"(?i)(?:quốc hội|qh)(?![\p{L}])")


@cached
def goes_on() -> regex.Pattern[str]:
    """What follows a comma in a ministry's own name: "Thể thao và Du lịch", "chống"."""
    subject = alternation(lexicon("officials_bodies")["subjects"])
    return regex.compile(rf"(?i){subject}(?: +{subject})? *(?:và|&|-|–|,) *{subject}|(?:chống|thương binh)")


@cache
def new_clause() -> regex.Pattern[str]:
    """What tells that a body behind a comma is the subject of a clause of its own: "Sở Y tế tỉnh đã"."""
    return regex.compile(
        r"(?: +\p{L}+){0,3} +(?:đã|đang|sẽ|vừa|cũng|phải|cần|không|yêu cầu|đề nghị|và các|tổ chức)"
    )


DANGLING = ("và", "của", "về", "tại", "các", "những", "cho", "&", ",", "–", "—", "-", " ")
"""How what no body ends with ends: a cheap look."""


@cache
def dangling() -> regex.Pattern[str]:
    """What no body ends with: a joint, a comma, a dash."""
    return regex.compile(r"(?: +(?:và|của|về|tại|các|những|cho|&)| *[,&–—-]) *$")
