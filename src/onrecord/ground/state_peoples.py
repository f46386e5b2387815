"""States and their peoples: "the Saudis" who reject a plan are Saudi Arabia, those who are killed are people, and so
are rural America and black Britain, whatever they do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.ground.focus import MOSTLY, Focus
from onrecord.ground.registry import Registry
from onrecord.lexicon.whose import whose
from onrecord.model import Actor, EventClaim, Parse
from onrecord.text.folding import fold

_PEOPLE = ("CVL",)
_PLURAL = ("s", "ese", "sh", "ch", "men")
_DEALT_WITH = frozenset("AGREE CONSULT SUPPORT CONCEDE COOPERATE REQUEST ACCUSE REJECT THREATEN SANCTION".split())
_DONE = _DEALT_WITH | frozenset("ASSAULT COERCE MOBILIZE RETREAT AID".split())
"""What states do and is done to states; to crowds, to prisoners and for the poor other things are done."""
_VOTED = frozenset({"SUPPORT", "REJECT"})
"""What the people of a country do at its polls."""

_TELLING_WHICH = frozenset({"relcl", "acl", "amod", "nummod", "appos", "compound", "prep"})


def as_states(event: EventClaim, parse: Parse, focus: Focus | None, registry: Registry) -> EventClaim:
    """*event* with whole peoples as the states that they stand for, where one state deals with another.

    Beside another party of their country, and at the polls of the country that a report is about, people are people.
    """
    at_home = focus.country if focus is not None and focus.share >= MOSTLY else None

    def meant(slots: Sequence[Actor], others: Sequence[Actor], types: frozenset[str]) -> tuple[Actor, ...]:
        slots = tuple(_people(a) for a in slots)
        if event.event_type not in types:
            return slots
        countries = {a.country for a in others}
        if event.event_type in _VOTED:
            countries.add(at_home)
        return tuple(_state(a, parse, registry) if a.country not in countries else a for a in slots)

    return replace(
        event,
        actor=meant(event.actor, event.recipient, _DONE),
        recipient=meant(event.recipient, event.actor, _DEALT_WITH),
    )


def _people(actor: Actor) -> Actor:
    """*actor* as people, where its words are a state's name that an adjective says some of its people by."""
    words = (actor.text or "").lower().removeprefix("the ").split()
    state = actor.actor_id is not None and actor.actor_id == actor.country
    if not state or len(words) < 2 or words[0] not in whose("part_of_people"):
        return actor
    return replace(actor, actor_id=None, name=None, basis="described", sectors=_PEOPLE)


def _state(actor: Actor, parse: Parse, registry: Registry) -> Actor:
    """*actor* as a state, where its words are "the" and the name of all its people alone."""
    if actor.basis != "described" or actor.sectors != _PEOPLE or actor.span is None or actor.actor_id is not None:
        return actor
    article, _, people = (actor.text or "").partition(" ")
    state = registry.tables.states.get(actor.country or "")
    if article.lower() != "the" or state is None or state.status != "member" or not people.endswith(_PLURAL):
        return actor  # nor do those without a state of their own all speak through one body
    if fold(people) not in {fold(word) for word in state.people}:
        return actor
    heads = parse.heads_in(parse.tokens_in(actor.span)) if actor.field == "text" else ()
    if any(parse.tokens[c].dep in _TELLING_WHICH for i in heads for c in parse.children[i]):
        return actor  # "the Ardans who were held"
    return replace(actor, actor_id=actor.country, name=state.name, sectors=())
