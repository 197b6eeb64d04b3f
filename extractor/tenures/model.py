"""What tenures are made of: statements as records tell them, and tenures as they are told to users."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

UnitKey = tuple[str, str]

Told = Literal["current", "former", "acting"]
State = Literal["held", "former", "unclear"]
Identity = Literal["one", "apart", "open"]


class Statement(NamedTuple):
    """A record of a person in an office, with what its article tells.

    `published`: ISO date or its beginning; `story`: what articles share that print one text.
    """

    record_id: str
    article_id: str
    name: str
    position: str
    organisation: str | None
    unit: UnitKey | None
    sector: str
    told: Told
    published: str | None = None
    newspaper: str | None = None
    story: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A statement's part in a tenure. `rule`: how its body was read.

    `tenure_id` is None where the statement leaves open which body it speaks of; `candidates` are then the tenures of
    that name which it may belong to.
    """

    record_id: str
    article_id: str
    tenure_id: str | None
    told: Told
    rule: str
    candidates: tuple[str, ...] = ()


class Holder(NamedTuple):
    """What the order of an office's holders is read from."""

    tenure_id: str
    person_id: str
    acting: bool
    state: str
    first: str | None
    last: str | None
    former_from: str | None


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person in an office of a body, from first to last mention.

    `office`, `body_key`: in one form; `body`: as written most fully. `first`, `last`: dates of articles that tell the
    office as held, None where no article has a date; `former_from`: the first that tells it as over. `person_id`: the
    tenures of one person share it; `identity`: `one` (nobody else of this name is told of), `apart` (others are, told
    apart by unit), `open` (others may be the same: `candidates`). `linked_by`: the rules that made tenures one
    person's. `namesakes`: how many others of the name.
    """

    tenure_id: str
    person_id: str
    name: str
    office: str
    body_key: str
    body: str
    unit: UnitKey | None
    sector: str
    acting: bool
    state: State
    first: str | None
    last: str | None
    former_from: str | None
    mentions: int
    undated: int
    articles: int
    stories: int
    newspapers: int
    identity: Identity
    linked_by: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    namesakes: int = 0

    @property
    def holder(self) -> Holder:
        """What its order among the holders of its office is read from."""
        return Holder(
            self.tenure_id, self.person_id, self.acting, self.state, self.first, self.last, self.former_from
        )


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Who held a single office before and after, of those that articles tell of: others may lie between.

    `predecessor_by`, `successor_by`: by what they are in order, `dates` (one's last mention lies before the other's
    first) or `former` (one is told as over, the other as held). `overlaps`: tenures that articles of the same time
    tell as held, too.
    """

    tenure_id: str
    predecessor_id: str | None = None
    predecessor_by: str | None = None
    successor_id: str | None = None
    successor_by: str | None = None
    overlaps: tuple[str, ...] = ()


def before(a: str | None, b: str | None) -> bool:
    """Whether a date lies surely before another: of "2017" and "2017-05" neither does."""
    if a is None or b is None:
        return False
    length = min(len(a), len(b))
    return a[:length] < b[:length]
