"""`trichtin schema`: DDL and JSON Schema."""

from __future__ import annotations

import click


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["sqlite", "postgresql", "duckdb", "json"]),
    default="sqlite",
    show_default=True,
    help="DDL in a dialect, or the JSON Schema of a record.",
)
def command(form: str) -> None:
    """Print the schema that 'trichtin bulk' loads into, or the JSON Schema of records.

    \b
    trichtin schema --format postgresql | psql news
    trichtin schema --format json > record.schema.json
    """
    if form == "json":
        import json

        from extractor.schema import json_schema

        click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))
        return
    if form == "duckdb":
        from extractor.sinks.duckdb import ddl as duck_ddl

        statements = duck_ddl()
    else:
        from extractor.sinks.tables import ddl

        statements = ddl(form)
    click.echo("\n\n".join(f"{statement};" for statement in statements))
