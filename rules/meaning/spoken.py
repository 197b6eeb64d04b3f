"""Money that is spoken of just before a figure: tiền đền bù … nhận 40 triệu; bố trí đủ vốn … bố trí 11 tỷ; giá tôm … tăng 20.000 đồng/kg."""

from __future__ import annotations

from functools import cache

import regex

from rules.base import Mention, Span
from rules.meaning import chains, nominal, phrases
from rules.meaning.chains import Named
from rules.numbers import END
from rules.words import alternation, cached, lexicon


@cached
def _carried() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """The money that is spoken of (tiền đền bù), and a verb that hands some of it out (nhận, được hưởng)."""
    words = alternation(lexicon("indicators")["carried"]["words"])
    verbs = alternation(lexicon("verbs")["receiving"], backward=True)
    return (
        regex.compile(rf"(?<![\p{{L}}]){words}{END}", regex.IGNORECASE),
        regex.compile(
            rf"(?r)(?<![\p{{L}}]){verbs}(?:[ ]+(?:là|hơn|gần|tổng số tiền|khoảng|trên|số tiền|tổng cộng|thêm|được))*[ ]*$",
            regex.IGNORECASE,
        ),
    )


def spoken_of(text: str, figure: Mention) -> Span | None:
    """tiền đền bù … ông mới nhận 40 triệu: the money spoken of in the sentences just before."""
    words, verbs = _carried()
    if not verbs.match(text, max(0, figure.start - 40), figure.start):
        return None
    found = list(words.finditer(text, max(0, figure.start - 260), figure.start))
    return found[-1].span() if found else None


@cache
def _price() -> regex.Pattern[str]:
    """giá tôm sú, mức phí, tiền công: what is told by the piece"""
    return regex.compile(
        r"(?<![\p{L}])(?:(?:mức|đơn)[ ]+)?(?:giá(?![ ]+(?:trị|như|mà))|t[ỷỉ][ ]giá|phí|cước|tiền công|tiền thuê|học phí|lương|thuế)(?!\p{L})(?:[ ]+\p{L}+){0,8}",
        regex.IGNORECASE,
    )


def priced_before(text: str, figure: Mention, earlier: list[tuple[Mention, Named | None]]) -> Named | None:
    """A rate (đồng/kg) without a name goes on with the rates before it, or with the price spoken of just before."""
    per = figure.fields.get("per")
    if figure.kind != "money" or per is None:
        return None
    taken = nominal.takes_figure().search(text, max(0, figure.start - 30), figure.start)
    paid = taken is not None and taken.group().lower() in lexicon("verbs")["pricing"]
    if taken is not None and not paid:
        return None
    reach = 150 if paid else 300
    for before, its in earlier:
        same = its and before.fields.get("per") == per and figure.start - before.end < reach
        # "trả giá 28.000 đồng/kg … nay chỉ trả 26.000/kg": who pays by the kilo pays the price
        if its and same and (not paid or _price().match(text, *its.span)):
            return Named(its.span, False)
    if paid:
        return None
    found = list(_price().finditer(text, max(0, figure.start - 200), figure.start))
    if not found:
        return None
    end = phrases.phrase_end(text, found[-1].start(), found[-1].start() + 3, found[-1].end())
    return Named(phrases.clean(text, (found[-1].start(), end)), False)


@cache
def _object() -> regex.Pattern[str]:
    """bố trí (đủ) vốn"""
    return regex.compile(r"[ ](?:(?:đủ|thêm|bổ sung|tiếp|toàn bộ|số|các)[ ]){0,2}", regex.IGNORECASE)


def object_of_verb(text: str, start: int, figure: Mention) -> Span | None:
    """kiến nghị bố trí đủ vốn … Bộ chỉ bố trí 11.517 tỷ đồng: what the same verb was said of just before"""
    verb = chains.verb_of(text, start, figure.start)
    if verb not in lexicon("verbs")["giving_out"] or text.startswith("/", figure.end):
        return None
    begin = max(0, figure.start - 420)
    for m in reversed(
        list(nominal.takes_figure().finditer(text, begin, max(begin, figure.start - len(verb) - 8)))
    ):
        gap = _object().match(text, m.end(), figure.start) if m.group().lower() == verb else None
        head = phrases.heads().match(text, gap.end(), figure.start) if gap else None
        if head is not None:
            return phrases.clean(
                text, (head.start(), phrases.phrase_end(text, head.start(), head.end(), figure.start))
            )
    return None
