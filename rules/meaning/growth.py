"""What grew or fell: the thing that a percentage of change is about, where no name of an indicator stands at it."""

from __future__ import annotations

from functools import cache

import regex

from rules.base import Mention, Span
from rules.meaning import nominal, phrases
from rules.numbers import END
from rules.words import cached, lexicon


@cache
def _counted() -> regex.Pattern[str]:
    """563.321 lượt người đến khám bệnh, (tăng 5%): what was counted before grew"""
    return regex.compile(
        r"(?<![\d.,])\d[\d.,]*(?:[ ]+(?:nghìn|ngàn|triệu|tỷ))?[ ]+(?=\p{L})", regex.IGNORECASE
    )


def count_that_grew(text: str, start: int, figure: Mention) -> Span | None:
    """What is counted directly before the comma: "1,8 triệu lượt khách, tăng 20%"."""
    m = _directly_grew().search(text, max(start, figure.start - 60), figure.start)
    if m is None:
        return None
    counted = _counted_before(text, start, m.start())
    # the count must be what the clause before ends with
    return counted[0] if counted and not text[counted[1] : m.start()].strip() else None


@cache
def _grew() -> regex.Pattern[str]:
    return regex.compile(r"(?:tăng|giảm|thêm|hơn|kém)[ ]+(?:hơn[ ]+|gần[ ]+|khoảng[ ]+)?$", regex.IGNORECASE)


@cache
def _directly_grew() -> regex.Pattern[str]:
    """(…1,8 triệu lượt bệnh nhân), tăng 20%: nothing but the verb between the comma and the figure"""
    return regex.compile(
        r"[,(][ ]*(?:(?:đã|cũng|tăng|giảm|trưởng|hơn|gần|khoảng|trên|và|chỉ|so với cùng kỳ)[ ]*)+$",
        regex.IGNORECASE,
    )


def _name_before(text: str, start: int, number: int) -> Span | None:
    """khách du lịch 11,85 triệu lượt; sản lượng ước đạt 13,7 nghìn tấn: the noun before a number of mere measure"""
    limit, _ = phrases.trim_links(text, start, number)
    found = nominal.clauses(text, start, limit)
    if not found or found[0][1] < limit - 1:
        return None
    if (named := nominal.last_phrase(text, *found[0])) is not None:
        return named
    opener = phrases.openers().match(text, *found[0])
    span = phrases.clean(text, (opener.end() if opener else found[0][0], limit))
    return span if 1 <= len(phrases.words_of(text, span)) <= 5 and not _is_clause(text, span) else None


def _is_clause(text: str, span: Span) -> bool:
    """A stretch with a word that ends phrases in it is a clause, no name."""
    return phrases.first_end(phrases.ends(), text, span[0], span[1]) < span[1]


def _name_of_count(text: str, start: int, stop: int) -> Span | None:
    counted = _counted_before(text, start, stop)
    return counted[0] if counted else None


def _counted_before(text: str, start: int, stop: int) -> tuple[Span, int] | None:
    """The name of what is counted nearest before an offset, and where the count ends."""
    counts = list(_counted().finditer(text, start, stop))
    for m in reversed(counts):
        if _grew().search(text, max(start, m.start() - 12), m.start()):
            continue
        end = phrases.first_end(phrases.ends(), text, m.end(), stop)
        span = phrases.clean(text, (m.end(), end))
        words = phrases.words_of(text, span)
        if len(words) == 1 and (name := _name_before(text, start, m.start())) is not None:
            return name, span[1]
        if (
            len(words) > 1
            and words[0].lower() not in ("tháng", "năm", "ngày", "quý", "giờ", "tuần", "đồng", "usd")
            and len(words) <= 10
        ):
            return span, span[1]
    return None


@cache
def _about_pattern() -> regex.Pattern[str]:
    """tăng 10,4% về số lượng doanh nghiệp"""
    return regex.compile(r"[ ]+(?:cả[ ]+)?về[ ]+(?:mặt[ ]+)?(?=\p{L})")


def said_behind(text: str, figure: Mention, stop: int) -> Span | None:
    """The thing said behind the percentage: "tăng 10,4% về số lượng doanh nghiệp"."""
    m = _about_pattern().match(text, figure.end, stop) if figure.kind == "percent" else None
    if m is None:
        return None
    end = phrases.phrase_end(text, m.end(), m.end(), stop)
    end = min(end, *(e for e in (text.find(" và ", m.end(), end),) if e > 0), end)
    span = phrases.clean(text, (m.end(), end))
    return span if 1 <= len(phrases.words_of(text, span)) <= 8 else None


@cache
def _mover() -> regex.Pattern[str]:
    """The verb of growth or fall with what stands before it in its clause."""
    return regex.compile(
        rf"(?:(?<![\p{{L}}])(?:đã|đang|sẽ|cũng|đều|lại|vẫn|tiếp tục|ước|dự kiến|chỉ|có thể|bị|được|bình quân|trung bình|đột ngột|liên tục)[ ]+)*(?<![\p{{L}}])(?:tăng|giảm|sụt|tụt|vượt|chiếm|đạt|hạ|nhích)(?:[ ]+(?:trưởng|giảm))?{END}",
        regex.IGNORECASE,
    )


def thing_that_changed(text: str, start: int, figure: Mention, sentence: Span) -> Span | None:
    """What grew or fell: "phương tiện đường bộ đã tăng 16-18%", "giảm 20% học phí"."""
    if not figure.fields.get("change"):
        return None
    if (span := _object(text, figure, sentence[1]) or _price_before(text, start, figure)) is not None:
        return span
    moves = list(_mover().finditer(text, start, figure.start))
    if len(moves) > 1 and text[: moves[-1].start()].endswith(", "):
        moves.pop()  # kinh tế thành phố tăng trưởng cao, đạt 7,68%
    return _doer(text, start, moves[-1].start(), sentence) if moves else None


@cache
def _takes_part() -> regex.Pattern[str]:
    """chiếm (khoảng), đóng góp (hơn): directly before a share"""
    return regex.compile(
        r"(?<!\p{L})(?:(?:đã|đang|cũng|vẫn|hiện|chỉ)[ ]+)*(?:chiếm|đóng góp|góp)(?:[ ]+(?:khoảng|hơn|gần|trên|tới|đến|lên tới|chỉ|tỷ lệ))*[ ]*$",
        regex.IGNORECASE,
    )


def part_counted(text: str, start: int, figure: Mention, sentence: Span) -> Span | None:
    """The part that a share counts: "DN tư nhân chiếm 96%"."""
    m = _takes_part().search(text, max(start, figure.start - 45), figure.start)
    return _doer(text, start, m.start(), sentence) if m else None


def _doer(text: str, start: int, stop: int, sentence: Span) -> Span | None:
    """The noun phrase of the clause before a verb; clauses that only tell a time are passed over."""
    clauses = nominal.clauses(text, start, stop)
    if (
        not clauses
        or text[clauses[0][1] : stop].lstrip().startswith((",", "("))
        or text[clauses[0][1] : stop].strip(" ,(")
    ):
        return _name_of_count(text, sentence[0], stop) if start == sentence[0] else None
    for a, b in clauses:
        opener = phrases.openers().match(text, a, b)
        a = opener.end() if opener else a
        if not text[a:b].strip(" ,;:()") and opener is not None:
            continue
        if text[a:b].lstrip().startswith("so ") or ")" in text[b - 1 : stop]:
            return None
        if not text[a:b].strip(" ,;:()") or _mover().match(text, a, b) or _counted().match(text, a, b):
            return _name_of_count(text, sentence[0], stop)
        end = phrases.first_end(phrases.ends(), text, a, b)
        span = phrases.clean(text, (a, end if end > a else b))
        words = phrases.words_of(text, span)
        no_name = not words or words[0].lower() in _empty_words() or words[0].isdigit()
        alone = len(words) == 1 and (words[0][0].isupper() or words[0] in lexicon("indicators")["no_things"])
        return span if not (no_name or alone) and len(words) <= 8 else None
    return None


@cached
def _empty_words() -> frozenset[str]:
    """Words that no name begins with: thấp (hơn mức giảm 8,7%), mức cao."""
    data = lexicon("indicators")
    return frozenset(w for name in ("ends", "links") for w in data[name]) | {"thấp", "cao", "mạnh", "nhẹ"}


@cache
def _price() -> regex.Pattern[str]:
    """(phẫu thuật được điều chỉnh) tăng giá: no head of a phrase, yet what goes up"""
    return regex.compile(r"(?<!\p{L})(?:tăng|giảm|hạ|nâng)[ ]+(?P<price>giá)[ ]*$", regex.IGNORECASE)


def _price_before(text: str, start: int, figure: Mention) -> Span | None:
    """The price that is raised or lowered directly before the figure: "tăng giá khoảng 20%"."""
    limit, _ = phrases.trim_links(text, start, figure.start)
    m = _price().search(text, max(start, limit - 20), limit)
    return m.span("price") if m else None


def _object(text: str, figure: Mention, stop: int) -> Span | None:
    begin = figure.end + 1
    while text.startswith(" ", begin):
        begin += 1
    head = phrases.heads().match(text, begin, stop) if text.startswith(" ", figure.end) else None
    if head is None:
        return None
    return phrases.clean(text, (head.start(), phrases.phrase_end(text, head.start(), head.end(), stop)))
