"""How the cost of some work grows with its text: a ratio within one run, whatever else the machine does."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

_LEAST = 0.005
"""Seconds below which the clock and the fixed part of the work say more than the text."""


def growth(work: Callable[[str], object], token: str, behind: str = "", size: int = 8_000) -> float:
    """How many times as long eight times as long a text takes: linear is 8, quadratic 64.

    The text is `token` again and again, up to `size` code points, with `behind` at its end. Of each length the least
    processor time of three runs counts: what else goes on only adds.
    """

    def seconds(length: int) -> float:
        text = token * (length // len(token)) + behind
        start = process_time()
        work(text)
        return process_time() - start

    seconds(size // 8)
    short, long = (min(seconds(length) for _ in range(3)) for length in (size, 8 * size))
    return long / max(short, _LEAST)
