"""Charges: who gains where a court or prosecutor drops what is held against somebody, and the clause names nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.coding.arguments import Arguments
from onrecord.coding.parties import Parties, without
from onrecord.coding.tolls import as_inferred
from onrecord.lexicon.aimed import load_aimed
from onrecord.model import Actor, EventClaim

_HELD = frozenset({"allege", "arrest", "convict"})
_REACH = 5
"""Sentences back in which a report may have told who was charged."""


def with_cleared(claims: Sequence[EventClaim], arguments: Arguments, parties: Parties) -> list[EventClaim]:
    """*claims* in their order; dropped charges have as recipient whom the clause goes on about ("dismissed the charges
    and released him"), else who was told lately to have been charged or held, if that is one party."""
    found: list[EventClaim] = []
    for claim in claims:
        verb = _verb(claim, arguments)
        if verb is not None and not claim.recipient and claim.event_type == "CONCEDE":
            told = _goes_on(verb, arguments, parties) or _held(verb, found, arguments)
            claim = replace(claim, recipient=without(told, claim.actor)) if told else claim
        found.append(claim)
    return found


def _verb(claim: EventClaim, arguments: Arguments) -> int | None:
    """The verb that drops charges in *claim*."""
    inside = () if claim.trigger.span is None else arguments.parse.tokens_in(claim.trigger.span)
    verb = next((i for i in inside if arguments.token(i).pos == "VERB"), None)
    things = () if verb is None else arguments.objects(verb)
    return verb if any(arguments.token(i).lemma in load_aimed().charges for i in things) else None


def _goes_on(verb: int, arguments: Arguments, parties: Parties) -> tuple[Actor, ...]:
    """Whom the verb joined to this one is done to."""
    for other in arguments.children(verb, ("conj",)):
        people = [i for i in arguments.children(other, ("dobj",)) if parties.is_human(i) or _pronoun(i, arguments)]
        if arguments.token(other).pos == "VERB" and not arguments.own_subjects(other) and people:
            return tuple(a for i in people for a in parties.parties(i) if a.basis != "unresolved")
    return ()


def _pronoun(index: int, arguments: Arguments) -> bool:
    return arguments.token(index).lower in {"him", "her", "them"}


def _held(verb: int, before: Sequence[EventClaim], arguments: Arguments) -> tuple[Actor, ...]:
    """Who was told lately to have been charged, arrested or convicted, if that is one party."""
    here = arguments.token(verb).sentence
    for earlier in reversed(before):
        at = () if earlier.trigger.span is None else arguments.parse.tokens_in(earlier.trigger.span)
        if not at or here - arguments.token(at[0]).sentence > _REACH:
            continue
        if _HELD & set(earlier.modes) and earlier.modality.polarity == "positive" and earlier.recipient:
            told = earlier.trigger.text or ""
            why = f"not told here; the report has told against whom it is: {told}"
            plain = len(earlier.recipient) == 1 and earlier.recipient[0].basis != "unresolved"
            return (as_inferred(earlier.recipient[0], why),) if plain else ()
    return ()
