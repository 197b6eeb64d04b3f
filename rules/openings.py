"""Words that open a new sentence or caption where the full stop before them was lost, as it often is in crawled pages."""

from __future__ import annotations

from functools import cache

import regex

from rules.words import alternation, lexicon


@cache
def opening() -> regex.Pattern[str]:
    """What opens a sentence right behind a name: "Ảnh", "Phát biểu", "Theo", "Sáng 16/6"."""
    words = lexicon("officials_names")
    return regex.compile(
        rf"(?=\p{{Lu}}\p{{Ll}})(?!Bà (?:Rịa|Nà|Trưng|Triệu|Điểm))(?i:{alternation(words['after_name'])}(?![\p{{L}}])|{alternation(words['before_number'])} +\d)"
    )
