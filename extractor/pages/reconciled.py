"""What `reconcile` found, for pages: what is told of a unit, who held its offices, whose word a claim rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from extractor.pages.search import SECONDS
from extractor.pages.store import Database, Row, member, number, public_source
from rules.gazetteer import units as gazetteer
from rules.gazetteer.units import Unit

FACTS = 1500
"""Facts of a unit that one page shows, the latest periods first."""

TENURES = 400
STATEMENTS = 24
"""Sentences that are shown of one tenure, and of one value of a claim."""

WORST = ("conflicting", "revised", "compatible", "confirmed", "single")
"""How sources agree, the worst first."""

_RANK = "CASE agreement " + " ".join(f"WHEN '{a}' THEN {i}" for i, a in enumerate(WORST)) + " ELSE 9 END"
WORST_FIRST = f"{_RANK}, stories DESC, period DESC, claim_id"


@dataclass(slots=True)
class Told:
    """What is told of a unit. `claims`: those whose sources differ; `facts`: all with a row a figure."""

    unit: Unit
    states: list[tuple[Unit, int]]
    claims: list[Row] = field(default_factory=list)
    facts: list[Row] = field(default_factory=list)
    left_out: int = 0
    tenures: list[Row] = field(default_factory=list)
    parts: list[tuple[Unit, int]] = field(default_factory=list)


def is_reconciled(database: Database) -> bool:
    """Whether `reconcile` was run on a database: it has the tables, and people or claims are in them."""
    asked = ("SELECT 1 AS one FROM claims LIMIT 1", "SELECT 1 AS one FROM tenures LIMIT 1")
    try:
        return any(True for sql in asked for _ in database.rows(sql))
    except Exception:  # a table is missing: every driver has its own error
        return False


def unit_told(database: Database, code: str, valid_from: str | None = None) -> Told | None:
    """What is told of a state of a unit: of the one asked for, else of the one most figures are of. None: no unit."""
    states = gazetteer.states(code)
    if not states:
        return None
    counted = {
        row["place_valid_from"]: int(row["n"])
        for row in database.rows(
            "SELECT place_valid_from, count(*) AS n FROM figures WHERE place_code = :code GROUP BY place_valid_from",
            {"code": code}, SECONDS,
        )
    }  # fmt: skip
    unit = next((u for u in states if u.valid_from == valid_from), None)
    unit = unit or max(states, key=lambda u: (counted.get(u.valid_from, 0), u.valid_from))
    told = Told(unit, [(u, counted.get(u.valid_from, 0)) for u in states])
    of_unit = {"code": unit.code, "valid_from": unit.valid_from}
    reconciled = is_reconciled(database)
    told.facts, told.left_out = _facts(database, of_unit, reconciled)
    if reconciled:
        told.claims = claims(database, of_unit)
        told.tenures = _tenures(
            database, "t.place_code = :code AND t.place_valid_from = :valid_from", of_unit
        )
    told.parts = _parts(database, unit)
    return told


def _facts(database: Database, of_unit: Row, reconciled: bool) -> tuple[list[Row], int]:
    where = "f.place_code = :code AND f.place_valid_from = :valid_from"
    join = (
        "LEFT JOIN claim_facts s ON s.record_id = f.record_id LEFT JOIN claims c ON c.claim_id = s.claim_id"
        if reconciled
        else ""
    )
    extra = (
        "c.claim_id, c.agreement, c.what"
        if reconciled
        else "NULL AS claim_id, NULL AS agreement, NULL AS what"
    )
    sql = (
        f"SELECT f.*, {extra} FROM facts f {join} WHERE {where} "  # noqa: S608
        f"ORDER BY f.period DESC, f.record_id LIMIT {FACTS}"
    )
    rows = [_clean(row) for row in database.rows(sql, of_unit, SECONDS)]
    count = f"SELECT count(*) AS n FROM figures f WHERE {where}"  # noqa: S608
    whole = int(next(iter(database.rows(count, of_unit, SECONDS)))["n"])
    return rows, whole - len(rows)


def claims(database: Database, of_unit: Row | None = None, limit: int = 200, offset: int = 0) -> list[Row]:
    """Claims whose sources differ, the worst first; those of a unit where one is given."""
    where = "place_code = :code AND place_valid_from = :valid_from AND" if of_unit else ""
    sql = (
        f"SELECT c.*, u.unit_type, u.name, u.province, u.level FROM claims c "  # noqa: S608
        "LEFT JOIN units u ON u.code = c.place_code AND u.valid_from = c.place_valid_from "
        f"WHERE {where} agreement IN ('conflicting', 'revised', 'compatible', 'confirmed') "
        f"ORDER BY {WORST_FIRST} LIMIT {int(limit)} OFFSET {int(offset)}"
    )
    return [plain(row) for row in database.rows(sql, of_unit or {}, SECONDS)]


def count_claims(database: Database) -> dict[str, int]:
    """How many claims there are of each agreement."""
    found = database.rows("SELECT agreement, count(*) AS n FROM claims GROUP BY agreement", None, SECONDS)
    return {row["agreement"]: int(row["n"]) for row in found}


def claim(database: Database, claim_id: str) -> tuple[Row, list[Row], list[Row]] | None:
    """A claim, its sources, and the claims beside it."""
    row = claim_alone(database, claim_id)
    if row is None:
        return None
    sources = f"SELECT * FROM claim_sources WHERE claim_id = :id ORDER BY {BY_DAY} LIMIT {FACTS}"  # noqa: S608
    found = [_clean(s) for s in database.rows(sources, {"id": claim_id}, SECONDS)]
    return row, found, beside(database, row)


BY_DAY = "COALESCE(published, ''), record_id"


def claim_alone(database: Database, claim_id: str) -> Row | None:
    """A claim with the words of its unit; None: there is none of this id."""
    sql = (
        "SELECT c.*, u.unit_type, u.name, u.province, u.level FROM claims c "
        "LEFT JOIN units u ON u.code = c.place_code AND u.valid_from = c.place_valid_from WHERE c.claim_id = :id"
    )
    row = next(iter(database.rows(sql, {"id": claim_id}, SECONDS)), None)
    return plain(row) if row else None


def beside(database: Database, claim: Row) -> list[Row]:
    """The claims beside one: the plan or the result, and the other periods."""
    sql = (
        "SELECT * FROM claims WHERE claim_id <> :id AND (measure_id = :measure OR series_id = :series) "
        "ORDER BY period, status, claim_id LIMIT 200"
    )
    of = {"id": claim["claim_id"], "measure": claim["measure_id"], "series": claim["series_id"]}
    return [plain(row) for row in database.rows(sql, of, SECONDS)]


def person(database: Database, person_id: str) -> tuple[list[Row], dict[str, list[Row]], list[Row]] | None:
    """A person's tenures, the sentences of each, and the tenures of those who may be the same."""
    tenures = _tenures(database, "t.person_id = :id", {"id": person_id})
    if not tenures:
        return None
    sentences: dict[str, list[Row]] = defaultdict(list)
    sql = (
        "SELECT m.tenure_id, m.told, m.rule, o.record_id, o.article_id, o.text AS quote, o.start - o.sentence_start AS at, "
        "substr(a.text, o.sentence_start + 1, o.sentence_end - o.sentence_start) AS sentence, a.title, a.published, "
        "a.newspaper, a.source FROM tenures t JOIN tenure_mentions m ON m.tenure_id = t.tenure_id "
        "JOIN officials o ON o.record_id = m.record_id JOIN articles a ON a.id = o.article_id "
        "WHERE t.person_id = :id ORDER BY a.published, o.article_id, o.start LIMIT 2000"
    )
    for row in database.rows(sql, {"id": person_id}, SECONDS):
        if len(sentences[row["tenure_id"]]) < STATEMENTS:
            row["source"] = public_source(row["source"])
            sentences[row["tenure_id"]].append(row)
    others: list[str] = sorted({c for t in tenures for c in t["candidates"]})
    values: dict[str, Any] = {}
    where = member("t.person_id", others, values)
    return tenures, sentences, _tenures(database, where, values) if others else []


_TENURE = (
    "SELECT t.*, u.unit_type, u.name AS unit_name, u.province, u.level, p.name AS predecessor, p.person_id AS predecessor_person, "
    "s.name AS successor, s.person_id AS successor_person FROM tenures t "
    "LEFT JOIN units u ON u.code = t.place_code AND u.valid_from = t.place_valid_from "
    "LEFT JOIN tenures p ON p.tenure_id = t.predecessor_id LEFT JOIN tenures s ON s.tenure_id = t.successor_id "
)


def tenures_of_units(database: Database, most: int) -> list[Row]:
    """The tenures in units that most articles tell of."""
    where = (
        "t.tenure_id IN (SELECT tenure_id FROM tenures WHERE place_code IS NOT NULL "  # noqa: S608
        f"ORDER BY articles DESC, tenure_id LIMIT {int(most)})"
    )
    return _tenures(database, where, {}, most)


def _tenures(database: Database, where: str, values: Row, most: int = TENURES) -> list[Row]:
    sql = (
        f"{_TENURE}WHERE {where} ORDER BY t.body_key, t.office, t.first_mention, t.former_from, t.name, t.tenure_id "
        f"LIMIT {int(most)}"
    )
    return [plain(row) for row in database.rows(sql, values, SECONDS)]


def _parts(database: Database, unit: Unit) -> list[tuple[Unit, int]]:
    """The units right below that figures or officials are told of."""
    below = gazetteer.children(unit) if unit.level != "commune" else ()
    values: dict[str, Any] = {}
    where = member("place_code", sorted({u.code for u in below}), values)
    sql = f"SELECT place_code, place_valid_from, count(*) AS n FROM figures WHERE {where} GROUP BY place_code, place_valid_from"  # noqa: S608
    counted = {
        (r["place_code"], r["place_valid_from"]): int(r["n"]) for r in database.rows(sql, values, SECONDS)
    }
    return [(u, counted[u.key]) for u in below if u.key in counted]


def plain(row: Row) -> Row:
    """A row of any of these tables and views in one shape, whatever the database: numbers, lists, yes and no."""
    row = _lists(row, *(name for name in _LISTS if name in row))
    for name in ("value", "value_min", "value_max"):
        if name in row:
            row[name] = number(row[name])
    for value in row.get("given", ()):
        value["value_min"], value["value_max"] = number(value["value_min"]), number(value["value_max"])
    if "acting" in row:
        row["acting"] = bool(row["acting"])
    if "source" in row:
        row["source"] = public_source(row["source"])
    return row


_LISTS = ("given", "linked_by", "candidates", "contested_by")


def _lists(row: Row, *names: str) -> Row:
    """A row with the lists that SQLite and DuckDB hold as text."""
    for name in names:
        value = row.get(name)
        row[name] = msgspec.json.decode(value) if isinstance(value, str) else value or []
    return row


def _clean(row: Row) -> Row:
    for name in ("value", "value_min", "value_max", "of"):
        if name in row:
            row[name] = number(row[name])
    row["source"] = public_source(row["source"])
    return row


def values_told(sources: Sequence[Row]) -> dict[tuple[Any, ...], list[Row]]:
    """The sources of a claim by the value that they give."""
    found: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in sources:
        found[row["value_min"], row["value_max"], row["qualifier"]].append(row)
    return found
