"""Example lines: a text with the expected records drawn into it (see design: they are the tests and the manual).

Hỗ trợ <money value=3700000000 unit=VND qualifier=over>3,7 tỷ đồng</money> cho 136 hộ.
- a line that gives nothing of the file's kind
? a line that is known to fail
[2017-03-05] a line of an article of that date
# a comment
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Expected:
    """A record that an example draws: its kind, span in the plain text, and the fields that it states."""

    kind: str
    start: int
    end: int
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Example:
    """One line. `mode`: found, nothing (of the file's kind), known_failure."""

    file: str
    line: int
    raw: str
    mode: Literal["found", "nothing", "known_failure"]
    text: str
    published: str | None
    expected: tuple[Expected, ...]
    kinds: frozenset[str]


_TAG = re.compile(
    r"<(?P<close>/)?(?P<kind>[a-z_]+)(?P<attributes>(?:\s+[a-z_]+=(?:\"[^\"]*\"|[^\s>\"]+))*)\s*>"
)
_ATTRIBUTE = re.compile(r"([a-z_]+)=(?:\"([^\"]*)\"|([^\s>\"]+))")
_DATE = re.compile(r"\[(\d{4}(?:-\d\d(?:-\d\d)?)?)\]\s+")
_DECIMALS = {"value_min", "value_max", "of"}


def parse_markup(marked: str) -> tuple[str, tuple[Expected, ...]]:
    """The plain text of a marked one, and what is drawn into it. Raises ValueError for tags that do not match."""
    text, found, open_tags, at = "", [], [], 0
    for m in _TAG.finditer(marked):
        text += marked[at : m.start()]
        at = m.end()
        if not m["close"]:
            open_tags.append((m["kind"], len(text), _fields(m["attributes"])))
            continue
        if not open_tags or open_tags[-1][0] != m["kind"]:
            raise ValueError(f"the tag {m.group()} closes nothing in: {marked}")
        kind, start, fields = open_tags.pop()
        found.append(Expected(kind, start, len(text), fields))
    if open_tags:
        raise ValueError(f"the tag <{open_tags[-1][0]}> is never closed in: {marked}")
    return text + marked[at:], tuple(sorted(found, key=lambda e: (e.start, -e.end)))


def _fields(attributes: str) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, quoted, bare in _ATTRIBUTE.findall(attributes):
        value = quoted or bare
        if name == "value":
            low, _, high = value.partition("..")
            fields["value_min"], fields["value_max"] = Decimal(low), Decimal(high or low)
        elif value == "-":
            fields[name] = None
        else:
            fields[name] = Decimal(value) if name in _DECIMALS else value
    return fields


def read_examples(name: str, content: str) -> Iterator[Example]:
    """The examples of one file. `name` is its name without folder; what stands before the first dot is its kind."""
    kind = name.split(".")[0]
    for number, raw in enumerate(content.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        mode: Literal["found", "nothing", "known_failure"] = "found"
        if line[:2] in ("- ", "? "):
            mode = "nothing" if line[0] == "-" else "known_failure"
            line = line[2:]
        published = None
        if m := _DATE.match(line):
            published, line = m[1], line[m.end() :]
        text, expected = parse_markup(line.replace("\\n", "\n"))
        if mode == "found" and not expected:
            raise ValueError(
                f"{name}:{number}: draws nothing; begin the line with '- ' if nothing is to be found"
            )
        kinds = {e.kind for e in expected} | ({kind} if kind != "links" else set())
        yield Example(name, number, raw, mode, text, published, expected, frozenset(kinds))


def corpus_files() -> Iterator[tuple[str, str]]:
    """Name and content of the example files that come with the project."""
    for file in sorted(resources.files("corpus").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".txt"):
            yield file.name, file.read_text(encoding="utf-8")


def differences(example: Example, records: Any) -> list[str]:
    """How the records of an example's text differ from what is drawn; empty when they agree."""
    found = [r for r in records if r.kind in example.kinds]
    only_tagged = example.file.startswith("links")
    notes: list[str] = []
    for e in example.expected:
        match = [r for r in found if (r.kind, r.start, r.end) == (e.kind, e.start, e.end)]
        if not match:
            near = [r.text for r in found if r.start < e.end and e.start < r.end]
            notes.append(f"missed {e.kind} {example.text[e.start : e.end]!r}; found there: {near}")
            continue
        wrong = [name for name, value in e.fields.items() if getattr(match[0], name) != value]
        if {"value_min", "value_max"} <= set(wrong) and e.fields["value_min"] == e.fields["value_max"]:
            wrong.remove("value_max")  # one value, told once
        notes += [
            f"{e.kind} {match[0].text!r}: {name.removesuffix('_min')} is {_told(getattr(match[0], name))}, "
            f"not {_told(e.fields[name])}"
            for name in wrong
        ]
    if not only_tagged:
        drawn = {(e.kind, e.start, e.end) for e in example.expected}
        notes += [f"unexpected {r.kind} {r.text!r}" for r in found if (r.kind, r.start, r.end) not in drawn]
    return notes


def _told(value: Any) -> str:
    return "nothing" if value is None else f"{value:f}" if isinstance(value, Decimal) else repr(value)
