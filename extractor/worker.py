"""A worker process: items in, rows out, one answer an item. A fault of an article is told; a crash or a
hang is the pool's matter.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from extractor.readers.item import Item
from extractor.schema.rows import Failed, Loaded

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from rules.words import Ruleset


class Task(msgspec.Struct, frozen=True, array_like=True):
    """An item to be extracted, with the fingerprint that the ledger will hold."""

    item: Item
    fingerprint: str


class Answer(msgspec.Struct, frozen=True, array_like=True):
    """What became of one task; with neither result nor failure: the worker is ready for its first.

    `memory`: the most that the worker has held so far, in bytes. `broken`: why no article can be extracted.
    """

    result: Loaded | None
    failure: Failed | None
    memory: int
    broken: str | None = None


class ExtractorError(RuntimeError):
    """The extractor itself does not run: no fault of an article, so the run ends."""


def work(task: Task, keep_text: bool, rules: Ruleset | None = None) -> Loaded | Failed:
    """Extract one item. `rules`: rules of one's own. Every fault is told with its reason: the run goes on.

    Raises ImportError: what is not installed would fail every article, one after the other.
    """
    from extractor.pipeline import extract
    from extractor.readers.document import NoArticle, document
    from extractor.readers.encodings import Undecodable
    from extractor.schema.rows import loaded

    item = task.item
    stage = "read"
    try:
        read = document(item)
        stage = "extract"
        extraction = extract(
            read.text,
            read.source,
            title=read.title,
            url=read.url,
            published=read.published,
            newspaper=read.newspaper,
            rules=rules,
        )
        return loaded(extraction, read, task.fingerprint, keep_text)
    except (NoArticle, Undecodable) as e:
        return Failed(item.source, task.fingerprint, stage, str(e))
    except MemoryError:
        return Failed(item.source, task.fingerprint, stage, "too little memory for this article")
    except (ImportError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as e:  # a panic of a library in Rust is no Exception; it too costs this article only
        return Failed(item.source, task.fingerprint, stage, f"{type(e).__name__}: {e}"[:500])


def serve(
    connection: Connection, keep_text: bool, work: Callable[[Task, bool], Loaded | Failed] = work
) -> None:
    """Answer batches of tasks until the other side closes. Starts in a process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's: it says when to stop
    _end_with_the_parent()
    tasks: queue.SimpleQueue[Task] = queue.SimpleQueue()
    # a thread takes the tasks in at once, so that the parent never waits for a worker that waits for the
    # parent
    threading.Thread(target=_receive, args=(connection, tasks), daemon=True).start()
    encode = msgspec.msgpack.Encoder().encode
    with contextlib.suppress(OSError):  # the parent is gone
        broken = load(getattr(work, "keywords", {}).get("rules"))
        connection.send_bytes(encode(Answer(None, None, peak_memory(), broken)))
        while broken is None:
            answer = _answer(work, tasks.get(), keep_text)
            broken = answer.broken
            connection.send_bytes(encode(answer))


def _answer(work: Callable[[Task, bool], Loaded | Failed], task: Task, keep_text: bool) -> Answer:
    try:
        result = work(task, keep_text)
    except ImportError as e:
        return Answer(None, None, peak_memory(), f"{type(e).__name__}: {e}")
    if isinstance(result, Failed):
        return Answer(None, result, peak_memory())
    return Answer(result, None, peak_memory())


def load(rules: Ruleset | None = None) -> str | None:
    """Load what the first article would load, so that its time limit is not spent on it. Gives what is wrong
    with the extractor, which every article would tell again.
    """
    try:
        from extractor.pipeline import extract
        from extractor.segmenting import words

        extract("Huyện Bác Ái thu ngân sách đạt hơn 100,1 tỷ đồng.", rules=rules)
        words("thu ngân sách", 0, 13)  # the segmenter is loaded by the first sentence that asks for it
    except Exception as e:
        return f"{type(e).__name__}: {e}"[:500]
    return None


def _receive(connection: Connection, tasks: queue.SimpleQueue[Task]) -> None:
    decode = msgspec.msgpack.Decoder(list[Task]).decode
    try:
        while True:
            for task in decode(connection.recv_bytes()):
                tasks.put(task)
    except (EOFError, OSError):  # the parent is gone, or closed the pipe: nobody waits for an answer
        os._exit(0)


def _end_with_the_parent() -> None:
    """Linux: be killed when the parent is, also in the midst of an article that hangs."""
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def peak_memory() -> int:
    """The most memory that this process has held, in bytes; 0 where the system does not tell."""
    try:
        with open(
            "/proc/self/status", encoding="ascii"
        ) as status:  # getrusage would count the parent's before exec
            for line in status:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    try:
        import resource
    except ImportError:  # Windows
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
