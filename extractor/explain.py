"""Records in words: the rule that fired, the words that each link was read from, what each check said."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.output import summary
from extractor.pipeline import Extraction
from extractor.records import Place, Record, as_row

_SHOWN_ELSEWHERE = frozenset(
    "record_id article_id source kind start end text sentence_start sentence_end rule checks verified evidence".split()
)


def explain(extraction: Extraction) -> str:
    """A text of a few lines a record; "nothing was found" where there is none."""
    lines = [line for record in extraction.records for line in _explained(extraction.article.text, record)]
    return "\n".join(lines) if lines else "nothing was found"


def _explained(text: str, record: Record) -> Iterator[str]:
    yield f"{record.text!r}  [{record.start}:{record.end}]  {summary(record)[0]}"
    yield f"  rule      {record.rule}"
    evidence = {} if isinstance(record, Place) else record.evidence
    for name, value in as_row(record).items():
        if name in _SHOWN_ELSEWHERE or value is None or value == []:
            continue
        read_from = ""
        if (span := evidence.get("place" if name == "place_name" else name)) is not None:
            start, end = span
            read_from = f"  ← {' '.join(text[start:end].split())!r} [{start}:{end}]"
        yield f"  {name:10}{'' if len(name) < 10 else ' '}{value}{read_from}"
    verdicts = ", ".join(f"{name} {verdict}" for name, verdict in record.checks.items())
    yield f"  checks    {verdicts}{'' if record.verified else '   ← NOT VERIFIED'}"
