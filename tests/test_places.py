"""The place rule where one line is not enough: articles, generations, spans, speed."""

from __future__ import annotations

from typing import Any

import pytest
from growth import growth

from extractor import extract
from extractor.records import Place


def places(text: str, **known: Any) -> list[Place]:
    return [r for r in extract(text, **known).records if isinstance(r, Place)]


def told(text: str, **known: Any) -> list[tuple[str, str | None, str | None]]:
    return [(r.text, r.code, r.province) for r in places(text, **known)]


def test_a_name_is_told_apart_by_the_rest_of_the_article() -> None:
    text = "Đồng Tháp được mùa sen.\nNông dân huyện Châu Thành phấn khởi. Xã Tân Nhuận Đông có 40 ha."
    assert told(text, published="2017-06-01")[1:] == [
        ("huyện Châu Thành", "877", "Đồng Tháp"),
        ("Xã Tân Nhuận Đông", "30253", "Đồng Tháp"),
    ]


def test_a_commune_tells_its_district() -> None:
    text = "Xã Tân Thạch dời chợ.\nHuyện Châu Thành sẽ hỗ trợ."
    assert told(text, published="2017-06-01")[1] == ("Huyện Châu Thành", "831", "Bến Tre")


def test_the_newspaper_tells_the_province() -> None:
    text = "Huyện Châu Thành vừa có chợ mới, ai cũng mừng."
    assert told(text, published="2017-06-01", newspaper="Ấp Bắc") == [
        ("Huyện Châu Thành", "821", "Tiền Giang")
    ]


def test_what_stays_open_keeps_its_candidates() -> None:
    (place,) = places("Huyện Châu Thành vừa có chợ mới.", published="2017-06-01")
    assert place.code is None
    assert len(place.candidates) > 5
    assert {c.name for c in place.candidates} == {"huyện Châu Thành"}


def test_a_unit_that_no_list_has_says_so() -> None:
    (place, *_) = places(
        "Xã Hưng Thạch Khê, huyện Kỳ Sơn, tỉnh Nghệ An chưa có điện.", published="2017-06-01"
    )
    assert (place.code, place.candidates, place.rule, place.province) == (
        None,
        (),
        "place.unlisted",
        "Nghệ An",
    )


def test_two_generations_in_one_sentence() -> None:
    text = "Ông ở phường Mỹ Tho, tỉnh Đồng Tháp, trước đây là thành phố Mỹ Tho, tỉnh Tiền Giang."
    assert [(p.name, p.level, p.valid_from) for p in places(text, published="2026-03-10")] == [
        ("Mỹ Tho", "commune", "2025-07-01"),
        ("Đồng Tháp", "province", "2025-07-01"),
        ("Mỹ Tho", "district", "2004-08-31"),
        ("Tiền Giang", "province", "2004-08-31"),
    ]


@pytest.mark.parametrize(
    ("text", "code", "first_day"),
    [
        ("Tỉnh Gia Lai tháng 3/2017 trồng rừng.", "64", "2004-08-31"),
        ("Tỉnh Gia Lai năm 2026 trồng rừng.", "52", "2025-07-01"),
        ("Huyện Đức Cơ, tỉnh Gia Lai trồng rừng.", "627", "2004-08-31"),
    ],
)
def test_the_day_is_read_from_the_text(text: str, code: str, first_day: str) -> None:
    by_name = {p.name: p for p in places(text)}
    assert by_name["Gia Lai"].valid_from == first_day
    if "Huyện" not in text:
        assert by_name["Gia Lai"].code == code


def test_spans_belong_to_the_untouched_text() -> None:
    import unicodedata

    text = unicodedata.normalize("NFD", "Tỉnh Hoà Bình và TP.\u200bHCM cùng huyện\xa0Mai Châu.")
    found = places(text, published="2017-06-01")
    assert [p.name for p in found] == ["Hòa Bình", "Hồ Chí Minh", "Mai Châu"]
    assert all(text[p.start : p.end] == p.text for p in found)


def test_current_units_of_a_commune() -> None:
    (place,) = places("Phường Bến Nghé dời chợ.", published="2017-06-01")
    assert [(u.code, u.name, u.province) for u in place.current] == [
        ("26740", "phường Sài Gòn", "Hồ Chí Minh")
    ]
    assert place.current_basis is None


@pytest.mark.parametrize(
    "piece",
    [
        "xã Tân Lập ",
        "xã Tân Lập, ",
        "Hà Nội ",
        "huyện ",
        "các xã A, B, C ",
        "P.5, ",
        "Châu Thành và ",
        "A B C D ",
    ],
)
def test_hostile_input_costs_linear_time(piece: str) -> None:
    from extractor.article import read_article
    from extractor.reading import read
    from rules.places import find

    def places(text: str) -> object:
        reading, _ = read(read_article(text))
        return list(find(reading))

    assert growth(places, piece) < 24
