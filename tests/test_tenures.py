"""Tenures: offices and bodies in other words are one, people of one name are told apart or said to be open."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

import pytest

from extractor.tenures.bodies import Body, body
from extractor.tenures.holders import neighbours
from extractor.tenures.model import Mention, Statement, Tenure, UnitKey, before
from extractor.tenures.offices import office
from extractor.tenures.people import tenures
from extractor.tenures.words import is_foreign, name_key
from rules.words import lexicon

SAIGON, HANOI, TIEN_GIANG = (("79", "2004-08-31"), ("01", "2004-08-31"), ("82", "2004-08-31"))
GO_CONG, BAC_AI, QUAN_1 = (("823", "2004-08-31"), ("584", "2004-08-31"), ("760", "2004-08-31"))


@pytest.mark.parametrize(
    ("position", "name"),
    [
        # abbreviation
        ("PCT", "phó chủ tịch"),
        ("ĐB", "đại biểu"),
        ("PTGĐ", "phó tổng giám đốc"),
        # detail
        ("Phó Chủ tịch Thường trực", "phó chủ tịch"),
        ("Phó Bí thư thường trực", "phó bí thư"),
        ("Thứ trưởng thứ nhất", "thứ trưởng"),
        ("Bí thư thứ nhất", "bí thư thứ nhất"),
        ("phó trưởng đoàn chuyên trách", "phó trưởng đoàn"),
        # leader
        ("Phó ban", "phó trưởng ban"),
        ("Phó phòng", "phó trưởng phòng"),
        # other words
        ("cục phó", "phó cục trưởng"),
        ("Đội phó", "phó đội trưởng"),
        ("Trưởng CAQ", "trưởng công an"),
        ("Phát ngôn viên", "người phát ngôn"),
        ("CHỦ TỊCH", "chủ tịch"),
        ("Uỷ viên", "ủy viên"),
    ],
)
def test_offices_in_other_words(position: str, name: str) -> None:
    assert office(position).name == name


@pytest.mark.parametrize(
    ("position", "single"),
    [
        ("Chủ tịch", True),
        ("Bí thư", True),
        ("Phó Chủ tịch", False),
        ("Ủy viên Thường trực", False),
        ("Thứ trưởng", False),
    ],
)
def test_offices_that_one_holds_at_a_time(position: str, single: bool) -> None:
    assert office(position).single is single


@pytest.mark.parametrize(
    ("position", "written", "unit", "words"),
    [
        # abbreviation
        ("Giám đốc", ["Sở GD-ĐT", "Sở GD&ĐT", "Sở GDĐT", "Sở Giáo dục và Đào tạo", "Sở GD và ĐT"], HANOI, "sở giáo dục đào tạo"),
        ("Chủ tịch", ["UBND", "Ủy ban nhân dân", "Uỷ ban Nhân dân", "UBDN", "Ủy ban nhân dân"], HANOI, "ủy ban nhân dân"),
        ("Chánh án", ["TANDTC", "TAND Tối cao", "Tòa án nhân dân tối cao", "Toà án nhân dân tối cao"], None, "tòa án nhân dân tối cao"),
        ("Chủ nhiệm", ["VPCP", "Văn phòng Chính phủ (VPCP)"], None, "văn phòng chính phủ"),
        # two ways
        ("Hiệu trưởng", ["Trường ĐH Mở", "ĐH Mở", "Trường Đại học Mở"], None, "đại học mở"),
        # small words
        ("Chủ nhiệm", ["Ủy ban Kinh tế của Quốc hội", "Ủy ban Kinh tế Quốc hội"], None, "ủy ban kinh tế quốc hội"),
        ("Giám đốc", ["Công ty TNHH MTV Nam Triệu", "Cty Nam Triệu", "Công ty Cổ phần Nam Triệu"], None, "công ty nam triệu"),
        # unit
        ("Bí thư", ["Thành ủy TP.HCM", "Thành ủy TP Hồ Chí Minh", "Thành ủy Thành phố Hồ Chí Minh", "Thành ủy"], SAIGON, "thành ủy"),
        ("Giám đốc", ["Sở Y tế Hà Nội", "Sở Y tế TP. Hà Nội", "Sở Y tế TP", "Sở Y tế thành phố"], HANOI, "sở y tế"),
        ("Trưởng công an", ["Công an quận 1, TP.HCM", "Công an Q.1"], QUAN_1, "công an"),
        ("Phó phòng", ["phòng CSGT Công an huyện Gò Công Tây, tỉnh Tiền Giang", "Phòng Cảnh sát giao thông (Công an huyện)"], GO_CONG, "phòng cảnh sát giao thông công an"),
        # home
        ("Chủ tịch", ["Quốc hội Việt Nam", "Quốc hội", "QH", "Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam"], None, "quốc hội"),
        # two names
        ("Ủy viên", ["Trung ương Đảng", "T.Ư Đảng", "Ban Chấp hành Trung ương Đảng", "BCH Trung ương"], None, "ban chấp hành trung ương đảng"),
        # first word
        ("Bộ trưởng", ["Y tế", "Bộ Y tế"], None, "bộ y tế"),
        ("Thứ trưởng", ["KH-ĐT", "Kế hoạch & Đầu tư", "Bộ Kế hoạch và Đầu tư"], None, "bộ kế hoạch đầu tư"),
        ("Bộ trưởng", ["Văn phòng Chính phủ"], None, "văn phòng chính phủ"),
        ("Chánh Thanh tra", ["Sở Xây dựng", "Thanh tra Sở Xây dựng"], HANOI, "thanh tra sở xây dựng"),
        # unit's chair
        ("Chủ tịch", [None, "huyện Bác Ái", "UBND huyện Bác Ái"], BAC_AI, "ủy ban nhân dân"),
        ("Bí thư", [None, "Bác Ái", "Huyện ủy Bác Ái", "Huyện uỷ"], BAC_AI, "huyện ủy"),
    ],
)  # fmt: skip
def test_bodies_in_other_words(
    position: str, written: list[str | None], unit: UnitKey | None, words: str
) -> None:
    assert {body(office(position), w, unit, "public") for w in written} == {Body(words, unit, True)}


@pytest.mark.parametrize(
    ("position", "written", "words"),
    [
        ("Tổng thống", ["Mỹ", "Hoa Kỳ"], "hoa kỳ"),
        ("Bộ trưởng", ["Quốc phòng Mỹ", "Bộ Quốc phòng Hoa Kỳ"], "bộ quốc phòng hoa kỳ"),
        ("Ngoại trưởng", ["Nga", "Liên bang Nga"], "bộ ngoại giao nga"),
        ("Đại sứ", ["Mỹ tại LHQ", "Hoa Kỳ tại Liên Hợp Quốc"], "hoa kỳ tại liên hợp quốc"),
    ],
)
def test_bodies_abroad(position: str, written: list[str], words: str) -> None:
    assert {body(office(position), w, None, "other") for w in written} == {Body(words, None, True)}


def test_a_foreign_ministers_office_is_that_of_a_minister() -> None:
    assert office("Ngoại trưởng").name == office("Bộ trưởng").name


@pytest.mark.parametrize(
    ("position", "organisation", "unit"),
    [
        ("Giám đốc", None, None),
        ("Giám đốc", None, HANOI),
        ("Giám đốc", "Sở", HANOI),
        ("Giám đốc", "Trung tâm", None),
        ("Trưởng khoa", "Khoa Cấp cứu", None),
        ("Trưởng khoa", "Khoa Cấp cứu của bệnh viện", None),
        ("Vụ trưởng", "Vụ Pháp chế", None),
        ("Trưởng phòng", "phòng TN&MT", None),
        ("Chủ tịch", "UBND", None),
        ("Bí thư", "Đảng ủy", HANOI),
        ("Bộ trưởng", None, None),
        ("Cục trưởng", "Bộ Y tế", None),
    ],
)
def test_bodies_that_stay_open(position: str, organisation: str | None, unit: UnitKey | None) -> None:
    assert not body(office(position), organisation, unit, "public").whole


@pytest.mark.parametrize(
    ("position", "organisation", "unit"),
    [
        ("Trưởng khoa", "Khoa Cấp cứu, Bệnh viện Bạch Mai", None),
        ("Vụ trưởng", "Vụ Pháp chế - Bộ Y tế", None),
        ("Chủ tịch", "UBND xã Hải An", None),
        ("Giám đốc", "Bệnh viện quận 1", QUAN_1),
        ("Trưởng ban", "Ban Kinh tế Trung ương", None),
        ("Chủ nhiệm", "Ủy ban Pháp luật của Quốc hội", None),
    ],
)
def test_bodies_that_are_told_whole(position: str, organisation: str, unit: UnitKey | None) -> None:
    assert body(office(position), organisation, unit, "public").whole


WORDS = lexicon("tenures")


@pytest.mark.parametrize(("short", "words"), WORDS["bodies"]["short"].items())
def test_every_abbreviation_of_bodies(short: str, words: str) -> None:
    head = office("Giám đốc")
    written = {body(head, f"Trung tâm {w} Sao Mai", None, "public") for w in (short.upper(), words)}
    assert len(written) == 1
    lower = body(head, f"Trung tâm {short} Sao Mai", None, "public")
    assert lower not in written or short in words.split()  # in small letters it is a word like others


@pytest.mark.parametrize(
    ("other", "one"), [*WORDS["bodies"]["same"].items(), *WORDS["bodies"]["words"].items()]
)
def test_every_body_by_two_names(other: str, one: str) -> None:
    head = office("Phó Giám đốc")
    assert body(head, other, None, "public").words == body(head, one, None, "public").words


@pytest.mark.parametrize(("other", "one"), WORDS["bodies"]["countries"].items())
def test_every_country_by_two_names(other: str, one: str) -> None:
    head = office("Đại sứ")
    assert body(head, other.title(), None, "other") == body(head, one.title(), None, "other")


@pytest.mark.parametrize(
    ("other", "one"), [*WORDS["offices"]["same"].items(), *WORDS["offices"]["short"].items()]
)
def test_every_office_by_two_names(other: str, one: str) -> None:
    written = other.upper() if other in WORDS["offices"]["short"] else other.capitalize()
    assert office(written).name == office(one).name


@pytest.mark.parametrize(("position", "words"), WORDS["offices"]["body"].items())
def test_every_office_that_tells_its_body(position: str, words: str) -> None:
    assert office(position.capitalize()).body == words


@pytest.mark.parametrize(("position", "first"), WORDS["offices"]["first"].items())
def test_every_office_that_tells_a_bodys_first_word(position: str, first: str) -> None:
    told_ = body(office(position.capitalize()), "Xuân Mai", None, "public")
    assert told_.words == f"{first} xuân mai"


@pytest.mark.parametrize("words", WORDS["bodies"]["alone"])
def test_every_word_that_tells_no_body_by_itself(words: str) -> None:
    assert not body(office("Giám đốc"), words.capitalize(), None, "public").whole


@pytest.mark.parametrize("words", [*WORDS["bodies"]["of_a_unit"], *WORDS["bodies"]["of_a_body"]])
def test_every_body_of_which_there_are_many(words: str) -> None:
    assert not body(office("Giám đốc"), f"{words.capitalize()} đặc biệt", None, "public").whole


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        ("NGUYỄN VĂN AN", "Nguyễn Văn An", True),
        ("Trương Hoà Bình", "Trương Hòa  Bình", True),
        ("Ho\u0300a An", "Hòa An", True),
        ("Emmanuel Macron", "Emmanuël Macron", True),
        ("Nguyễn Văn An", "Nguyễn Văn Ân", False),
        ("Phạm Sỹ Quý", "Phạm Sĩ Quí", True),
        ("Lý Thúy My", "Lí Thúy Mi", True),
        ("Nguyễn Thúy", "Nguyễn Thúi", False),
        ("Nguyễn Thủy Tiên", "Nguyễn Thủi Tiên", False),
    ],
)
def test_spellings_of_a_name(a: str, b: str, one: bool) -> None:
    assert (name_key(a) == name_key(b)) is one


def test_foreign_names() -> None:
    assert is_foreign("Donald Trump")
    assert not is_foreign("Nguyễn Văn An")
    assert not is_foreign("K'Sor Phước")


# People ------------------------------------------------------------------------------------------------------------

_numbers = itertools.count(1)


def told(
    office_: str, organisation: str | None = None, unit: UnitKey | None = None, *, article: str = "", day: str | None = None,
    how: str = "current", name: str = "Nguyễn Văn An", sector: str = "public",
) -> Statement:  # fmt: skip
    number = next(_numbers)
    return Statement(
        f"r{number:04}", article or f"a{number:04}", name, office_, organisation, unit, sector, how, day  # type: ignore[arg-type]
    )  # fmt: skip


def of(*statements: Statement) -> tuple[list[Tenure], dict[str, Mention]]:
    """The tenures, in the order of their offices, and mentions by record."""
    made, mentions = tenures(statements)
    assert sorted(m.record_id for m in mentions) == sorted(s.record_id for s in statements)
    return made, {m.record_id: m for m in mentions}


def test_from_first_to_last_mention() -> None:
    (one,), _ = of(
        told("Chủ tịch", "UBND huyện Bác Ái", BAC_AI, day="2017-03-01"),
        told("CHỦ TỊCH", "Uỷ ban nhân dân huyện", BAC_AI, day="2016-05-02"),
        told("Chủ tịch", "huyện Bác Ái", BAC_AI, day="2018"),
    )
    assert (one.office, one.first, one.last, one.mentions, one.state) == (
        "chủ tịch",
        "2016-05-02",
        "2018",
        3,
        "held",
    )
    assert one.body == "UBND huyện Bác Ái" or "nhân dân" in one.body


def test_unknown_dates_are_said() -> None:
    (one,), _ = of(told("Chủ tịch", "UBND", BAC_AI), told("Chủ tịch", "UBND", BAC_AI, day="2017-03-01"))
    assert (one.first, one.last, one.mentions, one.undated) == ("2017-03-01", "2017-03-01", 2, 1)
    (none,), _ = of(told("Chủ tịch", "UBND", BAC_AI))
    assert (none.first, none.last, none.undated) == (None, None, 1)


@pytest.mark.parametrize(
    ("days", "over", "state", "first", "last"),
    [
        ([], ["2018-01-01"], "former", None, None),  # it was held, it is not told when
        (["2016-01-01"], ["2018-01-01"], "former", "2016-01-01", "2016-01-01"),
        (["2016-01-01", "2019-01-01"], ["2018-01-01"], "unclear", "2016-01-01", "2019-01-01"),
        (["2016-01-01"], [None], "former", "2016-01-01", "2016-01-01"),
        (["2016-01-01"], [], "held", "2016-01-01", "2016-01-01"),
    ],
)
def test_a_former_holder_closes_a_tenure_and_opens_none(
    days: list[str], over: list[str | None], state: str, first: str | None, last: str | None
) -> None:
    (one,), _ = of(
        *(told("Bí thư", "Huyện ủy", BAC_AI, day=d) for d in days),
        *(told("Bí thư", "Huyện ủy", BAC_AI, day=d, how="former") for d in over),
    )
    assert (one.state, one.first, one.last) == (state, first, last)


def test_an_acting_holder_is_another_tenure_of_the_same_person() -> None:
    made, _ = of(
        told("Giám đốc", "Sở Y tế", HANOI, day="2016-01-01", how="acting"),
        told("Giám đốc", "Sở Y tế", HANOI, day="2017-01-01"),
    )
    assert [(t.acting, t.first) for t in made] == [(False, "2017-01-01"), (True, "2016-01-01")]
    assert len({t.person_id for t in made}) == 1
    assert made[0].linked_by == ("same body",)


def test_no_mention_in_more_than_two_terms_parts_a_tenure() -> None:
    made, parts = of(
        told("Chủ tịch", "UBND", BAC_AI, day="2005-01-01"),
        told("Chủ tịch", "UBND", BAC_AI, day="2016-01-01"),
        nowhere := told("Chủ tịch", "UBND", BAC_AI),
    )
    assert [(t.first, t.last) for t in made] == [("2005-01-01", "2005-01-01"), ("2016-01-01", "2016-01-01")]
    assert parts[nowhere.record_id].tenure_id is None
    assert len(parts[nowhere.record_id].candidates) == 2


@pytest.mark.parametrize(
    ("left_out", "told_whole", "rule"),
    [
        (told("Bộ trưởng", article="x"), told("Bộ trưởng", "Bộ Y tế", article="x"), "in its article"),
        (
            told("Giám đốc", "Sở", HANOI, article="x"),
            told("Giám đốc", "Sở Y tế", HANOI, article="x"),
            "in its article",
        ),
        (told("Cục trưởng", "Cục Báo chí"), told("Cục trưởng", "Cục Báo chí, Bộ TT&TT"), "told more fully"),
        (told("Bộ trưởng"), told("Bộ trưởng", "Bộ Y tế"), "only seat"),
    ],
)
def test_a_body_that_is_left_out(left_out: Statement, told_whole: Statement, rule: str) -> None:
    (one,), parts = of(left_out, told_whole)
    assert one.mentions == 2
    assert parts[left_out.record_id].rule == rule
    assert parts[told_whole.record_id].rule == "told"


def test_a_body_that_an_office_tells() -> None:
    (one,), parts = of(told("Thủ tướng"))
    assert one.body_key == "chính phủ"
    assert {m.rule for m in parts.values()} == {"office"}
    abroad, _ = of(told("Thủ tướng", name="Shinzo Abe"))
    assert abroad == []


def test_the_sector_is_that_of_statements_that_tell_the_body() -> None:
    lavrov = "Sergei Lavrov"
    (one,), _ = of(
        told("Bộ trưởng", name=lavrov),
        told("Bộ trưởng", name=lavrov),
        told("Bộ trưởng", "Bộ Ngoại giao Nga", name=lavrov, sector="other"),
    )
    assert (one.mentions, one.sector) == (3, "other")


def test_what_stays_open_has_candidates_and_no_tenure() -> None:
    made, parts = of(
        lone := told("Giám đốc"),
        told("Giám đốc", "Sở Y tế", HANOI),
        told("Giám đốc", "Sở Xây dựng", SAIGON),
    )
    assert parts[lone.record_id].tenure_id is None
    assert parts[lone.record_id].candidates == tuple(t.tenure_id for t in made)


def persons(*statements: Statement) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    made, _ = of(*statements)
    ids = {p: f"person {i}" for i, p in enumerate(dict.fromkeys(t.person_id for t in made), 1)}
    yield from ((ids[t.person_id], t.identity, t.linked_by) for t in made)


@pytest.mark.parametrize(
    ("statements", "identity", "linked_by"),
    [
        ([told("Bí thư", "Huyện ủy", BAC_AI, article="x"), told("Đại biểu", "Quốc hội", article="x")], "one", ("same article",)),
        ([told("Phó Giám đốc", "Sở Y tế", HANOI), told("Giám đốc", "Sở Y tế", HANOI)], "one", ("same body",)),
        ([told("Bí thư", "Huyện ủy", BAC_AI), told("Chủ tịch", "UBND", BAC_AI)], "one", ("same unit",)),
        ([told("Bí thư", "Thành ủy", HANOI), told("Chủ tịch", "UBND", HANOI)], "one", ("same unit",)),
        ([told("Giám đốc", "Sở Y tế", HANOI), told("Chủ tịch", "Hội Luật gia", HANOI)], "open", ()),
        ([told("Giám đốc", "Sở Y tế", HANOI), told("Giám đốc", "Sở Y tế", SAIGON)], "open", ()),
        ([told("Chủ tịch", "UBND", BAC_AI), told("Chủ tịch", "UBND", GO_CONG)], "apart", ()),
        ([told("Chủ tịch", "UBND", BAC_AI), told("Thứ trưởng", "Bộ Y tế")], "open", ()),
    ],
)  # fmt: skip
def test_people_of_one_name(statements: list[Statement], identity: str, linked_by: tuple[str, ...]) -> None:
    found = list(persons(*statements))
    assert {f[1:] for f in found} == {(identity, linked_by)}
    assert len({f[0] for f in found}) == (1 if identity == "one" else 2)


def test_candidates_are_named() -> None:
    made, _ = of(told("Chủ tịch", "UBND", BAC_AI), told("Thứ trưởng", "Bộ Y tế"))
    assert made[0].candidates == (made[1].person_id,)
    assert [t.namesakes for t in made] == [1, 1]


def test_a_name_that_many_have_names_the_first_candidates_alone() -> None:
    made, parts = of(
        *(told("Giám đốc", f"Sở {chr(65 + i)}{i}", HANOI) for i in range(50)), lone := told("Giám đốc")
    )
    assert {t.namesakes for t in made} == {49}
    assert {len(t.candidates) for t in made} == {20}
    assert all(t.person_id not in t.candidates for t in made)
    assert len(parts[lone.record_id].candidates) == 20


def test_the_order_of_statements_makes_no_difference() -> None:
    statements = [
        told("Bộ trưởng", article="x", day="2017-01-01"),
        told("Bộ trưởng", "Y tế", article="x", day="2017-01-01"),
        told("Chủ tịch", "UBND", BAC_AI, how="former"),
        told("Bí thư", "Huyện ủy", BAC_AI, day="2016-01-01"),
        told("Giám đốc"),
    ]
    expected = tenures(statements)
    for seed in range(5):
        random.Random(seed).shuffle(statements)
        assert tenures(statements) == expected


# Who held an office before and after ---------------------------------------------------------------------------------


def chairs(*rows: tuple[str, str | None, str]) -> list[Tenure]:
    """Chairs of one unit: name, day, how it is told."""
    made: list[Tenure] = []
    for name, group in itertools.groupby(rows, key=lambda r: r[0]):
        made += tenures([told("Chủ tịch", "UBND", BAC_AI, day=d, how=h, name=name) for _, d, h in group])[0]
    return made


A, B, C = "Trần Văn An", "Lê Thị Bình", "Phạm Công"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(A, "2010-01-01", "current"), (B, "2016-01-01", "current")], [(None, B, "dates"), (A, None, "dates")]),
        ([(A, "2010-01-01", "current"), (B, "2012-01-01", "current"), (C, "2016-01-01", "current")],
         [(None, B, "dates"), (A, C, "dates"), (B, None, "dates")]),
        ([(A, None, "former"), (B, None, "current")], [(None, B, "former"), (A, None, "former")]),
        ([(A, None, "former"), (B, None, "former"), (C, None, "current")], [(None, None, None)] * 3),
        ([(A, None, "former"), (B, "2016-01-01", "current"), (C, "2019-01-01", "current")],
         [(None, B, "former"), (A, C, "former"), (B, None, "dates")]),
        ([(A, None, "current"), (B, None, "current")], [(None, None, None)] * 2),
        ([(A, "2017", "current"), (B, "2017-05-01", "current")], [(None, None, None)] * 2),
    ],
)  # fmt: skip
def test_predecessors_and_successors(
    rows: list[tuple[str, str | None, str]], expected: list[tuple[str | None, str | None, str | None]]
) -> None:
    made = chairs(*rows)
    names = {t.tenure_id: t.name for t in made} | {None: None}
    found = [
        (names[n.predecessor_id], names[n.successor_id], n.predecessor_by or n.successor_by)
        for n in neighbours(made[0].office, [t.holder for t in made])
    ]  # type: ignore[index]
    assert found == expected


def test_two_holders_at_one_time_are_said() -> None:
    made = chairs((A, "2016-01-01", "current"), (A, "2016-12-01", "current"), (B, "2016-06-01", "current"))
    assert [n.overlaps for n in neighbours(made[0].office, [t.holder for t in made])] == [
        (made[1].tenure_id,),
        (made[0].tenure_id,),
    ]


def test_deputies_have_no_predecessors() -> None:
    made = [
        t
        for name, day in ((A, "2010-01-01"), (B, "2016-01-01"))
        for t in tenures([told("Phó Chủ tịch", "UBND", BAC_AI, day=day, name=name)])[0]
    ]
    assert [
        (n.predecessor_id, n.successor_id) for n in neighbours(made[0].office, [t.holder for t in made])
    ] == [(None, None)] * 2


@pytest.mark.parametrize(
    ("a", "b", "sure"),
    [
        ("2016", "2017-01-01", True),
        ("2017", "2017-01-01", False),
        ("2017-01-31", "2017-02", True),
        (None, "2017", False),
        ("2017", None, False),
        ("2017-01-01", "2017-01-01", False),
    ],
)
def test_dates_of_unlike_length(a: str | None, b: str | None, sure: bool) -> None:
    assert before(a, b) is sure
