"""`trichtin rules`: the examples that document the rules."""

from __future__ import annotations

import sys

import click


@click.command()
@click.argument("kind", required=False)
def command(kind: str | None) -> None:
    """Print the example lines of the rules: what is found, drawn into the text; look-alikes begin with "-".

    \b
    trichtin rules              the kinds and how many lines document each
    trichtin rules money        the lines of one kind
    """
    from extractor.examples import corpus_files, read_examples

    files = list(corpus_files())
    kinds = sorted({name.split(".")[0] for name, _ in files})
    if kind is None:
        for k in kinds:
            examples = [
                e for name, content in files if name.split(".")[0] == k for e in read_examples(name, content)
            ]
            nothing = sum(e.mode == "nothing" for e in examples)
            failing = sum(e.mode == "known_failure" for e in examples)
            click.echo(
                f"{k:12} {len(examples):4} lines, {nothing} of them give nothing, {failing} known to fail"
            )
        return
    if kind not in kinds:
        raise click.UsageError(f"there are no examples of {kind!r}; kinds: {', '.join(kinds)}")
    for name, content in files:
        if name.split(".")[0] == kind:
            sys.stdout.write(content)
