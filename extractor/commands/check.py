"""`trichtin check`: records of any producer against articles."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from extractor.verify import Report

SHOWN = 5
"""Missed figures that standard error tells where the report itself has one line a record."""


class _BadInput(click.ClickException):
    exit_code = 2


@click.command()
@click.argument("records", type=click.Path(dir_okay=False, allow_dash=True))
@click.option(
    "--against",
    multiple=True,
    required=True,
    metavar="ARTICLES",
    help="Files, a folder, an archive, or a database of 'trichtin bulk'. May be given several times.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "json", "csv", "html"]),
    help="Default: by the name of --out, else a table.",
)
@click.option(
    "--out", type=click.Path(dir_okay=False), help="Write the report to this file instead of standard output."
)
@click.option(
    "--missed",
    type=click.Path(dir_okay=False),
    help="Write the figures that no record covers to this file, as JSONL.",
)
@click.argument("more", nargs=-1, type=click.Path())
def command(
    records: str,
    against: tuple[str, ...],
    form: str | None,
    out: str | None,
    missed: str | None,
    more: tuple[str, ...],
) -> None:
    """Verify records of any producer (JSONL, JSON, CSV; "-" is standard input) against the articles they came from.

    A record has the field source or article (a file name, a URL or an id) and any of: text; value with unit; name with
    position; place; start and end. Each gets a verdict: grounded, altered (found, but the value or the words
    differ), ambiguous (stands in several places) or absent, with the offsets and the reason. Figures of the
    articles that no record covers are told too.

    Exit code: 0 when all is grounded, 1 when something is not, 2 for input that cannot be used.

    \b
    trichtin check records.jsonl --against articles/
    trichtin check llm.json --against news.zip --format html --out report.html
    trichtin check table.csv --against sqlite:///news.db --format jsonl | jq 'select(.verdict != "grounded")'
    """
    from extractor.verify import InputError, load, read_claims, run

    try:
        claims = list(read_claims(records, _content(records)))
        if not claims:
            raise InputError(
                f"{records}: holds no record; write one JSON object a line, or a CSV table with its columns named"
            )
        report = run(claims, load((*against, *more), [c.article for c in claims]))
    except InputError as e:
        raise _BadInput(str(e)) from None
    _write(report, out, form or _form_of(out))
    if missed:
        _write_missed(report, missed)
    sys.exit(0 if all(f.verdict == "grounded" for f in report.findings) else 1)


def _content(path: str) -> str:
    from extractor.verify import InputError

    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file; check the name") from None
    except OSError as e:
        raise InputError(f"{path}: cannot be read ({e.strerror}); check its permissions") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        raise InputError(f"{path}: byte {e.start} is not UTF-8; save the records as UTF-8") from None


def _form_of(out: str | None) -> str:
    suffix = Path(out).suffix.lower().lstrip(".") if out else ""
    return {"htm": "html", "ndjson": "jsonl"}.get(
        suffix, suffix if suffix in ("jsonl", "json", "csv", "html") else "table"
    )


def _write(report: Report, out: str | None, form: str) -> None:
    from extractor.verify.report import summary, write

    for reason in report.unreadable[:SHOWN]:
        click.echo(f"trichtin: passed over {reason}", err=True)
    if out is None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", newline="")
        write(report, sys.stdout, form)
        sys.stdout.flush()
    else:
        try:
            with open(out, "w", encoding="utf-8", newline="") as file:
                write(report, file, form)
        except OSError as e:
            raise _BadInput(
                f"{out}: cannot be written ({e.strerror}); choose another place with --out"
            ) from None
    if out is None and form == "table":
        return
    click.echo(f"trichtin: {summary(report)}", err=True)
    if form in ("jsonl", "csv"):
        for figure in report.missed[:SHOWN]:
            click.echo(
                f"  no record covers {figure.text!r} ({figure.source} {figure.start}–{figure.end})", err=True
            )
        if len(report.missed) > SHOWN:
            click.echo(f"  … and {len(report.missed) - SHOWN} more; --missed FILE writes them all", err=True)


def _write_missed(report: Report, path: str) -> None:
    from extractor.verify.report import write_missed

    try:
        with open(path, "w", encoding="utf-8", newline="") as file:
            write_missed(report.missed, file)
    except OSError as e:
        raise _BadInput(
            f"{path}: cannot be written ({e.strerror}); choose another place with --missed"
        ) from None
