"""The tables that `trichtin reconcile` makes of those that `bulk` loads. A step of it owns each of them."""

from __future__ import annotations

from extractor.schema.column import Column, Table, needed
from extractor.schema.people import PEOPLE

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

CLAIM_FACTS = Table(
    "claim_facts",
    "The figures that speak of one thing: from a claim to its records. Those of articles that give several values of it"
    " which do not agree are here and in no claim.",
    (needed("claim_id"), needed("record_id"), needed("article_id")),
    key=("claim_id", "record_id"),
    foreign=(OF_ARTICLE,),
    indexes=(("record_id",), ("article_id",)),
    clustered=True,
)

CLAIMS = Table(
    "claims",
    "What is said of one thing: of a unit, what is measured, for which time, planned or done, and whether all agree.",
    (
        needed("claim_id"),
        needed("measure_id"),
        needed("series_id"),
        needed("kind"),
        needed("place_code"),
        needed("place_valid_from"),
        needed("what"),
        needed("indicator"),
        Column("indicator_id"),
        Column("subject"),
        Column("category"),
        needed("unit"),
        Column("per"),
        Column("change"),
        Column("basis"),
        needed("period"),
        needed("status"),
        needed("agreement"),
        needed("rule"),
        needed("value_min", "decimal"),
        needed("value_max", "decimal"),
        needed("qualifier"),
        needed("chosen_by"),
        Column("better"),
        needed("given", "json"),
        needed("facts", "integer"),
        needed("articles", "integer"),
        needed("stories", "integer"),
        needed("papers", "integer"),
        needed("unclear", "integer"),
        Column("first_published"),
        Column("last_published"),
    ),
    key=("claim_id",),
    foreign=((("place_code", "place_valid_from"), "units", ("code", "valid_from")),),
    indexes=(("place_code", "place_valid_from"), ("measure_id",)),
)

DERIVED: tuple[Table, ...] = (SIGNATURES, BANDS, WAITING, STORIES, CLAIM_FACTS, CLAIMS, *PEOPLE)
