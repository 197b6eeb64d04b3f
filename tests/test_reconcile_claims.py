"""Claims, targets and their sources, in every database."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from archive import DATABASES, asked, database, load, made, tables, words

from extractor.reconcile import reconcile
from extractor.sinks.store import exact

NINH_THUAN = {"place_code": "58", "place_valid_from": "2004-08-31"}
BAC_AI = {"place_code": "584", "place_valid_from": "2004-08-31"}
GO_CONG_TAY = {"place_code": "823", "place_valid_from": "2004-08-31"}
REVENUE = {"indicator": "thu ngân sách", "indicator_id": "budget_revenue", "period": "2016", **NINH_THUAN}
POVERTY = {
    "kind": "percent", "unit": "percent", "indicator": "tỷ lệ hộ nghèo", "indicator_id": "poverty_rate", "period": "2016",
}  # fmt: skip

WIRE = " ".join(words(1, 200))

ARTICLES = [
    made("a1", WIRE, {"value": "2150", **REVENUE}, published="2017-01-02", newspaper="Báo A"),
    made("a2", WIRE + " hết", {"value": "2150", **REVENUE}, published="2017-01-03", newspaper="Báo B"),
    made("b1", "Bài khác.", {"value": "2140", **REVENUE}, published="2017-01-05", newspaper="Báo B"),
    made(
        "c1",
        "Hai huyện.",
        {"value": "40", **POVERTY, **BAC_AI, "status": "planned"},
        {"value": "42.5", **POVERTY, **BAC_AI},
        {"value": "5", **POVERTY, **GO_CONG_TAY, "status": "planned", "qualifier": "under"},
        {"value": "4.7", **POVERTY, **GO_CONG_TAY},
    ),
    made("d1", "Bảng giá.", *({"value": v, **REVENUE, "indicator": "giá lúa", "indicator_id": None} for v in ("5", "6"))),
    made("e1", "Không rõ.", {"value": "7", **REVENUE, "place_code": None, "place_valid_from": None}),
    made("f1", "Quảng Bình.", {"value": "100.1", **REVENUE, "period": "2015"}),
    made("f2", "Quảng Trị.", {"value": "100", "qualifier": "over", **REVENUE, "period": "2015"}),
]  # fmt: skip


@pytest.fixture(params=DATABASES)
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return database(request, request.param, tmp_path)


def claims(target: str, columns: str) -> list[tuple[Any, ...]]:
    return asked(target, f"SELECT {columns} FROM claims ORDER BY place_code, what, period, status")


def test_claims_targets_and_sources(target: str) -> None:
    load(target, ARTICLES)
    counts = reconcile(target)["claims"]
    assert counts == {
        "figures in claims": 9, "  left out: no unit": 1, "  left out: several values in one article": 2, "claims": 6,
        "  single": 4, "  confirmed": 0, "  compatible": 1, "  revised": 0, "  conflicting": 1,
    }  # fmt: skip
    found = claims(
        target,
        "place_code, what, period, status, agreement, facts, articles, stories, papers, first_published",
    )
    assert found == [
        ("58", "budget_revenue", "2015", "actual", "compatible", 2, 2, 2, 0, None),
        ("58", "budget_revenue", "2016", "actual", "conflicting", 3, 3, 2, 2, "2017-01-02"),
        ("584", "poverty_rate", "2016", "actual", "single", 1, 1, 1, 0, None),
        ("584", "poverty_rate", "2016", "planned", "single", 1, 1, 1, 0, None),
        ("823", "poverty_rate", "2016", "actual", "single", 1, 1, 1, 0, None),
        ("823", "poverty_rate", "2016", "planned", "single", 1, 1, 1, 0, None),
    ]
    ((given,),) = asked(target, "SELECT given FROM claims WHERE agreement = 'conflicting'")
    told = json.loads(given) if isinstance(given, str) else given
    assert [(v["value_min"], v["qualifier"], v["facts"], v["stories"], v["papers"]) for v in told] == [
        ("2140", "exact", 1, 1, 1),
        ("2150", "exact", 2, 1, 2),
    ]
    sources = (
        "SELECT record_id, value_min, newspaper, published FROM claim_sources WHERE agreement = 'conflicting'"
    )
    assert [(r, exact(v), *rest) for r, v, *rest in asked(target, sources + " ORDER BY record_id")] == [
        ("a1-0", 2150, "Báo A", "2017-01-02"),
        ("a2-0", 2150, "Báo B", "2017-01-03"),
        ("b1-0", 2140, "Báo B", "2017-01-05"),
    ]
    unclear = "SELECT record_id FROM claim_facts WHERE claim_id NOT IN (SELECT claim_id FROM claims) ORDER BY record_id"
    assert asked(target, unclear) == [("d1-0",), ("d1-1",)]
    targets = (
        "SELECT place, target_max, target_qualifier, result_max, outcome FROM targets ORDER BY place_code"
    )
    assert [(p, exact(t), q, exact(r), o) for p, t, q, r, o in asked(target, targets)] == [
        ("huyện Bác Ái", 40, "exact", Decimal("42.5"), "missed"),
        ("huyện Gò Công Tây", 5, "under", Decimal("4.7"), "met"),
    ]


def test_an_article_that_is_unclear_is_no_witness_beside_others(target: str) -> None:
    clear = made("a", "Rõ.", {"value": "100", **REVENUE})
    unclear = made("b", "Không rõ.", {"value": "90", **REVENUE}, {"value": "50", **REVENUE})
    load(target, [clear, unclear])
    reconcile(target)
    assert claims(target, "agreement, facts, unclear") == [("single", 1, 1)]


TARGETS = [
    # change, qualifier of the target, target, result, qualifier of the result: what became of it
    ("budget_revenue", None, "exact", "5900", "6350", "exact", "met"),
    ("budget_revenue", None, "exact", "5900", "5900", "exact", "met"),
    ("budget_revenue", None, "exact", "5900", "5900", "nearly", "missed"),
    ("budget_revenue", None, "exact", "5900", "5899", "exact", "missed"),
    ("budget_revenue", None, "exact", "5900", "5800..6000", "exact", "open"),
    ("budget_revenue", "decrease", "exact", "5", "6", "exact", "missed"),
    ("poverty_rate", None, "exact", "5", "4.7", "exact", "met"),
    ("poverty_rate", None, "exact", "5", "5", "over", "missed"),
    ("poverty_rate", "decrease", "exact", "1.5", "2", "exact", "met"),
    ("poverty_rate", "decrease", "at_least", "1.5", "1.2", "exact", "missed"),
    ("imports", None, "exact", "5", "6", "exact", "above"),
    ("imports", None, "exact", "5", "4", "exact", "below"),
    ("imports", None, "exact", "5", "5", "exact", "equal"),
    ("imports", None, "under", "5", "6", "exact", "missed"),
    ("exports", None, "exact", "5", None, "exact", "no result"),
]


def test_what_became_of_targets(target: str) -> None:
    articles = []
    for n, (what, change, qualifier, planned, actual, of_result, _) in enumerate(TARGETS):
        about = {
            "indicator": what,
            "indicator_id": what,
            "change": change,
            "period": "2016",
            "subject": f"s{n:02}",
            **NINH_THUAN,
        }
        articles.append(
            made(
                f"p{n}",
                f"Mục tiêu {n}.",
                {"value": planned, "qualifier": qualifier, "status": "planned", **about},
            )
        )
        if actual:
            low, _, high = actual.partition("..")
            result = {"value_min": Decimal(low), "value_max": Decimal(high or low), "qualifier": of_result}
            articles.append(made(f"r{n}", f"Kết quả {n}.", {**result, **about}))
    load(target, articles)
    reconcile(target)
    outcomes = [outcome for (outcome,) in asked(target, "SELECT outcome FROM targets ORDER BY subject")]
    assert outcomes == [line[-1] for line in TARGETS]


TABLES = ("stories", "claims", "claim_facts")


def test_the_tables_do_not_depend_on_the_order_or_the_number_of_runs(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    found = []
    for kind in DATABASES:
        one = database(request, kind, tmp_path, "parts")
        load(one, ARTICLES[:3])
        reconcile(one)
        load(one, ARTICLES[3:])
        reconcile(one)
        found.append(tables(one, TABLES))
    whole = f"{tmp_path}/whole.db"
    load(whole, reversed(ARTICLES))
    reconcile(whole)
    found.append(tables(whole, TABLES))
    assert [normal(f) for f in found] == [normal(found[-1])] * 4


def normal(found: dict[str, list[tuple[Any, ...]]]) -> str:
    """Numbers and JSON as each database gives them, in one shape."""

    def cell(value: Any) -> Any:
        if isinstance(value, list) or (isinstance(value, str) and value.startswith("[")):
            return json.dumps(value if isinstance(value, list) else json.loads(value), sort_keys=True)
        number = isinstance(value, int | float) or (
            isinstance(value, str) and value.replace(".", "").isdecimal()
        )
        return format(Decimal(str(value)).normalize(), "f") if number else value

    return repr({name: sorted(repr([cell(v) for v in row]) for row in rows) for name, rows in found.items()})


def test_series_shows_the_years_that_are_missing(target: str) -> None:
    load(
        target,
        [
            made(f"a{y}", f"Năm {y}.", {"value": str(y), **REVENUE, "period": str(y)})
            for y in (2012, 2013, 2016)
        ],
    )
    reconcile(target)
    rows = asked(target, "SELECT period, value, period_kind, years_missing FROM series ORDER BY period")
    assert [(p, exact(v), k, m) for p, v, k, m in rows] == [
        ("2012", 2012, "year", None),
        ("2013", 2013, "year", 0),
        ("2016", 2016, "year", 2),
    ]
