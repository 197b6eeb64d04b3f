"""What the words around a figure tell of whose it is: one's own money, a market price, a project, public money."""

from __future__ import annotations

from functools import cache

import regex

from rules.base import Mention, Reading, Span
from rules.meaning.marks import Machine, Mark, machine, words
from rules.meaning.order import InOrder
from rules.words import alternation

# How far before a figure, and behind it in its clause, the words that tell of its kind are looked for.
_BEFORE, _BEHIND = 160, 40


@cache
def _machine() -> Machine:
    groups = words()["evidence"]
    return machine({kind: [f for w in groups[kind] for f in (w, w[0].upper() + w[1:])] for kind in groups})


def told(text: str) -> InOrder[Mark]:
    """The telling words of a text in order; `group`: `own`, `market`, `ground`, `public`."""
    return InOrder(m for m in _machine().whole_words(text) if m.group != "neutral")


def nature(reading: Reading, figure: Mention, evidence: InOrder[Mark], sentence: Span) -> Mark:
    """What tells most of a figure: the nearest telling word of its sentence before it, else behind it.

    A mark of the group "" at the figure where nothing tells.
    """
    nothing = Mark("", figure.start, figure.start)
    before = next(evidence.back(figure.start, max(sentence[0], figure.start - _BEFORE)), None)
    if _of_goods(reading.text, figure) and not (
        before and before.group == "own" and figure.start - before.end < 24
    ):
        return Mark("goods", figure.start, figure.start)
    if before is not None:
        return before
    behind = next(evidence.ahead(figure.end, min(sentence[1], figure.end + _BEHIND)), None)
    if behind is not None and not _clause_end().search(reading.text, figure.end, behind.start):
        return behind
    return nothing


@cache
def _clause_end() -> regex.Pattern[str]:
    return regex.compile(r"[.;:,\n]")


@cache
def _goods() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """The goods that an amount buys, behind and before it: "/kg", " một quả"; "mỗi kg cá giá chỉ "."""
    goods = alternation(words()["market"]["goods"])
    return (
        regex.compile(rf"[ ]?(?:/[ ]?(?:1[ ]?)?|mỗi[ ]|một[ ]|1[ ]){goods}(?!\p{{L}})"),
        regex.compile(
            rf"(?i:mỗi|một)[ ]{goods}[ ][^.,;:\n]{{0,30}}giá[ ][^.,;:\d\n]{{0,20}}$"
            rf"|(?<!\p{{L}})(?i:giá)[ ](?:mỗi|một)[ ]{goods}[ ][^.,;:\d\n]{{0,20}}$"
        ),
    )


def _of_goods(text: str, figure: Mention) -> bool:
    behind, before = _goods()
    return bool(
        behind.match(text, figure.end) or before.search(text, max(0, figure.start - 60), figure.start)
    )
