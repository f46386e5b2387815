"""Reviews: what people say of claims, kept as rows beside them.

``accept``, ``correct`` and ``reject`` change what is shown, ``comment`` and ``assign`` do not, ``undo``
takes one review back. Nothing is overwritten: each review is a row with who, when, what and why, and the claim as coded
stays. A review made on one run's claim holds for the same claim of other runs.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import dataclass
from typing import Any, Literal

from onrecord.case import carry
from onrecord.case.chain import record
from onrecord.case.codec import Json, dumps
from onrecord.case.edit import corrected, steps
from onrecord.case.file import CaseFile
from onrecord.case.rows import Rows, insert
from onrecord.errors import BadReview, CaseError, NotFound

Action = Literal["accept", "correct", "reject", "comment", "assign", "undo", "judge"]
CHANGING = ("accept", "correct", "reject")


@dataclass(frozen=True, slots=True)
class Target:
    """A coded claim that reviews are made on: its row, its report, and the latest coding of that report."""

    claim: int
    claim_id: str
    report: int
    report_id: str
    coding: int
    latest: int


def find_claim(connection: sqlite3.Connection, claim_id: str) -> Target:
    """The coded claim *claim_id* (of the latest run that has it); CaseError when there is none."""
    row = connection.execute(
        "SELECT c.claim, c.claim_id, r.report, r.report_id, c.coding, "
        "(SELECT max(n.coding) FROM codings n WHERE n.report = r.report), r.text_state "
        "FROM claims c JOIN codings k USING (coding) JOIN reports r USING (report) "
        "WHERE c.claim_id = ? AND c.root IS NULL ORDER BY c.claim DESC",
        (claim_id,),
    ).fetchone()
    if row is None:
        raise NotFound(f"claim {claim_id!r}: there is none. List claims with `onrecord claims CASE`")
    return Target(*row[:6])


class Reviewer:
    """One person's hand in a case. Every method records one row and gives back its review_id."""

    def __init__(self, case: CaseFile, who: str) -> None:
        if not who.strip():
            raise BadReview("a review needs the name of its reviewer. Say who you are")
        self._case, self.who = case, who.strip()

    def accept(self, claim_id: str, why: str | None = None) -> str:
        """Says that the claim is right as it stands (after corrections); brings a rejected one back."""
        return self._review(claim_id, "accept", why=why)

    def reject(self, claim_id: str, why: str) -> str:
        """Says that this is no claim of the report; it is hidden from then on, and kept."""
        return self._review(claim_id, "reject", why=_said(why, "reject"))

    def correct(self, claim_id: str, path: str, value: Any, why: str | None = None) -> str:
        """Gives the value at *path* (``event_type``, ``actor[0].name``, ``time``) another *value*.

        A value with a ``span`` takes its words from the report: ``{"span": [10, 14]}``. None in a list takes
        the member away, ``[+]`` adds one. Raises CaseError when the value does not fit or re-read.
        """
        steps(path)
        return self._review(claim_id, "correct", path=path, value=dumps(value), why=why)

    def comment(self, claim_id: str, text: str) -> str:
        """Keeps a remark."""
        return self._review(claim_id, "comment", why=_said(text, "comment"))

    def assign(self, claim_id: str, to: str, why: str | None = None, round_: str | None = None) -> str:
        """Puts the claim on someone's list (or into a coding round), or with an empty *to* on nobody's."""
        return self._review(claim_id, "assign", value=dumps(to.strip() or None), why=why, round_=round_)

    def judge(self, claim_id: str, round_: str, path: str, value: Any) -> str:
        """Records a blind judgement of one value in a coding round; it changes nothing that is shown."""
        return self._review(claim_id, "judge", path=path, value=dumps(value), round_=round_)

    def undo(self, review_id: str, why: str | None = None) -> str:
        """Takes one review back; CaseError when there is none, or it was taken back already."""
        with self._case.transaction() as connection:
            row = connection.execute(
                "SELECT v.review, c.claim_id, v.action, (SELECT 1 FROM reviews u WHERE u.undoes = v.review) "
                "FROM reviews v LEFT JOIN claims c USING (claim) WHERE review_id = ?",
                (review_id,),
            ).fetchone()
            if row is None:
                raise NotFound(f"review {review_id!r}: there is none. List them with `onrecord review CASE`")
            if row[2] == "undo" or row[3]:
                raise BadReview(f"review {review_id!r}: it cannot be undone (again). Make the review anew instead")
            if row[1] is None:
                raise BadReview(f"review {review_id!r}: its report was erased. There is nothing left to undo")
            return self._write(connection, find_claim(connection, row[1]), "undo", why=why, undoes=row[0])

    def _review(self, claim_id: str, action: Action, **more: Any) -> str:
        with self._case.transaction() as connection:
            return self._write(connection, find_claim(connection, claim_id), action, **more)

    def _write(
        self,
        connection: sqlite3.Connection,
        target: Target,
        action: Action,
        *,
        path: str | None = None,
        value: str | None = None,
        why: str | None = None,
        undoes: int | None = None,
        round_: str | None = None,
    ) -> str:
        coded, _ = carry.read_claim(self._case, connection, target.claim)
        row: Json = {
            "review_id": "",
            "claim_id": target.claim_id,
            "report_id": target.report_id,
            "reviewer": self.who,
            "action": action,
            "path": path,
            "value": value,
            "why": why,
            "undoes": _review_id(connection, undoes),
            "round": round_,
            "anchor": dumps(carry.anchor_of(coded)),
        }
        number = connection.execute("SELECT count(*) FROM reviews").fetchone()[0]
        row["review_id"] = "v" + hashlib.sha256(dumps([number, *row.values()]).encode()).hexdigest()[:16]
        changed = self._changes(connection, target, row, undoes)
        held = [[row["review_id"], revision.claim_id] for revision in changed[1:] if action in CHANGING]
        said = [(revision.claim_id, revision.state, revision.draft.text) for revision in changed]
        entry = record(connection, "review", carry.content_of_revisions(row, held, said), self._case.clock)
        kept = {key: v for key, v in row.items() if key not in ("claim_id", "report_id", "undoes")}
        about = {"claim": target.claim, "report": target.report, "undoes": undoes, "entry": entry}
        review = insert(connection, "reviews", **kept, **about)
        for revision in changed[1:]:
            if action in CHANGING:
                insert(connection, "carried", review=review, claim=revision.root, entry=entry)
        carry.write_revisions(connection, Rows(connection), changed, entry)
        return str(row["review_id"])

    def _changes(
        self, connection: sqlite3.Connection, target: Target, row: Json, undoes: int | None
    ) -> list[carry.Revision]:
        """The revisions that a review gives: of its claim first, then of the same claim in other runs."""
        if row["action"] not in (*CHANGING, "undo"):
            if row["action"] == "judge" and row["path"]:
                _check_given(connection, target, row)
                claim, texts = carry.read_claim(self._case, connection, target.claim)
                corrected(claim, row["path"], json.loads(row["value"]), texts)
            return []
        if (
            undoes is not None
            and not connection.execute(
                "SELECT 1 FROM reviews WHERE review = ? AND action IN ('accept', 'correct', 'reject')", (undoes,)
            ).fetchone()
        ):
            return []
        new = carry.Standing(
            -1, row["review_id"], row["reviewer"], row["action"], row["path"], row["value"], row["why"], row["anchor"]
        )
        roots = [target.claim, *self._others(connection, target, row["anchor"], undoes)]
        found = []
        for root in roots:
            standing = [s for s in carry.standing(connection, root) if s.review != undoes]
            try:
                reviews = [*standing, new] if undoes is None else standing
                found.append(carry.plan_revision(self._case, connection, root, reviews))
            except CaseError:
                # It must fit the claim it was made on; elsewhere it holds where it fits.
                if root == target.claim:
                    raise
        return found

    def _others(self, connection: sqlite3.Connection, target: Target, anchor: str, undoes: int | None) -> list[int]:
        if undoes is not None:
            rows = connection.execute("SELECT claim FROM carried WHERE review = ? ORDER BY claim", (undoes,))
            return [claim for (claim,) in rows.fetchall()]
        if target.coding == target.latest:
            return []
        anchors = carry.anchors_of(self._case, connection, target.latest)
        same = carry.best_match(json.loads(anchor), anchors)
        return [] if same is None else [same]


def _check_given(connection: sqlite3.Connection, target: Target, row: Json) -> None:
    """Raises BadReview unless the claim was given to this coder in this round."""
    given = connection.execute(
        "SELECT 1 FROM reviews v WHERE v.claim = ? AND v.action = 'assign' AND v.round = ? AND v.value = ? "
        "AND NOT EXISTS (SELECT 1 FROM reviews u WHERE u.undoes = v.review)",
        (target.claim, row["round"], dumps(row["reviewer"])),
    ).fetchone()
    if given is None:
        raise BadReview(
            f"round {row['round']!r}: claim {target.claim_id} was not given to {row['reviewer']}. "
            "Judge what `onrecord review CASE tasks ROUND` lists"
        )


def _said(text: str, action: str) -> str:
    if not text.strip():
        raise BadReview(f"{action}: say why, in a few words")
    return text.strip()


def _review_id(connection: sqlite3.Connection, review: int | None) -> str | None:
    if review is None:
        return None
    row = connection.execute("SELECT review_id FROM reviews WHERE review = ?", (review,)).fetchone()
    return str(row[0])
