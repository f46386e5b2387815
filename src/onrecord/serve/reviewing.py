"""Lists of reviews and the queue, from columns where they are long."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import numpy as np
from starlette.responses import Response

from onrecord.errors import NotFound
from onrecord.serve import pages
from onrecord.serve.answers import JSON, written
from onrecord.serve.desk import Ask
from onrecord.serve.mirror import Ints
from onrecord.serve.problems import Problem


def created(value: Any) -> Response:
    """The answer to something that was recorded."""
    return Response(written(value), 201, {"Cache-Control": "no-store"}, JSON)


def listed(ask: Ask, claim: str | None, reviewer: str | None, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of reviews, the latest first."""
    blind = None if ask.present.may("decide") else ask.present.name
    key = ("reviews", ask.snapshot.version, ask.cut, claim, reviewer)
    rows = ask.desk.once(key, lambda: ask.desk.case.reviews(claim_id=claim, reviewer=reviewer, as_of=ask.moment()))
    found = np.arange(len(rows))[::-1]
    cut = pages.cut_of(found, ("reviews", claim, reviewer, blind), limit, cursor, ask.cut)
    items = [rows[i] for i in cut.numbers]
    return {"items": items, "next": cut.next, "total": cut.total, "erased": ask.erased(), **ask.head()}


def waiting(ask: Ask, q: str, assigned: str | None, order: str, seed: int) -> Ints:
    """Rows of the claims that wait for a review, sorted."""
    s = ask.snapshot
    mask = ask.claims(q) & np.isin(s.claims["review"], (0, 4))
    if assigned is not None:
        mine = [claim_id for claim_id, to in assignments(ask).items() if to == assigned]
        chosen = np.zeros_like(mask)
        with ask.desk.file.snapshot() as connection:
            for claim_id in mine:
                for (row,) in connection.execute("SELECT claim FROM claims WHERE claim_id = ?", (claim_id,)):
                    if row < len(chosen):
                        chosen[row] = True
        mask = mask & chosen
    if order == "uncertainty":
        return pages.claims_in_order(s, mask, "confidence")
    if order == "recorded":
        return pages.claims_in_order(s, mask, "recorded")
    rows = np.flatnonzero(mask)
    # A draw that depends on seed and row alone: who asks later, or of fewer, gets the same order.
    mixed = (rows.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= np.uint64(int.from_bytes(hashlib.blake2b(str(seed).encode(), digest_size=8).digest(), "big"))
    mixed = (mixed ^ (mixed >> np.uint64(31))) * np.uint64(0xBF58476D1CE4E5B9)
    return rows[np.argsort(mixed ^ (mixed >> np.uint64(29)), kind="stable")]


def assignments(ask: Ask) -> dict[str, str]:
    """Who has which claim on their list."""
    key = ("assignments", ask.snapshot.version, ask.cut)
    found: dict[str, str] = ask.desk.once(key, lambda: _assignments(ask))
    return found


def _assignments(ask: Ask) -> dict[str, str]:
    with ask.desk.file.snapshot() as connection:
        rows = connection.execute(
            "SELECT c.claim_id, v.value FROM reviews v JOIN claims c USING (claim) WHERE v.action = 'assign' "
            "AND v.round IS NULL AND v.entry <= ? AND NOT EXISTS "
            "(SELECT 1 FROM reviews u WHERE u.undoes = v.review AND u.entry <= ?) ORDER BY v.review",
            (ask.cut, ask.cut),
        ).fetchall()
    found: dict[str, str] = {}
    for claim_id, value in rows:
        to = json.loads(value) if value else None
        found.pop(claim_id, None)
        if to:
            found[claim_id] = to
    return found


def review(ask: Ask, review_id: str) -> dict[str, Any]:
    """Reviewer and claim of one review; NotFound where there is none."""
    with ask.desk.file.snapshot() as connection:
        row = connection.execute(
            "SELECT v.reviewer, c.claim_id, v.round FROM reviews v LEFT JOIN claims c USING (claim) "
            "WHERE review_id = ?", (review_id,),
        ).fetchone()  # fmt: skip
    if row is None or row[1] is None:
        raise NotFound(f"review {review_id!r}: there is none. List them at /api/v1/reviews")
    return {"reviewer": row[0], "claim_id": row[1], "round": row[2]}


def not_yours(whose: str) -> Problem:
    """The problem that a review is somebody else's."""
    return Problem(403, "not-yours", f"the review is {whose}'s", f"Ask {whose} or an editor to take it back")
