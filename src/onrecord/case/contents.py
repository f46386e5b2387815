"""What of each kind of row is hashed into the journal: one list for those who write and those who verify."""

from __future__ import annotations

import sqlite3

from onrecord.case.carry import content_of_revisions
from onrecord.case.codec import Json

# For each kind of entry: SQL that gives the entry, the report it is about (NULL for none) and the values, and
# the names under which the values are hashed.
CONTENTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "run": (
        "SELECT entry, NULL, run_id, version, config_sha256, details FROM runs",
        ("run_id", "version", "config_sha256", "details"),
    ),
    "mark": (
        "SELECT m.entry, NULL, run_id, word, m.details FROM run_marks m JOIN runs USING (run)",
        ("run_id", "word", "details"),
    ),
    "rejected": (
        "SELECT x.entry, NULL, run_id, origin, reason, remedy, original_sha256, bytes "
        "FROM rejected_inputs x LEFT JOIN runs USING (run)",
        ("run_id", "origin", "reason", "remedy", "original_sha256", "bytes"),
    ),
    "review": (
        "SELECT v.entry, v.report, v.review_id, c.claim_id, r.report_id, v.reviewer, v.action, v.path, "
        "v.value, v.why, "
        "u.review_id, v.round, v.anchor FROM reviews v JOIN reports r USING (report) LEFT JOIN claims c "
        "USING (claim) "
        "LEFT JOIN reviews u ON u.review = v.undoes",
        (
            *("review_id", "claim_id", "report_id", "reviewer", "action", "path", "value", "why"),
            *("undoes", "round", "anchor"),
        ),
    ),
    "merge": (
        "SELECT m.entry, NULL, m.merge_id, m.action, m.reviewer, m.why, u.merge_id, (SELECT "
        "json_group_array(claim_id) "
        "FROM (SELECT claim_id FROM merge_members x WHERE x.merge = m.merge ORDER BY claim_id)) "
        "FROM merges m LEFT JOIN merges u ON u.merge = m.undoes",
        ("merge_id", "action", "reviewer", "why", "undoes", "members"),
    ),
    "correction": (
        "SELECT c.entry, NULL, c.correction_id, c.about, c.action, c.members, c.value, c.reviewer, c.why, "
        "u.correction_id FROM corrections c LEFT JOIN corrections u ON u.correction = c.undoes",
        ("correction_id", "about", "action", "members", "value", "reviewer", "why", "undoes"),
    ),
    "erasure": (
        "SELECT x.entry, NULL, r.report_id, x.eraser, x.reason, x.claims FROM erasures x JOIN reports r USING (report)",
        ("report_id", "eraser", "reason", "claims"),
    ),
}


def content_of_carried(
    connection: sqlite3.Connection, entry: int, row: Json | None, revisions: list[tuple[str, str, str]]
) -> bytes:
    """The content hash of a review, or of reviews carried to another run, as the tables have them now."""
    held = connection.execute(
        "SELECT v.review_id, c.claim_id FROM carried x JOIN reviews v USING (review) JOIN claims c ON "
        "c.claim = x.claim "
        "WHERE x.entry = ? ORDER BY x.review, x.claim",
        (entry,),
    )
    return content_of_revisions(row, [list(pair) for pair in held], revisions)
