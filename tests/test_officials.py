"""Officials: spans, parts and bounds that example lines do not show."""

from collections import Counter

import pytest
from growth import growth

from extractor.article import read_article
from extractor.reading import read
from rules.base import Mention, Reading
from rules.officials import find
from rules.words import lexicon


def officials(text: str) -> list[Mention]:
    reading, _ = read(read_article(text))
    return list(find(reading))


def test_each_office_of_a_person_has_a_span_of_its_own() -> None:
    text = "Phó Bí thư Huyện ủy, Chủ tịch UBND huyện Tủa Chùa Giàng A Páo dự."
    spans = [text[m.start : m.end] for m in officials(text)]
    assert spans == [
        "Phó Bí thư Huyện ủy, Chủ tịch UBND huyện Tủa Chùa Giàng A Páo",
        "Chủ tịch UBND huyện Tủa Chùa Giàng A Páo",
    ]


def test_parts_are_the_words_of_the_fields() -> None:
    text = "Bà Hồ Thị Lan (Trưởng phòng Nội vụ quận Hải Châu) xác nhận."
    (m,) = officials(text)
    for name in ("name", "position", "organisation"):
        start, end = m.parts[name]
        assert text[start:end] == m.fields[name]


def test_a_deputys_constituency_is_a_part_and_no_body() -> None:
    text = "Đại biểu Cầm Thị Mẩn (đoàn Thanh Hóa) góp ý."
    (m,) = officials(text)
    start, end = m.parts["place"]
    assert (m.fields["organisation"], text[start:end]) == (None, "Thanh Hóa")


def test_an_office_said_of_a_row_goes_with_every_name() -> None:
    found = officials("Ông Nguyễn Văn An và bà Trần Thị Bình, các Phó Chủ tịch UBND tỉnh, cùng dự.")
    assert {m.fields["name"] for m in found} == {"Nguyễn Văn An", "Trần Thị Bình"}


@pytest.mark.parametrize(
    "token",
    [
        "Chủ tịch ",
        "phó ",
        "ông ",
        "PGS.TS. ",
        "Nguyễn ",
        "(",
        "Trưởng phòng ",
        "Chủ tịch UBND huyện Nguyễn Văn A, ",
    ],
)
def test_time_is_linear_on_one_repeated_token(token: str) -> None:
    def officials(tokens: str) -> object:
        text = "Chủ tịch " + tokens
        return list(find(Reading(text=text, sentences=((0, len(text)),))))

    assert growth(officials, token) < 24


@pytest.mark.parametrize("name", ["officials", "officials_bodies", "officials_names"])
def test_no_word_stands_twice_in_a_list(name: str) -> None:
    for key, words in lexicon(name).items():
        if isinstance(words, list):
            assert not [w for w, n in Counter(words).items() if n > 1], key


def test_a_body_word_is_of_one_kind() -> None:
    words = lexicon("officials_bodies")
    kinds = [set(words[k]) for k in ("closed", "open", "named", "hamlets", "units", "subjects")]
    assert sum(map(len, kinds)) == len(set().union(*kinds))
