"""Bringing the derived tables of events up to date: from nothing, or only where claims, reports or decisions changed.

Both ways give the same tables. What changed are the reports that were coded, corrected or erased since, and the claims
that people decided on; their blocks, the clusters that these touch (see `recluster`), and the voices of their texts
are done anew, and nothing else is read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from onrecord.case import events_state, merge_state, merges
from onrecord.case.events_asked import RULES
from onrecord.case.events_state import EventEntry
from onrecord.case.file import CaseFile
from onrecord.case.identified import touched_reports
from onrecord.case.merge_state import ClaimState, TieRow
from onrecord.events.later import Later, NotAhead, Step
from onrecord.events.shelves import Names, Shelves, as_decision, in_chunks
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

# Claims of so many events are read at a time.
_CHUNK = 4_000
Clusters = Sequence[tuple[str, ...]]


class Refresh:
    """One pass over the derived tables inside the open transaction of *case*, up to journal entry *cut*.

    *ahead* of a transaction, in a snapshot, nothing is written: `planned` says what is to be.
    """

    def __init__(self, case: CaseFile, cut: int, *, ahead: bool = False) -> None:
        self.case, self.connection, self.cut = case, case.connection, cut
        self.later = Later(events_state.state_of(case.connection)) if ahead else None
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
        events_state.finish(self.connection, self.cut, rules, events_state.last_rows(self.connection))
        return count

    def planned(self, rules: str) -> Later:
        """What brings the tables up to date; raises NotAhead where that can only be found while writing."""
        assert self.later is not None
        self.later.changed = self.changes(rules)
        return self.later

    def changes(self, rules: str) -> int:
        """Brings the tables up to date; returns how many events were computed."""
        since = events_state.marked_rows(self.connection)
        reports = events_state.touched_reports(self.connection, since)
        reports |= touched_reports(self.connection, self.cut, since["corrections"])
        before = merge_state.claim_states(self.connection, reports=reports)
        self.shelves.read_reports(r for r in reports if self._is_there(r))
        after = self._sketch(reports, keep=False)
        gone, new = self._differences(before, after)
        moved = self._moved_voices(reports)
        left = merge_state.members_of_events(self.connection, gone)
        homes = {event for event, _ in left.values()}
        untied = self._take_away([before[row] for row in gone], new)
        dirty = {*new, *untied, *events_state.touched_claims(self.connection, since)}
        dirty |= self._ids(row for _, members in left.values() for row in members if row not in gone)
        found, inside = recluster(frozenset(dirty), self._around(), self.decided, self.lexicon)
        count = self._replace(found, inside, dirty, homes, moved, untied)
        marks = events_state.last_rows(self.connection)
        self._write(partial(events_state.finish, cut=self.cut, rules=rules, marks=marks))
        return count

    def _write(self, step: Step) -> None:
        if self.later is None:
            step(self.connection)
        else:
            self.later.steps.append(step)

    def _block(self, key: int) -> set[int]:
        later = self.later
        return merge_state.block(self.connection, key) if later is None else later.block(self.connection, key)

    def _moved_voices(self, reports: set[int]) -> set[int]:
        """Reports whose voice is another than it was."""
        erased = self._erased(reports)
        if merge_state.voices_stay(self.connection, reports - erased, erased, self.agencies):
            return set()
        if self.later is not None:
            raise NotAhead
        return refresh_voices(self.shelves, reports, erased, self.agencies)

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
        cut_before = {key for key in touched if self._is_cut(self._block(key))}
        made = [self._made[claim_id] for claim_id in new]
        self._write(partial(merge_state.delete_claims, states=gone))
        for state in gone:
            self.shelves.drop_state(state)
        for state in made:
            self.shelves.keep_state(state)
        self._write(partial(merge_state.write_claims, states=made, blocks=True))
        if self.later is not None:
            self.later.replace(gone, made)
        blocks = {key: self._block(key) for key in touched}
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
            self._write(partial(merge_state.write_claims, states=[state], blocks=False))
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
            pairs = now[key] if key in now else self._pairs(key, self._block(key))
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
        as_it_was = {tuple(sorted(self._ids(members))) for members in dict(old.values()).values()}
        changed = [c for c in found if c not in as_it_was or not dirty.isdisjoint(c)]  # type: ignore[attr-defined]
        ties = self.shelves.ties([i for c in changed for i in c])
        near = {t.other(i) for i, some in ties.items() for t in some} | set(untied)
        for marks, some in merge_state.in_parts(moved):
            sql = f"SELECT claim_id FROM merge_claims WHERE report IN ({marks})"
            near |= {row[0] for row in self.connection.execute(sql, some)}
        near -= {i for c in changed for i in c}
        beside = merge_state.members_of_events(self.connection, self.shelves.find_rows(near).values())
        whole = {tuple(sorted(self._ids(members))) for members in dict(beside.values()).values()}
        taken = {i for c in changed for i in c}
        clusters = [*changed, *sorted(c for c in whole if taken.isdisjoint(c))]
        events = homes | {event for event, _ in beside.values()}
        events |= {old[rows[i]][0] for c in clusters for i in c if i in rows and rows[i] in old}
        gone = events_state.names_of_events(self.connection, events)
        self._write(partial(events_state.delete_events, events=events))
        return self._store(clusters, self.shelves.ties([i for c in clusters for i in c]), gone)

    def _store(self, clusters: Clusters, ties: Mapping[str, Sequence[Tie]], gone: Collection[str] = ()) -> int:
        """Builds and writes the events of *clusters*; returns how many."""
        states = self.shelves.states
        reports = {states[self.shelves.row_of[i]].report for c in clusters for i in c}
        self.shelves.read_reports(reports)
        names = self._names(clusters, gone)
        count = 0
        for some in in_chunks(clusters, _CHUNK):
            claims = self.shelves.claims([i for c in some for i in c])
            known = Known(claims, self.shelves.carriers, self.shelves.replaced_by(), ties, self.decided, names)
            rows, entries = self.shelves.row_of, self._entries(some, known)
            count += len(some)
            if self.later is not None:
                entries = iter(list(entries))
            store = partial(events_state.store_events, dictionary=self.case.dictionary, entries=entries, numbers=rows)
            self._write(store)
        return count

    def _entries(self, clusters: Clusters, known: Known) -> Iterator[EventEntry]:
        shelf = Shelf(known.claims, self.shelves.reports)
        for members in clusters:
            event = build_event(members, known, self.lexicon)
            yield EventEntry(
                event.claim_ids, {bit: event_row(under(event, known, rule), shelf) for rule, bit in RULES.items()}
            )

    def _names(self, clusters: Clusters, gone: Collection[str]) -> Names:
        names = Names(self.shelves, gone)
        carriers = self.shelves.carriers
        for members in clusters:
            items = [self.shelves.sketch(self.shelves.states[self.shelves.row_of[i]]) for i in members]
            name = event_name(items, carriers)
            names.known.update(dict.fromkeys(members, name))
        return names


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
