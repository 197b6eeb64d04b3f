"""Whether the values that are given for one thing agree: rules in their order, each with its name.

A value is judged by what it admits: "hơn 100 tỷ" admits what lies a little above 100 tỷ, "9%" admits what is
rounded to it, a range what lies in it. Stories count, not articles: a wire story in ten papers is one witness.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Literal, NamedTuple

Agreement = Literal["single", "confirmed", "compatible", "revised", "conflicting"]

NEAR = Decimal("0.1")
"""How far beyond its number "hơn", "gần" or "khoảng" reaches at most, as a share of it; at most one step of its
last digit that is not zero: "hơn 3,7" ends at 3,8, "hơn 100" at 110."""

ROUNDED = Decimal("0.025")
"""How much of a number rounding may have changed at most; at most half a step of its last digit."""

LATER = 30
"""Days after which another figure of the same time is a later one, and not another one."""

MANY = 40
"""More different values than these are not compared one by one: so many cannot agree."""


class Value(NamedTuple):
    """A value as it is told."""

    low: Decimal
    high: Decimal
    qualifier: str


@dataclass(frozen=True, slots=True)
class Told:
    """A value with who tells it: story to the first and last day on which it does (None where it tells no day)."""

    value: Value
    stories: Mapping[str, tuple[str | None, str | None]]

    @property
    def first(self) -> str | None:
        """The first day on which it is told; None where a story tells no day."""
        days = [first for first, _ in self.stories.values()]
        return None if None in days else min(d for d in days if d)

    @property
    def last(self) -> str | None:
        """The last day on which it is told; None where a story tells no day."""
        days = [last for _, last in self.stories.values()]
        return None if None in days else max(d for d in days if d)


class Judgement(NamedTuple):
    """What was found, by which rule, and the values that hold now: all of them, save where figures were revised."""

    agreement: Agreement
    rule: str
    holding: tuple[Told, ...]


Values = Sequence[Told]
Rule = Callable[[Values, str], "Agreement | None"]


def judge(told: Values, period: str) -> Judgement:
    """Judge the values that are told of one thing. `period`: the time that they hold for."""
    for name, rule in RULES:
        if (found := rule(told, period)) is not None:
            holding = (max(told, key=_when),) if found == "revised" else tuple(told)
            return Judgement(found, name, holding)
    raise AssertionError("the last rule holds for everything")


def _one_story_one_value(told: Values, _: str) -> Agreement | None:
    return "single" if len(told) == 1 and len(told[0].stories) == 1 else None


def _same_value(told: Values, _: str) -> Agreement | None:
    return "confirmed" if len(told) == 1 else None


def _one_story_that_agrees(told: Values, _: str) -> Agreement | None:
    return "single" if len(_stories(told)) == 1 and _agree(told) else None


def _one_story_that_differs(told: Values, _: str) -> Agreement | None:
    return "conflicting" if len(_stories(told)) == 1 else None


def _admitted(told: Values, _: str) -> Agreement | None:
    return "compatible" if _agree(told) else None


def _estimate_then_final(told: Values, period: str) -> Agreement | None:
    """What was told before the period was over, or as an estimate, gives way to one figure that is told later."""
    final = max(told, key=_when)
    others = [t for t in told if t is not final]
    if final.first is None or _is_estimate(final, period):
        return None
    early = [t for t in others if not _fit(t.value, final.value)]
    return (
        "revised"
        if all(_is_estimate(t, period) and (t.last or "") < final.first and t.last for t in early)
        else None
    )


def _later_figure(told: Values, _: str) -> Agreement | None:
    """All that tell the older figures do so long before the first that tells the newer one."""
    final = max(told, key=_when)
    if final.first is None:
        return None
    older = [t for t in told if t is not final and not _fit(t.value, final.value)]
    return "revised" if all(t.last and _days(t.last, final.first) >= LATER for t in older) else None


def _otherwise(told: Values, _: str) -> Agreement | None:
    return "conflicting"


RULES: tuple[tuple[str, Rule], ...] = (
    ("one story, one value", _one_story_one_value),
    ("same value", _same_value),
    ("one story that agrees with itself", _one_story_that_agrees),
    ("one story that differs from itself", _one_story_that_differs),
    ("each admits the other", _admitted),
    ("estimate, then final", _estimate_then_final),
    ("later figure", _later_figure),
    ("different values", _otherwise),
)


def _stories(told: Values) -> set[str]:
    return {story for t in told for story in t.stories}


def _when(told: Told) -> tuple[str, str, Value]:
    return told.first or "", told.last or "", told.value


def _agree(told: Values) -> bool:
    return agree([t.value for t in told])


def agree(values: Sequence[Value]) -> bool:
    """Whether each value admits what the others state."""
    return len(values) <= MANY and all(_fit(a, b) for a, b in combinations(values, 2))


def _fit(one: Value, other: Value) -> bool:
    """Whether one value admits what the other states."""
    return _meet(admitted(one), _stated(other)) or _meet(admitted(other), _stated(one))


def _meet(one: tuple[Decimal, Decimal | None], other: tuple[Decimal, Decimal | None]) -> bool:
    return (other[1] is None or one[0] <= other[1]) and (one[1] is None or other[0] <= one[1])


def _stated(value: Value) -> tuple[Decimal, Decimal | None]:
    return (value.low, value.high) if value.qualifier == "exact" else admitted(value)


def admitted(value: Value) -> tuple[Decimal, Decimal | None]:
    """The bounds of what a value may stand for; None: without an upper bound."""
    low, high, qualifier = value
    if low != high:
        return low, high
    near = min(_step(low), abs(low) * NEAR)
    if qualifier == "exact":
        rounded = min(_step(low) / 2, abs(low) * ROUNDED)
        return low - rounded, low + rounded
    if qualifier == "about":
        return low - near, low + near
    if qualifier == "over":
        return low, low + near
    if qualifier == "nearly":
        return low - near, low
    return (low, None) if qualifier == "at_least" else (Decimal(0), low)


def _step(value: Decimal) -> Decimal:
    """One of the last digit that is not zero: 10 of 120, 0.1 of 3.7."""
    if not value:
        return Decimal(0)
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(int(exponent))


def _is_estimate(told: Told, period: str) -> bool:
    return told.value.qualifier == "about" or (told.last is not None and told.last[:10] <= period_end(period))


def period_end(period: str) -> str:
    """The last day of a period as it is told: 2016-12-31 of 2016, 2016-09-30 of 2016-9M. Days are ISO dates."""
    year, _, rest = period.rpartition("/")[2].partition("-")
    if rest.startswith("Q"):
        return f"{year}-{int(rest[1:]) * 3:02d}-31"
    if rest.startswith("H"):
        return f"{year}-{int(rest[1:]) * 6:02d}-31"
    if rest.endswith("M"):
        return f"{year}-{int(rest[:-1]):02d}-31"
    if not rest:
        return f"{year}-12-31"
    return f"{year}-{rest}" if "-" in rest else f"{year}-{rest}-31"


def _days(one: str, other: str) -> int:
    from datetime import date

    try:
        return (date.fromisoformat(other[:10]) - date.fromisoformat(one[:10])).days
    except ValueError:
        return 0
