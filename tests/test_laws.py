"""Laws that hold for any text and any file: a few examples of each here, as many as one likes with `python -m fuzz`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from fuzz.files import TARGETS as FILES
from fuzz.inputs import TARGETS as INPUTS
from fuzz.laws import LAWS, Broken, linear

TARGETS: dict[str, tuple[Callable[[Any], None], Any]] = {**LAWS, **INPUTS, **FILES}
ROOT = Path(__file__).parent.parent
ARTICLES = sorted(
    [*ROOT.glob("seeds/*.txt"), *ROOT.glob("corpus/articles/*.txt"), *ROOT.glob("benchmarks/articles/*.txt")]
)
FINDINGS = ROOT / "fuzz" / "corpus" / "findings.jsonl"
FEW = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
"""Nothing is made smaller here: that is what `python -m fuzz` does, with time."""


OPEN_ENDED = {"linear", "checker", "own_records"}
"""Laws on two readers of one nonsense text, and on time: every release of hypothesis makes other examples of them, and a new
find would fail a change that it has nothing to do with. They are for `python -m fuzz`, and are held here by articles."""


@pytest.mark.parametrize("name", sorted(set(TARGETS) - OPEN_ENDED))
def test_a_law_holds(name: str) -> None:
    law, strategy = TARGETS[name]
    FEW(given(strategy)(law))()


@pytest.mark.parametrize("name", ["checker", "own_records"])
@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
def test_rules_and_checker_read_an_article_alike(article: Path, name: str) -> None:
    law, _ = TARGETS[name]
    law(article.read_text(encoding="utf-8"))


def findings() -> list[Any]:
    """Past findings, one a line; one that is `open` is known to fail, strictly: a mend announces itself."""
    rows = map(json.loads, FINDINGS.read_text(encoding="utf-8").splitlines())
    return [
        pytest.param(
            row["law"],
            row["text"],
            id=f"{row['law']}-{number}",
            marks=pytest.mark.xfail(strict=True, reason=row["open"], raises=Broken)
            if row.get("open")
            else (),
        )
        for number, row in enumerate(rows, 1)
    ]


@pytest.mark.parametrize(("name", "text"), findings())
def test_past_findings_stay_mended(name: str, text: str) -> None:
    law, _ = TARGETS[name]
    law(bytes.fromhex(text) if name in FILES else text)


@pytest.mark.parametrize(
    "piece",
    [
        "thu ngân sách cho ",
        "ông A, Chủ tịch UBND xã B (",
        "từ 5% lên ",
        "“thu ngân sách ",
        "Đ/c ",
        "tháng 5/",
        "• ",
        "ỦY ",
    ],
)
def test_a_repeated_piece_takes_time_in_proportion(piece: str) -> None:
    linear(piece)
