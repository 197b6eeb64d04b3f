"""Numbers in words and digits read back, against a writer of our own and num2words."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words
from writer import Choose, decimal_words, digits, words

from rules.numbers import read_number
from rules.numerals import read_digits


def value(phrase: str, sense: str = "amount") -> Decimal | None:
    found = read_number(phrase, sense)  # type: ignore[arg-type]
    return None if found is None or found[0] != found[1] else found[0]


@st.composite
def choosers(draw: st.DrawFn) -> Choose:
    picks = draw(st.lists(st.integers(0, 5), min_size=1, max_size=24))
    at = iter(range(10**6))
    return lambda choices: choices[picks[next(at) % len(picks)] % len(choices)]


ANY_SIZE = st.integers(0, 15).flatmap(lambda size: st.integers(0, 10**size))
PLACES = st.decimals(min_value=0, max_value=10**7, places=2, allow_nan=False)


def test_every_number_to_a_hundred_thousand_reads_back() -> None:
    wrong = [n for n in range(100_001) if value(words(n)) != n]
    assert not wrong


@settings(max_examples=1500, deadline=None)
@given(ANY_SIZE, choosers())
def test_words_read_back_in_every_variant(number: int, choose: Choose) -> None:
    phrase = words(number, choose)
    assert value(phrase) == number, phrase


@pytest.mark.parametrize(
    "number", [10**n + d for n in range(1, 16) for d in (-1, 0, 1, 5, 300) if 10**n + d <= 10**15 + 300]
)
def test_words_at_the_powers_of_ten(number: int) -> None:
    assert value(words(number)) == number, words(number)


def test_second_oracle_agrees_to_a_thousand() -> None:
    wrong = [n for n in range(1001) if value(num2words(n, lang="vi")) != n]
    assert not wrong


@settings(deadline=None)
@given(st.decimals(min_value=0, max_value=999, places=2, allow_nan=False), choosers())
def test_decimals_in_words_read_back(number: Decimal, choose: Choose) -> None:
    phrase = decimal_words(number, choose)
    assert value(phrase) == number, phrase


@settings(deadline=None)
@given(PLACES)
def test_digits_read_back_in_vietnamese_and_english_style(number: Decimal) -> None:
    assert read_digits(digits(number, ".", ","), "amount") == number
    assert read_digits(digits(number, ",", "."), "amount") == number
    assert read_digits(digits(number, " ", ","), "amount") == number


@settings(deadline=None)
@given(st.integers(0, 10**12), st.sampled_from([".", ",", " "]), st.sampled_from(["count", "amount"]))
def test_grouped_whole_numbers_read_back(number: int, group: str, sense: str) -> None:
    assert value(digits(Decimal(number), group, ","), sense) == number


@settings(deadline=None)
@given(
    st.integers(1, 999),
    st.sampled_from([("nghìn", 10**3), ("triệu", 10**6), ("tỷ", 10**9), ("nghìn tỷ", 10**12)]),
)
def test_digits_with_a_scale(number: int, scale: tuple[str, int]) -> None:
    assert value(f"{number} {scale[0]}") == number * scale[1]
    assert value(f"{number},5 {scale[0]}") == Decimal(f"{number}.5") * scale[1]


@settings(deadline=None)
@given(st.integers(1, 999), st.integers(1, 999), st.integers(1, 999))
def test_composed_amounts(billions: int, millions: int, thousands: int) -> None:
    total = billions * 10**9 + millions * 10**6 + thousands * 1000
    assert value(f"{billions} tỷ {millions} triệu {thousands} nghìn") == total


@settings(deadline=None)
@given(ANY_SIZE, choosers())
def test_values_are_plain_decimals(number: int, choose: Choose) -> None:
    found = value(words(number, choose))
    assert "E" not in str(found)
    assert str(value(f"{number} tỷ")) == str(number * 10**9)


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("1.250,5", "1250.5"),
        ("1,250.5", "1250.5"),
        ("12.000", "12000"),
        ("0,72", "0.72"),
        ("0.125", "0.125"),
        ("100.1 tỷ", "100100000000"),
        ("1,375 tỷ", "1375000000"),
        ("4,470 tỷ", "4470000000"),
        ("356,100 tỷ", "356100000000000"),
        ("1 250 000", "1250000"),
        ("6.784 nghìn", "6784000"),
        ("5 trăm triệu", "500000000"),
        ("2 tỷ rưỡi", "2500000000"),
        ("3 triệu 5", "3500000"),
        ("3 triệu 25", "3250000"),
        ("3 triệu 500", "3500000"),
        ("hai tỷ hai", "2200000000"),
        ("hai triệu tư", "2400000"),
        ("ba triệu hai trăm", "3200000"),
        ("ba nghìn hai trăm", "3200"),
        ("một trăm hai", "120"),
        ("trăm rưỡi", "150"),
        ("nửa triệu", "500000"),
        ("tỷ rưỡi", "1500000000"),
        ("mười hai nghìn tỷ", "12000000000000"),
        ("hai phẩy bảy mươi lăm", "2.75"),
        ("3 phẩy 5 tỷ", "3500000000"),
        ("2 chục", "20"),
        ("5 vạn", "50000"),
        ("MƯỜI LĂM TRIỆU", "15000000"),
    ],
)
def test_phrases(phrase: str, expected: str) -> None:
    assert str(value(phrase)) == expected


@pytest.mark.parametrize(
    ("phrase", "low", "high"),
    [
        ("hai ba", 2, 3),
        ("năm bảy triệu", 5 * 10**6, 7 * 10**6),
        ("hai ba mươi", 20, 30),
        ("một hai trăm nghìn", 10**5, 2 * 10**5),
    ],
)
def test_two_digits_said_together_are_a_range(phrase: str, low: int, high: int) -> None:
    assert read_number(phrase) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    "phrase",
    [
        "1.2.3.4,5,6",
        "12.34.567",
        "1.2.3",
        "1,2,3.4",
        "9" * 31,
        "mốt",
        "hai lăm mốt",
        "mười mươi",
        "ba năm",
        "trăm",
        "tỷ",
        "rưỡi",
        "linh",
        "một trăm linh",
        "hai triệu ba tỷ triệu",
        "",
    ],
)
def test_what_is_no_number(phrase: str) -> None:
    assert read_number(phrase) is None


@pytest.mark.parametrize(
    ("run", "sense", "expected"),
    [
        ("1,250", "count", "1250"),
        ("1,200", "scaled", "1200"),
        ("4,470", "scaled", "4.470"),
        ("1,375", "scaled", "1.375"),
        ("12,000", "amount", "12000"),
        ("8.125", "share", "8.125"),
        ("1.200", "share", "1200"),
        ("8,125", "share", "8.125"),
    ],
)
def test_one_separator_is_read_by_sense(run: str, sense: str, expected: str) -> None:
    assert str(read_digits(run, sense)) == expected  # type: ignore[arg-type]
