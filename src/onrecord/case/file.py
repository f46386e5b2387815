"""The file of a case: opening, creating, transactions, and SQLite's errors in words.

Any number of processes may read while two or more write: SQLite's write-ahead log keeps readers apart from
writers, and writers wait for one another here, never in front of a person.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from onrecord.case import schema
from onrecord.errors import CaseDamaged, CaseError, NotFound

T = TypeVar("T")
Clock = Callable[[], datetime]
BUSY_SECONDS = 30.0
# How long writers wait for one another in all before a person is told.
PATIENCE_SECONDS = 600.0
# How long closing waits for a thread that is still reading or writing; its connection is left to the thread after that.
CLOSING_SECONDS = 10.0


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns SQLite's errors into CaseError or CaseDamaged with a remedy."""
    try:
        yield
    except sqlite3.Error as error:
        raise in_words(path, error) from error


def in_words(path: Path, error: sqlite3.Error) -> CaseError:
    """The CaseError that says what *error* means and what to do."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith("SQLITE_FULL"):
        remedy = "Nothing of this step was written. Free space on the disk and run the same command again"
        return CaseError(f"{path}: the disk is full. {remedy}")
    # Python itself says so of text that is no longer UTF-8; SQLite does not look.
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or "decode to UTF-8" in str(error):
        remedy = "Restore it from a backup, or copy what can be read with `sqlite3 CASE .recover`"
        return CaseDamaged(f"{path}: the file is damaged ({error}). {remedy}")
    if name.startswith(("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH")):
        return CaseError(f"{path}: the case cannot be written. Give yourself write permission to it and its folder")
    if name.startswith("SQLITE_CANTOPEN"):
        return CaseError(f"{path}: the case cannot be opened. Check that its folder exists and may be written")
    if name.startswith("SQLITE_IOERR"):
        return CaseError(f"{path}: the disk failed ({error}). Nothing of this step was written; check the disk")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return CaseError(f"{path}: another program holds the case. Close it and run the same command again")
    return CaseError(f"{path}: {error}. Run `onrecord verify` on the case")


def is_busy(error: sqlite3.Error) -> bool:
    """Whether *error* only means that another writer is at work."""
    return (getattr(error, "sqlite_errorname", "") or "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


class _Mine:
    """One thread's connection, and the lock that the thread holds while it uses it."""

    __slots__ = ("connection", "ended", "used", "writing")

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection, self.used = connection, threading.RLock()
        self.writing = self.ended = False

    def end(self) -> None:
        """Closes the connection between two uses of it: SQLite's memory would be freed under a query that runs."""
        if self.ended:
            return
        self.ended = True
        free = self.used.acquire(blocking=False)
        if not free and not self.writing:
            # An idle connection is not interrupted: its last checkpoint would be.
            self.connection.interrupt()
        if free or self.used.acquire(timeout=CLOSING_SECONDS):
            try:
                self.connection.close()
            finally:
                self.used.release()


class CaseFile:
    """An open case; safe to share between threads (each has its own connection).

    ``clock`` gives the moment that rows are recorded at, in any zone.
    """

    def __init__(self, path: Path, clock: Clock, read_only: bool) -> None:
        self.path, self.clock, self.read_only = path, clock, read_only
        self._local = threading.local()
        self._all: list[_Mine] = []
        self._closed = False
        self._lock = threading.Lock()
        self._remembered: dict[Hashable, Any] = {}
        with explained(path):
            self._ready()
            row = self.connection.execute("SELECT bytes FROM dictionaries WHERE dictionary = 1").fetchone()
            if row is None:
                raise CaseDamaged(f"{path}: the compression dictionary is missing. Restore the case from a backup")
            self.dictionary: bytes = row[0]

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        create: bool = False,
        read_only: bool = False,
        clock: Clock = now,
    ) -> CaseFile:
        """The case at *path*; with *create* a new one where nothing lies there yet.

        Raises NotACase, CaseTooNew, CaseDamaged, or CaseError when the path cannot be used.
        """
        where = Path(path)
        if not where.exists():
            if not create or read_only:
                raise NotFound(f"{where}: there is no case. Give the path of one, or start it with `onrecord code`")
            _create(where, clock)
        schema.check_header(where)
        return cls(where, clock, read_only)

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        return self._mine().connection

    def _mine(self) -> _Mine:
        found: _Mine | None = getattr(self._local, "mine", None)
        if found is None:
            found = _Mine(self._connect())
            with self._lock:
                self._all.append(found)
            self._local.mine = found
        if self._closed:
            found.end()
            raise CaseError(f"{self.path}: the case was closed meanwhile. Open it again")
        return found

    def _connect(self) -> sqlite3.Connection:
        uri = self.path.absolute().as_uri()
        tries = [f"{uri}?mode=ro" if self.read_only else f"{uri}?mode=rw"]
        log = self.path.with_name(self.path.name + "-wal")
        if self.read_only and not (log.exists() and log.stat().st_size):
            # In a folder that may not be written no log can be opened; with nothing in it, none is needed.
            tries.append(f"{uri}?immutable=1")
        for attempt in tries:
            connection = sqlite3.connect(
                attempt, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            try:
                connection.execute("PRAGMA schema_version").fetchone()
            except sqlite3.OperationalError:
                connection.close()
                if attempt == tries[-1]:
                    raise
                continue
            break
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA recursive_triggers = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA cache_size = -32768")
        return connection

    def _ready(self) -> None:
        found = schema.check_version(self.connection, self.path)
        if found == schema.version():
            return
        if self.read_only:
            raise CaseError(f"{self.path}: written by an earlier version. Open it once for writing to bring it up")
        with self.transaction() as connection:
            found = schema.check_version(connection, self.path)
            if found < schema.version():
                schema.upgrade(connection, found)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A write transaction: wholly kept when the block ends, wholly gone when it raises."""
        mine = self._mine()
        connection = mine.connection
        with mine.used, explained(self.path):
            mine.writing = True
            try:
                self._patiently(lambda: connection.execute("BEGIN IMMEDIATE"))
                yield connection
                self._patiently(lambda: connection.execute("COMMIT"))
            except BaseException:
                # SQLite itself has already rolled back after some errors (a full disk).
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            finally:
                mine.writing = False

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """A read transaction: every query of the block sees the same state."""
        mine = self._mine()
        connection = mine.connection
        with mine.used, explained(self.path):
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("ROLLBACK")

    def look(self, sql: str, *parameters: Any) -> list[Any]:
        """The rows of one query, which sees one state by itself: cheaper than a snapshot."""
        mine = self._mine()
        with mine.used, explained(self.path):
            return mine.connection.execute(sql, parameters).fetchall()

    def remembered(self, key: Hashable) -> Any:
        """What was remembered under *key*; None where nothing was."""
        return self._remembered.get(key)

    def remember(self, key: Hashable, answer: T) -> T:
        """Remembers a large *answer* for a while, under a *key* that says all it depends on; gives it back."""
        with self._lock:
            while len(self._remembered) >= 4:
                self._remembered.pop(next(iter(self._remembered)))
            self._remembered[key] = answer
        return answer

    def _patiently(self, step: Callable[[], object]) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        pause = 0.01
        while True:
            try:
                step()
                return
            except sqlite3.OperationalError as error:
                if not is_busy(error) or time.monotonic() > until:
                    raise
            time.sleep(pause)
            pause = min(pause * 2, 1.0)

    def close(self) -> None:
        """Closes every thread's connection; threads that still read are interrupted, one that writes is waited for."""
        with self._lock:
            self._closed = True
            open_, self._all = self._all, []
        for mine in open_:
            mine.end()

    def __enter__(self) -> CaseFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _create(path: Path, clock: Clock) -> None:
    """Makes an empty case beside *path* and links it there, so that no half-made case is ever seen."""
    if not path.parent.is_dir():
        raise NotFound(f"{path}: its folder does not exist. Make {path.parent} first")
    draft = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}.new")
    try:
        with explained(path):
            connection = sqlite3.connect(draft, isolation_level=None)
            try:
                schema.install(connection, stamp(clock()), "onrecord")
            finally:
                connection.close()
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # Another process was first; its case is the one to use.
        except OSError:
            # A file system without hard links.
            if not path.exists():
                draft.rename(path)
    except PermissionError as error:
        raise CaseError(f"{path}: no permission to write there. Choose another folder") from error
    finally:
        for left in (draft, draft.with_name(draft.name + "-wal"), draft.with_name(draft.name + "-shm")):
            left.unlink(missing_ok=True)


def stamp(moment: datetime) -> str:
    """*moment* in UTC as ISO 8601 with microseconds; a moment without zone counts as UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="microseconds")
