"""Tenures of one name: mentions of a seat put together, and whether the seats are one person's."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from extractor.tenures.bodies import one_form
from extractor.tenures.identity import identified
from extractor.tenures.model import Mention, State, Statement, Tenure, before
from extractor.tenures.offices import office
from extractor.tenures.reading import Read, Seat, may_be, most_written, read
from extractor.tenures.words import name_key, spaced, starts

# No term, nor two, lasts as long: mentions further apart (days) may be two tenures, or two people.
_GAP = 3653
# So many tenures that a statement may belong to are named.
_MANY = 20


def tenures(statements: Sequence[Statement]) -> tuple[list[Tenure], list[Mention]]:
    """The tenures that statements of one name tell of, and each statement's part in them.

    The result does not depend on the order of the statements.
    """
    found = read(sorted(statements, key=lambda s: (s.article_id, s.record_id)))
    seats: dict[Seat, list[Read]] = defaultdict(list)
    for each in found:
        if each.body.whole:
            seats[each.seat].append(each)
    made: list[Tenure] = []
    parts: dict[str, str] = {}  # record to tenure
    articles: dict[str, set[str]] = {}
    for seat, told in sorted(_closed(seats).items(), key=lambda item: _order(item[0])):
        for number, part in enumerate(_parts(told)):
            tenure = _tenure(seat, part, number)
            made.append(tenure)
            articles[tenure.tenure_id] = {e.statement.article_id for e in part}
            parts.update((e.statement.record_id, tenure.tenure_id) for e in part)
    made = identified(made, articles)
    by_office: dict[str, list[Tenure]] = defaultdict(list)
    for tenure in made:
        by_office[tenure.office].append(tenure)
    return made, [_mention(e, parts.get(e.statement.record_id), by_office[e.office.name]) for e in found]


def _order(seat: Seat) -> tuple[str, ...]:
    return seat.office, seat.body, *(seat.unit or ("", "")), str(seat.acting)


def _closed(seats: dict[Seat, list[Read]]) -> dict[Seat, list[Read]]:
    """ "nguyên Quyền Chủ tịch" aside, a mention that an office is over closes the tenure that it was held in.

    Where only an acting tenure of the office is told, it closes that one.
    """
    for seat in list(seats):
        acting = seat._replace(acting=True)
        over = [e for e in seats[seat] if e.statement.told == "former"]
        if not seat.acting and acting in seats and len(over) == len(seats[seat]):
            seats[acting] += seats.pop(seat)
    return seats


def _parts(told: Sequence[Read]) -> list[list[Read]]:
    """The mentions of a seat, parted where no article tells of it for ten years. One without a date goes with the
    only part; of several it stays with none.
    """
    dated = sorted((e for e in told if e.statement.published), key=lambda e: e.statement.published or "")
    parts: list[list[Read]] = []
    for each in dated:
        if parts and _days(parts[-1][-1], each) <= _GAP:
            parts[-1].append(each)
        else:
            parts.append([each])
    undated = [e for e in told if not e.statement.published]
    if len(parts) > 1:
        return parts
    return [[*(parts[0] if parts else ()), *undated]]


def _days(a: Read, b: Read) -> int:
    first, second = (date.fromisoformat(_full(e.statement.published or "")) for e in (a, b))
    return (second - first).days


def _full(day: str) -> str:
    return day[:10] if len(day) >= 10 else day[:7] + "-01" if len(day) >= 7 else day[:4] + "-01-01"


def _tenure(seat: Seat, told: Sequence[Read], number: int) -> Tenure:
    statements = [e.statement for e in told]
    held = [s for s in statements if s.told != "former"]
    days = sorted(s.published for s in held if s.published)
    over = min((s.published for s in statements if s.told == "former" and s.published), default=None)
    name = most_written([s.name for s in statements])
    key = "\0".join((name_key(name), *_order(seat), str(number)))
    sectors = [e.statement.sector for e in told if e.rule == "told"] or [s.sector for s in statements]
    return Tenure(
        tenure_id=_id(key),
        person_id="",
        name=name,
        office=seat.office,
        body_key=seat.body,
        body=_body(seat, statements),
        unit=seat.unit,
        sector=min(set(sectors), key=lambda s: (-sectors.count(s), s)),
        acting=seat.acting,
        state=_state(held, days, over, len(held) < len(statements)),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        former_from=over,
        mentions=len(statements),
        undated=sum(not s.published for s in statements),
        articles=len({s.article_id for s in statements}),
        stories=len({s.story or s.article_id for s in statements}),
        newspapers=len({s.newspaper for s in statements if s.newspaper}),
        identity="one",
    )


def _body(seat: Seat, statements: Sequence[Statement]) -> str:
    """The body as some article writes it most fully; its words in one form where all leave some out."""
    first = office(statements[0].position).first
    written = {spaced(s.organisation) for s in statements if s.organisation}
    if first and starts(seat.body, first):
        written = {w if starts(one_form(w), first) else f"{first.capitalize()} {w}" for w in written}
    return min(written, key=lambda w: ("(" in w, -len(w), w), default=seat.body.capitalize())


def _id(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:20]


def _state(held: Sequence[Statement], days: Sequence[str], over: str | None, told_over: bool) -> State:
    """`former` where an article tells that the office is over, `unclear` where a later one tells it as held."""
    if not told_over:
        return "held"
    return "unclear" if held and days and before(over, days[-1]) else "former"


def _mention(each: Read, tenure_id: str | None, made: Iterable[Tenure]) -> Mention:
    s = each.statement
    if tenure_id:
        return Mention(s.record_id, s.article_id, tenure_id, s.told, each.rule)
    near = (
        t.tenure_id
        for t in made
        if may_be(each.body, replace(each.body, words=t.body_key, unit=t.unit, whole=True))
    )
    return Mention(s.record_id, s.article_id, None, s.told, "open", tuple(islice(near, _MANY)))
