"""What one batch does to a database: decided by what the database holds, the same for every target.

A source stands for one article; two sources with one text share an article, under the source that sorts
first. So neither the order in which articles come nor the number of jobs changes what is held in the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from extractor.schema.rows import Failed, Loaded


@dataclass(frozen=True, slots=True)
class Held:
    """What the database says of an article."""

    source: str
    version: str


@dataclass(frozen=True, slots=True)
class Batch:
    """The last word of a batch on each of its sources."""

    loaded: Mapping[str, Loaded]
    failed: Mapping[str, Failed]

    @property
    def sources(self) -> list[str]:
        """Every source of the batch."""
        return [*self.loaded, *self.failed]


def gather(results: Iterable[Loaded | Failed]) -> Batch:
    """Results as a batch."""
    loaded: dict[str, Loaded] = {}
    failed: dict[str, Failed] = {}
    for result in results:
        if isinstance(result, Loaded):
            loaded[result.source] = result
            failed.pop(result.source, None)
        else:
            failed[result.source] = result
            loaded.pop(result.source, None)
    return Batch(loaded, failed)


def leaving(batch: Batch, held: Mapping[str, str]) -> dict[str, str]:
    """Sources that stand for another article than the one held (`held`: source to article id), with the
    held one.
    """
    return {
        source: article_id
        for source, article_id in held.items()
        if source in batch.failed or batch.loaded[source].id != article_id
    }


def writing(batch: Batch, held: Mapping[str, Held], version: str) -> list[Loaded]:
    """The articles to be written with all their records (`held`: by article id)."""
    chosen: dict[str, Loaded] = {}
    for each in batch.loaded.values():
        if each.id not in chosen or each.source < chosen[each.id].source:
            chosen[each.id] = each
    return [
        each
        for article_id, each in sorted(chosen.items())
        if (there := held.get(article_id)) is None or there.version != version or each.source <= there.source
    ]
