"""kill -9 at random moments of a run: of the run itself, and of its workers when they are at their articles."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from extractor.digest import Digest, digests
from extractor.sinks.connect import engine
from extractor.sinks.sink import open_readable

TRICHTIN = [sys.executable, "-c", "from extractor.cli import main; main()"]

Fresh = Callable[[], AbstractContextManager[str]]
"""Gives a new, empty target, which is gone afterwards."""


@dataclass
class Kills:
    """How many kills were tried, after how many of them the load came to the same content, in how many loads; and what
    was wrong with the others.
    """

    tried: int = 0
    survived: int = 0
    runs: int = 0
    wrong: list[str] = field(default_factory=list)

    def ended(self, here: int, wrong: str | None) -> None:
        """A load that was disturbed by some kills has ended."""
        self.runs += 1
        self.survived += 0 if wrong else here
        self.wrong += [wrong] if wrong else []


def held(target: str) -> list[Digest]:
    """Rows and hashes of what a target holds."""
    readable = open_readable(target)
    try:
        return list(digests(readable))
    finally:
        readable.close()


def failures(target: str) -> int:
    """Rows of the table failures."""
    readable = open_readable(target)
    try:
        return sum(1 for _ in readable.rows("failures"))
    finally:
        readable.close()


def kill_runs(
    archive: str, fresh: Fresh, expected: list[Digest], count: int, within: float, moments: random.Random
) -> Kills:
    """Kill the run again and again until its archive is loaded, then anew, until there were `count` kills.

    `within`: seconds in which a kill comes. A kill is survived when the database is whole right after it, and the
    content in the end is the expected one.
    """
    kills = Kills()
    while kills.tried < count:
        with fresh() as target:
            wrong, here, done = None, 0, False
            while not done:
                process = _started(archive, target)
                if kills.tried < count:
                    with contextlib.suppress(subprocess.TimeoutExpired):
                        process.wait(moments.uniform(0.1, 1) * within)
                    if process.poll() is None:
                        process.kill()
                        kills.tried, here = kills.tried + 1, here + 1
                done = process.wait() == 0
                wrong = wrong or (None if is_whole(target) else "the database is broken")
            kills.ended(here, wrong or _wrong(target, expected))
    return kills


def kill_workers(
    archive: str, fresh: Fresh, expected: list[Digest], count: int, within: float, moments: random.Random
) -> Kills:
    """Kill one worker after the other, in as many loads as it takes: one that is loaded and at an article, never one
    that is still to load (six of those in a row, and a run ends with a message). A kill is survived when its load ends
    with the expected content and no article has failed.
    """
    kills, loaded = Kills(), _seconds_to_load()
    while kills.tried < count:
        with fresh() as target:
            here, process = 0, _started(archive, target)
            while process.poll() is None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(moments.uniform(0.1, 1) * within)
                there = [w for w in workers(process.pid) if _seconds_of(w) > loaded]
                if there and kills.tried < count:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(moments.choice(there), signal.SIGKILL)
                        kills.tried, here = kills.tried + 1, here + 1
            broken_off = f"the run ended with {process.returncode}" if process.returncode else None
            kills.ended(here, broken_off or _wrong(target, expected))
    return kills


def _wrong(target: str, expected: list[Digest]) -> str | None:
    """What is wrong with the content of a target; None for nothing."""
    if failed := failures(target):
        return f"{failed} articles failed"
    return None if held(target) == expected else "other content"


def _seconds_to_load() -> float:
    """Processor seconds after which a worker is surely at its articles, on a busy machine too: half more than loading takes."""
    command = [
        sys.executable,
        "-c",
        "from extractor.worker import load; load(); import time; print(time.process_time())",
    ]
    return 1.5 * float(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)  # noqa: S603


def _seconds_of(pid: int) -> float:
    """Processor seconds that a process has spent; 0 when it is gone."""
    try:
        spent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    except OSError:
        return 0
    return sum(map(int, spent)) / os.sysconf("SC_CLK_TCK")


def is_whole(target: str) -> bool:
    """Whether a database that may have been left in the midst of anything is sound: no page broken, no row without
    the one that it belongs to.
    """
    if "://" not in target and not Path(target).exists():
        return True  # killed before there was anything
    made = engine(target)
    try:
        with made.connect() as db:
            if made.dialect.name == "sqlite":
                sound = db.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
                return sound and not db.exec_driver_sql("PRAGMA foreign_key_check").all()
            there = db.exec_driver_sql("SELECT to_regclass('figures') IS NOT NULL").scalar_one()
            orphans = "SELECT count(*) FROM figures f WHERE NOT EXISTS (SELECT FROM articles a WHERE a.id = f.article_id)"
            return not there or db.exec_driver_sql(orphans).scalar_one() == 0
    finally:
        made.dispose()


def workers(pid: int) -> Iterator[int]:
    """The worker processes of a run (not the one that multiprocessing keeps for itself)."""
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in task.read_text().split():
                if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                    yield int(child)


def _started(archive: str, target: str) -> subprocess.Popen[bytes]:
    command = [*TRICHTIN, "bulk", archive, "--to", target, "--quiet"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
