"""Bodies behind a position: "UBND huyện X", "Phòng Quản lý đô thị quận Đống Đa", read piece by piece.

The reader goes on as long as the pieces can belong to the name of one body, and tells where the body
ends and whether a person's name stands right behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from rules.base import Span
from rules.officials import pieces
from rules.officials.names import Name, name_at
from rules.officials.pieces import ENDED, HEADS, Piece, Progress
from rules.officials.runs import joined_place, run
from rules.words import cached, lexicon

# Free words in a row that a subject may go on for.
_FREE = 9
# An aside in parentheses is no longer (code points).
_ASIDE = 90


class Body(NamedTuple):
    """What stands behind a position.

    `span`: the body, None where none is told; `end`: where reading stopped; `name`: the person's name right
    behind it; `place`: the unit in the body's name, with its type word where it has one.
    """

    span: Span | None
    end: int
    name: Name | None = None
    place: Span | None = None


def read_body(text: str, at: int, limit: int, *, head: str = "", noun: Span | None = None) -> Body:
    """Read the body from the offset behind a position on, not beyond `limit`.

    `head`: the position's head in small letters. `noun`: the noun of the position that the body begins
    with ("phòng" of "Trưởng phòng").
    """
    body = Progress(text, at, limit, head)
    if noun:
        _take_noun(body, noun)
    while body.name is None and (found := body.next()):
        if (
            body.mode != "term"
            and found.word[0] in "(kn"
            and (term := pieces.term().match(text, body.at, limit))
        ):
            body.at, body.mode, body.frozen = term.end(), "term", True
        elif not _STEPS[found.kind](body, found):
            break
    return _finished(body)


def _take_noun(body: Progress, noun: Span) -> None:
    """Begin with the noun of the position, or the longer body that begins there: "đoàn đại biểu Quốc hội"."""
    body.fresh = True
    if body.at > noun[1]:
        # "Phó Trưởng ban Thường trực Ban Dân vận": the body is told behind the whole position.
        body.mode, body.open = "led", True
        return
    found = body.next(noun[0])
    if found and (found.kind in HEADS or found.kind == "hamlet"):
        body.mode = found.kind
        body.take(noun[0], max(found.end, noun[1]))
    else:
        body.mode = "open"
        body.take(*noun)
    body.open, body.hamlet = body.mode in ("open", "named"), body.mode == "hamlet"


def _finished(body: Progress) -> Body:
    text, first, last = body.text, body.first, body.last
    if first >= 0 and body.head in ("đại biểu", "đb") and (m := pieces.assembly().match(text, first)):
        last = m.end()  # "Đại biểu Quốc hội tỉnh X": the place is not the assembly's
    while (
        first >= 0
        and text.endswith(pieces.DANGLING, first, last)
        and (m := pieces.dangling().search(text, first, last))
    ):
        last = m.start()
    if last <= first or first < 0:
        return Body(None, body.at, body.name, body.place)
    return Body((first, last), max(body.at, last), body.name, body.place)


def _head(body: Progress, found: Piece) -> bool:
    """Take a body's first word: "Sở", "UBND"; behind a place it belongs to something else."""
    if body.mode in ENDED:
        return False
    if body.text[body.first : body.last].lower() == found.word.lower():
        body.first = -1  # "Trưởng ban Ban Chỉ đạo": the noun of the position is said again
    body.take(found.start, found.end)
    body.mode, body.open = found.kind, found.kind in ("open", "named")
    body.fresh, body.free = True, 0
    return True


def _hamlet(body: Progress, found: Piece) -> bool:
    """Take a hamlet's type word: "thôn", "tổ dân phố"."""
    if body.mode in ENDED:
        return False
    body.take(found.start, found.end)
    body.mode, body.open, body.hamlet = "hamlet", False, True
    return True


def _unit(body: Progress, found: Piece) -> bool:
    """Take a unit's type word, with its name behind it or, bare, for the unit that the text is about."""
    if body.mode == "place" and not (body.hamlet and not body.parent):
        return False
    following = body.text[found.end : found.end + 2].lstrip(" ")[:1]
    named = following.isupper() or following.isdigit()
    if len(found.word) == 1 and not (found.capital and named):
        return found.word.islower() and _low(body, found)
    if found.word.lower() in ("vùng", "miền", "bang") and not named:
        return _low(body, found)
    body.unit_from = found.start
    body.take(found.start, found.end)
    body.mode = "unit" if named else "bare"
    if not named:
        body.place = (found.start, found.end)
    return True


def _subject(body: Progress, found: Piece) -> bool:
    """Take a body's subject: "Tài chính"; in "Bộ trưởng Tài chính" it stands for the body."""
    if body.mode in ENDED or body.mode in ("closed", "hamlet", "unit"):
        return False
    if body.mode == "start" and not found.capital and body.head not in lexicon("officials")["states"]:
        return False
    if not body.fresh and found.word in lexicon("officials_bodies")["verbs_too"]:
        return False
    body.take(found.start, found.end)
    body.mode, body.open, body.fresh, body.free = "open", True, False, 0
    return True


def _low(body: Progress, found: Piece) -> bool:
    """Take a free word of a subject: "Trung tâm điều hành đường cao tốc"."""
    if not body.open or body.mode in ENDED or body.mode == "start" or body.free >= _FREE:
        return False
    body.take(found.start, found.end)
    body.free += 1
    body.mode = body.mode if body.mode == "named" else "low"
    return True


def _number(body: Progress, found: Piece) -> bool:
    """Take a number: "quận 1", "Đội 3", "số 7", "xóm Bãi Sậy 3"."""
    behind_hamlet = body.mode == "place" and body.hamlet and body.last == body.at
    if not behind_hamlet and body.mode not in ("unit", "open", "named", "hamlet", "low"):
        return False
    body.take(found.start, found.end)
    if body.mode == "unit":
        body.place, body.mode = (body.unit_from, found.end), "place"
    elif body.mode == "hamlet":
        body.mode = "place"
    return True


def _joint(body: Progress, found: Piece) -> bool:
    """Go on behind "của", "tại", "và", "về" where the name of the body goes on behind it."""
    following = body.next(found.end)
    if following is None:
        return False
    if found.word == "của":
        country = following.kind == "run" and pieces.country(body.text, following.start, body.limit)
        return (following.kind in HEADS or following.kind == "unit" or bool(country)) and body.join(found.end)
    if body.first < 0:
        return False
    if found.word == "tại":
        return _seat(body, found, following)
    return body.open and body.mode not in ENDED and _more(body, found, following)


def _seat(body: Progress, found: Piece, following: Piece) -> bool:
    """ "Đại sứ Việt Nam tại Iran", "Đại sứ Philippines tại Bắc Kinh"."""
    sent = body.head in ("đại sứ", "tổng lãnh sự") or pieces.country(body.text, following.start, body.limit)
    if following.kind != "run" or body.mode != "place" or not sent:
        return False
    body.take(found.start, found.end)
    body.mode = "joint"
    return True


def _more(body: Progress, found: Piece, following: Piece) -> bool:
    """Whether a subject goes on behind "và", "&", "về": "và đào tạo", "và DV", "và Truyền thông", "và doanh nghiệp"."""
    kind, text = following.kind, body.text
    about = found.word == "về"
    if kind == "run":
        if pieces.degree().match(following.word):
            return False
        begins_word = (
            " " not in following.word and text[following.end : following.end + 2].strip(" ").islower()
        )
        goes_on = begins_word or (following.word.isupper() and not about)
    else:
        goes_on = kind == "subject" or (about and kind == "low")
        goes_on = goes_on or (not about and kind in ("open", "named") and not following.capital)
    if goes_on:
        body.take(found.start, found.end)
        body.fresh = body.fresh or kind == "subject"
    return goes_on


def _paren(body: Progress, found: Piece) -> bool:
    """Read an aside: an abbreviation, the parent body, or a place, which is passed over."""
    close = body.text.find(")", found.end, min(body.limit, found.end + _ASIDE))
    inner = pieces.piece(body.text, found.end, close) if close >= 0 and body.first >= 0 else None
    if inner is None:
        return False
    if inner.kind != "unit" and inner.end == close and inner.word.isupper() and body.mode not in ENDED:
        body.take(found.start, close + 1)  # "Mặt trận Tổ quốc (MTTQ) Việt Nam"
        return True
    if inner.kind in HEADS:
        body.take(found.start, close + 1)
    elif inner.kind in ("unit", "run", "number"):
        body.at = close + 1
    else:
        return False
    body.mode, body.frozen = "place", True
    at = body.at + 1 if body.text[body.at : body.at + 1] == " " else body.at
    body.name = name_at(body.text, at, body.limit)
    return False


def _comma(body: Progress, found: Piece) -> bool:
    """Go on behind a comma: in a ministry's own name, to the parent body, or over a place to the name."""
    following = body.next(found.end) if body.first >= 0 else None
    if following is None:
        return False
    if following.kind == "subject":
        if (
            not body.open
            or body.mode == "place"
            or not pieces.goes_on().match(body.text, following.start, body.limit)
        ):
            return False
        body.take(found.start, found.end)
        return True
    if following.kind in HEADS:
        clause = pieces.new_clause().match(body.text, following.end, body.limit)
        return not clause and _parent(body, found, following)
    if following.kind == "unit" and body.mode == "place":
        if not body.text[following.end : following.end + 2].strip()[:1].isupper():
            return False
        # A hamlet is told with its commune; of other bodies the place behind the comma is no part.
        body.frozen = body.frozen or not body.hamlet or body.parent
        body.parent = True
        return body.join(found.end)
    return False


def _parent(body: Progress, found: Piece, following: Piece) -> bool:
    """Go on to the body that this one belongs to: a department's ministry, a ward's hospital; one only."""
    if body.frozen or body.parent or body.mode == "bare" or not following.capital:
        return False
    head = body.next(body.first)
    if head is None or head.kind not in ("open", "named", "hamlet") or head.word.lower() in _highest():
        return False
    body.parent = True
    return body.join(found.end)


@cached
def _highest() -> frozenset[str]:
    return frozenset(lexicon("officials_bodies")["highest"])


def _dash(body: Progress, found: Piece) -> bool:
    """Go on behind a dash: "Chăn nuôi - Thú y", "Thừa Thiên - Huế", "Trạm CSGT - Công an tỉnh"."""
    following = body.next(found.end) if body.first >= 0 and body.mode != "bare" else None
    if following is None:
        return False
    place = joined_place(body, following) if following.kind == "run" and body.mode == "place" else None
    if place:
        body.take(found.start, place)
        body.place = (body.place[0], place) if body.place else None
        return True
    if following.kind in HEADS:
        return _parent(body, found, following)
    if not body.open or body.mode in ENDED:
        return False
    tight = found.tight and following.tight
    syllable = following.kind == "run" and " " not in following.word and len(following.word) > 1
    if following.kind == "subject" or syllable or (tight and following.kind == "low"):
        body.take(found.start, found.end)
        return True
    return False


def _end(body: Progress, found: Piece) -> bool:
    return False


_STEPS: dict[str, Callable[[Progress, Piece], bool]] = {
    "closed": _head,
    "open": _head,
    "named": _head,
    "hamlet": _hamlet,
    "unit": _unit,
    "subject": _subject,
    "low": _low,
    "number": _number,
    "run": run,
    "joint": _joint,
    "paren": _paren,
    "comma": _comma,
    "dash": _dash,
    "stop": _end,
    "other": _end,
}
