"""Readers: every format gives the same articles, every encoding the same text, and a broken part costs itself."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import sqlite3
import tarfile
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from benchmarks.writing import WAYS, in_one_byte
from extractor import bulk
from extractor.bulk import Settings
from extractor.readers import Columns, Item, Options, PassedOver, Unreadable, encodings, expand, read
from extractor.readers.document import NoArticle, document
from extractor.readers.item import iso_date
from extractor.readers.legacy import from_vni

TEXTS = [
    "Thu ngân sách của huyện đạt 100,1 tỷ đồng\nNăm nay, huyện vượt chỉ tiêu được giao.",
    "Xã còn 322 hộ nghèo\nNhững hộ này sẽ được hỗ trợ vốn, cây giống và kỹ thuật để ổn định cuộc sống.",
]


def found(*paths: Path, options: Options = Options()) -> list[Item | Unreadable | PassedOver]:  # noqa: B008
    return list(read(expand(map(str, paths)), options))


def texts(*paths: Path, options: Options = Options()) -> dict[str, str]:  # noqa: B008
    """Source (without the folder) to text; nothing may be unreadable."""
    items = found(*paths, options=options)
    assert all(isinstance(i, Item) for i in items), items
    return {
        i.source.replace(f"{paths[0].parent}/", ""): document(i).text for i in items if isinstance(i, Item)
    }


def jsonl(rows: list[dict[str, object]]) -> bytes:
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows).encode()


# --- formats ---


def test_text_file_is_one_article_untouched(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(f"  {TEXTS[0]}\r\n\r\n".encode())
    assert texts(path) == {"a.txt": f"  {TEXTS[0]}\r\n\r\n"}


def test_jsonl_row_takes_its_number_its_url_or_its_id_as_source(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        jsonl(
            [
                {"content": TEXTS[0]},
                {"content": TEXTS[1], "url": "https://x.vn/1"},
                {"id": 7, "content": "Ba", "url": "u"},
            ]
        )
    )
    assert texts(path) == {"a.jsonl#1": TEXTS[0], "https://x.vn/1": TEXTS[1], "7": "Ba"}


def test_ids_that_come_twice_are_numbered(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(jsonl([{"id": "x", "content": t} for t in (*TEXTS, "Ba")]))
    assert list(texts(path)) == ["x", "x#2", "x#3"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Một")
    assert len(found(tmp_path, tmp_path / "a.txt")) == 1


def test_broken_lines_cost_themselves(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        b'{"content": "M\xe1\xbb\x99t"}\n{"content": \n[1]\n{"content": 5}\n{"note": 1}\n\n{"content": "Hai"}\n'
    )
    items = found(path)
    assert [i.source.rsplit("#")[-1] for i in items if isinstance(i, Item)] == ["1", "7"]
    reasons = {i.source.rsplit("#")[-1]: i.reason for i in items if isinstance(i, Unreadable)}
    assert set(reasons) == {"2", "3", "4", "5"}
    assert "not JSON" in reasons["2"]
    assert "object" in reasons["3"]
    assert "not text" in reasons["4"]
    assert "there are: note" in reasons["5"]


def test_lone_surrogates_and_nul_keep_the_length(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"content": "a\\ud800b\\u0000c"}\n')
    assert list(texts(path).values()) == ["a\ufffdb\ufffdc"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = tmp_path / "a.csv"
    out = io.StringIO(newline="")
    rows = csv.writer(out, delimiter=delimiter)
    rows.writerow(["Tiêu đề", "Nội dung", "Ngày đăng"])
    rows.writerows(["Tít", t, "5/3/2017"] for t in TEXTS)
    path.write_bytes(out.getvalue().encode(encoding))
    items = found(path)
    assert [document(i).text for i in items if isinstance(i, Item)] == TEXTS
    assert {(i.published, i.title) for i in items if isinstance(i, Item)} == {("2017-03-05", "Tít")}


def test_csv_cells_of_several_encodings_in_one_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(
        b"id,content\n1,"
        + TEXTS[0].split("\n")[0].replace(",", ".").encode()
        + b"\n2,"
        + in_one_byte("tcvn3", "Hộ nghèo được hỗ trợ")
        + b"\n"
    )
    assert texts(path)["2"] == "Hộ nghèo được hỗ trợ"


def test_csv_stray_quote_and_long_field(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('id,content\n1,Một "hai\n2,"Ba\n' + "x" * 5000)
    items = found(path, options=Options(article_limit=2000))
    assert any(isinstance(i, Item) and i.source == "1" for i in items)
    assert any(isinstance(i, Unreadable) for i in items)


def test_parquet_with_chosen_columns(tmp_path: Path) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"x": TEXTS, "d": [date(2017, 3, 5), None], "n": [1.5, 2.5]}), path)
    items = found(path, options=Options(Columns(text="x", date="d")))
    assert [(i.source[-10:], i.published) for i in items if isinstance(i, Item)] == [
        (".parquet#1", "2017-03-05"),
        (".parquet#2", None),
    ]
    (wrong,) = found(path, options=Options(Columns(text="y")))
    assert isinstance(wrong, Unreadable)
    assert "there are: x, d, n" in wrong.reason
    assert [type(i) for i in found(path, options=Options(Columns(text="n")))] == [Unreadable] * 2


PAGE = """<html><head><meta charset="utf-8"><title>Giảm nghèo ở Bác Ái | Báo</title>
<meta property="og:title" content="Giảm nghèo ở Bác Ái">
<meta name="description" content="Toàn huyện chỉ còn 322 hộ nghèo.">
<meta property="article:published_time" content="2017-03-05T08:00:00+07:00"><meta name="author" content="Minh Anh">
</head><body><nav>Trang chủ</nav><article><h1>Giảm nghèo ở Bác Ái</h1>
<p>Thu ngân sách của huyện đạt 100,1 tỷ đồng trong năm qua, cao hơn nhiều so với chỉ tiêu được giao từ đầu năm.</p>
<p>Lãnh đạo huyện cho biết sẽ tiếp tục hỗ trợ các hộ còn khó khăn về nhà ở, đất sản xuất và cây con giống.</p>
</article><script>alert(1)</script></body></html>"""


def test_html_gives_text_title_date_and_author(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    (item,) = found(tmp_path)
    assert isinstance(item, Item)
    page = document(item)
    assert page.text.startswith("Giảm nghèo ở Bác Ái\nToàn huyện chỉ còn 322 hộ nghèo.\nThu ngân sách")
    assert "alert" not in page.text
    assert "Trang chủ" not in page.text
    assert (page.title, page.published, page.byline) == ("Giảm nghèo ở Bác Ái", "2017-03-05", "Minh Anh")


def test_html_without_an_article_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body></body></html>")
    (item,) = found(tmp_path)
    assert isinstance(item, Item)
    with pytest.raises(NoArticle, match="no article text"):
        document(item)


def warc(pages: list[tuple[str, str, bytes]], cut: int | None = None) -> bytes:
    out = b""
    for url, kind, body in pages:
        http = (
            f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        )
        out += (
            (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2017-03-05T00:00:00Z\r\n"
                f"WARC-Record-ID: <urn:uuid:{len(out):036d}>\r\nContent-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(http)}\r\n\r\n"
            ).encode()
            + http
            + b"\r\n\r\n"
        )
    return out[:cut]


@pytest.mark.parametrize("packed", [False, True])
def test_warc(tmp_path: Path, packed: bool) -> None:
    data = warc(
        [
            ("https://x.vn/1", "text/html; charset=utf-8", PAGE.encode()),
            ("https://x.vn/2.png", "image/png", b"\x89PNG"),
        ]
    )
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(gzip.compress(data) if packed else data)
    (item,) = found(path)
    assert isinstance(item, Item)
    assert (item.source, item.url) == (f"{path}!https://x.vn/1", "https://x.vn/1")
    assert "100,1 tỷ đồng" in document(item).text


def test_warc_cut_in_the_middle_keeps_what_came_before(tmp_path: Path) -> None:
    data = warc([(f"https://x.vn/{n}", "text/html", PAGE.encode()) for n in range(3)])
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(data)[:-30])
    assert sum(isinstance(i, Item) for i in found(tmp_path)) >= 1


# --- containers ---


def pack_zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def pack_tar(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def zstd(data: bytes) -> bytes:
    return pytest.importorskip("zstandard").ZstdCompressor().compress(data)  # type: ignore[no-any-return]


FILES = {"b/1.txt": TEXTS[0].encode(), "b/2.jsonl": jsonl([{"content": TEXTS[1]}])}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", pack_zip(FILES)),
        ("a.tar", pack_tar(FILES)),
        ("a.tar.gz", gzip.compress(pack_tar(FILES))),
        ("a.tgz", gzip.compress(pack_tar(FILES))),
        ("a.tar.bz2", bz2.compress(pack_tar(FILES))),
        ("a.tar.xz", lzma.compress(pack_tar(FILES))),
    ],
)
def test_archives_name_their_members(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    assert texts(tmp_path / name) == {f"{name}!b/1.txt": TEXTS[0], f"{name}!b/2.jsonl#1": TEXTS[1]}


def test_zstd_and_archives_in_archives(tmp_path: Path) -> None:
    (tmp_path / "a.tar.zst").write_bytes(zstd(pack_tar({"in.zip": pack_zip(FILES)})))
    assert list(texts(tmp_path / "a.tar.zst")) == ["a.tar.zst!in.zip!b/1.txt", "a.tar.zst!in.zip!b/2.jsonl#1"]


def test_parquet_in_a_zip(tmp_path: Path) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    out = io.BytesIO()
    pq.write_table(pa.table({"content": TEXTS}), out)
    (tmp_path / "a.zip").write_bytes(pack_zip({"n.parquet": out.getvalue()}))
    assert list(texts(tmp_path / "a.zip").values()) == TEXTS


def test_packed_rows_keep_the_name_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(jsonl([{"content": t} for t in TEXTS])))
    assert list(texts(tmp_path / "a.jsonl.gz")) == ["a.jsonl.gz#1", "a.jsonl.gz#2"]


def test_too_many_archives_inside_each_other(tmp_path: Path) -> None:
    data, name = b"x", "x.txt"
    for _ in range(6):
        data, name = pack_zip({name: data}), "in.zip"
    (tmp_path / "a.zip").write_bytes(data)
    (refused,) = found(tmp_path)
    assert isinstance(refused, Unreadable)
    assert "inside each other" in refused.reason


def test_names_that_lead_out_and_links_are_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name in ("../up.txt", "/etc/x.txt", "ok.txt"):
            info = tarfile.TarInfo(name)
            info.size = 3
            archive.addfile(info, io.BytesIO(b"abc"))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    (tmp_path / "a.tar").write_bytes(out.getvalue())
    items = found(tmp_path)
    assert [i.source.split("!")[1] for i in items if isinstance(i, Item)] == ["ok.txt"]
    assert len([i for i in items if isinstance(i, Unreadable) and "refused" in i.reason]) == 3


def test_bombs_are_refused_in_bounded_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor.readers import streams
    from extractor.readers import zip as zip_reader

    monkeypatch.setattr(streams, "RATIO_FROM", 1_000_000)
    monkeypatch.setattr(zip_reader, "RATIO_FROM", 1_000_000)
    zeros = b"0" * 40_000_000
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(zeros))
    (tmp_path / "b.zip").write_bytes(pack_zip({"x.txt": zeros, "y.txt": b"Hai"}))
    items = found(tmp_path)
    reasons = [i.reason for i in items if isinstance(i, Unreadable)]
    assert len(reasons) == 2
    assert all("bomb" in r for r in reasons), reasons
    assert [document(i).text for i in items if isinstance(i, Item)] == ["Hai"]


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.txt.gz", "a.jsonl.zst", "a.parquet", "a.tar.xz"])
def test_broken_files_are_told(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"this is nothing of the kind" * 40)
    (told,) = found(tmp_path)
    assert isinstance(told, Unreadable)
    assert told.source.endswith(name)


def test_an_article_that_is_too_long_is_told(tmp_path: Path) -> None:
    (tmp_path / "log.txt").write_bytes(b"x" * 5000)
    (tmp_path / "a.jsonl").write_bytes(b'{"content": "' + b"x" * 50_000 + b'"}\n{"content": "Hai"}\n')
    items = found(tmp_path, options=Options(article_limit=4000))
    assert sorted(type(i).__name__ for i in items) == ["Item", "Unreadable", "Unreadable"]


def test_folders_pass_over_what_holds_no_articles(tmp_path: Path) -> None:
    for name in ("a/x.jpg", ".git/y.txt", "a/z.txt", "a/._z.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Một")
    assert [type(i).__name__ for i in found(tmp_path)] == ["PassedOver", "Item"]


def test_patterns_and_missing_inputs(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Một")
    assert list(expand([str(tmp_path / "*.txt")])) == [str(tmp_path / "a.txt")]
    with pytest.raises(FileNotFoundError):
        list(expand([str(tmp_path / "b*.txt")]))


def test_progress_tells_every_byte(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x" * 1000)
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(jsonl([{"content": "y"}] * 100)))
    counts: list[int] = []
    list(read(expand([str(tmp_path)]), Options(), counts.append))
    assert sum(counts) == sum(p.stat().st_size for p in tmp_path.iterdir())


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2017-03-05T08:00:00+07:00", "2017-03-05"),
        ("2017-03", "2017-03"),
        ("05/03/2017 08:00", "2017-03-05"),
        ("5.3.2017", "2017-03-05"),
        (datetime(2017, 3, 5, 8), "2017-03-05"),
        (date(2017, 3, 5), "2017-03-05"),
        ("hôm qua", None),
        ("13/13/2017", None),
        (1488700800, None),
        (None, None),
    ],
)
def test_dates_of_tables(value: object, iso: str | None) -> None:
    assert iso_date(value) == iso


# --- encodings ---


LEGACY = "\n".join(TEXTS).replace("X", "x")
HEADLINE = "Sống khổ vì dự án 'treo'"  # syllables in VISCII, too, when it is written in TCVN3


@pytest.mark.parametrize("text", [LEGACY, HEADLINE], ids=["article", "headline"])
@pytest.mark.parametrize("way", WAYS)
def test_encodings_are_recognised_and_converted(way: str, text: str) -> None:
    name, typed, write = WAYS[way]
    decoded = encodings.decode(write(typed(text)))
    assert (decoded.text, decoded.encoding) == (typed(text), name)
    assert decoded.confidence > 0.9


def test_utf8_that_was_read_wrongly_twice_or_cut_off_or_lost_its_no_break_spaces() -> None:
    once = LEGACY.encode().decode("latin-1")
    assert encodings.decode(once.encode().decode("latin-1").encode()).text == LEGACY
    assert encodings.decode(once[: once.rindex("»") + 1].encode()).encoding == "utf-8, mojibake"
    assert encodings.repaired(once.replace("\xa0", " ")).text == LEGACY  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["Ã", "NGÃ BA, á», Äá", "Café à Ménilmontant", "Ã©tÃ© Ã  Paris, crÃªpes"])
def test_what_is_no_vietnamese_is_not_repaired(text: str) -> None:
    assert encodings.repaired(text) is None


def test_the_row_of_an_article_tells_encoding_and_confidence(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(in_one_byte("tcvn3", LEGACY))
    mojibake = {k: TEXTS[1].encode().decode("latin-1") for k in ("content", "title")}
    (tmp_path / "b.jsonl").write_bytes(jsonl([mojibake]))
    bulk.run([f"{tmp_path}/*"], f"{tmp_path}/n.db", Settings(1))
    with sqlite3.connect(f"{tmp_path}/n.db") as db:
        rows = db.execute(
            "SELECT encoding, encoding_confidence, text FROM articles ORDER BY source"
        ).fetchall()
        assert rows == [("tcvn3", 1, LEGACY), ("utf-8, mojibake", 1, TEXTS[1])]
        assert db.execute("SELECT title FROM articles ORDER BY source").fetchall()[1] == (TEXTS[1],)


def test_vni_capitals_with_small_and_capital_marks() -> None:
    assert from_vni("TÆNH NGHEÄ AN, THUÛ TÖÔÙNG, Ñoàng".encode("cp1252")) == "TỈNH NGHỆ AN, THỦ TƯỚNG, Đồng"
    assert from_vni("THAùNG".encode("cp1252")) == "THÁNG"


def test_utf8_with_a_few_bad_bytes_stays_utf8() -> None:
    cut = LEGACY.encode()[:-20] + b"\xe1\xbb"
    assert encodings.decode(cut).encoding == "utf-8, damaged"
    spot = (LEGACY * 20).encode().replace("đạt".encode(), b"\xff", 1)
    assert encodings.decode(spot).encoding == "utf-8, damaged"


def test_binary_is_no_text() -> None:
    with pytest.raises(encodings.Undecodable):
        encodings.decode(bytes(range(256)) * 100)


def test_western_text_is_not_taken_for_vietnamese() -> None:
    assert (
        encodings.decode("Le président a déclaré à l'Élysée où était né François".encode("cp1252")).encoding
        == "windows-1252"
    )
