"""Makes the tables of this folder: `python -m rules.gazetteer.build UNITS.tsv`.

Sources: `units.tsv`, the dated states of the statistics office's lists (its README tells its columns), and
PyPI's vietnamadminunits 1.0.4 (MIT) for the map of June 2025 to July 2025 and for the coordinates.
Nothing of this is needed when the project is installed or run.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path

from rules.gazetteer.spelling import fold_name, loose_key, name_key

FIRST_DAY, REFORM = "2004-08-31", "2025-07-01"
SHORT_TYPES = {
    "Tỉnh": "T",
    "Thành phố": "TP",
    "Quận": "Q",
    "Huyện": "H",
    "Thị xã": "TX",
    "Phường": "P",
    "Xã": "X",
    "Thị trấn": "TT",
    "Đặc khu": "ĐK",
}
HEADS = {
    "units": "code\ttype\tname\tparent\tfrom\tto\tact_from\tact_to",
    "acts": "act\ttext",
    "current": "code\tformer",
    "spellings": "code\tnames",
    "points": "code\tera\tlatitude\tlongitude",
}


def _rows(source: Path) -> list[dict[str, str]]:
    head, *lines = source.read_text(encoding="utf-8").splitlines()
    names = head.split("\t")
    return [dict(zip(names, line.split("\t"), strict=True)) for line in lines]


def _units(rows: list[dict[str, str]], acts: dict[str, int]) -> Iterator[str]:
    """Blank: first day 2004-08-31 ("then or before"), last day open. An act is its line in acts.tsv. Other spellings are tone placements only: not kept."""

    def act(text: str) -> str:
        return str(acts.setdefault(text, len(acts) + 1)) if text else ""

    for row in sorted(rows, key=lambda r: (len(r["code"]), r["code"], r["valid_from"])):
        name = fold_name(row["name"])
        name = (
            str(int(name)) if name.isdigit() else name
        )  # "07" and "7" stand in different states of the list
        first = "" if row["valid_from"] == FIRST_DAY else row["valid_from"]
        fields = [row["code"], SHORT_TYPES[row["type"]], name, row["parent_code"], first, row["valid_to"]]
        yield "\t".join([*fields, act(row["act_from"]), act(row["act_to"])]).rstrip()


def _spellings(rows: list[dict[str, str]]) -> Iterator[str]:
    """Names of one code that differ in marks alone: two spellings of one unit in different states of the list."""
    names: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        name = fold_name(row["name"])
        names.setdefault((row["code"], loose_key(name)), set()).add(name)
    for (code, _), same in sorted(names.items()):
        if len({name_key(name) for name in same}) > 1:
            yield f"{code}\t{';'.join(sorted(same))}"


def _package() -> tuple[sqlite3.Connection, dict[str, dict[str, dict[str, list[object]]]]]:
    data = resources.files("vietnamadminunits") / "data"
    base = sqlite3.connect(f"file:{data / 'dataset.db'}?mode=ro", uri=True)
    return base, json.loads((data / "converter_2025.json").read_text(encoding="utf-8"))


def _current() -> Iterator[str]:
    """One line for each unit of July 2025: the communes of June 2025 that it took over, `*` where only a part."""
    base, converter = _package()
    old = {
        f"{province}_{district}_{ward or ''}": code or district_code
        for province, district, ward, code, district_code in base.execute(
            "SELECT provinceKey, districtKey, wardKey, wardCode, districtCode FROM admin_units_legacy"
        )
    }
    new = {
        (p, w): code for p, w, code in base.execute("SELECT provinceKey, wardKey, wardCode FROM admin_units")
    }
    former: dict[str, list[str]] = {}
    for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, keys in wards.items():
            former.setdefault(new[province, ward], []).extend(old[str(key)] for key in keys)
    for province, split in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, parts in split.items():
            for part in parts:
                assert isinstance(part, dict)
                former.setdefault(new[province, part["newWardKey"]], []).append(old[key] + "*")
    for code, codes in sorted(former.items()):
        yield f"{code}\t{' '.join(sorted(set(codes)))}"


def _points() -> Iterator[str]:
    """Coordinates by code and era: `old` for June 2025 and before, `new` since July 2025."""
    base, _ = _package()
    queries = {
        "old": (
            "SELECT provinceCode, provinceLat, provinceLon FROM admin_units_legacy",
            "SELECT districtCode, districtLat, districtLon FROM admin_units_legacy",
            "SELECT wardCode, wardLat, wardLon FROM admin_units_legacy",
        ),
        "new": (
            "SELECT provinceCode, provinceLat, provinceLon FROM admin_units",
            "SELECT wardCode, wardLat, wardLon FROM admin_units",
        ),
    }
    for era, parts in queries.items():
        found = {row for query in parts for row in base.execute(query) if row[0] and row[1] is not None}
        for code, latitude, longitude in sorted(found, key=lambda r: (len(r[0]), r[0])):
            yield f"{code}\t{era}\t{latitude:.4f}\t{longitude:.4f}"


def tables(source: Path) -> dict[str, str]:
    """The content of every made table by its name without `.tsv`."""
    acts: dict[str, int] = {}
    rows = _rows(source)
    units = list(_units(rows, acts))
    lines: dict[str, Iterable[str]] = {
        "units": units,
        "acts": (f"{number}\t{text}" for text, number in acts.items()),
        "current": _current(),
        "spellings": _spellings(rows),
        "points": _points(),
    }
    return {name: "\n".join([HEADS[name], *lines[name]]) + "\n" for name in HEADS}


def main() -> None:
    """Write the tables beside this file."""
    for name, content in tables(Path(sys.argv[1])).items():
        (Path(__file__).parent / f"{name}.tsv").write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
