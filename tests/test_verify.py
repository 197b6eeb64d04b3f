"""`trichtin check`: records of any producer against articles."""

from __future__ import annotations

import csv
import io
import json
import tarfile
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from growth import growth

from extractor.article import read_article
from extractor.commands.check import command
from extractor.verify import Finding, InputError, Source, read_claims, verify
from extractor.verify.claims import claim

ARTICLE = """Huyện Lạc Sơn họp báo

Ngày 5-10, bà Quách Thị Hoà, Chủ tịch UBND huyện Lạc Sơn (Hòa Bình), cho biết thu ngân sách đạt 100,1 tỷ đồng, chi 98 tỷ đồng; \
thu nhập bình quân 1.250,5 nghìn đồng. Ông Bùi Văn Tâm, Phó Chủ tịch Thường trực Hội Nông dân, nói 50/70 hộ đã thoát nghèo.

Huyện còn 322 hộ nghèo, chiếm 0,87%. Mỗi hộ được vay 2-3 triệu đồng, có nơi 98 tỷ đồng.
"""


def _verdict(fields: dict[str, Any], text: str = ARTICLE) -> Finding:
    return verify(claim(1, "test", fields), Source(read_article(text, "a.txt")))


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "100,1 tỷ đồng", "value": 100100000000, "unit": "VND"},
        {"value": 100.1, "unit": "tỷ đồng"},
        {"value": "100,1 tỷ đồng"},
        {"value": "100.1 billion VND"},
        {"value": "một trăm phẩy một tỷ đồng"},
        {"text": "100,1  TỶ đồng", "value_min": 100100000000, "value_max": 100100000000},
        {"value": "1.250,5 nghìn đồng"},
        {"value": 1250500, "unit": "VND"},
        {"value": "một nghìn hai trăm năm mươi phẩy năm nghìn đồng"},
        {"kind": "households", "value": 50, "of": 70},
        {"kind": "households", "value": 322, "category": "hộ nghèo"},
        {"value": [2000000, 3000000], "currency": "VND"},
        {"value": "2-3 triệu đồng"},
        {"kind": "percent", "value": "0,87"},
        {"text": "98 tỷ đồng", "start": ARTICLE.index("98 tỷ"), "end": ARTICLE.index("98 tỷ") + 10},
        {"text": "chi 98 tỷ đồng"},
        {"name": "Quách Thị Hoà", "position": "Chủ tịch"},
        {"name": "Bà Quách Thị Hòa", "office": "chủ tịch", "organization": "Ủy ban nhân dân huyện Lạc Sơn"},
        {"name": "Bùi Văn Tâm", "position": "Thường trực Phó Chủ tịch", "organisation": "Hội Nông dân"},
        {"place": "huyện Lạc Sơn"},
        {"kind": "place", "name": "Hoà Bình", "level": "province"},
    ],
)
def test_grounded(fields: dict[str, Any]) -> None:
    found = _verdict(fields)
    assert found.verdict == "grounded", found.why
    assert found.start is not None
    assert ARTICLE[found.start : found.end] == found.found


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": "100,1 tỷ đồng", "value": 100200000000, "unit": "VND"}, "100,1 tỷ đồng"),
        ({"text": "100,1 tỷ đồng", "value": 100100000000, "unit": "USD"}, "USD"),
        ({"text": "100,7 tỷ đồng", "value": 100700000000, "unit": "VND"}, "100,1 tỷ đồng"),
        ({"value": 100100000, "unit": "VND"}, "100,1 tỷ đồng"),
        ({"kind": "households", "value": 322, "category": "hộ cận nghèo"}, "hộ nghèo"),
        ({"kind": "households", "value": 50, "of": 80}, "70"),
        ({"text": "100,1 tỷ đồng", "start": 3, "end": 16}, "stand at"),
        ({"text": "100,1 tỷ đồng", "value": 100100000000, "start": 9000, "end": 9013}, "outside"),
        (
            {"value": 100100000000, "start": ARTICLE.index("00,1 tỷ"), "end": ARTICLE.index("00,1 tỷ") + 10},
            "cut",
        ),
        ({"text": "chiếm 0,97%"}, "chiếm 0,87%"),
        ({"name": "Quách Thị Hoa", "position": "Chủ tịch"}, "Quách Thị Hoà"),
        ({"name": "Quách Thị Hoà", "position": "Phó Chủ tịch"}, "'Bùi Văn Tâm', not"),
        ({"name": "Bùi Văn Tâm", "position": "Chủ tịch"}, "'Quách Thị Hoà', not"),
        ({"name": "Bùi Văn Tâm", "position": "Giám đốc"}, "not with the office"),
        ({"name": "Quách Thị Hoà", "position": "Chủ tịch", "organisation": "Hội Nông dân"}, "body"),
        ({"kind": "place", "name": "Lạc Sơn", "code": "999"}, "code"),
        ({"text": "100,1 tỷ đồng", "value": 100100000000, "place": "huyện Tân Lạc"}, "Tân Lạc"),
    ],
)
def test_altered_shows_both_sides(fields: dict[str, Any], said: str) -> None:
    found = _verdict(fields)
    assert found.verdict == "altered", found.why
    assert said in found.why


def test_ambiguous_lists_the_places() -> None:
    found = _verdict({"text": "98 tỷ đồng", "value": 98000000000})
    assert found.verdict == "ambiguous"
    assert [ARTICLE[a:b] for a, b in found.places] == ["98 tỷ đồng"] * 2


@pytest.mark.parametrize(
    "fields",
    [
        {"value": 777, "unit": "USD"},
        {"text": "không có câu này trong bài báo"},
        {"name": "Đỗ Minh Khang", "position": "Chủ tịch"},
        {"place": "huyện Mai Châu"},
    ],
)
def test_absent(fields: dict[str, Any]) -> None:
    found = _verdict(fields)
    assert (found.verdict, found.start) == ("absent", None)


def test_an_indicator_of_another_figure() -> None:
    text = "Thu ngân sách đạt 120 tỷ đồng. Dân số tăng. Huyện mừng. Tổng dư nợ cho vay là 85 tỷ đồng."
    assert (
        _verdict({"value": 85, "unit": "tỷ đồng", "indicator": "tổng dư nợ cho vay"}, text).verdict
        == "grounded"
    )
    found = _verdict({"value": 120, "unit": "tỷ đồng", "indicator": "tổng dư nợ cho vay"}, text)
    assert (found.verdict, "85 tỷ đồng" in found.why) == ("altered", True)


def test_a_decomposed_article_and_composed_records() -> None:
    text = unicodedata.normalize("NFD", ARTICLE)
    found = _verdict({"text": "100,1 tỷ đồng", "value": 100100000000, "unit": "VND"}, text)
    assert found.verdict == "grounded"
    assert text[found.start : found.end] == unicodedata.normalize("NFD", "100,1 tỷ đồng")
    assert _verdict({"name": "Quách Thị Hòa", "position": "Chủ tịch"}, text).verdict == "grounded"


def test_a_piece_of_a_longer_figure() -> None:
    found = _verdict({"text": "200 triệu đồng", "value": 200000000}, "Hỗ trợ 1 tỷ 200 triệu đồng cho xã.")
    assert (found.verdict, "1 tỷ 200 triệu đồng" in found.why) == ("altered", True)


# ---- the command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "articles" / "b.txt").write_text("Xã chi 5 tỷ đồng.\n", encoding="utf-8")
    return tmp_path


def _records(folder: Path, name: str, content: Any) -> str:
    path = folder / name
    text = (
        content if isinstance(content, str) else "\n".join(json.dumps(r, ensure_ascii=False) for r in content)
    )
    path.write_text(text, encoding="utf-8")
    return str(path)


def _run(*arguments: str, **more: Any) -> Result:
    return CliRunner().invoke(command, list(arguments), **more)


RIGHT = {"source": "a.txt", "value": "100,1 tỷ đồng"}
WRONG = {"source": "b.txt", "text": "6 tỷ đồng", "value": 6000000000, "unit": "VND"}


def test_one_verdict_a_record_in_the_order_of_the_input(folder: Path) -> None:
    result = _run(
        _records(folder, "r.jsonl", [WRONG, RIGHT, WRONG]),
        "--against",
        str(folder / "articles"),
        "--format",
        "jsonl",
    )
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [r["verdict"] for r in rows] == ["altered", "grounded", "altered"]
    assert rows[1]["record"] == RIGHT
    assert result.exit_code == 1


def test_exit_code_when_all_is_grounded(folder: Path) -> None:
    assert _run(_records(folder, "r.jsonl", [RIGHT]), "--against", str(folder / "articles")).exit_code == 0


def test_what_no_record_covers(folder: Path) -> None:
    records = _records(folder, "r.jsonl", [{"source": "b.txt", "text": "xã chi"}, RIGHT])
    result = _run(
        records,
        "--against",
        str(folder / "articles"),
        "--format",
        "json",
        "--missed",
        str(folder / "m.jsonl"),
    )
    missed = {m["text"] for m in json.loads(result.stdout)["missed"]}
    assert {"5 tỷ đồng", "98 tỷ đồng", "322 hộ", "0,87%", "2-3 triệu đồng", "50/70 hộ"} <= missed
    assert "100,1 tỷ đồng" not in missed
    assert len((folder / "m.jsonl").read_text(encoding="utf-8").splitlines()) == len(
        json.loads(result.stdout)["missed"]
    )


def test_as_many_equal_records_as_places(folder: Path) -> None:
    records = _records(
        folder, "r.jsonl", [{"source": "a.txt", "text": "98 tỷ đồng", "value": 98, "unit": "tỷ đồng"}] * 2
    )
    result = _run(records, "--against", str(folder / "articles"), "--format", "jsonl")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [r["verdict"] for r in rows] == ["grounded"] * 2
    assert rows[0]["start"] < rows[1]["start"]


@pytest.mark.parametrize("form", ["table", "jsonl", "json", "csv", "html"])
def test_every_format(folder: Path, form: str) -> None:
    out = folder / f"report.{form}"
    result = _run(
        _records(folder, "r.jsonl", [RIGHT, WRONG]),
        "--against",
        str(folder / "articles"),
        "--format",
        form,
        "--out",
        str(out),
    )
    assert result.exit_code == 1
    assert "altered" in out.read_text(encoding="utf-8")


def test_csv_out_and_in(folder: Path) -> None:
    table = "source;text;value;unit\na.txt;100,1 tỷ đồng;100.1;tỷ đồng\nb.txt;5 tỷ đồng;6000000000;VND\n"
    result = _run(_records(folder, "r.csv", table), "--against", str(folder / "articles"), "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [r["verdict"] for r in rows] == ["grounded", "altered"]


def test_json_with_the_article_told_once(folder: Path) -> None:
    data = [
        {"source": "a.txt", "records": [{"value": "98 tỷ", "text": "chi 98 tỷ đồng"}]},
        {"article": "b", "facts": [{"value": 5, "unit": "tỷ đồng"}]},
    ]
    result = _run(
        _records(folder, "r.json", json.dumps(data)),
        "--against",
        str(folder / "articles"),
        "--format",
        "json",
    )
    assert json.loads(result.stdout)["summary"]["grounded"] == 2


def test_the_html_page_is_inert(folder: Path) -> None:
    evil = '<script>alert(1)</script><img src=x onerror="alert(2)">'
    (folder / "articles" / "c.txt").write_text(f"Xã chi 7 tỷ đồng {evil}.\n", encoding="utf-8")
    records = [
        {"source": "c.txt", "text": evil},
        {"source": evil, "text": evil},
        {"source": "c.txt", "name": evil, "position": evil},
    ]
    page = _run(
        _records(folder, "r.jsonl", records), "--against", str(folder / "articles"), "--format", "html"
    ).stdout
    assert "<script" not in page
    assert "<img" not in page
    assert "http" not in page.replace("http-equiv", "")


def test_archives(folder: Path) -> None:
    with zipfile.ZipFile(folder / "news.zip", "w") as archive:
        archive.write(folder / "articles" / "a.txt", "2016/a.txt")
    with tarfile.open(folder / "news.tar.gz", "w:gz") as archive:
        archive.add(folder / "articles" / "a.txt", "2016/a.txt")
    for name in ("news.zip", "news.tar.gz"):
        for source in ("a.txt", "2016/a.txt", f"{name}!2016/a.txt", "a"):
            records = _records(folder, "r.jsonl", [RIGHT | {"source": source}])
            assert _run(records, "--against", str(folder / name)).exit_code == 0, (name, source)


def test_an_article_by_its_id(folder: Path) -> None:
    records = _records(
        folder, "r.jsonl", [{"article_id": read_article(ARTICLE).id, "value": "100,1 tỷ đồng"}]
    )
    assert _run(records, "--against", str(folder / "articles")).exit_code == 0


def test_an_article_that_is_not_there(folder: Path) -> None:
    result = _run(
        _records(folder, "r.jsonl", [RIGHT | {"source": "z.txt"}]),
        "--against",
        str(folder / "articles"),
        "--format",
        "jsonl",
    )
    row = json.loads(result.stdout.splitlines()[0])
    assert (row["verdict"], "z.txt" in row["why"], result.exit_code) == ("absent", True, 1)


def test_records_of_the_extractor_are_grounded(folder: Path) -> None:
    from extractor import extract
    from extractor.records import to_json

    lines = "\n".join(to_json(r).decode() for r in extract(ARTICLE, "a.txt").records)
    result = _run(
        _records(folder, "r.jsonl", lines), "--against", str(folder / "articles"), "--format", "jsonl"
    )
    assert result.stdout
    assert {json.loads(line)["verdict"] for line in result.stdout.splitlines()} == {"grounded"}


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("r.jsonl", '{"source": "a.txt", "value": 5}\n{"source": ', "r.jsonl:2"),
        ("r.jsonl", "[1, 2]", "record 1"),
        ("r.jsonl", '{"source": "a.txt"}', "nothing to verify"),
        ("r.jsonl", '{"source": "a.txt", "value": "nhiều"}', "no number"),
        ("r.jsonl", '{"source": "a.txt", "text": "x", "start": "a"}', "no whole number"),
        ("r.jsonl", '{"source": "a.txt", "text": "x", "start": Infinity}', "no whole number"),
        ("r.jsonl", '{"source": "a.txt", "text": 5}', "write it as a string"),
        ("r.jsonl", '{"text": "5 tỷ đồng"}', "names no article"),
        ("r.jsonl", "", "no record"),
        ("r.csv", "x,y\n1,2\n", "no column is known"),
        ("r.csv", "source,text\na.txt,b,c\n", "more cells"),
        ("r.json", "{", "is not JSON"),
    ],
)
def test_bad_input_names_the_place_and_what_to_do(folder: Path, name: str, content: str, told: str) -> None:
    result = _run(_records(folder, name, content), "--against", str(folder / "articles"))
    assert (result.exit_code, told in result.output) == (2, True), result.output


def test_bad_paths(folder: Path) -> None:
    records = _records(folder, "r.jsonl", [RIGHT])
    (folder / "empty").mkdir()
    for arguments, told in (
        ((str(folder / "none.jsonl"), "--against", str(folder / "articles")), "no such file"),
        ((records, "--against", str(folder / "none")), "no such file"),
        ((records, "--against", str(folder / "empty")), "no article"),
        (
            (records, "--against", str(folder / "articles"), "--out", str(folder / "no" / "x.json")),
            "cannot be written",
        ),
    ):
        result = _run(*arguments)
        assert (result.exit_code, told in result.output) == (2, True), result.output


def test_two_articles_of_one_name(folder: Path) -> None:
    (folder / "articles" / "old").mkdir()
    (folder / "articles" / "old" / "a.txt").write_text("Xã chi 5 tỷ đồng năm 2010.\n", encoding="utf-8")
    result = _run(_records(folder, "r.jsonl", [RIGHT]), "--against", str(folder / "articles"))
    assert (result.exit_code, "several articles" in result.output) == (2, True)
    records = _records(folder, "r.jsonl", [RIGHT | {"source": "articles/a.txt"}])
    assert _run(records, "--against", str(folder / "articles")).exit_code == 0


def test_claims_need_no_command() -> None:
    with pytest.raises(InputError, match=r"r\.jsonl:1"):
        list(read_claims("r.jsonl", "5"))


@pytest.mark.parametrize("token", ["ông Nguyễn Văn An, Chủ tịch ", "5 tỷ đồng ", "(5%) ", "Hà Nội, "])
def test_hostile_articles_cost_in_proportion(token: str) -> None:
    def verdicts(text: str) -> None:
        for fields in (
            {"name": "Nguyễn Văn An", "position": "Bí thư"},
            {"value": 7, "unit": "tỷ đồng"},
            {"text": "ông Lê Văn Bình, Bí thư huyện"},
        ):
            _verdict(fields, text)

    assert growth(verdicts, token) < 24
