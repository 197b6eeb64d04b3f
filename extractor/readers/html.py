"""HTML pages: the article text, its title, date and author, taken out by trafilatura."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from extractor.readers.item import Item, Options, Reading
from extractor.readers.streams import read_limited


@dataclass(frozen=True, slots=True)
class Page:
    """What a page gave. `text` begins with the title and the lead, which pages set apart from the body."""

    text: str
    title: str | None
    published: str | None
    byline: str | None
    url: str | None
    newspaper: str | None


def read(stream: BinaryIO, source: str, options: Options) -> Reading:
    """The one article of a page; its text is taken out later, in a worker."""
    yield Item(source, read_limited(stream, options.article_limit), form="html")


def declared_charset(data: bytes) -> str | None:
    """The encoding that the page's head names."""
    m = re.search(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", data[:4096], re.IGNORECASE)
    return m[1].decode("ascii", "replace") if m else None


ELEMENTS = 50_000
ATTRIBUTES = 2_000
"""Elements of a page and attributes of one of them, ten times what a page of news has: beyond them the library that
takes articles out needs minutes.
"""


def too_much(page: str) -> str | None:
    """What a page has too much of to be read, None where it has not."""
    elements = sum(1 for _ in re.finditer(r"<[a-zA-Z]", page))
    if elements > ELEMENTS:
        return f"the page has {elements:,} elements, more than {ELEMENTS:,}: too many for an article"
    for tag in re.finditer(rf"<[a-zA-Z][^<>]{{{2 * ATTRIBUTES},}}", page):
        if (attributes := len(tag[0].split()) - 1) > ATTRIBUTES:
            return f"an element of the page has {attributes:,} attributes, more than {ATTRIBUTES:,}"
    return None


def take_out(html: str, url: str | None = None) -> Page | None:
    """The article of a page, None when the page holds none."""
    import trafilatura

    found = trafilatura.bare_extraction(
        html, url=url, with_metadata=True, include_comments=False, include_tables=True
    )
    if found is None:
        return None
    told = found if isinstance(found, dict) else found.as_dict()
    body = (told.get("text") or "").strip()
    if not body:
        return None
    lead = [part.strip() for part in (told.get("title"), told.get("description")) if part and part.strip()]
    text = "\n".join(_front(lead, body))
    return Page(
        text=text,
        title=told.get("title"),
        published=told.get("date"),
        byline=told.get("author"),
        url=told.get("url") or url,
        newspaper=told.get("sitename"),
    )


def _front(lead: Sequence[str], body: str) -> Iterator[str]:
    """Title and lead (sapo) before the body: trafilatura sometimes leaves them out, sometimes has them as
    lines.
    """
    lines = body.split("\n")
    for part in lead:
        begins = _squeezed(" ".join(lines)[: len(part) + 300])
        if _squeezed(part) in begins and _squeezed(part) not in map(_squeezed, lines[: len(lead)]):
            continue  # within the first paragraph: once is enough
        yield part
        if _squeezed(part) in map(_squeezed, lines[: len(lead)]):
            lines = [line for line in lines[: len(lead)] if _squeezed(line) != _squeezed(part)] + lines[
                len(lead) :
            ]
    yield from lines


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip(" ")
