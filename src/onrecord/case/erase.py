"""Erasing a report for a stated legal reason: the text goes, a tombstone with reason and hashes stays.

What goes: text, title, original bytes, supplied id, URL, byline, origin and other columns, every claim and
attribution coded from it, the words of reviews on them, and names and words that no other report gave. What
stays: report_id, outlet, time of publication, language, hashes, length, and the tombstone (who, when, why, how
many claims). The journal keeps its chain. Nothing of the text is left in the file or its log.
"""

from __future__ import annotations

import sqlite3

from onrecord.case.catalog import find_report
from onrecord.case.chain import content_of_row, record
from onrecord.case.file import CaseFile
from onrecord.case.rows import insert
from onrecord.case.schema import SEARCH
from onrecord.errors import CaseError, CaseUsage

_CODINGS = "SELECT coding FROM codings WHERE report = :report"
_CLAIMS = f"SELECT claim FROM claims WHERE coding IN ({_CODINGS})"
_QUOTES = f"SELECT quote FROM quotes WHERE coding IN ({_CODINGS})"

# In this order: what points to a row goes before the row.
_STATEMENTS = (
    "CREATE TEMP TABLE gone_actors AS SELECT DISTINCT actor FROM slots WHERE actor IS NOT NULL "
    f"AND claim IN ({_CLAIMS}) UNION SELECT actor FROM quote_sources WHERE quote IN ({_QUOTES})",
    f"CREATE TEMP TABLE gone_places AS SELECT DISTINCT place FROM claims WHERE place IS NOT NULL "
    f"AND coding IN ({_CODINGS})",
    "INSERT INTO reports_fts (reports_fts, rowid, title, text) "
    "SELECT 'delete', report, title, text FROM reports WHERE report = :report AND text IS NOT NULL",
    "CREATE TEMP TABLE gone_names AS SELECT named FROM slots WHERE named IS NOT NULL "
    f"AND claim IN ({_CLAIMS}) UNION SELECT named FROM quote_sources WHERE named IS NOT NULL AND quote IN ({_QUOTES})",
    "INSERT INTO quotes_fts (quotes_fts, rowid, words) "
    f"SELECT 'delete', quote, words FROM quote_words WHERE quote IN ({_QUOTES})",
    "INSERT INTO claims_fts (claims_fts, rowid, words) "
    f"SELECT 'delete', claim, words FROM claim_words WHERE claim IN ({_CLAIMS})",
    # What events were computed with its words; they are computed again at the next question.
    f"DELETE FROM event_values WHERE event IN (SELECT event FROM event_claims WHERE claim IN ({_CLAIMS}))",
    "UPDATE merge_claims SET sketch = '' WHERE report = :report",
    f"DELETE FROM carried WHERE claim IN ({_CLAIMS})",
    "UPDATE reviews SET claim = NULL, path = NULL, value = NULL, why = NULL, anchor = NULL WHERE report = :report",
    f"DELETE FROM slots WHERE claim IN ({_CLAIMS})",
    f"DELETE FROM claim_codes WHERE claim IN ({_CLAIMS})",
    f"DELETE FROM figures WHERE claim IN ({_CLAIMS})",
    f"DELETE FROM quote_sources WHERE quote IN ({_QUOTES})",
    f"DELETE FROM quotes WHERE coding IN ({_CODINGS})",
    f"DELETE FROM claims WHERE root IS NOT NULL AND coding IN ({_CODINGS})",
    f"DELETE FROM claims WHERE coding IN ({_CODINGS})",
    "UPDATE codings SET layers = NULL WHERE report = :report",
    "DELETE FROM originals WHERE report = :report",
    "UPDATE reports SET text = NULL, title = NULL, supplied_id = NULL, retrieved = NULL, url = NULL, "
    "byline = NULL, "
    "replaces = NULL, origin = NULL, meta = '{}', text_state = 'erased' WHERE report = :report",
    # The search index has a row for each report, this one an empty one from now on.
    "INSERT INTO reports_fts (rowid, title, text) VALUES (:report, NULL, NULL)",
    "DELETE FROM gone_actors WHERE EXISTS (SELECT 1 FROM slots s WHERE s.actor = gone_actors.actor) "
    "OR EXISTS (SELECT 1 FROM quote_sources s WHERE s.actor = gone_actors.actor)",
    "INSERT INTO actors_fts (actors_fts, rowid, folded) SELECT 'delete', actor, folded FROM actors "
    "WHERE actor IN (SELECT actor FROM gone_actors)",
    "DELETE FROM actors WHERE actor IN (SELECT actor FROM gone_actors)",
    "DELETE FROM names WHERE named IN (SELECT named FROM gone_names) "
    "AND NOT EXISTS (SELECT 1 FROM slots s WHERE s.named = names.named) "
    "AND NOT EXISTS (SELECT 1 FROM quote_sources s WHERE s.named = names.named)",
    # What was decided of those who are now in no report names nobody any longer.
    "UPDATE corrections SET members = '[]', value = NULL, why = NULL WHERE about = 'actor' AND EXISTS ("
    "SELECT 1 FROM json_each(members) m WHERE m.value LIKE 'p:%' "
    "AND NOT EXISTS (SELECT 1 FROM names n WHERE n.key = m.value))",
    "DELETE FROM places_at WHERE place IN (SELECT place FROM gone_places) "
    "AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.place = places_at.place)",
    "DELETE FROM places WHERE place IN (SELECT place FROM gone_places) "
    "AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.place = places.place)",
    "DROP TABLE gone_actors",
    "DROP TABLE gone_names",
    "DROP TABLE gone_places",
    # Search indexes keep deleted words in old segments until they are merged into one.
    *(f"INSERT INTO {table} ({table}) VALUES ('optimize')" for table in SEARCH),
)


def erase(case: CaseFile, name: str, *, reason: str, who: str) -> int:
    """Erases report *name* (report_id or supplied id) for *reason*; returns how many claims went with it.

    Raises CaseError, with nothing changed, when there is no such report, it was erased before, or no reason or
    person is given; and when the text is erased but a reader keeps old pages in the log.
    """
    if not reason.strip() or not who.strip():
        raise CaseUsage("an erasure needs a reason and the name of who erases. Say both")
    case.connection.execute("PRAGMA secure_delete = ON")
    with case.transaction() as connection:
        report = find_report(connection, name, 1 << 62)
        report_id, state = connection.execute(
            "SELECT report_id, text_state FROM reports WHERE report = ?", (report,)
        ).fetchone()
        if state == "erased":
            raise CaseUsage(f"report {report_id} was erased already. `onrecord show` gives the reason")
        claims = connection.execute(
            f"SELECT count(*) FROM claims WHERE root IS NULL AND coding IN ({_CODINGS})", {"report": report}
        ).fetchone()[0]
        row = {"report_id": report_id, "eraser": who.strip(), "reason": reason.strip(), "claims": claims}
        entry = record(connection, "erasure", content_of_row(row), case.clock)
        kept = {key: value for key, value in row.items() if key != "report_id"}
        insert(connection, "erasures", report=report, entry=entry, **kept)
        _take_away(connection, report)
    _forget_log(case)
    # Numbers of the erased rows that serving keeps beside the case; they are made anew.
    case.path.with_name(case.path.name + ".columns").unlink(missing_ok=True)
    return int(claims)


def _take_away(connection: sqlite3.Connection, report: int) -> None:
    connection.execute("INSERT INTO erasing VALUES (?)", (report,))
    for statement in _STATEMENTS:
        connection.execute(statement, {"report": report} if ":report" in statement else {})
    connection.execute("DELETE FROM erasing")


def _forget_log(case: CaseFile) -> None:
    """Moves the write-ahead log into the file and empties it, so that no old page is left in it."""
    busy, _, _ = case.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise CaseError(
            f"{case.path}: the report is erased, but another program still reads an older state, which "
            f"keeps its "
            "text in the log. Close that program, then run `onrecord verify`, which empties the log"
        )
