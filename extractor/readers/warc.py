"""WARC files of web archives: each HTML or text response is a page."""

from __future__ import annotations

import io
from typing import Any, BinaryIO

from extractor.readers.item import Item, Options, Reading, Unreadable


def read(stream: BinaryIO, source: str, options: Options) -> Reading:
    """The pages, as `crawl.warc.gz!https://…`; pictures, style sheets and error answers are passed over."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    count, forward = 0, _Forward(stream)
    pages = ArchiveIterator(
        forward,
        record_types=WarcRecordType.response,
        parse_http=True,
        stream_detect=False,
        auto_decode="all",
    )
    try:
        for record in pages:
            count += 1
            if _is_page(record):
                yield _item(record, source, count, options)
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as e:  # fastwarc's errors for a broken file are its own, its panics no Exception
        yield Unreadable(source, f"not readable as WARC behind page {count}: {e}")
        return
    if forward.error is not None:
        yield Unreadable(source, f"not readable behind page {count}: {forward.error}")


def _is_page(record: Any) -> bool:
    kind = (record.http_content_type or "").casefold()
    http = record.http_headers
    return (
        http is not None
        and http.status_code == 200
        and kind.startswith(("text/html", "text/plain", "application/xhtml"))
    )


def _item(record: Any, source: str, count: int, options: Options) -> Item | Unreadable:
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>") or None
    inside = f"{source}!{url or count}"
    body = record.reader.read(options.article_limit + 1)
    if len(body) > options.article_limit:
        size = options.article_limit / 1e6
        return Unreadable(inside, f"more than {size:g} MB, too long for one article (--max-size)")
    plain = (record.http_content_type or "").casefold().startswith("text/plain")
    return Item(inside, body, form="txt" if plain else "html", url=url, charset=record.http_charset)


class _Forward:
    """A stream that only goes forward; an error in it is its end, so that what came before is not lost."""

    def __init__(self, stream: BinaryIO) -> None:
        """Where the stream stands is counted here: an unpacked one cannot say, and fastwarc asks."""
        self._stream, self._at = stream, 0
        self.error: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        """The next bytes, none behind an error."""
        try:
            buffered = isinstance(self._stream, io.BufferedReader)
            data = self._stream.read1(size) if buffered else self._stream.read(size)  # type: ignore[attr-defined]
        except Exception as e:
            self.error, data = e, b""
        self._at += len(data)
        return data

    def tell(self) -> int:
        """The bytes that were read."""
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        """Never."""
        raise OSError("this stream only goes forward")

    def close(self) -> None:
        """The stream is closed by who opened it."""
