"""The seed article: every fact is there and right, and its whole output stands in a golden file."""

from decimal import Decimal
from pathlib import Path

import pytest

from extractor import Extraction, Figure, Official, Place, extract
from extractor.output import to_text

ROOT = Path(__file__).parent.parent
SEED = "seeds/bac-ai-go-cong-tay-giam-ngheo.txt"
GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="module")
def seed() -> Extraction:
    return extract((ROOT / SEED).read_bytes().decode("utf-8"), SEED)


def figure(seed: Extraction, text: str) -> Figure:
    found = [r for r in seed.records if isinstance(r, Figure) and r.text == text]
    assert len(found) == 1, f"{text!r} is found {len(found)} times"
    return found[0]


def test_article(seed: Extraction) -> None:
    article = seed.article
    assert article.title == "Đoàn huyện Bác Ái, tỉnh Ninh Thuận trao đổi kinh nghiệm về công tác giảm nghèo"
    assert (article.published, article.byline, article.newspaper) == (
        "2024-11",
        "KIM LAN - HOÀI THU",
        "Ấp Bắc",
    )
    assert "Zalo" not in article.text[slice(*article.body)]


@pytest.mark.parametrize(
    ("text", "value", "qualifier", "indicator", "basis", "change", "period", "status"),
    [
        ("100,1 tỷ đồng", "100100000000", "over", "thu ngân sách địa phương", None, None, "2024", "actual"),
        ("79,78%", "79.78", "exact", "thu ngân sách địa phương", "dự toán giao", None, "2024", "actual"),
        (
            "71,2 triệu đồng",
            "71200000",
            "exact",
            "thu nhập bình quân đầu người",
            None,
            None,
            "2024",
            "actual",
        ),
        ("9,2%", "9.2", "exact", "thu nhập bình quân đầu người", "năm 2023", "increase", "2024", "actual"),
        ("322 hộ nghèo", "322", "exact", None, None, None, "2023", "actual"),
        ("0,87%", "0.87", "exact", "tỷ lệ", None, None, "2023", "actual"),
        ("246 hộ nghèo", "246", "exact", None, None, None, "2024", "planned"),
        ("0,72 %", "0.72", "exact", "tỷ lệ", None, None, "2024", "planned"),
        ("136 hộ", "136", "exact", None, None, None, None, "actual"),
        ("3,7 tỷ đồng", "3700000000", "over", "kinh phí", None, None, None, "actual"),
        ("53 hộ nuôi", "53", "exact", None, None, None, "2024", "actual"),
        ("1,6 tỷ đồng", "1600000000", "over", "tổng kinh phí", None, None, "2024", "actual"),
    ],
)
def test_figure(
    seed: Extraction,
    text: str,
    value: str,
    qualifier: str,
    indicator: str | None,
    basis: str | None,
    change: str | None,
    period: str | None,
    status: str,
) -> None:
    r = figure(seed, text)
    assert (r.value_min, r.value_max) == (Decimal(value), Decimal(value))
    assert (r.qualifier, r.indicator, r.basis, r.change) == (qualifier, indicator, basis, change)
    assert (r.period, r.status) == (period, status)
    assert (r.place_code, r.place_name) == ("823", "huyện Gò Công Tây")
    assert r.verified


def test_officials(seed: Extraction) -> None:
    found = [
        (r.name, r.honorific, r.position, r.organisation, r.place_name, r.place_code)
        for r in seed.records
        if isinstance(r, Official)
    ]
    assert found == [
        ("Phạm Văn Sâm", "đồng chí", "Phó Bí thư Thường trực", "Huyện ủy Bác Ái", "huyện Bác Ái", "584"),
        ("Trần Quốc Bình", "đồng chí", "Phó Bí thư Thường trực", "Huyện ủy", "huyện Gò Công Tây", "823"),
    ]


def test_places(seed: Extraction) -> None:
    found = {(r.level, r.unit_type, r.name, r.code, r.province) for r in seed.records if isinstance(r, Place)}
    assert found == {
        ("district", "huyện", "Bác Ái", "584", "Ninh Thuận"),
        ("district", "huyện", "Gò Công Tây", "823", "Tiền Giang"),
        ("province", "tỉnh", "Ninh Thuận", "58", "Ninh Thuận"),
        ("province", "tỉnh", "Tiền Giang", "82", "Tiền Giang"),
        ("commune", "thị trấn", "Vĩnh Bình", "28651", "Tiền Giang"),
    }


def test_whole_output(seed: Extraction) -> None:
    """Regenerate after reading the difference: `trichtin extract seeds/*.txt --out tests/golden/seed.jsonl`."""
    assert to_text(seed.records, "jsonl") == (GOLDEN / "seed.jsonl").read_text(encoding="utf-8")


def test_doc_has_the_sentences_and_the_records(seed: Extraction) -> None:
    doc = seed.doc
    assert doc.text == seed.article.text
    assert len(doc._.records) == len(doc.spans["trichtin"]) == len(seed.records)
    assert [s.text for s in doc.spans["trichtin"]] == [r.text for r in seed.records]
    title = next(doc.sents)
    assert title.text.strip() == seed.article.title


@pytest.mark.parametrize("name", ["nong-thon-moi-2016", "thu-ngan-sach-2024", "ban-do-moi-2026"])
def test_own_article(name: str) -> None:
    """Regenerate after reading the difference: `trichtin extract corpus/articles/NAME.txt --out tests/golden/NAME.jsonl`."""
    path = f"corpus/articles/{name}.txt"
    found = extract((ROOT / path).read_bytes().decode("utf-8"), path)
    assert to_text(found.records, "jsonl") == (GOLDEN / f"{name}.jsonl").read_text(encoding="utf-8")
