"""Actors and places of a case as lists, as the ledger gives them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from onrecord.case.identities import unfound_id
from onrecord.case.where import listed
from onrecord.case.who import ActorListing, actor_tables
from onrecord.serve.desk import Ask
from onrecord.serve.mentions import Groups, groups_of
from onrecord.serve.persons import persons
from onrecord.serve.whereabouts import whereabouts


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows in order, by id, and the state of the case that they are of."""

    rows: list[dict[str, Any]]
    state: Hashable
    by_id: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kept:
    """Rows of actors by id, each with the mark of what it was made from, and what else all depend on."""

    same: Hashable
    rows: dict[str, tuple[int, dict[str, Any]]]


def actors(ask: Ask) -> Listing:
    """Actors of the case, the most frequent first."""

    def read(_: str | None) -> list[dict[str, Any]]:
        with ask.desk.file.snapshot() as connection:
            counted = _Counted(connection, ask)
            return counted.by_person() if counted.simple else list(counted.rows(described=False))

    return _listing(ask, "actors", read, "actor_id")


def busiest(ask: Ask, most: int) -> tuple[int, list[dict[str, Any]]]:
    """How many actors there are, and the first rows of their list; without making the whole list."""

    def make() -> tuple[int, list[dict[str, Any]]]:
        with ask.desk.file.snapshot() as connection:
            counted = _Counted(connection, ask)
            if not counted.simple:
                rows = actors(ask).rows
                return len(rows), rows[:most]
            return counted.first(most)

    key = ("busiest", ask.counted(), ask.decided(), most)
    found: tuple[int, list[dict[str, Any]]] = ask.desk.once(key, make, kind="busiest", limit=4)
    return found


class _Counted(ActorListing):
    """The ledger's list of actors, with mentions counted in columns instead of by a query over all claims."""

    def __init__(self, connection: Any, ask: Ask) -> None:
        s = ask.snapshot
        key = ("tables of actors", max(s.actors, default=0), max(s.names, default=0), s.erasures)
        tables = ask.desk.once(key, lambda: actor_tables(connection), kind="tables of actors", limit=1)
        super().__init__(connection, ask.cut, "latest", tables)
        self._ask = ask
        self._some: list[Any] | None = None
        # Where people told reports apart it matters in which one somebody is named.
        self.simple = not any(part.reports for part in self._known.parts)

    def _mentions(self) -> list[tuple[int, int | None, str, int, int, str | None, str | None]]:
        if self._some is not None:
            return self._some
        return self._counted().rows() if self.simple else super()._mentions()

    def _counted(self) -> Groups:
        s = self._ask.snapshot
        return groups_of(s, self._ask.standing(), self._ask.quotes(""))

    def _of(self, some: Groups) -> list[dict[str, Any]]:
        self._some = some.rows()
        return list(self.rows(described=False))

    def first(self, most: int) -> tuple[int, list[dict[str, Any]]]:
        """How many actors there are, and the rows of those who are named most."""
        found = self._counted()
        person = persons(self._ask).of_rows(found.actor, found.named)
        totals = np.bincount(person[person >= 0], weights=found.count[person >= 0])
        known = np.flatnonzero(totals)
        least = float(np.sort(totals[known])[-most:][0]) if len(known) else 0.0
        # Of those named equally often the names decide: all of them are looked at.
        chosen = np.isin(person, known[totals[known] >= least])
        return len(known), self._of(found.of(chosen))[:most]

    def by_person(self) -> list[dict[str, Any]]:
        """All rows; those of actors of whom nothing changed since the last time are taken from there."""
        found, who = self._counted(), persons(self._ask)
        person = who.of_rows(found.actor, found.named)
        found, person = found.of(person >= 0), person[person >= 0]
        marks = found.marks(person, len(who.ids))
        before = self._ask.desk.known_actors if self._ask.as_of is None else None
        same = (self._ask.decided(), self._ask.snapshot.erasures)
        kept = before.rows if before is not None and before.same == same else {}
        ids = [str(who.ids[i]) for i in np.flatnonzero(marks).tolist()]
        now = dict(zip(ids, marks[marks != 0].tolist(), strict=True))
        rows = {id_: kept[id_] for id_, mark in now.items() if id_ in kept and kept[id_][0] == mark}
        new = np.zeros(len(who.ids), dtype=bool)
        new[[who.number[id_] for id_ in now.keys() - rows.keys()]] = True
        made = {row["actor_id"]: row for row in self._of(found.of(new[person]))}
        assert made.keys() == now.keys() - rows.keys(), "the columns and the ledger tell persons apart differently"
        rows |= {id_: (now[id_], row) for id_, row in made.items()}
        if self._ask.as_of is None:
            self._ask.desk.known_actors = Kept(same, rows)
        return sorted(
            (row for _, row in rows.values()),
            key=lambda r: (-(r["did"] + r["suffered"] + r["said"]), r["name"] or r["text"] or "", r["actor_id"] or ""),
        )


def places(ask: Ask) -> Listing:
    """Places of the case, the most frequent first; ``control`` counts the claims on who holds them."""

    def read(_: str | None) -> list[dict[str, Any]]:
        held = _held(ask)
        with ask.desk.file.snapshot() as connection:
            rows = listed(connection, ask.cut, _spoken_of(ask))
        for row in rows:
            del row["rows"]
        return [{**row, "control": held.get(row["place_id"], 0)} for row in rows]

    return _listing(ask, "places", read, "place_id")


def count_places(ask: Ask) -> int:
    """How many places there are, without making their list."""
    where = whereabouts(ask)
    names = (where.name(number) for number, _, _ in _spoken_of(ask))
    return len({place_id or unfound_id(str(words)) for place_id, _, _, _, words in names if place_id or words})


def _spoken_of(ask: Ask) -> list[tuple[int, int, int]]:
    """Rows of places with how many claims and how many reports speak of each."""
    key = ("places spoken of", ask.counted())
    found: list[tuple[int, int, int]] = ask.desk.once(key, lambda: _count_spoken_of(ask), "places spoken of", 4)
    return found


def _count_spoken_of(ask: Ask) -> list[tuple[int, int, int]]:
    s = ask.snapshot
    rows = np.flatnonzero(
        ask.standing() & (s.claims["status"] == s.number("status", "coded")) & (s.claims["place"] > 0)
    )
    places, reports = s.claims["place"][rows], s.codings["report"][s.claims["coding"][rows]]
    claims = np.bincount(places, minlength=s.places.size)
    pairs = np.unique(places * s.reports.size + reports) // s.reports.size
    told = np.bincount(pairs, minlength=s.places.size)
    return [(number, int(claims[number]), int(told[number])) for number in np.flatnonzero(claims).tolist()]


def _held(ask: Ask) -> Counter[str]:
    """How many claims of control speak of each place."""
    s, where = ask.snapshot, whereabouts(ask)
    control = ask.standing() & (s.claims["kind"] == s.number("kind", "control"))
    control &= s.claims["status"] == s.number("status", "coded")
    found: Counter[str] = Counter()
    for place in s.claims["place"][np.flatnonzero(control)].tolist():
        place_id, _, _, _, words = where.name(place)
        known = place_id or (unfound_id(words) if words else None)
        if known:
            found[known] += 1
    return found


def _listing(ask: Ask, name: str, read: Any, key: str) -> Listing:
    def make(moment: str | None, state: Hashable) -> Listing:
        rows = list(read(moment))
        return Listing(rows, state, {row[key]: row for row in rows if row[key]})

    found: Listing
    if ask.moment() is None:
        state: Hashable = (name, ask.counted(), ask.decided())
        # What people have just decided of actors and places is seen at once.
        found = ask.desk.latest.get((name, ask.decided()), state, lambda: make(None, state))
    else:
        then: Hashable = (name, ask.cut, ask.snapshot.erasures)
        found = ask.desk.once(then, lambda: make(ask.moment(), then), kind="lists", limit=8)
    return found
