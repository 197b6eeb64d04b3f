"""lần lượt: figures that belong, one by one, to names told before ("doanh thu và lợi nhuận tăng lần lượt 62% và 25%")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

import regex

from rules.base import Mention, Reading, Span
from rules.meaning import phrases
from rules.meaning.chains import Named
from rules.words import alternation, cached, lexicon

LONGEST = 16
"""Figures that one "lần lượt" gives out at most."""


@cache
def _in_turn() -> regex.Pattern[str]:
    """lần lượt (là, tăng, đạt) directly before the first figure, or just before its verb"""
    return regex.compile(r"(?<!\p{L})lần[ ]+lượt(?!\p{L})[^,;.:()]{0,25}$", regex.IGNORECASE)


@cache
def _joint() -> regex.Pattern[str]:
    """Between two figures that are given out in turn: ", ", " và ", "/kg và "."""
    return regex.compile(
        r"(?:/[\p{L}\d/ ]{1,12})?[ ]*(?:,|và|, và|;)[ ]*(?:(?:hơn|gần|trên|khoảng)[ ]+)?", regex.IGNORECASE
    )


def runs(reading: Reading, figures: tuple[Mention, ...]) -> Iterator[tuple[int, int, int]]:
    """Each run of figures that one "lần lượt" gives out: number of the first, how many, offset of "lần lượt"."""
    i = 0
    while i < len(figures):
        sentence = reading.sentence_at(figures[i].start)
        start = max(sentence[0], figures[i - 1].end) if i else sentence[0]
        m = _in_turn().search(reading.text, max(start, figures[i].start - 45), figures[i].start)
        run = _run(reading.text, i, figures) if m else 1
        if m is not None and run > 1:
            yield i, run, m.start()
        i += run


def give_out(reading: Reading, figures: tuple[Mention, ...], named: list[Named | None]) -> list[Named | None]:
    """The names with those of "lần lượt" put right; the others as they are."""
    answer = list(named)
    for i, run, stop in runs(reading, figures):
        sentence = reading.sentence_at(figures[i].start)
        for k, name in enumerate(_names(reading.text, sentence, stop, i, run, figures, named)):
            answer[i + k] = name
    return answer


def joined_before(text: str, spans: Sequence[Span], stop: int, run: int) -> list[int]:
    """Which spans are the last `run` of a row joined by commas and "và" before an offset; none where it is no row."""
    before = [i for i, span in enumerate(spans) if span[1] <= stop][-run:]
    if len(before) < run or stop - spans[before[-1]][1] > 40:
        return []
    pairs = pairwise(before)
    row = all(_joint().fullmatch(text, spans[a][1], spans[b][0]) for a, b in pairs)
    return before if row else []


def _run(text: str, i: int, figures: tuple[Mention, ...]) -> int:
    """How many figures of one kind follow one another with nothing but "và" between them."""
    n = 1
    while n < LONGEST and i + n < len(figures) and figures[i + n].kind == figures[i].kind:
        if not _joint().fullmatch(text, figures[i + n - 1].end, figures[i + n].start):
            break
        n += 1
    return n


def _names(
    text: str,
    sentence: Span,
    stop: int,
    i: int,
    run: int,
    figures: tuple[Mention, ...],
    named: list[Named | None],
) -> list[Named]:
    """One name for each figure of the run: those of the figures before, else the phrases joined before "lần lượt"."""
    earlier: list[Named] = []
    for j in range(max(0, i - 12), i):
        its = named[j]
        if figures[j].start >= sentence[0] and its is not None and its.span not in [e.span for e in earlier]:
            earlier.append(its)
    if len(earlier) >= run:
        return earlier[-run:]
    return _coordinated(text, sentence[0], stop, run)


@cache
def _and() -> regex.Pattern[str]:
    return regex.compile(r",[ ]*|[ ]+và[ ]+", regex.IGNORECASE)


@cached
def _unit() -> regex.Pattern[str]:
    """thị xã A và thành phố B thu lần lượt …: units are places, no names of indicators"""
    return regex.compile(rf"{alternation(lexicon('subjects')['no_subject'])}(?!\p{{L}})", regex.IGNORECASE)


def _coordinated(text: str, start: int, stop: int, run: int) -> list[Named]:
    """Huy động vốn, dư nợ tín dụng lần lượt …: the last phrases of the clause, when there are as many as figures."""
    limit, _ = phrases.trim_links(text, start, stop)
    cut = max((text.rfind(mark, start, limit) for mark in (";", ":", ". ", "(")), default=-1)
    begin = max(start, cut + 1)
    edges = [begin, *(x for m in _and().finditer(text, begin, limit) for x in m.span()), limit]
    spans = [phrases.clean(text, (a, b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    spans = [s for s in spans if s[0] < s[1]]
    if len(spans) < run:
        return []
    chosen = spans[-run:]
    head = phrases.openers().match(text, *chosen[0])
    chosen[0] = phrases.clean(text, (head.end() if head else chosen[0][0], chosen[0][1]))
    fit = all(1 <= len(phrases.words_of(text, s)) <= 9 and not _unit().match(text, s[0]) for s in chosen)
    return [Named(s, True) for s in chosen] if fit else []
