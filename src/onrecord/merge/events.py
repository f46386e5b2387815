"""From reports, claims and people's decisions to events, all at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.lexicon.merging import MergingLexicon, load_merging
from onrecord.merge.accounts import Carriers
from onrecord.merge.build import Known, build_event, event_name, under
from onrecord.merge.cluster import Tie, cluster, decided_pairs
from onrecord.merge.compare import weigh
from onrecord.merge.screen import likely_pairs
from onrecord.merge.sketch import Sketch, sketch
from onrecord.merge.syndication import find_voices, replaced_by
from onrecord.merge.tolls import with_tolls
from onrecord.model import Aggregation, Claim, Decision, Event, EventClaim, Report


@dataclass(frozen=True, slots=True)
class Merged:
    """The events of a case under the representative rule, with what other rules need."""

    events: tuple[Event, ...]
    known: Known

    def under(self, event: Event, aggregation: Aggregation) -> Event:
        """*event* with its values under another rule."""
        return under(event, self.known, aggregation)


def merge_case(
    reports: Iterable[Report],
    claims: Iterable[Claim],
    decisions: Sequence[Decision] = (),
    *,
    aggregation: Aggregation = "representative",
) -> tuple[Event, ...]:
    """The events of a case, earliest first; every coded event claim is in exactly one.

    *decisions* are those that hold, in the order in which they were made (one taken back is simply not among
    them). The result is a function of the three sets alone: neither their order nor how they came in matters.
    """
    merged = merge_all(reports, claims, decisions)
    return tuple(merged.under(event, aggregation) for event in merged.events)


def merge_all(reports: Iterable[Report], claims: Iterable[Claim], decisions: Sequence[Decision] = ()) -> Merged:
    """What `merge_case` gives, with the claims and carriers that other aggregations need."""
    lexicon = load_merging()
    by_id = {r.report_id: r for r in reports}
    told = {c.claim_id: c for c in with_tolls(claims)}
    voices = find_voices(by_id.values(), agencies_of(told.values()))
    carriers = Carriers(by_id, {report_id: voice for voice in voices for report_id in voice.report_ids})
    sketches = {i: sketch(told[i], by_id.get(told[i].report_id), lexicon) for i in sorted(told)}
    ties = find_ties(list(sketches.values()), lexicon)
    decided = decided_pairs(decisions)
    clusters = cluster(sketches, {t for some in ties.values() for t in some}, decided, lexicon)
    names = {i: name for members in clusters for name in [_name(members, told, carriers)] for i in members}
    known = Known(told, carriers, replaced_by(by_id.values()), ties, decided, names.get, sketches)
    events = [build_event(members, known, lexicon) for members in clusters]
    ordered = tuple(sorted(events, key=lambda e: (carriers.moment(told[e.claim_ids[0]]), e.event_id)))
    return Merged(ordered, known)


def find_ties(
    sketches: Sequence[Sketch], lexicon: MergingLexicon, keys: Sequence[Sequence[int]] | None = None
) -> dict[str, list[Tie]]:
    """Ties of all *sketches* by claim id: pairs that some block gives and that score `possible` or more.

    *keys* are the blocks of each sketch, where they are at hand.
    """
    found: dict[str, list[Tie]] = defaultdict(list)
    for i, j in likely_pairs(sketches, lexicon, keys):
        tie = tie_of(sketches[i], sketches[j], lexicon)
        if tie is not None:
            found[tie.first].append(tie)
            found[tie.second].append(tie)
    return found


def tie_of(a: Sketch, b: Sketch, lexicon: MergingLexicon) -> Tie | None:
    """The tie of two claims, None where they are not likely enough of one happening."""
    score, apart = weigh(a, b, lexicon)
    if score < lexicon.possible:
        return None
    return Tie(min(a.claim_id, b.claim_id), max(a.claim_id, b.claim_id), score, apart)


def agencies_of(claims: Iterable[EventClaim]) -> dict[str, str]:
    """The agency that each report credits, as its claims' chains say."""
    found: dict[str, str] = {}
    for claim in claims:
        for link in claim.chain:
            if link.role == "agency" and link.name:
                found[claim.report_id] = link.name
    return found


def _name(members: Sequence[str], claims: Mapping[str, EventClaim], carriers: Carriers) -> str:
    return event_name((claims[m] for m in members), carriers)
