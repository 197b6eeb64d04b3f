"""Names of persons: where one begins, where it ends, and what the person is called before it.

A name is a run of capitalised syllables. Behind an honorific it is the whole run; elsewhere it begins
with a surname, and where the run begins with a place ("Hoài Đức Nguyễn Văn A") the units' names, the
surname and the length decide together where the place ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import regex

from rules.base import Span
from rules.gazetteer import units
from rules.officials.syllables import RUN, cut, is_vietnamese, syllables_of_run
from rules.words import alternation, beginnings, cached, capitals, ends_with, first_forms, lexicon, matches

# No unit's name is longer (code points).
_LONGEST_UNIT = 30


class Name(NamedTuple):
    """A person's name in the text. `start`, `end`: the name without honorific; `honorific`: its span."""

    start: int
    end: int
    honorific: Span | None = None

    @property
    def outer(self) -> int:
        """Where the name with its honorific begins."""
        return self.honorific[0] if self.honorific else self.start


@cache
def _surnames() -> dict[str, int]:
    """Surname in lower case -> how much it says for a name."""
    words = lexicon("officials_names")
    return dict.fromkeys(words["other"], 1) | dict.fromkeys(words["common"], 3)


@cache
def honorific_pattern() -> str:
    """Honorifics before a name, one or several: "đồng chí Thượng tá", "PGS.TS", "ông"."""
    words = lexicon("officials_names")
    degree = "(?:" + alternation(words["degrees"]) + r"[ .,-]{1,3}){1,5}"
    spoken = alternation([*words["forms"], *words["ranks"]]) + r" ?[ ,.-] ?"
    return rf"(?i:(?:(?:{spoken}|{degree}) ?){{1,4}})"


@cache
def _candidates() -> regex.Pattern[str]:
    """A run of capitalised syllables with the honorifics before it."""
    return regex.compile(rf"(?<![\p{{L}}\d])(?P<honorific>{honorific_pattern()})?(?P<run>{RUN})")


@cache
def _called() -> list[str]:
    words = lexicon("officials_names")
    return [*words["degrees"], *words["forms"], *words["ranks"]]


@cache
def _first() -> re.Pattern[str]:
    """How a run and its honorifics begin, at the beginning of a word: a cheap look."""
    return re.compile(rf"{beginnings(_called())}|[{capitals()}](?<![^\W_].)")


@cache
def _first_here() -> re.Pattern[str]:
    """The same at any letter."""
    return re.compile(rf"[{capitals()}]|{alternation(first_forms(_called()))}")


def _is_named_after(text: str, run: int) -> bool:
    """Whether a run is named after a person and is none: "đường Nguyễn Trãi", "xã Lê Lợi", "Ảnh: Trần Nam"."""
    before = text[max(0, run - _LONGEST_THING) : run].rstrip(" ").removesuffix(":").rstrip(" ")
    return ends_with(before.removesuffix(".").lower(), _named_after())


# Nothing that is named after persons is called by more (code points).
_LONGEST_THING = 24


@cache
def _named_after() -> tuple[str, ...]:
    return tuple(lexicon("officials_names")["named_after"])


@lru_cache(maxsize=1 << 16)
def is_unit(name: str) -> bool:
    """Whether some unit of Viet Nam, or a country, has this bare name."""
    return len(name) <= _LONGEST_UNIT and (name.lower() in _known_places() or bool(units.named(name)))


@cached
def _known_places() -> frozenset[str]:
    words = lexicon("officials_bodies")
    return frozenset({*words["provinces"], *words["abroad"]})


def split(text: str, tokens: list[Span], *, before: int) -> tuple[int, int] | None:
    """Where in a run a name stands: its first token and the one behind its last; None when none does.

    `before`: 1 when a unit's, a hamlet's or a school's own name is to be expected before the person's.
    """
    if len(tokens) < 2:
        return None
    best: tuple[int, int] | None = None
    best_score = 3
    first = _geography(text, tokens)
    surnames = _surnames()
    for i in range(first, len(tokens) - 1):
        a, b = tokens[i]
        word = text[a:b].lower().replace("’", "'")
        weight = 3 if word.startswith(("k'", "h'")) else surnames.get(word)
        if weight is None or (word == "phó" and _deputy().match(text, a)):
            continue
        end = _without_place(text, tokens, i, cut(text, tokens, i))
        length = end - i
        middle = length > 2 and text[slice(*tokens[i + 1])].lower() in ("văn", "thị")
        if before and not i and (length < 3 or (weight < 3 and not middle)):
            continue
        if not 2 <= length <= 5 or not all(is_vietnamese(text, t) for t in tokens[i:end]):
            continue
        score = weight + _length_score(length) + _prefix_score(text, tokens, i, before)
        score += 3 if middle else 0
        whole = text[a : tokens[end - 1][1]]
        if length < 4 and (before or weight < 3) and is_unit(whole):
            score -= 4
        if weight < 3 and text[a : tokens[i + 1][1]].lower() in _known_places():
            score -= 4
        if score > best_score:
            best, best_score = (i, end), score
    if best and before and is_unit(text[tokens[0][0] : tokens[-1][1]]):
        return None
    if best and text[tokens[best[0]][0] : tokens[best[1] - 1][1]].lower() in _no_person():
        return None
    return best


def _without_place(text: str, tokens: list[Span], begin: int, end: int) -> int:
    """The end of a name without a province that begins the next sentence: "… Lê Đình Sơn | Hà Tĩnh cũng đã"."""
    last_two = text[tokens[end - 2][0] : tokens[end - 1][1]].lower()
    return end - 2 if end - begin == 5 and last_two in _known_places() else end


def _geography(text: str, tokens: list[Span]) -> int:
    """How many tokens at the beginning of a run are a place that looks like a name: "Thái Bình Dương"."""
    for count in (3, 2):
        if len(tokens) > count and text[tokens[0][0] : tokens[count - 1][1]].lower() in _no_person():
            return count
    return 0


@cache
def _no_person() -> frozenset[str]:
    return frozenset(lexicon("officials_names")["no_person"])


@cached
def _deputy() -> regex.Pattern[str]:
    """ "Phó Trưởng", "Phó Chủ tịch": an office, although Phó is a surname too."""
    words = lexicon("officials")
    seconds = {w.split()[0] for k in ("national", "heads", "led") for w in words[k]} | {"trưởng"}
    return regex.compile(rf"(?i)phó +{alternation(seconds)}(?![\p{{L}}])")


def foreign(text: str, tokens: list[Span]) -> int:
    """How many syllables are a name of another country: two to four, one of them no Vietnamese syllable; 0 for none."""
    tokens = tokens[: cut(text, tokens, 0, least=1)]
    is_one = (
        2 <= len(tokens) <= 4
        and any(not is_vietnamese(text, t) for t in tokens)
        and not any(text[a:b].isupper() and b - a > 1 for a, b in tokens)
    )
    return len(tokens) if is_one else 0


def _length_score(length: int) -> int:
    return {2: 1, 3: 3, 4: 2, 5: 0}[length]


def _prefix_score(text: str, tokens: list[Span], i: int, before: int) -> int:
    """How well the tokens before a name stand for themselves."""
    if i == 0:
        return -1 if before else 2
    prefix = text[tokens[0][0] : tokens[i - 1][1]]
    if is_unit(prefix) or prefix.isupper():
        return 3
    if not before:
        return 1 if i > 1 else 0
    return {1: -2, 2: 1}.get(i, 0)


@cache
def _two_capitals() -> re.Pattern[str]:
    return re.compile(rf"[{capitals()}]\S* +[{capitals()}]")


def may_name(text: str, start: int, end: int) -> bool:
    """Whether two syllables in a row have capitals, as in every name: a cheap look before any reading."""
    return _two_capitals().search(text, start, end) is not None


def names(text: str, start: int, end: int) -> Iterator[Name]:
    """The names between two offsets, the last one first, read without regard to offices."""
    for stretch in _stretches(text, start, end):
        if not may_name(text, *stretch):
            continue
        for m in reversed(list(matches(_first(), _candidates(), text, *stretch))):
            name = name_of_run(text, m.span("run"), m.span("honorific") if m["honorific"] else None)
            if name:
                yield name


def _stretches(text: str, start: int, end: int) -> Iterator[Span]:
    """What lies between the small words that nobody is called by, and which no name holds; the last one first."""
    at, called = end, _small_words()
    for word in reversed(text[start:end].split(" ")):
        begin = at - len(word)
        if word.isalpha() and word.islower() and word not in called:
            if end - at > 2:
                yield at, end
            end = begin
        at = begin - 1
    yield start, end


@cache
def _small_words() -> frozenset[str]:
    """The words that one is called by before a name."""
    return frozenset(word for called in _called() for word in called.replace(",", "").split())


def name_of_run(text: str, run: Span, honorific: Span | None) -> Name | None:
    """The name in a run of capitalised syllables. Behind an honorific it is the run itself."""
    tokens = syllables_of_run(text, *run)
    if honorific:
        last = cut(text, tokens, 0)
        if not 2 <= last <= 7 or any("." in text[slice(*t)] for t in tokens[:last]):
            return None
        if text[tokens[0][0] : tokens[last - 1][1]].lower() in _known_places():
            return None
        called = text[slice(*honorific)].rstrip(" ,-")
        return Name(tokens[0][0], hyphened(text, tokens[:last]), (honorific[0], honorific[0] + len(called)))
    before = 1 if _is_named_after(text, run[0]) else 0
    found = split(text, tokens, before=before)
    if found is None:
        return None
    return Name(tokens[found[0]][0], tokens[found[1] - 1][1])


@cache
def _foreign_tail() -> regex.Pattern[str]:
    """What foreign names go on with: "Jae-in", "Al-Herbish", "bin Salman"."""
    particle = r"(?:bin|bint|al|van|von|de|der|da|del|el|ben|ibn|di|dos)"
    return regex.compile(
        rf"(?:-\p{{Lu}}\p{{Ll}}{{1,12}} \p{{Lu}}\p{{Ll}}+|-\p{{L}}\p{{Ll}}{{1,12}}|(?: {particle}(?: |-)){{1,2}}\p{{Lu}}\p{{L}}+(?: (?!Al|El)\p{{Lu}}\p{{Ll}}+)?)+(?![\p{{L}}-])"
    )


def hyphened(text: str, tokens: list[Span], *, abroad: bool = False) -> int:
    """The end of a name with the small-letter part behind a hyphen that foreign names have: "Moon Jae-in"."""
    end = tokens[-1][1]
    m = _foreign_tail().match(text, end)
    return m.end() if m and (abroad or not all(is_vietnamese(text, t) for t in tokens)) else end


@cache
def _right() -> regex.Pattern[str]:
    return regex.compile(rf"(?P<honorific>{honorific_pattern()})?(?P<run>{RUN})")


def name_at(text: str, at: int, end: int) -> Name | None:
    """The name that begins exactly here, with its honorific if it has one."""
    m = _right().match(text, at, end) if _first_here().match(text, at, end) else None
    if not m:
        return None
    name = name_of_run(text, m.span("run"), m.span("honorific") if m["honorific"] else None)
    return name if name and name.start == m.start("run") else None
