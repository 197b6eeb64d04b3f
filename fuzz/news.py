"""Vietnamese news text made up by Hypothesis: figures, names, bodies, dates, and the ways in which they are written wrongly."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

Text = st.SearchStrategy[str]


def one(words: str) -> Text:
    """One of the words of a list parted by `|`."""
    return st.sampled_from(words.split("|"))


def join(*parts: Text | str) -> Text:
    """The parts one behind the other."""
    return st.tuples(*(st.just(p) if isinstance(p, str) else p for p in parts)).map("".join)


WORD_NUMBERS = one(
    "một|hai|ba|bốn|năm|mười|mười lăm|hai mươi mốt|ba trăm|một trăm linh năm|hai nghìn|vài|mấy|hai ba|nửa|chục|"
    "hai phẩy năm|5 phẩy 2,5|3 phẩy|một triệu hai trăm nghìn|năm mươi|bảy mươi tư"
)
DIGITS = st.one_of(
    st.integers(1, 10**7).map(str),
    st.integers(1, 10**10).map(lambda n: f"{n:,}".replace(",", ".")),
    st.integers(1, 10**7).map(lambda n: f"{n:,}"),
    st.tuples(st.integers(1, 5000), st.integers(1, 999)).map(lambda p: f"{p[0]},{p[1]}"),
    st.tuples(st.integers(1, 500), st.integers(1, 99)).map(lambda p: f"{p[0]}.{p[1]}"),
    st.integers(1, 31).map(lambda n: f"{n:02d}"),
)
NUMBER = st.one_of(DIGITS, DIGITS, DIGITS, WORD_NUMBERS)
SCALE = one("| triệu| tỷ| tỉ| nghìn| ngàn| trăm triệu| nghìn tỷ| tỷ rưỡi|tr|k| vạn| trăm|tỷ|triệu")
CURRENCY = one(" đồng| đồng| đồng| USD| đô la Mỹ| VNĐ|đ|$| euro| nhân dân tệ| bảng Anh|| won")
QUALIFIER = one(
    "||||hơn |khoảng |gần |trên |dưới |chưa đến |ít nhất |tối đa |không quá |từ |lên đến |ước đạt |xấp xỉ |ngót "
)
BETWEEN = one("-| - |–| – | đến | và | tới |/|, |—|~")
PER = one("||||/tháng|/người/năm|/hộ|/kg| mỗi tháng| một năm|/ha| trở lên")
RANGE = st.one_of(NUMBER, NUMBER, NUMBER, join(NUMBER, BETWEEN, NUMBER))
MONEY = join(QUALIFIER, RANGE, SCALE, CURRENCY, PER)
PERCENT = join(QUALIFIER, RANGE, one("%| %| phần trăm|% | điểm phần trăm|٪"))
HOUSEHOLDS = join(
    QUALIFIER,
    RANGE,
    one(" hộ| hộ nghèo| hộ cận nghèo| hộ dân| hộ gia đình| hộ nuôi tôm|/70 hộ| lượt hộ| hộ khẩu"),
)
FIGURE = st.one_of(MONEY, PERCENT, HOUSEHOLDS)

DAY = st.tuples(st.integers(1, 32), st.integers(1, 13), st.integers(1995, 2027))
DATE = st.one_of(
    DAY.map(lambda d: f"ngày {d[0]}/{d[1]}/{d[2]}"),
    DAY.map(lambda d: f"ngày {d[0]}-{d[1]}"),
    DAY.map(lambda d: f"tháng {d[1]}/{d[2]}"),
    DAY.map(lambda d: f"năm {d[2]}"),
    DAY.map(lambda d: f"{d[0]:02d}.{d[1]:02d}.{d[2]}"),
    DAY.map(lambda d: f"giai đoạn {d[2]}-{d[2] + 5}"),
    one(
        "quý I|quý 3/2016|6 tháng đầu năm|9 tháng năm 2017|năm nay|năm ngoái|cùng kỳ|cuối năm|đến nay|"
        "hôm qua|sáng 5/3|nhiệm kỳ 2015 - 2020|từ đầu năm|đến năm 2030|năm học 2016-2017|tháng trước"
    ),
)
SYLLABLES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Hòa|Thúy|Thị|Văn|Đức|Quỳnh|Uyên|Khuê|Loan|Anh|K'Brếp|Y Bhuăn|Sơn La|Đông|A"
)
NAME = st.lists(one(SYLLABLES), min_size=1, max_size=4).map(" ".join)
FULL_NAME = join(
    one("Nguyễn|Trần|Lê|Phạm|Vũ|Hồ|Lò"), " ", one("Văn|Thị|Thúy|Đức|Bá|"), " ", one("Hòa|An|Thủy|Bình|Khoa")
)
HONORIFIC = one("|ông |bà |đồng chí |Thượng tá |PGS.TS |TS. |BS.CKII |Đ/c |anh ")
OFFICE = one(
    "Chủ tịch|Phó Chủ tịch|Bí thư|Phó Bí thư Thường trực|Giám đốc|Trưởng phòng|Bộ trưởng|Chánh Văn phòng|"
    "nguyên Chủ tịch|quyền Giám đốc|Trưởng Công an|đại biểu|Tổng giám đốc|Trưởng thôn|hiệu trưởng"
)
UNIT = one(
    "huyện Gò Công Tây|tỉnh Tiền Giang|tỉnh Hòa Bình|TP. Hồ Chí Minh|TP.HCM|quận 1|Q.3|xã Hòa Thành|phường 5|"
    "thị trấn Vĩnh Bình|huyện Châu Thành|Thừa Thiên - Huế|tỉnh Bà Rịa - Vũng Tàu|Hà Nội|Đà Nẵng|huyện Bác Ái|"
    "các huyện Đức Hòa, Đức Huệ và Bến Lức|Quảng Ninh|thị xã Thuận An|đặc khu Phú Quốc|Krông Pắc|TX Long Mỹ|"
    "Hà Tây|huyện Ea H'leo|xã A Dơi|huyện Thủy Nguyên|xã Thụy Hòa|P.12|tỉnh|huyện|địa phương"
)
BODY = st.one_of(
    join(
        one("UBND |Huyện ủy |Tỉnh ủy |HĐND |Công an |Hội Nông dân |Sở Y tế |Sở GD-ĐT |Phòng LĐ-TB&XH |"), UNIT
    ),
    one(
        "Quốc hội|Bộ Tài chính|Công ty CP Hòa Phát|Bệnh viện Bạch Mai|Vietcombank|Chính phủ|Trường THPT số 2"
    ),
)
OFFICIAL = st.one_of(
    join(HONORIFIC, FULL_NAME, one(", | - |-| – | ("), OFFICE, " ", BODY),
    join(OFFICE, " ", BODY, " ", HONORIFIC, NAME),
    join(HONORIFIC, NAME, " - ", OFFICE, " ", BODY, one(", |; | và "), OFFICE, " ", BODY),
)
SUBJECT = one(
    "thu ngân sách|thu nhập bình quân đầu người|tỷ lệ hộ nghèo|tổng vốn đầu tư|dư nợ|kim ngạch xuất khẩu|GRDP|doanh thu|"
    "lợi nhuận trước thuế|giá cà phê|kinh phí|công nghiệp|hộ nghèo|sản lượng|số hộ cận nghèo|mức phạt|chi phí"
)
VERB = one(
    " đạt | tăng | giảm | còn | chiếm | là | lên | xuống | giảm từ | tăng thêm | hỗ trợ | sẽ đạt | phấn đấu đạt |"
    " vượt | có | cho |: "
)
BASIS = one("| so với cùng kỳ| so với năm 2015| dự toán giao| kế hoạch năm| tổng số hộ| GDP")
PLAIN_SENTENCES = (
    "Con đường làng rợp bóng cây xanh.",
    "Mùa lúa chín vàng khắp cánh đồng quê.",
    "Bầu trời trong và gió thổi nhẹ.",
    "Tiếng chim hót vang sau vườn.",
)
"""Sentences that name no figure, place, time, person, plan or measure."""
PLAIN = st.sampled_from(PLAIN_SENTENCES)
JOINT = one(
    ", |; | và | (|) |, trong đó |. |: | với | của | tại | ở |, tương đương | – | - | |, lần lượt là "
)
SENTENCE = st.one_of(
    join(DATE, ", ", UNIT, VERB, FIGURE, " cho ", HOUSEHOLDS, "."),
    join(SUBJECT, " của ", UNIT, " ", DATE, VERB, FIGURE, BASIS, JOINT, FIGURE, "."),
    join(SUBJECT, VERB, FIGURE, " (", FIGURE, ")", JOINT, SUBJECT, VERB, FIGURE, BASIS, "."),
    join(
        one("Theo |Sáng nay, |"),
        OFFICIAL,
        one(", cho biết |: “| khẳng định "),
        SUBJECT,
        VERB,
        FIGURE,
        one(".|”.|"),
    ),
    join(SUBJECT, one(" giảm từ | tăng từ "), FIGURE, one(" xuống | lên | còn "), FIGURE, " vào ", DATE, "."),
    join(OFFICIAL, "."),
    PLAIN,
)
CHAOS = st.lists(
    st.one_of(
        NUMBER,
        SCALE,
        CURRENCY,
        UNIT,
        NAME,
        OFFICE,
        BODY,
        DATE,
        SUBJECT,
        VERB,
        JOINT,
        FIGURE,
        one("hộ|%|(|)|“|”|…|...|\n|- |• "),
    ),
    min_size=1,
    max_size=12,
).flatmap(lambda parts: one("| | ").map(lambda space: space.join(parts)))
NOISE = st.sampled_from(
    [
        ("", ""),
        ("", ""),
        ("", ""),
        (" ", "  "),
        (" ", "\u00a0"),
        (", ", ","),
        ("-", "–"),
        (".", " ."),
        ("“", '"'),
    ]
)
PARAGRAPH = st.lists(st.one_of(SENTENCE, SENTENCE, SENTENCE, CHAOS), min_size=1, max_size=4).map(" ".join)
TITLE = st.one_of(join(UNIT, VERB, FIGURE), join(SUBJECT, " ", UNIT), st.just("Bản tin chiều"), FIGURE)


def _written(parts: tuple[str, Sequence[str], tuple[str, str], str]) -> str:
    title, paragraphs, (right, wrong), end = parts
    text = "\n".join([title, *paragraphs]) + end
    return text.replace(right, wrong) if right else text


ARTICLE: Text = st.tuples(
    TITLE, st.lists(PARAGRAPH, min_size=1, max_size=4), NOISE, one("|\n|\n\n Zalo|\nTheo Báo Mới")
).map(_written)
"""An article: a title, paragraphs of one to four sentences, one fault of typography throughout."""

SHORT: Text = st.one_of(SENTENCE, CHAOS, PARAGRAPH)
"""A text without a title."""

ODD = st.sampled_from(
    "\u200b|\u200d|\ufeff|\u202e|\u202c|\u2066|\xad|\u0301|\x00|\ud800|\r|\t|\u2028|\u3000|👩‍🌾|Ａ|５|²|½|١".split(
        "|"
    )
)
HOSTILE: Text = st.lists(st.one_of(SHORT, SHORT, ODD, st.text(max_size=5)), min_size=1, max_size=8).map(
    "".join
)
"""News with characters in it that no news should hold, and with any other."""

REPEATED: Text = (
    st.lists(
        st.one_of(
            NUMBER,
            SCALE,
            CURRENCY,
            UNIT,
            NAME,
            OFFICE,
            BODY,
            DATE,
            SUBJECT,
            VERB,
            JOINT,
            QUALIFIER,
            one("hộ |%|(|)|“|. |\n|- |,|.|A|Ấ"),
        ),
        min_size=1,
        max_size=4,
    )
    .map("".join)
    .filter(bool)
)
"""What is repeated until it is a long text."""
