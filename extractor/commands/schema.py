"""`trichtin schema`: DDL and JSON Schema."""

from __future__ import annotations

import click


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["sqlite", "postgresql", "duckdb", "json", "datasette"]),
    default="sqlite",
    show_default=True,
    help="DDL in a dialect, the JSON Schema of a record, or metadata for Datasette.",
)
@click.option(
    "--database",
    default="news",
    show_default=True,
    help="For Datasette: the name of the SQLite file without its ending.",
)
def command(form: str, database: str) -> None:
    """Print the schema that 'trichtin bulk' loads into, or the JSON Schema of records.

    \b
    trichtin schema --format postgresql | psql news
    trichtin schema --format json > record.schema.json
    trichtin schema --format datasette > about.json && datasette news.db --metadata about.json
    """
    if form in ("json", "datasette"):
        import json

        from extractor.schema import json_schema
        from extractor.schema.datasette import metadata

        told = json_schema() if form == "json" else metadata(database)
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    if form == "duckdb":
        from extractor.sinks.duckdb import ddl as duck_ddl

        statements = duck_ddl()
    else:
        from extractor.sinks.tables import ddl

        statements = ddl(form)
    click.echo("\n\n".join(f"{statement};" for statement in statements))
