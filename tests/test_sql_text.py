"""No value stands in the text of a statement: values are bound. What is put into SQL are names of the schema, conditions
made of such names, and whole numbers.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SQL = re.compile(
    r"\b(?:SELECT|INSERT|UPDATE|DELETE FROM|CREATE|DROP|ALTER|PRAGMA|SET|FROM|WHERE|AND|LIKE|IS NULL|IN \(|"
    r"ORDER BY|LIMIT|OFFSET|VALUES|JOIN)\b| (?:=|<>|<=?|>=?) ?'?(?=\0|$)| :(?=\0|$)"
)
"""A word of SQL, or what stands before a value or its name: a sign of comparison, a colon."""

OTHER = re.compile(r"</?[a-z]|datum\.|[a-z]{2} [a-z]{2,} ")
"""In HTML, expressions of charts and messages, not in statements."""

VALUE_FOLLOWS = re.compile(r"(?:['%]|[=<>]|\bLIKE|\bBETWEEN|\bLIMIT|\bOFFSET) ?$")
"""What a value is written behind. A name of a value stands behind a colon."""

NAMES = frozenset(
    "table t name column columns c.name _TYPES[c.type] listed marks key sign c k spec pragma verdict "  # of the schema, of bound values
    "where named asked join page order counts extra conflict changed select query members stories wanted told "  # made of them
    "source.format(table=table)".split()
)


def unsafe(source: str) -> Iterator[str]:
    """What a module puts into the text of a statement that may be a value, as Python writes it."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.JoinedStr(values=parts) if _in_sql("\0".join(map(_text, parts))):
                yield from _unsafe_parts(parts)
            case ast.BinOp(left=left, op=ast.Add() | ast.Mod(), right=right) if _begins(left) or _begins(
                right
            ):
                yield from (ast.unparse(s) for s in (left, right) if not _is_text(s))
            case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(text)), attr="format")) if _in_sql(
                text
            ):
                yield ast.unparse(node)


def _in_sql(text: str) -> bool:
    return bool(SQL.search(text)) and not OTHER.search(text)


def _unsafe_parts(parts: list[ast.expr]) -> Iterator[str]:
    before = ""
    for part in parts:
        if isinstance(part, ast.FormattedValue):
            told = ast.unparse(part.value)
            safe = re.fullmatch(r"int\(.*\)|_?[A-Z][A-Z_]*", told) or (
                not VALUE_FOLLOWS.search(before) and (told in NAMES or _is_text(part.value))
            )
            if not safe:
                yield told
        before = _text(part)


def _text(part: ast.expr) -> str:
    return part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else ""


def _begins(node: ast.expr) -> bool:
    """Whether a constant is the text of a statement or a part of one."""
    return isinstance(node, ast.Constant) and bool(re.match(r"\s*[A-Z]{3,} |.* WHERE ", _text(node)))


def _is_text(node: ast.expr) -> bool:
    """Text that is put together of texts: they are looked at themselves, and so are names that are put in a row."""
    match node:
        case ast.Constant() | ast.JoinedStr():
            return True
        case ast.BinOp(left=left, right=right):
            return _is_text(left) and _is_text(right)
        case ast.Call(func=ast.Attribute(value=ast.Constant(), attr="join")):
            return True
    return False


MODULES = sorted(ROOT.glob("extractor/**/*.py"))


def test_no_value_is_written_into_sql() -> None:
    found = {(m.relative_to(ROOT).as_posix(), told) for m in MODULES for told in unsafe(m.read_text("utf-8"))}
    assert not found
    assert sum("SELECT" in m.read_text("utf-8") for m in MODULES) > 10


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("""db.execute(f"SELECT * FROM articles WHERE id = '{name}'")""", "name"),
        ("""db.execute(f"SELECT * FROM {table} WHERE {where} AND place = {code}")""", "code"),
        ("""parts.append(f"unit = '{told}'")""", "told"),
        ("""parts.append(f"unit LIKE '%{name}%'")""", "name"),
        ("""sql = f"SELECT 1 LIMIT {limit}" """, "limit"),
        ("""sql = f"DELETE FROM {request.query}" """, "request.query"),
        ("""sql = "SELECT * FROM facts WHERE unit = " + unit""", "unit"),
        ("""sql = "SELECT * FROM facts WHERE unit = '%s'" % unit""", "unit"),
        ("""sql = "SELECT * FROM {}".format(unit)""", "'SELECT * FROM {}'.format(unit)"),
    ],
)
def test_a_value_in_sql_is_seen(source: str, told: str) -> None:
    assert list(unsafe(source)) == [told]
