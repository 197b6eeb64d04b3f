"""Finds the mentions of units in a text: with type word, in lists, bare, in chains. Resolves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from rules.gazetteer import units as gazetteer
from rules.gazetteer.spelling import name_key
from rules.gazetteer.units import Unit
from rules.places import words as w
from rules.places.bare import bare, commune_before
from rules.places.found import LEVEL_OF_TYPE, RANK, Found
from rules.words import standing


def units_named(name: str, types: frozenset[str] | None) -> tuple[Unit, ...]:
    """Every state of the units of a name (in any usual spelling) that are of one of the types."""
    return _units_named(name, types, w.spellings().get(name_key(name)))


@lru_cache(maxsize=16384)
def _units_named(
    name: str, types: frozenset[str] | None, spelling: tuple[str, frozenset[str] | None] | None
) -> tuple[Unit, ...]:
    found = gazetteer.keyed(name_key(name))
    if spelling is not None:
        listed, bound = spelling
        others = gazetteer.keyed(name_key(listed))
        found = tuple(dict.fromkeys((*found, *(u for u in others if bound is None or u.unit_type in bound))))
    return tuple(u for u in found if types is None or u.unit_type in types)


def scan(text: str, sentences: tuple[tuple[int, int], ...]) -> list[Found]:
    """The mentions of a text in their order, of the part that the sentences cover."""
    if not sentences:
        return []
    start, stop = sentences[0][0], sentences[-1][1]
    machine, signs = w.automaton()
    found: list[Found] = []
    things: set[str] = set()  # names that the text uses of something else: "bán đảo Sơn Trà"
    at = start
    for form, begin, end in standing(machine, text):
        if begin < at or end > stop or (begin and text[begin - 1].isalnum()):
            continue
        sign = signs[form]
        if sign.kind == "stop":
            at = end
            continue
        names: list[Found] | None
        if sign.kind == "name":
            names = bare(text, begin, end, sign, found)
            if names is None:
                things.add(sign.value)
        elif sign.kind == "short" and text[end : end + 1].islower():
            continue  # "Phó", "Phòng"
        else:
            names = list(_typed(text, begin, end, sign.value, sign.kind == "short"))
            if len(names) == 1 and names[0].rank == RANK["district"]:
                names = [*commune_before(text, names[0], found), *names]
        if names:
            if (
                found and found[-1].start == names[0].start
            ):  # it was taken for a district: "Tam Bình (huyện Cai Lậy)"
                found.pop()
            found.extend(names)
            at = names[-1].end
    if not things:
        return found
    return [
        f._replace(sure=False) if f.typed is None and f.name in things and f.rank < RANK["province"] else f
        for f in found
    ]


def _typed(text: str, begin: int, end: int, kind: str, short: bool) -> Iterator[Found]:
    """A type word: the name behind it and the names that go on with it, or a list that it opens."""
    if kind == "xã" and text[max(0, begin - 4) : begin].lower().endswith(
        ("tác ", "ông ", "bà ")
    ):  # hợp tác xã; spouses
        return
    types = frozenset({kind})
    at = w.name_behind(text, end)
    if at is None:
        opening = None if short else w.list_opening(text, end)
        if opening is None:
            return
        types |= {t.lower() for t in opening.captures("type")}
        plural, first_start, at = True, opening.end(), opening.end()
    else:
        plural = not short and w.is_plural_before(text, begin)
        first_start = begin
    far = first_start != begin or (plural and at - end > 1)
    first = name_at(text, at, types, known=short or far, strict=far)
    if first is None:
        return
    name_end, name, units = first
    if w.is_foreign_twin(text, name, name_end):
        return
    if short and not _short_form_fits(text, begin, end, name):
        return
    if (
        first_start == begin
        and not units
        and (not _may_be_unknown(kind, name, plural) or _is_abroad(text, name_end))
    ):
        return
    former = bool(w.former().match(text, name_end))
    sure = not (
        short and name.isdigit() and text[end - 1] in "PFQ"
    )  # F1, P2, Q1 are more often something else
    head = Found(first_start, name_end, name, units, kind, begin, sure, former)
    yield head
    if w.separator().match(text, name_end):
        yield from _list(text, head, types, plural)


def _short_form_fits(text: str, begin: int, end: int, name: str) -> bool:
    """P.5, P5, Q. Bình Thạnh, TPVinh; not PV, Q.A, P. An: a short form is a letter of many other things."""
    if name.isdigit() or end - begin > 2 or text[begin : begin + 2] in ("TP", "TX", "Tp", "tp", "Tx"):
        return len(name) > 1 or name.isdigit()
    return (" " in name and text[end - 1 : end + 1] != text[end - 1] + name[0]) or (
        " " in name and text[end - 1] == "."
    )


def _may_be_unknown(kind: str, name: str, plural: bool) -> bool:
    """A name that no list has counts with a full type word, when it looks Vietnamese: no "thị trấn Amatrice"."""
    if kind in ("tỉnh", "thành phố", "đặc khu") or name.isdigit() or plural:
        return False
    return " " in name and (kind == "xã" or bool(w.syllable().fullmatch(name)))


def _is_abroad(text: str, end: int) -> bool:
    """Whether a name that no list has goes on with a foreign province or country: "huyện Sa Muồi (tỉnh Salavan, Lào)"."""
    if w.country().search(text, end, end + 60):
        return True
    above = w.province_behind().match(text, end)
    return (
        above is not None and name_at(text, above.end(), frozenset({"tỉnh", "thành phố"}), known=True) is None
    )


def name_at(
    text: str, at: int, types: frozenset[str], known: bool = False, strict: bool = False
) -> tuple[int, str, tuple[Unit, ...]] | None:
    """The longest name at an offset that is a unit of the types, of their level (unless `strict`), or (unless `known`) of no list."""
    if text[at : at + 1].isdecimal() and (digits := w.number().match(text, at)):
        units = units_named(digits.group(), types)
        return (digits.end(), str(int(digits.group())), units) if units else None
    run = w.run().match(text, at)
    if run is None:
        return None
    ends = run.ends("w")
    for allowed in (types,) if strict else (types, _of_level(types)):
        for count in range(len(ends), 0, -1):
            name = text[at : ends[count - 1]]
            units = units_named(name, allowed)
            if units and _ends_well(text, ends, count):
                return ends[count - 1], name, units
    end = _unknown_end(text, at, ends)
    name = text[at:end]
    units = gazetteer.districts_like(name) if types & {"huyện", "quận", "thị xã"} else ()
    return None if known and not units else (end, name, units)


@cache
def _of_level(types: frozenset[str]) -> frozenset[str]:
    """The type words of the levels that these are of."""
    levels = {LEVEL_OF_TYPE[t] for t in types} | ({"province"} if "thành phố" in types else set())
    return frozenset(t for t, level in LEVEL_OF_TYPE.items() if level in levels)


def _ends_well(text: str, ends: list[int], count: int) -> bool:
    """Whether a known name may end before the run does: a person's name or another thing follows it."""
    if count == len(ends):
        return True
    rest = text[ends[count - 1] : ends[-1]]
    if rest[:1] == "-" or rest[:2] in (" -", " –"):
        return True
    first = rest.split()[0]
    return (first in w.words()["surnames"]["names"] and len(ends) - count >= 2) or (
        count >= 2 and len(ends) - count >= 1
    )


def _unknown_end(text: str, at: int, ends: list[int]) -> int:
    """Where a name that no list has ends: before a dash, before a surname, after four words at most."""
    begin = at
    for count, end in enumerate(ends[:4]):
        gap = text[begin:end].lstrip()
        if count and (gap[:1] in "-–" or (count >= 2 and gap in w.words()["surnames"]["names"])):
            return begin
        begin = end
    return begin


def _list(text: str, head: Found, types: frozenset[str], plural: bool) -> Iterator[Found]:
    """The names that go on with the type of the first: "các huyện Đức Hòa, Đức Huệ và Bến Lức"."""
    before, at, count = head, head.end, 1
    while between := w.separator().match(text, at):
        start = between.end()
        item = name_at(text, start, types, known=True)
        if item is None:
            return
        end, name, units = item
        if len(name) < 5 and not units_named(name, None):  # "huyện A và Chủ tịch": no misspelled Chũ
            return
        units = tuple(u for u in units if u.unit_type in types) or units
        if not units or ((count > 1 or not plural) and _is_above(name, before)):
            return
        if name.isdigit() and not w.after_number().match(text, end):
            return
        if not plural and not _goes_with(before, units, between["and"] is not None):
            return
        if not name.isdigit() and _continues(text, end) and not plural:
            return
        before = Found(
            start,
            end,
            name,
            units,
            head.typed,
            head.group,
            head.sure,
            former=bool(w.former().match(text, end)),
        )
        yield before
        at, count = end, count + 1


def _is_above(name: str, before: Found) -> bool:
    """Whether a name without type word is the unit that holds the one before it: "huyện Yên Định, Thanh Hóa"."""
    parents = {u.parent_code for u in before.units}
    return any(u.code in parents for u in units_named(name, None))


def _continues(text: str, end: int) -> bool:
    return text[end : end + 1] == " " and text[end + 1 : end + 2].isupper()


def _goes_with(before: Found, units: tuple[Unit, ...], joined: bool) -> bool:
    """Whether a name without type word goes on with the list: it may lie beside the one before it."""
    if not before.units:
        return joined
    beside = {u.parent_code for u in before.units} & {u.parent_code for u in units}
    if beside:
        return True
    return joined and RANK[units[0].level] == before.rank
