"""What `trichtin bulk` holds to, on an archive of one's own: `python -m benchmarks.archive news.jsonl.gz --kills 50`.

SQLite and PostgreSQL are loaded twice, with 1, 2 and 4 processes, and Spark once: all hold the same rows and the same
content hash. Memory and the share of the time that the database takes are told for each run; then runs and workers
are killed at random moments. Ends with 1 where anything is not as it should be.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from benchmarks import kills
from benchmarks.postgres import Server, server
from extractor.digest import Digest

PARENT_LIMIT, WORKER_LIMIT, WRITING_LIMIT = 300e6, 400e6, 0.25
"""Bytes, bytes, share of the run."""

ONE_RUN = """
import json, sys
from extractor.bulk import Settings, run
s = run([sys.argv[1]], sys.argv[2], Settings(int(sys.argv[3])))
told = {n: getattr(s, n) for n in ("articles", "unchanged", "seconds", "writing", "parent_memory", "worker_memory")}
print(json.dumps(told | {"failed": s.failures.total() + s.failed_before}))
"""


class Report:
    """Prints a line a run, and keeps what is not as it should be."""

    def __init__(self) -> None:
        """Nothing is wrong yet."""
        self.expected: list[Digest] = []
        self.wrong: list[str] = []
        head = ("target", "jobs", "articles", "known", "failed", "seconds", "writing", "parent", "worker")
        click.echo(f"{head[0]:18}" + "".join(f"{name:>9}" for name in head[1:]) + "  content")

    def line(self, name: str, jobs: int, told: dict[str, Any], found: list[Digest]) -> None:
        """A run and what its target holds; the first one is what the others are compared with."""
        self.expected = self.expected or found
        share = told["writing"] / told["seconds"]
        parent, worker = told["parent_memory"], told["worker_memory"]
        click.echo(
            f"{name:18}{jobs:9}{told['articles']:9,}{told['unchanged']:9,}{told['failed']:9,}{told['seconds']:9.1f}"
            f"{share:9.0%}{parent / 1e6:6.0f} MB{worker / 1e6:6.0f} MB  {found[-1].sha256[:16]}"
        )
        self.held(found == self.expected, f"{name}: other content than the first run's")
        self.held(parent < PARENT_LIMIT, f"{name}: {parent / 1e6:.0f} MB in the parent")
        self.held(worker < WORKER_LIMIT, f"{name}: {worker / 1e6:.0f} MB in a worker")
        if told["articles"]:
            self.held(share < WRITING_LIMIT, f"{name}: writing takes {share:.0%}")

    def held(self, true: bool, otherwise: str) -> None:
        """Keep what does not hold."""
        if not true:
            self.wrong.append(otherwise)


def once(archive: str, target: str, jobs: int) -> dict[str, Any]:
    """One run in a process of its own, so that the memory is its own."""
    command = [sys.executable, "-c", ONE_RUN, archive, target, str(jobs)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)  # noqa: S603  what it runs is above
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def loads(report: Report, archive: str, folder: Path, postgres: str | None) -> float:
    """The runs of the local engine; gives the seconds of the first."""
    first = 0.0
    for jobs in (2, 1, 4):
        told = once(archive, f"{folder}/{jobs}.db", jobs)
        first = first or told["seconds"]
        report.line("sqlite", jobs, told, kills.held(f"{folder}/{jobs}.db"))
    report.line("sqlite again", 2, once(archive, f"{folder}/2.db", 2), kills.held(f"{folder}/2.db"))
    if postgres:
        for name in ("postgresql", "postgresql again"):
            report.line(name, 2, once(archive, postgres, 2), kills.held(postgres))
    return first


def on_spark(report: Report, archive: str, folder: Path) -> None:
    """The same on Spark in local mode."""
    target = f"{folder}/spark.parquet/"
    command = [
        *kills.TRICHTIN, "bulk", archive, "--to", target, "--engine", "spark", "--master", "local[2]"
    ]  # fmt: skip
    home = str(Path(__file__).parents[1])
    environment = {**os.environ, "PYTHONPATH": home, "PYSPARK_PYTHON": sys.executable}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)  # noqa: S603
    found = kills.held(target)
    click.echo(f"{'spark local[2]':18}{'':63}           {found[-1].sha256[:16]}")
    report.held(found == report.expected, "spark: other content than the first run's")


def killed(
    report: Report, archive: str, folder: Path, postgres: Server | None, count: int, within: float
) -> None:
    """Half of the kills are the run's, half its workers'; half on SQLite, half on PostgreSQL where there is one."""
    moments = random.Random(count)

    @contextlib.contextmanager
    def file() -> Iterator[str]:
        with tempfile.TemporaryDirectory(dir=folder) as home:
            yield f"{home}/killed.db"

    places: dict[str, kills.Fresh] = {"sqlite": file}
    if postgres:
        places["postgresql"] = lambda: postgres.database("killed")
    parts = [(place, kill) for kill in (kills.kill_runs, kills.kill_workers) for place in places]
    for i, (place, kill) in enumerate(parts):
        share = count // len(parts) + (i < count % len(parts))
        found = kill(archive, places[place], report.expected, share, within, moments)
        what = "of the run" if kill is kills.kill_runs else "of a worker"
        click.echo(
            f"kill -9 {what} on {place}: {found.survived} of {found.tried} survived, in {found.runs} loads"
            + "".join(f"; {wrong}" for wrong in found.wrong)
        )
        report.held(found.survived == found.tried, f"kills {what} on {place}")


@click.command(help=__doc__)
@click.argument("archive", type=click.Path(exists=True))
@click.option("--kills", "count", default=0, show_default=True, help="Kills to be tried in all.")
@click.option(
    "--within", type=float, help="Seconds in which a kill comes. Default: an eighth of the first run."
)
@click.option("--spark/--no-spark", default=True, help="Also on Spark, which needs Java.")
def main(archive: str, count: int, within: float | None, spark: bool) -> None:
    """Run everything and tell."""
    cores = len(os.sched_getaffinity(0))
    click.echo(f"{cores} cores, load before the run {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as home, server() as postgres:
        report = Report()
        with postgres.database("archive") if postgres else contextlib.nullcontext() as database:
            seconds = loads(report, archive, Path(home), database)
        if spark:
            on_spark(report, archive, Path(home))
        for digest in report.expected:
            click.echo(f"{digest.table:10}{digest.rows:9,} rows  {digest.sha256}")
        killed(report, archive, Path(home), postgres, count, within or max(seconds / 8, 1.0))
    for each in report.wrong:
        click.echo(f"NOT HELD: {each}")
    sys.exit(1 if report.wrong else 0)


if __name__ == "__main__":
    main()
