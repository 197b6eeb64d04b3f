"""The gazetteer as rows of the table `units`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any


def unit_rows() -> Iterator[tuple[Any, ...]]:
    """Every state of every unit that has a code, in the order of the table's columns."""
    from rules.gazetteer.units import REFORM, province_of, table, units

    points = {(code, era): (Decimal(lat), Decimal(lon)) for code, era, lat, lon, *_ in table("points")}
    seen: set[tuple[str, str]] = set()
    for unit in units():
        if not unit.code or unit.key in seen:
            continue
        seen.add(unit.key)
        province = province_of(unit)
        era = "new" if unit.valid_from >= REFORM or unit.valid_to is None else "old"
        latitude, longitude = points.get((unit.code, era)) or points.get((unit.code, "old")) or (None, None)
        yield (
            unit.code,
            unit.valid_from,
            unit.valid_to,
            unit.level,
            unit.unit_type,
            unit.name,
            unit.parent_code or None,
            province.code if province else None,
            province.name if province else None,
            latitude,
            longitude,
            unit.act_from or None,
            unit.act_to or None,
        )
