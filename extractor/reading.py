"""Text -> Reading: the folded text, its sentences, and words on demand."""

from __future__ import annotations

from functools import cache

import regex

from extractor.article import Article
from extractor.folding import Folded
from rules.base import Reading, Span


@cache
def _stop() -> regex.Pattern[str]:
    """Where a sentence may end: a line end, or . ! ? … with closing quotes before a space and a fresh start."""
    return regex.compile(
        r"\n+"
        r"|(?<=[!?…]|\.{3}|[^\s.]\.)[\"”’»)\]]*[ ]+(?=[\"“‘«(\[]*[\p{Lu}\d•*–-])"
        r"|(?<=[.!?…][\"”’»)])[ ]+(?=[\"“‘«(\[]*[\p{Lu}\d•*–-])"
    )


@cache
def _no_stop() -> regex.Pattern[str]:
    """Before the space: an abbreviation or an initial whose dot ends no sentence."""
    return regex.compile(
        r"(?:^|[\s(\"“‘«/.,–-])(?i:TP|TX|TT|Q|P|H|X|KP|GS|PGS|TS|ThS|Ths|BS|BSCK|CK|KS|CN|LS|NSND|NSƯT|NGƯT|NGND|Th|Đ/c|đ/c|Tr|St|Mr|Mrs|Ms|Dr|No|vs|tr|Ng|[\p{Lu}])\.$"
    )


def sentences(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Spans of the sentences between two offsets: trimmed, in order, never across a line end."""
    found: list[Span] = []
    begin = start
    no_stop = _no_stop()
    for m in _stop().finditer(text, start, end):
        if not m.group().startswith("\n") and no_stop.search(text, max(begin, m.start() - 8), m.start()):
            continue
        _add(found, text, begin, m.start() + len(m.group().rstrip()) if "\n" not in m.group() else m.start())
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
