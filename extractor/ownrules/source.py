"""A rule file as it was written: its text, what it says, and the lines where that stands."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

MOST_BYTES = 500_000
"""A larger file is no rule file."""


class RulesError(ValueError):
    """A rule file that cannot be used. The message names file, line and key, and says what to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """One rule file. `name`: how it is called in messages."""

    name: str
    text: str
    data: dict[str, Any]

    def fail(self, message: str, *path: str, word: str | None = None) -> NoReturn:
        """Raise RulesError for what stands at a path of keys, or for a word of the list there."""
        key = ".".join(p if re.fullmatch(r"[\w-]+", p) else f'"{p}"' for p in path)
        raise RulesError(f"{self.name}:{self.line(*path, word=word)}: {key + ': ' if key else ''}{message}")

    def line(self, *path: str, word: str | None = None) -> int:
        """The line where a path of keys stands, or a word of the list there; the nearest that can be told."""
        found, lines = 1, list(_outside_strings(self.text))
        for depth in range(len(path), 0, -1):
            if (at := _line_of(lines, path[:depth])) is not None:
                found = at
                break
        if word is not None:
            forms = (f'"{word}"', f"'{word}'", word)
            return next((n for n, line in lines if n >= found and any(f in line for f in forms)), found)
        return found


def _outside_strings(text: str) -> Iterable[tuple[int, str]]:
    """The lines that stand in no multi-line string, with their numbers."""
    mark = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not mark:
            yield number, line
        for found in re.findall(r'"""|\'\'\'', line):
            mark = "" if mark == found else (mark or found)


def _line_of(lines: list[tuple[int, str]], path: tuple[str, ...]) -> int | None:
    table: tuple[str, ...] = ()
    for number, line in lines:
        if m := re.match(r"\s*\[([^\[\]]+)\]\s*(?:#.*)?$", line):
            table = _keys(m[1])
        elif m := re.match(
            r"\s*((?:[\w.-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"))*)\s*=", line
        ):
            if (*table, *_keys(m[1])) == path:
                return number
            continue
        else:
            continue
        if table == path:
            return number
    return None


def _keys(dotted: str) -> tuple[str, ...]:
    return tuple(a or b or c for a, b, c in re.findall(r"\"([^\"]*)\"|'([^']*)'|([^\s.\"']+)", dotted))


def read_source(path: Path, name: str | None = None) -> Source:
    """Read a rule file. Raises RulesError for one that cannot be read or is no TOML."""
    name = name or str(path)
    try:
        with open(path, "rb") as file:
            body = file.read(MOST_BYTES + 1)
    except OSError as e:
        raise RulesError(f"{name}: cannot be read ({e.strerror})") from None
    if len(body) > MOST_BYTES:
        raise RulesError(f"{name}: is larger than {MOST_BYTES:,} bytes; a rule file holds words and examples")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        line = body.count(b"\n", 0, e.start) + 1
        raise RulesError(f"{name}:{line}: is not UTF-8; save the file as UTF-8") from None
    return Source(name, text, parsed(name, text))


def parsed(name: str, text: str) -> dict[str, Any]:
    """The text of a rule file as TOML. Raises RulesError."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as e:
        m = re.search(r"^(.*) \(at (?:line (\d+), column (\d+)|end of document)\)$", str(e))
        line = m[2] if m and m[2] else len(text.splitlines())
        column = f", column {m[3]}" if m and m[3] else ""
        said = m[1] if m else str(e)[:200]
        raise RulesError(
            f"{name}:{line}{column}: is no TOML: {said} "
            '(a list of words is written words = ["lao động", "công nhân"])'
        ) from None


def nearest(given: str, known: Iterable[str]) -> str:
    """` did you mean …?`, or the known ones where none is near."""
    known = sorted(known)
    forms = {name.lower(): name for name in known}
    if near := difflib.get_close_matches(given.lower(), forms, n=1, cutoff=0.6):
        return f"did you mean {forms[near[0]]!r}?"
    return f"known: {', '.join(known[:12])}{' …' if len(known) > 12 else ''}"
