"""The basis of a percentage: what it is compared with ("so với năm 2023"), or the whole of a share ("52% dư nợ")."""

from __future__ import annotations

import re
from functools import cache

import regex

from rules.base import Link, Mention, Reading, Span
from rules.meaning import boundaries, phrases
from rules.meaning.others import Others
from rules.numbers import END
from rules.words import PLAIN_END, alternation, cached, lexicon


def link(reading: Reading, figures: tuple[Mention, ...], others: Others) -> tuple[Link | None, ...]:
    """The basis of each percentage; None for other figures."""
    answers: list[Link | None] = []
    said: dict[str, tuple[Span, Span]] = {}  # of what kind, the sentence and the words said last
    for i, figure in enumerate(figures):
        if figure.kind != "percent":
            answers.append(None)
            continue
        sentence = reading.sentence_at(figure.start)
        after = (
            figures[i + 1].start
            if i + 1 < len(figures) and figures[i + 1].start < sentence[1]
            else sentence[1]
        )
        begin = figures[i - 1].end if i and figures[i - 1].end > sentence[0] else sentence[0]
        kind = "change" if figure.fields.get("change") else "whole"
        span = _compared_behind(reading.text, figure, after, sentence)
        if span is None and kind == "whole":
            span = whole(reading.text, figure, after)
        span = span or _compared_before(reading.text, figure, begin, sentence)
        goes_on = span is None and (
            kind == "change" or bool(_verb_behind().match(reading.text, figure.end, after))
        )
        if span is not None:
            said[kind] = (sentence, span)
        elif goes_on and kind in said and said[kind][0] == sentence:
            span = said[kind][1]
        answers.append(_link(reading.text, boundaries.on_word_end(reading, span) if span else None))
    _give_back(reading, figures, answers)
    return tuple(answers)


def _give_back(reading: Reading, figures: tuple[Mention, ...], answers: list[Link | None]) -> None:
    """A nắm giữ 40%, B nắm giữ 35% và C nắm giữ 25% vốn: the whole behind the last share is that of all."""
    for i in range(len(figures) - 1, 0, -1):
        whole_, before = answers[i], figures[i - 1]
        if whole_ is None or answers[i - 1] is not None or before.kind != "percent":
            continue
        if before.fields.get("change") or whole_.evidence["basis"][0] < figures[i].end:
            continue
        verb = _taking(reading.text, figures[i])
        near = reading.sentence_index(before.start) == reading.sentence_index(figures[i].start)
        if near and verb and verb == _taking(reading.text, before):
            answers[i - 1] = whole_


def _taking(text: str, figure: Mention) -> str:
    """The verb that takes a share, directly before it: nắm giữ."""
    m = _taking_pattern().search(text, max(0, figure.start - 30), figure.start)
    return m["verb"].lower() if m else ""


@cached
def _taking_pattern() -> regex.Pattern[str]:
    verbs = alternation(lexicon("basis")["taking"])
    return regex.compile(
        rf"(?<!\p{{L}})(?P<verb>{verbs})(?:[ ](?:khoảng|hơn|gần|trên|tới|đến))*[ ]+$", regex.IGNORECASE
    )


@cache
def _verb_behind() -> regex.Pattern[str]:
    """40% nhận thấy …, 10% thừa nhận …: shares of the whole told before"""
    return regex.compile(rf"[ ]+{alternation(lexicon('basis')['verbs'])}{END}", regex.IGNORECASE)


def _link(text: str, span: Span | None) -> Link | None:
    return Link({"basis": " ".join(text[slice(*span)].split())}, {"basis": span}) if span else None


@cache
def _versus() -> regex.Pattern[str]:
    """so với, so cùng kỳ: what stands behind is the basis; not another figure ("so với 3,5%")"""
    return regex.compile(
        r"(?<![\p{L}])so(?:[ ]+sánh)?[ ]+(?:với[ ]+)?(?!với[ ])(?=\p{L}|(?:19|20)\d\d(?![\d.,%])|\d{1,2}[ ]+(?:tháng|ngày|năm|quý|tuần))",
        regex.IGNORECASE,
    )


@cache
def _versus_end() -> re.Pattern[str]:
    """Where the basis ends: a mark, a verb, "và"; not the year and the month that belong to it."""
    compounds, words = (
        alternation(lexicon(a)[b]) for a, b in (("indicators", "compounds"), ("basis", "ends"))
    )
    end = rf"[ ]+(?={words}{PLAIN_END})|[ ]*[,;:()\"“”–…?!\n]|\.(?!\d)|[ ]+-[ ]"
    return phrases.up_to(end, rf"(?<![^\W\d_]){compounds}{PLAIN_END}")


def _compared_behind(text: str, figure: Mention, after: int, sentence: Span) -> Span | None:
    """so với … behind the figure, before the next one."""
    m = _versus().search(text, figure.end, min(after, figure.end + 90))
    return _other(text, m, sentence[1]) if m else None


def _compared_before(text: str, figure: Mention, begin: int, sentence: Span) -> Span | None:
    """so với … before the figure in its own stretch or at the head of the sentence; thấp hơn trung bình nhiều năm 15%."""
    m = _versus().search(text, begin, figure.start)
    if m is None and figure.fields.get("change"):
        m = _versus().match(text, sentence[0]) or _than().search(text, begin, figure.start)
    return _other(text, m, figure.start) if m else None


def _other(text: str, m: regex.Match[str], limit: int) -> Span | None:
    """The name of what is compared with, at most nine words."""
    stop = phrases.at_most(text, m.end(), phrases.first_end(_versus_end(), text, m.end(), limit), 9)
    return phrases.clean(text, (m.end(), stop)) if text[m.end() : stop].strip() else None


@cached
def _than() -> regex.Pattern[str]:
    """thấp hơn (trung bình nhiều năm từ) 15 - 30%: the other thing stands between"""
    data = lexicon("changes")
    words = alternation([*data["verbs"]["compared_increase"], *data["verbs"]["compared_decrease"]])
    none = alternation(data["between"]["no_other"])
    return regex.compile(rf"(?<!\p{{L}}){words}[ ]+(?!{none}{END})(?=\p{{L}})", regex.IGNORECASE)


@cache
def _whole_start() -> regex.Pattern[str]:
    """Behind the figure: (của/trong/trên) tổng số hộ …; nothing that goes on with the clause."""
    data = lexicon("basis")
    none = rf"(?!(?:{alternation([*data['no_whole'], *data['verbs']])}){END}|\d)"
    return regex.compile(
        rf"[)]?[ ]+\(?(?:tính[ ]+(?=trên))?{none}(?:(?:của|trong|trên|trong[ ]+tổng|đối[ ]+với)[ ]+)?{none}(?=\p{{L}})",
        regex.IGNORECASE,
    )


@cached
def _whole_end() -> re.Pattern[str]:
    data = lexicon("basis")
    return phrases.end_pattern((*data["ends"], *data["whole_ends"], *data["verbs"]))


def whole(text: str, figure: Mention, after: int) -> Span | None:
    """The noun phrase behind a share or a completion: 52% dư nợ, 79,78% dự toán giao, 70% nông dân Bến Tre."""
    m = _whole_start().match(text, figure.end, after)
    if m is None:
        return None
    stop = _list_end(text, m.end(), phrases.first_end(_whole_end(), text, m.end(), after), after)
    stop = phrases.at_most(text, m.end(), stop, 12, kept=6)
    return phrases.clean(text, (m.end(), stop)) if text[m.end() : stop].strip() else None


def _list_end(text: str, start: int, stop: int, after: int) -> int:
    """100% thương binh, gia đình liệt sĩ, người có công có …: members up to the verb belong to the whole."""
    end = stop
    for _ in range(3):
        comma = _comma().match(text, end, after)
        if comma is None:
            break
        end = phrases.first_end(_whole_end(), text, comma.end() - 1, after)
        if len(text[comma.end() : end].split()) > 4 or end <= comma.end():
            return stop
    closed = end > stop and end < after and text[end] == " " and text[start:end].count(",") > 0
    return end if closed else stop


@cache
def _comma() -> regex.Pattern[str]:
    none = alternation(lexicon("basis")["no_list_member"])
    return regex.compile(rf",[ ]+(?!{none}{END})(?=\p{{Ll}})")
