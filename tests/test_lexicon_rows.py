"""Every row of the figure lexicons is used by some example line: a word that nobody can show goes."""

from collections.abc import Iterator
from typing import Any

import pytest
import regex

from extractor.examples import corpus_files, read_examples
from rules.words import lexicon

LEXICONS = ("numbers", "qualifiers", "labels", "money", "vague", "rates", "changes", "households")
FILES = ("money", "percent", "households")


def rows(data: Any, place: str) -> Iterator[tuple[str, str]]:
    """The words of a lexicon with the place where they stand: keys of number tables, strings of lists."""
    if isinstance(data, str):
        yield place, data
    elif isinstance(data, list):
        for item in data:
            yield from rows(item, place)
    elif isinstance(data, dict):
        for key, value in data.items():
            if isinstance(value, int):
                yield place, key
            else:
                yield from rows(value, f"{place}.{key}")


def lines() -> str:
    texts = [
        e.text
        for name, content in corpus_files()
        if name.split(".")[0] in FILES
        for e in read_examples(name, content)
        if e.mode != "known_failure"
    ]
    return "\n".join(" ".join(text.lower().split()) for text in texts)


@pytest.mark.parametrize("name", LEXICONS)
def test_every_row_stands_in_an_example(name: str) -> None:
    text = lines()
    unused = [
        f"{place}: {word}"
        for place, word in rows(lexicon(name), name)
        if not regex.search(rf"(?<!\p{{L}}){regex.escape(word.lower())}(?!\p{{L}})", text)
    ]
    assert not unused, "no example line uses\n" + "\n".join(unused)
