"""Sinks: what is loaded twice is there once, what changed is replaced whole, and every target holds the same."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import news

from extractor import schema
from extractor.digest import Digest, digests
from extractor.pipeline import extract
from extractor.readers.document import Document
from extractor.records import from_json, to_json
from extractor.schema.rows import Failed, Loaded, loaded
from extractor.sinks.connect import engine
from extractor.sinks.plan import gather, leaving, writing
from extractor.sinks.sink import TargetError, kind_of, open_readable, open_sink, path_of
from extractor.sinks.tables import ddl, sqlite_number

TARGETS = ["n.db", "postgres", "n.duckdb", "n.jsonl/", "n.parquet/"]


@pytest.fixture(params=TARGETS)
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "postgres":
        yield request.getfixturevalue("postgres")
        return
    if request.param.endswith("duckdb"):
        pytest.importorskip("duckdb")
    yield f"{tmp_path}/{request.param}"


def article(source: str, text: str, mark: str | None = None, **told: Any) -> Loaded:
    document = Document(text, source, "utf-8", **told)
    extraction = extract(text, source, title=document.title, published=document.published)
    return loaded(extraction, document, mark or f"{hash(text)}{told}")


def load(
    target: str,
    *results: Loaded | Failed,
    version: str = "1",
    mended: Callable[[str], bool] = lambda _: False,
) -> list[Failed]:
    sink = open_sink(target, version)
    try:
        refused = sink.write(results) if results else []
        sink.finish(mended)
    finally:
        sink.close()
    return refused


def held(target: str) -> dict[str, Digest]:
    readable = open_readable(target)
    try:
        return {d.table: d for d in digests(readable)}
    finally:
        readable.close()


def rows(target: str, table: str) -> list[dict[str, Any]]:
    readable = open_readable(target)
    try:
        return [dict(zip(schema.names(table), row, strict=True)) for row in readable.rows(table)]
    finally:
        readable.close()


# --- every target ---


def test_loading_twice_changes_nothing(target: str) -> None:
    articles = [article(f"a{n}", news(n)) for n in range(5)]
    load(target, *articles)
    first = held(target), rows(target, "articles")
    assert first[0]["articles"].rows == 5
    assert first[0]["figures"].rows >= 20
    load(target, *articles)
    assert held(target) == first[0]


def test_every_target_holds_the_same(target: str, tmp_path: Path) -> None:
    articles = [article(f"a{n}", news(n), published="2017-03-05") for n in range(3)]
    load(target, *articles)
    load(f"{tmp_path}/other.db", *reversed(articles))
    assert held(target) == held(f"{tmp_path}/other.db")


def test_an_article_that_changed_replaces_its_records_whole(target: str, tmp_path: Path) -> None:
    load(target, article("a", news(1)), article("b", news(2)))
    load(target, article("a", "Chi 5 tỷ đồng.\nHết."))
    load(f"{tmp_path}/fresh.db", article("a", "Chi 5 tỷ đồng.\nHết."), article("b", news(2)))
    assert held(target) == held(f"{tmp_path}/fresh.db")


def test_two_sources_that_change_places(target: str) -> None:
    load(target, article("a", news(1)), article("b", news(2)))
    load(target, article("a", news(2)), article("b", news(1)))
    ids = {r["source"]: r["id"] for r in rows(target, "articles")}
    assert ids == {"a": article("a", news(2)).id, "b": article("b", news(1)).id}


def test_a_new_version_replaces_the_old_records(target: str) -> None:
    load(target, article("a", news(1)), version="1")
    load(target, article("a", news(1)), version="2")
    (row,) = rows(target, "articles")
    assert row["extractor_version"] == "2"
    sink = open_sink(target, "2")
    assert sink.entries(["a", "b"])["a"].version == "2"
    sink.close()


@pytest.mark.parametrize("order", [("a", "b", "c"), ("c", "b", "a"), ("b", "c", "a")])
def test_one_text_of_several_sources_is_one_article_whatever_the_order(
    target: str, order: tuple[str, ...]
) -> None:
    for source in order:
        load(target, article(source, news(1)))
    (row,) = rows(target, "articles")
    assert row["source"] == "a"
    assert {r["source"] for r in rows(target, "figures")} == {"a"}
    load(target, article("a", news(2)))  # the first source has another text now: the others keep the article
    assert sorted(r["source"] for r in rows(target, "articles")) == ["a", "b"]
    assert {r["source"] for r in rows(target, "figures")} == {"a", "b"}


def test_failures_come_go_and_take_the_article_along(target: str) -> None:
    load(target, article("a", news(1)), Failed("b", "x", "read", "empty"))
    assert [(r["source"], r["reason"]) for r in rows(target, "failures")] == [("b", "empty")]
    load(target, article("b", news(2)), Failed("a", "y", "read", "not text"))
    assert [r["source"] for r in rows(target, "failures")] == ["a"]
    assert [r["source"] for r in rows(target, "articles")] == ["b"]
    load(target, Failed("c.zip!x", "z", "open", "broken"), mended=lambda source: source == "c.zip!x")
    assert [r["source"] for r in rows(target, "failures")] == ["a"]


def test_units_are_there_and_figures_join_them(target: str) -> None:
    load(target, article("a", news(1)))
    units = {(u["code"], u["valid_from"]) for u in rows(target, "units")}
    assert len(units) > 17_000
    placed = [(f["place_code"], f["place_valid_from"]) for f in rows(target, "figures") if f["place_code"]]
    assert set(placed) <= units


def test_records_come_back_as_they_went_in(target: str) -> None:
    extraction = extract(news(3), "a")
    load(target, article("a", news(3)))
    back = []
    for table in schema.SHAPES:
        for row in rows(target, table):
            raw = {c.name for c in schema.columns(table) if c.type in ("json", "decimal")}
            cells = (f'"{k}": {v if k in raw and v is not None else json.dumps(v)}' for k, v in row.items())
            back.append(from_json("{" + ", ".join(cells) + "}"))
    assert sorted(back, key=to_json) == sorted(extraction.records, key=to_json)


# --- SQL ---


@pytest.fixture(params=["n.db", "postgres"])
def sql(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(request.getfixturevalue("postgres") if request.param == "postgres" else tmp_path / "n.db")


def ask(target: str, query: str) -> list[tuple[Any, ...]]:
    import sqlalchemy as sa

    made = engine(target)
    try:
        with made.connect() as connection:
            return [tuple(r) for r in connection.execute(sa.text(query))]
    finally:
        made.dispose()


def test_facts_can_be_charted_at_once(sql: str) -> None:
    load(
        sql,
        article(
            "a",
            "Kinh tế Bác Ái\nNăm 2016, huyện Bác Ái thu ngân sách đạt hơn 100,1 tỷ đồng.",
            published="2017-03-05",
        ),
    )
    ((place, indicator, period, value, unit, qualifier, status, sentence, source),) = ask(
        sql, "SELECT place, indicator, period, value, unit, qualifier, status, sentence, source FROM facts"
    )
    assert (indicator, period, value, unit) == ("thu ngân sách", "2016", 100_100_000_000, "VND")
    assert (place, qualifier, status, source) == ("huyện Bác Ái", "over", "actual", "a")
    assert sentence == "Năm 2016, huyện Bác Ái thu ngân sách đạt hơn 100,1 tỷ đồng."


def test_checks_are_a_row_a_verdict(sql: str) -> None:
    load(sql, article("a", news(1)))
    ((records,),) = ask(sql, "SELECT count(DISTINCT record_id) FROM checks")
    ((quotes,),) = ask(sql, "SELECT count(*) FROM checks WHERE name = 'quote' AND verdict = 'pass'")
    assert records == quotes == sum(held(sql)[t].rows for t in schema.SHAPES)


def test_foreign_keys_hold(sql: str) -> None:
    import sqlalchemy as sa

    load(sql, article("a", news(1)))
    made = engine(sql)
    with made.connect() as connection, pytest.raises(sa.exc.IntegrityError):
        connection.execute(sa.text("UPDATE figures SET article_id = 'nothing'"))
    with made.begin() as connection:
        connection.execute(sa.text("DELETE FROM articles"))
    made.dispose()
    assert ask(sql, "SELECT count(*) FROM figures") == [(0,)]


def test_an_article_that_the_database_refuses_costs_itself(sql: str) -> None:
    good, bad = article("a", news(1)), article("b", news(2))
    figures = [("x" * 20, *row[1:]) for row in bad.rows["figures"]]  # one record id for all
    refused = load(sql, good, Loaded(bad.source, bad.fingerprint, bad.article, {"figures": figures}, {}, 0))
    assert [r.source for r in refused] == ["b"]
    assert [r["source"] for r in rows(sql, "articles")] == ["a"]
    assert [(r["source"], r["stage"]) for r in rows(sql, "failures")] == [("b", "write")]


def test_nul_and_surrogates_are_stored(sql: str) -> None:
    from extractor.readers import Item
    from extractor.worker import Task, work

    item = Item("a", "Chi 5\0 tỷ \ud800đồng".encode("utf-8", "surrogatepass"), decoded=True)
    (result,) = work([Task(item, "x")], True)
    load(sql, result)
    assert [r["text"] for r in rows(sql, "articles")] == ["Chi 5\ufffd tỷ \ufffdđồng"]


def test_a_table_of_an_older_release_gets_the_new_columns(sql: str) -> None:
    import sqlalchemy as sa

    load(sql, article("a", news(1)))
    made = engine(sql)
    with made.begin() as connection:
        for statement in ("DROP VIEW facts", "DROP VIEW checks", "ALTER TABLE figures DROP COLUMN subject"):
            connection.execute(sa.text(statement))
    made.dispose()
    load(sql, article("b", news(2)))
    assert held(sql)["articles"].rows == 2
    assert len(ask(sql, "SELECT subject FROM facts")) == held(sql)["figures"].rows


def test_two_sinks_on_one_database_take_turns(sql: str) -> None:
    one, two = open_sink(sql, "1"), open_sink(sql, "1")
    for n in range(6):
        (one if n % 2 else two).write([article(f"a{n % 3}", news(n))])
    one.close()
    two.close()
    assert len(rows(sql, "articles")) == 3


def test_no_text(sql: str) -> None:
    document = Document(news(1), "a", "utf-8")
    load(sql, loaded(extract(news(1), "a"), document, "x", keep_text=False))
    assert [r["text"] for r in rows(sql, "articles")] == [None]
    assert ask(sql, "SELECT DISTINCT sentence FROM facts") == [(None,)]


@pytest.mark.parametrize(
    ("digits", "stored"),
    [
        ("100100000000", 100_100_000_000),
        ("0.87", 0.87),
        ("-3", -3),
        ("99999999999999999999", "99999999999999999999"),
        ("1234567890123456.78", "1234567890123456.78"),
        (None, None),
    ],
)
def test_sqlite_holds_decimals_exactly(digits: str | None, stored: object, tmp_path: Path) -> None:
    assert sqlite_number(digits) == stored
    assert type(sqlite_number(digits)) is type(stored)
    loads = article("a", "Chi 5 tỷ đồng.\nHết.")
    names = schema.names("figures")
    (row,) = loads.rows["figures"]
    changed = tuple(digits if n == "of" else v for n, v in zip(names, row, strict=True))
    load(f"{tmp_path}/n.db", Loaded("a", "x", loads.article, {"figures": [changed]}, {}, 0))
    assert rows(f"{tmp_path}/n.db", "figures")[0]["of"] == digits


def test_the_sqlite_file_is_whole_and_strict(tmp_path: Path) -> None:
    load(f"{tmp_path}/n.db", article("a", news(1)))
    with sqlite3.connect(tmp_path / "n.db") as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        strict = dict(db.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'"))
        assert all(strict[t] for t in schema.TABLES)


def test_ddl_can_be_run_by_itself(postgres: str) -> None:
    import psycopg

    with sqlite3.connect(":memory:") as db:
        for statement in ddl("sqlite"):
            db.execute(statement)
    with psycopg.connect(postgres) as server:
        for statement in ddl("postgresql"):
            server.execute(statement)  # type: ignore[arg-type]


# --- files ---


def test_csv_cells_that_a_spreadsheet_would_run_are_made_harmless(tmp_path: Path) -> None:
    load(
        f"{tmp_path}/n.csv/",
        article("=cmd|' /C calc'!A0", news(1), title="@SUM(1)", byline="+1"),
        article("-b", news(2)),
    )
    for name in ("articles", "figures", "places", "officials"):
        with open(tmp_path / "n.csv" / f"{name}.csv", encoding="utf-8", newline="") as file:
            cells = [c for row in csv.reader(file) for c in row]
        assert cells
        assert not [
            c
            for c in cells
            if c[:1] in ("=", "+", "@", "\t", "\r") or (c[:1] == "-" and not c[1:2].isdigit())
        ]


def test_one_file_holds_records_of_every_kind_in_the_order_of_the_text(tmp_path: Path) -> None:
    articles = [article(f"a{n}", news(n)) for n in (2, 1)]
    load(f"{tmp_path}/n.jsonl", *articles)
    lines = (tmp_path / "n.jsonl").read_bytes().splitlines()
    expected = [to_json(r) for n in (1, 2) for r in sorted(extract(news(n), f"a{n}").records, key=_place)]
    assert lines == expected
    load(f"{tmp_path}/n.parquet", *articles)
    load(f"{tmp_path}/n.csv", *articles)
    assert held(f"{tmp_path}/n.parquet") == held(f"{tmp_path}/n.jsonl")
    assert (tmp_path / "n.csv").read_text(encoding="utf-8").count("\n") > len(lines)


def _place(record: Any) -> tuple[Any, ...]:
    return record.start, record.end, record.kind, record.record_id


def test_the_same_articles_give_the_same_bytes(tmp_path: Path) -> None:
    articles = [article(f"a{n}", news(n)) for n in range(4)]
    for name, given in (("x", articles), ("y", articles[::-1])):
        for suffix in ("jsonl", "csv", "parquet"):
            load(f"{tmp_path}/{name}.{suffix}", *given)
    for suffix in ("jsonl", "csv", "parquet"):
        assert (tmp_path / f"x.{suffix}").read_bytes() == (tmp_path / f"y.{suffix}").read_bytes()


@pytest.mark.parametrize("name", ["n.parquet", "n.duckdb"])
def test_a_number_that_a_fixed_point_cannot_hold_is_told(tmp_path: Path, name: str) -> None:
    loads = article("a", "Chi 5 tỷ đồng.\nHết.")
    (row,) = loads.rows["figures"]
    changed = tuple("9" * 40 if n == "of" else v for n, v in zip(schema.names("figures"), row, strict=True))
    refused = load(f"{tmp_path}/{name}", Loaded("a", "x", loads.article, {"figures": [changed]}, {}, 0))
    assert "more digits" in refused[0].reason


# --- targets by name ---


@pytest.mark.parametrize(
    ("target", "kind", "path"),
    [
        ("sqlite:///news.db", "sqlite", "news.db"),
        ("sqlite:////data/news.db", "sqlite", "/data/news.db"),
        ("news.sqlite", "sqlite", "news.sqlite"),
        ("duckdb:///n.duckdb", "duckdb", "n.duckdb"),
        ("out/records.jsonl", "jsonl", "out/records.jsonl"),
        ("records.parquet/", "parquet", "records.parquet/"),
        ("postgresql://u@h/db", "postgresql", None),
        ("postgresql+psycopg://u@h/db", "postgresql", None),
    ],
)
def test_targets_by_name(target: str, kind: str, path: str | None) -> None:
    assert kind_of(target) == kind
    if path:
        assert path_of(target) == path


@pytest.mark.parametrize("target", ["news", "mysql://h/db", "news.xlsx", "s3://b/x.parquet"])
def test_unknown_targets_say_what_there_is(target: str) -> None:
    with pytest.raises(TargetError, match="sqlite:///"):
        kind_of(target)


def test_targets_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "n.db").write_bytes(b"this is no database" * 100)
    for target in (
        f"{tmp_path}/n.db",
        f"{tmp_path}/no/n.db",
        "postgresql://postgres@127.0.0.1:1/none?connect_timeout=2",
    ):
        with pytest.raises(TargetError):
            open_sink(target, "1")
    with pytest.raises(TargetError, match="trichtin bulk"):
        open_readable(f"{tmp_path}/none.db")


# --- the plan, without a database ---


def test_the_last_word_on_a_source_holds() -> None:
    batch = gather(
        [
            article("a", news(1)),
            Failed("a", "x", "read", "no"),
            Failed("b", "y", "read", "no"),
            article("b", news(2)),
        ]
    )
    assert (list(batch.loaded), list(batch.failed)) == (["b"], ["a"])
    assert leaving(batch, {"a": "1", "b": batch.loaded["b"].id}) == {"a": "1"}
    assert [w.source for w in writing(batch, {}, "1")] == ["b"]


def test_json_schema_accepts_the_records() -> None:
    made = schema.json_schema()
    figure = made["$defs"]["Figure"]["properties"]
    assert figure["value_min"] == {"type": "number"}
    assert set(figure) == set(schema.names("figures"))
    assert json.dumps(made)
