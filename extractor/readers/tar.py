"""Tar archives (also .tar.gz, .tar.zst, .tgz), read as a stream: nothing is unpacked to disk."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from extractor.readers.item import Member, Options, Unreadable


def members(stream: BinaryIO, source: str, name: str, options: Options) -> Iterator[Member | Unreadable]:
    """The files inside, as `archive.tar!member.txt`. Links and names that lead out of the archive are
    refused and told.
    """
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for info in archive:
            inside = f"{source}!{info.name}"
            if info.isdir():
                continue
            if not info.isfile():
                yield Unreadable(inside, "a link or a device, not a file: refused")
            elif PurePosixPath(info.name).is_absolute() or ".." in PurePosixPath(info.name).parts:
                yield Unreadable(inside, "a name that leads out of the archive: refused")
            else:
                yield Member(inside, info.name, cast("BinaryIO", archive.extractfile(info)))
            archive.members = []  # type: ignore[attr-defined]  # tarfile keeps every header, a large archive has millions
