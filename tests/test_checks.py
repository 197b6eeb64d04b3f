"""The proof of each record against its article."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from extractor.article import read_article
from extractor.checks import check
from extractor.checks.people import holds
from extractor.folding import fold
from extractor.records import Figure, Official, Place, Record, record_id


def _figure(
    text: str, words: str, value: str | tuple[str, str], unit: str = "VND", nth: int = 1, **fields: Any
) -> Figure:
    start = -1
    for _ in range(nth):
        start = text.index(words, start + 1)
    low, high = (value, value) if isinstance(value, str) else value
    kind = {"percent": "percent", "household": "households"}.get(unit, "money")
    return Figure(
        **_common(text, kind, start, start + len(words))
        | {"value_min": Decimal(low), "value_max": Decimal(high), "unit": unit}
        | fields
    )


def _common(text: str, kind: str, start: int, end: int) -> dict[str, Any]:
    return {
        "record_id": record_id("a", kind, start, end), "article_id": "a", "source": None, "kind": kind, "start": start, "end": end,
        "text": text[start:end], "sentence_start": 0, "sentence_end": len(text), "rule": "test",
    }  # fmt: skip


def _official(text: str, words: str, name: str, position: str) -> Official:
    start = text.index(words)
    return Official(**_common(text, "official", start, start + len(words)), name=name, position=position)


def _checked(text: str, *records: Record) -> list[dict[str, str]]:
    return [dict(r.checks) for r in check(read_article(text), records)]


def test_only_checks_that_apply_are_listed() -> None:
    text = "Thu ngân sách đạt 100,1 tỷ đồng."
    assert _checked(text, _figure(text, "100,1 tỷ đồng", "100100000000")) == [
        {"quote": "pass", "value": "pass", "bounds": "pass", "arithmetic": "unknown"}
    ]


def test_a_failed_check_marks_the_record_and_keeps_it() -> None:
    text = "Thu ngân sách đạt 100,1 tỷ đồng."
    right = _figure(text, "100,1 tỷ đồng", "100100000000")
    wrong = _figure(text, "100,1 tỷ đồng", "100200000000")
    found = check(read_article(text), [wrong, right])
    assert [r.verified for r in found] == [False, True]
    assert wrong.checks == {}


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("100,1 tỷ đồng", "1001000000000", "VND"),
        ("100,1 tỷ đồng", "100100000", "VND"),
        ("100,1 tỷ đồng", "100100000000", "USD"),
        ("1.250 tỷ", "1250000000", "VND"),
        ("7,5%", "75", "percent"),
        ("3 triệu", "3000000", "USD"),
    ],
)
def test_a_value_that_the_words_do_not_say(words: str, value: str, unit: str) -> None:
    text = f"Huyện chi {words} trong năm."
    assert _checked(text, _figure(text, words, value, unit))[0]["value"] == "fail"


def test_a_scale_and_a_unit_may_stand_at_the_end_of_a_coordination() -> None:
    text = "Hai dự án cần 5 triệu và 7 triệu USD."
    assert _checked(text, _figure(text, "5 triệu", "5000000", "USD"))[0]["value"] == "pass"


def test_a_wrong_quotation() -> None:
    from msgspec.structs import replace

    text = "Thu ngân sách đạt 100,1 tỷ đồng, chi 98 tỷ đồng."
    shifted = replace(_figure(text, "100,1 tỷ đồng", "100100000000"), start=17, end=30)
    assert _checked(text, shifted)[0]["quote"] == "fail"


@pytest.mark.parametrize(
    ("before", "words", "value", "unit", "verdict"),
    [
        ("Số hộ khá chiếm ", "120%", "120", "percent", "fail"),
        ("Tỷ lệ hộ nghèo là ", "150%", "150", "percent", "fail"),
        ("Thu ngân sách đạt ", "120%", "120", "percent", "pass"),
        ("Doanh thu tăng ", "250%", "250", "percent", "pass"),
        ("Có ", "53 hộ", "53", "household", "pass"),
        ("Có ", "53,5 hộ", "53.5", "household", "fail"),
    ],
)
def test_bounds(before: str, words: str, value: str, unit: str, verdict: str) -> None:
    text = f"{before}{words} trong năm."
    assert _checked(text, _figure(text, words, value, unit))[0]["bounds"] == verdict


def test_least_above_most() -> None:
    text = "Mức phạt 2-3 triệu đồng."
    assert _checked(text, _figure(text, "2-3 triệu đồng", ("3000000", "2000000")))[0]["bounds"] == "fail"


def _sums(text: str, *figures: Figure) -> list[str]:
    return [c["arithmetic"] for c in _checked(text, *figures)]


def _households(text: str, *counts: int) -> list[Figure]:
    return [_figure(text, f"{n} hộ", str(n), "household") for n in counts]


def test_a_difference_that_is_told() -> None:
    text = "Số hộ nghèo giảm từ 322 hộ xuống còn 246 hộ, giảm 76 hộ."
    assert _sums(text, *_households(text, 322, 246, 76)) == ["pass"] * 3
    text = "Số hộ nghèo giảm từ 322 hộ xuống còn 246 hộ, giảm 67 hộ."
    assert _sums(text, *_households(text, 322, 246, 67)) == ["fail"] * 3


def test_a_change_the_wrong_way() -> None:
    text = "Số hộ nghèo giảm từ 246 hộ xuống còn 322 hộ."
    assert _sums(text, *_households(text, 246, 322)) == ["fail"] * 2


def test_count_and_rate_of_the_same_households() -> None:
    for rate, verdict in (("71,4", "pass"), ("71,43", "pass"), ("81,4", "fail")):
        text = f"Có 50/70 hộ ({rate}%) thoát nghèo."
        count = _figure(text, "50/70 hộ", "50", "household", of=Decimal(70))
        assert (
            _sums(text, count, _figure(text, f"{rate}%", rate.replace(",", "."), "percent")) == [verdict] * 2
        )


def test_parts_and_their_total() -> None:
    text = "Xã có 120 hộ vay vốn, trong đó 80 hộ nghèo, 40 hộ cận nghèo."
    assert _sums(text, *_households(text, 120, 80, 40)) == ["pass"] * 3
    text = "Xã có 120 hộ vay vốn, trong đó 180 hộ nghèo."
    assert _sums(text, *_households(text, 120, 180)) == ["fail"] * 2
    text = "Xã có 120 hộ vay vốn, trong đó 80 hộ nghèo."
    assert _sums(text, *_households(text, 120, 80)) == ["unknown"] * 2


def test_figures_that_determine_nothing() -> None:
    text = "Huyện còn 322 hộ nghèo và hỗ trợ 136 hộ vay vốn."
    assert _sums(text, *_households(text, 322, 136)) == ["unknown"] * 2


def test_places() -> None:
    text = "UBND huyện Châu Thành, tỉnh Tiền Giang họp ở thị trấn Tân Hiệp."
    start = text.index("huyện")
    common = _common(text, "place", start, start + len("huyện Châu Thành"))
    right = Place(
        **common, name="Châu Thành", level="district", code="821", province="Tiền Giang", province_code="82"
    )
    other = Place(
        **common, name="Châu Thành", level="district", code="883", province="Sóc Trăng", province_code="94"
    )
    unknown = Place(**common, name="Châu Thành", level="district", code="999")
    renamed = Place(**common, name="Cái Bè", level="district", code="819")
    assert [c["place"] for c in _checked(text, right, other, unknown, renamed)] == [
        "pass",
        "fail",
        "fail",
        "fail",
    ]


def test_a_figure_of_a_place() -> None:
    text = "Năm qua, huyện Châu Thành (Tiền Giang) thu 100 tỷ đồng."
    for code, verdict in (("821", "pass"), ("000", "fail")):
        assert (
            _checked(text, _figure(text, "100 tỷ đồng", "100000000000", place_code=code))[0]["place"]
            == verdict
        )


STATEMENT = "Dự có ông Lê Văn Hoà, Phó Chủ tịch UBND huyện; bà Trần Thị Mai, Trưởng phòng Y tế và Bí thư Huyện uỷ Vũ Đức Long."


@pytest.mark.parametrize(
    ("name", "position", "told"),
    [
        ("Lê Văn Hoà", "Phó Chủ tịch", "yes"),
        ("Lê Văn Hòa", "phó chủ tịch", "yes"),
        ("Trần Thị Mai", "Trưởng phòng", "yes"),
        ("Vũ Đức Long", "Bí thư", "yes"),
        ("Lê Văn Hoà", "Trưởng phòng", "no"),
        ("Trần Thị Mai", "Phó Chủ tịch", "no"),
        ("Trần Thị Mai", "Bí thư", "no"),
        ("Vũ Đức Long", "Trưởng phòng", "no"),
        ("Lê Văn Hoà", "Chủ tịch", "unclear"),
    ],
)
def test_who_holds_which_office(name: str, position: str, told: str) -> None:
    assert holds(fold(STATEMENT).text, name, position) == told


@pytest.mark.parametrize(
    ("text", "name", "position"),
    [
        ("Chủ tịch UBND TP Vinh Trần Ngọc Tú chủ trì.", "Trần Ngọc Tú", "Chủ tịch"),
        (
            "Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy, Trưởng đoàn ĐBQH tỉnh Lê Hải An dự.",
            "Lê Hải An",
            "Ủy viên",
        ),
        ("Ông Nguyễn Tấn An (Giám đốc Sở Xây dựng) giải trình.", "Nguyễn Tấn An", "Giám đốc"),
        ("GĐ Sở Y tế tỉnh Lê Bá Tùng - cho biết.", "Lê Bá Tùng", "Giám đốc"),
        ("Ông Bùi Văn Sơn hiện là Trưởng Công an huyện.", "Bùi Văn Sơn", "Trưởng Công an"),
        ("Các Phó Chủ tịch UBND tỉnh Lê Văn A và Trần Văn Bình dự.", "Trần Văn Bình", "Phó Chủ tịch"),
    ],
)
def test_statements_in_many_shapes(text: str, name: str, position: str) -> None:
    assert holds(fold(text).text, name, position) == "yes"


def test_officials() -> None:
    words = "ông Lê Văn Hoà, Phó Chủ tịch UBND huyện"
    right = _official(STATEMENT, words, "Lê Văn Hoà", "Phó Chủ tịch")
    invented = _official(STATEMENT, words, "Lê Văn Hạnh", "Phó Chủ tịch")
    raised = _official(STATEMENT, words, "Lê Văn Hoà", "Chủ tịch")
    stolen = _official(STATEMENT, STATEMENT[6:-1], "Trần Thị Mai", "Phó Chủ tịch")
    found = [(c["name"], c["position"]) for c in _checked(STATEMENT, right, invented, raised, stolen)]
    assert found == [("pass", "pass"), ("fail", "unknown"), ("pass", "fail"), ("pass", "fail")]
