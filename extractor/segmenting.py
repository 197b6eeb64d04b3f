"""Vietnamese words by underthesea, the one file that knows its traps.

It gives no offsets, rewrites spellings unless told not to, and sets up the root logger when imported.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from typing import Any

Span = tuple[int, int]


@cache
def _word_tokenize() -> Callable[..., list[str]]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    from underthesea import word_tokenize

    root.handlers[:], root.level = handlers, level
    tokenize: Callable[..., Any] = word_tokenize
    return tokenize


def words(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Spans of the words of `text[start:end]` (code points of `text`); meant for one sentence.

    Raises ValueError when the segmenter's words do not stand in the text in their order.
    """
    spans: list[Span] = []
    at = start
    for word in _word_tokenize()(text[start:end], use_token_normalize=False):
        first, *rest = word.split()
        begin = text.find(first, at, end)
        if begin < 0:
            raise ValueError(f"the word {word!r} does not stand in the text behind offset {at}")
        stop = begin + len(first)
        for part in rest:
            stop = text.find(part, stop, end) + len(part)
        spans.append((begin, stop))
        at = stop
    return tuple(spans)
