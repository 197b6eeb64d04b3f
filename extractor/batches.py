"""Items in lists that are dealt with together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def batches(items: Iterable[T], size: Callable[[T], int], most: int, total: int) -> Iterator[list[T]]:
    """The items in their order in lists of at most `most`, whose sizes add up to no more than `total`.

    An item that is larger makes a list of its own.
    """
    batch: list[T] = []
    held = 0
    for item in items:
        more = size(item)
        if batch and (len(batch) == most or held + more > total):
            yield batch
            batch, held = [], 0
        batch.append(item)
        held += more
    if batch:
        yield batch
