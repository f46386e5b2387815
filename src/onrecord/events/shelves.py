"""What events are put together from, read from the case in parts: claims, reports without texts, voices."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.case import events_state, merge_state
from onrecord.case.file import CaseFile
from onrecord.case.identified import Identified
from onrecord.case.merge_state import ClaimState
from onrecord.merge import (
    Carriers,
    Sketch,
    Tie,
    published_moment,
    unpack_sketch,
    with_tolls,
)
from onrecord.model import Claim, Decision, EventClaim, Report, Voice


@dataclass(slots=True)
class Shelves:
    """Reads what is wanted once, and keeps it."""

    case: CaseFile
    connection: sqlite3.Connection
    cut: int
    numbers: dict[str, int] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)
    report_ids: dict[int, str] = field(default_factory=dict)
    voices: dict[str, Voice] = field(default_factory=dict)
    corrected: set[tuple[int, int]] = field(default_factory=set)
    states: dict[int, ClaimState] = field(default_factory=dict)
    row_of: dict[str, int] = field(default_factory=dict)
    id_of: dict[int, str] = field(default_factory=dict)
    sketches: dict[str, Sketch] = field(default_factory=dict)
    figures: dict[int, list[Claim]] | None = None
    gone: set[int] = field(default_factory=set)
    identified: Identified = field(init=False)

    def __post_init__(self) -> None:
        """Reads what was decided of actors and places."""
        self.identified = Identified(self.connection, self.cut)

    @property
    def carriers(self) -> Carriers:
        """Reports and voices read so far."""
        return Carriers(self.reports, self.voices)

    def read_reports(self, numbers: Iterable[int]) -> None:
        """Reports of these rows without their texts, and those that share a voice with them."""
        wanted = {n for n in numbers if n not in self.report_ids}
        rows = merge_state.voices_of(self.connection, wanted)
        everyone = wanted | {row[0] for row in rows}
        for number, report in events_state.bare_reports(self.case, self.connection, everyone - self.report_ids.keys()):
            self.reports[report.report_id] = report
            self.report_ids[number] = report.report_id
            self.numbers[report.report_id] = number
        groups: dict[int, list[tuple[int, int, str | None, str | None]]] = {}
        for row in rows:
            groups.setdefault(row[1], []).append(row)
        for voice, group in groups.items():
            self.add_voice(make_stored_voice(voice, group, self.report_ids, self.reports))
        self.corrected.update(events_state.replaced(self.connection, everyone, self.cut))

    def replaced_by(self) -> dict[str, str]:
        """The report that each correcting report replaces, of those read so far, by report id."""
        return {
            self.report_ids[new]: self.report_ids[old]
            for new, old in sorted(self.corrected)
            if new in self.report_ids
            and old in self.report_ids
            and published_moment(self.reports[self.report_ids[old]])
            < published_moment(self.reports[self.report_ids[new]])
        }

    def add_voice(self, voice: Voice) -> None:
        """Notes a voice for each report of it."""
        for report_id in voice.report_ids:
            self.voices[report_id] = voice

    def read_states(self, rows: Iterable[int]) -> list[ClaimState]:
        """States of claims by row; those that are there."""
        rows = set(rows)
        missing = rows - self.states.keys() - self.gone
        for state in merge_state.claim_states(self.connection, missing).values():
            self.keep_state(state)
        return [self.states[r] for r in sorted(rows) if r in self.states]

    def keep_state(self, state: ClaimState) -> None:
        """Notes a state that was read or made."""
        self.gone.discard(state.claim)
        self.states[state.claim] = state
        self.row_of[state.claim_id] = state.claim
        self.id_of[state.claim] = state.claim_id

    def drop_state(self, state: ClaimState) -> None:
        """Forgets the state of a claim that is gone."""
        self.gone.add(state.claim)
        self.states.pop(state.claim, None)
        self.sketches.pop(state.claim_id, None)
        if self.row_of.get(state.claim_id) == state.claim:
            del self.row_of[state.claim_id]

    def sketch(self, state: ClaimState) -> Sketch:
        """The sketch of a claim."""
        found = self.sketches.get(state.claim_id)
        if found is None:
            found = self.sketches[state.claim_id] = unpack_sketch(state.sketch)
        return found

    def find_rows(self, claim_ids: Iterable[str]) -> dict[str, int]:
        """Rows of claims by id; those that are there."""
        ids = set(claim_ids)
        missing = ids - self.row_of.keys()
        if missing:
            found = merge_state.claim_rows(self.connection, missing)
            self.row_of.update((i, row) for i, row in found.items() if row not in self.gone)
        return {i: self.row_of[i] for i in ids if i in self.row_of}

    def ties(self, claim_ids: Collection[str]) -> dict[str, Sequence[Tie]]:
        """Ties of claims by id, with the ids of both ends."""
        states = self.read_states(self.find_rows(claim_ids).values())
        others = {t.other for s in states for t in s.ties} - self.id_of.keys()
        self.read_states(others)
        found: dict[str, Sequence[Tie]] = dict.fromkeys(claim_ids, ())
        for s in states:
            found[s.claim_id] = [
                Tie(min(s.claim_id, other), max(s.claim_id, other), t.score, t.apart)
                for t in s.ties
                if (other := self.id_of.get(t.other)) is not None
            ]
        return found

    def claims(self, claim_ids: Collection[str]) -> dict[str, EventClaim]:
        """Event claims by id, with the tolls that their reports tell beside them, and actors and places as decided."""
        return {i: self.identified.event(claim) for i, claim in self.told(claim_ids).items()}

    def told(self, claim_ids: Collection[str]) -> dict[str, EventClaim]:
        """Event claims by id as they were coded, with the tolls that their reports tell beside them."""
        rows = self.find_rows(claim_ids)
        told: list[Claim] = [c for _, c in events_state.claims_at(self.case, self.connection, rows.values())]
        reports = {s.report for s in self.read_states(rows.values())}
        told += self._figures(reports)
        return {c.claim_id: c for c in with_tolls(told)}

    def members(self, event_id: str) -> tuple[str, ...]:
        """The claims of an event, by id."""
        sql = "SELECT claim FROM events JOIN event_claims USING (event) WHERE event_id = ?"
        rows = [row[0] for row in self.connection.execute(sql, (event_id,))]
        return tuple(sorted(s.claim_id for s in self.read_states(rows)))

    def read_all_figures(self) -> None:
        """Reads the figure claims of every report at once: what a whole case is merged with."""
        self.figures = defaultdict(list)
        for _, claim in events_state.standing_told(self.case, self.connection, self.cut, kinds=("figure",)):
            self.figures[self.numbers.get(claim.report_id, 0)].append(claim)

    def _figures(self, reports: Collection[int]) -> list[Claim]:
        if self.figures is not None:
            return [c for r in reports for c in self.figures.get(r, ())]
        found = events_state.standing_told(self.case, self.connection, self.cut, reports, ("figure",))
        return [c for _, c in found]


class Names:
    """The event of a claim, by its id: of those just made, else of those stored but for those *gone*."""

    def __init__(self, shelves: Shelves, gone: Collection[str] = ()) -> None:
        self.shelves, self.gone = shelves, frozenset(gone)
        self.known: dict[str, str | None] = {}

    def __call__(self, claim_id: str) -> str | None:
        """The id of the event, None where the claim is in none."""
        if claim_id not in self.known:
            found = events_state.event_of_claim(self.shelves.connection, claim_id)
            self.known[claim_id] = None if found in self.gone else found
        return self.known[claim_id]


class LazySketches(Mapping[str, Sketch]):
    """Sketches by claim id, unpacked when they are asked for."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves

    def __getitem__(self, claim_id: str) -> Sketch:
        return self._shelves.sketch(self._shelves.states[self._shelves.row_of[claim_id]])

    def __iter__(self) -> Iterator[str]:
        return iter(self._shelves.row_of)

    def __len__(self) -> int:
        return len(self._shelves.row_of)


def as_decision(row: Mapping[str, object]) -> Decision:
    """A decision of a person as merging takes it."""
    return Decision(
        action=row["action"],  # type: ignore[arg-type]
        members=tuple(row["claim_ids"]),  # type: ignore[arg-type]
        merge_id=str(row["merge_id"]),
        who=str(row["reviewer"]),
    )


def make_stored_voice(
    voice: int,
    group: Iterable[tuple[int, int, str | None, str | None]],
    report_ids: Mapping[int, str],
    reports: Mapping[str, Report],
) -> Voice:
    """The voice whose origin is report row *voice*, from its rows (report, voice, copying, agency)."""
    ordered = sorted(group, key=lambda row: published_moment(reports[report_ids[row[0]]]))
    members = tuple((report_ids[r], copying) for r, _, copying, _ in ordered if copying is not None)
    agency = next((a for *_, a in ordered if a), None)
    return Voice(origin=report_ids[voice], members=members, agency=agency)  # type: ignore[arg-type]


def in_chunks(items: Sequence[tuple[str, ...]], size: int) -> Iterator[Sequence[tuple[str, ...]]]:
    """Clusters, about *size* claims at a time."""
    some: list[tuple[str, ...]] = []
    count = 0
    for item in items:
        some.append(item)
        count += len(item)
        if count >= size:
            yield some
            some, count = [], 0
    if some:
        yield some
