"""A record as rows for a reader: what each field says, in words, and where in the article it was read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from extractor.output import number, value_of
from extractor.pages import labels
from extractor.pages.html import both, text
from extractor.records import Figure, Official, Place, Record


class Row(NamedTuple):
    """One field: its name, its value as HTML, and the words of the article that it was read from."""

    name: str
    value: str
    evidence: tuple[int, int] | None = None


def rows(record: Record) -> Iterator[Row]:
    """The fields of a record that say something, in the order in which one reads them."""
    if isinstance(record, Figure):
        yield from _figure(record)
    elif isinstance(record, Official):
        yield from _official(record)
    else:
        yield from _place(record)


def _figure(record: Figure) -> Iterator[Row]:
    read = record.evidence.get
    words = labels.QUALIFIERS[record.qualifier]
    said = both(words) + " " if words[0] else ""
    yield Row("value", f"{said}<b>{text(plain_value(record))}</b>")
    if record.change:
        yield Row("change", both(labels.value(record.change)), read("change"))
    for name in ("indicator", "subject", "category"):
        if value := getattr(record, name):
            yield Row(name, text(value), read(name))
    if record.of is not None:
        yield Row("of", number(record.of), read("of"))
    for name in ("basis", "per"):
        if value := getattr(record, name):
            yield Row(name, text(value), read(name))
    if record.place_name:
        yield Row("place", _unit(record.place_name, record.place_code), read("place"))
    if record.period:
        yield Row("period", both(labels.period(record.period)), read("period"))
    yield Row("status", both(labels.value(record.status)), read("status"))


def _official(record: Official) -> Iterator[Row]:
    read = record.evidence.get
    for name in ("name", "honorific", "position", "organisation"):
        if value := getattr(record, name):
            yield Row(name, text(value), read(name))
    if record.place_name:
        yield Row("place", _unit(record.place_name, record.place_code), read("place"))
    yield Row("sector", both(labels.value(record.sector)))
    yield Row("tenure", both(labels.value(record.tenure)), read("tenure"))


def _place(record: Place) -> Iterator[Row]:
    yield Row("name", text(f"{record.unit_type or ''} {record.name}".strip()))
    yield Row("level", both(labels.value(record.level)))
    if record.code:
        yield Row("code", f"<code>{text(record.code)}</code>")
    if record.province and record.level != "province":
        yield Row("province", text(record.province))
    if record.candidates:
        yield Row(
            "candidates",
            _list(
                [f"{c.name}{f' ({c.province})' if c.province else ''} – {c.code}" for c in record.candidates]
            ),
        )
    if record.current:
        yield Row("current", _list([_within(u.name, u.province) for u in record.current]))


def _within(name: str, province: str) -> str:
    """A unit with its province; a province alone."""
    return name if name.endswith(f" {province}") else f"{name}, {province}"


def _list(lines: list[str], most: int = 12) -> str:
    shown = [f"<li>{text(line)}</li>" for line in lines[:most]]
    if len(lines) > most:
        shown.append(f"<li>… +{len(lines) - most}</li>")
    return f"<ul>{''.join(shown)}</ul>"


def _unit(name: str, code: str | None) -> str:
    return text(name) + (f" <code>{text(code)}</code>" if code else "")


def plain_value(record: Figure) -> str:
    """A figure's value without its qualifier: 3.700.000.000 VND."""
    from msgspec.structs import replace

    return value_of(replace(record, qualifier="exact"))


def headline(record: Record) -> str:
    """What a record says, in one line under its words; as HTML."""
    if isinstance(record, Figure):
        parts = [text(value_of(record))]
        if record.change:
            parts[0] = ("↑ " if record.change == "increase" else "↓ ") + parts[0]
        parts += [text(v) for v in (record.indicator, record.subject, record.place_name) if v]
        if record.period:
            parts.append(both(labels.period(record.period)))
        if record.status == "planned":
            parts.append(both(("kế hoạch", "planned")))
        return " · ".join(parts)
    if isinstance(record, Official):
        return " · ".join(text(v) for v in (record.position, record.organisation, record.place_name) if v)
    known = f"{record.unit_type or ''} {record.name}".strip()
    if record.code is None:
        return both(
            (f"{len(record.candidates)} đơn vị cùng tên", f"{len(record.candidates)} units of that name")
        )
    above = record.province if record.level != "province" else None
    return text(", ".join(filter(None, (known, above))))
