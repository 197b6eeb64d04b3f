"""The one number grammar: digits, words, scales, mixtures -> exact decimals.

`number_pattern()` finds a number phrase in folded text, `read_number()` gives its value; both derive from
`lexicon/numbers.toml`. Covered: 1.250,5 and 1,250.5; 12.000; 100.1 (tỷ); 1 250 000; 5 trăm triệu;
1 tỷ 200 triệu; 2 tỷ rưỡi; 3 triệu 5; mười lăm; hai mốt; một trăm linh hai; ba phẩy bảy; nửa triệu.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

import regex

from rules.words import alternation, lexicon

Sense = Literal["count", "amount", "scaled", "share"]
"""What a number is about, which tells its separators apart: a count is whole ("1,250 hộ" is 1250), an amount
without a scale nearly so ("12,000 đồng"), a scaled number may have decimals ("1,375 tỷ"), so may a share."""

MAX_DIGITS = 30
"""Longer strings of digits are no figures."""


@dataclass(frozen=True, slots=True)
class _Words:
    digits: dict[str, int]
    after_tens: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, int]
    fillers: frozenset[str]
    points: frozenset[str]
    half_behind: frozenset[str]
    half_before: frozenset[str]
    pairs: frozenset[tuple[str, str]]


@cache
def _words() -> _Words:
    data = lexicon("numbers")
    return _Words(
        digits=data["digits"],
        after_tens=data["after_tens"],
        tens={**data["ten"], **data["tens"]},
        scales=data["scales"],
        fillers=frozenset(data["fillers"]["words"]),
        points=frozenset(data["points"]["words"]),
        half_behind=frozenset(data["halves"]["behind"]),
        half_before=frozenset(data["halves"]["before"]),
        pairs=frozenset((a, b) for a, b in (p.split() for p in data["pairs"]["words"])),
    )


DIGITS = r"(?:\d{1,3}(?:[ ]\d{3})++(?![\d])(?:,\d++)?|\d++(?:[.,]\d++)*+)"
"""A run of digits with its separators: 12.000; 1.250,5; 1 250 000. Possessive: it gives nothing back."""

START = r"(?<![\p{L}\p{M}\d])(?<![\d\p{L}][.,/:_-])"
"""A number does not begin inside a word, a number, a date or a document's number (30a/2008, QL-14)."""

END = r"(?![\p{L}\p{M}\d])"
"""A word ends here."""


@cache
def number_pattern() -> str:
    """A number phrase, digits or words, with its scales; no named groups. Linear: runs are possessive."""
    w = _words()
    scale = alternation([*w.scales, "chục"]) + END
    starts = alternation([*w.digits, *(k for k, v in w.tens.items() if k == "mười"), *w.half_before]) + END
    parts = alternation([*w.digits, *w.after_tens, *w.tens, *w.scales, *w.fillers, *w.points, *w.half_behind]) + END
    half = alternation(w.half_behind) + END
    point = alternation(w.points) + END
    in_words = rf"(?:{starts}(?:[ ]+(?:{parts}))*+|{scale}(?:[ ]+{scale})*+[ ]+{half})"
    # 5 trăm triệu | 1 tỷ 200 triệu | 2 tỷ rưỡi | 3 triệu 5 (nothing countable behind) | 3 phẩy 5 tỷ
    tail = rf"[ ]+\d{{1,3}}(?![\d.,]*\d)(?=[ ]*(?:đồng|đ\b|[.;,)!?]|$))"
    in_digits = (
        rf"{DIGITS}(?:[ ]+{point}[ ]+\d++)?"
        rf"(?:(?:[ ]*{scale})++(?:[ ]+{half}|(?:[ ]+{DIGITS}(?:[ ]*{scale})++)++(?:[ ]+{half})?|{tail})?)?+"
    )
    return rf"(?:{in_digits}|{in_words})"


def read_digits(run: str, sense: Sense) -> Decimal | None:
    """The value of a run of digits with separators; None when it is no number ("1.2.3.4,5,6", "12.34.567")."""
    run = run.replace(" ", "")
    if len(run) > MAX_DIGITS:
        return None
    dots, commas = run.count("."), run.count(",")
    if dots and commas:
        point = max(run.rfind("."), run.rfind(","))
        whole, decimals = run[:point], run[point + 1 :]
        group = "." if run[point] == "," else ","
        if run[point] in whole or not _grouped(whole, group):
            return None
        return Decimal(whole.replace(group, "") + "." + decimals)
    if dots > 1 or commas > 1:
        group = "." if dots else ","
        return Decimal(run.replace(group, "")) if _grouped(run, group) else None
    if dots or commas:
        whole, decimals = run.replace(",", ".").split(".")
        grouping = _grouped(run, "." if dots else ",") and _is_grouping(whole, decimals, bool(dots), sense)
        return Decimal(whole + decimals if grouping else f"{whole}.{decimals}")
    return Decimal(run)


def _grouped(run: str, separator: str) -> bool:
    first, *rest = run.split(separator)
    return 1 <= len(first) <= 3 and all(len(part) == 3 for part in rest) and (first != "0" or not rest)


def _is_grouping(whole: str, decimals: str, dot: bool, sense: Sense) -> bool:
    """One separator with three digits behind it: thousands or decimals?

    A dot groups ("1.250 tỷ", "12.000"). A comma is the Vietnamese decimal sign, unless what is counted is
    whole ("1,250 hộ", "12,000 đồng") or nobody would write the last nought ("1,250 tỷ", "2,000 tỷ").
    """
    if dot:
        return True
    return sense in ("count", "amount") or (sense == "scaled" and decimals.endswith("0"))


def read_number(phrase: str, sense: Sense) -> tuple[Decimal, Decimal] | None:
    """The value of a number phrase, as a pair that differs only for "hai ba triệu"; None when it has none.

    `phrase` is folded text that `number_pattern` matched; `sense` is that of its digits without a scale.
    """
    tokens = _tokens(phrase)
    w = _words()
    for i in range(len(tokens) - 1):
        rest = tokens[i + 2 :]
        if (tokens[i], tokens[i + 1]) in w.pairs and not i and (not rest or rest[0] in w.scales or rest[0] in w.tens):
            low, high = _value([tokens[0], *rest], sense), _value([tokens[1], *rest], sense)
            return None if low is None or high is None else (_plain(low), _plain(high))
    value = _value(tokens, sense)
    return None if value is None else (_plain(value), _plain(value))


def _plain(value: Decimal) -> Decimal:
    """The same value without noughts behind the point: 100100000000, not 100100000000.0."""
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


@cache
def _token() -> regex.Pattern[str]:
    return regex.compile(rf"{DIGITS}|[\p{{L}}\p{{M}}]+")


def _tokens(phrase: str) -> list[str]:
    return [t.lower() for t in _token().findall(phrase)]


def _value(tokens: list[str], sense: Sense) -> Decimal | None:
    """Split at the last of the largest scale: what stands before multiplies it, what stands behind is added."""
    if not tokens:
        return None
    w = _words()
    point = next((i for i, t in enumerate(tokens) if t in w.points), None)
    if point is not None and not any(t in w.scales for t in tokens[point:]):
        return _with_point(tokens[:point], tokens[point + 1 :], sense)
    for scale in (10**9, 10**6, 10**4, 10**3, 100):
        at = next((i for i in range(len(tokens) - 1, -1, -1) if w.scales.get(tokens[i]) == scale), None)
        if at is None:
            continue
        if scale == 100 and not all(_is_small(t) for t in tokens[at + 1 :]):
            return None
        return _scaled(tokens[:at], scale, tokens[at + 1 :])
    return _small(tokens, sense)


def _is_small(token: str) -> bool:
    w = _words()
    return token in w.digits or token in w.after_tens or token in w.tens or token in w.fillers or token in w.half_behind or token.isdigit()


def _scaled(before: list[str], scale: int, behind: list[str]) -> Decimal | None:
    w = _words()
    if not before:  # trăm rưỡi, tỷ rưỡi
        return Decimal(scale) * 3 / 2 if len(behind) == 1 and behind[0] in w.half_behind else None
    if before[0] in w.half_before:
        return Decimal(scale) / 2 if len(before) == 1 and not behind else None
    factor = _value(before, "scaled")
    if factor is None:
        return None
    rest = _rest(behind, scale)
    return None if rest is None else factor * scale + rest


def _rest(tokens: list[str], scale: int) -> Decimal | None:
    """What stands behind a scale, as part of it: rưỡi, 5 (3 triệu 5), 200 triệu, hai trăm linh ba."""
    w = _words()
    if not tokens:
        return Decimal(0)
    if tokens[0] in w.half_behind:
        return Decimal(scale) / 2 if len(tokens) == 1 else None
    if tokens[0] in w.fillers:  # một trăm linh hai
        return _value(tokens[1:], "count")
    if tokens[0] == "không" or (scale == 100 and (len(tokens) > 1 or tokens[0] in w.tens)):
        return _value(tokens, "count")
    if len(tokens) == 1 and tokens[0].isdigit():  # 3 triệu 5, 3 triệu 25, 3 triệu 500
        return Decimal(tokens[0]) * scale / 10 ** len(tokens[0])
    if len(tokens) == 1 and (tokens[0] in w.digits or tokens[0] in w.after_tens):  # hai triệu tư
        return Decimal(w.digits.get(tokens[0], w.after_tens.get(tokens[0], 0))) * scale / 10
    value = _value(tokens, "scaled")
    if value is None or value >= scale:
        return None
    own_scale = any(w.scales.get(t, 0) >= 1000 for t in tokens)
    # ba triệu hai trăm: hai trăm nghìn; but ba nghìn hai trăm as it stands
    return value * scale / 1000 if scale >= 10**6 and not own_scale and value < 1000 else value


def _with_point(before: list[str], decimals: list[str], sense: Sense) -> Decimal | None:
    """ba phẩy bảy, không phẩy bảy hai, hai phẩy bảy mươi lăm, 3 phẩy 5."""
    w = _words()
    whole = _value(before, sense)
    if whole is None or not decimals or whole != whole.to_integral_value():
        return None
    if all(t in w.digits for t in decimals):
        written = "".join(str(w.digits[t]) for t in decimals)
    else:
        value = _small(decimals, "count")
        if value is None:
            return None
        written = decimals[0] if decimals[0].isdigit() else str(value)
    return whole + Decimal(f"0.{written}")


def _small(tokens: list[str], sense: Sense) -> Decimal | None:
    """Digits, or a number below a hundred in words: mười lăm, hai mươi mốt, hai mốt, ba chục."""
    w = _words()
    if len(tokens) == 1 and tokens[0][0].isdigit():
        return read_digits(tokens[0], sense)
    total: Decimal | None = None
    for i, token in enumerate(tokens):
        if token in w.tens:
            if token == "mười":
                total = Decimal(10) if total is None else None
            else:
                total = None if total is None or total >= 10 and not tokens[0][0].isdigit() else total * 10
            if total is None:
                return None
        elif token in w.digits or token in w.after_tens or token.isdigit() and i:
            digit = w.digits.get(token, w.after_tens.get(token, int(token) if token.isdigit() else 0))
            if total is None:
                if token in w.after_tens:
                    return None
                total = Decimal(digit)
            elif token in w.after_tens and total < 10:
                total = total * 10 + digit
            elif total % 10 == 0 and total >= 10:
                total += digit
            else:
                return None
        elif i == 0 and token[0].isdigit():
            total = read_digits(token, "scaled")
        elif token in w.half_behind and total is not None:  # hai chục rưỡi is nobody's number
            return None
        else:
            return None
    return total
