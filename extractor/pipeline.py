"""The order of the stages, and nothing else: text -> article -> reading -> mentions -> links -> records -> checks."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extractor import checks, overlaps
from extractor.article import Article, read_article
from extractor.batches import batches
from extractor.folding import Folded
from extractor.reading import read
from extractor.records import (
    Candidate,
    Figure,
    Official,
    Place,
    Record,
    Unit,
    by_position,
    record_id,
    shape_of,
)
from rules import kinds, meaning
from rules.base import Mention, Reading
from rules.words import Ruleset, in_use, using

if TYPE_CHECKING:
    import pandas as pd
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Extraction:
    """What an article gave: the article and its records in the order of the text."""

    article: Article
    records: tuple[Record, ...]

    @property
    def doc(self) -> Doc:
        """The article as a spaCy Doc: syllables, sentences, the records as spans. Loads spaCy."""
        from extractor.doc import to_doc

        return to_doc(self)

    def to_frame(self) -> pd.DataFrame:
        """The records as a pandas data frame, one row a record, the columns of the contract."""
        from extractor.frames import frame

        return frame(self.records)

    def _repr_html_(self) -> str:
        from extractor.pages.view import frame

        return frame(self)


def extract(
    text: str,
    source: str | None = None,
    *,
    title: str | None = None,
    url: str | None = None,
    published: str | None = None,
    newspaper: str | None = None,
    rules: Ruleset | None = None,
) -> Extraction:
    """Extract the records of one article.

    `text` is taken untouched: offsets of the records are code points of it. `published` is an ISO date
    (or its known part) for articles whose text does not tell it. `title` is the headline where it is known; no
    record is read from it when it does not stand in the text. `rules`: what one's own rule files add
    (`extractor.load_rules`); none but inside `rules.words.using`. Pure: the same input gives the same records.
    """
    article = read_article(text, source, title=title, url=url, published=published, newspaper=newspaper)
    return extract_articles([article], rules)[0]


def pipe(
    texts: Iterable[str | tuple[str, Mapping[str, str | None]]], rules: Ruleset | None = None
) -> Iterator[Extraction]:
    """Extract many texts as a stream, in their order; some are read ahead, for it is quicker (`extract_articles`).

    A text may come with what is known of it, as keywords of `extract`: `("…", {"published": "2024-11-05"})`.
    """
    given = ((each, {}) if isinstance(each, str) else each for each in texts)
    articles = (read_article(text, **told) for text, told in given)
    for batch in batches(articles, lambda article: len(article.text), BATCH, BATCH_CHARACTERS):
        yield from extract_articles(batch, rules)


BATCH, BATCH_CHARACTERS = 32, 100_000
"""Articles, and characters, that are read together: more brings little."""


def extract_articles(articles: Sequence[Article], rules: Ruleset | None = None) -> list[Extraction]:
    """Extract several articles together, in their order. The records are those of each alone.

    Each rule reads all of them before the next rule begins, so that its words and patterns stay in the processor's
    cache: that takes a fifth less time. All are held in memory meanwhile, see `batches`.
    """
    with using(in_use() if rules is None else rules):
        records = deque(_records(articles))
        return [Extraction(article, checks.check(article, records.popleft())) for article in articles]


def _records(articles: Sequence[Article]) -> Iterator[tuple[Record, ...]]:
    readings = [read(article) for article in articles]
    mentions = deque(find([reading for reading, _ in readings]))
    settled = (overlaps.settle(mentions.popleft(), lambda kind: shape_of(kind).SHAPE) for _ in articles)
    linked = meaning.link((reading, found) for (reading, _), found in zip(readings, settled, strict=True))
    for article, (reading, folded), fields_of in zip(articles, readings, linked, strict=True):
        built = (_record(article, reading, folded, mention, fields) for mention, fields in fields_of)
        yield tuple(by_position({r.record_id: r for r in built}.values()))


def find(readings: Sequence[Reading]) -> list[list[Mention]]:
    """What every rule proposes for each of some readings."""
    found: list[list[Mention]] = [[] for _ in readings]
    for finder in kinds.finders():
        for reading, proposed in zip(readings, found, strict=True):
            proposed.extend(finder(reading))
    return found


def _record(
    article: Article,
    reading: Reading,
    folded: Folded,
    mention: Mention,
    links: tuple[Mapping[str, Any], Mapping[str, Any]],
) -> Record:
    start, end = folded.span(mention.start, mention.end)
    sentence_start, sentence_end = folded.span(*reading.sentence_at(mention.start))
    fields = {**mention.fields, **links[0]}
    shape = shape_of(mention.kind)
    if shape is not Place:
        fields["evidence"] = {name: folded.span(*span) for name, span in links[1].items()}
    return shape(
        record_id=record_id(article.id, mention.kind, start, end),
        article_id=article.id,
        source=article.source,
        kind=mention.kind,
        start=start,
        end=end,
        text=article.text[start:end],
        sentence_start=min(sentence_start, start),
        sentence_end=max(sentence_end, end),
        rule=mention.rule,
        **_own_words(article, folded, shape, fields, mention.parts, links[1]),
    )


_VERBATIM = (
    "per",
    "basis",
    "category",
    "indicator",
    "subject",
    "name",
    "honorific",
    "position",
    "organisation",
)


def _own_words(
    article: Article,
    folded: Folded,
    shape: type[Figure] | type[Place] | type[Official],
    fields: dict[str, Any],
    parts: Mapping[str, tuple[int, int]],
    evidence: Mapping[str, tuple[int, int]],
) -> dict[str, Any]:
    """The fields, those that are verbatim in the article's own words instead of the folded ones."""
    if shape is Place:
        return {
            **fields,
            "candidates": tuple(Candidate(**c) for c in fields.get("candidates", ())),
            "current": tuple(Unit(**u) for u in fields.get("current", ())),
        }
    if article.text == folded.text:  # as of most articles
        return fields
    for name in _VERBATIM:
        span = parts.get(name) or evidence.get(name)
        if span and fields.get(name) == " ".join(folded.text[slice(*span)].split()):
            fields[name] = " ".join(article.text[slice(*folded.span(*span))].split())
    return fields
