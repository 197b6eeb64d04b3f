"""The words of the rules: TOML files of `rules/lexicon`, with what a ruleset of one's own adds to them.

A ruleset is chosen for a stretch of code (`using`), never for the process: `lexicon`, and what is built of it
(`cached`), belong to the ruleset in use.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, wraps
from importlib import resources
from typing import TYPE_CHECKING, Any, TypeVar

import regex

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

T = TypeVar("T")

PLAIN_START, PLAIN_END = r"(?<![^\W_])(?<![\u0300-\u036f])", r"(?![^\W_]|[\u0300-\u036f])"
"""Where a word begins and ends, for `re`, which has no classes of letters and of marks."""


@dataclass(frozen=True, slots=True, eq=False)
class Ruleset:
    """What one's own rule files add to the project's words.

    `lexicons`: words by lexicon, in the shape of its file. `counted`: kinds of figure by name (`rules.counted`).
    `digest`: names the content; empty for the project's own. `made`: what was built of the words (`cached`).
    """

    lexicons: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    counted: Mapping[str, Any] = field(default_factory=dict)
    digest: str = ""
    made: dict[object, Any] = field(default_factory=dict, repr=False)

    def __reduce__(self) -> tuple[Any, ...]:
        """For another process: the words alone, patterns are built there."""
        return Ruleset, (self.lexicons, self.counted, self.digest)


OWN = Ruleset()
"""The project's own words, with nothing added."""

_in_use: ContextVar[Ruleset] = ContextVar("ruleset", default=OWN)


@contextmanager
def using(ruleset: Ruleset) -> Iterator[None]:
    """Read with a ruleset: every lexicon and pattern asked for inside is of it."""
    token = _in_use.set(ruleset)
    try:
        yield
    finally:
        _in_use.reset(token)


def in_use() -> Ruleset:
    """The ruleset in use."""
    return _in_use.get()


def cached(make: Callable[[], T]) -> Callable[[], T]:
    """Made once for each ruleset. For what is built of a lexicon that a ruleset may add to."""

    @wraps(make)
    def get() -> T:
        made: dict[object, T] = _in_use.get().made
        try:
            return made[make]
        except KeyError:
            return made.setdefault(make, make())

    return get


class OnDemand(dict[str, T]):
    """Values by name, each made when it is first asked for: few articles ask for every pattern."""

    def __init__(self, make: Callable[[str], T]) -> None:
        """`make`: gives the value of a name."""
        super().__init__()
        self._make = make

    def __missing__(self, name: str) -> T:
        """Make the value and keep it."""
        made = self[name] = self._make(name)
        return made


@cache
def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files("rules.lexicon") / f"{name}.toml").read_text(encoding="utf-8"))


def lexicon(name: str) -> dict[str, Any]:
    """The content of `lexicon/<name>.toml` with what the ruleset in use adds. Callers must not change it."""
    added = _in_use.get()
    if name not in added.lexicons:
        return _file(name)
    if (name, "words") not in added.made:
        added.made[name, "words"] = _joined(_file(name), added.lexicons[name])
    joined: dict[str, Any] = added.made[name, "words"]
    return joined


def _joined(words: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Tables joined key by key, lists one behind the other."""
    joined = dict(words)
    for key, value in more.items():
        own = joined.get(key)
        if isinstance(own, dict):
            joined[key] = _joined(own, value)
        else:
            joined[key] = [*own, *value] if isinstance(own, list) else value
    return joined


def not_behind(words: Iterable[str], *, begin: str = "", blank: str = " ") -> str:
    """A pattern of what stands behind none of the words, with a `blank` between; `begin`: what each begins with.

    Each word has a look-behind of its own, for `re` has none of several widths.
    """
    return "".join(rf"(?<!{begin}{word}{blank})" for word in words)


def alternation(words: Iterable[str], *, backward: bool = False) -> str:
    """A pattern that matches any of the words, longest first; a space in a word matches a run of spaces.

    Beginnings that words share are written once, so that a text is compared with few of them. `backward`: for a
    pattern that is read from its end (`(?r)`, a look-behind); there the shared endings are written once. What ends
    where a stretch does is found quickest so: by `match` of an `(?r)` pattern, which begins at the end.
    """
    spelled = _spelled(words)
    groups = _by_first_letter([word[::-1] for word in spelled] if backward else spelled)
    return f"(?:{'|'.join(_branch(same, backward) for same in groups.values())})"


def _spelled(words: Iterable[str]) -> list[str]:
    return [" ".join(word.split()) for word in sorted(set(words))]


def _by_first_letter(words: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(word[0], []).append(word)
    return found


def _branch(words: list[str], backward: bool) -> str:
    """Words with the same beginning: it, and what follows it in each."""
    shared = _beginning(words) if len(words) > 1 else words[0]
    pattern = "".join(map(_escaped, shared[::-1] if backward else shared))
    if len(words) == 1:
        return pattern
    rest = _rest([word[len(shared) :] for word in words], backward)
    return rest + pattern if backward else pattern + rest


def _beginning(words: list[str]) -> str:
    """What all of the words begin with."""
    first, last = min(words), max(words)
    return first[: next((at for at, letter in enumerate(first) if letter != last[at]), len(first))]


def _rest(words: list[str], backward: bool = False) -> str:
    """What follows a beginning: more before less, so that of two words the longer is tried first."""
    branches = [_branch(same, backward) for same in _by_first_letter(filter(None, words)).values()]
    if "" in words:
        return f"(?:{'|'.join(branches)})?" if branches else ""
    return f"(?:{'|'.join(branches)})" if len(branches) > 1 else branches[0]


@cache
def _escaped(letter: str) -> str:
    return r"\s+" if letter == " " else regex.escape(letter)


def standing(forms: AhoCorasick, text: str) -> Iterator[tuple[str, int, int]]:
    """The forms that stand in a text and where, none overlapping another, by an automaton that looks for them.

    Asked for offsets, the automaton would first make a map of the whole text for them, which takes as long as the look.
    """
    end = 0
    for form in forms.find_matches_as_strings(text):
        start = text.find(form, end)
        end = start + len(form)
        yield form, start, end


def ends_with(stretch: str, words: tuple[str, ...]) -> bool:
    """Whether a stretch of a text ends with one of some whole words; all in small letters."""
    return stretch.endswith(words) and any(
        stretch.endswith(word) and not stretch[: -len(word)][-1:].isalpha() for word in words
    )


@cache
def capitals() -> str:
    """The capitals of the alphabets of Europe, of which Vietnamese is one: for a class of `re`, which has no \\p{Lu}."""
    return "".join(c for c in map(chr, (*range(0x530), *range(0x1E00, 0x2000))) if c.isupper())


def first_forms(words: Iterable[str]) -> set[str]:
    """The first word of each of the words in the usual letter cases."""
    return forms({word.split()[0] for word in words})


def forms(words: Iterable[str]) -> set[str]:
    """The words in the usual letter cases."""
    return {form for word in words for form in (word, word.lower(), word.capitalize(), word.upper())}


def beginnings(words: Iterable[str]) -> str:
    """A pattern, for `re` too, of the first word of any of the words at the beginning of a word, in the usual letter cases."""
    return word_starts(first_forms(words))


def word_starts(words: Iterable[str]) -> str:
    """A pattern, for `re` too, of any of the words at the beginning of a word, however it goes on."""
    # the look-behind stands behind the first letter: `re` goes quickly over letters that no word begins with
    starts = (
        rf"{_escaped(letter)}(?<![^\W\d_].){_rest([word[1:] for word in same])}"
        for letter, same in _by_first_letter(_spelled(words)).items()
    )
    return f"(?:{'|'.join(starts)})"


def first_words(words: Iterable[str]) -> str:
    """`beginnings` that are whole words."""
    return rf"{beginnings(words)}(?!\w)"


def matches(
    first: re.Pattern[str], pattern: regex.Pattern[str], text: str, start: int, end: int
) -> Iterator[regex.Match[str]]:
    """The matches of a pattern between two offsets, as its `finditer` gives them, if each begins where `first` matches.

    `first` is a cheap look: `re` goes over a text for words in a fifth of the time that `regex` takes.
    """
    at = start
    for begin in first.finditer(text, start, end):
        if begin.start() >= at and (m := pattern.match(text, begin.start(), end)):
            at = m.end()
            yield m
