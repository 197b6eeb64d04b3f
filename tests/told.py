"""A small database whose sources differ, put together by reconcile: for the pages that show it."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import extract
from extractor.readers.document import Document
from extractor.reconcile import reconcile
from extractor.schema.rows import Loaded, loaded
from extractor.sinks.sink import open_sink

HOSTILE = "<script>window.hit=1</script>"
N = "Ninh Thuận"


def articles() -> list[Loaded]:
    """A province over four years: plans and results, of one year two results, three chairs."""
    rows = []

    def add(name: str, day: str, text: str) -> None:
        found = extract(text, name, published=day)
        rows.append(loaded(found, Document(found.article.text, name, "utf-8", published=day), name))

    for year, revenue in ((2014, 1800), (2015, 2000), (2016, 2150), (2017, 2240)):
        add(
            f"result {year}", f"{year + 1}-01-10",
            f"Tỉnh {N} tổng kết năm {year}\n\nNăm {year}, thu ngân sách của tỉnh {N} đạt {revenue} tỷ đồng. "
            f"Ông Lưu Xuân Vĩnh, Chủ tịch UBND tỉnh {N}, chủ trì.\n",
        )  # fmt: skip
        add(
            f"plan {year}", f"{year}-01-20",
            f"Kế hoạch\n\nNăm {year}, tỉnh {N} phấn đấu thu ngân sách đạt {revenue + 50} tỷ đồng.\n",
        )  # fmt: skip
    add(
        "another value", "2017-01-25",
        f"Chuyện lạ {HOSTILE}\n\nNăm 2016, thu ngân sách của tỉnh {N} đạt 2.340 tỷ đồng. {HOSTILE} "
        f"Ông Nguyễn Văn Nam, nguyên Chủ tịch UBND tỉnh {N}, nói.\n",
    )  # fmt: skip
    add(
        "later", "2019-03-05",
        f"Việc mới\n\nBà Lê Thị Mai, Chủ tịch UBND tỉnh {N}, dự lễ. Ông Lê Thị Mai, Giám đốc Sở Y tế Hà Nội, nói. "
        f"Ông Trần Quốc Nam, Chủ tịch UBND huyện Bác Ái, tỉnh {N} cho biết huyện còn 322 hộ nghèo năm 2018.\n",
    )  # fmt: skip
    return rows


def fill(target: str, and_reconcile: bool = True) -> str:
    """Load the articles into a target."""
    sink = open_sink(target, "1")
    try:
        assert sink.write(articles()) == []
        sink.finish(lambda _: False)
    finally:
        sink.close()
    if and_reconcile:
        reconcile(target)
    return target


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The target of a database of these articles."""
    folder: Path = tmp_path_factory.mktemp("told")
    return fill(f"sqlite:///{folder}/told.db")
