"""Capitalised syllables, which names of persons, units and bodies are made of: what one is, and runs of them."""

from __future__ import annotations

from functools import cache, lru_cache

import regex

from rules.base import Span
from rules.openings import opens

# A capitalised syllable or an abbreviation: Nguyễn, K'Sor, NGUYỄN, TP.HCM, GD-ĐT, NN&PTNT, LĐ-TB&XH.
_ABBREVIATION = r"\p{Lu}[\p{Lu}\d]*(?:[&./-]\p{Lu}[\p{Lu}\d]*)*(?![\p{Ll}\p{M}])"
_SYLLABLE = r"\p{Lu}[\p{Ll}\p{M}]*(?:['’]\p{L}[\p{Ll}\p{M}]*)?"
_CAMEL = r"\p{Lu}\p{Ll}+\p{Lu}\p{L}*"
_APOSTROPHE = r"\p{Lu}['’]\p{L}[\p{Ll}\p{M}]*"
TOKEN = rf"(?:{_APOSTROPHE}|{_ABBREVIATION}|{_SYLLABLE}|{_CAMEL})(?!\p{{L}})"
# Degrees and ranks are no syllables of a name: "Theo TS Nguyễn A", "Lê B Thượng tá".
_DEGREE = r"(?:GS|PGS|TS|ThS|BS|KS|LS|TSKH)(?![\p{L}])"
_RANK = r"(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy)"
_TITLE = rf"(?:{_DEGREE}|{_RANK}|Ông \p{{Lu}}|Bà (?!Rịa|Nà|Trưng|Triệu|Điểm)\p{{Lu}})"
RUN = rf"{TOKEN}(?: +(?!{_TITLE}){TOKEN}){{0,15}}"


@cache
def _syllable() -> regex.Pattern[str]:
    return regex.compile(TOKEN)


@cache
def _vietnamese() -> regex.Pattern[str]:
    """A syllable of Vietnamese or of the peoples of Viet Nam: no f, j, w, z, no endings that only foreign names have."""
    vowels = "aăâeêioôơuưyàằầèềìòồờùừỳáắấéếíóốớúứýảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹạặậẹệịọộợụựỵ"
    onset = "ngh?|gh?|kh?|ph?|qu|th?|tr|ch|gi|nh|[bpkgdđ][lr]|[bcdđhlmrsvxn]"
    return regex.compile(
        rf"(?i)(?:[kyh]['’])?(?:{onset})?[{vowels}]{{1,4}}(?:ng|nh|ch|[cmnptk])?|ksor|k['’]?sor|rmah|rcom|kpă|kpui|niê|kđăm|hmok|mlô|êban|byă|siu|ayun|y|k|h"
    )


def syllables(text: str, start: int, end: int) -> list[Span]:
    """The capitalised syllables between two offsets."""
    return [m.span() for m in _syllable().finditer(text, start, end)]


def syllables_of_run(text: str, start: int, end: int) -> list[Span]:
    """The capitalised syllables of a run: what stands between its spaces."""
    spans: list[Span] = []
    for syllable in text[start:end].split(" "):
        if syllable:
            spans.append((start, start + len(syllable)))
        start += len(syllable) + 1
    return spans


def is_vietnamese(text: str, span: Span) -> bool:
    """Whether a syllable may belong to a Vietnamese name."""
    return _may_be_vietnamese(text[slice(*span)])


@lru_cache(maxsize=8192)
def _may_be_vietnamese(syllable: str) -> bool:
    return _vietnamese().fullmatch(syllable) is not None


def cut(text: str, tokens: list[Span], begin: int, least: int = 2) -> int:
    """Where a name that begins with token `begin` ends (token number): before a word that opens a new sentence."""
    for i in range(begin + least, len(tokens)):
        if opens(text, tokens[i][0]):
            return i
    return len(tokens)
