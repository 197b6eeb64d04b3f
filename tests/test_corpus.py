"""Every example line of corpus/ is run: what is drawn is found, and nothing else of that kind."""

import pytest

from extractor import extract
from extractor.examples import Example, corpus_files, differences, read_examples

EXAMPLES = [e for name, content in corpus_files() for e in read_examples(name, content)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e.file}:{e.line}")
def test_example_line(example: Example) -> None:
    notes = differences(example, extract(example.text, published=example.published).records)
    if example.mode == "known_failure":
        assert notes, f"{example.file}:{example.line} is mended: take the '?' away"
    else:
        assert not notes, "\n".join([example.raw, *notes])
