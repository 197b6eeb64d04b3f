"""One spelling for a unit's name: what the tables hold and what a look-up compares."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

import regex


@cache
def _tones() -> tuple[regex.Pattern[str], dict[str, str]]:
    """New tone placement to old, at the end of a syllable and not in quý: hoà → hòa, uỷ → ủy."""
    pairs = zip(
        "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ".split(),
        "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy".split(),
        strict=True,
    )
    table = {
        x: y
        for new, old in pairs
        for x, y in ((new, old), (new.upper(), old.upper()), (new.capitalize(), old.capitalize()))
    }
    return regex.compile("(?<![qQ])(?:" + "|".join(table) + r")(?!\w)"), table


def fold_name(name: str) -> str:
    """A name as the folded text writes it: NFC, tone marks in the old place, single spaces."""
    pattern, table = _tones()
    text = unicodedata.normalize("NFC", " ".join(name.split())).replace("’", "'")
    return pattern.sub(lambda m: table[m.group()], text)


I_FOR_Y = {"y": "i", "ỳ": "ì", "ý": "í", "ỷ": "ỉ", "ỹ": "ĩ", "ỵ": "ị"}
"""Two letters for one sound: Quy, Qui."""
_MERGED = I_FOR_Y | dict.fromkeys("-–'’ .", "")
_ROMAN = {" i": "1", " ii": "2", " iii": "3", " iv": "4", " v": "5"}


@cache
def _number() -> re.Pattern[str]:
    """A Roman number behind a name, the noughts before an Arabic one."""
    return re.compile(r"(?<=.) (?:i{1,3}|iv|v)$|^0+(?=\d+$)", re.MULTILINE)


@lru_cache(maxsize=1 << 16)
def name_key(name: str) -> str:
    """What two spellings of one name share.

    Letter case, i and y, hyphens, apostrophes, spaces, Roman or Arabic numbers do not count.
    """
    return name_keys(name)


def name_keys(names: str) -> str:
    """The keys (`name_key`) of names, one a line: of many at once in a third of the time."""
    keys = _number().sub(lambda m: _ROMAN.get(m.group(), ""), names.lower())
    for sign, same in _MERGED.items():
        keys = keys.replace(sign, same)
    return keys


@lru_cache(maxsize=1 << 16)
def loose_key(name: str) -> str:
    """A key without marks, for a name that a writer misspelled: only to be trusted within one district."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "".join(c for c in plain if c.isalnum()).replace("y", "i")
