"""Links between the claims of one report: what denies, repeats or is the content of another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from onrecord.model import Actor, ClaimLink, EventClaim, Span

_FORWARD = frozenset({"threatened", "demanded", "promised", "planned", "forecast", "conditional", "questioned"})


def link_claims(claims: Sequence[EventClaim]) -> list[EventClaim]:
    """*claims* with the links ``denies`` and ``repeats`` added (by ``key``); their order is kept.

    A denial is tied to each claim of the same trigger that asserts it, and, failing that, to the last earlier
    claim of the same type whose parties agree. A later claim repeats the first earlier one of the same type,
    mood and parties whose place and time do not differ.
    """
    linked: list[EventClaim] = []
    for n, claim in enumerate(claims):
        if claim.modality.mood == "denied":
            denied = [c for c in claims if c is not claim and _denied_by(claim, c)]
            same = [c for c in denied if c.trigger.span == claim.trigger.span]
            chosen = same or [c for c in denied if c.span.start < claim.span.start][-1:]
            links = tuple(ClaimLink(claim_id=c.key, kind="denies") for c in chosen)
        else:
            before = next((c for c in claims[:n] if _repeated_by(claim, c)), None)
            links = () if before is None else (ClaimLink(claim_id=before.key, kind="repeats"),)
        linked.append(replace(claim, links=(*claim.links, *links)) if links else claim)
    return linked


def _denied_by(denial: EventClaim, claim: EventClaim) -> bool:
    if claim.modality.mood == "denied" or claim.event_type != denial.event_type:
        return False
    if claim.trigger.span == denial.trigger.span:
        return True
    return _agree(denial, claim)


def _repeated_by(claim: EventClaim, before: EventClaim) -> bool:
    if before.event_type != claim.event_type or before.modality.mood != claim.modality.mood:
        return False
    if before.modality.polarity != claim.modality.polarity or claim.modality.mood in _FORWARD:
        return False
    if before.trigger.span == claim.trigger.span:
        return True
    if claim.modes and before.modes and not set(claim.modes) & set(before.modes):
        return False
    return _agree(claim, before) and _compatible(claim, before)


def _agree(one: EventClaim, other: EventClaim) -> bool:
    """Whether the parties share an identified one and nothing known speaks against it."""
    shared = False
    for mine, theirs in ((one.actor, other.actor), (one.recipient, other.recipient)):
        if not mine or not theirs:
            continue
        if any(same_party(a, b) for a in mine for b in theirs):
            shared = True
        elif any(_known(a) for a in mine) and any(_known(b) for b in theirs):
            return False
    return shared


def _known(actor: Actor) -> bool:
    return actor.actor_id is not None or actor.country is not None


def same_party(one: Actor, other: Actor) -> bool:
    """Whether two parties may be one: of one entity, in the same words, or of one country and sector."""
    if one.actor_id is not None or other.actor_id is not None:
        return one.actor_id == other.actor_id
    if one.text is not None and other.text is not None and _words(one.text) == _words(other.text):
        return True
    return one.country is not None and (one.country, one.sectors) == (other.country, other.sectors)


def _words(text: str) -> str:
    words = text.casefold().split()
    return " ".join(w for w in words if w not in {"the", "a", "an"})


def _compatible(one: EventClaim, other: EventClaim) -> bool:
    """Whether place and time, where both are given, agree."""
    if one.place is not None and other.place is not None:
        mine, theirs = one.place.place_id or one.place.text, other.place.place_id or other.place.text
        if mine != theirs and one.place.basis != "inferred" and other.place.basis != "inferred":
            return False
    if one.time is not None and other.time is not None and one.time.start and other.time.start:
        return one.time.start <= (other.time.end or other.time.start) and other.time.start <= (
            one.time.end or one.time.start
        )
    return True


def with_contents(coded: Sequence[EventClaim], acts: Sequence[EventClaim]) -> list[EventClaim]:
    """*coded* with what the requests among *acts* ask for linked to them as their content."""
    spans = {a.key: a.trigger.span for a in acts if a.event_type == "REQUEST" and a.trigger is not None}
    return [_linked(c, spans) for c in coded]


def _linked(claim: EventClaim, requests: Mapping[str, Span | None]) -> EventClaim:
    trigger = None if claim.trigger is None else claim.trigger.span
    if claim.links or trigger is None:
        return claim
    key = next((k for k, span in requests.items() if span is not None and span.overlaps(trigger)), None)
    return claim if key is None else replace(claim, links=(ClaimLink(claim_id=key, kind="content_of"),))
