"""What the README says is so: its commands print what it shows, its map is the tree, its fields are the records'.

Run as a program it writes the small archives of the README's examples: `python tests/test_readme.py > news.jsonl`,
with `districts` behind it the one that reconcile is shown on.
"""

from __future__ import annotations

import doctest
import json
import os
import re
import shlex
import socket
import sqlite3
import subprocess
import sys
import time
import tomllib
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import click
import pytest

from extractor.cli import main
from extractor.records import Figure, Official, Place, columns

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.vi.md")

ARCHIVE = {
    "ninh-thuan-2016": """Ninh Thuận: kết quả năm 2016

Năm 2016, thu ngân sách của tỉnh Ninh Thuận đạt 2.150 tỷ đồng, tăng 7,5% so với năm 2015. Tỷ lệ hộ nghèo của tỉnh còn 12,5%.
Năm 2017, tỉnh Ninh Thuận phấn đấu thu ngân sách đạt 2.300 tỷ đồng.
""",
    "ninh-thuan-2017": """Ninh Thuận: kết quả năm 2017

Năm 2017, thu ngân sách của tỉnh Ninh Thuận đạt 2.240 tỷ đồng, tăng 4,7% so với năm 2016. Tỷ lệ hộ nghèo của tỉnh còn 10,9%.
Năm 2016, thu ngân sách của tỉnh Ninh Thuận đạt 2.140 tỷ đồng.
""",
    "ha-nam-2016": """Hà Nam: kết quả năm 2016

Năm 2016, thu ngân sách của tỉnh Hà Nam đạt 5.020 tỷ đồng, tăng 22,3% so với năm 2015. Tỷ lệ hộ nghèo của tỉnh còn 4,6%.
Năm 2017, tỉnh Hà Nam phấn đấu thu ngân sách đạt 5.900 tỷ đồng.
Năm 2016, huyện Thanh Liêm được đầu tư 120 tỷ đồng để làm đường. Huyện Kim Bảng được hỗ trợ 45 tỷ đồng.
Ông Nguyễn Văn Minh, Chủ tịch UBND huyện Thanh Liêm, cảm ơn các đơn vị.
""",
    "ha-nam-2017": """Hà Nam: kết quả năm 2017

Năm 2017, thu ngân sách của tỉnh Hà Nam đạt 6.350 tỷ đồng, tăng 26,5% so với năm 2016.
""",
}
"""Own lines in the manner of provincial news."""

DISTRICTS = {
    "bao-a/ke-hoach": (
        "2016-01-20",
        """Tiền Giang giao chỉ tiêu giảm nghèo năm 2016

Năm 2016, huyện Gò Công Tây phấn đấu đưa tỷ lệ hộ nghèo xuống còn 4%. Năm 2016, huyện Cái Bè phấn đấu đưa tỷ lệ hộ nghèo xuống còn 5,5%. Năm 2016, huyện Chợ Gạo phấn đấu đưa tỷ lệ hộ nghèo xuống dưới 5%.
Ông Lê Văn Nam, Chủ tịch UBND huyện Gò Công Tây, nêu cách làm. Bà Võ Thị Sen, Bí thư Huyện ủy Cái Bè, góp ý.
""",
    ),
    "bao-a/ket-qua": (
        "2017-01-12",
        """Tiền Giang: kết quả giảm nghèo năm 2016

Theo báo cáo của tỉnh Tiền Giang, công tác giảm nghèo tại các huyện phía đông và phía tây của tỉnh đạt nhiều kết quả tích cực trong năm qua nhờ các chương trình vay vốn và dạy nghề.
Năm 2016, tỷ lệ hộ nghèo của huyện Gò Công Tây còn 4,6%. Năm 2016, tỷ lệ hộ nghèo của huyện Cái Bè còn 5,2%.
""",
    ),
    "bao-b/giam-ngheo": (
        "2017-01-13",
        """Giảm nghèo ở Tiền Giang đạt kết quả tích cực

Theo báo cáo của tỉnh Tiền Giang, công tác giảm nghèo tại các huyện phía đông và phía tây của tỉnh đạt nhiều kết quả tích cực trong năm qua nhờ các chương trình vay vốn và dạy nghề.
Năm 2016, tỷ lệ hộ nghèo của huyện Gò Công Tây còn 4,6%. Năm 2016, tỷ lệ hộ nghèo của huyện Cái Bè còn 5,2%.
""",
    ),
    "bao-c/go-cong-tay": (
        "2017-02-20",
        """Gò Công Tây sau một năm

Năm 2016, tỷ lệ hộ nghèo của huyện Gò Công Tây còn hơn 4,5%. Năm 2016, tỷ lệ hộ nghèo của huyện Chợ Gạo còn 4,8%.
Bà Trần Thị Thu, Chủ tịch UBND huyện Gò Công Tây, và ông Lê Văn Nam, Bí thư Huyện ủy Gò Công Tây, dự họp.
""",
    ),
    "bao-c/cai-be": (
        "2017-01-15",
        """Cái Bè nhìn lại năm 2016

Năm 2016, tỷ lệ hộ nghèo của huyện Cái Bè còn 5,7%.
""",
    ),
}
"""Own lines about one thing: a plan, a wire story in two papers, and two other papers."""

RECORDS = (
    {"text": "100,1 tỷ đồng", "value": 100_100_000_000, "unit": "VND"},
    {"text": "71,2 triệu đồng", "value": 71_200_000_000, "unit": "VND"},
    {"name": "Trần Quốc Bình", "position": "Bí thư"},
)
"""Records of another producer about the seed article: one right, two wrong."""

CURL = """\
import sys, urllib.parse, urllib.request
url, data, headers, options = "", None, {}, iter(sys.argv[1:])
for option in options:
    if option == "--data-binary":
        data = next(options).encode()
    elif option == "-H":
        name, _, value = next(options).partition(": ")
        headers[name] = value
    elif option == "--data-urlencode":
        name, _, value = next(options).partition("=")
        url += ("&" if "?" in url else "?") + name + "=" + urllib.parse.quote(value)
    elif not option.startswith("-"):
        url = option + url
request = urllib.request.Request(url, data, headers)
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
sys.stdout.buffer.write(opener.open(request, timeout=60).read() + b"\\n")
"""
"""As much of curl as the README uses, for machines without it."""


def archive() -> str:
    """The small archive as JSONL."""
    rows = (
        {"id": name, "url": f"https://bao.example/{int(name[-4:]) + 1}/01/10/{name}.html", "content": text}
        for name, text in ARCHIVE.items()
    )
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def districts() -> str:
    """The archive of several papers as JSONL."""
    rows = ({"id": name, "published": day, "content": text} for name, (day, text) in DISTRICTS.items())
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def blocks(readme: str, language: str) -> list[str]:
    """The fenced blocks of a language."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def commands(readme: str) -> list[tuple[str, str]]:
    """The console commands with the output that the README shows."""
    parts = [re.split(r"^\$ ", block, flags=re.MULTILINE)[1:] for block in blocks(readme, "console")]
    return [(command, output) for block in parts for command, _, output in (p.partition("\n") for p in block)]


def as_pattern(output: str) -> str:
    """`…` stands for any words of a line; a line of nothing else for any number of lines."""
    lines = (line.rstrip() for line in output.splitlines())
    return "".join(
        r"(?:.*\n)*" if line == "…" else ".*".join(map(re.escape, line.split("…"))) + r"\s*?\n"
        for line in lines
    )


class Shell:
    """A folder with the seed, the archive and the commands, in which each command of a README runs once."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.outputs, self.services = folder, dict[str, str](), list[subprocess.Popen[bytes]]()
        for name in ("seeds", "tests", "benchmarks"):
            (folder / name).symlink_to(ROOT / name)
        (folder / "records.jsonl").write_text(
            "".join(
                json.dumps({"source": "bac-ai-go-cong-tay-giam-ngheo.txt", **record}, ensure_ascii=False)
                + "\n"
                for record in RECORDS
            ),
            encoding="utf-8",
        )
        tools = folder / ".bin"
        tools.mkdir()
        (tools / "curl.py").write_text(CURL, encoding="utf-8")
        for name, code in (
            ("trichtin", "-c 'from extractor.cli import main; main()'"),
            ("python", ""),
            ("curl", shlex.quote(str(tools / "curl.py"))),
        ):
            (tools / name).write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {code} "$@"\n')
            (tools / name).chmod(0o755)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = str(free.getsockname()[1])
        self.environment = {
            **os.environ,
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            "LC_ALL": "C.UTF-8",
            "COLUMNS": "150",
        }

    def run(self, command: str) -> str:
        """What a command prints, standard error included."""
        if command not in self.outputs:
            self.outputs[command] = self._run(command.replace("8080", self.port))
        return self.outputs[command]

    def _run(self, command: str) -> str:
        settings = {"cwd": self.folder, "env": self.environment, "stderr": subprocess.STDOUT}
        if command.endswith("&"):
            arguments = shlex.split(command.removesuffix("&"))
            arguments[0] = str(self.folder / ".bin" / arguments[0])
            quiet = settings | {"stderr": subprocess.DEVNULL}
            self.services.append(subprocess.Popen(arguments, **quiet, stdout=subprocess.DEVNULL))
            self._wait()
            return ""
        done = subprocess.run(
            command, shell=True, check=False, stdout=subprocess.PIPE, timeout=240, **settings
        )
        return done.stdout.decode("utf-8")

    def _wait(self) -> None:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        for _ in range(300):
            try:
                opener.open(f"http://127.0.0.1:{self.port}/health", timeout=5).read()
                return
            except OSError:
                time.sleep(0.1)
        pytest.fail("the service does not answer")

    def close(self) -> None:
        for service in self.services:
            service.terminate()
            service.wait(30)


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    """The folder, with all commands of the README run in their order."""
    made = Shell(tmp_path_factory.mktemp("readme"))
    try:
        for command, _ in commands(READMES[0]):
            made.run(command)
        yield made
    finally:
        made.close()


@pytest.mark.parametrize(
    ("readme", "command", "output"),
    [pytest.param(r, *each, id=f"{r}-{each[0][:40]}") for r in READMES for each in commands(r)],
)
def test_a_command_prints_what_is_shown(shell: Shell, readme: str, command: str, output: str) -> None:
    assert command in dict(commands(READMES[0])), "the both READMEs show the same commands"
    printed = "".join(line.rstrip() + "\n" for line in shell.run(command).splitlines())
    assert re.fullmatch(as_pattern(output), printed), f"$ {command}\n{printed}"


def test_two_targets_have_the_same_digest(shell: Shell) -> None:
    told = [shell.run(command) for command, _ in commands(READMES[0]) if "digest" in command]
    assert len(told) == 2
    assert told[0] == told[1]


def queries(readme: str) -> list[tuple[str, str]]:
    """The SQL blocks, each with the answer in the `text` block behind it."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    return re.findall(r"^```sql\n(.*?)^```\n\n?```text\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.fixture(params=["sqlite", "duckdb", "postgresql"])
def database(shell: Shell, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A connection to a database that a command of the README filled, or one like it."""
    if request.param == "sqlite":
        with closing(sqlite3.connect(shell.folder / "news.db")) as opened:
            yield opened
    elif request.param == "duckdb":
        with pytest.importorskip("duckdb").connect(
            str(shell.folder / "news.duckdb"), read_only=True
        ) as opened:
            yield opened
    else:
        url = request.getfixturevalue("postgres")
        shell.run(f"trichtin bulk news.jsonl seeds/ --to {url} --quiet")
        with pytest.importorskip("psycopg").connect(url) as opened:
            yield opened


def test_the_questions_have_these_answers_in_every_database(database: Any) -> None:
    assert len(queries(READMES[0])[:5]) == 5
    answers(database, queries(READMES[0])[:5])


def test_the_questions_across_articles_have_these_answers(
    shell: Shell, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    shell.run("python tests/test_readme.py districts > districts.jsonl")
    for url in (
        f"sqlite:///{tmp_path}/d.db",
        f"duckdb:///{tmp_path}/d.duckdb",
        request.getfixturevalue("postgres"),
    ):
        shell.run(f"trichtin bulk districts.jsonl --to {url} --quiet --reconcile")
        with opened(url) as database:
            assert len(queries(READMES[0])[5:]) == 4
            answers(database, queries(READMES[0])[5:])


@contextmanager
def opened(url: str) -> Iterator[Any]:
    """A connection to a database of any kind."""
    kind, path = url.split("://", 1)
    if kind == "postgresql":
        with pytest.importorskip("psycopg").connect(url) as database:
            yield database
        return
    connect = sqlite3.connect if kind == "sqlite" else pytest.importorskip("duckdb").connect
    with closing(connect(path[1:])) as database:
        yield database


def answers(database: Any, asked: list[tuple[str, str]]) -> None:
    """Compare what a database answers with what is shown."""
    for query, answer in asked:
        told = [[cell.strip() for cell in line.split("|")] for line in answer.splitlines()]
        found = database.execute(query)
        rows = [[column[0] for column in found.description], *found.fetchall()]
        assert [[_cell(cell) for cell in row] for row in rows] == told, query


def _cell(value: object) -> str:
    if isinstance(value, Decimal | float):
        return f"{Decimal(str(value)):f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    return "" if value is None else str(value)


@pytest.mark.parametrize("readme", READMES)
def test_python_gives_what_is_shown(shell: Shell, readme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shell.folder)
    monkeypatch.setenv("COLUMNS", "120")
    code = "\n".join(blocks(readme, "pycon"))
    test = doctest.DocTestParser().get_doctest(code, {}, readme, readme, 0)
    told: list[str] = []
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    result = doctest.DocTestRunner(optionflags=flags).run(test, out=told.append)
    assert result.attempted > 10
    assert result.failed == 0, "".join(told)


def _uses(readme: str) -> Iterator[list[str]]:
    """Every call of trichtin in a block, as words; pipes and what comes behind are cut."""
    shown = [command for command, _ in commands(readme)]
    written = [line for block in blocks(readme, "sh") for line in block.splitlines()]
    for line in shown + written:
        for part in re.split(r" [|&>] ?| && ", line):
            if part.startswith("trichtin "):
                yield shlex.split(part, comments=True)


@pytest.mark.parametrize("readme", READMES)
def test_every_command_is_shown_and_every_option_exists(readme: str) -> None:
    context = click.Context(main)
    shown = set()
    for words in _uses(readme):
        command = main.get_command(context, words[1])
        assert command, words
        shown.add(words[1])
        known = {option for p in command.params for option in (*p.opts, *p.secondary_opts)} | {"--help", "-h"}
        assert {w for w in words[2:] if w.startswith("-") and w != "-"} <= known, words
    assert shown == set(main.list_commands(context))


def _paths(readme: str) -> set[str]:
    """The paths of the map of the house: names at the left hold those that stand further in."""
    (drawn,) = (block for block in blocks(readme, "text") if "rules/" in block)
    paths, above = set(), ""
    for line in drawn.splitlines():
        if found := re.match(r"( *)([\w.]+/?(?:, [\w.]+/?)*) {2,}", line):
            above = "" if not found[1] else above
            paths |= {above + name for name in found[2].split(", ")}
            above = above or found[2]
    return paths


@pytest.mark.parametrize("readme", READMES)
def test_the_map_is_the_tree(readme: str) -> None:
    paths = _paths(readme)
    assert not [path for path in paths if not list(ROOT.glob(path.rstrip("/")))]
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = {f"{name.replace('.', '/')}/" for name in settings["tool"]["setuptools"]["packages"]}
    assert packages <= paths, "a package that the map does not have"
    files = {f"extractor/{path.name}" for path in (ROOT / "extractor").glob("*.py")}
    assert {f for f in files if f in paths} > {"extractor/pipeline.py", "extractor/cli.py"}


@pytest.mark.parametrize("readme", READMES)
def test_the_fields_are_those_of_the_records(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    told = {
        name
        for cell in re.findall(r"^\| (`[^|]*) \|", text, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", cell)
    }
    fields = {name for shape in (Figure, Place, Official) for name in columns(shape)}
    assert told == fields


@pytest.mark.parametrize("readme", READMES)
def test_the_two_commands_are_those_of_the_checks(readme: str) -> None:
    (first, second) = blocks(readme, "sh")[0].splitlines()
    assert first == "pip install . && trichtin extract seeds/bac-ai-go-cong-tay-giam-ngheo.txt"
    assert second in (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("language", ["console", "sql", "pycon"])
def test_both_readmes_show_the_same(language: str) -> None:
    assert blocks(READMES[0], language) == blocks(READMES[1], language)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(districts() if sys.argv[1:] == ["districts"] else archive())
