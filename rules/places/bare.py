"""A name of a province or district without a type word: is it the unit, or a person, a street, a club?"""

from __future__ import annotations

from functools import cache, lru_cache

from rules.gazetteer import units as gazetteer
from rules.gazetteer.spelling import name_key
from rules.gazetteer.units import Unit
from rules.openings import opens
from rules.places import words as w
from rules.places.found import Found
from rules.places.words import Sign


@cache
def _set(table: str, key: str) -> frozenset[str]:
    return frozenset(w.words()[table][key])


def bare(text: str, begin: int, end: int, sign: Sign, found: list[Found]) -> list[Found] | None:
    """The mention that a bare name is, with a commune before it in a chain; None where it is another thing's name."""
    if end < len(text) and (text[end].isalnum() or text[end] in "&_@"):
        return []
    units = _units(sign)
    last = text[max(0, begin - 40) : begin]
    if not units or _follows_name(text, end, sign) or w.is_foreign_twin(text, sign.value, end):
        return []
    if _is_other_thing(text, begin, last, sign):
        return None
    before = [word.strip("(“\"'‘").lower() for word in last.split()[-3:]] if last.endswith(" ") else []
    tails = {" ".join(before[-n:]) for n in (1, 2, 3)} if before else set()
    body_types = w.words()["body_types"]
    for body, types in body_types.items() if not tails.isdisjoint(body_types) else ():
        if body in tails and (narrowed := tuple(u for u in units if u.unit_type in types)):
            units = narrowed
            break
    sure = (
        any(u.level == "province" for u in units)
        or sign.value in _set("well_known", "names")
        or bool(tails & _set("before", "bodies"))
        or bool(tails & _set("before", "places"))
    )
    mention = Found(begin, end, sign.value, units, None, begin, sure, bool(w.former().match(text, end)))
    return [*commune_before(text, mention, found), mention]


@lru_cache(maxsize=4096)
def _units(sign: Sign) -> tuple[Unit, ...]:
    named = gazetteer.keyed(name_key(sign.value))
    # since July 2025 a commune is what a town is: "người Mèo Vạc" are those of the commune
    usual = (u for u in named if u.level != "commune" or u.valid_from >= gazetteer.REFORM)
    return tuple(u for u in usual if sign.types is None or u.unit_type in sign.types)


def _follows_name(text: str, end: int, sign: Sign) -> bool:
    """A capitalised word behind it makes another name of it, unless it is a person's: "Chủ tịch Hà Nội Nguyễn …"."""
    rest = text[end : end + 24]
    if w.behind_other_thing().match(rest):
        return True
    if rest[:1] == " " and rest[1:2].isupper():
        following = rest.split()
        first = following[0].strip(".,;:()")
        if first.isupper() and len(first) > 1:
            return False
        return first not in _set("surnames", "names") and not opens(text, end + 1)
    return False


def _is_other_thing(text: str, begin: int, last: str, sign: Sign) -> bool:
    """What stands before tells that the name is a person's, a street's, a body's."""
    if not last or last[-1] != " ":
        return (
            bool(last)
            and (last[-1] == "-" or last[-1] == "–")
            and last[-2:-1].isalpha()
            and _things(last[:-1])
        )
    parts = last.split()
    if not parts:
        return False
    word = parts[-1]
    thing = _ends_with_one("things", parts)
    if word[0] == "U" and word[1:].isdigit():  # a club's youth: U19 Hà Nội
        return True
    if word.strip("(/").isdigit() and parts[-2:-1] not in (
        ["năm"],
        ["và"],
    ):  # an address: "408 Điện Biên Phủ"
        return True
    if (
        sign.types is not None and sign.value == "Hồ Chí Minh" and text[begin] in "Tt"
    ):  # with its type word: TP.HCM
        return (thing and not w.compound().match(last)) or w.institution_before(text, begin)
    if word in ("-", "–") and _things(last):
        return True
    if thing or _ends_with_one("persons", parts):
        return not w.compound().match(last)
    if word[:1].isupper() and word[-1].isalpha() and word not in _set("before", "openers"):
        opens = (
            len(last.rstrip()) == len(word)
            or last.rstrip()[: -len(word)].rstrip()[-1:] in '.!?…:”"“\n'
            or "\n" in last[-len(word) - 2 :]
        )
        surname = word in _set("surnames", "names")
        if not (word.isupper() and len(word) > 1) and (surname or not opens or " " not in sign.value):
            return surname or not w.body_before().search(text, max(0, begin - 60), begin)
    return w.institution_before(text, begin)


def _ends_with_one(key: str, parts: list[str]) -> bool:
    """Whether words end with one of a list of those that no bare name of a unit stands behind."""
    if parts[-1].lower().strip(_QUOTES) not in _last_words(key):
        return False
    tails = (" ".join(parts[-n:]).lower().strip(_QUOTES) for n in range(1, 6))
    return not _set("not_after", key).isdisjoint(tails)


_QUOTES = "(“\"'‘"


@cache
def _last_words(key: str) -> frozenset[str]:
    return frozenset(entry.split()[-1] for entry in _set("not_after", key))


def _things(last: str) -> bool:
    """A route by its ends: "cao tốc Hà Nội - ": the second end is none either."""
    before = last.lower()
    return any(word in before for word in ("cao tốc", "quốc lộ", "đường sắt", "tuyến"))


def commune_before(text: str, mention: Found, found: list[Found]) -> list[Found]:
    """A commune without type word in a chain: "Quang Trung, Kiến Xương, Thái Bình", "Tam Bình (huyện Cai Lậy)"."""
    head = text[max(0, mention.start - 40) : mention.start]
    if not head.endswith((", ", " (")) or not any(u.level == "district" for u in mention.units):
        return []
    chunk = head[:-2]
    parts = chunk.split(" ")
    run: list[str] = []
    while parts and parts[-1][:1].isupper() and parts[-1].replace("'", "").isalnum():
        run.insert(0, parts.pop())
    if not run or not parts or any(p.lower() in _set("not_after", "things") for p in parts[-3:]):
        return []
    if mention.typed and not _may_stand_behind([p.lower() for p in parts]):
        return []
    name = " ".join(run)
    start = mention.start - 2 - len(name)
    if (
        found
        and found[-1].end > start
        and not (
            mention.typed and found[-1].typed is None and found[-1].start == start and found[-1].rank == 1
        )
    ):
        return []
    codes = {u.code for u in mention.units if u.level == "district"}
    units = tuple(
        u for u in gazetteer.keyed(name_key(name)) if u.level == "commune" and u.parent_code in codes
    )
    if mention.typed and name_key(name) == name_key(mention.name):  # "CTCP Giá Rai, thị xã Giá Rai"
        return []
    return [Found(start, start + len(name), name, units, None, start)] if units else []


def _may_stand_behind(before: list[str]) -> bool:
    """Whether a commune may stand behind these words: a comma or a preposition, not "bãi rác", "HTX nuôi nghêu"."""
    return before[-1].endswith((",", ".", ";", ":")) or bool(
        {before[-1], " ".join(before[-2:])} & _set("before", "places")
    )
