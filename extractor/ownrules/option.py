"""The option `--rules` of the commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rules.words import Ruleset


def rules_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--rules FILE_OR_NAME`, which may be given several times."""
    return click.option(
        "--rules",
        "rules",
        multiple=True,
        metavar="FILE_OR_NAME",
        help="Rules of your own (see 'trichtin rules'): a file, a folder of files, or a name; repeatable.",
    )(command)


def loaded(given: tuple[str, ...]) -> Ruleset | None:
    """The ruleset of the option's values; None when it was not given."""
    if not given:
        return None
    from extractor.ownrules import RulesError, load_rules

    try:
        return load_rules(*given)
    except RulesError as e:
        raise click.ClickException(str(e)) from None
