"""A report as table, JSONL, JSON, CSV or an HTML page."""

from __future__ import annotations

import csv
import html
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import IO, Any

from extractor.verify.finding import Finding
from extractor.verify.run import Missed, Report

FORMATS = ("table", "jsonl", "json", "csv", "html")


def write(report: Report, out: IO[str], form: str) -> None:
    """Write a report in one of FORMATS. JSONL and CSV have one line a record, in the order of the input."""
    {"table": _table, "jsonl": _jsonl, "json": _json, "csv": _csv, "html": _html}[form](report, out)


def write_missed(missed: Iterable[Missed], out: IO[str]) -> None:
    """Write the missed figures as JSONL."""
    for figure in missed:
        out.write(_dumps(missed_row(figure)) + "\n")


def row(finding: Finding) -> dict[str, Any]:
    """A finding as a JSON object: the verdict first, the record as it was given last."""
    return {
        "number": finding.claim.number,
        "verdict": finding.verdict,
        "why": finding.why,
        "source": finding.source or finding.claim.article,
        "start": finding.start,
        "end": finding.end,
        "found": finding.found,
        "stated": finding.stated,
        "places": [list(span) for span in finding.places],
        "record": dict(finding.claim.fields),
    }


def missed_row(figure: Missed) -> dict[str, Any]:
    """A missed figure as a JSON object."""
    return {name: getattr(figure, name) for name in Missed.__slots__}


def summary(report: Report) -> str:
    """What came out, in a sentence."""
    told = ", ".join(f"{n} {word}" for word, n in report.counts.items() if n)
    count = len(report.missed)
    return (
        f"{len(report.findings)} record{_s(len(report.findings))}: {told}; "
        f"{count} figure{_s(count)} of the articles {'is' if count == 1 else 'are'} covered by no record"
    )


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value() and abs(value) < 10**18
        return int(value) if whole else float(value) if Decimal(repr(float(value))) == value else str(value)
    raise TypeError(f"{type(value).__name__} is no JSON")


def _dumps(data: Any, indent: int | None = None) -> str:
    return json.dumps(data, ensure_ascii=False, default=_plain, indent=indent)


def _jsonl(report: Report, out: IO[str]) -> None:
    for finding in report.findings:
        out.write(_dumps(row(finding)) + "\n")


def _json(report: Report, out: IO[str]) -> None:
    data = {
        "summary": report.counts | {"missed": len(report.missed)},
        "records": [row(f) for f in report.findings],
        "missed": [missed_row(m) for m in report.missed],
    }
    out.write(_dumps(data, indent=2) + "\n")


_COLUMNS = ("number", "verdict", "why", "source", "start", "end", "found", "stated", "places")


def _csv(report: Report, out: IO[str]) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*_COLUMNS, "record"])
    for finding in report.findings:
        data = row(finding)
        writer.writerow([*(data[c] for c in _COLUMNS[:-1]), _dumps(data["places"]), _dumps(data["record"])])


def _table(report: Report, out: IO[str]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(file=out, highlight=False, markup=False, width=None if out.isatty() else 160)
    colours = {"grounded": "green", "altered": "red", "ambiguous": "yellow", "absent": "red"}
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="bold")
    for name in ("#", "verdict", "article", "where", "why"):
        table.add_column(name, overflow="fold")
    for f in report.findings:
        where = f"{f.start}–{f.end}" if f.start is not None else ""
        cells = (str(f.claim.number), f.verdict, _name(f.source or f.claim.article), where, f.why)
        table.add_row(
            *(Text(_visible(c), style=colours[f.verdict] if i == 1 else "") for i, c in enumerate(cells))
        )
    console.print(table)
    if report.missed:
        console.print(Text("\nCovered by no record:"))
    for m in report.missed:
        console.print(Text(_visible(f"  {_name(m.source)} {m.start}–{m.end}  {m.kind}  {m.text}")))
    console.print(Text("\n" + summary(report) + "."))


def _name(source: str | None) -> str:
    return (source or "").replace("\\", "/").rsplit("/", 1)[-1]


def _visible(text: str) -> str:
    """Without control characters: a record must not steer the terminal that it is shown in."""
    return "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in text)


_STYLE = """
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem;color:#222;background:#fff}
table{border-collapse:collapse;width:100%;margin:1rem 0}th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;
border-bottom:1px solid #ddd}th{font-weight:600}td.n{text-align:right;color:#666}mark{background:#ffe9a8}
.grounded{color:#14672f}.altered,.absent{color:#a3161a}.ambiguous{color:#8a5a00}.v{font-weight:600;white-space:nowrap}
.s{color:#555;font-size:.9em}
"""


def _html(report: Report, out: IO[str]) -> None:
    """A page without scripts, links or outside parts; everything that records or articles hold is escaped."""
    e = html.escape
    out.write(
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>Records against their articles</title>\n<style>{_STYLE}</style></head>\n<body>\n"
        f"<h1>Records against their articles</h1>\n<p>{e(summary(report))}.</p>\n"
        "<table><thead><tr><th>#</th><th>Verdict</th><th>Record</th><th>Article</th></tr></thead><tbody>\n"
    )
    for f in report.findings:
        where = f" {f.start}–{f.end}" if f.start is not None else ""
        found = f"<mark>{e(f.found)}</mark>" if f.found else ""
        stated = f.stated or f.claim.text or ""
        out.write(
            f'<tr><td class="n">{f.claim.number}</td><td class="v {f.verdict}">{f.verdict}</td>'
            f'<td>{e(stated)}<div class="s">{e(f.why)}</div></td>'
            f'<td>{found}<div class="s">{e(_name(f.source or f.claim.article))}{where}</div></td></tr>\n'
        )
    out.write("</tbody></table>\n")
    if report.missed:
        out.write(
            "<h2>Covered by no record</h2>\n<table><thead><tr><th>Figure</th><th>Kind</th><th>Article</th></tr></thead><tbody>\n"
        )
        for m in report.missed:
            out.write(
                f'<tr><td>{e(m.text)}</td><td>{m.kind}</td><td class="s">{e(_name(m.source))} {m.start}–{m.end}</td></tr>\n'
            )
        out.write("</tbody></table>\n")
    out.write("</body></html>\n")
