"""Which of the values that are given for one thing stands for it where one is needed: criteria in their order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from extractor.reconcile.agreement import Judgement, Told

CRITERIA: tuple[tuple[str, Callable[[Told], Any]], ...] = (
    ("told by most stories", lambda t: len(t.stories)),
    ("told without a qualifier", lambda t: t.value.qualifier == "exact"),
    ("one value, no range", lambda t: t.value.low == t.value.high),
    ("told last", lambda t: t.last or ""),
    ("told with most digits", lambda t: len(t.value.low.normalize().as_tuple().digits)),
    ("the highest", lambda t: (t.value, t.value.qualifier)),
)


def choose(judged: Judgement) -> tuple[Told, str]:
    """The value that stands for all, and the criterion that settled it: the last one that told values apart."""
    left = list(judged.holding)
    settled = "the only one" if judged.agreement != "revised" else "the revised one"
    for name, criterion in CRITERIA:
        if len(left) == 1:
            break
        best = max(map(criterion, left))
        kept = [t for t in left if criterion(t) == best]
        settled = name if len(kept) < len(left) else settled
        left = kept
    return left[0], settled
