"""The service, called over HTTP and used in Chromium."""

from __future__ import annotations

import csv
import http.client
import io
import json
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import quote

import pytest
from browser import Browser, browser  # noqa: F401
from newsroom import HOSTILE, SEED, newsroom  # noqa: F401

from extractor import extract
from extractor.records import to_json

LINE = "Năm 2024, huyện Gò Công Tây, tỉnh Tiền Giang hỗ trợ 3,7 tỷ đồng cho 136 hộ nghèo."


class Service:
    """A running service."""

    def __init__(self, port: int) -> None:
        self.port, self.url = port, f"http://127.0.0.1:{port}"

    def call(
        self, method: str, path: str, body: object = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        data = json.dumps(body).encode() if isinstance(body, dict) else body
        named = {k.replace("_", "-"): v for k, v in headers.items()}
        connection.request(method, path, data, named)  # type: ignore[arg-type]
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, content

    def json(self, method: str, path: str, body: object = None, status: int = 200, **headers: str) -> dict:
        got, told, content = self.call(method, path, body, **headers)
        assert got == status, content
        assert told["content-type"].startswith("application/json")
        return json.loads(content)


@contextmanager
def served(*options: str) -> Iterator[Service]:
    """A service in a process of its own; gone afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = "from extractor.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "serve", "--port", str(port), "--jobs", "1", *options],
        stderr=(log := tempfile.TemporaryFile()),  # noqa: SIM115  a pipe that nobody reads would stop the service
    )
    try:
        _wait_for(Service(port), process, log)
        yield Service(port)
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(service: Service, process: subprocess.Popen[bytes], log: IO[bytes]) -> None:
    for _ in range(300):
        try:
            service.call("GET", "/health")
            return
        except OSError:
            assert process.poll() is None, log.seek(0) or log.read()
            time.sleep(0.1)
    raise AssertionError("the service did not start")


@pytest.fixture(scope="module")
def service(newsroom: str) -> Iterator[Service]:  # noqa: F811
    with served("--db", newsroom, "--body-limit", "300000") as made:
        yield made


def test_extract_gives_the_records_of_the_library(service: Service) -> None:
    text = SEED.read_text(encoding="utf-8")
    answer = service.json(
        "POST", "/extract", {"text": text, "source": SEED.name}, content_type="application/json"
    )
    expected = [json.loads(to_json(r)) for r in extract(text, SEED.name).records]
    assert answer["records"] == expected
    assert answer["article"]["published"] == "2024-11"
    plain = service.json("POST", "/extract", text.encode(), content_type="text/plain; charset=utf-8")
    assert [r["text"] for r in plain["records"]] == [r["text"] for r in expected]


def test_check_gives_verdicts(service: Service) -> None:
    records = [
        {"text": "3,7 tỷ đồng", "value": 3700000000, "unit": "VND"},
        {"text": "3,7 tỷ đồng", "value": 37, "unit": "VND"},
    ]
    answer = service.json("POST", "/check", {"records": records, "articles": [{"text": LINE}]})
    assert answer["findings"][0]["verdict"] == "grounded"
    assert answer["findings"][1]["verdict"] != "grounded"
    assert [m["text"] for m in answer["missed"]] == ["136 hộ"]


def test_units(service: Service) -> None:
    found = service.json("GET", "/units?q=" + quote("Gò Công Tây"))["units"]
    assert {"823"} == {u["code"] for u in found if u["level"] == "district"}
    assert service.json("GET", "/units?q=" + quote("không có đâu"))["units"] == []


def test_health(service: Service) -> None:
    assert service.json("GET", "/health")["status"] == "ok"


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("kind=money&status=planned", 9),
        ("unit=" + quote("Quảng Ninh"), 15),
        ("unit=" + quote("Tiền Giang") + "&q=" + quote('"Đoàn cán bộ"') + "&kind=money", 4),
        ("since=2016&until=2016&kind=percent&unit=" + quote("Ninh Thuận"), 2),
        ("value_min=3700000000&value_max=3700000000&measure=VND", 2),
        ("period=2016&status=actual&kind=money&unit=22", 1),
        ("indicator=" + quote("thu ngân sách") + "&unit=22&kind=money", 6),
        ("q=" + quote("không/*;--\"'(đâu"), 0),
    ],
)
def test_facts_are_filtered(service: Service, asked: str, count: int) -> None:
    answer = service.json("GET", f"/facts?limit=1000&{asked}")
    assert answer["total"] == count, [(f["quote"], f["place"], f["period"]) for f in answer["facts"]]
    assert len(answer["facts"]) == count


def test_facts_are_paged(service: Service) -> None:
    whole = service.json("GET", "/facts?limit=1000")
    parts = [
        service.json("GET", f"/facts?limit=7&offset={at}")["facts"] for at in range(0, whole["total"], 7)
    ]
    assert [f["record_id"] for part in parts for f in part] == [f["record_id"] for f in whole["facts"]]


def test_exports_hold_the_selection_and_no_formula(service: Service) -> None:
    _, told, content = service.call("GET", "/facts.csv?q=HYPERLINK")
    assert "attachment" in told["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    assert {r["title"][:2] for r in rows} == {"'="}
    assert "3700000000" in {r["value"] for r in rows}
    _, _, lines = service.call("GET", "/facts.jsonl?kind=money")
    assert len(lines.splitlines()) == service.json("GET", "/facts?kind=money")["total"]
    assert service.call("GET", "/facts.csv?q=kh%C3%B4ngc%C3%B3")[2].decode().startswith("record_id,kind,")


def test_articles(service: Service) -> None:
    found = service.json("GET", "/articles?unit=" + quote("Quảng Ninh"))
    assert found["total"] == 3
    one = service.json("GET", f"/articles/{found['articles'][0]['id']}")
    text = one["article"]["text"]
    assert all(text[r["start"] : r["end"]] == r["text"] for r in one["records"])
    assert len(one["records"]) == found["articles"][0]["records"]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("POST", "/extract", b"{", 400, "json"),
        ("POST", "/extract", {"texts": "x"}, 422, "body"),
        ("POST", "/extract", {"text": "   "}, 422, "unusable"),
        ("POST", "/extract", b"\xff\xfe{}", 400, "json"),
        ("POST", "/extract", b"[" * 100_000, 422, "body"),
        ("POST", "/extract", b"x" * 300_001, 413, "too_large"),
        ("POST", "/check", {"records": [{}], "articles": [{"text": "a"}]}, 422, "unusable"),
        ("POST", "/check", {"records": [], "articles": []}, 422, "unusable"),
        ("GET", "/facts?limit=0", None, 422, "parameter"),
        ("GET", "/facts?value_min=x", None, 422, "parameter"),
        ("GET", "/facts?value_min=NaN", None, 422, "parameter"),
        ("GET", "/facts?unit=" + quote("Châu Thành"), None, 422, "unit"),
        ("GET", "/facts.csv?unit=" + quote("Đâu Đó"), None, 422, "unit"),
        ("GET", "/units", None, 422, "parameter"),
        ("GET", "/articles/nothing", None, 404, "no_article"),
        ("GET", "/../../etc/passwd", None, 404, "no_such_page"),
        ("DELETE", "/facts", None, 405, "method"),
    ],
)
def test_errors_say_what_to_do(
    service: Service, method: str, path: str, body: object, status: int, code: str
) -> None:
    error = service.json(method, path, body, status)["error"]
    assert error["code"] == code
    assert error["message"]
    assert error["do"]
    assert "/tmp" not in json.dumps(error) and "site-packages" not in json.dumps(error)  # noqa: PT018


def test_a_refused_method_is_told_which_ones_the_address_takes(service: Service) -> None:
    assert service.call("DELETE", "/facts")[1]["allow"] == "GET"


def test_the_openapi_page_tells_the_errors_and_the_kinds_of_files(service: Service) -> None:
    paths = service.json("GET", "/openapi.json", None, 200)["paths"]
    assert {"404", "413", "422", "429", "503"} < paths["/extract"]["post"]["responses"].keys()
    assert list(paths["/facts.csv"]["get"]["responses"]["200"]["content"]) == ["text/csv"]


def test_no_answer_names_a_folder(service: Service, newsroom: str) -> None:  # noqa: F811
    folder = str(Path(newsroom.removeprefix("sqlite:///")).parent).encode()
    for path in (
        "/facts?limit=100",
        "/articles",
        "/facts.csv",
        "/browse",
        "/search",
        "/",
        "/docs",
        "/openapi.json",
        "/health",
    ):
        assert folder not in service.call("GET", path)[2]


def test_other_hosts_and_sites_are_refused(service: Service) -> None:
    assert service.json("GET", "/health", None, 400, Host="evil.example")["error"]["code"] == "host"
    for origin in ("https://evil.example", "null", "http://127.0.0.1.evil.example"):
        refused = service.json("POST", "/extract", {"text": LINE}, 403, Origin=origin)
        assert refused["error"]["code"] == "origin"
    status, told, _ = service.call("POST", "/extract", {"text": LINE}, Origin=service.url)
    assert status == 200
    assert "access-control-allow-origin" not in told
    assert told["x-content-type-options"] == "nosniff"
    assert "server" not in told


def test_chunks_count_too(service: Service) -> None:
    with socket.create_connection(("127.0.0.1", service.port)) as line:
        head = (
            f"POST /extract HTTP/1.1\r\nHost: 127.0.0.1:{service.port}\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        line.sendall(head.encode())
        try:
            for _ in range(40):
                line.sendall(b"4000\r\n" + b"a" * 0x4000 + b"\r\n")
                time.sleep(0.001)
            answer = line.recv(100)
        except OSError:
            answer = line.recv(100)
        assert b" 413 " in answer


def test_work_that_takes_too_long_is_ended_and_the_next_is_done() -> None:
    from extractor.pages import bounded

    made = bounded.Bounded(1, 20)
    try:
        payload = json.dumps({"text": LINE}).encode()
        made.run("extract", payload)
        made.seconds = 0.0001
        with pytest.raises(bounded.TimeLimitError):
            made.run("extract", json.dumps({"text": LINE * 200}).encode())
        made.seconds = 20
        assert b"3700000000" in made.run("extract", payload)
        with pytest.raises(RuntimeError, match="KeyError"):
            made.run("nothing", b"")
    finally:
        made.stop()


def test_service_tells_what_is_wrong_with_its_options(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from extractor.commands.serve import command

    (tmp_path / "a.db").write_bytes(b"no database")
    for target, said in (
        (tmp_path / "no.db", "trichtin bulk"),
        (tmp_path / "a.db", "is no database"),
        ("a.csv", "is no database"),
    ):
        result = CliRunner().invoke(command, ["--db", str(target)])
        assert result.exit_code == 1
        assert said in result.output


def test_paste_an_article_in_the_browser(browser: Browser, service: Service) -> None:  # noqa: F811
    text = SEED.read_text(encoding="utf-8")
    browser.open(service.url)
    browser.driver.execute_script("document.querySelector('textarea').value = arguments[0]", text)
    browser.follow(browser.one("form .go"))
    shown = browser.driver.execute_script(
        "return [...document.querySelectorAll('.entry')].map(e => [e.dataset.kind, +e.dataset.start, +e.dataset.end])"
    )
    assert shown == [[r.kind, r.start, r.end] for r in extract(text).records]
    browser.press("j")
    assert browser.all(".entry[open]")
    browser.assert_quiet(f"127.0.0.1:{service.port}")


def test_upload_a_hostile_file_in_the_browser(browser: Browser, service: Service, tmp_path: Path) -> None:  # noqa: F811
    file = tmp_path / "<b>bài.txt"
    file.write_text(HOSTILE, encoding="utf-8")
    browser.open(service.url)
    browser.one("input[type=file]").send_keys(str(file))
    browser.follow(browser.one("form .go"))
    assert browser.driver.execute_script("return document.querySelector('.text').textContent") == HOSTILE
    assert browser.driver.execute_script("return window.hit") is None
    assert "<b>bài.txt" in browser.one(".told").text
    browser.assert_quiet(f"127.0.0.1:{service.port}")


def test_search_follow_and_page_in_the_browser(browser: Browser, service: Service) -> None:  # noqa: F811
    browser.open(service.url + "/search")
    browser.one("input[name=unit]").send_keys("Gò Công Tây")
    browser.one("select[name=kind] option[value=money]").click()
    browser.follow(browser.one(".filters .go"))
    assert {a.text for a in browser.all("td .quote")} >= {"100,1 tỷ đồng", "3,7 tỷ đồng"}
    browser.follow(next(a for a in browser.all("td .quote") if a.text == "100,1 tỷ đồng"))
    assert browser.one(".entry[open] .words").text == "100,1 tỷ đồng"
    browser.driver.get(service.url + "/search")
    browser.follow(browser.one("a[rel=next]"))
    assert "51–" in browser.one(".pages").text
    browser.driver.get(service.url + "/browse?q=" + quote('"tổng kết năm"'))
    assert len(browser.all("tbody tr")) == 9
    browser.driver.get(service.url + "/docs")
    assert "POST /extract" in browser.one("main").text
    browser.click(browser.one("button.lang[lang=en]"))
    browser.driver.get(service.url + "/search")
    assert "Households" in [o.text for o in browser.all("select[name=kind] option")]
    browser.click(browser.one("button.lang[lang=vi]"))
    assert "Số hộ" in [o.text for o in browser.all("select[name=kind] option")]
    browser.assert_quiet(f"127.0.0.1:{service.port}")


def test_an_error_is_a_page_in_the_browser(browser: Browser, service: Service) -> None:  # noqa: F811
    browser.open(service.url + "/search?unit=" + quote("Châu Thành"))
    assert "Châu Thành" in browser.one("main").text
    browser.messages()  # the browser notes the status 422
