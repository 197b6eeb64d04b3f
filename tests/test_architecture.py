"""The layers of the house, held by import-linter; the README's map shows what is there."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_arrows_point_down() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-cache"],
        cwd=ROOT, capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout.decode()


def test_every_dependency_has_a_lower_bound() -> None:
    """`.ci/lowest` tries these bounds, `.ci/audit` looks for known holes where the list of them can be fetched."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [
        *project["dependencies"],
        *(d for extra in project["optional-dependencies"].values() for d in extra),
    ]
    loose = [d for d in declared if ">=" not in d and "==" not in d and not d.startswith("trichtin[")]
    assert not loose


RUNS_DATA = {"pickle", "dill", "cloudpickle", "shelve", "marshal", "yaml", "jsonpickle", "joblib"}
CALLS = {"eval", "exec", "compile", "__import__"}


def dangers(source: str) -> Iterator[str]:
    """What in a module could run data as a program, or load it as objects."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (n.name for n in names if n.name.split(".")[0] in RUNS_DATA)
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] in RUNS_DATA:
                yield module
            case ast.Call(func=ast.Name(id=name)) if name in CALLS:
                yield name
            case ast.Call(func=ast.Attribute(attr="read_pickle" | "to_pickle")):
                yield "pandas' pickle"
            case ast.Call(keywords=keywords):
                yield from (
                    k.arg for k in keywords if k.arg in ("shell", "allow_pickle") and _is_true(k.value)
                )


def _is_true(value: ast.expr) -> bool:
    return not (isinstance(value, ast.Constant) and value.value is False)


def test_no_data_runs_as_a_program() -> None:
    modules = [*ROOT.glob("extractor/**/*.py"), *ROOT.glob("rules/**/*.py")]
    assert len(modules) > 100
    found = {(m.relative_to(ROOT).as_posix(), d) for m in modules for d in dangers(m.read_text("utf-8"))}
    assert not found


def test_what_could_run_data_is_seen() -> None:
    source = "import pickle\nfrom yaml import load\neval(x)\npandas.read_pickle(x)\nrun(x, shell=True)\n"
    assert list(dangers(source)) == ["pickle", "yaml", "eval", "pandas' pickle", "shell"]
