"""Parts of an article as they are folded."""

from __future__ import annotations

from extractor.article import Article
from extractor.folding import fold


def folded(article: Article, start: int, end: int) -> str:
    """The folded text of a span of the untouched text; of an article that folding leaves as it is, the span itself."""
    piece = article.text[start:end]
    return piece if article.text == article.folded.text else fold(piece).text
