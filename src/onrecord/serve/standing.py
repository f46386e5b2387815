"""Actors and places of a case as lists, as the ledger gives them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from onrecord.case.identities import unfound_id
from onrecord.case.keys import day_of
from onrecord.case.who import ActorListing
from onrecord.serve.desk import Ask
from onrecord.serve.mirror import NO_DAY, Ints, Many, Mask, Snapshot
from onrecord.serve.whereabouts import whereabouts


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows in order, by id, and the state of the case that they are of."""

    rows: list[dict[str, Any]]
    state: Hashable
    by_id: dict[str, dict[str, Any]] = field(default_factory=dict)


def actors(ask: Ask) -> Listing:
    """Actors of the case, the most frequent first."""

    def read(_: str | None) -> list[dict[str, Any]]:
        with ask.desk.file.snapshot() as connection:
            return list(_Counted(connection, ask).rows(described=False))

    return _listing(ask, "actors", read, "actor_id")


class _Counted(ActorListing):
    """The ledger's list of actors, with mentions counted in columns instead of by a query over all claims."""

    def __init__(self, connection: Any, ask: Ask) -> None:
        super().__init__(connection, ask.cut, "latest")
        self._ask = ask

    def _mentions(self) -> list[tuple[int, int | None, str, int, int, str | None, str | None]]:
        if any(part.reports for part in self._known.parts):
            # Where people told reports apart it matters in which one somebody is named.
            return super()._mentions()
        s = self._ask.snapshot
        coded = self._ask.standing() & (s.claims["status"] == s.number("status", "coded"))
        slots = np.array([s.number("slot", slot) for slot in ("actor", "holder", "subject", "recipient", "object")])
        chosen = coded[s.slots.row] & np.isin(s.slots.more["slot"], slots)
        told = _grouped(s, s.slots, chosen, s.slots.more["slot"].astype(np.int64), s.claims["coding"])
        quoted = self._ask.quotes("")[s.speakers.row]
        said = _grouped(s, s.speakers, quoted, np.zeros(len(s.speakers.row), dtype=np.int64), s.quotes["coding"])
        return told + said


def _grouped(s: Snapshot, of: Many, chosen: Mask, slot: Ints, coding: Ints) -> list[Any]:
    """Actor, name, slot, 0, in how many rows, and the first and last day of publication, of the mentions chosen."""
    named = of.more["named"].astype(np.int64)[chosen]
    rows, actor, slot = of.row[chosen], of.value[chosen], slot[chosen]
    if not len(rows):
        return []
    key = (actor * (named.max() + 1) + named) * (slot.max() + 1) + slot
    first_of, group = np.unique(key, return_index=True, return_inverse=True)[1:]
    # Whoever is named twice in one claim is named in one.
    once = np.unique(group.astype(np.int64) * (rows.max() + 1) + rows) // (rows.max() + 1)
    counts = np.bincount(once, minlength=len(first_of))
    days = s.reports["day"][s.codings["report"][coding[rows]]]
    first, last = np.full(len(first_of), NO_DAY), np.full(len(first_of), -1, dtype=np.int64)
    dated = days != NO_DAY
    np.minimum.at(first, group[dated], days[dated])
    np.maximum.at(last, group[dated], days[dated])
    return [
        (
            int(actor[i]),
            int(named[i]) or None,
            s.word(slot[i]) or "speaker",
            0,
            int(counts[g]),
            _day(first[g]),
            _day(last[g]),
        )
        for g, i in enumerate(first_of.tolist())
    ]


def _day(number: int) -> str | None:
    return None if number in (NO_DAY, -1) else day_of(int(number))


def places(ask: Ask) -> Listing:
    """Places of the case, the most frequent first; ``control`` counts the claims on who holds them."""

    def read(moment: str | None) -> list[dict[str, Any]]:
        held = _held(ask)
        rows = ask.desk.case.places(as_of=moment, control=False)
        return [{**row, "control": held.get(row["place_id"], 0)} for row in rows]

    return _listing(ask, "places", read, "place_id")


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
        state: Hashable = (name, ask.snapshot.version)
        # What people have just decided of actors and places is seen at once.
        found = ask.desk.latest.get((name, ask.decided()), state, lambda: make(None, state))
    else:
        then: Hashable = (name, ask.cut, ask.snapshot.erasures)
        found = ask.desk.once(then, lambda: make(ask.moment(), then), kind="lists", limit=8)
    return found
