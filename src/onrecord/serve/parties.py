"""Who is named in how many rows: mentions of actors counted by who they are, each row once."""

from __future__ import annotations

import numpy as np

from onrecord.serve.mirror import Ints, Snapshot


def counted(snapshot: Snapshot, rows: Ints, actors: Ints, most: int) -> list[tuple[str, str, int]]:
    """Id, name and number of rows of those named in *rows* by *actors* (rows of actors), the most frequent first.

    Those without an id of the registry are left out. One who is named twice in a row is counted once.
    """
    if not len(rows):
        return []
    present, inverse = np.unique(actors, return_inverse=True)
    unit: dict[str, int] = {}
    names: list[tuple[str, str]] = []
    units = np.full(len(present), -1, dtype=np.int64)
    for i, number in enumerate(present.tolist()):
        who = snapshot.actors[number]
        if who.actor_id is None:
            continue
        if who.actor_id not in unit:
            unit[who.actor_id] = len(names)
            names.append((who.actor_id, who.name or who.actor_id))
        units[i] = unit[who.actor_id]
    of = units[inverse.ravel()]
    known = of >= 0
    many = int(rows.max()) + 1
    once = np.unique(of[known] * many + rows[known]) // many
    counts = np.bincount(once, minlength=len(names))
    order = sorted(range(len(names)), key=lambda i: (-counts[i], names[i]))[:most]
    return [(*names[i], int(counts[i])) for i in order]
