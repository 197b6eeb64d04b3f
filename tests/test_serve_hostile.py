"""The service under fire: any parameter and any body get an honest answer, slow and many clients block nobody."""

from __future__ import annotations

import contextlib
import json
import socket
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from newsroom import newsroom  # noqa: F401
from test_serve import LINE, Service, served
from told import told  # noqa: F401

from fuzz import news

FEW = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
HONEST = {200, 303, 400, 404, 405, 408, 413, 415, 422, 429, 503}


@pytest.fixture(scope="module")
def service(newsroom: str) -> Iterator[Service]:  # noqa: F811
    with served("--db", newsroom, "--body-limit", "300000") as made:
        yield made


@pytest.fixture(scope="module")
def reconciled(told: str) -> Iterator[Service]:  # noqa: F811
    with served("--db", told) as made:
        yield made


PATHS = ["/facts", "/facts.csv", "/facts.jsonl", "/articles", "/units", "/search", "/browse"]
NAMES = [
    "q",
    "unit",
    "kind",
    "status",
    "since",
    "until",
    "period",
    "indicator",
    "measure",
    "value_min",
    "limit",
    "offset",
    "sort",
]
VALUES = st.one_of(
    st.text(max_size=12),
    news.SHORT,
    st.sampled_from(
        [
            "'",
            '"',
            "' OR 1=1 --",
            "%",
            "\\",
            "\0",
            "NaN",
            "1e999",
            "-1",
            "9" * 40,
            "\ud800",
            "*",
            "NEAR(",
            "../..",
            "{{7*7}}",
        ]
    ),
)


def test_any_parameter_gets_an_honest_answer(service: Service) -> None:
    @FEW
    @given(st.sampled_from(PATHS), st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=4))
    def asked(path: str, parameters: dict[str, str]) -> None:
        status, _, content = service.call("GET", f"{path}?{urlencode(parameters, errors='surrogatepass')}")
        assert status in HONEST, (path, parameters, content[:300])

    asked()


TOLD = [
    *(f"/units/{{}}/{what}" for what in ("claims", "series", "tenures", "points")),
    "/units/{}",
    "/claims/{}.json",
    "/claims/{}",
    "/people/{}",
    "/claims",
]
ASKED = (
    "what measure per change basis subject category status every today office agreement period since until valid_from "
    "limit offset"
).split()


def test_any_unit_claim_or_person_gets_an_honest_answer(reconciled: Service) -> None:
    codes = st.one_of(
        st.sampled_from(["58", "584", "a" * 5000, "58;DROP TABLE claims", "58'--", "%00"]), VALUES
    )
    sound = st.sampled_from(
        ["budget_revenue", "VND", "actual", "2016", "2004-08-31", "year", "quarter", "true"]
    )
    values = st.dictionaries(st.sampled_from(ASKED), st.one_of(sound, VALUES), max_size=4)

    @FEW
    @given(st.sampled_from(TOLD), codes, values, st.booleans())
    def asked(path: str, code: str, parameters: dict[str, str], complete: bool) -> None:
        if complete:
            parameters = {"what": "budget_revenue", "measure": "VND", **parameters}
        written = quote(code, safe="", errors="surrogatepass")
        query = urlencode(parameters, errors="surrogatepass")
        status, _, content = reconciled.call("GET", f"{path.format(written)}?{query}")
        assert status in HONEST, (path, code, parameters, content[:300])
        assert b"Traceback" not in content

    asked()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/units/58'%20OR%20'1'='1/claims", 404),
        ("/units/%22%3E%3Cscript%3E/series", 404),
        ("/units/..%2f..%2fetc%2fpasswd/tenures", 404),
        ("/units/%2e%2e/claims", 404),
        ("/units/" + "5" * 9000 + "/claims", 404),
        ("/units/%00/claims", 404),
        ("/units/%ff%fe/claims", 404),
        ("/units/58/claims?offset=-1", 422),
        ("/units/58/claims?offset=" + "9" * 40, 422),
        ("/units/58/claims?limit=0", 422),
        ("/units/58/claims?limit=1e3", 422),
        ("/units/58/claims?what=" + "x" * 301, 422),
        ("/units/58/claims?what=%ff%fe", 200),
        ("/units/58/claims?what=%00", 200),
        ("/units/58/claims?period=%ed%a0%80", 200),
        ("/units/58/claims?what='%20OR%201=1%20--", 200),
        ("/units/58/claims?valid_from=2004-99-99", 404),
        ("/units/58/claims?valid_from=２００４-08-31", 422),
        ("/units/58/series?since=99999", 422),
        ("/units/58/series?since=2020&until=1900", 200),
        ("/units/58/tenures?office=%25", 200),
        ("/units/58/points?what=%00&measure=%00", 200),
        ("/units/58/points?what=budget_revenue&measure=VND&every=" + "year" * 99, 422),
        ("/claims/..%2f..%2fetc%2fpasswd.json", 404),
        ("/claims/%00.json", 404),
        ("/claims/'%20OR%20'1'='1.json", 404),
        ("/claims/" + "a" * 9000 + ".json", 404),
        ("/people/%ff", 404),
        ("/people/..%2f..", 404),
    ],
    ids=lambda each: str(each)[:40],
)
def test_a_hostile_address_of_what_is_told(reconciled: Service, path: str, status: int) -> None:
    got, _, content = reconciled.call("GET", quote(path, safe="/?&=%'"))
    assert got == status, content[:300]
    if status == 200 and "what=" in path:  # nothing that does not hold exactly what was asked for
        assert json.loads(content).get("total", 0) == 0


def test_any_body_gets_an_honest_answer(service: Service) -> None:
    words = st.one_of(
        st.none(),
        st.integers(),
        news.SHORT,
        st.just("\ud800 5 tỷ đồng"),
        st.just("2017-13-45"),
        st.text(max_size=9),
    )
    fields = st.sampled_from(
        ["text", "source", "published", "url", "newspaper", "records", "articles", "more"]
    )
    bodies = st.one_of(
        st.binary(max_size=60),
        st.dictionaries(fields, st.one_of(words, st.lists(words, max_size=2)), max_size=4),
    )

    @FEW
    @given(st.sampled_from(["/extract", "/check"]), bodies)
    def sent(path: str, body: bytes | dict[str, object]) -> None:
        data = json.dumps(body).encode() if isinstance(body, dict) else body
        status, _, content = service.call("POST", path, data, content_type="application/json")
        assert status in HONEST, (path, body, content[:300])

    sent()


@pytest.mark.parametrize(
    "path",
    [
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
        "/articles/..%2f..%2f..%2fetc%2fpasswd",
        "/articles/%00",
        "//etc/passwd",
        "/static/..%5c..%5cpyproject.toml",
        "http://evil.example/etc/passwd",
    ],
)
def test_no_path_leads_out(service: Service, path: str) -> None:
    status, _, content = service.call("GET", path)
    assert status in HONEST - {200}
    assert b"root:" not in content


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "",
        "evil.example:80",
        "127.0.0.1@evil.example",
        "[::1",
        "[::1]evil.example",
        "127.0.0.1:80@evil.example",
        "127.0.0.1:",
        "127.0.0.1/evil",
        "[127.0.0.1",
        "]",
        "::1",
    ],
)
def test_a_host_that_is_not_ours_is_refused(service: Service, host: str) -> None:
    status, _, content = service.call("GET", "/facts", None, Host=host)
    assert status == 400, content


def test_two_host_headers_are_no_way_in(service: Service) -> None:
    with socket.create_connection(("127.0.0.1", service.port), timeout=20) as line:
        line.sendall(
            f"GET /health HTTP/1.1\r\nHost: evil.example\r\nHost: 127.0.0.1:{service.port}\r\n\r\n".encode()
        )
        assert b" 400 " in line.recv(100)


def test_slow_clients_and_half_bodies_block_nobody(service: Service) -> None:
    with contextlib.ExitStack() as held:
        for n in range(30):
            line = held.enter_context(socket.create_connection(("127.0.0.1", service.port), timeout=20))
            head = f"POST /extract HTTP/1.1\r\nHost: 127.0.0.1:{service.port}\r\nContent-Length: 200\r\n"
            line.sendall((head + ("\r\n{" if n % 2 else "")).encode())
        assert service.json("POST", "/extract", {"text": LINE})["records"]  # while all of them are still open
    assert service.json("GET", "/health")["status"] == "ok"


def test_many_clients_at_once_get_answers_or_are_told_to_wait(service: Service) -> None:
    def ask(n: int) -> int:
        if n % 3:
            return service.call("GET", "/facts?q=" + quote("ngân sách") + f"&offset={n}")[0]
        return service.call("POST", "/extract", {"text": LINE * 20})[0]

    with ThreadPoolExecutor(50) as pool:
        answers = Counter(pool.map(ask, range(200)))
    assert set(answers) <= {200, 429, 503}
    assert answers[200] > 100
