"""An office in one form: "PCT Thường trực", "Phó Chủ tịch" are one; rules in their order below."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from extractor.tenures.words import starts, words
from rules.words import lexicon


@dataclass(frozen=True, slots=True)
class Office:
    """An office without its body.

    `body`: the one that it tells by itself ("Thủ tướng"), `first`: the first words of one ("Bộ trưởng": Bộ), else
    empty. `acting`: the words themselves say so ("Phó Giám đốc phụ trách").
    """

    name: str
    body: str = ""
    first: str = ""
    acting: bool = False

    @property
    def single(self) -> bool:
        """Whether one person holds it at a time."""
        told = lexicon("tenures")["offices"]
        return not any(starts(self.name, word) for word in (*told["several"], *told["deputy"]))

    @property
    def few(self) -> bool:
        """Whether so few hold it that a name with it tells the person."""
        return self.name in lexicon("tenures")["offices"]["few"]


@cache
def office(position: str) -> Office:
    """The office of a position as a record has it.

    Rules in their order: `abbreviation` (PCT), `detail` (one of several deputies: "Thường trực"), `leader` ("Phó
    ban" is "Phó trưởng ban"), `other words` ("Cục phó" is "Phó Cục trưởng").
    """
    told = lexicon("tenures")["offices"]
    name = " ".join(words(position, told["short"]))
    acting = name.endswith(" phụ trách")
    for detail in sorted(told["details"], key=len, reverse=True):
        name = name.removesuffix(" " + detail)
    if any(starts(name, d) for d in told["deputy"]):
        for detail in told["details_of_deputies"]:
            name = name.removesuffix(" " + detail)
    deputy, _, rest = name.partition(" ")
    if deputy == "phó" and rest in told["led"]:
        name = f"phó trưởng {rest}"
    same = told["same"].get(name, name)
    body, first = (told[k].get(name) or told[k].get(same, "") for k in ("body", "first"))
    return Office(same, body, first, acting)
