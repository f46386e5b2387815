"""Rounds of blind double coding as lists, and what their coders differ on."""

from __future__ import annotations

import json
from typing import Any

from onrecord.case.edit import value_at
from onrecord.errors import CaseUsage, NotFound
from onrecord.serve.decode import claim_number, claim_rows
from onrecord.serve.desk import Ask

_MODALITY = ["modality.polarity", "modality.certainty", "modality.mood", "modality.tense"]
PATHS = {
    "event": ["event_type", "modes", "actor", "recipient", "place", "time", *_MODALITY],
    "figure": ["measure", "low", "best", "high", "bound", "place", *_MODALITY],
    "control": ["change", "holder", "place", *_MODALITY],
    "relation": ["relation", "subject", "object", *_MODALITY],
}
_STANDS = "NOT EXISTS (SELECT 1 FROM reviews u WHERE u.undoes = v.review AND u.entry <= ?)"


def rounds(ask: Ask) -> list[dict[str, Any]]:
    """Rounds in the order in which they were started."""
    with ask.desk.file.snapshot() as connection:
        rows = connection.execute(
            "SELECT v.round, v.action, v.reviewer, v.claim, v.value, e.recorded_at FROM reviews v "
            f"JOIN entries e USING (entry) WHERE v.round IS NOT NULL AND v.entry <= ? AND {_STANDS} ORDER BY v.review",
            (ask.cut, ask.cut),
        ).fetchall()
    found: dict[str, dict[str, Any]] = {}
    drawn: dict[str, set[int]] = {}
    judged: dict[str, dict[str, set[int]]] = {}
    for name, action, reviewer, claim, value, at in rows:
        about = found.setdefault(name, {"name": name, "coders": [], "claims": 0, "judged": {}, "started_at": at,
                                        "started_by": reviewer})  # fmt: skip
        if action == "assign":
            coder = json.loads(value)
            if coder not in about["coders"]:
                about["coders"].append(coder)
            drawn.setdefault(name, set()).add(claim)
        elif action == "judge":
            judged.setdefault(name, {}).setdefault(reviewer, set()).add(claim)
    for name, about in found.items():
        about["claims"] = len(drawn.get(name, ()))
        about["judged"] = {coder: len(judged.get(name, {}).get(coder, ())) for coder in about["coders"]}
    return list(found.values())


def one(ask: Ask, name: str) -> dict[str, Any]:
    """The round *name*; NotFound where there is none."""
    found = next((about for about in rounds(ask) if about["name"] == name), None)
    if found is None:
        raise NotFound(f"round {name!r}: there is none. List them at /api/v1/rounds")
    return found


def disputes(ask: Ask, name: str, fields: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each value on which coders differ: what each said, what was coded, and what it is now."""
    import orjson

    wanted = {(claim_id, field["path"]) for field in fields for claim_id in field["disputed"]}
    said: dict[tuple[str, str], dict[str, Any]] = {}
    with ask.desk.file.snapshot() as connection:
        rows = connection.execute(
            "SELECT c.claim_id, v.path, v.reviewer, v.value FROM reviews v JOIN claims c USING (claim) "
            f"WHERE v.round = ? AND v.action = 'judge' AND v.entry <= ? AND {_STANDS} ORDER BY v.review",
            (name, ask.cut, ask.cut),
        ).fetchall()
    for claim_id, path, reviewer, value in rows:
        if (claim_id, path) in wanted:
            said.setdefault((claim_id, path), {})[reviewer] = json.loads(value)
    found = []
    for (claim_id, path), judged in sorted(said.items()):
        claim = orjson.loads(claim_rows(ask.desk, [claim_number(ask, claim_id)], ask.snapshot.erasures)[0])
        reviews = ask.desk.case.reviews(claim_id=claim_id, as_of=ask.moment())
        settled = any(r["holds"] and (r["why"] or "").startswith(f"adjudicated in round {name}:")
                      and r["path"] in (path, None) for r in reviews)  # fmt: skip
        found.append({"claim_id": claim_id, "report_id": claim["report_id"], "kind": claim["kind"], "path": path,
                      "judged": judged, "machine": _value(claim, path), "text": claim["text"],
                      "span": claim["span"], "field": claim["field"], "settled": settled})  # fmt: skip
    return found


def _value(claim: dict[str, Any], path: str) -> Any:
    try:
        return value_at(claim, path)
    except CaseUsage:
        return None
