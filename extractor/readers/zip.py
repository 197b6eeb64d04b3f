"""Zip archives: each file inside is read as what its suffix says."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from extractor.readers.item import Member, Options, Unreadable
from extractor.readers.streams import RATIO_FROM, RATIO_LIMIT, seekable


def members(stream: BinaryIO, source: str, name: str, options: Options) -> Iterator[Member | Unreadable]:
    """The files inside, as `archive.zip!member.txt`. One that cannot be opened is told."""
    with zipfile.ZipFile(seekable(stream)) as archive:
        for info in archive.infolist():
            inside = f"{source}!{info.filename}"
            if info.is_dir():
                continue
            if info.file_size > RATIO_FROM and info.file_size > RATIO_LIMIT * max(info.compress_size, 1):
                yield Unreadable(inside, f"unpacks to more than {RATIO_LIMIT} times its size (a packed bomb)")
                continue
            try:
                with archive.open(info) as member:
                    yield Member(inside, info.filename, cast("BinaryIO", member))
            except (
                RuntimeError,
                NotImplementedError,
            ) as e:  # encrypted, or packed in a way that Python does not know
                yield Unreadable(inside, str(e))
