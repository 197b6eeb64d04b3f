"""Runs: the same content however it is made; what fails costs itself."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
from conftest import news

from benchmarks.kills import TRICHTIN, held
from extractor import bulk, pipeline
from extractor.article import Article
from extractor.bulk import Settings, Summary
from extractor.pool import Pool
from extractor.readers import Item, Options
from extractor.records import Record
from extractor.schema.datasette import metadata
from extractor.schema.rows import Failed, Loaded
from extractor.sinks.tables import ddl
from extractor.worker import ExtractorError, Task, Work, work


def run(source: Path, target: str, jobs: int = 2, **settings: object) -> Summary:
    return bulk.run([str(source)], target, Settings(jobs, **settings))  # type: ignore[arg-type]


@pytest.fixture(params=["sqlite", "postgres"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(request.getfixturevalue("postgres") if request.param == "postgres" else tmp_path / "n.db")


# --- the same content ---


def test_one_job_and_four_give_the_same(archive: Callable[[int], Path], tmp_path: Path, target: str) -> None:
    source = archive(120)
    first = run(source, f"{tmp_path}/one.db", jobs=1)
    second = run(source, target, jobs=4)
    assert first.articles == second.articles == 120
    assert first.kinds == second.kinds
    assert held(f"{tmp_path}/one.db") == held(target)


def test_a_second_run_changes_nothing(archive: Callable[[int], Path], target: str) -> None:
    source = archive(50)
    run(source, target)
    before = held(target)
    again = run(source, target)
    assert (again.articles, again.unchanged) == (0, 50)
    assert held(target) == before


def test_only_what_changed_is_done_again(archive: Callable[[int], Path], tmp_path: Path) -> None:
    source = archive(20)
    run(source, f"{tmp_path}/n.db")
    source.write_text(source.read_text().replace("Bác Ái", "Gò Công Tây", 1))
    again = run(source, f"{tmp_path}/n.db")
    assert (again.articles, again.unchanged) == (1, 19)
    run(source, f"{tmp_path}/fresh.db")
    assert held(f"{tmp_path}/n.db") == held(f"{tmp_path}/fresh.db")


def test_options_that_records_depend_on_are_not_passed_over(
    archive: Callable[[int], Path], tmp_path: Path
) -> None:
    run(archive(3), f"{tmp_path}/n.db")
    assert run(archive(3), f"{tmp_path}/n.db", keep_text=False).articles == 3


def test_a_title_that_stands_beside_the_text_is_the_articles_and_the_text_stays(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"id": "a", "title": "Thu ngân sách", "content": "Chi 5 tỷ đồng.\\nHết."}'
    )
    run(tmp_path / "a.jsonl", f"{tmp_path}/n.db")
    with sqlite3.connect(f"{tmp_path}/n.db") as db:
        assert db.execute("SELECT title, text FROM articles").fetchall() == [
            ("Thu ngân sách", "Chi 5 tỷ đồng.\nHết.")
        ]
        assert db.execute("SELECT start, text FROM figures").fetchall() == [(4, "5 tỷ đồng")]


# --- failures ---


def poisoned(tasks: Sequence[Task], keep_text: bool) -> Iterable[Loaded | Failed]:
    """What a worker does in these tests: some articles hang or crash."""
    for task in tasks:
        if b"hangs" in task.item.body:
            time.sleep(60)
        if b"crashes" in task.item.body:
            os._exit(11)
        if b"dies" in task.item.body:
            os.kill(os.getpid(), signal.SIGKILL)
    return work(tasks, keep_text)


@pytest.mark.parametrize("jobs", [1, 3])
def test_an_article_that_hangs_or_crashes_costs_itself(tmp_path: Path, jobs: int) -> None:
    for number in range(40):
        (tmp_path / f"{number:02}.txt").write_text(news(number))
    for name in ("hangs", "crashes", "dies"):
        (tmp_path / f"10{name}.txt").write_text(name)
    (tmp_path / "empty.txt").write_text(" \n")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 50)
    (tmp_path / "broken.zip").write_bytes(b"PK")
    target = f"{tmp_path}/n.db"
    summary = bulk.run(
        [f"{tmp_path}/*.txt", f"{tmp_path}/*.zip"], target, Settings(jobs, time_limit=8.0), work=poisoned
    )
    assert summary.articles == 40
    with sqlite3.connect(target) as db:
        failures = {Path(s).name: reason for s, reason in db.execute("SELECT source, reason FROM failures")}
    assert set(failures) == {
        "10hangs.txt",
        "10crashes.txt",
        "10dies.txt",
        "empty.txt",
        "binary.txt",
        "broken.zip",
    }
    assert "time limit of 8 s" in failures["10hangs.txt"]
    assert "exit code 11" in failures["10crashes.txt"]
    assert "exit code -9" in failures["10dies.txt"]


def dies_once(tasks: Sequence[Task], keep_text: bool) -> Iterable[Loaded | Failed]:
    """Somebody ends the worker in the midst of articles that are well."""
    for task in tasks:
        mark = Path(task.item.source + ".died")
        if b"once" in task.item.body and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return work(tasks, keep_text)


def test_a_worker_that_somebody_ends_costs_no_article(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(news(1) + "once")
    (tmp_path / "b.txt").write_text(news(2))
    summary = bulk.run([f"{tmp_path}/*.txt"], f"{tmp_path}/n.db", Settings(1), work=dies_once)
    assert (summary.articles, summary.failures.total()) == (2, 0)


def test_a_worker_that_dies_while_it_waits_costs_no_article() -> None:
    pool, results = Pool(1, 30.0), []

    def tasks() -> Iterator[Task | None]:
        yield Task(Item("a", news(1).encode()), "x")
        while not results:
            yield None
        pool._workers[0].process.kill()
        pool._workers[0].process.join()
        yield Task(Item("b", news(2).encode()), "x")

    try:
        for result in pool.run(tasks()):
            results.append(result)
    finally:
        pool.stop()
    assert [(type(r), r.source) for r in results] == [(Loaded, "a"), (Loaded, "b")]


def dies_behind_it(tasks: Sequence[Task], keep_text: bool) -> Iterable[Loaded | Failed]:
    """The worker ends when all that it had is done."""
    threading.Timer(0.3, os._exit, (9,)).start()
    return [Failed(task.item.source, task.fingerprint, "extract", "seen") for task in tasks]


def test_a_worker_that_dies_when_all_is_done_costs_nothing() -> None:
    pool, results = Pool(1, 30.0, work=dies_behind_it), []
    try:
        for result in pool.run(Task(Item(name, b"x"), name) for name in "abc"):
            results.append(result)
            while pool._workers[0].process.is_alive():  # the run is at its database meanwhile
                time.sleep(0.05)
    finally:
        pool.stop()
    assert [(r.source, r.reason) for r in results if isinstance(r, Failed)] == [(n, "seen") for n in "abc"]


def test_an_article_that_fails_costs_none_that_is_read_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    check = pipeline.checks.check

    def fails(article: Article, records: Sequence[Record]) -> tuple[Record, ...]:
        if "fails" in article.text:
            raise ValueError("of this article")
        return check(article, records)

    monkeypatch.setattr(pipeline.checks, "check", fails)
    texts = [news(1), "It fails: 5 tỷ đồng.", "", news(2)]
    answers = list(work([Task(Item(str(i), text.encode()), "x") for i, text in enumerate(texts)], True))
    assert [a.reason if isinstance(a, Failed) else a.failed for a in answers] == [
        0,
        "ValueError: of this article",
        "empty: there is no text",
        0,
    ]
    assert [a.source for a in answers] == ["0", "1", "2", "3"]


def lacks_a_library(tasks: Sequence[Task], keep_text: bool) -> Iterable[Loaded | Failed]:
    raise ModuleNotFoundError("No module named 'underthesea'")


class _Ends:
    """What ends a worker while it takes in its task."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (3,)


@pytest.mark.parametrize(
    ("doing", "message"),
    [
        (lacks_a_library, "No module named 'underthesea'"),
        (partial(work, rules="no rules"), "does not run"),
        (partial(work, rules=_Ends()), "die while they load .exit code 3."),
    ],
)
def test_an_extractor_that_does_not_run_ends_the_run_and_blames_no_article(
    archive: Callable[[int], Path], tmp_path: Path, doing: Work, message: str
) -> None:
    with pytest.raises(ExtractorError, match=message):
        bulk.run([str(archive(30))], f"{tmp_path}/n.db", Settings(2), work=doing)
    with sqlite3.connect(f"{tmp_path}/n.db") as db:
        assert db.execute("SELECT * FROM failures").fetchall() == []


def test_failures_are_tried_again_only_when_asked_or_when_mended(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("")
    (tmp_path / "in" / "b.jsonl").write_text("{\n" + '{"id": "b2", "content": "Chi 5 tỷ đồng."}\n')
    target = f"{tmp_path}/n.db"
    assert run(tmp_path / "in", target).failures.total() == 2
    again = run(tmp_path / "in", target)
    assert (again.failures.total(), again.failed_before, again.unchanged) == (0, 2, 1)
    assert run(tmp_path / "in", target, retry=True).failures.total() == 2
    (tmp_path / "in" / "a.txt").write_text("Thu 5 tỷ đồng.")
    (tmp_path / "in" / "b.jsonl").write_text(
        '{"id": "b1", "content": "Một"}\n{"id": "b2", "content": "Chi 5 tỷ đồng."}\n'
    )
    run(tmp_path / "in", target)
    with sqlite3.connect(target) as db:
        assert db.execute("SELECT * FROM failures").fetchall() == []
        assert db.execute("SELECT count(*) FROM articles").fetchone() == (3,)


def test_files_of_other_kinds_are_counted(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "b.jpg", "c.pdf"):
        (tmp_path / "in" / name).write_text("Chi 5 tỷ đồng.")
    summary = run(tmp_path / "in", f"{tmp_path}/n.db")
    assert (summary.articles, dict(summary.passed_over)) == (1, {".jpg": 1, ".pdf": 1})


def test_an_article_that_is_too_long_fails(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x" * 5000)
    summary = bulk.run(
        [f"{tmp_path}/a.txt"], f"{tmp_path}/n.db", Settings(1, options=Options(article_limit=1000))
    )
    assert (summary.articles, summary.failures.total()) == (0, 1)


def test_an_error_of_the_target_ends_the_run(
    archive: Callable[[int], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from extractor.sinks.sql import SqlSink

    def full(self: SqlSink, results: object) -> list[Failed]:
        raise OSError("no space left on device")

    monkeypatch.setattr(SqlSink, "write", full)
    with pytest.raises(OSError, match="no space left"):
        run(archive(30), f"{tmp_path}/n.db")


def test_fingerprints_tell_what_records_depend_on() -> None:
    item = Item("a", b"text")
    others = [Item("a", b"other"), Item("a", b"text", form="html"), Item("a", b"text", published="2017")]
    assert Item("b", b"text").fingerprint() == item.fingerprint()
    assert len({i.fingerprint() for i in (item, *others)} | {item.fingerprint("no text")}) == 5


# --- the command ---


def test_the_command_tells_what_it_did(archive: Callable[[int], Path], tmp_path: Path) -> None:
    done = subprocess.run(
        [*TRICHTIN, "bulk", str(archive(10)), "--to", f"sqlite:///{tmp_path}/n.db"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    for word in ("articles", "10", "money", "households", "peak memory"):
        assert word in done.stdout
    digest = subprocess.run([*TRICHTIN, "digest", f"{tmp_path}/n.db"], capture_output=True, text=True)
    assert digest.stdout.startswith("articles")
    assert "content" in digest.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["no-such-folder", "--to", "n.db"], "no such file"),
        ([".", "--to", "n.xlsx"], "sqlite:///news.db"),
        ([".", "--to", "n.db", "--engine", "spark"], "Parquet"),
    ],
)
def test_mistakes_are_told_in_a_sentence(arguments: list[str], message: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [*TRICHTIN, "bulk", *arguments], capture_output=True, text=True, cwd=tmp_path, env=_env()
    )
    assert done.returncode != 0
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def _env() -> dict[str, str]:
    home = str(Path(bulk.__file__).parents[1])
    return {**os.environ, "PYTHONPATH": home}


@pytest.mark.parametrize("form", ["sqlite", "postgresql", "duckdb", "json", "datasette"])
def test_schema_prints(form: str) -> None:
    done = subprocess.run([*TRICHTIN, "schema", "--format", form], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert ("CREATE TABLE" in done.stdout) == (form not in ("json", "datasette"))


def test_datasette_is_told_of_tables_and_columns_that_there_are() -> None:
    told = metadata("news")["databases"]["news"]["tables"]
    db = sqlite3.connect(":memory:")
    for statement in ddl("sqlite"):
        db.execute(statement)
    assert set(told) == {
        n for (n,) in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
    }
    for table, about in told.items():
        columns = {row[1] for row in db.execute(f'PRAGMA table_info("{table}")')}
        assert {
            *about["columns"],
            *about["facets"],
            about.get("label_column", next(iter(columns))),
        } <= columns
