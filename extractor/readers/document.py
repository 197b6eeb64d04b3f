"""An item -> a document: decoded, taken out of its page, ready for `extract`. Runs in the workers."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
import regex

from extractor.readers import encodings, html
from extractor.readers.item import Item, iso_date


@dataclass(frozen=True, slots=True)
class Document:
    """An article's text and what its container tells of it."""

    text: str
    source: str
    encoding: str
    confidence: float = 1.0
    """How sure the encoding is, 0 to 1."""
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
        text = item.body.decode("utf-8", "surrogatepass")
        decoded = encodings.repaired(text) or encodings.Decoded(text, "utf-8")
    else:
        charset = item.charset or (html.declared_charset(item.body) if item.form == "html" else None)
        decoded = encodings.decode(item.body, charset)
    text = storable(decoded.text)
    item = _retold(item) if decoded.encoding.startswith("utf-8, mojibake") else item
    if item.form == "html":
        return _of_page(item, text, decoded)
    if not text.strip():
        raise NoArticle("empty: there is no text")
    return Document(
        text,
        item.source,
        decoded.encoding,
        decoded.confidence,
        item.url,
        item.title,
        item.published,
        item.newspaper,
        item.byline,
    )


def _retold(item: Item) -> Item:
    """What a table tells beside a text that was read in the wrong encoding has suffered the same."""
    told = {name: getattr(item, name) for name in ("title", "newspaper", "byline")}
    mended = {name: m.text for name, value in told.items() if value and (m := encodings.repaired(value))}
    return msgspec.structs.replace(item, **mended)


def _of_page(item: Item, page: str, decoded: encodings.Decoded) -> Document:
    if not page.strip():
        raise NoArticle("empty: there is no page")
    if reason := html.too_much(page):
        raise NoArticle(reason)
    found = html.take_out(page, item.url)
    if found is None:
        raise NoArticle("the page holds no article text")
    return Document(
        text=storable(found.text),
        source=item.source,
        encoding=decoded.encoding,
        confidence=decoded.confidence,
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
