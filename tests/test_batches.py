"""Articles that are read together give what each gives alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import news

from extractor import extract, pipe
from extractor.batches import batches
from extractor.pipeline import BATCH, BATCH_CHARACTERS

ROOT = Path(__file__).parent.parent
TEXTS = [
    path.read_text(encoding="utf-8")
    for folder in ("seeds", "corpus/articles", "benchmarks/articles")
    for path in sorted((ROOT / folder).glob("*.txt"))
]


def test_articles_read_together_give_what_each_gives_alone() -> None:
    texts = [*TEXTS, "", "Không có gì.", *reversed(TEXTS), news(1) * 40]
    assert [e.records for e in pipe(texts)] == [extract(text).records for text in texts]
    assert sum(len(e.records) for e in pipe(texts)) > 100


@pytest.mark.parametrize(
    ("sizes", "together"),
    [
        ([], []),
        ([5], [1]),
        ([10] * (BATCH + 1), [BATCH, 1]),
        ([10, BATCH_CHARACTERS - 10, 1], [2, 1]),
        ([10, BATCH_CHARACTERS * 9, 10, 10], [1, 1, 2]),  # a long article is read by itself
    ],
)
def test_a_batch_is_bounded(sizes: list[int], together: list[int]) -> None:
    found = list(batches(sizes, int, BATCH, BATCH_CHARACTERS))
    assert [len(batch) for batch in found] == together
    assert [size for batch in found for size in batch] == sizes


def test_a_stream_reads_ahead_no_more_than_a_batch() -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield "Huyện Bác Ái có 136 hộ."

    assert next(iter(pipe(endless()))).records
    assert taken <= BATCH + 1
