"""Events of a case: merged from its claims when asked for, kept in derived tables, decided on by people."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from onrecord import __version__
from onrecord.case import events_state as state
from onrecord.case import merges
from onrecord.case.events_asked import RULES, EventQuestion, count_events, event_rows
from onrecord.case.file import CaseFile
from onrecord.case.query import AsOf, moment
from onrecord.errors import BadReview, NotFound
from onrecord.lexicon.tables import data_folder
from onrecord.merge import Merged, Shelf, event_detail, event_row, merge_all
from onrecord.model import Aggregation, Decision, Event
from onrecord.model.wire import claim_to_json

Json = dict[str, Any]
Note = Callable[[str], None]
# Merging so many claims takes long enough for a person to be told.
_MANY = 5_000


@dataclass(frozen=True, slots=True)
class _Computed:
    """What merging a case at one moment gave."""

    merged: Merged
    shelf: Shelf
    numbers: Mapping[str, int]
    decisions: list[Json]


class CaseEvents:
    """The events of one case. ``note`` gets a line before anything that takes long."""

    def __init__(self, case: CaseFile, note: Note | None = None) -> None:
        self.case, self.note = case, note

    def rows(self, question: EventQuestion, as_of: AsOf = None) -> list[Json]:
        """Rows of events as they stand, or stood at *as_of*."""
        with self._tables(as_of) as connection:
            return event_rows(connection, self.case.dictionary, question)

    def count(self, question: EventQuestion, as_of: AsOf = None) -> int:
        """How many events *question* means."""
        with self._tables(as_of) as connection:
            return count_events(connection, question)

    def one(self, event_id: str, aggregation: Aggregation, as_of: AsOf = None) -> Json:
        """Everything that is known of the event that *event_id* is, begins, or that a claim of that id tells of."""
        with self._tables(as_of) as connection:
            whole = self._find(event_id, connection)
            cut = moment(connection, as_of)
            found = self._compute(cut)
        event = next(e for e in found.merged.events if e.event_id == whole)
        return _detail(event, found, aggregation)

    def details(self, question: EventQuestion, as_of: AsOf = None) -> Iterator[Json]:
        """Everything that is known of each event that *question* means, in its order; merges once for all of them."""
        with self._tables(as_of) as connection:
            wanted = [row["event_id"] for row in event_rows(connection, self.case.dictionary, question)]
            found = self._compute(moment(connection, as_of))
        by_id = {event.event_id: event for event in found.merged.events}
        for event_id in wanted:
            yield _detail(by_id[event_id], found, question.aggregation)

    def merge(self) -> Json:
        """Computes what is out of date: how many events there are, and how many were computed."""
        with self.case.snapshot() as connection:
            cut, until = moment(connection, None), state.merged_until(connection, rules_hash())
            current = until is not None and not state.moved_since(connection, until, cut)
            events = int(connection.execute("SELECT count(*) FROM events").fetchone()[0])
        if current:
            return {"events": events, "changed": 0}
        with self.case.transaction() as connection:
            changed = self._fill(moment(connection, None))
        return {"events": changed, "changed": changed}

    def decide(self, action: Literal["merge", "split"], members: Sequence[str], who: str, why: str | None) -> str:
        """Records that claims, or all claims of events, belong together or do not; returns the merge_id."""
        if action not in ("merge", "split"):
            raise BadReview(f"{action!r} is no decision. Use merge or split")
        claim_ids: list[str] = []
        for member in members:
            with self._tables(None) as connection:
                found = state.claims_of_event(connection, member) if member.startswith("e") else None
                # Events are told apart by one claim of each: all of them pairwise would take each event apart.
                claim_ids += (found[1] if action == "merge" else found[1][:1]) if found else [member]
        return merges.decide(self.case, who, action, claim_ids, why)

    def undo(self, merge_id: str, who: str, why: str | None) -> str:
        """Takes a decision back; returns the merge_id of doing so."""
        return merges.undo(self.case, who, merge_id, why)

    def _find(self, event_id: str, connection: Any) -> str:
        found = state.claims_of_event(connection, event_id) if event_id.startswith("e") else None
        whole = found[0] if found else state.event_of_claim(connection, event_id)
        if whole is None:
            raise NotFound(f"event {event_id!r}: there is none, or several begin so. List them with `onrecord events`")
        return whole

    @contextmanager
    def _tables(self, as_of: AsOf) -> Iterator[Any]:
        """A snapshot in which the tables of events hold the events of *as_of*."""
        if as_of is None and not self.case.read_only:
            self.merge()
        with self.case.snapshot() as connection:
            cut, until = moment(connection, as_of), state.merged_until(connection, rules_hash())
            latest = moment(connection, None)
            if until is not None and not state.moved_since(connection, min(cut, until), max(latest, until)):
                yield connection
                return
            state.make_temporary(connection)
            self._fill(cut)
            yield connection

    def _fill(self, cut: int) -> int:
        """Fills the tables of this transaction with the events at *cut*; returns how many."""
        connection = self.case.connection
        found = self._compute(cut)
        state.clear_events(connection)
        count = state.store_events(connection, self.case.dictionary, _entries(found), found.numbers)
        state.finish(connection, cut, rules_hash())
        return count

    def _compute(self, cut: int) -> _Computed:
        with self.case.snapshot() as connection:
            told = list(state.standing_told(self.case, connection, cut))
            reports = list(state.standing_reports(self.case, connection, cut))
            decided = merges.decisions_at(connection, cut)
        if len(told) > _MANY and self.note is not None:
            self.note(f"merging {len(told):,} claims of events")
        merged = merge_all(reports, [claim for _, claim in told], [_decision(d) for d in decided])
        numbers = {claim.claim_id: number for number, claim in told}
        return _Computed(merged, Shelf(merged.known.claims, {r.report_id: r for r in reports}), numbers, decided)


def rules_hash() -> str:
    """Names what events are merged by: the program's version and its file of weights."""
    data = (data_folder() / "merging.toml").read_bytes()
    return hashlib.sha256(__version__.encode() + data).hexdigest()[:16]


def _entries(found: _Computed) -> Iterator[state.EventEntry]:
    for event in found.merged.events:
        rows = {bit: event_row(_under(found, event, rule), found.shelf) for rule, bit in RULES.items()}
        yield state.EventEntry(event.claim_ids, rows)


def _detail(event: Event, found: _Computed, aggregation: Aggregation) -> Json:
    told = [claim_to_json(found.merged.known.claims[i]) for i in event.claim_ids]
    return event_detail(found.merged.under(event, aggregation), found.shelf, found.decisions, told)


def _under(found: _Computed, event: Event, rule: Aggregation) -> Event:
    return found.merged.under(event, rule)


def _decision(row: Json) -> Decision:
    return Decision(
        action=row["action"], members=tuple(row["claim_ids"]), merge_id=row["merge_id"], who=row["reviewer"]
    )
