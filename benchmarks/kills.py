"""kill -9 at random moments of a run: of the run itself, and of its workers."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from extractor.digest import Digest, digests
from extractor.sinks.connect import engine
from extractor.sinks.sink import open_readable

TRICHTIN = [sys.executable, "-c", "from extractor.cli import main; main()"]

Fresh = Callable[[], AbstractContextManager[str]]
"""Gives a new, empty target, which is gone afterwards."""


@dataclass
class Kills:
    """How many kills were tried, after how many of them the load came to the same content, in how many loads, and how
    often a run said that its workers die and ended before that.
    """

    tried: int = 0
    survived: int = 0
    runs: int = 0
    gave_up: int = 0


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
            whole, here, done = True, 0, False
            while not done:
                process = _started(archive, target)
                if kills.tried < count:
                    with contextlib.suppress(subprocess.TimeoutExpired):
                        process.wait(moments.uniform(0.1, 1) * within)
                    if process.poll() is None:
                        process.kill()
                        kills.tried, here = kills.tried + 1, here + 1
                done = process.wait() == 0
                whole = whole and is_whole(target)
            kills.runs += 1
            kills.survived += here if whole and held(target) == expected else 0
    return kills


def kill_workers(
    archive: str, fresh: Fresh, expected: list[Digest], count: int, within: float, moments: random.Random
) -> Kills:
    """Kill one worker after the other, in as many loads as it takes. A kill is survived when its load ends with the
    expected content and no article has failed. A run gives up when several workers in a row die before they have
    loaded, as they would where the extractor is broken; the same command then goes on, and `gave_up` counts it.
    """
    kills = Kills()
    while kills.tried < count:
        with fresh() as target:
            here, disturbed, process = 0, 1, None
            while disturbed and (process is None or process.returncode != 0):
                kills.gave_up += process is not None
                process, disturbed = _started(archive, target), 0
                while process.poll() is None:
                    with contextlib.suppress(subprocess.TimeoutExpired):
                        process.wait(moments.uniform(0.1, 1) * within)
                    there = list(workers(process.pid)) if kills.tried < count else []
                    if there:
                        with contextlib.suppress(ProcessLookupError):
                            os.kill(moments.choice(there), signal.SIGKILL)
                            kills.tried, here, disturbed = kills.tried + 1, here + 1, disturbed + 1
            kills.runs += 1
            sound = process is not None and process.returncode == 0 and failures(target) == 0
            kills.survived += here if sound and held(target) == expected else 0
    return kills


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
