"""The step of people: tenures out of the statements that officials' records are.

The database sorts, Python holds the statements of one name at a time. Names are put in one form first, so that the
database can sort by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

import msgspec

from extractor.sinks.store import Row, Store, Writer
from extractor.tenures import Holder, Mention, Statement, Tenure, neighbours, tenures
from extractor.tenures.words import name_key

_STATEMENTS = """\
SELECT n.name_key, o.record_id, o.article_id, o.name, o.position, o.organisation, o.place_code, o.place_valid_from,
  o.sector, o.tenure, a.published, a.newspaper, a.story_id
FROM officials o JOIN official_names n ON n.name = o.name JOIN articles a ON a.id = o.article_id
ORDER BY n.name_key, o.article_id, o.record_id"""

_HOLDERS = """\
SELECT body_key, place_code, place_valid_from, office, tenure_id, person_id, acting, state, first_mention, last_mention,
  former_from
FROM tenures
ORDER BY body_key, place_code, place_valid_from, office, tenure_id"""

_ORDER = ("tenure_id", "predecessor_id", "predecessor_by", "successor_id", "successor_by", "contested_by")


def find(store: Store) -> Mapping[str, int]:
    """Put statements together as tenures, and the holders of each office in their order."""
    _spell(store)
    with store.writing() as db:
        for table in ("tenures", "tenure_mentions"):
            db.run(f"DELETE FROM {table}")  # noqa: S608  a name of the schema
        _put_together(store, db)
    with store.writing() as db:
        _put_in_order(store, db)
    return _counts(store)


def _spell(store: Store) -> None:
    names = store.rows("SELECT DISTINCT name FROM officials")
    with store.writing() as db:
        db.run("DELETE FROM official_names")
        db.insert("official_names", ((name, name_key(name)) for (name,) in names))


def _put_together(store: Store, db: Writer) -> None:
    """Tenures and mentions, a few thousand rows of each at a time."""
    made: list[Row] = []
    mentions: list[Row] = []
    for _, rows in groupby(store.rows(_STATEMENTS), key=itemgetter(0)):
        found, parts = tenures([_statement(row) for row in rows])
        made += map(_tenure_row, found)
        mentions += map(_mention_row, parts)
        if len(mentions) > _MANY:
            db.insert("tenures", made)
            db.insert("tenure_mentions", mentions)
            made, mentions = [], []
    db.insert("tenures", made)
    db.insert("tenure_mentions", mentions)


_MANY = 4000


def _statement(row: Row) -> Statement:
    _, record, article, name, position, body, code, valid_from, sector, told, published, newspaper, story = (
        row
    )
    unit = (code, valid_from) if code is not None else None
    return Statement(record, article, name, position, body, unit, sector, told, published, newspaper, story)


def _json(values: Iterable[str]) -> str:
    return msgspec.json.encode(list(values)).decode()


def _tenure_row(t: Tenure) -> Row:
    code, valid_from = t.unit or (None, None)
    return (
        t.tenure_id, t.person_id, t.name, t.office, t.body, t.body_key, code, valid_from, t.sector, t.acting, t.state,
        t.first, t.last, t.former_from, t.mentions, t.undated, t.articles, t.stories, t.newspapers, t.identity,
        _json(t.linked_by), t.namesakes, _json(t.candidates), None, None, None, None, None,
    )  # fmt: skip


def _mention_row(m: Mention) -> Row:
    return m.record_id, m.article_id, m.tenure_id, m.told, m.rule, _json(m.candidates)


def _put_in_order(store: Store, db: Writer) -> None:
    db.scratch("neighbours", _ORDER, _neighbours(store))
    cast = {"contested_by": "::jsonb"} if store.kind == "postgresql" else {}
    columns = ", ".join(f"{c} = n.{c}{cast.get(c, '')}" for c in _ORDER[1:])
    db.run(f"UPDATE tenures SET {columns} FROM neighbours AS n WHERE n.tenure_id = tenures.tenure_id")  # noqa: S608


def _neighbours(store: Store) -> Iterator[tuple[Any, ...]]:
    """What is told of each tenure that has a neighbour."""
    for _, rows in groupby(store.rows(_HOLDERS), key=itemgetter(0, 1, 2, 3)):
        held = list(rows)
        for n in neighbours(held[0][3], [_holder(row) for row in held]):
            if n.predecessor_id or n.successor_id or n.overlaps:
                contested = _json(n.overlaps)
                yield (
                    n.tenure_id,
                    n.predecessor_id,
                    n.predecessor_by,
                    n.successor_id,
                    n.successor_by,
                    contested,
                )


def _holder(row: Row) -> Holder:
    tenure, person, acting, *told = row[4:]
    return Holder(tenure, person, bool(acting), *told)


def _counts(store: Store) -> Mapping[str, int]:
    def count(sql: str) -> int:
        ((number,),) = store.rows(sql)
        return int(number)

    return {
        "tenures": count("SELECT count(*) FROM tenures"),
        "people": count("SELECT count(DISTINCT person_id) FROM tenures"),
        "people who may be one": count(
            "SELECT count(DISTINCT person_id) FROM tenures WHERE identity = 'open'"
        ),
        "statements of no one office": count("SELECT count(*) FROM tenure_mentions WHERE tenure_id IS NULL"),
    }
