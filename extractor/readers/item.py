"""What the readers hand on: items (an article's raw content), members (a file inside a file), and what
cannot be read.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO, Literal

import msgspec

ARTICLE_LIMIT = 1_500_000
"""Bytes that one article may have: 500 times the usual length, and a worker stays below 400 MB."""


class Item(msgspec.Struct, frozen=True, array_like=True):
    """One article as it lies in its container, not decoded yet.

    `body` is the content, `decoded` tells that it was a string (of a table) and is UTF-8 here. `charset` is
    what the container says of the encoding (an HTTP header), a hint only.
    """

    source: str
    body: bytes
    form: Literal["txt", "html"] = "txt"
    decoded: bool = False
    url: str | None = None
    title: str | None = None
    published: str | None = None
    newspaper: str | None = None
    byline: str | None = None
    charset: str | None = None

    def fingerprint(self, settings: str = "") -> str:
        """Changes when anything changes that the records may depend on; `settings` are those of the run."""
        told = (
            self.form,
            self.url,
            self.title,
            self.published,
            self.newspaper,
            self.byline,
            self.charset,
            settings,
        )
        digest = hashlib.sha256(self.body)
        digest.update(repr(told).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file, a member or a row that gives no article, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file of a kind that holds no articles (a picture, a style sheet)."""

    source: str


@dataclass(frozen=True, slots=True)
class Member:
    """A stream inside a container. `name` tells its format by its suffix, `source` is what records say."""

    source: str
    name: str
    stream: BinaryIO


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of tables (JSONL, CSV, Parquet) that hold the text and what is known of an article; None
    is guessed.
    """

    text: str | None = None
    id: str | None = None
    url: str | None = None
    date: str | None = None
    title: str | None = None
    newspaper: str | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """What the readers are told: columns of tables, bytes that one article may have."""

    columns: Columns = field(default_factory=Columns)
    article_limit: int = ARTICLE_LIMIT


Found = Item | Unreadable | PassedOver
Reading = Iterator[Found]


def iso_date(value: object) -> str | None:
    """A date of a table as ISO (`2017-03-05`, or its known part), None where it is not plainly one."""
    if isinstance(value, date):
        return value.isoformat()[:10]
    text = str(value).strip() if isinstance(value, str) else ""
    if m := re.match(r"((?:19|20)\d\d)(?:-(\d\d)(?:-(\d\d))?)?(?!\d)", text):
        return "-".join(p for p in m.groups() if p)
    if m := re.match(r"(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)(?!\d)", text):  # 5/3/2017: day first
        day, month = int(m[1]), int(m[2])
        return f"{m[3]}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else None
    return None
