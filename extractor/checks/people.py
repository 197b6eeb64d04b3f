"""Whether a person and an office stand together in a text: a reading of its own, by commas and brackets.

"ông A, Phó Chủ tịch UBND huyện" gives the office to A, "Phó Chủ tịch UBND huyện A" too, "ông A và Phó
Chủ tịch UBND huyện B" does not. Only what is sure is denied.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import Literal

import regex

from extractor.article import Article
from extractor.checks.offices import Span, any_of, may_name, name_spans, office_spans, person
from extractor.checks.slices import folded
from extractor.checks.words import HEADS, HONORIFICS, STOP
from extractor.records import Official, Verdict

Owner = Literal["yes", "no", "unclear"]

_VERDICTS: dict[Owner, Verdict] = {"yes": "pass", "no": "fail", "unclear": "unknown"}


@cache
def _after_name() -> regex.Pattern[str]:
    """From a name to its office: "A, ", "A - ", "A (nguyên ", "A, đoàn X, hiện là "."""
    verb = (
        r"(?:là|(?:giữ|nhậm|đảm nhiệm|giữ các|giữ nhiều) chức(?: vụ| danh)?|chức danh|làm|kiêm|với tư cách)"
    )
    return regex.compile(
        r"(?:\s*\([^()]*\))?\s*"
        rf"(?:,|-{{1,2}}|–|—|\(|:|(?:,[^,;.]{{1,30}})?[,-]?(?: \p{{Ll}}+){{0,2}}? ?(?<!\w){verb})\s*"
        r"(?:hiện )?(?:là )?(?:nguyên |cựu |quyền |nữ |tân )*",
        regex.IGNORECASE,
    )


@cache
def _to_name() -> regex.Pattern[str]:
    """From an office over its body to the name, without a stop: "Chủ tịch (UBND huyện, ông )A"."""
    honorifics = rf"(?:(?:(?:,| [-–])? ?(?i:{any_of(HONORIFICS)}),? )+)?"
    word_of_body = rf"(?!(?<!\w)(?:{STOP})(?!\w)(?! \p{{Lu}}))(?!(?<!\w)và (?i:{HEADS}|{any_of(HONORIFICS)})(?!\w))[^,;:.()–—\n”\"]"
    return regex.compile(rf"(?:\([^()]*\)|{word_of_body}|\.(?=\S)|(?<=TP|TX|Q|H|P)\.)*{honorifics}")


@cache
def _over_offices() -> regex.Pattern[str]:
    """From an office over the next ones to the name: "Ủy viên (Trung ương Đảng, Bí thư Tỉnh ủy )A"."""
    return regex.compile(rf"[^,;.\n]*(?:(?:,|;| kiêm| và|–|-) ?(?:(?i:{HEADS}))[^,;.\n]*)+")


@cache
def _long_body() -> regex.Pattern[str]:
    """From an office over a body with commas to the name: "Chủ nhiệm (Ủy ban Khoa học, Công nghệ và Môi trường )A"."""
    word_of_body = (
        rf"(?!(?<!\w)(?:{STOP}|(?i:{HEADS}|{any_of(HONORIFICS)}))(?!\w)(?! \p{{Lu}}))[^;:.()–—\n”\"]"
    )
    return regex.compile(rf"{word_of_body}{{1,90}}")


@cache
def _plural() -> regex.Pattern[str]:
    return regex.compile(r"(?<!\w)(?:các|hai|ba|bốn|năm|những|nhiều|\d+)(?: \w+)? $", regex.IGNORECASE)


@cache
def _next_office() -> regex.Pattern[str]:
    """What parts two offices of one person."""
    return regex.compile(r",|;| - | – |\(| kiêm | và (?=[\p{L} ]*(?:trưởng|chủ tịch|bí thư|giám đốc))")


@cache
def _appointed() -> regex.Pattern[str]:
    """At the end: "bà A, Cục trưởng Cục Văn hóa cơ sở, (giữ chức vụ )Thứ trưởng"."""
    return regex.compile(r"(?<!\w)(?:giữ|nhận|đảm nhiệm|làm)(?: các)?(?: chức(?: vụ| danh)?)? $")


@cache
def _head() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w)(?i:{HEADS})(?!\w)")


@cache
def _type_word() -> regex.Pattern[str]:
    """Before a unit that is called like a person: "TP. Hồ Chí Minh", "phường Lê Lợi"."""
    return regex.compile(
        r"(?<!\w)(?:tp\.?|thành phố|tỉnh|huyện|quận|thị xã|xã|phường|thị trấn) ?$", regex.IGNORECASE
    )


def owner(text: str, name: Span, office: Span) -> Owner:
    """Whether the office at its span is told of the person at the other, both in one folded sentence."""
    if _overlap(name, office):
        return "yes"
    masked = _without_remarks(text, name, office)
    if _nobody_between(masked, name, office) and _tied(text, name, office):
        return "yes"  # as of most
    others = [
        m.span()
        for m in person().finditer(masked)
        if not _overlap(m.span(), name)
        and not _overlap(m.span(), office)
        and not _type_word().search(masked, max(0, m.start() - 12), m.start())
    ]
    if name[1] <= office[0]:
        return _name_first(text, name, office, others)
    return _office_first(text, name, office, others)


def _nobody_between(masked: str, name: Span, office: Span) -> bool:
    start, end = min(name[1], office[1]), max(name[0], office[0])
    return (
        masked[start:end] in _MARKS
        or not may_name(masked, start, end)
        or not person().search(masked, start, end)
    )


_MARKS = (" ", ", ", " - ", " – ", " (")
"""What mostly stands between an office and a name; the first only before a name."""


def _tied(text: str, name: Span, office: Span) -> bool:
    """Whether what stands between an office and a name ties them: "A, Phó Chủ tịch", "Chủ tịch UBND huyện A"."""
    if office[1] <= name[0]:
        between = text[office[1] : name[0]]
        return between == " " or _to_name().fullmatch(between) is not None
    between = text[name[1] : office[0]]
    return not between.endswith(_JOINED) and _after_name().fullmatch(between) is not None


_JOINED = (" và ", " cùng ", " với ")


def _name_first(text: str, name: Span, office: Span, others: list[Span]) -> Owner:
    between = text[name[1] : office[0]]
    crossed = [o for o in others if name[1] <= o[0] and o[1] <= office[0]]
    following = next((o for o in others if o[0] >= office[1]), None)
    tight = following is not None and _to_name().fullmatch(text[office[1] : following[0]])
    if tight and between.endswith(_JOINED):
        return "no"  # "bà A, Trưởng phòng Y tế và Bí thư Huyện ủy B"
    if not crossed and (between == " " or _after_name().fullmatch(between) or _only_offices(between)):
        return "yes"
    if tight:
        return "no"
    if crossed:
        last = text[crossed[-1][1] : office[0]]
        return "no" if _after_name().fullmatch(last) or _only_offices(last) else "unclear"
    return "unclear"


def _office_first(text: str, name: Span, office: Span, others: list[Span]) -> Owner:
    between = text[office[1] : name[0]]
    crossed = [o for o in others if office[1] <= o[0] and o[1] <= name[0]]
    if not crossed and _to_name().fullmatch(between):
        return "yes"
    previous = next((o for o in reversed(others) if o[1] <= office[0]), None)
    if previous and _after_name().fullmatch(text[previous[1] : office[0]]):
        return "no"
    if _plural().search(text[: office[0]]) and not _head().search(between):
        return "yes"
    if not crossed:
        return "yes" if _over_offices().fullmatch(between) or _long_body().fullmatch(between) else "unclear"
    return "no" if _to_name().fullmatch(text[office[1] : crossed[0][0]]) else "unclear"


def _without_remarks(text: str, name: Span, office: Span) -> str:
    """The text with remarks in brackets blotted out, as long as before; the two spans stay."""

    def blot(m: regex.Match[str]) -> str:
        return m.group() if _overlap(m.span(), name) or _overlap(m.span(), office) else "·" * len(m.group())

    return _remark().sub(blot, text) if "(" in text else text


@cache
def _remark() -> regex.Pattern[str]:
    return regex.compile(r"\([^()]*\)")


def _only_offices(between: str) -> bool:
    """Whether only offices stand between a name and its next one: ", Ủy viên Trung ương Đảng, ", " là Trưởng phòng, "."""
    start = _after_name().match(between)
    if start is None:
        return False
    if _appointed().search(between):
        return True
    inner = [s.strip() for s in _next_office().split(between[start.end() :]) if s.strip()]
    return bool(inner) and all(_head().match(s) for s in inner)


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def holds(text: str, name: str, position: str) -> Owner:
    """Whether a folded sentence gives the office to the person; "unclear" also when it does not hold both."""
    return _told(text, name_spans(text, name), list(office_spans(text, position)))


def _told(text: str, names: list[Span], offices: list[Span]) -> Owner:
    told: set[Owner] = set()
    for name, office in product(names, offices):
        told.add(owner(text, name, office))
        if "yes" in told:
            return "yes"
    return "no" if told == {"no"} else "unclear"


def _plain(text: str, name: str, position: str) -> tuple[Span, Span] | None:
    """The spans of a name and an office in a text that reads as most do: "A, Chủ tịch …", "Chủ tịch UBND huyện A"."""
    if not (name[-1:].isalpha() and position[-1:].isalpha()):
        return None
    if text.startswith(name):
        at = text.find(position, len(name))
        who, office = (0, len(name)), (at, at + len(position))
        apart = at > 0 and text[len(name) : at] in _MARKS
    else:
        at = len(text) - len(name)
        who, office = (at, len(text)), (0, len(position))
        apart = text.startswith(position) and text.endswith(name) and not text[at - 1].isalnum()
    return (who, office) if apart and text[office[1] : office[1] + 1] in _BEHIND_WORD else None


_BEHIND_WORD = " ,;:.()–-"


def verdicts(article: Article, record: Official) -> dict[str, Verdict]:
    """`name`: the name stands in the record's span. `position`: the office does, and it is this person's.

    An office that was read elsewhere (its span is in `evidence`) is looked for there.
    """
    spans = [
        (record.start, record.end),
        *(s for k, s in record.evidence.items() if k in ("position", "name")),
    ]
    start, end = min(s for s, _ in spans), max(e for _, e in spans)
    text = folded(article, start, end)
    plain = _plain(text, record.name, record.position)
    if plain and owner(text, *plain) == "yes":
        return {"name": "pass", "position": "pass"}
    names, offices = name_spans(text, record.name), list(office_spans(text, record.position))
    named = names or (
        record.name.split()
        and name_spans(text, record.name.split()[-1])
        and name_spans(article.folded.text, record.name)
    )
    told = _VERDICTS[_told(text, names, offices)] if offices else "fail"
    return {"name": "pass" if named else "fail", "position": told}
