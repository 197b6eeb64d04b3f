"""`trichtin bulk`: archives into a database or files."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType
from typing import TYPE_CHECKING

import click

from extractor.ownrules.option import loaded, rules_option

if TYPE_CHECKING:
    from extractor.bulk import Settings, Summary


@click.command()
@click.argument("inputs", nargs=-1, required=True)
@click.option(
    "--to",
    "target",
    required=True,
    metavar="TARGET",
    help="sqlite:///news.db, postgresql://…, duckdb:///news.duckdb, "
    "or a name in .jsonl, .csv, .parquet; with a / behind it a folder with a file a table.",
)
@click.option("--jobs", type=click.IntRange(1), default=None, help="Worker processes. Default: one a core.")
@click.option(
    "--text-column",
    metavar="NAME",
    help="Column of the text in tables. Default: guessed (content, text, body …).",
)
@click.option("--id-column", metavar="NAME", help="Column of the article's id, its source from then on.")
@click.option("--url-column", metavar="NAME", help="Column of the article's address.")
@click.option("--date-column", metavar="NAME", help="Column of the date of publication.")
@click.option("--title-column", metavar="NAME", help="Column of the title.")
@click.option("--no-text", is_flag=True, help="Do not store the texts of the articles.")
@click.option(
    "--time-limit",
    type=click.FloatRange(0.1),
    default=30.0,
    show_default=True,
    help="Seconds that one article may take.",
)
@click.option(
    "--max-size",
    type=click.FloatRange(0.001),
    default=1.5,
    show_default=True,
    help="MB that one article may have.",
)
@click.option("--retry-failures", is_flag=True, help="Try again what failed in an earlier run.")
@click.option(
    "--engine",
    type=click.Choice(["local", "spark"]),
    default="local",
    show_default=True,
    help="Where the work is done.",
)
@click.option(
    "--master",
    metavar="URL",
    default="local[*]",
    show_default=True,
    help="Spark's master, with --engine spark.",
)
@click.option(
    "--reconcile",
    "together",
    is_flag=True,
    help="Then put together what the articles of a database say of one thing: see 'trichtin reconcile'.",
)
@rules_option
@click.option("--quiet", is_flag=True, help="No progress bar and no summary.")
def command(
    inputs: tuple[str, ...],
    target: str,
    jobs: int | None,
    text_column: str | None,
    id_column: str | None,
    url_column: str | None,
    date_column: str | None,
    title_column: str | None,
    no_text: bool,
    time_limit: float,
    max_size: float,
    retry_failures: bool,
    engine: str,
    master: str,
    together: bool,
    rules: tuple[str, ...],
    quiet: bool,
) -> None:
    """Read archives of articles and load what they hold.

    INPUTS are folders (read recursively), patterns and files: .txt, .html, .jsonl, .csv, .parquet, .warc, and
    .zip, .tar, .gz, .zst of these. A run that was stopped or killed goes on where it was with the same
    command.

    \b
    trichtin bulk archive/ --to sqlite:///news.db
    trichtin bulk 'crawl/*.jsonl.gz' --to postgresql://localhost/news --jobs 8
    trichtin bulk news.parquet --text-column body --date-column day --to records.parquet
    trichtin bulk archive/ --to sqlite:///news.db --rules workers
    trichtin bulk /data/news --to /data/records.parquet/ --engine spark --master spark://host:7077
    """
    from extractor.bulk import Settings
    from extractor.readers import Columns, Options

    if together:
        _must_be_a_database(target)
    columns = Columns(text_column, id_column, url_column, date_column, title_column)
    settings = Settings(
        jobs=jobs or len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else jobs or os.cpu_count() or 1,
        time_limit=time_limit,
        keep_text=not no_text,
        retry=retry_failures,
        options=Options(columns, int(max_size * 1_000_000)),
        rules=loaded(rules),
    )
    if engine == "spark":
        _on_spark(inputs, target, settings, master)
    elif _locally(inputs, target, settings, quiet).interrupted:
        sys.exit(130)
    if together:
        from extractor.commands.reconcile import run

        run(target, quiet)


def _must_be_a_database(target: str) -> None:
    from extractor.sinks.sink import TargetError, kind_of

    try:
        kind = kind_of(target)
    except TargetError as e:
        raise click.ClickException(str(e)) from None
    if kind not in ("sqlite", "postgresql", "duckdb"):
        raise click.ClickException(
            f"{target} is no database, and --reconcile adds tables to one: use --to sqlite:///news.db, or leave it out"
        )


def _locally(inputs: tuple[str, ...], target: str, settings: Settings, quiet: bool) -> Summary:
    from rich.console import Console

    from extractor import bulk
    from extractor.progress import Bar, show
    from extractor.sinks.sink import TargetError
    from extractor.worker import ExtractorError

    signal.signal(signal.SIGTERM, _stop)
    console = Console(stderr=True)
    try:
        if quiet or not console.is_terminal:
            summary = bulk.run(inputs, target, settings)
        else:
            with Bar(inputs, console) as bar:
                summary = bulk.run(inputs, target, settings, bar)
    except FileNotFoundError as e:
        raise click.ClickException(f"{e}: there is no such file, folder or match; check the name") from None
    except (TargetError, ExtractorError) as e:
        raise click.ClickException(str(e)) from None
    except OSError as e:  # a full disk, a file that may not be written
        raise click.ClickException(f"{e.filename or target}: {e.strerror or e}") from None
    if not quiet:
        show(summary, target, Console())
    return summary


def _stop(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _on_spark(inputs: tuple[str, ...], target: str, settings: Settings, master: str) -> None:
    from extractor.sinks.sink import TargetError

    try:
        from extractor import spark

        counts = spark.run(inputs, target, settings, master)
    except ModuleNotFoundError as e:
        if e.name != "pyspark":
            raise
        raise click.ClickException(
            "Spark is not installed: pip install 'trichtin[spark]' (and a Java runtime)"
        ) from None
    except (TargetError, FileNotFoundError) as e:
        raise click.ClickException(str(e)) from None
    for table, count in counts.items():
        click.echo(f"{table:10} {count:>12,}")
