"""Which unit a figure is about.

The discourse is followed: a figure is about the unit that its clause names, else the one that is spoken of. A
figure of a firm, a person, the whole country or abroad is about none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import regex

from rules.base import Link, Mention, Reading, Span
from rules.meaning import respective
from rules.meaning.attached import attached_behind, before_bracket, site
from rules.meaning.discourse import Topic, holds, speakers, statements, topic_of, topics, with_speakers
from rules.meaning.evidence import nature, told
from rules.meaning.home import Article, about
from rules.meaning.market import elsewhere, in_brackets, market
from rules.meaning.marks import Mark, words
from rules.meaning.order import InOrder
from rules.meaning.serving import link_officials, serve
from rules.words import alternation

__all__ = ["link", "link_officials"]

# More households than any commune has.
_IN_A_COMMUNE = 20_000


def link(
    reading: Reading, figures: tuple[Mention, ...], others: tuple[Mention, ...]
) -> tuple[Link | None, ...]:
    """For each figure the unit that it is about, None where the article gives none."""
    places = InOrder(m for m in others if m.kind == "place" and m.fields.get("code"))
    if not places:
        return (None,) * len(figures)
    officials = tuple(m for m in others if m.kind == "official")
    heard = topics(reading, places.items)
    named = InOrder(heard)
    served = serve(reading, officials, places, lambda: named)
    said = statements(reading.text, officials, served)
    heard = with_speakers(heard, speakers(officials, served))
    spoken = InOrder([*heard, *said])
    article = about(reading, heard)
    evidence = told(reading.text)
    order = sorted(range(len(figures)), key=lambda i: figures[i].start)
    answers: dict[int, Topic | None] = {}
    last: tuple[Mention, Topic | None] | None = None
    for n, i in enumerate(order):
        following = figures[order[n + 1]].start if n + 1 < len(order) else len(reading.text)
        topic = before_bracket(reading.text, figures[i], places) or _figure(
            reading, figures[i], spoken, article, following, last, evidence
        )
        if topic and _one_of_several(reading.text, topic, spoken):
            topic = None
        answers[i] = topic
        last = figures[i], topic
    _give_out(reading, figures, places.items, answers)
    _told_again(reading, figures, answers, evidence)
    names = {
        (u.code, u.valid_from): t.name for t in reversed(spoken.items) if t.kind == "named" and (u := t.unit)
    }
    return tuple(_link(answers[i], names) for i in range(len(figures)))


def _give_out(
    reading: Reading,
    figures: tuple[Mention, ...],
    places: Sequence[Mention],
    answers: dict[int, Topic | None],
) -> None:
    """thị xã A và thành phố B thu lần lượt 41 tỷ và 318 tỷ đồng: each figure is of its unit."""
    for i, run, stop in respective.runs(reading, figures):
        start = reading.sentence_at(figures[i].start)[0]
        near = [p for p in places if start <= p.start < stop]
        for k, j in enumerate(
            respective.joined_before(reading.text, [(p.start, p.end) for p in near], stop, run)
        ):
            answers[i + k] = topic_of(reading.text, near[j]) or answers[i + k]


def _link(topic: Topic | None, names: Mapping[tuple[str, str], str]) -> Link | None:
    if topic is None or topic.unit is None:
        return None
    unit = topic.unit
    fields = {
        "place_code": unit.code,
        "place_valid_from": unit.valid_from,
        "place_name": names.get(unit.key, unit.full_name),
    }
    return Link(fields, {"place": topic.words or (topic.start, topic.end)} if topic.end else {})


def _figure(
    reading: Reading,
    figure: Mention,
    spoken: InOrder[Topic],
    article: Article,
    following: int,
    last: tuple[Mention, Topic | None] | None,
    evidence: InOrder[Mark],
) -> Topic | None:
    sentence = reading.sentence_at(figure.start)
    behind = attached_behind(reading, figure, spoken, min(sentence[1], following))
    if behind is not None:
        return behind
    households = figure.kind == "households"
    mark = nature(reading, figure, evidence, sentence)
    kind = "" if households else mark.group
    if kind == "own" and figure.kind == "money":
        return None
    if kind == "goods":
        return market(reading, figure, spoken, article, sentence, last)
    base = article.leaning if kind in ("ground", "market", "fund") else article.home
    if kind == "market" and (named := in_brackets(reading.text, figure, spoken, article, sentence)):
        return named
    if kind == "ground" and (standing := site(reading.text, figure, spoken, sentence)):
        return standing
    if article.private and not households and kind != "ground":
        if figure.kind == "percent" and (counted := _counted_there(reading, figure, spoken, sentence, last)):
            return counted
        return _giver(reading, figure, spoken, sentence)
    ignored = (
        {"person", "firm", "fine", "law", "national"}
        if households
        else {"national"}
        if article.sure
        else set()
    )
    if kind in ("ground", "fund"):
        ignored |= {"firm", "national", "person", "fine", "law"}
    number = reading.sentence_index(figure.start)
    earlier, previous = (reading.sentences[max(0, number - n)][0] for n in (3, 2))
    near = (
        t
        for t in spoken.back(figure.start, earlier)
        if not t.aside
        and not (t.unit is None and _in_closed_bracket(reading.text, t.start, figure.start))
        and not (last is not None and t.kind == "country" and _gave(reading.text, last[0], t, figure))
        and (t.kind not in ignored or (t.kind == "person" and t.start > mark.start))
        and not (kind == "market" and elsewhere(reading.text, t, article))
        and (t.kind != "fine" or t.start >= sentence[0])
        and not (t.kind == "firm" and kind == "market" and t.start >= mark.start)
    )
    topic = next((t for t in near if t.kind != "person" or t.start >= previous), None)
    if topic is not None and topic.kind == "fine":
        topic = _fining(topic, near, sentence)
    if last is not None and last[0].start >= sentence[0] and (topic is None or topic.start < last[0].end):
        # what was said of the figure before it in the sentence holds on
        return last[1] and _narrow(last[1], figure, spoken, article, 0)
    if last is not None and households and _goes_on(reading, last[0], sentence, topic):
        return last[1]
    if topic is None:
        return base if article.sure or kind or households else None
    if topic.start >= sentence[0]:
        whole = topic.kind in ("meant", "list") or _there().search(reading.text, sentence[0], topic.start)
        return topic if whole else _narrow(topic, figure, spoken, article, 0)
    if _is_heading(reading.text, topic):
        return topic
    here = article.sure or kind or households or (base and (_in(base, topic) or _same(base, topic)))
    return _narrow(topic, figure, spoken, article, len(reading.text)) if base and here else None


@cache
def _parts() -> regex.Pattern[str]:
    """A sentence that takes apart the figure before it: "Trong đó, có 348 hộ", "Ngoài ra, còn 40 hộ"."""
    return regex.compile(
        r"[-–+•*\s]*(?:trong[ ](?:đó|số[ ](?:đó|này))|ngoài[ ]ra|số[ ]còn[ ]lại)(?!\p{L})", regex.IGNORECASE
    )


def _goes_on(reading: Reading, before: Mention, sentence: Span, topic: Topic | None) -> bool:
    """Whether a sentence goes on with the households of the one before it, with no unit of its own."""
    own = topic is not None and topic.start >= sentence[0]
    near = (
        before.kind == "households"
        and reading.sentence_index(before.start) == reading.sentence_index(sentence[0]) - 1
    )
    return near and not own and _parts().match(reading.text, *sentence) is not None


def _in_closed_bracket(text: str, start: int, until: int) -> bool:
    """Whether words stand in brackets that are closed again: "dự án A (vốn vay Ngân hàng Thế giới) hỗ trợ 20%"."""
    opened = text.rfind("(", max(0, start - 200), start)
    return opened >= 0 and ")" not in text[opened:start] and text.find(")", start, until) >= 0


@cache
def _there() -> regex.Pattern[str]:
    """Before a unit that is told of as a whole: "tại Lâm Đồng, dự án mới có 5 hộ", not "UBND huyện A hỗ trợ 5 hộ"."""
    return regex.compile(r"(?<!\p{L})(?:tại|ở|trên[ ]địa[ ]bàn)[ ]$", regex.IGNORECASE)


def _is_heading(text: str, topic: Topic) -> bool:
    """Whether a unit heads what follows: "Hà Nội: Mây thay đổi, ngày nắng. Độ ẩm từ 50 - 85%"."""
    return (
        topic.kind == "named"
        and text.startswith(":", topic.end)
        and text[: topic.start].rstrip(" –-")[-1:] in ("", ".", "\n", ";")
    )


def _one_of_several(text: str, topic: Topic, spoken: InOrder[Topic]) -> bool:
    """Whether a unit is the last of several that are told of together: "Hà Nội và TP.HCM đã chi 5 tỷ đồng"."""
    if topic.kind != "named" or topic.unit is None:
        return False
    before = next(spoken.back(topic.start, topic.start - 40), None)
    if before is None or before.kind != "named" or before.unit is None or before.unit.key == topic.unit.key:
        return False
    if holds(before.unit, topic.unit) or holds(topic.unit, before.unit):
        return False
    return text[before.end : topic.start].strip() in (",", "và", "-", "–")


def _fining(fine: Topic, near: Iterator[Topic], sentence: Span) -> Topic:
    """Who fines, or where: the unit of the same sentence, "bị UBND phường X xử phạt"; else the fine is nobody's."""
    other = next(near, None)
    return other if other and other.unit and other.start >= sentence[0] else fine


def _counted_there(
    reading: Reading,
    figure: Mention,
    spoken: InOrder[Topic],
    sentence: Span,
    before: tuple[Mention, Topic | None] | None,
) -> Topic | None:
    """A share in an article about a crime, a firm or a person: of the unit that its sentence names last.

    With no one spoken of since, it goes on with the share of the sentence before it.
    """
    last = next((t for t in spoken.back(figure.start, sentence[0]) if not t.aside), None)
    if last is None and before is not None and before[0].kind == "percent":
        near = reading.sentence_index(before[0].start) >= reading.sentence_index(figure.start) - 1
        since = next(spoken.back(figure.start, before[0].end), None)
        return before[1] if near and since is None else None
    return last if last and last.unit and last.kind in ("named", "meant", "list") else None


def _gave(text: str, before: Mention, giver: Topic, figure: Mention) -> bool:
    """Whether the state only gave what stands before it: "70% mức đóng được Nhà nước hỗ trợ, thì tỉnh …": its clause is over."""
    return (
        before.end < giver.start
        and not any(c in ",;." for c in text[before.end : giver.start])
        and any(c in ",;" for c in text[giver.end : figure.start])
    )


def _giver(reading: Reading, figure: Mention, spoken: InOrder[Topic], sentence: Span) -> Topic | None:
    """In an article about a crime, a firm or a person: the unit that gives public aid, "UBND huyện hỗ trợ 5 triệu"."""
    giver = next((t for t in spoken.back(figure.start, sentence[0]) if t.unit), None)
    if giver and giver.kind == "named" and _at_head().fullmatch(reading.text, sentence[0], giver.start):
        only = next(spoken.back(figure.start, sentence[0]), None)
        return giver if only is giver else None
    if giver and _aid().search(reading.text, max(giver.end, figure.start - 400), figure.start):
        return giver
    return None


@cache
def _at_head() -> regex.Pattern[str]:
    """Between the head of a sentence and the unit that it is told of: "Tại Yên Bái, đất chỉ có giá 50 triệu đồng một ha"."""
    return regex.compile(r"(?:Tại|Ở|Trên địa bàn)[ ]")


@cache
def _aid() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}}){alternation(words()['project']['aid'])}(?!\p{{L}})")


def _narrow(chosen: Topic, figure: Mention, spoken: InOrder[Topic], article: Article, reach: int) -> Topic:
    """Households live in a commune: where a larger unit is spoken of by its body, the commune named last in it."""
    too_many = figure.kind != "households" or figure.fields["value_min"] > _IN_A_COMMUNE
    if too_many or chosen.unit is None or chosen.unit.level == "commune":
        return chosen
    home = article.home
    if home and home.unit and home.unit.level == "commune" and holds(chosen.unit, home.unit):
        return home
    for topic in spoken.back(figure.start, figure.start - reach) if reach else ():
        commune = topic.unit if topic.unit and topic.unit.level == "commune" and not topic.aside else None
        if commune and holds(chosen.unit, commune):
            return topic
    return chosen if article.only is None or not _in(chosen, article.only) else article.only


def _in(above: Topic, below: Topic) -> bool:
    return above.unit is not None and below.unit is not None and holds(above.unit, below.unit)


def _told_again(
    reading: Reading,
    figures: tuple[Mention, ...],
    answers: dict[int, Topic | None],
    evidence: InOrder[Mark],
) -> None:
    """A figure told again, nearer to its place, takes that: of the head and of households."""
    lead_end = reading.sentences[min(2, len(reading.sentences) - 1)][1] if reading.sentences else 0
    told: dict[tuple[str, str], list[int]] = {}
    for i, figure in enumerate(figures):
        told.setdefault((figure.kind, reading.text[figure.start : figure.end]), []).append(i)
    for (kind, _), same in told.items():
        for i in same if len(same) > 1 else ():
            if kind != "households" and figures[i].start >= lead_end:
                continue
            if (
                kind == "money"
                and nature(reading, figures[i], evidence, reading.sentence_at(figures[i].start)).group
                == "own"
            ):
                continue
            others = (
                j for j in same[:12] if j != i and (kind == "households" or figures[j].start > lead_end)
            )
            answers[i] = next((t for j in others if (t := answers[j]) and _nearer(t, answers[i])), answers[i])


def _nearer(there: Topic, here: Topic | None) -> bool:
    return there.unit is not None and (here is None or here.unit is None or holds(here.unit, there.unit))


def _same(one: Topic, other: Topic) -> bool:
    return one.unit is not None and other.unit is not None and one.unit.key == other.unit.key
