"""The command `reconcile`, and `bulk --reconcile`, as a user meets them."""

from __future__ import annotations

from pathlib import Path

import pytest
from archive import load, made
from click.testing import CliRunner

from extractor.cli import main


def test_what_it_prints(tmp_path: Path) -> None:
    load(f"{tmp_path}/n.db", [made("a", "Một bài."), made("b", "Hai bài.")])
    told = CliRunner().invoke(main, ["reconcile", f"sqlite:///{tmp_path}/n.db"])
    assert told.exit_code == 0
    assert told.output.splitlines()[:2] == [f"articles {2:>46}", f"stories {2:>47}"]
    assert CliRunner().invoke(main, ["reconcile", f"{tmp_path}/n.db", "--quiet"]).output == ""


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["reconcile", "n.jsonl"], "n.jsonl: is no database; load the articles with 'trichtin bulk"),
        (["reconcile", "none.db"], "none.db: there is no such database; make it with 'trichtin bulk"),
        (
            ["bulk", ".", "--to", "n.jsonl", "--reconcile"],
            "n.jsonl is no database, and --reconcile adds tables to one",
        ),
        (["bulk", ".", "--to", "n.what", "--reconcile"], "n.what: the target's kind is not plain"),
    ],
)
def test_targets_that_cannot_be_used(
    words: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 1
    assert told in done.output
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "n.db").write_text("không phải " * 100)
    done = CliRunner().invoke(main, ["reconcile", f"{tmp_path}/n.db"])
    assert done.exit_code == 1
    assert "file is not a database" in done.output
