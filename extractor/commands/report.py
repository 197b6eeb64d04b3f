"""`trichtin report`: what a database holds, as a page of charts."""

from __future__ import annotations

import click


@click.command()
@click.argument("target", metavar="DB")
@click.option(
    "-o",
    "--out",
    default="report.html",
    show_default=True,
    type=click.Path(dir_okay=False),
    help="The page to write.",
)
def command(target: str, out: str) -> None:
    """Make one self-contained page of charts from a database that 'trichtin bulk' filled.

    What was found, figures over time and by place, planned against actual, a map, officials; every mark leads to
    its sentence and article. The page asks no other host for anything.

    \b
    trichtin report news.db -o report.html
    trichtin report postgresql://localhost/news -o report.html
    """
    from extractor.commands.view import write_page
    from extractor.pages.store import open_database
    from extractor.sinks.sink import TargetError

    try:
        from extractor.pages.report import report

        page = report(open_database(target))
    except TargetError as e:
        raise click.ClickException(str(e)) from None
    except ModuleNotFoundError as e:
        raise click.ClickException(f"{e.name} is not installed: pip install 'trichtin[report]'") from None
    write_page(page, out)
    click.echo(f"trichtin: wrote {out} ({len(page.encode()) / 1e6:.1f} MB)", err=True)
