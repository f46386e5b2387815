"""From compared pairs to clusters: average-link agglomeration in which nothing contradictory is joined.

Pairs are taken from the most probable down, ties by claim id, so that the order of the input does not matter.
People's decisions come first: claims that a person joined are joined, claims that a person split never meet.

Which clusters come out of some claims depends on the pairs between those claims alone. So a part of a case can be
clustered anew by itself as long as nothing outside is tied to a cluster that changed (see `recluster`).
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from onrecord.lexicon.merging import MergingLexicon
from onrecord.merge.compare import compare, weigh
from onrecord.merge.sketch import Sketch
from onrecord.model import Decision

# Of large clusters, this many members of each side are compared: the earliest ones.
_SAMPLE = 8
Decided = Mapping[tuple[str, str], tuple[bool, str]]


@dataclass(frozen=True, slots=True, order=True)
class Tie:
    """Two claims that are likely enough of one happening; ``first`` is the lower id, ``apart`` what forbids it."""

    first: str
    second: str
    score: float
    apart: str | None = None

    def other(self, claim_id: str) -> str:
        """The claim at the other end."""
        return self.second if claim_id == self.first else self.first


def decided_pairs(decisions: Sequence[Decision]) -> dict[tuple[str, str], tuple[bool, str]]:
    """For each pair of claims that a person spoke of: whether they belong together, and the decision's id.

    Of two decisions on one pair, the later holds.
    """
    found: dict[tuple[str, str], tuple[bool, str]] = {}
    for decision in decisions:
        for first, second in combinations(sorted(set(decision.members)), 2):
            found[first, second] = (decision.action == "merge", decision.merge_id)
    return found


class _Groups:
    """Growing groups of claims, and which may not meet."""

    def __init__(self, sketches: Mapping[str, Sketch], decided: Decided, lexicon: MergingLexicon) -> None:
        self.sketches, self.lexicon = sketches, lexicon
        self.home = {claim_id: claim_id for claim_id in sketches}
        self.members = {claim_id: [claim_id] for claim_id in sketches}
        self._samples = {claim_id: [item] for claim_id, item in sketches.items()}
        self._apart: dict[str, set[str]] = defaultdict(set)
        self._weighed: dict[tuple[str, str], tuple[float, str | None]] = {}
        # How large two groups were when they were found not to fit: nothing changes until one has grown.
        self._refused: dict[tuple[str, str], tuple[int, int]] = {}
        for (first, second), (together, _) in decided.items():
            if not together:
                self._apart[first].add(second)
                self._apart[second].add(first)

    def forbidden(self, first: str, second: str) -> bool:
        """Whether a person keeps two groups apart."""
        if not self._apart:
            return False
        there = set(self.members[second])
        return any(self._apart[m] & there for m in self.members[first] if m in self._apart)

    def unite(self, first: str, second: str) -> None:
        """Puts the smaller group into the larger, or of two of one size that of the higher id."""
        first, second = sorted((first, second), key=lambda g: (-len(self.members[g]), g))
        for claim_id in self.members[second]:
            self.home[claim_id] = first
        self.members[first] += self.members.pop(second)
        both = heapq.merge(self._samples[first], self._samples.pop(second), key=lambda s: s.order)
        self._samples[first] = [item for _, item in zip(range(_SAMPLE), both, strict=False)]

    def belong(self, first: str, second: str, tie: Tie) -> bool:
        """Whether two groups fit: no two members contradict each other, and the mean probability is enough."""
        if len(self.members[first]) == len(self.members[second]) == 1:
            return True
        first, second = sorted((first, second))
        sizes = len(self.members[first]), len(self.members[second])
        if self._refused.get((first, second)) == sizes and not self._bound(tie):
            return False
        if self._fit(first, second, tie):
            return True
        self._refused[first, second] = sizes
        return False

    def _fit(self, first: str, second: str, tie: Tie) -> bool:
        left, right = self._samples[first], self._samples[second]
        total = 0.0
        for a in left:
            for b in right:
                score, apart = self._weigh(a, b)
                if apart:
                    return False
                total += score
        return total / (len(left) * len(right)) >= self.lexicon.possible or self._bound(tie)

    def _weigh(self, a: Sketch, b: Sketch) -> tuple[float, str | None]:
        key = (a.claim_id, b.claim_id) if a.claim_id < b.claim_id else (b.claim_id, a.claim_id)
        found = self._weighed.get(key)
        if found is None:
            found = self._weighed[key] = weigh(a, b, self.lexicon)
        return found

    def _bound(self, tie: Tie) -> bool:
        """Whether the words themselves tie two claims ("the raid", a denial of that very claim)."""
        a, b = self.sketches[tie.first], self.sketches[tie.second]
        if a.report_id != b.report_id:
            return False
        signs = {r.sign for r in compare(a, b, self.lexicon).reasons}
        return "same_report_known" in signs or any(s.startswith("links_") for s in signs)


def cluster(
    sketches: Mapping[str, Sketch], ties: Iterable[Tie], decided: Decided, lexicon: MergingLexicon
) -> list[tuple[str, ...]]:
    """Clusters of *sketches* (by claim id), each sorted; every claim is in exactly one. No order matters."""
    groups = _Groups(sketches, decided, lexicon)
    for (first, second), (together, _) in sorted(decided.items()):
        if together and first in groups.home and second in groups.home:
            a, b = groups.home[first], groups.home[second]
            if a != b and not groups.forbidden(a, b):
                groups.unite(a, b)
    likely = [t for t in ties if t.score >= lexicon.join and t.apart is None]
    for tie in sorted(likely, key=lambda t: (-t.score, t.first, t.second)):
        a, b = groups.home[tie.first], groups.home[tie.second]
        if a != b and not groups.forbidden(a, b) and groups.belong(a, b, tie):
            groups.unite(a, b)
    return sorted(tuple(sorted(m)) for m in groups.members.values())


@dataclass(frozen=True, slots=True)
class Surroundings:
    """How `recluster` looks around: the cluster of a claim as it was, and ties and sketches by claim.

    ``cluster_of`` gives None for claims that were in none; ``ties_of`` the ties of claims, ``sketches_of`` them.
    """

    cluster_of: Callable[[str], tuple[str, ...] | None]
    ties_of: Callable[[Collection[str]], Mapping[str, Sequence[Tie]]]
    sketches_of: Callable[[Collection[str]], Mapping[str, Sketch]]


def recluster(
    dirty: frozenset[str], around: Surroundings, decided: Decided, lexicon: MergingLexicon
) -> tuple[list[tuple[str, ...]], set[str]]:
    """The clusters of the part of a case that *dirty* claims touch, and the claims of that part.

    The part grows until no cluster that changed is tied to anything outside, so that the whole is what clustering
    everything would give. A tie outside was refused before, and the two clusters it is between are as they were.
    """
    near: dict[str, set[str]] = defaultdict(set)
    for first, second in decided:
        near[first].add(second)
        near[second].add(first)
    inside: set[str] = set()
    ties: dict[str, Sequence[Tie]] = {}
    wanted = set(dirty)
    while True:
        for claim_id in wanted:
            inside.update(around.cluster_of(claim_id) or (claim_id,))
        ties.update(around.ties_of(inside - ties.keys()))
        between = {t for c in inside for t in ties[c] if t.other(c) in inside}
        sketches = around.sketches_of(inside)
        own = {pair: said for pair, said in decided.items() if pair[0] in inside and pair[1] in inside}
        clusters = cluster(sketches, between, own, lexicon)
        changed = [c for c in clusters if around.cluster_of(c[0]) != c or not dirty.isdisjoint(c)]
        wanted = {
            other
            for members in changed
            for m in members
            for other in (
                *(t.other(m) for t in ties[m] if t.score >= lexicon.join and t.apart is None),
                *near.get(m, ()),
            )
        } - inside
        if not wanted:
            return clusters, inside
