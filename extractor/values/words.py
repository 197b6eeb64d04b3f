"""The words that the checker's reader of values knows: digits, scales and units. It shares none with the rules."""

from __future__ import annotations

DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
SCALES = {
    "mươi": 10, "chục": 10, "trăm": 100, "nghìn": 10**3, "ngàn": 10**3, "k": 10**3, "kđ": 10**3, "thousand": 10**3, "vạn": 10**4,
    "triệu": 10**6, "tr": 10**6, "trđ": 10**6, "million": 10**6, "mn": 10**6,
    "tỷ": 10**9, "tỉ": 10**9, "billion": 10**9, "bn": 10**9, "trillion": 10**12,
}  # fmt: skip
OTHER = ("mười", "rưỡi", "lẻ", "linh", "phẩy", "nửa")
UNITS = {
    "VND": "đồng, đ, vnd, vnđ, việt nam đồng, đồng việt nam, tiền việt nam, dong, trđ, kđ, ₫",
    "USD": "usd, us$, $, đô la mỹ, đô la, đô-la mỹ, đô-la, đôla mỹ, đôla, đô mỹ, đô, mỹ kim, us dollars, dollars, dollar",
    "EUR": "eur, euro, euros, €, ơ rô",
    "GBP": "gbp, bảng anh, bảng, £",
    "JPY": "jpy, yên nhật, yên, yen, ¥",
    "CNY": "cny, rmb, ndt, nhân dân tệ, tệ, yuan",
    "KRW": "krw, won hàn quốc, won, ₩",
    "THB": "thb, baht thái, bath thái, baht, bath, bạt",
    "RUB": "rub, rúp, ruble, rub nga",
    "LAK": "lak, kíp lào, kip lào, kíp, kip",
    "KHR": "khr, riel",
    "SGD": "sgd, s$, đô la singapore, đô-la singapore, đôla singapore",
    "AUD": "aud, đô la úc, đô-la úc, đôla úc, đô la australia",
    "CAD": "cad, đô la canada, đô-la canada",
    "NZD": "nzd, đô la new zealand",
    "HKD": "hkd, đô la hồng kông, đô la hong kong, đô-la hồng kông",
    "TWD": "twd, đài tệ, đô la đài loan, tân đài tệ",
    "INR": "inr, rupee, rupi, rupee ấn độ",
    "IDR": "idr, rupiah",
    "MYR": "myr, malaysian ringgit, malaysian ringgits, ringgit malaysia, ringgit, ringgits",
    "PHP": "php, peso philippines, peso",
    "CHF": "chf, franc thụy sĩ, franc thụy sỹ",
    "percent": "%, phần trăm, điểm phần trăm, điểm %, percent, per cent, percentage points, pct, percents",
    "household": "hộ, lượt hộ, households, household",
}  # fmt: skip
KNOWN_UNITS = frozenset(UNITS)
# "3 đồng chí", "5 hộ chiếu", "2 tỷ lệ": the word is part of another one
NOT_AFTER = {
    "đồng": "chí|bào|hồ|đội|nghiệp|phạm|loạt|hương|bộ|minh|ruộng|lúa|cỏ|muối|môn|thuận",
    "hộ": "khẩu|chiếu|tịch|lý|sinh|vệ|tống|lan|pháp|đê",
    "bảng": "tin|hiệu|biểu|xếp|đấu|điểm|giá|[a-h]|lương|đo|chữ|số|vàng|màu",
    "tỷ": "lệ|trọng|giá|suất|số|phú|đối|phần|mỉ", "tỉ": "lệ|trọng|giá|suất|số|phú|đối|phần|mỉ",
    "năm": r"\d{4}|nay|ngoái|trước|sau|tới|qua|học|đầu|thứ|gần|liền|liên",
    "triệu": "tập|hồi|chứng|phú|sơn|phong|vân",
    "đô": "thị|đốc|hộ|vật", "yên": "tâm|bình|tĩnh|ổn|lòng|ngựa",
}  # fmt: skip

# abbreviations that are a scale only behind digits, and currencies that are also common words: only with digits or a scale
SHORT_SCALES = frozenset(("k", "kđ", "tr", "trđ", "mn", "bn"))
COMMON_WORDS = frozenset(("bảng", "tệ", "đô", "yên"))
