"""Words that steer the discourse, found in one pass: "huyện", "cả nước", "Công ty …", "ông …"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

import ahocorasick_rs
import regex

from rules.words import alternation, capitals, lexicon

# So far behind a person a word of telling ends at the latest.
_CLAUSE = 130


class Mark(NamedTuple):
    """A word at a place of the text. `group`: `kind` and `any` stand for a unit, the others for none."""

    group: str
    start: int
    end: int


@cache
def words() -> dict[str, Any]:
    """The lexicon of the link."""
    return lexicon("where")


class Machine(NamedTuple):
    """An automaton over forms, and the group of each."""

    automaton: ahocorasick_rs.AhoCorasick
    groups: tuple[str, ...]

    def whole_words(self, text: str) -> Iterator[Mark]:
        """The longest forms that stand as whole words, in order."""
        for index, start, end in self.automaton.find_matches_as_indexes(text):
            if (start == 0 or not text[start - 1].isalnum()) and (
                end == len(text) or not text[end].isalnum()
            ):
                yield Mark(self.groups[index], start, end)


def machine(forms: Mapping[str, Iterable[str]]) -> Machine:
    """An automaton over the forms by group; of a form in two groups the first counts."""
    group_of: dict[str, str] = {}
    for group, same in forms.items():
        for form in same:
            group_of.setdefault(form, group)
    return Machine(
        ahocorasick_rs.AhoCorasick(list(group_of), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest),
        tuple(group_of.values()),
    )


def _both_cases(forms: Iterable[str]) -> list[str]:
    return [form for f in forms for form in (f, f[0].upper() + f[1:])]


@cache
def _steering() -> Machine:
    groups, refs = words()["nowhere"], words()["references"]
    return machine(
        {
            "kind": _both_cases(f for forms in refs["types"].values() for f in forms),
            "any": _both_cases(refs["any"]),
            **{kind: groups[kind] for kind in ("country", "national", "decree", "firm", "fine", "law")},
            "route": _both_cases(groups["route"]),
            "person": _both_cases(groups["person"]),
            "named": groups["named_firm"],
            "somebody": _both_cases(groups["person_title"]),
        }
    )


@cache
def _register() -> Machine:
    groups = words()["private"]
    private = [w for kind in ("court", "firm", "person") for w in groups[kind]]
    return machine({"private": private, "public": groups["public"]})


def is_private(text: str) -> bool:
    """Whether an article is about a court case, a firm, sport, a person rather than about public life."""
    found = [m.group for m in _register().whole_words(text)]
    return found.count("private") > max(found.count("public"), 2)


def marks(text: str) -> Iterator[Mark]:
    """The words that steer the discourse of a text, in their order."""
    for mark in _steering().whole_words(text):
        if _counts(text, mark):
            yield mark._replace(group="country") if mark.group == "route" else mark


def _counts(text: str, mark: Mark) -> bool:
    start, end = mark.start, mark.end
    if mark.group == "kind":
        before, behind = _no_unit()
        return not before.match(text, max(0, start - 14), start) and not behind.match(text, end)
    if mark.group == "firm":
        return not (text.startswith("niêm yết", start) and text.endswith("giá ", 0, start))
    if mark.group == "any":
        return not _named_behind().match(text, end)
    if mark.group == "country":
        if text.startswith("Việt Nam", start) and _name_before().search(text, max(0, start - 16), start):
            return False
        return not _dealt_with().match(text, max(0, start - 14), start)
    if mark.group == "route":
        return bool(_two_ends().match(text, end))
    if mark.group == "named":
        return bool(_firm_name().match(text, end))
    if mark.group == "somebody":
        return bool(_acts().match(text, end))
    return mark.group != "person" or not tells(text, mark)


@cache
def _no_unit() -> tuple[regex.Pattern[str], re.Pattern[str]]:
    """Before and behind a type word that is no unit spoken of: "cấp huyện", "quận, huyện", "huyện A", "xã hội"."""
    refs = words()["references"]
    lists = r"(?:quận|huyện|tỉnh|thị xã|thành phố|xã|phường|ngành|sở|bộ|ban)[,/]"
    return (
        regex.compile(rf"(?r)(?:(?<!\p{{L}}){alternation(refs['not_after'], backward=True)}|\d|{lists})[ ]$"),
        re.compile(
            rf"\.?[ ]?[{capitals()}\d]|[ ]{alternation(refs['not_before'])}(?![^\W\d_])|[ ]ủy[ ][{capitals()}]"
            r"|[ ]?[,/][ ](?:thị xã|huyện|quận|xã|phường|thành phố)"
        ),
    )


@cache
def _named_behind() -> regex.Pattern[str]:
    """Behind "trên địa bàn", when it is told of what: "trên địa bàn huyện A"."""
    return regex.compile(r"[ ](?:\p{Ll}+[ ])?\p{Lu}")


@cache
def _two_ends() -> regex.Pattern[str]:
    """Behind a road: the ends that it is called by, " Bến Lức – Long Thành"."""
    name = r"\p{Lu}\p{Ll}+(?:[ ]\p{Lu}\p{Ll}+){0,2}"
    return regex.compile(rf"[ ]{name}[ ]?[-–][ ]?{name}")


@cache
def _firm_name() -> regex.Pattern[str]:
    """Behind "Công ty": " TNHH Tân Phú"."""
    forms = r"(?:TNHH|CP|cổ phần|MTV|TMCP|một thành viên|hai thành viên|Cổ phần|thương mại)"
    return regex.compile(rf"(?:[ ]{forms})*[ ]\p{{Lu}}[\p{{Ll}}\d]")


@cache
def _acts() -> re.Pattern[str]:
    """Behind "ông": a name, or what he does: " Thất", " mới nhận "."""
    return re.compile(rf"[ ](?:[{capitals()}]|{alternation(words()['nowhere']['person_acts'])}[ ])")


@cache
def _dealt_with() -> regex.Pattern[str]:
    """Before a country that is dealt with, not spoken of: "xuất sang ", "thị trường "."""
    return regex.compile(
        rf"(?r)(?<!\p{{L}}){alternation(words()['nowhere']['abroad_after'], backward=True)}[ ]$"
    )


@cache
def _name_before() -> regex.Pattern[str]:
    """Before "Việt Nam" that ends a name: "Mẹ Việt Nam anh hùng", "Tập đoàn Tân Phú Việt Nam", but "Tại Việt Nam"."""
    return regex.compile(
        r"(?<!\p{L})(?!(?:Tại|Ở|Của|Với|Từ|Về|Cho|Và|Còn|Nước|Theo|Nhưng)[ ])\p{Lu}\p{L}*[ ]$"
    )


@cache
def _telling() -> tuple[regex.Pattern[str], re.Pattern[str]]:
    telling = words()["telling"]
    return (
        regex.compile(rf"(?r)(?<!\p{{L}}){alternation(telling['before'], backward=True)}[ ](?:lời[ ])?$"),
        # the clause up to such a word, by `re` and word by word: in half the time that a search takes
        re.compile(
            rf"(?:(?!{alternation(telling['behind'])}(?![^\W\d_]))[^\W\d_]++|(?=[\W\d_])[^.;\n])*+(?=[^\W\d_])"
        ),
    )


def tells(text: str, mark: Mark) -> bool:
    """Whether a person only tells or gives something: "Theo ông Thất", "ông Khoa đề nghị"."""
    before, behind = _telling()
    if before.match(text, max(0, mark.start - 12), mark.start):
        return True
    return behind.match(text, mark.end, mark.end + _CLAUSE) is not None


def given_name(text: str, at: int) -> str:
    """The last word of the name at an offset: "Trần Văn Tùng" and "Tùng" are Tùng."""
    name = _name().match(text, at)
    return name[1].split()[-1] if name else ""


@cache
def _name() -> regex.Pattern[str]:
    return regex.compile(r"[ ]?((?:\p{Lu}\p{L}*[ ]?){1,5})")
