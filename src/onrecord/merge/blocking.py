"""Which event claims are worth comparing: blocks by family, day, place and parties.

A claim enters a block for each day that it may be of and each way to name its place; claims without a place meet
through their parties, and within their report. A block that is too large is cut by finer keys, and what is still too
large is read in order with a window, so that cost grows almost linearly.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

from onrecord.lexicon.merging import MergingLexicon
from onrecord.merge.sketch import Sketch

_MANY_DAYS = 10
_COARSE = 7
Key = tuple[str | int, ...]


def candidate_pairs(sketches: Sequence[Sketch], lexicon: MergingLexicon) -> Iterator[tuple[int, int]]:
    """Index pairs (i < j) into *sketches*, each once; *sketches* must be sorted by claim id."""
    blocks: dict[Key, list[int]] = defaultdict(list)
    number = {s.claim_id: i for i, s in enumerate(sketches)}
    for i, item in enumerate(sketches):
        for key in block_keys(item):
            blocks[key].append(i)
    seen: set[int] = set()
    n = len(sketches)
    for key, members in blocks.items():
        if len(members) < 2:
            continue
        mixed = "admin" in key
        for i, j in _pairs(members, sketches, lexicon):
            if mixed and sketches[i].fine and sketches[j].fine:
                continue
            code = i * n + j
            if code not in seen:
                seen.add(code)
                yield i, j
    for i, item in enumerate(sketches):
        for _, other in item.links:
            j = number.get(other, i)
            code = min(i, j) * n + max(i, j)
            if i != j and code not in seen:
                seen.add(code)
                yield min(i, j), max(i, j)


def block_keys(item: Sketch) -> Iterator[Key]:
    """The blocks that a claim enters; distinct."""
    yield ("report", item.family, item.report_id)
    days = _days(item)
    wheres = list(_wheres(item))
    for day in days:
        for where in wheres:
            yield (item.family, day, *where)


def _days(item: Sketch) -> list[int | str]:
    if item.days is None:
        return ["any"]
    first, last = item.days.first, item.days.last
    if last - first > _MANY_DAYS:
        # Weeks apart from days: a month's claim meets others of weeks, and of days through its own weeks.
        return [f"w{w}" for w in range(first // _COARSE, min(last // _COARSE, first // _COARSE + 60) + 1)]
    padded: list[int | str] = list(range(first - (not item.days.loose), last + 1 + (not item.days.loose)))
    return padded + [f"w{w}" for w in sorted({first // _COARSE, last // _COARSE})]


def _wheres(item: Sketch) -> Iterator[Key]:
    place = item.place
    for key in sorted(item.place_keys):
        yield ("name", key)
    if place is not None and place.lat is not None and place.lon is not None and item.fine:
        # Two half-degree grids, one shifted by half a cell: neighbours share a cell of one of them.
        for shift in (0.0, 0.25):
            yield ("cell", math.floor((place.lat + shift) * 2), math.floor((place.lon + shift) * 2), int(shift * 4))
    if place is not None and place.country:
        # A claim about a province meets the towns in it; two towns meet by name or by grid.
        yield ("admin", place.country, place.admin1 or place.name or "")
    if place is None or not item.fine:
        for party in sorted(item.actors | item.recipients):
            yield ("party", party)


def _pairs(members: Sequence[int], sketches: Sequence[Sketch], lexicon: MergingLexicon) -> Iterator[tuple[int, int]]:
    """All pairs of a small block; of a large one those that share a finer key, or are neighbours in order."""
    if len(members) <= lexicon.limits["block"]:
        yield from ((i, j) for k, j in enumerate(members) for i in members[:k])
        return
    finer: dict[Key, list[int]] = defaultdict(list)
    for i in members:
        for key in _finer(sketches[i]):
            finer[key].append(i)
    window = int(lexicon.limits["window"])
    for part in finer.values():
        if len(part) <= lexicon.limits["block"]:
            yield from ((i, j) for k, j in enumerate(part) for i in part[:k])
            continue
        ordered = sorted(part, key=lambda i: (sketches[i].trigger, sketches[i].figures, sketches[i].order))
        for k, i in enumerate(ordered):
            yield from ((min(i, j), max(i, j)) for j in ordered[k + 1 : k + 1 + window])


def _finer(item: Sketch) -> Iterator[Key]:
    places = sorted(item.place_keys) or [""]
    for party in sorted(item.actors | item.recipients) or [""]:
        yield (item.event_type, places[0], party)
    yield (item.event_type, places[0], *sorted(item.modes))
