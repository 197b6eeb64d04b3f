"""How fast the extraction is, beside underthesea and beside a bare look for its trigger words, in one run.

usage: python benchmarks/speed.py [--articles 400] [--json speed.json] [--skip bulk growth ner]

The articles are a sample of ../shared/archive/news-4000.jsonl.gz where that is there, else those of
benchmarks/articles and corpus/articles. What is compared takes turns over parts of the sample, so that whatever
else the machine does weighs on all alike; only the ratios mean something on another machine. Times of one core
are processor time, those of several processes are the clock's.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ARCHIVE = HERE.parent.parent / "shared" / "archive" / "news-4000.jsonl.gz"
GOALS = {
    "word_tokenize / extraction": 10.0,
    "… / one article at a time": 10.0,
    "ner / extraction": 500.0,
    "extraction / trigger scan": 20.0,
}
PART = 32
"""Articles in a row that one of the compared reads before the next one's turn: as many as are read together."""

Say = Callable[[str], Any]


def samples(count: int) -> tuple[list[str], list[str], list[str]]:
    """Three times so many articles, evenly taken from the archive; where there is none, the project's own, each time."""
    if ARCHIVE.exists():
        with gzip.open(ARCHIVE, "rt", encoding="utf-8") as lines:
            texts = [json.loads(line)["content"] for line in lines]
        step = max(3, len(texts) // count)
        return texts[::step][:count], texts[step // 3 :: step][:count], texts[2 * step // 3 :: step][:count]
    folders = (HERE / "articles", HERE.parent / "corpus" / "articles")
    texts = [p.read_text(encoding="utf-8") for folder in folders for p in sorted(folder.glob("*.txt"))][
        :count
    ]
    return texts, texts, texts


def trigger_scan() -> Callable[[str], int]:
    """The floor: one pattern of the words that the rules start from, each match counted and nothing done with it.

    The words are those of the lexicons for money, percentages, households, offices and type words of units, some
    200 as whole words, shared beginnings written once and letter case left open: of ten ways to write this
    alternation for `regex` the quickest (0.7 ms an article; with the words one behind the other 1.3 ms).
    """
    import regex

    from rules.numerals import number_words
    from rules.words import alternation, lexicon

    money, offices, places = lexicon("money"), lexicon("officials"), lexicon("places")
    words = {w for forms in money["currencies"].values() for w in forms} | set(money["short"])
    words |= {w for w, value in number_words().scales.items() if value >= 1000} | {"phần trăm", "hộ"}
    words |= {w for group in ("national", "heads", "staff", "abbreviated") for w in offices[group]}
    words |= {"trưởng", "phó"} | {form for forms in places["types"].values() for form in forms}
    words = {w for w in words if w[-1].isalpha()}
    signs = regex.escape(
        "".join(s for forms in money["symbols"].values() for s in forms if len(s) == 1) + "%"
    )
    pattern = regex.compile(rf"(?<!\p{{L}})(?:{alternation(words)})(?!\p{{L}})|[{signs}]", regex.IGNORECASE)
    return lambda text: sum(1 for _ in pattern.finditer(text))


def spent(read: Callable[[list[str]], Any], texts: list[str]) -> float:
    """Seconds of processor time for a function over texts."""
    started = time.process_time()
    read(texts)
    return time.process_time() - started


def each(read: Callable[[str], Any]) -> Callable[[list[str]], None]:
    """A function over texts that reads one after the other."""

    def read_all(texts: list[str]) -> None:
        for text in texts:
            read(text)

    return read_all


def side_by_side(texts: list[str], others: list[str], before: list[str], skip: set[str]) -> dict[str, Any]:
    """Extraction, word_tokenize and the trigger scan over the same texts in turns; ner over twenty of them.

    The extraction is that of an archive, `pipe`, as the workers of `trichtin bulk` read; that of a single article,
    `extract`, is measured with `others`, so that each article is new as those of an archive are. All warm up with the
    texts `before`, until nothing is loaded or compiled any more.
    """
    from underthesea import ner, word_tokenize

    from extractor import extract, pipe
    from extractor.segmenting import words

    words("thu ngân sách", 0, 13)  # what is loaded by the first that asks for it is no part of the time
    readers: dict[str, Callable[[list[str]], Any]] = {
        "extraction": lambda texts: deque(pipe(texts), maxlen=0),
        "one article at a time": each(extract),
        "word_tokenize": each(word_tokenize),
        "trigger scan": each(trigger_scan()),
    }
    spent(readers["extraction"], before)
    for read in readers.values():
        spent(read, before[:PART])
    seconds, characters = dict.fromkeys(readers, 0.0), dict.fromkeys(readers, 0)
    for at in range(0, len(texts), PART):
        for name, read in readers.items():
            part = (others if name == "one article at a time" else texts)[at : at + PART]
            seconds[name] += spent(read, part)
            characters[name] += sum(map(len, part))
    found: dict[str, Any] = {
        name: {
            "articles/s": len(texts) / s,
            "characters/s": characters[name] / s,
            "ms/article": s / len(texts) * 1000,
        }
        for name, s in seconds.items()
    }
    each_character = {name: s / characters[name] for name, s in seconds.items()}
    ratios = {
        "word_tokenize / extraction": each_character["word_tokenize"] / each_character["extraction"],
        "… / one article at a time": each_character["word_tokenize"]
        / each_character["one article at a time"],
        "extraction / trigger scan": each_character["extraction"] / each_character["trigger scan"],
    }
    if "ner" not in skip:
        few = texts[:: max(1, len(texts) // 20)][:20]
        ner(few[0][:500])
        both = {"ner": 0.0, "extraction": 0.0}
        for part in (few[at : at + 5] for at in range(0, len(few), 5)):
            both["ner"] += spent(each(ner), part)
            both["extraction"] += spent(readers["extraction"], part * 20) / 20
        found["ner"] = {"articles/s": len(few) / both["ner"], "ms/article": both["ner"] / len(few) * 1000}
        ratios["ner / extraction"] = both["ner"] / both["extraction"]
    return {"one core": found, "ratios": ratios}


def stages(texts: list[str]) -> dict[str, float]:
    """Milliseconds an article by stage: reading, each kind, each link, records, checks."""
    from extractor import checks, overlaps, pipeline
    from extractor.article import read_article
    from extractor.reading import read
    from extractor.records import shape_of
    from rules import kinds
    from rules.meaning import LINKS
    from rules.meaning.others import Others

    seconds: dict[str, float] = {}

    def timed(name: str, do: Callable[[], Any]) -> Any:
        started = time.process_time()
        result = do()
        seconds[name] = seconds.get(name, 0.0) + time.process_time() - started
        return result

    for text in texts:
        article = timed("article", lambda text=text: read_article(text))
        reading, _ = timed("reading", lambda article=article: read(article))
        proposed = []
        for find in kinds.finders():
            proposed += timed(f"find {_name(find)}", lambda find=find, r=reading: list(find(r)))
        mentions = timed("overlaps", lambda p=proposed: overlaps.settle(p, lambda kind: shape_of(kind).SHAPE))
        figures = tuple(m for m in mentions if m.kind not in ("place", "official"))
        others = Others(reading, mentions)
        for link in LINKS if figures else ():
            timed(f"link {_name(link)}", lambda link=link, r=reading, f=figures, o=others: link(r, f, o))
        before = time.process_time()
        records = pipeline.extract(text).records
        seconds["whole"] = seconds.get("whole", 0.0) + time.process_time() - before
        timed("checks", lambda article=article, records=records: checks.check(article, records))
    each = {name: s / len(texts) * 1000 for name, s in seconds.items()}
    whole = each.pop("whole")
    return {**each, "records and the rest": whole - sum(each.values())}


def _name(function: Callable[..., Any]) -> str:
    return getattr(function, "__module__", repr(function)).rpartition(".")[2]


def growth(texts: list[str]) -> dict[int, float]:
    """Milliseconds a KB for one article of 1 KB to 1 MB, made of the sample's articles."""
    from extractor import extract

    text = "\n".join(texts)
    while len(text) < 1_000_000:
        text += "\n" + text
    found = {}
    for size in (1, 4, 16, 64, 256, 1000):
        pieces = [text[at : at + size * 1000] for at in range(0, min(256, size * 64) * 1000, size * 1000)]
        found[size] = spent(each(extract), pieces) / len(pieces) / size * 1000
    return found


def first_extraction(times: int = 5) -> dict[str, float]:
    """Seconds of the clock from the start of a new process to its first records: the least of some.

    "with bytecode": as of a package that pip has installed; the others compile each source anew where the
    environment lets Python keep none (PYTHONDONTWRITEBYTECODE).
    """
    code = {
        "python alone": "pass",
        "import extractor": "import extractor",
        "one sentence": "import extractor as e; e.extract('Huyện Bác Ái thu ngân sách đạt hơn 100,1 tỷ đồng.')",
        "one article": "import sys, extractor as e; e.extract(sys.stdin.read())",
    }
    article = (HERE / "articles" / "01-ngan-sach.txt").read_text(encoding="utf-8")

    def once(what: str, environment: dict[str, str]) -> float:
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", what], input=article, text=True, check=True, env=environment)  # noqa: S603
        return time.perf_counter() - started

    def least(name: str, environment: dict[str, str]) -> float:
        return min(once(code[name], environment) for _ in range(times))

    with tempfile.TemporaryDirectory() as folder:
        kept = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
        kept.pop("PYTHONDONTWRITEBYTECODE", None)
        once(code["one article"], kept)
        with_bytecode = least("one article", kept)
    return {name: least(name, dict(os.environ)) for name in code} | {
        "one article, with bytecode": with_bytecode
    }


def bulk(texts: list[str], cores: int, least: int = 2000) -> Iterator[tuple[int, float, float]]:
    """Processes, articles/s and share of linear for `trichtin bulk` into SQLite; the workers' start counts."""
    from extractor.bulk import Settings, run

    copies = -(-least // len(texts))
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "articles.jsonl"
        with source.open("w", encoding="utf-8") as lines:
            for i in range(copies):
                for text in texts:  # no two alike
                    lines.write(json.dumps({"text": f"{text}\n{i}"}, ensure_ascii=False) + "\n")
        alone = 0.0
        for jobs in [n for n in (1, 2, 4, 8, 16) if n < cores] + [cores]:
            summary = run([str(source)], f"sqlite:///{folder}/{jobs}.db", Settings(jobs=jobs))
            rate = summary.articles / summary.seconds
            alone = alone or rate
            yield jobs, rate, rate / alone / jobs


def main() -> int:
    """Measure, print a table, write the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--skip", nargs="*", default=[], choices=["bulk", "growth", "ner", "first"])
    given = parser.parse_args()
    say: Say = lambda line: sys.stdout.write(line + "\n")  # noqa: E731
    texts, others, before = samples(given.articles)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    say(f"{len(texts)} articles, {sum(map(len, texts)) / len(texts):,.0f} characters each; {cores} cores")
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    say(f"load before the run {load:.1f}: the clock's times mean little above 0.5")
    result: dict[str, Any] = {"articles": len(texts), "cores": cores, "load before": load}
    if "first" not in given.skip:
        result["first extraction, s"] = first_extraction()
        for name, seconds in result["first extraction, s"].items():
            say(f"  {name:28s}{seconds:10.2f} s in a new process")
    result |= side_by_side(texts, others, before, set(given.skip))
    for name, rates in result["one core"].items():
        speed = f"{rates['characters/s']:14,.0f} characters/s" if "characters/s" in rates else ""
        say(f"  {name:28s}{rates['ms/article']:10.2f} ms{rates['articles/s']:10,.1f} articles/s{speed}")
    for name, ratio in result["ratios"].items():
        goal = GOALS[name]
        held = ratio <= goal if name == "extraction / trigger scan" else ratio >= goal
        say(f"  {name:28s}{ratio:10.1f} times   goal {goal:.0f}: {'held' if held else 'NOT HELD'}")
    result["stages, ms/article"] = stages(texts)
    for name, ms in sorted(result["stages, ms/article"].items(), key=lambda item: -item[1]):
        say(f"  {name:28s}{ms:10.3f} ms")
    if "growth" not in given.skip:
        result["growth, ms/KB"] = growth(texts)
        for size, ms in result["growth, ms/KB"].items():
            say(f"  {f'an article of {size} KB':28s}{ms:10.3f} ms/KB")
    if "bulk" not in given.skip:
        result["bulk"] = {}
        for jobs, rate, share in bulk(texts, cores):
            result["bulk"][jobs] = {"articles/s": rate, "of linear": share}
            say(
                f"  {f'bulk into SQLite, {jobs} processes':28s}{rate:10,.1f} articles/s {share:8.0%} of linear"
            )
    if given.json:
        given.json.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
