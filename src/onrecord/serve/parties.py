"""Who is named in how many rows: mentions of actors counted by who they are, each row once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from onrecord.serve.desk import Desk
from onrecord.serve.mirror import Ints, Mask, Snapshot

ROLES = {"actor": ("actor", "holder", "subject"), "recipient": ("recipient", "object"), "speaker": ("speaker",)}


@dataclass(frozen=True, slots=True)
class Units:
    """For each row of actors the number of who it is (-1: nobody of the registry), and id and name of each number."""

    of: Ints
    names: list[tuple[str, str]]


def units(desk: Desk, snapshot: Snapshot) -> Units:
    """Who each row of actors is; made anew only where there are new rows."""
    # Rows are read in their order.
    size = next(reversed(snapshot.actors), 0) + 1

    def make() -> Units:
        known: dict[str, int] = {}
        names: list[tuple[str, str]] = []
        of = np.full(size, -1, dtype=np.int64)
        for number, who in list(snapshot.actors.items()):
            if who.actor_id is None or number >= size:
                continue
            if who.actor_id not in known:
                known[who.actor_id] = len(names)
                names.append((who.actor_id, who.name or who.actor_id))
            of[number] = known[who.actor_id]
        return Units(of, names)

    found: Units = desk.once(("units", size, snapshot.erasures), make, kind="units", limit=2)
    return found


@dataclass(slots=True)
class Roles:
    """For each role the claims in which somebody of the registry has it: each person once a claim, by number.

    Claims never change: what was found for some rows stays, and later rows are looked at once.
    """

    upto: int
    rows: dict[str, Ints]
    units: dict[str, Ints]


def roles(desk: Desk, s: Snapshot) -> Roles:
    """Who has which role in which claim."""
    key = ("roles", len(s.slots.row), next(reversed(s.actors), 0), s.erasures)

    def make() -> Roles:
        who, before = units(desk, s), desk.known_roles.get(s.erasures)
        if before is not None and before.upto > len(s.slots.row):
            before = None
        since = before.upto if before is not None else 0
        row, slot = s.slots.row[since:], s.slots.more["slot"][since:]
        unit = who.of[s.slots.value[since:]]
        found = Roles(len(s.slots.row), {}, {})
        for role, of in ROLES.items():
            chosen = (unit >= 0) & np.isin(slot, [s.number("slot", name) for name in of])
            many = len(who.names) + 1
            once = np.unique(row[chosen] * many + unit[chosen])
            rows, persons = once // many, once % many
            if before is not None:
                rows = np.concatenate([before.rows[role], rows])
                persons = np.concatenate([before.units[role], persons])
            found.rows[role], found.units[role] = rows, persons
        desk.known_roles = {s.erasures: found}
        return found

    found: Roles = desk.once(key, make, kind="roles", limit=2)
    return found


def counted_in(who: Units, rows: Ints, persons: Ints, chosen: Mask, most: int) -> list[tuple[str, str, int]]:
    """Id, name and number of claims of those who have a role in the claims *chosen*, the most frequent first."""
    counts = np.bincount(persons[chosen[rows]], minlength=len(who.names))
    return _ranked(who, counts, most)


def counted(who: Units, rows: Ints, actors: Ints, most: int) -> list[tuple[str, str, int]]:
    """Id, name and number of rows of those named in *rows* by *actors* (rows of actors), the most frequent first.

    Those without an id of the registry are left out. One who is named twice in a row is counted once.
    """
    of = who.of[actors]
    known = of >= 0
    if not known.any():
        return []
    many = int(rows.max()) + 1
    once = np.unique(of[known] * many + rows[known]) // many
    return _ranked(who, np.bincount(once, minlength=len(who.names)), most)


def _ranked(who: Units, counts: Ints, most: int) -> list[tuple[str, str, int]]:
    found = np.flatnonzero(counts)
    ranked = sorted(found[np.argsort(-counts[found], kind="stable")[: most * 3]].tolist(),
                    key=lambda i: (-counts[i], who.names[i]))  # fmt: skip
    return [(*who.names[i], int(counts[i])) for i in ranked[:most]]
