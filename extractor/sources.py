"""One article from one file or from standard input, with an error that tells what to do."""

from __future__ import annotations

import sys
from pathlib import Path

LIMIT = 20_000_000
"""Bytes that one article may have: ten thousand times the usual, and still read in seconds."""


class SourceError(Exception):
    """A file that gives no article; the message names the file and what to do."""


def read_text(path: str) -> str:
    """The text of a UTF-8 file (`-` is standard input), line ends untouched.

    Raises SourceError for a missing file, a folder, an empty or too large file, bytes that are not UTF-8 or not text.
    """
    name = "standard input" if path == "-" else path
    data = sys.stdin.buffer.read(LIMIT + 1) if path == "-" else _bytes(Path(path))
    if len(data) > LIMIT:
        raise SourceError(
            f"{name}: more than {LIMIT // 1_000_000} MB, too long for one article; "
            "use 'trichtin bulk' for an archive, or split the file"
        )
    return decode(data, name)


def decode(data: bytes, name: str) -> str:
    """Decode the bytes of an article. A byte order mark is not part of the text. Raises SourceError."""
    if not data.strip():
        raise SourceError(f"{name}: the file is empty; there is nothing to extract")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise SourceError(
            f"{name}: is UTF-16, not UTF-8; convert it (iconv -f UTF-16 -t UTF-8) or use 'trichtin bulk'"
        )
    if b"\0" in data[:4096]:
        raise SourceError(f"{name}: is a binary file, not text; give a UTF-8 text file")
    try:
        return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as e:
        raise SourceError(
            f"{name}: byte {e.start} is not UTF-8; convert the file (iconv -f windows-1258 -t UTF-8), "
            "or use 'trichtin bulk', which recognises old encodings"
        ) from None


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise SourceError(f"{path}: is a folder; name its files, or use 'trichtin bulk {path} --to news.db'")
    try:
        with path.open("rb") as file:
            return file.read(LIMIT + 1)
    except FileNotFoundError:
        raise SourceError(f"{path}: there is no such file; check the name") from None
    except OSError as e:
        raise SourceError(f"{path}: cannot be read ({e.strerror}); check its permissions") from None
