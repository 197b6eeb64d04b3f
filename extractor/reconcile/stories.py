"""Stories: articles that print one text, with small edits, another headline or a cut end.

Articles that share a band of their signatures are looked at, and those that pass the rules below are joined;
a story is all that is joined, named by the smallest of its article ids. Every pair that shares a band is judged by
the two articles alone, so neither the order in which articles come nor the number of runs changes a story.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractor.reconcile import signatures
from extractor.sinks.sink import chunks
from extractor.sinks.store import Store, Writer

COPY = (0.4, 0.6)
"""The share of both texts in common, and the share of the shorter that stands in the longer one: of a copy that was
edited. Two reports of one press conference, or two that quote one law at length, stay below."""

CUT = (0.3, 0.8)
"""The same of a copy that was cut."""

FAR_APART = 10
"""Days: what is printed later than this is a report of the same form (prices, weather), unless it is the same."""

THE_SAME = 0.9
"""The share in common from which on two texts are the same, whatever their days."""

GROUPS = 500
"""Groups of articles with a band in common that are looked at together."""


def method() -> str:
    """How articles are put into stories: those of another method are put together anew."""
    return f"{signatures.method()}; {COPY} {CUT} {FAR_APART} {THE_SAME}"


class Text(NamedTuple):
    """What is known of an article's text."""

    shingles: int
    signature: NDArray[np.uint16]
    published: str | None


def same_story(one: Text, other: Text, common: float) -> bool:
    """Whether two texts tell the same story; `common` is the share of shingles that they have in common."""
    if common >= THE_SAME:
        return True
    if _days_apart(one, other) > FAR_APART:
        return False
    within = contained(one.shingles, other.shingles, common)
    return any(common >= least and within >= share for least, share in (COPY, CUT))


def contained(one: int, other: int, common: float) -> float:
    """The share of the shorter text that stands in the longer, from their sizes and the share in common."""
    return min(1.0, common / (1 + common) * (one + other) / min(one, other))


def _days_apart(one: Text, other: Text) -> int:
    """Days between two articles; none where one does not tell its day."""
    try:
        first, second = (date.fromisoformat((t.published or "")[:10]) for t in (one, other))
    except ValueError:
        return 0
    return abs((first - second).days)


def find(store: Store) -> Mapping[str, int]:
    """Put articles into stories: those that are new, and those of stories that have lost an article."""
    _begin_again_where_needed(store)
    _sign(store)
    _join(store)
    return _counts(store)


def _begin_again_where_needed(store: Store) -> None:
    with store.writing() as db:
        db.run("UPDATE articles SET story_id = id WHERE story_id IS NULL")
        if db.rows("SELECT 1 FROM signatures WHERE method <> :method LIMIT 1", {"method": method()}):
            for table in ("signatures", "bands", "waiting_bands", "stories"):
                db.run(f"DELETE FROM {table}")  # noqa: S608  a name of the schema
            db.run("UPDATE articles SET story_id = id WHERE story_id <> id")
        changed = db.rows(_CHANGED)
        if lost := [story for story, is_lost in changed if is_lost]:
            _begin_again(db, lost)
        if told_anew := [(story,) for story, is_lost in changed if not is_lost]:
            db.scratch("told_anew", ("story_id",), told_anew, keyed=True)
            _tell(db, "SELECT story_id FROM told_anew")


_CHANGED = """\
SELECT s.story_id, CASE WHEN s.articles = COALESCE(f.articles, 0) THEN 0 ELSE 1 END
FROM stories s LEFT JOIN (
  SELECT story_id, count(*) AS articles, count(DISTINCT newspaper) AS papers, min(published) AS first, max(published) AS last
  FROM articles WHERE story_id IN (SELECT story_id FROM stories) GROUP BY story_id
) AS f ON f.story_id = s.story_id
WHERE s.articles <> COALESCE(f.articles, 0) OR s.papers <> f.papers
  OR COALESCE(s.first_published, '') <> COALESCE(f.first, '') OR COALESCE(s.last_published, '') <> COALESCE(f.last, '')"""


def _tell(db: Writer, stories: str) -> None:
    """Write the rows of these stories (a query) anew; those of all others stay as they are."""
    db.run(f"DELETE FROM stories WHERE story_id IN ({stories})")  # noqa: S608  a query of this module
    db.run(
        "INSERT INTO stories SELECT story_id, count(*), count(DISTINCT newspaper), min(published), max(published) "  # noqa: S608
        f"FROM articles WHERE story_id IN ({stories}) GROUP BY story_id HAVING count(*) > 1"
    )


def _begin_again(db: Writer, stories: Sequence[str]) -> None:
    """What is left of a story may be none: the article that is gone may have been the link."""
    db.scratch("lost", ("story_id",), [(story,) for story in stories], keyed=True)
    members = "SELECT id FROM articles WHERE story_id IN (SELECT story_id FROM lost)"
    db.run(f"INSERT INTO waiting_bands SELECT band, article_id FROM bands WHERE article_id IN ({members})")  # noqa: S608
    db.run(
        f"DELETE FROM bands WHERE article_id IN ({members}) OR article_id NOT IN (SELECT id FROM articles)"  # noqa: S608
    )
    db.run("DELETE FROM stories WHERE story_id IN (SELECT story_id FROM lost)")
    db.run("UPDATE articles SET story_id = id WHERE story_id IN (SELECT story_id FROM lost)")


def _sign(store: Store) -> None:
    """Signatures of the articles that have none yet; those of earlier runs stay."""
    new = store.rows(
        "SELECT a.id, a.text FROM articles a LEFT JOIN signatures s ON s.article_id = a.id "
        "WHERE s.article_id IS NULL AND a.text IS NOT NULL"
    )
    with store.writing() as db:
        for part in chunks(new, 2000):
            signed = [(article, signatures.signature(text)) for article, text in part]
            db.insert("signatures", [(a, method(), s.shingles, s.text) for a, s in signed])
            db.insert("waiting_bands", [(band, a) for a, s in signed for band in s.bands])


_GROUPS = """\
SELECT band, article_id, story_id, fresh FROM (
  SELECT band, article_id, story_id, fresh, count(*) OVER (PARTITION BY band) AS members FROM (
    SELECT band, article_id, article_id AS story_id, 1 AS fresh FROM waiting_bands
    UNION ALL
    SELECT b.band, b.article_id, a.story_id, 0 FROM bands b JOIN articles a ON a.id = b.article_id
    WHERE b.band IN (SELECT band FROM waiting_bands)
  ) AS found
) AS grouped
WHERE members > 1
ORDER BY band, article_id"""

Member = tuple[str, str, bool]


def _join(store: Store) -> None:
    merged = Merged()
    groups = (
        [(article, story, bool(fresh)) for _, article, story, fresh in rows]
        for _, rows in groupby(store.rows(_GROUPS), key=itemgetter(0))
    )
    for part in chunks(groups, GROUPS):
        _judge(store, part, merged)
    with store.writing() as db:
        db.scratch("merged", ("old", "new"), merged.moves(), keyed=True)
        db.run(
            "UPDATE articles SET story_id = (SELECT new FROM merged WHERE old = story_id) "
            "WHERE story_id IN (SELECT old FROM merged)"
        )
        db.run(
            "INSERT INTO bands SELECT DISTINCT band, article_id FROM waiting_bands ORDER BY band, article_id"
        )
        db.run("DELETE FROM waiting_bands")
        _tell(db, "SELECT old FROM merged UNION SELECT new FROM merged")


class Merged:
    """Which stories became one: each leads to the smallest name of those that it was joined with."""

    def __init__(self) -> None:
        """Nothing is joined yet."""
        self._into: dict[str, str] = {}

    def name(self, story: str) -> str:
        """The name of a story now."""
        root = story
        while (above := self._into.get(root)) is not None:
            root = above
        while story != root:
            self._into[story], story = root, self._into[story]
        return root

    def join(self, one: str, other: str) -> None:
        """Make two stories one."""
        first, second = sorted((self.name(one), self.name(other)))
        if first != second:
            self._into[second] = first

    def moves(self) -> Iterator[tuple[str, str]]:
        """Old names and new ones."""
        return ((old, self.name(old)) for old in list(self._into))


def _judge(store: Store, groups: Iterable[list[Member]], merged: Merged) -> None:
    """Join what belongs together in groups of articles that share a band."""
    open_ = [g for g in groups if len({merged.name(story) for _, story, _ in g}) > 1]
    texts = _texts(store, sorted({article for group in open_ for article, _, _ in group}))
    for group in open_:
        members = [m for m in group if m[0] in texts]
        for i, (article, story, fresh) in enumerate(members):
            others = [
                (texts[other], where)
                for other, where, other_fresh in members[:i]
                if (fresh or other_fresh) and merged.name(where) != merged.name(story)
            ]
            if others:
                one = texts[article]
                shares = signatures.common(one.signature, [text.signature for text, _ in others])
                for (text, where), share in zip(others, shares, strict=True):
                    if same_story(one, text, share):
                        merged.join(story, where)


def _texts(store: Store, articles: Sequence[str]) -> dict[str, Text]:
    found: dict[str, Text] = {}
    for part in chunks(articles, 500):
        names = {f"a{i}": article for i, article in enumerate(part)}
        wanted = ", ".join(f":{name}" for name in names)
        query = (
            "SELECT s.article_id, s.shingles, s.signature, a.published FROM signatures s "  # noqa: S608  names made here
            f"JOIN articles a ON a.id = s.article_id WHERE s.article_id IN ({wanted})"
        )
        rows = store.rows(query, names)
        for article, shingles, packed, published in rows:
            found[article] = Text(shingles, signatures.unpack(packed), published)
    return found


def _counts(store: Store) -> Mapping[str, int]:
    ((articles, stories, untold),) = store.rows(
        "SELECT count(*), count(DISTINCT story_id), count(*) - count(text) FROM articles"
    )
    ((shared, told),) = store.rows("SELECT count(*), COALESCE(sum(articles), 0) FROM stories")
    return {
        "articles": articles,
        "stories": stories,
        "stories of several articles": shared,
        "articles in them": int(told),
        "articles without text": untold,
    }
