"""Offices of the time: who signed a law as president long ago did so as one, whatever they are when it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from onrecord.ground.registry import Registry
from onrecord.model import Actor, EventClaim, Span

_DAYS_AGO = 90
"""Younger events are told of people as they are called now."""
_NEAR = 60
"""Characters between a time and what is told to have happened then; farther ones may be of another event."""
_GRAINS = frozenset({"day", "week", "month", "quarter", "season", "half-year", "year"})


def as_they_were(event: EventClaim, published: str | None, registry: Registry) -> EventClaim:
    """*event* with the sectors that the people whom the registry knows had at its own time, where the report tells
    one that lies well before its publication."""
    time = event.time
    if published is None or time is None or time.basis != "named" or time.granularity not in _GRAINS:
        return event
    if time.start is None or time.end is None or event.modality.tense != "past":
        return event
    told, deed = time.span, event.trigger.span
    if told is None or deed is None or _between(told, deed) > _NEAR:
        return event
    try:
        start, end = date.fromisoformat(time.start[:10]), date.fromisoformat(time.end[:10])
        ago = (date.fromisoformat(published[:10]) - end).days
    except ValueError:
        return event
    if ago < _DAYS_AGO:
        return event
    days = ((start + (end - start) / 2).isoformat(), start.isoformat())
    actor = tuple(_then(a, days, registry) for a in event.actor)
    return replace(event, actor=actor, recipient=tuple(_then(a, days, registry) for a in event.recipient))


def _between(a: Span, b: Span) -> int:
    return max(a.start, b.start) - min(a.end, b.end)


def _then(actor: Actor, days: Sequence[str], registry: Registry) -> Actor:
    """*actor* as of the first of *days* on which an office was held: who resigns one in a year had it first."""
    known_as = actor.actor_id or ""
    person = registry.tables.entity(known_as) if known_as.startswith("per.") else None
    if person is None or actor.basis == "described":
        return actor
    codes = [registry.codes(person, day) for day in days]
    _, sectors, group = next((c for c in codes if "ELI" not in c[1]), codes[0])
    return replace(actor, sectors=sectors, group=group) if sectors and sectors != actor.sectors else actor
