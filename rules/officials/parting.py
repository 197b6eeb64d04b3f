"""What stands between a name and an office, and before an office: the words that tie the two or part them."""

from __future__ import annotations

import re
from functools import cache

import regex

from rules.words import alternation, cached, ends_with, lexicon


def _words(name: str) -> str:
    return alternation(lexicon("officials")["link"][name])


def _backward(name: str) -> str:
    return alternation(lexicon("officials")["link"][name], backward=True)


@cached
def between() -> regex.Pattern[str]:
    """What parts two offices of one person: ", kiêm", "; đồng thời là", "giữ chức"."""
    verbs = r"(?:được |vừa |đã |bị )*(?:bổ nhiệm |điều động |bầu |phân công )?(?:giữ |làm )(?:chức(?: vụ)? )?"
    return regex.compile(rf" *(?:{alternation(lexicon('officials')['between'])}|{verbs}) *")


@cached
def before() -> regex.Pattern[str]:
    """What stands between a name and the office behind it.

    A mark ("A, ", "A - ", "A ("), "A là ", "A được bầu làm ", "A thôi giữ chức "; before it an aside:
    "A (bìa phải)", "A, 45 tuổi", "A, đoàn Hà Nội".
    """
    told = rf" *[,(] *(?:\d+ tuổi|{_words('aside')}[^,()]{{0,30}})\)?"
    aside = rf"(?: *\((?!\d{{4}}\))[^()]{{1,40}}\)|,? sinh (?:năm|ngày) [^,()]{{1,20}}(?=,)|{told})*"
    copula = rf"(?:(?:{_words('time')} )?{_words('is')}|hiện|hiện nay là|người) "
    verb = rf"(?P<clause>[\p{{Ll}} ]{{0,60}}?){_words('appointed')}(?: {_words('post')})? "
    mark = r"(?P<mark>[,–—(-]|--|, -|-,|,?\")"
    every = rf"(?P<all>{_words('all')} )?"
    return regex.compile(
        rf"{aside} *(?:{mark} *(?:{copula})?{every}|{every}(?P<is>{copula})?|(?P<verb>{verb})) *"
    )


@cache
def behind() -> regex.Pattern[str]:
    """What stands between an office and the name behind it: ", ", " là ", " - ", ": ", " (ông ", " gồm các ông, bà: "."""
    called = r"(?:ông|bà|đồng chí|đ/c)"
    listed = rf"(?:là |gồm )?(?:các )?{called}(?:, ?| và |/){called}? *:? *"
    return regex.compile(
        rf" *(?:(?P<loose>,|\(|là|mới là|tên là|do)|(?P<tight>[-–—:]|: ?-?))? *(?:{listed})?"
    )


@cache
def joint() -> regex.Pattern[str]:
    """Between two names of a row behind an office: ", ", " và "."""
    return regex.compile(r" *(?:,|;| và | cùng )(?: *và )? *")


@cache
def joint_before() -> regex.Pattern[str]:
    """Between two names of a row before an office."""
    return regex.compile(r" *(?:,|;|và|cùng) *")


@cached
def several() -> regex.Pattern[str]:
    """Before an office: it goes with several names."""
    return regex.compile(rf"(?ir)(?:{_backward('several')}|\d+)(?: đồng chí| ông| bà)? *$")


@cached
def met() -> regex.Pattern[str]:
    """Before an office at the head of a sentence: another one acts upon its holder."""
    return regex.compile(rf"[\"“ ]*(?i:{_words('met')}) +")


def for_another(text: str, start: int, office: int) -> bool:
    """Whether words before an office tell that who stands behind it acts in its holder's name."""
    return _behind("for_another", text, start, office)


def not_held(text: str, start: int, office: int) -> bool:
    """Whether words before an office tell that who stands beside it does not hold it."""
    return _behind("not_held", text, start, office)


def owned(text: str, start: int, office: int) -> bool:
    """Whether words before an office tell whose something is."""
    return _behind("owned", text, start, office)


# What tells whose something is stands no further before an office (code points).
_LONGEST = 24


def _behind(name: str, text: str, start: int, office: int) -> bool:
    return ends_with(text[max(start, office - _LONGEST) : office].rstrip(" ").lower(), _links()[name])


@cached
def _links() -> dict[str, tuple[str, ...]]:
    return {name: tuple(words) for name, words in lexicon("officials")["link"].items()}


@cached
def over() -> regex.Pattern[str]:
    """Between a name and an office: it is over."""
    return regex.compile(rf"(?<![\p{{L}}]){_words('over')} ")


@cache
def mark() -> re.Pattern[str]:
    """Between a name and an office of its own."""
    return re.compile(r" *[,(–-] *")


@cached
def _ends_of_parting() -> tuple[str, ...]:
    link = lexicon("officials")["link"]
    last = [w for k in ("is", "appointed", "post", "all") for w in link[k]]
    return ("hiện", "người", "tuổi", *(w.split()[-1] for w in last), *',–—(-")')


@cached
def _aside_told() -> re.Pattern[str]:
    return re.compile(rf" *(?:\d|{_words('aside')})")


def may_part(text: str, start: int, at: int) -> bool:
    """Whether what stands before an office may part it from a name, told by its end: a cheap look (see `before`)."""
    if at == start:
        return False
    end = at - 1 if text[at - 1] == " " else at
    if text.endswith(_ends_of_parting(), start, end):
        return True
    if text[at].isupper() and text[text.rfind(" ", start, end) + 1].isupper():
        return True  # the comma was lost
    last = max(text.rfind(",", start, end), text.rfind("(", start, end))
    return last >= 0 and _aside_told().match(text, last + 1, end) is not None
