"""The pieces that a body's name is made of, and how far a body has been read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

import regex

from rules.base import Span
from rules.officials.names import RUN, Name
from rules.words import PLAIN_END, alternation, cached, capitals, lexicon

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
def _worded() -> re.Pattern[str]:
    """The pieces that are told by their words, by `re`, which takes half the time of `regex` for lists of words.

    A group is named by its kind and a number: two lists give the same kind.
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
    short = [w for w in words["units"] if w.isascii() and len(w) < 4]  # with a dot: "TP.", "H."
    joints = ["và", "&", "của", "về", "tại"]
    kinds = [
        ("subject", alternation(longer) + PLAIN_END),  # "phòng chống", "phòng không" before the body "phòng"
        ("stop", rf"(?-i:{alternation(verbs)}){PLAIN_END}"),  # "ban hành", "hội đàm" before "ban" and "hội"
        ("closed", alternation(words["closed"]) + PLAIN_END),
        ("named", alternation(words["named"]) + PLAIN_END),
        ("open", alternation(words["open"]) + PLAIN_END),
        ("hamlet", rf"{alternation(words['hamlets'])}{PLAIN_END}(?= +(?:\d|(?-i:[{capitals()}])))"),
        ("unit", rf"(?:{alternation(short)}\.|{alternation(words['units'])}{PLAIN_END}(?![&/-][^\W\d_]))"),
        ("subject", alternation(words["subjects"]) + PLAIN_END),
        ("stop", rf"(?-i:{alternation(words['stop'])}){PLAIN_END}"),
        ("joint", rf"(?-i:{'|'.join(joints)}){PLAIN_END}"),
    ]
    groups = (f"(?P<{kind}{n}>{pattern})" for n, (kind, pattern) in enumerate(kinds))
    return re.compile(f" *(?:{'|'.join(groups)})", re.IGNORECASE)


@cache
def _shaped() -> regex.Pattern[str]:
    """The pieces that are told by their shape."""
    kinds = {
        "number": r"\d+(?:[/.]\d+)*\p{L}?(?![\p{L}\p{M}\d])",
        "run": rf"(?-i:{RUN})",
        "paren": r"\(",
        "comma": ",",
        "dash": "[-–—]",
        "low": r"\p{Ll}[\p{L}\p{M}]*",
        "other": ".",
    }
    return regex.compile(
        "(?i) *(?:" + "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds.items()) + ")"
    )


def piece(text: str, at: int, limit: int) -> Piece | None:
    """The piece at an offset, spaces before it left out; None at the limit."""
    m = _worded().match(text, at, limit) or _shaped().match(text, at, limit)
    group = m.lastgroup if m else None
    if m is None or group is None:
        return None
    # A unit's type word is abbreviated with a dot: "TP.", "H.".
    start, end = m.start(group), m.end()
    return Piece(group.rstrip("0123456789"), start, end, text[start:end], start == at)


@cached
def abroad() -> regex.Pattern[str]:
    """A country, or a body of several: "Mỹ", "Liên Hợp Quốc"."""
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


@cache
def dangling() -> regex.Pattern[str]:
    """What no body ends with: a joint, a comma, a dash."""
    return regex.compile(r"(?: +(?:và|của|về|tại|các|những|cho|&)| *[,&–—-]) *$")
