"""The checker's own reader of values."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from growth import growth

from extractor.folding import fold
from extractor.values import digits_readings, read_unit, read_value, scan

POINTS = [
    ("1.250,5", "1250.5", None),
    ("1250.5", "1250.5", None),
    ("1,250.5", "1250.5", None),
    ("một nghìn hai trăm năm mươi phẩy năm", "1250.5", None),
    ("1 tỷ 200 triệu đồng", "1200000000", "VND"),
    ("một tỷ hai trăm triệu đồng", "1200000000", "VND"),
    ("2 tỷ rưỡi", "2500000000", None),
    ("triệu rưỡi đồng", "1500000", "VND"),
    ("nửa tỷ đồng", "500000000", "VND"),
    ("3 triệu 5", "3500000", None),
    ("3 triệu 05", "3050000", None),
    ("3 triệu 500 nghìn đồng", "3500000", "VND"),
    ("2 nghìn 500 tỷ đồng", "2500000000000", "VND"),
    ("12.000 đồng", "12000", "VND"),
    ("12 000 đồng", "12000", "VND"),
    ("100.1 tỷ", "100100000000", None),
    ("100,1 tỉ", "100100000000", None),
    ("1.028 tỷ đồng", "1028000000000", "VND"),
    ("4,470 tỷ đồng", "4470000000", "VND"),
    ("2,500 tỷ đồng", "2500000000000", "VND"),
    ("10 nghìn tỷ đồng", "10000000000000", "VND"),
    ("6.784 nghìn hộ", "6784000", "household"),
    ("năm mươi ba hộ", "53", "household"),
    ("một trăm linh năm hộ nghèo", "105", "household"),
    ("hai mươi lăm phần trăm", "25", "percent"),
    ("0,72 %", "0.72", "percent"),
    ("2 điểm phần trăm", "2", "percent"),
    ("8.125%", "8.125", "percent"),
    ("hai nghìn 5 tỷ đồng", "2500000000000", "VND"),
    ("hai trăm linh năm triệu đồng", "205000000", "VND"),
    ("hai trăm mốt triệu đồng", "210000000", "VND"),
    ("1 trăm 20 nghìn đồng", "120000", "VND"),
    ("1.250%", "1250", "percent"),
    ("5,4 triệu USD", "5400000", "USD"),
    ("$5 million", "5000000", "USD"),
    ("1.2 billion US dollars", "1200000000", "USD"),
    ("20 đô la Singapore", "20", "SGD"),
    ("210 triệu euro", "210000000", "EUR"),
    ("12,4 tỷ yên", "12400000000", "JPY"),
    ("500 trđ", "500000000", "VND"),
    ("200k", "200000", None),
    ("100kđ", "100000", "VND"),
    ("một won", "1", "KRW"),
    ("USD 5 phẩy hai", "5.2", "USD"),
    ("5 phẩy 25 tỷ đồng", "5250000000", "VND"),
    ("5 phẩy hai năm 2016", "5.2", None),
    ("10 tỷ tỷ USD", "10000000000000000000", "USD"),
]


@pytest.mark.parametrize(("text", "value", "unit"), POINTS)
def test_a_value_in_any_writing(text: str, value: str, unit: str | None) -> None:
    found = read_value(fold(text).text)[0]
    assert (found.readings[0], found.unit) == ((Decimal(value), Decimal(value)), unit)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2-3 triệu", "2000000", "3000000"),
        ("từ 2 đến 3 triệu đồng", "2000000", "3000000"),
        ("hai ba triệu đồng", "2000000", "3000000"),
        ("500.000 – 1 triệu đồng", "500000", "1000000"),
        ("200.000 đồng đến 2 triệu đồng", "200000", "2000000"),
        ("70%-80%", "70", "80"),
        ("0-1%", "0", "1"),
        ("1-1001 hộ", "1", "1001"),
        ("1-1,000 hộ", "1", "1000"),
        ("ba trăm-1,000 hộ", "300", "1000"),
        ("1-1 tỷ rưỡi", "1000000000", "1500000000"),
        ("2 - 3 triệu 500 nghìn đồng", "2000000", "3500000"),
        ("năm mươi đến một trăm hai mươi triệu", "50000000", "120000000"),
        ("1-một trăm linh năm%", "1", "105"),
        ("1000 - 2,500 tỷ đồng", "1000000000000", "2500000000000"),
        ("2 hoặc 3 triệu đồng", "2000000", "3000000"),
        ("hai, ba triệu đồng", "2000000", "3000000"),
        ("3 cho đến 5 tỷ đồng", "3000000000", "5000000000"),
        ("500 triệu đồng đến 1 tỷ", "500000000", "1000000000"),
        ("50k-100kđ", "50000", "100000"),
        ("500-1,000 đồng", "500", "1000"),
        ("70-100.000 đồng", "70000", "100000"),
        ("100 - 1.000.000 đồng", "100000", "1000000"),
    ],
)
def test_both_ends_of_a_range(text: str, low: str, high: str) -> None:
    assert read_value(fold(text).text)[0].readings[0] == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [("50/70 hộ", (50, 50), 70), ("25/1,000 hộ", (25, 25), 1000), ("3-5/70 hộ", (3, 5), 70)],
)
def test_part_and_whole(text: str, part: tuple[int, int], whole: int) -> None:
    found = read_value(text)[0]
    assert (found.readings[0], found.of, found.unit) == (part, whole, "household")


def test_a_unit_behind_a_remark() -> None:
    found = read_value("4.120 (chiếm 3,5%) hộ")
    assert [(v.readings[0][0], v.unit) for v in found] == [
        (Decimal(4120), "household"),
        (Decimal("3.5"), "percent"),
    ]


@pytest.mark.parametrize("text", ["3 đồng chí", "5 hộ chiếu", "12 tỷ lệ", "4 yên tâm"])
def test_words_that_only_look_like_units(text: str) -> None:
    assert [v.unit for v in scan(text)] == [None]


def test_a_year_does_not_go_on_with_an_amount() -> None:
    assert [v.readings[0][0] for v in scan("lãi 20 tỷ năm 2016, 5 tỷ năm nay") if v.scaled] == [
        Decimal(20 * 10**9),
        Decimal(5 * 10**9),
    ]


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("1.250", ["1250", "1.250"]),
        ("1,250", ["1.250", "1250"]),
        ("0,125", ["0.125"]),
        ("1.2.2017", []),
        ("1.250.000", ["1250000"]),
    ],
)
def test_readings_of_digits(text: str, readings: list[str]) -> None:
    assert [str(r) for r in digits_readings(text)] == readings


@pytest.mark.parametrize(
    ("text", "scale", "unit"),
    [
        ("tỷ đồng", 10**9, "VND"),
        ("triệu USD", 10**6, "USD"),
        ("nghìn tỷ đồng", 10**12, "VND"),
        ("hộ nghèo", 1, "household"),
        ("%", 1, "percent"),
        ("tấn", 1, None),
    ],
)
def test_units_of_producers(text: str, scale: int, unit: str | None) -> None:
    assert read_unit(text) == (Decimal(scale), unit)


@pytest.mark.parametrize("token", ["1.", "một ", "5 tỷ ", "3 - ", "(1 ", "1/2 "])
def test_hostile_input_takes_linear_time(token: str) -> None:
    assert growth(lambda text: list(scan(text)), token) < 24


def test_it_shares_nothing_with_the_rules() -> None:
    import extractor.values

    code = "".join(p.read_text(encoding="utf-8") for p in Path(extractor.values.__file__).parent.glob("*.py"))
    assert "rules" not in {
        line.split()[1].split(".")[0] for line in code.splitlines() if line.startswith(("import ", "from "))
    }
