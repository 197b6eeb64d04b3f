"""`trichtin explain`: which rule fired on a text, with which parts, and what each check said."""

from __future__ import annotations

import click

from extractor.ownrules.option import loaded, rules_option


@click.command()
@click.argument("text")
@click.option(
    "--published", metavar="DATE", help="Date of publication, for years that are told relative to it."
)
@rules_option
def command(text: str, published: str | None, rules: tuple[str, ...]) -> None:
    """Explain the records of a TEXT (or of a file, when TEXT names one; "-" is standard input).

    \b
    trichtin explain "Năm 2023 huyện Gò Công Tây còn 322 hộ nghèo, tỷ lệ 0,87%."
    """
    from pathlib import Path

    from extractor.explain import explain
    from extractor.pipeline import extract
    from extractor.sources import SourceError, read_text

    if text == "-" or (len(text) < 300 and Path(text).is_file()):
        try:
            text = read_text(text)
        except SourceError as e:
            raise click.ClickException(str(e)) from None
    extraction = extract(text, published=published, rules=loaded(rules))
    click.echo(explain(extraction))
