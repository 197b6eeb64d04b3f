"""Words that open a new sentence or caption where the full stop before them was lost, as it often is in crawled pages."""

from __future__ import annotations

import re
from functools import cache

import regex

from rules.words import alternation, lexicon


def opens(text: str, at: int) -> bool:
    """Whether a sentence opens at an offset, right behind a name: "Ảnh", "Phát biểu", "Theo", "Sáng 16/6"."""
    return bool(_first().match(text, at) and _opening().match(text, at, at + _LONGEST))


# No opening is longer (code points).
_LONGEST = 40


@cache
def _first() -> re.Pattern[str]:
    """How every opening begins: a cheap look."""
    words = lexicon("officials_names")
    return re.compile(
        alternation(w.split()[0].capitalize() for k in ("after_name", "before_number") for w in words[k])
    )


@cache
def _opening() -> regex.Pattern[str]:
    words = lexicon("officials_names")
    return regex.compile(
        rf"(?=\p{{Lu}}\p{{Ll}})(?!Bà (?:Rịa|Nà|Trưng|Triệu|Điểm))(?i:{alternation(words['after_name'])}(?![\p{{L}}])|{alternation(words['before_number'])} +\d)"
    )
