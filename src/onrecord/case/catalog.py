"""What a case holds beside claims: reports, inputs that were no reports, runs, and counts."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from onrecord.case.chain import head
from onrecord.case.codec import Json
from onrecord.case.compile import for_reports
from onrecord.case.conditions import every
from onrecord.case.file import CaseFile
from onrecord.case.filters import Filter
from onrecord.case.query import Asked, AsOf, moment, standing_claims, standing_codings
from onrecord.case.reading import REPORT_COLUMNS, Reader, report_json
from onrecord.errors import NotFound
from onrecord.model import Coding


def reports(case: CaseFile, asked: Asked = None, *, as_of: AsOf = None) -> list[Json]:
    """Reports in the order in which they were recorded, without texts; erased ones as tombstones.

    ``runs`` counts the codings, ``claims`` those of the latest; ``erased_because`` is set on tombstones;
    ``replaced_by`` is the report that corrects this one.
    """
    with case.snapshot() as connection:
        cut = moment(connection, as_of)
        where = for_reports(Filter.of(asked))
        sql = (
            f"SELECT {REPORT_COLUMNS}, e.recorded_at, x.reason, "
            "(SELECT count(*) FROM codings k WHERE k.report = r.report AND k.entry <= ?), "
            "(SELECT claims FROM codings k WHERE k.report = r.report AND k.entry <= ? ORDER BY coding "
            "DESC LIMIT 1), "
            "(SELECT n.report_id FROM reports n WHERE n.replaces IN (r.report_id, r.supplied_id, r.url) "
            "AND n.entry <= ? AND n.report <> r.report ORDER BY n.report DESC LIMIT 1) "
            "FROM reports r JOIN entries e ON e.entry = r.entry LEFT JOIN outlets o ON o.outlet = r.outlet "
            "LEFT JOIN erasures x ON x.report = r.report "
            f"WHERE r.entry <= ? AND ({where.text}) ORDER BY r.report"
        )
        rows = connection.execute(sql, (cut, cut, cut, cut, *where.parameters)).fetchall()
    more = ("runs", "claims", "replaced_by")
    return [report_json(row[:-3]) | dict(zip(more, row[-3:], strict=True)) for row in rows]


def find_report(connection: sqlite3.Connection, name: str, cut: int) -> int:
    """The number of the report whose report_id or supplied id is *name*, or whose report_id begins so.

    Raises CaseError when there is none, or several.
    """
    rows = connection.execute(
        "SELECT report, report_id FROM reports WHERE entry <= ? AND (report_id = ? OR supplied_id = ?)",
        (cut, name, name),
    ).fetchall()
    if not rows and name:
        begun = "SELECT report, report_id FROM reports WHERE entry <= ? AND substr(report_id, 1, length(?)) = ? LIMIT 5"
        rows = connection.execute(begun, (cut, name, name)).fetchall()
    if len(rows) != 1:
        several = ", ".join(row[1] for row in rows)
        what = f"several reports are meant ({several}). Give more of the id" if rows else "no such report"
        raise NotFound(f"report {name!r}: {what}" + ("" if rows else ". List them with `onrecord show CASE`"))
    return int(rows[0][0])


def report(case: CaseFile, name: str, *, as_of: AsOf = None) -> Json:
    """One report with its text (None where it is withheld or erased); CaseError when it is not there."""
    with case.snapshot() as connection:
        cut = moment(connection, as_of)
        number = find_report(connection, name, cut)
        reader = Reader(case, connection)
        return reader.report_row(number) | {"text": reader.texts(number)["text"]}


def coding(case: CaseFile, name: str, *, run: str = "latest", as_of: AsOf = None) -> Coding:
    """The whole coding of report *name* as it was written, by its latest run or by *run*.

    Raises CaseError when there is none, or the report was erased.
    """
    with case.snapshot() as connection:
        number, reader = _coding(case, connection, name, run, as_of)
        return reader.coding(number)


def layers(case: CaseFile, name: str, *, run: str = "latest", as_of: AsOf = None) -> Json:
    """Attributions, references, times, toponyms, actors and the rest of one coding, as JSON."""
    with case.snapshot() as connection:
        number, reader = _coding(case, connection, name, run, as_of)
        return reader.layers(number)


def _coding(case: CaseFile, connection: sqlite3.Connection, name: str, run: str, as_of: AsOf) -> tuple[int, Reader]:
    cut = moment(connection, as_of)
    number = find_report(connection, name, cut)
    where = every([standing_codings(cut, run)])
    sql = f"SELECT k.coding, k.layers IS NULL FROM codings k WHERE k.report = ? AND {where.text} ORDER BY k.coding DESC"
    row = connection.execute(sql, (number, *where.parameters)).fetchone()
    if row is None:
        raise NotFound(f"report {name!r} was not coded (run: {run}). Code it with `onrecord code`")
    if row[1]:
        raise NotFound(f"report {name!r} was erased: its coding is gone. `onrecord show` gives the reason")
    return int(row[0]), Reader(case, connection)


def is_coded(case: CaseFile, report_id: str, run_id: str) -> bool:
    """Whether run *run_id* has coded report *report_id* (an erased one counts: it is not to come back)."""
    sql = (
        "SELECT 1 FROM reports r LEFT JOIN codings k USING (report) LEFT JOIN runs USING (run) "
        "WHERE r.report_id = ? AND (run_id = ? OR r.text_state = 'erased')"
    )
    with case.snapshot() as connection:
        return connection.execute(sql, (report_id, run_id)).fetchone() is not None


def rejected_inputs(case: CaseFile, *, as_of: AsOf = None) -> list[Json]:
    """Inputs that could not become a report: origin, reason, remedy, hash, size, run, recorded_at."""
    names = ("origin", "reason", "remedy", "original_sha256", "bytes", "run_id", "recorded_at")
    sql = (
        "SELECT origin, reason, remedy, original_sha256, bytes, run_id, recorded_at FROM rejected_inputs x "
        "LEFT JOIN runs USING (run) JOIN entries e ON e.entry = x.entry WHERE x.entry <= ? ORDER BY rejected"
    )
    with case.snapshot() as connection:
        rows = connection.execute(sql, (moment(connection, as_of),)).fetchall()
    return [dict(zip(names, row, strict=True)) for row in rows]


def runs(case: CaseFile, *, as_of: AsOf = None) -> list[Json]:
    """Runs: run_id, version, hashes, how many reports each coded, and its marks (started, ended …)."""
    with case.snapshot() as connection:
        cut = moment(connection, as_of)
        found = []
        for run, run_id, version, config, details, recorded_at in connection.execute(
            "SELECT run, run_id, version, config_sha256, details, recorded_at FROM runs JOIN entries "
            "USING (entry) "
            "WHERE entry <= ? ORDER BY run",
            (cut,),
        ).fetchall():
            marks = connection.execute(
                "SELECT word, recorded_at, details FROM run_marks m JOIN entries e USING (entry) "
                "WHERE run = ? AND m.entry <= ? ORDER BY mark",
                (run, cut),
            ).fetchall()
            sql = "SELECT count(*), coalesce(sum(claims), 0) FROM codings WHERE run = ? AND entry <= ?"
            coded, claims = connection.execute(sql, (run, cut)).fetchone()
            found.append(
                {
                    "run_id": run_id,
                    "version": version,
                    "config_sha256": config,
                    "details": json.loads(details),
                }
                | {"reports": coded, "claims": claims, "recorded_at": recorded_at}
                | {"marks": [{"word": w, "at": at, **json.loads(d)} for w, at, d in marks]}
            )
    return found


def erased(case: CaseFile, *, as_of: AsOf = None) -> int:
    """How many of the reports known then are tombstones by now, so that their claims are missing."""
    sql = "SELECT count(*) FROM erasures x CROSS JOIN reports r USING (report) WHERE r.entry <= ?"
    with case.snapshot() as connection:
        return int(connection.execute(sql, (moment(connection, as_of),)).fetchone()[0])


def stats(case: CaseFile, *, as_of: AsOf = None) -> Json:
    """Counts of everything as it stands, the tombstones among them, and the size and head of the case."""
    with case.snapshot() as connection:
        cut = moment(connection, as_of)

        def one(sql: str) -> Any:
            return connection.execute(sql, (cut,)).fetchone()[0]

        where = standing_claims(cut, "latest")
        by_kind = connection.execute(
            "SELECT w.word, s.word, count(*) FROM claims c JOIN codings k USING (coding) JOIN words w ON "
            "w.code = c.kind "
            f"JOIN words s ON s.code = c.status WHERE {where.text} GROUP BY 1, 2 ORDER BY 1, 2",
            where.parameters,
        ).fetchall()
        number, chain = head(connection)
        info = dict(connection.execute("SELECT key, value FROM case_info").fetchall())
        return {
            **info,
            "reports": one("SELECT count(*) FROM reports WHERE entry <= ?"),
            "erased": one("SELECT count(*) FROM erasures x CROSS JOIN reports r USING (report) WHERE r.entry <= ?"),
            "withheld": one("SELECT count(*) FROM reports WHERE text_state = 'withheld' AND entry <= ?"),
            "rejected_inputs": one("SELECT count(*) FROM rejected_inputs WHERE entry <= ?"),
            "runs": one("SELECT count(*) FROM runs WHERE entry <= ?"),
            "claims": {kind: n for kind, status, n in by_kind if status == "coded"},
            "rejected_claims": sum(n for _, status, n in by_kind if status == "rejected"),
            "reviews": one("SELECT count(*) FROM reviews WHERE entry <= ?"),
            "corrections": one("SELECT count(*) FROM corrections WHERE entry <= ?"),
            "bytes": case.path.stat().st_size,
            "entries": number,
            "head": chain,
        }
