"""What an amount is a rate of: 3 triệu đồng/tháng, 50.000 đồng một kg, mỗi hộ được 2 triệu đồng."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

import regex

from rules.base import Span
from rules.numbers import END
from rules.numerals import number_words
from rules.words import alternation, first_forms, forms, lexicon, word_starts

REACH = 90
"""How far before an amount the words of its rate may begin, in code points."""


def _thing() -> str:
    """A thing that amounts are rates of, with its state: hộ nghèo, nạn nhân tử vong, héc-ta."""
    data = lexicon("rates")
    states = rf"[ ]+{alternation(data['states'])}{END}"
    things = alternation([*data["things"], *data["times"]])
    return rf"(?:(?!{alternation(data['not_things'])}{END}){things}{END}(?:{states})?(?!{states}))"


@cache
def _slash() -> regex.Pattern[str]:
    """/tháng, /người/năm, /ha/vụ, / 100 kg, /m2, /m 2, /chục trái; not 5/10 tỷ"""
    word = r"[\p{L}\p{M}][\p{L}\p{M}\d²³-]*+"
    one = rf"(?:\d{{1,4}}[ ]?(?!{alternation(number_words().scales)}{END}))?(?:(?:k?m|cm)[ ][23](?![\d.,])|{_thing()}|{word})"
    return regex.compile(
        rf"[ ]?/[ ]?(?:1[ ]?(?=\p{{L}}))?(?P<per>{one}(?:[ ]?/[ ]?{one}){{0,2}})", regex.IGNORECASE
    )


@cache
def _behind() -> regex.Pattern[str]:
    """mỗi tháng, cho mỗi hộ, một héc-ta, tiền hỗ trợ hằng tháng"""
    data = lexicon("rates")
    thing, time = _thing(), alternation(data["times"])
    receiver = rf"(?!cho[ ]+(?:một|1)[ ]+{alternation(data['persons'])}{END})"
    return regex.compile(
        rf"(?:[ ]+{alternation(data['nouns'])}(?:[ ]+\p{{L}}+){{0,3}}?)?[ ]+{receiver}(?:(?:cho|trên)[ ]+)?"
        rf"(?:{alternation(data['each'])}[ ]+(?P<per>{thing}(?:[ ]*/[ ]*{thing})?)(?:,?[ ]+mỗi[ ]+(?P<time>{time}){END})?"
        rf"|{alternation(data['each_time'])}[ ]+(?P<per>{time}{END})(?![ ]+\d)|mỗi[ ]+(?P<per>\p{{L}}+))",
        regex.IGNORECASE,
    )


@cache
def _begins_behind() -> re.Pattern[str]:
    """The first words of `_behind`: a cheap look."""
    data = lexicon("rates")
    words = ["cho", "trên", "mỗi", *data["nouns"], *data["each"], *data["each_time"]]
    return re.compile(rf"[ ]+{alternation(first_forms(words))}")


@cache
def _begins_before() -> re.Pattern[str]:
    """How those of `_before` begin: a cheap look."""
    data = lexicon("rates")
    each_time = [f"{each} {time}" for each in data["each_time"] for time in data["times"]]
    words = ["mỗi", "từng", "một", "bình quân", "trung bình", "bình bình", "trung quân", *each_time]
    return re.compile(rf"{word_starts(forms(words))}(?!\w)|1(?=[ ]?[^\W\d_])")


@cache
def _each() -> regex.Pattern[str]:
    """mỗi hộ, từng con, bình quân một hộ, hằng tháng: how the first of `_before` begins"""
    data = lexicon("rates")
    return regex.compile(
        rf"(?:mỗi|từng|(?:bình|trung)[ ]+(?:quân|bình)[ ]+(?:một|1))[ ]+{_thing()}"
        rf"|{alternation(data['each_time'])}[ ]+{alternation(data['times'])}{END}",
        regex.IGNORECASE,
    )


@cache
def _before() -> tuple[regex.Pattern[str], ...]:
    """Rates told before the amount, the nearest wins; no other figure and no stop between.

    The first is read from its end, the others where `_begins_before` finds their first word.
    """
    data = lexicon("rates")
    thing, time = _thing(), alternation(data["times"])
    words = r"(?:(?-i:\p{Ll})\p{L}*|\p{Lu}{2,5})(?:[ ](?:(?-i:\p{Ll})\p{L}*|\p{Lu}{2,5})){0,4}?"
    return (
        # mỗi hộ được hỗ trợ 2 triệu đồng; mỗi tháng, gia đình nhận 540.000 đồng; bình quân một hộ thu 50 triệu
        regex.compile(
            rf"(?r)(?<![\p{{L}}])(?:(?:mỗi|từng|(?:bình|trung)[ ]+(?:quân|bình)[ ]+(?:một|1))[ ]+(?P<per>{thing}){END}(?:[^\d,.;:()]{{0,24}},)?[^\d,.;:()]{{0,64}}?"
            rf"|{alternation(data['each_time'])}[ ]+(?P<per>{time}){END},?[^\d,.;:()]{{0,42}}?)$",
            regex.IGNORECASE,
        ),
        # mỗi biển số đẹp một tỉ đồng; mỗi con bò sữa cho lãi 100.000 đồng: any thing, with nothing but its verb behind
        regex.compile(
            rf"(?<![\p{{L}}])mỗi[ ]+(?P<per>(?-i:\p{{Ll}})\p{{L}}*(?:[ ]+(?-i:\p{{Ll}})\p{{L}}*){{0,3}}?)(?:[ ]+{alternation(data['gets'])})*[ ]*$",
            regex.IGNORECASE,
        ),
        # chi phí bình quân một đợt điều trị nội trú là 3 triệu đồng; 1 kg thịt hun khói có giá 800.000 đồng
        regex.compile(
            rf"(?<![\p{{L}}])(?:bình[ ]quân|trung[ ]bình)[ ](?:một|1|mỗi)[ ](?P<per>{words})[ ](?:là|khoảng|lên[ ]tới|lên[ ]đến|hết|tốn)[ ]*$",
            regex.IGNORECASE,
        ),
        regex.compile(
            rf"(?<![\p{{L}}\d.,])(?:một|1)[ ]?(?P<per>{thing}){END}(?:[ ](?-i:\p{{Ll}})\p{{L}}*){{0,5}}?[ ](?:có[ ]giá|trị[ ]giá|giá)(?:[ ](?:là|khoảng|từ|chỉ|tới|đến))*[ ]*$",
            regex.IGNORECASE,
        ),
        # một năm có 30.000 tỷ đồng; not sau một năm
        regex.compile(
            rf"(?<![\p{{L}}])(?<!{alternation(data['spans'])}[ ])(?:một|1)[ ]+(?P<per>{time}){END}(?:[ ]+{alternation(data['yields'])}){{0,3}}[ ]*$",
            regex.IGNORECASE,
        ),
    )


@cache
def _told_again() -> regex.Pattern[str]:
    """7 USD, tương đương 150 nghìn đồng; 7 USD (khoảng 150 nghìn đồng): the same amount in another currency"""
    return regex.compile(
        r"[ ,]*(?:\([ ]*|tương[ ]đương(?:[ ]với)?|tức(?:[ ]là)?)(?:[ ]*(?:tương[ ]đương|khoảng|gần|hơn|~))*[ ]*"
    )


def told_again(sentence: str, end: int, start: int) -> bool:
    """Whether the amount at `start` is the one that ended at `end` told again, and so has its rate."""
    return _told_again().fullmatch(sentence, end, start) is not None


@cache
def _to_level() -> regex.Pattern[str]:
    """(từ 1.000 đồng) lên 3.000 đồng/lít; 6.000 đồng/lít thay vì (2.000 đồng)"""
    words = alternation(lexicon("rates")["levels"])
    return regex.compile(
        rf"(?:[ ]?/[^\s.,;]+)?[^\d.,;:()]{{0,24}}?(?<![\p{{L}}]){words}{END}[^\d.,;:()]{{0,24}}",
        regex.IGNORECASE,
    )


def levels(sentence: str, end: int, start: int) -> bool:
    """Whether the amounts that end and start at two places are two levels of one thing, so that a rate holds for both."""
    return start - end < 60 and _to_level().fullmatch(sentence, end, start) is not None


@cache
def _counted_thing() -> regex.Pattern[str]:
    """40.000 đồng/viên (đá): what the classifier counts, with nothing else behind it"""
    return regex.compile(r"[ ](?P<thing>\p{Ll}\p{L}*)(?=[,.;)]|$)")


@cache
def _and_time() -> regex.Pattern[str]:
    """12.000 đồng/m2 mỗi tháng"""
    return regex.compile(
        rf",?[ ]mỗi[ ](?P<time>{alternation(lexicon('rates')['times'])}){END}", regex.IGNORECASE
    )


@cache
def _known_slash() -> regex.Pattern[str]:
    """/ngày, /m2: a rate of a thing that amounts are rates of"""
    return regex.compile(rf"[ ]?/[ ]?(?:1[ ]?)?{_thing()}", regex.IGNORECASE)


def has_slash(sentence: str, end: int) -> bool:
    """Whether a known rate stands directly behind a number: 600.000/ngày."""
    return _known_slash().match(sentence, end) is not None


def rate(sentence: str, start: int, end: int) -> tuple[str | None, Span | None]:
    """The unit of an amount's rate and its span in the sentence; (None, None) for an amount that is no rate."""
    data = lexicon("rates")
    if "/" in sentence[end : end + 2] and (m := _slash().match(sentence, end)):
        per = " ".join(m["per"].replace(" /", "/").replace("/ ", "/").split())
        if thing := _counted_thing().match(sentence, m.end()) if per in data["classifiers"] else None:
            return f"{per} {thing['thing']}", (m.start("per"), thing.end("thing"))
        if time := _and_time().match(sentence, m.end()):
            return f"{per}/{time['time']}", m.span("per")
        return per, m.span("per")
    if (
        sentence.startswith(" ", end)
        and _begins_behind().match(sentence, end)
        and (m := _behind().match(sentence, end))
    ):
        per = " ".join(m["per"].split())
        return (f"{per}/{m['time']}" if m["time"] else per), m.span("per")
    window = max(0, start - REACH)
    begins = [m.start() for m in _begins_before().finditer(sentence, window, start)]
    if not begins:
        return None, None
    told, *others = _before()
    each = any(_each().match(sentence, at, start) for at in begins)
    found = [m] if each and (m := told.match(sentence, window, start)) else []
    for pattern in others:
        found += islice(filter(None, (pattern.match(sentence, at, start) for at in begins)), 1)
    if not found:
        return None, None
    best = found[0]
    for other in found[1:]:  # mỗi con bò sữa, not mỗi con
        if other.start("per") == best.start("per") and best["per"].lower() in data["classifiers"]:
            best = other
    return " ".join(best["per"].split()), best.span("per")
