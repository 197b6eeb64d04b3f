"""Positions: "Phó Bí thư Thường trực", "Trưởng phòng", "nguyên Giám đốc", with tenure and without the body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Literal, NamedTuple

from ahocorasick_rs import AhoCorasick

from rules.base import Span
from rules.words import PLAIN_END, PLAIN_START, alternation, beginnings, cached, capitals, lexicon, not_behind

Tenure = Literal["current", "former", "acting"]


class Office(NamedTuple):
    """A position in the text. `noun`: the body's noun that is part of it ("phòng" of "Trưởng phòng")."""

    start: int
    end: int
    head: str
    tenure: Tenure
    outer: int
    noun: Span | None = None


@cached
def _position() -> re.Pattern[str]:
    """Tenure, deputy, head, suffix: "nguyên | Phó | Bí thư | Thường trực"; "Phó trưởng | phòng"."""
    words = lexicon("officials")
    deputy = rf"(?:{alternation(words['deputy'])} *)"
    # "phụ trách" with what one is in charge of behind it is no suffix.
    suffix = rf"(?:{alternation(words['suffix'])}|phụ trách(?= *(?:[,;.)(–-]|(?-i:[{capitals()}])|$)))"
    short = rf"(?-i:{alternation(words['abbreviated'])})"
    # "giữ chức vụ | Phó Chủ tịch": "vụ" ends another word and begins no "vụ phó".
    other = rf"(?!vụ +[^\W\d_])|{not_behind(words['vu_ends'], begin=PLAIN_START)}"
    simple = rf"{deputy}?(?P<head>(?:{other})(?:tổng +)?{alternation([*words['national'], *words['heads']])}|{short})"
    led = rf"(?:(?:{deputy}?trưởng|quyền +trưởng)(?: +{suffix})?|phó) +(?P<noun>{alternation(words['led'])})"
    staff = rf"(?P<staff>{alternation(words['staff'])} +{alternation(words['staff_work'])}(?: *[-,–] *{alternation(words['staff_work'])})?)"
    # "Đại sứ quán" is a body.
    former, acting, newly = (alternation(words[k]) for k in ("former", "acting", "newly"))
    not_power = not_behind(words["power"], begin=PLAIN_START)
    return re.compile(
        rf"{PLAIN_START}(?:(?P<former>{former}) +)?(?:(?P<acting>{not_power}{acting}) *|{newly} +)?"
        rf"(?P<position>(?:{simple}|{led}|{staff})(?: +{suffix}(?! +(?:{alternation(words['staff_work'])})))?){PLAIN_END}(?! +quán(?![^\W\d_]))",
        re.IGNORECASE,
    )


@cached
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


def touched(text: str) -> list[int]:
    """Offsets where an office's word stands: a cheap look before any grammar."""
    return sorted({start for _, start, _ in _triggers().find_matches_as_indexes(text, overlapping=True)})


def _noun(m: re.Match[str]) -> Span | None:
    """The noun in a position that the body begins with: "phòng" of "Trưởng phòng", "Thanh tra" of "Chánh Thanh tra"."""
    if m["noun"]:
        return m.span("noun")
    if m["head"] and m["head"].lower() == "chánh thanh tra":
        return m.end("head") - len("thanh tra"), m.end("head")
    return None


# An office begins no further before its head's word, and ends no further behind it (code points).
_BEFORE_HEAD, _BEHIND_HEAD = 24, 60


def offices(text: str, start: int, end: int, heads: Iterable[int]) -> Iterator[Office]:
    """The positions between two offsets. `heads`: where words of offices stand (see `touched`), in order."""
    position, at = _position(), start
    for head in heads:
        if head < at:
            continue
        # Each beginning is tried once: `at` moves on over those that failed.
        for begin in _beginnings(text, at, head):
            if m := position.match(text, begin, min(end, head + _BEHIND_HEAD)):
                yield _office(m)
                at = m.end()
                break
        else:
            at = head + 1


def _beginnings(text: str, start: int, head: int) -> list[int]:
    """Where an office may begin whose word stands at `head`: at the words that may stand before it, then there."""
    before = max(start, head - _BEFORE_HEAD)
    if not text[before:head].rstrip(" ").lower().endswith(_before_head()):
        return [head]
    return [*(m.start() for m in _first().finditer(text, before, head)), head]


@cached
def _before_head() -> tuple[str, ...]:
    """What may stand before the word of an office: "nguyên", "quyền", "Phó"."""
    words = lexicon("officials")
    return (*(w for name in ("former", "acting", "newly", "deputy") for w in words[name]), "tổng")


@cached
def _first() -> re.Pattern[str]:
    """The words that a position may begin with before its own: a cheap look."""
    return re.compile(beginnings(_before_head()))


def _office(m: re.Match[str]) -> Office:
    former, acting, position, head, staff = m.group("former", "acting", "position", "head", "staff")
    tenure: Tenure = "former" if former else "acting" if acting else "current"
    if position.lower().endswith("phụ trách"):
        tenure = "acting"
    start, end = m.span("position")
    return Office(start, end, (head or staff or position).lower(), tenure, m.start(), _noun(m))


def office_at(text: str, start: int, end: int) -> bool:
    """Whether a position begins exactly here."""
    return _position().match(text, start, end) is not None
