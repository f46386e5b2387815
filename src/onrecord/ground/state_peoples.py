"""States called by their people: "the Saudis" who reject a plan are Saudi Arabia, those who are killed are people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.ground.focus import MOSTLY, Focus
from onrecord.ground.registry import Registry
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
        if event.event_type not in types:
            return tuple(slots)
        countries = {a.country for a in others}
        if event.event_type in _VOTED:
            countries.add(at_home)
        return tuple(_state(a, parse, registry) if a.country not in countries else a for a in slots)

    return replace(
        event,
        actor=meant(event.actor, event.recipient, _DONE),
        recipient=meant(event.recipient, event.actor, _DEALT_WITH),
    )


def _state(actor: Actor, parse: Parse, registry: Registry) -> Actor:
    """*actor* as a state, where its words are "the" and the name of all its people alone."""
    if actor.basis != "described" or actor.sectors != _PEOPLE or actor.span is None or actor.actor_id is not None:
        return actor
    article, _, people = (actor.text or "").partition(" ")
    state = registry.tables.states.get(actor.country or "")
    if article.lower() != "the" or state is None or not people.endswith(_PLURAL):
        return actor
    if fold(people) not in {fold(word) for word in state.people}:
        return actor
    heads = parse.heads_in(parse.tokens_in(actor.span)) if actor.field == "text" else ()
    if any(parse.tokens[c].dep in _TELLING_WHICH for i in heads for c in parse.children[i]):
        return actor  # "the Ardans who were held"
    return replace(actor, actor_id=actor.country, name=state.name, sectors=())
