"""Writes numbers as Vietnamese does, in all ways that say the same number: the oracle of the number tests.

It shares nothing with the rules: its words are its own.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal

Choose = Callable[[Sequence[str]], str]
"""Picks one of several words that mean the same."""

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def first(choices: Sequence[str]) -> str:
    """The usual word."""
    return choices[0]


def words(number: int, choose: Choose = first) -> str:
    """A number from 0 below 10^18 in words: 1005 is một nghìn không trăm linh năm."""
    if number >= 10**9:
        high, rest = divmod(number, 10**9)
        head = f"{words(high, choose)} {choose(('tỷ', 'tỉ'))}"
        return f"{head} {_rest(rest, choose)}" if rest else head
    return _below_billion(number, choose)


def _below_billion(number: int, choose: Choose) -> str:
    millions, rest = divmod(number, 10**6)
    if millions:
        head = f"{_group(millions, choose, lead=True)} triệu"
        return f"{head} {_rest(rest, choose)}" if rest else head
    thousands, units = divmod(number, 1000)
    if not thousands:
        return _group(units, choose, lead=True)
    head = f"{_group(thousands, choose, lead=True)} {choose(('nghìn', 'ngàn'))}"
    return f"{head} {_group(units, choose, lead=False)}" if units else head


def _rest(number: int, choose: Choose) -> str:
    """What follows a million or a billion: a bare "ba trăm" would be read as three hundred thousand."""
    millions, rest = divmod(number, 10**6)
    thousands, units = divmod(rest, 1000)
    thousand = choose(("nghìn", "ngàn"))
    parts = []
    if millions:
        parts.append(f"{_group(millions, choose, lead=False)} triệu")
    if thousands:
        parts.append(f"{_group(thousands, choose, lead=False)} {thousand}")
    elif units >= 100:
        parts.append(f"không {thousand}")
    if units:
        parts.append(_group(units, choose, lead=False))
    return " ".join(parts)


def _group(number: int, choose: Choose, *, lead: bool) -> str:
    """A number below a thousand; one that goes on with another says its missing hundreds."""
    hundreds, rest = divmod(number, 100)
    if not hundreds and lead:
        return _below_hundred(rest, choose)
    head = f"{DIGITS[hundreds]} trăm"
    if not rest:
        return head
    if rest < 10:
        return f"{head} {choose(('linh', 'lẻ'))} {_digit(rest, choose)}"
    return f"{head} {_below_hundred(rest, choose)}"


def _digit(digit: int, choose: Choose) -> str:
    return choose(("bảy", "bẩy")) if digit == 7 else DIGITS[digit]


def _below_hundred(number: int, choose: Choose) -> str:
    tens, unit = divmod(number, 10)
    if not tens:
        return _digit(unit, choose)
    if tens == 1:
        return (
            "mười" if not unit else f"mười {choose(('lăm', 'nhăm')) if unit == 5 else _digit(unit, choose)}"
        )
    if not unit:
        return f"{_digit(tens, choose)} {choose(('mươi', 'chục'))}"
    last = {1: ("mốt",), 4: ("tư", "bốn"), 5: ("lăm", "nhăm")}.get(unit, (_digit(unit, choose),))
    word = choose(last)
    short = word in ("mốt", "tư", "lăm", "nhăm")  # hai mốt for hai mươi mốt
    return f"{_digit(tens, choose)} {choose(('mươi ', '')) if short else 'mươi '}{word}"


def decimal_words(number: Decimal, choose: Choose = first) -> str:
    """A decimal in words, its places one by one: 2.05 is hai phẩy không năm."""
    whole, _, places = f"{number:f}".partition(".")
    if not places:
        return words(int(whole), choose)
    return (
        f"{words(int(whole), choose)} {choose(('phẩy', 'chấm'))} {' '.join(DIGITS[int(d)] for d in places)}"
    )


def digits(number: Decimal, group: str, point: str) -> str:
    """A number in digits with separators: 1.250,5 or 1,250.5 or 1 250,5."""
    whole, _, places = f"{number:f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", group)
    return f"{grouped}{point}{places}" if places else grouped
