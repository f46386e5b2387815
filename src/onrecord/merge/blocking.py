"""Which event claims are worth comparing: blocks by family, days, place and parties.

A claim enters a block for each four days that it may be of and each way to find its place: a cell of half a degree, a
name without coordinates, or the province, where only pairs with a claim about the whole province are compared; claims
without a place meet through their parties. Claims of one report meet, and so do claims of the same words. A block
that is too large is cut by finer keys, and what is still too large is read in order with a window, so that cost grows
almost linearly. Blocks are functions of the claims in them alone.
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from onrecord.lexicon.merging import MergingLexicon
from onrecord.merge.sketch import Days, Sketch

_DAYS = 4
_MOST_BUCKETS = 10
_CELL = 0.5
_METRES_A_DEGREE = 111_195.0
_LEAST_CLAUSE = 20
Key = tuple[str | int, ...]


def block_keys(item: Sketch, lexicon: MergingLexicon) -> list[int]:
    """The blocks that a claim enters, as distinct 63-bit numbers; odd ones are blocks of provinces."""
    return sorted({_number(key, mixed) for key, mixed in _keys(item, lexicon)})


def is_mixed(key: int) -> bool:
    """Whether only pairs with a claim about the whole province count in a block."""
    return key % 2 == 1


def block_pairs(members: Sequence[Sketch], key: int, lexicon: MergingLexicon) -> Iterator[tuple[Sketch, Sketch]]:
    """The pairs of one block that are worth comparing; *members* may come in any order."""
    pairs = combinations(members, 2) if len(members) <= lexicon.limits["block"] else _cut(members, lexicon)
    for first, second in pairs:
        if not (is_mixed(key) and first.fine and second.fine):
            yield first, second


def _keys(item: Sketch, lexicon: MergingLexicon) -> Iterator[tuple[Key, bool]]:
    yield ("report", item.family, item.report_id), False
    wheres = list(_wheres(item, lexicon))
    for bucket in _buckets(item.days):
        for where, mixed in wheres:
            yield (item.family, bucket, *where), mixed
        if len(item.clause) >= _LEAST_CLAUSE:
            yield (item.family, bucket, "clause", item.clause), False


def _number(key: Key, mixed: bool) -> int:
    digest = hashlib.blake2b(repr(key).encode(), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 1) & ~1 | int(mixed)


def _buckets(days: Days | None) -> list[int | str]:
    """Stretches of four days that the days of a claim, and the day after them, fall into."""
    if days is None:
        return ["any"]
    first, last = days.first // _DAYS, (days.last + 1) // _DAYS
    # What is only dated to some months is no account of a day within: it meets others of the same stretch.
    return [first, last] if last - first >= _MOST_BUCKETS else list(range(first, last + 1))


def _wheres(item: Sketch, lexicon: MergingLexicon) -> Iterator[tuple[Key, bool]]:
    place = item.place
    if place is not None and item.fine:
        yield from ((("name", key), False) for key in sorted(item.place_keys) if ":" not in key)
        if place.lat is not None and place.lon is not None:
            around = lexicon.limits["near_m"] / 2 + (place.radius_m or 0)
            yield from ((cell, False) for cell in _cells(place.lat, place.lon, around))
    if place is not None and place.country:
        # A claim about a province meets the towns in it; two towns meet by name or by cell.
        yield ("admin", place.country, place.admin1 or place.name or ""), True
    elif place is not None and not item.fine:
        yield from ((("name", key), False) for key in sorted(item.place_keys) if ":" not in key)
    if place is None or not item.fine:
        yield from ((("party", party), False) for party in sorted(item.actors | item.recipients))


def _cells(lat: float, lon: float, around_m: float) -> Iterator[Key]:
    """Cells of half a degree that the square of so many metres around a point touches: near points share one."""
    up = around_m / _METRES_A_DEGREE
    across = up / max(0.05, math.cos(math.radians(min(89.0, abs(lat) + up))))
    for row in range(math.floor((lat - up) / _CELL), math.floor((lat + up) / _CELL) + 1):
        for column in range(math.floor((lon - across) / _CELL), math.floor((lon + across) / _CELL) + 1):
            yield ("cell", row, column)


def _cut(members: Sequence[Sketch], lexicon: MergingLexicon) -> Iterator[tuple[Sketch, Sketch]]:
    """Pairs of a large block: those that share a finer key, or are neighbours in order."""
    limit, window = lexicon.limits["block"], int(lexicon.limits["window"])
    finer: dict[Key, list[Sketch]] = defaultdict(list)
    for item in members:
        for key in _finer(item):
            finer[key].append(item)
    seen: set[tuple[str, str]] = set()
    for part in finer.values():
        pairs: Iterator[tuple[Sketch, Sketch]] = combinations(part, 2)
        if len(part) > limit:
            ordered = sorted(part, key=lambda s: (s.trigger, s.figures, s.order))
            pairs = ((a, b) for k, a in enumerate(ordered) for b in ordered[k + 1 : k + 1 + window])
        for first, second in pairs:
            code = (min(first.claim_id, second.claim_id), max(first.claim_id, second.claim_id))
            if code not in seen:
                seen.add(code)
                yield first, second


def _finer(item: Sketch) -> Iterator[Key]:
    where = min(item.place_keys, default="")
    for party in sorted(item.actors | item.recipients) or [""]:
        yield (item.event_type, where, party)
    yield (item.event_type, where, *sorted(item.modes))
