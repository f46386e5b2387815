"""The last word on claims: countries that only the context gives, and the codes of other codebooks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.ground.focus import focus_of
from onrecord.ground.in_title import as_titled
from onrecord.ground.played import as_played
from onrecord.ground.registry import Registry
from onrecord.ground.state_peoples import as_states
from onrecord.ground.then import as_they_were
from onrecord.ground.whose import Whose, states_among
from onrecord.lexicon.ontology import Ontology
from onrecord.model import (
    Actor,
    Claim,
    ControlClaim,
    EventClaim,
    FigureClaim,
    Layers,
    RelationClaim,
    Span,
)
from onrecord.text.folding import fold

_SPOKEN = frozenset("AGREE CONSULT SUPPORT CONCEDE REQUEST ACCUSE REJECT THREATEN".split())


def ground_claims(layers: Layers, claims: Iterable[Claim], registry: Registry, ontology: Ontology) -> tuple[Claim, ...]:
    """*claims* with the countries of undescribed actors inferred and with codes.

    A country that no words of the actor give comes from the claim's place, from the one country that
    its sentence names, or from the country that the report is about; the slot then has
    ``basis: inferred`` and says from what.
    """
    claims = tuple(claims)
    focus = focus_of(layers)
    whose = Whose(layers, focus, registry, claims)
    out: list[Claim] = []
    for claim in claims:
        spoken = isinstance(claim, EventClaim) and claim.event_type in _SPOKEN
        where = whose.where(claim, spoken=spoken, states=states_among(_parties(claim)))
        if isinstance(claim, EventClaim):
            day = layers.report.day_of_offices
            claim = as_they_were(as_titled(_with_towns_hit(claim), layers.parse, registry, day), day, registry)
            claim = as_states(claim, layers.parse, focus, registry)
            actor = whose.fill(claim.actor, claim.recipient, where)
            there = replace(where, strict=claim.event_type == "COERCE")
            out.append(replace(claim, actor=actor, recipient=whose.fill(claim.recipient, claim.actor, there)))
        elif isinstance(claim, ControlClaim):
            out.append(replace(claim, holder=whose.fill(claim.holder, (), where)))
        elif isinstance(claim, RelationClaim):
            subject, told_of = whose.fill(claim.subject, (), where), whose.fill(claim.object, (), where)
            out.append(replace(claim, subject=subject, object=told_of))
        else:
            assert isinstance(claim, FigureClaim)
            out.append(claim)
    played = as_played(_lent_as_told(out), layers)
    return tuple(replace(c, codes=codes_of(c, ontology)) if isinstance(c, EventClaim) else c for c in played)


def _lent_as_told(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """*claims* with parties that are told elsewhere (``via``) of the country that was inferred where they are told."""
    told: dict[Span, Actor] = {}
    for claim in claims:
        for actor in (*claim.actor, *claim.recipient) if isinstance(claim, EventClaim) else ():
            if actor.span is not None and actor.country is not None:
                told.setdefault(actor.span, actor)

    def same(slots: Sequence[Actor]) -> tuple[Actor, ...]:
        return tuple(_as_told(a, told.get(a.via.span)) if a.span is None and a.via is not None else a for a in slots)

    return tuple(
        replace(c, actor=same(c.actor), recipient=same(c.recipient)) if isinstance(c, EventClaim) else c for c in claims
    )


def _as_told(actor: Actor, told: Actor | None) -> Actor:
    if told is None or told.sectors != actor.sectors:
        return actor
    return replace(actor, country=told.country)


def codes_of(event: EventClaim, ontology: Ontology) -> tuple[tuple[str, str], ...]:
    """PLOVER, CAMEO, ACLED and quad codes of *event*, after those that it has; what a codebook lacks is left out.

    What is planned or promised is coded as PLOVER codes it: a future CONSULT is AGREE, a future RETREAT
    is CONCEDE.
    """
    ahead = event.modality.mood in {"planned", "promised", "forecast"}
    plover = ontology.future(event.event_type) if ahead else event.event_type
    modes = "+".join(event.modes) if plover == event.event_type else ""
    found = [*event.codes, ("plover", f"{plover}/{modes}" if modes else plover)]
    cameo = ontology.cameo(event.event_type, event.modes, event.modality.mood)
    if cameo:
        found.append(("cameo", cameo))
    if event.modality.mood == "asserted" and event.modality.polarity == "positive":
        acled = ontology.acled(event.event_type, event.modes, _sectors(event.actor), _sectors(event.recipient))
        if acled:
            found.append(("acled", "/".join(acled)))
    found.append(("quad", ontology.quad(event.event_type)))
    return tuple(found)


def _sectors(actors: Sequence[Actor]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s for a in actors for s in a.sectors))


def _with_towns_hit(event: EventClaim) -> EventClaim:
    """*event* with a capital that is attacked as its people: only where it acts does its name mean a government."""
    if event.event_type != "ASSAULT" or not any(_capital(a) for a in event.recipient):
        return event
    people = (replace(a, actor_id=None, sectors=("CVL",)) if _capital(a) else a for a in event.recipient)
    return replace(event, recipient=tuple(people))


def _capital(actor: Actor) -> bool:
    own = actor.actor_id is not None and actor.actor_id == f"{actor.country}.gov"
    words = actor.via.text if actor.via is not None and actor.text is None else actor.text
    return own and actor.name is not None and fold(actor.name) == fold(words or "")


def _parties(claim: Claim) -> tuple[Actor, ...]:
    if isinstance(claim, EventClaim):
        return (*claim.actor, *claim.recipient)
    if isinstance(claim, RelationClaim):
        return (*claim.subject, *claim.object)
    return claim.holder if isinstance(claim, ControlClaim) else ()
