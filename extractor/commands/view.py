"""`trichtin view`: articles as a page to look at."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from extractor.ownrules.option import loaded, rules_option


@click.command()
@click.argument("files", nargs=-1)
@click.option(
    "-o", "--out", type=click.Path(dir_okay=False), help="The page to write. Default: standard output."
)
@click.option(
    "--published",
    metavar="DATE",
    help="Date of publication (2024-11-05 or 2024-11), where the text does not tell it.",
)
@rules_option
def command(files: tuple[str, ...], out: str | None, published: str | None, rules: tuple[str, ...]) -> None:
    """Make one self-contained page of articles: every record marked in the text, with its links and checks.

    The page holds everything it needs and asks no other host for anything.

    \b
    trichtin view article.txt -o page.html
    trichtin view *.txt -o page.html            several articles, one page
    cat article.txt | trichtin view - > page.html
    """
    from extractor.pages.view import view
    from extractor.pipeline import extract
    from extractor.sources import SourceError, read_text

    if not files and sys.stdin.isatty():
        raise click.UsageError("name a file, or pipe an article in ('trichtin view --help' shows examples)")
    if out is None and sys.stdout.isatty():
        raise click.UsageError("the page would fill the terminal: name a file to write with -o page.html")
    found, failed, ruleset = [], False, loaded(rules)
    for path in files or ("-",):
        try:
            text = read_text(path)
        except SourceError as e:
            click.echo(f"trichtin: {e}", err=True)
            failed = True
            continue
        found.append(extract(text, None if path == "-" else path, published=published, rules=ruleset))
    if not found:
        sys.exit(1)
    write_page(view(found), out)
    if failed:
        sys.exit(1)


def write_page(page: str, out: str | None) -> None:
    """Write a page to a file, or to standard output. Raises ClickException where it cannot be written."""
    if out is None:
        sys.stdout.buffer.write(page.encode("utf-8"))
        return
    try:
        Path(out).write_text(page, encoding="utf-8", newline="")
    except OSError as e:
        raise click.ClickException(
            f"{out}: cannot be written ({e.strerror}); choose another place with -o"
        ) from None
