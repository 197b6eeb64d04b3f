"""Reads the lexicons: TOML files of `rules/lexicon`, each once, and makes alternations of their words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

import regex


@cache
def lexicon(name: str) -> dict[str, Any]:
    """The content of `lexicon/<name>.toml`. Callers must not change it."""
    return tomllib.loads((resources.files("rules.lexicon") / f"{name}.toml").read_text(encoding="utf-8"))


def alternation(words: Iterable[str]) -> str:
    """A pattern that matches any of the words, longest first; a space in a word matches a run of spaces."""
    forms = sorted(set(words), key=lambda w: (-len(w), w))
    return "(?:" + "|".join(r"\s+".join(regex.escape(part) for part in form.split()) for form in forms) + ")"
