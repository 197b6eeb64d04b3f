"""The cost of the whole extraction grows with the length of an article and not faster, whatever the article holds."""

from __future__ import annotations

import time

import pytest

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


def _least(text: str, times: int) -> float:
    """Seconds of processor time, the least of some runs: what else the machine does only adds."""

    def once() -> float:
        started = time.process_time()
        extract(text)
        return time.process_time() - started

    return min(once() for _ in range(times))


@pytest.mark.parametrize("token", HOSTILE.values(), ids=HOSTILE.keys())
def test_grows_no_faster_than_the_article(token: str) -> None:
    """From 8 KB to 64 KB, eight times as long: linear is 8, quadratic 64. From 1 KB on the fixed part is small too."""
    extract(token * 10)
    text = token * (64_000 // len(token))
    short, middle = _least(text[:1_000] + FIGURES, 5), _least(text[:8_000] + FIGURES, 3)
    long = _least(text + FIGURES, 1)
    assert long < 24 * max(middle, 0.002)
    assert middle < 8 * 4 * max(short, 0.0005)
