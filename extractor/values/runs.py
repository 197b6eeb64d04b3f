"""Number tokens that stand together in a text, and what they may mean as one number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from extractor.values.numbers import evaluate
from extractor.values.patterns import token
from extractor.values.words import DIGITS, SCALES, SHORT_SCALES

Range = tuple[Decimal, Decimal]

_LONGEST = 24
"""Tokens that one number may have: enough for any written out in full."""


class Run(NamedTuple):
    """Number tokens that belong together, before their unit is known.

    `scale`: the largest; `items`: the tokens; `unit`: that of the first end of a range, where the other has none.
    """

    start: int
    end: int
    readings: tuple[Range, ...]
    scale: int
    items: tuple[str, ...]
    unit: str | None = None

    @property
    def digits(self) -> bool:
        """Whether it begins with digits."""
        return self.items[0][0].isdigit()

    @property
    def shared(self) -> tuple[int, ...]:
        """The scales that the other end of a range may leave out ("15-16 ngàn tỷ")."""
        return _shared(self.items)


def runs(text: str) -> Iterator[Run]:
    """Tokens that stand together and make a number, in the order of the text."""
    tokens: list[re.Match[str]] = []
    for m in token().finditer(text):
        if tokens and (
            len(tokens) == _LONGEST
            or text[tokens[-1].end() : m.start()].strip(" ")
            or not _continues(tokens, m)
        ):
            if run := _run(tokens):
                yield run
            tokens = []
        tokens.append(m)
    if tokens and (run := _run(tokens)):
        yield run


def _mixed(tokens: Sequence[re.Match[str]]) -> bool:
    """Whether a number began with digits, and is not at its places in words ("5 phẩy hai")."""
    return tokens[0]["number"] is not None and not any(t["word"] == "phẩy" for t in tokens)


def _continues(tokens: Sequence[re.Match[str]], m: re.Match[str]) -> bool:
    """Whether a token goes on with a number; not where that began with digits: "20 tỷ năm 2016", the year begins."""
    before, number, word = tokens[-1], m["number"], m["word"]
    if number:
        if before["word"] == "phẩy":
            return bool(number.isdecimal())
        scale = SCALES.get(before["word"], 1)
        return scale >= 1000 or (scale == 100 and len(number) == 2)  # 1 trăm 20 nghìn
    return word in SCALES or word in ("rưỡi", "phẩy") or not (before["number"] or _mixed(tokens))


def _run(tokens: list[re.Match[str]]) -> Run | None:
    items = tuple([t.group() for t in tokens])
    if items[0] in SHORT_SCALES:
        return None
    readings: tuple[Range, ...]
    first, second = (DIGITS.get(i) for i in items[:2]) if len(items) > 1 else (None, None)
    if first and second and items[1] not in ("lăm", "nhăm", "mốt", "tư") and second - first in (1, 2):
        low, high = evaluate((items[0], *items[2:])), evaluate(items[1:])  # "hai ba triệu"
        readings = tuple(zip(low[:1], high[:1], strict=False))
    else:
        readings = tuple([(v, v) for v in evaluate(items)])
    if not readings:
        return None
    scale = max([SCALES.get(i, 1) for i in items])
    return Run(tokens[0].start(), tokens[-1].end(), readings, scale, items)


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
    return all(end.as_tuple().exponent == 0 for end in reading)
