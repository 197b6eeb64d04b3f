"""Offsets are code points of the untouched text, whatever the text holds."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extractor import Figure, Official, extract
from extractor.folding import fold

PIECES = st.sampled_from(
    [
        "Thu ngân sách đạt hơn 100,1 tỷ đồng, đạt 79,78% dự toán. ",
        "Năm 2023 huyện Gò Công Tây còn 322 hộ nghèo, tỷ lệ 0,72 %.",
        "đồng chí Phạm Văn Sâm, Phó Bí thư Huyện uỷ Bác Ái ",
        "TP. Hoà Bình, tỉnh Hoà Bình\r\n",
        "\u00a0",
        "\u200b",
        "\u0301",
        "👩‍🌾",
        "\r\n",
        "\t",
        "“",
        "5 triệu đồng/hộ",
    ]
)
ANY_TEXT = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=8).map("".join)
NORMAL_FORM = st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"])


@given(ANY_TEXT, NORMAL_FORM)
@example("Huyện ủy Bác Ái: 3,7 tỷ đồng", "NFD")
@example("huyện Bác Ái đạt 3,7 tỷ đồng cho 5 hộ.\ud800", "NFC")
def test_every_record_stands_in_the_text(text: str, form: str) -> None:
    text = unicodedata.normalize(form, text)  # type: ignore[arg-type]
    for record in extract(text).records:
        assert text[record.start : record.end] == record.text != ""
        assert record.sentence_start <= record.start < record.end <= record.sentence_end <= len(text)
        assert record.checks["quote"] == "pass"
        if isinstance(record, Figure | Official):
            for start, end in record.evidence.values():
                assert 0 <= start <= end <= len(text)


@given(ANY_TEXT)
def test_folding_maps_every_offset_back(text: str) -> None:
    folded = fold(text)
    for i in range(len(folded.text)):
        start, end = folded.span(i, i + 1)
        assert 0 <= start < end <= len(text)
        assert folded.at(start) <= i


FIELDS = (
    "kind",
    "rule",
    "value_min",
    "value_max",
    "unit",
    "qualifier",
    "period",
    "place_code",
    "status",
    "code",
    "position",
)


def read(text: str) -> list[list[str]]:
    rows = [[str(getattr(r, f, None)) for f in FIELDS] for r in extract(text).records]
    return [[unicodedata.normalize("NFC", cell) for cell in row] for row in rows]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("new_tones", [False, True])
def test_the_way_of_writing_does_not_change_the_records(form: str, line_end: str, new_tones: bool) -> None:
    text = (
        "Huyện ủy Đồng Hòa họp bàn thu ngân sách\n"
        "Theo bà Trần Thị Hòa, Phó Chủ tịch UBND tỉnh Hòa Bình, năm 2016 thu ngân sách của tỉnh đạt 2.345,6 tỷ đồng, "
        "tăng 9,2% so với năm 2015; toàn tỉnh còn 1.322 hộ nghèo.\n"
    )
    want = read(text)
    if new_tones:
        text = text.replace("òa", "oà").replace("ủy", "uỷ")
    text = unicodedata.normalize(form, text.replace("\n", line_end))
    assert read(text) == want
    assert [row[0] for row in want] == ["official", "place", "money", "percent", "households"]


def test_the_checks_look_as_far_in_decomposed_text() -> None:
    text = "Thu ngân sách còn 101% (0 phần trăm), thu nhập bình quân đầu người của huyện đạt 0 đồng."
    one, other = (
        [r.checks for r in extract(unicodedata.normalize(form, text)).records] for form in ("NFC", "NFD")
    )
    assert one == other
    assert any(checks.get("bounds") == "pass" for checks in one)


def test_evidence_of_a_unit_is_the_words_that_name_it() -> None:
    text = "Ông Lê Văn Tám, Phó Chủ tịch UBND huyện Bác Ái, cho biết năm 2016 thu ngân sách tăng 9,2%."
    figure = next(r for r in extract(text).records if r.kind == "percent")
    assert text[slice(*figure.evidence["place"])] == "huyện Bác Ái"
