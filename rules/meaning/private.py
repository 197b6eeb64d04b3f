"""The unit of a figure in an article about a court case, a firm or a person, where the figure is a unit's all the same."""

from __future__ import annotations

from functools import cache

import regex

from rules.base import Mention, Reading, Span
from rules.meaning.discourse import Topic
from rules.meaning.marks import words
from rules.meaning.order import InOrder
from rules.words import alternation


def counted_there(
    reading: Reading,
    figure: Mention,
    spoken: InOrder[Topic],
    sentence: Span,
    before: tuple[Mention, Topic | None] | None,
) -> Topic | None:
    """A share in an article about a crime, a firm or a person: of the unit that its sentence names last.

    With no one spoken of since, it goes on with the share of the sentence before it.
    """
    last = next((t for t in spoken.back(figure.start, sentence[0]) if not t.aside), None)
    if last is None and before is not None and before[0].kind == "percent":
        near = reading.sentence_index(before[0].start) >= reading.sentence_index(figure.start) - 1
        since = next(spoken.back(figure.start, before[0].end), None)
        return before[1] if near and since is None else None
    return last if last and last.unit and last.kind in ("named", "meant", "list") else None


def giver(reading: Reading, figure: Mention, spoken: InOrder[Topic], sentence: Span) -> Topic | None:
    """In an article about a crime, a firm or a person: the unit that gives public aid, "UBND huyện hỗ trợ 5 triệu"."""
    giver = next((t for t in spoken.back(figure.start, sentence[0]) if t.unit), None)
    near = giver is not None and giver.kind == "named" and giver.start - sentence[0] < 20
    if giver and near and _at_head().fullmatch(reading.text, sentence[0], giver.start):
        only = next(spoken.back(figure.start, sentence[0]), None)
        return giver if only is giver else None
    if giver and _aid().search(reading.text, max(giver.end, figure.start - 400), figure.start):
        return giver
    return None


@cache
def _at_head() -> regex.Pattern[str]:
    """Between the head of a sentence and the unit that it is told of: "Tại Yên Bái, đất chỉ có giá 50 triệu đồng một ha"."""
    return regex.compile(r"(?:Tại|Ở|Trên địa bàn)[ ]")


@cache
def _aid() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}}){alternation(words()['project']['aid'])}(?!\p{{L}})")
