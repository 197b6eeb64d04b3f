"""Number tokens that stand together in a text, and what they may mean as one number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

import regex

from extractor.values.numbers import evaluate
from extractor.values.patterns import token
from extractor.values.words import DIGITS, SCALES, SHORT_SCALES

Range = tuple[Decimal, Decimal]

_LONGEST = 24
"""Tokens that one number may have: enough for any written out in full."""


@dataclass(frozen=True, slots=True)
class Run:
    """Number tokens that belong together, before their unit is known.

    `scale`: the largest; `shared`: those that the other end of a range may leave out ("15-16 ngàn tỷ").
    `unit`: that of the first end of a range, where the other has none.
    """

    start: int
    end: int
    readings: tuple[Range, ...]
    scale: int
    shared: tuple[int, ...]
    items: tuple[str, ...]
    unit: str | None = None

    @property
    def digits(self) -> bool:
        """Whether it begins with digits."""
        return self.items[0][0].isdigit()


def runs(text: str) -> Iterator[Run]:
    """Tokens that stand together and make a number, in the order of the text."""
    tokens: list[regex.Match[str]] = []
    for m in token().finditer(text):
        if len(tokens) == _LONGEST or (
            tokens
            and not (
                text[tokens[-1].end() : m.start()].strip(" ") == ""
                and _continues(tokens[-1], m, _mixed(tokens))
            )
        ):
            yield from _run(tokens)
            tokens = []
        tokens.append(m)
    if tokens:
        yield from _run(tokens)


def _mixed(tokens: Sequence[regex.Match[str]]) -> bool:
    """Whether a number began with digits, and is not at its places in words ("5 phẩy hai")."""
    return tokens[0]["number"] is not None and not any((t["word"] or "").lower() == "phẩy" for t in tokens)


def _continues(before: regex.Match[str], m: regex.Match[str], mixed: bool) -> bool:
    """Whether a token goes on with a number; `mixed`: it began with digits ("20 tỷ năm 2016": the year begins)."""
    scale_before = before["word"] is not None and before["word"].lower() in SCALES
    if m["number"] and before["word"] is not None and before["word"].lower() == "phẩy":
        return m["number"].isdecimal()
    if m["number"]:
        scale = SCALES[before["word"].lower()] if scale_before else 1
        return scale >= 1000 or (scale == 100 and len(m["number"]) == 2)  # 1 trăm 20 nghìn
    if before["number"]:
        return m["word"].lower() in SCALES or m["word"].lower() in ("rưỡi", "phẩy")
    return not mixed or m["word"].lower() in SCALES or m["word"].lower() in ("rưỡi", "phẩy")


def _run(tokens: list[regex.Match[str]]) -> Iterator[Run]:
    items = [t["number"] or t["word"].lower() for t in tokens]
    if items[0] in SHORT_SCALES:
        return
    scale = max((SCALES[i] for i in items if i in SCALES), default=1)
    readings: tuple[Range, ...]
    first, second = (DIGITS.get(i) for i in [*items, "", ""][:2])
    if first and second and items[1] not in ("lăm", "nhăm", "mốt", "tư") and second - first in (1, 2):
        low, high = evaluate([items[0], *items[2:]]), evaluate(items[1:])  # "hai ba triệu"
        readings = tuple(zip(low[:1], high[:1], strict=False))
    else:
        readings = tuple((v, v) for v in evaluate(items))
    if readings:
        yield Run(tokens[0].start(), tokens[-1].end(), readings, scale, _shared(items), tuple(items))


def _shared(items: Sequence[str]) -> tuple[int, ...]:
    """The first scales, as of 3 nghìn tỷ, 1 tỷ rưỡi, 1 tỷ 200 triệu. A hundred that has more behind it is nobody
    else's: một trăm linh năm, một trăm hai mươi triệu.
    """
    at = 0
    for is_scale, group in groupby(items, key=lambda item: item in SCALES and item != "mươi"):
        part = list(group)
        at += len(part)
        scales = tuple(SCALES[item] for item in part) if is_scale else ()
        if scales and (max(scales) >= 1000 or list(items[at:]) in ([], ["rưỡi"])):
            return scales
    return ()


def is_whole(reading: Range) -> bool:
    """Whether both ends are whole numbers that are written as such."""
    return all(end == end.to_integral_value() and end.as_tuple().exponent == 0 for end in reading)
