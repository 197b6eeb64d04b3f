"""`trichtin rules`: the examples that document the rules; rule files of one's own, begun and tested."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from extractor.ownrules.trial import Outcome


class _Kinds(click.Group):
    """`new` and `test` are commands; any other word is a kind whose lines are printed."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = super().get_command(ctx, cmd_name)
        return found or click.Command(cmd_name, callback=lambda: _print(cmd_name))

    def list_commands(self, ctx: click.Context) -> list[str]:
        return ["new", "test"]


@click.group(cls=_Kinds, invoke_without_command=True, subcommand_metavar="[KIND | new FILE | test FILE]")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Print the example lines of the rules, begin a rule file of your own, test it.

    \b
    trichtin rules                  the kinds, how many lines document each, and the rulesets to use by name
    trichtin rules money            the lines of one kind: what is found, drawn into the text; "- " finds nothing
    trichtin rules workers          the file of a ruleset
    trichtin rules new my.toml      write a rule file to begin with
    trichtin rules test my.toml     run its examples: what was found on each line and what was not
    """
    if ctx.invoked_subcommand is None:
        _list()


def _list() -> None:
    from extractor.examples import corpus_files, read_examples
    from extractor.ownrules import shipped

    files = list(corpus_files())
    for kind in sorted({name.split(".")[0] for name, _ in files}):
        examples = [
            e for name, content in files if name.split(".")[0] == kind for e in read_examples(name, content)
        ]
        nothing = sum(e.mode == "nothing" for e in examples)
        failing = sum(e.mode == "known_failure" for e in examples)
        click.echo(
            f"{kind:12} {len(examples):4} lines, {nothing} of them give nothing, {failing} known to fail"
        )
    click.echo(f"\nrulesets to use by name (--rules NAME): {', '.join(shipped())}")


def _print(kind: str) -> None:
    from extractor.examples import corpus_files
    from extractor.ownrules import shipped

    files = list(corpus_files())
    kinds = sorted({name.split(".")[0] for name, _ in files})
    if kind in shipped():
        sys.stdout.write(shipped()[kind].read_text(encoding="utf-8"))
        return
    if kind not in kinds:
        raise click.UsageError(
            f"there are no examples of {kind!r}; kinds: {', '.join(kinds)}; rulesets: {', '.join(shipped())}"
        )
    for name, content in files:
        if name.split(".")[0] == kind:
            sys.stdout.write(content)


@command.command("new")
@click.argument("file", type=click.Path(dir_okay=False))
def new(file: str) -> None:
    """Write a rule file with comments to begin with. A file that is there already stays as it is."""
    from importlib import resources

    skeleton = (resources.files("extractor.ownrules") / "skeleton.toml").read_text(encoding="utf-8")
    try:
        with open(file, "x", encoding="utf-8") as out:
            out.write(skeleton.replace("{file}", " ".join(file.split())))
    except FileExistsError:
        raise click.ClickException(f"{file}: is there already; choose another name") from None
    except OSError as e:
        raise click.ClickException(f"{file}: cannot be written ({e.strerror})") from None
    click.echo(f"{file} is written; edit it, then: trichtin rules test {file}")


@command.command("test")
@click.argument("files", nargs=-1, required=True)
@click.option("--failed", is_flag=True, help="Show the lines that fail only.")
def test(files: tuple[str, ...], failed: bool) -> None:
    """Run the examples of rule files (or of a ruleset's name): what was found on each line, and what was not."""
    from extractor.ownrules import RulesError, find_sources, load_sources
    from extractor.ownrules.trial import run, unused

    passed = wrong = 0
    try:
        sources = find_sources(files)
        ruleset = load_sources(sources)
        for source in sources:
            for outcome in run(source, ruleset):
                passed, wrong = passed + outcome.passed, wrong + (not outcome.passed)
                if not (failed and outcome.passed):
                    click.echo("\n".join(_told(source.name, outcome)))
            for note in unused(source, dict(ruleset.counted)):
                click.echo(f"note: {source.name}: {note}")
    except RulesError as e:
        raise click.ClickException(str(e)) from None
    click.echo(f"{passed + wrong} examples: {passed} as drawn, {wrong} not")
    if not passed + wrong:
        click.echo(
            f"{Path(files[0]).name} has no examples: write some, they show what the rules do", err=True
        )
    if wrong:
        sys.exit(1)


def _told(file: str, outcome: Outcome) -> Iterator[str]:
    from extractor.output import summary

    yield f"{'ok  ' if outcome.passed else 'FAIL'} {file}:{outcome.line}  {outcome.example.text}"
    for record in outcome.records:
        yield f"       found {record.kind} {record.text!r}: {summary(record)[0]}  ({record.rule})"
    if not outcome.records:
        yield "       nothing was found"
    if outcome.passed:
        return
    if outcome.example.mode == "known_failure":
        yield '       it is as drawn now: take the "?" away'
    for note in outcome.notes:
        yield f"       {note}"
