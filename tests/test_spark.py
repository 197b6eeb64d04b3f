"""The extraction on Spark, in local mode: the same records as without it."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import missing, news

from extractor import bulk
from extractor.bulk import Settings
from extractor.digest import digests
from extractor.sinks.sink import open_readable


@pytest.fixture(autouse=True)
def _spark_can_run(monkeypatch: pytest.MonkeyPatch) -> None:
    if importlib.util.find_spec("pyspark") is None:
        missing("pyspark is not installed (pip install 'trichtin[spark]')")
    if not shutil.which("java") and not os.environ.get("JAVA_HOME"):
        missing("there is no Java runtime (apt-get install default-jre-headless)")
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    home, before = str(Path(bulk.__file__).parents[1]), os.environ.get("PYTHONPATH", "")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (home, before))))


def held(target: str) -> list[Any]:
    readable = open_readable(target)
    try:
        return list(digests(readable))
    finally:
        readable.close()


def test_spark_gives_what_a_local_run_gives(archive: Callable[[int], Path], tmp_path: Path) -> None:
    from extractor import spark

    source = archive(60)
    extra = tmp_path / "more"
    extra.mkdir()
    (extra / "twice.txt").write_text(news(3))  # one text of two sources
    (extra / "empty.txt").write_text("")
    (extra / "broken.zip").write_bytes(b"PK")
    inputs, settings = [str(source), str(extra)], Settings(2)
    counts = spark.run(inputs, f"{tmp_path}/s.parquet/", settings, "local[2]")
    bulk.run(inputs, f"{tmp_path}/n.db", settings)
    assert held(f"{tmp_path}/s.parquet/") == held(f"{tmp_path}/n.db")
    assert (counts["articles"], counts["failures"]) == (60, 2)


@pytest.fixture
def session() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    made = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    yield made
    made.stop()


def test_map_in_arrow_gives_a_row_a_record(session: Any) -> None:
    from extractor import extract
    from extractor.spark import extract_records, record_schema

    rows = [(f"a{n}", news(n)) for n in range(4)] + [("empty", "")]
    frame = session.createDataFrame(rows, "id string, content string")
    made = frame.mapInArrow(extract_records(source="id"), record_schema()).collect()
    expected = {r.record_id for n in range(4) for r in extract(news(n), f"a{n}").records}
    assert {r.record_id for r in made if r.error is None} == expected
    assert [(r.source, "empty" in r.error) for r in made if r.error] == [("empty", True)]
