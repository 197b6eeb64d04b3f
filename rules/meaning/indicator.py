"""The indicator: the noun phrase that names what a figure measures, and the subject whose figure it is.

Each figure is read in the stretch between the figure before it and itself. Its own noun phrase goes first
("tổng vốn đầu tư đạt 5 tỷ"), then a noun behind it ("735 tỷ đồng lãi"), then the phrase of the figure before
where the stretch between says nothing new (", tăng 9,2%"), then the same figure told in full elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import regex

from rules.base import Link, Mention, Reading, Span
from rules.meaning import (
    acts,
    boundaries,
    chains,
    elsewhere,
    growth,
    nominal,
    parts,
    phrases,
    respective,
    spoken,
    subject,
)
from rules.meaning.chains import Named
from rules.meaning.order import InOrder
from rules.meaning.others import Others
from rules.numbers import END
from rules.words import cached, lexicon


def link(reading: Reading, figures: tuple[Mention, ...], others: Others) -> tuple[Link | None, ...]:
    """Indicator (and indicator_id) of each figure."""
    reading = replace(reading, text=phrases.without_asides(reading.text, figures))
    found: list[Named | None] = []
    for i in range(len(figures)):
        found.append(_indicator(reading, i, figures, found))
    found = respective.give_out(reading, figures, found)
    told = elsewhere.told_elsewhere(reading, figures, found)
    for i, figure in enumerate(figures):
        if told[i] is None and figure.kind == "percent" and not figure.fields.get("change"):
            earlier = chains.earlier_in_sentence(i, figures, told, reading.sentence_at(figure.start))
            share = chains.name_of_share(reading.text, figure, earlier)
            told[i] = Named(share, False) if share else None
        if told[i] is None and figure.kind == "money":
            start = chains.stretch_start(reading.text, i, figures, told, reading.sentence_at(figure.start))
            act = acts.act_before(reading.text, start, figure)
            told[i] = Named(act, True) if act else None
    places = InOrder(others.places)
    return tuple(_link(reading, i, figures, told, places) for i in range(len(figures)))


def _link(
    reading: Reading,
    i: int,
    figures: tuple[Mention, ...],
    told: list[Named | None],
    places: InOrder[Mention],
) -> Link | None:
    text, best, figure = reading.text, told[i], figures[i]
    sentence = reading.sentence_at(figure.start)
    fields: dict[str, object] = {}
    evidence: dict[str, Span] = {}
    whose = best.subject if best else None
    if best and any(p.start <= best.span[0] and best.span[1] <= p.end for p in places.around(*best.span)):
        best = None  # "Hà Nội chiếm 12% dân số": the figure's place
    if best is not None:
        whole = boundaries.on_word_end(reading, best.span)
        best = best._replace(span=boundaries.without_unit(text, whole, places))
        phrase = " ".join(text[slice(*best.span)].split())
        fields = {"indicator": phrase, "indicator_id": known(phrase)}
        evidence = {"indicator": best.span}
        whose = whose or subject.owner(text, best.span, min(len(text), best.span[1] + 120), places)
    if figure.kind != "households":
        whose = whose or _whose(text, best, i, figures, sentence, places)
    if whose is not None and (best is None or whose != best.span):
        fields["subject"] = " ".join(text[slice(*whose)].split())
        evidence["subject"] = whose
    return Link(fields, evidence) if fields else None


def _whose(
    text: str,
    best: Named | None,
    i: int,
    figures: tuple[Mention, ...],
    sentence: Span,
    places: InOrder[Mention],
) -> Span | None:
    """The subject by what stands around: the holder of the indicator, a name behind the figure, the clause's actor."""
    figure = figures[i]
    start = max(sentence[0], figures[i - 1].end) if i else sentence[0]
    own = best is not None and start <= best.span[0] < figure.start
    return (
        (subject.holder(text, start, best.span, places) if best and own else None)
        or subject.at_name(text, figure, places)
        or subject.taker(text, start, figure, places)
        or subject.actor(text, start, figure)
        or (subject.actor(text, sentence[0], figure) if start != sentence[0] else None)
    )


@cached
def _known() -> dict[str, str]:
    return {
        phrase.lower(): name
        for name, phrases_ in lexicon("indicators")["known"].items()
        for phrase in phrases_
    }


def known(phrase: str) -> str | None:
    """The id of a usual indicator; the longest known name that the phrase begins with, null when none fits."""
    table, name = _known(), phrase.lower()
    while name and name not in table:
        name = name.rpartition(" ")[0]
    return table.get(name)


class _Here(NamedTuple):
    """A figure with the stretch before it that is its own, and the figures before it in its sentence.

    `limit`, `linked`: where the stretch ends without its trailing links, and whether it has any.
    """

    text: str
    figure: Mention
    start: int
    limit: int
    linked: bool
    sentence: Span
    earlier: list[tuple[Mention, Named | None]]
    all_earlier: list[tuple[Mention, Named | None]]

    @property
    def share(self) -> bool:
        """A percentage that is no amount of change."""
        return self.figure.kind == "percent" and not self.figure.fields.get("change")


def _indicator(
    reading: Reading, i: int, figures: tuple[Mention, ...], found: list[Named | None]
) -> Named | None:
    figure, sentence = figures[i], reading.sentence_at(figures[i].start)
    start = chains.stretch_start(reading.text, i, figures, found, sentence)
    if figure.kind == "households":
        return _count_name(reading.text, start, figure)
    earlier = chains.earlier_in_sentence(i, figures, found, sentence)
    before = list(zip(figures[max(0, i - 8) : i], found[max(0, i - 8) : i], strict=True))[::-1]
    limit, linked = phrases.trim_links(reading.text, start, figure.start)
    here = _Here(reading.text, figure, start, limit, linked, sentence, earlier, before)
    for way in WAYS:
        if (named := way(here)) is not None:
            return named
    return None


def _said_behind(here: _Here) -> Named | None:
    """tăng 10,4% về số lượng doanh nghiệp"""
    span = growth.said_behind(here.text, here.figure, here.sentence[1])
    return Named(span, True) if span else None


def _told_again(here: _Here) -> Named | None:
    """(tương đương 16 tỷ USD): what the amount before it is"""
    if not here.earlier or here.earlier[0][0].end != here.start:
        return None
    its = here.earlier[0][1]
    if its is None or not chains.told_again(here.text, here.start, here.figure):
        return None
    return Named(its.span, False, its.subject)


def _count_that_grew(here: _Here) -> Named | None:
    """đón 1,8 triệu lượt khách, tăng 20%"""
    if not here.figure.fields.get("change"):
        return None
    span = growth.count_that_grew(here.text, here.start, here.figure)
    return Named(span, True) if span else None


def _named(here: _Here) -> Named | None:
    """tổng vốn đầu tư đạt 5 tỷ; 735 tỷ đồng lãi; thụ hưởng số tiền 3 tỷ (hoa hồng, spoken of before)"""
    text, figure = here.text, here.figure
    before, generic = nominal.phrase_before(text, here.start, here.limit, here.linked, figure)
    if generic and (named := spoken.spoken_of(text, figure)) is not None:
        return Named(named, False)
    behind = nominal.phrase_behind(text, figure, here.sentence[1]) if figure.kind == "money" else None
    if behind is not None and (before is None or generic or nominal.is_verbal(text, before)):
        return Named(behind, True)
    return Named(before, True) if before is not None else None


def _thing_that_changed(here: _Here) -> Named | None:
    """phương tiện đường bộ đã tăng 16-18%"""
    if here.figure.kind != "percent":
        return None
    span = growth.thing_that_changed(here.text, here.start, here.figure, here.sentence)
    return Named(span, True) if span else None


def _share(here: _Here) -> Named | None:
    """…, xây dựng chiếm 15%: the share that the list began with"""
    span = chains.name_of_share(here.text, here.figure, here.earlier) if here.share else None
    if span is None:
        return None
    return Named(span, False, subject.member(here.text, here.start, here.figure) if here.earlier else None)


def _chained(here: _Here) -> Named | None:
    """…, tăng 9,2%: what the figure before it is"""
    return chains.chained(here.text, here.start, here.limit, here.figure, here.earlier)


def _spoken_of(here: _Here) -> Named | None:
    """(tiền đền bù …) ông mới nhận 40 triệu"""
    span = spoken.spoken_of(here.text, here.figure) if here.figure.kind == "money" else None
    return Named(span, False) if span else None


def _object_of_verb(here: _Here) -> Named | None:
    """(bố trí đủ vốn …) Bộ chỉ bố trí 11.517 tỷ đồng"""
    span = spoken.object_of_verb(here.text, here.start, here.figure) if here.figure.kind == "money" else None
    return Named(span, False) if span else None


def _rated(here: _Here) -> Named | None:
    """giá tôm … loại 30 con/kg tăng 20.000 đồng/kg: a rate of what was priced just before"""
    return spoken.priced_before(here.text, here.figure, here.all_earlier)


def _part_of_before(here: _Here) -> Named | None:
    """Giai đoạn 1 khoảng 243 tỷ đồng: a part of the sum told in the sentence before"""
    return parts.part_of_before(here.text, here.sentence, here.figure, here.all_earlier)


def _thing_priced(here: _Here) -> Named | None:
    """dự án 25 tỷ; căn biệt thự trị giá 43 tỷ đồng"""
    span = nominal.thing_before(here.text, here.start, here.limit) if here.figure.kind == "money" else None
    return Named(span, True) if span else None


def _part_counted(here: _Here) -> Named | None:
    """DN tư nhân chiếm 96%; khu vực FDI đóng góp 18% GDP: the part that a share counts"""
    span = growth.part_counted(here.text, here.start, here.figure, here.sentence) if here.share else None
    return Named(span, True) if span else None


def _part_of_sum(here: _Here) -> Named | None:
    """Trong khoản tiền trên, tỉnh A nhận 560 tỉ đồng; Số tiền này, …"""
    span = parts.sum_at_head(here.text, here.sentence, here.figure) if here.figure.kind == "money" else None
    return Named(span, False) if span else None


WAYS: tuple[Callable[[_Here], Named | None], ...] = (
    _said_behind,
    _told_again,
    _count_that_grew,
    _named,
    _thing_that_changed,
    _share,
    _part_counted,
    _chained,
    _part_of_sum,
    _part_of_before,
    _spoken_of,
    _object_of_verb,
    _rated,
    _thing_priced,
)
"""How an indicator is read, in their order: the first that finds one decides."""


@cache
def _count_head() -> regex.Pattern[str]:
    """tổng số hộ nghèo là 322 hộ: a noun phrase that names the count"""
    return regex.compile(
        rf"(?<![\p{{L}}])(?:tổng[ ]+)?số[ ]+(?:lượng[ ]+)?hộ{END}[^,;:.()\d]{{0,40}}$", regex.IGNORECASE
    )


def _count_name(text: str, start: int, figure: Mention) -> Named | None:
    m = _count_head().search(text, start, figure.start)
    if m is None:
        return None
    end = phrases.phrase_end(text, m.start(), m.start() + 6, figure.start)
    return Named(phrases.clean(text, (m.start(), end)), True)
