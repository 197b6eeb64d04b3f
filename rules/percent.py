"""Percentages: 79,78%, 0,72 %, 5,08-5,1%, hai phần trăm, 1,5 điểm phần trăm; with change (tăng, giảm)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import regex

from rules import changes, measured, qualifiers
from rules.base import Mention, Reading
from rules.numbers import END, number_start

KINDS = ("percent",)


@cache
def _shape() -> measured.Shape:
    return measured.Shape(
        start=number_start(),
        unit=regex.compile(rf"[ ]*(?:%|(?:điểm[ ]+)?phần[ ]+trăm{END}|điểm[ ]+%)", regex.IGNORECASE),
        sense="share",
        # -3,5%, (+0,2%): a sign stands at the digit and behind a space or bracket, a list's dash before a space
        lead=re.compile(r"(?<=[\s(:])(?<!^)[-−–+]$"),
    )


_TRIGGERS = ("%", "phần trăm", "Phần trăm", "PHẦN TRĂM")


def find(reading: Reading) -> Iterator[Mention]:
    """Every percentage of the article."""
    for start, end, last in measured.triggered(reading, measured.offsets(reading.text, _TRIGGERS)):
        sentence = reading.text[start:end]
        last_end, last_change = -1, None
        for m in measured.measures(_shape(), sentence, last - start):
            change = changes.change(sentence, m.start, m.end, m.low != m.high)
            if change is None and last_end >= 0 and _goes_on().fullmatch(sentence, last_end, m.start):
                change = last_change
            last_end, last_change = m.end, change
            yield _mention(start, sentence, m, change)


@cache
def _goes_on() -> regex.Pattern[str]:
    """tăng lần lượt 5%, 7% và 9%: the change is said once."""
    return regex.compile(r"[ ]*(?:,|;|và|,[ ]+và)[ ]*", regex.IGNORECASE)


def _mention(offset: int, sentence: str, m: measured.Measure, change: changes.Change | None) -> Mention:
    low, high = (-m.high, -m.low) if m.lead in ("-", "−", "–") else (m.low, m.high)
    qualifier = qualifiers.qualifier(sentence, m.start, m.end, m.low != m.high)
    if change and change.exceeds and qualifier in ("over", "under"):
        qualifier = "exact"
    return Mention(
        kind="percent",
        start=offset + m.start,
        end=offset + m.end,
        rule="percent.range" if low != high else "percent.number",
        fields={
            "value_min": low,
            "value_max": high,
            "unit": "percent",
            "qualifier": qualifier,
            "change": change.direction if change else None,
        },
    )
