"""Namesakes: people of a report who share a name with something that the registry knows."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model import Actor, Parse


def without_seats(found: Sequence[Actor], parse: Parse) -> tuple[Actor, ...]:
    """*found* with a name that is a seat of government elsewhere left a person's where the report calls somebody so in
    full ("Douglas" after "Robert Douglas")."""
    people = {
        parse.tokens[e.last].text.casefold(): e for e in parse.entities if e.label == "PERSON" and e.last > e.first
    }
    return tuple(
        Actor(text=a.text, span=a.span, basis="named")
        if a.sectors == ("GOV",) and (a.actor_id or "").endswith(".gov") and (a.text or "").casefold() in people
        else a
        for a in found
    )
