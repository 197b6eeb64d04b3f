"""What a rule module gets and what it gives: `find(reading) -> Iterator[Mention]`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mention:
    """One place of the folded text that a rule has read.

    `start`, `end`: code points of the folded text, end exclusive. `fields`: what the rule read,
    normalised. `parts`: spans of the folded text that a field was read from, by field name.
    """

    kind: str
    start: int
    end: int
    rule: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    parts: Mapping[str, Span] = field(default_factory=dict)


def _no_words(start: int, end: int) -> tuple[Span, ...]:
    raise LookupError("this reading has no word segmenter")


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as the rules see it.

    `text`: the folded text (NFC, tone marks in the old place, one kind of space). `sentences`:
    their spans in order; they never cross a line end. `title`: the span of the title, empty where there is none.
    `published`: ISO date, or its known part: `2024-11-05`, `2024-11`.
    `words(start, end)`: spans of the words of one sentence, segmented on demand (costly: about 0.5 ms).
    """

    text: str
    sentences: tuple[Span, ...]
    title: Span = (0, 0)
    published: str | None = None
    newspaper: str | None = None
    words: Callable[[int, int], tuple[Span, ...]] = _no_words

    def sentence_at(self, at: int) -> Span:
        """The sentence that holds the offset, or the nearest one before it."""
        return self.sentences[self.sentence_index(at)] if self.sentences else (0, len(self.text))

    def sentence_index(self, at: int) -> int:
        """The number of the sentence that holds the offset, or of the nearest one before it."""
        return max(bisect_left(self.sentences, (at + 1,)) - 1, 0)


@dataclass(frozen=True, slots=True)
class Link:
    """What a link module read for one figure: values of record fields, and the words that they were read from.

    `evidence`: spans of the folded text by field name; a field that was not read from words has none.
    """

    fields: Mapping[str, Any]
    evidence: Mapping[str, Span] = field(default_factory=dict)
