"""`trichtin places`: administrative units, then and now."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rules.gazetteer.units import Unit

_LEVELS = ("province", "district", "commune")


@click.command()
@click.argument("query", required=False)
@click.option("--date", metavar="DATE", help="Only units that existed on this day (2016-06-01).")
@click.option("--on", metavar="DATE", help="List the units of a day; without --level their counts.")
@click.option("--level", type=click.Choice(_LEVELS), help="With --on: the level to list.")
@click.option("--province", metavar="NAME", help="With --on: only units of this province.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def command(
    query: str | None,
    date: str | None,
    on: str | None,
    level: str | None,
    province: str | None,
    as_json: bool,
) -> None:
    """Look a unit up: its code, parents, what it was, what it is today, by which act.

    \b
    trichtin places "Châu Thành, Tiền Giang"
    trichtin places "phường Bến Nghé" --date 2017-01-01
    trichtin places --on 2016-06-01 --level district --province "Quảng Ninh"
    trichtin places --on 2017-01-01         how many there were
    """
    if on:
        _listing(_day(on), level, province, as_json)
    elif query:
        _look_up(query, _day(date) if date else None, as_json)
    else:
        raise click.UsageError('name a unit, or a day with --on ("trichtin places --help" shows examples)')


def _day(text: str) -> str:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise click.BadParameter(f"{text!r} is no date; write it as 2016-06-01") from None


def _listing(day: str, level: str | None, province: str | None, as_json: bool) -> None:
    from rules.gazetteer import units as gazetteer
    from rules.gazetteer.spelling import name_key

    def within(unit: Unit) -> bool:
        above = gazetteer.province_of(unit, day)
        return above is not None and name_key(above.name) == name_key(province or above.name)

    found = [u for u in gazetteer.on(day) if province is None or within(u)]
    if not found:
        raise click.ClickException(
            f"no unit of {province or 'any province'} on {day}; the lists begin on 2004-08-31"
        )
    if level is None:
        for name in _LEVELS:
            click.echo(f"{name}\t{sum(u.level == name for u in found)}")
        return
    for unit in found:
        if unit.level == level:
            click.echo(json.dumps(_object(unit, day), ensure_ascii=False) if as_json else _line(unit, day))


def _line(unit: Unit, day: str | None) -> str:
    from rules.gazetteer import units as gazetteer

    return "\t".join([unit.code, unit.full_name, *(p.full_name for p in gazetteer.parents(unit, day))])


def _look_up(query: str, day: str | None, as_json: bool) -> None:
    from rules.gazetteer.lookup import search

    found = search(query, day)
    if not found:
        hint = " on that day; leave --date out to see all times" if day else "; try it without the type word"
        raise click.ClickException(f"no unit named {query!r}{hint}")
    for unit in found:
        click.echo(
            json.dumps(_object(unit, day), ensure_ascii=False) if as_json else "\n".join(_told(unit, day))
        )


def _told(unit: Unit, day: str | None) -> Iterable[str]:
    from rules.gazetteer import units as gazetteer
    from rules.gazetteer.lookup import point
    from rules.gazetteer.successors import current

    above = ", ".join(p.full_name for p in gazetteer.parents(unit, day))
    yield f"{unit.full_name}{', ' if above else ''}{above}"
    yield f"  code        {unit.code}, as of {unit.valid_from}" if unit.code else "  code        not known"
    yield f"  held        {_from(unit)} – {unit.valid_to or 'today'}"
    if unit.act_from:
        yield f"  made by     {unit.act_from}"
    if unit.act_to:
        yield f"  ended by    {unit.act_to}"
    for state in gazetteer.states(unit.code):
        if state.key != unit.key:
            yield f"  same code   {state.full_name}, {_from(state)} – {state.valid_to or 'today'}"
    if where := point(unit):
        yield f"  lies at     {where.latitude} N, {where.longitude} E"
    units, basis = current(unit)
    if unit.valid_from < gazetteer.REFORM:
        head = "now         " if basis is None else "now within  "
        for successor in units:
            province = gazetteer.province_of(successor, gazetteer.REFORM)
            within = f", {province.full_name}" if province and province.key != successor.key else ""
            yield f"  {head}{successor.full_name}{within} ({successor.code})"
        if basis:
            yield "              (known for the unit above it only)"


def _from(unit: Unit) -> str:
    from rules.gazetteer.units import FIRST_DAY

    return f"{unit.valid_from} or before" if unit.valid_from == FIRST_DAY else unit.valid_from


def _object(unit: Unit, day: str | None) -> dict[str, Any]:
    from rules.gazetteer import units as gazetteer
    from rules.gazetteer.lookup import point
    from rules.gazetteer.successors import current

    successors, basis = current(unit)
    where = point(unit)
    return {
        **{k: v for k, v in unit._asdict().items() if k != "parent_code"},
        "parents": [
            {"code": p.code, "valid_from": p.valid_from, "name": p.full_name}
            for p in gazetteer.parents(unit, day)
        ],
        "current": [{"code": u.code, "name": u.full_name} for u in successors],
        "current_basis": basis,
        "latitude": float(where.latitude) if where else None,
        "longitude": float(where.longitude) if where else None,
    }
