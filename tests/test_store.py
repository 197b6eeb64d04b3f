"""A database of any sort answers the pages alike."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from pathlib import Path

import pytest
from newsroom import SEED, fill, newsroom  # noqa: F401

from extractor import extract
from extractor.pages.findings import findings
from extractor.pages.search import Search, UnitError, Wanted, units_of, with_parts
from extractor.pages.store import Database, extraction, open_database, public_source

QUESTIONS = (
    Wanted(),
    Wanted(kind="money", unit="Tiền Giang", since=2016, until=2016),
    Wanted(q='"Đoàn cán bộ"', verified=True),
    Wanted(value_min=Decimal("0.5"), value_max=Decimal("7.25"), measure="percent"),
    Wanted(indicator="thu ngân sách", period="2017", status="planned"),
)


@pytest.fixture
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    if request.param == "duckdb":
        pytest.importorskip("duckdb")
        return open_database(fill(tmp_path, f"duckdb:///{tmp_path}/news.duckdb"))
    return open_database(fill(tmp_path, request.getfixturevalue("postgres")))


@pytest.mark.parametrize("other", ["duckdb", "postgresql"], indirect=True)
def test_same_answers(other: Database, newsroom: str) -> None:  # noqa: F811
    first, second = Search(open_database(newsroom)), Search(other)
    for wanted in QUESTIONS:
        ids = [{f["record_id"]: f for f in s.facts(wanted, 1000)} for s in (first, second)]
        assert ids[0] == ids[1]
        assert first.count_facts(wanted) == second.count_facts(wanted) == len(ids[0])
        assert first.count_articles(wanted) == len(second.articles(wanted))
    ours, theirs = asdict(findings(first.database)), asdict(findings(second.database))
    assert ours["counts"] == theirs["counts"]
    assert len(ours["facts"]) == len(theirs["facts"])
    assert sorted(u["label"] for u in ours["rows"]["map"]) == sorted(
        u["label"] for u in theirs["rows"]["map"]
    )


def test_kinds_that_there_are(newsroom: str) -> None:  # noqa: F811
    search = Search(open_database(newsroom))
    assert search.kinds() == ["households", "money", "percent"]
    assert search.kinds(every=True)[-2:] == ["place", "official"]


def test_article_comes_back_as_it_was_extracted(newsroom: str) -> None:  # noqa: F811
    fresh = extract(SEED.read_text(encoding="utf-8"), "seed")
    held = extraction(open_database(newsroom), fresh.article.id)
    assert held is not None
    assert held.records == fresh.records
    assert held.article == fresh.article


def test_units_with_their_parts() -> None:
    (go_cong,) = units_of("Gò Công Tây")
    parts = {u.name for u in with_parts(go_cong)}
    assert {"Vĩnh Bình", "Đồng Sơn"} <= parts
    with pytest.raises(UnitError, match="add the unit that holds it"):
        units_of("Châu Thành")
    assert {u.level for u in units_of("Châu Thành, Tiền Giang")} == {"district"}


def test_sources_lose_their_folders() -> None:
    assert public_source("/data/a/news.zip!in/a.txt") == "news.zip!in/a.txt"
    assert public_source("C:\\data\\news.jsonl#3") == "news.jsonl#3"
    assert public_source("https://bao.example/a/b.html") == "https://bao.example/a/b.html"
