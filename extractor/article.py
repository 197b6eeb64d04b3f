"""An article: the text as decoded, untouched, and what it tells of itself."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache

import regex

from extractor.folding import Folded, fold

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Article:
    """One article.

    `text` is never changed; every offset of the project counts its code points. `body` is the span
    without page furniture behind the article (source line, "Zalo"). `title` is the headline: the one that the
    caller states, which need not stand in the text, else the first line where it is a line of its own;
    `title_span` is where the text has it, empty where it has none. `published` is an ISO date or the
    part of it that is known (`2024-11`). `folded` is the reading for patterns, with the map back to `text`.
    """

    text: str
    source: str | None
    id: str
    body: Span
    title: str | None
    title_span: Span
    published: str | None
    byline: str | None
    newspaper: str | None
    url: str | None
    folded: Folded


@dataclass(frozen=True, slots=True)
class _Patterns:
    url: regex.Pattern[str]
    url_date: regex.Pattern[str]
    stamp: regex.Pattern[str]
    source_line: regex.Pattern[str]
    according_to: regex.Pattern[str]
    furniture: regex.Pattern[str]
    byline: regex.Pattern[str]


_FURNITURE = (
    "Zalo",
    "Facebook",
    "Twitter",
    "Chia sẻ",
    "In bài",
    "Gửi email",
    "Lưu bài",
    "Bình luận",
    "Xem thêm",
)
"""Words of the page that stand behind an article."""


@cache
def _patterns() -> _Patterns:
    day, month, year = r"(?P<d>0?[1-9]|[12]\d|3[01])", r"(?P<m>0?[1-9]|1[0-2])", r"(?P<y>(?:19|20)\d\d)"
    name = r"\p{Lu}[\p{L}\p{M}.'’]*"
    return _Patterns(
        url=regex.compile(r"https?://[^\s\"'<>]+"),
        # /2024/11/05/, /202411/, -20241105081530.htm
        url_date=regex.compile(
            r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<s>[/-]?)(?P<m>0[1-9]|1[0-2])(?:(?P=s)(?P<d>0[1-9]|[12]\d|3[01]))?(?=\d{4,6}\D|\D|$)"
        ),
        # "Thứ Ba, 05/11/2024, 08:30", "Ngày đăng: 5-11-2024", "Cập nhật lúc 08:30 ngày 05.11.2024"
        stamp=regex.compile(
            r"(?i:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|2|3|4|5|6|7)|chủ\s+nhật|ngày\s+đăng|đăng\s+(?:lúc|ngày)|cập\s+nhật(?:\s+lúc)?|xuất\s+bản)"
            r"\s*[:,|–-]?\s*(?:(?:lúc\s+)?\d{1,2}[:hg]\d{2}\s*[,|–-]?\s*)?(?:ngày\s+)?"
            rf"{day}\s*[/.-]\s*{month}\s*[/.-]\s*{year}"
        ),
        # "Nguồn Ấp Bắc: http://…", "Theo VnExpress"; not a last sentence that begins with "Theo"
        source_line=regex.compile(
            r"(?m)^[ ]*(?:Nguồn|Theo)[ :]+(?P<name>[^\n:,;.\d]{2,50}?)[ ]*[:.]?[ ]*(?:https?://\S+)?[ ]*$"
        ),
        according_to=regex.compile(
            rf"(?:Theo|Nguồn:?)\s+(?P<name>{name}(?:[ .&-]{{1,3}}{name}){{0,5}})\s*[.)]?\s*$"
        ),
        furniture=regex.compile(rf"(?:\s*(?:{'|'.join(_FURNITURE)})\s*)+\Z"),
        # "KIM LAN - HOÀI THU", "Nguyễn Cường", "Bài, ảnh: Minh Anh"
        byline=regex.compile(
            rf"(?:(?:Bài|Tin|Ảnh)(?:\s*[,và-]+\s*ảnh)?\s*:\s*)?(?P<name>{name}(?:\s+{name}){{0,4}}(?:\s*[-–,/&]\s*{name}(?:\s+{name}){{0,4}}){{0,3}})\s*"
        ),
    )


def article_id(text: str) -> str:
    """The stable id of a text: the same content gives the same id on every machine."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def read_article(
    text: str,
    source: str | None = None,
    *,
    title: str | None = None,
    url: str | None = None,
    published: str | None = None,
    newspaper: str | None = None,
) -> Article:
    """Take an article as it is and read off what the text and its URL tell of it.

    What the caller states (`title`, `url`, `published`, `newspaper`) goes before what the text tells.
    """
    p = _patterns()
    folded = fold(text)
    plain = folded.text
    end = len(plain)
    if plain.rstrip().endswith(_FURNITURE) and (tail := p.furniture.search(plain, max(0, end - 400))):
        end = tail.start()
    tail_start = max(0, end - 600)
    if plain.find("Nguồn", tail_start, end) < 0 and plain.find("Theo", tail_start, end) < 0:
        pass  # as in most articles
    elif source_line := _last_of(p.source_line, plain, tail_start, end):
        url = url or _first_group(p.url, source_line.group())
        newspaper = newspaper or source_line["name"].strip(" .")
        if not plain[source_line.end() : end].strip():
            end = source_line.start()
    elif according := p.according_to.search(plain, max(0, end - 80), end):
        newspaper = newspaper or according["name"]
    end = len(plain[:end].rstrip())
    title_span = folded.span(*_title(plain, end))
    return Article(
        text=text,
        source=source,
        id=article_id(text),
        body=folded.span(0, end),
        title=title or text[slice(*title_span)] or None,
        title_span=title_span,
        published=published or _date_of_url(url) or _date_of_stamp(plain),
        byline=_byline(plain, end),
        newspaper=newspaper,
        url=url,
        folded=folded,
    )


def _first_group(pattern: regex.Pattern[str], text: str) -> str | None:
    m = pattern.search(text)
    return m.group() if m else None


def _last_of(source_line: regex.Pattern[str], text: str, start: int, end: int) -> regex.Match[str] | None:
    found = None
    for found in source_line.finditer(text, start, end):  # noqa: B007
        pass
    return found


def _title(text: str, end: int) -> Span:
    """The first line that is not blank, when it is short enough for a headline and not the whole text."""
    start = 0
    while start < end and text[start].isspace():
        start += 1
    stop = text.find("\n", start, end)
    if stop < 0 or stop - start > 300:
        return (start, start)
    return (start, start + len(text[start:stop].rstrip()))


def _byline(text: str, end: int) -> str | None:
    tail = text[max(0, end - 120) : end]
    cut = max(tail.rfind("\n"), tail.rfind(". "), tail.rfind(".  "), tail.rfind("” "))
    if cut < 0:
        return None
    m = _patterns().byline.fullmatch(tail[cut + 1 :].strip())
    return m["name"] if m else None


def _iso(m: regex.Match[str]) -> str:
    day = f"-{int(m['d']):02d}" if m["d"] else ""
    return f"{m['y']}-{int(m['m']):02d}{day}"


def _date_of_url(url: str | None) -> str | None:
    m = _patterns().url_date.search(url or "")
    return _iso(m) if m else None


@cache
def _year_of_stamp() -> re.Pattern[str]:
    """What every stamp holds: "/2024". A cheap look."""
    return re.compile(r"[/.-]\s*(?:19|20)\d\d")


def _date_of_stamp(text: str) -> str | None:
    """A date stamp stands at the head or the end of a page; a date elsewhere is part of the story."""
    for start, end in ((0, 600), (max(0, len(text) - 300), len(text))):
        if _year_of_stamp().search(text, start, end) and (m := _patterns().stamp.search(text, start, end)):
            return _iso(m)
    return None
