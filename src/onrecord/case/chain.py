"""The journal: each thing recorded gets an entry with its moment and a link in a chain of hashes.

An entry's ``content`` is the SHA-256 of what was recorded, as JSON text; its ``chain`` is the SHA-256 of the
chain before it, its number, moment, kind and content. So a changed byte, a changed moment and a row that was
taken away all show, and the head (the last chain value) names the whole state of a case.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from onrecord.case.codec import dumps
from onrecord.case.file import Clock, stamp

START = b"\x00" * 32


def content_of(*texts: str) -> bytes:
    """SHA-256 of *texts*, each with its length before it, so that no two lists give one hash."""
    digest = hashlib.sha256()
    for text in texts:
        data = text.encode()
        digest.update(f"{len(data)}\n".encode())
        digest.update(data)
    return digest.digest()


def content_of_row(row: dict[str, Any]) -> bytes:
    """The content hash of one row: of its values as JSON, keys in their order."""
    return content_of(dumps(row))


def content_of_coding(report_id: str, run_id: str, layers: str, claims: Iterable[tuple[str, str]]) -> bytes:
    """The content hash of a coding: of its layers and of each claim's id and compact JSON, in order."""
    return content_of(report_id, run_id, layers, *(text for claim in claims for text in claim))


def link(before: bytes, entry: int, recorded_at: str, kind: str, content: bytes) -> bytes:
    """The chain value of an entry that follows *before*."""
    return hashlib.sha256(before + f"{entry}\n{recorded_at}\n{kind}\n".encode() + content).digest()


def record(connection: sqlite3.Connection, kind: str, content: bytes, clock: Clock) -> int:
    """Adds an entry inside the open transaction, gives back its number.

    Entries are ordered in time even where clocks are not: where the clock stands at or before the last
    entry, the moment recorded is one microsecond after that entry.
    """
    last = connection.execute("SELECT entry, recorded_at, chain FROM entries ORDER BY entry DESC LIMIT 1").fetchone()
    number, latest, before = last or (0, "", START)
    moment = stamp(clock())
    if moment <= latest:
        moment = stamp(datetime.fromisoformat(latest) + timedelta(microseconds=1))
    chain = link(before, number + 1, moment, kind, content)
    row = (number + 1, moment, kind, content, chain)
    connection.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?)", row)
    return int(row[0])


def head(connection: sqlite3.Connection) -> tuple[int, str]:
    """Number and chain value (hex) of the last entry; (0, zeros) in an empty case."""
    row = connection.execute("SELECT entry, chain FROM entries ORDER BY entry DESC LIMIT 1").fetchone()
    number, chain = row or (0, START)
    return int(number), bytes(chain).hex()


def cut_at(connection: sqlite3.Connection, as_of: str | datetime | None) -> int:
    """Number of the last entry recorded by *as_of*: a moment, a day (its end, in UTC), or None for now.

    Raises ValueError when *as_of* is no moment.
    """
    if as_of is None:
        row = connection.execute("SELECT max(entry) FROM entries").fetchone()
    else:
        row = connection.execute(
            "SELECT max(entry) FROM entries WHERE recorded_at <= ?", (moment_of(as_of),)
        ).fetchone()
    return int(row[0] or 0)


def moment_of(as_of: str | datetime) -> str:
    """*as_of* as the journal writes moments; a bare day means its last microsecond."""
    if isinstance(as_of, datetime):
        return stamp(as_of)
    text = as_of.strip()
    moment = datetime.fromisoformat(text)
    if len(text) == 10:
        moment += timedelta(days=1, microseconds=-1)
    return stamp(moment)
