"""Who holds which office: names and offices of one sentence put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

import regex

from rules.base import Span
from rules.officials.bodies import Body, read_body
from rules.officials.names import Name, name_at, names
from rules.officials.offices import Office, office_at, offices
from rules.words import alternation, lexicon


# A body with its parents is read no further than this behind its office (code points).
_LONGEST_BODY = 250
# A name begins no further before its office (code points).
_FURTHEST_NAME = 150


@dataclass(frozen=True, slots=True)
class Held:
    """An office with its body, as it stands in the text."""

    office: Office
    body: Body

    @property
    def end(self) -> int:
        """Where the office with its body ends."""
        return max(self.office.end, self.body.span[1] if self.body.span else 0)


@dataclass(frozen=True, slots=True)
class Statement:
    """A person in an office. `former`: a word between them tells that it is over."""

    name: Name
    held: Held
    rule: str
    former: bool = False


@cache
def _between() -> regex.Pattern[str]:
    """What parts two offices of one person: ", kiêm", "; đồng thời là", "giữ chức"."""
    verbs = r"(?:được |vừa |đã |bị )*(?:bổ nhiệm |điều động |bầu |phân công )?(?:giữ |làm )(?:chức(?: vụ)? )?"
    return regex.compile(rf" *(?:{alternation(lexicon('officials')['between'])}|{verbs}) *")


@cache
def _before() -> regex.Pattern[str]:
    """Between a name and the office behind it: ", ", " - ", " (", ", 45 tuổi, ", " là ", " được bầu làm ", "thôi giữ chức "."""
    aside = r"(?: *\((?!\d{4}\))[^()]{1,40}\)|,? sinh (?:năm|ngày) [^,()]{1,20}(?=,)| *[,(] *(?:\d+ tuổi|(?:sinh|SN|sn)[^,()]{1,24}|quê[^,()]{1,30}|ngụ[^,()]{1,30}|trú[^,()]{1,30}|đoàn [^,()]{2,30}|ĐBQH[^,()]{0,30})\)?)*"
    copula = r"(?:(?:hiện|nay|đang|hiện đang|hiện nay|vốn|cũng|nguyên|từng|đều|đã|cùng|lúc đó|khi đó|lúc ấy|khi ấy|bấy giờ|thời điểm đó|lúc này)? ?(?:là|làm|giữ chức(?: vụ| danh)?|giữ vai trò|với tư cách(?: là)?|trên cương vị|trong vai trò)|hiện|hiện nay là|người) "
    verb = r"[\p{Ll} ]{0,60}?(?:giữ (?:các |luôn )?(?:chức|cương vị|vị trí|chức vụ|trọng trách)|đảm nhiệm|đảm nhận|bổ nhiệm|bầu(?: làm| giữ)?|làm|nhận nhiệm vụ|nhận chức|nhậm chức|cách chức|cách hết các chức vụ|thôi)(?: vụ| danh| chức(?: vụ)?| làm)? "
    return regex.compile(rf"{aside} *(?:(?P<mark>[,–—(-]|--|, -|-,|,?\") *(?:{copula})?|(?P<is>{copula})|(?P<verb>{verb})) *")


@cache
def _behind() -> regex.Pattern[str]:
    """Between an office and the name behind it when they do not touch: " là ", ", ", " - ", ": ", "mới ", "(ông "."""
    return regex.compile(r" *(?:(?P<loose>,|\(|là|mới là|tên là|do)|(?P<tight>[-–—:]|: ?-?))? *(?:(?:là |gồm )?(?:các )?(?:ông|bà|đồng chí|đ/c)(?:, ?| và |/)(?:ông|bà|đồng chí)? *:? *)?")


@cache
def _and() -> regex.Pattern[str]:
    return regex.compile(r" *(?:,|;| và | cùng )(?: *và )? *")


@cache
def _plural() -> regex.Pattern[str]:
    """Before an office: it goes with several names."""
    return regex.compile(r"(?i)(?:các|những|hai|ba|bốn|năm|\d+|nhiều)(?: đồng chí| ông| bà)? *$")


@cache
def _over() -> regex.Pattern[str]:
    return regex.compile(r"thôi |cách |(?:lúc|khi|điểm) (?:đó|ấy) |miễn nhiệm|từng |nguyên |bãi nhiệm|giáng chức|vốn ")


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


@cache
def _inside_body() -> regex.Pattern[str]:
    """An office's word inside a body's name or another word: "Đoàn Chủ tịch", "Bộ Tư lệnh", "Ban Bí thư", "ứng phó"."""
    return regex.compile(
        r"(?i)(?:(?:đoàn|văn phòng|phủ) +chủ tịch|đoàn +(?:đại biểu|đbqh)|(?:bộ|ban) +(?:tư lệnh|chỉ huy|bí thư|tham mưu)|(?:tăng|sinh) +trưởng|(?:đối|ứng) +phó)"
    )


def _no_office(text: str, office: Office) -> bool:
    m = _inside_body().search(text, max(0, office.outer - 10), min(len(text), office.start + 16))
    return bool(m and m.start() < office.outer < m.end())


def _chains(text: str, held: Sequence[Held]) -> Iterator[list[Held]]:
    """Offices of one person that stand in a row: "Phó Bí thư Huyện ủy, Chủ tịch UBND huyện"."""
    chain: list[Held] = []
    for item in held:
        if chain:
            last = chain[-1]
            gap = _between().fullmatch(text, max(last.end, min(last.body.end, item.office.outer)), item.office.outer)
            if last.body.name is None and gap:
                chain.append(item)
                continue
            yield chain
        chain = [item]
    if chain:
        yield chain


def statements(text: str, start: int, end: int, heads: Iterable[int]) -> Iterator[Statement]:
    """The statements of one sentence. `heads`: where words of offices stand in it, in order."""
    at = start
    for chain in _chains(text, held_offices(text, start, end, heads)):
        yield from _of_chain(text, chain, at, end)
        at = chain[-1].office.end


def _of_chain(text: str, chain: list[Held], start: int, end: int) -> Iterator[Statement]:
    left = _left(text, chain[0], start)
    right = chain[-1].body.name
    if right:
        rule = "office then name"
    elif not left and (right := _beyond(text, chain, end)):
        rule = "office, name"
    if left and not right:
        name, former, tail_names = left
        for held in chain:
            for one in (*tail_names, name):
                yield Statement(one, held, "name, office", former)
        return
    if left and right and len(chain) > 1:
        name, former, _ = left
        parting = _parting(text, chain)
        for held in chain[:parting]:
            yield Statement(name, held, "name, office", former)
        chain = chain[parting:]
    if right:
        for held in chain:
            yield Statement(right, held, rule)
        if _plural().search(text, max(0, chain[0].office.outer - 24), chain[0].office.outer):
            for name in _more(text, right.end, end):
                for held in chain:
                    yield Statement(name, held, "office then names")


def _parting(text: str, chain: list[Held]) -> int:
    """Of a row between two names: the number of the first office of the second one, behind the last semicolon."""
    for i in range(len(chain) - 1, 0, -1):
        if ";" in text[chain[i - 1].end : chain[i].office.outer]:
            return i
    return len(chain) - 1


def _more(text: str, at: int, end: int) -> Iterator[Name]:
    """Further names of a row: ", B", " và C"."""
    while (m := _and().match(text, at, end)) and (name := name_at(text, m.end(), end)):
        yield name
        at = name.end


def _word_start(text: str, at: int, start: int) -> int:
    """The beginning of the word that holds an offset, not before `start`."""
    while at > start and text[at - 1].isalpha():
        at -= 1
    return at


def _left(text: str, held: Held, start: int) -> tuple[Name, bool, list[Name]] | None:
    """The name before an office, and whether the words between them tell that the office is over."""
    at = held.office.outer
    name = None
    for name in names(text, _word_start(text, max(start, at - _FURTHEST_NAME), start), at):
        pass
    if name is None:
        return None
    gap = _before().fullmatch(text, name.end, at)
    if not gap:
        # The comma was lost: "đồng chí Trần Quốc Bình Phó Bí thư Huyện ủy".
        bare = text[name.end : at] == " " and name.honorific and text[at].isupper() and held.body.name is None
        return (name, False, []) if bare else None
    if (gap["is"] or gap["verb"]) and held.body.span is None and "làm" in gap.group():
        return None
    if gap["verb"] and "quyết định" in gap["verb"]:
        return None
    former = bool(gap["verb"] or gap["is"] or gap["mark"]) and bool(_over().search(gap.group()))
    return name, former, []


def _own_office(text: str, at: int, end: int) -> bool:
    """Whether an office of its own follows a name."""
    gap = regex.compile(r" *[,(–-] *").match(text, at, end)
    return gap is not None and office_at(text, gap.end(), end)


def _beyond(text: str, chain: Sequence[Held], end: int) -> Name | None:
    """The name behind an office that does not touch it: ", ông A", " - Nguyễn Văn A", " là bà B"."""
    held, outer = chain[-1], chain[0].office.outer
    at = max(held.end, held.body.end)
    # "Thư ký báo chí của Tổng thống Nga, ông B": the name is not the president's.
    owned = text[max(0, outer - 5) : outer].strip().endswith("của")
    for begin in {held.end, at}:
        m = _behind().match(text, begin, end)
        name = name_at(text, m.end(), end) if m else None
        if m and m["loose"] and owned:
            continue
        if m and name and (not m["loose"] or name.honorific or (m["loose"] == "," and not _own_office(text, name.end, end))):
            return name
    return None
