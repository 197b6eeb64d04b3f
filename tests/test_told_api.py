"""The REST interface to what `reconcile` found: a unit's claims, series, points and tenures, a claim with its sources."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from archive import DATABASES, database
from test_serve import Service, served
from told import HOSTILE, fill, told  # noqa: F401

from extractor.pages import told_api
from extractor.pages.store import Database, open_database

REVENUE = {"what": "budget_revenue", "measure": "VND"}


@pytest.fixture(scope="module")
def service(told: str) -> Iterator[Service]:  # noqa: F811
    with served("--db", told) as made:
        yield made


EIGHT = {f"{year} {status}" for year in range(2014, 2018) for status in ("actual", "planned")}


@pytest.mark.parametrize(
    ("asked", "total", "shown"),
    [
        ("", 8, EIGHT),
        ("period=&what=", 8, EIGHT),
        ("agreement=conflicting", 1, {"2016 actual"}),
        ("agreement=revised", 0, set()),
        ("status=actual&period=2015", 1, {"2015 actual"}),
        ("what=budget_revenue&status=planned&limit=2&offset=1", 4, {"2016 planned", "2015 planned"}),
        ("valid_from=2004-08-31&limit=1", 8, {"2016 actual"}),  # the worst first
        ("offset=99", 8, set()),
    ],
)
def test_claims_of_a_unit(service: Service, asked: str, total: int, shown: set[str]) -> None:
    answer = service.json("GET", f"/units/58/claims?{asked}")
    assert {f"{c['period']} {c['status']}" for c in answer["claims"]} == shown
    assert answer["total"] == total
    assert {c["place_code"] for c in answer["claims"]} <= {"58"}


def test_a_conflict_has_its_values_side_by_side_and_its_sources(service: Service) -> None:
    conflict = service.json("GET", "/units/58/claims")["claims"][0]
    assert conflict["agreement"] == "conflicting"
    assert [v["value_min"] for v in conflict["given"]] == [2_150_000_000_000, 2_340_000_000_000]
    answer = service.json("GET", f"/claims/{conflict['claim_id']}.json")
    assert answer["claim"]["period"] == "2016"
    assert answer["total"] == 2
    assert {s["quote"]: s["sentence"][:10] for s in answer["sources"]} == {
        "2150 tỷ đồng": "Năm 2016, ", "2.340 tỷ đồng": "Năm 2016, ",
    }  # fmt: skip
    assert {(b["period"], b["status"]) for b in answer["beside"]} >= {("2016", "planned"), ("2015", "actual")}
    parts = [
        service.json("GET", f"/claims/{conflict['claim_id']}.json?limit=1&offset={at}")["sources"]
        for at in range(3)
    ]
    assert parts == [[answer["sources"][0]], [answer["sources"][1]], []]


def test_series_of_a_unit_are_paged_and_in_order(service: Service) -> None:
    whole = service.json("GET", "/units/58/series?what=budget_revenue&status=actual")
    assert [(r["period"], r["value"], r["years_missing"]) for r in whole["series"]] == [
        ("2014", 1_800_000_000_000, None),
        ("2015", 2_000_000_000_000, 0),
        ("2016", whole["series"][2]["value"], 0),
        ("2017", 2_240_000_000_000, 0),
    ]
    pages = [service.json("GET", f"/units/58/series?limit=3&offset={at}") for at in range(0, 9, 3)]
    assert {p["total"] for p in pages} == {8}
    assert [r["claim_id"] for p in pages for r in p["series"]] == [
        r["claim_id"] for r in service.json("GET", "/units/58/series")["series"]
    ]
    some = service.json("GET", "/units/58/series?since=2016&until=2016")
    assert {r["period"] for r in some["series"]} == {"2016"}


def test_points_of_a_unit_as_it_was_and_of_a_unit_of_today(service: Service) -> None:
    answer = service.json("GET", f"/units/58/points?{urlencode(REVENUE)}")
    assert answer["unit"]["name"] == "tỉnh Ninh Thuận"
    assert [(p["period"], p["value_min"]) for p in answer["points"]][:2] == [
        ("2014", 1_800_000_000_000),
        ("2015", 2_000_000_000_000),
    ]
    assert answer["points"][0]["units"] == ["tỉnh Ninh Thuận"]
    today = service.json("GET", f"/units/56/points?today=true&{urlencode(REVENUE)}")
    assert today["unit"]["name"] == "tỉnh Khánh Hòa"
    assert {(p["value_min"], p["note"]) for p in today["points"]} == {(None, "1 of 2 parts")}
    assert {tuple(p["missing"]) for p in today["points"]} == {("tỉnh Khánh Hòa",)}
    none = service.json("GET", "/units/58/points?what=exports&measure=USD")
    assert none["points"] == []


def test_tenures_of_a_unit(service: Service) -> None:
    answer = service.json("GET", "/units/58/tenures?" + urlencode({"office": "chủ tịch"}))
    assert [(t["name"], t["first_mention"], t["state"]) for t in answer["tenures"]] == [
        ("Lưu Xuân Vĩnh", "2015-01-10", "held"),
        ("Nguyễn Văn Nam", None, "former"),
        ("Lê Thị Mai", "2019-03-05", "held"),
    ]
    assert {type(t["acting"]) for t in answer["tenures"]} == {bool}
    assert {type(t["candidates"]) for t in answer["tenures"]} == {list}
    one = service.json("GET", "/units/58/tenures?limit=1&offset=1")
    assert (one["total"], one["tenures"][0]["tenure_id"]) == (3, answer["tenures"][1]["tenure_id"])
    assert service.json("GET", "/units/58/tenures?office=vua")["tenures"] == []


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/units/xx/claims", 404, "no_unit"),
        ("/units/58/series?valid_from=1900-01-01", 404, "no_unit"),
        ("/units/58/tenures?valid_from=then", 422, "parameter"),
        ("/units/58/claims?limit=1001", 422, "parameter"),
        ("/units/58/claims?agreement=good", 422, "parameter"),
        ("/units/58/points", 422, "parameter"),
        ("/units/58/points?what=a&measure=VND&today=true", 422, "unit"),
        ("/units/58/points?what=a&measure=VND&every=day", 422, "parameter"),
        ("/claims/xx.json", 404, "no_claim"),
    ],
)
def test_errors_say_what_to_do(service: Service, path: str, status: int, code: str) -> None:
    error = service.json("GET", path, None, status)["error"]
    assert error["code"] == code
    assert error["message"]
    assert error["do"]


def test_the_interface_is_described(service: Service) -> None:
    paths = service.json("GET", "/openapi.json")["paths"]
    wanted = [f"/units/{{code}}/{name}" for name in ("claims", "series", "points", "tenures")]
    for path in (*wanted, "/claims/{claim_id}.json"):
        assert {"200", "404", "422"} <= paths[path]["get"]["responses"].keys()
        assert all(p.get("description") or p["in"] == "path" for p in paths[path]["get"]["parameters"])
    page = service.call("GET", "/docs")[2].decode()
    assert "/units/…/points?what=…&amp;measure=…" in page
    assert "{code}&#x27;" not in page


def test_nothing_of_the_machine_and_no_markup_is_lost(service: Service) -> None:
    conflict = service.json("GET", "/units/58/claims")["claims"][0]["claim_id"]
    _, headers, content = service.call("GET", f"/claims/{conflict}.json")
    assert headers["content-type"] == "application/json"
    assert headers["x-content-type-options"] == "nosniff"
    assert HOSTILE in {s["title"].removeprefix("Chuyện lạ ") for s in json.loads(content)["sources"]}
    assert b"told.db" not in content


def test_a_database_that_is_not_reconciled_says_what_to_do(tmp_path: Path) -> None:
    with served("--db", fill(f"sqlite:///{tmp_path}/n.db", and_reconcile=False)) as made:
        for path in ("/units/58/claims", "/claims/x.json"):
            assert made.json("GET", path, None, 404)["error"]["code"] == "not_reconciled"


@pytest.fixture(params=DATABASES)
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    target = fill(database(request, request.param, tmp_path))
    kind = "duckdb" if target.endswith(".duckdb") else "sqlite"
    return open_database(target if "://" in target else f"{kind}:///{target}")


def test_every_database_gives_the_same_answers(other: Database, service: Service) -> None:
    unit = told_api.of_unit("58", other)
    claim = service.json("GET", "/units/58/claims")["claims"][0]["claim_id"]
    given = {
        "/units/58/claims": told_api.claims(unit),
        "/units/58/series?since=2015": told_api.series(unit, since=2015),
        "/units/58/tenures": told_api.tenures(unit),
        f"/units/58/points?{urlencode(REVENUE)}": told_api.points_(unit, **REVENUE),
        f"/claims/{claim}.json": told_api.claim(claim, other),
    }
    for path, answer in given.items():
        assert json.loads(bytes(answer.body)) == service.json("GET", path), path
