"""A PostgreSQL server of one's own in a temporary folder, to be stopped, killed and started again."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

STARTS = 30
"""Tries, a second apart, until a server counts as one that does not start."""


def programs() -> Path | None:
    """The folder of initdb and pg_ctl, None where PostgreSQL is not installed."""
    if found := shutil.which("pg_ctl"):
        real = Path(os.path.realpath(found)).parent
        if (real / "initdb").exists():
            return real
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), reverse=True)
    return homes[0].parent if homes else None


class Server:
    """A server that listens on a free port of this machine, with its data in a folder."""

    def __init__(self, programs: Path, home: Path) -> None:
        """`programs` as found by the function of this name; nothing runs yet."""
        self._programs, self._home = programs, home
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def _run(self, program: str, *arguments: str) -> None:
        as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []  # initdb refuses root
        command = [*as_user, str(self._programs / program), "-D", str(self._home / "data"), *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd=self._home)  # noqa: S603  what it runs is above

    def make(self) -> None:
        """Make the data folder and start."""
        self._run("initdb", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-U", "postgres")
        self.start()

    def start(self) -> None:
        """Start, also after a crash; comes back when the server takes connections.

        Raises RuntimeError with the end of the server's log when it does not start: after a crash it is tried again for
        half a minute, because what is left of the old server holds its memory and its port for a moment.
        """
        options = f"-p {self.port} -k {self._home} -c listen_addresses=127.0.0.1 -c fsync=off"
        log = self._home / "log"
        for _ in range(STARTS):
            with contextlib.suppress(subprocess.CalledProcessError):
                self._run("pg_ctl", "-l", str(log), "-w", "-o", options, "start")
                return
            time.sleep(1)
        raise RuntimeError(f"PostgreSQL does not start:\n{log.read_text()[-2000:]}")

    def stop(self, how: str = "immediate") -> None:
        """Stop; immediate leaves the data as a crash does."""
        with contextlib.suppress(subprocess.CalledProcessError):
            self._run("pg_ctl", "-m", how, "stop")

    def kill(self) -> None:
        """kill -9 of the server and of every process of it."""
        lock = self._home / "data" / "postmaster.pid"
        first = int(lock.read_text().split("\n", 1)[0])
        os.kill(first, signal.SIGSTOP)  # it makes no further process while these are counted
        family = [first, *map(int, Path(f"/proc/{first}/task/{first}/children").read_text().split())]
        for pid in family:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        while any(_lives(pid) for pid in family):
            time.sleep(0.05)
        lock.unlink()  # where nobody reaps orphans its process number stays in use, and no server would start

    def url(self, database: str) -> str:
        """The address of a database."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    @contextlib.contextmanager
    def database(self, name: str) -> Iterator[str]:
        """The address of an empty database, which is gone afterwards."""
        with empty_database(self.url("").rstrip("/"), name) as url:
            yield url


def _lives(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


@contextlib.contextmanager
def empty_database(server: str, name: str) -> Iterator[str]:
    """The address of an empty database of a server (`postgresql://user@host:port`), gone afterwards."""
    import psycopg

    with psycopg.connect(f"{server}/postgres", autocommit=True) as db:
        db.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        db.execute(f"CREATE DATABASE {name}")
    yield f"{server}/{name}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as db:
        db.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextlib.contextmanager
def server() -> Iterator[Server | None]:
    """A server that runs, None where PostgreSQL is not installed; gone afterwards."""
    found = programs()
    if found is None:
        yield None
        return
    home = Path(tempfile.mkdtemp(prefix="trichtin-pg-"))
    if os.geteuid() == 0:
        shutil.chown(home, "postgres", "postgres")
    made = Server(found, home)
    try:
        made.make()
        yield made
    finally:
        made.stop()
        shutil.rmtree(home, ignore_errors=True)
