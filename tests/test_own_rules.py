"""Rule files of one's own: words and kinds without code, told mistakes, the same record everywhere."""

import ast
import json
import sqlite3
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from growth import growth

from extractor import extract, load_rules
from extractor.cli import main
from extractor.ownrules import RulesError, find_sources, load_sources, shipped
from extractor.ownrules.sections import SECTIONS
from extractor.ownrules.trial import run, unused
from extractor.version import extractor_version

TEXT = "Năm 2016, huyện Gò Công Tây (Tiền Giang) xây 12 trường học đạt chuẩn, trị giá 30 tỷ đồng.\n"

SCHOOLS = """
[kinds.schools]
words = ["trường học"]
unit = "school"
more = ["đạt chuẩn"]
examples = \"\"\"
Có <schools value=12>12 trường học đạt chuẩn</schools>.
- Vài chục trường học đóng cửa.
\"\"\"
"""


def written(folder: Path, text: str, name: str = "my.toml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def trichtin(*args: object, code: int = 0, given: str | None = None) -> str:
    result = CliRunner().invoke(main, [str(a) for a in args], input=given)
    assert result.exit_code == code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.output


@pytest.mark.parametrize("name", sorted(shipped()))
def test_rulesets_that_come_with_the_project_keep_their_examples(name: str) -> None:
    (source,) = find_sources([name])
    ruleset = load_sources([source])
    wrong = [(o.line, o.notes) for o in run(source, ruleset) if not o.passed]
    assert not wrong
    assert not list(unused(source, dict(ruleset.counted)))
    assert any(o.example.mode == "nothing" for o in run(source, ruleset)), "look-alikes belong to a ruleset"


def test_a_figure_of_ones_own_is_linked_and_checked_like_others(tmp_path: Path) -> None:
    rules = load_rules(written(tmp_path, SCHOOLS))
    (school,) = [r for r in extract(TEXT, rules=rules).records if r.kind == "schools"]
    assert (school.text, school.value_min, school.unit) == ("12 trường học đạt chuẩn", 12, "school")
    assert (school.category, school.period, school.place_name) == (
        "trường học đạt chuẩn", "2016", "huyện Gò Công Tây",
    )  # fmt: skip
    assert {n: v for n, v in school.checks.items() if n != "arithmetic"} == {
        "quote": "pass", "value": "pass", "place": "pass", "bounds": "pass",
    }  # fmt: skip
    assert school.rule == "own.schools"


def test_extraction_stays_pure(tmp_path: Path) -> None:
    before = extract(TEXT).records
    rules = load_rules(written(tmp_path, SCHOOLS))
    own = extract(TEXT, rules=rules).records
    assert extract(TEXT).records == before
    assert [r for r in own if r.kind != "schools"] == list(before)
    assert extract(TEXT, rules=rules).records == own


def test_one_kind_costs_one_file_and_reaches_every_sink(tmp_path: Path) -> None:
    rules = written(tmp_path, SCHOOLS)
    (tmp_path / "news").mkdir()
    article = written(tmp_path / "news", TEXT, "a.txt")
    lines = trichtin("extract", article, "--format", "jsonl", "--rules", rules).splitlines()
    record = next(r for r in map(json.loads, lines) if r["kind"] == "schools")
    frame = extract(TEXT, rules=load_rules(rules)).to_frame()
    assert list(frame[frame.kind == "schools"].value_min) == [Decimal(12)]
    db = tmp_path / "news.db"
    trichtin("bulk", article.parent, "--to", f"sqlite:///{db}", "--jobs", 1, "--rules", rules, "--quiet")
    with sqlite3.connect(db) as connection:
        facts = connection.execute(
            "SELECT value, unit, place, period FROM facts WHERE kind = 'schools'"
        ).fetchall()
        ids = connection.execute("SELECT record_id FROM figures WHERE kind = 'schools'").fetchall()
    assert [(float(v), *rest) for v, *rest in facts] == [(12.0, "school", "huyện Gò Công Tây", "2016")]
    assert ids == [(record["record_id"],)]
    # without the rules the same articles are loaded again, and their records with them
    trichtin("bulk", article.parent, "--to", f"sqlite:///{db}", "--jobs", 1, "--quiet")
    with sqlite3.connect(db) as connection:
        assert connection.execute("SELECT count(*) FROM figures WHERE kind = 'schools'").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM figures WHERE kind = 'money'").fetchone() == (1,)


def test_what_a_file_says_is_part_of_the_version(tmp_path: Path) -> None:
    a = load_rules(written(tmp_path, SCHOOLS, "a.toml"))
    b = load_rules(written(tmp_path, SCHOOLS.replace('"đạt chuẩn"', '"kiên cố"'), "b.toml"))
    same = load_rules(written(tmp_path, "# a remark\n" + SCHOOLS, "c.toml"))
    assert len({extractor_version(), extractor_version(a), extractor_version(b)}) == 3
    assert extractor_version(a) == extractor_version(same)
    assert extractor_version(a).startswith(extractor_version() + ".")


def test_files_folders_and_names_go_together(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    written(tmp_path / "rules", SCHOOLS)
    rules = load_rules("workers", rules_dir=tmp_path / "rules")
    assert set(rules.counted) == {"workers", "schools"}


WORDS = """
examples = \"\"\"
Giá <money value=5000000 unit=BRL>5 triệu real Brazil</money>, phí <money value=20 unit=BRL>R$20</money>.
<place name="Hải Phòng" level=province>Đất Cảng</place> đón <households value=12 category="hộ nuôi sứa">12 hộ nuôi sứa</households>.
- Quản đốc đi vắng.
\"\"\"

[currencies]
BRL = ["real Brazil", "R$"]

[offices]
heads = ["quản giáo trưởng"]
examples = \"\"\"
Ông <official name="Lê Văn Bình" position="Quản giáo trưởng">Lê Văn Bình, Quản giáo trưởng Trại giam Thủ Đức</official>, cho biết.
\"\"\"

[bodies]
open = ["trại tạm giam đặc biệt"]

[indicators]
heads = ["số giường bệnh"]
known = { school_places = ["số chỗ học"] }

[places]
"Đất Cảng" = "thành phố Hải Phòng"

[households]
kinds = ["nuôi sứa"]
"""


def test_words_of_every_section_are_read(tmp_path: Path) -> None:
    sources = find_sources([written(tmp_path, WORDS)])
    rules = load_sources(sources)
    text = "Năm 2016, số chỗ học tăng 5%. Ông Lê Văn Bình, Quản giáo trưởng Trại giam Thủ Đức, cho biết."
    records = extract(text, rules=rules).records
    assert next(r for r in records if r.kind == "percent").indicator_id == "school_places"
    assert next(r for r in records if r.kind == "official").position == "Quản giáo trưởng"
    wrong = [(o.line, o.notes) for o in run(sources[0], rules) if not o.passed]
    assert not wrong
    assert "Đất Cảng" not in {r.text for r in extract("Đất Cảng đón khách.").records}


MISTAKES = {
    "[kinds.a]\nwords = [\"x\"]": (1, "lacks 'unit'", ""),
    "[kinds.a]\nword = [\"x\"]\nunit = \"u\"": (2, "'words'", "kinds.a.word"),
    "[kind.a]\nwords = [\"x\"]": (1, "'kinds'", "kind"),
    "[kinds.money]\nwords = [\"x\"]\nunit = \"u\"": (1, "choose another name", "kinds.money"),
    "[kinds.A1]\nwords = [\"x\"]\nunit = \"u\"": (1, "small letters", "kinds.A1"),
    "[kinds.a]\nwords = []\nunit = \"u\"": (2, "is empty", "kinds.a.words"),
    "[kinds.a]\nwords = [\"x\", \" \"]\nunit = \"u\"": (2, "empty word", "kinds.a.words"),
    "[kinds.a]\nunit = \"u\"\nwords = [\n  \"x\",\n  \"lao.*\",\n]": (5, "no patterns", "kinds.a.words"),
    "[kinds.a]\nwords = [\"x\", \"X\"]\nunit = \"u\"": (2, "stands twice", "kinds.a.words"),
    "[kinds.a]\nwords = \"x\"\nunit = \"u\"": (2, "square brackets", "kinds.a.words"),
    "[kinds.a]\nwords = [1]\nunit = \"u\"": (2, "a number", "kinds.a.words"),
    "[kinds.a]\nwords = [\"x\"]\nunit = 3": (3, "text in quotes", "kinds.a.unit"),
    "[kinds.a]\nwords = [\"x\"]\nunit = \"VND\"": (3, "choose another", "kinds.a.unit"),
    "[kinds.a]\nwords = [\"đồng\"]\nunit = \"u\"": (2, "known without this file", "kinds.a.words"),
    "[kinds.a]\nwords = [\"x\"]\nunit = \"u\"\nfractions = \"yes\"": (4, "true or false", "kinds.a.fractions"),
    "[kinds.a]\nunit = \"u\"\n[kinds.a.words]\n\"x\" = 0.5": (4, "fractions = true", "kinds.a.words.x"),
    "[kinds.a]\nunit = \"u\"\nfractions = true\n[kinds.a.words]\n\"x\" = -1": (5, "above 0", "kinds.a.words.x"),
    "[kinds.a]\nunit = \"u\"\nwords = [\"x\"]\n[kinds.b]\nunit = \"v\"\nwords = [\"x\"]": (6, "of the kind 'a' too", ""),
    "kinds = 3": (1, "is a table", "kinds"),
    "[currencies]\nreal = [\"real\"]": (2, "ISO 4217", "currencies.real"),
    "[offices]\nhead = [\"x\"]": (2, "'heads'", "offices.head"),
    "[offices]\nheads = [\"chủ tịch\"]": (2, "known without", "offices.heads"),
    "[offices]\nheads = [\"a b c d e f g h i k\"]": (2, "longer than", "offices.heads"),
    "[places]\n\"Đất Cảng\" = \"thành phố Hải Fòng\"": (2, "Hải Phòng", ""),
    "[places]\n\"Hà Nội\" = \"Hải Phòng\"": (2, "a unit itself", ""),
    "[indicators]\nknown = { \"A B\" = [\"x\"] }": (2, "small letters", ""),
    "examples = 3": (1, "text in quotes", "examples"),
    "[kinds.a\nwords = [\"x\"]": (1, "is no TOML", ""),
    "words = [lao động]": (1, "is no TOML", ""),
    "": (1, "says nothing", ""),
}  # fmt: skip


@pytest.mark.parametrize("content", MISTAKES)
def test_a_mistake_is_told_with_its_line_and_key(content: str, tmp_path: Path) -> None:
    line, said, key = MISTAKES[content]
    file = written(tmp_path, content)
    with pytest.raises(RulesError) as caught:
        load_rules(file)
    message = str(caught.value)
    assert message.startswith(f"{file}:{line}"), message
    assert said in message
    assert key in message
    assert "Error: " in trichtin("rules", "test", file, code=1)
    assert "Traceback" not in trichtin("extract", "-", "--rules", file, code=1, given="x")


BAD_LINES = {
    "Có <a value=1>1 x": "never closed",
    "Có <a value=một>1 x</a>": "",
    "Có <a valu=1>1 x</a>": "'value_min'",
    "Có 1 x.": "draws nothing",
}


@pytest.mark.parametrize("line", BAD_LINES)
def test_an_example_that_cannot_be_read_is_told_with_its_line(line: str, tmp_path: Path) -> None:
    body = f'[kinds.a]\nwords = ["x"]\nunit = "u"\nexamples = """\n# a remark\n{line}\n"""\n'
    said = trichtin("rules", "test", written(tmp_path, body), code=1)
    assert "my.toml:6: " in said
    assert BAD_LINES[line] in said or "value" in said


def test_files_that_are_none(tmp_path: Path) -> None:
    large = written(tmp_path, "# " + "x" * 1_000_000)
    latin = tmp_path / "latin.toml"
    latin.write_bytes('[kinds.a]\nwords = ["h\xe9"]'.encode("latin-1"))
    assert "larger than" in trichtin("rules", "test", large, code=1)
    assert "latin.toml:2: is not UTF-8" in trichtin("rules", "test", latin, code=1)
    assert "did you mean 'workers'" in trichtin("rules", "test", "worker", code=1)
    assert "no .toml file" in trichtin("rules", "test", _empty(tmp_path), code=1)
    assert "none.toml: cannot be read" in trichtin("rules", "test", tmp_path / "none.toml", code=1)


def _empty(folder: Path) -> Path:
    (folder / "empty").mkdir()
    return folder / "empty"


def test_deep_nesting_is_told(tmp_path: Path) -> None:
    file = written(tmp_path, "a = " + "[" * 20_000)
    assert "is no TOML" in trichtin("rules", "test", file, code=1)


def test_a_new_file_passes_its_own_examples(tmp_path: Path) -> None:
    file = tmp_path / "new.toml"
    trichtin("rules", "new", file)
    assert "5 examples: 5 as drawn, 0 not" in trichtin("rules", "test", file)
    assert "is there already" in trichtin("rules", "new", file, code=1)


def test_a_failing_example_is_shown_with_what_was_found(tmp_path: Path) -> None:
    said = trichtin("rules", "test", written(tmp_path, SCHOOLS.replace("value=12", "value=13")), code=1)
    assert "found schools '12 trường học đạt chuẩn'" in said
    assert "value is 12, not 13" in said
    assert "2 examples: 1 as drawn, 1 not" in said


def test_the_corpus_is_still_printed() -> None:
    assert "households" in trichtin("rules")
    assert "tỷ đồng" in trichtin("rules", "money")
    assert "[kinds.workers]" in trichtin("rules", "workers")
    assert "there are no examples of 'nothing'" in trichtin("rules", "nothing", code=2)


def test_explain_knows_the_rules() -> None:
    assert "own.workers" in trichtin("explain", "Xưởng có 12 lao động.", "--rules", "workers")


def test_hostile_text_costs_linear_time() -> None:
    rules = load_rules("workers", "people", "area", "output")
    for token in ("12 lao động ", "1/1/", "5 tạ, ", "1.000 người và "):
        assert growth(partial(extract, rules=rules), token, size=2_000) < 24, token


GROWING = {"money", "officials", "officials_bodies", "indicators", "places", "households"}
"""The lexicons that a section of a rule file adds to."""


def test_what_is_built_of_a_lexicon_that_grows_is_made_once_for_each_ruleset() -> None:
    assert set(SECTIONS) == {"currencies", "offices", "bodies", "indicators", "places", "households"}
    kept = []
    for file in Path(__file__).parent.parent.joinpath("rules").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and not node.args.args:
                read = {
                    c.args[0].value
                    for c in ast.walk(node)
                    if isinstance(c, ast.Call) and isinstance(c.func, ast.Name) and c.func.id == "lexicon"
                    and isinstance(c.args[0], ast.Constant)
                }  # fmt: skip
                forever = any(isinstance(d, ast.Name) and d.id == "cache" for d in node.decorator_list)
                if forever and read & GROWING:
                    kept.append(f"{file.name}: {node.name}")
    assert not kept, f"use @cached of rules.words: {kept}"


def test_the_spacy_component_takes_rules() -> None:
    import spacy

    nlp = spacy.blank("xx")
    nlp.add_pipe("trichtin", config={"rules": ["workers"]})
    doc = nlp("Xưởng có 12 lao động.")
    assert [(span.text, span.label_) for span in doc.spans["trichtin"]] == [("12 lao động", "workers")]
