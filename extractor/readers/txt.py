"""Plain text: a file is an article."""

from __future__ import annotations

from typing import BinaryIO

from extractor.readers.item import Item, Options, Reading
from extractor.readers.streams import read_limited


def read(stream: BinaryIO, source: str, options: Options) -> Reading:
    """The one article of a text file."""
    yield Item(source, read_limited(stream, options.article_limit))
