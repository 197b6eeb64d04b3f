"""Runs that end in the midst, and targets that give way: nothing is lost or doubled, and what happened is told."""

from __future__ import annotations

import contextlib
import itertools
import os
import random
import resource
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
import sqlalchemy as sa
from conftest import missing, write_archive

from benchmarks import kills
from benchmarks.kills import TRICHTIN, held
from benchmarks.postgres import Server, empty_database, server
from extractor import bulk
from extractor.bulk import Settings, Summary
from extractor.digest import Digest
from extractor.sinks import connect
from extractor.sinks.connect import engine
from extractor.sinks.files import state_of
from extractor.sinks.sink import TargetError

KILLS = int(os.environ.get("TRICHTIN_KILLS", "2"))
"""Random moments of each kill test; `python -m benchmarks.archive ARCHIVE --kills 50` is the long form."""

LONG = 1600
"""Articles of a run that is to be ended in its midst: four batches."""


def run(source: Path, target: str, jobs: int = 2) -> Summary:
    return bulk.run([str(source)], target, Settings(jobs))


@pytest.fixture(scope="module")
def whole_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Digest], float]:
    """What a run that nobody ends holds at last, and the seconds that it takes."""
    home = tmp_path_factory.mktemp("whole")
    source = write_archive(home, LONG)
    start = time.monotonic()
    run(source, f"{home}/whole.db")
    return held(f"{home}/whole.db"), time.monotonic() - start


def started(source: Path, target: str, file_size: int = -1) -> subprocess.Popen[bytes]:
    """A run in a process of its own. `file_size`: bytes that a file of it may have."""
    command = [*TRICHTIN, "bulk", str(source), "--to", target, "--jobs", "2"]

    def prepared() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # which a shell has its jobs in the background ignore
        if file_size > 0:
            resource.setrlimit(
                resource.RLIMIT_FSIZE, (file_size, resource.getrlimit(resource.RLIMIT_FSIZE)[1])
            )

    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, preexec_fn=prepared)


def wait_for_rows(target: str) -> None:
    """Until a run in another process has written its first articles: how long that takes is the machine's affair."""
    made = engine(target)
    for _ in range(600):
        with contextlib.suppress(sa.exc.DBAPIError), made.connect() as db:
            if db.execute(sa.text("SELECT count(*) FROM articles")).scalar_one() > 0:
                made.dispose()
                return
        time.sleep(0.1)
    pytest.fail("no article was written in a minute")


@pytest.mark.parametrize("kill", [kills.kill_runs, kills.kill_workers])
@pytest.mark.parametrize("place", ["sqlite", "postgres"])
def test_killed_at_random_moments_it_goes_on_and_ends_the_same(
    kill: Callable[..., kills.Kills],
    place: str,
    archive: Callable[[int], Path],
    request: pytest.FixtureRequest,
    tmp_path: Path,
    whole_run: tuple[list[Digest], float],
) -> None:
    expected, length = whole_run
    numbers = itertools.count()

    def fresh() -> AbstractContextManager[str]:
        if place == "sqlite":
            return contextlib.nullcontext(f"{tmp_path}/{next(numbers)}.db")
        server = request.getfixturevalue("postgres").rsplit("/", 1)[0]
        return empty_database(server, f"killed{os.getpid()}")

    within = 1.2 * (length + 1) if kill is kills.kill_runs else length / 2
    moments = random.Random(os.environ.get("TRICHTIN_SEED", "1"))
    found = kill(str(archive(LONG)), fresh, expected, KILLS, within, moments)
    assert (found.tried, found.survived) == (KILLS, KILLS)


def test_killed_workers_do_not_outlive_the_parent(archive: Callable[[int], Path], tmp_path: Path) -> None:
    process = started(archive(LONG), f"{tmp_path}/n.db")
    wait_for_rows(f"{tmp_path}/n.db")
    children = list(kills.workers(process.pid))
    process.kill()
    process.communicate()
    assert len(children) >= 2
    deadline = time.monotonic() + 10
    while any(_runs(pid) for pid in children) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not [pid for pid in children if _runs(pid)]


def _runs(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_stops_cleanly_and_the_same_command_goes_on(
    archive: Callable[[int], Path], tmp_path: Path, end: signal.Signals
) -> None:
    source, target = archive(LONG), f"{tmp_path}/n.db"
    process = started(source, target)
    wait_for_rows(target)
    process.send_signal(end)
    out, _ = process.communicate(timeout=30)
    assert process.returncode == 130, out.decode()
    assert "goes on from there" in out.decode()
    assert "Traceback" not in out.decode()
    with sqlite3.connect(target) as db:
        (there,) = db.execute("SELECT count(*) FROM articles").fetchone()
    assert 0 < there < LONG
    again = run(source, target)
    assert (again.unchanged, again.articles) == (there, LONG - there)


@pytest.fixture(scope="module")
def server_to_end() -> Iterator[Server]:
    """A PostgreSQL that no other test needs."""
    with server() as made:
        if made is None:
            missing("PostgreSQL is not installed (apt-get install postgresql)")
            return
        yield made


@pytest.mark.parametrize("end", [Server.stop, Server.kill])
def test_postgresql_that_goes_away_ends_the_run_with_a_message_and_the_same_command_goes_on(
    end: Callable[[Server], None],
    archive: Callable[[int], Path],
    server_to_end: Server,
    whole_run: tuple[list[Digest], float],
) -> None:
    source = archive(LONG)
    with server_to_end.database("ended") as target:
        process = started(source, target)
        wait_for_rows(target)
        end(server_to_end)
        out, _ = process.communicate(timeout=60)
        server_to_end.start()
        assert process.returncode == 1, out.decode()
        assert "Traceback" not in out.decode()
        assert kills.is_whole(target)
        run(source, target)
        assert held(target) == whole_run[0]


@pytest.mark.parametrize("place", ["n.db", "postgres", "n.jsonl", "n.parquet/"])
def test_two_runs_with_one_target_at_the_same_time_load_it_once(
    place: str, archive: Callable[[int], Path], request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    target = request.getfixturevalue("postgres") if place == "postgres" else f"{tmp_path}/{place}"
    source = archive(150)
    both = [started(source, target) for _ in range(2)]
    for process in both:
        out, _ = process.communicate(timeout=300)
        assert process.returncode == 0, out.decode()
    run(source, f"{tmp_path}/alone.db")
    rows = held(f"{tmp_path}/alone.db")
    assert held(target)[1:4] == rows[1:4]  # one file holds no articles
    assert kills.failures(str(state_of(target)) if place == "n.jsonl" else target) == 0
    assert not list(tmp_path.rglob("*.new"))


def test_a_locked_file_is_told_and_the_same_command_goes_on(
    archive: Callable[[int], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = f"{tmp_path}/n.db"
    run(archive(2), target, jobs=1)
    monkeypatch.setattr(connect, "LOCK_WAIT", 0.2)
    with contextlib.closing(sqlite3.connect(target, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(TargetError, match="locked; another program is writing to it"):
            run(archive(5), target, jobs=1)
    assert run(archive(5), target, jobs=1).articles == 3


def test_a_locked_duckdb_file_is_told(archive: Callable[[int], Path], tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect(f"{tmp_path}/n.duckdb"):
        out, _ = started(archive(2), f"{tmp_path}/n.duckdb").communicate(timeout=60)
    assert "another program is writing to it" in out.decode()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    home = tmp_path / "disk"
    home.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(home)], capture_output=True
    )
    if mounted.returncode != 0:
        pytest.skip(f"only an administrator can make a small disk: {mounted.stderr.decode().strip()}")
    yield home
    subprocess.run(["umount", str(home)], check=True)


@pytest.mark.parametrize("name", ["n.db", "n.jsonl", "n.duckdb"])
def test_a_small_disk_is_told_and_more_room_mends_it(
    archive: Callable[[int], Path], disk: Path, name: str
) -> None:
    source, target = archive(300), f"{disk}/{name}"
    out, _ = started(source, target).communicate(timeout=300)
    assert "make room on the disk" in out.decode()
    assert "Traceback" not in out.decode()
    subprocess.run(["mount", "-o", "remount,size=60m", str(disk)], check=True)
    again = run(source, target)
    assert (again.articles + again.unchanged, again.failures.total()) == (300, 0)


@pytest.mark.parametrize("name", ["n.db", "n.jsonl", "n.duckdb", "other.db"])
def test_a_disk_that_can_only_be_read_is_told(archive: Callable[[int], Path], disk: Path, name: str) -> None:
    subprocess.run(["mount", "-o", "remount,size=60m", str(disk)], check=True)
    if name != "other.db":
        run(archive(2), f"{disk}/{name}", jobs=1)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    with pytest.raises(TargetError, match="cannot be written there"):
        run(archive(5), f"{disk}/{name}", jobs=1)


@pytest.mark.parametrize("name", ["n.db", "n.jsonl", "n.parquet/", "n.duckdb"])
def test_a_full_disk_ends_the_run_with_a_message_and_the_same_command_goes_on(
    archive: Callable[[int], Path], tmp_path: Path, name: str
) -> None:
    target = f"{tmp_path}/to/{name}"
    (tmp_path / "to").mkdir()
    run(archive(2), target, jobs=1)
    sizes = [p.stat().st_size for p in (tmp_path / "to").rglob("*") if p.is_file()]
    source = archive(150)
    process = started(source, target, max(sizes) + 4096)  # no file can grow much beyond this
    out, _ = process.communicate(timeout=300)
    assert process.returncode == 1, out.decode()
    assert "Error:" in out.decode()
    assert "Traceback" not in out.decode()
    assert not list((tmp_path / "to").rglob("*.new"))
    again = run(source, target)
    assert (again.articles + again.unchanged, again.failures.total()) == (150, 0)
    assert held(target)


@pytest.mark.parametrize("name", ["n.db", "n.jsonl", "n.csv/", "n.parquet", "n.duckdb"])
def test_a_place_that_cannot_be_written_is_told_at_once(archive: Callable[[int], Path], name: str) -> None:
    with pytest.raises(TargetError, match=f"/proc/{name}"):  # where not even the administrator may write
        run(archive(2), f"/proc/{name}")
