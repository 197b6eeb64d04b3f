"""What the service does with an article that it is given: bytes in, bytes out, in a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

import msgspec

from extractor.article import Article, read_article
from extractor.pages.bounded import RefusedError
from extractor.pages.view import view
from extractor.pipeline import Extraction, extract
from extractor.records import to_json
from extractor.verify import InputError, Library, run
from extractor.verify.claims import claim
from extractor.verify.report import missed_row, row


class Given(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An article as a request gives it."""

    text: str
    source: str | None = None
    url: str | None = None
    published: str | None = None
    newspaper: str | None = None


class Upload(msgspec.Struct, frozen=True):
    """A file that was sent, and the navigation that the page is to have."""

    name: str
    body: bytes
    published: str | None = None
    navigation: str = ""


class ToCheck(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Records of any producer, and the articles that they were taken from."""

    records: list[dict[str, Any]]
    articles: list[Given]


def told(article: Article) -> dict[str, Any]:
    """What an answer says of an article beside its records."""
    return {
        "id": article.id,
        "source": article.source,
        "title": article.title,
        "published": article.published,
        "newspaper": article.newspaper,
        "byline": article.byline,
        "url": article.url,
        "characters": len(article.text),
    }


def _extract(given: Given) -> Extraction:
    if not given.text.strip():
        raise RefusedError("the text is empty: give the article in 'text'")
    return extract(
        given.text, given.source, url=given.url, published=given.published, newspaper=given.newspaper
    )


def _records(payload: bytes) -> bytes:
    found = _extract(msgspec.json.decode(payload, type=Given))
    head = msgspec.json.encode(told(found.article))
    return b'{"article":' + head + b',"records":[' + b",".join(map(to_json, found.records)) + b"]}"


def _view(payload: bytes) -> bytes:
    from extractor.readers.document import NoArticle, document
    from extractor.readers.encodings import Undecodable
    from extractor.readers.item import Item

    upload = msgspec.msgpack.decode(payload, type=Upload)
    page = PurePosixPath(upload.name).suffix.casefold() in (".html", ".htm", ".xhtml")
    try:
        read = document(Item(upload.name, upload.body, form="html" if page else "txt"))
    except (NoArticle, Undecodable) as e:
        raise RefusedError(f"{e}; paste the text of the article, or upload a text or HTML file") from None
    found = extract(
        read.text,
        upload.name or None,
        url=read.url,
        published=upload.published or read.published,
        newspaper=read.newspaper,
    )
    return view([found], navigation=upload.navigation).encode()


def _check(payload: bytes) -> bytes:
    given = msgspec.json.decode(payload, type=ToCheck)
    if not given.records or not given.articles:
        raise RefusedError("give at least one record in 'records' and its article in 'articles'")
    articles = [
        read_article(a.text, a.source, url=a.url, published=a.published, newspaper=a.newspaper)
        for a in given.articles
    ]
    try:
        claims = [claim(i, f"record {i}", fields) for i, fields in enumerate(given.records, 1)]
        report = run(claims, Library(articles))
    except InputError as e:
        raise RefusedError(str(e)) from None
    answer = {
        "counts": report.counts,
        "findings": [row(f) for f in report.findings],
        "missed": [missed_row(m) for m in report.missed],
    }
    return msgspec.json.Encoder(decimal_format="number").encode(answer)


JOBS: dict[str, Callable[[bytes], bytes]] = {"extract": _records, "view": _view, "check": _check}
