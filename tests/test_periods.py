"""The grammar of time expressions: a table of forms, and laws that hold for every text."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

import pytest
import regex
from growth import growth
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.anchors import Role, said_of, told_times
from rules.article_year import article_anchor
from rules.base import Mention, Reading
from rules.meaning import status, when
from rules.meaning.others import Others
from rules.period_grammar import rules
from rules.period_scan import candidates
from rules.periods import Anchor, anchor_of, find, written

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
TODAY = Anchor(2017, 6, 20)

# the words, what they mean on 20 June 2017, what they mean without a date
FORMS = [
    ("năm 2024", "2024", "2024"),
    ("cuối năm 2024", "2024", "2024"),
    ("hết năm 2016", "2016", "2016"),
    ("năm tài chính 2016", "2016", "2016"),
    ("năm 1870", "1870", "1870"),
    ("tháng 5/2017", "2017-05", "2017-05"),
    ("tháng 12-2016", "2016-12", "2016-12"),
    ("tháng 4.2017", "2017-04", "2017-04"),
    ("tháng 6 năm ngoái", "2016-06", None),
    ("tháng 5", "2017-05", None),
    ("tháng trước", "2017-05", None),
    ("ngày 31-10-2016", "2016-10-31", "2016-10-31"),
    ("31/12/2016", "2016-12-31", "2016-12-31"),
    ("ngày 5 tháng 6 năm 2017", "2017-06-05", "2017-06-05"),
    ("ngày 9/8", "2017-08-09", None),
    ("chiều 30.6", "2017-06-30", None),
    ("ngày 30/2/2017", None, None),
    ("hôm qua", "2017-06-19", None),
    ("quý III", "2017-Q3", None),
    ("quý I/2017", "2017-Q1", "2017-Q1"),
    ("quý 4 năm 2016", "2016-Q4", "2016-Q4"),
    ("6 tháng đầu năm 2016", "2016-H1", "2016-H1"),
    ("sáu tháng đầu năm nay", "2017-H1", None),
    ("6 tháng cuối năm 2016", "2016-H2", "2016-H2"),
    ("9 tháng năm 2016", "2016-9M", "2016-9M"),
    ("3 tháng đầu năm 2017", "2017-Q1", "2017-Q1"),
    ("trong 5 tháng", "2017-5M", None),
    ("nửa đầu năm 2016", "2016-H1", "2016-H1"),
    ("nhiệm kỳ 2015-2020", "2015/2020", "2015/2020"),
    ("giai đoạn 2016 - 2020", "2016/2020", "2016/2020"),
    ("vụ đông xuân 2016-2017", "2016/2017", "2016/2017"),
    ("mùa giải 2016/17", "2016/2017", "2016/2017"),
    ("từ năm 2009 đến 2011", "2009/2011", "2009/2011"),
    ("từ năm 2014 đến nay", "2014/2017", None),
    ("từ ngày 9 đến 13-6", "2017-06-09/2017-06-13", None),
    ("ngày 25.1 - 3.2.2017", "2017-01-25/2017-02-03", "2017-01-25/2017-02-03"),
    ("từ tháng 10/2011 đến tháng 7/2012", "2011-10/2012-07", "2011-10/2012-07"),
    ("tháng 1 đến tháng 5/2017", "2017-5M", "2017-5M"),
    ("5 năm tới", "2017/2021", None),
    ("từ đầu năm đến nay", "2017", None),
    ("năm nay", "2017", None),
    ("năm ngoái", "2016", None),
    ("năm trước", "2016", None),
    ("năm sau", "2018", None),
    ("năm vừa qua", "2016", None),
    ("hiện nay", "2017", None),
    ("đến 2020", "2020", "2020"),
    ("3 năm qua", None, None),
    ("thời gian qua", None, None),
    ("hằng năm", None, None),
]


@pytest.mark.parametrize(("words", "today", "undated"), FORMS, ids=[f[0] for f in FORMS])
def test_form(words: str, today: str | None, undated: str | None) -> None:
    text = f"Theo thống kê, {words}, toàn huyện thu nhiều hơn."
    found = [t for t in find(text) if text[t.start : t.end] == words]
    assert len(found) == 1, [text[t.start : t.end] for t in find(text)]
    assert written(found[0], TODAY) == today
    assert written(found[0]) == undated


@pytest.mark.parametrize(
    "text",
    [
        "Hộ nghèo chiếm 12/12 xã, thu 2.016 tỷ đồng và 5.6% lãi.",
        "Ông năm tuổi, bà tháng lương đầu, thực hiện, xuất hiện, phát hiện.",
        "Nửa đầu trận đấu, nửa sau câu chuyện.",
        "Quý độc giả, quý ông, vàng bạc đá quý Sài Gòn.",
    ],
)
def test_nothing(text: str) -> None:
    assert [text[t.start : t.end] for t in find(text)] == []


ROLES = [
    ("so với năm 2015", "basis"),
    ("so với cùng kỳ năm 2016", "basis"),
    ("so với thực hiện năm 2016", "basis"),
    ("cao hơn năm 2015", "basis"),
    ("Luật Đầu tư năm 2014", "document"),
    ("Quyết định số 12/QĐ-UBND ngày 5-6-2015", "document"),
    ("sinh năm 1975", "birth"),
    ("được thành lập vào năm 1998", "birth"),
    ("được sở công bố chiều 30/5", "telling"),
    ("Lãi 2 tỷ, trong khi cùng kỳ năm ngoái", "other"),
    ("Trong năm 2016", "fact"),
]


@pytest.mark.parametrize(("text", "role"), ROLES, ids=[r[0] for r in ROLES])
def test_role(text: str, role: str) -> None:
    *_, last = find(text)
    assert said_of(text, last) is Role(role)


ANCHORS = [
    ("Quý I/2017 thu tăng so với cùng kỳ.", 2017),
    ("Xuất khẩu tăng so với cùng kỳ năm 2016.", 2017),
    ("Từ đầu năm 2017 đến nay, mưa nhiều.", 2017),
    ("Ngày 27.6.2017 họp; sáng nay (28.6) lại họp.", 2017),
    ("Năm 2009 vay tiền, năm 2009 bỏ trốn, năm 2009 bị bắt.", None),
    ("Đến năm 2020 sẽ xong, mục tiêu năm 2025.", None),
    ("Không có năm nào.", None),
]


@pytest.mark.parametrize(("text", "year"), ANCHORS)
def test_anchor_of_a_text(text: str, year: int | None) -> None:
    anchor = article_anchor(text, told_times(text), None)
    assert (anchor and anchor.year) == year


@pytest.mark.parametrize(
    ("published", "anchor"),
    [
        ("2017", Anchor(2017)),
        ("2017-06", Anchor(2017, 6)),
        ("2017-06-20", Anchor(2017, 6, 20)),
        ("2017-06-20T08:30:00", Anchor(2017, 6, 20)),
        (None, None),
        ("", None),
        ("20/6/2017", None),
    ],
)
def test_anchor_of_a_date(published: str | None, anchor: Anchor | None) -> None:
    assert anchor_of(published) == anchor


def test_the_look_before_the_grammar_passes_over_no_rule() -> None:
    patterns = {
        name: regex.compile(rf"(?<!\w)(?:{rule})", regex.IGNORECASE) for name, rule in rules().items()
    }
    lines = [words for words, *_ in FORMS]
    lines += (CORPUS / "links.period.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        tried = {here.start: here.rules for here in candidates(line, 0, len(line))}
        for word, name in product(regex.finditer(r"\b\w", line), patterns):
            if patterns[name].match(line, word.start()):
                assert name in tried.get(word.start(), ()), (line, word.start(), name)


def test_a_time_far_ahead_is_of_the_year_before() -> None:
    (quarter,) = find("quý IV")
    assert written(quarter, Anchor(2017, 1)) == "2016-Q4"
    assert written(quarter, Anchor(2017, 9)) == "2017-Q4"


PERIOD = r"\d{4}(?:-\d\d(?:-\d\d)?|-Q[1-4]|-H[12]|-\d{1,2}M)?"
PIECES = st.sampled_from(
    [w for words, *_ in FORMS for w in words.split()]
    + [
        "đến",
        "từ",
        "-",
        "/",
        ".",
        ",",
        "năm",
        "tháng",
        "2016",
        "13",
        "31/12",
        "%",
        "tỷ",
        "\n",
        "so với",
        "(",
        ")",
    ]
)


@given(st.lists(PIECES, max_size=25).map(" ".join) | st.text(max_size=80))
@settings(max_examples=300, deadline=None)
def test_spans_are_in_order_and_periods_well_formed(text: str) -> None:
    at = 0
    for time in find(text):
        assert at <= time.start < time.end <= len(text)
        at = time.end
        for anchor in (None, Anchor(2017), TODAY, Anchor(2016, 2, 29)):
            period = written(time, anchor)
            assert period is None or regex.fullmatch(f"{PERIOD}(?:/{PERIOD})?", period), (text, period)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from("/-."), st.booleans())
@settings(deadline=None)
def test_a_full_date_is_read_as_itself(day: date, sign: str, padded: bool) -> None:
    d, m = (f"{day.day:02d}", f"{day.month:02d}") if padded else (str(day.day), str(day.month))
    for text in (f"ngày {d}{sign}{m}{sign}{day.year}", f"ngày {d} tháng {m} năm {day.year}"):
        assert [written(t) for t in find(text)] == [day.isoformat()]


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.dates(date(2000, 1, 1), date(2099, 12, 31)))
@settings(deadline=None)
def test_a_day_without_a_year_is_within_a_year_of_the_article(day: date, published: date) -> None:
    (time,) = find(f"ngày {day.day}/{day.month}")
    period = written(time, Anchor(published.year, published.month, published.day))
    if period is not None:  # 29 February has no day in most years
        assert abs((date.fromisoformat(period) - published).days) <= 366
        assert period[5:] == day.isoformat()[5:]


@given(
    st.sampled_from(FORMS),
    st.sampled_from(["", "Trong ", "Vào ", "Tại xã, ", "“"]),
    st.sampled_from(["", ".", ", thu", " thì"]),
)
@settings(deadline=None)
def test_the_surroundings_do_not_change_the_meaning(
    form: tuple[str, str | None, str | None], before: str, behind: str
) -> None:
    text = before + form[0] + behind
    assert written(next(iter(find(text))), TODAY) == form[1]


@pytest.mark.parametrize(
    "token",
    [
        "năm ",
        "tháng 1",
        "từ ngày 1 đến ",
        "2016-",
        "so với ",
        "(",
        "1/1/",
        "quý I ",
        "nếu ",
        "cùng kỳ năm 2016 ",
        "sẽ ",
        "a",
        "trong ",
    ],
)
def test_hostile_input_takes_linear_time(token: str) -> None:
    def linked(text: str) -> None:
        fields = {"value_min": 5, "value_max": 5, "unit": "VND"}
        figure = (Mention("money", len(text) - 9, len(text), "test", fields),)
        reading = Reading(text, ((0, len(text)),))
        others = Others(reading, figure)
        when.link(reading, figure, others)
        status.link(reading, figure, others)

    assert growth(linked, token, " 5 tỷ đồng", size=12_000) < 24
