"""The status of a figure: planned for a target, a plan, a forecast, a promise, a possibility; else nothing is said.

A word of planning holds for the figures behind it in its sentence, until a word of fact ("đã", "hiện", ";")
ends it. A plan that a figure is measured against ("đạt 70% kế hoạch") plans nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import regex

from rules.anchors import latest_in
from rules.base import Link, Mention, Reading, Span
from rules.words import alternation, lexicon


@dataclass(frozen=True, slots=True)
class _Patterns:
    turn: regex.Pattern[str]
    after: regex.Pattern[str]
    goes_on: regex.Pattern[str]
    until_year: regex.Pattern[str]


@cache
def _patterns() -> _Patterns:
    data: dict[str, dict[str, Any]] = lexicon("status")
    planned, other, actual = data["planned"], data["not_planned"], data["actual"]
    plans = alternation(other["plans"])
    # "70% kế hoạch", "so với kế hoạch năm", "vượt dự toán giao": a measure
    measure = rf"(?<=%|(?<!\w){alternation(w for w in other['against'] if w != '%')})\s+{plans}"
    # "nếu … thì"
    conditional = rf"{alternation(planned['if_then'])}(?!\w)[^.;:]{{1,120}}?(?<!\w){alternation(planned['then'])}"
    # what stands first wins, and of one place the first of these
    turn = (
        rf"(?P<nothing>{measure}(?!\w)|{alternation([*other['words'], *planned['may_not']])}|{alternation(actual['kept'])}(?!\w)|{plans}\s+số\s)"
        rf"|(?<!\w)(?P<planned>{alternation(planned['words'])}|{conditional})(?!\w)"
        rf"|(?<!\w)(?P<near>{alternation([*planned['near'], *planned['may']])})(?!\w)"
        rf"|(?P<actual>;|(?<!\w){alternation(actual['words'])}(?!\w))"
    )
    flags = regex.IGNORECASE
    return _Patterns(
        turn=regex.compile(turn, flags),
        after=regex.compile(rf"(?:\s+(?!và\s|để\s|cho\s|nên\s|thì\s)[^\s,.;:()\d]+){{0,4}}?\s+(?<!\w){alternation(planned['after'])}(?!\w)|\s*\(\s*dự kiến", flags),
        goes_on=regex.compile(rf"[-–+•*\s]*{alternation(data['goes_on']['words'])}(?!\w)", flags),
        until_year=regex.compile(r"(?<!tính\s)(?<!\w)đến\s+(?:(?:hết|cuối|đầu|giữa)\s+)?(?:năm\s+)?(?P<y>20\d\d)(?!\d)", flags),
    )


def link(reading: Reading, figures: tuple[Mention, ...], others: tuple[Mention, ...]) -> tuple[Link | None, ...]:
    """`status` for each figure that is planned, None for an actual one. Figures in the order of the text."""
    found: list[Link | None] = []
    before: tuple[int, Link | None] = (-2, None)
    for figure in figures:
        number = reading.sentence_index(figure.start)
        sentence = reading.sentences[number] if reading.sentences else (0, len(reading.text))
        said = _planned(reading, sentence, figure)
        if said is None and before[1] is not None and number - before[0] == 1 and _goes_on(reading.text, sentence, figure):
            found.append(before[1])
            continue
        result = Link({"status": "planned"}, {"status": said}) if said else None
        found.append(result)
        before = (number, result)
    return tuple(found)


def _planned(reading: Reading, sentence: Span, figure: Mention) -> Span | None:
    """The words that make a figure planned."""
    text, p = reading.text, _patterns()
    span: Span | None = None
    for m in p.turn.finditer(text, sentence[0], figure.start):
        if m["planned"]:
            span = None if _enclosed(text, m.end(), figure.start) else m.span("planned")
        elif m["near"]:
            span = span or (None if regex.search(r",\s", text[m.end() : figure.start]) else m.span("near"))
        elif m["actual"]:
            span = None
    if span:
        return span
    if m := p.after.match(text, figure.end, sentence[1]):
        return m.span()
    return _until(reading, sentence, figure)


def _enclosed(text: str, start: int, end: int) -> bool:
    """Whether a bracket closes between the two: what stood in it does not hold behind it."""
    between = text[start:end]
    return between.count(")") > between.count("(")


def _until(reading: Reading, sentence: Span, figure: Mention) -> Span | None:
    """ "đến năm 2020": planned when that year is still to come."""
    p = _patterns()
    last: regex.Match[str] | None = None
    for last in p.until_year.finditer(reading.text, sentence[0], figure.start):  # noqa: B007
        pass
    if last is None:
        return None
    for m in p.turn.finditer(reading.text, last.end(), figure.start):
        if m["actual"]:
            return None
    latest = latest_in(reading)
    return last.span() if latest is None or int(last["y"]) > latest else None


def _goes_on(text: str, sentence: Span, figure: Mention) -> bool:
    """Whether a sentence goes on with the plan of the one before it: "Trong đó …", without a word of fact."""
    p = _patterns()
    if not p.goes_on.match(text, *sentence):
        return False
    return not any(m["actual"] for m in p.turn.finditer(text, sentence[0], figure.start))
