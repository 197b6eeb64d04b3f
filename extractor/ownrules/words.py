"""The words of a rule file: what a list of them may hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection
from typing import Any

from extractor.folding import fold
from extractor.ownrules.source import Source, nearest

MOST_WORDS = 2000
_LONGEST = 60
_PATTERN = re.compile(r"[\\^*+?{}\[\]()|]")

Table = dict[str, Any]


def table(source: Source, value: Any, known: Collection[str], *path: str) -> Table:
    """A table of the file with known keys only."""
    if not isinstance(value, dict):
        source.fail(f"is a table ([{'.'.join(path)}] on a line of its own), not {_said(value)}", *path)
    for key in value:
        if known and key not in known:
            source.fail(f"is no key that is known here; {nearest(key, known)}", *path, key)
    return value


def words(
    source: Source, value: Any, *path: str, signs: bool = False, longest: int = 8, empty: bool = False
) -> list[str]:
    """A list of words, as the rules read them: each once, none empty, no pattern. `signs`: "$", "." are allowed."""
    if not isinstance(value, list):
        source.fail(f'is a list of words in square brackets (["một", "hai"]), not {_said(value)}', *path)
    if not value and not empty:
        source.fail("is empty; write at least one word", *path)
    if len(value) > MOST_WORDS:
        source.fail(f"holds {len(value)} words; at most {MOST_WORDS} are read", *path)
    found: dict[str, str] = {}
    for each in value:
        word = clean(source, each, *path, signs=signs, longest=longest)
        if word.lower() in found:
            source.fail(f"{each!r} stands twice", *path, word=str(each))
        found[word.lower()] = word
    return list(found.values())


def clean(source: Source, word: Any, *path: str, signs: bool = False, longest: int = 8) -> str:
    """One word, folded as the articles are."""
    if not isinstance(word, str):
        source.fail(f"holds words in quotes, not {_said(word)}", *path)
    if not word.strip():
        source.fail("holds an empty word; take it out", *path, word=word)
    if any(unicodedata.category(c) in ("Cc", "Cs", "Cf") for c in word):
        source.fail(f"{word[:40]!r} holds a line end or a control character", *path, word=word)
    if m := _PATTERN.search(word) or (None if signs else re.search(r"[.$]", word)):
        source.fail(
            f"{word[:40]!r} holds {m.group()!r}: words are written as they stand in an article, they are no patterns",
            *path, word=word,
        )  # fmt: skip
    if len(word) > _LONGEST or len(word.split()) > longest:
        source.fail(
            f"{word[:40]!r} is longer than {longest} words or {_LONGEST} characters", *path, word=word
        )
    return " ".join(fold(word).text.split())


def refuse_known(source: Source, given: list[str], known: Collection[str], *path: str) -> None:
    """Refuse words that the project has already."""
    there = {word.lower() for word in known}
    for word in given:
        if word.lower() in there:
            source.fail(f"{word!r} is known without this file; take it out", *path, word=word)


def flag(source: Source, value: Any, *path: str) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        source.fail(f"is true or false, without quotes, not {_said(value)}", *path)
    return value


def text(source: Source, value: Any, *path: str) -> str:
    """A text in quotes."""
    if not isinstance(value, str):
        source.fail(f"is a text in quotes, not {_said(value)}", *path)
    return value


def lowered(read: Callable[[], list[str]]) -> list[str]:
    """Words that are kept in small letters."""
    return [word.lower() for word in read()]


def _said(value: Any) -> str:
    names = {str: "a text", bool: "true or false", int: "a number", list: "a list", dict: "a table"}
    return names.get(type(value), "a number" if not isinstance(value, str | list | dict) else "that")
