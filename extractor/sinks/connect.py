"""How SQLite files and PostgreSQL servers are reached through SQLAlchemy, and what their errors mean."""

from __future__ import annotations

import sqlite3
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from extractor.sinks.sink import TargetError

LOCK_WAIT = 60
"""Seconds that a batch waits for another program that is writing to the same SQLite file."""


def engine(target: str) -> Engine:
    """An engine for a SQLite file or a PostgreSQL URL. Raises TargetError where the driver is not
    installed.
    """
    if "://" not in target:
        made = sa.create_engine(f"sqlite:///{target}", connect_args={"timeout": LOCK_WAIT})
        sa.event.listen(made, "connect", _set_up_sqlite)
        sa.event.listen(made, "begin", _begin_sqlite)
        return made
    try:
        return sa.create_engine("postgresql+psycopg://" + target.split("://", 1)[1])
    except ModuleNotFoundError:
        raise TargetError("PostgreSQL needs its driver: pip install 'trichtin[postgres]'") from None


def _set_up_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # transactions are begun by _begin_sqlite, not by the driver
    for pragma in (
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        "cache_size = -32000",
        "wal_autocheckpoint = 8000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # a reader takes no lock; a writer takes it at once, so that what it read stays true until it commits
    connection.exec_driver_sql(
        "BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN"
    )


def losses(postgres: bool) -> tuple[type[Exception], ...]:
    """What is raised where the database itself fails: a server gone, a full disk, a locked or read-only file."""
    if not postgres:
        return sa.exc.OperationalError, sqlite3.OperationalError
    import psycopg

    lost = psycopg.OperationalError, psycopg.InterfaceError
    return sa.exc.OperationalError, sa.exc.InterfaceError, *lost


def refusals(postgres: bool) -> tuple[type[Exception], ...]:
    """What a database raises for rows that it does not take; in a COPY the driver's own."""
    if not postgres:
        return sa.exc.IntegrityError, sa.exc.DataError
    import psycopg

    return sa.exc.IntegrityError, sa.exc.DataError, psycopg.IntegrityError, psycopg.DataError


def first_line(error: Exception) -> str:
    """What a database says, without the statement and the advice behind it."""
    return str(getattr(error, "orig", error)).strip().split("\n", 1)[0]


def shown(target: str) -> str:
    """The target without its password."""
    return sa.make_url(target).render_as_string(hide_password=True) if "://" in target else target
