"""Positions: "Phó Bí thư Thường trực", "Trưởng phòng", "nguyên Giám đốc", with tenure and without the body."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Literal

import regex
from ahocorasick_rs import AhoCorasick

from rules.base import Span
from rules.words import alternation, lexicon

Tenure = Literal["current", "former", "acting"]


@dataclass(frozen=True, slots=True)
class Office:
    """A position in the text. `noun`: the body's noun that is part of it ("phòng" of "Trưởng phòng")."""

    start: int
    end: int
    head: str
    tenure: Tenure
    outer: int
    noun: Span | None = None


@cache
def _position() -> regex.Pattern[str]:
    """Tenure, deputy, head, suffix: "nguyên | Phó | Bí thư | Thường trực"; "Phó trưởng | phòng"."""
    words = lexicon("officials")
    deputy = rf"(?:{alternation(words['deputy'])} *)"
    # "phụ trách" with what one is in charge of behind it is no suffix.
    suffix = rf"(?:{alternation(words['suffix'])}|phụ trách(?= *(?:[,;.)(–-]|(?-i:\p{{Lu}})|$)))"
    short = rf"(?-i:{alternation(words['abbreviated'])})"
    simple = rf"{deputy}?(?P<head>(?:tổng +)?{alternation([*words['national'], *words['heads']])}|{short})"
    led = rf"(?:(?:{deputy}?trưởng|quyền +trưởng)(?: +{suffix})?|phó) +(?P<noun>{alternation(words['led'])})"
    staff = rf"(?P<staff>{alternation(words['staff'])} +{alternation(words['staff_work'])}(?: *[-,–] *{alternation(words['staff_work'])})?)"
    former, acting, newly = (alternation(words[k]) for k in ("former", "acting", "newly"))
    return regex.compile(
        rf"(?i)(?<![\p{{L}}\p{{M}}\d])(?:(?P<former>{former}) +)?(?:(?P<acting>{acting}) *|{newly} +)?"
        rf"(?P<position>(?:{simple}|{led}|{staff})(?: +{suffix}(?! +(?:{alternation(words['staff_work'])})))?)(?![\p{{L}}\p{{M}}\d])"
    )


@cache
def _triggers() -> AhoCorasick:
    words = lexicon("officials")
    heads = {*words["national"], *words["heads"], *words["staff"], "trưởng", "phó"}
    forms = {form for head in heads for form in _written(head)}
    return AhoCorasick(sorted(forms | set(words["abbreviated"])))


def _written(head: str) -> Iterator[str]:
    """The ways to write a head: in capitals, or each word with a capital or without."""
    yield head.upper()
    for words in product(*((w, w.capitalize()) for w in head.split())):
        yield " ".join(words)


def touched(text: str) -> Iterator[int]:
    """Offsets where an office may stand: a cheap look before any grammar."""
    last = -1
    for _, start, _ in _triggers().find_matches_as_indexes(text):
        if start > last:
            yield start
            last = start


def _noun(m: regex.Match[str]) -> Span | None:
    """The noun in a position that the body begins with: "phòng" of "Trưởng phòng", "Thanh tra" of "Chánh Thanh tra"."""
    if m["noun"]:
        return m.span("noun")
    if m["head"] and m["head"].lower().endswith("thanh tra"):
        return m.end("head") - len("thanh tra"), m.end("head")
    return None


def offices(text: str, start: int, end: int) -> Iterator[Office]:
    """The positions between two offsets."""
    for m in _position().finditer(text, start, end):
        tenure: Tenure = "former" if m["former"] else "acting" if m["acting"] else "current"
        if m["position"].lower().endswith("phụ trách"):
            tenure = "acting"
        head = (m["head"] or m["staff"] or m["position"]).lower()
        yield Office(m.start("position"), m.end("position"), head, tenure, m.start(), _noun(m))
