"""Articles written in each old encoding and read again: `python -m benchmarks.encodings news.jsonl.gz`.

For whole articles and for their first lines alone: how many are recognised, how sure, how many come out as they were.
What an encoding cannot write (TCVN3 has no capitals with tone marks) comes out otherwise; then the records are
compared: kind, place in the text and value. A text of which an encoding can write every letter has to come out as it
was, and plain UTF-8 has to stay as it is: else this ends with 1.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from statistics import median

import click

from benchmarks.writing import WAYS, lacking
from extractor import extract
from extractor.readers import Item, Options, read_file
from extractor.readers.encodings import Undecodable, decode


def texts(archive: str, count: int) -> list[str]:
    """The first articles of an archive."""
    found = (i for i in read_file(archive, Options()) if isinstance(i, Item))
    return [item.body.decode() for item in islice(found, count)]


def records(text: str) -> list[tuple[str, int, int, str]]:
    """Kind, place and value of what is found: records without the words that they quote."""
    told = lambda r: str(getattr(r, "value_max", getattr(r, "code", None)))  # noqa: E731
    return [(r.kind, r.start, r.end, told(r)) for r in extract(text).records]


def tried(
    given: list[str],
    name: str,
    typed: Callable[[str], str],
    write: Callable[[str], bytes],
    with_records: bool,
) -> tuple[str, int]:
    """A line of the table, and how many texts were recognised and came out otherwise though they could be written."""
    right = same = alike = differ = writable = altered = 0
    sure: list[float] = []
    for text in map(typed, given):
        try:
            decoded = decode(write(text))
        except Undecodable:
            continue
        if decoded.encoding != name:
            continue
        right += 1
        sure.append(decoded.confidence)
        can_write = not lacking(write, text)
        writable += can_write
        if decoded.text == text:
            same += 1
            continue
        altered += can_write
        if with_records:
            differ += 1
            alike += records(decoded.text) == records(text)
    share = f"{right / len(given):8.2%}"
    told = f"{min(sure, default=0):7.2f}{median(sure or [0]):8.2f}" if sure else f"{'':15}"
    records_told = f"{alike:,} of {differ:,}" if differ else ""
    return f"{right:8,}{share:>11}{told}{writable:11,}{same:10,}{records_told:>18}", altered


@click.command(help=__doc__)
@click.argument("archive", type=click.Path(exists=True, path_type=Path))
@click.option("--articles", "count", default=2000, show_default=True)
def main(archive: Path, count: int) -> None:
    """Write, read again, tell."""
    given = texts(str(archive), count)
    lines = [first for text in given if not (first := text.strip().split("\n", 1)[0]).isascii()]
    head = (
        f"{'':29}{'found':>8}{'rate':>11}{'least':>7}{'median':>8}{'can write':>11}{'as it was':>10}"
        f"{'records as before':>18}"
    )
    wrong = 0
    for title, part in (("whole articles", given), ("first lines alone", lines)):
        click.echo(f"{len(part):,} {title}\n{head}")
        for way, how in WAYS.items():
            line, altered = tried(part, *how, with_records=part is given)
            click.echo(f"{way:29}{line}")
            wrong += altered
    mistaken = sum(decode(text.encode()).encoding != "utf-8" for text in given + lines)
    click.echo(f"false alarms on plain UTF-8: {mistaken} of {len(given) + len(lines):,}")
    click.echo(f"altered though the encoding can write them: {wrong}")
    sys.exit(1 if mistaken or wrong else 0)


if __name__ == "__main__":
    main()
