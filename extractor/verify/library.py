"""The articles that records are verified against, found by file name, path, URL or id."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from extractor.article import Article, read_article
from extractor.verify.rows import InputError
from extractor.verify.sources import Source

_DATABASES = (".db", ".sqlite", ".sqlite3", ".duckdb")


class Library:
    """The articles that are asked for. Each is folded and scanned once, when its first record comes."""

    def __init__(self, articles: Iterable[Article], unreadable: Sequence[str] = ()) -> None:
        """Index the articles by every name that a record may give."""
        self._by_name: dict[str, list[Article]] = {}
        self._sources: dict[str, Source] = {}
        self.articles: list[Article] = []
        self.unreadable = list(unreadable)
        for article in articles:
            self.articles.append(article)
            for name in names_of(article):
                self._by_name.setdefault(name, []).append(article)

    def find(self, reference: str | None, where: str) -> Source | None:
        """The article that a record names, or the only one there is; None when there is none of that name.

        Raises InputError when the record names none and there are several, or when several have the name.
        """
        if reference is None:
            if len(self.articles) != 1:
                raise InputError(
                    f"{where}: names no article, and there are several; add a field 'source' with its file name or id"
                )
            return self.source(self.articles[0])
        found = next((f for n in _lookups(reference) if (f := self._by_name.get(n))), None)
        if found is None:
            return None
        different = {a.text: a for a in found}
        if len(different) > 1:
            exact = [a for a in found if a.source and _plain(a.source).endswith(_plain(reference))]
            if len({a.text for a in exact}) != 1:
                names = ", ".join(str(a.source) for a in different.values())
                raise InputError(
                    f"{where}: {reference!r} names several articles ({names}); write the path as it stands there"
                )
            found = exact
        return self.source(found[0])

    def source(self, article: Article) -> Source:
        """The article as the verifier reads it."""
        key = article.source or article.id
        if key not in self._sources:
            self._sources[key] = Source(article)
        return self._sources[key]


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).replace("\\", "/")


def _lookups(reference: str) -> Iterator[str]:
    """A reference as it stands, then its last parts: `a/b.zip!c/d.txt`, `c/d.txt`, `d.txt`, `d`."""
    plain = _plain(reference)
    yield plain
    if "://" not in plain:
        member = plain.rsplit("!", 1)[-1]
        yield from dict.fromkeys((member, PurePosixPath(member).name, PurePosixPath(member).stem))


def names_of(article: Article) -> Iterator[str]:
    """Every name that a record may give an article."""
    yield article.id
    if article.url:
        yield article.url
    if article.source:
        yield from _lookups(article.source)


def load(against: Sequence[str], references: Iterable[str | None]) -> Library:
    """The articles of files, folders, archives and databases that some record refers to.

    Only those are kept, so that a big archive costs time but no memory. Raises InputError for a path that names
    nothing or holds no article.
    """
    wanted = {name for r in references if r is not None for name in _lookups(r)}
    everything = any(r is None for r in references)
    unreadable: list[str] = []
    kept: list[Article] = []
    seen = 0
    for article in _articles(against, unreadable):
        seen += 1
        if (everything and len(kept) < 2) or wanted & set(names_of(article)):
            kept.append(article)
    if not seen:
        told = f" ({unreadable[0]})" if unreadable else ""
        raise InputError(
            f"--against {' '.join(against)}: no article was found there{told}; name text files, a folder, an archive or a database"
        )
    return Library(kept, unreadable)


def _articles(against: Sequence[str], unreadable: list[str]) -> Iterator[Article]:
    for given in against:
        if "://" in given or Path(given).suffix.lower() in _DATABASES:
            yield from _of_database(given)
        else:
            yield from _of_files(given, unreadable)


def _of_files(given: str, unreadable: list[str]) -> Iterator[Article]:
    from extractor.readers import Item, Options, Unreadable, expand, read
    from extractor.readers.document import NoArticle, document
    from extractor.readers.encodings import Undecodable

    try:
        paths = list(expand([given]))
    except FileNotFoundError:
        raise InputError(f"--against {given}: there is no such file or folder; check the name") from None
    for found in read(paths, Options()):
        if isinstance(found, Unreadable):
            unreadable.append(f"{found.source}: {found.reason}")
        elif isinstance(found, Item):
            try:
                doc = document(found)
            except (NoArticle, Undecodable) as e:
                unreadable.append(f"{found.source}: {e}")
                continue
            yield read_article(
                doc.text, doc.source, url=doc.url, published=doc.published, newspaper=doc.newspaper
            )


def _of_database(target: str) -> Iterator[Article]:
    from extractor.schema import columns
    from extractor.sinks.sink import TargetError, open_readable

    try:
        database = open_readable(target)
    except TargetError as e:
        raise InputError(f"--against {e}") from None
    names = [column.name for column in columns("articles")]
    try:
        for row in database.rows("articles"):
            told = dict(zip(names, row, strict=True))
            if told["text"] is None:
                raise InputError(
                    f"--against {target}: it was made without texts; load it again with them, or name the files"
                )
            yield read_article(told["text"], told["source"], url=told["url"], published=told["published"])
    except InputError:
        raise
    except (
        Exception
    ) as e:  # a file that is no database, a schema of another program: every driver has its own errors
        raise InputError(
            f"--against {target}: is no database of 'trichtin bulk' ({str(e).splitlines()[0]})"
        ) from None
    finally:
        database.close()
