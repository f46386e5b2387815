"""Actors and places of a case as lists, as the ledger gives them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from onrecord.case.identities import unfound_id
from onrecord.serve.desk import Ask


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows in order, by id, and the state of the case that they are of."""

    rows: list[dict[str, Any]]
    state: Hashable
    by_id: dict[str, dict[str, Any]] = field(default_factory=dict)


def actors(ask: Ask) -> Listing:
    """Actors of the case, the most frequent first."""
    return _listing(ask, "actors", lambda moment: ask.desk.case.actors(as_of=moment), "actor_id")


def places(ask: Ask) -> Listing:
    """Places of the case, the most frequent first; ``control`` counts the claims on who holds them."""

    def read(moment: str | None) -> list[dict[str, Any]]:
        held = _held(ask)
        rows = ask.desk.case.places(as_of=moment, control=False)
        return [{**row, "control": held.get(row["place_id"], 0)} for row in rows]

    return _listing(ask, "places", read, "place_id")


def _held(ask: Ask) -> Counter[str]:
    """How many claims of control speak of each place."""
    s = ask.snapshot
    control = ask.standing() & (s.claims["kind"] == s.number("kind", "control"))
    control &= s.claims["status"] == s.number("status", "coded")
    found: Counter[str] = Counter()
    for place in s.claims["place"][np.flatnonzero(control)].tolist():
        place_id, _, _, _, words = s.place_names.get(place, (None,) * 5)
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
        found = ask.desk.latest.get(name, state, lambda: make(None, state))
    else:
        then: Hashable = (name, ask.cut, ask.snapshot.erasures)
        found = ask.desk.once(then, lambda: make(ask.moment(), then), kind="lists", limit=8)
    return found
