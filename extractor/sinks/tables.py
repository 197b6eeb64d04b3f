"""The tables in SQLAlchemy Core, for SQLite and PostgreSQL, and their DDL."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from extractor import schema
from extractor.schema.views import TOLD_ABOUT as VIEWS
from extractor.schema.views import view_sql


class _Any(sa.types.UserDefinedType[Any]):
    """SQLite's ANY: holds a value as it comes. Its NUMERIC would round what has more than 15 digits."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "ANY"


_TYPES: dict[str, Any] = {
    "text": sa.Text(),
    "integer": sa.Integer(),
    "decimal": sa.Numeric().with_variant(_Any(), "sqlite"),
    "boolean": sa.Boolean().with_variant(sa.Integer(), "sqlite"),
    "json": postgresql.JSONB().with_variant(sa.Text(), "sqlite"),
    "timestamp": sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"),
}


def sqlite_number(digits: str | None) -> int | float | str | None:
    """A decimal for SQLite: integer or real where that is exact, else its digits as text."""
    if digits is None:
        return None
    if "." not in digits:
        whole = int(digits)
        return whole if -(2**63) <= whole < 2**63 else digits
    number = float(digits)
    return number if Decimal(repr(number)) == Decimal(digits) else digits


@cache
def metadata() -> sa.MetaData:
    """All tables with their keys, foreign keys and indexes."""
    meta = sa.MetaData()
    for name in schema.TABLES:
        _table(meta, name)
    return meta


def _table(meta: sa.MetaData, name: str) -> sa.Table:
    columns = [sa.Column(c.name, _TYPES[c.type], nullable=c.nullable) for c in schema.columns(name)]
    keys: list[Any] = [sa.PrimaryKeyConstraint(*schema.KEYS[name])] if schema.KEYS[name] else []
    for here, other, there in schema.FOREIGN.get(name, ()):
        keys.append(
            sa.ForeignKeyConstraint(
                here, [f"{other}.{c}" for c in there], ondelete="CASCADE" if other == "articles" else None
            )
        )
    if name == "articles":
        keys.append(sa.UniqueConstraint("source"))
    table = sa.Table(
        name,
        meta,
        *columns,
        *keys,
        comment=schema.TOLD_ABOUT[name],
        sqlite_strict=True,
        sqlite_with_rowid=name not in schema.CLUSTERED,
    )
    for indexed in schema.INDEXES.get(name, ()):
        sa.Index("ix_" + "_".join((name, *indexed)), *(table.c[c] for c in indexed))
    if "verified" in table.c:
        failed = sa.text("verified = 0"), sa.text("NOT verified")
        sa.Index(f"ix_{name}_failed", table.c.article_id, sqlite_where=failed[0], postgresql_where=failed[1])
    return table


def ddl(dialect: str) -> list[str]:
    """The statements that make the schema, in their order."""
    chosen: Any = sqlite.dialect() if dialect == "sqlite" else postgresql.dialect()  # type: ignore[no-untyped-call]
    statements: list[str] = []
    for table in metadata().sorted_tables:
        made = str(CreateTable(table, if_not_exists=True).compile(dialect=chosen)).strip()
        statements.append(f"-- {schema.TOLD_ABOUT[table.name]}\n{made}" if dialect == "sqlite" else made)
        for index in sorted(table.indexes, key=lambda i: str(i.name)):
            statements.append(str(CreateIndex(index, if_not_exists=True).compile(dialect=chosen)).strip())
        if dialect == "postgresql":
            statements.append(schema.comment_on("TABLE", table.name, schema.TOLD_ABOUT[table.name]))
    return statements + view_ddl(dialect)


def view_ddl(dialect: str) -> list[str]:
    """The statements that make the views anew."""
    made: list[str] = []
    for name, select in view_sql(dialect).items():
        told = f"-- {VIEWS[name]}\n" if dialect == "sqlite" else ""
        made += [f"DROP VIEW IF EXISTS {name}", f"{told}CREATE VIEW {name} AS\n{select}"]
        if dialect == "postgresql":
            made.append(schema.comment_on("VIEW", name, VIEWS[name]))
    return made
