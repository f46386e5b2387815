"""Why a claim is what it is: as shown, its past, its reviews, and what lies beside it."""

from __future__ import annotations

from typing import Any

import orjson

from onrecord.errors import NotFound
from onrecord.lexicon.tables import data_folder
from onrecord.serve.decode import claim_number, claim_rows
from onrecord.serve.desk import Ask
from onrecord.view import describe


def why_of(ask: Ask, claim_id: str) -> dict[str, Any]:
    """Everything that is known of how *claim_id* came about."""
    claim = orjson.loads(claim_rows(ask.desk, [claim_number(ask, claim_id)], ask.snapshot.erasures)[0])
    case, as_of = ask.desk.case, ask.moment()
    beside = _beside(ask, claim)
    rule = (claim.get("rationale") or {}).get("rule")
    return {
        "claim": claim,
        "report": {key: value for key, value in case.report(claim["report_id"], as_of=as_of).items() if key != "text"},
        "history": _history(ask, claim_id),
        "reviews": case.reviews(claim_id=claim_id, as_of=as_of),
        "beside": beside,
        "rule": rule_row(rule) if rule else None,
        "lines": [{"name": name, "words": words} for name, words in describe.rows(claim)],
    }


def _history(ask: Ask, claim_id: str) -> list[Any]:
    try:
        return ask.desk.case.history(claim_id, as_of=ask.moment())
    except NotFound:
        return []


def _beside(ask: Ask, claim: dict[str, Any]) -> list[Any]:
    import numpy as np

    s = ask.snapshot
    with ask.desk.file.snapshot() as connection:
        row = connection.execute(
            "SELECT k.coding FROM codings k JOIN reports r USING (report) JOIN runs USING (run) "
            "WHERE report_id = ? AND run_id = ?", (claim["report_id"], claim["run_id"]),
        ).fetchone()  # fmt: skip
    standing = ask.standing() & (s.claims["coding"] == row[0])
    rows = [int(n) for n in np.flatnonzero(standing)]
    found = [orjson.loads(data) for data in claim_rows(ask.desk, rows, s.erasures)]
    return [
        other for other in found
        if other["claim_id"] != claim["claim_id"] and other["field"] == claim["field"]
        and other["span"][0] < claim["span"][1] and claim["span"][0] < other["span"][1]
    ]  # fmt: skip


def rule_row(rule: str) -> str | None:
    """The row of a knowledge file that a rule such as ``triggers/assault.csv:12`` names, column by column."""
    name, _, line = rule.rpartition(":")
    path = (data_folder() / name).resolve()
    inside = path.is_relative_to(data_folder().resolve())
    if not (inside and name.endswith(".csv") and line.isdigit() and path.is_file()):
        return None
    rows = path.read_text(encoding="utf-8").splitlines()
    head = next((row for row in rows if not row.startswith("#")), "")
    if not 0 < int(line) <= len(rows):
        return None
    cells = zip(head.split(","), rows[int(line) - 1].split(","), strict=False)
    return "; ".join(f"{column} {value}" for column, value in cells if value)
