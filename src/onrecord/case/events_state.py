"""The derived tables of events: whether they are up to date, what they are made from, and filling them.

They hold nothing that the claims do not say, may be emptied at any time, and stand outside the journal.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.case.codec import Json, deflate, dumps, expand
from onrecord.case.file import CaseFile
from onrecord.case.keys import day_number, place_key
from onrecord.case.query import standing_claims
from onrecord.case.reading import Reader
from onrecord.case.schema import migrations, statements
from onrecord.model import Claim, Place, Report
from onrecord.model.wire import claim_from_json
from onrecord.model.wire_coding import report_from_json

TABLES = ("events_state", "events", "event_values", "event_figures", "event_claims")
# Entries after which other claims stand, or they stand together otherwise.
_MOVING = ("report", "coding", "review", "carried", "merge", "erasure")
_COUNTED = ("happened", "denied", "possible", "claims", "reports", "accounts", "voices")
_SHOWN = ("factuality", "first_published", "last_published")
_STANDING = (
    "SELECT c.claim, c.claim_id, c.body, r.report, r.report_id, run.run_id, run.version "
    "FROM claims c JOIN codings k ON k.coding = c.coding JOIN reports r ON r.report = k.report "
    "JOIN runs run ON run.run = k.run "
    "WHERE c.kind IN (SELECT code FROM words WHERE list = 'kind' AND word IN ('event', 'figure')) "
    "AND c.status = (SELECT code FROM words WHERE list = 'status' AND word = 'coded') AND {where}"
)


@dataclass(frozen=True, slots=True)
class EventEntry:
    """One event to be stored: its claims' ids, and its row under each rule (as in ``RULES``)."""

    claim_ids: tuple[str, ...]
    rows: Mapping[int, Json]


def merged_until(connection: sqlite3.Connection, rules: str) -> int | None:
    """The journal entry up to which events are merged; None where they are not, or by other *rules*."""
    found = dict(connection.execute("SELECT key, value FROM events_state"))
    return int(found["entry"]) if found.get("rules") == rules else None


def moved_since(connection: sqlite3.Connection, entry: int, cut: int) -> bool:
    """Whether anything was recorded after *entry*, up to *cut*, that events depend on."""
    marks = ", ".join("?" * len(_MOVING))
    sql = f"SELECT 1 FROM entries WHERE entry > ? AND entry <= ? AND kind IN ({marks}) LIMIT 1"
    return connection.execute(sql, (entry, cut, *_MOVING)).fetchone() is not None


def standing_reports(case: CaseFile, connection: sqlite3.Connection, cut: int) -> Iterator[Report]:
    """Reports known at *cut*, without their original bytes; the text is empty where it is gone."""
    reader = Reader(case, connection)
    rows = connection.execute("SELECT report, text FROM reports WHERE entry <= ? AND text_state <> 'erased'", (cut,))
    for report, text in rows.fetchall():
        yield report_from_json(reader.report_row(report) | {"text": text or ""})


def standing_told(case: CaseFile, connection: sqlite3.Connection, cut: int) -> Iterator[tuple[int, Claim]]:
    """Coded claims of events and figures that stand at *cut*, with their row numbers, report by report."""
    reader = Reader(case, connection)
    where = standing_claims(cut, "latest")
    sql = _STANDING.format(where=where.text) + " ORDER BY r.report, c.claim"
    for claim, claim_id, body, report, report_id, run_id, version in connection.execute(sql, where.parameters):
        own = {"claim_id": claim_id, "report_id": report_id, "run_id": run_id, "version": version}
        found = claim_from_json({**expand(json.loads(reader.stored(body)), reader.texts(report)), **own})
        yield claim, found


def make_temporary(connection: sqlite3.Connection) -> None:
    """Empty tables that hide those of the case until the transaction is rolled back: for another moment."""
    sql = next(text for name, text in migrations() if name.endswith("_events.sql"))
    for table in TABLES:
        connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
    for statement in statements(sql):
        words = statement[statement.index("CREATE ") :]
        if words.startswith("CREATE TABLE"):
            connection.execute(words.replace("CREATE TABLE", "CREATE TEMP TABLE", 1))


def clear_events(connection: sqlite3.Connection) -> None:
    """Empties the derived tables."""
    for table in TABLES:
        connection.execute(f"DELETE FROM {table}")


def store_events(
    connection: sqlite3.Connection, dictionary: bytes, entries: Iterable[EventEntry], numbers: Mapping[str, int]
) -> int:
    """Adds events; *numbers* gives each claim's row by its id. Returns how many."""
    count = 0
    for count, entry in enumerate(entries, 1):  # noqa: B007 - counted
        first = next(iter(entry.rows.values()))
        values = [first["event_id"], *(int(first[key]) for key in _COUNTED), *(first[key] for key in _SHOWN)]
        columns = ", ".join(("event_id", *_COUNTED, *_SHOWN))
        marks = ", ".join("?" * len(values))
        event = connection.execute(f"INSERT INTO events ({columns}) VALUES ({marks})", values).lastrowid
        members = [(numbers[claim_id], event) for claim_id in entry.claim_ids]
        connection.executemany("INSERT INTO event_claims VALUES (?, ?)", members)
        for rules, row in _joined(entry.rows).items():
            _store_values(connection, dictionary, int(event or 0), rules, row)
    return count


def finish(connection: sqlite3.Connection, cut: int, rules: str) -> None:
    """Says up to which entry, and by which rules, the tables are filled."""
    said = [("entry", str(cut)), ("rules", rules)]
    connection.executemany("INSERT OR REPLACE INTO events_state VALUES (?, ?)", said)


def claims_of_event(connection: sqlite3.Connection, event_id: str) -> tuple[str, list[str]] | None:
    """The whole id of the event that *event_id* is or begins, and its claims' ids; None unless it is one event."""
    sql = "SELECT event, event_id FROM events WHERE event_id >= ? AND event_id < ? || char(1114111) LIMIT 2"
    rows = connection.execute(sql, (event_id, event_id)).fetchall()
    if len(rows) != 1:
        return None
    sql = "SELECT claim_id FROM event_claims JOIN claims USING (claim) WHERE event = ? ORDER BY claim"
    return rows[0][1], [row[0] for row in connection.execute(sql, (rows[0][0],))]


def event_of_claim(connection: sqlite3.Connection, claim_id: str) -> str | None:
    """The id of the event that a claim is an account of; None where it is of none."""
    sql = (
        "SELECT e.event_id FROM claims c JOIN event_claims x ON x.claim = c.claim "
        "JOIN events e ON e.event = x.event WHERE c.claim_id = ?"
    )
    row = connection.execute(sql, (claim_id,)).fetchone()
    return row and str(row[0])


def _joined(rows: Mapping[int, Json]) -> dict[int, Json]:
    """Rows that differ, each under the sum of the rules that give it."""
    found: dict[str, tuple[int, Json]] = {}
    for rule, row in rows.items():
        bare = {key: value for key, value in row.items() if key != "aggregation"}
        text = dumps(bare)
        found[text] = (found[text][0] | rule if text in found else rule, bare)
    return dict(found.values())


def _store_values(connection: sqlite3.Connection, dictionary: bytes, event: int, rules: int, row: Json) -> None:
    first, last = day_number(row["start"]), day_number(row["end"])
    place = row["place"]
    connection.execute(
        "INSERT INTO event_values VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            event,
            rules,
            row["event_type"],
            _spaced(row["modes"]),
            _spaced(row["contexts"]),
            last if first is None else first,
            first if last is None else last,
            place and _place_number(connection, place),
            place and place["precision"],
            row["disagreement"],
            deflate(dumps(row), dictionary),
        ),
    )
    figures = [(event, rules, m, f["low"], f["best"], f["high"]) for m, f in row["figures"].items()]
    connection.executemany("INSERT INTO event_figures VALUES (?, ?, ?, ?, ?, ?)", figures)


def _spaced(words: Iterable[str]) -> str:
    return f" {' '.join(words)} ".lower()


def _place_number(connection: sqlite3.Connection, place: Mapping[str, Any]) -> int | None:
    """The row of places of a place as events give it."""
    if place["place_id"]:
        row = connection.execute("SELECT place FROM places WHERE place_id = ? LIMIT 1", (place["place_id"],)).fetchone()
        return row and int(row[0])
    names = ("text", "name", "admin1", "admin2", "country", "lat", "lon")
    key = place_key(Place(**{name: place[name] for name in names}))
    row = connection.execute("SELECT place FROM places WHERE identity = ?", (key.identity,)).fetchone()
    return row and int(row[0])
