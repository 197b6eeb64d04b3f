"""The gazetteer: the tables are those that the build makes, and say what the published lists say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from extractor.commands.places import command
from rules.gazetteer import units as gazetteer
from rules.gazetteer.lookup import point, search
from rules.gazetteer.spelling import fold_name, loose_key, name_key
from rules.gazetteer.successors import current

FOLDER = Path(gazetteer.__file__).parent
SOURCES = Path(__file__).parents[2] / "shared" / "units" / "units.tsv"


@pytest.mark.skipif(not SOURCES.exists(), reason="the dated lists are not here")
def test_tables_are_those_that_the_build_makes() -> None:
    pytest.importorskip("vietnamadminunits")
    from rules.gazetteer.build import tables

    for name, content in tables(SOURCES).items():
        assert (FOLDER / f"{name}.tsv").read_text(encoding="utf-8") == content, (
            f"{name}.tsv: run rules/gazetteer/build.py"
        )


@pytest.mark.parametrize(
    ("day", "counts"),
    [("2017-01-01", (63, 713, 11162)), ("2025-08-01", (34, 0, 3321)), ("2026-05-01", (34, 0, 3321))],
)
def test_counts_of_a_day(day: str, counts: tuple[int, int, int]) -> None:
    assert tuple(len(gazetteer.on(day, level)) for level in ("province", "district", "commune")) == counts


def test_a_key_is_code_and_first_day() -> None:
    keys = [u.key for u in gazetteer.units() if u.code]
    assert len(keys) == len(set(keys))
    old, new = gazetteer.by_key("26740", "2004-08-31"), gazetteer.by_key("26740", "2025-07-01")
    assert old is not None
    assert new is not None
    assert (old.full_name, new.full_name) == ("phường Bến Nghé", "phường Sài Gòn")


def test_states_of_a_code_do_not_overlap() -> None:
    for unit in gazetteer.units():
        for later in gazetteer.states(unit.code):
            if later.valid_from > unit.valid_from:
                assert unit.valid_to is not None
                assert unit.valid_to <= later.valid_from


def test_every_unit_has_parents_of_its_time() -> None:
    for unit in gazetteer.units():
        if unit.code and unit.level != "province":
            chain = gazetteer.parents(unit)
            assert chain, unit
            assert chain[-1].level == "province", unit


def test_parents_are_those_of_the_day() -> None:
    (unit,) = [u for u in gazetteer.named("Xuân Mai", "commune", "2010-01-01") if u.unit_type == "thị trấn"]
    assert [p.full_name for p in gazetteer.parents(unit, "2010-01-01")] == [
        "huyện Chương Mỹ",
        "thành phố Hà Nội",
    ]
    (before,) = [u for u in gazetteer.named("Xuân Mai", "commune", "2006-01-01") if u.unit_type == "thị trấn"]
    assert gazetteer.parents(before, "2006-01-01")[-1].full_name == "tỉnh Hà Tây"


@pytest.mark.parametrize(
    ("name", "day", "now", "basis"),
    [
        ("Hà Tây", "2006-01-01", ["thành phố Hà Nội"], None),
        ("Tiền Giang", "2020-01-01", ["tỉnh Đồng Tháp"], None),
        ("Thừa Thiên Huế", "2020-01-01", ["thành phố Huế"], None),
        ("Côn Đảo", "2020-01-01", ["đặc khu Côn Đảo"], None),
        ("Bến Nghé", "2020-01-01", ["phường Sài Gòn"], None),
        ("Tây Trà", "2018-01-01", ["tỉnh Quảng Ngãi"], "parent"),
    ],
)
def test_what_became_of_a_unit(name: str, day: str, now: list[str], basis: str | None) -> None:
    (unit,) = gazetteer.named(name, None, day)[:1]
    units, found_basis = current(unit)
    assert [u.full_name for u in units] == now
    assert found_basis == basis


def test_every_unit_has_successors() -> None:
    assert [u for u in gazetteer.units() if not current(u)[0]] == []


def test_units_by_hand_stand_beside_the_lists() -> None:
    (minh_hai,) = gazetteer.named("Minh Hải", "province")
    assert [u.full_name for u in current(minh_hai)[0]] == ["tỉnh Cà Mau"]
    kinds = {u.code: u.unit_type for u in gazetteer.named("Kỳ Anh", "district", "2017-01-01")}
    assert kinds == {"447": "huyện", "449": "thị xã"}


def test_spellings_of_one_name() -> None:
    assert fold_name("Hoà  Bình") == "Hòa Bình"
    assert name_key("Qui Nhơn") == name_key("Quy Nhơn")
    assert name_key("Tam Xuân 2") == name_key("Tam Xuân II")
    assert name_key("07") == name_key("7")
    assert name_key("Phan Rang - Tháp Chàm") == name_key("Phan Rang-Tháp Chàm")
    assert loose_key("Chư Păh") == loose_key("Chu Pah")


def test_search_narrows_by_what_holds_it() -> None:
    assert {u.code for u in search("Châu Thành, Tiền Giang", "2017-01-01")} == {"821"}
    assert [u.code for u in search("P.7, quận 3", "2017-01-01")] == ["27124"]
    assert [u.full_name for u in search("26740", "2026-01-01")] == ["phường Sài Gòn"]
    assert {u.full_name for u in search("daklak", "2017-01-01")} == {"tỉnh Đắk Lắk"}
    unit = search("thành phố Đà Lạt")[-1]
    where = point(unit)
    assert where is not None
    assert where.latitude.startswith("11.9")


def test_loading_costs_little_more_than_reading_its_lines() -> None:
    """A ratio within one process, of processor time: parsing every row into objects up front would be far more."""
    code = (
        "from time import process_time as now; from importlib import resources; from rules.gazetteer import units as g;"
        "lines = lambda: [x.split('\\t') for f in ('units', 'history', 'acts') for x in"
        " (resources.files('rules.gazetteer') / f'{f}.tsv').read_text(encoding='utf-8').splitlines()];"
        "t = now(); lines(); read = now() - t; t = now(); g.named('Bác Ái'); print((now() - t) / max(read, 0.001))"
    )
    ratios = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
        for _ in range(3)
    ]
    assert min(ratios) < 20


def test_command_lists_and_counts() -> None:
    run = CliRunner().invoke(command, ["--on", "2017-01-01"])
    assert run.output.split() == ["province", "63", "district", "713", "commune", "11162"]
    run = CliRunner().invoke(
        command, ["--on", "2016-06-01", "--level", "district", "--province", "Quảng Ninh"]
    )
    assert len(run.output.splitlines()) == 14
    assert "204\thuyện Hoành Bồ\ttỉnh Quảng Ninh" in run.output


def test_command_looks_a_unit_up() -> None:
    run = CliRunner().invoke(command, ["Bến Nghé", "--date", "2017-01-01"])
    assert "phường Bến Nghé, quận 1, thành phố Hồ Chí Minh" in run.output
    assert "phường Sài Gòn" in run.output


@pytest.mark.parametrize("arguments", [["Không Có Đâu"], ["--on", "xưa"], [], ["--on", "1900-01-01"]])
def test_command_tells_what_is_wrong(arguments: list[str]) -> None:
    run = CliRunner().invoke(command, arguments)
    assert run.exit_code != 0
    assert "Error" in run.output
