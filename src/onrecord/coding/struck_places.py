"""Struck places: whom an attack hit of which the report tells only where it was ("the attacks in Arda"), and whose
consulate it was that was attacked in a foreign town ("the Belmark attack")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.coding.arguments import Arguments
from onrecord.coding.parties import Parties
from onrecord.coding.tolls import as_inferred
from onrecord.lexicon.laid_to import load_laid_to
from onrecord.model import Actor, EventClaim, Place

_FORCES = frozenset({"MIL", "COP", "GOV"})
_OUTSIDE = frozenset({"REB", "UAF"})
_STANDING_IN = frozenset({("CVL",), ("GOV",), ()})


def with_those_there(claims: Sequence[EventClaim], arguments: Arguments, parties: Parties) -> list[EventClaim]:
    """*claims* in their order; attacks on nobody told hit those who were there, as inferred."""
    reader = StruckPlaces(arguments, parties)
    return [reader.peopled(claim) if claim.event_type == "ASSAULT" else claim for claim in claims]


def with_foreign_targets(claims: Sequence[EventClaim], arguments: Arguments, parties: Parties) -> list[EventClaim]:
    """*claims* in their order; an attack named after a town hit whom the report tells to have been hit there, where
    these are of another country than the town."""
    reader = StruckPlaces(arguments, parties)
    foreign = [pair for claim in claims if (pair := reader.foreigners(claim)) is not None]
    return [reader.aimed_at(claim, foreign) if claim.event_type == "ASSAULT" else claim for claim in claims]


class StruckPlaces:
    """Reads where the attacks of one report were."""

    def __init__(self, arguments: Arguments, parties: Parties) -> None:
        self.arguments = arguments
        self.parties = parties
        self.words = load_laid_to().on_people
        self.places = {p.span: p for p in parties.layers.toponyms if p.span is not None and p.country is not None}

    def peopled(self, claim: EventClaim) -> EventClaim:
        """*claim* with the people of the place behind its noun, where nobody is told to be hit."""
        noun = self._on_people(claim)
        if claim.recipient or noun is None or not _has_been(claim) or any(self._of_state(a) for a in claim.actor):
            return claim
        there = (self._people(i) for i in self.arguments.obliques(noun).get("in", ()))
        found = tuple(a for a in there if a is not None)
        return _noted(replace(claim, recipient=found), "those who were there") if found else claim

    def foreigners(self, claim: EventClaim) -> tuple[Place, tuple[Actor, ...]] | None:
        """Those of another country whom an attack hit, with the place of it; None where it tells none."""
        place = claim.place
        if claim.event_type != "ASSAULT" or place is None or place.place_id is None or place.basis == "inferred":
            return None
        if not _has_been(claim):
            return None
        hit = tuple(a for a in claim.recipient if a.country not in {None, place.country} and self._sure(a))
        return (place, hit) if hit and len(hit) == len(claim.recipient) else None

    def _sure(self, actor: Actor) -> bool:
        """Whether words, and no guess, tell that somebody other than an armed group or a place was hit."""
        if actor.span is None or actor.span in self.places or set(actor.sectors) & _OUTSIDE:
            return False
        return not (actor.why or "").startswith("learned head") and actor.actor_id != actor.country

    def aimed_at(self, claim: EventClaim, foreign: Sequence[tuple[Place, tuple[Actor, ...]]]) -> EventClaim:
        """*claim* with the foreigners hit at the place that stands for those whom it hit."""
        if len(claim.recipient) != 1 or self._on_people(claim) is None:
            return claim
        here = self._place(claim.recipient[0])
        if here is None or here.precision == "country":
            return claim
        hit = next((hit for place, hit in foreign if place.place_id == here.place_id), None)
        if hit is None:
            return claim
        why = f"hit there, as the report tells elsewhere; {here.text} is only where"
        return _noted(replace(claim, recipient=tuple(as_inferred(a, why) for a in hit)), "hit at the place")

    def _place(self, actor: Actor) -> Place | None:
        """The place whose name stands for those hit, None for other words."""
        span = actor.via.span if actor.via is not None else actor.span
        return self.places.get(span) if span is not None and actor.sectors in _STANDING_IN else None

    def _on_people(self, claim: EventClaim) -> int | None:
        """The noun of a claim, where it tells an attack on whoever is there."""
        inside = () if claim.trigger.span is None else self.arguments.parse.tokens_in(claim.trigger.span)
        noun = self.arguments.token(inside[-1]) if inside and claim.field == "text" else None
        if noun is None or noun.pos not in {"NOUN", "PROPN"} or noun.lemma not in self.words:
            return None
        return noun.index

    def _people(self, index: int) -> Actor | None:
        actor = self.parties.mention(index)
        place = self.places.get(actor.span) if actor is not None and actor.span is not None else None
        if actor is None or place is None or place.usage != "literal" or actor.country != place.country:
            return None
        there = replace(actor, actor_id=None, name=None, sectors=("CVL",), group=None)
        return as_inferred(there, f"an attack in {place.text} is on those who are there")

    @staticmethod
    def _of_state(actor: Actor) -> bool:
        """Whether who attacks is a state or its force, which fights others than those who are there."""
        return bool(_FORCES & set(actor.sectors)) or (actor.actor_id is not None and actor.actor_id == actor.country)


def _has_been(claim: EventClaim) -> bool:
    return claim.modality.mood == "asserted" and claim.modality.polarity == "positive"


def _noted(claim: EventClaim, note: str) -> EventClaim:
    rationale = claim.rationale
    return claim if rationale is None else replace(claim, rationale=replace(rationale, notes=(*rationale.notes, note)))
