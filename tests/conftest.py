"""Fixtures of all tests: a PostgreSQL server of their own, and articles written here."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings

from benchmarks.postgres import Server, empty_database, server

# The same examples in every run: new ones are looked for with `python -m fuzz`, so that a find is no chance failure of a change.
settings.register_profile("untimed", deadline=None, derandomize=True)
settings.load_profile("untimed")

REQUIRED = os.environ.get("TRICHTIN_REQUIRE_SERVICES") == "1"
"""In CI a service that is missing fails the test; elsewhere the test is passed over and says why."""


def missing(reason: str) -> None:
    if REQUIRED:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A server in a folder of its own; gone after the tests."""
    pytest.importorskip("psycopg")
    with server() as running:
        if running is None:
            missing("PostgreSQL is not installed (apt-get install postgresql)")
            return
        yield running


@pytest.fixture
def postgres(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of an empty database."""
    given = os.environ.get("TRICHTIN_TEST_POSTGRES")
    base = (
        given.rsplit("/", 1)[0] if given else request.getfixturevalue("postgres_server").url("").rstrip("/")
    )
    with empty_database(base, f"t{os.getpid()}_{abs(hash(request.node.nodeid)) % 10**9}") as url:
        yield url


def news(number: int) -> str:
    """An article of its own for each number."""
    return (
        f"Huyện Bác Ái thu ngân sách năm {2001 + number % 20} đạt hơn {number + 2},{number % 10} tỷ đồng\n"
        f"Đến cuối năm, toàn huyện còn {number + 322} hộ nghèo, chiếm {number % 90},{number % 7}%, "
        f"giảm {number % 5 + 1} % so với năm trước.\n"
        f"Đồng chí Nguyễn Văn An, Chủ tịch UBND huyện Bác Ái, cho biết huyện đã hỗ trợ {number + 5} triệu đồng "
        "cho các xã Phước Đại và Phước Thắng để sửa chữa nhà ở, làm đường và mua con giống.\n"
    )


def write_archive(home: Path, count: int) -> Path:
    """A JSONL file of so many articles."""
    path = home / f"news-{count}.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            row = {"id": f"a{number:06d}", "content": news(number), "published": "2017-03-05"}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


@pytest.fixture
def archive(tmp_path: Path) -> Callable[[int], Path]:
    """Writes a JSONL file of so many articles."""
    return partial(write_archive, tmp_path)


@pytest.fixture(scope="session", autouse=True)
def _warm() -> None:
    """The first extraction of a process loads words and patterns: it is no example's time."""
    from extractor import extract

    extract("Năm 2023 huyện Gò Công Tây, tỉnh Tiền Giang chi 5 tỷ đồng cho 322 hộ nghèo, tăng 9,2%.")
