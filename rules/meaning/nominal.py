"""The noun phrase that names a figure: before it in its clause, or directly behind it."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

import regex

from rules.base import Mention, Span
from rules.meaning import phrases
from rules.numbers import END
from rules.words import PLAIN_END, alternation, cached, capitals, lexicon


def is_verbal(text: str, span: Span) -> bool:
    """A one-syllable noun that is a verb as well: còn nợ 717 triệu đồng tiền thuê đất."""
    return text[slice(*span)].lower() in lexicon("indicators")["verbal"]


@cache
def clause_break() -> re.Pattern[str]:
    """A mark that parts clauses; a dot inside a number is none."""
    return re.compile(rf"[;:!?\n–()\"“”]|\.(?<![{capitals()}].)(?!\d)|, | - ")


def clauses(text: str, start: int, end: int) -> list[Span]:
    """The clauses of a stretch, the last first; at most three."""
    cuts = [start, *(m.end() for m in clause_break().finditer(text, start, end)), end]
    spans = [(a, b) for a, b in pairwise(cuts) if text[a:b].strip(' ,;:()."“”–-')]
    return spans[::-1][:3]


@cache
def _strong_link() -> regex.Pattern[str]:
    """A verb that makes the clause's subject the thing measured: X là 5 tỷ, X đạt, X ở mức."""
    return regex.compile(
        rf"(?<![\p{{L}}])(?:là|đạt|ước|ở mức|lên tới|lên đến|bằng|đạt được){END}", regex.IGNORECASE
    )


@cache
def _other_thing() -> regex.Pattern[str]:
    """rẻ hơn (giá niêm yết 100 triệu đồng): the amount is a difference, not that price"""
    return regex.compile(r"(?<!\p{L})(?:rẻ|đắt|cao|thấp|nhiều|ít|lớn|kém)[ ]hơn[ ]$", regex.IGNORECASE)


def phrase_before(
    text: str, start: int, limit: int, linked: bool, figure: Mention
) -> tuple[Span | None, bool]:
    """The noun phrase before a figure that is its subject or stands at it, and whether only "số tiền" stands there.

    `limit`, `linked`: what `phrases.trim_links` says of the stretch before the figure.
    """
    span, generic = _nearest(text, clauses(text, start, limit), figure)
    if span is not None and _other_thing().search(text, max(start, span[0] - 12), span[0]):
        return None, False
    if span is not None:
        return span, generic
    if _strong_link().search(text, limit, figure.start):
        return _subject_phrase(text, start, limit), False
    if (
        linked
        and figure.kind == "money"
        and (subject := _subject_phrase(text, start, limit))
        and not takes_figure().search(text, subject[1], limit)
    ):
        return subject, False
    return None, False


def _subject_phrase(text: str, start: int, limit: int) -> Span | None:
    """The noun phrase that a sentence begins with, whatever stands between it and "là": mức lãi suất mà … cho vay là"""
    m = None
    for begin in [start, *(c.end() for c in clause_break().finditer(text, start, limit))]:
        opener = phrases.openers().match(text, begin, limit)
        head = phrases.heads().match(text, opener.end() if opener else begin, limit)
        if head is not None and _is_head(
            text, head, phrases.phrase_end(text, head.start(), head.end(), limit)
        ):
            m = head
    if m is None:
        return None
    stop = phrases.phrase_end(text, m.start(), m.end(), limit)
    return phrases.clean(text, (m.start(), word_limit(text, m.start(), stop)))


def _nearest(text: str, clauses: list[Span], figure: Mention) -> tuple[Span | None, bool]:
    generic: Span | None = None
    for n, (a, b) in enumerate(clauses):
        span = last_phrase(text, a, b)
        if span is None:
            if n == 0 and not _is_aside(text, a, b):
                return None, False
            continue
        if n and not (generic or _is_aside_between(text, span[1], figure.start)):
            break
        if not is_generic(text, span):
            return span, generic is not None
        inner = last_phrase(text, a, span[0])
        if (
            inner is not None
            and not is_generic(text, inner)
            and _leads_to().fullmatch(text, inner[1], span[0])
        ):
            return inner, True
        generic = generic or span
    return generic, generic is not None


@cache
def _leads_to() -> regex.Pattern[str]:
    """Between what an amount is and "số tiền": "mức hỗ trợ với ", not "tài sản liên quan đến "."""
    return regex.compile(
        r"[ ,:(]*(?:của[^,.;]{1,40}|cho[^,.;]{1,60}|trong[^,.;]{1,30}|tại[^,.;]{1,40})?[ ,:]*(?:(?:với|là|gồm|bằng|có|theo|được)[ ]*)?(?:tổng[ ])?"
    )


def last_phrase(text: str, start: int, end: int) -> Span | None:
    """The last noun phrase with a head noun in a clause that reaches its end, but for "của …", "tại …"."""
    best: Span | None = None
    at = start
    while at < end:
        m = phrases.find_head(text, at, end)
        if m is None:
            break
        stop = phrases.phrase_end(text, m.start(), m.end(), end)
        if best is not None and text[best[1] : m.start()].strip() == "của":  # giá trị hợp lý (của cổ phiếu A)
            at = max(stop, m.end())
            continue
        if _is_head(text, m, stop) and (_reaches(text, stop, end) or _is_sum(text, m, stop, end)):
            limit = word_limit(text, m.start(), stop)
            phrase = phrases.clean(text, (m.start(), limit))
            if limit == stop and _is_clause(text, phrase, m.end()):
                at = m.end()
                continue
            best = best if best is not None and _is_weak(m) else phrase
        at = max(stop, m.end())
    return best


def _is_sum(text: str, m: re.Match[str], stop: int, end: int) -> bool:
    """số tiền (mà) bà A chiếm đoạt … là: a sum with the clause that tells which"""
    general = " ".join(m.group().lower().split()) in ("số tiền", "tổng số tiền", "khoản tiền", "tổng số vốn")
    return general and not phrases.more_words(text, stop, end, 20)


@cache
def _verb_at_end() -> regex.Pattern[str]:
    verbs = alternation(lexicon("verbs")["closing"])
    return regex.compile(rf"\S+[ ]+\S+[ ]+{verbs}(?:[ ]+\S+){{0,2}}$", regex.IGNORECASE)


def _is_clause(text: str, phrase: Span, head_end: int) -> bool:
    """(cho) ngân sách Nhà nước vay (ngân hàng): a clause whose verb takes the figure; but: số tiền hỗ trợ"""
    return bool(_verb_at_end().search(text[head_end : phrase[1]].lstrip()))


def word_limit(text: str, start: int, stop: int) -> int:
    """No name has more than a dozen syllables."""
    return phrases.at_most(text, start, stop, 12)


def _is_weak(m: re.Match[str]) -> bool:
    return " ".join(m["head"].lower().split()) in _weak() and m.start("head") == m.start()


def _is_head(text: str, m: re.Match[str], stop: int) -> bool:
    """A weak head (mức, số, thu) counts with a modifier before it, more words behind it, or behind "có", "với"."""
    if not _is_weak(m) or text[m.end() : stop].strip():
        return True
    return _having().match(text, max(0, m.start() - 6), m.start()) is not None


@cache
def _having() -> regex.Pattern[str]:
    return regex.compile(r"(?r)(?:,|(?<!\p{L})(?:có|với))[ ]*$")


@cached
def _weak() -> frozenset[str]:
    return frozenset(lexicon("indicators")["weak"])


@cached
def _generics() -> frozenset[str]:
    return frozenset(lexicon("indicators")["generic"])


def is_generic(text: str, span: Span) -> bool:
    """A word that says that it is money, not which: số tiền (này), con số."""
    words = " ".join(text[slice(*span)].lower().split())
    return words.removesuffix(" này").removesuffix(" trên").removesuffix(" đó") in _generics()


@cache
def _adjunct() -> regex.Pattern[str]:
    """What may follow the name before the verb: của huyện, tại các công ty, trong năm 2016, mà …, cho vay …"""
    return regex.compile(
        rf"[ ]*(?:$|[)\"”]|\d{{1,3}}\p{{L}}{{0,2}}[ ]*$|(?:của|tại|ở|trong|năm|tháng|quý|giai đoạn|nhiệm kỳ|từ|tính|hiện|hiện nay|theo|đến|mà|cho|trên|sau|trước|hàng năm|hằng năm|một năm|mỗi năm|ban đầu|toàn|cả|dành cho|do|đối với|được|ước tính|dự kiến|bình quân|trung bình|để|vào|với|này|khá|rất|đã|vẫn|cũng|không|chỉ|còn|thiếu|trị giá|ra|lên|cao|thấp|tăng|giảm){END})",
        regex.IGNORECASE,
    )


@cache
def takes_figure() -> re.Pattern[str]:
    """A verb that takes the figure for itself: hỗ trợ, trao, nhận, mua, phạt … the name before it is not the figure's."""
    verbs = alternation(lexicon("verbs")["own_object"])
    return re.compile(rf"(?<![^\W\d_]){verbs}{PLAIN_END}", re.IGNORECASE)


@cached
def _thing() -> regex.Pattern[str]:
    """căn biệt thự (trị giá) before a figure"""
    words = alternation(lexicon("indicators")["things"]["words"])
    return regex.compile(
        rf"(?<![\p{{L}}])(?P<thing>{words}{END}(?:[ ]+[\p{{L}}\p{{M}}\d]+){{0,6}}?)[ ,]*(?:trị[ ]giá|có[ ]giá|giá)?[ ]*$",
        regex.IGNORECASE,
    )


def thing_before(text: str, start: int, limit: int) -> Span | None:
    """The thing that an amount is the price of, where the stretch before it ends without links: "dự án 25 tỷ"."""
    m = _thing().search(text, max(start, limit - 70), limit)
    if m is None:
        return None
    end = phrases.first_end(phrases.ends(), text, m.start(), m.end("thing"))
    return (
        phrases.clean(text, m.span("thing"))
        if end >= m.end("thing") and not takes_figure().search(text, m.start(), limit)
        else None
    )


def _reaches(text: str, stop: int, end: int) -> bool:
    if phrases.more_words(text, stop, end, 18):
        return False
    rest = text[stop:end]
    return not rest.strip() or bool(_adjunct().match(rest) and not takes_figure().search(rest))


def _is_aside(text: str, start: int, end: int) -> bool:
    """A clause that only says when or opens: "trong năm 2016," """
    m = phrases.openers().match(text, start, end)
    return bool(m and not text[m.end() : end].strip(' ,;:()."“”–-'))


def _is_aside_between(text: str, start: int, end: int) -> bool:
    stretch = text[start:end].strip(" ,")
    limit, _ = phrases.trim_links(stretch, 0, len(stretch))
    return (
        limit == 0
        or _is_aside(stretch, 0, limit)
        or _adds().fullmatch(stretch[:limit].strip(" ,")) is not None
    )


@cache
def _adds() -> re.Pattern[str]:
    """Between a name and its figure: "của huyện", "tính đến hết năm"."""
    return re.compile(r"(?:của|tại|ở|trong|tính|từ|theo)\b[^;:.]{0,60}")


@cache
def _join() -> regex.Pattern[str]:
    """Between a figure and the noun behind it: 5 tỷ đồng (tiền) lãi, 32.079 tỷ từ lãi, 50 triệu đồng (2.000 USD) tiền công"""
    rate = r"(?:/[\p{L}/]+|[ ]+(?:mỗi|một)[ ]+(?:tháng|năm|người|ngày))?"
    return regex.compile(rf"{rate}(?:[ ]*\([^()]{{1,40}}\))?[ ]+(?:(?:(?P<source>từ)|là|cho|về)[ ]+)?")


def _is_source(head: re.Match[str]) -> bool:
    """từ nguồn vốn ngân sách: where the money comes from, not what it is"""
    return head.group().lower().startswith(("nguồn", "ngân sách", "quỹ", "vốn"))


def phrase_behind(text: str, figure: Mention, stop: int) -> Span | None:
    """The noun behind a figure: 735 tỷ đồng lãi, 44,5 tỷ đồng tổng doanh thu."""
    m = _join().match(text, figure.end, stop) if text.startswith((" ", "/", "("), figure.end) else None
    head = phrases.heads().match(text, m.end(), stop) if m else None
    if head is None or (m and m["source"] and _is_source(head)):
        return None
    end = phrases.phrase_end(text, head.start(), head.end(), stop)
    if (both := text.find(" và ", head.end(), end)) > 0:
        end = both
    word = " ".join(head["head"].lower().split())
    if word in _weak() and not text[head.end() : end].strip():
        return None
    return phrases.clean(text, (head.start(), word_limit(text, head.start(), end)))
