"""WARC files of web archives: each HTML or text response is a page."""

from __future__ import annotations

import io
from typing import BinaryIO, Literal

from extractor.readers.item import Item, Options, Reading, Unreadable


def read(stream: BinaryIO, source: str, options: Options) -> Reading:
    """The pages, as `crawl.warc.gz!https://…`; pictures, style sheets and error answers are passed over."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    count = 0
    try:
        for record in ArchiveIterator(
            _Forward(stream), record_types=WarcRecordType.response, parse_http=True, stream_detect=False
        ):
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
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as e:  # fastwarc's errors for a broken file are its own, its panics no Exception
        yield Unreadable(source, f"not readable as WARC behind page {count}: {e}")


class _Forward:
    """A stream that only goes forward: fastwarc asks where it stands, which an unpacked stream cannot say."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._at = stream, 0

    def read(self, size: int = -1) -> bytes:
        # what a cut file still gives before its end is wanted: read1 hands it on, read would lose it to the
        # error
        data = (
            self._stream.read1(size)
            if isinstance(self._stream, io.BufferedReader)
            else self._stream.read(size)
        )
        self._at += len(data)
        return data

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        raise OSError("this stream only goes forward")
