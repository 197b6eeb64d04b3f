"""What an amount is, told by the act that it is paid in: đền bù cho ông A 8 triệu đồng, đặt cọc 2 tỷ."""

from __future__ import annotations

import regex

from rules.base import Mention, Span
from rules.meaning import phrases
from rules.words import alternation, cached, lexicon

# So far before an amount its act stands, with who gets it.
_REACH = 70


@cached
def _act() -> regex.Pattern[str]:
    """(đặt cọc) cho ông A tổng cộng, (trị giá)"""
    words = alternation(lexicon("indicators")["acts"]["words"])
    whom = r"(?:[ ](?:cho|của|với|đối với|về)[ ][^.,;:()\d]{1,40}?)?"
    return regex.compile(
        rf"(?r)(?<!\p{{L}})(?<act>{words}){whom}(?:[ ](?:tổng cộng|tất cả|tối thiểu|tối đa|thêm|với))*[ ]*$",
        regex.IGNORECASE,
    )


def act_before(text: str, start: int, figure: Mention) -> Span | None:
    """The act that an amount is paid in, directly before it or before who gets it."""
    limit, _ = phrases.trim_links(text, start, figure.start)
    m = _act().match(text, max(start, limit - _REACH), limit)
    return m.span("act") if m else None
