"""The progress bar of a run and its summary, on a terminal."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from extractor import readers

if TYPE_CHECKING:
    from extractor.bulk import Summary

SHOWN = 8
"""Reasons that the summary lists; the table `failures` has all."""


class Bar:
    """A bar with articles a second and the time left, told by the bytes read of the inputs."""

    def __init__(self, inputs: Sequence[str], console: Console) -> None:
        """The inputs of the run, whose sizes add up to the whole."""
        self._inputs = inputs
        self._articles = self._failures = 0
        self._bar = Progress(
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[told]}"),
            TimeRemainingColumn(),
            console=console,
            refresh_per_second=4,
        )
        self._task = self._bar.add_task("", total=None, told="starting")

    def __enter__(self) -> Bar:
        """Show the bar."""
        # a folder of a million files takes seconds to add up: the run does not wait for it
        threading.Thread(target=self._add_up, daemon=True).start()
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave it as it stands."""
        self._bar.stop()

    def _add_up(self) -> None:
        total = 0
        for path in readers.expand(self._inputs):
            try:
                total += os.path.getsize(path)
            except OSError:
                continue
        self._bar.update(self._task, total=max(total, 1))

    def read(self, count: int) -> None:
        """So many more bytes of the inputs were read."""
        self._bar.advance(self._task, count)

    def done(self, articles: int, failures: int) -> None:
        """So many more articles are extracted (or known already), so many failed."""
        self._articles += articles
        self._failures += failures
        elapsed = self._bar.tasks[0].elapsed or 0
        rate = f", {self._articles / elapsed:,.0f}/s" if elapsed > 1 else ""
        failed = f", {self._failures:,} failed" if self._failures else ""
        self._bar.update(self._task, told=f"{self._articles:,} articles{rate}{failed}")


def show(summary: Summary, target: str, console: Console) -> None:
    """What a run did, for a reader."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold")
    table.add_column(justify="right", min_width=len("100 MB"))  # alike whether a run took less or more
    table.add_column()
    rate = (
        f"{summary.articles / summary.seconds:,.0f} a second" if summary.articles and summary.seconds else ""
    )
    table.add_row("articles", f"{summary.articles:,}", rate)
    if summary.unchanged:
        table.add_row("unchanged", f"{summary.unchanged:,}", "were there already")
    for kind, count in sorted(summary.kinds.items()):
        table.add_row(f"  {kind}", f"{count:,}", "")
    if summary.checks_failed:
        table.add_row("checks failed", f"{summary.checks_failed:,}", "records; see the view checks")
    if summary.failed_before:
        table.add_row("failed before", f"{summary.failed_before:,}", "not tried again (--retry-failures)")
    if summary.passed_over:
        kinds = ", ".join(
            f"{n:,} {suffix or 'without suffix'}" for suffix, n in summary.passed_over.most_common(SHOWN)
        )
        table.add_row(
            "passed over", f"{summary.passed_over.total():,}", f"files that hold no articles: {kinds}"
        )
    if summary.failures:
        table.add_row("failures", f"{summary.failures.total():,}", "see the table failures")
        for reason, count in summary.failures.most_common(SHOWN):
            table.add_row("", f"{count:,}", reason)
    share = summary.writing / summary.seconds if summary.seconds else 0
    table.add_row("seconds", f"{summary.seconds:,.1f}", f"writing {share:.0%} of them, beside the extraction")
    memory = summary.parent_memory / 1e6, summary.worker_memory / 1e6
    table.add_row(
        "peak memory", f"{memory[0]:,.0f} MB", f"the largest worker {memory[1]:,.0f} MB" if memory[1] else ""
    )
    console.print(table)
    if summary.interrupted:
        console.print(f"Stopped. What was extracted is in {target}; the same command goes on from there.")
