"""What scanning hands to resolution: a mention of a unit that may mean several."""

from __future__ import annotations

from typing import NamedTuple

from rules.gazetteer.units import Unit

LEVEL_OF_TYPE = {
    "tỉnh": "province",
    "thành phố": "district",
    "quận": "district",
    "huyện": "district",
    "thị xã": "district",
    "xã": "commune",
    "phường": "commune",
    "thị trấn": "commune",
    "đặc khu": "commune",
}
RANK = {"commune": 0, "district": 1, "province": 2}


class Found(NamedTuple):
    """A mention of a unit as scanned. `start`, `end`: code points of the folded text, end exclusive.

    `units`: every state of every unit that it may name, none for a name that no list has. `typed`: the
    type word that it stands with or shares in a list. `group`: mentions of one list share a number.
    `sure`: it counts by itself; else only when the article supports it. `former`: the text says that the
    unit is of an earlier generation.
    """

    start: int
    end: int
    name: str
    units: tuple[Unit, ...]
    typed: str | None
    group: int
    sure: bool = True
    former: bool = False

    @property
    def rank(self) -> int:
        """0 commune, 1 district, 2 province: the highest that it may be."""
        if len(self.units) == 1:
            return RANK[self.units[0].level]
        if self.units:
            return max(RANK[u.level] for u in self.units)
        return RANK[LEVEL_OF_TYPE[self.typed or "xã"]]
