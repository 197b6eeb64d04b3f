"""Finding facts and articles in a database: by words, unit with its parts, kind, value, time."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cache
from typing import Any

import regex

from extractor.folding import fold
from extractor.pages.store import Database, Row, member, number, public_source
from rules.gazetteer import units as gazetteer
from rules.gazetteer.lookup import search as look_up
from rules.gazetteer.units import Unit

ARTICLES_OF_WORDS = 5000
"""Articles that a search by words may lead to: the best ones."""

SECONDS = 20.0
"""Time that a query may take."""

NUMBERS = ("value", "value_min", "value_max", "of")


class UnitError(Exception):
    """A name that no unit has, or several: the message says which there are."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; None asks for nothing. `since`, `until`: years. `unit`: a name or a code."""

    q: str | None = None
    kind: str | None = None
    unit: str | None = None
    indicator: str | None = None
    period: str | None = None
    since: int | None = None
    until: int | None = None
    value_min: Decimal | None = None
    value_max: Decimal | None = None
    measure: str | None = None
    status: str | None = None
    verified: bool | None = None

    def told(self) -> dict[str, str]:
        """What is asked for, as parameters of a query."""
        found = {f.name: getattr(self, f.name) for f in fields(self)}
        return {
            k: str(v).lower() if isinstance(v, bool) else str(v) for k, v in found.items() if v is not None
        }


@cache
def _below() -> dict[str, tuple[Unit, ...]]:
    found: dict[str, list[Unit]] = {}
    for unit in gazetteer.units():
        found.setdefault(unit.parent_code, []).append(unit)
    return {code: tuple(states) for code, states in found.items()}


def with_parts(unit: Unit) -> Iterator[Unit]:
    """A unit and every unit that belonged to it at some time while it was what it is."""
    yield unit
    for part in _below().get(unit.code, ()) if unit.level != "commune" else ():
        if part.valid_from < (unit.valid_to or "9999") and unit.valid_from < (part.valid_to or "9999"):
            yield from with_parts(part)


def units_of(name: str) -> tuple[Unit, ...]:
    """The states of the one unit that is meant. Raises UnitError."""
    found = gazetteer.states(name) if regex.fullmatch(r"\d\d", name) else look_up(name)
    if not found:
        raise UnitError(f"No unit is named {name!r}; write it as 'Gò Công Tây, Tiền Giang', or its code.")
    order = ("province", "district", "commune")
    top = min(order.index(u.level) for u in found)
    if top == 0:
        found = tuple(u for u in found if u.level == "province")
    places = {(u.code, p.name if (p := gazetteer.province_of(u)) else "") for u in found}
    if len({code for code, _ in places}) > 1 and not (top == 0 and len({u.name for u in found}) == 1):
        told = "; ".join(dict.fromkeys(_full(u) for u in found[:8]))
        raise UnitError(
            f"{len(places)} units are named {name!r}; add the unit that holds it, or its code: {told}."
        )
    return found


def _full(unit: Unit) -> str:
    above = gazetteer.parents(unit)
    return f"{unit.full_name}{''.join(', ' + p.name for p in above)} ({unit.code})"


class Search:
    """Questions to one database. Safe to call from several threads."""

    def __init__(self, database: Database) -> None:
        """Keep the database; the index of words is made when words are first asked for."""
        self.database = database
        self._words = _Words(database)
        self._kinds: list[str] | None = None

    def kinds(self, every: bool = False) -> list[str]:
        """The kinds of figure that the database holds; `every`: places and officials, too. Looked up once."""
        if self._kinds is None:
            rows = self.database.rows("SELECT DISTINCT kind FROM figures ORDER BY kind", {}, SECONDS)
            self._kinds = [str(row["kind"]) for row in rows]
        return [*self._kinds, *(("place", "official") if every else ())]

    def facts(self, wanted: Wanted, limit: int | None = 50, offset: int = 0) -> Iterator[Row]:
        """Rows of the view `facts`, the latest articles first; decimals are exact, sources without folders."""
        where, values = self._facts_where(wanted)
        page = f"LIMIT {int(limit)} OFFSET {int(offset)}" if limit is not None else ""
        sql = f"SELECT * FROM facts WHERE {where} ORDER BY published DESC, article_id, record_id {page}"  # noqa: S608
        for row in self.database.rows(sql, values, SECONDS if limit is not None else None):
            yield _clean(row)

    def count_facts(self, wanted: Wanted) -> int:
        """How many facts there are."""
        where, values = self._facts_where(wanted)
        return self._one(f"SELECT count(*) AS n FROM facts WHERE {where}", values)  # noqa: S608

    def _one(self, sql: str, values: dict[str, Any]) -> int:
        return int(next(iter(self.database.rows(sql, values, SECONDS)))["n"])

    def _facts_where(self, wanted: Wanted) -> tuple[str, dict[str, Any]]:
        values: dict[str, Any] = {}
        parts = ["1 = 1"]

        def equal(column: str, value: Any, sign: str = "=") -> None:
            if value is not None:
                values[name := f"v{len(values)}"] = value
                parts.append(f"{column} {sign} :{name}")

        equal("kind", wanted.kind)
        equal("unit", wanted.measure)
        equal("status", wanted.status)
        equal("year", wanted.since, ">=")
        equal("year", wanted.until, "<=")
        equal("value_max", self._number(wanted.value_min), ">=")
        equal("value_min", self._number(wanted.value_max), "<=")
        if wanted.verified is not None:
            parts.append("verified" if wanted.verified else "NOT verified")
        if wanted.period:
            equal("period", _like(wanted.period) + "%", "LIKE")
        if wanted.indicator:
            parts.append(self._indicator(wanted.indicator, values))
        if wanted.unit:
            states = {u.key for found in units_of(wanted.unit) for u in with_parts(found)}
            parts.append(member("place_code", sorted({code for code, _ in states}), values))
            parts.append(
                member("place_code || '@' || place_valid_from", sorted(f"{c}@{d}" for c, d in states), values)
            )
        if wanted.q:
            parts.append(member("article_id", self._words.articles(wanted.q), values))
        return " AND ".join(parts), values

    def _number(self, value: Decimal | None) -> Any:
        if value is None or self.database.kind != "sqlite":
            return value
        return int(value) if value == value.to_integral_value() and abs(value) < 2**63 else float(value)

    @staticmethod
    def _indicator(name: str, values: dict[str, Any]) -> str:
        forms = dict.fromkeys((name, name.lower(), name[:1].upper() + name[1:].lower()))
        found = []
        for form in forms:
            values[key := f"v{len(values)}"] = f"%{_like(form)}%"
            found.append(f"indicator LIKE :{key} OR category LIKE :{key}")
        values[key := f"v{len(values)}"] = name
        return f"({' OR '.join(found)} OR indicator_id = :{key})"

    def articles(self, wanted: Wanted, limit: int = 50, offset: int = 0) -> list[Row]:
        """Articles with the number of their records, the latest first."""
        where, values = self._articles_where(wanted)
        counts = " + ".join(f"(SELECT count(*) FROM {t} r WHERE r.article_id = a.id)" for t in _TABLES)  # noqa: S608
        sql = (
            f"SELECT a.id, a.title, a.published, a.newspaper, a.url, a.source, a.characters, {counts} AS records "  # noqa: S608
            f"FROM articles a WHERE {where} ORDER BY a.published DESC, a.id LIMIT {int(limit)} OFFSET {int(offset)}"
        )
        return [_clean(row) for row in self.database.rows(sql, values, SECONDS)]

    def count_articles(self, wanted: Wanted) -> int:
        """How many articles there are."""
        where, values = self._articles_where(wanted)
        return self._one(f"SELECT count(*) AS n FROM articles a WHERE {where}", values)  # noqa: S608

    def _articles_where(self, wanted: Wanted) -> tuple[str, dict[str, Any]]:
        values: dict[str, Any] = {}
        parts = ["1 = 1"]
        if wanted.q:
            parts.append(member("a.id", self._words.articles(wanted.q), values))
        if wanted.unit:
            codes = sorted({u.code for found in units_of(wanted.unit) for u in with_parts(found)})
            named = member("code", codes, values)
            parts.append(f"a.id IN (SELECT article_id FROM places WHERE {named})")  # noqa: S608
        if table := _TABLE_OF.get(wanted.kind or ""):
            parts.append(f"a.id IN (SELECT article_id FROM {table})")  # noqa: S608
        elif wanted.kind:
            values[key := f"v{len(values)}"] = wanted.kind
            parts.append(f"a.id IN (SELECT article_id FROM figures WHERE kind = :{key})")  # noqa: S608
        for column, sign, year in (("since", ">=", wanted.since), ("until", "<=", wanted.until)):
            if year is not None:
                values[column] = str(year) + ("" if sign == ">=" else "-99")
                parts.append(f"a.published {sign} :{column}")
        return " AND ".join(parts), values


_TABLES = ("figures", "places", "officials")
_TABLE_OF = {"place": "places", "official": "officials"}


def _like(text: str) -> str:
    """Text for LIKE: its wildcards are dropped, they mean nothing here."""
    return regex.sub(r"[%_\\]", "", text)


def _clean(row: Row) -> Row:
    for name in NUMBERS:
        if name in row:
            row[name] = number(row[name])
    if "verified" in row:
        row["verified"] = bool(row["verified"])
    row["source"] = public_source(row["source"])
    return row


class _Words:
    """An index of the words of all articles, in a temporary file of SQLite; made anew when the database has changed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._index: sqlite3.Connection | None = None
        self._ids: list[str] = []
        self._state: Any = None

    def articles(self, words: str) -> list[str]:
        """Ids of the articles that hold every word, or "words in a row", the best first."""
        question = _question(words)
        if not question:
            return []
        with self._lock:
            self._renew()
            assert self._index is not None
            found = self._index.execute(
                "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?",
                (question, ARTICLES_OF_WORDS),
            ).fetchall()
            return [self._ids[n - 1] for (n,) in found]

    def _renew(self) -> None:
        sql = "SELECT count(*) AS n, max(extracted_at) AS last FROM articles"
        state = next(iter(self._database.rows(sql)))
        if state == self._state:
            return
        index = sqlite3.connect("", check_same_thread=False)
        index.execute(
            "CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize=\"unicode61 remove_diacritics 0\")"
        )
        ids: list[str] = []
        for row in self._database.rows("SELECT id, title, text FROM articles ORDER BY id"):
            ids.append(row["id"])
            text = fold(f"{row['title'] or ''}\n{row['text'] or ''}").text
            index.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (len(ids), text))
        index.commit()
        self._index, self._ids, self._state = index, ids, state


def _question(words: str) -> str:
    """What a reader typed as a question of FTS5: words, and "words in a row"; nothing of its syntax passes."""
    parts = regex.findall(r'"([^"]+)"|([^\s"]+)', fold(words).text)
    wanted = [regex.sub(r"[^\p{L}\p{M}\p{N}]+", " ", row or word).strip() for row, word in parts]
    return " ".join(f'"{part}"' for part in wanted if part)
