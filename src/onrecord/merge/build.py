"""An event put together from the claims of a cluster."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.lexicon.merging import MergingLexicon
from onrecord.merge.accounts import Carriers, find_accounts
from onrecord.merge.aggregate import aggregate
from onrecord.merge.cluster import Decided, Tie
from onrecord.merge.compare import compare
from onrecord.merge.sketch import Sketch, stance_of
from onrecord.model import (
    Aggregation,
    Correction,
    Event,
    EventClaim,
    Figure,
    Pair,
    Possible,
    Reason,
    Voice,
)

# Events that are alike and kept apart are many in a long war; the likeliest tell enough.
_SHOWN_APART = 12


@dataclass(frozen=True, slots=True)
class Known:
    """What events are built from: claims, carriers, who replaces whom, ties and decisions by claim.

    ``event_of`` names the event of a claim; ``sketches`` are asked for only where reasons are wanted, of the weakest
    ``most_pairs`` (None: of all).
    """

    claims: Mapping[str, EventClaim]
    carriers: Carriers
    replaces: Mapping[str, str]
    ties: Mapping[str, Sequence[Tie]]
    decided: Decided
    event_of: Callable[[str], str | None]
    sketches: Mapping[str, Sketch] | None = None
    most_pairs: int | None = None


def event_name(members: Iterable[EventClaim | Sketch], carriers: Carriers) -> str:
    """The id of the event of some claims: a hash of the earliest."""
    first = min(members, key=carriers.moment)
    return "e" + hashlib.sha256(first.claim_id.encode()).hexdigest()[:16]


def under(event: Event, known: Known, aggregation: Aggregation) -> Event:
    """*event* with its values under *aggregation*; the event itself where they are so already."""
    if event.aggregation == aggregation:
        return event
    values = aggregate(event.accounts, known.claims, known.carriers, aggregation)
    return replace(event, aggregation=aggregation, values=values)


def build_event(members: Sequence[str], known: Known, lexicon: MergingLexicon) -> Event:
    """The event of the claims *members* under the representative rule; pairs have reasons where sketches are known."""
    ordered = sorted((known.claims[m] for m in members), key=known.carriers.moment)
    accounts, speakers = find_accounts(ordered, known.carriers, lexicon)
    ids = tuple(c.claim_id for c in ordered)
    inside = set(ids)
    ties = {t for m in ids for t in known.ties.get(m, ())}
    within = [t for t in ties if t.first in inside and t.second in inside and t.apart is None]
    reports = tuple(dict.fromkeys(c.report_id for c in ordered))
    touching = {pair: said for pair, said in known.decided.items() if inside.intersection(pair)}
    possible, apart = _others(inside, ties, touching, known, lexicon)
    return Event(
        event_id=event_name(ordered, known.carriers),
        claim_ids=ids,
        report_ids=reports,
        accounts=accounts,
        happened=any(stance_of(c) == "asserts" for c in ordered),
        aggregation="representative",
        values=aggregate(accounts, known.claims, known.carriers, "representative"),
        pairs=tuple(_pair(t, known, lexicon) for t in _weakest(within, known.most_pairs)) if known.sketches else (),
        possible=possible,
        apart=apart,
        corrections=_corrections(ordered, speakers, known.replaces),
        voices=_voices(reports, known.carriers),
        decisions=tuple(sorted({merge_id for _, merge_id in touching.values() if merge_id})),
        weighed=len(within),
    )


def _weakest(ties: Iterable[Tie], most: int | None) -> list[Tie]:
    """The weakest of *ties*, the likeliest of them first."""
    found = sorted(ties, key=_likeliest)
    return found if most is None else found[-most:]


def _likeliest(tie: Tie) -> tuple[float, str, str]:
    return -tie.score, tie.first, tie.second


def _pair(tie: Tie, known: Known, lexicon: MergingLexicon) -> Pair:
    found = known.sketches or {}
    reasons: tuple[Reason, ...] = ()
    if tie.first in found and tie.second in found:
        reasons = compare(found[tie.first], found[tie.second], lexicon).reasons
    return Pair(first=tie.first, second=tie.second, score=tie.score, reasons=reasons, apart=tie.apart)


def _others(
    inside: set[str], ties: Iterable[Tie], decided: Decided, known: Known, lexicon: MergingLexicon
) -> tuple[tuple[Possible, ...], tuple[Possible, ...]]:
    """Other events with a tie, the likeliest first: those left open, and those that are kept apart."""
    # One claim of each that a person told apart keeps the events apart.
    split = {known.event_of(c) for pair, (together, _) in decided.items() if not together for c in pair}
    best: dict[tuple[bool, str], Tie] = {}
    for tie in ties:
        if (tie.first in inside) == (tie.second in inside):
            continue
        other = known.event_of(tie.second if tie.first in inside else tie.first)
        if other is None:
            continue
        told = replace(tie, apart="decision") if tie.apart is None and other in split else tie
        key = (told.apart is not None, other)
        if key not in best or _likeliest(told) < _likeliest(best[key]):
            best[key] = told
    found = sorted(((_likeliest(t), key, t) for key, t in best.items()), key=lambda f: (f[0][0], f[1][1]))
    chosen = {
        apart: [Possible(event_id=key[1], score=t.score, pair=_pair(t, known, lexicon)) for _, key, t in some]
        for apart in (False, True)
        if (some := [f for f in found if f[1][0] == apart]) is not None
    }
    return tuple(chosen[False]), tuple(chosen[True][:_SHOWN_APART])


def _voices(reports: Sequence[str], carriers: Carriers) -> tuple[Voice, ...]:
    voices = {v.origin: v for r in reports if (v := carriers.voices.get(r)) is not None}
    return tuple(voices.values())


def _corrections(
    claims: Sequence[EventClaim], speakers: Mapping[str, str], replaces: Mapping[str, str]
) -> tuple[Correction, ...]:
    """Figures that a report gives otherwise than the report that it replaces, for one speaker."""
    found = []
    for report_id in dict.fromkeys(c.report_id for c in claims):
        old = replaces.get(report_id)
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
