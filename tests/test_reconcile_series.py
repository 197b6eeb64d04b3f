"""Series: a point a period, gaps as gaps, units as they were and as they are today."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from archive import load, made

from extractor.reconcile import reconcile
from extractor.reconcile.series import Measure, Point, adds_up, series

REVENUE = Measure("budget_revenue", "VND")
POVERTY = Measure("poverty_rate", "percent")
FIRST, REFORM = "2004-08-31", "2025-07-01"
HA_NOI, HA_TAY, TIEN_GIANG, DONG_THAP = ("01", FIRST), ("28", FIRST), ("82", FIRST), ("87", FIRST)
NEW_DONG_THAP, HA_NAM = ("82", REFORM), ("35", FIRST)


@pytest.fixture
def archive(tmp_path: Path) -> str:
    values = [
        (HA_NOI, "2007", 100), (HA_TAY, "2007", 20), (HA_NOI, "2009", 150),
        (TIEN_GIANG, "2022", 50), (DONG_THAP, "2022", 60), (TIEN_GIANG, "2023", 55), (NEW_DONG_THAP, "2025", 130),
        (NEW_DONG_THAP, "2021", 99), (TIEN_GIANG, "2024-Q3", 9), (TIEN_GIANG, "2025-Q2", 11),
    ]  # fmt: skip
    articles = [
        made(
            f"a{n}",
            f"Bài {n}.",
            {
                "value": str(value), "indicator": "thu ngân sách", "indicator_id": "budget_revenue", "period": period,
                "place_code": code, "place_valid_from": since, "qualifier": "over" if value == 60 else "exact",
            },
        )
        for n, ((code, since), period, value) in enumerate(values)
    ] + [
        made(
            f"p{n}",
            f"Nghèo {n}.",
            {
                "value": "5", "kind": "percent", "unit": "percent", "indicator": "tỷ lệ hộ nghèo", "indicator_id": "poverty_rate",
                "period": "2022", "place_code": code, "place_valid_from": since,
            },
        )
        for n, (code, since) in enumerate((TIEN_GIANG, DONG_THAP))
    ]  # fmt: skip
    target = f"{tmp_path}/n.db"
    load(target, articles)
    reconcile(target)
    return target


def shown(points: Sequence[Point]) -> list[tuple[str, str | None, str | None]]:
    def value(p: Point) -> str | None:
        return None if p.value is None else f"{p.value.qualifier} {p.value.low}".removeprefix("exact ")

    return [(p.period, value(p), p.note) for p in points]


def test_a_unit_as_it_was(archive: str) -> None:
    points = series(archive, HA_NOI, REVENUE)
    assert shown(points) == [("2007", "100", None), ("2008", None, None), ("2009", "150", None)]
    assert points[1].missing == ("thành phố Hà Nội",)
    assert points[0].units == ("thành phố Hà Nội",)
    assert points[0].agreement == ("single",)
    assert len(points[0].claims) == 1


def test_the_territory_of_today(archive: str) -> None:
    assert shown(series(archive, HA_NOI, REVENUE, today=True)) == [
        ("2007", "120", "sum of 2 parts"),
        ("2008", None, None),
        ("2009", "150", None),
    ]
    points = series(archive, NEW_DONG_THAP, REVENUE, today=True, periods=("2021", "2025"))
    assert shown(points) == [
        ("2021", "99", "told for the unit of today"),
        ("2022", "over 110", "sum of 2 parts"),
        ("2023", None, "1 of 2 parts"),
        ("2024", None, "0 of 2 parts"),
        ("2025", "130", None),
    ]
    assert points[2].missing == ("tỉnh Đồng Tháp",)
    assert points[1].units == ("tỉnh Tiền Giang", "tỉnh Đồng Tháp")


def test_a_code_that_was_given_anew_is_another_unit(archive: str) -> None:
    assert [p.period for p in series(archive, TIEN_GIANG, REVENUE)] == ["2022", "2023"]
    assert [p.period for p in series(archive, NEW_DONG_THAP, REVENUE)] == [
        "2021",
        "2022",
        "2023",
        "2024",
        "2025",
    ]


def test_rates_do_not_add_up(archive: str) -> None:
    (point,) = series(archive, NEW_DONG_THAP, POVERTY, today=True)
    assert (point.value, point.note) == (None, "does not add up over parts")


def test_quarters(archive: str) -> None:
    points = series(archive, TIEN_GIANG, REVENUE, every="quarter")
    assert shown(points) == [
        ("2024-Q3", "9", None),
        ("2024-Q4", None, None),
        ("2025-Q1", None, None),
        ("2025-Q2", "11", None),
    ]


def test_nothing_is_told(archive: str) -> None:
    assert series(archive, HA_NAM, REVENUE) == ()
    assert shown(series(archive, HA_NAM, REVENUE, periods=("2016", "2017"))) == [
        ("2016", None, None),
        ("2017", None, None),
    ]


def test_units_that_cannot_be_asked_for(archive: str) -> None:
    with pytest.raises(LookupError, match="no unit has the code 999"):
        series(archive, ("999", FIRST), REVENUE)
    with pytest.raises(LookupError, match="tỉnh Hà Tây is no unit of today: it ended on 2008-08-01"):
        series(archive, HA_TAY, REVENUE, today=True)


@pytest.mark.parametrize(
    ("measure", "adds"),
    [
        (REVENUE, True),
        (POVERTY, False),
        (Measure("hộ nghèo", "household"), True),
        (Measure("giá trị sản xuất", "VND"), True),
        (Measure("giá lúa", "VND"), False),
        (Measure("income_per_capita", "VND"), False),
        (Measure("thu ngân sách bình quân", "VND"), False),
        (Measure("budget_revenue", "VND", per="người"), False),
        (Measure("budget_revenue", "VND", change="increase"), False),
    ],
)
def test_what_adds_up(measure: Measure, adds: bool) -> None:
    assert adds_up(measure) is adds
