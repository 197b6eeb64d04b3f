"""`trichtin extract` as a user meets it: formats, several files, bad input, exit codes."""

import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

SEED = Path(__file__).parent.parent / "seeds/bac-ai-go-cong-tay-giam-ngheo.txt"
COMMAND = [sys.executable, "-c", "from extractor.cli import main; main()"]


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*COMMAND, *arguments], input=stdin, capture_output=True, timeout=120, check=False)


def lines(data: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in data.decode().splitlines()]


def test_standard_input_gives_jsonl_when_piped() -> None:
    done = run("extract", "-", stdin="Thu ngân sách đạt 100,1 tỷ đồng.".encode())
    assert done.returncode == 0
    (record,) = lines(done.stdout)
    assert (record["text"], record["value_min"], record["source"]) == ("100,1 tỷ đồng", 100100000000, None)


@pytest.mark.parametrize(
    ("form", "start"), [("json", b"[\n{"), ("csv", b"record_id,"), ("jsonl", b'{"record_id"')]
)
def test_formats(form: str, start: bytes) -> None:
    done = run("extract", str(SEED), "--format", form)
    assert done.returncode == 0
    assert done.stdout.startswith(start)


def test_table_shows_each_unit_once() -> None:
    done = run("extract", str(SEED), "--format", "table")
    assert done.stdout.decode().count("mã 584") == 1
    assert "39 records" in done.stdout.decode()


def test_json_without_records_is_an_empty_list() -> None:
    assert json.loads(run("extract", "-", "--format", "json", stdin="Trời đẹp.".encode()).stdout) == []


def test_out_writes_a_file(tmp_path: Path) -> None:
    target = tmp_path / "records.jsonl"
    done = run("extract", str(SEED), "--out", str(target))
    assert (done.returncode, done.stdout) == (0, b"")
    assert len(target.read_text(encoding="utf-8").splitlines()) == 39


def test_bad_files_are_named_and_the_others_done(tmp_path: Path) -> None:
    contents = {
        "empty.txt": b" \n",
        "latin.txt": "Thu 5 tỷ".encode("cp1258", "replace") + b"\xff\xfe\xe9",
        "binary.txt": b"\x7fELF\0\0\0",
        "wide.txt": "Thu 5 tỷ đồng".encode("utf-16"),
        "huge.txt": b"a " * 25_000_000,
    }
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
    bad = [str(tmp_path / name) for name in (*contents, "missing.txt")]
    done = run("extract", *bad, str(tmp_path), str(SEED))
    assert done.returncode == 1
    assert len(lines(done.stdout)) == 39
    told = done.stderr.decode().splitlines()
    assert len(told) == len(contents) + 2
    for name, hint in [
        ("empty.txt", "empty"),
        ("latin.txt", "not UTF-8"),
        ("binary.txt", "binary"),
        ("wide.txt", "UTF-16"),
        ("huge.txt", "20 MB"),
        ("missing.txt", "no such file"),
    ]:
        assert any(name in line and hint in line for line in told), (name, told)
    assert any("is a folder" in line for line in told)


def test_wrong_usage_is_exit_code_2() -> None:
    assert run("extract", "--format", "xml").returncode == 2
    assert run("extrakt").returncode == 2


def test_a_target_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    done = run("extract", str(SEED), "--out", str(tmp_path / "no" / "such" / "folder.jsonl"))
    assert done.returncode == 1
    assert b"cannot be written" in done.stderr


def test_nfd_input_gives_the_same_records() -> None:
    text = SEED.read_bytes().decode()
    nfd = unicodedata.normalize("NFD", text)
    a, b = (lines(run("extract", "-", stdin=t.encode()).stdout) for t in (text, nfd))
    fields = ("kind", "value_min", "indicator", "place_code", "period", "position", "code")
    assert [[r.get(f) for f in fields] for r in a] != []
    assert [[r.get(f) and unicodedata.normalize("NFC", str(r[f])) for f in fields] for r in a] == [
        [r.get(f) and unicodedata.normalize("NFC", str(r[f])) for f in fields] for r in b
    ]
    assert all(nfd[int(str(r["start"])) : int(str(r["end"]))] == r["text"] for r in b)


def test_a_closed_pipe_is_silent() -> None:
    shell = f"{' '.join(map(_quoted, COMMAND))} extract {' '.join([_quoted(str(SEED))] * 40)} | head -1"
    done = subprocess.run(
        ["bash", "-c", shell], capture_output=True, timeout=120, check=False, env={**os.environ}
    )
    assert done.stderr == b""
    assert len(done.stdout.splitlines()) == 1


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'"


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import extractor, sys; print([m for m in ('spacy','pandas','underthesea','regex','rich') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=True)
    assert done.stdout.decode().strip() == "[]"


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv=['trichtin','--help']\n"
        "from extractor.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([m for m in ('spacy','pandas','underthesea','regex','rich','msgspec') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=True)
    assert done.stdout.decode().strip().endswith("[]")


def test_explain_tells_rule_evidence_and_checks() -> None:
    done = run("explain", "Năm 2023 huyện Gò Công Tây còn 322 hộ nghèo.").stdout.decode()
    assert "households.count" in done
    assert "← 'Năm 2023' [0:8]" in done
    assert "quote pass" in done


def test_rules_prints_the_examples() -> None:
    assert "<money" in run("rules", "money").stdout.decode()
    assert run("rules", "nonsense").returncode == 2
