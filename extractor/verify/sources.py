"""An article as the verifier reads it: folded text, sentences, every value with its span."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

import regex

from extractor.article import Article
from extractor.folding import fold
from extractor.reading import sentences
from extractor.values import Value, scan, writes_point

Span = tuple[int, int]


class Source:
    """One article. Spans of its methods are of the folded text; `outer` gives those of the untouched one."""

    def __init__(self, article: Article) -> None:
        """Fold the article; the rest is read when it is first asked for."""
        self.article = article
        self.folded = article.folded
        self.text = self.folded.text

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences in their order, page furniture included."""
        return sentences(self.text, 0, len(self.text))

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """Every value of the article, with and without a unit."""
        return tuple(scan(self.text))

    @cached_property
    def point_is_decimal(self) -> bool:
        """Whether the article writes decimals with a point somewhere ("100.1 tỷ")."""
        return writes_point(self.text)

    def outer(self, span: Span) -> Span:
        """The span of the untouched text."""
        return self.folded.span(*span)

    def inner(self, span: Span) -> Span:
        """The span of the folded text."""
        return self.folded.at(span[0]), self.folded.at(span[1])

    def words_at(self, span: Span) -> str:
        """The article's own words of a folded span."""
        start, end = self.outer(span)
        return self.article.text[start:end]

    def sentence(self, at: int) -> Span:
        """The sentence that holds an offset, or the nearest one before."""
        if not self.sentences:
            return (0, len(self.text))
        return self.sentences[max(bisect_right(self.sentences, (at, len(self.text) + 1)) - 1, 0)]

    def find(self, words: str) -> list[Span]:
        """Where words stand, whatever their spaces and letter case, not inside a longer word or number."""
        parts = [regex.escape(p) for p in fold(words).text.split()]
        if not parts:
            return []
        body = r"\s+".join(parts)
        first, last = fold(words).text.split()[0][0], fold(words).text.split()[-1][-1]
        head = r"(?<![\p{L}\p{M}\d])(?<!\d[.,])" if first.isalnum() else ""
        # the mark of a note may stand behind a word: Gò Công Tây1
        letters = r"(?![\p{L}\p{M}])"
        tail = letters + (r"(?!\d|[.,]\d)" if last.isdigit() else "") if last.isalnum() else ""
        exact = [m.span() for m in regex.finditer(head + body + tail, self.text)]
        return exact or [m.span() for m in regex.finditer(head + body + tail, self.text, regex.IGNORECASE)]

    def values_at(self, span: Span) -> list[Value]:
        """The values that overlap a span."""
        first = max(bisect_right(self._starts, span[0]) - 2, 0)
        found = []
        for value in self.values[first:]:
            if value.start >= span[1]:
                break
            if span[0] < value.end:
                found.append(value)
        return found

    @cached_property
    def _starts(self) -> list[int]:
        return [v.start for v in self.values]

    @cached_property
    def lower(self) -> str:
        """The folded text in lower case, as long as the text itself."""
        low = self.text.lower()
        return low if len(low) == len(self.text) else self.text
