"""People: articles are loaded, and reconcile puts together who held which office."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from archive import DATABASES, asked, database, load, tables

from extractor import extract
from extractor.readers.document import Document
from extractor.reconcile import reconcile
from extractor.schema.rows import loaded

TABLES = ("tenures", "tenure_mentions", "official_names")

ARTICLES = [
    ("2015-03-01", "Ông Trần Văn Bình, Chủ tịch UBND huyện Bác Ái, tỉnh Ninh Thuận phát biểu."),
    ("2016-03-01", "Chủ tịch Ủy ban nhân dân huyện Bác Ái (Ninh Thuận) Trần Văn Bình dự lễ."),
    ("2018-06-01", "Bà Lê Thị Mai, Chủ tịch UBND huyện Bác Ái, tỉnh Ninh Thuận cho biết. Ông Trần Văn Bình, nguyên Chủ tịch UBND huyện Bác Ái, cùng dự."),
    ("2017-01-01", "Ông TRẦN VĂN BÌNH, Chủ tịch UBND huyện Gò Công Tây, tỉnh Tiền Giang chủ trì."),
    (None, "Thứ trưởng Bộ Y tế Phạm Thu Hà làm việc tại Hà Nội. Thứ trưởng Phạm Thu Hà khẳng định như vậy."),
    (None, "Giám đốc Phạm Thu Hà cho biết điều đó tại cuộc họp ở thành phố Hà Nội."),
]  # fmt: skip


@pytest.fixture(params=DATABASES)
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return database(request, request.param, tmp_path)


def put(target: str, numbers: Sequence[int]) -> None:
    """Load some of the articles."""
    rows = []
    for n in numbers:
        published, text = ARTICLES[n]
        found = extract(f"Tin số {n}\n\n{text}\n", f"n{n}", published=published)
        rows.append(loaded(found, Document(found.article.text, f"n{n}", "utf-8"), str(n)))
    load(target, rows)


def every(target: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Tenures by name and body with unit."""
    columns = "name, body_key, place_code, office, state, first_mention, last_mention, former_from, mentions, undated, stories, identity, person_id, tenure_id, predecessor_id, successor_id, predecessor_by"
    names = [c.strip() for c in columns.split(",")]
    rows = [dict(zip(names, row, strict=True)) for row in asked(target, f"SELECT {columns} FROM tenures")]
    return {(r["name"], f"{r['body_key']} {r['place_code'] or ''}".strip()): r for r in rows}


def test_tenures_of_a_database(target: str) -> None:
    put(target, range(len(ARTICLES)))
    counts = reconcile(target)["people"]
    found = every(target)
    assert set(found) == {
        ("Trần Văn Bình", "ủy ban nhân dân 584"),
        ("Lê Thị Mai", "ủy ban nhân dân 584"),
        ("TRẦN VĂN BÌNH", "ủy ban nhân dân 823"),
        ("Phạm Thu Hà", "bộ y tế"),
    }
    chair, after = found["Trần Văn Bình", "ủy ban nhân dân 584"], found["Lê Thị Mai", "ủy ban nhân dân 584"]
    assert (chair["first_mention"], chair["last_mention"], chair["former_from"], chair["state"]) == (
        "2015-03-01", "2016-03-01", "2018-06-01", "former",
    )  # fmt: skip
    assert (after["predecessor_id"], after["predecessor_by"]) == (chair["tenure_id"], "dates")
    assert chair["successor_id"] == after["tenure_id"]
    other = found["TRẦN VĂN BÌNH", "ủy ban nhân dân 823"]
    assert (chair["identity"], other["identity"]) == ("apart", "apart")
    assert chair["person_id"] != other["person_id"]
    minister = found["Phạm Thu Hà", "bộ y tế"]
    assert (minister["mentions"], minister["undated"], minister["first_mention"], minister["stories"]) == (
        2,
        2,
        None,
        1,
    )
    assert counts == {
        "tenures": 4, "people": 4, "people who may be one": 0, "statements of no one office": 1,
    }  # fmt: skip
    rules = dict(asked(target, "SELECT rule, count(*) FROM tenure_mentions GROUP BY rule"))
    assert rules == {"told": 6, "in its article": 1, "open": 1}


def test_a_second_run_and_a_load_in_two_halves_give_the_same(
    tmp_path: Path, target: str, request: pytest.FixtureRequest
) -> None:
    put(target, [3, 5, 0])
    reconcile(target)
    put(target, [4, 1, 2])
    reconcile(target)
    halves = tables(target, TABLES)
    reconcile(target)
    assert tables(target, TABLES) == halves
    whole = database(request, "sqlite", tmp_path, "whole")
    put(whole, range(len(ARTICLES)))
    reconcile(whole)
    assert every(whole) == every(target)


def test_every_mention_leads_back_to_its_record(target: str) -> None:
    put(target, range(len(ARTICLES)))
    reconcile(target)
    lost = "SELECT count(*) FROM officials o LEFT JOIN tenure_mentions m ON m.record_id = o.record_id WHERE m.record_id IS NULL"
    assert asked(target, lost) == [(0,)]
    counted = "SELECT count(*) FROM tenures t WHERE mentions <> (SELECT count(*) FROM tenure_mentions m WHERE m.tenure_id = t.tenure_id)"
    assert asked(target, counted) == [(0,)]


def test_an_empty_database_has_no_people(target: str) -> None:
    put(target, [])
    assert set(reconcile(target)["people"].values()) == {0}
