"""The rules by which values of one thing agree, and by which one of them is chosen: an example a line."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor.reconcile.agreement import RULES, Told, Value, admitted, judge, period_end
from extractor.reconcile.choosing import CRITERIA, choose

# qualifier value (low..high) : the stories that tell it, each with its day where it tells one
EXAMPLES = """
one story, one value               | single      | 2016    | 100: a
same value                         | confirmed   | 2016    | 100: a b
same value                         | confirmed   | 2016    | over 100: a b c
one story that agrees with itself  | single      | 2016    | over 100: a; 100.1: a
one story that differs from itself | conflicting | 2016    | 100: a; 120: a
each admits the other              | compatible  | 2016    | over 100: a; 100.1: b
each admits the other              | compatible  | 2016    | over 3.7: a; 3.75: b
each admits the other              | compatible  | 2016    | nearly 6000: a; 5950: b
each admits the other              | compatible  | 2016    | about 120: a; 118.4: b
each admits the other              | compatible  | 2016    | 9: a; 9.2: b
each admits the other              | compatible  | 2016    | 2.1: a; 2.14: b
each admits the other              | compatible  | 2016    | 20..25: a; 22.5: b
each admits the other              | compatible  | 2016    | under 5: a; 4.2: b
each admits the other              | compatible  | 2016    | at_least 80: a; 97: b
each admits the other              | compatible  | 2016    | at_most 5: a; 5: b
each admits the other              | compatible  | 2016    | over 100: a; 100.1: b; about 100: c
estimate, then final               | revised     | 2016    | 2140: a 2016-12-20; 2210: b 2017-01-05
estimate, then final               | revised     | 2016-9M | 71: a 2016-09-25; 75: b 2016-10-10
estimate, then final               | revised     | 2016    | about 2140: a 2017-01-03; 2600: b 2017-01-12
later figure                       | revised     | 2016    | 2140: a 2017-01-03 b 2017-01-05; 2210: c 2017-06-01
different values                   | conflicting | 2016    | 2140: a 2017-01-03; 2210: b 2017-01-12
different values                   | conflicting | 2016    | 2140: a 2017-01-03 b 2017-07-01; 2210: c 2017-06-01
different values                   | conflicting | 2016    | 2140: a 2016-12-20; about 2600: b 2017-01-05
different values                   | conflicting | 2016    | 2140: a; 2210: b 2017-06-01
different values                   | conflicting | 2016    | 2140: a; 2150: b
different values                   | conflicting | 2016    | over 100: a; 150: b
different values                   | conflicting | 2016    | over 3.7: a; 3.9: b
different values                   | conflicting | 2016    | 9: a; 9.4: b
different values                   | conflicting | 2016    | 20..25: a; 26: b
different values                   | conflicting | 2016    | over 100: a; 100.1: b; 140: c
"""


def value(words: str) -> Value:
    *qualifier, number = words.split()
    low, _, high = number.partition("..")
    return Value(Decimal(low), Decimal(high or low), qualifier[0] if qualifier else "exact")


def told(words: str) -> list[Told]:
    found = []
    for part in words.split(";"):
        what, _, who = part.partition(":")
        stories: dict[str, tuple[str | None, str | None]] = {}
        for word in who.split():
            if word[0].isalpha():
                stories[word] = (None, None)
            else:
                stories[list(stories)[-1]] = (word, word)
        found.append(Told(value(what.strip()), stories))
    return found


LINES = [[cell.strip() for cell in line.split("|")] for line in EXAMPLES.strip().splitlines()]


@pytest.mark.parametrize(("rule", "agreement", "period", "words"), LINES, ids=[line[-1] for line in LINES])
def test_agreement(rule: str, agreement: str, period: str, words: str) -> None:
    judged = judge(told(words), period)
    assert (judged.agreement, judged.rule) == (agreement, rule)
    assert judge(told(words)[::-1], period)[:2] == judged[:2]


def test_every_rule_has_an_example() -> None:
    assert {line[0] for line in LINES} == {name for name, _ in RULES}


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("over 100", 100, 110), ("over 120", 120, 130), ("over 3.7", "3.7", "3.8"), ("nearly 6000", 5400, 6000),
        ("about 50", 45, 55), ("9", "8.775", "9.225"), ("2150", 2145, 2155), ("0", 0, 0), ("20..25", 20, 25),
        ("at_least 80", 80, None), ("under 5", 0, 5),
    ],
)  # fmt: skip
def test_what_a_value_admits(words: str, low: object, high: object) -> None:
    found = admitted(value(words))
    assert found == (Decimal(str(low)), None if high is None else Decimal(str(high)))


@pytest.mark.parametrize(
    ("period", "last"),
    [
        ("2016", "2016-12-31"), ("2016-05", "2016-05-31"), ("2016-Q1", "2016-03-31"), ("2016-H1", "2016-06-31"),
        ("2016-9M", "2016-09-31"), ("2016-12-01", "2016-12-01"), ("2016/2020", "2020-12-31"),
        ("2011-10/2012-07", "2012-07-31"),
    ],
)  # fmt: skip
def test_the_end_of_a_period(period: str, last: str) -> None:
    assert period_end(period) == last


CHOSEN = """
the only one               | 100          | 100: a
told by most stories       | 100          | 100: a b; 120: c
told without a qualifier   | 100.1        | over 100: a; 100.1: b
one value, no range        | 22           | 20..25: a; 22: b
told last                  | 120          | 100: a 2017-01-01; 120: b 2017-01-05
told with most digits      | 9.2          | 9: a; 9.2: b
the highest                | 130          | 120: a; 130: b
the revised one            | 2210         | 2140: a 2016-12-20 b 2016-12-21; 2210: c 2017-01-05
"""
CHOICES = [[cell.strip() for cell in line.split("|")] for line in CHOSEN.strip().splitlines()]


@pytest.mark.parametrize(("criterion", "chosen", "words"), CHOICES, ids=[line[-1] for line in CHOICES])
def test_the_chosen_value(criterion: str, chosen: str, words: str) -> None:
    for order in (told(words), told(words)[::-1]):
        found, settled = choose(judge(order, "2016"))
        assert (found.value, settled) == (value(chosen), criterion)


def test_every_criterion_has_an_example() -> None:
    assert {line[0] for line in CHOICES} == {name for name, _ in CRITERIA} | {
        "the only one",
        "the revised one",
    }
