"""Lists of reviews: what was said, what waits for a person, and how a claim came to be what it is."""

from __future__ import annotations

import json
from typing import Any

from onrecord.case import carry
from onrecord.case.codec import Json
from onrecord.case.file import CaseFile
from onrecord.case.filters import Filter
from onrecord.case.query import Asked, AsOf, Page, claims, moment
from onrecord.case.reviews import find_claim
from onrecord.model.wire import claim_to_json


def reviews(
    case: CaseFile,
    *,
    claim_id: str | None = None,
    reviewer: str | None = None,
    as_of: AsOf = None,
    blind_to: str | None = None,
) -> list[Json]:
    """Reviews in the order in which they were made: who, when, what, why, whether they still hold, and whether
    they found their claim in the report's latest coding (``matched``).

    Judgements of a blind round are left out; ``blind_to`` leaves out all but that person's reviews.
    """
    with case.snapshot() as connection:
        cut = moment(connection, as_of)
        rows = connection.execute(
            "SELECT v.review_id, c.claim_id, r.report_id, v.reviewer, v.action, v.path, v.value, v.why, "
            "u.review_id, "
            "e.recorded_at, (SELECT count(*) FROM reviews x WHERE x.undoes = v.review AND x.entry <= ?), "
            "(SELECT max(n.coding) FROM codings n WHERE n.report = v.report AND n.entry <= ?), c.coding, "
            "(SELECT group_concat(m.coding) FROM carried y JOIN claims m USING (claim) WHERE y.review = "
            "v.review "
            "AND y.entry <= ?) "
            "FROM reviews v JOIN reports r USING (report) JOIN entries e ON e.entry = v.entry "
            "LEFT JOIN claims c USING (claim) LEFT JOIN reviews u ON u.review = v.undoes "
            "WHERE v.entry <= ? AND v.round IS NULL ORDER BY v.review",
            (cut, cut, cut, cut),
        ).fetchall()
    names = (
        "review_id",
        "claim_id",
        "report_id",
        "reviewer",
        "action",
        "path",
        "value",
        "why",
        "undoes",
        "recorded_at",
    )
    found = []
    for row in rows:
        *own, undone, latest, coding, carried = row
        value = dict(zip(names, own, strict=True))
        if claim_id not in (None, value["claim_id"]) or reviewer not in (None, value["reviewer"]):
            continue
        if blind_to not in (None, value["reviewer"]):
            continue
        value["value"] = None if value["value"] is None else json.loads(value["value"])
        value["holds"] = not undone
        value["matched"] = latest == coding or str(latest) in (carried or "").split(",")
        found.append(value)
    return found


def queue(
    case: CaseFile,
    asked: Asked = None,
    *,
    assigned_to: str | None = None,
    as_of: AsOf = None,
    limit: int = 50,
    after: str | None = None,
) -> Page:
    """Claims that nobody has reviewed, the least confident first; with *assigned_to* only that person's."""
    unreviewed = f"review:unreviewed {Filter.of(asked)}"
    if assigned_to is None:
        return claims(case, unreviewed, as_of=as_of, order="confidence", limit=limit, after=after)
    mine = [claim_id for claim_id, to in assignments(case, as_of).items() if to == assigned_to]
    if not mine:
        with case.snapshot() as connection:
            return Page([], None, moment(connection, as_of), 0)
    line = f"{unreviewed} claim:{','.join(mine)}"
    return claims(case, line, as_of=as_of, order="confidence", limit=limit, after=after)


def assignments(case: CaseFile, as_of: AsOf = None) -> dict[str, str]:
    """Who has which claim on their list: by claim_id, the latest assignment that was not undone."""
    found: dict[str, str] = {}
    for review in reviews(case, as_of=as_of):
        if review["action"] == "assign" and review["holds"] and review["claim_id"]:
            found.pop(review["claim_id"], None)
            if review["value"]:
                found[review["claim_id"]] = review["value"]
    return found


def history(case: CaseFile, claim_id: str, as_of: AsOf = None) -> list[Json]:
    """The claim as it was coded and as each review left it: state, recorded_at, and what changed by path."""
    with case.snapshot() as connection:
        target = find_claim(connection, claim_id)
        rows = connection.execute(
            "SELECT c.claim, c.review, e.recorded_at, c.entry FROM claims c JOIN entries e USING (entry) "
            "WHERE (c.claim = ? OR c.root = ?) AND c.entry <= ? ORDER BY c.claim",
            (target.claim, target.claim, moment(connection, as_of)),
        ).fetchall()
        found: list[Json] = []
        before: Json | None = None
        for claim, state, recorded_at, _ in rows:
            value = claim_to_json(carry.read_claim(case, connection, claim)[0])
            changes = changed_paths(before, value) if before is not None else []
            found.append({"state": state or "coded", "recorded_at": recorded_at, "changes": changes, "claim": value})
            before = value
    return found


def changed_paths(before: Any, after: Any, path: str = "") -> list[Json]:
    """Each value that differs between two claims as JSON: path, before, after."""
    if isinstance(before, dict) and isinstance(after, dict):
        keys = dict.fromkeys([*before, *after])
        return [c for k in keys for c in changed_paths(before.get(k), after.get(k), f"{path}.{k}" if path else k)]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        whole = all(isinstance(v, dict) for v in (*before, *after)) and before
        if whole:
            pairs = enumerate(zip(before, after, strict=True))
            return [c for i, (b, a) in pairs for c in changed_paths(b, a, f"{path}[{i}]")]
    return [] if before == after else [{"path": path, "before": before, "after": after}]
