"""One packed file: .gz, .zst, .bz2, .xz. What it holds is told by the name without that suffix."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, BinaryIO, cast

from extractor.readers.item import Member, Options
from extractor.readers.streams import Unpacked, buffered


def members(stream: BinaryIO, source: str, name: str, options: Options) -> Iterator[Member]:
    """The one file inside. Its rows keep the name of the packed file: `news.jsonl.gz#12`."""
    yield Member(source, str(PurePosixPath(name).with_suffix("")), unpack(stream, PurePosixPath(name).suffix))


def unpack(stream: BinaryIO, suffix: str) -> BinaryIO:
    """The unpacked stream, bounded in proportion to what was read of the packed one."""
    packed = _Tally(stream)
    return buffered(Unpacked(_opened(cast("BinaryIO", packed), suffix), lambda: packed.count))


def _opened(packed: BinaryIO, suffix: str) -> IO[bytes]:
    match suffix.casefold():
        case ".zst":
            import zstandard

            return cast(
                "IO[bytes]", zstandard.ZstdDecompressor().stream_reader(packed, read_across_frames=True)
            )
        case ".bz2":
            return cast("IO[bytes]", bz2.BZ2File(packed))
        case ".xz":
            return cast("IO[bytes]", lzma.LZMAFile(packed))
        case _:
            return cast("IO[bytes]", gzip.GzipFile(fileobj=packed))


class _Tally:
    """Counts the packed bytes that were read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.count = stream, 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.count += len(data)
        return data

    def seekable(self) -> bool:
        return False

    def readable(self) -> bool:
        return True

    closed = False
