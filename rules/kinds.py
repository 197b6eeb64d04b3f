"""The kinds of record, found by their place: each module of `rules` that states its KINDS and offers `find`, in the order of the list.

A new kind costs one module here, one lexicon and one file of examples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

import rules
from rules.base import Mention, Reading

Finder = Callable[[Reading], Iterator[Mention]]


@cache
def finders() -> tuple[Finder, ...]:
    """The `find` functions of the rule modules, in alphabetical order: the order must not matter."""
    found = []
    for info in iter_modules(rules.__path__):
        module = import_module(f"rules.{info.name}")
        if getattr(module, "KINDS", ()):
            found.append(module.find)
    return tuple(found)
