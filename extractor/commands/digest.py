"""`trichtin digest`: rows and content hash of a target."""

from __future__ import annotations

import click


@click.command()
@click.argument("target")
def command(target: str) -> None:
    """Print the rows and a content hash of each table of a target.

    Two targets with the same hash hold the same articles and records, whatever their kind, the order of
    their rows,
    the number of jobs or the engine that filled them.

    \b
    trichtin digest sqlite:///news.db
    trichtin digest records.parquet
    """
    from extractor.digest import digests
    from extractor.sinks.sink import TargetError, open_readable

    try:
        readable = open_readable(target)
    except TargetError as e:
        raise click.ClickException(str(e)) from None
    try:
        for digest in digests(readable):
            click.echo(f"{digest.table:10} {digest.rows:>12,}  {digest.sha256}")
    finally:
        readable.close()
