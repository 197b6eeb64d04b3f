"""Hostile and odd input: no crash, no false figure, work that grows no faster than the text."""

import pytest
from growth import growth
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import households, money, percent
from rules.base import Mention, Reading

FINDERS = (money.find, percent.find, households.find)
FIGURES = ", 5 tỷ đồng, 5%, 5 hộ"
"""Behind the repeated token, so that every rule looks into the sentence."""


def find(text: str) -> list[Mention]:
    reading = Reading(text, ((0, len(text)),) if text else ())
    return [m for finder in FINDERS for m in finder(reading)]


@pytest.mark.parametrize(
    "text",
    [
        "9" * 10_000 + " đồng",
        "1." * 5_000 + "% và hộ",
        "1.2.3.4,5,6 tỷ đồng, 1.2.3.4,5,6%, 1.2.3.4,5,6 hộ",
        "Sáng 15/3/2017, 7:30 ngày 15-3, tháng 3.2017, năm 2016-2017.",
        "Điện thoại 0912 345 678, 0243.123.4567, (028) 3822-1234, hotline 1900 1234.",
        "Nghị quyết 30a/2008/NQ-CP, số 59/BC-LĐTBXH, Thông tư 12/2017/TT-BTC, TCVN 9362:2012.",
        "Việt Nam thắng 2-1, tỷ số 3 - 0, set 6-4, 7-6 (7-3).",
        "Xe 29A-123.45 và 51F-968.68 đi quốc lộ 1K, số hiệu SH-60K, Ural-375Đ.",
        "Phiên bản iOS 10.3.2, Android 7.1, màn hình 4K@60fps, IP 192.168.1.1.",
        "Ngày 9/5 Đồng thời, lớp 5Đ, nhóm 2 đồng chủ trì, 3 bảng, 4 kíp, 24k.",
        "% % % $ $ € đồng tỷ hộ triệu phần trăm",
        "không không không phẩy phẩy chấm rưỡi rưỡi linh linh lẻ trăm tỷ triệu nghìn",
    ],
)
def test_no_false_figure(text: str) -> None:
    assert find(text) == []


TOKENS = [
    "1", "1.", "1,", "1 ", "123 ", "1-", "1 - ", "tỷ ", "hộ ", "một ", "hai trăm ", "không ", "năm ", "rưỡi ", "%", "$", "1/", "(1) ",
    "từ 1 đến ", "hơn ", "5tr", "đồng ", "1.2.3.4,5,6 ", "tăng ", "mỗi ", "1 (", "5 phẩy ", "một hộ ", "nghìn tỷ ", "5 triệu 5 ",
    "giữa 1 và ", "tăng tỷ lệ thêm ", "5% ", "50/70 hộ ", "5 tỷ đồng, ", "tốc độ tăng ", "khoảng từ ",
]  # fmt: skip


@pytest.mark.parametrize("token", TOKENS)
def test_work_grows_with_the_text(token: str) -> None:
    assert growth(find, token, FIGURES) < 24


@settings(max_examples=400, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "5",
                "1.250",
                "2,5",
                "10",
                "một",
                "hai",
                "năm",
                "mười",
                "mươi",
                "trăm",
                "nghìn",
                "triệu",
                "tỷ",
                "rưỡi",
                "linh",
                "không",
                "phẩy",
                "-",
                "đến",
                "và",
                "/",
                "(",
                ")",
                ",",
                "đồng",
                "USD",
                "$",
                "k",
                "tr",
                "%",
                "phần trăm",
                "hộ",
                "hộ nghèo",
                "hơn",
                "từ",
                "mỗi",
                "tháng",
                "tăng",
                "lên",
            ]
        ),
        max_size=30,
    ),
    st.sampled_from([" ", ""]),
)
def test_any_mixture_gives_sound_figures(parts: list[str], join: str) -> None:
    text = join.join(parts)
    for m in find(text):
        assert 0 <= m.start < m.end <= len(text)
        assert m.fields["value_min"] <= m.fields["value_max"]
        assert "E" not in str(m.fields["value_min"]) + str(m.fields["value_max"])
        assert text[m.start : m.end] == text[m.start : m.end].strip()
