"""The indicator: the noun phrase that names what a figure measures, and the subject whose figure it is.

Each figure is read in the stretch between the figure before it and itself. Its own noun phrase goes first
("tổng vốn đầu tư đạt 5 tỷ"), then a noun behind it ("735 tỷ đồng lãi"), then the phrase of the figure before
where the stretch between says nothing new (", tăng 9,2%"), then the same figure told in full elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from rules.base import Link, Mention, Reading, Span
from rules.meaning import phrases, subject
from rules.numbers import END
from rules.words import alternation, lexicon


@dataclass(frozen=True, slots=True)
class _Found:
    span: Span
    own: bool
    subject: Span | None = None


def link(reading: Reading, figures: tuple[Mention, ...], others: tuple[Mention, ...]) -> tuple[Link | None, ...]:
    """Indicator (and indicator_id) of each figure."""
    found: list[_Found | None] = []
    for i in range(len(figures)):
        found.append(_indicator(reading, i, figures, found))
    told = [f or r for f, r in zip(found, _retold(figures, found), strict=True)]
    for i, figure in enumerate(figures):
        if told[i] is None and figure.kind == "percent" and not figure.fields.get("change"):
            earlier = _earlier(i, figures, told, reading.sentence_at(figure.start))
            share = _share(reading.text, figure, earlier)
            told[i] = _Found(share, False) if share else None
    places = tuple(m for m in others if m.kind == "place")
    return tuple(_link(reading, i, figures, told, places) for i in range(len(figures)))


def _link(
    reading: Reading, i: int, figures: tuple[Mention, ...], told: list[_Found | None], places: tuple[Mention, ...]
) -> Link | None:
    text, best, figure = reading.text, told[i], figures[i]
    sentence = reading.sentence_at(figure.start)
    fields: dict[str, object] = {}
    evidence: dict[str, Span] = {}
    whose = best.subject if best else None
    if best is not None:
        phrase = " ".join(text[slice(*best.span)].split())
        fields = {"indicator": phrase, "indicator_id": known(phrase)}
        evidence = {"indicator": best.span}
        whose = whose or subject.owner(text, best.span, min(len(text), best.span[1] + 120), places)
    whose = whose or (subject.actor(text, sentence[0], figure) if figure.kind != "households" else None)
    if whose is not None and (best is None or whose != best.span):
        fields["subject"] = " ".join(text[slice(*whose)].split())
        evidence["subject"] = whose
    return Link(fields, evidence) if fields else None


@cache
def _known() -> dict[str, str]:
    return {phrase.lower(): name for name, phrases_ in lexicon("indicators")["known"].items() for phrase in phrases_}


def known(phrase: str) -> str | None:
    """The id of a usual indicator; the longest known name that the phrase begins with, null when none fits."""
    words = phrase.lower().split()
    table = _known()
    return next((table[p] for n in range(len(words), 0, -1) if (p := " ".join(words[:n])) in table), None)


def _retold(figures: tuple[Mention, ...], found: list[_Found | None]) -> list[_Found | None]:
    """A figure that is told again (a title, a quotation) has the indicator that it has elsewhere."""
    told: dict[tuple[object, ...], _Found] = {}
    for figure, f in zip(figures, found, strict=True):
        if f is not None and figure.kind != "households":
            told.setdefault(_key(figure), f)
    return [told.get(_key(f)) if f.kind == "money" else None for f in figures]


def _key(figure: Mention) -> tuple[object, ...]:
    fields = figure.fields
    return figure.kind, fields["value_min"], fields["value_max"], fields["unit"], fields.get("per")


def _indicator(reading: Reading, i: int, figures: tuple[Mention, ...], found: list[_Found | None]) -> _Found | None:
    text, figure = reading.text, figures[i]
    sentence = reading.sentence_at(figure.start)
    start = _stretch_start(i, figures, found, sentence)
    if figure.kind == "households":
        return _count_name(text, start, figure)
    if (about := _about(text, figure, sentence[1])) is not None:
        return _Found(about, True)
    earlier = _earlier(i, figures, found, sentence)
    if earlier and earlier[0][1] and earlier[0][0].end == start and _same_again(text, start, figure):
        return _Found(earlier[0][1].span, False, earlier[0][1].subject)
    if figure.fields.get("change") and (counted := _count_that_grew(text, start, figure)) is not None:
        return _Found(counted, True)
    span, generic = _before(text, start, figure)
    behind = _behind(text, figure, sentence[1]) if figure.kind == "money" else None
    if generic and (spoken := _spoken_of(text, figure)) is not None:
        return _Found(spoken, False)
    if behind is not None and (span is None or generic or text[slice(*span)].lower() in _verbal()):
        return _Found(behind, True)
    if span is not None:
        return _Found(span, True)
    if figure.kind == "percent" and (changed := _changed(text, start, figure, sentence)) is not None:
        return _Found(changed, True)
    if figure.kind == "percent" and not figure.fields.get("change") and (share := _share(text, figure, earlier)) is not None:
        return _Found(share, False, subject.member(text, start, figure) if earlier else None)
    chained = _chained(text, start, figure, earlier)
    if chained is None and figure.kind == "money" and (spoken := _spoken_of(text, figure)) is not None:
        return _Found(spoken, False)
    return chained


@cache
def _verbal() -> frozenset[str]:
    """One-syllable nouns that are verbs as well: còn nợ 717 triệu đồng tiền thuê đất"""
    return frozenset(lexicon("indicators")["verbal"])


@cache
def _equal_to() -> regex.Pattern[str]:
    """(tương đương 16 tỷ USD), tức 54 tỷ: the same amount once more"""
    return regex.compile(r"(?:tương đương(?: với)?|tức(?: là)?|khoảng|gần|hơn|~|[(])[ ]*$", regex.IGNORECASE)


def _same_again(text: str, start: int, figure: Mention) -> bool:
    """Directly behind an amount, in brackets or after "tương đương": it is told again in another unit."""
    stretch = text[start : figure.start]
    return len(stretch) < 60 and bool(regex.search(r"[(][^()]*$|tương đương|tức", stretch)) and bool(_equal_to().search(stretch))


def _chained(text: str, start: int, figure: Mention, earlier: list[tuple[Mention, _Found | None]]) -> _Found | None:
    """The indicator of the figure before: where nothing new is said, or for the next member of a list."""
    if not earlier or not earlier[0][0].end <= start:
        return None
    before, its = earlier[0]
    if its is not None and _says_nothing(text, start, figure.start):
        return _Found(its.span, False, its.subject)
    like = next(((f, r) for f, r in earlier if _alike(f, figure)), None)
    if like is None or like[1] is None or _new_verb().search(text, start, figure.start):
        return None
    if _to_level().match(text, start, figure.start):
        return _Found(like[1].span, False, like[1].subject)
    member = subject.member(text, start, figure)
    return _Found(like[1].span, False, member) if member else None


@cache
def _to_level() -> regex.Pattern[str]:
    """(18 tỷ đồng, nay) đã tăng lên 23 tỷ, giảm còn 3%: another level of the same thing"""
    return regex.compile(r"[^;.]{0,45}?(?:tăng|giảm|hạ)[ ]+(?:lên|còn|xuống|xuống còn|lên tới|lên đến)[ ]+[^,;.]{0,15}$", regex.IGNORECASE)


def _alike(a: Mention, b: Mention) -> bool:
    """Two figures of one kind, unit and sense."""
    return (a.kind, a.fields["unit"], a.fields.get("change")) == (b.kind, b.fields["unit"], b.fields.get("change"))


@cache
def _carried() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """The money that is spoken of (tiền đền bù), and a verb that hands some of it out (nhận, được hưởng)."""
    words = alternation(lexicon("indicators")["carried"]["words"])
    verbs = alternation(lexicon("verbs")["receiving"])
    return (
        regex.compile(rf"(?<![\p{{L}}]){words}{END}", regex.IGNORECASE),
        regex.compile(rf"(?<![\p{{L}}]){verbs}(?:[ ]+(?:là|hơn|gần|tổng số tiền|khoảng|trên|số tiền|tổng cộng|thêm|được))*[ ]*$", regex.IGNORECASE),
    )


def _spoken_of(text: str, figure: Mention) -> Span | None:
    """tiền đền bù … ông mới nhận 40 triệu: the money spoken of in the sentences just before."""
    words, verbs = _carried()
    if not verbs.search(text, max(0, figure.start - 40), figure.start):
        return None
    found = list(words.finditer(text, max(0, figure.start - 260), figure.start))
    return found[-1].span() if found else None


@cache
def _counted() -> regex.Pattern[str]:
    """563.321 lượt người đến khám bệnh, (tăng 5%): what was counted before grew"""
    return regex.compile(r"(?<![\d.,])\d[\d.,]*(?:[ ]+(?:nghìn|ngàn|triệu|tỷ))?[ ]+(?=\p{L})", regex.IGNORECASE)


def _count_that_grew(text: str, start: int, figure: Mention) -> Span | None:
    m = _directly_grew().search(text, max(start, figure.start - 60), figure.start)
    if m is None:
        return None
    span = _counted_before(text, start, m.start())
    # the count must be what the clause before ends with
    return span if span and not text[span[1] : m.start()].strip() else None


@cache
def _grew() -> regex.Pattern[str]:
    return regex.compile(r"(?:tăng|giảm|thêm|hơn|kém)[ ]+(?:hơn[ ]+|gần[ ]+|khoảng[ ]+)?$", regex.IGNORECASE)


@cache
def _directly_grew() -> regex.Pattern[str]:
    """(…1,8 triệu lượt bệnh nhân), tăng 20%: nothing but the verb between the comma and the figure"""
    return regex.compile(r"[,(][ ]*(?:(?:đã|cũng|tăng|giảm|trưởng|hơn|gần|khoảng|trên|và|chỉ|so với cùng kỳ)[ ]*)+$", regex.IGNORECASE)


def _counted_before(text: str, start: int, stop: int) -> Span | None:
    counts = list(_counted().finditer(text, start, stop))
    for m in reversed(counts):
        if _grew().search(text, max(start, m.start() - 12), m.start()):
            continue
        end = phrases.first_end(phrases.ends(), text, m.end(), stop)
        span = phrases.clean(text, (m.end(), end))
        words = phrases.words_of(text, span)
        if words and words[0].lower() not in ("tháng", "năm", "ngày", "quý", "giờ", "tuần", "đồng", "usd") and len(words) <= 10:
            return span
    return None


def _stretch_start(i: int, figures: tuple[Mention, ...], found: list[_Found | None], sentence: Span) -> int:
    """Where the stretch of a figure begins: behind the figure before it and the noun that stands behind that one."""
    at = i - 1
    while at >= 0 and figures[at].kind == "households" and figures[i].kind != "households":
        at -= 1
    before = figures[at] if at >= 0 else None
    if before is None or not sentence[0] <= before.end <= figures[i].start:
        return sentence[0]
    its = found[at]
    if its is not None and its.own and before.end < its.span[1] <= figures[i].start:
        return its.span[1]
    return before.end


def _earlier(
    i: int, figures: tuple[Mention, ...], found: list[_Found | None], sentence: Span
) -> list[tuple[Mention, _Found | None]]:
    """The figures before one in its sentence with their indicators, the nearest first."""
    pairs = []
    for f, r in zip(figures[:i][::-1], found[:i][::-1], strict=True):
        if f.start < sentence[0]:
            break
        if f.kind != "households":
            pairs.append((f, r))
    return pairs


@cache
def _of_whole() -> regex.Pattern[str]:
    """trong (tổng số) 600.000 tỷ đồng …: the amount is the whole of the shares behind it"""
    return regex.compile(r"(?<![\p{L}])trong[ ]+(?:tổng[ ]+)?(?:số[ ]+)?(?:(?:hơn|gần|trên|khoảng)[ ]+)?$", regex.IGNORECASE)


@cache
def _takes_share() -> regex.Pattern[str]:
    return regex.compile(rf"(?<![\p{{L}}])chiếm{END}[^;.]{{0,25}}$", regex.IGNORECASE)


def _share(text: str, figure: Mention, earlier: list[tuple[Mention, _Found | None]]) -> Span | None:
    """The name of a share that has none of its own: that of the share before it in a list, or of the whole."""
    names = lexicon("indicators")["shares"]
    if _takes_share().search(text, max(0, figure.start - 30), figure.start):
        for before, its in earlier:
            if before.kind == "percent" and its and text[slice(*its.span)].lower().startswith(tuple(names)):
                return its.span
    for before, its in earlier:
        if before.kind == "money" and its and _of_whole().search(text, max(0, before.start - 40), before.start):
            return its.span
    return None


@cache
def _about_pattern() -> regex.Pattern[str]:
    """tăng 10,4% về số lượng doanh nghiệp"""
    return regex.compile(r"[ ]+(?:cả[ ]+)?về[ ]+(?:mặt[ ]+)?(?=\p{L})")


def _about(text: str, figure: Mention, stop: int) -> Span | None:
    m = _about_pattern().match(text, figure.end, stop) if figure.kind == "percent" else None
    if m is None:
        return None
    end = phrases.phrase_end(text, m.end(), m.end(), stop)
    end = min(end, *(e for e in (text.find(" và ", m.end(), end),) if e > 0), end)
    span = phrases.clean(text, (m.end(), end))
    return span if 1 <= len(phrases.words_of(text, span)) <= 8 else None


@cache
def _clause_break() -> regex.Pattern[str]:
    return regex.compile(r"[;:!?\n–]|[.](?!\d)|,[ ]|[ ]-[ ]|[()\"“”]")


def _clauses(text: str, start: int, end: int) -> list[Span]:
    """The clauses of a stretch, the last first; at most three."""
    cuts = [start, *(m.end() for m in _clause_break().finditer(text, start, end)), end]
    spans = [(a, b) for a, b in zip(cuts, cuts[1:], strict=False) if text[a:b].strip(" ,;:().\"“”–-")]
    return spans[::-1][:3]


@cache
def _strong_link() -> regex.Pattern[str]:
    """A verb that makes the clause's subject the thing measured: X là 5 tỷ, X đạt, X ở mức."""
    return regex.compile(rf"(?<![\p{{L}}])(?:là|đạt|ước|ở mức|lên tới|lên đến|bằng|đạt được){END}", regex.IGNORECASE)


def _before(text: str, start: int, figure: Mention) -> tuple[Span | None, bool]:
    """The noun phrase before a figure that is its subject or stands at it, and whether only "số tiền" stands there."""
    limit, _ = phrases.trim_links(text, start, figure.start)
    span, generic = _nearest(text, _clauses(text, start, limit), figure)
    if span is None and _strong_link().search(text, limit, figure.start):
        return _subject_phrase(text, start, limit), False
    return span, generic


def _subject_phrase(text: str, start: int, limit: int) -> Span | None:
    """The noun phrase that a sentence begins with, whatever stands between it and "là": mức lãi suất mà … cho vay là"""
    m = None
    for begin in [start, *(c.end() for c in _clause_break().finditer(text, start, limit))]:
        opener = phrases.openers().match(text, begin, limit)
        head = phrases.heads().match(text, opener.end() if opener else begin, limit)
        if head is not None and _is_head(text, head, phrases.phrase_end(text, head.start(), head.end(), limit)):
            m = head
    if m is None:
        return None
    stop = phrases.phrase_end(text, m.start(), m.end(), limit)
    return phrases.clean(text, (m.start(), _word_limit(text, m.start(), stop)))


def _nearest(text: str, clauses: list[Span], figure: Mention) -> tuple[Span | None, bool]:
    generic: Span | None = None
    for n, (a, b) in enumerate(clauses):
        span = _last_phrase(text, a, b)
        if span is None:
            if n == 0 and not _is_aside(text, a, b):
                return None, False
            continue
        if n and not (generic or _is_aside_between(text, span[1], figure.start)):
            break
        if not _is_generic(text, span):
            return span, generic is not None
        inner = _last_phrase(text, a, span[0])
        if inner is not None and not _is_generic(text, inner):
            return inner, True
        generic = generic or span
    return generic, generic is not None


def _last_phrase(text: str, start: int, end: int) -> Span | None:
    """The last noun phrase with a head noun in a clause that reaches its end, but for "của …", "tại …"."""
    best: Span | None = None
    at = start
    while at < end:
        m = phrases.heads().search(text, at, end)
        if m is None:
            break
        stop = phrases.phrase_end(text, m.start(), m.end(), end)
        if _is_head(text, m, stop) and _reaches(text, stop, end):
            limit = _word_limit(text, m.start(), stop)
            phrase = phrases.clean(text, (m.start(), limit))
            if limit == stop and _is_clause(text, phrase, m.end()):
                at = m.end()
                continue
            best = phrase
        at = max(stop, m.end())
    return best


@cache
def _verb_at_end() -> regex.Pattern[str]:
    verbs = alternation(lexicon("verbs")["own_object"])
    return regex.compile(rf"\S[ ]+{verbs}$", regex.IGNORECASE)


def _is_clause(text: str, phrase: Span, head_end: int) -> bool:
    """(cho) ngân sách Nhà nước vay: a clause whose verb takes the figure; but: số tiền hỗ trợ"""
    return bool(_verb_at_end().search(text[head_end : phrase[1]].lstrip()))


def _word_limit(text: str, start: int, stop: int) -> int:
    """No name has more than a dozen syllables."""
    parts = list(regex.finditer(r"\S+", text[start:stop]))
    return start + parts[11].end() if len(parts) > 12 else stop


def _is_head(text: str, m: regex.Match[str], stop: int) -> bool:
    """A weak head (mức, số, thu) counts with a modifier before it or more words behind it."""
    word = " ".join(m["head"].lower().split())
    if word not in _weak():
        return True
    return m.start("head") > m.start() or bool(text[m.end() : stop].strip())


@cache
def _weak() -> frozenset[str]:
    return frozenset(lexicon("indicators")["weak"])


@cache
def _generics() -> frozenset[str]:
    return frozenset(lexicon("indicators")["generic"])


def _is_generic(text: str, span: Span) -> bool:
    return " ".join(text[slice(*span)].lower().split()) in _generics()


@cache
def _adjunct() -> regex.Pattern[str]:
    """What may follow the name before the verb: của huyện, tại các công ty, trong năm 2016, mà …, cho vay …"""
    return regex.compile(
        rf"[ ]*(?:$|[)\"”]|(?:của|tại|ở|trong|năm|tháng|quý|giai đoạn|nhiệm kỳ|từ|tính|hiện|hiện nay|theo|đến|mà|cho|trên|sau|trước|hàng năm|hằng năm|một năm|mỗi năm|ban đầu|toàn|cả|dành cho|do|đối với|được|ước tính|dự kiến|bình quân|trung bình|để|vào|với|này|đã|vẫn|cũng|không|chỉ|còn|thiếu|trị giá|ra|lên|cao|thấp|tăng|giảm){END})",
        regex.IGNORECASE,
    )


@cache
def _new_verb() -> regex.Pattern[str]:
    """A verb that takes the figure for itself: hỗ trợ, trao, nhận, mua, phạt … the name before it is not the figure's."""
    verbs = alternation(lexicon("verbs")["own_object"])
    return regex.compile(rf"(?<![\p{{L}}]){verbs}{END}", regex.IGNORECASE)


def _reaches(text: str, stop: int, end: int) -> bool:
    rest = text[stop:end]
    if not rest.strip():
        return True
    return bool(_adjunct().match(rest)) and len(rest.split()) <= 18 and not _new_verb().search(rest)


def _is_aside(text: str, start: int, end: int) -> bool:
    """A clause that only says when or opens: "trong năm 2016," """
    m = phrases.openers().match(text, start, end)
    return bool(m and not text[m.end() : end].strip(" ,;:().\"“”–-"))


def _is_aside_between(text: str, start: int, end: int) -> bool:
    stretch = text[start:end].strip(" ,")
    limit, _ = phrases.trim_links(stretch, 0, len(stretch))
    return limit == 0 or _is_aside(stretch, 0, limit) or bool(regex.fullmatch(r"(?:của|tại|ở|trong|tính|từ|theo)\b[^;:.]{0,60}", stretch[:limit].strip(" ,")))


@cache
def _join() -> regex.Pattern[str]:
    """Between a figure and the noun behind it: 5 tỷ đồng (tiền) lãi, 32.079 tỷ từ lãi, 50 triệu đồng là tiền công"""
    return regex.compile(r"(?:/[\p{L}/]+|[ ]+(?:mỗi|một)[ ]+(?:tháng|năm|người|ngày))?[ ]+(?:(?:từ|là|cho|về)[ ]+)?")


def _behind(text: str, figure: Mention, stop: int) -> Span | None:
    """The noun behind a figure: 735 tỷ đồng lãi, 44,5 tỷ đồng tổng doanh thu."""
    m = _join().match(text, figure.end, stop)
    head = phrases.heads().match(text, m.end(), stop) if m else None
    if head is None:
        return None
    end = phrases.phrase_end(text, head.start(), head.end(), stop)
    if (both := text.find(" và ", head.end(), end)) > 0:
        end = both
    word = " ".join(head["head"].lower().split())
    if word in _weak() and not text[head.end() : end].strip():
        return None
    return phrases.clean(text, (head.start(), _word_limit(text, head.start(), end)))


@cache
def _mover() -> regex.Pattern[str]:
    """The verb of growth or fall with what stands before it in its clause."""
    return regex.compile(
        rf"(?:(?<![\p{{L}}])(?:đã|đang|sẽ|cũng|đều|lại|vẫn|tiếp tục|ước|dự kiến|chỉ|có thể|bị|được|bình quân|trung bình|đột ngột|liên tục)[ ]+)*(?<![\p{{L}}])(?:tăng|giảm|sụt|tụt|vượt|chiếm|đạt|hạ|nhích)(?:[ ]+(?:trưởng|giảm))?{END}",
        regex.IGNORECASE,
    )


def _changed(text: str, start: int, figure: Mention, sentence: Span) -> Span | None:
    """What grew or fell: "phương tiện đường bộ đã tăng 16-18%", "giảm 20% học phí"."""
    if not figure.fields.get("change"):
        return None
    if (span := _object(text, figure, sentence[1])) is not None:
        return span
    moves = list(_mover().finditer(text, start, figure.start))
    if not moves:
        return None
    stop = moves[-1].start()
    clauses = _clauses(text, start, stop)
    if not clauses or text[clauses[0][1] : stop].strip(" ,(") or text[clauses[0][1] : stop].lstrip().startswith((",", "(")):
        return _counted_before(text, sentence[0], stop) if start == sentence[0] else None
    a, b = clauses[0]
    opener = phrases.openers().match(text, a, b)
    a = opener.end() if opener else a
    if text.startswith("so ", a) or ")" in text[b - 1 : stop]:
        return None
    if not text[a:stop].strip(" ,;:()") or _mover().match(text, a, b) or _counted().match(text, a, b):
        return _counted_before(text, sentence[0], stop)
    end = phrases.first_end(phrases.ends(), text, a, b)
    span = phrases.clean(text, (a, end if end > a else b))
    n = len(phrases.words_of(text, span))
    return span if 1 <= n <= 8 and not text[span[0] : span[1]].isdigit() else None


def _object(text: str, figure: Mention, stop: int) -> Span | None:
    m = regex.compile(r"[ ]+").match(text, figure.end, stop)
    head = phrases.heads().match(text, m.end(), stop) if m else None
    if head is None:
        return None
    return phrases.clean(text, (head.start(), phrases.phrase_end(text, head.start(), head.end(), stop)))


@cache
def _still_of_before() -> regex.Pattern[str]:
    """What belongs to the figure before: /lượng, (bán ra), kế hoạch năm, so với cùng kỳ"""
    return regex.compile(r"^(?:/[\p{L}/]+)?[ ]*(?:\([^()]{2,24}\)|(?<=[ ])(?:kế hoạch|dự toán|chỉ tiêu|so với|cùng kỳ)[^,;.]*)?")


def _says_nothing(text: str, start: int, end: int) -> bool:
    """The stretch between two figures brings no new thing: ", tăng", "(tương đương", "và chỉ đạt"."""
    stretch = text[start:end]
    limit, _ = phrases.trim_links(stretch, 0, len(stretch))
    rest = _still_of_before().sub("", stretch[:limit])
    opener = phrases.openers().match(rest)
    rest = rest[opener.end() :] if opener else rest
    if regex.search(r"(?<!\p{L})có[ ]*(?:khoảng |hơn |gần |trên )?$", stretch):
        return False
    return not rest.strip(" ,;:().\"“”–-") or bool(regex.fullmatch(r"[ ,]*(?:so với|của|tại)\b[^;.]{0,60}", rest))


@cache
def _count_head() -> regex.Pattern[str]:
    """tổng số hộ nghèo là 322 hộ: a noun phrase that names the count"""
    return regex.compile(rf"(?<![\p{{L}}])(?:tổng[ ]+)?số[ ]+(?:lượng[ ]+)?hộ{END}[^,;:.()\d]{{0,40}}$", regex.IGNORECASE)


def _count_name(text: str, start: int, figure: Mention) -> _Found | None:
    m = _count_head().search(text, start, figure.start)
    if m is None:
        return None
    end = phrases.phrase_end(text, m.start(), m.start() + 6, figure.start)
    return _Found(phrases.clean(text, (m.start(), end)), True)
