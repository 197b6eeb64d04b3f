"""Rows of tables as items: which column is which, guessed from the usual names where it is not told."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from extractor.readers.item import Columns, Item, Options, Unreadable, iso_date

_USUAL = {
    "text": ("content", "text", "body", "article", "article_text", "content_text", "noi_dung", "noidung"),
    "id": ("id", "article_id", "doc_id", "news_id", "uuid", "ma", "ma_bai"),
    "url": ("url", "link", "uri", "href", "article_url", "duong_dan"),
    "date": (
        "published",
        "date",
        "published_at",
        "publish_date",
        "pub_date",
        "published_date",
        "publishdate",
        "ngay_dang",
        "ngay",
    ),
    "title": ("title", "headline", "tieu_de", "tieude"),
    "newspaper": ("newspaper", "publisher", "site_name", "bao"),
}


class NoTextColumnError(Exception):
    """A table whose text column is not plain; the message names the columns it has."""


def _plain(name: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("Đ", "D").strip().casefold().replace(" ", "_").replace("-", "_")


def choose(columns: Columns, names: Iterable[str]) -> Columns:
    """The columns of a table by its column names. Raises NoTextColumnError, which names what there is."""
    names = list(names)
    by_plain = {_plain(name): name for name in reversed(names)}

    def pick(what: str, told: str | None) -> str | None:
        if told is not None:
            return told if told in names else None
        return next((by_plain[usual] for usual in _USUAL[what] if usual in by_plain), None)

    chosen = Columns(**{what: pick(what, getattr(columns, what)) for what in _USUAL})
    if chosen.text is None:
        asked = f"no column {columns.text!r}" if columns.text else "no column that is plainly the text"
        raise NoTextColumnError(
            f"{asked}; there are: {', '.join(names[:20])} (choose one with --text-column)"
        )
    return chosen


def item(row: Mapping[str, Any], columns: Columns, place: str, options: Options) -> Item | Unreadable:
    """One row as an item. `place` is its source where the row has no id and no URL of its own:
    `file.jsonl#12`.
    """

    def told(name: str | None) -> str | None:
        value = row.get(name) if name else None
        return str(value).strip() or None if value is not None else None

    text = row.get(columns.text or "")
    if not isinstance(text, str):
        kind = "is empty" if text is None else f"holds {type(text).__name__}, not text"
        return Unreadable(place, f"the column {columns.text!r} {kind}")
    body = text.encode("utf-8", "surrogatepass")
    if len(body) > options.article_limit:
        return Unreadable(
            place, f"more than {options.article_limit / 1e6:g} MB, too long for one article (--max-size)"
        )
    url = told(columns.url)
    return Item(
        source=told(columns.id) or url or place,
        body=body,
        decoded=True,
        url=url,
        title=told(columns.title),
        published=iso_date(row.get(columns.date)) if columns.date else None,
        newspaper=told(columns.newspaper),
    )
