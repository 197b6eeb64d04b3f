"""The examples of a rule file, run: what was found on each line, and how that differs from what is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractor.examples import Example, differences, read_examples
from extractor.ownrules.sections import SECTIONS
from extractor.ownrules.source import RulesError, Source, nearest
from extractor.pipeline import extract
from extractor.records import Record, all_columns
from rules.counted import Counted
from rules.words import Ruleset

_OF_ALL = "examples"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One example line. `line`: of the rule file; `notes`: how what was found differs, empty where it agrees."""

    line: int
    example: Example
    records: tuple[Record, ...]
    notes: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """As drawn; a line that is known to fail ("?") passes while it fails."""
        return bool(self.notes) == (self.example.mode == "known_failure")


def run(source: Source, ruleset: Ruleset) -> Iterator[Outcome]:
    """The examples of a file in their order. Raises RulesError for a line that cannot be read."""
    for kind, path in _places(source.data):
        for example in _examples(source, kind, path):
            extraction = extract(example.text, published=example.published, rules=ruleset)
            wanted = example.kinds if kind != _OF_ALL or example.expected else None
            records = tuple(r for r in extraction.records if wanted is None or r.kind in wanted)
            yield Outcome(
                _first_line(source, path) + example.line,
                example,
                records,
                tuple(_notes(example, records, kind)),
            )


def _notes(example: Example, records: tuple[Record, ...], kind: str) -> list[str]:
    if kind == _OF_ALL and not example.expected:
        return [f"unexpected {r.kind} {r.text!r}" for r in records]
    return differences(example, records)


def _places(data: dict[str, object]) -> Iterator[tuple[str, tuple[str, ...]]]:
    kinds = data.get("kinds")
    for name, kind in kinds.items() if isinstance(kinds, dict) else ():
        if "examples" in kind:
            yield name, ("kinds", name, "examples")
    if "examples" in data:
        yield _OF_ALL, ("examples",)
    for section in SECTIONS:
        own = data.get(section)
        if isinstance(own, dict) and "examples" in own:
            yield _OF_ALL, (section, "examples")


def _first_line(source: Source, path: tuple[str, ...]) -> int:
    """The line before the first line of a text in the file."""
    line = source.line(*path)
    opened = source.text.splitlines()[line - 1].partition("=")[2].strip()
    return line if opened in ('"""', "'''") else line - 1


def _examples(source: Source, kind: str, path: tuple[str, ...]) -> Iterator[Example]:
    content = source.data
    for key in path:
        content = content[key]
    for number, line in enumerate(str(content).splitlines(), 1):
        at = _first_line(source, path) + number
        try:
            for example in read_examples("links" if kind == _OF_ALL else kind, line):
                _known(source, at, example)
                yield Example(
                    example.file, number, example.raw, example.mode, example.text, example.published,
                    example.expected, example.kinds,
                )  # fmt: skip
        except (ValueError, ArithmeticError) as e:
            if isinstance(e, RulesError):
                raise
            said = str(e).partition(":1: ")[2] or str(e) or "a value is no number"
            raise RulesError(f"{source.name}:{at}: {'.'.join(path)}: {said[:300]}") from None


def _known(source: Source, line: int, example: Example) -> None:
    columns = all_columns()
    for expected in example.expected:
        for name in expected.fields:
            if name not in columns:
                raise RulesError(
                    f"{source.name}:{line}: {name!r} is no field of a record; {nearest(name, columns)}"
                )


def unused(source: Source, counted: dict[str, Counted]) -> Iterator[str]:
    """The words of the file's kinds that no example line holds."""
    for name, kind in counted.items():
        data = source.data.get("kinds", {}).get(name)
        if data is None:
            continue
        text = str(data.get("examples", "")).lower()
        for key, words in (
            ("words", kind.words),
            ("more", kind.more),
            ("not_behind", kind.not_behind),
            ("not_before", kind.not_before),
        ):
            if missing := [w for w in words if w.lower() not in text]:
                yield f"kinds.{name}.{key}: no example holds {', '.join(map(repr, missing))}"
