"""`trichtin serve`: pages and a REST interface on this machine."""

from __future__ import annotations

import click

from extractor.ownrules.option import loaded, rules_option


@click.command()
@click.option(
    "--db",
    metavar="TARGET",
    help="A database of 'trichtin bulk' to browse and search: news.db, postgresql://…",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="0 takes a free one."
)
@click.option(
    "--name", "names", multiple=True, help="A further name by which the service is called (Host header)."
)
@click.option(
    "--body-limit", type=click.IntRange(1000), default=2_000_000, show_default=True, metavar="BYTES"
)
@click.option("--time-limit", type=click.FloatRange(0.1), default=10.0, show_default=True, metavar="SECONDS")
@click.option("--jobs", type=click.IntRange(1), default=2, show_default=True, help="Processes that extract.")
@rules_option
def command(
    db: str | None,
    host: str,
    port: int,
    names: tuple[str, ...],
    body_limit: int,
    time_limit: float,
    jobs: int,
    rules: tuple[str, ...],
) -> None:
    """Offer extraction, checking and search to browsers and programs on this machine.

    \b
    trichtin serve                                  then open http://127.0.0.1:8080/
    trichtin serve --db news.db --port 9000
    curl -s http://127.0.0.1:8080/extract -H 'content-type: text/plain' --data-binary @article.txt
    """
    from extractor.sinks.sink import TargetError

    try:
        import uvicorn

        from extractor.pages.app import make
    except ModuleNotFoundError as e:
        raise click.ClickException(f"{e.name} is not installed: pip install 'trichtin[serve]'") from None
    hosts = {*names, *([host] if host not in ("0.0.0.0", "::") else [])}  # noqa: S104
    ruleset = loaded(rules)
    try:
        app = make(
            db,
            hosts=sorted(hosts),
            body_limit=body_limit,
            time_limit=time_limit,
            processes=jobs,
            rules=ruleset,
        )
    except TargetError as e:
        raise click.ClickException(str(e)) from None
    if host not in ("127.0.0.1", "localhost", "::1"):
        click.echo("trichtin: other machines can reach this service; it asks nobody for a password", err=True)
    uvicorn.run(
        app,
        host=host,
        port=port,
        server_header=False,
        limit_concurrency=100,
        timeout_keep_alive=5,
        log_level="info",
    )
