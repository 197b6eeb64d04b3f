"""Runs of capitalised syllables behind a position: a place, a subject, a person's name, or two of these in a row."""

from __future__ import annotations

from rules.base import Span
from rules.officials.names import Name, foreign, hyphened, is_unit, name_at, split
from rules.officials.pieces import ENDED, HEADS, Piece, Progress, country, degree
from rules.officials.syllables import cut, is_vietnamese, syllables, syllables_of_run
from rules.openings import opens
from rules.words import lexicon


def run(body: Progress, found: Piece) -> bool:
    """Take a run into the body, or the part of it that is not the person's name. False where the body ends."""
    text = body.text
    if body.mode in ENDED and opens(text, found.start):
        return False  # "Sở Y tế Hà Nội | Theo ông": the full stop was lost
    if degree().match(found.word):
        body.name = name_at(text, found.start, body.limit)
        return False
    tokens = _tokens(body, found)
    if not tokens:
        return False
    # A unit, a hamlet or a school has a name of its own, which comes first.
    person = split(text, tokens, before=1 if body.mode in ("unit", "hamlet", "named") else 0)
    if (person is None or person[0] > 0 or country(text, tokens[0][0], body.limit)) and _foreigner(
        body, tokens
    ):
        return True
    if person is None:
        return _at_start(body, tokens) if body.mode == "start" else _take(body, tokens)
    first, last = person
    if first:
        _take(body, tokens[:first])
    body.name = Name(tokens[first][0], tokens[last - 1][1])
    return True


def _tokens(body: Progress, found: Piece) -> list[Span]:
    """The syllables of a run, less what begins a subject in small letters ("Hà Nội Tài nguyên") or a new sentence."""
    text = body.text
    tokens = syllables_of_run(text, found.start, found.end)
    tokens = tokens[: cut(text, tokens, 0, least=1)]
    if len(tokens) > 1:
        space = text.find(" ", tokens[-1][1], body.limit)
        inner = body.next(tokens[-1][0]) if space >= 0 and text[space + 1 : space + 2].islower() else None
        if inner and (inner.kind == "subject" or inner.kind in HEADS) and " " in inner.word:
            return tokens[:-1]
    return tokens


def _foreigner(body: Progress, tokens: list[Span]) -> bool:
    """Read a country, if there is one, and a foreign name: "Bộ trưởng Quốc phòng Mỹ James Mattis"."""
    text = body.text
    end = country(text, tokens[0][0], tokens[-1][1])
    count = sum(1 for t in tokens if t[1] <= end) if end else 0
    # "tỉnh Lào Cai", "huyện Mỹ Đức", "Anh Sơn": a unit whose name begins like a country's.
    unit = body.mode in ("unit", "hamlet") and text[body.unit_from : body.unit_from + 4] != "bang"
    if count == 1 and len(tokens) > 1 and (unit or is_unit(text[tokens[0][0] : tokens[1][1]])):
        count = 0
    behind = body.mode == "place" and body.place is not None and country(text, body.place[0], body.limit)
    alone = body.mode == "start" and body.head in lexicon("officials")["states"]
    if not (count or behind or alone):
        return False
    rest = tokens[count:]
    length = foreign(text, rest)
    # Behind a country any two to four syllables are a name: "Trung Quốc Tập Cận Bình".
    if not length and count and 2 <= (until := cut(text, rest, 0, least=1)) <= 4:
        length = until
    if not length:
        return False
    if count:
        body.take(tokens[0][0], tokens[count - 1][1])
    body.name = Name(rest[0][0], hyphened(text, rest[:length], abroad=True))
    return True


def _take(body: Progress, tokens: list[Span]) -> bool:
    """Take syllables as a place or as part of a subject; a place ends the body."""
    text, start, end = body.text, tokens[0][0], tokens[-1][1]
    following = body.next(end)
    small = following is not None and following.kind == "low"
    # A single syllable with a small one behind it begins a word: "Thanh toán" is no unit "Thanh".
    part = len(tokens) == 1 and following is not None and following.kind in ("low", "subject")
    if part and body.mode == "closed" and not (is_unit(text[start:end]) or text[start:end].isupper()):
        return False  # "NHNN | Quy mô dân số": the full stop was lost
    # A firm's or a school's own name ends its body: "Trường tiểu học Nam Trung Yên".
    own = (
        small and body.mode == "named" and len(tokens) > 1 and not any(text[a:b].isupper() for a, b in tokens)
    )
    body.take(start, end)
    body.free = 0
    if body.mode == "unit":
        body.place, body.mode = (body.unit_from, end), "place"
    elif own or not body.open or (not part and is_unit(text[start:end])):
        body.place, body.mode = (start, end), "place"
    return True


def _at_start(body: Progress, tokens: list[Span]) -> bool:
    """Read what stands right behind the position: "Bí thư Hải Phòng", "Tổng giám đốc VNPT", "Cục trưởng Khảo thí"."""
    text, start = body.text, tokens[0][0]
    for count in range(min(len(tokens), 5), 0, -1):
        end = tokens[count - 1][1]
        words = text[start:end]
        known = is_unit(words) and (count > 1 or words.isupper() or words == "Huế")
        if known or country(words, 0, len(words)) == len(words):
            body.take(start, end)
            body.place, body.mode = (start, end), "place"
            return True
    following = body.next(tokens[0][1])
    if (
        len(tokens) == 1
        and body.head in lexicon("officials")["by_subject"]
        and following
        and following.kind == "low"
    ):
        body.take(*tokens[0])
        body.mode, body.open = "open", True
        return True
    word = text[slice(*tokens[0])]
    if (word.isupper() and len(word) > 1) or not is_vietnamese(text, tokens[0]):
        body.take(start, tokens[-1][1])
        body.mode = "place"
        return True
    return False


def joined_place(body: Progress, found: Piece) -> int | None:
    """The end of a place name that goes on behind a dash: "Thừa Thiên - Huế", "Bà Rịa - Vũng Tàu"; else None."""
    text = body.text
    before = syllables(text, max(body.first, body.last - 24), body.last)[-2:]
    if not before:
        return None
    for _, end in syllables(text, found.start, found.end)[1::-1]:
        if is_unit(f"{text[before[0][0] : body.last]} - {text[found.start : end]}"):
            return end
    return None
