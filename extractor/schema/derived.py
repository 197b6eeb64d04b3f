"""The tables that `trichtin reconcile` makes of those that `bulk` loads. A step of it owns each of them."""

from __future__ import annotations

from extractor.schema.column import Column, Table, needed

OF_ARTICLE = (("article_id",), "articles", ("id",))

SIGNATURES = Table(
    "signatures",
    "MinHash of an article's words: how much of two texts is the same is told by their signatures alone.",
    (needed("article_id"), needed("method"), needed("shingles", "integer"), needed("signature")),
    key=("article_id",),
    foreign=(OF_ARTICLE,),
)

BANDS = Table(
    "bands",
    "Parts of signatures: articles that share one may tell the same story.",
    (needed("band", "integer"), needed("article_id")),
    key=("band", "article_id"),
    clustered=True,
)

WAITING = Table(
    "waiting_bands",
    "Bands of articles that are not yet put into stories; empty when reconcile is done.",
    BANDS.columns,
)

STORIES = Table(
    "stories",
    "Stories that several articles tell, as papers print one wire story: one witness, however often printed.",
    (
        needed("story_id"),
        needed("articles", "integer"),
        needed("papers", "integer"),
        Column("first_published"),
        Column("last_published"),
    ),
    key=("story_id",),
)

DERIVED: tuple[Table, ...] = (SIGNATURES, BANDS, WAITING, STORIES)
