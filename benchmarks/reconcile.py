"""Time and memory of `trichtin reconcile` as an archive doubles, on articles and records that are made here.

    python benchmarks/reconcile.py 50000 100000 200000
    python benchmarks/reconcile.py 1000000 --no-text

Each article has a figure; one claim has five of them, of which some differ. With text, one article in ten is a copy of
another with small edits. Seconds are CPU time of a process of its own, memory is its peak.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from typing import Any

from extractor import schema
from extractor.sinks.sink import open_sink
from extractor.sinks.store import open_store

FACTS_A_CLAIM = 5
WORDS = 60
COPIES = 10

Row = tuple[Any, ...]

_RUN = """
import json, resource, sys, time
from extractor.reconcile import reconcile
counts = reconcile(sys.argv[1])
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"cpu": used.ru_utime + used.ru_stime, "mb": used.ru_maxrss / 1024, "counts": counts}))
"""


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", nargs="+", type=int)
    parser.add_argument(
        "--no-text", action="store_true", help="articles without text: no stories are looked for"
    )
    parser.add_argument("--database", choices=["sqlite", "duckdb"], default="sqlite")
    given = parser.parse_args()
    print(
        f"{'articles':>10} {'stories':>10} {'claims':>10} {'conflicting':>12} {'seconds':>9} {'us/article':>11} {'MB':>7}"
    )
    for size in given.sizes:
        with tempfile.TemporaryDirectory() as home:
            target = f"{home}/made.{'db' if given.database == 'sqlite' else 'duckdb'}"
            make(target, size, not given.no_text)
            done = json.loads(subprocess.check_output([sys.executable, "-c", _RUN, target]))  # noqa: S603
        stories, claims = done["counts"]["stories"], done["counts"]["claims"]
        print(
            f"{size:>10,} {stories['stories']:>10,} {claims['claims']:>10,} {claims['  conflicting']:>12,} "
            f"{done['cpu']:>9.1f} {1e6 * done['cpu'] / size:>11.0f} {done['mb']:>7.0f}",
            flush=True,
        )


def make(target: str, size: int, text: bool) -> None:
    """Fill a database with so many articles."""
    open_sink(target, "made").close()
    with open_store(target) as store:
        units = list(store.rows("SELECT code, valid_from FROM units ORDER BY code, valid_from"))
        with store.writing() as db:
            db.insert("articles", articles(size, text))
            db.insert("figures", figures(size, units))


def articles(size: int, text: bool) -> Iterator[Row]:
    """Rows of `articles`; every tenth is a copy of the one before it with an edit."""
    chance, before = random.Random(1), ""
    for n in range(size):
        body = None
        if text:
            copy = n % COPIES == COPIES - 1
            body = (
                before.replace(" ", " sửa ", 1)
                if copy
                else " ".join(f"tiếng{chance.randrange(10**5)}" for _ in range(WORDS))
            )
            before = body
        row = {
            "id": f"{n:020d}", "source": f"made#{n}", "title": f"Bài {n}", "published": f"2017-{n % 12 + 1:02d}-{n % 28 + 1:02d}",
            "newspaper": f"Báo {n % 40}", "encoding": "utf-8", "sha256": "", "characters": len(body or ""), "story_id": f"{n:020d}",
            "text": body, "extractor_version": "made", "extracted_at": "2026-01-01T00:00:00+00:00",
        }  # fmt: skip
        yield tuple(row.get(name) for name in schema.names("articles"))


def figures(size: int, units: list[Row]) -> Iterator[Row]:
    """Rows of `figures`, one for each article: the same thing comes back in articles far from each other."""
    chance = random.Random(2)
    claims = max(1, size // FACTS_A_CLAIM)
    for n in range(size):
        claim = n % claims
        place = units[claim % len(units)]
        value = 1000 + claim % 997 + (chance.randrange(3) if claim % 10 == 0 else 0)
        row = {
            "record_id": f"r{n:019d}", "article_id": f"{n:020d}", "source": f"made#{n}", "kind": "money", "start": 0, "end": 5,
            "text": "5 tỷ", "sentence_start": 0, "sentence_end": 9, "rule": "made", "checks": "{}", "verified": True,
            "value_min": str(value), "value_max": str(value), "unit": "VND", "qualifier": "over" if n % 7 == 0 else "exact",
            "indicator": "thu ngân sách", "indicator_id": "budget_revenue", "place_code": place[0], "place_valid_from": place[1],
            "period": str(2000 + claim // len(units) % 25), "subject": f"ngành {claim // len(units) // 25}", "status": "actual",
            "evidence": "{}",
        }  # fmt: skip
        yield tuple(row.get(name) for name in schema.names("figures"))


if __name__ == "__main__":
    main()
