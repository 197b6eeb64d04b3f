"""Number tokens to exact numbers: "một nghìn hai trăm năm mươi phẩy năm", "1 tỷ 200 triệu", "3 triệu 5"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import product

from extractor.values.words import DIGITS, SCALES


def digits_readings(text: str) -> tuple[Decimal, ...]:
    """The numbers that a string of digits, dots and commas may mean, the likeliest first; empty for none."""
    text = text.replace(" ", "")
    marks = [c for c in text if c in ".,"]
    if not marks:
        return (Decimal(text),)
    if len(set(marks)) == 2:
        decimal = marks[-1]
        whole, _, rest = text.rpartition(decimal)
        if decimal in whole or not _grouped(whole, marks[0]):
            return ()
        return (Decimal(f"{whole.replace(marks[0], '')}.{rest}"),)
    grouped = Decimal(text.replace(marks[0], "")) if _grouped(text, marks[0]) else None
    if len(marks) > 1:
        return () if grouped is None else (grouped,)
    plain = Decimal(text.replace(",", "."))
    if grouped is None:
        return (plain,)
    # a comma is the Vietnamese decimal sign, but nobody writes two noughts behind a decimal: 2,500 tỷ
    return (grouped, plain) if marks[0] == "." or text.endswith("00") else (plain, grouped)


def _grouped(text: str, mark: str) -> bool:
    first, *rest = text.split(mark)
    return 1 <= len(first) <= 3 and (first[0] != "0" or first == "") and all(len(g) == 3 for g in rest)


def evaluate(items: Sequence[str]) -> tuple[Decimal, ...]:
    """The numbers that the tokens may mean, the likeliest first; empty when they make none."""
    if "phẩy" in items:
        return _with_point(list(items))
    if items[0][0].isdigit() and len(items) == 1:
        return digits_readings(items[0])
    if items[0][0].isdigit() and len(items) == 2 and items[1] in SCALES:
        return tuple(value * SCALES[items[1]] for value in digits_readings(items[0]))
    if len(items) > 1 and items[-1][0] == "0" and items[-1].isdecimal():  # 3 triệu 05: its hundredths
        scale = Decimal(SCALES.get(items[-2], 0)) / 10 ** len(items[-1])
        return tuple(value + int(items[-1]) * scale for value in evaluate(items[:-1]))
    choices: list[tuple[str | Decimal, ...]] = [digits_readings(i) if i[0].isdigit() else (i,) for i in items]
    found: list[Decimal] = []
    for chosen in product(*choices):
        found += _sum(chosen)
    return tuple(dict.fromkeys(found))


def _with_point(items: list[str]) -> tuple[Decimal, ...]:
    """ "năm mươi phẩy hai lăm triệu": what stands before the point, its places, then the scales."""
    at = items.index("phẩy")
    whole = evaluate(items[:at]) if at else ()
    end = at + 1
    while end < len(items) and (
        items[end] in DIGITS or items[end] in ("mười", "mươi") or items[end].isdecimal()
    ):
        end += 1
    places = items[at + 1 : end]
    if not whole or not places or "phẩy" in items[end:]:
        return ()
    if any(p in ("mười", "mươi") for p in places):
        fraction = str(next(iter(evaluate(places)), ""))
    else:
        fraction = "".join(str(DIGITS.get(p, p)) for p in places)
    return evaluate([f"{whole[0]},{fraction}", *items[end:]]) if fraction else ()


def _sum(items: Sequence[str | Decimal]) -> list[Decimal]:
    terms: list[tuple[Decimal, Decimal]] = []  # value with its scale
    pending: Decimal | None = None
    written = ""
    exact = False
    for item in items:
        if isinstance(item, Decimal) or item in DIGITS or item == "nửa":
            number = (
                item
                if isinstance(item, Decimal)
                else Decimal("0.5")
                if item == "nửa"
                else Decimal(DIGITS[item])
            )
            pending = number if pending is None else pending * 10 + number
            written = str(item)
        elif item == "mười":
            terms.append((Decimal(10), Decimal(10)))
        elif item in ("lẻ", "linh"):
            exact = True
        elif item == "rưỡi":
            if pending is not None or not terms:
                return []
            terms.append((terms[-1][1] / 2, terms[-1][1] / 10))
        else:
            scale = Decimal(SCALES[str(item)])
            below = [t for t in terms if t[1] < scale or (t[1] == scale and pending is None)]
            if below and below[-1][1] >= 100 and pending is not None and pending < 10 and not exact:
                pending *= below[-1][1] / 10  # "hai nghìn 5 tỷ", "hai trăm mốt triệu"
            group = sum((v for v, _ in below), pending or Decimal(0))
            if not below and pending is None:
                group = Decimal(1)
            terms = [t for t in terms if t not in below] + [(group * scale, scale)]
            pending, exact = None, False
    total = sum((v for v, _ in terms), Decimal(0))
    if pending is None:
        if len(terms) > 1 and terms[-1][1] == 100 and terms[-2][1] >= 10**6:  # "hai triệu ba trăm" (nghìn)
            return [total, total + terms[-1][0] * (terms[-2][1] / 1000 - 1)]
        return [total] if terms else []
    if not terms:
        return [pending]
    return [total + rest for rest in _remainders(pending, written, terms[-1][1], exact)]


def _remainders(pending: Decimal, written: str, scale: Decimal, exact: bool) -> list[Decimal]:
    """What a number behind the last scale adds: "3 triệu 5" half a million, "3 triệu 50" fifty thousand or half a million."""
    if exact or scale <= 10:
        return [pending]
    places = len(str(int(pending)))
    if written in DIGITS or places == 1:
        return [pending * scale / 10]
    shifted = pending * scale / 10**places
    return [shifted, pending] if places == 3 else [shifted, pending * scale / 1000, pending]
