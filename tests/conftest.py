"""Fixtures of all tests: a PostgreSQL server of their own, and articles written here."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

REQUIRED = os.environ.get("TRICHTIN_REQUIRE_SERVICES") == "1"
"""In CI a service that is missing fails the test; elsewhere the test is passed over and says why."""


def missing(reason: str) -> None:
    if REQUIRED:
        pytest.fail(reason)
    pytest.skip(reason)


def _pg_ctl() -> str | None:
    if found := shutil.which("pg_ctl"):
        real = Path(os.path.realpath(found)).parent / "initdb"
        if real.exists():
            return str(real.parent)
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), reverse=True)
    return str(homes[0].parent) if homes else None


class Server:
    """A PostgreSQL server that a test may kill and start again."""

    def __init__(self, bin_dir: str, home: Path) -> None:
        self._bin, self._home = bin_dir, home
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def _run(self, *command: str) -> None:
        as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []  # initdb refuses root
        subprocess.run([*as_user, *command], check=True, capture_output=True, cwd=self._home)

    def make(self) -> None:
        data = str(self._home / "data")
        self._run(
            f"{self._bin}/initdb",
            "-D",
            data,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-U",
            "postgres",
        )
        self.start()

    def start(self) -> None:
        options = f"-p {self.port} -k {self._home} -c listen_addresses=127.0.0.1 -c fsync=off"
        data, log = str(self._home / "data"), str(self._home / "log")
        self._run(f"{self._bin}/pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start")

    def stop(self, how: str = "immediate") -> None:
        with contextlib.suppress(subprocess.CalledProcessError):
            self._run(f"{self._bin}/pg_ctl", "-D", str(self._home / "data"), "-m", how, "stop")

    def url(self, database: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A server in a folder of its own; gone after the tests."""
    pytest.importorskip("psycopg")
    bin_dir = _pg_ctl()
    if bin_dir is None:
        missing("PostgreSQL is not installed (apt-get install postgresql)")
        return
    home = Path(tempfile.mkdtemp(prefix="trichtin-pg-"))
    if os.geteuid() == 0:
        shutil.chown(home, "postgres", "postgres")
    server = Server(bin_dir, home)
    try:
        server.make()
        yield server
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def postgres(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of an empty database."""
    given = os.environ.get("TRICHTIN_TEST_POSTGRES")
    import psycopg

    server = None if given else request.getfixturevalue("postgres_server")
    base = given.rsplit("/", 1)[0] if given else server.url("").rstrip("/")
    name = f"t{os.getpid()}_{abs(hash(request.node.nodeid)) % 10**9}"
    with psycopg.connect(f"{base}/postgres", autocommit=True) as db:
        db.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        db.execute(f"CREATE DATABASE {name}")
    yield f"{base}/{name}"
    with psycopg.connect(f"{base}/postgres", autocommit=True) as db:
        db.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


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
