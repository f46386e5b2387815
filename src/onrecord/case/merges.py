"""People's decisions on events: these claims are accounts of one happening, or they are not."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from typing import Literal

from onrecord.case.chain import content_of_row, record
from onrecord.case.codec import Json, dumps
from onrecord.case.file import CaseFile
from onrecord.case.query import AsOf, moment
from onrecord.case.reviews import find_claim
from onrecord.case.rows import insert
from onrecord.errors import BadReview


def decide(
    case: CaseFile, who: str, action: Literal["merge", "split"], claim_ids: Sequence[str], why: str | None = None
) -> str:
    """Records that the claims are (``merge``) or are not (``split``) accounts of one event; returns the merge_id.

    Raises CaseError when fewer than two claims are named, or one of them is not there.
    """
    members = sorted(set(claim_ids))
    if len(members) < 2:
        raise BadReview(f"{action}: a decision needs two claims or more. Name them")
    with case.transaction() as connection:
        for claim_id in members:
            find_claim(connection, claim_id)
        return _write(case, connection, who, action, members, why, None)


def undo(case: CaseFile, who: str, merge_id: str, why: str | None = None) -> str:
    """Takes a decision back; CaseError when there is none, or it was taken back already."""
    with case.transaction() as connection:
        row = connection.execute(
            "SELECT merge, action, EXISTS (SELECT 1 FROM merges u WHERE u.undoes = m.merge) FROM merges m "
            "WHERE merge_id = ?",
            (merge_id,),
        ).fetchone()
        if row is None or row[1] == "undo" or row[2]:
            raise BadReview(f"decision {merge_id!r}: it is not there, or cannot be undone (again). Decide anew instead")
        return _write(case, connection, who, "undo", [], why, (row[0], merge_id))


def _write(
    case: CaseFile,
    connection: sqlite3.Connection,
    who: str,
    action: str,
    members: list[str],
    why: str | None,
    undoes: tuple[int, str] | None,
) -> str:
    if not who.strip():
        raise BadReview("a decision needs the name of who makes it. Say who you are")
    number = connection.execute("SELECT count(*) FROM merges").fetchone()[0]
    said = {"action": action, "reviewer": who.strip(), "why": why}
    merge_id = "m" + hashlib.sha256(dumps([number, *said.values(), members]).encode()).hexdigest()[:16]
    row = {"merge_id": merge_id, **said, "undoes": undoes and undoes[1], "members": dumps(members)}
    entry = record(connection, "merge", content_of_row(row), case.clock)
    merge = insert(connection, "merges", merge_id=merge_id, **said, undoes=undoes and undoes[0], entry=entry)
    for claim_id in members:
        insert(connection, "merge_members", merge=merge, claim_id=claim_id)
    return merge_id


def decisions(case: CaseFile, *, as_of: AsOf = None) -> list[Json]:
    """Decisions that hold, in the order in which they were made: merge_id, action, who, why, when, claim_ids."""
    with case.snapshot() as connection:
        return decisions_at(connection, moment(connection, as_of))


def decisions_at(connection: sqlite3.Connection, cut: int) -> list[Json]:
    """Decisions that hold at journal entry *cut*."""
    rows = connection.execute(
        "SELECT m.merge, merge_id, action, reviewer, why, e.recorded_at FROM merges m JOIN entries e USING (entry) "
        "WHERE m.entry <= ? AND action <> 'undo' "
        "AND NOT EXISTS (SELECT 1 FROM merges u WHERE u.undoes = m.merge AND u.entry <= ?) ORDER BY m.merge",
        (cut, cut),
    ).fetchall()
    names = ("merge_id", "action", "reviewer", "why", "recorded_at")
    found = []
    for merge, *values in rows:
        sql = "SELECT claim_id FROM merge_members WHERE merge = ? ORDER BY claim_id"
        members = [claim_id for (claim_id,) in connection.execute(sql, (merge,))]
        found.append({**dict(zip(names, values, strict=True)), "claim_ids": members})
    return found
