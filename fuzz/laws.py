"""The laws: what holds for any text. Each takes a text and raises Broken, with a key that names the sort of breach."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise, permutations
from time import process_time
from typing import Any

import msgspec
from hypothesis import strategies as st

from extractor import overlaps
from extractor.article import read_article
from extractor.pipeline import extract
from extractor.reading import read
from extractor.records import Figure, Place, Record, from_json, shape_of, to_json
from fuzz import news, writing
from fuzz.writing import Moved, Span
from rules import kinds


class Broken(AssertionError):  # noqa: N818  a verdict on the program
    """A law does not hold. `key` is the same for breaches of one sort."""

    def __init__(self, key: str, told: str) -> None:
        """`told`: what was wanted and what was found."""
        super().__init__(f"{key}: {told}")
        self.key = key


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return writing.plain(value)
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    return tuple(map(_plain, value)) if isinstance(value, list | tuple) else value


_IDS = ("record_id", "article_id", "source")


def content(record: Record, moved: Callable[[Span], Span]) -> dict[str, Any]:
    """A record without its ids, its offsets as `moved` tells, its words in one spelling."""
    fields = {k: _plain(v) for k, v in msgspec.structs.asdict(record).items() if k not in _IDS}
    fields["start"], fields["end"] = moved((record.start, record.end))
    fields["sentence_start"], fields["sentence_end"] = moved((record.sentence_start, record.sentence_end))
    if not isinstance(record, Place):
        fields["evidence"] = {k: moved(v) for k, v in record.evidence.items() if v[0] < v[1]}
    return fields


def compare(law: str, want: list[dict[str, Any]], got: list[dict[str, Any]]) -> None:
    """Raise Broken at the first record that differs, naming the fields that do."""
    for a, b in zip(want, got, strict=False):
        if a == b:
            continue
        fields = sorted(k for k in a.keys() | b.keys() if a.get(k) != b.get(k))
        if {"kind", "start", "end"} & set(fields):
            raise Broken(f"{law}/{a['kind']}/span", f"{_brief(a)} became {_brief(b)}")
        told = "; ".join(f"{k}: {a.get(k)!r} became {b.get(k)!r}" for k in fields)
        raise Broken(f"{law}/{a['kind']}/{'+'.join(fields)}", f"{a['text']!r}: {told}")
    if len(want) != len(got):
        extra = (want if len(want) > len(got) else got)[min(len(want), len(got))]
        raise Broken(f"{law}/{extra['kind']}/{'lost' if len(want) > len(got) else 'new'}", _brief(extra))


def _brief(fields: Mapping[str, Any]) -> str:
    return f"{fields['kind']} {fields['text']!r} [{fields['start']}:{fields['end']}]"


def _same(span: Span) -> Span:
    return span


def offsets(text: str) -> None:
    """Every span lies in the untouched text, and the text of a record is what stands there."""
    for r in extract(text).records:
        if text[r.start : r.end] != r.text or not r.text:
            raise Broken(f"offsets/{r.kind}/text", repr(r.text))
        if not r.sentence_start <= r.start < r.end <= r.sentence_end <= len(text):
            raise Broken(f"offsets/{r.kind}/sentence", repr(r.text))
        for name, (start, end) in ({} if isinstance(r, Place) else r.evidence).items():
            if not 0 <= start < end <= len(text):
                raise Broken(f"offsets/{r.kind}/evidence {name}", f"{r.text!r} {start}:{end}")


def _written(law: str, text: str, how: Callable[[str], Moved]) -> None:
    text = writing.normal(text)
    moved = how(text)
    want = [content(r, moved.span) for r in extract(text).records]
    compare(law, want, [content(r, _same) for r in extract(moved.text).records])


def nfd(text: str) -> None:
    """NFD gives the records of NFC."""
    _written("nfd", text, writing.decomposed)


def tones(text: str) -> None:
    """The new place of tone marks gives the records of the old one."""
    _written("tones", text, writing.new_tones)


def crlf(text: str) -> None:
    """Lines that end in CRLF give the records of those that end in LF."""
    _written("crlf", text, writing.line_ends)


def spaces(text: str) -> None:
    """Several spaces for one change no record."""
    _written("spaces", text, writing.spaced)


def invisible(text: str) -> None:
    """Zero-width characters change no record."""
    _written("invisible", text, writing.sprinkled)


def _added(law: str, text: str, at: int, added: str) -> None:
    def shifted(span: Span) -> Span:
        return span[0] + (len(added) if span[0] >= at else 0), span[1] + (len(added) if span[1] > at else 0)

    want = [content(r, shifted) for r in extract(text).records]
    compare(law, want, [content(r, _same) for r in extract(text[:at] + added + text[at:]).records])


def sentence_behind(text: str) -> None:
    """A sentence without triggers behind the article changes no record."""
    text = text.rstrip() + "\n"
    _added("behind", text, len(text), news.PLAIN_SENTENCES[0])


def sentence_before(text: str) -> None:
    """A sentence without triggers before the story changes no record: title and lead stand before it as they did."""
    lead = f"Bản tin chiều\n{' '.join(news.PLAIN_SENTENCES)}\n"
    _added("before", lead + text.lstrip(), len(lead), news.PLAIN_SENTENCES[1] + "\n")


def checker(text: str) -> None:
    """Every value read again from its own text by the checker is the one that is stated."""
    for r in extract(text).records:
        for name in ("quote", "value"):
            if r.checks.get(name) == "fail":
                value = f"{r.value_min}..{r.value_max} {r.unit} of {r.of}" if isinstance(r, Figure) else ""
                raise Broken(f"checker/{r.kind}/{name}/{r.rule}", f"{r.text!r} {value}")


def contract(text: str) -> None:
    """Every record is written as JSON and read back the same; numbers are finite, ids are unique and stable."""
    records = extract(text).records
    for r in records:
        if r.text.encode("utf-8", "replace").decode() == r.text and from_json(to_json(r)) != r:
            raise Broken(f"contract/{r.kind}/json", repr(r))
        if isinstance(r, Figure) and not (r.value_min.is_finite() and r.value_min <= r.value_max):
            raise Broken(f"contract/{r.kind}/value", f"{r.text!r} {r.value_min}..{r.value_max}")
    if len({r.record_id for r in records}) != len(records) or extract(text).records != records:
        raise Broken("contract/ids", text)
    if any(a.start > b.start for a, b in pairwise(records)):
        raise Broken("contract/order", text)


def rule_order(text: str) -> None:
    """In which order the rules propose does not matter."""
    reading, _ = read(read_article(text))
    found = [mentions for find in kinds.finders() if (mentions := list(find(reading)))]
    want = overlaps.settle((m for part in found for m in part), lambda kind: shape_of(kind).SHAPE)
    for order in _orders(found):
        got = overlaps.settle((m for part in order for m in part), lambda kind: shape_of(kind).SHAPE)
        if got != want:
            a, b = next(p for p in zip(want, got, strict=False) if p[0] != p[1])
            raise Broken(
                f"order/{a.kind}/{b.kind}", f"{text[a.start : a.end]!r} or {text[b.start : b.end]!r}"
            )


def _orders(found: list[list[Any]]) -> Iterator[list[list[Any]]]:
    yield [part[::-1] for part in found]
    yield from map(list, permutations(found))


def joined(text: str) -> None:
    """The figures of a text are found in it, too, when another text stands before it, parted by a blank line."""
    text = writing.normal(text).strip("\n ") + "."
    front = f"Bản tin chiều\n{news.PLAIN_SENTENCES[2]}\n\n"
    want = [(r.kind, r.start + len(front) - 1, r.end + len(front) - 1) for r in extract("\n" + text).records]
    got = [(r.kind, r.start, r.end) for r in extract(front + text).records]
    for kind, start, end in sorted(set(want) ^ set(got)):
        if kind not in ("place", "official"):  # whom and what these mean may be told anywhere in an article
            raise Broken(f"joined/{kind}", repr((front + text)[start:end]))


def apart(text: str) -> None:
    """What is found in two texts parted by a blank line is what is found in each: kind, place and value."""
    first, second = (part.strip() for part in writing.normal(text).split(PARTED, 1))
    want = _values(TITLE + first, 0) + _values(TITLE + second, len(first + PARTED))
    got = _values(TITLE + first + PARTED + second, 0)
    for each in sorted(set(want) ^ set(got), key=str):
        raise Broken(f"apart/{each[0]}", f"{'lost' if each in want else 'new'}: {each}")


PARTED, TITLE = "\n\n", "Bản tin chiều\n"


def _values(text: str, shift: int) -> list[tuple[Any, ...]]:
    """Figures without what they are linked to, which may stand anywhere in an article."""
    return [
        (r.kind, r.start + shift, r.end + shift, r.value_min, r.value_max, r.unit, r.of)
        for r in extract(text).records
        if isinstance(r, Figure)
    ]


FIGURES = " thu 5 tỷ đồng, tăng 5%, 136 hộ."
"""Behind what is repeated: what a figure is linked to is looked for in all that stands before it."""
SIZES = (4_000, 16_000, 64_000)


def linear(piece: str) -> None:
    """The time per character of one text repeated does not grow with its length."""
    rates = [seconds(piece, size) / size for size in SIZES]
    for small, large in ((0, 1), (1, 2)):
        if rates[large] > 2.5 * rates[small] and rates[large] * SIZES[large] > 0.15:
            again = [seconds(piece, size, 3) / size for size in SIZES]
            if again[large] > 2.5 * again[small]:
                raise Broken(f"linear/{piece[:12]!r}", f"{[round(r * 1e6, 2) for r in again]} µs a character")


def seconds(piece: str, size: int, times: int = 1) -> float:
    """Processor seconds for a piece repeated to a size, the least of some runs."""
    text = piece * (size // len(piece) + 1) + FIGURES
    best = float("inf")
    for _ in range(times):
        start = process_time()
        extract(text)
        best = min(best, process_time() - start)
    return best


LAWS: dict[str, tuple[Callable[[str], None], news.Text]] = {
    "offsets": (offsets, news.HOSTILE),
    "contract": (contract, news.HOSTILE),
    "nfd": (nfd, news.ARTICLE),
    "tones": (tones, news.ARTICLE),
    "crlf": (crlf, news.ARTICLE),
    "spaces": (spaces, news.ARTICLE),
    "invisible": (invisible, news.ARTICLE),
    "sentence_behind": (sentence_behind, news.ARTICLE),
    "sentence_before": (sentence_before, news.ARTICLE),
    "joined": (joined, news.PARAGRAPH),
    "apart": (apart, st.tuples(news.PARAGRAPH, news.PARAGRAPH).map(PARTED.join)),
    "checker": (checker, news.SHORT),
    "rule_order": (rule_order, news.SHORT),
    "linear": (linear, news.REPEATED),
}
"""The laws by name, with what they are tried on."""
