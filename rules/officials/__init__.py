"""Officials: each statement that a named person holds an office, in which body, since or until when.

Offices are found by their words, the body behind each is read piece by piece, and the name is the one that
touches the office ("Chủ tịch UBND huyện X Nguyễn Văn A") or stands before it ("ông A, Chủ tịch …").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby

import regex

from rules.base import Mention, Reading, Span
from rules.officials.names import may_name
from rules.officials.offices import touched
from rules.officials.statements import Statement, statements
from rules.words import alternation, cached, lexicon

KINDS = ("official",)


def find(reading: Reading) -> Iterator[Mention]:
    """The officials of an article, in the order of its sentences."""
    for index, heads in groupby(touched(reading.text), reading.sentence_index):
        if index >= len(reading.sentences) or not may_name(reading.text, *reading.sentences[index]):
            continue
        seen: set[Span] = set()
        for statement in statements(reading.text, *reading.sentences[index], heads):
            mention = _mention(reading.text, statement)
            if mention and (mention.start, mention.end) not in seen:
                seen.add((mention.start, mention.end))
                yield mention


def _words(text: str, span: Span) -> str:
    return " ".join(text[slice(*span)].split())


def _mention(text: str, statement: Statement) -> Mention | None:
    name, office, body = statement.name, statement.held.office, statement.held.body
    position = (office.start, office.end)
    parts: dict[str, Span] = {"name": (name.start, name.end), "position": position}
    if body.span:
        parts["organisation"] = body.span
    organisation = _words(text, body.span) if body.span else None
    if (organisation and _sport().search(organisation.lower())) or (
        office.head in _needs_body() and not _told(body.span, office.noun)
    ):
        return None
    start = min(s for s, _ in parts.values())
    end = max(e for _, e in parts.values())
    if place := body.place or _constituency(text, office.head, name.end):
        parts["place"] = place
    return Mention(
        "official",
        start,
        end,
        statement.rule,
        {
            "name": _words(text, parts["name"]),
            "honorific": _words(text, name.honorific) if name.honorific else None,
            "position": _words(text, position),
            "organisation": organisation,
            "sector": _sector(office.head, organisation),
            "tenure": "former" if statement.former else office.tenure,
        },
        parts,
    )


def _constituency(text: str, head: str, at: int) -> Span | None:
    """What a deputy is elected in, behind the name: "(Bình Định)", "(đoàn Hà Nội)", ", đoàn Nghệ An"."""
    if head not in ("đại biểu", "đb", "đbqh"):
        return None
    m = _behind_deputy().match(text, at)
    return m.span("place") if m else None


@cache
def _behind_deputy() -> regex.Pattern[str]:
    unit = r"(?P<place>(?:(?:tỉnh|TP\.?|thành phố) ?)?\p{Lu}[\p{L}.]*(?: (?:- |– )?\p{Lu}[\p{L}.]*){0,3})"
    return regex.compile(
        rf" *(?:\( *(?:(?:đoàn|Đoàn)(?: ĐBQH)? )?{unit} *\)|, (?:đoàn|Đoàn)(?: ĐBQH)? {unit})"
    )


def _told(body: Span | None, noun: Span | None) -> bool:
    """Whether more is told of the body than the noun of the position."""
    return body is not None and body != noun


@cached
def _needs_body() -> frozenset[str]:
    return frozenset(lexicon("officials")["needs_body"])


def _any_of(key: str) -> re.Pattern[str]:
    """Any of the words of a list of bodies, as a whole word of a text in small letters."""
    words = alternation(map(str.lower, lexicon("officials_bodies")[key]))
    return re.compile(rf"(?<![^\W\d_]){words}(?![^\W\d_])")


@cached
def _sport() -> re.Pattern[str]:
    return _any_of("sport")


@cached
def _sectors() -> dict[str, re.Pattern[str]]:
    return {key: _any_of(key) for key in ("public_banks", "business", "business_head", "public")}


@cached
def _abroad() -> regex.Pattern[str]:
    """A country's name, which is none inside a longer name: "Mỹ" of "Mỹ Tho", "Anh" of "Đông Anh"."""
    words = alternation(lexicon("officials_bodies")["abroad"])
    before, behind = r"(?<!\p{Lu}\p{Ll}+ )(?=\p{Lu})", r"(?! *\p{Lu}\p{Ll}| (?!tại|về|có|ở)\p{Ll})"
    return regex.compile(rf"(?<![\p{{L}}]){before}(?i:{words})(?![\p{{L}}]){behind}")


@cached
def _trade_name() -> regex.Pattern[str]:
    """A body that begins with a trade name and no body's word: "VNPT", "Vietinbank", "Carlsberg Việt Nam"."""
    words = lexicon("officials_bodies")
    known = alternation([*words["closed"], *words["open"], *words["named"], *words["subjects"]])
    shape = r"(?:\p{Lu}{3,}|\p{L}*[fjwz]\p{L}*|\p{L}*bank|Viet\p{L}+|\p{Lu}\p{Ll}+\p{Lu}\p{L}*|\p{L}{7,})"
    return regex.compile(rf"(?=\p{{Lu}})(?!(?i:{known})(?![\p{{L}}])){shape}(?![\p{{L}}&-])")


def _sector(head: str, organisation: str | None) -> str:
    """Public unless the body is a firm's or another country's."""
    kinds, body = _sectors(), organisation or ""
    low = body.lower()
    if kinds["public"].match(low) or kinds["public_banks"].search(low):
        return "public"
    if kinds["business"].search(low) or kinds["business_head"].match(low):
        return "business"
    if low.startswith("việt nam"):
        return "public"
    if head in lexicon("officials")["foreign"] or _abroad().search(body):
        return "other"
    if head in ("tổng giám đốc", "kế toán trưởng", "tgđ") or (
        ("giám đốc" in head or head == "chủ tịch") and _trade_name().match(body)
    ):
        return "business"
    return "public"
