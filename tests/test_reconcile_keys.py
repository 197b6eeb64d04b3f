"""What a figure speaks of: the same key for the same thing in other words, another for another thing."""

from __future__ import annotations

import pytest

from extractor.reconcile.keys import Fact, bare, basis, key, left_out, what

FACT = Fact(
    kind="money", unit="VND", per=None, change=None, basis=None, category=None, indicator="thu ngân sách",
    indicator_id="budget_revenue", subject=None, place_code="58", place_valid_from="2004-08-31", place_name="tỉnh Ninh Thuận", period="2016",
    status="actual", verified=True,
)  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({}, None),
        ({"verified": False}, "a check failed"),
        ({"place_code": None}, "no unit"),
        ({"period": None}, "no period"),
        ({"indicator": None, "indicator_id": None}, "no indicator"),
        ({"indicator": None, "indicator_id": None, "category": "hộ nghèo"}, None),
        ({"indicator": None, "indicator_id": None, "category": "hộ"}, "names no one thing"),
        ({"indicator": "tổng số tiền", "indicator_id": None}, "names no one thing"),
        ({"indicator": "Tổng vốn đầu tư", "indicator_id": "total_investment"}, "names no one thing"),
        ({"indicator": "doanh thu", "indicator_id": "revenue", "subject": "Vinamilk"}, None),
        ({"indicator": "doanh thu du lịch", "indicator_id": "revenue"}, None),
        ({"indicator": "Doanh thu du lịch dịp", "indicator_id": "revenue"}, "its name is cut"),
        ({"indicator": "giá tôm sú loại", "indicator_id": None, "subject": "tôm"}, "its name is cut"),
        ({"indicator": "giá tôm sú các loại", "indicator_id": None}, None),
        ({"indicator": "nguồn thu hiện tại", "indicator_id": None}, None),
        ({"indicator": "số thị trấn", "indicator_id": None}, "names no one thing"),
        ({"indicator": "nhu cầu vốn ODA", "indicator_id": None}, "names no one thing"),
        ({"indicator": "nhu cầu vốn ODA", "indicator_id": None, "subject": "tuyến metro số 1"}, None),
    ],
)
def test_what_is_left_out(changed: dict[str, object], why: str | None) -> None:
    assert left_out(FACT._replace(**changed)) == why


@pytest.mark.parametrize(
    ("indicator", "known", "found"),
    [
        ("thu ngân sách", "budget_revenue", "budget_revenue"),
        ("Tổng thu ngân sách nhà nước trên địa bàn", "budget_revenue", "budget_revenue"),
        ("thu ngân sách toàn tỉnh", "budget_revenue", "budget_revenue"),
        ("thu NSNN trên địa bàn tỉnh", "budget_revenue", "budget_revenue"),
        ("thu nội địa", "budget_revenue", "thu nội địa"),
        ("thu ngân sách từ đất", "budget_revenue", "thu ngân sách từ đất"),
        ("Thu nhập bình quân đầu người", "income_per_capita", "income_per_capita"),
        ("tỉ lệ hộ nghèo", "poverty_rate", "poverty_rate"),
        ("doanh thu du lịch", "revenue", "doanh thu du lịch"),
        ("Tổng doanh thu du lịch", "revenue", "doanh thu du lịch"),
    ],
)
def test_what_is_measured(indicator: str, known: str, found: str) -> None:
    assert what(FACT._replace(indicator=indicator, indicator_id=known)) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Ninh Thuận", None),
        ("tỉnh Ninh Thuận", None),
        ("Cục Thuế Ninh Thuận", "cục thuế ninh thuận"),
        (None, None),
    ],
)
def test_the_unit_itself_is_no_subject(words: str | None, found: str | None) -> None:
    assert key(FACT._replace(subject=words)).subject == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Tổng số hộ nghèo của tỉnh", "hộ nghèo"),
        ("tổng thu ngân sách trên địa bàn", "thu ngân sách"),
        ("số", "số"),
        ("Chỉ tiêu giảm nghèo", "giảm nghèo"),
        ("thu  ngân\u00a0sách", "thu ngân sách"),
        ("hoà giải", "hòa giải"),
    ],
)
def test_words_without_what_says_nothing(words: str, found: str) -> None:
    assert bare(words) == found


@pytest.mark.parametrize(
    ("words", "period", "found"),
    [
        (None, "2016", None),
        ("năm 2015", "2016", "năm trước"),
        ("năm trước", "2016", "năm trước"),
        ("năm 2010", "2016", "năm 2010"),
        ("cùng kỳ", "2017-H1", "cùng kỳ"),
        ("cùng kỳ năm 2016", "2017-H1", "cùng kỳ"),
        ("Cùng kỳ năm trước", "2017-H1", "cùng kỳ"),
        ("cùng kỳ năm 2010", "2017-H1", "cùng kỳ năm 2010"),
        ("kế hoạch năm", "2016", "kế hoạch năm"),
        ("dự toán năm 2016", "2016", "dự toán"),
        ("tổng dư nợ", "2016", "tổng dư nợ"),
    ],
)
def test_what_it_is_compared_with(words: str | None, period: str, found: str | None) -> None:
    assert basis(words, period) == found


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("unit", "USD"), ("per", "tháng"), ("change", "increase"), ("basis", "năm 2010"), ("subject", "Cục Thuế"),
        ("place_code", "57"), ("place_valid_from", "2025-07-01"), ("period", "2017"), ("status", "planned"),
        ("category", "hộ nghèo"), ("kind", "percent"),
    ],
)  # fmt: skip
def test_another_field_is_another_claim(field: str, value: str) -> None:
    one, other = key(FACT), key(FACT._replace(**{field: value}))
    assert one.claim_id != other.claim_id
    assert (one.measure_id == other.measure_id) is (field == "status")
    assert (one.series_id == other.series_id) is (field == "period")


def test_the_id_of_a_claim_is_the_same_everywhere() -> None:
    assert key(FACT).claim_id == key(FACT._replace(indicator="Tổng thu NSNN trên địa bàn tỉnh")).claim_id
