"""A body in one form: "Sở GD-ĐT TP.HCM", "Sở Giáo dục và Đào tạo Thành phố Hồ Chí Minh"; rules in their order below.

The unit that a body serves is no part of its words: it stands beside them by code and first day.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from extractor.tenures.offices import Office
from extractor.tenures.places import kinds, without_unit
from extractor.tenures.words import ends, first_of, starts, words
from rules.gazetteer import units
from rules.words import lexicon

UnitKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Body:
    """A body's words and its unit. `whole`: they tell which body it is; else some of its name is left out."""

    words: str
    unit: UnitKey | None
    whole: bool


@lru_cache(maxsize=20_000)
def body(office: Office, organisation: str | None, unit: UnitKey | None, sector: str) -> Body:
    """The body of a statement: what the words, the office and the unit tell of it.

    Rules in their order: `abbreviation`, `two ways` of writing, `small words` (và, của), `unit` (its name and type
    word go), `home` (Việt Nam's name goes), `country`, `two names`, `first word` ("Bộ trưởng Y tế"), `unit's chair`
    ("Bí thư huyện X").
    """
    place = units.by_key(*unit) if unit else None
    told = lexicon("tenures")["bodies"]
    name = one_form(organisation or "")
    name, named = without_unit(name, place) if place else (name, False)
    name, central = (_country(name), False) if sector == "other" else _without_home(name)
    name, open_ = _first_word(office, told["same"].get(name, name))
    if not name and office.name == "đại biểu" and (office.body or (place and place.level == "province")):
        name = "quốc hội"  # "ĐB Nguyễn Văn A (Hà Nội)": deputies of the councils are not told so
    if not name and place and sector == "public":
        name = _of_unit(office, place)
    if office.name == "đại biểu" and name == "quốc hội":
        unit = None  # where a deputy was elected is told or left out
    return Body(name, unit, not open_ and _whole(name, place if unit else None, central, named))


@lru_cache(maxsize=20_000)
def one_form(organisation: str) -> str:
    """The words of a body as written, the unit's among them, abbreviations written out."""
    return _small_words(_two_ways(" ".join(words(organisation, lexicon("tenures")["bodies"]["short"]))))


@cache
def _replaced() -> tuple[tuple[str, str], ...]:
    return tuple(sorted(lexicon("tenures")["bodies"]["words"].items(), key=lambda row: -len(row[0])))


def _two_ways(name: str) -> str:
    """Words of bodies written in two ways: "trường đại học" is "đại học"."""
    padded = f" {name} "
    for old, new in _replaced():
        padded = padded.replace(f" {old} ", f" {new} ")
    return padded.strip()


def _small_words(name: str) -> str:
    told = lexicon("tenures")["bodies"]
    padded = f" {name} "
    for word in (*told["empty"], *(told["firms"] if "công ty" in name else ())):
        padded = padded.replace(f" {word} ", " ")
    return " ".join(padded.split())


def _without_home(name: str) -> tuple[str, bool]:
    """The words without Việt Nam's name at their end; whether it, or "trung ương", says that the body is the country's."""
    for home in lexicon("tenures")["bodies"]["home"]:
        if ends(name, home):
            return name[: -len(home)].rstrip(), True
    return name, "trung ương" in name or "tối cao" in name


def _country(name: str) -> str:
    """A country by one name, at the end, and before "tại": "Đại sứ Mỹ tại LHQ"."""
    body, at, seat = name.partition(" tại ")
    for other, one in lexicon("tenures")["bodies"]["countries"].items():
        body, seat = (n[: -len(other)] + one if ends(n, other) else n for n in (body, seat))
    return body + at + seat


@cache
def _abroad() -> frozenset[str]:
    named = lexicon("tenures")["bodies"]["countries"].values()
    return frozenset({*lexicon("officials_bodies")["abroad"], *named})


@cache
def _heads() -> tuple[str, ...]:
    """How a body's name begins."""
    told = lexicon("tenures")["bodies"]
    return tuple({*told["of_a_unit"], *told["of_a_body"], *told["parents"], *told["alone"]})


def _first_word(office: Office, name: str) -> tuple[str, bool]:
    """The words with the first one that the office tells; whether it stays open which body it is."""
    first = office.first
    if not first or starts(name, first):
        return name, False
    if name in _abroad() and starts(first, "bộ") and first != "bộ":
        return f"{first} {name}", False  # "Ngoại trưởng Nga"
    if not name or name in _abroad():
        return name, True
    head = first_of(name, _heads())
    if first in lexicon("tenures")["offices"]["of_the_house"] or head is None:
        return f"{first} {name}", False
    return (name, False) if starts(first, "bộ") else (f"{first} {name}", True)


def _of_unit(office: Office, place: units.Unit) -> str:
    """The body of a unit's chair or secretary: "Bí thư huyện X" is of the Huyện ủy, "Chủ tịch" of the UBND."""
    if office.name in ("chủ tịch", "phó chủ tịch"):
        return "ủy ban nhân dân"
    if office.name in ("bí thư", "phó bí thư"):
        return str(lexicon("tenures")["bodies"]["secretary"][place.unit_type])
    return ""


def _whole(name: str, place: units.Unit | None, central: bool, named: bool) -> bool:
    """Whether the words and the unit tell one body. `named`: the body's own name had the unit's."""
    told = lexicon("tenures")["bodies"]
    if not name:
        return False
    if name in told["of_a_commune"]:
        return place is not None and place.level == "commune"
    if name in told["alone"]:
        return (
            place is not None and name not in told["open_in_a_unit"] and (named or name in told["of_a_unit"])
        )
    if any(name.endswith(" " + last) for last in told["ends_open"]):
        return named
    if head := first_of(name, (*told["of_a_body"], *told["of_a_unit"])):
        rest = name[len(head) :]
        return place is not None or central or _named_unit(rest) or _within(rest)
    return True


@cache
def _unit_named() -> regex.Pattern[str]:
    """A type word with a name behind it; "xã hội", "tỉnh ủy", "huyện đoàn" are other words."""
    return regex.compile(rf" (?:{'|'.join(kinds())}) (?!(?:hội|ủy|đoàn|đội)(?!\p{{L}}))")


def _named_unit(rest: str) -> bool:
    """Whether a unit stands behind a body's first words with its name: one that the gazetteer did not tell apart."""
    return bool(_unit_named().search(rest))


def _within(rest: str) -> bool:
    """Whether the words behind a part's first tell the larger body: "(khoa) cấp cứu bệnh viện bạch mai"."""
    for parent in lexicon("tenures")["bodies"]["parents"]:
        at = rest.find(f" {parent} ")
        if at >= 0 and rest[at:].strip() != parent:
            return True
    return any(ends(rest, last) for last in lexicon("tenures")["bodies"]["ends_whole"])
