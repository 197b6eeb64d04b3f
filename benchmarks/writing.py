"""Texts written in the encodings of old archives, as a newsroom of their time would have done."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache

from extractor.readers.legacy import one_byte, vni_letters

TONES = "\u0300\u0301\u0303\u0309\u0323"


def in_one_byte(name: str, text: str) -> bytes:
    """tcvn3 or viscii. A capital that TCVN3 has no byte for is written as the small letter: it was shown in a font of
    capitals. What the encoding lacks is a question mark.
    """
    table = _one_byte_written(name)
    return bytes(table.get(c, table.get(c.lower(), ord("?"))) for c in text)


@cache
def _one_byte_written(name: str) -> dict[str, int]:
    return {c: n for n, c in reversed(list(enumerate(one_byte(name)))) if c != "\ufffd"}


def vni(text: str) -> bytes:
    """VNI for Windows; a letter that means another one in it (ñ is đ) cannot be written."""
    letters, own = _vni_written()
    return "".join(letters.get(c, "?" if c in own else c) for c in text).encode("cp1252", "replace")


@cache
def _vni_written() -> tuple[dict[str, str], frozenset[str]]:
    inverse: dict[str, str] = {}
    for written, letter in vni_letters()[1].items():
        inverse.setdefault(letter, written)
    return inverse, frozenset(w for w in vni_letters()[1] if len(w) == 1)


def windows_1258(text: str) -> bytes:
    """With the letters that it has (à), marks behind the others (ạ)."""
    return b"".join(c.encode("cp1258", "ignore") or _apart(c) for c in text)


def windows_1258_apart(text: str) -> bytes:
    """With every tone mark behind its letter, as Windows writes it."""
    return b"".join(_apart(c) for c in text)


def _apart(c: str) -> bytes:
    parts = unicodedata.normalize("NFD", c)
    bearer = unicodedata.normalize("NFC", "".join(p for p in parts if p not in TONES))
    return (bearer + "".join(p for p in parts if p in TONES)).encode("cp1258", "replace")


def _through(codec: str, text: str) -> str:
    high = {b: bytes([b]).decode(codec, "ignore") or chr(b) for b in range(128, 160)}
    return text.encode().decode("latin-1").translate(high)


_TYPED = {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "..."}


def typed(text: str) -> str:
    """The text as it is typed where there are no quotes and dashes of Windows: VISCII has letters in their places."""
    return "".join(_TYPED.get(c, c) for c in text)


def as_it_is(text: str) -> str:
    """The text itself."""
    return text


def decomposed(text: str) -> str:
    """The text with every mark behind its letter."""
    return unicodedata.normalize("NFD", text)


def lacking(write: Callable[[str], bytes], text: str) -> set[str]:
    """The letters of a text that an encoding has not: written as a question mark, or a capital as its small letter."""
    return {
        c for c in set(text) - {"?"} if write(c) in (write("?"), write(c.lower()) if c != c.lower() else None)
    }


WAYS: dict[str, tuple[str, Callable[[str], str], Callable[[str], bytes]]] = {
    "TCVN3 (ABC)": ("tcvn3", as_it_is, lambda text: in_one_byte("tcvn3", text)),
    "VISCII": ("viscii", typed, lambda text: in_one_byte("viscii", text)),
    "VNI": ("vni", as_it_is, vni),
    "windows-1258, precomposed": ("windows-1258", as_it_is, windows_1258),
    "windows-1258, combining": ("windows-1258", as_it_is, windows_1258_apart),
    "UTF-16 with mark": ("utf-16-le", as_it_is, lambda text: text.encode("utf-16")),
    "UTF-16 LE": ("utf-16-le", as_it_is, lambda text: text.encode("utf-16-le")),
    "UTF-16 BE": ("utf-16-be", as_it_is, lambda text: text.encode("utf-16-be")),
    "UTF-8 read as windows-1252": (
        "utf-8, mojibake", as_it_is, lambda text: _through("cp1252", text).encode()
    ),
    "UTF-8 read as latin-1": (
        "utf-8, mojibake", as_it_is, lambda text: text.encode().decode("latin-1").encode()
    ),
    "UTF-8": ("utf-8", as_it_is, str.encode),
    "UTF-8, decomposed": ("utf-8", decomposed, str.encode),
}  # fmt: skip
"""What an archive may hold: the encoding that is to be recognised, what is typed and how that is written."""
