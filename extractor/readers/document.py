"""An item -> a document: decoded, taken out of its page, ready for `extract`. Runs in the workers."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extractor.readers import encodings, html
from extractor.readers.item import Item, iso_date


@dataclass(frozen=True, slots=True)
class Document:
    """An article's text and what its container tells of it."""

    text: str
    source: str
    encoding: str
    url: str | None = None
    title: str | None = None
    published: str | None = None
    newspaper: str | None = None
    byline: str | None = None


class NoArticle(ValueError):  # noqa: N818  an answer, not a fault
    """An item that holds no article; the message says why."""


def document(item: Item) -> Document:
    """Decode an item. Raises NoArticle, or encodings.Undecodable."""
    if item.decoded:
        decoded = encodings.Decoded(item.body.decode("utf-8", "surrogatepass"), "utf-8")
    else:
        charset = item.charset or (html.declared_charset(item.body) if item.form == "html" else None)
        decoded = encodings.decode(item.body, charset)
    text = storable(decoded.text)
    if item.form == "html":
        return _of_page(item, text, decoded.encoding)
    if not text.strip():
        raise NoArticle("empty: there is no text")
    return Document(
        text, item.source, decoded.encoding, item.url, item.title, item.published, item.newspaper, item.byline
    )


def _of_page(item: Item, page: str, encoding: str) -> Document:
    if not page.strip():
        raise NoArticle("empty: there is no page")
    found = html.take_out(page, item.url)
    if found is None:
        raise NoArticle("the page holds no article text")
    return Document(
        text=storable(found.text),
        source=item.source,
        encoding=encoding,
        url=item.url or found.url,
        title=item.title or found.title,
        published=item.published or iso_date(found.published),
        newspaper=item.newspaper or found.newspaper,
        byline=item.byline or found.byline,
    )


def storable(text: str) -> str:
    """The text with what no database and no file can hold, NUL and lone surrogates, as U+FFFD: the length
    stays.
    """
    return regex.sub(r"[\x00\ud800-\udfff]", "\ufffd", text)
