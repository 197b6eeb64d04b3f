"""A small database of articles written for the tests: provinces and years that charts can compare."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SEED = Path(__file__).parent.parent / "seeds" / "bac-ai-go-cong-tay-giam-ngheo.txt"

HOSTILE = """=HYPERLINK("http://evil.example") <script>window.hit=1</script> tại huyện Gò Công Tây, tỉnh Tiền Giang

<img src=x onerror="window.hit=2"> Năm 2016, huyện chi 3,7 tỷ đồng </script><script>window.hit=3</script> cho 136 hộ nghèo. \
\u202engược\u202c Ông "><svg onload=window.hit=5> nhận 5,5 tỷ đồng.
"""


def articles() -> list[dict[str, str]]:
    """Own lines in the manner of provincial news, three provinces in three years, and one hostile article."""
    rows = [
        {"id": "seed", "content": SEED.read_text(encoding="utf-8")},
        {"id": "hostile", "content": HOSTILE},
    ]
    for p, province in enumerate(("Tiền Giang", "Ninh Thuận", "Quảng Ninh")):
        for year in (2015, 2016, 2017):
            money, rate = 3000 + 700 * p + 250 * (year - 2015), 8 - p - (year - 2015)
            text = (
                f"Tỉnh {province} tổng kết năm {year}\n\n"
                f"Ngày 5/1/{year + 1}, UBND tỉnh {province} họp báo do ông Trần Văn Bình, Chủ tịch UBND tỉnh {province} chủ trì. "
                f"Năm {year}, thu ngân sách của tỉnh {province} đạt {money} tỷ đồng, tăng {5 + p},5% so với năm {year - 1}. "
                f"Tỷ lệ hộ nghèo của tỉnh còn {rate},25%, với {12000 - 900 * p} hộ nghèo.\n"
                f"Năm {year + 1}, tỉnh {province} phấn đấu thu ngân sách đạt {money + 300} tỷ đồng.\n"
            )
            rows.append(
                {
                    "id": f"{p}-{year}",
                    "content": text,
                    "url": f"https://bao.example/{year + 1}/01/06/tin-{p}.html",
                }
            )
    return rows


def fill(folder: Path, target: str) -> str:
    """Load the articles into a target."""
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in articles())
    (folder / "news.jsonl").write_text(lines, encoding="utf-8")
    command = [
        sys.executable,
        "-c",
        "from extractor.cli import main; main()",
        "bulk",
        str(folder / "news.jsonl"),
    ]
    subprocess.run([*command, "--to", target, "--jobs", "1"], check=True, capture_output=True)
    return target


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The target of a database that holds the articles."""
    folder = tmp_path_factory.mktemp("newsroom")
    return fill(folder, f"sqlite:///{folder}/news.db")
