"""The comparisons of a whole case at once: a bound that never falls below the score, over columns of numbers.

What the bound lets through is compared one by one (`compare.weigh`), so that the result is the same to the last bit
as comparing every pair of every block.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from onrecord.lexicon.merging import MergingLexicon
from onrecord.merge.blocking import block_keys, block_pairs
from onrecord.merge.sketch import Sketch

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]
_CHUNK = 1_000_000


def likely_pairs(
    sketches: Sequence[Sketch], lexicon: MergingLexicon, keys: Sequence[Sequence[int]] | None = None
) -> Iterator[tuple[int, int]]:
    """Index pairs (i < j) that some block gives and that may score `possible` or more, each once.

    *keys* are the blocks of each sketch, where they are at hand.
    """
    if len(sketches) < 2:
        return
    keys = keys if keys is not None else [block_keys(s, lexicon) for s in sketches]
    screen = _Screen(sketches, lexicon)
    kept = [_codes(*screen.keep(i, j), len(sketches)) for i, j in _pairs(sketches, keys, lexicon)]
    for code in np.unique(np.concatenate(kept)) if kept else ():
        yield divmod(int(code), len(sketches))


def _codes(i: Numbers, j: Numbers, n: int) -> Numbers:
    return np.minimum(i, j) * n + np.maximum(i, j)


def _pairs(
    sketches: Sequence[Sketch], keys: Sequence[Sequence[int]], lexicon: MergingLexicon
) -> Iterator[tuple[Numbers, Numbers]]:
    """Pairs of blocks, a chunk at a time; a pair comes once for each block that it shares."""
    node = np.repeat(np.arange(len(keys)), [len(k) for k in keys])
    key = np.fromiter(chain.from_iterable(keys), dtype=np.int64, count=len(node))
    coarse = np.array([not s.fine for s in sketches])
    # In a block of a province the claims about the whole of it come first: they meet all, the others only them.
    order = np.lexsort((node, ~coarse[node] & (key % 2 == 1), key))
    node, key = node[order], key[order]
    starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
    sizes = np.diff(np.r_[starts, len(key)])
    large = np.flatnonzero(sizes > lexicon.limits["block"])
    for block in large:
        members = node[starts[block] : starts[block] + sizes[block]]
        yield from _large([sketches[m] for m in members], members, int(key[starts[block]]), lexicon)
    small = np.ones(len(key), dtype=bool)
    for block in large:
        small[starts[block] : starts[block] + sizes[block]] = False
    rank = np.arange(len(key)) - np.repeat(starts, sizes)
    whole = np.add.reduceat(coarse[node].astype(np.int64), starts) if len(starts) else starts
    partners = np.where(key % 2 == 1, np.minimum(rank, np.repeat(whole, sizes)), rank)
    partners[~small] = 0
    yield from _expanded(node, np.repeat(starts, sizes), partners)


def _expanded(node: Numbers, start: Numbers, partners: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    """Each row with the first so many rows of its block."""
    rows = np.flatnonzero(partners)
    ends = np.cumsum(partners[rows])
    at = 0
    while at < len(rows):
        before = ends[at - 1] if at else 0
        upto = max(int(np.searchsorted(ends, before + _CHUNK)), at + 1)
        some, counts = rows[at:upto], partners[rows[at:upto]]
        offset = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        yield node[np.repeat(some, counts)], node[np.repeat(start[some], counts) + offset]
        at = upto


def _large(
    members: Sequence[Sketch], numbers: Numbers, key: int, lexicon: MergingLexicon
) -> Iterator[tuple[Numbers, Numbers]]:
    number = {s.claim_id: int(n) for s, n in zip(members, numbers, strict=True)}
    found = [(number[a.claim_id], number[b.claim_id]) for a, b in block_pairs(members, key, lexicon)]
    if found:
        both = np.array(found, dtype=np.int64)
        yield both[:, 0], both[:, 1]


class _Screen:
    """Columns of numbers over the sketches, and the bound."""

    def __init__(self, sketches: Sequence[Sketch], lexicon: MergingLexicon) -> None:
        self.weights, self.bias = lexicon.weights, lexicon.bias
        self.least = math.log(lexicon.possible / (1 - lexicon.possible)) - 1e-6
        self.type = _numbered([s.event_type for s in sketches])
        self.report = _numbered([s.report_id for s in sketches])
        self.clause = _numbered([s.clause for s in sketches])
        self.trigger = _numbered([s.trigger for s in sketches])
        self.country = _numbered([s.place.country if s.place else None for s in sketches])
        self.dated = np.array([s.days is not None for s in sketches])
        self.first = np.array([s.days.first if s.days else 0 for s in sketches])
        self.last = np.array([s.days.last if s.days else 0 for s in sketches])
        self.loose = np.array([s.days is not None and s.days.loose for s in sketches])
        self.announced = np.array([s.stance == "announces" for s in sketches])
        self.counted = np.array([bool(s.figures) for s in sketches])
        self.modes, self.places, self.recipients = (
            np.array([_bits(getattr(s, name)) for s in sketches], dtype=np.uint64)
            for name in ("modes", "place_keys", "recipients")
        )
        self.actors = np.array([_bits(s.actors | s.actor_ids) for s in sketches], dtype=np.uint64)
        self.size = np.array([len(s.words) for s in sketches])
        self.words = _matrix(sketches)

    def keep(self, i: Numbers, j: Numbers) -> tuple[Numbers, Numbers]:
        """The pairs whose score may be enough; all pairs of one report."""
        bound = self._bound(i, j)
        same = self.report[i] == self.report[j]
        sizes = np.minimum(self.size[i], self.size[j]) / np.maximum(1, np.maximum(self.size[i], self.size[j]))
        kept = same | (bound + self._most("words") * sizes >= self.least)
        i, j, bound, same = i[kept], j[kept], bound[kept], same[kept]
        shared = np.asarray(self.words[i].multiply(self.words[j]).sum(axis=1)).ravel()
        union = np.maximum(1, self.size[i] + self.size[j] - shared)
        kept = same | (bound + self._most("words") * shared / union >= self.least)
        return i[kept], j[kept]

    def _bound(self, i: Numbers, j: Numbers) -> NDArray[np.float64]:
        """The score in log-odds without the words, or more."""
        w = self.weights
        total = np.where(self.type[i] == self.type[j], w["type_same"], w["type_related"]) + self.bias
        total += self._sets(self.modes, i, j, "mode_shared", "mode_differs")
        total += self._time(i, j) + self._place(i, j)
        total += np.where((self.actors[i] & self.actors[j]) > 0, self._most("actor_shared"), 0.0)
        total += self._sets(self.recipients, i, j, "recipient_shared", "recipient_differs")
        figures = self._most("figures_agree", "figures_close", "figures_differ")
        total += np.where(self.counted[i] & self.counted[j], figures, 0.0)
        total += np.where((self.trigger[i] == self.trigger[j]) & (self.trigger[i] >= 0), self._most("trigger_same"), 0)
        total += np.where(self.clause[i] == self.clause[j], self._most("copied_clause"), 0.0)
        total += np.where(self.announced[i] != self.announced[j], w["announced"], 0.0)
        return np.asarray(total)

    def _most(self, *signs: str) -> float:
        return max(0.0, *(self.weights[s] for s in signs))

    def _sets(self, bits: NDArray[np.uint64], i: Numbers, j: Numbers, shared: str, differs: str) -> NDArray[np.float64]:
        both = (bits[i] > 0) & (bits[j] > 0)
        # Two values may fall on one bit: then the larger weight is the bound.
        meet = max(self.weights[shared], self.weights[differs])
        return np.where(both, np.where((bits[i] & bits[j]) > 0, meet, self.weights[differs]), 0.0)

    def _time(self, i: Numbers, j: Numbers) -> NDArray[np.float64]:
        w = self.weights
        gap = np.maximum(self.first[i], self.first[j]) - np.minimum(self.last[i], self.last[j])
        loose = self.loose[i] | self.loose[j]
        same = (self.first[i] == self.first[j]) & (self.last[i] == self.last[j])
        meets = np.where(loose, w["time_fits"], np.where(same, w["time_same"], w["time_overlaps"]))
        known = self.dated[i] & self.dated[j]
        return np.where(known, np.where(gap <= 0, meets, w["time_next_day"]), 0.0)

    def _place(self, i: Numbers, j: Numbers) -> NDArray[np.float64]:
        w = self.weights
        both = (self.places[i] > 0) & (self.places[j] > 0)
        meet = (self.places[i] & self.places[j]) > 0
        abroad = (self.country[i] != self.country[j]) & (self.country[i] >= 0) & (self.country[j] >= 0)
        other = np.where(abroad, w["place_differs"], self._most("place_near", "place_contains", "place_differs"))
        same = self._most("place_same", "place_near", "place_contains", "place_differs")
        return np.where(both, np.where(meet, same, other), 0.0)


def _numbered(values: Sequence[str | None]) -> Numbers:
    """A number for each distinct value, -1 for none."""
    known: dict[str, int] = {}
    return np.array([-1 if not v else known.setdefault(v, len(known)) for v in values], dtype=np.int64)


def _bits(values: frozenset[str]) -> int:
    out = 0
    for value in values:
        out |= 1 << (hash(value) & 63)
    return out


def _matrix(sketches: Sequence[Sketch]) -> csr_matrix:
    known: dict[str, int] = {}
    ends = np.cumsum([0, *(len(s.words) for s in sketches)])
    columns = np.fromiter(
        (known.setdefault(w, len(known)) for s in sketches for w in s.words), dtype=np.int32, count=int(ends[-1])
    )
    ones = np.ones(len(columns), dtype=np.float32)
    return csr_matrix((ones, columns, ends), shape=(len(sketches), max(1, len(known))))
