"""How well wrong records are told from right ones: `python benchmarks/checker.py`.

Out of annotated articles it makes right records and 300 wrong ones (a digit changed, units swapped, a neighbour's
value, an invented official, an office given to another person, shifted offsets), 50 of each, and asks three
checkers: the checks that every extracted record gets, `trichtin check` with the records' offsets, and without.
A right record is flagged when it is not verified (not grounded); "several places" is counted apart.

The articles of `benchmarks/articles` were written for this; `--gold FILE` takes other annotated ones.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from extractor.article import Article, read_article
from extractor.checks import check
from extractor.examples import parse_markup
from extractor.reading import read
from extractor.records import Figure, Official, Record, record_id
from extractor.verify import Source, verify
from extractor.verify.claims import claim

HERE = Path(__file__).parent
KINDS = (
    "digit changed",
    "units swapped",
    "neighbour's value",
    "invented official",
    "office of another",
    "shifted offset",
)
EACH = 50
_UNITS = {"percent": "percent", "households": "household"}


@dataclass
class Annotated:
    """An article with its right records, as fields. `officials` may lack offsets."""

    article: Article
    figures: list[dict[str, Any]] = field(default_factory=list)
    officials: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Wrong:
    """A record made wrong on purpose."""

    kind: str
    at: Annotated
    fields: dict[str, Any]


def written() -> Iterator[Annotated]:
    """The articles that come with the benchmark, their records drawn into the text."""
    for path in sorted((HERE / "articles").glob("*.txt")):
        text, drawn = parse_markup(path.read_text(encoding="utf-8"))
        made = Annotated(read_article(text, path.name))
        for e in drawn:
            told = {"kind": e.kind, "start": e.start, "end": e.end, "text": text[e.start : e.end], **e.fields}
            if e.kind == "official":
                made.officials.append(told)
            else:
                made.figures.append({"unit": _UNITS.get(e.kind, "VND"), **told})
        yield made


def annotated(path: Path) -> Iterator[Annotated]:
    """The articles of a file of annotations, one a line, texts in the folder `articles` beside it."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line, parse_float=Decimal)
        text = row.get("content")
        if text is None:
            with open(path.parent / "articles" / row["article"], encoding="utf-8", newline="") as file:
                text = file.read()
        made = Annotated(read_article(text, row["article"]))
        for kind in ("money", "percent", "households"):
            for g in row[kind]:
                start = -1
                for _ in range(g.get("nth", 1)):
                    start = text.find(g["text"], start + 1)
                told = {
                    "kind": kind,
                    "start": start,
                    "end": start + len(g["text"]),
                    "unit": _UNITS.get(kind) or g["currency"],
                }
                told |= {"value_min": Decimal(g["min"]), "value_max": Decimal(g["max"]), "text": g["text"]}
                told |= {n: g[n] for n in ("indicator", "category", "change", "of", "basis") if g.get(n)}
                made.figures.append(told)
        made.officials = [
            {"kind": "official", **{n: g[n] for n in ("name", "position", "organisation") if g.get(n)}}
            for g in row["officials"]
            if not g.get("optional")
        ]
        yield made


def wrong_ones(articles: list[Annotated], dice: random.Random) -> list[Wrong]:
    """Fifty wrong records of each kind (fewer where the articles do not give as many)."""
    makers: dict[str, Callable[[Annotated, random.Random], Iterator[dict[str, Any]]]] = {
        "digit changed": _digit,
        "units swapped": _unit,
        "neighbour's value": _neighbour,
        "invented official": _invented,
        "office of another": _office,
        "shifted offset": _shifted,
    }
    made: list[Wrong] = []
    for kind, maker in makers.items():
        of_kind = [Wrong(kind, a, fields) for a in articles for fields in maker(a, dice)]
        made += dice.sample(of_kind, min(EACH, len(of_kind)))
    return made


def _digit(a: Annotated, dice: random.Random) -> Iterator[dict[str, Any]]:
    """One digit of the value, or of the value and the quoted words alike."""
    values = {f["value_min"] for f in a.figures}
    for f in a.figures:
        places = [i for i, c in enumerate(f["text"]) if c.isdigit()]
        if f["value_min"] != f["value_max"] or not places:
            continue
        at = dice.choice(places)
        new = dice.choice([d for d in "123456789" if d != f["text"][at]])
        text = f["text"][:at] + new + f["text"][at + 1 :]
        value = _swap_digit(f["value_min"], sum(c.isdigit() for c in f["text"][:at].lstrip("0")), new)
        if value is None or value in values or value == f["value_min"]:
            continue
        changed = {**f, "value_min": value, "value_max": value}
        yield changed if dice.random() < 0.5 else {**changed, "text": text}


def _swap_digit(value: Decimal, nth: int, new: str) -> Decimal | None:
    digits = f"{value:f}"
    places = [i for i, c in enumerate(digits) if c.isdigit()]
    if nth >= len(places):
        return None
    return Decimal(digits[: places[nth]] + new + digits[places[nth] + 1 :])


def _unit(a: Annotated, dice: random.Random) -> Iterator[dict[str, Any]]:
    """Another currency, a percentage for a count, triệu for tỷ (in the value, or in words and value)."""
    texts = a.article.text
    for f in a.figures:
        choices: list[dict[str, Any]] = [
            {**f, "unit": {"VND": "USD", "percent": "household"}.get(f["unit"], "VND")}
        ]
        if f["unit"] in ("VND", "USD"):
            for word, other, factor in (
                ("tỷ", "triệu", Decimal("0.001")),
                ("tỉ", "triệu", Decimal("0.001")),
                ("triệu", "tỷ", Decimal(1000)),
            ):
                if word in f["text"]:
                    scaled = {**f, "value_min": f["value_min"] * factor, "value_max": f["value_max"] * factor}
                    choices.append(scaled)
                    if f["text"].replace(word, other) not in texts:
                        choices.append({**scaled, "text": f["text"].replace(word, other)})
        yield dice.choice(choices)


def _neighbour(a: Annotated, dice: random.Random) -> Iterator[dict[str, Any]]:
    """The value of another figure of the same unit in the same article."""
    for f in a.figures:
        others = [o for o in a.figures if o["unit"] == f["unit"] and o["value_min"] != f["value_min"]]
        if others:
            other = dice.choice(others)
            yield {**f, "value_min": other["value_min"], "value_max": other["value_max"]}


_SYLLABLES = (
    "Trịnh Khúc Lại Đàm Giáp".split(),
    "Quang Thế Bá Diệu Hạnh".split(),
    "Thuyên Khoát Ngoạn Trường Vịnh".split(),
)


def _invented(a: Annotated, dice: random.Random) -> Iterator[dict[str, Any]]:
    """A person whom the article does not have, in an office that it has; or one syllable of a name changed."""
    for o in a.officials:
        parts = o["name"].split()
        made = [dice.choice(part) for part in _SYLLABLES]
        near = [*parts[:-1], dice.choice(_SYLLABLES[2])]
        for name in (" ".join(made), " ".join(near)):
            if name not in a.article.text:
                yield {**o, "name": name}


def _office(a: Annotated, dice: random.Random) -> Iterator[dict[str, Any]]:
    """The office (and body) of one person, the name of another who does not hold it."""
    for o in a.officials:
        held = {x["name"] for x in a.officials if o["position"].lower() in x["position"].lower()}
        others = sorted({x["name"] for x in a.officials} - held)
        for name in others:
            yield {**o, "name": name}


def _shifted(a: Annotated, dice: random.Random) -> Iterator[dict[str, Any]]:
    """Offsets a few characters off, or far off."""
    for f in a.figures:
        by = dice.choice([-7, -3, -2, -1, 1, 2, 3, 5, 40])
        if f["start"] + by >= 0 and a.article.text[f["start"] + by : f["end"] + by].strip():
            yield {**f, "start": f["start"] + by, "end": f["end"] + by}


def as_record(a: Annotated, fields: dict[str, Any]) -> Record | None:
    """The fields as a record of the extractor; None for one without offsets."""
    if "start" not in fields:
        return None
    reading, folded = read(a.article)
    sentence = folded.span(*reading.sentence_at(folded.at(fields["start"])))
    common = {
        "record_id": record_id(a.article.id, fields["kind"], fields["start"], fields["end"]),
        "article_id": a.article.id,
        "source": a.article.source,
        "sentence_start": min(sentence[0], fields["start"]),
        "sentence_end": max(sentence[1], fields["end"]),
        "rule": "benchmark",
    }
    shape = Official if fields["kind"] == "official" else Figure
    known = set(shape.__struct_fields__)
    return shape(**common, **{k: v for k, v in fields.items() if k in known})


def judged(a: Annotated, fields: dict[str, Any], offsets: bool) -> str:
    """The verdict of `trichtin check` on a record, with or without its offsets."""
    told = {k: v for k, v in fields.items() if offsets or k not in ("start", "end")}
    if fields["kind"] == "official" and not offsets:
        told.pop("text", None)
    return verify(claim(1, "benchmark", told), Source(a.article)).verdict


def verified(a: Annotated, fields: dict[str, Any]) -> bool | None:
    """Whether a record passes the checks of the extractor; None for one that cannot be one of its records."""
    record = as_record(a, fields)
    return None if record is None else check(a.article, [record])[0].verified


def main() -> int:
    """Print the table; the exit code is 1 when fewer than 99 % are flagged or more than 1 % of the right ones."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--gold", type=Path, help="annotated articles, one a line as JSON")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="print what was judged wrongly")
    options = parser.parse_args()
    articles = list(annotated(options.gold) if options.gold else written())
    wrong = wrong_ones(articles, random.Random(options.seed))
    flagged = total = 0
    print(f"{'wrong records':20s} {'made':>5s} {'checks':>9s} {'with offsets':>13s} {'without':>9s}")
    for kind in KINDS:
        of_kind = [w for w in wrong if w.kind == kind]
        checks = [r for w in of_kind if (r := verified(w.at, w.fields)) is not None]
        offsets = [judged(w.at, w.fields, True) != "grounded" for w in of_kind]
        without = (
            [judged(w.at, w.fields, False) != "grounded" for w in of_kind] if kind != "shifted offset" else []
        )
        flagged, total = flagged + sum(offsets), total + len(of_kind)
        told = (
            f"{len(checks) - sum(checks)}/{len(checks)}",
            f"{sum(offsets)}/{len(offsets)}",
            f"{sum(without)}/{len(without)}" if without else "-",
        )
        print(f"{kind:20s} {len(of_kind):5d} {told[0]:>9s} {told[1]:>13s} {told[2]:>9s}")
        if options.show:
            for w, seen in zip(of_kind, offsets, strict=True):
                if not seen or verified(w.at, w.fields):
                    print("   not flagged:", "check" if not seen else "checks", w.at.article.source, w.fields)
    right = [(a, f) for a in articles for f in (*a.figures, *a.officials)]
    failed = [(a, f) for a, f in right if verified(a, f) is False]
    with_offsets = [(a, f, v) for a, f in right if (v := judged(a, f, True)) != "grounded"]
    without = [v for a, f in right if (v := judged(a, f, False)) != "grounded"]
    print(f"\nwrong records flagged by trichtin check: {flagged} of {total}")
    print(
        f"right records: {len(right)}; flagged by the checks {len(failed)}, by trichtin check {len(with_offsets)}, without offsets {len(without)}, {without.count('ambiguous')} of them as standing in several places"
    )
    if options.show:
        for a, f in failed:
            print("   failed:", a.article.source, f)
        for a, f, v in with_offsets:
            print("   flagged:", v, a.article.source, f)
    return (
        0
        if flagged >= 0.99 * total
        and len(with_offsets) <= 0.01 * len(right)
        and len(failed) <= 0.01 * len(right)
        else 1
    )


if __name__ == "__main__":
    raise SystemExit(main())
