"""A worker process: items in, rows out, one answer an item; several are read together, for it is quicker. A fault of
an article is told; a crash or a hang is the pool's matter.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from extractor.batches import batches
from extractor.readers.item import Item
from extractor.schema.rows import Failed, Loaded

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from extractor.article import Article
    from extractor.readers.document import Document
    from rules.words import Ruleset


class Task(msgspec.Struct, frozen=True, array_like=True):
    """An item to be extracted, with the fingerprint that the ledger will hold.

    `alone`: it is read together with no other, so that it is known which article a worker dies at.
    """

    item: Item
    fingerprint: str
    alone: bool = False


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


Read = tuple["Document", "Article"]

_NO_ARTICLES_FAULT = (ImportError, KeyboardInterrupt, SystemExit)
"""What is not installed would fail every article, one after the other."""


def work(tasks: Sequence[Task], keep_text: bool, rules: Ruleset | None = None) -> Iterator[Loaded | Failed]:
    """Extract items, an answer for each in their order. `rules`: rules of one's own. Every fault is told with its
    reason: the run goes on.

    Raises ImportError: it is no fault of an article.
    """
    from extractor.pipeline import BATCH, BATCH_CHARACTERS

    read = ((task, _read(task)) for task in tasks)
    for batch in batches(read, _characters, BATCH, BATCH_CHARACTERS):
        yield from _extracted(batch, keep_text, rules)


def _characters(each: tuple[Task, Read | Failed]) -> int:
    return 0 if isinstance(each[1], Failed) else len(each[1][1].text)


def _extracted(
    batch: Sequence[tuple[Task, Read | Failed]], keep_text: bool, rules: Ruleset | None
) -> list[Loaded | Failed]:
    """The rows of articles that are read together. What fails together is read one by one."""
    from extractor.pipeline import extract_articles
    from extractor.schema.rows import loaded

    try:
        articles = [read[1] for _, read in batch if not isinstance(read, Failed)]
        found = iter(extract_articles(articles, rules))
        return [
            read if isinstance(read, Failed) else loaded(next(found), read[0], task.fingerprint, keep_text)
            for task, read in batch
        ]
    except _NO_ARTICLES_FAULT:
        raise
    except BaseException as e:  # a panic of a library in Rust is no Exception; it too costs one article only
        if len(batch) == 1:
            return [_failed(batch[0][0], "extract", e)]
        return [answer for each in batch for answer in _extracted([each], keep_text, rules)]


def _read(task: Task) -> Read | Failed:
    """The document of a task, and the article that it holds."""
    from extractor.article import read_article
    from extractor.readers.document import document

    try:
        read = document(task.item)
        return read, read_article(
            read.text,
            read.source,
            title=read.title,
            url=read.url,
            published=read.published,
            newspaper=read.newspaper,
        )
    except _NO_ARTICLES_FAULT:
        raise
    except BaseException as e:
        return _failed(task, "read", e)


def _failed(task: Task, stage: str, error: BaseException) -> Failed:
    from extractor.readers.document import NoArticle
    from extractor.readers.encodings import Undecodable

    if isinstance(error, MemoryError):
        reason = "too little memory for this article"
    elif isinstance(error, NoArticle | Undecodable):
        reason = str(error)
    else:
        reason = f"{type(error).__name__}: {error}"[:500]
    return Failed(task.item.source, task.fingerprint, stage, reason)


Work = Callable[[Sequence[Task], bool], Iterable[Loaded | Failed]]
"""What a worker does with tasks: an answer for each, in their order."""


def serve(connection: Connection, keep_text: bool, work: Work = work) -> None:
    """Answer batches of tasks until the other side closes. Starts in a process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's: it says when to stop
    _end_with_the_parent()
    portions: queue.SimpleQueue[list[Task]] = queue.SimpleQueue()
    # a thread takes the tasks in at once, so that the parent never waits for a worker that waits for the
    # parent
    threading.Thread(target=_receive, args=(connection, portions), daemon=True).start()
    encode = msgspec.msgpack.Encoder().encode
    with contextlib.suppress(OSError):  # the parent is gone
        broken = load(getattr(work, "keywords", {}).get("rules"))
        connection.send_bytes(encode(Answer(None, None, peak_memory(), broken)))
        while broken is None:
            for answer in _answers(work, portions.get(), keep_text):
                broken = answer.broken
                connection.send_bytes(encode(answer))


def _answers(work: Work, portion: list[Task], keep_text: bool) -> Iterator[Answer]:
    alone = any(task.alone for task in portion)
    try:
        for tasks in [[task] for task in portion] if alone else [portion]:
            for result in work(tasks, keep_text):
                if isinstance(result, Failed):
                    yield Answer(None, result, peak_memory())
                else:
                    yield Answer(result, None, peak_memory())
    except ImportError as e:
        yield Answer(None, None, peak_memory(), f"{type(e).__name__}: {e}")


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


def _receive(connection: Connection, portions: queue.SimpleQueue[list[Task]]) -> None:
    decode = msgspec.msgpack.Decoder(list[Task]).decode
    try:
        while True:
            portions.put(decode(connection.recv_bytes()))
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
