"""What reconcile makes is the same for any number of jobs, and however the archive came."""

from __future__ import annotations

import json
from pathlib import Path

from archive import words

from benchmarks.runs import WAYS, content, loaded

N = "Ninh Thuận"
WIRE = f"Năm 2016, thu ngân sách của tỉnh {N} đạt 2.150 tỷ đồng. " + " ".join(words(1, 120))
OTHER = f"Ông Lưu Xuân Vĩnh, Chủ tịch UBND tỉnh {N}, dự lễ. " + " ".join(words(2, 120))


def articles() -> list[dict[str, str]]:
    """Copies, figures that differ, a plan and its result, and chairs before and after, across the two halves."""
    told = [
        ("2017-01-10", "Báo A", WIRE),
        ("2017-01-25", "Báo B", f"Năm 2016, thu ngân sách của tỉnh {N} đạt 2.340 tỷ đồng."),
        ("2016-01-20", "Báo C", f"Năm 2016, tỉnh {N} phấn đấu thu ngân sách đạt 2.200 tỷ đồng."),
        ("2015-01-10", "Báo A", OTHER),
        ("2019-03-05", "Báo B", f"Bà Lê Thị Mai, Chủ tịch UBND tỉnh {N}, dự lễ."),
        ("2017-01-11", "Báo D", WIRE + " hết"),
        ("2018-01-25", "Báo A", f"Năm 2017, thu ngân sách của tỉnh {N} đạt 2.400 tỷ đồng."),
        ("2018-01-26", "Báo B", f"Năm 2017, thu ngân sách của tỉnh {N} đạt hơn 2.390 tỷ đồng."),
        ("2015-01-12", "Báo C", OTHER + " hết"),
        ("2020-03-05", "Báo C", f"Bà Lê Thị Mai, Giám đốc Sở Y tế tỉnh {N}, nói. Ông Lê Văn Ba, Chủ tịch UBND tỉnh {N}, dự."),
    ]  # fmt: skip
    return [
        {"id": f"a{i}", "content": text, "date": day, "newspaper": paper}
        for i, (day, paper, text) in enumerate(told)
    ]


def test_the_tables_are_the_same_whatever_the_jobs_and_the_order(tmp_path: Path) -> None:
    archive = tmp_path / "news.jsonl"
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in articles())
    archive.write_text("".join(lines), encoding="utf-8")
    # Both ways that differ the most; `python -m benchmarks.runs ARCHIVE` tries them all.
    found = {name: content(target) for name, target in loaded(archive, tmp_path, (WAYS[0], WAYS[-1]))}
    first = found["1 job"]
    counts = {name: len(rows) for name, rows in first.items()}
    assert (counts["stories"], counts["claims"], counts["targets"], counts["tenures"]) == (2, 3, 1, 4)
    assert sum("'conflicting'" in row for row in first["claims"]) == 1
    assert {table for table, rows in found["other order"].items() if rows != first[table]} == set()
