"""Mentions and topics in the order of the text, looked at from a place in it without reading them all."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice
from operator import attrgetter
from typing import Generic, Protocol, TypeVar


class _Placed(Protocol):
    @property
    def start(self) -> int: ...


T = TypeVar("T", bound=_Placed)

# No name of a unit is longer, in code points.
_LONGEST = 200

# How many are looked at from one place: more than any article needs, so that no text costs more than linear time.
_REACH = 200


class InOrder(Generic[T]):
    """Things of a text by their start."""

    def __init__(self, items: Iterable[T]) -> None:
        """`items` in any order."""
        self.items = sorted(items, key=attrgetter("start"))
        self._starts = [item.start for item in self.items]

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.items)

    def back(self, at: int, since: int = 0) -> Iterator[T]:
        """Those that start before an offset, nearest first, down to those that start at `since`."""
        index = bisect_left(self._starts, at)
        for item in islice(reversed(self.items[max(0, index - _REACH) : index]), _REACH):
            if item.start < since:
                return
            yield item

    def ahead(self, at: int, until: int) -> Iterator[T]:
        """Those that start at an offset or behind it, nearest first, before `until`."""
        index = bisect_left(self._starts, at)
        for item in self.items[index : index + _REACH]:
            if item.start >= until:
                return
            yield item

    def around(self, start: int, end: int) -> Iterator[T]:
        """Those that may overlap or touch a stretch, in order; what is longer than any name of a unit is not seen."""
        return self.ahead(start - _LONGEST, end + 1)
