"""WARC files of web archives: each HTML or text response is a page."""

from __future__ import annotations

from typing import BinaryIO, Literal

from extractor.readers.item import Item, Options, Reading, Unreadable


def read(stream: BinaryIO, source: str, options: Options) -> Reading:
    """The pages, as `crawl.warc.gz!https://…`; pictures, style sheets and error answers are passed over."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    count = 0
    try:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True):
            headers, http = record.headers, record.http_headers
            url = (headers.get("WARC-Target-URI") or "").strip("<>") or None
            kind = (record.http_content_type or "").casefold()
            count += 1
            if (
                http is None
                or http.status_code != 200
                or not kind.startswith(("text/html", "text/plain", "application/xhtml"))
            ):
                continue
            inside = f"{source}!{url or count}"
            body = record.reader.read(options.article_limit + 1)
            if len(body) > options.article_limit:
                yield Unreadable(
                    inside,
                    f"more than {options.article_limit / 1e6:g} MB, too long for one article (--max-size)",
                )
                continue
            form: Literal["txt", "html"] = "txt" if kind.startswith("text/plain") else "html"
            yield Item(inside, body, form=form, url=url, charset=record.http_charset)
    except Exception as e:
        yield Unreadable(source, f"not readable as WARC behind page {count}: {e}")
