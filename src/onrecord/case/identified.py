"""Claims as people's corrections of actors and places have them: who is one with whom, and where places lie.

The claims themselves stay as they were coded; what is made here is for merging and comparing only.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from onrecord.case.codec import Json
from onrecord.case.folding import fold
from onrecord.case.identities import Decided, Identities, Part, unfound_id
from onrecord.case.naming import name_key
from onrecord.lexicon.actors import load_actors
from onrecord.model import Actor, EventClaim, Place

_PLACE_VALUES = ("name", "admin1", "admin2", "country", "lat", "lon")


class Identified:
    """Rewrites event claims by the corrections that stand at journal entry *cut*."""

    def __init__(self, connection: sqlite3.Connection, cut: int) -> None:
        self._known = Identities(connection, cut)
        # Most cases have none; nothing is looked up there.
        self._any = bool(self._known.decided)
        self._places: dict[str, Json] = {}

    def event(self, claim: EventClaim) -> EventClaim:
        """*claim* with actors, recipients and place as decided; itself where nothing was decided of them."""
        if not self._any:
            return claim
        actor = tuple(self._actor(a, claim.report_id) for a in claim.actor)
        recipient = tuple(self._actor(a, claim.report_id) for a in claim.recipient)
        place = None if claim.place is None else self._place(claim.place, claim.report_id)
        if (actor, recipient, place) == (claim.actor, claim.recipient, claim.place):
            return claim
        return replace(claim, actor=actor, recipient=recipient, place=place)

    def _actor(self, actor: Actor, report_id: str) -> Actor:
        named = name_key(actor)
        unit = actor.actor_id or (named.key if named else None)
        one = self._decided(unit, report_id, actor.name or (named.name if named else actor.text))
        if one is None:
            return actor
        entity = load_actors().entity(one.id) if one.id != actor.actor_id else None
        name = actor.name or (named.name if named else None)
        found = replace(actor, actor_id=one.id, name=one.values.get("name") or (entity.name if entity else name))
        if entity is not None:
            country = entity.id if entity.kind == "state" else entity.country
            found = replace(found, country=country, sectors=entity.sectors)
        country = one.values.get("country", found.country)
        sectors = tuple(one.values.get("sectors", found.sectors))
        return replace(found, country=country, sectors=sectors, group=one.values.get("group", found.group))

    def _place(self, place: Place, report_id: str) -> Place:
        unit = place.place_id or (unfound_id(place.text) if place.text and place.name is None else None)
        one = self._decided(unit, report_id, place.name or place.text)
        if one is None:
            return place
        if one.id not in self._places:
            self._places[one.id] = self._known.place_row(one)
        row = self._places[one.id]
        values = {key: row[key] for key in _PLACE_VALUES if row[key] is not None}
        return replace(place, place_id=one.id, **values)

    def _decided(self, unit: str | None, report_id: str, name: str | None) -> Decided | None:
        """What was decided of *unit* as it is named in one report: of the part that was split off, where it is."""
        if unit is None:
            return None
        part = self._part(unit, report_id, fold(name or ""))
        return self._known.of(part.unit if part else unit)

    def _part(self, unit: str, report_id: str, name: str) -> Part | None:
        last: Part | None = None
        for part in self._known.parts:
            home = last.unit if last else unit
            if home in part.of and (report_id in part.reports or name in map(fold, part.names)):
                last = part
        return last


def touched_reports(connection: sqlite3.Connection, cut: int, since: int) -> set[int]:
    """Row numbers of reports with claims of what was decided on after row *since* of the corrections."""
    units = _units(connection, since)
    if not units:
        return set()
    known = Identities(connection, cut)
    units |= {mate for unit in units for mate in known.units(unit)}
    found: set[int] = set()
    for which in known.mentions(Decided("actor", sorted(units))):
        found |= _told(connection, "s.actor", which.actors) | _told(connection, "s.named", which.names)
        found |= _told(connection, "c.place", which.places)
    return found


def _units(connection: sqlite3.Connection, since: int) -> set[str]:
    sql = (
        "SELECT o.members, o.value FROM corrections c JOIN corrections o ON o.correction IN (c.correction, c.undoes) "
        "WHERE c.correction > ?"
    )
    found: set[str] = set()
    for members, value in connection.execute(sql, (since,)):
        part = json.loads(value or "{}").get("id")
        found |= {*json.loads(members or "[]"), *([part] if part else [])}
    return found


def _told(connection: sqlite3.Connection, column: str, numbers: Iterable[int]) -> set[int]:
    slots = "JOIN slots s ON s.claim = c.claim " if column.startswith("s.") else ""
    sql = (
        f"SELECT DISTINCT k.report FROM claims c JOIN codings k USING (coding) {slots}"
        f"WHERE {column} IN (SELECT value FROM json_each(?))"
    )
    listed = sorted(numbers)
    return {row[0] for row in connection.execute(sql, (json.dumps(listed),))} if listed else set()
