"""A set of strings that does not grow in memory."""

from __future__ import annotations

import sqlite3


class Seen:
    """Strings, kept by SQLite in a temporary file that is gone with the process."""

    def __init__(self) -> None:
        """An empty set."""
        self._db = sqlite3.connect("")
        self._db.execute("PRAGMA cache_size = -8000")
        self._db.execute("CREATE TABLE seen (name BLOB PRIMARY KEY) WITHOUT ROWID")

    def first(self, name: str) -> bool:
        """Add a string; whether it comes for the first time."""
        return self._db.execute("INSERT OR IGNORE INTO seen VALUES (?)", (_key(name),)).rowcount == 1

    def __contains__(self, name: str) -> bool:
        """Whether the string was added."""
        return self._db.execute("SELECT 1 FROM seen WHERE name = ?", (_key(name),)).fetchone() is not None


def _key(name: str) -> bytes:
    return name.encode("utf-8", "surrogatepass")
