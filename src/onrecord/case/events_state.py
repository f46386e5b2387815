"""The derived tables of events: whether they are up to date, what they are made from, and filling them.

They hold nothing that the claims do not say, may be emptied at any time, and stand outside the journal.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.case.codec import Json, deflate, dumps, expand
from onrecord.case.file import CaseFile
from onrecord.case.keys import day_number, place_key
from onrecord.case.merge_state import in_parts
from onrecord.case.query import standing_claims
from onrecord.case.reading import Reader
from onrecord.case.schema import migrations, statements
from onrecord.model import Claim, Place, Report
from onrecord.model.wire import claim_from_json
from onrecord.model.wire_coding import report_from_json

TABLES = (
    *("events_state", "events", "event_values", "event_figures", "event_claims"),
    *("merge_reports", "merge_claims", "merge_blocks"),
)
# The tables whose last rows tell what was there when events were merged.
_MARKS = {
    **{"codings": "coding", "reports": "report", "claims": "claim"},
    **{"erasures": "erasure", "merges": "merge", "corrections": "correction"},
}
# Entries after which other claims stand, or they stand together otherwise.
_MOVING = ("report", "coding", "review", "carried", "merge", "correction", "erasure")
_COUNTED = ("happened", "denied", "possible", "claims", "reports", "accounts", "voices")
_SHOWN = ("factuality", "first_published", "last_published")
_STANDING = (
    "SELECT c.claim, c.claim_id, c.body, r.report, r.report_id, run.run_id, run.version "
    "FROM claims c JOIN codings k ON k.coding = c.coding JOIN reports r ON r.report = k.report "
    "JOIN runs run ON run.run = k.run "
    "WHERE c.status = (SELECT code FROM words WHERE list = 'status' AND word = 'coded') AND {where}"
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


def last_rows(connection: sqlite3.Connection) -> dict[str, int]:
    """The last row of each table that events depend on."""
    return {
        table: int(connection.execute(f"SELECT coalesce(max({row}), 0) FROM {table}").fetchone()[0])
        for table, row in _MARKS.items()
    }


def marked_rows(connection: sqlite3.Connection) -> dict[str, int]:
    """The last rows when events were merged."""
    found = dict(connection.execute("SELECT key, value FROM events_state"))
    return {table: int(found.get(table, 0)) for table in _MARKS}


def state_of(connection: sqlite3.Connection) -> Hashable:
    """Names the state of the derived tables, and whether anything was erased of what they are made from."""
    said = tuple(connection.execute("SELECT key, value FROM events_state ORDER BY key").fetchall())
    return said, connection.execute("SELECT count(*) FROM erasures").fetchone()[0]


def touched_reports(connection: sqlite3.Connection, since: Mapping[str, int]) -> set[int]:
    """Reports of which other claims stand since those last rows, or that are gone."""
    sql = (
        "SELECT report FROM codings WHERE coding > ? UNION SELECT report FROM reports WHERE report > ? "
        "UNION SELECT k.report FROM claims c JOIN codings k USING (coding) WHERE c.claim > ? AND c.root IS NOT NULL "
        "UNION SELECT report FROM erasures WHERE erasure > ?"
    )
    marks = tuple(since[table] for table in ("codings", "reports", "claims", "erasures"))
    return {row[0] for row in connection.execute(sql, marks)}


def touched_claims(connection: sqlite3.Connection, since: Mapping[str, int]) -> set[str]:
    """Claims (by id) that people decided on since, or of which a decision was taken back."""
    sql = "SELECT x.claim_id FROM merges m JOIN merge_members x ON x.merge IN (m.merge, m.undoes) WHERE m.merge > ?"
    return {row[0] for row in connection.execute(sql, (since["merges"],))}


def report_texts(
    case: CaseFile, connection: sqlite3.Connection, numbers: Iterable[int], cut: int
) -> Iterator[tuple[int, Report]]:
    """Reports of these rows known at *cut* and not erased, with their texts."""
    reader = Reader(case, connection)
    for marks, some in in_parts(numbers):
        sql = f"SELECT report, text FROM reports WHERE report IN ({marks}) AND entry <= ? AND text_state <> 'erased'"
        for report, text in connection.execute(sql, (*some, cut)).fetchall():
            yield report, report_from_json(reader.report_row(report) | {"text": text or ""})


def bare_reports(
    case: CaseFile, connection: sqlite3.Connection, numbers: Iterable[int]
) -> Iterator[tuple[int, Report]]:
    """Reports of these rows without their texts."""
    reader = Reader(case, connection)
    for number in sorted(set(numbers)):
        row = reader.report_row(number)
        yield number, report_from_json(row | {"text": "", "text_sha256": row["text_sha256"]})


def all_reports(connection: sqlite3.Connection, cut: int) -> list[int]:
    """Rows of the reports known at *cut* and not erased."""
    sql = "SELECT report FROM reports WHERE entry <= ? AND text_state <> 'erased' ORDER BY report"
    return [row[0] for row in connection.execute(sql, (cut,))]


def replaced(connection: sqlite3.Connection, numbers: Iterable[int] | None, cut: int) -> list[tuple[int, int]]:
    """(report, the one that it replaces) by report id, supplied id or URL; of these rows in either place, or all."""
    found: set[tuple[int, int]] = set()
    parts = [("", ())] if numbers is None else list(in_parts(numbers))
    for marks, some in parts:
        for column in ("report_id", "supplied_id", "url"):
            sql = (
                f"SELECT n.report, o.report FROM reports n JOIN reports o ON o.{column} = n.replaces "
                "WHERE n.replaces IS NOT NULL AND n.report <> o.report AND n.entry <= ? AND o.entry <= ? "
                "AND n.text_state <> 'erased' AND o.text_state <> 'erased'"
            )
            for side in ("n", "o") if marks else ("",):
                within = f" AND {side}.report IN ({marks})" if side else ""
                found.update(connection.execute(sql + within, (cut, cut, *some)))
    return sorted(found)


def standing_told(
    case: CaseFile,
    connection: sqlite3.Connection,
    cut: int,
    reports: Iterable[int] | None = None,
    kinds: Sequence[str] = ("event", "figure"),
) -> Iterator[tuple[int, Claim]]:
    """Coded claims of events and figures that stand at *cut*, with their row numbers, report by report.

    Of some *reports* (row numbers) or of all.
    """
    standing = standing_claims(cut, "latest")
    words = ", ".join("?" * len(kinds))
    where = f"c.kind IN (SELECT code FROM words WHERE list = 'kind' AND word IN ({words})) AND ({standing.text})"
    parts: Iterable[tuple[str, Sequence[int]]] = [("", ())] if reports is None else in_parts(reports)
    for marks, some in parts:
        within = f" AND k.report IN ({marks})" if marks else ""
        sql = _STANDING.format(where=where + within) + " ORDER BY r.report, c.claim"
        rows = connection.execute(sql, (*kinds, *standing.parameters, *some))
        yield from _decoded(Reader(case, connection), rows)


def claims_at(case: CaseFile, connection: sqlite3.Connection, rows: Iterable[int]) -> Iterator[tuple[int, Claim]]:
    """The claims of these rows."""
    reader = Reader(case, connection)
    for marks, some in in_parts(rows):
        sql = _STANDING.format(where=f"c.claim IN ({marks})") + " ORDER BY r.report, c.claim"
        yield from _decoded(reader, connection.execute(sql, some))


def _decoded(reader: Reader, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, Claim]]:
    for claim, claim_id, body, report, report_id, run_id, version in rows:
        own = {"claim_id": claim_id, "report_id": report_id, "run_id": run_id, "version": version}
        yield claim, claim_from_json({**expand(json.loads(reader.stored(body)), reader.texts(report)), **own})


def make_temporary(connection: sqlite3.Connection) -> None:
    """Empty tables that hide those of the case until the transaction is rolled back: for another moment."""
    for table in TABLES:
        connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
    for name, sql in migrations():
        for statement in statements(sql) if name.endswith(("_events.sql", "_merging.sql")) else ():
            words = statement[statement.index("CREATE ") :]
            if words.startswith("CREATE TABLE"):
                connection.execute(words.replace("CREATE TABLE", "CREATE TEMP TABLE", 1))
            elif words.startswith("CREATE INDEX"):
                connection.execute(words.replace("CREATE INDEX ", "CREATE INDEX temp.", 1))


def clear_events(connection: sqlite3.Connection) -> None:
    """Empties the derived tables, but for what is known of reports whose text is withheld and cannot be read again."""
    for table in TABLES:
        kept = " WHERE report NOT IN (SELECT report FROM reports WHERE text_state = 'withheld')"
        connection.execute(f"DELETE FROM {table}{kept if table == 'merge_reports' else ''}")


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


def delete_events(connection: sqlite3.Connection, events: Iterable[int]) -> None:
    """Takes events away."""
    for table in ("events", "event_values", "event_figures", "event_claims"):
        connection.executemany(f"DELETE FROM {table} WHERE event = ?", [(event,) for event in events])


def names_of_events(connection: sqlite3.Connection, events: Iterable[int]) -> set[str]:
    """The ids of events by their numbers."""
    found: set[str] = set()
    for marks, some in in_parts(events):
        rows = connection.execute(f"SELECT event_id FROM events WHERE event IN ({marks})", some)
        found.update(row[0] for row in rows)
    return found


def finish(connection: sqlite3.Connection, cut: int, rules: str, marks: Mapping[str, int]) -> None:
    """Says up to which entry, by which rules, and up to which last rows (*marks*) the tables are filled."""
    said = [("entry", str(cut)), ("rules", rules), *((t, str(n)) for t, n in marks.items())]
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
    names = ("text", "name", "admin1", "admin2", "country", "lat", "lon")
    key = place_key(Place(**{name: place[name] for name in names}))
    # Where somebody said since what place it is, its row may be that of the words, which no gazetteer has.
    found = (
        ("place_id = ?", place["place_id"]),
        ("identity = ?", None if place["place_id"] else key.identity),
        ("place_id IS NULL AND words = ?", (place["text"] or "")[:200] or None),
    )
    for condition, value in found:
        sql = f"SELECT place FROM places WHERE {condition} LIMIT 1"
        row = connection.execute(sql, (value,)).fetchone() if value else None
        if row is not None:
            return int(row[0])
    return None
