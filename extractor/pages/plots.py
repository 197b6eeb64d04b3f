"""Small charts drawn on the server, as SVG that asks for no script: values over time, and spans of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from extractor.output import number
from extractor.pages.findings import middle
from extractor.pages.html import attribute

WIDTH, HEIGHT = 560, 150
_LEFT, _RIGHT, _TOP, _BOTTOM = 78, 26, 14, 26


@dataclass(frozen=True, slots=True)
class Mark:
    """A value at a time: `look` is actual, planned or conflicting; `label` is told when one points at it."""

    period: str
    low: Decimal
    high: Decimal
    look: str
    label: str
    link: str


def over_time(marks: Sequence[Mark], title: str) -> str:
    """Values over time; empty where fewer than two times are told. Points are links; a range is a bar.

    Results of years that follow each other are joined; where a year is missing there is a gap.
    """
    placed = [(at, m) for m in marks if (at := middle(m.period))]
    days = [at.toordinal() for at, _ in placed]
    if len({m.period for _, m in placed}) < 2 or min(days) == max(days):
        return ""
    least = min(min(m.low for _, m in placed), Decimal(0))
    most = max(m.high for _, m in placed)
    if most == least:
        most += 1
    first, last = min(days), max(days)

    def x(at: date) -> float:
        return _LEFT + (at.toordinal() - first) / (last - first) * (WIDTH - _LEFT - _RIGHT)

    def y(value: Decimal) -> float:
        return HEIGHT - _BOTTOM - float((value - least) / (most - least)) * (HEIGHT - _TOP - _BOTTOM)

    parts = [_axis(float(y(v)), v) for v in dict.fromkeys((least, most))]
    parts += [_year(x(at), year) for year, at in _years(placed, last - first)]
    parts.append(_line([(m.period, x(at), y(_mean(m))) for at, m in placed if m.look != "planned"]))
    parts += [_mark(m, x(at), y(m.low), y(m.high), y(_mean(m))) for at, m in placed]
    return (
        f'<svg class="plot" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{attribute(title)}">'
        f"{''.join(parts)}</svg>"
    )


def _mean(mark: Mark) -> Decimal:
    return (mark.low + mark.high) / 2


def _axis(y: float, value: Decimal) -> str:
    return (
        f'<line class="grid" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{short(value)}</text>'
    )


def short(value: Decimal) -> str:
    """A number for an axis: 4.650 tỷ, 12,3 triệu."""
    for size, name in ((10**9, " tỷ"), (10**6, " triệu")):
        if abs(value) >= size:
            return number((value / size).quantize(Decimal("0.1"))) + name
    return number(value.quantize(Decimal("0.01")) if value != value.to_integral_value() else value)


def _years(placed: Sequence[tuple[date, Mark]], days: int) -> list[tuple[str, date]]:
    """Years to be named below: those that have a mark, so many as there is room for."""
    years = {at.year: at for at, _ in sorted(placed, key=lambda p: p[0], reverse=True)}
    step = max(1, len(years) // 9 + (len(years) % 9 > 0))
    shown: list[tuple[str, date]] = []
    for year in sorted(years)[::step]:
        if not shown or (years[year] - shown[-1][1]).days / max(days, 1) > 0.07:
            shown.append((str(year), years[year]))
    return shown


def _year(x: float, year: str) -> str:
    return f'<text x="{x:.1f}" y="{HEIGHT - 6}" text-anchor="middle">{year}</text>'


def _line(points: Sequence[tuple[str, float, float]]) -> str:
    """Lines between the values of years that follow each other, where each has one."""
    by_year: dict[int, list[tuple[float, float]]] = {}
    for period, x, y in points:
        if len(period) == 4:
            by_year.setdefault(int(period), []).append((x, y))
    drawn = []
    for year, here in sorted(by_year.items()):
        there = by_year.get(year + 1, [])
        if len(here) == len(there) == 1:
            (x1, y1), (x2, y2) = here[0], there[0]
            drawn.append(f'<line class="joined" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>')
    return "".join(drawn)


def _mark(mark: Mark, x: float, low: float, high: float, mean: float) -> str:
    span = (
        f'<line class="range" x1="{x:.1f}" x2="{x:.1f}" y1="{high:.1f}" y2="{low:.1f}"/>'
        if low - high > 1
        else ""
    )
    return (
        f'<a class="{mark.look}" href="{attribute(mark.link)}">{span}<circle cx="{x:.1f}" cy="{mean:.1f}" r="4.5"/>'
        f"<title>{attribute(mark.label)}</title></a>"
    )


def span(first: str | None, last: str | None, since: date, until: date) -> str:
    """A bar from one day to another within a span of time, as wide as its cell; empty where no day is told."""
    start, end = (middle(day) if day else None for day in (first, last))
    if start is None or end is None:
        return ""
    days = max((until - since).days, 1)
    x = (start - since).days / days * 96
    width = max((end - start).days / days * 96, 2.0)
    return (
        '<svg class="span" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect x="{x:.1f}" y="1" width="{width:.1f}" height="6" rx="1"/></svg>'
    )
