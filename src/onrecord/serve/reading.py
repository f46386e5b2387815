"""Reports as rows, and one report with everything that was read in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import orjson

from onrecord.case.catalog import find_report
from onrecord.case.codec import unpack_original
from onrecord.case.reading import REPORT_COLUMNS, Reader, report_json
from onrecord.errors import NotFound
from onrecord.serve.decode import claim_rows
from onrecord.serve.desk import Ask

_ROWS = (
    f"SELECT r.report, {REPORT_COLUMNS}, e.recorded_at, x.reason FROM reports r JOIN entries e ON e.entry = r.entry "
    "LEFT JOIN outlets o ON o.outlet = r.outlet LEFT JOIN erasures x ON x.report = r.report "
    "WHERE r.report IN ({marks})"
)


def report_rows(ask: Ask, numbers: Sequence[int]) -> list[Any]:
    """Reports of these row numbers, in their order, without texts; ``claims`` counts those that stand."""
    s = ask.snapshot
    coded = ask.standing() & (s.claims["status"] == s.number("status", "coded"))
    reports = s.codings["report"][s.claims["coding"][np.flatnonzero(coded)]]
    counts = np.bincount(reports, minlength=s.reports.size)
    with ask.desk.file.snapshot() as connection:
        marks = ",".join("?" * len(numbers))
        rows = connection.execute(_ROWS.format(marks=marks), list(numbers)).fetchall()
    found = {row[0]: report_json(row[1:]) | {"claims": int(counts[row[0]])} for row in rows}
    return [found[number] for number in numbers if number in found]


def full_report(ask: Ask, name: str, run: str) -> dict[str, Any]:
    """A report with its text, claims (in the order of the text) and layers, as *run* or the latest coded it."""
    s = ask.snapshot
    with ask.desk.file.snapshot() as connection:
        number = find_report(connection, name, ask.cut)
        reader = Reader(ask.desk.file, connection)
        about = reader.report_row(number) | {"text": reader.texts(number)["text"]}
        codings = connection.execute(
            "SELECT k.coding, run_id, version, claims, rejected, recorded_at, k.layers IS NULL FROM codings k "
            "JOIN runs USING (run) JOIN entries e ON e.entry = k.entry WHERE k.report = ? AND k.entry <= ? "
            "ORDER BY k.coding", (number, ask.cut),
        ).fetchall()  # fmt: skip
        kept = connection.execute("SELECT 1 FROM originals WHERE report = ?", (number,)).fetchone()
        replaced = connection.execute(
            "SELECT n.report_id FROM reports n WHERE n.replaces IN (?, ?, ?) AND n.entry <= ? AND n.report <> ? "
            "ORDER BY n.report DESC LIMIT 1",
            (about["report_id"], about["supplied_id"], about["url"], ask.cut, number),
        ).fetchone()
        chosen = next((row for row in reversed(codings) if run in ("latest", row[1])), None)
        if chosen is None and run != "latest":
            raise NotFound(f"report {name!r} was not coded by run {run!r}. Ask for run=latest")
        layers = reader.layers(chosen[0]) if chosen and not chosen[6] else {}
    claims: list[Any] = []
    if chosen:
        standing = ask.standing() if chosen is codings[-1] else s.standing(ask.cut, _run_number(ask, chosen[1]))
        rows = np.flatnonzero(standing & (s.claims["coding"] == chosen[0]))
        rows = rows[np.argsort(s.claims["ord"][rows], kind="stable")]
        claims = [orjson.Fragment(c) for c in claim_rows(ask.desk, [int(n) for n in rows], s.erasures)]
    names = ("run_id", "version", "claims", "rejected", "recorded_at")
    href = f"/api/v1/reports/{about['report_id']}/original" if kept else None
    return {
        **about,
        "claim_list": claims,
        "layers": layers,
        "coded_by": [dict(zip(names, row[1:6], strict=True)) for row in codings],
        "shown_run": chosen[1] if chosen else None,
        "replaced_by": replaced[0] if replaced else None,
        "original": {"media_type": about["media_type"], "sha256": about["original_sha256"], "href": href},
        **ask.head(),
    }


def _run_number(ask: Ask, run_id: str) -> int:
    with ask.desk.file.snapshot() as connection:
        row = connection.execute("SELECT run FROM runs WHERE run_id = ?", (run_id,)).fetchone()
    return int(row[0])


def original_of(ask: Ask, name: str) -> tuple[str, bytes]:
    """A file name, and the bytes that the report was read from; NotFound where they are not kept."""
    with ask.desk.file.snapshot() as connection:
        number = find_report(connection, name, ask.cut)
        row = connection.execute(
            "SELECT r.text, g.form, g.bytes, r.origin, r.report_id FROM reports r LEFT JOIN originals g USING (report) "
            "WHERE report = ?", (number,),
        ).fetchone()  # fmt: skip
    if row[1] is None or (row[1] == "text" and row[0] is None):
        raise NotFound(f"report {name!r}: its original is not kept here. Follow its URL")
    data = unpack_original(row[1], row[2], row[0])
    return str(row[3] or row[4]).replace("\\", "/").rpartition("/")[2], data
