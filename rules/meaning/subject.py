"""The subject: whose figure it is where that is not (only) a unit: a firm, a person, a sector, a region.

Read in three places: the noun phrase of a list's next member ("…, xây dựng 15%"), "của …" behind the indicator,
the firm or person that the clause begins with.
"""

from __future__ import annotations

import re
from functools import cache

import regex

from rules.base import Mention, Span
from rules.meaning import phrases
from rules.meaning.order import InOrder
from rules.numbers import END
from rules.words import PLAIN_END, alternation, cached, capitals, lexicon


@cache
def _owner() -> regex.Pattern[str]:
    """của Công ty X, của doanh nghiệp FDI; not của huyện, của mình"""
    none = alternation(lexicon("subjects")["no_subject"])
    return regex.compile(rf"[ ]+của[ ]+(?!(?:{none}){END})(?=\p{{L}})")


@cache
def _actor() -> re.Pattern[str]:
    """Công ty cổ phần A, ông Nguyễn Văn B, vùng Trung du: at the head of a clause"""
    data = lexicon("subjects")
    capital, letter = f"[{capitals()}]", r"[^\W\d_]"
    body = rf"(?P<body>{alternation(data['bodies'])}){PLAIN_END}(?=[ ][^,;:.()\d]*{capital})"
    person = rf"(?i:{alternation(data['persons'])})(?:[ ]+{capital}(?:{letter}|[.’'-])*){{1,4}}"
    region = rf"(?:{alternation(data['regions'])})[ ]+(?:{letter}|[ ]){{3,40}}?(?=[ ]+(?:đạt|có|với|tăng|giảm|chiếm|là|ước))"
    return re.compile(rf"(?<![^\W\d_])(?:{body}|{person}|{region})")


@cached
def _name_end() -> re.Pattern[str]:
    """Where the name of a firm ends: at a verb or a mark; small letters may belong to it (Liên đoàn Doanh nghiệp)."""
    words = [
        *lexicon("indicators")["ends"],
        *lexicon("verbs")["own_object"],
        *lexicon("subjects")["saying"],
        *lexicon("subjects")["standing"],
        "lãi",
    ]
    return phrases.end_pattern(tuple(w for w in words if w not in ("đầu tư", "bán", "thu", "mua")))


def owner(text: str, indicator: Span, stop: int, places: InOrder[Mention]) -> Span | None:
    """The owner named behind an indicator: doanh thu của Công ty A."""
    m = _owner().match(text, indicator[1], stop)
    if m is None:
        return None
    end = phrases.first_end(phrases.ends(), text, m.end(), stop)
    span = phrases.clean(text, (m.end(), end))
    if not 1 <= len(phrases.words_of(text, span)) <= 9 or _is_place(span, places):
        return None
    return span


def _is_place(span: Span, places: InOrder[Mention]) -> bool:
    """A unit is the figure's place, no subject: what stands there begins with a mention of one."""
    return any(
        p.start <= span[0] < p.end or (span[0] <= p.start and p.end == span[1] and p.start - span[0] < 12)
        for p in places.around(*span)
    )


@cache
def _saying() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?<![\p{{L}}]){alternation(lexicon('subjects')['saying'])}{END}", regex.IGNORECASE
    )


def actor(text: str, start: int, figure: Mention) -> Span | None:
    """The firm, person or region that a sentence begins with; not one that is only quoted ("theo ông A", "ông A cho biết")."""
    opener = phrases.openers().match(text, start, figure.start)
    begin = opener.end() if opener else start
    m = _actor().match(text, begin, figure.start)
    if m is None or "theo" in text[start:begin].lower() or _saying().search(text, m.end(), figure.start):
        return None
    end = phrases.first_end(_name_end(), text, m.end(), figure.start) if m["body"] else m.end()
    span = phrases.clean(text, (m.start(), end))
    return span if len(phrases.words_of(text, span)) <= 12 else None


@cache
def _member_break() -> regex.Pattern[str]:
    return regex.compile(
        rf"[;,(]|(?<![\p{{L}}])(?:và|còn|trong khi|trong khi đó|riêng){END}", regex.IGNORECASE
    )


@cached
def _member_end() -> re.Pattern[str]:
    """Where the next member of a list ends: at a verb, also at one that takes the figure (Tuấn | nhận 900 triệu đồng)."""
    return phrases.end_pattern((*lexicon("indicators")["ends"], *lexicon("verbs")["receiving"]))


@cache
def _leading() -> regex.Pattern[str]:
    """Before a member: ở Mỹ, của các nước, đối với bậc đại học; always matches."""
    return regex.compile(
        rf"[ ]*(?:(?:ở|tại|của|với|đối[ ]với|cho|trong|từ|phía|bên){END}[ ]*)?", regex.IGNORECASE
    )


@cache
def _numbered() -> regex.Pattern[str]:
    return regex.compile(r"[ ]+(?:\d{1,4}|[IVX]+)[ ]*")


@cache
def _no_member() -> regex.Pattern[str]:
    return regex.compile(rf"{alternation(lexicon('subjects')['no_member'])}{END}", regex.IGNORECASE)


def member(text: str, start: int, figure: Mention) -> Span | None:
    """The next member of a list between two figures: "; tiếp theo là Công ty B chiếm", ", bậc cao đẳng"."""
    limit, _ = phrases.trim_links(text, start, figure.start)
    breaks = list(_member_break().finditer(text, start, limit))
    if not breaks:
        return None
    begin = breaks[-1].end() if len(text[breaks[-1].end() : limit].split()) > 1 else breaks[0].end()
    opener = phrases.openers().match(text, begin, limit)
    leading = _leading().match(text, opener.end() if opener else begin, limit)
    begin = leading.end() if leading else begin
    end = phrases.first_end(_member_end(), text, begin, limit)
    if _numbered().fullmatch(text, end, limit):  # giai đoạn 1, quý II
        end = limit
    span = phrases.clean(text, (begin, end))
    n = len(phrases.words_of(text, span))
    rest = text[end:limit].strip(" ,").lower()
    if not 1 <= n <= 9 or (rest and rest not in lexicon("verbs")["receiving"]) or not text[span[0]].isalpha():
        return None
    if _no_member().match(text, span[0], limit):
        return None
    return span


# What `_holds` ends with.
_HAVING = ("có", "với", "được niêm yết", "được bán")


@cache
def _holds() -> regex.Pattern[str]:
    """Kawasaki KX100 có (mức giá); Công ty giấy Sơn Phú với (số nợ): what stands before the indicator"""
    return regex.compile(
        r"(?P<whose>\p{L}.*?)[ ]*(?:\([^()]{1,60}\))?(?:[ ]+(?:đang|hiện|hiện đang|cũng|đã|sẽ|chỉ|luôn|thường))*[ ]+(?:có|với|được bán với|bán với|được niêm yết|được bán)[ ]*",
        regex.IGNORECASE,
    )


def holder(text: str, start: int, indicator: Span, places: InOrder[Mention]) -> Span | None:
    """The thing or firm that has what is measured: "Kawasaki KX100 có mức giá 4.349 USD"."""
    if not text[start : indicator[0]].rstrip(" ").lower().endswith(_HAVING):
        return None
    cuts = [m.end() for m in _holder_break().finditer(text, start, indicator[0])]
    begin = cuts[-1] if cuts else start
    opener = phrases.openers().match(text, begin, indicator[0])
    m = _holds().fullmatch(text, opener.end() if opener else begin, indicator[0])
    if m is None or _owner_none().match(text, m.start()) or _saying().search(text, m.start(), m.end()):
        return None
    whose = m.span("whose")
    stands = _standing().search(text, *whose)
    span = phrases.clean(text, (whose[0], stands.start() if stands else whose[1]))
    plain = phrases.first_end(phrases.ends(), text, span[0], span[1])
    numbered = text[plain : span[1]].strip()[:1].isdigit()
    if (
        not 1 <= len(phrases.words_of(text, span)) <= 10
        or (plain < span[1] and not numbered)
        or _is_place(span, places)
    ):
        return None
    return None if _no_member().match(text, span[0]) else span


@cached
def _standing() -> regex.Pattern[str]:
    """Công ty A | đứng đầu danh sách (với số nợ 3 tỷ đồng)"""
    return regex.compile(rf"[ ]+{alternation(lexicon('subjects')['standing'])}{END}", regex.IGNORECASE)


@cache
def _owner_none() -> regex.Pattern[str]:
    return regex.compile(rf"{alternation(lexicon('subjects')['no_subject'])}{END}", regex.IGNORECASE)


@cache
def _holder_break() -> regex.Pattern[str]:
    return regex.compile(r"[;:!?\n–“”\"]|[.](?!\d)|,[ ]")


@cached
def _taker() -> regex.Pattern[str]:
    """Miliket (chỉ còn) chiếm; trong dự án này, ông Jacky Cheung góp vốn: at the head of a clause"""
    data = lexicon("subjects")
    name = r"\p{Lu}[\p{L}\p{M}\d.&’'-]*(?:[ ]+\p{Lu}[\p{L}\p{M}\d.&’'-]*){0,4}"
    person = rf"(?:{alternation(data['persons'])}[ ]+)?"
    return regex.compile(
        rf"(?:^|[,;:.!?(“\"\n–-][ ]*|(?<!\p{{L}})(?:{alternation(data['before_taker'])})[ ]+)(?P<name>{person}{name})"
        rf"(?:[ ]+{alternation(data['still'])})*[ ]+{alternation(data['taking'])}{END}(?:[ ]+\p{{Ll}}+){{0,4}}[ ]*$"
    )


def taker(text: str, start: int, figure: Mention, places: InOrder[Mention]) -> Span | None:
    """Who takes a share or puts a sum in, where the clause begins with a name: "SBV chiếm 24% thị phần"."""
    if "chiếm" not in text[start : figure.start] and "góp" not in text[start : figure.start]:
        return None
    m = _taker().search(text[max(start, figure.start - 100) : figure.start])
    if m is None:
        return None
    shift = max(start, figure.start - 100)
    span = (m.start("name") + shift, m.end("name") + shift)
    data = lexicon("subjects")
    no_name = m["name"].lower() in (*data["still"], *data["pronouns"])  # "Từng chiếm 90%", "Bà góp 45%"
    return (
        None if no_name or any(p.start < span[1] and span[0] < p.end for p in places.around(*span)) else span
    )


@cache
def _abroad() -> regex.Pattern[str]:
    """80% tại Italia: a name that is no unit"""
    return regex.compile(r"[ ]+(?:tại|ở)[ ]+(?P<name>\p{Lu}[\p{L}\p{M}-]*(?:[ ]+\p{Lu}[\p{L}\p{M}-]*){0,3})")


def at_name(text: str, figure: Mention, places: InOrder[Mention]) -> Span | None:
    """The country or place that is no unit directly behind a figure: "80% tại Italia, 77% tại Pháp"."""
    m = _abroad().match(text, figure.end)
    if m is None or any(
        p.start < m.end() and m.start("name") < p.end for p in places.around(*m.span("name"))
    ):
        return None
    return None if m["name"] in ("Việt Nam", "VN") else m.span("name")
