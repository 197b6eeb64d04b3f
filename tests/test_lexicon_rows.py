"""Every row of a lexicon is used by some example line: a word that nobody can show goes."""

import csv
from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest
import regex

from extractor.examples import corpus_files, read_examples
from rules.words import lexicon

FIGURES = ("money", "percent", "households")
LINKS = (*FIGURES, "links", "official", "place")
# The lexicons, and the example files whose lines show their words.
FILES = {
    **dict.fromkeys(
        ("numbers", "qualifiers", "labels", "money", "vague", "rates", "changes", "households"), FIGURES
    ),
    **dict.fromkeys(("officials", "officials_bodies", "officials_names"), ("official",)),
    "places": ("place",),
    **dict.fromkeys(("indicators", "basis", "periods", "status", "subjects", "verbs", "where"), LINKS),
}


def rows(data: Any, place: str) -> Iterator[tuple[str, str]]:
    """The words of a lexicon with the place where they stand: strings of lists, and keys that mean something else."""
    if isinstance(data, str):
        yield place, data
    elif isinstance(data, list):
        for item in data:
            yield from rows(item, place)
    else:
        for key, value in data.items():
            if isinstance(value, int | str):
                yield place, key
            else:
                yield from rows(value, f"{place}.{key}")


def folded(text: str) -> str:
    return " ".join(text.lower().split())


def lines(kinds: tuple[str, ...]) -> str:
    """The texts of the example lines that hold."""
    texts = [
        folded(e.text)
        for name, content in corpus_files()
        if name.split(".")[0] in kinds
        for e in read_examples(name, content)
        if e.mode != "known_failure"
    ]
    return "\n".join(texts)


def stands(word: str, text: str) -> bool:
    """Whether a word stands in a text, and not only as a part of longer ones."""
    begin = r"(?<!\p{L})" if word[0].isalpha() else ""
    end = r"(?!\p{L})" if word[-1].isalpha() else ""
    return word in text and regex.search(begin + regex.escape(word) + end, text) is not None


@pytest.mark.parametrize("name", FILES)
def test_every_row_stands_in_an_example(name: str) -> None:
    text = lines(FILES[name])
    unused = [
        f"{name}.toml: {place}: {word}"
        for place, word in rows(lexicon(name), "")
        if not stands(folded(word), text)
    ]
    assert not unused, "no example line uses\n" + "\n".join(unused)


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table of rules/gazetteer that is written by hand."""
    text = (resources.files("rules.gazetteer") / name).read_text(encoding="utf-8")
    return list(csv.DictReader((line for line in text.splitlines() if line[0] != "#"), delimiter="\t"))


@pytest.mark.parametrize(("name", "column"), [("spellings.tsv", "names"), ("history.tsv", "name")])
def test_every_name_written_by_hand_stands_in_an_example(name: str, column: str) -> None:
    text = lines(("place",))
    unused = [
        f"{name}: {word}"
        for row in table(name)
        for word in row[column].split(";")
        if not stands(folded(word), text)
    ]
    assert not unused, "no example line uses\n" + "\n".join(unused)
