"""Ties of the registry that ships: memberships and terms of office, between actors, on a day."""

from __future__ import annotations

from typing import Any

from onrecord.lexicon.actors import load_actors


def memberships(actor_id: str) -> list[dict[str, Any]]:
    """Dated memberships and terms of office in which the registry has an actor on either side."""
    tables = load_actors()

    def side(entity_id: str) -> dict[str, Any]:
        entity = tables.entity(entity_id)
        return {"actor_id": entity_id, "name": entity.name if entity else entity_id}

    found = [
        {"relation": tie.relation, "from": side(tie.member), "to": side(tie.whole), "start": tie.start, "end": tie.end,
         "title": None, "open": False}
        for tie in tables.ties(actor_id)
    ]  # fmt: skip
    found += [
        {"relation": term.office, "from": side(term.person), "to": side(term.country), "start": term.start,
         "end": term.end, "title": term.title, "open": term.open}
        for term in tables.terms_of(actor_id)
    ]  # fmt: skip
    return sorted(found, key=lambda row: (row["start"] or "", row["relation"]))


def registered(shown: set[str], me: str | None, at: str | None) -> list[dict[str, Any]]:
    """Ties between the actors *shown*, and of *me* with anybody, that hold on the day *at* (or ever), as links."""
    tables = load_actors()
    found: dict[tuple[str, ...], dict[str, Any]] = {}

    def add(ends: tuple[str, str], **said: Any) -> None:
        if me in ends or shown.issuperset(ends):
            untold = {"basis": "registry", "by": {}, "claims": 0, "denied": 0, "claim_ids": [], "known": ends}
            key = (*ends, said["relation"], said["start"] or "")
            found[key] = {"from": ends[0], "to": ends[1], **said, **untold}

    for key in sorted(shown):
        for tie in tables.ties(key):
            if at is None or tie.covers(at):
                said = {"relation": tie.relation, "start": tie.start, "end": tie.end}
                add((tie.member, tie.whole), kind="membership", title=None, **said)
        for term in tables.terms_of(key):
            # Where nobody noted the end of a term it may have lasted.
            if at is None or term.covers(at) is not False:
                said = {"relation": term.office, "start": term.start, "end": term.end}
                add((term.person, term.country), kind="office", title=term.title, **said)
    return [found[key] for key in sorted(found)]
