"""Laws for bytes: whatever a file holds, a reader tells it and goes on; decoding fails only as it says it may."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Callable

from hypothesis import strategies as st

from benchmarks.writing import WAYS
from extractor.readers import Item, Options, PassedOver, Unreadable, encodings, read_stream
from extractor.readers.document import NoArticle, document
from fuzz import news

Law = Callable[[bytes], None]
PAGE = (
    "<html><head><meta charset=utf-8><title>{0}</title></head><body><article><h1>{0}</h1><p>{0} Thu ngân sách của huyện"
    " đạt cao hơn nhiều so với chỉ tiêu được giao từ đầu năm, lãnh đạo huyện cho biết.</p></article></body></html>"
)


def _zip(text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/1.txt", text)
        archive.writestr("2.jsonl", json.dumps({"content": text}))
    return out.getvalue()


def _tar(text: str) -> bytes:
    out, data = io.BytesIO(), text.encode()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name in ("1.txt", "../2.txt"):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def _csv(text: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["id", "content", "date"], ["1", text, "5/3/2017"], ["2", text, ""]])
    return out.getvalue().encode()


def _warc(text: str) -> bytes:
    body = PAGE.format(text).encode()
    http = (
        f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    )
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://x.example/1\r\nWARC-Date: 2017-03-05T00:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    ).encode()
    return (head + http + b"\r\n\r\n") * 2


def _parquet(text: str) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.table({"content": [text, text]}), out)
    return out.getvalue()


def _jsonl(text: str) -> bytes:
    return (json.dumps({"id": 1, "content": text, "url": "u"}, ensure_ascii=False) + "\n").encode() * 3


MADE: dict[str, Callable[[str], bytes]] = {
    "a.txt": str.encode,
    "a.html": lambda text: PAGE.format(text).encode(),
    "a.jsonl": _jsonl,
    "a.csv": _csv,
    "a.warc": _warc,
    "a.warc.gz": lambda text: gzip.compress(_warc(text)),
    "a.zip": _zip,
    "a.tar": _tar,
    "a.tar.gz": lambda text: gzip.compress(_tar(text)),
    "a.jsonl.gz": lambda text: gzip.compress(_jsonl(text)),
    "a.jsonl.bz2": lambda text: bz2.compress(_jsonl(text)),
    "a.txt.xz": lambda text: lzma.compress(text.encode()),
    "a.parquet": _parquet,
}

PUT_IN = st.one_of(
    st.binary(max_size=6),
    st.sampled_from([b'"', b"\0", b"\n", b"\xed\xa0\x80", b"\xff\xfe", b"{", b"\\u", b"\\ud800"]),
)


@st.composite
def spoiled(draw: st.DrawFn, made: Callable[[str], bytes]) -> bytes:
    """A file of a format with bytes changed, put in, left out, or cut off."""
    data = bytearray(made(draw(news.SHORT).encode("utf-8", "replace").decode()))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, max(len(data) - 1, 0)))
        match draw(st.sampled_from(["change", "put in", "leave out", "cut", "repeat"])):
            case "change":
                data[at : at + 1] = bytes([draw(st.integers(0, 255))])
            case "put in":
                data[at:at] = draw(PUT_IN)
            case "leave out":
                del data[at : at + draw(st.integers(1, 20))]
            case "cut":
                del data[at:]
            case _:
                data += data[at : at + 200]
    return bytes(data)


def reading(name: str) -> Law:
    """Whatever the bytes of a file, all that is found is an article, a told failure, or passed over."""

    def law(data: bytes) -> None:
        stream = io.BufferedReader(io.BytesIO(data))  # type: ignore[type-var]
        for found in read_stream(stream, name, name, Options(article_limit=100_000)):
            if isinstance(found, Item):
                _document(found)
            else:
                assert isinstance(found, PassedOver) or (isinstance(found, Unreadable) and found.reason)

    return law


def _document(item: Item) -> None:
    try:
        text = document(item).text
    except (NoArticle, encodings.Undecodable) as e:
        assert str(e)  # noqa: PT017  what is told is what counts
        return
    assert "\0" not in text.encode().decode()


def decoding(data: bytes) -> None:
    """Bytes are text with the name of an encoding, or Undecodable."""
    try:
        assert encodings.decode(data).encoding
    except encodings.Undecodable:
        return


TARGETS: dict[str, tuple[Law, st.SearchStrategy[bytes]]] = {
    **{f"reader:{name}": (reading(name), spoiled(made)) for name, made in MADE.items()},
    "encodings": (
        decoding,
        st.one_of(st.binary(max_size=400), *(spoiled(write) for _, _, write in WAYS.values())),
    ),
}
"""The formats and what is read of them."""
