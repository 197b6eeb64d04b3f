"""Extraction as a method of data frames."""

from __future__ import annotations

import pandas as pd

import extractor.accessor  # noqa: F401


def test_data_frame_extracts_its_articles() -> None:
    df = pd.DataFrame({"body": ["Xã chi 3,7 tỷ đồng cho 136 hộ nghèo.", None]}, index=[7, 9])
    found = df.trichtin.extract(text="body")
    assert list(found.articles.index) == [7, 9]
    assert list(found.figures["text"]) == ["3,7 tỷ đồng", "136 hộ nghèo"]
