"""The cost of the whole extraction grows with the length of an article and not faster, whatever the article holds."""

from __future__ import annotations

import pytest
from growth import growth

from extractor import extract

HOSTILE = {
    "digits": "1",
    "grouped digits": "1.000.",
    "number words": "hai mươi ",
    "amounts": "5 tỷ đồng, ",
    "percentages": "tăng 5% ",
    "ranges": "từ 5 đến ",
    "offices": "Phó Chủ tịch ",
    "offices and names": "Chủ tịch UBND huyện Nguyễn Văn A, ",
    "names": "Nguyễn ",
    "units": "huyện Bác Ái, ",
    "type words": "xã ",
    "times": "tháng 5 năm 2016 ",
    "first words of times": "từ năm ",
    "brackets": "( ",
    "marks": ". ",
    "line ends": "\n",
    "spaces": "a                ",
    "marks of tone": "a\u0301",
    "sentences": "Năm 2016, huyện Bác Ái thu ngân sách đạt 5 tỷ đồng, tăng 5% so với cùng kỳ. ",
}


FIGURES = " thu 5 tỷ đồng, tăng 5%, 136 hộ."
"""Behind each text: what figures are linked to is looked for in all that stands before them."""


@pytest.mark.parametrize("token", HOSTILE.values(), ids=HOSTILE.keys())
def test_grows_no_faster_than_the_article(token: str) -> None:
    assert growth(extract, token, FIGURES) < 24


@pytest.mark.parametrize("token", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_short_article_has_no_great_fixed_cost(token: str) -> None:
    assert growth(extract, token, FIGURES, size=1_000) < 32
