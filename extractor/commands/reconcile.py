"""`trichtin reconcile`: what many articles say of one thing, put together."""

from __future__ import annotations

from collections.abc import Mapping

import click


@click.command()
@click.argument("target", metavar="DB")
@click.option("--quiet", is_flag=True, help="Print nothing.")
def command(target: str, quiet: bool) -> None:
    """Put together what the articles of a database say of one thing.

    Run it after 'trichtin bulk', and again when articles were added. It adds tables to the database and changes no
    record.

    \b
    trichtin reconcile sqlite:///news.db
    trichtin reconcile postgresql://localhost/news
    """
    run(target, quiet)


def run(target: str, quiet: bool) -> None:
    """Reconcile a database, and print the counts of each step when it is done."""
    from extractor.reconcile import reconcile
    from extractor.sinks.sink import TargetError

    try:
        reconcile(target, None if quiet else _show)
    except TargetError as e:
        raise click.ClickException(str(e)) from None


def _show(step: str, counts: Mapping[str, int]) -> None:
    for what, count in counts.items():
        click.echo(f"{what:42} {count:>12,}")
