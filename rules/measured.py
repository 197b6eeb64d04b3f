"""The shape that most figures share: a number, or a range of two, and a unit.

`measures()` finds it; a kind adds what only it knows (currencies, change, categories).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from math import prod

import ahocorasick_rs
import regex

from rules.base import Reading, Span
from rules.numbers import Phrase, phrase_at
from rules.numerals import Sense, number_words, plain, read_tokens
from rules.words import alternation, lexicon


@dataclass(frozen=True, slots=True)
class Shape:
    """What a kind's figures look like. Patterns are matched at the place named, on folded text.

    `start`: where their numbers may begin. `unit`: the unit behind the number, with the space before it.
    `lead`: what may stand before the number as part of the figure ("$", "-"). `bare`: whether a number with a
    scale (tỷ) or a lead ($10) is a figure without a unit. `sense`: how separators of its numbers are read.
    """

    start: regex.Pattern[str]
    unit: regex.Pattern[str]
    sense: Sense
    lead: regex.Pattern[str] | None = None
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """A number or range with its unit. `start`, `end`: the span with number and unit, code points of the text searched.

    `lead`, `unit`: the words read, stripped. `own_unit`: the unit of a range's first number, where it has one.
    `unit_start`: where the last number ends. `match`: the unit's match; None for a bare figure.
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    lead: str
    unit: str
    own_unit: str
    unit_start: int
    first_token: str
    last_token: str
    match: regex.Match[str] | None


Trigger = Callable[[str], Iterator[int]]
"""Gives the offsets of a text where a figure of the kind may be."""


def trigger(words: Iterable[str]) -> Trigger:
    """The trigger of the kinds in whose figures one of the words stands, as it is."""
    automaton = ahocorasick_rs.AhoCorasick(sorted(set(words)))

    def find(text: str) -> Iterator[int]:
        return (start for _, start, _ in automaton.find_matches_as_indexes(text))

    return find


def _forms(word: str) -> tuple[str, ...]:
    return word, word.lower(), word.capitalize(), word.upper()


def number_trigger(units: Iterable[str], others: Iterable[str] = ()) -> Trigger:
    """The trigger of the kinds whose units stand right behind a number ("5 đồng", "5đ", "mười đồng"); `others` alone."""
    w = number_words()
    last = [*w.digits, *w.after_tens, *w.tens, *w.scales, *w.half_behind, *w.half_before]
    before = [f"{digit}{space}" for digit in range(10) for space in ("", " ")]
    before += [f"{form} " for word in last for form in (word, word.capitalize())]
    heads = {form for unit in units for form in _forms(unit.split()[0])}
    return trigger([*others, *(number + head for number in before for head in heads)])


def triggered(reading: Reading, offsets: Iterable[int]) -> Iterator[Span]:
    """The sentences that hold one of the offsets, which come in order; each sentence once."""
    end = -1
    for at in offsets:
        if at < end or not reading.sentences:
            continue
        start, end = reading.sentence_at(at)
        if start <= at < end:
            yield start, end


def measures(shape: Shape, text: str) -> Iterator[Measure]:
    """The figures of a text, in order."""
    at = 0
    while m := shape.start.search(text, at):
        phrase = phrase_at(text, m.start())
        at = m.end() if phrase is None else max(phrase.end, m.end())
        for tail in phrase.tails() if phrase and phrase.tokens else ():
            if found := _measure(shape, text, tail):
                at = found.end
                yield found
                break


def _measure(shape: Shape, text: str, phrase: Phrase) -> Measure | None:
    """The longest part of the number tokens that has a unit behind it, as one number or as the first of a range."""
    count = len(phrase.tokens)
    own = shape.unit.match(text, phrase.end)
    tail = own.end() if own else phrase.end
    if (gap := _between().match(text, tail)) and (found := _range(shape, text, phrase, count, own, gap)):
        return found
    if (found := _single(shape, text, phrase, count, own)) or not shape.bare:
        return found
    w = number_words()  # 2 triệu | năm nay: a bare amount may end before the tokens do
    for n in range(count - 1, 0, -1):
        ends = w.is_big(phrase.tokens[n - 1]) or phrase.tokens[n - 1] in w.half_behind
        if ends and (found := _single(shape, text, phrase, n, None)):
            return found
    return None


def _lead(shape: Shape, text: str, at: int) -> str:
    m = shape.lead.search(text, max(0, at - 6), at) if shape.lead and text[at].isdigit() else None
    return m.group() if m else ""


def _single(shape: Shape, text: str, phrase: Phrase, count: int, unit: regex.Match[str] | None) -> Measure | None:
    lead = _lead(shape, text, phrase.start)
    if unit is None and not (shape.bare and (lead or phrase.big(count)) and _may_end(text, phrase, count)):
        return None
    values = phrase.value(count, shape.sense)
    if values is None or _is_year_word(text, phrase) or (_is_no(phrase, count) and not shape.bare):
        return None
    end = phrase.end_of(count)
    return Measure(
        start=phrase.start - len(lead),
        end=unit.end() if unit else end,
        low=values[0],
        high=values[1],
        lead=lead.strip(),
        unit=unit.group().strip() if unit else "",
        own_unit="",
        unit_start=end,
        first_token=phrase.tokens[0],
        last_token=phrase.tokens[count - 1],
        match=unit,
    )


@cache
def _closing() -> regex.Pattern[str]:
    return regex.compile(r"[ ]*(?:[.;,)!?/”\"]|$)")


def _may_end(text: str, phrase: Phrase, count: int) -> bool:
    """3 triệu 5, hai tỷ ba: the last digit belongs to the amount when nothing countable is behind it (3 triệu 5 người)."""
    w = number_words()
    last = phrase.tokens[count - 1]
    if count > 1 and (last in w.digits or last.isdigit()) and w.is_big(phrase.tokens[count - 2]):
        return last != "năm" and bool(_closing().match(text, phrase.end_of(count)))
    return last in w.scales or last in w.half_behind or last[0].isdigit() or count == len(phrase.tokens)


@cache
def _year_word() -> regex.Pattern[str]:
    """mỗi năm (trăm triệu), 2 năm (một tỷ): năm is the year there, not the number."""
    words = alternation(lexicon("labels")["before_year"])
    return regex.compile(rf"(?:(?<![\p{{L}}\p{{M}}]){words}|\d)[ ]+$", regex.IGNORECASE)


def _is_no(phrase: Phrase, count: int) -> bool:
    """không đến 3 tỷ, không hộ nào: "không" alone says no rather than nought."""
    return count == 1 and phrase.tokens[0] == "không"


def _is_year_word(text: str, phrase: Phrase) -> bool:
    return phrase.tokens[0] == "năm" and bool(_year_word().search(text, max(0, phrase.start - 12), phrase.start))


@cache
def _vague() -> regex.Pattern[str]:
    """vài (ba triệu), nhiều (trăm rưỡi): before a number in words they leave it open."""
    words = alternation(lexicon("vague")["before"])
    return regex.compile(rf"(?<![\p{{L}}\p{{M}}]){words}[ ]*$", regex.IGNORECASE)


def is_vague(text: str, m: Measure) -> bool:
    """Whether a number in words is left open by the word before it: vài ba triệu, mấy trăm hộ."""
    return m.first_token.isalpha() and bool(_vague().search(text, max(0, m.start - 14), m.start))


@cache
def _between() -> regex.Pattern[str]:
    """What stands between the ends of a range: 2-3, 2 – 3, 2 đến 3, 2 cho tới 3; giữa 2 và 3; 2 hoặc 3."""
    words = lexicon("numbers")["between"]
    return regex.compile(
        rf"[ ]*(?P<dash>[-–—−~÷])[ ]*|[ ]+(?P<word>{alternation(words['words'])})[ ]+"
        rf"|[ ]+(?P<either>{alternation(words['either'])})[ ]+|,[ ]*(?P<comma>)",
        regex.IGNORECASE,
    )


@cache
def _pair() -> regex.Pattern[str]:
    words = alternation(lexicon("numbers")["between"]["both"])
    return regex.compile(rf"(?<![\p{{L}}\p{{M}}]){words}[ ]+$", regex.IGNORECASE)


def _range(shape: Shape, text: str, first: Phrase, count: int, own: regex.Match[str] | None, gap: regex.Match[str]) -> Measure | None:
    at = gap.end()
    lead = _lead(shape, text, first.start)
    if shape.lead and lead and (again := shape.lead.match(text, at)) and again.end() > at:  # $10-$20
        at = again.end()
    second = phrase_at(text, at)
    if second is None:
        return None
    for n in range(len(second.tokens), 0, -1):
        end = second.end_of(n)
        unit = shape.unit.match(text, end)
        if unit is None and not (shape.bare and (lead or second.big(n)) and _may_end(text, second, n)):
            continue
        values = _ends(shape, text, first, count, second, n, own, gap)
        if values is None:
            continue
        return Measure(
            start=first.start - len(lead),
            end=unit.end() if unit else end,
            low=values[0],
            high=values[1],
            lead=lead.strip(),
            unit=unit.group().strip() if unit else "",
            own_unit=own.group().strip() if own else "",
            unit_start=end,
            first_token=first.tokens[0],
            last_token=second.tokens[n - 1],
            match=unit,
        )
    return None


def _joins(text: str, first: Phrase, second: Phrase, own: regex.Match[str] | None, gap: regex.Match[str]) -> bool:
    """Whether what stands between two numbers makes a range of them."""
    if gap["comma"] is not None:  # hai, ba triệu; not 5, 7 triệu
        return own is None and (*first.tokens, second.tokens[0]) in number_words().pairs
    if gap["either"]:  # giữa 2 và 3; 2 hoặc 3 triệu
        both = _pair().search(text, max(0, first.start - 10), first.start)
        return bool(both) or own is None and gap["either"].lower() not in lexicon("numbers")["between"]["and"]
    return True


def _ends(
    shape: Shape, text: str, first: Phrase, count: int, second: Phrase, n: int, own: regex.Match[str] | None, gap: regex.Match[str]
) -> tuple[Decimal, Decimal] | None:
    """The two ends of a range; None when the numbers make none ("quý 2 - 15%", "2016 - 5%", "8-5 tỷ")."""
    if not _joins(text, first, second, own, gap) or _is_name(text, first, count) or _is_no(first, count):
        return None
    low, high = first.value(count, shape.sense), second.value(n, shape.sense)
    if low is None or high is None or _is_year_word(text, first):
        return None
    start = low[0]
    if own is None:
        start = _with_scale_of(shape.sense, first.tokens[:count], second.tokens[:n], low[0], high[1])
    return (plain(start), high[1]) if start <= high[1] else None


@cache
def _label() -> regex.Pattern[str]:
    """A word that makes the number behind it a name: tháng 6, quý 2, tổ 5, khóa 12; not mỗi tháng 2-3 triệu."""
    data = lexicon("labels")
    return regex.compile(
        rf"(?<![\p{{L}}\p{{M}}])(?<!{alternation(data['not_before'])}[ ]){alternation(data['before'])}[ ]*$", regex.IGNORECASE
    )


@cache
def _year() -> regex.Pattern[str]:
    return regex.compile(r"(?:19|20)\d\d")


def _is_name(text: str, phrase: Phrase, count: int) -> bool:
    if count > 1 or not phrase.tokens[0].isdigit():
        return False
    return bool(_year().fullmatch(phrase.tokens[0]) or _label().search(text, max(0, phrase.start - 24), phrase.start))


def _with_scale_of(sense: Sense, first: tuple[str, ...], second: tuple[str, ...], low: Decimal, high: Decimal) -> Decimal:
    """The first number of a range takes the scales that only the second has: 2-3 triệu, một trăm đến hai trăm triệu.

    Not where it has its own: 500 triệu - 1 tỷ; 500.000 - 1 triệu đồng.
    """
    own, scales = _scales(first), _scales(second)
    if any(s >= 10**6 for s in own):
        return low
    missing = scales[len(own) :] if scales[: len(own)] == own else [s for s in scales if s >= 1000]
    if not missing:  # 20-30.000 đồng: thousands both
        both = low == int(low) and low < 1000 and second[-1].endswith((".000", ",000")) and first[0].isdigit()
        return low * 1000 if both and low * 1000 <= high else low
    scaled = (read_tokens(list(first), "scaled") or (low, low))[0] * prod(missing)
    if scaled <= high or low >= 1000:
        return scaled if scaled <= high else low
    smaller = scaled / 1000  # 800 - 1,2 triệu đồng
    return smaller if smaller <= high and sense == "amount" and smaller >= 1000 else high + 1


def _scales(tokens: tuple[str, ...]) -> list[int]:
    """The first scales of a number that stand together: of 3 nghìn tỷ 1000 and 10^9, of 1 tỷ 200 triệu the first."""
    w = number_words()
    run: list[int] = []
    for token in tokens:
        scale = 10 if token == "chục" else w.scales.get(token)
        if scale:
            run.append(scale)
        elif run:
            break
    return run
