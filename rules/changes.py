"""Whether a percentage is itself an amount of growth or fall: tăng 9,2%; not tăng lên 12%, chiếm 5%, từ 8% lên 10%."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import regex

from rules.numbers import END
from rules.words import alternation, lexicon, word_starts

REACH = 90
"""How far before a figure the word of its change may begin, in code points."""


_STOPS = ",.;:%()"
"""Between a word of change and its figure they begin another statement."""


@dataclass(frozen=True, slots=True)
class Change:
    """`direction`: increase or decrease. `exceeds`: its word stands at the figure and compares (vượt 5%, cao hơn 5%): it is no bound."""

    direction: str
    exceeds: bool = False


@dataclass(frozen=True, slots=True)
class _Grammar:
    word: re.Pattern[str]
    verb: regex.Pattern[str]
    noun: regex.Pattern[str]
    object: regex.Pattern[str]
    versus: regex.Pattern[str]
    growth: regex.Pattern[str]
    aside: regex.Pattern[str]
    level: regex.Pattern[str]
    comparison: regex.Pattern[str]
    plan: regex.Pattern[str]
    direction: Mapping[str, str]
    exceeding: frozenset[str]
    compared: frozenset[str]


@cache
def _grammar() -> _Grammar:
    data = lexicon("changes")
    verbs, nouns = data["verbs"], data["nouns"]
    plans = [
        word for word in data["comparison"]["plans"] if not word.startswith("so")
    ]  # tăng so với mức 5%: a level
    rough = [word for words in lexicon("qualifiers")["before"].values() for word in words]
    between = alternation(
        [*data["between"]["words"], *data["between"]["to_level"], *plans, *rough], backward=True
    )
    compared = [*verbs["compared_increase"], *verbs["compared_decrease"]]
    plain = [*verbs["increase"], *verbs["decrease"]]
    start, stop, told = r"(?<![\p{L}\p{M}])", rf"[^{_STOPS}\d]", rf"[^{_STOPS}]"
    skip = rf"(?:[ ]+{between}|[ ]+so[ ]+với[ ][^,.;:%()]{{1,29}}[^,.;:%()\s](?<![ ](?:mức|con số|tỷ lệ|tỉ lệ|là))|[ ]*[(:~≈]|[ ]*\([-–+]\))"
    level = rf"{start}{alternation(data['between']['to_level'])}{END}"
    direction = {
        **dict.fromkeys(
            [*verbs["increase"], *verbs["compared_increase"], *verbs["exceed"], *nouns["increase"]],
            "increase",
        ),
        **dict.fromkeys([*verbs["decrease"], *verbs["compared_decrease"], *nouns["decrease"]], "decrease"),
    }

    def compiled(pattern: str) -> regex.Pattern[str]:
        return regex.compile(pattern, regex.IGNORECASE)

    return _Grammar(
        # "tốc độ tăng" is seen by its "tăng": numbers stand behind many a "tỷ"
        word=re.compile(
            word_starts(w for w in direction if not any(last in direction for last in w.split()[1:]))
        ),
        # tăng (bình quân khoảng) 5%
        verb=compiled(
            rf"(?r){start}(?P<word>{alternation([*plain, *compared, *verbs['exceed']], backward=True)})(?P<gap>{skip}{{0,6}})[ ]*$"
        ),
        # tốc độ tăng trưởng (kinh tế bình quân đạt) 8,5%
        noun=compiled(
            rf"(?r){start}(?P<word>{alternation([*nouns['increase'], *nouns['decrease']], backward=True)}){END}(?P<gap>{told}{{0,60}})$"
        ),
        # tăng (lương cơ sở) 7,3%; tăng (phần thưởng cho người thắng thêm) 10%
        object=compiled(
            rf"(?r){start}(?P<word>{alternation(plain, backward=True)})"
            rf"(?P<gap>[ ]+{alternation(data['objects']['words'], backward=True)}{END}(?:[ ]+\p{{L}}+){{0,5}}?|{stop}{{1,60}}[ ]thêm)[ ]*$"
        ),
        # thấp hơn (trung bình nhiều năm từ) 15 - 30%; not cao hơn (mức) 5%
        versus=compiled(
            rf"(?r){start}(?P<word>{alternation([*compared], backward=True)})[ ]+(?!{alternation(data['between']['no_other'])}{END})(?P<other>\p{{L}}+(?:[ ]+\p{{L}}+){{0,6}}?)(?:[ ]+{between}){{0,2}}[ ]*$"
        ),
        # tăng trưởng (khá cao, ước đạt) 7,68%
        growth=compiled(rf"(?r){start}tăng[ ]trưởng{stop}{{0,24}},[ ](?:ước[ ])?đạt(?:[ ]{between})?[ ]$"),
        # giảm 7.878 người (17,5%); giảm 5,9 USD, tương đương 0,5%
        aside=compiled(
            rf"(?r){start}(?P<word>{alternation(plain, backward=True)})(?:[ ]+{between})?[ ]+[\d.,]+(?:[ ]+\p{{L}}+){{1,4}}"
            rf"(?:[ ]?\([ ]?|,?[ ]+{alternation(data['between']['also'], backward=True)}[ ]+)$"
        ),
        level=compiled(level),
        comparison=compiled(rf"{start}{alternation(data['comparison']['words'])}{END}"),
        plan=compiled(rf"{start}{alternation(data['comparison']['plans'])}{END}"),
        direction=direction,
        exceeding=frozenset(verbs["exceed"]),
        compared=frozenset(compared),
    )


def change(text: str, start: int, end: int, is_range: bool = False) -> Change | None:
    """The change that a figure at a span of a sentence states; None for a share, a level, a completion."""
    g = _grammar()
    before = text[max(0, start - REACH) : start]
    lower = before.lower()
    if not g.word.search(lower):  # as before most figures
        return None
    if m := g.verb.match(before):
        return _of_verb(g, m, before, text[end : end + REACH], is_range)
    # no stop stands between the figure and what these look for
    near = g.word.search(lower, max(map(lower.rfind, _STOPS)) + 1) is not None
    compares = near and any(word in lower for word in g.compared)
    if compares and (m := g.versus.match(before)) and not g.level.search(m["other"]):
        return Change(g.direction[_key(m["word"])])
    if near and (m := g.object.match(before)) and not g.level.search(m["gap"]):
        return Change(g.direction[_key(m["word"])])
    if (m := g.aside.match(before)) and not g.level.search(before, m.start()):
        return Change(g.direction[_key(m["word"])])
    if g.growth.match(before):
        return Change("increase")
    if near and (m := g.noun.match(before)) and not _breaks(m["gap"]):
        return Change(g.direction[_key(m["word"])])
    return None


def _of_verb(g: _Grammar, m: regex.Match[str], before: str, behind: str, is_range: bool) -> Change | None:
    word, gap = _key(m["word"]), m["gap"]
    if g.level.search(gap) or (_key(gap).endswith("từ") and not is_range):
        return None
    if any(fall in _key(gap).split() for fall in lexicon("changes")["between"]["falling"]):
        return Change("decrease")
    if word in g.exceeding:
        return Change("increase", not gap.strip()) if _over_a_plan(g, m, before, behind) else None
    if word in g.compared and "mức" in _key(gap).split():
        return None  # thấp hơn mức 5,5% của cùng kỳ: the level compared with
    if word in g.compared:
        return (
            Change(g.direction[word], not gap.strip())
            if g.comparison.search(before) or g.comparison.search(behind)
            else None
        )
    return Change(g.direction[word])


def _over_a_plan(g: _Grammar, m: regex.Match[str], before: str, behind: str) -> bool:
    """vượt (kế hoạch) 5%, vượt 5% (so với kế hoạch), (đạt 105% kế hoạch,) vượt 5%; not vượt tiến độ 2%."""
    if _key(m["gap"]).startswith(tuple(lexicon("changes")["comparison"]["no_excess"])):
        return False
    return bool(
        g.plan.search(m["gap"]) or g.plan.match(behind.lstrip()) or g.plan.search(before, 0, m.start())
    )


def _breaks(gap: str) -> bool:
    """Between a noun of growth and a figure: words that begin another statement (chiếm, tỷ lệ, còn)."""
    return bool(_broken_by().search(gap))


@cache
def _broken_by() -> regex.Pattern[str]:
    words = alternation(lexicon("changes")["nouns"]["broken_by"])
    return regex.compile(rf"(?<![\p{{L}}]){words}{END}", regex.IGNORECASE)


def _key(word: str) -> str:
    return " ".join(word.lower().split())
