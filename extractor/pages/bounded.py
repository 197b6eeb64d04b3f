"""Work with a time limit: a few processes do it, and one that takes too long is ended and replaced."""

from __future__ import annotations

import multiprocessing
import queue
import signal
import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from rules.words import OWN, Ruleset, using

WAIT = 10.0
"""Seconds that a request waits for a free process."""

START_UP = 60.0
"""Seconds that a new process may take before it is ready."""


class TimeLimitError(Exception):
    """The work took longer than the limit."""


class BusyError(Exception):
    """Every process is at work, and none came free in time."""


class RefusedError(Exception):
    """What was given cannot be worked on; the message says why and what to do."""


class _Process:
    def __init__(self, rules: Ruleset | None) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, rules), daemon=True)
        self.process.start()
        theirs.close()
        self.ready = False

    def stop(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()


class Bounded:
    """Runs jobs of `extractor.pages.jobs`. Safe to call from several threads."""

    def __init__(self, processes: int, seconds: float, rules: Ruleset | None = None) -> None:
        """`seconds`: the time that one job may take; `rules`: rules of one's own for all of them."""
        self._rules = rules
        self.seconds = seconds
        self._free: queue.Queue[_Process] = queue.Queue()
        self._all: set[_Process] = set()
        self._lock = threading.Lock()
        for _ in range(processes):
            self._add()

    def _add(self) -> None:
        made = _Process(self._rules)
        with self._lock:
            self._all.add(made)
        self._free.put(made)

    def run(self, job: str, payload: bytes) -> bytes:
        """Do a job. Raises TimeLimitError, BusyError, RefusedError; RuntimeError for a fault of the job."""
        try:
            process = self._free.get(timeout=WAIT)
        except queue.Empty:
            raise BusyError from None
        try:
            status, result = self._ask(process, job, payload)
        except (TimeLimitError, EOFError, OSError) as e:
            with self._lock:
                self._all.discard(process)
            process.stop()
            self._add()
            if isinstance(e, TimeLimitError):
                raise
            raise RuntimeError("the process ended") from None
        self._free.put(process)
        if status == b"-":
            raise RefusedError(result.decode())
        if status == b"!":
            raise RuntimeError(result.decode())
        return result

    def _ask(self, process: _Process, job: str, payload: bytes) -> tuple[bytes, bytes]:
        if not process.ready:
            if not process.connection.poll(START_UP):
                raise TimeLimitError
            process.connection.recv_bytes()
            process.ready = True
        process.connection.send_bytes(job.encode())
        process.connection.send_bytes(payload)
        if not process.connection.poll(self.seconds):
            raise TimeLimitError
        answer = process.connection.recv_bytes()
        return answer[:1], answer[1:]

    def stop(self) -> None:
        """End the processes, whatever they are at."""
        with self._lock:
            for process in self._all:
                process.stop()
            self._all.clear()


def _serve(connection: Connection[Any, Any], rules: Ruleset | None = None) -> None:
    """A process: jobs in, answers out. The first byte of an answer tells what it is: + result, - refusal, ! fault."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's
    from extractor.pages import jobs

    with suppress(EOFError, OSError), using(rules or OWN):
        connection.send_bytes(b"ready")
        while True:
            job, payload = connection.recv_bytes().decode(), connection.recv_bytes()
            try:
                answer = b"+" + jobs.JOBS[job](payload)
            except RefusedError as e:
                answer = b"-" + str(e).encode("utf-8", "replace")
            except Exception as e:  # a fault is told by its kind alone: its message may name paths
                answer = b"!" + type(e).__name__.encode()
            connection.send_bytes(answer)
