"""Figures that go on with what was named before: lists, equal amounts, shares of a whole."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import regex

from rules.base import Mention, Span
from rules.meaning import basis, nominal, phrases, subject
from rules.numbers import END
from rules.words import lexicon

MEMBERS = 24
"""How many figures back a list is followed: longer ones are tables, and time must stay linear."""

FAR = 900
"""So many characters back the parts of a sum are of what was told: "đã chi trả 923 tỷ đồng … Trong đó, huyện A đã chi trả 76 tỷ đồng"."""


class Named(NamedTuple):
    """An indicator: where its words stand, whether they are the figure's own, and whose figure it is."""

    span: Span
    own: bool
    subject: Span | None = None


@cache
def _equal_to() -> regex.Pattern[str]:
    """(tương đương 16 tỷ USD), tức 54 tỷ: the same amount once more"""
    return regex.compile(r"(?:tương đương(?: với)?|tức(?: là)?|khoảng|gần|hơn|~|[(])[ ]*$", regex.IGNORECASE)


@cache
def _again() -> regex.Pattern[str]:
    return regex.compile(r"[(][^()]*$|tương đương|tức")


def told_again(text: str, start: int, figure: Mention) -> bool:
    """Directly behind an amount, in brackets or after "tương đương": it is told again in another unit."""
    stretch = text[start : figure.start]
    return len(stretch) < 60 and bool(_again().search(stretch)) and bool(_equal_to().search(stretch))


def chained(
    text: str, start: int, limit: int, figure: Mention, earlier: list[tuple[Mention, Named | None]]
) -> Named | None:
    """The indicator of the figure before: where nothing new is said, or for the next member of a list.

    `limit`: where the stretch before the figure ends without its links.
    """
    if not earlier or not earlier[0][0].end <= start:
        return None
    its = earlier[0][1]
    if its is not None and _says_nothing(text, start, limit, figure.start):
        return Named(its.span, False, its.subject)
    like = next(((f, r) for f, r in earlier if alike(f, figure)), None)
    if like is None or like[1] is None:
        return None
    if nominal.takes_figure().search(text, start, figure.start):
        return same_verb(text, start, figure, [like])
    if _to_level().match(text, start, figure.start):
        return Named(like[1].span, False, like[1].subject)
    member = subject.member(text, start, figure)
    if member or _takes_apart().match(text, start, figure.start):
        return Named(like[1].span, False, member)
    if not like[1].own and _next_part().fullmatch(text, start, figure.start):
        return Named(like[1].span, False)
    return None


@cache
def _takes_apart() -> regex.Pattern[str]:
    """(29.512 tỷ đồng), trong đó dự án đường sắt là 20.930 tỷ đồng"""
    return regex.compile(r"[^.;]{0,40}[,;(][ ]*trong[ ]đó(?!\p{L})", regex.IGNORECASE)


@cache
def _next_part() -> regex.Pattern[str]:
    """; dự án môi trường nước (giai đoạn 2) là (8.582 tỷ đồng): the next part of a sum"""
    return regex.compile(
        r"[^,;.]{0,30}[,;][ ][^;.]{3,140}[ ](?:là|cần|được|khoảng|gần|hơn)[ ]", regex.IGNORECASE
    )


def verb_of(text: str, start: int, stop: int) -> str:
    """The last verb of a stretch that takes an amount for itself: chi trả."""
    found = list(nominal.takes_figure().finditer(text, max(start, stop - 60), stop))
    return found[-1].group().lower() if found else ""


def same_verb(
    text: str, start: int, figure: Mention, earlier: list[tuple[Mention, Named | None]]
) -> Named | None:
    """huyện A đã chi trả 76 tỷ đồng; huyện B đã chi trả 104 tỷ đồng: what is paid of the same money"""
    verb = verb_of(text, start, figure.start)
    for before, its in earlier if verb else ():
        if its and alike(before, figure) and verb_of(text, max(0, before.start - 60), before.start) == verb:
            return Named(its.span, False, subject.member(text, start, figure))
    return None


@cache
def _to_level() -> regex.Pattern[str]:
    """(18 tỷ đồng, nay) đã tăng lên 23 tỷ, giảm còn 3%: another level of the same thing"""
    return regex.compile(
        r"[^;.]{0,45}?(?:tăng|giảm|hạ)[ ]+(?:lên|còn|xuống|xuống còn|lên tới|lên đến)[ ]+[^,;.]{0,15}$",
        regex.IGNORECASE,
    )


def alike(a: Mention, b: Mention) -> bool:
    """Two figures of one kind, unit and sense."""
    return (a.kind, a.fields["unit"], a.fields.get("change")) == (
        b.kind,
        b.fields["unit"],
        b.fields.get("change"),
    )


def stretch_start(
    text: str, i: int, figures: tuple[Mention, ...], found: list[Named | None], sentence: Span
) -> int:
    """Where the stretch of a figure begins: behind the figure before it and what belongs to that one: 5 tỷ đồng lãi, 81% dự toán."""
    at = i - 1
    while at >= 0 and figures[at].kind == "households" and figures[i].kind != "households":
        at -= 1
    before = figures[at] if at >= 0 else None
    if before is None or not sentence[0] <= before.end <= figures[i].start:
        return sentence[0]
    its = found[at]
    if its is not None and its.own and before.end < its.span[1] <= figures[i].start:
        return its.span[1]
    if before.kind == "percent" and not before.fields.get("change"):
        whole = basis.whole(text, before, figures[i].start)
        return whole[1] if whole else before.end
    return before.end


def earlier_in_sentence(
    i: int, figures: tuple[Mention, ...], found: list[Named | None], sentence: Span
) -> list[tuple[Mention, Named | None]]:
    """The figures before one in its sentence with their indicators, the nearest first; no more than MEMBERS."""
    pairs = []
    for j in range(i - 1, max(-1, i - 1 - MEMBERS), -1):
        if figures[j].start < sentence[0]:
            break
        if figures[j].kind != "households":
            pairs.append((figures[j], found[j]))
    return pairs


@cache
def _of_whole() -> regex.Pattern[str]:
    """trong (tổng số) 600.000 tỷ đồng …: the amount is the whole of the shares behind it"""
    return regex.compile(
        r"(?<![\p{L}])trong[ ]+(?:tổng[ ]+)?(?:số[ ]+)?(?:(?:hơn|gần|trên|khoảng)[ ]+)?$", regex.IGNORECASE
    )


@cache
def _takes_share() -> regex.Pattern[str]:
    return regex.compile(rf"(?r)(?<![\p{{L}}])chiếm{END}[^;.]{{0,25}}$", regex.IGNORECASE)


def name_of_share(text: str, figure: Mention, earlier: list[tuple[Mention, Named | None]]) -> Span | None:
    """The name of a share that has none of its own: that of the share before it in a list, or of the whole."""
    names = lexicon("indicators")["shares"]
    if _takes_share().match(text, max(0, figure.start - 30), figure.start):
        for before, its in earlier:
            if before.kind == "percent" and its and text[slice(*its.span)].lower().startswith(tuple(names)):
                return its.span
    for before, its in earlier:
        if (
            before.kind == "money"
            and its
            and _of_whole().search(text, max(0, before.start - 40), before.start)
        ):
            return its.span
    return None


@cache
def _still_of_before() -> regex.Pattern[str]:
    """What belongs to the figure before: /lượng, (bán ra), kế hoạch năm, so với cùng kỳ"""
    return regex.compile(
        r"^(?:/[\p{L}/]+)?[ ]*(?:\([^()]{2,24}\)|(?<=[ ])(?:kế hoạch|dự toán|chỉ tiêu|so với|cùng kỳ)[^,;.]*)?"
    )


@cache
def _has() -> regex.Pattern[str]:
    return regex.compile(r"(?r)(?<!\p{L})có[ ]*(?:khoảng |hơn |gần |trên )?$")


@cache
def _compared() -> regex.Pattern[str]:
    return regex.compile(r"[ ,]*(?:so với|của|tại)\b[^;.]{0,60}")


def _says_nothing(text: str, start: int, limit: int, end: int) -> bool:
    """The stretch between two figures brings no new thing: ", tăng", "(tương đương", "và chỉ đạt"."""
    if _has().match(text, start, end):
        return False
    rest = _still_of_before().sub("", text[start:limit])
    opener = phrases.openers().match(rest)
    rest = rest[opener.end() :] if opener else rest
    return not rest.strip(' ,;:()."“”–-') or bool(_compared().fullmatch(rest))
