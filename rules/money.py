"""Amounts of money: 100,1 tỷ đồng, 500.000 – 1 triệu đồng, $10k, USD 1,5 tỷ, lãi 200 triệu; with what they are a rate of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import regex

from rules import measured, rates
from rules.base import Mention, Reading
from rules.numbers import END
from rules.words import alternation, lexicon

KINDS = ("money",)


@dataclass(frozen=True, slots=True)
class _Grammar:
    trigger: regex.Pattern[str]
    figure: regex.Pattern[str]
    code_of: dict[str, str]
    symbol_of: dict[str, str]
    none: regex.Pattern[str]


def _currency(words: dict[str, list[str]]) -> str:
    """The words of the currencies as a pattern: letters end at a word's end, "đồng" is not "đồng chí"."""
    forms = [w for ws in words.values() for w in ws]
    letters = alternation(w for w in forms if w[-1].isalpha()) + END
    signs = alternation(w for w in forms if not w[-1].isalpha())
    return rf"(?:{letters}|{signs})"


@cache
def _grammar() -> _Grammar:
    data = lexicon("money")
    none = data["not_behind"]
    not_behind = rf"(?!(?i:{alternation(none['words'])}){END}|(?-i:{alternation(none['names'])}))"
    currency = rf"{not_behind}{_currency(data['currencies'])}"
    scale = alternation(data["bare"]["scales"]) + END
    short = rf"(?:[ ]*(?:k|tr|củ){END})"
    # behind the number: (scale word already read) currency | short scale (+ currency) | nothing, when a scale was read
    unit = rf"(?:{short}?[ ]*(?:{currency})|{short}|(?<={scale}))"
    symbol = _currency(data["symbols"])
    before = rf"(?:(?P<symbol>{symbol})[ ]*)?"
    return _Grammar(
        trigger=regex.compile(
            rf"(?<![\p{{L}}\p{{M}}])(?:{alternation(['tỷ', 'tỉ', 'triệu', 'nghìn', 'ngàn', 'đồng', 'đ'])}{END})|\d[ ]?(?:k|tr|đ|{currency}){END}|[$€£¥₩]|{currency}",
            regex.IGNORECASE,
        ),
        figure=measured.measure_pattern(unit, before=before),
        code_of={_key(w): code for code, ws in data["currencies"].items() for w in ws},
        symbol_of={_key(w): code for code, ws in data["symbols"].items() for w in ws},
        none=regex.compile(rf"[ ]*(?:{alternation(none['words'])}){END}", regex.IGNORECASE),
    )


def _key(word: str) -> str:
    return " ".join(word.lower().split())


def find(reading: Reading) -> Iterator[Mention]:
    """Every amount of money of the article; vague ones (hàng tỷ đồng) and counts (1,4 tỷ dân) give nothing."""
    g = _grammar()
    text = reading.text
    for start, end in reading.sentences:
        if not g.trigger.search(text, start, end):
            continue
        sentence = text[start:end]
        for m in measured.measures(g.figure, sentence, "amount"):
            mention = _mention(sentence, start, m)
            if mention is not None:
                yield mention


@cache
def _vague() -> regex.Pattern[str]:
    """vài (ba triệu), nhiều (trăm rưỡi): before a number in words they leave it open."""
    words = alternation(lexicon("vague")["before"])
    return regex.compile(rf"(?<![\p{{L}}\p{{M}}]){words}[ ]*$", regex.IGNORECASE)


@cache
def _unit_parts() -> regex.Pattern[str]:
    return regex.compile(rf"(?:(?P<short>k|tr|củ){END})?[ ]*(?P<currency>\S.*)?$", regex.IGNORECASE | regex.DOTALL)


_SHORT = {"k": Decimal(1000), "tr": Decimal(10**6), "củ": Decimal(10**6)}


def _mention(sentence: str, offset: int, m: measured.Measure) -> Mention | None:
    g = _grammar()
    if m.match.group()[0].isalpha() and _vague().search(sentence, max(0, m.start - 14), m.start):
        return None
    unit = m.unit.strip()
    parts = _unit_parts().match(unit)
    short = (parts["short"] or "").lower() if parts else ""
    word = _key(parts["currency"] or "") if parts else ""
    code = g.code_of.get(word) or g.symbol_of.get(_key(m.match["symbol"] or ""))
    low, high, start, end = m.low, m.high, m.start, m.end
    if short:
        low, high = low * _SHORT[short], high * _SHORT[short]
    if code is None:
        if not _bare_is_money(sentence, m, short):
            return None
        code, rule = "VND", "money.bare"
    else:
        rule = "money.currency" if word else "money.symbol"
    if low != high:
        rule = "money.range"
    if word == "đ" and not _is_dong(sentence, m):
        return None
    per, per_span = rates.rate(sentence, start, end)
    return Mention(
        kind="money",
        start=offset + start,
        end=offset + end,
        rule=rule,
        fields={
            "value_min": low,
            "value_max": high,
            "unit": code,
            "qualifier": measured.qualifier(sentence, start, end),
            "per": per,
        },
        parts={"per": (offset + per_span[0], offset + per_span[1])} if per_span else {},
    )


def _is_dong(sentence: str, m: measured.Measure) -> bool:
    """đ behind digits is đồng; "2 Đ" or "5Đ" with a capital is a street, a class, a point."""
    return sentence[m.unit_start : m.end].strip().endswith("đ") and m.low >= 100


@cache
def _behind() -> tuple[regex.Pattern[str], regex.Pattern[str], regex.Pattern[str]]:
    bare = lexicon("money")["bare"]
    return (
        regex.compile(rf"[ ]+(?:{alternation(bare['counted'])}){END}", regex.IGNORECASE),
        regex.compile(rf"[ ]*(?:$|[^\p{{L}}\d\s]|(?:{alternation(bare['closers'])}){END})", regex.IGNORECASE),
        regex.compile(rf"(?<![\p{{L}}])(?:{alternation(bare['context'])}){END}|[$€]", regex.IGNORECASE),
    )


def _bare_is_money(sentence: str, m: measured.Measure, short: str) -> bool:
    """3,7 tỷ without đồng: money unless it counts something ("1,4 tỷ dân") and where the sentence speaks of money."""
    counted, closer, context = _behind()
    if counted.match(sentence, m.end):
        return False
    about_money = context.search(sentence)
    if short and not m.number[-1].isdigit():
        return False
    if short or m.number.lower().endswith(("nghìn", "ngàn")):
        return bool(about_money and closer.match(sentence, m.end))
    return bool(about_money if closer.match(sentence, m.end) else about_money and _near(sentence, m, context))


def _near(sentence: str, m: measured.Measure, context: regex.Pattern[str]) -> bool:
    return bool(context.search(sentence, max(0, m.start - 40), min(len(sentence), m.end + 25)))
