"""Times of figures from further away: the same figure told in full elsewhere, the day of an event."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from functools import cache
from itertools import islice

import regex

from rules.base import Mention, Reading
from rules.meaning.said import Said
from rules.words import alternation, lexicon

# Only so many figures are compared with a rounded one of the title.
_COMPARED = 200


def retold(reading: Reading, figures: tuple[Mention, ...], found: list[Said | None]) -> list[Said | None]:
    """The time of a figure that the article tells once more: where it tells it in full, it tells its time.

    A figure of the title may be rounded ("1.000 tỷ" for "1.069 tỷ"); one further down must be long enough to
    be no other by chance.
    """
    places: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for j, other in enumerate(found):
        if other is not None and other.period is not None and other.form != "now":
            places[_key(figures[j])].append(j)
    if not places:
        return found
    out = list(found)
    for i, figure in enumerate(figures):
        if (own := found[i]) is not None and own.period is not None and own.form != "now":
            continue
        title = figure.end <= reading.title[1]
        lead = title or reading.sentence_index(figure.start) <= 2
        near: list[int] = []
        if lead or _is_telling(figure):
            near = places.get(_key(figure), [])[:_COMPARED]
        if (
            not near
            and i < _COMPARED
            and (title or (lead and figure.fields.get("qualifier", "exact") != "exact"))
        ):
            near = _rounded(figure, figures, places)
        if near := [j for j in near if j != i]:
            out[i] = found[min(near, key=lambda j: abs(j - i))]
    return out


def _key(figure: Mention) -> tuple[object, ...]:
    return figure.kind, figure.fields.get("unit"), figure.fields["value_max"]


def _rounded(
    figure: Mention, figures: tuple[Mention, ...], places: dict[tuple[object, ...], list[int]]
) -> list[int]:
    """Figures that a rounded one may stand for: within a tenth of it."""
    kind, unit, value = figure.kind, figure.fields.get("unit"), figure.fields["value_max"]
    close = []
    for (other_kind, other_unit, other), at in islice(places.items(), _COMPARED):
        if (
            (other_kind, other_unit) == (kind, unit)
            and isinstance(other, Decimal | int)
            and 10 * abs(value - other) <= other
        ):
            close += at
    return close


def _is_telling(figure: Mention) -> bool:
    """Whether a value has three digits that count: it is not another one by chance."""
    digits = str(figure.fields["value_max"]).split("E")[0].replace(".", "")
    return len(digits.strip("0")) >= 3


@cache
def _event() -> regex.Pattern[str]:
    words = alternation(lexicon("periods")["roles"]["event"])
    return regex.compile(rf"(?<!\w){words}(?!\w)", regex.IGNORECASE)


def of_event(
    reading: Reading, figures: tuple[Mention, ...], found: list[Said | None], said: tuple[Said, ...]
) -> list[Said | None]:
    """What an event did has the event's day, where the article tells one full date: "vụ cháy làm 10 hộ …"."""
    days = [t for t in said if t.form == "day" and t.period and t.period[:4] in reading.text[t.start : t.end]]
    if len({t.period for t in days}) != 1:
        return found
    out = list(found)
    tells: dict[int, bool] = {}
    for i, figure in enumerate(figures):
        if found[i] is None:
            number = reading.sentence_index(figure.start)
            if number not in tells:
                tells[number] = _event().search(reading.text, *reading.sentence_at(figure.start)) is not None
            if tells[number]:
                out[i] = days[0]
    return out
