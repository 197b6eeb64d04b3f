"""The end of a phrase on a word's end: "vùng đồng | bằng" goes on to "vùng đồng bằng".

Phrases end before listed words; some of these are syllables of longer words, too. Only where such a word may be cut
in two, its clause is segmented into words (underthesea), because that costs a millisecond.
"""

from __future__ import annotations

import re
from functools import cache

import regex

from rules.base import Mention, Reading, Span
from rules.meaning import phrases
from rules.meaning.order import InOrder
from rules.words import cached, lexicon

LONGEST = 600
"""Code points of a sentence that is segmented: longer ones are tables or lost line ends."""


@cached
def _doubtful() -> re.Pattern[str]:
    """Behind the first half of a word its last syllable, which ends phrases as well: đồng | bằng."""
    halves = (word.rsplit(" ", 1) for word in lexicon("indicators")["doubtful"]["words"])
    cut = "|".join(rf"(?<=(?i:{first}))[ ]+{last}" for first, last in halves)
    return re.compile(rf"(?:{cut})(?![^\W\d_]|[\u0300-\u036f])")


def on_word_end(reading: Reading, span: Span) -> Span:
    """The span, longer where its end would cut a word in two."""
    if not _doubtful().match(reading.text, span[1]):
        return span
    sentence = reading.sentence_at(span[0])
    if sentence[1] - sentence[0] > LONGEST or not sentence[0] <= span[0] < span[1] < sentence[1]:
        return span
    for start, end in reading.words(*_clause(reading.text, sentence, span)):
        if start < span[1] < end:
            return phrases.clean(reading.text, (span[0], end))
    return span


def _clause(text: str, sentence: Span, span: Span) -> Span:
    """The clause of a sentence that holds a span."""
    start = max((m.end() for m in _mark().finditer(text, sentence[0], span[0])), default=sentence[0])
    behind = _mark().search(text, span[1] + 1, sentence[1])
    while text[start] == " ":
        start += 1
    return start, behind.start() if behind else sentence[1]


@cache
def _mark() -> re.Pattern[str]:
    return re.compile('[,;:.()“”"!?…]')


@cached
def _before_unit() -> regex.Pattern[str]:
    """… (trên địa bàn, của, tại) before the name of a unit"""
    return regex.compile(r"[ ]+(?:trên[ ]+địa[ ]+bàn|của|tại|ở|cho|trong)?[ ]*$", regex.IGNORECASE)


def without_unit(text: str, span: Span, places: InOrder[Mention]) -> Span:
    """thu ngân sách (trên địa bàn tỉnh A): the unit is the figure's place, no part of the name."""
    for place in places.around(*span):
        if span[0] < place.start < span[1] <= place.end + 1:
            m = _before_unit().search(text, span[0], place.start)
            cut = (span[0], m.start() if m else place.start)
            return phrases.clean(text, cut) if " " in text[cut[0] : cut[1]].strip() else span
    return span
