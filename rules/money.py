"""Amounts of money: 100,1 tỷ đồng, 500.000 – 1 triệu đồng, $10k, USD 1,5 tỷ, lãi 200 triệu; with what they are a rate of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

import regex

from rules import bare_money, changes, measured, qualifiers, rates, unsaid_money
from rules.base import Mention, Reading
from rules.numbers import END, number_start
from rules.numerals import number_words, plain
from rules.words import PLAIN_END, alternation, cached, forms, lexicon, word_starts

KINDS = ("money",)


@dataclass(frozen=True, slots=True)
class _Grammar:
    trigger: measured.Trigger
    shape: measured.Shape
    code_of: dict[str, str]
    symbol_of: dict[str, str]
    short_of: dict[str, Decimal]
    compound_of: dict[str, regex.Pattern[str]]
    doubtful: frozenset[str]


@cached
def _grammar() -> _Grammar:
    data = lexicon("money")
    currencies = {
        code: [form for word in words for form in _spellings(word)]
        for code, words in data["currencies"].items()
    }
    words = [w for ws in currencies.values() for w in ws]
    symbols = [w for ws in data["symbols"].values() for w in ws]
    compounds = data["compounds"]
    end, word_end = PLAIN_END, rf"(?:{PLAIN_END}|(?=đ{PLAIN_END}))"
    none = rf"(?!{alternation(compounds['people'])}{end}|(?-i:{alternation(compounds['names'])}{end}))"
    currency = rf"{none}(?P<currency>{_ended(words)})"
    # 200k, 5tr, 3tr5, 5trđ; M only with a currency: $10M
    short = rf"[ ]?(?P<short>(?-i:M)|{alternation(w for w in data['short'] if w != 'M')})(?P<more>\d{{1,3}})?{word_end}"
    letters = [s for s in symbols if s[-1].isalpha()]
    return _Grammar(
        trigger=_trigger(words, symbols),
        shape=measured.Shape(
            start=number_start(alternation(letters)),
            unit=re.compile(rf"(?:{short})?(?:[ ]*{currency})?", re.IGNORECASE),
            sense="amount",
            lead=re.compile(rf"{word_starts(forms(symbols))}[ ]?(?=$|\d)"),
            bare=True,
            same_unit=_same_currency,
            begins=re.compile(
                rf"[ ]*{alternation(w.split()[0] for w in [*words, *data['short']])}", re.IGNORECASE
            ),
        ),
        code_of={_key(w): code for code, ws in currencies.items() for w in ws},
        symbol_of={_key(w): code for code, ws in data["symbols"].items() for w in ws},
        short_of={w.lower(): Decimal(v) for w, v in data["short"].items()},
        compound_of={
            word: regex.compile(rf"[ ]+{alternation(tails)}{END}", regex.IGNORECASE)
            for word, tails in compounds.items()
            if word not in ("people", "names", "doubtful")
        },
        doubtful=frozenset(compounds["doubtful"]),
    )


def _spellings(word: str) -> list[str]:
    """The word as it is also written: đô la Úc, đô-la Úc, đôla Úc."""
    others = lexicon("money")["spellings"]
    return [
        word,
        *(word.replace(part, form) for part, forms in others.items() if part in word for form in forms),
    ]


def _ended(words: list[str]) -> str:
    """The words as a pattern: letters end at a word's end, signs anywhere."""
    letters = alternation(w for w in words if w[-1].isalpha()) + PLAIN_END
    return rf"(?:{letters}|{alternation(w for w in words if not w[-1].isalpha())})"


def _trigger(words: list[str], symbols: list[str]) -> measured.Trigger:
    """A number with a big scale, a currency or a short scale behind it; a symbol before it; 20.000/m2."""
    scales = [w for w, v in number_words().scales.items() if v >= 1000]
    return measured.number_trigger([*scales, *words, *lexicon("money")["short"]], [*symbols, "00/"])


def _key(word: str) -> str:
    return " ".join(word.lower().split())


def _same_currency(own: str, unit: str) -> bool:
    """Whether two units name the same currency, or one of them none (50k - 100k đồng)."""
    g = _grammar()
    a, b = ((m["currency"] if (m := g.shape.unit.match(text)) else None) for text in (own, unit))
    return not a or not b or g.code_of[_key(a)] == g.code_of[_key(b)]


def find(reading: Reading) -> Iterator[Mention]:
    """Every amount of money of the article; vague ones (hàng tỷ đồng) and counts (1,4 tỷ dân) give nothing."""
    g = _grammar()
    for start, end, last in measured.triggered(reading, g.trigger(reading.text)):
        sentence = reading.text[start:end]
        found = [
            (m, code)
            for m in measured.measures(g.shape, sentence, last - start)
            if (code := _code(sentence, m)) is not None
        ]
        unsaid = [(m, "") for m in unsaid_money.find(sentence, [m for m, _ in found])]
        found = sorted([*found, *unsaid], key=lambda f: f[0].start) if unsaid else found
        rate_end = -1
        told: list[Mention] = []
        for i, (m, code) in enumerate(found):
            if m.end == rate_end:  # 22.377 đồng một USD: the thing, no second amount
                continue
            mention = _mention(
                sentence, start, m, code or _borrowed(sentence, found[i + 1 : i + 2], m.end) or "VND"
            )
            rate_end = mention.parts["per"][1] - start if "per" in mention.parts else -1
            if told and rates.told_again(sentence, told[-1].end - start, m.start):
                mention = _with_rate_of(told[-1], mention)
            elif told and rates.levels(sentence, told[-1].end - start, m.start):
                mention, told[-1] = _with_rate_of(told[-1], mention), _with_rate_of(mention, told[-1])
            told.append(mention)
        yield from told


def _with_rate_of(before: Mention, mention: Mention) -> Mention:
    """The same amount told again in another currency, or another level of it, is a rate of the same thing."""
    if mention.fields["per"] or not before.fields["per"]:
        return mention
    fields = {**mention.fields, "per": before.fields["per"]}
    return replace(mention, fields=fields, parts={**mention.parts, "per": before.parts["per"]})


def _code(sentence: str, m: measured.Measure) -> str | None:
    """The currency of a figure: "" where it is not said; None where the figure is no money."""
    g = _grammar()
    word = _key(m.match["currency"] or "") if m.match else ""
    short = (m.match["short"] or "").lower() if m.match else ""
    code = g.code_of.get(word) or g.symbol_of.get(_key(m.lead)) or ""
    if measured.is_vague(sentence, m) or (short == "m" and not code):
        return None
    if not code:
        return "" if bare_money.is_money(sentence, m, short) else None
    return code if not word or _is_currency(sentence, m, word) else None


def _borrowed(sentence: str, following: list[tuple[measured.Measure, str]], end: int) -> str:
    """từ 30 triệu lên 45 triệu euro: the next amount, close by and as large, says the currency."""
    for m, code in following:
        if (
            code
            and m.last_token in ("triệu", "tỷ", "tỉ")
            and m.start - end <= 40
            and not _stop().search(sentence, end, m.start)
        ):
            return code
    return ""


@cache
def _stop() -> regex.Pattern[str]:
    return regex.compile(r"[.;:()]")


def _change(sentence: str, m: measured.Measure) -> str | None:
    """tăng 455 tỷ USD, giảm 130.000 đồng/lượng: an amount of change, no level; "vượt 5 tỷ" is a bound."""
    found = changes.change(sentence, m.start, m.end, m.low != m.high)
    return found.direction if found is not None and not found.exceeds else None


def _mention(sentence: str, offset: int, m: measured.Measure, code: str) -> Mention:
    short = (m.match["short"] or "").lower() if m.match else ""
    said = "currency" if m.match and m.match["currency"] else "symbol" if m.lead else "bare"
    per, per_span = rates.rate(sentence, m.start, m.end)
    low, high = _as_decimals(m, per) if per else (m.low, m.high)
    low, high = _with_short(m, short, low, high)
    return Mention(
        kind="money",
        start=offset + m.start,
        end=offset + m.end,
        rule="money.range" if low != high else f"money.{said}",
        fields={
            "value_min": low,
            "value_max": high,
            "unit": code,
            "qualifier": qualifiers.qualifier(sentence, m.start, m.end, m.low != m.high),
            "per": per,
            "change": _change(sentence, m),
        },
        parts={"per": (offset + per_span[0], offset + per_span[1])} if per_span else {},
    )


def _as_decimals(m: measured.Measure, per: str) -> tuple[Decimal, Decimal]:
    """36,410 triệu đồng/lượng: the price of gold has decimals even where they end in a nought."""
    if per in ("lượng", "chỉ", "cây") and m.last_token == "triệu" and m.low >= 10**9:
        return plain(m.low / 1000), plain(m.high / 1000)
    return m.low, m.high


def _with_short(m: measured.Measure, short: str, low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    """The values with the scale written at the digits: 200k, 3tr5."""
    if not short or m.match is None:
        return low, high
    scale = _grammar().short_of[short]
    more = m.match["more"] or ""
    rest = Decimal(more or 0) * scale / 10 ** len(more)
    own = next((v for w, v in _grammar().short_of.items() if m.own_unit.lower().startswith(w)), Decimal(1))
    as_it_stands = m.low != m.high and (m.own_unit or m.low >= 1000)  # 50k - 1tr, 500.000 - 1tr
    low = low * (own if as_it_stands else scale)
    return plain(low + (rest if m.low == m.high else 0)), plain(high * scale + rest)


def _is_currency(sentence: str, m: measured.Measure, word: str) -> bool:
    """Not the currency's other senses: 2 đồng phạm, 5 đô thị, bảng 4 đội; "2 Đ" is a class or a street, no đồng."""
    g = _grammar()
    head = word.split()[0]
    if word == "đ":
        return sentence[m.end - 1] == "đ" and (m.low >= 100 or len(m.unit) > 1)
    if m.high >= 1000:
        return True
    if (compound := g.compound_of.get(word)) and compound.match(sentence, m.end):
        return False
    if head == "đồng" and m.first_token in ("một", "không") and not bare_money.is_priced(sentence, m):
        return False
    return word not in g.doubtful or bare_money.is_spent(sentence, m)
