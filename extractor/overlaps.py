"""Overlapping mentions -> one. The policy is the ordered list POLICY: the first line that decides, decides.

Only mentions of the same shape compete: a place inside an official stays. A figure that stands whole inside one of
another kind stays too: "476.158 (chiếm 23,46%) hộ" is a count and a share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rules.base import Mention

Choice = Callable[[Mention, Mention], Mention | None]


def longer(a: Mention, b: Mention) -> Mention | None:
    """The mention that covers more of the text: "1 tỷ 200 triệu đồng" before "200 triệu đồng"."""
    x, y = a.end - a.start, b.end - b.start
    return None if x == y else (a if x > y else b)


def earlier(a: Mention, b: Mention) -> Mention | None:
    """The one that begins first."""
    return None if a.start == b.start else (a if a.start < b.start else b)


def by_kind(a: Mention, b: Mention) -> Mention | None:
    """Of two readings of one span the kind that comes first in the alphabet, so that no order of rules matters."""
    return None if (a.kind, a.rule) == (b.kind, b.rule) else (a if (a.kind, a.rule) < (b.kind, b.rule) else b)


POLICY: tuple[Choice, ...] = (longer, earlier, by_kind)


def _better(a: Mention, b: Mention) -> Mention:
    for choice in POLICY:
        if (winner := choice(a, b)) is not None:
            return winner
    return a


def settle(mentions: Iterable[Mention], shape: Callable[[str], str]) -> tuple[Mention, ...]:
    """The mentions of which none overlaps another of the same shape, in the order of the text.

    `shape` tells the shape of a kind; officials may share a name and so may overlap one another.
    """
    kept: list[Mention] = []
    last: dict[str, Mention] = {}
    for m in sorted(mentions, key=lambda m: (m.start, -m.end, m.kind, m.rule)):
        lane = shape(m.kind)
        if lane == "official":
            kept.append(m)
            continue
        before = last.get(lane)
        if before is not None and m.start < before.end:
            if m.kind != before.kind and before.start < m.start and m.end < before.end:
                kept.append(m)
                continue
            winner = _better(before, m)
            if winner is before:
                continue
            kept.remove(before)
        kept.append(m)
        last[lane] = m
    return tuple(kept)
