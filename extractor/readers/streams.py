"""Streams that keep bounds: unpacked size and ratio, seekable copies, progress."""

from __future__ import annotations

import contextlib
import io
import tempfile
from collections.abc import Callable
from typing import IO, Any, BinaryIO, cast

RATIO_LIMIT = 250
"""Unpacked bytes a packed byte may give. News packs 3 to 20 times; gzip's most, 1,030, is a bomb."""

RATIO_FROM = 64_000_000
"""Below this unpacked size no ratio is a danger."""

SPOOL_LIMIT = 4_000_000_000
"""Bytes of a member that has to be copied to disk because its format needs seeking (Parquet or zip inside
an archive).
"""

SPOOL_MEMORY = 8_000_000


class BoundError(Exception):
    """A stream grew beyond its bounds; the message says which."""


class Counted(io.RawIOBase):
    """A binary file that tells how far it was read: `progress` gets the number of new bytes."""

    def __init__(self, file: BinaryIO, progress: Callable[[int], None]) -> None:
        """`progress` is called with the number of bytes that were not read before."""
        self._file, self._progress, self._furthest = file, progress, 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """Whether the file can seek."""
        return self._file.seekable()

    def seek(self, offset: int, whence: int = 0) -> int:
        """As of a file."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """As of a file."""
        return self._file.tell()

    def readinto(self, buffer: Any) -> int:
        """As of a file."""
        count = cast("Any", self._file).readinto(buffer) or 0
        at = self._file.tell()
        if at > self._furthest:
            self._progress(at - self._furthest)
            self._furthest = at
        return int(count)


class Unpacked(io.RawIOBase):
    """An unpacked stream that refuses to grow out of proportion to its packed one."""

    def __init__(self, stream: IO[bytes], packed: Callable[[], int]) -> None:
        """`packed` tells the bytes that were read of the packed stream."""
        self._stream, self._packed, self._count = stream, packed, 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """As of a file."""
        # read would lose what a cut file still gives to the error at its end
        data = getattr(self._stream, "read1", self._stream.read)(len(buffer))
        self._count += len(data)
        if self._count > RATIO_FROM and self._count > RATIO_LIMIT * max(self._packed(), 1):
            raise BoundError(f"unpacks to more than {RATIO_LIMIT} times its size (a packed bomb)")
        buffer[: len(data)] = data
        return len(data)


def buffered(raw: io.RawIOBase) -> BinaryIO:
    """The raw stream with a buffer of 128 KB."""
    return io.BufferedReader(raw, 1 << 17)


def seekable(stream: BinaryIO) -> BinaryIO:
    """The stream itself where it can seek, else a copy on disk that is gone when it is closed."""
    with contextlib.suppress(AttributeError):  # a member of a streamed tar does not even know that it cannot
        if stream.seekable():
            return stream
    copy = tempfile.SpooledTemporaryFile(max_size=SPOOL_MEMORY)  # noqa: SIM115
    size = 0
    while data := stream.read(1 << 20):
        size += len(data)
        if size > SPOOL_LIMIT:
            copy.close()
            raise BoundError(f"has more than {SPOOL_LIMIT // 10**9} GB unpacked")
        copy.write(data)
    copy.seek(0)
    return cast("BinaryIO", copy)


def read_limited(stream: IO[bytes], limit: int) -> bytes:
    """All of a stream. Raises BoundError when it has more than `limit` bytes."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise BoundError(f"more than {limit / 1e6:g} MB, too long for one article (--max-size)")
    return data
