"""Texts that no newspaper prints, and what each costs: `python -m fuzz.pathological` writes the table, at 1 MB each."""

from __future__ import annotations

import resource
import subprocess
import sys
import time

REPEATED = {
    "digits": "9",
    "dots": ".",
    "tỷ": "tỷ ",
    "hộ": "hộ ",
    "capital syllables": "Nguyễn ",
    "open brackets": "(",
    "one combining mark": "\u0301",
    "marks on one letter": "a" + "\u0323" * 50,
    "one line": "x",
    "lines of one word": "đồng\n",
    "NUL": "\0",
    "lone surrogates": "\ud800",
    "bidi marks": "\u202e5\u202c%",
    "zero-width": "5\u200b tỷ\u200b ",
    "emoji": "👩‍🌾",
    "quotes": "“",
    "dashes": "- ",
    "dated": "5/3/2017 ",
    "offices": "Chủ tịch UBND ",
    "figures": "5 tỷ đồng và 5% hộ ",
}
"""What is repeated, by what it is called."""


def text(name: str, size: int) -> str:
    """A pathological text of a size, with a figure behind it that has to be looked at."""
    piece = REPEATED[name]
    return (piece * (size // len(piece) + 1))[:size] + " năm 2016 huyện Bác Ái thu 5 tỷ đồng, tăng 5%."


def _one(name: str, size: int) -> None:
    from extractor.pipeline import extract

    extract("Năm 2016 huyện Bác Ái thu 5 tỷ đồng.")
    hostile, before = text(name, size), _peak()
    start = time.process_time()
    found = extract(hostile)
    spent = time.process_time() - start
    print(
        f"{name:22} {len(found.records):7} {spent / size * 1e6:9.2f} {before:9.0f} {_peak():9.0f}", flush=True
    )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Each text in a process of its own, so that its peak of memory is its own."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    if len(sys.argv) > 2:
        _one(sys.argv[2], size)
        return
    print(f"{'text':22} {'records':>7} {'µs a char':>9} {'MB before':>9} {'MB peak':>9}", flush=True)
    for name in REPEATED:
        subprocess.run([sys.executable, "-m", "fuzz.pathological", str(size), name], check=False)  # noqa: S603


if __name__ == "__main__":
    main()
