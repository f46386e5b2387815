"""Titles of the time: "then-President Ruiz" and "President Ruiz's policy" are told of who has left that office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from onrecord.ground.offices import FORMER, OUSTED, SECTOR_OF
from onrecord.ground.registry import Registry
from onrecord.model import Actor, EventClaim, Parse

_OFFICE_OF: Mapping[str, str] = MappingProxyType(
    {"senator": "legislator", "congressman": "legislator", "congresswoman": "legislator"}
)
"""Words for the members of chambers, whom the sector words give no office."""


def as_titled(event: EventClaim, parse: Parse, registry: Registry, day: str | None) -> EventClaim:
    """*event* with the people of the registry by the titles that stand before their names, where those were left."""
    if day is None:
        return event
    actor = tuple(_titled(a, parse, registry, day) for a in event.actor)
    return replace(event, actor=actor, recipient=tuple(_titled(a, parse, registry, day) for a in event.recipient))


def _titled(actor: Actor, parse: Parse, registry: Registry, day: str) -> Actor:
    person = actor.actor_id or ""
    if actor.span is None or actor.basis != "named" or not person.startswith("per."):
        return actor
    inside = parse.tokens_in(actor.span)
    titles = [i for i in (inside[0] - 1, *inside[:-1]) if i >= 0 and parse.tokens[i].head in inside]
    said = {parse.tokens[i].lower.removesuffix("-") for i in range(max(0, inside[0] - 2), inside[-1])}
    if said & (FORMER | OUSTED):
        return actor
    for index in reversed(titles):
        word = registry.sector_word(parse, index)
        office = None if word is None else word.office or _OFFICE_OF.get(word.lemma)
        held = [t for t in registry.tables.terms_of(person) if office is not None and t.office == office]
        if held and all(t.end is not None and t.end < day for t in held):
            return replace(actor, sectors=(SECTOR_OF.get(office or "", "GOV"),), group=None)
    return actor
