"""Events of a case: merged from its claims when asked for, kept in derived tables, decided on by people."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

from onrecord import __version__
from onrecord.case import events_state as state
from onrecord.case import merges
from onrecord.case.events_asked import EventQuestion, count_events, event_rows, resolve
from onrecord.case.file import CaseFile
from onrecord.case.query import AsOf, moment
from onrecord.errors import BadReview, NotFound
from onrecord.events.later import Later, NotAhead
from onrecord.events.refresh import Refresh
from onrecord.events.shelves import LazySketches, Names, Shelves, as_decision
from onrecord.lexicon.merging import load_merging
from onrecord.lexicon.tables import data_folder
from onrecord.merge import Known, Shelf, build_event, decided_pairs, event_detail, under
from onrecord.model import Aggregation
from onrecord.model.wire import claim_to_json

Json = dict[str, Any]
Note = Callable[[str], None]
# Merging so many claims takes long enough for a person to be told.
_MANY = 5_000
# Changes whenever what the derived tables hold changes its form or its meaning.
_TABLES = 2
# Events whose claims are read together.
_AT_ONCE = 200


class CaseEvents:
    """The events of one case. ``note`` gets a line before anything that takes long."""

    def __init__(self, case: CaseFile, note: Note | None = None) -> None:
        self.case, self.note = case, note

    def rows(self, question: EventQuestion, as_of: AsOf = None) -> list[Json]:
        """Rows of events as they stand, or stood at *as_of*."""
        with self.tables(as_of) as connection:
            return event_rows(
                connection, self.case.dictionary, resolve(connection, question, moment(connection, as_of))
            )

    def count(self, question: EventQuestion, as_of: AsOf = None) -> int:
        """How many events *question* means."""
        with self.tables(as_of) as connection:
            return count_events(connection, resolve(connection, question, moment(connection, as_of)))

    def one(
        self,
        event_id: str,
        aggregation: Aggregation,
        as_of: AsOf = None,
        *,
        most_pairs: int | None = None,
        bare: bool = False,
    ) -> Json:
        """Everything that is known of the event that *event_id* is, begins, or that a claim of that id tells of.

        Of more than *most_pairs* pairs of claims the weakest are given. *bare* gives of each claim only ``claim_id``,
        ``report_id`` and ``row``.
        """
        with self.tables(as_of) as connection:
            whole = self._find(event_id, connection)
            return next(self._details(connection, [whole], aggregation, as_of, most_pairs, bare))

    def details(self, question: EventQuestion, as_of: AsOf = None) -> Iterator[Json]:
        """Everything that is known of each event that *question* means, in its order; merges once for all of them."""
        with self.tables(as_of) as connection:
            asked = resolve(connection, question, moment(connection, as_of))
            wanted = [row["event_id"] for row in event_rows(connection, self.case.dictionary, asked)]
            yield from self._details(connection, wanted, question.aggregation, as_of)

    def merge(self, *, ahead: bool = True) -> Json:
        """Computes what is out of date: how many events there are, and how many were computed.

        What is recorded meanwhile may be left for the next time, unless it is not to be worked out *ahead*.
        """
        with self.case.snapshot() as connection:
            cut, until = moment(connection, None), state.merged_until(connection, rules_hash())
            current = until is not None and not state.moved_since(connection, until, cut)
            events = int(connection.execute("SELECT count(*) FROM events").fetchone()[0])
            # Worked out before the place of the one writer is taken, which others want as well.
            later = None if current or until is None or not ahead else self._ahead(cut)
        if current:
            return {"events": events, "changed": 0}
        with self.case.transaction() as connection:
            fits = later is not None and later.holds(connection)
            changed = later.write(connection) if later and fits else self._fill(moment(connection, None))
            events = int(connection.execute("SELECT count(*) FROM events").fetchone()[0])
        return {"events": events, "changed": changed}

    def decide(self, action: Literal["merge", "split"], members: Sequence[str], who: str, why: str | None) -> str:
        """Records that claims, or all claims of events, belong together or do not; returns the merge_id."""
        if action not in ("merge", "split"):
            raise BadReview(f"{action!r} is no decision. Use merge or split")
        claim_ids: list[str] = []
        for member in members:
            with self.tables(None) as connection:
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

    def _ahead(self, cut: int) -> Later | None:
        try:
            return Refresh(self.case, cut, ahead=True).planned(rules_hash())
        except NotAhead:
            return None

    @contextmanager
    def tables(self, as_of: AsOf) -> Iterator[Any]:
        """A snapshot in which the tables of events hold the events of *as_of*."""
        if as_of is None and not self.case.read_only:
            self.merge()
            # What somebody recorded meanwhile is merged while nobody can record more.
            self.merge(ahead=False)
        with self.case.snapshot() as connection:
            cut, until = moment(connection, as_of), state.merged_until(connection, rules_hash())
            if until is not None and not state.moved_since(connection, min(cut, until), max(cut, until)):
                yield connection
                return
            state.make_temporary(connection)
            self._fill(cut)
            yield connection

    def _fill(self, cut: int) -> int:
        """Brings the tables of this transaction to the events at *cut*; returns how many were computed."""
        rules, connection = rules_hash(), self.case.connection
        refresh = Refresh(self.case, cut)
        if state.merged_until(connection, rules) is not None:
            return refresh.changes(rules)
        if self.note is not None:
            claims = int(connection.execute("SELECT count(*) FROM claims").fetchone()[0])
            if claims > _MANY:
                self.note(f"merging the events of {claims:,} claims")
        return refresh.everything(rules)

    def _details(
        self,
        connection: Any,
        event_ids: Sequence[str],
        aggregation: Aggregation,
        as_of: AsOf,
        most_pairs: int | None = None,
        bare: bool = False,
    ) -> Iterator[Json]:
        """Everything of some events whose tables are at hand, some at a time."""
        cut = moment(connection, as_of)
        decisions = merges.decisions_at(connection, cut)
        decided = decided_pairs([as_decision(row) for row in decisions])
        for at in range(0, len(event_ids), _AT_ONCE):
            shelves = Shelves(self.case, connection, cut)
            members = {e: shelves.members(e) for e in event_ids[at : at + _AT_ONCE]}
            ids = [i for some in members.values() for i in some]
            ties = shelves.ties(ids)
            shelves.read_reports({s.report for s in shelves.read_states(shelves.find_rows(ids).values())})
            as_coded = shelves.told(ids)
            if as_coded.keys() != set(ids):
                raise NotFound("the event is being put together anew, a report of it was erased. Ask again in a while")
            claims = {i: shelves.identified.event(claim) for i, claim in as_coded.items()}
            sketches = LazySketches(shelves)
            names, replaces = Names(shelves), shelves.replaced_by()
            known = Known(claims, shelves.carriers, replaces, ties, decided, names, sketches, most_pairs)
            shelf = Shelf(claims, shelves.reports)
            for event_id, some in members.items():
                event = under(build_event(some, known, load_merging()), known, aggregation)
                told = [
                    {"claim_id": i, "report_id": as_coded[i].report_id, "row": shelves.row_of[i]}
                    if bare
                    else claim_to_json(as_coded[i])
                    for i in event.claim_ids
                ]
                yield event_detail(event, shelf, decisions, told) | {"event_id": event_id}


def rules_hash() -> str:
    """Names what events are merged by: the program's version and its file of weights."""
    data = (data_folder() / "merging.toml").read_bytes()
    return hashlib.sha256(f"{__version__}, tables {_TABLES}".encode() + data).hexdigest()[:16]
