"""Who holds which office: names and offices of one sentence put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import regex

from rules.officials import parting
from rules.officials.bodies import Body, read_body
from rules.officials.names import Name, name_at, names
from rules.officials.offices import Office, office_at, offices
from rules.words import alternation, cached, lexicon

# A body with its parents is read no further than this behind its office (code points).
_LONGEST_BODY = 250
# A name begins no further before its office (code points).
_FURTHEST_NAME = 150


class Held(NamedTuple):
    """An office with its body, as it stands in the text."""

    office: Office
    body: Body

    @property
    def end(self) -> int:
        """Where the office with its body ends."""
        return max(self.office.end, self.body.span[1] if self.body.span else 0)


class Statement(NamedTuple):
    """A person in an office. `former`: a word between them tells that it is over."""

    name: Name
    held: Held
    rule: str
    former: bool = False


def held_offices(text: str, start: int, end: int, heads: Iterable[int]) -> list[Held]:
    """The offices of a sentence with their bodies; words that a body has taken are no office of their own."""
    found = list(offices(text, start, end, heads))
    held: list[Held] = []
    at = start
    for i, office in enumerate(found):
        if office.start < at or _no_office(text, office):
            continue
        limit = min(end, office.end + _LONGEST_BODY)
        for later in islice(found, i + 1, i + 4):
            if later.start >= office.end and not _no_office(text, later):
                limit = min(limit, later.outer)
                break
        body = read_body(text, office.end, limit, head=office.head, noun=office.noun)
        held.append(Held(office, body))
        at = max(office.end, body.span[1] if body.span else 0)
    return held


@cached
def _before_inner() -> frozenset[str]:
    """The last words before an office's word inside a body's name or another word."""
    memorials = (w.split()[-1] for w in lexicon("officials")["memorials"])
    return frozenset({*memorials, *"đoàn phòng phủ bộ ban đồng tăng sinh đối ứng".split()})


@cached
def _inside_body() -> re.Pattern[str]:
    """An office's word inside a body's name or another word: "Đoàn Chủ tịch", "Bộ Tư lệnh", "Hội đồng thành viên", "ứng phó"."""
    return re.compile(
        rf"(?i)(?:(?:{'|'.join(lexicon('officials')['memorials'])}|đoàn|văn phòng|phủ) +chủ tịch|đoàn +(?:đại biểu|đbqh)|(?:bộ|ban) +(?:tư lệnh|chỉ huy|bí thư|tham mưu)|hội đồng +thành viên|(?:tăng|sinh) +trưởng|(?:đối|ứng) +phó)"
    )


def _no_office(text: str, office: Office) -> bool:
    if text.startswith(",", office.end) and text.endswith(("các ", "những "), 0, office.outer):
        return True  # "Trò chuyện với các đại biểu, Phó Thủ tướng A": they are nobody by name
    before = text[max(0, office.outer - 18) : office.outer].split()
    if not before or before[-1].lower() not in _before_inner():
        return False
    m = _inside_body().search(text, max(0, office.outer - 18), min(len(text), office.start + 16))
    return bool(m and m.start() < office.outer < m.end())


def _chains(text: str, held: Sequence[Held]) -> Iterator[list[Held]]:
    """Offices of one person that stand in a row: "Phó Bí thư Huyện ủy, Chủ tịch UBND huyện"."""
    chain: list[Held] = []
    for item in held:
        if chain:
            last = chain[-1]
            gap = parting.between().fullmatch(
                text, max(last.end, min(last.body.end, item.office.outer)), item.office.outer
            )
            if last.body.name is None and gap and not _of_two(last.office, item.office, gap.group()):
                chain.append(item)
                continue
            yield chain
        chain = [item]
    if chain:
        yield chain


def _of_two(one: Office, other: Office, gap: str) -> bool:
    """Whether two heads of states are meant: "Thủ tướng Nhật Bản và Tổng thống Mỹ A"."""
    states = lexicon("officials")["states"]
    return gap.strip() == "và" and one.head in states and other.head in states


def statements(text: str, start: int, end: int, heads: Iterable[int]) -> Iterator[Statement]:
    """The statements of one sentence. `heads`: where words of offices stand in it, in order."""
    at, named = start, None
    for chain in _chains(text, held_offices(text, start, end, heads)):
        yield from _of_chain(text, _without_object(text, chain, start), at, end, named)
        at, named = chain[-1].office.end, chain[-1].body.name


def _without_object(text: str, chain: list[Held], start: int) -> list[Held]:
    """A row less the office of whom the sentence's first verb is about: "Tiếp | Chủ tịch Tập đoàn X, | Thủ tướng A nói"."""
    name = chain[-1].body.name
    if len(chain) > 1 and parting.for_another(text, start, chain[0].office.outer):
        return chain[1:]
    if len(chain) < 2 or name is None or not text[name.end : name.end + 2].strip().islower():
        return chain  # "Tiếp Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh Lê A, | Thủ tướng B nói": both of Lê A
    return chain[1:] if parting.met().fullmatch(text, start, chain[0].office.outer) else chain


def _of_chain(text: str, chain: list[Held], start: int, end: int, named: Name | None) -> Iterator[Statement]:
    """The statements of a row of offices. `named`: who holds the office before it, told behind that office."""
    if parting.not_held(text, 0, chain[0].office.outer):
        return
    left = _left(text, chain[0], start)
    chain = [*chain[:-1], _with_own_name(text, chain[-1], left)]
    right = chain[-1].body.name
    if right and left and named and left.names[0].start == named.start:
        left = None  # "Giám đốc Sở X Lê A, Chủ tịch HĐQT, Tổng giám đốc Công ty Y Trần B": a list of people
    if right:
        rule = "office then name"
    elif not left and (right := _beyond(text, chain, end)):
        rule = "office, name"
    if left:
        second = _second(text, chain) if right else len(chain)
        for held in chain[:second]:
            for name in left.names:
                yield Statement(name, held, "name, office", left.former)
        chain = chain[second:]
    if right:
        for held in chain:
            yield Statement(right, held, rule)
        if parting.several().match(text, max(0, chain[0].office.outer - 24), chain[0].office.outer):
            for name in _more(text, right.end, end):
                for held in chain:
                    yield Statement(name, held, "office then names")


def _with_own_name(text: str, held: Held, left: _Before | None) -> Held:
    """An office whose body is called after a person: "ông Lê Văn An, Giám đốc Công ty TNHH Lê Thành"."""
    span, name = held.body.span, held.body.name
    if span is None or name is None or name.honorific or name.start - span[1] > 1:
        return held
    named, firm = _lacks_name()
    if not (
        firm.search(text, *span) or (left and (named.search(text, *span) or _is_firms(text, held, left)))
    ):
        return held
    return Held(held.office, held.body._replace(span=(span[0], name.end), end=name.end, name=None))


def _is_firms(text: str, held: Held, left: _Before) -> bool:
    """Whether a person with an honorific stands before the office of a firm: "ông A, Giám đốc Công ty Đầu tư Đèo Cả"."""
    return left.names[0].honorific is not None and bool(
        held.body.span and _firm().match(text, *held.body.span)
    )


@cached
def _lacks_name() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """What no body's name ends with: "Trường THPT", "Văn phòng Luật sư"; whoever holds the office, "Công ty TNHH"."""
    words = lexicon("officials_bodies")
    named, after = alternation(words["named"]), alternation(words["named_after"])
    return (
        regex.compile(rf"(?<![\p{{L}}])(?:(?=\p{{Lu}})(?i:{named})|(?i:{after}))$"),
        regex.compile(rf"(?<![\p{{L}}])(?i:{alternation(words['firm_forms'])})$"),
    )


@cached
def _firm() -> regex.Pattern[str]:
    words = lexicon("officials_bodies")
    return regex.compile(
        rf"(?i)(?:(?:hđqt|hội đồng quản trị|hđtv) )?{alternation(words['business'])}(?![\p{{L}}])"
    )


def _second(text: str, chain: list[Held]) -> int:
    """Of a row between two names: the number of the first office of the second one, behind the last semicolon."""
    for i in range(len(chain) - 1, 0, -1):
        if ";" in text[chain[i - 1].end : chain[i].office.outer]:
            return i
    return len(chain) - 1


def _more(text: str, at: int, end: int) -> Iterator[Name]:
    """Further names of a row: ", B", " và C"."""
    while (m := parting.joint().match(text, at, end)) and (name := name_at(text, m.end(), end)):
        yield name
        at = name.end


def _word_start(text: str, at: int, start: int) -> int:
    """The beginning of the word that holds an offset, not before `start`."""
    while at > start and text[at - 1].isalpha():
        at -= 1
    return at


class _Before(NamedTuple):
    """The names before an office, and whether the words between them tell that the office is over."""

    names: tuple[Name, ...]
    former: bool = False


def _left(text: str, held: Held, start: int) -> _Before | None:
    """The name before an office; several where the office is said of all ("A và B, các Phó Chủ tịch")."""
    at = held.office.outer
    if not parting.may_part(text, max(start, at - _FURTHEST_NAME), at):
        return None
    near = names(text, _word_start(text, max(start, at - _FURTHEST_NAME), start), at)
    name = next(near, None)
    if name is None:
        return None
    if text[name.end : at] in (", ", " - ", " – ", " ("):  # as of most
        return _Before((name,))
    gap = parting.before().fullmatch(text, name.end, at)
    if not gap:
        return None
    between = gap.group()
    if not between.strip():
        # The comma was lost: "đồng chí Trần Quốc Bình Phó Bí thư Huyện ủy".
        bare = name.honorific and text[at].isupper() and held.body.name is None
        return _Before((name,)) if bare else None
    if (gap["is"] or gap["verb"]) and held.body.span is None and "làm" in between:
        return None  # "do ông A làm Trưởng đoàn": no office of a body
    if gap["clause"] and "quyết định" in gap["clause"]:
        return None  # "ông A ký quyết định bổ nhiệm": of somebody else
    every = tuple(_row(text, name, near)) if gap["all"] else (name,)
    return _Before(every, parting.over().search(between) is not None)


def _row(text: str, later: Name, before: Iterator[Name]) -> Iterator[Name]:
    """A name and those before it that stand in a row with it, from the last to the first."""
    yield later
    for name in before:
        if not parting.joint_before().fullmatch(text, name.end, later.outer):
            return
        yield name
        later = name


def _own_office(text: str, at: int, end: int) -> bool:
    """Whether an office of its own follows a name."""
    gap = parting.mark().match(text, at, end)
    return gap is not None and office_at(text, gap.end(), end)


def _beyond(text: str, chain: Sequence[Held], end: int) -> Name | None:
    """The name behind an office that does not touch it: ", ông A", " - Nguyễn Văn A", " là bà B"."""
    held, outer = chain[-1], chain[0].office.outer
    at = max(held.end, held.body.end)
    for begin in dict.fromkeys((held.end, at)):
        m = parting.behind().match(text, begin, end)
        name = name_at(text, m.end(), end) if m else None
        if not m or not name:
            continue
        # "Thư ký báo chí của Tổng thống Nga, ông B", "Con rể Tổng thống A, ông B": the name is not the president's.
        if m["loose"] and parting.owned(text, 0, outer):
            continue
        # Behind a comma a name may be another person with an office of his own; with an honorific only behind
        # an office without a body: "Đáp lời Thủ tướng, ông A, Chủ tịch Công ty X".
        other = m["loose"] == "," and _own_office(text, name.end, end)
        own = name.honorific and held.body.span if other else name.honorific or m["loose"] == ","
        if not m["loose"] or own:
            return name
    return None
