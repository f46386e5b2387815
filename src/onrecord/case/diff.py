"""What changed in a case between two moments, and why, in words."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from onrecord.case import carry
from onrecord.case.chain import moment_of
from onrecord.case.codec import Json, dumps
from onrecord.case.file import CaseFile
from onrecord.case.query import AsOf, moment, standing_claims
from onrecord.case.reading import Reader
from onrecord.case.review_lists import changed_paths
from onrecord.errors import BadFilter
from onrecord.model.wire import claim_from_json

# What differs between any two runs by its nature, and is no change of a claim.
_OWN = ("claim_id", "run_id", "version", "rationale", "links", "key")
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Change:
    """One change: when, what kind, of which report and claim, and why, in words.

    ``kind`` is ``report``, ``rejected_input``, ``claim_added``, ``claim_changed``, ``claim_dropped``, ``review``,
    ``correction``, ``erasure`` or ``run``. ``fields`` are the values that differ (path, before, after).
    """

    recorded_at: str
    kind: str
    words: str
    report_id: str | None = None
    claim_id: str | None = None
    fields: tuple[Json, ...] = ()

    def __str__(self) -> str:
        return f"{self.recorded_at[:19]}Z {self.words}"

    def to_json(self) -> Json:
        """All of it, one key a value."""
        return {
            "recorded_at": self.recorded_at,
            "kind": self.kind,
            "words": self.words,
            "report_id": self.report_id,
            "claim_id": self.claim_id,
            "fields": list(self.fields),
        }


def diff(case: CaseFile, since: AsOf, until: AsOf = None) -> list[Change]:
    """Changes recorded after *since* and up to *until* (None: now), in the order in which they were recorded.

    A report that was coded again is compared claim by claim with what was shown before. Raises BadFilter when
    one of the two is no moment, or the first lies after the second.
    """
    with case.snapshot() as connection:
        first, last = moment(connection, since), moment(connection, until)
        if since is not None and until is not None and moment_of(since) > moment_of(until):
            raise BadFilter(f"from {since} lies after to {until}. Exchange the two")
        about = _Differ(case, connection, first, last)
        found = [*about.runs(), *about.reports(), *about.rejected(), *about.claims(), *about.reviews()]
        found += about.corrections()
        found += about.erasures()
    return sorted(found, key=lambda change: change.recorded_at)


class _Differ:
    """Finds the changes between two journal entries inside one snapshot."""

    def __init__(self, case: CaseFile, connection: sqlite3.Connection, first: int, last: int) -> None:
        self._case, self._connection = case, connection
        self._first, self._last = first, last
        self._reader = Reader(case, connection)

    def _between(self, sql: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, (self._first, self._last)).fetchall()

    def runs(self) -> list[Change]:
        """Runs that are new."""
        rows = self._between(
            "SELECT e.recorded_at, run_id, version FROM runs JOIN entries e USING (entry) WHERE entry > "
            "? AND entry <= ?"
        )
        return [Change(at, "run", f"run {run} of version {version} was started") for at, run, version in rows]

    def reports(self) -> list[Change]:
        """Reports that are new, and which ones they correct."""
        rows = self._between(
            "SELECT e.recorded_at, report_id, title, o.name, replaces FROM reports r JOIN entries e "
            "USING (entry) "
            "LEFT JOIN outlets o USING (outlet) WHERE entry > ? AND entry <= ?"
        )
        found = []
        for at, report_id, title, outlet, replaces in rows:
            by = f" of {outlet}" if outlet else ""
            named = f" ({title})" if title else ""
            corrects = f"; it corrects {replaces}" if replaces else ""
            found.append(Change(at, "report", f"report {report_id}{by}{named} was added{corrects}", report_id))
        return found

    def rejected(self) -> list[Change]:
        """Inputs that could not be read."""
        rows = self._between(
            "SELECT e.recorded_at, origin, reason FROM rejected_inputs JOIN entries e USING (entry) "
            "WHERE entry > ? AND entry <= ?"
        )
        return [Change(at, "rejected_input", f"{origin} could not be read: {why}") for at, origin, why in rows]

    def reviews(self) -> list[Change]:
        """What people said; blind judgements are left out."""
        rows = self._between(
            "SELECT e.recorded_at, v.reviewer, v.action, v.path, v.value, v.why, c.claim_id, "
            "r.report_id, u.action "
            "FROM reviews v JOIN entries e USING (entry) JOIN reports r USING (report) LEFT JOIN claims "
            "c USING (claim) "
            "LEFT JOIN reviews u ON u.review = v.undoes WHERE v.entry > ? AND v.entry <= ? AND v.round "
            "IS NULL"
        )
        found = []
        for at, who, action, path, value, why, claim_id, report_id, undone in rows:
            what = {
                "correct": f"corrected {path} to {_short(value)}",
                "assign": f"assigned to {_short(value)}",
                "undo": f"took back: {undone}",
            }.get(action, f"{action}ed")
            because = f" ({why})" if why else ""
            words = f"{who}, on claim {claim_id}: {what}{because}"
            found.append(Change(at, "review", words, report_id, claim_id))
        return found

    def corrections(self) -> list[Change]:
        """What people decided of actors and places."""
        rows = self._between(
            "SELECT e.recorded_at, c.reviewer, c.about, c.action, c.members, c.value, c.why, u.correction_id "
            "FROM corrections c JOIN entries e USING (entry) LEFT JOIN corrections u ON u.correction = c.undoes "
            "WHERE c.entry > ? AND c.entry <= ?"
        )
        found = []
        for at, who, about, action, members, value, why, undone in rows:
            named = ", ".join(json.loads(members)) or "erased"
            given = f" as {_short(value)}" if value is not None else ""
            what = f"took back correction {undone}" if action == "undo" else f"{action} {about} {named}{given}"
            found.append(Change(at, "correction", f"{who}: {what}" + (f" ({why})" if why else "")))
        return found

    def erasures(self) -> list[Change]:
        """Reports that were erased."""
        rows = self._between(
            "SELECT e.recorded_at, x.eraser, x.reason, x.claims, r.report_id FROM erasures x "
            "JOIN entries e USING (entry) JOIN reports r USING (report) WHERE x.entry > ? AND x.entry <= ?"
        )
        return [
            Change(at, "erasure", f"{who} erased report {report} and its {claims} claims: {why}", report)
            for at, who, why, claims, report in rows
        ]

    def claims(self) -> list[Change]:
        """Claims that came, went or changed, with the coding or review that did it."""
        reports = self._between(
            "SELECT DISTINCT k.report FROM claims c JOIN codings k USING (coding) WHERE c.entry > ? AND c.entry <= ?"
        )
        codings = self._between("SELECT DISTINCT report FROM codings WHERE entry > ? AND entry <= ?")
        found = []
        for (report,) in sorted({*reports, *codings}):
            found += self._report(report)
        return found

    def _shown(self, report: int, cut: int) -> dict[str, tuple[Json, str, str]]:
        """Claims shown of a report at an entry: by id, the claim, when it was recorded and by which run."""
        where = standing_claims(cut, "latest")
        rows = self._connection.execute(
            "SELECT c.claim_id, c.body, e.recorded_at, run.run_id, run.version, r.report_id, c.review "
            "FROM claims c "
            "JOIN codings k USING (coding) JOIN reports r USING (report) JOIN runs run USING (run) "
            "JOIN entries e ON e.entry = c.entry JOIN words w ON w.code = c.status "
            f"WHERE k.report = ? AND w.word = 'coded' AND {where.text} ORDER BY c.ord",
            (report, *where.parameters),
        ).fetchall()
        found = {}
        for claim_id, body, at, run_id, version, report_id, review in rows:
            own = {"claim_id": claim_id, "report_id": report_id, "run_id": run_id, "version": version}
            by = "in review" if review else f"by run {run_id}, version {version}"
            found[claim_id] = (self._reader.claim(body, report, own), at, by)
        return found

    def _report(self, report: int) -> list[Change]:
        before, after = self._shown(report, self._first), self._shown(report, self._last)
        pairs = _pairs({k: v[0] for k, v in before.items()}, {k: v[0] for k, v in after.items()})
        known = self._reader.report_row(report)["report_id"]
        row = self._connection.execute(
            "SELECT e.recorded_at, run_id, version FROM codings k JOIN entries e USING (entry) JOIN runs "
            "USING (run) "
            "WHERE report = ? AND k.entry <= ? ORDER BY coding DESC LIMIT 1",
            (report, self._last),
        ).fetchone()
        found = []
        for old, new in pairs:
            if old is None and new is not None:
                claim, at, by = after[new]
                found.append(Change(at, "claim_added", f"{_head(claim)} was added {by}", known, new))
            elif new is None and old is not None:
                at, why = self._dropped(old, row)
                found.append(Change(at, "claim_dropped", f"{_head(before[old][0])} {why}", known, old))
            elif old is not None and new is not None:
                fields = _differences(before[old][0], after[new][0])
                if fields:
                    _, at, by = after[new]
                    named = "; ".join(_in_words(f) for f in fields[:3]) + ("; …" if len(fields) > 3 else "")
                    words = f"{_head(after[new][0])} was changed {by}: {named}"
                    found.append(Change(at, "claim_changed", words, known, new, tuple(fields)))
        return found

    def _dropped(self, claim_id: str, coding: tuple[str, str, str]) -> tuple[str, str]:
        row = self._connection.execute(
            "SELECT e.recorded_at FROM claims c JOIN entries e USING (entry) "
            "WHERE c.claim_id = ? AND c.review = 'rejected' AND c.entry > ? AND c.entry <= ? ORDER BY "
            "c.claim DESC",
            (claim_id, self._first, self._last),
        ).fetchone()
        if row is not None:
            return row[0], "was rejected in review"
        return coding[0], f"was not found again by run {coding[1]}, version {coding[2]}"


def _pairs(before: dict[str, Json], after: dict[str, Json]) -> list[tuple[str | None, str | None]]:
    """Which claim before is which claim after: by id, else by what reviews follow."""
    pairs: list[tuple[str | None, str | None]] = [(i, i) for i in before if i in after]
    left = {i: carry.anchor_of(claim_from_json(v)) for i, v in before.items() if i not in after}
    right = {i: carry.anchor_of(claim_from_json(v)) for i, v in after.items() if i not in before}
    ranked = sorted(
        ((carry.likeness(a, b), i, j) for i, a in left.items() for j, b in right.items()), key=lambda x: -x[0]
    )
    for score, i, j in ranked:
        if score and i in left and j in right:
            pairs.append((i, j))
            del left[i], right[j]
    return pairs + [(i, None) for i in left] + [(None, j) for j in right]


def _differences(before: Json, after: Json) -> list[Json]:
    kept = [{k: v for k, v in claim.items() if k not in _OWN} for claim in (before, after)]
    return changed_paths(kept[0], kept[1])


def _head(claim: Json) -> str:
    what = claim.get("event_type") or claim.get("measure") or claim.get("change") or claim.get("relation")
    return f"claim {claim['claim_id']} ({claim['kind']} {what}: “{_short(claim['text'])}”)"


def _in_words(field: Json) -> str:
    return f"{field['path']} was {_short(dumps(field['before']))}, is {_short(dumps(field['after']))}"


def _short(text: str | None) -> str:
    if text is None:
        return "nothing"
    if text.startswith('"'):
        text = str(json.loads(text))
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else flat[: _SHOWN - 1] + "…"
