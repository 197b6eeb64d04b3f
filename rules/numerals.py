"""The value of a number phrase: 1.250,5; 5 trăm triệu; 1 tỷ 200 triệu; hai mươi mốt nghìn; ba phẩy bảy -> exact decimals.

Everything here works on tokens in lower case (runs of digits, words of `lexicon/numbers.toml`); `rules.numbers` finds them.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from rules.words import lexicon

Sense = Literal["count", "amount", "scaled", "share"]
"""What a number is about, which tells its separators apart: a count is whole ("1,250 hộ" is 1250), an amount
without a scale nearly so ("12,000 đồng"), a scaled number may have decimals ("1,375 tỷ"), so may a share."""

MAX_DIGITS = 30
"""Longer strings of digits are no figures."""


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The number words by what they do, lower case."""

    digits: dict[str, int]
    after_tens: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, int]
    not_scales: tuple[str, ...]
    fillers: frozenset[str]
    points: frozenset[str]
    half_behind: frozenset[str]
    half_before: frozenset[str]
    pairs: frozenset[tuple[str, ...]]

    def is_big(self, token: str) -> bool:
        """Whether a token is a scale of a thousand or more: what it ends may be an amount without its currency."""
        return self.scales.get(token, 0) >= 1000


@cache
def number_words() -> NumberWords:
    """The number words of the lexicon."""
    data = lexicon("numbers")
    return NumberWords(
        digits=data["digits"],
        after_tens=data["after_tens"],
        tens={**data["ten"], **data["tens"]},
        scales=data["scales"],
        not_scales=tuple(data["not_scales"]["words"]),
        fillers=frozenset(data["fillers"]["words"]),
        points=frozenset(data["points"]["words"]),
        half_behind=frozenset(data["halves"]["behind"]),
        half_before=frozenset(data["halves"]["before"]),
        pairs=frozenset(tuple(pair.split()) for pair in data["pairs"]["words"]),
    )


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
        grouping = _grouped(run, "." if dots else ",") and _is_grouping(decimals, bool(dots), sense)
        return Decimal(whole + decimals if grouping else f"{whole}.{decimals}")
    return Decimal(run)


def _grouped(run: str, separator: str) -> bool:
    first, *rest = run.split(separator)
    return 1 <= len(first) <= 3 and all(len(part) == 3 for part in rest) and (first[0] != "0" or not rest)


def _is_grouping(decimals: str, dot: bool, sense: Sense) -> bool:
    """One separator with three digits behind it: thousands or decimals?

    A dot groups ("1.250 tỷ", "12.000"), a comma is the Vietnamese decimal sign ("4,470 tỷ"); but what is counted is
    whole ("1,250 hộ", "12,000 đồng"), nobody writes two noughts behind a decimal ("2,000 tỷ", "356,100 tỷ"), and a
    share of thousands of per cent is round ("1.200%", but 8.125%).
    """
    if dot:
        return sense != "share" or decimals.endswith("0")
    return sense in ("count", "amount") or (sense == "scaled" and decimals.endswith("00"))


def read_tokens(tokens: tuple[str, ...], sense: Sense) -> tuple[Decimal, Decimal] | None:
    """The value of a number phrase, as a pair that differs only for "hai ba triệu"; None when it has none.

    `tokens`: lower case, in order; `sense` is that of its digits without a scale.
    """
    w = number_words()
    if tokens[:2] in w.pairs and all(t in w.scales or t in w.tens for t in tokens[2:]):
        low, high = _value((tokens[0], *tokens[2:]), sense), _value(tokens[1:], sense)
        return None if low is None or high is None else (plain(low), plain(high))
    value = _value(tokens, sense)
    return None if value is None else (plain(value),) * 2


def plain(value: Decimal) -> Decimal:
    """The same value without exponent and without noughts behind the point: 100100000000, not 1.001E+11."""
    whole = value.to_integral_value()
    return Decimal(int(whole)) if whole == value else Decimal(f"{value:f}".rstrip("0"))


def _value(tokens: tuple[str, ...], sense: Sense) -> Decimal | None:
    """Split at the last of the largest scale: what stands before multiplies it, what stands behind is added."""
    if not tokens:
        return None
    w = number_words()
    if len(tokens) == 1 and tokens[0] not in w.scales:  # as most numbers
        return _small(tokens, sense)
    scales = [w.scales.get(t, 0) for t in tokens]
    point = next((i for i, t in enumerate(tokens) if t in w.points), None)
    if point is not None and not any(scales[point:]):
        return _with_point(tokens[:point], tokens[point + 1 :], sense)
    scale = max(scales)
    if not scale:
        return _small(tokens, sense)
    at = len(scales) - 1 - scales[::-1].index(scale)
    if scale == 100 and not all(_is_small(t) for t in tokens[at + 1 :]):
        return None
    return _scaled(tokens[:at], scale, tokens[at + 1 :])


def _is_small(token: str) -> bool:
    w = number_words()
    return (
        token in w.digits
        or token in w.after_tens
        or token in w.tens
        or token in w.fillers
        or token in w.half_behind
        or token.isdigit()
    )


def _scaled(before: tuple[str, ...], scale: int, behind: tuple[str, ...]) -> Decimal | None:
    w = number_words()
    if not before:  # trăm rưỡi, tỷ rưỡi
        return Decimal(scale) * 3 / 2 if len(behind) == 1 and behind[0] in w.half_behind else None
    if before[0] in w.half_before:
        return Decimal(scale) / 2 if len(before) == 1 and not behind else None
    factor = _value(before, "scaled")
    if factor is None or (scale == 100 and factor >= 10):
        return None
    rest = _rest(behind, scale)
    return None if rest is None else factor * scale + rest


def _rest(tokens: tuple[str, ...], scale: int) -> Decimal | None:
    """What stands behind a scale, as part of it: rưỡi, 5 (3 triệu 5), 200 triệu, hai trăm linh ba."""
    w = number_words()
    if not tokens:
        return Decimal(0)
    if tokens[0] in w.half_behind:
        return Decimal(scale) / 2 if len(tokens) == 1 else None
    if tokens[0] in w.fillers:  # một trăm linh hai
        value = _value(tokens[1:], "count") if len(tokens) > 1 else None
    elif tokens[0] == "không" or (scale == 100 and (len(tokens) > 1 or tokens[0] in w.tens)):
        value = _value(tokens, "count")
    elif len(tokens) == 1 and tokens[0].isdigit():  # 3 triệu 5, 3 triệu 25, 3 triệu 500
        places = 3 if scale == 1000 and len(tokens[0]) == 2 else len(tokens[0])  # 12 nghìn 50 is 12.050
        value = Decimal(tokens[0]) * scale / 10**places if places <= 3 else None
    elif len(tokens) == 1 and (tokens[0] in w.digits or tokens[0] in w.after_tens):  # hai triệu tư
        value = Decimal(w.digits.get(tokens[0], w.after_tens.get(tokens[0], 0))) * scale / 10
    else:
        value = _value(tokens, "scaled")
        own_scale = any(w.is_big(t) for t in tokens)
        # ba triệu hai trăm: hai trăm nghìn; but ba nghìn hai trăm as it stands
        if value is not None and scale >= 10**6 and not own_scale and value < 1000:
            value = value * scale / 1000
    return None if value is None or value >= scale else value


def _with_point(before: tuple[str, ...], decimals: tuple[str, ...], sense: Sense) -> Decimal | None:
    """ba phẩy bảy, không phẩy bảy hai, hai phẩy bảy mươi lăm, 3 phẩy 5."""
    w = number_words()
    whole = _value(before, sense)
    if whole is None or not decimals or whole != whole.to_integral_value():
        return None
    if all(t in w.digits for t in decimals):
        written = "".join(str(w.digits[t]) for t in decimals)
    elif decimals[0][0].isdigit():
        written = decimals[0] if len(decimals) == 1 else ""
    else:
        value = _small(decimals, "count")
        if value is None:
            return None
        written = str(value)
    places = written.isdecimal() and len(written) <= MAX_DIGITS  # not "5 phẩy 2,5", "năm phẩy 2.500"
    return whole + Decimal(f"0.{written}") if places else None


def _small(tokens: tuple[str, ...], sense: Sense) -> Decimal | None:
    """Digits, or a number below a hundred in words: mười lăm, hai mươi mốt, hai mốt, ba chục, 3 chục."""
    w = number_words()
    first, rest = tokens[0], tokens[1:]
    if first[0].isdigit():
        value = read_digits(first, "scaled" if rest else sense)
        if value is not None and rest:
            return value * w.tens[rest[0]] if len(rest) == 1 and rest[0] == "chục" else None
        return value
    if first == "mười":
        return _ten_and(Decimal(10), rest)
    if first in w.half_before and sense == "share" and not rest:  # nửa phần trăm
        return Decimal("0.5")
    digit = w.digits.get(first)
    if digit is None:
        return None
    if not rest:
        return Decimal(digit)
    if rest[0] in w.tens and rest[0] != "mười":
        return _ten_and(Decimal(digit * 10), rest[1:]) if digit else None
    if len(rest) == 1 and rest[0] in w.after_tens and digit > 1:  # hai mốt, ba lăm
        return Decimal(digit * 10 + w.after_tens[rest[0]])
    return None


def _ten_and(tens: Decimal, rest: tuple[str, ...]) -> Decimal | None:
    w = number_words()
    if not rest:
        return tens
    digit = w.digits.get(rest[0]) or w.after_tens.get(rest[0])
    return tens + digit if digit is not None and len(rest) == 1 else None
