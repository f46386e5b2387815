"""Upkeep: backups while others write, and giving space back."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from onrecord.case.file import CaseFile, explained
from onrecord.case.schema import SEARCH
from onrecord.errors import CaseError, CaseUsage


def backup(case: CaseFile, path: str | os.PathLike[str]) -> Path:
    """Copies *case* to *path*, as it is at one moment, while others read and write; returns the path.

    Raises CaseError when something lies there already. The copy appears whole or not at all.
    """
    target = Path(path)
    if target.exists():
        raise CaseUsage(f"{target}: something is there already. Name a path that is free")
    draft = target.with_name(f".{target.name}.{os.getpid()}.backup")
    try:
        with explained(target):
            copy = sqlite3.connect(draft)
            try:
                case.connection.backup(copy)
            finally:
                copy.close()
        draft.rename(target)
    except OSError as error:
        raise CaseError(f"{target}: the copy cannot be written ({error.strerror}). Name another place") from error
    finally:
        for left in (draft, *(draft.with_name(draft.name + end) for end in ("-journal", "-wal", "-shm"))):
            left.unlink(missing_ok=True)
    return target


def vacuum(case: CaseFile) -> int:
    """Packs the file and its search indexes; returns how many bytes it gave back. Needs as much free disk again."""
    before = case.path.stat().st_size
    with case.transaction() as connection:
        for table in SEARCH:
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
    with explained(case.path):
        case.connection.execute("VACUUM")
        case.connection.execute("PRAGMA optimize")
        case.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return before - case.path.stat().st_size
