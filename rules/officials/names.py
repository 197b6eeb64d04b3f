"""Names of persons: where one begins, where it ends, and what the person is called before it.

A name is a run of capitalised syllables. Behind an honorific it is the whole run; elsewhere it begins
with a surname, and where the run begins with a place ("Hoài Đức Nguyễn Văn A") the units' names, the
surname and the length decide together where the place ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from rules.base import Span
from rules.gazetteer import units
from rules.words import alternation, lexicon

# A capitalised syllable or an abbreviation: Nguyễn, K'Sor, NGUYỄN, TP.HCM, GD-ĐT, NN&PTNT, LĐ-TB&XH.
_ABBREVIATION = r"\p{Lu}[\p{Lu}\d]*(?:[&./-]\p{Lu}[\p{Lu}\d]*)*(?![\p{Ll}\p{M}])"
_SYLLABLE = r"\p{Lu}[\p{Ll}\p{M}]*(?:['’]\p{L}[\p{Ll}\p{M}]*)?"
TOKEN = rf"(?:{_ABBREVIATION}|{_SYLLABLE})(?!\p{{L}})"
# Degrees and ranks are no syllables of a name: "Theo TS Nguyễn A", "Lê B Thượng tá".
_TITLE = r"(?:(?:GS|PGS|TS|ThS|BS|KS|LS|TSKH)(?![\p{L}])|(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy))"
RUN = rf"{TOKEN}(?: +(?!{_TITLE}){TOKEN})*"


@dataclass(frozen=True, slots=True)
class Name:
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
    degree = "(?:" + alternation(words["degrees"]) + r"[ .,-]{1,3})+"
    spoken = alternation([*words["forms"], *words["ranks"]]) + r"[ ,.]{1,2}"
    return rf"(?i:(?:(?:{spoken}|{degree}) *)+)"


@cache
def _candidates() -> regex.Pattern[str]:
    """A run of capitalised syllables with the honorifics before it and the word before these."""
    return regex.compile(rf"(?<![\p{{L}}\d])(?P<honorific>{honorific_pattern()})?(?P<run>{RUN})")


@cache
def _syllable() -> regex.Pattern[str]:
    return regex.compile(TOKEN)


@cache
def _vietnamese() -> regex.Pattern[str]:
    """A syllable of Vietnamese or of the peoples of Viet Nam: no f, j, w, z, no endings that only foreign names have."""
    vowels = "aăâeêioôơuưyàằầèềìòồờùừỳáắấéếíóốớúứýảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹạặậẹệịọộợụựỵ"
    onset = "ngh?|gh?|kh?|ph|qu|th?|tr|ch|gi|nh|[bcdđhlmrsvxn]"
    return regex.compile(rf"(?i)(?:[kyh]['’])?(?:{onset})?[{vowels}]{{1,4}}(?:ng|nh|ch|[cmnptk])?|ksor|k['’]?sor|rmah|rcom|kpă|kpui|niê|kđăm|hmok|mlô|êban|byă|siu|ayun|y|k|h")


@cache
def _road_before() -> regex.Pattern[str]:
    """What a run that follows is named after a person, but is none: "đường Nguyễn Trãi"."""
    return regex.compile(
        r"(?i)(?<![\p{L}])(?:đường|phố|trường|thpt|thcs|tiểu học|mầm non|đại học|đh|chợ|cầu|bệnh viện|công viên|quảng trường|hẻm|ngõ|ngã tư|ngã ba|khách sạn"
        r"|tỉnh|huyện|quận|xã|phường|thị xã|thị trấn|thành phố|tp\.?|q\.|p\.|h\.|sông|núi|đảo|thôn|ấp|bản|buôn|làng|hồ|công ty|tnhh|giải|giải thưởng|tượng đài|nhà thờ|chùa|ảnh|clip|video) *:? *$"
    )


def syllables(text: str, start: int, end: int) -> list[Span]:
    """The capitalised syllables of a run."""
    return [m.span() for m in _syllable().finditer(text, start, end)]


@cache
def _after_name() -> frozenset[str]:
    return frozenset(lexicon("officials_names")["after_name"])


def is_vietnamese(text: str, span: Span) -> bool:
    """Whether a syllable may belong to a Vietnamese name."""
    return _vietnamese().fullmatch(text, *span) is not None


def _cut(text: str, tokens: list[Span], begin: int) -> int:
    """Where a name that begins with token `begin` ends (token number): before a word that opens a new sentence."""
    stop = _after_name()
    for i in range(begin + 2, len(tokens)):
        a, b = tokens[i]
        if text[a:b].lower() in stop and not text[a:b].isupper() and (b - a > 1) and i + 1 >= len(tokens):
            return i
        if i - begin >= 3 and text[a:b].lower() in stop and not text[a:b].isupper():
            return i
    return len(tokens)


@cache
def is_unit(name: str) -> bool:
    """Whether some unit of Viet Nam has this bare name."""
    return name.lower() in _provinces() or bool(units.named(name))


@cache
def _provinces() -> frozenset[str]:
    return frozenset(lexicon("officials_bodies")["provinces"])


def split(text: str, tokens: list[Span], *, before: int) -> tuple[int, int] | None:
    """Where in a run a name stands: its first token and the one behind its last; None when none does.

    `before`: how many tokens at least stand before the name (a unit's or a school's own name).
    """
    best: tuple[int, int] | None = None
    best_score = 3
    surnames = _surnames()
    for i in range(before, len(tokens) - 1):
        a, b = tokens[i]
        weight = surnames.get(text[a:b].lower().replace("’", "'"))
        if weight is None or _deputy().match(text, a):
            continue
        end = _cut(text, tokens, i)
        length = end - i
        if not 2 <= length <= 5 or not all(is_vietnamese(text, t) for t in tokens[i:end]):
            continue
        score = weight + _length_score(length) + _prefix_score(text, tokens, i, before)
        second = text[slice(*tokens[i + 1])].lower()
        score += 3 if second in ("văn", "thị") and length > 2 else 0
        whole = text[a : tokens[end - 1][1]]
        if length == 2 and weight < 3 and is_unit(whole):
            score -= 4
        if score > best_score:
            best, best_score = (i, end), score
    if best and before and is_unit(text[tokens[0][0] : tokens[-1][1]]):
        return None
    return best


@cache
def _deputy() -> regex.Pattern[str]:
    """"Phó Trưởng", "Phó Chủ": an office, although Phó is a surname too."""
    return regex.compile(r"(?i)phó +(?:chủ|trưởng|giám|bí|tổng|thủ|ban|phòng|cục|viện|chánh|vụ|hiệu|công|đoàn|chi)(?![\p{L}])")


def foreign(text: str, tokens: list[Span]) -> bool:
    """Whether syllables are a name of another country: two to four, one of them no Vietnamese syllable."""
    return (
        2 <= len(tokens) <= 4
        and any(not is_vietnamese(text, t) for t in tokens)
        and not any(text[a:b].isupper() and b - a > 1 for a, b in tokens)
    )


def _length_score(length: int) -> int:
    return {2: 1, 3: 3, 4: 2, 5: 0}[length]


def _prefix_score(text: str, tokens: list[Span], i: int, before: int) -> int:
    """How well the tokens before a name stand for themselves."""
    if i == 0:
        return 2
    prefix = text[tokens[0][0] : tokens[i - 1][1]]
    if is_unit(prefix) or prefix.isupper():
        return 3
    if not before:
        return 1 if i > 1 else 0
    return {1: -2, 2: 1}.get(i, 0)


def names(text: str, start: int, end: int) -> Iterator[Name]:
    """The names between two offsets, read without regard to offices."""
    for m in _candidates().finditer(text, start, end):
        name = name_of_run(text, m.span("run"), m.span("honorific") if m["honorific"] else None)
        if name:
            yield name


def name_of_run(text: str, run: Span, honorific: Span | None) -> Name | None:
    """The name in a run of capitalised syllables. Behind an honorific it is the run itself."""
    tokens = syllables(text, *run)
    if honorific:
        last = _cut(text, tokens, 0)
        if not 2 <= last <= 7:
            return None
        return Name(tokens[0][0], tokens[last - 1][1], (honorific[0], honorific[0] + len(text[slice(*honorific)].rstrip(" ,"))))
    before = 1 if _road_before().search(text, max(0, run[0] - 24), run[0]) else 0
    found = split(text, tokens, before=before)
    if found is None:
        return None
    return Name(tokens[found[0]][0], tokens[found[1] - 1][1])


@cache
def _right() -> regex.Pattern[str]:
    return regex.compile(rf"(?P<honorific>{honorific_pattern()})?(?P<run>{RUN})")


def name_at(text: str, at: int, end: int, *, honorific_needed: bool = False) -> Name | None:
    """The name that begins exactly here, with its honorific if it has one."""
    m = _right().match(text, at, end)
    if not m or (honorific_needed and not m["honorific"]):
        return None
    name = name_of_run(text, m.span("run"), m.span("honorific") if m["honorific"] else None)
    return name if name and name.start == m.start("run") else None
