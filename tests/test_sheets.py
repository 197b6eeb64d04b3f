"""The sheets of units, claims and people: what they show of a database, and the service's pages in Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from archive import DATABASES, database
from browser import Browser, browser  # noqa: F401
from test_serve import Service, served
from told import HOSTILE, fill, told  # noqa: F401

from extractor.pages import reconciled
from extractor.pages.plots import Mark, over_time, short
from extractor.pages.store import Database, open_database
from extractor.pages.told import amount
from extractor.pages.unit_sheet import HINT, unit_sheet

PROVINCE = "58"


@pytest.fixture(params=DATABASES)
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    target = database(request, request.param, tmp_path)
    kind = "duckdb" if target.endswith(".duckdb") else "sqlite"
    fill(target)
    return open_database(target if "://" in target else f"{kind}:///{target}")


def test_a_unit_in_every_database(other: Database) -> None:
    found = reconciled.unit_told(other, PROVINCE)
    assert found is not None
    (conflict,) = found.claims
    assert (conflict["agreement"], conflict["period"], conflict["stories"]) == ("conflicting", "2016", 2)
    assert [amount({**conflict, **g}) for g in conflict["given"]] == [
        "2.150.000.000.000 VND",
        "2.340.000.000.000 VND",
    ]
    holders = [(t["name"], t["first_mention"], t["predecessor"], t["successor"]) for t in found.tenures]
    assert sorted(holders) == [
        ("Lê Thị Mai", "2019-03-05", "Lưu Xuân Vĩnh", None),
        ("Lưu Xuân Vĩnh", "2015-01-10", "Nguyễn Văn Nam", "Lê Thị Mai"),
        ("Nguyễn Văn Nam", None, None, "Lưu Xuân Vĩnh"),
    ]
    assert [(u.full_name, n) for u, n in found.parts] == [("huyện Bác Ái", 1)]
    assert len(found.facts) == 9
    claim, sources, beside = reconciled.claim(other, conflict["claim_id"]) or pytest.fail("no claim")
    assert {(s["value_min"], s["title"]) for s in sources} == {
        (Decimal(2_150_000_000_000), "Tỉnh Ninh Thuận tổng kết năm 2016"),
        (Decimal(2_340_000_000_000), f"Chuyện lạ {HOSTILE}"),
    }
    assert {(b["period"], b["status"]) for b in beside} == {
        ("2014", "actual"), ("2015", "actual"), ("2017", "actual"), ("2016", "planned"),
    }  # fmt: skip
    assert claim["indicator"] == "thu ngân sách"


def test_a_person_with_namesakes(told: str) -> None:  # noqa: F811
    db = open_database(told)
    found = reconciled.unit_told(db, PROVINCE)
    assert found is not None
    mai = next(t for t in found.tenures if t["name"] == "Lê Thị Mai")
    tenures, sentences, others = reconciled.person(db, mai["person_id"]) or pytest.fail("no person")
    assert {t["identity"] for t in tenures} == {"one"}  # one article tells of both
    assert {t["office"] for t in tenures} == {"chủ tịch", "giám đốc"}
    assert others == []
    assert [s["title"] for s in sentences[mai["tenure_id"]]] == ["Việc mới"]
    assert reconciled.person(db, "nobody") is None


def test_a_database_that_is_not_reconciled_says_what_to_do(tmp_path: Path) -> None:
    db = open_database(fill(f"sqlite:///{tmp_path}/n.db", and_reconcile=False))
    assert not reconciled.is_reconciled(db)
    found = reconciled.unit_told(db, PROVINCE)
    assert found is not None
    page = unit_sheet(found, reconciled=False)
    assert HINT[0].replace("'", "&#x27;") in page
    assert "2.340 tỷ đồng" in page


def test_no_such_unit_or_claim(told: str) -> None:  # noqa: F811
    db = open_database(told)
    assert reconciled.unit_told(db, "xx") is None
    assert reconciled.claim(db, "xx") is None


def mark(period: str, value: int, look: str = "actual") -> Mark:
    return Mark(period, Decimal(value), Decimal(value), look, "<b>", 'a"b')


@pytest.mark.parametrize(
    ("marks", "circles", "lines"),
    [
        ([], 0, 0),
        ([mark("2015", 1)], 0, 0),
        ([mark("2015", 1), mark("2016", 2), mark("2017", 3)], 3, 2),
        ([mark("2015", 1), mark("2017", 3)], 2, 0),  # a gap
        ([mark("2015", 1), mark("2016", 3, "planned")], 2, 0),
        ([mark("2015", 1), mark("2016", 3), mark("2016", 4)], 3, 0),  # two values of one year
        ([mark("2015", 5), mark("2016", 5)], 2, 1),
        ([mark("sometime", 1), mark("2016", 2)], 0, 0),
    ],
)
def test_charts_over_time(marks: list[Mark], circles: int, lines: int) -> None:
    drawn = over_time(marks, '"><script>')
    assert drawn.count("<circle") == circles
    assert drawn.count('class="joined"') == lines
    assert "<script>" not in drawn
    assert "<b>" not in drawn


@pytest.mark.parametrize(
    ("value", "words"),
    [("4650000000000", "4.650 tỷ"), ("12300000", "12,3 triệu"), ("8.5", "8,5"), ("322", "322"), ("0", "0")],
)
def test_numbers_of_an_axis(value: str, words: str) -> None:
    assert short(Decimal(value)) == words


@pytest.fixture(scope="module")
def service(told: str) -> Iterator[Service]:  # noqa: F811
    with served("--db", told) as made:
        yield made


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/units/58", 200),
        ("/units/58?valid_from=2004-08-31", 200),
        ("/units/58?valid_from=x", 422),
        ("/units/xx", 404),
        ("/claims", 200),
        ("/claims/xx", 404),
        ("/people/xx", 404),
    ],
)
def test_addresses(service: Service, path: str, status: int) -> None:
    got, headers, content = service.call("GET", path)
    assert got == status
    assert headers["content-type"].startswith("text/html" if status == 200 else "application/json")
    assert HOSTILE.encode() not in content
    assert b"/told.db" not in content


def test_from_a_conflict_to_its_sentences_and_people(browser: Browser, service: Service) -> None:  # noqa: F811
    browser.open(service.url + "/units/58")
    assert "Ninh Thuận" in browser.one("h1").text
    first = browser.one("main section")
    assert first.get_attribute("id") == "differences"
    assert browser.one("#differences .agree").text == "mâu thuẫn"
    assert len(browser.all("#figures .plot circle")) == 9
    browser.follow(browser.one("#differences td a"))
    values = browser.all(".value")
    assert [v.find_element("css selector", "h2").text for v in values] == [
        "2.150.000.000.000 VND",
        "2.340.000.000.000 VND",
    ]
    assert HOSTILE in values[1].text
    assert browser.driver.execute_script("return window.hit") is None
    browser.follow(values[1].find_element("css selector", ".quote"))
    assert browser.one(".entry[open] .words").text == "2.340 tỷ đồng"
    browser.driver.get(service.url + "/units/58")
    browser.follow(next(a for a in browser.all("#officials a") if a.text == "Lưu Xuân Vĩnh"))
    assert len(browser.all(".cited li")) == 4
    browser.assert_quiet(f"127.0.0.1:{service.port}")


def test_sheets_fit_a_phone(browser: Browser, service: Service) -> None:  # noqa: F811
    try:
        browser.resize(390, 800)
        for path in ("/units/58", "/claims"):
            browser.open(service.url + path)
            wide = browser.driver.execute_script("return document.documentElement.scrollWidth")
            assert wide <= 390
        browser.follow(browser.one("td a[href^='/claims/']"))
        assert browser.driver.execute_script("return document.documentElement.scrollWidth") <= 390
        browser.assert_quiet(f"127.0.0.1:{service.port}")
    finally:
        browser.resize(1280, 900)
