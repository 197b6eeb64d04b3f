"""Prints the lowest versions that pyproject.toml allows, one a line, for the extras that are named: `lowest.py serve duckdb`."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path


def lowest(project: dict[str, object], extras: list[str]) -> list[str]:
    """The dependencies of a project and of some of its extras, each held at its lower bound."""
    declared = [*project["dependencies"]]
    for extra in extras:
        declared += project["optional-dependencies"][extra]
    own = f"{project['name']}["
    return [re.sub(r"(\[.*\])?>=", "==", each) for each in declared if not each.startswith(own)]


if __name__ == "__main__":
    pyproject = Path(__file__).parent.parent / "pyproject.toml"
    print(*lowest(tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"], sys.argv[1:]), sep="\n")
