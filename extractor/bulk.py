"""Many articles: read as a stream, extracted by worker processes, loaded a batch a transaction, resumed by
the ledger.
"""

from __future__ import annotations

import queue
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from extractor import readers
from extractor.batches import batches
from extractor.pool import Pool
from extractor.readers import Item, Options, PassedOver, Unreadable
from extractor.readers.seen import Seen
from extractor.schema.rows import Failed, Loaded
from extractor.sinks.sink import Sink, open_sink
from extractor.version import extractor_version
from extractor.worker import Task, Work, peak_memory
from extractor.worker import work as work_on
from rules.words import Ruleset

BATCH = 400
"""Articles in one transaction."""

BATCH_BYTES = 12_000_000
BATCH_SECONDS = 5.0
"""A batch that does not fill is written after this time: what a kill can cost is bounded."""

LOOK_UP = 200
"""Items whose sources are looked up in the ledger at once."""

LOOK_UP_BYTES = 8_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run is made. `time_limit`: seconds an article; `retry`: do again what failed before; `rules`: one's own."""

    jobs: int
    time_limit: float = 30.0
    keep_text: bool = True
    retry: bool = False
    options: Options = field(default_factory=Options)
    rules: Ruleset | None = None


@dataclass(slots=True)
class Summary:
    """What a run did. Seconds: `seconds` of the clock, `writing` of them the writer was at work beside the
    workers.
    """

    articles: int = 0
    unchanged: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    checks_failed: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    failed_before: int = 0
    passed_over: Counter[str] = field(default_factory=Counter)
    interrupted: bool = False
    seconds: float = 0.0
    writing: float = 0.0
    parent_memory: int = 0
    worker_memory: int = 0


class Progress(Protocol):
    """Who is told how far a run is."""

    def read(self, count: int) -> None:
        """So many more bytes of the inputs were read."""

    def done(self, articles: int, failures: int) -> None:
        """So many more articles are extracted (or known already), so many failed."""


class Quiet:
    """A progress that nobody sees."""

    def read(self, count: int) -> None:
        """Nothing."""

    def done(self, articles: int, failures: int) -> None:
        """Nothing."""


def run(
    inputs: Sequence[str],
    target: str,
    settings: Settings,
    progress: Progress | None = None,
    work: Work = work_on,
) -> Summary:
    """Load everything that the inputs hold into the target; what it holds already stays untouched.

    KeyboardInterrupt stops the run cleanly: what is extracted by then is loaded. Raises FileNotFoundError
    for an
    input that names nothing, sinks.sink.TargetError for a target that cannot be used and worker.ExtractorError
    for an extractor that does not run; what was loaded by then stays. `work` is what a worker does with tasks,
    a function of a module.
    """
    for given in inputs:
        next(readers.expand([given]), None)
    sink = open_sink(target, extractor_version(settings.rules))
    try:
        return _Run(settings, sink, progress or Quiet(), work).run(inputs)
    finally:
        sink.close()


def fingerprint(each: Item | Unreadable, keep_text: bool) -> str:
    """What the ledger holds of an item: changes with all that its rows depend on."""
    if isinstance(each, Unreadable):
        return sha256(each.reason.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return each.fingerprint("" if keep_text else "no text")


class _Run:
    def __init__(self, settings: Settings, sink: Sink, progress: Progress, work: Work) -> None:
        self._settings, self._sink, self._progress = settings, sink, progress
        self._summary = Summary()
        self._files, self._unreadable = Seen(), Seen()
        self._version = extractor_version(settings.rules)
        self._writer = _Writer(sink)
        if settings.rules is not None:
            work = partial(work, rules=settings.rules)  # type: ignore[call-arg]  # that of tests knows none
        self._pool = Pool(settings.jobs, settings.time_limit, settings.keep_text, work)

    def run(self, inputs: Sequence[str]) -> Summary:
        start = time.monotonic()
        try:
            for result in self._pool.run(self._tasks(inputs)):
                self._take(result)
        except KeyboardInterrupt:
            self._summary.interrupted = True
        finally:
            self._pool.stop()
            self._writer.close()
        if not self._summary.interrupted:
            self._writer.timed(lambda: self._sink.finish(self._mended))
        for refused in self._writer.refused:
            self._summary.failures[refused.reason] += 1
        self._summary.seconds = time.monotonic() - start
        self._summary.writing = self._writer.seconds
        self._summary.parent_memory = peak_memory()
        self._summary.worker_memory = self._pool.worker_memory
        return self._summary

    def _tasks(self, inputs: Sequence[str]) -> Iterator[Task | None]:
        """The items that are not loaded yet; None where there was none for a while, so that results are
        looked at.
        """
        found = readers.read(
            readers.expand(inputs),
            self._settings.options,
            self._progress.read,
            self._finished,
        )
        for part in batches(self._articles(found), _size, LOOK_UP, LOOK_UP_BYTES):
            held = self._sink.entries([each.source for each in part])
            for each in part:
                mark = fingerprint(each, self._settings.keep_text)
                entry = held.get(each.source)
                known = entry is not None and entry[:2] == (mark, self._version)
                if entry is not None and known and not (entry.failed and self._settings.retry):
                    self._know(entry.failed)
                elif isinstance(each, Unreadable):
                    self._take(Failed(each.source, mark, "open", each.reason))
                else:
                    yield Task(each, mark)
            yield None

    def _articles(self, found: Iterator[readers.Found]) -> Iterator[Item | Unreadable]:
        for each in found:
            if isinstance(each, PassedOver):
                self._summary.passed_over[Path(each.source).suffix.casefold()] += 1
            else:
                if isinstance(each, Unreadable):
                    self._unreadable.first(each.source)
                yield each

    def _finished(self, path: str) -> None:
        self._files.first(path)

    def _mended(self, source: str) -> bool:
        """Whether what could not be opened once is readable now: its file was read to the end, and it was
        not met.
        """
        if source in self._unreadable:
            return False
        cuts = [len(source), *(i for i, c in enumerate(source) if c in "#!")]
        return any(source[:cut] in self._files for cut in cuts)

    def _know(self, failed: bool) -> None:
        if failed:
            self._summary.failed_before += 1
        else:
            self._summary.unchanged += 1
        self._progress.done(int(not failed), int(failed))

    def _take(self, result: Loaded | Failed) -> None:
        if isinstance(result, Loaded):
            self._summary.articles += 1
            self._summary.kinds.update(result.kinds)
            self._summary.checks_failed += result.failed
        else:
            self._summary.failures[result.reason] += 1
        self._progress.done(int(isinstance(result, Loaded)), int(isinstance(result, Failed)))
        self._writer.put(result)


def _size(each: Item | Unreadable) -> int:
    return len(each.body) if isinstance(each, Item) else 0


class _Writer:
    """Loads results in a thread of its own, so that the workers are fed while the database works."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._batches: queue.Queue[list[Loaded | Failed] | None] = queue.Queue(maxsize=1)
        self._batch: list[Loaded | Failed] = []
        self._size, self._since = 0, time.monotonic()
        self._error: BaseException | None = None
        self.seconds = 0.0
        self.refused: list[Failed] = []
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    def put(self, result: Loaded | Failed) -> None:
        """Take a result. Raises what went wrong in writing."""
        self._batch.append(result)
        self._size += result.characters if isinstance(result, Loaded) else 200
        if (
            len(self._batch) >= BATCH
            or self._size >= BATCH_BYTES
            or time.monotonic() - self._since > BATCH_SECONDS
        ):
            self._hand_on()

    def _hand_on(self) -> None:
        if self._batch and self._error is None:
            self._batches.put(self._batch)
        self._batch, self._size, self._since = [], 0, time.monotonic()
        if self._error is not None:
            raise self._error

    def timed(self, job: object) -> None:
        """Call the job, and count its time as writing."""
        start = time.monotonic()
        try:
            job()  # type: ignore[operator]
        finally:
            self.seconds += time.monotonic() - start

    def _work(self) -> None:
        while (batch := self._batches.get()) is not None:
            if self._error is None:
                try:
                    self.timed(lambda batch=batch: self.refused.extend(self._sink.write(batch)))
                except BaseException as e:
                    self._error = e

    def close(self) -> None:
        """Write what is left and end. Raises what went wrong in writing."""
        try:
            self._hand_on()
        finally:
            self._batches.put(None)
            self._thread.join()
        if self._error is not None:
            raise self._error
