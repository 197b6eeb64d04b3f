"""The places, officials and times of an article, with what is read of them for its figures and for the officials themselves."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from rules.anchors import Told, told_times
from rules.base import Link, Mention, Reading
from rules.meaning.discourse import Topic, topics
from rules.meaning.order import InOrder
from rules.meaning.serving import serve


class Others:
    """The mentions of an article that are no figures, and its times. What is read of them is read once, when it is first asked for."""

    def __init__(self, reading: Reading, mentions: Iterable[Mention]) -> None:
        """`mentions` in the order of the text, figures among them or not."""
        kept = [m for m in mentions if m.kind in ("place", "official")]
        self.places = tuple(m for m in kept if m.kind == "place")
        self.officials = tuple(m for m in kept if m.kind == "official")
        self._reading = reading

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """The times of the text, each with what it is said of."""
        return told_times(self._reading.text)

    @cached_property
    def units(self) -> InOrder[Mention]:
        """The places that have a code."""
        return InOrder(m for m in self.places if m.fields.get("code"))

    @cached_property
    def topics(self) -> InOrder[Topic]:
        """What is spoken of from place to place."""
        return InOrder(topics(self._reading, self.units.items))

    @cached_property
    def served(self) -> tuple[Link | None, ...]:
        """For each official the unit that the body serves, None for national bodies and where the text gives none."""
        return serve(self._reading, self.officials, self.units, lambda: self.topics)
