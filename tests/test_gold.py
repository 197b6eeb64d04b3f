"""Floors of the scores on the annotated articles, so that no change loses accuracy unseen."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from extractor import extract
from extractor.output import to_text

SHARED = Path(__file__).parent.parent.parent / "shared"

pytestmark = pytest.mark.skipif(
    not (SHARED / "gold").is_dir(), reason="the annotated articles of ../shared are not here"
)

FLOORS = {
    "money": {
        "f1": 0.99,
        "exact_span": 0.98,
        "qualifier": 0.98,
        "indicator": 0.88,
        "place": 0.85,
        "complete": 0.65,
    },
    "percent": {
        "f1": 0.99,
        "exact_span": 0.98,
        "change": 0.95,
        "basis": 0.9,
        "place": 0.85,
        "complete": 0.65,
    },
    "households": {"f1": 0.99, "exact_span": 0.98, "category": 0.98, "place": 0.83, "complete": 0.7},
    "official": {"f1": 0.95, "precision": 0.95, "organisation": 0.93},
    "province": {"f1": 0.98, "code": 0.98, "type": 0.97},
    "district": {"f1": 0.97, "code": 0.98, "type": 0.97},
    "commune": {"f1": 0.95, "code": 0.98, "type": 0.97},
}


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, float]]:
    out = tmp_path_factory.mktemp("gold") / "records.jsonl"
    with out.open("w", encoding="utf-8", newline="") as file:
        for article in sorted((SHARED / "gold/articles").glob("*.txt")):
            file.write(to_text(extract(article.read_bytes().decode("utf-8"), str(article)).records, "jsonl"))
    scorer = [
        sys.executable,
        str(SHARED / "tools/score.py"),
        str(SHARED / "gold/gold.jsonl"),
        str(out),
        "--json",
    ]
    done = subprocess.run(scorer, capture_output=True, check=True)
    result: dict[str, dict[str, float]] = json.loads(done.stdout)
    return result


@pytest.mark.parametrize(
    ("kind", "measure", "floor"), [(k, m, f) for k, row in FLOORS.items() for m, f in row.items()]
)
def test_score_is_not_below_its_floor(
    scores: dict[str, dict[str, float]], kind: str, measure: str, floor: float
) -> None:
    assert scores[kind][measure] >= floor


def test_every_record_is_grounded(scores: dict[str, object]) -> None:
    assert scores["ungrounded"] == 0
