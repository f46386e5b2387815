"""Who is named in how many rows: mentions of actors counted by who they are, each row once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from onrecord.serve.desk import Desk
from onrecord.serve.mirror import Ints, Snapshot


@dataclass(frozen=True, slots=True)
class Units:
    """For each row of actors the number of who it is (-1: nobody of the registry), and id and name of each number."""

    of: Ints
    names: list[tuple[str, str]]


def units(desk: Desk, snapshot: Snapshot) -> Units:
    """Who each row of actors is; made anew only where there are new rows."""
    size = max(snapshot.actors, default=0) + 1

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
    counts = np.bincount(once, minlength=len(who.names))
    found = np.flatnonzero(counts)
    ranked = sorted(found[np.argsort(-counts[found], kind="stable")[: most * 3]].tolist(),
                    key=lambda i: (-counts[i], who.names[i]))  # fmt: skip
    return [(*who.names[i], int(counts[i])) for i in ranked[:most]]
