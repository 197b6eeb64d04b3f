"""The unit in whose market a price holds."""

from __future__ import annotations

from functools import cache

import regex

from rules.base import Mention, Reading, Span
from rules.meaning.discourse import Topic, called_after, holds
from rules.meaning.home import Article
from rules.meaning.marks import words
from rules.meaning.order import InOrder
from rules.words import alternation


def market(
    reading: Reading,
    figure: Mention,
    spoken: InOrder[Topic],
    article: Article,
    sentence: Span,
    last: tuple[Mention, Topic | None] | None,
) -> Topic | None:
    """The unit in whose market a price holds: named in the sentence, else the one that the list of prices is told of."""
    text = reading.text
    number = reading.sentence_index(figure.start)
    earliest, previous = (reading.sentences[max(0, number - n)][0] for n in (6, 1))
    for topic in spoken.back(figure.start, earliest):
        if topic.kind == "country":
            return None
        if last is not None and topic.start < last[0].end and last[0].start >= sentence[0]:
            return last[1]
        if topic.unit is None or topic.kind == "speaker" or called_after(text, topic.start):
            continue
        if topic.start >= sentence[0]:
            if _elsewhere_or_sure(text, topic, article):
                continue
            return topic
        if article.sure and topic.start < previous and article.home:
            return _market_town(article.home, topic)
        if _bracketed(text, topic) and not topic.aside and article.leaning and _holds(article.leaning, topic):
            return article.leaning
        if topic.aside or _in_market().search(text, max(0, topic.start - 20), topic.start):
            return _market_town(article.leaning, topic)
    by_title = (
        reading.sentences[min(1, len(reading.sentences) - 1)][1] if figure.start < reading.title[1] else 0
    )
    named = article.leaning and (article.sure or article.leaning.start < max(figure.start, by_title))
    if article.leaning is None and reading.text.find("niêm yết", sentence[0], sentence[1]) >= 0:
        return article.only
    return article.leaning if article.leads and named else None


def _market_town(home: Topic | None, topic: Topic) -> Topic:
    """Of the unit that the article is about and one named last: that, but no market is one commune's alone."""
    if home is None or home.unit is None or topic.unit is None:
        return topic
    commune = topic.unit.level == "commune" and _holds(home, topic)
    return home if commune or holds(topic.unit, home.unit) else topic


def _holds(above: Topic, below: Topic) -> bool:
    return above.unit is not None and below.unit is not None and holds(above.unit, below.unit)


def _elsewhere_or_sure(text: str, topic: Topic, article: Article) -> bool:
    return elsewhere(text, topic, article) or (topic.aside and article.sure)


@cache
def _in_market() -> regex.Pattern[str]:
    """Before the unit of a market: "tại ", "thị trường "."""
    return regex.compile(
        rf"(?<!\p{{L}})(?i:{alternation(words()['market']['at'])})[ ](?:\p{{Ll}}+[ ]){{0,2}}$"
    )


def _bracketed(text: str, topic: Topic) -> bool:
    return text[topic.start - 1 : topic.start] == "("


def elsewhere(text: str, topic: Topic, article: Article) -> bool:
    """Whether a unit in brackets is where something lies, not whose price it is: "xe đi chùa Hương (Ninh Bình)"."""
    home = article.leaning.unit if article.leaning else None
    if home is None or topic.unit is None or not _bracketed(text, topic):
        return False
    return topic.unit.key != home.key and not holds(home, topic.unit) and not holds(topic.unit, home)


def in_brackets(
    text: str, figure: Mention, spoken: InOrder[Topic], article: Article, sentence: Span
) -> Topic | None:
    """The unit of one thing that has a price: "căn nhà trên đường Lê Lợi (quận 5, TP.HCM) giá 6 tỷ đồng"."""
    for topic in spoken.back(figure.start, max(sentence[0], figure.start - 80)):
        if topic.unit and not topic.aside and _bracketed(text, topic) and not elsewhere(text, topic, article):
            return topic
    return None
