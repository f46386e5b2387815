"""Whether what was recorded between two states changes what lists and networks count, or only what people said of it.

Most reviews leave a claim with its actors, place, type and days: lists of actors and places, and who deals with whom,
stay as they are, and need not be made anew each time somebody accepts a claim.
"""

from __future__ import annotations

import numpy as np

from onrecord.serve.mirror import Ints, Snapshot

# Of a claim: what is counted by.
_COUNTED = ("coding", "kind", "status", "type", "first_day", "last_day", "place")


def counts_the_same(before: Snapshot, now: Snapshot) -> bool:
    """Whether all that was recorded since *before* are revisions that leave what is counted as it was."""
    tables = ("reports", "codings", "places", "quotes")
    if before.erasures != now.erasures or any(getattr(before, t).size != getattr(now, t).size for t in tables):
        return False
    c = now.claims
    new = np.arange(before.claims.size, c.size)
    new = new[c["entry"][new] > 0]
    roots = c["root"][new]
    if not (roots > 0).all():
        return False
    # Of a claim that was revised twice in between, each revision is compared with how it was before.
    revised = before.revised(before.entry)[roots]
    old = np.where(revised > 0, revised, roots)
    if any((c[name][new] != c[name][old]).any() for name in _COUNTED):
        return False
    return all(_same_parties(now, int(a), int(b)) for a, b in zip(old, new, strict=True))


def _same_parties(s: Snapshot, one: int, other: int) -> bool:
    first, second = (_parties(s, row) for row in (one, other))
    return first.shape == second.shape and bool((first == second).all())


def _parties(s: Snapshot, row: int) -> Ints:
    """Who is in which slot of a claim, under which name."""
    here = slice(*np.searchsorted(s.slots.row, (row, row + 1)))
    found: Ints = np.stack(
        [s.slots.value[here], *(s.slots.more[name][here].astype(np.int64) for name in ("slot", "named"))]
    )
    return found
