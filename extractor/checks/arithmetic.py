"""Figures of one sentence that determine each other; told only where the sentence leaves no doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

import regex

from extractor.article import Article
from extractor.checks.slices import folded
from extractor.records import Figure, Verdict

Found = tuple[Verdict, tuple[Figure, ...]]


_MANY = 40
"""Figures of one sentence from which it is a table that lost its lines."""


@cache
def _from_to() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """Before and between the ends of "giảm từ 322 hộ xuống còn 246 hộ"."""
    before = regex.compile(
        r"(?<!\w)(?P<way>tăng|giảm)(?: \w+){0,4}? từ(?: (?:hơn|gần|trên|khoảng|mức))?\s*$", regex.IGNORECASE
    )
    between = regex.compile(
        r"(?:\([^()]*\)|[^;,.]){0,40}?(?<!\w)(?P<to>xuống|lên|còn|đến)(?: (?:còn|tới|đến|mức|hơn|gần|trên|khoảng|chỉ))*\s*",
        regex.IGNORECASE,
    )
    return before, between


@cache
def _difference() -> regex.Pattern[str]:
    """Before the difference behind "từ … xuống …": "(giảm", ", tức là giảm", "(tăng thêm"."""
    return regex.compile(
        r"\s*(?:\(|,|–|-|;)?\s*(?:tức(?: là)?|nghĩa là|như vậy)?\s*(?:tăng|giảm)(?: thêm| được| đi)?\s*",
        regex.IGNORECASE,
    )


@cache
def _rate() -> regex.Pattern[str]:
    """Between "50/70 hộ" and its rate: "(", ", đạt", ", chiếm tỷ lệ"."""
    return regex.compile(
        r"[\w ]{0,20}(?:\(|, ?)?\s*(?:(?:đạt|chiếm)?\s*(?:tỷ lệ|tỉ lệ)?)\s*(?:là\s*)?", regex.IGNORECASE
    )


@cache
def _parts() -> regex.Pattern[str]:
    return regex.compile(
        r"(?<!\w)(?P<all>bao gồm|gồm(?: có)?|trong đó|trong số (?:này|đó))(?!\w)", regex.IGNORECASE
    )


def verdicts(article: Article, records: Sequence[Figure]) -> dict[str, Verdict]:
    """What the sentences say of their figures, by record id; a figure that nothing determines is not in it."""
    found: dict[str, Verdict] = {}
    if len(records) < 2:
        return found
    for group in _by_sentence(records):
        for verdict, figures in _sentence(article, group):
            for figure in figures:
                if found.get(figure.record_id) != "fail":
                    found[figure.record_id] = verdict
    return found


def _by_sentence(records: Sequence[Figure]) -> Iterator[list[Figure]]:
    group: list[Figure] = []
    for record in sorted(records, key=lambda r: (r.start, r.end)):
        if group and record.sentence_start != group[0].sentence_start:
            if 1 < len(group) <= _MANY:
                yield group
            group = []
        group.append(record)
    if 1 < len(group) <= _MANY:
        yield group


def _sentence(article: Article, group: list[Figure]) -> Iterator[Found]:
    for i, first in enumerate(group[:-1]):
        second = group[i + 1]
        between = folded(article, first.end, second.start)
        if first.unit == second.unit:
            yield from _change(article, group, i, between)
        if first.of and second.unit == "percent" and _exact(first, second) and _rate().fullmatch(between):
            yield _share_of(first, second), (first, second)
    inside = folded(article, group[0].end, group[-1].start)
    if any(word in inside for word in ("gồm", "trong đó", "trong số")):
        yield from _total(article, group)


def _exact(*figures: Figure) -> bool:
    return all(f.qualifier == "exact" and f.value_min == f.value_max for f in figures)


def _change(article: Article, group: list[Figure], i: int, between: str) -> Iterator[Found]:
    first, second = group[i], group[i + 1]
    before, middle = _from_to()
    head = before.search(folded(article, max(first.sentence_start, first.start - 60), first.start))
    if not head or not middle.fullmatch(between):
        return
    if first.value_min != first.value_max or second.value_min != second.value_max:
        return
    down = head["way"].lower() == "giảm"
    if (second.value_max > first.value_min) if down else (second.value_min < first.value_max):
        yield "fail", (first, second)
        return
    third = group[i + 2] if i + 2 < len(group) else None
    if (
        third
        and third.unit == first.unit != "percent"
        and _exact(first, second, third)
        and first.per == second.per == third.per
    ):
        gap = folded(article, second.end, third.start)
        if _difference().fullmatch(gap):
            same = abs(first.value_min - second.value_min) == third.value_min
            yield ("pass" if same else "fail"), (first, second, third)


def _share_of(count: Figure, rate: Figure) -> Verdict:
    assert count.of
    exact = count.value_min * 100 / count.of
    return "pass" if abs(exact - rate.value_min) <= _last_place(rate.value_min) else "fail"


def _last_place(number: Decimal) -> Decimal:
    """One unit of the last place that the number was written with: it may be rounded either way, or cut off."""
    exponent = number.normalize().as_tuple().exponent
    return Decimal(10) ** min(exponent if isinstance(exponent, int) else 0, 0)


def _total(article: Article, group: list[Figure]) -> Iterator[Found]:
    """A total and the parts behind "gồm" or "trong đó": parts of the same unit that add up to it pass."""
    for i, total in enumerate(group[:-1]):
        gap = folded(article, total.end, group[i + 1].start)
        word = _parts().search(gap)
        if not word or any(c in gap for c in ";.") or total.unit == "percent":
            continue
        parts = [
            f for f in group[i + 1 :] if f.unit == total.unit and f.kind == total.kind and f.per == total.per
        ]
        if not parts or not _exact(total, *parts):
            continue
        added = Decimal(0)
        for n, part in enumerate(parts, 1):
            added += part.value_min
            if added == total.value_min and n > 1:
                yield "pass", (total, *parts[:n])
                break
        else:
            first = parts[0]
            if (
                total.kind == "households"
                and word["all"].lower() != "trong số này"
                and first is group[i + 1]
                and first.value_min > total.value_min
            ):
                yield "fail", (total, first)
