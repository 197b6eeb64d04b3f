"""Data frames of articles in, data frames of records out."""

from __future__ import annotations

import pandas as pd
import pytest
from conftest import news

from extractor import extract, extract_frame, pipe
from extractor.frames import frame
from extractor.records import Figure, columns


def test_extract_frame_gives_a_row_an_article_and_a_row_a_record() -> None:
    df = pd.DataFrame({"content": [news(1), None, news(2)], "source": ["a", "b", "c"]}, index=[10, 11, 12])
    frames = extract_frame(df)
    assert list(frames.articles.index) == [10, 11, 12]
    assert list(frames.articles["records"] > 0) == [True, False, True]
    assert set(frames.figures["source"]) == {"a", "c"}
    assert list(frames.figures.columns) == list(columns(Figure))
    total = len(frames.figures) + len(frames.places) + len(frames.officials)
    assert total == sum(frames.articles["records"])


def test_columns_are_named_and_a_missing_one_is_told() -> None:
    day = pd.to_datetime(["2017-03-05"])
    df = pd.DataFrame({"body": [news(1)], "day": day})
    assert extract_frame(df, text="body", published="day").articles["published"][0] == "2017-03-05"
    with pytest.raises(KeyError, match="there are: body, day"):
        extract_frame(df)


def test_no_records_is_an_empty_frame_with_its_columns() -> None:
    assert extract_frame(pd.DataFrame({"content": []})).figures.columns[0] == "record_id"
    assert len(frame(())) == 0


def test_pipe_keeps_the_order_and_takes_what_is_known() -> None:
    found = list(pipe([news(1), (news(2), {"published": "2017-03-05"})]))
    assert [e.records for e in found] == [
        extract(news(1)).records,
        extract(news(2), published="2017-03-05").records,
    ]
    assert found[1].article.published == "2017-03-05"


def test_a_column_of_titles_gives_the_titles() -> None:
    frames = extract_frame(
        pd.DataFrame({"title": ["Thu ngân sách", None], "content": ["Chi 5 tỷ.", "Tít\nBài."]})
    )
    assert list(frames.articles["title"]) == ["Thu ngân sách", "Tít"]
