"""`trichtin extract`: the records of articles."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

import click

from extractor.ownrules.option import loaded, rules_option

if TYPE_CHECKING:
    from extractor.records import Record
    from rules.words import Ruleset


@click.command()
@click.argument("files", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "json", "csv"]),
    help="Default: a table on a terminal, else jsonl.",
)
@click.option("--out", type=click.Path(dir_okay=False), help="Write to this file instead of standard output.")
@click.option(
    "--published",
    metavar="DATE",
    help="Date of publication (2024-11-05 or 2024-11), where the text does not tell it.",
)
@rules_option
def command(
    files: tuple[str, ...], form: str | None, out: str | None, published: str | None, rules: tuple[str, ...]
) -> None:
    """Extract the records of UTF-8 text files, or of standard input ("-").

    \b
    trichtin extract article.txt
    trichtin extract *.txt --format csv --out records.csv
    curl … | trichtin extract - | jq .text
    trichtin extract article.txt --rules workers --rules my.toml
    """
    from extractor import output

    if not files and sys.stdin.isatty():
        raise click.UsageError(
            "name a file, or pipe an article in ('trichtin extract --help' shows examples)"
        )
    failures: list[str] = []
    ruleset = loaded(rules)
    with _target(out) as target:
        chosen = form or ("table" if target.isatty() else "jsonl")
        try:
            output.write(_records(files or ("-",), published, ruleset, failures), target, chosen)
            target.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
    if failures:
        sys.exit(1)


@contextlib.contextmanager
def _target(out: str | None) -> Iterator[IO[str]]:
    if out is None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", newline="")
        yield sys.stdout
        return
    try:
        file = open(out, "w", encoding="utf-8", newline="")  # noqa: SIM115
    except OSError as e:
        raise click.ClickException(
            f"{out}: cannot be written ({e.strerror}); choose another place with --out"
        ) from None
    with file:
        yield file


def _records(
    files: tuple[str, ...], published: str | None, ruleset: Ruleset | None, failures: list[str]
) -> Iterator[Record]:
    """The records of all files; a file that gives no article is told and passed over."""
    from extractor.pipeline import extract
    from extractor.sources import SourceError, read_text

    for path in files:
        try:
            text = read_text(path)
        except SourceError as e:
            failures.append(str(e))
            click.echo(f"trichtin: {e}", err=True)
            continue
        yield from extract(text, None if path == "-" else path, published=published, rules=ruleset).records
