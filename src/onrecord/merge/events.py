"""From reports, claims and people's decisions to events."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.lexicon.merging import MergingLexicon, load_merging
from onrecord.merge.accounts import Carriers, find_accounts
from onrecord.merge.aggregate import aggregate
from onrecord.merge.cluster import Clustering, cluster
from onrecord.merge.sketch import sketch, stance_of
from onrecord.merge.syndication import find_voices, replaced_by
from onrecord.merge.tolls import with_tolls
from onrecord.model import (
    Aggregation,
    Claim,
    Correction,
    Decision,
    Event,
    EventClaim,
    Figure,
    Pair,
    Possible,
    Report,
    Voice,
)


@dataclass(frozen=True, slots=True)
class Merged:
    """The events of a case under the representative rule, with what other rules need."""

    events: tuple[Event, ...]
    claims: Mapping[str, EventClaim]
    carriers: Carriers

    def under(self, event: Event, aggregation: Aggregation) -> Event:
        """*event* with its values under another rule."""
        return under(event, self.claims, self.carriers, aggregation)


def under(event: Event, claims: Mapping[str, EventClaim], carriers: Carriers, aggregation: Aggregation) -> Event:
    """*event* with its values under *aggregation*; the event itself where they are so already."""
    if event.aggregation == aggregation:
        return event
    return replace(event, aggregation=aggregation, values=aggregate(event.accounts, claims, carriers, aggregation))


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
    voices = find_voices(by_id.values(), _agencies(told.values()))
    carriers = Carriers(by_id, {report_id: voice for voice in voices for report_id in voice.report_ids})
    found = cluster([sketch(c, by_id.get(c.report_id), lexicon) for c in told.values()], lexicon, decisions)
    builder = _Builder(told, carriers, replaced_by(by_id.values()), found, lexicon, "representative")
    events = [builder.event(members) for members in found.clusters]
    ordered = tuple(sorted(events, key=lambda e: (carriers.moment(told[e.claim_ids[0]]), e.event_id)))
    return Merged(ordered, told, carriers)


def _agencies(claims: Iterable[EventClaim]) -> dict[str, str]:
    """The agency that each report credits, as its claims' chains say."""
    found: dict[str, str] = {}
    for claim in claims:
        for link in claim.chain:
            if link.role == "agency" and link.name:
                found[claim.report_id] = link.name
    return found


# Events that are alike and kept apart are many in a long war; the likeliest tell enough.
_SHOWN_APART = 12


class _Builder:
    """Puts an event together from the claims of a cluster."""

    def __init__(
        self,
        claims: Mapping[str, EventClaim],
        carriers: Carriers,
        replaces: Mapping[str, str],
        found: Clustering,
        lexicon: MergingLexicon,
        aggregation: Aggregation,
    ) -> None:
        self.claims, self.carriers, self.replaces = claims, carriers, replaces
        self.lexicon, self.aggregation = lexicon, aggregation
        self.home = {c: members for members in found.clusters for c in members}
        self.pairs: dict[str, list[Pair]] = defaultdict(list)
        for pair in found.pairs.values():
            self.pairs[pair.first].append(pair)
            self.pairs[pair.second].append(pair)
        self.decided: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self.split: dict[str, set[str]] = defaultdict(set)
        for (first, second), (together, merge_id) in found.decided.items():
            self.decided[first].add((second, merge_id))
            self.decided[second].add((first, merge_id))
            if not together:
                self.split[first].add(second)
                self.split[second].add(first)

    def name(self, members: Sequence[str]) -> str:
        """The event's id: a hash of its earliest claim."""
        first = min((self.claims[m] for m in members), key=self.carriers.moment)
        return "e" + hashlib.sha256(first.claim_id.encode()).hexdigest()[:16]

    def event(self, members: Sequence[str]) -> Event:
        """The event of the claims *members*."""
        ordered = sorted((self.claims[m] for m in members), key=self.carriers.moment)
        accounts, speakers = find_accounts(ordered, self.carriers, self.lexicon)
        ids = tuple(c.claim_id for c in ordered)
        reports = tuple(dict.fromkeys(c.report_id for c in ordered))
        pairs = {(p.first, p.second): p for m in ids for p in self.pairs[m]}
        inside = set(ids)
        joined = [p for p in pairs.values() if p.first in inside and p.second in inside and p.apart is None]
        return Event(
            event_id=self.name(ids),
            claim_ids=ids,
            report_ids=reports,
            accounts=accounts,
            happened=any(stance_of(c) == "asserts" for c in ordered),
            aggregation=self.aggregation,
            values=aggregate(accounts, self.claims, self.carriers, self.aggregation),
            pairs=tuple(sorted(joined, key=lambda p: (-p.score, p.first, p.second))),
            possible=self._others(inside, pairs.values(), apart=False),
            apart=self._others(inside, pairs.values(), apart=True)[:_SHOWN_APART],
            corrections=self._corrections(ordered, speakers),
            voices=self._voices(reports),
            decisions=tuple(sorted({d for m in ids for _, d in self.decided.get(m, ()) if d})),
        )

    def _others(self, inside: set[str], pairs: Iterable[Pair], *, apart: bool) -> tuple[Possible, ...]:
        """Other events with a pair that is likely enough, the likeliest first: those left open, or kept *apart*."""
        best: dict[str, Pair] = {}
        # One claim of each that a person told apart keeps the events apart.
        split = {self.name(self.home[c]) for m in inside for c in self.split.get(m, ()) if c in self.home}
        for pair in pairs:
            if (pair.first in inside) == (pair.second in inside):
                continue
            other = self.name(self.home[pair.second if pair.first in inside else pair.first])
            if pair.apart is None and other in split:
                pair = replace(pair, apart="decision")
            if (pair.apart is not None) != apart:
                continue
            if other not in best or (-pair.score, pair.first) < (-best[other].score, best[other].first):
                best[other] = pair
        found = [Possible(event_id=e, score=p.score, pair=p) for e, p in best.items()]
        return tuple(sorted(found, key=lambda p: (-p.score, p.event_id)))

    def _voices(self, reports: Sequence[str]) -> tuple[Voice, ...]:
        voices = {v.origin: v for r in reports if (v := self.carriers.voices.get(r)) is not None}
        return tuple(voices.values())

    def _corrections(self, claims: Sequence[EventClaim], speakers: Mapping[str, str]) -> tuple[Correction, ...]:
        """Figures that a report gives otherwise than the report that it replaces, for one speaker."""
        found = []
        for report_id in dict.fromkeys(c.report_id for c in claims):
            old = self.replaces.get(report_id)
            if old is None:
                continue
            before = _figures(claims, old, speakers)
            for (speaker, measure), figure in _figures(claims, report_id, speakers).items():
                earlier = before.get((speaker, measure))
                if earlier is not None and (earlier.low, earlier.high) != (figure.low, figure.high):
                    found.append(
                        Correction(
                            report_id=report_id,
                            replaces=old,
                            field=measure,
                            before=earlier.best if earlier.best is not None else earlier.low,
                            after=figure.best if figure.best is not None else figure.low,
                            speaker=speaker,
                        )
                    )
        return tuple(found)


def _figures(
    claims: Sequence[EventClaim], report_id: str, speakers: Mapping[str, str]
) -> dict[tuple[str, str], Figure]:
    """The figures of one report by (speaker, measure)."""
    return {(speakers[c.claim_id], f.measure): f for c in claims if c.report_id == report_id for f in c.figures}
