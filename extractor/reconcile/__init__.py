"""What an archive knows: `reconcile` makes tables across articles out of the records that `bulk` loaded.

Each step reads what the ones before it made, and writes its own tables in one transaction. A run that is stopped
is done again by the same call; the tables depend on what the database holds, not on the order in which it came.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from extractor.reconcile import claims, people, stories
from extractor.sinks.store import Store, open_store

Counts = Mapping[str, int]


class Step(NamedTuple):
    """One step: what it makes, and the function that makes it and tells how much there is of what."""

    name: str
    run: Callable[[Store], Counts]


STEPS = (
    Step("stories", stories.find),
    Step("claims", claims.find),
    Step("people", people.find),
)


def reconcile(target: str, told: Callable[[str, Counts], None] | None = None) -> dict[str, Counts]:
    """Do all steps on a database that `bulk` filled (sqlite:///…, postgresql://…, duckdb:///…).

    `told` is called with a step's name and counts when it is done. Raises sinks.sink.TargetError for a target that
    cannot be used.
    """
    counts: dict[str, Counts] = {}
    with open_store(target) as store:
        for step in STEPS:
            counts[step.name] = step.run(store)
            if told is not None:
                told(step.name, counts[step.name])
    return counts
