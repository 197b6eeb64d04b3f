"""The command line: arguments in, calls out. A command's file is loaded when the command is called."""

from __future__ import annotations

import gc
from importlib import import_module

import click

COMMANDS = {
    "bulk": "Read archives of articles into a database or files.",
    "check": "Verify records of any producer against articles.",
    "digest": "Print rows and content hash of a target of bulk.",
    "explain": "Tell which rule fired on a text and what each check said.",
    "extract": "Extract the records of articles.",
    "places": "Look administrative units up, then and now.",
    "reconcile": "Put together what many articles of a database say of one thing.",
    "report": "Chart what a database holds, on one page.",
    "rules": "Print the examples of the rules; begin and test a rule file of your own.",
    "schema": "Print the database schema or the JSON Schema of records.",
    "serve": "Offer extraction and search on this machine, as pages and as a service.",
    "view": "Make a page of articles with their records marked.",
}


class _Lazy(click.Group):
    """A group that knows its commands by name and loads only the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"extractor.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.command(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
@click.version_option(package_name="trichtin", message="%(prog)s %(version)s")
def main() -> None:
    """Facts of Vietnamese news as records that are checked against the article.

    \b
    trichtin extract article.txt            records of one article
    cat article.txt | trichtin extract -    the same from standard input
    trichtin explain "Thu ngân sách đạt 100,1 tỷ đồng."
    """
    # The patterns that a command builds stay to its end: to look through them for garbage every 700 objects takes
    # a tenth of the start.
    gc.set_threshold(50_000)
