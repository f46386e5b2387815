"""Bringing the derived tables of events up to date: from nothing, or only where claims, reports or decisions changed.

Both ways give the same tables. What changed are the reports that were coded, corrected or erased since, and the claims
that people decided on; their blocks, the clusters that these touch (see `recluster`), and the voices of their texts
are done anew, and nothing else is read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from onrecord.case import events_state, merge_state, merges
from onrecord.case.events_asked import RULES
from onrecord.case.events_state import EventEntry
from onrecord.case.file import CaseFile
from onrecord.case.identified import touched_reports
from onrecord.case.merge_state import ClaimState, TieRow
from onrecord.events.shelves import Shelves, in_chunks
from onrecord.events.voices import refresh_voices
from onrecord.lexicon.merging import load_merging
from onrecord.merge import (
    Known,
    Shelf,
    Sketch,
    Surroundings,
    Tie,
    agencies_of,
    block_keys,
    block_pairs,
    build_event,
    cluster,
    decided_pairs,
    event_name,
    event_row,
    find_ties,
    pack_sketch,
    recluster,
    sketch,
    tie_of,
    under,
    with_tolls,
)
from onrecord.model import Decision

# Claims of so many events are read at a time.
_CHUNK = 4_000
Clusters = Sequence[tuple[str, ...]]


class Refresh:
    """One pass over the derived tables inside the open transaction of *case*, up to journal entry *cut*."""

    def __init__(self, case: CaseFile, cut: int) -> None:
        self.case, self.connection, self.cut = case, case.connection, cut
        self.lexicon = load_merging()
        self.shelves = Shelves(case, self.connection, cut)
        decisions = [as_decision(row) for row in merges.decisions_at(self.connection, cut)]
        self.decided = decided_pairs(decisions)
        self.agencies: dict[int, str | None] = {}

    def everything(self, rules: str) -> int:
        """Fills the tables from nothing; returns how many events there are."""
        events_state.clear_events(self.connection)
        reports = events_state.all_reports(self.connection, self.cut)
        self.shelves.read_reports(reports)
        self.shelves.read_all_figures()
        sketches = self._sketch(None, keep=True)
        self.agencies = {r: self.agencies.get(r) for r in reports}
        refresh_voices(self.shelves, reports, (), self.agencies)
        ordered = sorted(sketches)
        states = [self.shelves.states[self.shelves.row_of[i]] for i in ordered]
        merge_state.write_all_blocks(self.connection, states)
        ties = find_ties([sketches[i] for i in ordered], self.lexicon, [s.keys for s in states])
        row_of = self.shelves.row_of
        rows = ((row_of[i], _ordered(TieRow(row_of[t.other(i)], t.score, t.apart) for t in ties[i])) for i in ties)
        merge_state.write_ties(self.connection, rows)
        found = cluster(sketches, {t for some in ties.values() for t in some}, self.decided, self.lexicon)
        count = self._store(found, ties)
        events_state.finish(self.connection, self.cut, rules)
        return count

    def changes(self, rules: str) -> int:
        """Brings the tables up to date; returns how many events were computed."""
        since = events_state.marked_rows(self.connection)
        reports = events_state.touched_reports(self.connection, since)
        reports |= touched_reports(self.connection, self.cut, since["corrections"])
        before = merge_state.claim_states(self.connection, reports=reports)
        self.shelves.read_reports(r for r in reports if self._is_there(r))
        after = self._sketch(reports, keep=False)
        gone, new = self._differences(before, after)
        moved = refresh_voices(self.shelves, reports, self._erased(reports), self.agencies)
        left = merge_state.members_of_events(self.connection, gone)
        homes = {event for event, _ in left.values()}
        untied = self._take_away([before[row] for row in gone], new)
        dirty = {*new, *untied, *events_state.touched_claims(self.connection, since)}
        dirty |= self._ids(row for _, members in left.values() for row in members if row not in gone)
        found, inside = recluster(frozenset(dirty), self._around(), self.decided, self.lexicon)
        count = self._replace(found, inside, dirty, homes, moved, untied)
        events_state.finish(self.connection, self.cut, rules)
        return count

    # -- claims --------------------------------------------------------------------------------------------

    def _sketch(self, reports: Collection[int] | None, *, keep: bool) -> dict[str, Sketch]:
        """Sketches of the claims that stand of *reports* (or of all), by id; *keep* notes their states at once."""
        found: dict[str, Sketch] = {}
        self._made: dict[str, ClaimState] = {}
        numbers = self.shelves.numbers
        for rows, claims in _by_report(events_state.standing_told(self.case, self.connection, self.cut, reports)):
            told = [self.shelves.identified.event(claim) for claim in with_tolls(claims)]
            report = self.shelves.reports[claims[0].report_id]
            number = numbers[report.report_id]
            self.agencies[number] = agencies_of(told).get(report.report_id)
            for claim in told:
                item = found[claim.claim_id] = sketch(claim, report, self.lexicon)
                keys = tuple(block_keys(item, self.lexicon))
                state = ClaimState(rows[claim.claim_id], claim.claim_id, number, pack_sketch(item), keys)
                if keep:
                    # Of a whole case the sketch itself is enough: its text would take as much memory again.
                    merge_state.write_claims(self.connection, [state], blocks=False)
                    self.shelves.keep_state(replace(state, sketch=""))
                    self.shelves.sketches[claim.claim_id] = item
                else:
                    self._made[claim.claim_id] = state
        for row in reports or ():
            self.agencies.setdefault(row, None)
        return found

    def _is_there(self, report: int) -> bool:
        sql = "SELECT 1 FROM reports WHERE report = ? AND text_state <> 'erased'"
        return self.connection.execute(sql, (report,)).fetchone() is not None

    def _erased(self, reports: Iterable[int]) -> set[int]:
        return {r for r in reports if not self._is_there(r)}

    def _differences(self, before: Mapping[int, ClaimState], after: Mapping[str, Sketch]) -> tuple[set[int], set[str]]:
        """Rows that no longer stand as they were, and ids of claims that stand anew."""
        same = {
            row
            for row, state in before.items()
            if state.claim_id in after
            and self._made[state.claim_id].claim == row
            and self._made[state.claim_id].sketch == state.sketch
        }
        kept = {before[row].claim_id for row in same}
        return set(before) - same, set(after) - kept

    def _ids(self, rows: Iterable[int]) -> set[str]:
        return {state.claim_id for state in self.shelves.read_states(rows)}

    def _take_away(self, gone: Sequence[ClaimState], new: Collection[str]) -> set[str]:
        """Takes old claims out of the tables and puts new ones in; the standing claims that lost or won ties."""
        touched = {k for s in gone for k in s.keys} | {k for i in new for k in self._made[i].keys}
        cut_before = {key for key in touched if self._is_cut(merge_state.block(self.connection, key))}
        merge_state.delete_claims(self.connection, gone)
        for state in gone:
            self.shelves.drop_state(state)
        for claim_id in new:
            self.shelves.keep_state(self._made[claim_id])
            merge_state.write_claims(self.connection, [self._made[claim_id]], blocks=True)
        blocks = {key: merge_state.block(self.connection, key) for key in touched}
        self.shelves.read_states(row for rows in blocks.values() for row in rows)
        pairs = {key: self._pairs(key, rows) for key, rows in blocks.items()}
        wanted, dropped = self._candidates(new, cut_before, blocks, pairs)
        return self._tie_anew(gone, wanted, dropped)

    def _is_cut(self, rows: Collection[int]) -> bool:
        return len(rows) > self.lexicon.limits["block"]

    def _pairs(self, key: int, rows: Collection[int]) -> set[tuple[str, str]] | None:
        """The pairs of a block that is cut; None for one in which all pairs count."""
        if not self._is_cut(rows):
            return None
        members = [self.shelves.sketch(s) for s in self.shelves.read_states(rows)]
        return {_pair(a.claim_id, b.claim_id) for a, b in block_pairs(members, key, self.lexicon)}

    def _tie_anew(
        self, gone: Sequence[ClaimState], wanted: set[tuple[str, str]], dropped: set[tuple[str, str]]
    ) -> set[str]:
        """Compares *wanted* pairs and unties *dropped* ones; the claims that lost or won ties."""
        lost = {s.claim for s in gone}
        ties: dict[str, dict[int, TieRow]] = {}

        def ties_of(claim_id: str) -> dict[int, TieRow]:
            if claim_id not in ties:
                (row,) = self.shelves.find_rows([claim_id]).values()
                (state,) = self.shelves.read_states([row])
                ties[claim_id] = {t.other: t for t in state.ties}
            return ties[claim_id]

        changed = self._ids(t.other for s in gone for t in s.ties if t.other not in lost)
        for claim_id in changed:
            for row in lost & ties_of(claim_id).keys():
                del ties_of(claim_id)[row]
        for first, second in wanted | dropped:
            a, b = (self.shelves.sketch(self.shelves.states[self.shelves.row_of[i]]) for i in (first, second))
            tie = tie_of(a, b, self.lexicon) if (first, second) in wanted else None
            rows = self.shelves.row_of[first], self.shelves.row_of[second]
            for claim_id, other in ((first, rows[1]), (second, rows[0])):
                said = TieRow(other, tie.score, tie.apart) if tie else None
                if ties_of(claim_id).get(other) != said:
                    changed.add(claim_id)
                    ties_of(claim_id).pop(other, None)
                    if said:
                        ties_of(claim_id)[other] = said
        for claim_id in sorted(changed):
            state = self.shelves.states[self.shelves.row_of[claim_id]].with_ties(_ordered(ties_of(claim_id).values()))
            self.shelves.keep_state(state)
            merge_state.write_claims(self.connection, [state], blocks=False)
        return changed

    def _candidates(
        self,
        new: Collection[str],
        cut_before: Collection[int],
        blocks: Mapping[int, Collection[int]],
        pairs: Mapping[int, set[tuple[str, str]] | None],
    ) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
        """Pairs to compare, and tied pairs that no block gives any longer."""
        wanted: set[tuple[str, str]] = set()
        doubtful: set[tuple[str, str]] = set()
        for key, rows in blocks.items():
            members = self._ids(rows)
            found = pairs[key]
            if found is None:
                # A block that is no longer cut gives all its pairs; another only those of what is new in it.
                fresh = members if key in cut_before else members & set(new)
                wanted |= {p for a in fresh for b in members if a != b and self._counts(key, *(p := _pair(a, b)))}
                continue
            wanted |= found
            tied = self.shelves.ties(members)
            doubtful |= {(t.first, t.second) for some in tied.values() for t in some if t.first in members}
        dropped = {p for p in doubtful - wanted if not self._met_elsewhere(*p, pairs)}
        return wanted, dropped

    def _counts(self, key: int, first: str, second: str) -> bool:
        """Whether a pair counts in a block that is not cut."""
        a, b = (self.shelves.sketch(self.shelves.states[self.shelves.row_of[i]]) for i in (first, second))
        return any(True for _ in block_pairs([a, b], key, self.lexicon))

    def _met_elsewhere(self, first: str, second: str, now: Mapping[int, set[tuple[str, str]] | None]) -> bool:
        a, b = (self.shelves.states[self.shelves.row_of[i]] for i in (first, second))
        for key in set(a.keys) & set(b.keys):
            pairs = now[key] if key in now else self._pairs(key, merge_state.block(self.connection, key))
            if (first, second) in pairs if pairs is not None else self._counts(key, first, second):
                return True
        return False

    # -- events --------------------------------------------------------------------------------------------

    def _around(self) -> Surroundings:
        clusters: dict[str, tuple[str, ...] | None] = {}

        def cluster_of(claim_id: str) -> tuple[str, ...] | None:
            if claim_id not in clusters:
                rows = self.shelves.find_rows([claim_id]).values()
                found = merge_state.members_of_events(self.connection, rows)
                members = next((m for _, m in found.values()), None)
                whole = None if members is None else tuple(sorted(self._ids(members)))
                clusters[claim_id] = whole
                for other in whole or ():
                    clusters[other] = whole
            return clusters[claim_id]

        def sketches_of(claim_ids: Collection[str]) -> dict[str, Sketch]:
            states = self.shelves.read_states(self.shelves.find_rows(claim_ids).values())
            return {s.claim_id: self.shelves.sketch(s) for s in states}

        return Surroundings(cluster_of, self.shelves.ties, sketches_of)

    def _replace(
        self,
        found: Clusters,
        inside: Collection[str],
        dirty: Collection[str],
        homes: set[int],
        moved: Collection[int],
        untied: Collection[str],
    ) -> int:
        """Stores the clusters that changed, and the events around them whose rows tell of them."""
        rows = self.shelves.find_rows(inside)
        old = merge_state.members_of_events(self.connection, rows.values())
        as_it_was = {tuple(sorted(self._ids(members))) for _, members in old.values()}
        changed = [c for c in found if c not in as_it_was or not dirty.isdisjoint(c)]  # type: ignore[attr-defined]
        ties = self.shelves.ties([i for c in changed for i in c])
        near = {t.other(i) for i, some in ties.items() for t in some} | set(untied)
        for marks, some in merge_state.in_parts(moved):
            sql = f"SELECT claim_id FROM merge_claims WHERE report IN ({marks})"
            near |= {row[0] for row in self.connection.execute(sql, some)}
        near -= {i for c in changed for i in c}
        beside = merge_state.members_of_events(self.connection, self.shelves.find_rows(near).values())
        whole = {tuple(sorted(self._ids(members))) for _, members in beside.values()}
        taken = {i for c in changed for i in c}
        clusters = [*changed, *sorted(c for c in whole if taken.isdisjoint(c))]
        events = homes | {event for event, _ in beside.values()}
        events |= {old[rows[i]][0] for c in clusters for i in c if i in rows and rows[i] in old}
        events_state.delete_events(self.connection, events)
        return self._store(clusters, self.shelves.ties([i for c in clusters for i in c]))

    def _store(self, clusters: Clusters, ties: Mapping[str, Sequence[Tie]]) -> int:
        """Builds and writes the events of *clusters*; returns how many."""
        states = self.shelves.states
        reports = {states[self.shelves.row_of[i]].report for c in clusters for i in c}
        self.shelves.read_reports(reports)
        names = self._names(clusters)
        count = 0
        for some in in_chunks(clusters, _CHUNK):
            claims = self.shelves.claims([i for c in some for i in c])
            known = Known(claims, self.shelves.carriers, self.shelves.replaced_by(), ties, self.decided, names)
            rows = self.shelves.row_of
            count += events_state.store_events(self.connection, self.case.dictionary, self._entries(some, known), rows)
        return count

    def _entries(self, clusters: Clusters, known: Known) -> Iterator[EventEntry]:
        shelf = Shelf(known.claims, self.shelves.reports)
        for members in clusters:
            event = build_event(members, known, self.lexicon)
            yield EventEntry(
                event.claim_ids, {bit: event_row(under(event, known, rule), shelf) for rule, bit in RULES.items()}
            )

    def _names(self, clusters: Clusters) -> Names:
        names = Names(self.shelves)
        carriers = self.shelves.carriers
        for members in clusters:
            items = [self.shelves.sketch(self.shelves.states[self.shelves.row_of[i]]) for i in members]
            name = event_name(items, carriers)
            names.known.update(dict.fromkeys(members, name))
        return names


class Names:
    """The event of a claim, by its id: of those just made, else of those stored."""

    def __init__(self, shelves: Shelves) -> None:
        self.shelves = shelves
        self.known: dict[str, str | None] = {}

    def __call__(self, claim_id: str) -> str | None:
        """The id of the event, None where the claim is in none."""
        if claim_id not in self.known:
            self.known[claim_id] = events_state.event_of_claim(self.shelves.connection, claim_id)
        return self.known[claim_id]


def as_decision(row: Mapping[str, object]) -> Decision:
    """A decision of a person as merging takes it."""
    return Decision(
        action=row["action"],  # type: ignore[arg-type]
        members=tuple(row["claim_ids"]),  # type: ignore[arg-type]
        merge_id=str(row["merge_id"]),
        who=str(row["reviewer"]),
    )


def _by_report(told: Iterable[tuple[int, object]]) -> Iterator[tuple[dict[str, int], list]]:  # type: ignore[type-arg]
    """Claims of one report after the other, with their row numbers by id."""
    rows: dict[str, int] = {}
    claims: list = []  # type: ignore[type-arg]
    for row, claim in told:
        if claims and claim.report_id != claims[0].report_id:  # type: ignore[attr-defined]
            yield rows, claims
            rows, claims = {}, []
        rows[claim.claim_id] = row  # type: ignore[attr-defined]
        claims.append(claim)
    if claims:
        yield rows, claims


def _pair(first: str, second: str) -> tuple[str, str]:
    return (first, second) if first < second else (second, first)


def _ordered(ties: Iterable[TieRow]) -> list[TieRow]:
    return sorted(ties, key=lambda t: t.other)
