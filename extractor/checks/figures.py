"""The value that a figure states and the bounds that it has to keep."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import regex

from extractor.article import Article
from extractor.checks.slices import folded, part
from extractor.records import Figure, Verdict
from extractor.values import KNOWN_UNITS, Value, grouped, read_value, scan, writes_point
from rules.words import in_use


@cache
def _share_words() -> regex.Pattern[str]:
    """Right before the figure: words that make it a part of a whole ("chiếm", "tỷ lệ hộ nghèo là")."""
    return regex.compile(
        r"(?<!\w)(?:chiếm|t[ỷỉ] (?:lệ (?!tăng|giảm|lãi|lạm)|trọng))(?:(?! tăng| giảm| lạm phát)[^,;.%\d]){0,40}$",
        regex.IGNORECASE,
    )


@cache
def _free_words() -> regex.Pattern[str]:
    """Around the figure: words under which more than the whole makes sense (growth, completion of a plan)."""
    return regex.compile(
        r"(?<!\w)(?:tăng|giảm|vượt|gấp|đạt|bằng|lãi|lợi nhuận|so với|cùng kỳ|kế hoạch|dự toán|công suất|nghị quyết|chỉ tiêu|"
        r"lạm phát|chênh|cao hơn|thấp hơn|hoàn thành|thuế|phạt|lương|giá|mức)(?!\w)",
        regex.IGNORECASE,
    )


def value(article: Article, record: Figure) -> Verdict:
    """Whether the value read again from the record's text alone is the one that it states.

    Of what stands before it one word is read: "2 và 3 triệu" is a range behind "giữa".
    """
    text = ("giữa " if _behind_giua(article, record) else "") + part(article, record.text)
    found = read_value(text)
    if not found:
        return "fail" if any(c.isdigit() for c in text) else "unknown"
    stated = _in_words_unit(record, text)
    matching = [v for v in found if v.unit == record.unit and stated in v.readings] or [
        v for v in found if stated in v.readings
    ]
    if not matching:
        return _elsewhere(article, record, found)
    best = matching[0]
    if record.unit in KNOWN_UNITS and not _unit_fits(article, record, best):
        return "fail"
    if record.of is not None and best.of != record.of:
        return "fail" if best.of is not None else "unknown"
    if stated == best.readings[0]:
        return "pass"
    if grouped(best, text) and abs(record.value_max) >= 10**6 and not writes_point(article.text):
        return "fail"  # 1.250 tỷ taken for 1,25 tỷ
    return "unknown"


def _behind_giua(article: Article, record: Figure) -> bool:
    before = article.text[max(record.sentence_start, record.start - 20) : record.start]
    last = before.rstrip()[-1:]
    if not last or (last.isalnum() and last not in "aA"):
        return False  # as of most
    return part(article, before).lower().endswith("giữa ")


def _in_words_unit(record: Figure, text: str) -> tuple[Decimal, Decimal]:
    """The stated values in the unit that the text writes: 0.5 t is 5 where one's own rules say that tạ is 0.1 t."""
    own = in_use().counted.get(record.kind)
    if own is None:
        return record.value_min, record.value_max
    for word in sorted(own.words, key=len, reverse=True):
        if regex.search(rf"(?<!\p{{L}}){regex.escape(word)}(?!\w)", text, regex.IGNORECASE):
            return record.value_min / own.words[word], record.value_max / own.words[word]
    return record.value_min, record.value_max


def _elsewhere(article: Article, record: Figure, found: tuple[Value, ...]) -> Verdict:
    """No reading is the stated value: wrong, unless the scale stands further on ("5 và 7 tỷ đồng", "2 hoặc hơn 3 triệu")."""
    if any(v.unit is not None or v.scaled for v in found):
        return "fail"
    following = _following(article, record)
    if following is None or not following.scaled:
        return "fail" if record.unit in KNOWN_UNITS else "unknown"
    for v in found:
        for low, high in v.readings:
            if (
                low
                and record.value_min / low == record.value_max / high
                and record.value_min / low in _SCALES
            ):
                return "unknown"
    return "fail"


_SCALES = frozenset(Decimal(10) ** n for n in (3, 6, 9, 12))


def _unit_fits(article: Article, record: Figure, found: Value) -> bool:
    if found.unit is not None:
        return found.unit == record.unit
    if record.unit == "VND" and (found.scaled or _is_unsaid(article, record)):
        return True
    following = _following(article, record)
    return following is not None and following.unit == record.unit


def _is_unsaid(article: Article, record: Figure) -> bool:
    """Whether the amount may be đồng that nobody says: 20.000/m2; 80.000 đồng, 50.000."""
    before, text = _folded_before(article, record, 80), part(article, record.text)
    end = len(before) + len(text)
    found = scan(before + text + _folded_behind(article, record, 8))
    return any(v.unsaid and v.end == end for v in found)


def _following(article: Article, record: Figure) -> Value | None:
    """The next value with a unit in the rest of the sentence: a coordination names scale and unit once, at its end."""
    rest = _folded_behind(article, record, 120)
    return next((v for v in scan(rest) if v.unit is not None), None)


def _folded_before(article: Article, record: Figure, width: int) -> str:
    """The sentence before the record, at most `width` folded characters (a letter has up to three marks in NFD)."""
    return folded(article, max(record.sentence_start, record.start - 4 * width), record.start)[-width:]


def _folded_behind(article: Article, record: Figure, width: int) -> str:
    """The sentence behind the record, at most `width` folded characters."""
    end = max(record.end, min(record.sentence_end, record.end + 4 * width))
    return folded(article, record.end, end)[:width]


def bounds(article: Article, record: Figure) -> Verdict:
    """Least is not above most; a share lies within 0–100 %; households are counted in whole numbers."""
    low, high = record.value_min, record.value_max
    if low > high:
        return "fail"
    own = in_use().counted.get(record.kind)
    if record.unit == "household" or (own is not None and not own.fractions):
        whole = low == low.to_integral_value() and high == high.to_integral_value() and low >= 0
        return "pass" if whole and (record.of is None or high <= record.of) else "fail"
    if record.unit == "percent":
        return _percent(article, record)
    return "pass" if low >= 0 else "unknown"


def _percent(article: Article, record: Figure) -> Verdict:
    if record.value_min >= 0 and record.value_max <= 100:
        return "pass"
    if record.change is not None:
        return (
            "fail"
            if record.change == "decrease" and record.value_max > 100 and _is_share(article, record)
            else "pass"
        )
    if _is_share(article, record):
        return "fail"
    around = _folded_before(article, record, 120) + record.text + _folded_behind(article, record, 60)
    return "pass" if _free_words().search(around) else "unknown"


def _is_share(article: Article, record: Figure) -> bool:
    before = _folded_before(article, record, 60)
    return bool(_share_words().search(before))
