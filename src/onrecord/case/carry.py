"""What reviews make of a claim: its standing reviews, the revision that they give, and how they follow it
from one run to the next.

A revision is a row of its own that takes the place of the coded claim in queries from its entry on. Reviews
follow (report, span, kind, slot): a review made on a claim of one run holds for the claim of another run
that has the same kind and the same clause or trigger, when only one fits best.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, replace
from typing import Any

from onrecord.case.chain import content_of, record
from onrecord.case.codec import Json, dumps, expand, inflate
from onrecord.case.draft import ClaimDraft, draft_claim
from onrecord.case.edit import corrected
from onrecord.case.evidence import Texts
from onrecord.case.file import CaseFile
from onrecord.case.keys import type_of
from onrecord.case.reading import read_texts
from onrecord.case.rows import Rows, insert
from onrecord.errors import CaseError
from onrecord.model import Claim
from onrecord.model.wire import claim_from_json


@dataclass(frozen=True, slots=True)
class Standing:
    """A review that holds: not undone, and of a kind that changes what is shown."""

    review: int
    review_id: str
    reviewer: str
    action: str
    path: str | None
    value: str | None
    why: str | None
    anchor: str


def anchor_of(claim: Claim) -> Json:
    """What finds *claim* again in another run's coding of the same report."""
    trigger = getattr(claim, "trigger", None)
    holder = claim.chain[-1].source.span if claim.chain and claim.chain[-1].source else None
    return {
        "kind": claim.kind,  # type: ignore[attr-defined]
        "field": claim.field,
        "span": list(claim.span),
        "trigger": list(trigger.span) if trigger and trigger.span else None,
        "holder": list(holder) if holder else None,
        "type": type_of(claim),
    }


def likeness(one: Json, other: Json) -> int:
    """How well two anchors agree: 0 where they cannot be the same claim."""
    if (one["kind"], one["field"]) != (other["kind"], other["field"]):
        return 0
    clause = one["span"] == other["span"]
    trigger = one["trigger"] is not None and one["trigger"] == other["trigger"]
    if not (clause or trigger):
        return 0
    holder, kind = (int(one[key] == other[key]) for key in ("holder", "type"))
    return 1 + 4 * (int(clause) + int(trigger)) + 2 * holder + kind


def read_claim(case: CaseFile, connection: sqlite3.Connection, claim: int) -> tuple[Claim, Texts]:
    """The claim of row *claim*, and the texts of its report."""
    row = connection.execute(
        "SELECT c.body, c.claim_id, r.report_id, run.run_id, run.version, r.report FROM claims c "
        "JOIN codings USING (coding) JOIN reports r USING (report) JOIN runs run USING (run) "
        "WHERE c.claim = ?",
        (claim,),
    ).fetchone()
    texts = read_texts(connection, row[5])
    value: Any = expand(json.loads(inflate(row[0], case.dictionary)), texts)
    value |= {"claim_id": row[1], "report_id": row[2], "run_id": row[3], "version": row[4]}
    return claim_from_json(value), texts


_STANDING = "review, review_id, reviewer, action, path, value, why, anchor"
_HOLDS = (
    "action IN ('accept', 'correct', 'reject') AND anchor IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM reviews u WHERE u.undoes = v.review)"
)


def standing(connection: sqlite3.Connection, claim: int) -> list[Standing]:
    """The reviews that hold for the coded claim of row *claim*, in the order in which they were made."""
    rows = connection.execute(
        f"SELECT {_STANDING} FROM reviews v WHERE {_HOLDS} "
        "AND (claim = ? OR review IN (SELECT review FROM carried WHERE claim = ?)) ORDER BY review",
        (claim, claim),
    )
    return [Standing(*row) for row in rows]


def apply(claim: Claim, reviews: list[Standing], texts: Texts) -> tuple[Claim, str]:
    """*claim* as its standing *reviews* leave it, and the state in one word."""
    state = "reopened"
    for review in reviews:
        if review.action == "correct":
            claim = corrected(claim, review.path or "", json.loads(review.value or "null"), texts)
            state = "corrected"
        elif review.action == "reject":
            claim = replace(claim, status="rejected", reason=f"rejected in review: {review.why or 'no reason given'}")
            state = "rejected"
        else:
            # Accepting what was rejected before takes it back into the ledger.
            claim = replace(claim, status="coded", reason=None)
            state = "corrected" if state == "corrected" else "accepted"
    return claim, state


@dataclass(frozen=True, slots=True)
class Revision:
    """What takes the place of the coded claim of row ``root``."""

    root: int
    claim_id: str
    state: str
    draft: ClaimDraft


def plan_revision(case: CaseFile, connection: sqlite3.Connection, root: int, reviews: list[Standing]) -> Revision:
    """The revision of coded claim *root* that *reviews* give; CaseError when one does not fit it."""
    coded, texts = read_claim(case, connection, root)
    claim, state = apply(coded, reviews, texts)
    return Revision(root, coded.claim_id, state, draft_claim(claim, texts, case.dictionary))


def content_of_revisions(row: Json | None, held: list[list[str]], revisions: list[tuple[str, str, str]]) -> bytes:
    """The content hash of a review (*row*), of reviews *held* for other claims (review id, claim id), and
    of the *revisions* that they gave (claim id, state, compact JSON)."""
    return content_of(dumps(row), dumps(held), *(text for revision in revisions for text in revision))


def write_revisions(connection: sqlite3.Connection, rows: Rows, revisions: list[Revision], entry: int) -> None:
    """Adds *revisions* as rows of *entry*."""
    for revision in revisions:
        sql = "SELECT coding, ord FROM claims WHERE claim = ?"
        coding, number = connection.execute(sql, (revision.root,)).fetchone()
        draft = revision.draft
        rows.claim(
            draft.keys,
            draft.body,
            claim_id=revision.claim_id,
            coding=coding,
            number=number,
            entry=entry,
            words=draft.words,
            root=revision.root,
            review=revision.state,
        )


def follow(case: CaseFile, connection: sqlite3.Connection, rows: Rows, report: int, coding: int) -> int:
    """Makes the reviews of *report* hold for its new *coding*; returns how many found their claim."""
    made = connection.execute(
        f"SELECT {_STANDING} FROM reviews v WHERE report = ? AND {_HOLDS} ORDER BY review", (report,)
    ).fetchall()
    if not made:
        return 0
    anchors = anchors_of(case, connection, coding)
    found: dict[int, list[Standing]] = {}
    for review in (Standing(*row) for row in made):
        claim = best_match(json.loads(review.anchor), anchors)
        if claim is not None:
            found.setdefault(claim, []).append(review)
    return sum(_hold(case, connection, rows, claim, reviews) for claim, reviews in found.items())


def anchors_of(case: CaseFile, connection: sqlite3.Connection, coding: int) -> dict[int, Json]:
    """The anchors of the claims that a coding coded, by row."""
    numbers = connection.execute("SELECT claim FROM claims WHERE coding = ? AND root IS NULL", (coding,))
    return {row[0]: anchor_of(read_claim(case, connection, row[0])[0]) for row in numbers.fetchall()}


def best_match(anchor: Json, anchors: dict[int, Json]) -> int | None:
    """The claim whose anchor is most like *anchor*; None where none is, or two are equally."""
    ranked = sorted(((likeness(anchor, other), claim) for claim, other in anchors.items()), reverse=True)
    if not ranked or ranked[0][0] == 0 or (len(ranked) > 1 and ranked[1][0] == ranked[0][0]):
        return None
    return ranked[0][1]


def _hold(case: CaseFile, connection: sqlite3.Connection, rows: Rows, claim: int, reviews: list[Standing]) -> int:
    """Makes *reviews* hold for the coded *claim* of another run; how many do."""
    try:
        revision = plan_revision(case, connection, claim, reviews)
    except CaseError:
        # A correction that does not fit the new coding stays with the old one, and is listed as unmatched.
        return 0
    held = [[review.review_id, revision.claim_id] for review in reviews]
    said = (revision.claim_id, revision.state, revision.draft.text)
    entry = record(connection, "carried", content_of_revisions(None, held, [said]), case.clock)
    for review in reviews:
        insert(connection, "carried", review=review.review, claim=claim, entry=entry)
    write_revisions(connection, rows, [revision], entry)
    return len(reviews)
