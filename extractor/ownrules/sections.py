"""The sections of a rule file: each checked, and turned into additions to the lexicons of `rules`."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from extractor.folding import fold
from extractor.ownrules.source import Source, nearest
from extractor.ownrules.words import clean, flag, lowered, refuse_known, table, text, words
from rules.counted import Counted
from rules.words import lexicon

BUILT_IN = ("money", "percent", "households", "place", "official")
_TAKEN = (*BUILT_IN, "links", "figures", "places", "officials", "counted")
_KIND_KEYS = ("words", "unit", "fractions", "more", "not_behind", "not_before", "examples")
_UNITS = ("percent", "household")

Lexicons = dict[str, dict[str, Any]]


def kinds(source: Source, value: Any) -> dict[str, Counted]:
    """`[kinds.<name>]`: the kinds of figure that the file adds."""
    found: dict[str, Counted] = {}
    for name, data in table(source, value, (), "kinds").items():
        path = ("kinds", name)
        if not re.fullmatch(r"[a-z][a-z_]{0,29}", name):
            source.fail("a kind's name has small letters a-z and _ only ('workers')", *path)
        if name in _TAKEN:
            source.fail(f"{name!r} is the name of a kind of the project; choose another name", *path)
        found[name] = _kind(source, data, *path)
    return found


def _kind(source: Source, value: Any, *path: str) -> Counted:
    data = table(source, value, _KIND_KEYS, *path)
    for needed in ("words", "unit"):
        if needed not in data:
            source.fail(f"lacks {needed!r}", *path)
    unit = text(source, data["unit"], *path, "unit").strip()
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_/-]{0,29}", unit):
        source.fail("is one word of letters a-z and digits ('worker', 'ha')", *path, "unit")
    if unit in _UNITS or unit in lexicon("money")["currencies"]:
        source.fail(f"{unit!r} is the unit of a kind of the project; choose another", *path, "unit")
    fractions = flag(source, data.get("fractions", False), *path, "fractions")
    kind_words = _measures(source, data["words"], fractions, *path, "words")
    known = [w for ws in lexicon("money")["currencies"].values() for w in ws]
    refuse_known(source, list(kind_words), [*known, "hộ", "%", "phần trăm"], *path, "words")
    if "examples" in data:
        text(source, data["examples"], *path, "examples")
    more, behind, before = (
        tuple(lowered(lambda key=key: words(source, data.get(key, []), *path, key, empty=True)))  # type: ignore[misc]
        for key in ("more", "not_behind", "not_before")
    )
    return Counted(kind_words, unit, fractions, more, behind, before)


def _measures(source: Source, value: Any, fractions: bool, *path: str) -> dict[str, Decimal]:
    """The words of a kind: a list, or a table that says of how many units each word is (tạ = 0.1)."""
    if not isinstance(value, dict):
        return {word: Decimal(1) for word in words(source, value, *path)}
    words(source, list(value), *path)
    found: dict[str, Decimal] = {}
    for word, factor in value.items():
        if isinstance(factor, bool) or not isinstance(factor, int | Decimal) or not 0 < factor < 10**12:
            source.fail("is a number above 0: of how many units the word is", *path, word)
        if not fractions and factor != int(factor):
            source.fail("is no whole number; say fractions = true for what is measured", *path, word)
        if isinstance(factor, Decimal) and int(factor.as_tuple().exponent) < -12:
            source.fail("has more than 12 decimals", *path, word)
        found[clean(source, word, *path)] = Decimal(factor)
    return found


def currencies(source: Source, value: Any) -> Lexicons:
    """`[currencies]`: ISO code = words behind a number; a sign ("R$") may stand before it too."""
    own = lexicon("money")["currencies"]
    known = [w for ws in own.values() for w in ws]
    found: dict[str, list[str]] = {}
    for code, given in table(source, value, (), "currencies").items():
        if not re.fullmatch(r"[A-Z]{3}", code):
            source.fail("is no ISO 4217 code of three capitals ('BRL')", "currencies", code)
        found[code] = words(source, given, "currencies", code, signs=True, longest=5)
        refuse_known(source, found[code], known, "currencies", code)
        known += found[code]
    signs = {code: [w for w in ws if not w[-1].isalpha()] for code, ws in found.items()}
    return {"money": {"currencies": found, "symbols": {code: ws for code, ws in signs.items() if ws}}}


def _lists(
    name: str, section: str, keys: tuple[str, ...], longest: int = 6
) -> Callable[[Source, Any], Lexicons]:
    """A section whose lists go on with those of a lexicon."""

    def read(source: Source, value: Any) -> Lexicons:
        own, found = lexicon(name), {}
        for key, given in table(source, value, keys, section).items():
            exact = key == "abbreviated"
            one = words(source, given, section, key, signs=True, longest=longest)
            found[key] = one if exact else [word.lower() for word in one]
            refuse_known(source, found[key], own[key], section, key)
        return {name: found}

    return read


def indicators(source: Source, value: Any) -> Lexicons:
    """`[indicators]`: heads of names, and the names that have an id of their own (`known`)."""
    own = lexicon("indicators")
    data = table(source, value, ("heads", "known"), "indicators")
    heads = words(source, data.get("heads", []), "indicators", "heads", empty=True)
    refuse_known(source, heads, own["heads"], "indicators", "heads")
    known: dict[str, list[str]] = {}
    taken = {phrase.lower() for phrases in own["known"].values() for phrase in phrases}
    for name, given in table(source, data.get("known", {}), (), "indicators", "known").items():
        path = ("indicators", "known", name)
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", name):
            source.fail("an id has small letters a-z, digits and _ only ('school_places')", *path)
        known[name] = words(source, given, *path)
        refuse_known(source, known[name], taken, *path)
        taken |= {phrase.lower() for phrase in known[name]}
    # what has an id is looked for
    there = {word.lower() for word in (*own["heads"], *heads)}
    heads += [p for phrases in known.values() for p in phrases if p.lower() not in there]
    return {"indicators": {"heads": heads, "known": known}}


def places(source: Source, value: Any) -> Lexicons:
    """`[places]`: another name of a unit = the unit ("Đất Cảng" = "thành phố Hải Phòng")."""
    from rules.gazetteer import units

    data = lexicon("places")
    found: dict[str, str] = {}
    for alias, given in table(source, value, (), "places").items():
        name = clean(source, alias, "places", alias, signs=True)
        if name in data["spellings"]:
            source.fail("is known without this file; take it out", "places", alias)
        if not name[0].isupper():
            source.fail("a name begins with a capital", "places", alias)
        if units.named(name):
            source.fail("is the name of a unit itself", "places", alias)
        unit = " ".join(fold(text(source, given, "places", alias)).text.split())
        kind = next((t for t in data["types"] if unit.lower().startswith(t + " ")), "")
        bare = unit[len(kind) :].strip()
        named = [u for u in units.named(bare) if not kind or u.unit_type == kind]
        if not named:
            near = nearest(bare, {u.name for u in units.units() if u.level != "commune"})
            source.fail(f"{unit!r} is no unit of the gazetteer; {near}", "places", alias)
        found[name] = f"{named[0].name}|{kind}" if kind else named[0].name
    return {"places": {"spellings": found}}


SECTIONS: dict[str, Callable[[Source, Any], Lexicons]] = {
    "currencies": currencies,
    "offices": _lists("officials", "offices", ("heads", "abbreviated", "led")),
    "bodies": _lists("officials_bodies", "bodies", ("closed", "open", "named", "business", "hamlets")),
    "indicators": indicators,
    "places": places,
    "households": _lists("households", "households", ("kinds", "more")),
}
"""The sections that add to a lexicon."""
