"""CSV with a head line: a row is an article. Comma, semicolon or tab, told by the head."""

from __future__ import annotations

import codecs
import csv
import io
import sys
from collections.abc import Iterator
from typing import BinaryIO

from extractor.readers import encodings, rows
from extractor.readers.item import Options, Reading, Unreadable


def read(stream: BinaryIO, source: str, options: Options) -> Reading:
    """The articles of the rows; a row that cannot be read is told with its number (the head is none)."""
    csv.field_size_limit(min(options.article_limit * 2, sys.maxsize))
    lines = _text(stream)
    head = lines.readline(1_000_000)
    delimiter = max(",;\t", key=head.count)
    names = [_repaired(name).strip() for name in next(csv.reader([head], delimiter=delimiter), [])]
    columns = rows.choose(options.columns, names)
    for number, row in _rows(csv.reader(lines, delimiter=delimiter)):
        place = f"{source}#{number}"
        if isinstance(row, str):
            yield Unreadable(place, row)
        elif row:
            yield rows.item(dict(zip(names, map(_repaired, row), strict=False)), columns, place, options)


def _rows(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str] | str]]:
    number = 0
    while True:
        number += 1
        try:
            yield number, next(reader)
        except StopIteration:
            return
        except csv.Error as e:
            yield number, f"not CSV: {e}"


def _text(stream: BinaryIO) -> io.TextIOWrapper:
    head = stream.peek(3)[:3] if hasattr(stream, "peek") else b""
    utf16 = head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    # bytes that are not UTF-8 come through as surrogates and are decoded a cell at a time
    return io.TextIOWrapper(
        stream, "utf-16" if utf16 else "utf-8-sig", "replace" if utf16 else "surrogateescape", newline=""
    )


def _repaired(cell: str) -> str:
    try:
        cell.encode("utf-8")
    except UnicodeEncodeError:
        try:
            return encodings.decode(cell.encode("utf-8", "surrogateescape")).text
        except ValueError:
            return cell.encode("utf-8", "replace").decode("utf-8")
    return cell
