"""The unit that an article as a whole is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rules.base import Reading
from rules.gazetteer import units as gazetteer
from rules.meaning.discourse import Topic, holds
from rules.meaning.marks import is_private


@dataclass(frozen=True, slots=True)
class Article:
    """The unit that an article is about (`sure`: by much), and whether it is about a court case or a firm.

    `leaning`: the unit that it is most about where it may be about none, for prices and projects only;
    `leads`: whether that is named in the head, or is it surely. `only`: the one commune that it speaks of.
    """

    home: Topic | None
    sure: bool
    leaning: Topic | None
    leads: bool
    private: bool
    only: Topic | None


def about(reading: Reading, spoken: Sequence[Topic]) -> Article:
    """What an article is about, by what is spoken of in it."""
    return Article(*_home(reading, spoken), is_private(reading.text), _only_commune(spoken))


def _only_commune(spoken: Sequence[Topic]) -> Topic | None:
    """The one commune that an article speaks of; None where it speaks of none or of several."""
    communes = {
        t.unit.key: t for t in reversed(spoken) if t.unit and t.unit.level == "commune" and not t.aside
    }
    return next(iter(communes.values())) if len(communes) == 1 else None


def _home(reading: Reading, spoken: Sequence[Topic]) -> tuple[Topic | None, bool, Topic | None, bool]:
    """The unit that the article as a whole is about, named in its head and often; whether it surely is."""
    weights: Counter[tuple[str, str]] = Counter()
    firsts: dict[tuple[str, str], Topic] = {}
    lead_end = reading.sentences[min(3, len(reading.sentences) - 1)][1] if reading.sentences else 0
    for topic in spoken:
        if topic.aside or topic.unit is None:
            continue
        weight = (
            1
            if topic.kind in ("meant", "speaker")
            else 3
            if topic.start < reading.title[1]
            else 2
            if topic.start < lead_end
            else 1
        )
        firsts.setdefault(topic.unit.key, topic)
        for unit in (topic.unit, *gazetteer.parents(topic.unit)):
            firsts.setdefault(unit.key, Topic(topic.start, topic.end, "named", unit, unit.full_name))
            weights[unit.key] += weight
    units = {key: t.unit for key, t in firsts.items() if t.unit}
    provinces = [(w, k) for k, w in weights.items() if units[k].level == "province"]
    if not provinces:
        return None, False, None, False
    total, best = max(provinces)
    second = sorted(w for w, _ in provinces)[-2] if len(provinces) > 1 else 0
    everything = sum(w for w, _ in provinces)
    clear = total >= 0.5 * everything
    if total < 3 or not (clear or (total >= 0.4 * everything and total >= 2 * second)):
        return None, False, None, False
    for level in ("district", "commune"):
        below = [
            (w, k) for k, w in weights.items() if units[k].level == level and holds(units[best], units[k])
        ]
        if below and max(below)[0] >= 0.6 * total:
            best = max(below)[1]
    leads = total >= 8 or firsts[best].start < lead_end
    return (firsts[best] if clear else None), total >= 8, firsts[best], leads
