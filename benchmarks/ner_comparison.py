"""How many officials' names underthesea's own `ner` finds, beside the project's rule, and at what time an article.

usage: python benchmarks/ner_comparison.py [GOLD.jsonl]

GOLD.jsonl holds annotated articles (the texts in the folder `articles` beside it); without an argument
../shared/gold/gold.jsonl. A name counts once an article; optional annotations do not count. `exact`: an
entity PER, or a record, whose words are the name's; `inside`: the name is part of a longer entity or the
other way round. `ner` is given one sentence at a time, as the project reads them.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from extractor.article import read_article
from extractor.reading import read
from rules.base import Reading
from rules.officials import find

Names = Callable[[Reading], list[str]]


def by_ner(reading: Reading) -> list[str]:
    """The PER entities of underthesea, words joined by spaces."""
    from underthesea import ner

    found: list[list[str]] = []
    for start, end in reading.sentences:
        inside = False
        for word, *_, tag in ner(reading.text[start:end]):
            if tag == "B-PER" or (tag == "I-PER" and not inside):
                found.append([])
            inside = tag.endswith("PER")
            if inside:
                found[-1].extend(word.replace("_", " ").split())
    return [" ".join(words) for words in found]


def by_rule(reading: Reading) -> list[str]:
    """The names of the project's officials."""
    return [mention.fields["name"] for mention in find(reading)]


def gold_names(annotated: dict[str, object], reading: Reading) -> set[str]:
    """The annotated officials' names that stand in the article as they are written."""
    officials = annotated["officials"]
    assert isinstance(officials, list)
    return {o["name"] for o in officials if not o.get("optional") and o["name"] in reading.text}


def main() -> int:
    """Print one line for each of the two."""
    gold = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("../shared/gold/gold.jsonl")
    articles = []
    for line in gold.read_text(encoding="utf-8").splitlines():
        annotated = json.loads(line)
        text = (gold.parent / "articles" / annotated["article"]).read_text(encoding="utf-8")
        reading, _ = read(read_article(text))
        articles.append((reading, gold_names(annotated, reading)))
    wanted = sum(len(names) for _, names in articles)
    warm, _ = read(read_article("Chủ tịch UBND huyện Đông Anh Nguyễn Văn Hà tiếp dân."))
    write = sys.stdout.write
    write(f"{len(articles)} articles, {wanted} officials' names\n")
    for title, names_of in (("the rule", by_rule), ("underthesea ner", by_ner)):
        names_of(warm)  # models and lexicons are loaded before the clock runs
        exact = inside = 0
        started = time.perf_counter()
        for reading, wanted_here in articles:
            found = set(names_of(reading))
            exact += len(wanted_here & found)
            inside += sum(any(name in f or f in name for f in found) for name in wanted_here - found)
        each = (time.perf_counter() - started) / len(articles) * 1000
        write(
            f"{title:16s} exact {exact} ({exact / wanted:.0%})  inside {inside}  {each:,.1f} ms an article\n"
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
