"""Claims: the figures of all articles that speak of one thing, and whether they agree.

Two passes over the figures, each a stream: the first gives every figure its claim, the second reads them back in
the order of the claims, so that one claim at a time is in memory.

An article that gives several values of one thing which do not agree lists parts of it that its links do not tell
apart (the price of each kind of rice): it is no witness of any, and is counted as `unclear`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

import msgspec

from extractor.reconcile.agreement import Told, Value, agree, judge
from extractor.reconcile.choosing import choose
from extractor.reconcile.keys import Fact, Key, key, left_out
from extractor.schema import names
from extractor.schema.rows import plain_decimal
from extractor.sinks.store import Row, Store, exact
from rules.words import lexicon

_FACT = ", ".join(f'f."{name}"' for name in Fact._fields)


def find(store: Store) -> Mapping[str, int]:
    """Make the claims anew of all figures."""
    out: Counter[str] = Counter()
    with store.writing() as db:
        db.run("DELETE FROM claim_facts")
        db.scratch("found", ("claim_id", "record_id", "article_id"), _claimed(store, out))
        db.run(
            "INSERT INTO claim_facts SELECT claim_id, record_id, article_id FROM found ORDER BY claim_id, record_id"
        )
    agreements: Counter[str] = Counter()
    with store.writing() as db:
        db.run("DELETE FROM claims")
        db.insert("claims", _claims(store, agreements))
    out["several values in one article"] = agreements.pop("unclear", 0)
    return {
        "figures in claims": out.pop("", 0) - out["several values in one article"],
        **{f"  left out: {why}": count for why, count in sorted(out.items())},
        "claims": agreements.total(),
        **{f"  {agreement}": agreements[agreement] for agreement in AGREEMENTS},
    }


AGREEMENTS = ("single", "confirmed", "compatible", "revised", "conflicting")


def _claimed(store: Store, out: Counter[str]) -> Iterator[Row]:
    """Claim, record and article of each figure that enters one; `out` counts why others do not."""
    for record, article, *fields in store.rows(f"SELECT f.record_id, f.article_id, {_FACT} FROM figures f"):  # noqa: S608
        fact = Fact(*fields)
        why = left_out(fact)
        out[why or ""] += 1
        if why is None:
            yield key(fact).claim_id, record, article


class Mention(NamedTuple):
    """A figure of a claim with what counts of its article."""

    record_id: str
    article_id: str
    fact: Fact
    value: Value
    story: str
    newspaper: str | None
    published: str | None


_MENTIONS = (
    "SELECT c.claim_id, f.record_id, f.article_id, f.value_min, f.value_max, f.qualifier, a.story_id, a.newspaper, "  # noqa: S608
    f"a.published, {_FACT} FROM claim_facts c JOIN figures f ON f.record_id = c.record_id "
    "JOIN articles a ON a.id = f.article_id ORDER BY c.claim_id, f.record_id"
)


def _claims(store: Store, agreements: Counter[str]) -> Iterator[Row]:
    for _, rows in groupby(store.rows(_MENTIONS), key=lambda row: row[0]):
        mentions = list(map(_mention, rows))
        unclear = _unclear(mentions)
        clear = [m for m in mentions if m.article_id not in unclear]
        agreements["unclear"] += len(mentions) - len(clear)
        if clear:
            claim = _claim(clear) | {"unclear": len(unclear)}
            agreements[claim["agreement"]] += 1
            yield tuple(claim[name] for name in names("claims"))


def _unclear(mentions: Sequence[Mention]) -> set[str]:
    """The articles whose values do not agree among themselves."""
    values: dict[str, set[Value]] = {}
    for mention in mentions:
        values.setdefault(mention.article_id, set()).add(mention.value)
    return {article for article, given in values.items() if not agree(sorted(given))}


def _mention(row: Row) -> Mention:
    _, record, article, low, high, qualifier, story, newspaper, published, *fields = row
    least, most = exact(low), exact(high)
    assert least is not None
    assert most is not None
    return Mention(record, article, Fact(*fields), Value(least, most, qualifier), story, newspaper, published)


@dataclass(slots=True)
class _Given:
    """Who gives one value."""

    facts: int = 0
    papers: set[str] = field(default_factory=set)
    stories: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)

    def add(self, mention: Mention) -> None:
        self.facts += 1
        if mention.newspaper:
            self.papers.add(mention.newspaper)
        day = mention.published
        first, last = self.stories.get(mention.story, (day, day))
        self.stories[mention.story] = (
            min(filter(None, (first, day)), default=None),
            max(filter(None, (last, day)), default=None),
        )


def _claim(mentions: Sequence[Mention]) -> dict[str, Any]:
    """The row of a claim by its column names."""
    by_value: dict[Value, _Given] = {}
    words: Counter[str] = Counter()
    articles: set[str] = set()
    about = key(mentions[0].fact)
    indicators: Counter[str] = Counter()
    for mention in mentions:
        by_value.setdefault(mention.value, _Given()).add(mention)
        articles.add(mention.article_id)
        words[mention.fact.indicator or mention.fact.category or about.what] += 1
        if mention.fact.indicator_id:
            indicators[mention.fact.indicator_id] += 1
    told = [Told(value, given.stories) for value, given in sorted(by_value.items())]
    judged = judge(told, about.period)
    chosen, settled = choose(judged)
    stories = {story for t in told for story in t.stories}
    days = [day for t in told for pair in t.stories.values() for day in pair if day]
    return {
        **about._asdict(),
        "claim_id": about.claim_id,
        "measure_id": about.measure_id,
        "series_id": about.series_id,
        "indicator": _usual(words),
        "indicator_id": _usual(indicators) if indicators else None,
        "agreement": judged.agreement,
        "rule": judged.rule,
        "value_min": plain_decimal(chosen.value.low),
        "value_max": plain_decimal(chosen.value.high),
        "qualifier": chosen.value.qualifier,
        "chosen_by": settled,
        "better": better(about, chosen.value.qualifier),
        "given": _given(by_value),
        "facts": sum(given.facts for given in by_value.values()),
        "articles": len(articles),
        "stories": len(stories),
        "papers": len(set().union(*(given.papers for given in by_value.values()))),
        "first_published": min(days, default=None),
        "last_published": max(days, default=None),
    }


def _usual(words: Counter[str]) -> str:
    return min(words, key=lambda w: (-words[w], w))


def _given(by_value: Mapping[Value, _Given]) -> str:
    """The values as JSON, each with its qualifier and who gives it."""
    rows = [
        {
            "value_min": plain_decimal(value.low),
            "value_max": plain_decimal(value.high),
            "qualifier": value.qualifier,
            "facts": given.facts,
            "stories": len(given.stories),
            "papers": len(given.papers),
            "first": min((first for first, _ in given.stories.values() if first), default=None),
            "last": max((last for _, last in given.stories.values() if last), default=None),
        }
        for value, given in sorted(by_value.items())
    ]
    return msgspec.json.encode(rows).decode()


def better(about: Key, qualifier: str) -> str | None:
    """Whether a higher or a lower value is the better one: by the words of a plan, else by the indicator."""
    if about.status == "planned" and qualifier in ("under", "at_most"):
        return "lower"
    if about.status == "planned" and qualifier in ("over", "at_least"):
        return "higher"
    lower, either = _directions()
    thing = about.category if about.kind == "households" else about.what
    if thing in lower:
        return "higher" if about.change == "decrease" else "lower"
    if about.what in either:
        return "lower" if about.change == "decrease" else "higher"
    return None


@cache
def _directions() -> tuple[frozenset[str | None], frozenset[str]]:
    words = lexicon("claims")
    higher = set(words["of_a_unit"]) - set(words["neither_is_better"])
    return frozenset(words["lower_is_better"]), frozenset(higher)
