"""Bodies behind a position: "UBND huyện X", "Phòng Quản lý đô thị quận Đống Đa", read piece by piece.

The reader goes on as long as the pieces can belong to the name of one body, and tells where the body
ends and whether a person's name stands right behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import regex

from rules.base import Span
from rules.officials.names import RUN, Name, cut, foreign, hyphened, is_unit, is_vietnamese, name_at, split, syllables
from rules.words import alternation, lexicon

# Free words that a subject may go on for, between two pieces that are known.
_FREE = 9


@dataclass(slots=True)
class Body:
    """What stands behind a position. `span`: the body; `end`: where reading stopped; `name`: the person right behind it."""

    span: Span | None
    end: int
    name: Name | None = None
    place: Span | None = None


@dataclass(slots=True)
class _State:
    """The reading of one body. `mode`: what the last piece was; `first`, `last`: the body's span so far."""

    text: str
    at: int
    limit: int
    mode: str = "start"
    open: bool = False
    first: int = -1
    last: int = -1
    frozen: bool = False
    free: int = 0
    name: Name | None = None
    place: Span | None = None
    unit_from: int = -1
    parent: bool = False
    hamlet: bool = False
    head: str = ""
    fresh: bool = False

    def take(self, start: int, end: int) -> None:
        self.at = end
        if not self.frozen:
            self.first = start if self.first < 0 else self.first
            self.last = end


@cache
def _pieces() -> regex.Pattern[str]:
    words = lexicon("officials_bodies")
    ends = r"(?![\p{L}\p{M}\d])"
    closed, opened, named = (alternation(words[k]) for k in ("closed", "open", "named"))
    heads = {*words["closed"], *words["open"], *words["named"]}
    # "phòng chống", "phòng không" before the body "phòng".
    heads |= {*words["units"], *words["hamlets"]}
    longer = alternation(s for s in words["subjects"] if " " in s and s not in heads and s.split()[0].strip(",") in heads)
    joint = r"(?-i:và|&|của|về|tại)"
    return regex.compile(
        rf"(?i)(?P<space> *)(?:(?P<subject>{longer}){ends}|(?P<closed>{closed}){ends}|(?P<named>{named}){ends}|(?P<open>{opened}){ends}"
        rf"|(?P<hamlet>{alternation(words['hamlets'])}){ends}(?= +(?:\d|(?-i:\p{{Lu}})))"
        rf"|(?P<unit>{alternation(words['units'])})(?:\.|{ends}(?![&/-]\p{{L}}))"
        rf"|(?P<subject>{alternation(words['subjects'])}){ends}"
        rf"|(?-i:(?P<stop>{alternation(words['stop'])}){ends})"
        rf"|(?P<joint>{joint}){ends}|(?P<number>\d[\d/.]*\p{{L}}?){ends}|(?-i:(?P<run>{RUN}))"
        r"|(?P<paren>\()|(?P<comma>,)|(?P<dash>[-–—])|(?P<low>\p{Ll}[\p{L}\p{M}]*)|(?P<other>.))"
    )


@cache
def _abroad() -> regex.Pattern[str]:
    return regex.compile(rf"(?=\p{{Lu}})(?i:{alternation(lexicon('officials_bodies')['abroad'])})(?![\p{{L}}])")


def read_body(text: str, at: int, limit: int, *, head: str = "", noun: Span | None = None) -> Body:
    """Read the body from the offset behind a position on, not beyond `limit`.

    `head`: the position's head in small letters. `noun`: the noun of the position that the body begins with ("phòng" of "Trưởng phòng").
    """
    state = _State(text, at, limit, head=head)
    if noun:
        _take_noun(state, noun)
    pieces = _pieces()
    while state.name is None and (m := pieces.match(text, state.at, limit)):
        if state.mode != "term" and (term := _term().match(text, state.at, limit)):
            state.at, state.mode, state.frozen = term.end(), "term", True
            continue
        kind = m.lastgroup
        if kind is None or kind == "space" or not _STEPS[kind](state, m):
            break
    return _finish(state)


@cache
def _term() -> regex.Pattern[str]:
    """The term of an assembly, no part of its name: "khóa XIV", "nhiệm kỳ 2016-2021"."""
    return regex.compile(r" *\(?(?:khóa|nhiệm kỳ) +[IVXL\d]+(?: *[-–] *\d+)?\)?(?![\p{L}\d])")


def _take_noun(state: _State, noun: Span) -> None:
    """Begin the body with the noun of the position, or with the longer body that begins there: "đoàn đại biểu Quốc hội"."""
    if state.at > noun[1]:
        # "Phó Trưởng ban Thường trực Ban Dân vận": the body is told behind the whole position.
        state.mode, state.open, state.fresh = "led", True, True
        return
    m = _pieces().match(state.text, noun[0], state.limit)
    kind = m.lastgroup if m else None
    end = max(m.end(), noun[1]) if m and kind in ("closed", "open", "named", "hamlet") else noun[1]
    state.take(noun[0], end)
    state.mode = kind if kind in ("closed", "open", "named", "hamlet") else "open"
    state.open, state.hamlet, state.fresh = state.mode in ("open", "named"), state.mode == "hamlet", True


def _finish(state: _State) -> Body:
    if state.head in ("đại biểu", "đb") and (m := _assembly().match(state.text, state.first if state.first >= 0 else 0)):
        state.last = m.end()  # "Đại biểu Quốc hội tỉnh X": the place is not the assembly's
    if state.first < 0:
        return Body(None, state.at, state.name, state.place)
    text, last = state.text, state.last
    while m := _dangling().search(text, state.first, last):
        last = m.start()
    if last <= state.first:
        return Body(None, state.at, state.name, state.place)
    return Body((state.first, last), max(state.at, last), state.name, state.place)


@cache
def _assembly() -> regex.Pattern[str]:
    return regex.compile(r"(?i)(?:quốc hội|qh)(?![\p{L}])")


@cache
def _dangling() -> regex.Pattern[str]:
    """Words that no body ends with."""
    return regex.compile(r"(?:^| +|[,&–—-] *)(?:và|của|về|các|những|cho|vào|,|&|-|–|—)? *$(?<=.)(?<![\p{L}\d)\"”])|(?: +(?:và|của|về|các|&))$")


def _body(state: _State, m: regex.Match[str]) -> bool:
    """A body's head word: "Sở", "UBND"; behind a place it belongs to something else."""
    kind = m.lastgroup
    word = m[kind]
    if state.mode in ("place", "bare", "term"):
        return False
    if state.text[state.first : state.last].lower() == word.lower():
        state.first = -1  # "Trưởng ban Ban Chỉ đạo": the noun of the position is said again
    state.take(m.start(kind), m.end(kind))
    state.mode, state.open, state.free = kind, kind in ("open", "named"), 0
    state.fresh = True
    return True


def _hamlet(state: _State, m: regex.Match[str]) -> bool:
    if state.mode in ("place", "bare"):
        return False
    state.take(m.start("hamlet"), m.end("hamlet"))
    state.mode, state.open, state.hamlet = "hamlet", False, True
    return True


def _unit(state: _State, m: regex.Match[str]) -> bool:
    """A unit's type word, with its name behind it or, bare, for the unit that the text is about."""
    word, end = m["unit"], m.end()
    following = state.text[end : end + 2].lstrip(" ")[:1]
    if state.mode == "place":
        return False
    if len(word) == 1 and not (word.isupper() and (state.text[end - 1] == "." or following.isdigit() or following.isupper())):
        return _low(state, m) if word.islower() else False
    named = following.isupper() or following.isdigit()
    if word.lower() in ("vùng", "miền", "bang") and not named:
        return _low(state, m)
    state.unit_from = m.start("unit")
    state.take(m.start("unit"), m.end())
    state.mode = "unit" if named else "bare"
    if not named:
        state.place = m.span("unit")
    return True


def _subject(state: _State, m: regex.Match[str]) -> bool:
    """A body's subject: "Tài chính"; in "Bộ trưởng Tài chính" it stands for the body."""
    if state.mode in ("place", "bare", "closed", "hamlet", "unit"):
        return False
    if state.mode == "start" and not m["subject"][0].isupper() and state.head not in lexicon("officials")["states"]:
        return False
    if not state.fresh and m["subject"] in lexicon("officials_bodies")["verbs_too"]:
        return False
    state.fresh = False
    state.take(m.start("subject"), m.end("subject"))
    state.open, state.free = True, 0
    state.mode = "open"
    return True


def _stop(state: _State, m: regex.Match[str]) -> bool:
    return False


def _joint(state: _State, m: regex.Match[str]) -> bool:
    """"và", "của", "về": only when the name of the body goes on behind it."""
    word, end = m["joint"].lower(), m.end()
    following = _pieces().match(state.text, end, state.limit)
    if following is None or state.first < 0 and word != "của":
        return False
    kind = following.lastgroup
    if word == "của":
        if kind in ("closed", "open", "named") or (kind == "run" and _abroad().match(state.text, following.start("run"))):
            state.mode = "joint"
            state.at = end
            return True
        if kind == "unit":
            state.mode, state.at = "joint", end
            return True
        return False
    if word == "tại":
        sent = state.head in ("đại sứ", "tổng lãnh sự") and state.mode == "place"
        if kind != "run" or state.mode != "place" or not sent and not _abroad().match(state.text, following.start("run")):
            return False
        state.take(m.start("joint"), end)
        state.mode = "joint"
        return True
    if not state.open or state.mode in ("place", "bare"):
        return False
    if kind == "run" and _degree().match(following["run"]):
        return False
    if kind == "subject" or (kind == "run" and following["run"].isupper() and word != "về") or (word == "về" and kind in ("subject", "low")):
        state.take(m.start("joint"), end)
        state.fresh = True
        return True
    if kind == "run" and state.text[following.end("run") : following.end("run") + 1] == " ":
        run = following["run"]
        nxt = state.text[following.end("run") + 1 : following.end("run") + 2]
        if " " not in run and nxt.islower():
            state.take(m.start("joint"), end)
            return True
    if word == "về" or kind not in ("open", "named") or not following[kind][0].islower():
        return False
    state.take(m.start("joint"), end)
    return True


@cache
def _degree() -> regex.Pattern[str]:
    return regex.compile(r"(?:PGS|GS|TS|ThS|BS|KTS|LS)(?![\p{L}])")


def _number(state: _State, m: regex.Match[str]) -> bool:
    """"quận 1", "Đội 3", "số 7", "xóm Bãi Sậy 3"."""
    if state.mode == "place" and state.hamlet and state.last == state.at:
        state.take(m.start("number"), m.end("number"))
        return True
    if state.mode not in ("unit", "open", "named", "hamlet", "low"):
        return False
    state.take(m.start("number"), m.end("number"))
    if state.mode == "unit":
        state.place = (state.unit_from, m.end("number"))
        state.mode = "place"
    return True


def _run(state: _State, m: regex.Match[str]) -> bool:
    """Capitalised syllables: a place, the subject of a body, a person's name, or two of these."""
    if _degree().match(m["run"]):
        state.name = name_at(state.text, m.start("run"), state.limit)
        return False
    tokens = _tokens(state, m.span("run"))
    if not tokens:
        return False
    before = 1 if state.mode in ("unit", "hamlet", "named") else 0
    found = split(state.text, tokens, before=before)
    if (found is None or found[0] > 0 or _abroad().match(state.text, tokens[0][0])) and _foreigner(state, tokens):
        return True
    if state.mode == "start" and found is None:
        return _run_at_start(state, tokens)
    if found is None:
        _take_run(state, tokens, len(tokens))
        return True
    if found[0] > 0:
        _take_run(state, tokens, found[0])
    state.name = Name(tokens[found[0]][0], tokens[found[1] - 1][1])
    return True


def _foreigner(state: _State, tokens: list[Span]) -> bool:
    """"Bộ trưởng Quốc phòng Mỹ James Mattis", "Tổng thống Donald Trump": a country, if any, and a foreign name."""
    text = state.text
    count = 0
    if m := _abroad().match(text, tokens[0][0], tokens[-1][1]):
        count = sum(1 for t in tokens if t[1] <= m.end())
    behind = state.mode == "place" and state.place is not None and _abroad().match(text, state.place[0])
    if not count and not behind and not (state.mode == "start" and state.head in lexicon("officials")["states"]):
        return False
    rest = tokens[count:]
    length = foreign(text, rest)
    # Behind a country any two to four syllables are a name: "Trung Quốc Tập Cận Bình".
    if not length and count and 2 <= cut(text, rest, 0, least=1) <= 4:
        length = cut(text, rest, 0, least=1)
    if not length:
        return False
    if count:
        state.take(tokens[0][0], tokens[count - 1][1])
    state.name = Name(rest[0][0], hyphened(text, rest[:length], abroad=True))
    return True


def _take_run(state: _State, tokens: list[Span], count: int) -> None:
    start, end = tokens[0][0], tokens[count - 1][1]
    following = _pieces().match(state.text, end, state.limit)
    # A single syllable with a small one behind it begins a word: "Thanh toán" is no unit "Thanh".
    part = count == 1 and following is not None and following.lastgroup in ("low", "subject")
    whole = not part and is_unit(state.text[start:end])
    # A firm's or a school's own name ends its body: "Trường tiểu học Nam Trung Yên".
    own = state.mode == "named" and count > 1 and not any(state.text[a:b].isupper() for a, b in tokens[:count])
    whole = whole or (own and following is not None and following.lastgroup == "low")
    state.take(start, end)
    if state.mode == "unit":
        state.place = (state.unit_from, end)
        state.mode = "place"
    elif whole or not state.open:
        state.place = (start, end)
        state.mode = "place"
    state.free = 0


def _run_at_start(state: _State, tokens: list[Span]) -> bool:
    """"Bí thư Hải Phòng", "Chủ tịch TP.HCM": a place right behind the position; else nothing is known."""
    text = state.text
    for count in range(min(len(tokens), 5), 0, -1):
        words = text[tokens[0][0] : tokens[count - 1][1]]
        if is_unit(words) and (count > 1 or words.isupper() or words == "Huế") or _abroad().fullmatch(words):
            state.take(tokens[0][0], tokens[count - 1][1])
            state.place, state.mode = (tokens[0][0], tokens[count - 1][1]), "place"
            return True
    if len(tokens) == 1 and state.head in lexicon("officials")["by_subject"]:
        following = _pieces().match(text, tokens[0][1], state.limit)
        if following and following.lastgroup == "low":
            state.take(*tokens[0])
            state.mode, state.open = "open", True
            return True
    first = text[slice(*tokens[0])]
    if (first.isupper() and len(first) > 1) or not is_vietnamese(text, tokens[0]):
        state.take(tokens[0][0], tokens[-1][1])
        state.mode = "place"
        return True
    return False


def _tokens(state: _State, run: Span) -> list[Span]:
    """The syllables of a run, less what begins a subject in small letters ("Hà Nội Tài nguyên") or a new sentence."""
    tokens = syllables(state.text, *run)
    tokens = tokens[: cut(state.text, tokens, 0, least=1)]
    pieces = _pieces()
    for i in range(1, len(tokens)):
        m = pieces.match(state.text, tokens[i][0], state.limit)
        if m and m.lastgroup in ("subject", "closed", "open", "named") and " " in m[m.lastgroup] and m[m.lastgroup].split()[1][0].islower():
            return tokens[:i]
    return tokens


def _paren(state: _State, m: regex.Match[str]) -> bool:
    """"phòng Tham mưu (Công an tỉnh)": the parent body; "(xã X, huyện Y)": passed over."""
    close = state.text.find(")", m.end(), min(state.limit, m.end() + 90))
    if close < 0 or state.first < 0:
        return False
    inner = _pieces().match(state.text, m.end("paren"), close)
    kind = inner.lastgroup if inner else None
    if inner and kind != "unit" and inner.end() == close and inner.group().isupper() and state.mode not in ("place", "bare"):
        state.take(m.start("paren"), close + 1)
        return True
    if kind in ("closed", "open", "named") and not state.frozen:
        state.take(m.start("paren"), close + 1)
    elif kind in ("unit", "run", "number") or kind in ("closed", "open", "named"):
        state.at = close + 1
    else:
        return False
    state.mode, state.frozen = "place", True
    if name := name_at(state.text, _skip(state.text, state.at), state.limit):
        state.name = name
    return False


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] == " ":
        at += 1
    return at


def _comma(state: _State, m: regex.Match[str]) -> bool:
    """", Sở Y tế": the parent body; ", huyện Y": passed over; ", Thể thao và Du lịch": the subject goes on."""
    if state.first < 0:
        return False
    following = _pieces().match(state.text, m.end(), state.limit)
    if following is None:
        return False
    kind = following.lastgroup
    if kind == "subject" and state.open and state.mode != "place" and following["subject"][0].isupper() == (state.text[state.first].isupper() or True):
        if _goes_on().match(state.text, following.start("subject"), state.limit):
            state.take(m.start("comma"), m.end())
            return True
        return False
    if kind in ("closed", "open", "named") and (state.open or state.mode == "place") and not state.frozen and not state.parent and _lesser(state):
        if following[kind][0].isupper() and not _new_clause().match(state.text, following.end(kind), state.limit):
            state.at, state.mode, state.parent = m.end(), "joint", True
            return True
    if kind == "unit" and state.mode == "place" and state.text[following.end() : following.end() + 2].strip()[:1].isupper():
        # A hamlet is told with its commune; of other bodies the place behind the comma is no part.
        state.frozen, state.at, state.mode = not state.hamlet or state.parent, m.end(), "joint"
        state.parent = True
        return True
    return False


@cache
def _goes_on() -> regex.Pattern[str]:
    """What follows a comma in a ministry's own name: "Thể thao và Du lịch", "Thương binh - Xã hội"."""
    subject = alternation(lexicon("officials_bodies")["subjects"])
    return regex.compile(rf"(?i){subject}(?: +{subject})? *(?:và|&|-|–|,) *{subject}|(?:chống|thương binh)")


@cache
def _new_clause() -> regex.Pattern[str]:
    return regex.compile(r"(?: +\p{L}+){0,3} +(?:đã|đang|sẽ|vừa|cũng|phải|cần|không|yêu cầu|đề nghị|và các|tổ chức)")


def _lesser(state: _State) -> bool:
    """Whether the body so far is one that has a parent: a department, a centre, a school, not a committee of a unit."""
    head = _pieces().match(state.text, state.first, state.limit)
    return head is not None and head.lastgroup in ("open", "named", "hamlet")


def _dash(state: _State, m: regex.Match[str]) -> bool:
    """"Chăn nuôi - Thú y", "Trạm CSGT - Công an tỉnh": only when the body goes on behind it."""
    if state.first < 0 or state.mode in ("start", "bare"):
        return False
    following = _pieces().match(state.text, m.end(), state.limit)
    kind = following.lastgroup if following else None
    if state.mode == "place" and following and kind == "run" and (end := _joined_place(state, following.span("run"))):
        state.take(m.start("dash"), end)
        state.place = (state.place[0], end) if state.place else None
        return True
    tight = not m["space"] and not state.text[m.end() : m.end() + 1].isspace()
    if state.open and state.mode != "place" and (kind == "subject" or (tight and kind in ("low", "subject"))):
        state.take(m.start("dash"), m.end())
        return True
    if following and kind == "run" and state.open and state.mode != "place" and " " not in following["run"] and len(following["run"]) > 1:
        state.take(m.start("dash"), m.end())
        return True
    if following and kind in ("closed", "open", "named") and following[kind][0].isupper() and _lesser(state) and not state.parent:
        state.at, state.mode, state.parent = m.end(), "joint", True
        return True
    return False


def _joined_place(state: _State, run: Span) -> int | None:
    """The end of a place name that goes on behind a dash: "Thừa Thiên - Huế", "Bà Rịa - Vũng Tàu"."""
    before = syllables(state.text, max(state.first, state.last - 24), state.last)[-2:]
    for a, b in syllables(state.text, *run)[1::-1] if before else []:
        if is_unit(f"{state.text[before[0][0]:state.last]} - {state.text[run[0]:b]}"):
            return b
    return None


def _low(state: _State, m: regex.Match[str]) -> bool:
    """A free word in the subject of a body: "Trung tâm điều hành đường cao tốc"."""
    if not state.open or state.mode in ("place", "bare", "start") or state.free >= _FREE:
        return False
    kind = m.lastgroup or "low"
    state.take(m.start(kind), m.end(kind))
    state.free += 1
    state.mode = "low" if state.mode != "named" else "named"
    return True


_STEPS: dict[str, Callable[[_State, regex.Match[str]], bool]] = {
    "closed": _body,
    "open": _body,
    "named": _body,
    "hamlet": _hamlet,
    "unit": _unit,
    "subject": _subject,
    "stop": _stop,
    "joint": _joint,
    "number": _number,
    "run": _run,
    "paren": _paren,
    "comma": _comma,
    "dash": _dash,
    "low": _low,
    "other": _stop,
}
