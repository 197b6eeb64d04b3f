"""Text -> Reading: the folded text, its sentences, and words on demand."""

from __future__ import annotations

import re
from functools import cache

import regex

from extractor.article import Article
from extractor.folding import Folded
from rules.base import Reading, Span


@cache
def _mark() -> re.Pattern[str]:
    """How every end of a sentence begins, a cheap look: a line end; a mark, closing quotes and a space."""
    return re.compile(r"[\n.!?…](?:(?<=\n)\n*|[\"”’»)\]]*[ ])")


@cache
def _stop() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """Behind a mark that ends a sentence: . ! ? … with closing quotes before a space and a fresh start.

    The second behind one closing quote, whatever the mark is: "… (tr. 5.) Ông".
    """
    fresh = r"[ ]+(?=[\"“‘«(\[]*[\p{Lu}\d•*–-])"
    return (
        regex.compile(rf"(?<=[!?…]|\.{{3}}|[^\s.]\.)[\"”’»)\]]*{fresh}"),
        regex.compile(rf"(?<=[.!?…][\"”’»)]){fresh}"),
    )


@cache
def _no_stop() -> regex.Pattern[str]:
    """Before the space: an abbreviation or an initial whose dot ends no sentence."""
    return regex.compile(
        r"(?r)(?:^|[\s(\"“‘«/.,–-])(?i:TP|TX|TT|Q|P|H|X|KP|GS|PGS|TS|ThS|Ths|BS|BSCK|CK|KS|CN|LS|NSND|NSƯT|NGƯT|NGND|Th|Đ/c|đ/c|Tr|St|Mr|Mrs|Ms|Dr|No|vs|tr|Ng|[\p{Lu}])\.$"
    )


def sentences(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Spans of the sentences between two offsets: trimmed, in order, never across a line end."""
    found: list[Span] = []
    begin = start
    no_stop = _no_stop()
    behind_mark, behind_quote = _stop()
    for mark in _mark().finditer(text, start, end):
        at = mark.start()
        if text[at] == "\n":
            _add(found, text, begin, at)
            begin = mark.end()
        elif m := behind_mark.match(text, at + 1, end):
            if not no_stop.match(text, max(begin, at - 7), at + 1):
                _add(found, text, begin, at + len(text[at : m.end()].rstrip()))
                begin = m.end()
        elif m := behind_quote.match(text, at + 2, end):
            _add(found, text, begin, at + 2)
            begin = m.end()
    _add(found, text, begin, end)
    return tuple(found)


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append((start, end))


def read(article: Article) -> tuple[Reading, Folded]:
    """The reading of an article for the rules, and the map from it back to the untouched text."""
    folded = article.folded
    start, end = folded.at(article.body[0]), folded.at(article.body[1])
    title = (folded.at(article.title_span[0]), folded.at(article.title_span[1]))

    def words(a: int, b: int) -> tuple[Span, ...]:
        from extractor.segmenting import words as segment

        return segment(folded.text, a, b)

    reading = Reading(
        text=folded.text,
        sentences=sentences(folded.text, start, end),
        title=title,
        published=article.published,
        newspaper=article.newspaper,
        words=words,
    )
    return reading, folded
