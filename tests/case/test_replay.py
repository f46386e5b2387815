"""The journal says everything: what it recorded, done again from nothing, gives the same case to the last hash."""

from __future__ import annotations

import json
from datetime import datetime

import test_identities
import test_past
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from named_case import named
from small_case import Clock

from onrecord.case import merges
from onrecord.case.store import CaseStore
from onrecord.case.writer import Run, Writer
from onrecord.model import Rejected

slow = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
WORK = ["code", "code", "name", "accept", "correct", "reject", "undo", "comment", "assign", "refuse"]
WORK += ["merge actors", "confirm", "rename", "split", "undo correction", "merge claims", "undo merge"]
steps = st.lists(st.tuples(st.sampled_from(WORK), st.integers(0, 2), st.integers(0, 5)), min_size=2, max_size=12)


def do(store, step: str, which: int, number: int) -> None:
    """One step of work of any kind; those that fit nothing do nothing."""
    claims = store.claims("status:coded,rejected").items
    if step in ("code", "accept", "correct", "reject", "undo", "comment"):
        test_past.do(store, step, which, number)
    elif step == "name":
        with store.writer(test_past.RUNS[which]) as writer:
            writer.add(named(f"n{number}", test_identities.NAMES[number], "SYR", run=test_past.RUNS[which]))
    elif step == "refuse":
        with store.writer(test_past.RUNS[which]) as writer:
            writer.reject(Rejected(origin=f"scan{number}.pdf", reason="no text in it", remedy="Recognise its letters"))
    elif step == "assign" and claims:
        store.reviewer("Lead").assign(claims[number % len(claims)]["claim_id"], "Ines")
    elif step == "merge claims" and len(claims) > 1:
        ids = sorted({claims[0]["claim_id"], claims[1 + number % (len(claims) - 1)]["claim_id"]})
        if len(ids) > 1:
            merges.decide(store.file, "Ines", "merge" if which else "split", ids, "one strike")
    elif step == "undo merge":
        held = merges.decisions(store.file)
        if held:
            merges.undo(store.file, "Ines", held[number % len(held)]["merge_id"], "no")
    elif store.actors():
        short = {"merge actors": "merge", "undo correction": "undo"}.get(step, step)
        if short in ("merge", "confirm", "rename", "split", "undo"):
            test_identities.do(store, short, number, which)


class Again:
    """Does again in a new case what the journal of an old one says, each entry at its moment."""

    def __init__(self, old: CaseStore, path) -> None:
        self._old, self._rows = old.file.connection, old
        entries = self._old.execute("SELECT entry, recorded_at, kind FROM entries ORDER BY entry").fetchall()
        self._entries = entries
        moments = iter([datetime.fromisoformat(at) for _, at, _ in entries])
        first = datetime.fromisoformat("2026-01-01T00:00:00+00:00")
        self._made = False

        def clock() -> datetime:
            # The first question of the time is for the file itself.
            if not self._made:
                self._made = True
                return first
            return next(moments)

        self.new = CaseStore.open(path, create=True, clock=clock)
        self._writers: dict[int, Writer] = {}

    def all(self) -> CaseStore:
        for entry, _, kind in self._entries:
            getattr(self, f"_{kind}", lambda entry: None)(entry)
        return self.new

    def _row(self, sql: str, entry: int) -> tuple:
        return self._old.execute(f"{sql} WHERE entry = ?", (entry,)).fetchone()

    def _mark(self, entry: int) -> None:
        run, word, counts = self._row("SELECT run, word, details FROM run_marks", entry)
        if word == "started":
            sql = "SELECT run_id, version, config_sha256, details FROM runs WHERE run = ?"
            run_id, version, config, details = self._old.execute(sql, (run,)).fetchone()
            about = Run(run_id=run_id, version=version, config_sha256=config, details=json.loads(details))
            self._writers[run] = self.new.writer(about).__enter__()
        else:
            writer = self._writers.pop(run)
            # What was there already left no entry; that it was met is said here alone.
            writer.counts = json.loads(counts)
            writer.__exit__(None, None, None)

    def _coding(self, entry: int) -> None:
        sql = "SELECT report_id, run_id, run FROM codings JOIN reports USING (report) JOIN runs USING (run)"
        report_id, run_id, run = self._old.execute(f"{sql} WHERE codings.entry = ?", (entry,)).fetchone()
        self._writers[run].add(self._rows.coding(report_id, run=run_id))

    def _rejected(self, entry: int) -> None:
        run, *said = self._row("SELECT run, origin, reason, remedy FROM rejected_inputs", entry)
        self._writers[run].reject(Rejected(**dict(zip(("origin", "reason", "remedy"), said, strict=True))))

    def _review(self, entry: int) -> None:
        sql = "SELECT reviewer, action, c.claim_id, path, value, why, undoes FROM reviews v LEFT JOIN claims c "
        sql += "USING (claim)"
        who, action, claim_id, path, value, why, undoes = self._old.execute(
            f"{sql} WHERE v.entry = ?", (entry,)
        ).fetchone()
        hand = self.new.reviewer(who)
        said = json.loads(value) if value is not None else None
        {
            "accept": lambda: hand.accept(claim_id, why),
            "reject": lambda: hand.reject(claim_id, why),
            "comment": lambda: hand.comment(claim_id, why),
            "correct": lambda: hand.correct(claim_id, path, said, why),
            "assign": lambda: hand.assign(claim_id, said or "", why),
            "undo": lambda: hand.undo(self._undone("review", undoes), why),
        }[action]()

    def _merge(self, entry: int) -> None:
        merge, who, action, why, undoes = self._row("SELECT merge, reviewer, action, why, undoes FROM merges", entry)
        if action == "undo":
            merges.undo(self.new.file, who, self._undone("merge", undoes), why)
            return
        ids = [row[0] for row in self._old.execute("SELECT claim_id FROM merge_members WHERE merge = ?", (merge,))]
        merges.decide(self.new.file, who, action, ids, why)

    def _correction(self, entry: int) -> None:
        sql = "SELECT reviewer, action, members, value, why, undoes FROM corrections"
        who, action, members, value, why, undoes = self._row(sql, entry)
        hand, ids, said = self.new.curator(who), json.loads(members), json.loads(value) if value else {}
        {
            "confirm": lambda: hand.confirm(ids[0], why, **said),
            "rename": lambda: hand.rename(ids[0], said["name"], why),
            "merge": lambda: hand.merge(ids, why),
            "split": lambda: hand.split(ids[0], why, reports=said.get("reports", ()), names=said.get("names", ())),
            "undo": lambda: hand.undo(self._undone("correction", undoes), why),
        }[action]()

    def _undone(self, table: str, number: int) -> str:
        return self._old.execute(f"SELECT {table}_id FROM {table}s WHERE {table} = ?", (number,)).fetchone()[0]


def shown(store, as_of=None):
    """All that can be asked."""
    return (
        test_past.shown(store, as_of),
        test_identities.shown(store, as_of),
        store.places(as_of=as_of),
        store.corrections(as_of=as_of),
        merges.decisions(store.file, as_of=as_of),
    )


@slow
@given(steps)
def test_doing_everything_again_gives_the_same_case_on_every_day(tmp_path_factory, work):
    folder, clock = tmp_path_factory.mktemp("again"), Clock()
    with CaseStore.open(folder / "old.case", create=True, clock=clock) as old:
        states = []
        for step in [("code", 0, 0), ("name", 0, 1), *work]:
            do(old, *step)
            states.append((clock.moment, shown(old)))
        with Again(old, folder / "new.case").all() as new:
            assert new.stats()["head"] == old.stats()["head"]
            assert new.verify().problems == []
            assert shown(new) == shown(old) == states[-1][1]
            for moment, state in states:
                assert shown(new, as_of=moment) == state
