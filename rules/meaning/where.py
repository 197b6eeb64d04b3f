"""Which unit a figure is about.

The discourse is followed: a figure is about the unit that its clause names, else the one that is spoken of. A
figure of a firm, a person, the whole country or abroad is about none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import regex

from rules.base import Link, Mention, Reading, Span
from rules.meaning import respective
from rules.meaning.attached import attached_behind, before_bracket, site
from rules.meaning.counting import as_a_whole, fining, gave, in_closed_bracket, is_heading, one_of_several
from rules.meaning.discourse import Topic, holds, speakers, statements, topic_of, with_speakers
from rules.meaning.evidence import nature, told
from rules.meaning.home import Article, about
from rules.meaning.market import elsewhere, in_brackets, market
from rules.meaning.marks import Mark
from rules.meaning.order import InOrder
from rules.meaning.others import Others
from rules.meaning.private import counted_there, giver

# More households than any commune has.
_IN_A_COMMUNE = 20_000


def link(reading: Reading, figures: tuple[Mention, ...], others: Others) -> tuple[Link | None, ...]:
    """For each figure the unit that it is about, None where the article gives none."""
    places = others.units
    if not places:
        return (None,) * len(figures)
    said = statements(reading.text, others.officials, others.served)
    heard = with_speakers(others.topics.items, speakers(others.officials, others.served))
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
        if topic and one_of_several(reading.text, topic, spoken):
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
        if figure.kind == "percent" and (counted := counted_there(reading, figure, spoken, sentence, last)):
            return counted
        return giver(reading, figure, spoken, sentence)
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
        and not (t.unit is None and in_closed_bracket(reading.text, t.start, figure.start))
        and not (last is not None and t.kind == "country" and gave(reading.text, last[0], t, figure))
        and (t.kind not in ignored or (t.kind == "person" and t.start > mark.start))
        and not (kind == "market" and elsewhere(reading.text, t, article))
        and (t.kind != "fine" or t.start >= sentence[0])
        and not (t.kind == "firm" and kind == "market" and t.start >= mark.start)
    )
    topic = next((t for t in near if t.kind != "person" or t.start >= previous), None)
    if topic is not None and topic.kind == "fine":
        topic = fining(topic, near, sentence)
    if last is not None and last[0].start >= sentence[0] and (topic is None or topic.start < last[0].end):
        # what was said of the figure before it in the sentence holds on
        return last[1] and _narrow(last[1], figure, spoken, article, 0)
    if last is not None and households and _goes_on(reading, last[0], sentence, topic):
        return last[1]
    if topic is None:
        return base if article.sure or kind or households else None
    if topic.start >= sentence[0]:
        whole = as_a_whole(reading.text, sentence, topic)
        return topic if whole else _narrow(topic, figure, spoken, article, 0)
    if is_heading(reading.text, topic):
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
