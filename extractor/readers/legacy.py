"""The encodings of old Vietnamese archives: TCVN3 (ABC fonts), VISCII, VNI, windows-1258."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Callable
from functools import cache

import regex

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
def one_byte(name: str) -> str:
    """The decoding table of an encoding with a byte a letter."""
    if name == "viscii":
        return "".join(_VISCII_LOW.get(b, chr(b)) for b in range(128)) + _VISCII
    return "".join(map(chr, range(128))) + bytes(range(128, 160)).decode("cp1252", "replace") + _TCVN3


@cache
def vni_letters() -> tuple[regex.Pattern[str], dict[str, str]]:
    """What VNI writes for a letter, as a pattern, and the letter of each."""
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


def from_vni(data: bytes) -> str:
    """VNI to text."""
    pattern, table = vni_letters()
    return pattern.sub(lambda m: table[m.group()], data.decode("cp1252", "replace"))


CONVERTERS: dict[str, Callable[[bytes], str]] = {
    "tcvn3": lambda data: codecs.charmap_decode(data, "replace", one_byte("tcvn3"))[0],
    "viscii": lambda data: codecs.charmap_decode(data, "replace", one_byte("viscii"))[0],
    "vni": from_vni,
    "windows-1258": lambda data: unicodedata.normalize("NFC", data.decode("cp1258", "replace")),
}
"""Bytes to text, by the name that an article's row tells."""
