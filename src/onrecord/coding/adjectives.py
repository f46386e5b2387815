"""Whose strikes "Israeli strikes" are: the state's, not those of some of its people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from onrecord.lexicon.actors import load_actors
from onrecord.model import Actor, EventClaim, Parse

_BESIDE = frozenset({"amod", "nmod", "compound"})


def acts_of_states(parse: Parse, claims: Iterable[EventClaim]) -> Iterator[EventClaim]:
    """*claims* with the state as actor where only its adjective says who acts; people who protest stay people."""
    for claim in claims:
        if claim.event_type == "PROTEST" or not any(_is_adjective(parse, actor) for actor in claim.actor):
            yield claim
        else:
            told = tuple(_state(actor) if _is_adjective(parse, actor) else actor for actor in claim.actor)
            yield replace(claim, actor=told)


def _is_adjective(parse: Parse, actor: Actor) -> bool:
    """Whether the words of an actor of whom nothing else is known are the adjective of a country."""
    if actor.span is None or actor.actor_id is not None or actor.sectors != ("CVL",) or actor.country is None:
        return False
    inside = parse.tokens_in(actor.span)
    token = parse.tokens[inside[0]] if len(inside) == 1 else None
    return token is not None and token.tag == "JJ" and token.dep in _BESIDE


def _state(actor: Actor) -> Actor:
    state = load_actors().states.get(actor.country or "")
    if state is None:
        return actor
    return replace(
        actor, actor_id=state.id, name=state.name, sectors=(), why="the adjective of a state whose act it is"
    )
