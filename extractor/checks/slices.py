"""Parts of an article as they are folded."""

from __future__ import annotations

from extractor.article import Article
from extractor.folding import fold


def folded(article: Article, start: int, end: int) -> str:
    """The folded text of a span of the untouched text."""
    return part(article, article.text[start:end])


def part(article: Article, piece: str) -> str:
    """A piece of the untouched text as it is folded: as it stands where folding leaves the article as it is."""
    return piece if article.text == article.folded.text else fold(piece).text
