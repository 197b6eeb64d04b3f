"""Text -> Reading: the folded text, its sentences, and words on demand."""

from __future__ import annotations

import re
from functools import cache

import regex

from extractor.article import Article
from extractor.folding import Folded
from rules.base import Reading, Span
from rules.words import capitals


@cache
def _mark() -> re.Pattern[str]:
    """How every end of a sentence begins, a cheap look: a line end; a mark, closing quotes and a space.

    Group 1: the space of a mark that ends a sentence behind a letter and before a capital, as most do.
    """
    plain = rf"(?<=[^\s.]\.|.[!?…])([ ])(?=[{capitals()}\d])"
    return re.compile(rf"[\n.!?…](?:{plain}|(?<=\n)\n*|[\"”’»)\]]*[ ])")


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


_SHORT = "TP TX TT Q P H X KP GS PGS TS ThS BS BSCK CK KS CN LS NSND NSƯT NGƯT NGND Th Đ/c Tr St Mr Mrs Ms Dr No vs Ng"
"""Abbreviations of at most four letters, in any letter case."""


@cache
def _no_stop() -> regex.Pattern[str]:
    """Before the space: an abbreviation or an initial whose dot ends no sentence."""
    return regex.compile(rf"(?r)(?:^|[\s(\"“‘«/.,–-])(?i:{'|'.join(_SHORT.split())}|\p{{Lu}})\.$")


@cache
def _short() -> tuple[frozenset[str], frozenset[str]]:
    """The abbreviations, and the two letters that the longer ones end with."""
    words = _SHORT.casefold().split()
    return frozenset(words), frozenset(word[-2:] for word in words)


def _stops(text: str, start: int, at: int) -> bool:
    """Whether the mark at an offset is no abbreviation's dot; `start`: of the sentence."""
    last = text[max(start, at - 2) : at]
    short, ends = _short()
    if not last[-1:].isalpha() or (len(last) == 2 and last.isalpha() and last.lower() not in ends):
        return True
    word = text[max(start, at - 5) : at].rpartition(" ")[2]
    if len(word) > 1 and word.isalpha() and word.casefold() not in short:
        return True
    return not _no_stop().match(text, max(start, at - 7), at + 1)


def sentences(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Spans of the sentences between two offsets: trimmed, in order, never across a line end."""
    found: list[Span] = []
    begin = start
    behind_mark, behind_quote = _stop()
    for mark in _mark().finditer(text, start, end):
        at = mark.start()
        if mark.lastindex:
            if _stops(text, begin, at):
                _add(found, text, begin, at + 1)
                begin = mark.end()
        elif text[at] == "\n":
            _add(found, text, begin, at)
            begin = mark.end()
        elif m := behind_mark.match(text, at + 1, end):
            if _stops(text, begin, at):
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
