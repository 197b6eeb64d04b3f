"""Proof against the source: every record is compared with the article once more, on a path of its own.

The rules that found a record are not asked again: numbers are read by `extractor.values`, offices by
`extractor.checks.people`. A failed check never drops a record, it marks it. `unknown` says that the
article does not tell, or that the checker cannot.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from extractor.article import Article
from extractor.records import Figure, Official, Place, Record, Verdict


def check(article: Article, records: Sequence[Record]) -> tuple[Record, ...]:
    """The records with `checks` and `verified` filled, in their order. Their offsets belong to `article.text`."""
    from extractor.checks import arithmetic, figures, people, places

    sums = arithmetic.verdicts(article, [r for r in records if isinstance(r, Figure)])
    named = places.Provinces(article)
    checked: list[Record] = []
    left = list(records)[::-1]
    del records
    while left:  # each is let go when it is checked: a text may hold hundreds of thousands
        record = left.pop()
        found: dict[str, Verdict] = {"quote": quote(article, record)}
        if isinstance(record, Figure):
            found["value"] = figures.value(article, record)
            if record.place_code:
                found["place"] = named.agrees(record.place_code, record.place_valid_from)
            found["bounds"] = figures.bounds(article, record)
            found["arithmetic"] = sums.get(record.record_id, "unknown")
        elif isinstance(record, Official):
            found |= people.verdicts(article, record)
            if record.place_code:
                found["place"] = named.agrees(record.place_code, record.place_valid_from)
        elif isinstance(record, Place):
            found["place"] = places.mention(record, named)
        checked.append(replace(record, checks=found, verified="fail" not in found.values()))
    return tuple(checked)


def quote(article: Article, record: Record) -> Verdict:
    """`article[start:end] == text`, and the span lies in the article and in its sentence."""
    start, end, text = record.start, record.end, article.text
    inside = 0 <= start < end <= len(text) and record.sentence_start <= start and end <= record.sentence_end
    return "pass" if inside and text[start:end] == record.text else "fail"
