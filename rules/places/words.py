"""The words and patterns of the place rule, made once when they are first needed."""

from __future__ import annotations

import re
from typing import Any, Literal, NamedTuple

import ahocorasick_rs
import regex

from rules.gazetteer import units as gazetteer
from rules.gazetteer.spelling import name_key
from rules.words import alternation, beginnings, cached, capitals, ends_with, lexicon


class Sign(NamedTuple):
    """What one pattern of the automaton stands for: a type word, a short one, a name, or none of them."""

    kind: Literal["type", "short", "name", "stop"]
    value: str
    types: frozenset[str] | None = None


def words() -> dict[str, Any]:
    """The lexicon of the place rule."""
    return lexicon("places")


@cached
def spellings() -> dict[str, tuple[str, frozenset[str] | None]]:
    """By name key of a spelling that no list has: the listed name, and the types that the spelling is bound to."""
    found = {}
    for form, value in (words()["spellings"] | words()["typed_spellings"]).items():
        name, _, kind = value.partition("|")
        found[name_key(form)] = (name, frozenset({kind}) if kind else None)
    return found


@cached
def automaton() -> tuple[ahocorasick_rs.AhoCorasick, dict[str, Sign]]:
    """One automaton over type words and the names of provinces and districts, and what its patterns stand for."""
    signs: dict[str, Sign] = {}
    for unit in gazetteer.of_level("province", "district"):
        if unit.code and not unit.name.isdigit() and unit.name != "Hồ Chí Minh":
            signs.setdefault(unit.name, Sign("name", unit.name))
    for form, value in words()["spellings"].items():
        name, _, kind = value.partition("|")
        signs[form] = Sign("name", name, frozenset({kind}) if kind else None)
    for table, kind_of_sign in (("types", "type"), ("short_types", "short")):
        for kind, forms in words()[table].items():
            for form in forms:
                signs[form] = Sign("type" if kind_of_sign == "type" else "short", kind)
    for form in words()["stops"]["words"]:
        signs[form] = Sign("stop", form)
    longest = ahocorasick_rs.MatchKind.LeftmostLongest
    return ahocorasick_rs.AhoCorasick(list(signs), matchkind=longest, store_patterns=True), signs


@cached
def run() -> regex.Pattern[str]:
    """A run of capitalised words, a number or a letter behind it: Gò Công Tây, Cư M'gar, Tam Xuân 2, Bà Rịa - Vũng Tàu."""
    word = r"\p{Lu}[\p{L}'’]*+"
    return regex.compile(rf"(?P<w>{word})(?:[ ]?[-–]?[ ]?(?P<w>{word}|\d{{1,2}}(?![\p{{L}}\d.,/%]))){{0,6}}")


@cached
def number() -> regex.Pattern[str]:
    """The number of a quận or phường: 1, 07, no amount and no count of something."""
    return regex.compile(r"\d{1,2}(?![\p{L}\d%]|[.,/-]\d)")


def name_behind(text: str, end: int) -> int | None:
    """Where the name behind a type word begins: behind a space, "đảo", "miền núi"; None where none does."""
    at = end + 1 if text[end : end + 1] == " " else end
    letter = text[at : at + 1]
    if letter.isupper() or letter.isdecimal():
        return at
    m = _before_name().match(text, end)
    return m.end() if m else None


@cached
def _before_name() -> re.Pattern[str]:
    return re.compile(rf" {{0,2}}(?:{alternation(words()['between']['words'])} ){{1,2}}(?=[{capitals()}\d])")


def list_opening(text: str, end: int) -> regex.Match[str] | None:
    """What stands between a plural type word and the first name: "các huyện, thị xã: ", "các huyện miền núi như "."""
    first = text[end : end + 1]
    if first not in " ,:(/" or (first == " " and not _opens_list().match(text, end)):
        return None
    return _list_opening().match(text, end)


@cached
def _opens_list() -> re.Pattern[str]:
    """How a list opens behind a space: a cheap look."""
    return re.compile(r" (?:[,/:(]|và |(?:[^\W\d_]+ ){0,5}(?:[^\W\d_]* ?[:(]|như|gồm|là))")


@cached
def _list_opening() -> regex.Pattern[str]:
    kinds = alternation(words()["types"])
    return regex.compile(
        rf"(?P<more>(?:[ ]?[,/][ ]?|[ ]và[ ])(?P<type>{kinds}))*+"
        r"(?:[ ]?[:(][ ]?|[ ]|(?:[ ]\p{Ll}+){0,5}?[ ]?(?:[:(]|[ ](?:như|gồm|là|là:|gồm:|như:))[ ]?)(?=[\p{Lu}\d])"
    )


@cached
def separator() -> re.Pattern[str]:
    """Between two names of a list: ", ", " và ", " - ", ", và "."""
    return re.compile(rf"(?: ?[,;] (?:và )?| (?P<and>và|hoặc|cùng|với|hay|&) | ?[-–/] ?)(?=[{capitals()}\d])")


@cached
def after_number() -> regex.Pattern[str]:
    """What may follow the number of a list so that it is no count: "quận 1, 3 và 5", not "quận 1, 3 người"."""
    return regex.compile(
        r"(?=[ ]?(?:[,.;:)(–-]|$|\n|và\b|hoặc\b|quận\b|huyện\b|Q\.|TP|thuộc\b|của\b|ở\b|tại\b|đã\b|cũng\b|có\b|trên\b))"
    )


@cached
def up_the_chain() -> regex.Pattern[str]:
    """Between a unit and the one that holds it: "xã A, huyện B", "xã A (huyện B", "xã A thuộc huyện B"."""
    return regex.compile(r"[ ]?(?:[,(–/-]|,?[ ]?thuộc(?: địa bàn)?|của|ở|tại|cũ,?|\(cũ\),?)?[ ]?")


@cached
def province_behind() -> regex.Pattern[str]:
    """Behind a name, the type word of the province: ", tỉnh ", " (thành phố ", " Đinh, tỉnh "."""
    return regex.compile(
        r"(?:[ ]\p{Lu}\p{L}*){0,2}[ ]?[,(]?[ ]?(?:thuộc[ ])?(?:tỉnh|thành phố|bang|TP\.?)[ ](?=\p{Lu})"
    )


@cached
def country() -> regex.Pattern[str]:
    """A foreign country behind a name, before the sentence ends."""
    return regex.compile(
        rf"(?<=[,(–-][ ]?|của[ ]|ở[ ]|miền[ ]\p{{Ll}}+[ ]){alternation(words()['abroad']['countries'])}(?!\p{{L}})"
    )


@cached
def _twins() -> frozenset[str]:
    return frozenset(words()["abroad"]["twins"])


def is_foreign_twin(text: str, name: str, end: int) -> bool:
    """Whether a name that ends at an offset is a foreign unit's whose name ours shares: "Hà Nam (Trung Quốc)"."""
    return name in _twins() and country().search(text, end, end + 40) is not None


def is_plural_before(text: str, at: int) -> bool:
    """Whether a word right before a type word announces several names: "các", "hai", "3", "18"."""
    if text[at - 1 : at] != " ":
        return False
    before = text[max(0, at - 10) : at - 1].lower()
    digits = len(before) - len(before.rstrip("0123456789"))
    if digits:
        return digits < 3 and not before[:-digits][-1:].isalpha()
    return ends_with(before, _plural())


@cached
def _plural() -> tuple[str, ...]:
    return tuple(words()["plural"]["words"])


def _no_preposition() -> str:
    return rf"(?!{alternation(words()['before']['prepositions'])}[ ])"


def institution_before(text: str, at: int) -> bool:
    """Whether the name of a body or firm stands before a bare name that ends it: "Trường Đại học Sư phạm Kỹ thuật "."""
    start = max(0, at - 60)
    last = text[text.rfind(" ", start, at - 1) + 1 : at - 1]
    if last[-1:] in _ENDS_PHRASE or last in _prepositions():
        return False
    return bool(_institution_heads().search(text, start, at) and _institution().search(text, start, at))


# What no name of a body goes on behind.
_ENDS_PHRASE = ",;:()“”\"'"


@cached
def _prepositions() -> frozenset[str]:
    return frozenset(words()["before"]["prepositions"])


@cached
def _institution_heads() -> re.Pattern[str]:
    return re.compile(beginnings(words()["institutions"]["heads"]))


@cached
def _institution() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?<![\p{{L}}])(?:{alternation(words()['institutions']['heads'])})(?:[ ](?:\p{{Lu}}[\p{{L}}\d.&-]*|[-–&]|{_no_preposition()}\p{{Ll}}+)){{0,5}}[ ]$"
    )


@cached
def behind_other_thing() -> re.Pattern[str]:
    """Behind a name that is then another thing's: " FC", " Mới", "-Tourist"."""
    return re.compile(rf"[ -]{alternation(words()['not_before']['words'])}(?![^\W\d_])")


@cached
def body_before() -> regex.Pattern[str]:
    """The name of a public body that a bare name ends: "Cục Thuế ", "Sở Công Thương "."""
    surname = alternation(words()["surnames"]["names"])
    return regex.compile(
        rf"(?<![\p{{L}}])(?:{alternation(words()['public_bodies']['heads'])})(?:[ ](?!{surname}[ ])(?:\p{{Lu}}[\p{{L}}\d.&-]*|[-–&]|\p{{Ll}}+,?)){{0,6}}[ ]$"
    )


@cached
def among_districts() -> regex.Pattern[str]:
    """Before a bare name that is a district's: "đường Giải Phóng (", "các quận nội thành: Ba Đình 12, ", "2 quận … là "."""
    thing = alternation(words()["not_after"]["addresses"])
    return regex.compile(
        rf"(?<!\p{{L}})(?i:{thing})[ ](?:\p{{Ll}}+[ ]){{0,2}}(?:\p{{Lu}}\p{{L}}*[ ]|\d{{1,4}}[ ]){{1,5}}\((?:\p{{Ll}}+[ ])?$"
        r"|\((?:\p{Lu}[\p{L}\d]*[ ]?){1,4},[ ]$"
        r"|(?:quận|huyện)(?:[ ]\p{Ll}+){0,3}[ ]?(?:[:(][ ]?|[ ](?:như|là|gồm)[ ])"
        r"(?:trừ[ ]|(?:\p{Lu}\p{L}*[ ]?){1,4}(?:[\d.]+)?(?:,|[ ]và)?[ ]){0,6}$"
        r"|(?:quận|huyện)[ ](?:[\p{Ll}\d]+[ ]){1,12}(?:là|như|ở)[ ]$"
    )


@cached
def compound() -> regex.Pattern[str]:
    """Before a name, a word that ends like a thing's and is none: "thị trường ", "trẻ em "."""
    return regex.compile(
        rf"(?r)(?<!\p{{L}})(?i:{alternation(words()['not_after']['compounds'], backward=True)})[ ][(“\"'‘]?$"
    )


@cached
def former() -> re.Pattern[str]:
    """Behind a name: "huyện Từ Liêm cũ", "(trước đây"."""
    return re.compile(rf" ?{alternation(words()['times']['former'])}(?![^\W\d_])")


@cached
def syllable() -> regex.Pattern[str]:
    """A name that looks Vietnamese: syllables of at most seven letters without foreign letters or clusters."""
    return regex.compile(
        r"(?:(?:ngh|[ckgnpt]h|gi|qu|tr|ng|đ|[bcdghklmnprstvx])?[aăâeêioôơuưyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]{1,3}(?:ch|nh|ng|[cmnptk])?(?:[ ]|$))+",
        regex.IGNORECASE,
    )
