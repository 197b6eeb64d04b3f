"""The tables of people: who held which office of which body. `extractor.reconcile.people` makes them."""

from __future__ import annotations

from extractor.schema.column import Column, Table, needed

NAMES = Table(
    "official_names",
    "Names of officials as articles write them, and the one form that spellings of a name share.",
    (needed("name"), needed("name_key")),
    key=("name",),
    indexes=(("name_key",),),
)

TENURES = Table(
    "tenures",
    "A person in an office of a body, from first to last mention. The tenures of one person share person_id.",
    (
        needed("tenure_id"),
        needed("person_id"),
        needed("name"),
        needed("office"),
        needed("body"),
        needed("body_key"),
        Column("place_code"),
        Column("place_valid_from"),
        needed("sector"),
        needed("acting", "boolean"),
        needed("state"),
        Column("first_mention"),
        Column("last_mention"),
        Column("former_from"),
        needed("mentions", "integer"),
        needed("undated", "integer"),
        needed("articles", "integer"),
        needed("stories", "integer"),
        needed("newspapers", "integer"),
        needed("identity"),
        needed("linked_by", "json"),
        needed("namesakes", "integer"),
        needed("candidates", "json"),
        Column("predecessor_id"),
        Column("predecessor_by"),
        Column("successor_id"),
        Column("successor_by"),
        Column("contested_by", "json"),
    ),
    key=("tenure_id",),
    foreign=((("place_code", "place_valid_from"), "units", ("code", "valid_from")),),
    indexes=(("person_id",), ("place_code", "place_valid_from"), ("body_key", "office"), ("name",)),
)

MENTIONS = Table(
    "tenure_mentions",
    "Each statement of a person in an office and the tenure that it speaks of; where that is open, those that it may.",
    (
        needed("record_id"),
        needed("article_id"),
        Column("tenure_id"),
        needed("told"),
        needed("rule"),
        needed("candidates", "json"),
    ),
    key=("record_id",),
    foreign=((("article_id",), "articles", ("id",)),),
    indexes=(("tenure_id",), ("article_id",)),
)

PEOPLE = (NAMES, TENURES, MENTIONS)
