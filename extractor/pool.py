"""Worker processes with a time limit an article: one that hangs or crashes is replaced and costs the
article it was at. A worker reads several articles together: when it ends in their midst they are done again one by one.
An article at which a worker died is tried once more, when all others are done, since the fault may
be another's: the system's that needed memory, or of somebody who ended the process.

Payloads are MessagePack of the project's own types; nothing that comes back is unpickled.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from multiprocessing import connection as connections
from typing import TYPE_CHECKING

import msgspec

from extractor.schema.rows import Failed, Loaded
from extractor.worker import Answer, ExtractorError, Task, Work, serve
from extractor.worker import work as work_on

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

PORTION = 24
"""Articles sent to a worker at once: one message costs as much as a tenth of an article."""

PORTION_BYTES = 2_000_000

AHEAD = 2
"""Portions that a worker has before it: it works on one while the next is on its way."""

START_UP = 60.0
"""Seconds that a new worker may take to load, on top of the time limit."""

FALSE_STARTS = 6
"""Workers that may die one after the other before one is ready: beyond that none ever will be."""

BYTES_OUT = 48_000_000
"""Bytes of articles that may be with the workers at once, however many they are."""


class _Worker:
    """One process and the tasks that it has, oldest first: the first is the one it is at."""

    def __init__(self, keep_text: bool, work: Work) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(
            target=serve, args=(theirs, keep_text, work), daemon=True
        )
        with _ctrl_c_ignored():
            self.process.start()
        theirs.close()
        self.tasks: deque[Task] = deque()
        self.ready = False
        self.since = time.monotonic()

    def send(self, portion: list[Task]) -> None:
        if not self.tasks:
            self.since = time.monotonic()
        self.tasks.extend(portion)
        self.connection.send_bytes(msgspec.msgpack.encode(portion))

    def overdue(self, limit: float) -> bool:
        allowed = limit if self.ready else limit + START_UP
        return bool(self.tasks) and time.monotonic() - self.since > allowed

    @property
    def exit_code(self) -> int | None:
        self.process.join(5)
        return self.process.exitcode

    def stop(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()


@contextlib.contextmanager
def _ctrl_c_ignored() -> Iterator[None]:
    """A process inherits what it ignores: a worker is not to be stopped while it starts either."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class Pool:
    """Up to `jobs` workers. `run` gives a result for each task, in the order of their ends."""

    def __init__(self, jobs: int, time_limit: float, keep_text: bool = True, work: Work = work_on) -> None:
        """`time_limit`: seconds an article. The processes start as `run` has work for them."""
        self._jobs, self._limit, self._keep_text = jobs, time_limit, keep_text
        self._work = work
        self._workers: list[_Worker] = []
        self._decode = msgspec.msgpack.Decoder(Answer).decode
        self._again: deque[Task] = deque()
        self._suspects: deque[Task] = deque()
        self._died_at: set[tuple[str, str]] = set()
        self._false_starts = 0
        self.worker_memory = 0
        self.replaced = 0

    def run(self, tasks: Iterable[Task | None]) -> Iterator[Loaded | Failed]:
        """Results of the tasks. A None among the tasks makes the pool look for results first.

        Raises ExtractorError when it is the extractor that does not run, whatever the article.
        """
        source = iter(tasks)
        more = True
        while more or self._again or self._suspects or any(w.tasks for w in self._workers):
            while (more or self._again or self._suspects) and self._room():
                portion, more = self._portion(source, more)
                if not portion:
                    break
                self._send(self._least_busy(), portion)
            yield from self._results()

    def _room(self) -> bool:
        """Whether another portion can be sent out."""
        out = sum(len(t.item.body) for w in self._workers for t in w.tasks)
        least = 0 if len(self._workers) < self._jobs else min(len(w.tasks) for w in self._workers)
        return not least or (least <= (AHEAD - 1) * PORTION and out < BYTES_OUT)

    def _least_busy(self) -> _Worker:
        """Who takes the next portion. A process is started when there is work for it, and the others are busy."""
        if len(self._workers) < self._jobs and all(w.tasks for w in self._workers):
            self._workers.append(_Worker(self._keep_text, self._work))
            return self._workers[-1]
        return min(self._workers, key=lambda w: len(w.tasks))

    def _portion(self, source: Iterator[Task | None], more: bool) -> tuple[list[Task], bool]:
        portion: list[Task] = []
        size = 0
        while len(portion) < PORTION and size < PORTION_BYTES:
            if self._again:
                task: Task | None = self._again.popleft()
            elif more:
                try:
                    task = next(source)
                except StopIteration:
                    more = False
                    continue
            elif self._suspects:
                task = self._suspects.popleft()
            else:
                break
            if task is None:
                break
            portion.append(task)
            size += len(task.item.body)
        return portion, more

    def _send(self, worker: _Worker, portion: list[Task]) -> None:
        if not worker.tasks and not worker.process.is_alive():  # it died of no article: it had none
            worker = self._replace(worker)
        with contextlib.suppress(OSError):  # it died meanwhile: _results will find its end
            worker.send(portion)

    def _results(self) -> Iterator[Loaded | Failed]:
        """What has come, after waiting for it a little; then a look at the workers that are overdue."""
        busy = {w.connection: w for w in self._workers if w.tasks}
        ready = connections.wait(busy, timeout=0.2) if busy else []
        for one in ready:
            yield from self._receive(busy[one])  # type: ignore[index]
        for worker in list(busy.values()):
            if worker in self._workers and worker.overdue(self._limit) and not worker.connection.poll():
                yield from self._hangs(worker)

    def _receive(self, worker: _Worker) -> Iterator[Loaded | Failed]:
        try:
            while worker.connection.poll():
                answer = self._decode(worker.connection.recv_bytes())
                if answer.broken is not None:
                    raise ExtractorError(f"the extractor does not run: {answer.broken}")
                worker.since, worker.ready, self._false_starts = time.monotonic(), True, 0
                self.worker_memory = max(self.worker_memory, answer.memory)
                if result := answer.result or answer.failure:
                    worker.tasks.popleft()
                    yield result
        except (EOFError, OSError, msgspec.DecodeError):
            yield from self._dies(worker)

    def _hangs(self, worker: _Worker) -> Iterator[Failed]:
        if not worker.ready:
            self._false_start(worker, f"a worker did not load within {self._limit + START_UP:g} s")
            return
        if self._parted(worker):
            return
        at = worker.tasks.popleft()
        self._replace(worker)
        yield _failed(at, f"took longer than the time limit of {self._limit:g} s")

    def _dies(self, worker: _Worker) -> Iterator[Failed]:
        if not worker.ready:
            self._false_start(worker, f"the workers die while they load (exit code {worker.exit_code})")
            return
        if not worker.tasks:  # all its answers were on their way: no article is to blame
            self._replace(worker)
            return
        if self._parted(worker):
            return
        at = worker.tasks.popleft()
        key = at.item.source, at.fingerprint
        reason = f"the worker died at this article (exit code {worker.exit_code})"
        self._replace(worker)
        if key in self._died_at:
            yield _failed(at, reason)
            return
        # A new worker does not begin with it: who ends workers at random would hit it more often than another.
        self._died_at.add(key)
        self._suspects.append(at)

    def _parted(self, worker: _Worker) -> bool:
        """Whether a worker read several articles together: each is done again alone, and none is to blame yet."""
        if worker.tasks[0].alone:
            return False
        worker.tasks = deque(msgspec.structs.replace(task, alone=True) for task in worker.tasks)
        self._replace(worker)
        return True

    def _false_start(self, worker: _Worker, reason: str) -> None:
        self._false_starts += 1
        if self._false_starts >= FALSE_STARTS:
            raise ExtractorError(reason)
        self._replace(worker)

    def _replace(self, worker: _Worker) -> _Worker:
        """A new worker for the old, whose tasks are done again."""
        worker.stop()
        self._again.extend(worker.tasks)
        new = _Worker(self._keep_text, self._work)
        self._workers[self._workers.index(worker)] = new
        self.replaced += 1
        return new

    def stop(self) -> None:
        """End the workers, whatever they are at."""
        for worker in self._workers:
            worker.stop()
        self._workers = []


def _failed(task: Task, reason: str) -> Failed:
    return Failed(task.item.source, task.fingerprint, "extract", reason)
