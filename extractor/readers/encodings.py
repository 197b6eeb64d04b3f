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
from dataclasses import dataclass
from functools import cache

import regex

from extractor.readers.legacy import CONVERTERS

SAMPLE = 40_000
"""Bytes that an encoding is judged by."""

SURE = 0.75
"""Share of well-formed syllables from which an old encoding is believed; measured, right ones reach 0.95
and more, wrong ones 0.3.
"""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, the encoding's name, and how sure it is: the share of well-formed syllables for an encoding that was
    guessed, of whole letters for damaged UTF-8, 0 where nothing better was found, else 1.
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
        text = data.decode("utf-8")
    except UnicodeDecodeError as e:
        return _damaged(data, e) or _legacy(data, hint)
    return repaired(text) or Decoded(text, "utf-8")


_HIGH = {c: bytes([b]) for b in range(128, 160) if (c := bytes([b]).decode("cp1252", "ignore"))}
"""What windows-1252 has where latin-1 has none: quotes, dashes, "€"."""


def repaired(text: str) -> Decoded | None:
    """UTF-8 that was read as windows-1252 or latin-1 and written so ("Ä‘á»“ng" for "đồng"), as it was meant.

    None for every other text: the way back has to be one for all of it, and to give well-formed syllables.
    """
    name = None
    for name_now in ("utf-8, mojibake", "utf-8, mojibake twice"):
        if (better := _read_back(text)) is None:
            break
        text, name = better, name_now
    share = _syllables(text[:SAMPLE]) if name else 0.0
    return Decoded(text, name, share) if name and share >= SURE else None


def _read_back(text: str) -> str | None:
    if not any(mark in text for mark in ("á»", "áº", "Ã", "Ä")):
        return None
    # the no-break space that "à" is written with is often a plain one by now
    spaced = regex.sub(r"(?<=[ÃÄÆ]|á[º»])[ ]", "\xa0", text)
    try:
        data = spaced.translate({ord(c): b.decode("latin-1") for c, b in _HIGH.items()}).encode("latin-1")
    except UnicodeEncodeError:
        return None
    read = data.decode("utf-8", "replace")
    return read if read != spaced and read.count("\ufffd") <= 1 else None  # one where the text was cut off


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
    good = sum(1 for c in text if c > "\x7f" and c != "\ufffd")
    cut_at_the_end = bad == 1 and error.start >= len(data) - 3
    if cut_at_the_end or good >= 20 * bad:
        return Decoded(text, "utf-8, damaged", good / (good + bad))
    return None


def _legacy(data: bytes, hint: str | None) -> Decoded:
    sample = data[:SAMPLE]
    read = {name: convert(sample) for name, convert in CONVERTERS.items()}
    shares = {name: _syllables(text) for name, text in read.items()}
    # a headline may be syllables in two of them: then it is the one with the letters that are used more
    name = max(shares, key=lambda name: (round(shares[name], 2), -_rarity(read[name])))
    if shares[name] >= SURE:
        return Decoded(CONVERTERS[name](data), name, shares[name])
    if hint and (told := _by_hint(data, hint)):
        return told
    controls = sum(1 for b in sample if b < 32 and b not in (9, 10, 12, 13))
    if controls > len(sample) // 100:
        raise Undecodable("no text in any encoding that is known here")
    return Decoded(data.decode("cp1252", "replace"), "windows-1252", 0.0)


_BY_USE = "đàưáôếạệảêộóốớấờâủềợểịìậơầựăíãứởụồữúọắổòừùặũỉửễýỏẽéằẫẩĩỹỗẻẹỷỳõẳỡèẵỵ"
"""The letters beyond ASCII by how often news uses them."""


def _rarity(text: str) -> float:
    """The mean place of a text's letters beyond ASCII in the order of their use."""
    places = [
        _BY_USE.find(c) % 100 for c in text.lower() if c > "\x7f" and c.isalpha()
    ]  # 99 for none of them
    return sum(places) / max(len(places), 1)


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
