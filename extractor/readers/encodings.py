"""Bytes -> text: UTF-8 and UTF-16 with and without byte order mark, and the encodings of old Vietnamese
archives.

An old encoding is recognised by what it makes of the bytes: decoded rightly, nearly every word with a
non-ASCII letter is a well-formed Vietnamese syllable; decoded wrongly, few are. UTF-8 is tried first and
strictly, so
that plain UTF-8 is never mistaken.
"""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import regex

SAMPLE = 40_000
"""Bytes that an encoding is judged by."""

SURE = 0.75
"""Share of well-formed syllables from which an old encoding is believed; measured, right ones reach 0.95
and more, wrong ones 0.3.
"""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, the encoding's name, and the share of well-formed syllables for an encoding that was
    guessed (else 1).
    """

    text: str
    encoding: str
    confidence: float = 1.0


class Undecodable(ValueError):  # noqa: N818  an answer, not a fault
    """Bytes that are no text in any encoding known here."""


def decode(data: bytes, hint: str | None = None) -> Decoded:
    """Decode an article's bytes; `hint` is what an HTTP header or a page's head says, believed last.

    A byte order mark is not part of the text. The old encodings come out as NFC. Raises Undecodable.
    """
    for bom, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(bom):
            text = data[len(bom) :].decode(name.removesuffix("-sig"), "replace")
            return Decoded(text, name if "\ufffd" not in text else f"{name}, damaged")
    if wide := _utf16(data):
        return wide
    if data[:8192].count(0) > len(data[:8192]) // 50:
        raise Undecodable("binary data, not text")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as e:
        return _damaged(data, e) or _legacy(data, hint)


def _utf16(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: of Latin text with line ends and blanks, every other byte is often zero."""
    head = data[: min(len(data), 8192) & ~1]
    odd, even = head[1::2].count(0), head[::2].count(0)
    if max(odd, even) < max(len(head) // 8, 2) or min(odd, even) > max(odd, even) // 10:
        return None
    name = "utf-16-le" if odd > even else "utf-16-be"
    try:
        return Decoded(data[: len(data) & ~1].decode(name), name)
    except UnicodeDecodeError:
        return None


def _damaged(data: bytes, error: UnicodeDecodeError) -> Decoded | None:
    """UTF-8 that was cut or has a few bad bytes: the good sequences outnumber them by far."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for c in text[:SAMPLE] if c > "\x7f" and c != "\ufffd")
    cut_at_the_end = bad == 1 and error.start >= len(data) - 3
    if cut_at_the_end or good >= 20 * min(bad, text[:SAMPLE].count("\ufffd") or 1):
        return Decoded(text, "utf-8, damaged")
    return None


def _legacy(data: bytes, hint: str | None) -> Decoded:
    sample = data[:SAMPLE]
    judged = sorted(
        ((_syllables(convert(sample)), name) for name, convert in _CONVERTERS.items()), reverse=True
    )
    share, name = judged[0]
    if share >= SURE:
        return Decoded(_CONVERTERS[name](data), name, share)
    if hint and (told := _by_hint(data, hint)):
        return told
    controls = sum(1 for b in sample if b < 32 and b not in (9, 10, 12, 13))
    if controls > len(sample) // 100:
        raise Undecodable("no text in any encoding that is known here")
    return Decoded(data.decode("cp1252", "replace"), "windows-1252", 0.0)


def _by_hint(data: bytes, hint: str) -> Decoded | None:
    try:
        return Decoded(data.decode(hint), codecs.lookup(hint).name, 0.0)
    except (LookupError, UnicodeDecodeError):
        return None


@cache
def _syllable() -> regex.Pattern[str]:
    """A well-formed Vietnamese syllable: onset, vowels with at most one tone, coda."""
    return regex.compile(
        r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?"
        r"(?:[aăâeêioôơuưyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]{1,3})"
        r"(?:ng|nh|ch|[cmnpt])?"
    )


@cache
def _word() -> regex.Pattern[str]:
    return regex.compile(r"[^\s\p{P}\d]+")


_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def _syllables(text: str) -> float:
    """The share of words with a non-ASCII letter that are well-formed syllables of Vietnamese, 0 where
    there are none.
    """
    right = count = 0
    for m in _word().finditer(text):
        word = m.group()
        if word.isascii():
            continue
        count += 1
        lower = word.lower()
        tones = sum(1 for c in unicodedata.normalize("NFD", lower) if c in _TONES)
        # a capital inside a small word is a byte of another encoding
        right += (
            tones <= 1
            and _syllable().fullmatch(lower) is not None
            and (word[1:].islower() or word.isupper() or len(word) == 1)
        )
    return right / count if count else 0.0


# Bytes 80-FF of the two encodings with a byte a letter; 80-9F of TCVN3 hold the quotes and dashes of
# Windows in practice.
_TCVN3 = (
    "\xa0ĂÂÊÔƠƯĐăâêôơưđẰ\ufffd\ufffd\ufffd\ufffd\ufffdàảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽ"
    "éẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
_VISCII = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư"
    "àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_VISCII_LOW = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}

# VNI writes a letter and behind it a byte for the mark (aù is á); some letters are a byte of their own.
_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_CIRCUMFLEX = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_VNI_BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_ALONE = {"í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ", "ô": "ơ", "ö": "ư"}


@cache
def _one_byte(name: str) -> str:
    """The decoding table of an encoding with a byte a letter."""
    if name == "viscii":
        return "".join(_VISCII_LOW.get(b, chr(b)) for b in range(128)) + _VISCII
    return "".join(map(chr, range(128))) + bytes(range(128, 160)).decode("cp1252", "replace") + _TCVN3


@cache
def _vni() -> tuple[regex.Pattern[str], dict[str, str]]:
    table: dict[str, str] = {}
    for vowel, bearer in (("a", "a"), ("e", "e"), ("o", "o"), ("u", "u"), ("y", "y"), ("ô", "ơ"), ("ö", "ư")):
        table |= {vowel + byte: bearer + mark for byte, mark in _VNI_TONES.items()}
    for vowel in "aeo":
        table |= {vowel + byte: f"{vowel}\u0302{mark}" for byte, mark in _VNI_CIRCUMFLEX.items()}
    table |= {"a" + byte: f"a\u0306{mark}" for byte, mark in _VNI_BREVE.items()}
    table |= _VNI_ALONE
    both = {k: unicodedata.normalize("NFC", v) for k, v in table.items()}
    for k, v in list(both.items()):
        both[k.upper()] = v.upper()
        both[k[0].upper() + k[1:]] = v.upper()  # capitals are often written with the small byte of the mark
    return regex.compile("|".join(sorted(map(regex.escape, both), key=len, reverse=True))), both


def _from_vni(data: bytes) -> str:
    pattern, table = _vni()
    return pattern.sub(lambda m: table[m.group()], data.decode("cp1252", "replace"))


_CONVERTERS: dict[str, Callable[[bytes], str]] = {
    "tcvn3": lambda data: codecs.charmap_decode(data, "replace", _one_byte("tcvn3"))[0],
    "viscii": lambda data: codecs.charmap_decode(data, "replace", _one_byte("viscii"))[0],
    "vni": _from_vni,
    "windows-1258": lambda data: unicodedata.normalize("NFC", data.decode("cp1258", "replace")),
}
