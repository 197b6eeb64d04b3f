"""JSONL: an object a line is an article. A broken line costs itself."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from extractor.readers import encodings, rows
from extractor.readers.item import Columns, Options, Reading, Unreadable

ESCAPES = 6
"""Bytes that JSON may spend on one byte of text (\\u00e0 for one letter)."""


def read(stream: BinaryIO, source: str, options: Options) -> Reading:
    """The articles of the lines; a line that is no object, or has no text, is told with its number."""
    columns: dict[tuple[str, ...], Columns] = {}
    for number, line in _lines(stream, options.article_limit * ESCAPES):
        place = f"{source}#{number}"
        if line is None:
            yield Unreadable(place, f"the line has more than {options.article_limit * ESCAPES / 1e6:g} MB")
            continue
        if not line.strip():
            continue
        try:
            row = _object(line)
            names = tuple(row)
            if names not in columns:
                columns = (
                    {**columns, names: rows.choose(options.columns, names)}
                    if len(columns) < 100
                    else {names: rows.choose(options.columns, names)}
                )
            yield rows.item(row, columns[names], place, options)
        except (ValueError, rows.NoTextColumnError) as e:
            yield Unreadable(place, str(e))


def _object(line: bytes) -> dict[str, Any]:
    """A line as an object. Raises ValueError that says what is wrong."""
    try:
        value = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as e:
        try:  # an old encoding, or lone surrogates, which msgspec refuses
            value = json.loads(encodings.decode(line).text)
        except (ValueError, RecursionError):
            raise ValueError(f"not JSON: {e}") from None
    if not isinstance(value, dict):
        raise ValueError(f"a line must hold an object, this one holds {type(value).__name__}")
    return value


def _lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines, None for one that is too long (it is read past, not kept)."""
    number, reader = 0, _utf8(stream)
    while line := reader.readline(limit):
        number += 1
        if len(line) == limit and not line.endswith(b"\n"):
            while (rest := reader.readline(limit)) and not rest.endswith(b"\n"):
                pass
            yield number, None
            continue
        yield number, line.removeprefix(codecs.BOM_UTF8) if number == 1 else line


def _utf8(stream: BinaryIO) -> Any:
    """The stream as UTF-8 bytes: UTF-16 is recognised by its byte order mark."""
    head = stream.peek(2)[:2] if hasattr(stream, "peek") else b""
    if head in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return codecs.EncodedFile(stream, "utf-8", "utf-16", errors="replace")
    return stream
