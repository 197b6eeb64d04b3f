"""The words of the pages, Vietnamese and English."""

from __future__ import annotations

import regex

Words = tuple[str, str]

KINDS: dict[str, Words] = {
    "money": ("Số tiền", "Money"),
    "percent": ("Tỷ lệ %", "Percent"),
    "households": ("Số hộ", "Households"),
    "place": ("Địa danh", "Places"),
    "official": ("Cán bộ", "Officials"),
    "workers": ("Lao động", "Workers"),
    "people": ("Số người", "People"),
    "area": ("Diện tích", "Area"),
    "output": ("Sản lượng", "Output"),
}

FIELDS: dict[str, Words] = {
    "value": ("Giá trị", "Value"),
    "change": ("Thay đổi", "Change"),
    "indicator": ("Chỉ tiêu", "What is measured"),
    "subject": ("Của ai", "Whose"),
    "category": ("Loại hộ", "Which kind"),
    "of": ("Trên tổng số", "Out of"),
    "basis": ("So với", "Compared with"),
    "per": ("Tính theo", "For each"),
    "place": ("Nơi", "Place"),
    "period": ("Thời gian", "Time"),
    "status": ("Trạng thái", "Status"),
    "name": ("Tên", "Name"),
    "honorific": ("Danh xưng", "Title"),
    "position": ("Chức vụ", "Office"),
    "organisation": ("Cơ quan", "Body"),
    "sector": ("Khu vực", "Sector"),
    "tenure": ("Đương nhiệm", "In office"),
    "level": ("Cấp", "Level"),
    "code": ("Mã đơn vị", "Unit code"),
    "province": ("Thuộc tỉnh", "Province"),
    "candidates": ("Có thể là", "May be"),
    "current": ("Nay thuộc", "Today within"),
    "rule": ("Quy tắc", "Rule"),
    "span": ("Vị trí", "Characters"),
}

CHECKS: dict[str, Words] = {
    "quote": ("Trích đúng nguyên văn", "Quoted word for word"),
    "value": ("Đọc lại ra cùng giá trị", "Read again, same value"),
    "place": (
        "Đơn vị có trong danh mục, khớp với tỉnh nêu trong bài",
        "A known unit, agrees with the province named",
    ),
    "bounds": ("Nằm trong giới hạn hợp lý", "Within its bounds"),
    "arithmetic": ("Khớp với các số khác trong câu", "Agrees with the other figures of the sentence"),
    "name": ("Tên có trong câu", "The name stands in the sentence"),
    "position": ("Chức vụ có trong câu", "The office stands in the sentence"),
}

VERDICTS: dict[str, Words] = {
    "pass": ("đạt", "passed"),
    "fail": ("không đạt", "failed"),
    "unknown": ("chưa rõ", "cannot be told"),
}
SIGNS = {"pass": "✓", "fail": "✗", "unknown": "–"}

VALUES: dict[str, Words] = {
    "increase": ("tăng", "increase"),
    "decrease": ("giảm", "decrease"),
    "actual": ("thực hiện", "actual"),
    "planned": ("kế hoạch, dự kiến", "planned"),
    "public": ("nhà nước", "public"),
    "business": ("doanh nghiệp", "business"),
    "other": ("khác", "other"),
    "current": ("đang giữ chức", "holds the office"),
    "former": ("nguyên, cựu", "former"),
    "acting": ("quyền, phụ trách", "acting"),
    "province": ("tỉnh, thành phố", "province"),
    "district": ("huyện, quận, thị xã", "district"),
    "commune": ("xã, phường, thị trấn", "commune"),
}

QUALIFIERS: dict[str, Words] = {
    "exact": ("", ""),
    "about": ("khoảng", "about"),
    "over": ("hơn", "over"),
    "nearly": ("gần", "nearly"),
    "under": ("dưới", "under"),
    "at_least": ("ít nhất", "at least"),
    "at_most": ("nhiều nhất", "at most"),
}

AGREEMENTS: dict[str, Words] = {
    "single": ("một nguồn", "one source"),
    "confirmed": ("trùng khớp", "confirmed"),
    "compatible": ("không trái nhau", "compatible"),
    "revised": ("đã điều chỉnh", "revised"),
    "conflicting": ("mâu thuẫn", "conflicting"),
}

TENURES: dict[str, Words] = {
    "former": ("đã thôi giữ", "no longer held"),
    "unclear": ("không rõ còn giữ hay không", "unclear whether still held"),
    "acting": ("quyền, phụ trách", "acting"),
    "apart": ("có người trùng tên", "others have this name"),
    "open": ("chưa rõ có phải cùng một người", "may be one with others of this name"),
    "contested": ("cùng lúc có người khác giữ", "another holds it at the same time"),
}

IDENTITIES: dict[str, Words] = {
    "one": ("Không có ai khác trùng tên trong kho bài.", "Nobody else of this name is told of."),
    "apart": (
        "Có người khác trùng tên, phân biệt được theo đơn vị.",
        "Others have this name; units tell them apart.",
    ),
    "open": (
        "Có người trùng tên; chưa rõ có phải cùng một người hay không.",
        "Others have this name; whether they are the same person is open.",
    ),
}


def kind(name: str) -> Words:
    """A kind's name for readers; of a kind of one's own the name that it has."""
    own = name.replace("_", " ")
    return KINDS.get(name, (own, own))


def value(name: str) -> Words:
    """A fixed value of the contract for readers."""
    return VALUES.get(name, (name, name))


_ORDER = ("", "I", "II", "III", "IV")


def period(code: str) -> Words:
    """`2016-Q1` as quý I/2016, first quarter of 2016."""
    if m := regex.fullmatch(r"(\d{4})-Q([1-4])", code):
        return f"quý {_ORDER[int(m[2])]}/{m[1]}", f"quarter {m[2]} of {m[1]}"
    if m := regex.fullmatch(r"(\d{4})-H([12])", code):
        half = ("sáu tháng đầu", "first half of") if m[2] == "1" else ("sáu tháng cuối", "second half of")
        return f"{half[0]} năm {m[1]}", f"{half[1]} {m[1]}"
    if m := regex.fullmatch(r"(\d{4})-(\d+)M", code):
        return f"{m[2]} tháng đầu năm {m[1]}", f"first {m[2]} months of {m[1]}"
    if m := regex.fullmatch(r"(\d{4})-(\d\d)", code):
        return f"tháng {int(m[2])}/{m[1]}", code
    if m := regex.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", code):
        return f"{int(m[3])}/{int(m[2])}/{m[1]}", code
    if m := regex.fullmatch(r"(\d{4})", code):
        return f"năm {code}", code
    if "/" in code:
        first, last = (period(part) for part in code.split("/", 1))
        return f"{first[0]} – {last[0]}", f"{first[1]} – {last[1]}"
    return code, code
