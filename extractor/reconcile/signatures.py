"""MinHash signatures: how much two texts have in common, told without the texts.

A text is the set of its shingles, three words in a row. A signature is 128 numbers of 16 bits; the share of equal
ones estimates the share of shingles in common (a standard error of 0.04 at the half). `rensa` makes them: it is
a sixth of datasketch's time, needs neither SciPy nor a second to load, and names the version of its hashes.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import regex
from numpy.typing import NDArray

from extractor.folding import fold

WORDS = 3
"""Words in a shingle."""

PERMUTATIONS = 128
BANDS, ROWS = 24, 4
"""Two texts that have half of their shingles in common share one of the bands in four cases of five, with two
thirds in 99 of 100; with a tenth in common in one of four hundred."""

SHORTEST = 20
"""Shingles below which a text is too short to be told from others by them."""

SEED = 42


@cache
def method() -> str:
    """How signatures are made: those of another method say nothing beside them."""
    from rensa import RMinHash

    return f"rensa {RMinHash.ALGORITHM_VERSION}, {WORDS} words, {PERMUTATIONS} of {SEED}, {BANDS} x {ROWS}"


class Signature(NamedTuple):
    """`shingles`: how many different ones the text has; `text`: the signature; `bands`: what it is found by."""

    shingles: int
    text: str
    bands: tuple[int, ...]


def signature(text: str) -> Signature:
    """The signature of a text; that of a short one is empty and has no bands."""
    from rensa import RMinHash

    words = _words().findall(fold(text).text.casefold())
    shingles = {" ".join(words[i : i + WORDS]) for i in range(len(words) - WORDS + 1)}
    if len(shingles) < SHORTEST:
        return Signature(len(shingles), "", ())
    made = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    made.update(list(shingles))
    numbers = np.array(made.digest(), dtype="<u4")
    packed = base64.b64encode((numbers & 0xFFFF).astype("<u2").tobytes()).decode()
    return Signature(len(shingles), packed, tuple(_bands(numbers)))


@cache
def _words() -> regex.Pattern[str]:
    return regex.compile(r"[\w%]+(?:[.,]\d+)*")


def _bands(numbers: NDArray[np.uint32]) -> Iterator[int]:
    """Hashes of the bands as integers of 32 bits with a sign, which every database has."""
    for i in range(BANDS):
        part = numbers[i * ROWS : (i + 1) * ROWS].tobytes()
        yield zlib.crc32(part, i) - 2**31


def unpack(text: str) -> NDArray[np.uint16]:
    """A signature as numbers, out of its text."""
    return np.frombuffer(base64.b64decode(text), dtype="<u2")


def common(one: NDArray[np.uint16], others: Sequence[NDArray[np.uint16]]) -> list[float]:
    """The estimated share of shingles that a text has in common with each of the others."""
    shares = (np.stack(others) == one).mean(axis=1)
    return [float(share) for share in shares]
