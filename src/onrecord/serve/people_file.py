"""The file of people beside a case: accounts, sessions, saved views, visits, and the audit of what they did.

It is no part of the case: a case is mailed and published without it. Passwords are kept as argon2id, session tokens
as SHA-256. Times are UTC, ISO 8601.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from onrecord.errors import ConfigError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS people (
  name TEXT PRIMARY KEY COLLATE NOCASE, role TEXT NOT NULL, password TEXT, active INTEGER NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0, locked_until REAL NOT NULL DEFAULT 0, created_at TEXT NOT NULL,
  last_seen TEXT, epoch INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS sessions (
  token TEXT PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE, csrf TEXT NOT NULL, epoch INTEGER NOT NULL,
  begun REAL NOT NULL, used REAL NOT NULL, previous TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS visits (name TEXT PRIMARY KEY COLLATE NOCASE, at TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS views (
  view_id TEXT PRIMARY KEY, name TEXT NOT NULL, page TEXT NOT NULL, q TEXT NOT NULL, state TEXT NOT NULL,
  owner TEXT NOT NULL COLLATE NOCASE, shared INTEGER NOT NULL, created_at TEXT NOT NULL, changed_at TEXT NOT NULL,
  version INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS audit (
  line INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT, what TEXT NOT NULL, about TEXT, address TEXT,
  ok INTEGER NOT NULL
) STRICT;
"""


def stamp() -> str:
    """The moment, in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class PeopleFile:
    """Rows of the file; one connection, used by one thread at a time."""

    def __init__(self, path: Path | None) -> None:
        self._lock = threading.RLock()
        self.path = path
        try:
            self._connection = sqlite3.connect(
                path or ":memory:", timeout=15, isolation_level=None, check_same_thread=False
            )
            if path is not None:
                path.chmod(0o600)
                self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.executescript(_SCHEMA)
        except (sqlite3.Error, OSError) as error:
            raise ConfigError(
                f"{path}: the file of people cannot be used ({error}). Name another: --people PATH"
            ) from error

    def close(self) -> None:
        """Closes the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def change(self) -> Iterator[None]:
        """A transaction around several steps."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise

    def free(self) -> bool:
        """Whether nobody is at work in the file at this moment."""
        if not self._lock.acquire(blocking=False):
            return False
        self._lock.release()
        return True

    def version(self) -> tuple[int, int]:
        """Changes whenever anything in the file does, whoever changes it."""
        with self._lock:
            found = self._connection.execute("PRAGMA data_version").fetchone()
            return int(found[0]), self._connection.total_changes

    def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        """Rows by the names of their columns."""
        with self._lock:
            cursor = self._connection.execute(sql, values)
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def row(self, sql: str, *values: Any) -> dict[str, Any] | None:
        """The first row, None where there is none."""
        found = self.rows(sql, *values)
        return found[0] if found else None

    def do(self, sql: str, *values: Any) -> int:
        """Runs one statement; how many rows it changed."""
        with self._lock:
            return self._connection.execute(sql, values).rowcount

    def audit(self, who: str | None, what: str, about: str | None, address: str | None, ok: bool = True) -> None:
        """Adds a line to the audit."""
        self.do(
            "INSERT INTO audit (at, who, what, about, address, ok) VALUES (?, ?, ?, ?, ?, ?)",
            stamp(), who, what, about and about[:400], address, int(ok),
        )  # fmt: skip

    def view(self, row: dict[str, Any]) -> dict[str, Any]:
        """A row of views as JSON."""
        return row | {"state": json.loads(row["state"]), "shared": bool(row["shared"])}
