"""The unit's own name in a body's: "Sở Y tế TP.HCM" is the Sở Y tế of a unit that is known by its code."""

from __future__ import annotations

from functools import cache

from extractor.tenures.words import ends
from rules.gazetteer import units
from rules.gazetteer.spelling import name_key
from rules.words import lexicon

# No unit's name has more words.
_LONGEST = 5


@cache
def kinds() -> tuple[str, ...]:
    """Type words of units, the longest first."""
    return tuple(sorted(lexicon("tenures")["bodies"]["units"], key=len, reverse=True))


def without_unit(name: str, place: units.Unit) -> tuple[str, bool]:
    """The words without the names of a unit and of those above it, and without type words at their end.

    Also whether the unit's own name stood there.
    """
    tokens = name.split()
    rest = _without(tokens, place)
    named = len(rest) < len(tokens)
    for unit in units.parents(place):
        rest = _without(rest, unit)
    left = " ".join(rest)
    while kind := next((k for k in kinds() if ends(left, k)), None):
        left = left[: -len(kind)].rstrip()
    return left, named


def _without(tokens: list[str], unit: units.Unit) -> list[str]:
    """The words without each mention of a unit: its name, with a type word before it; a number only with one."""
    wanted, left, at = name_key(unit.name), list(tokens), 0
    while at < len(left):
        for length in range(min(_LONGEST, len(left) - at), 0, -1):
            if name_key(" ".join(left[at : at + length])) != wanted:
                continue
            before = " ".join(left[:at])
            kind = next((k for k in kinds() if ends(before, k)), None)
            if before.endswith("cộng sản") or (wanted.isdigit() and not kind):
                continue
            begin = at - len(kind.split()) if kind else at
            left[begin : at + length] = []
            at = begin - 1
            break
        at += 1
    return left
