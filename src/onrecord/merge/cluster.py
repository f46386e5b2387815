"""From compared pairs to clusters: average-link agglomeration in which nothing contradictory is joined.

Pairs are taken from the most probable down, ties by claim id, so that the order of the input does not matter.
People's decisions come first: claims that a person joined are joined, claims that a person split never meet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from onrecord.lexicon.merging import MergingLexicon
from onrecord.merge.blocking import candidate_pairs
from onrecord.merge.compare import compare
from onrecord.merge.sketch import Sketch
from onrecord.model import Decision, Pair

# Of large clusters, this many members of each side are compared: the earliest ones.
_SAMPLE = 8


@dataclass(slots=True)
class Clustering:
    """Clusters as claim ids (each sorted), the pairs that were compared, and the decisions that bear on them."""

    clusters: tuple[tuple[str, ...], ...]
    pairs: Mapping[tuple[str, str], Pair]
    decided: Mapping[tuple[str, str], tuple[bool, str]] = field(default_factory=dict)


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

    def __init__(self, sketches: Sequence[Sketch], decided: Mapping[tuple[str, str], tuple[bool, str]]) -> None:
        self.sketches = {s.claim_id: s for s in sketches}
        self.home = {s.claim_id: s.claim_id for s in sketches}
        self.members = {s.claim_id: [s.claim_id] for s in sketches}
        self.apart: dict[str, set[str]] = defaultdict(set)
        for (first, second), (together, _) in decided.items():
            if not together:
                self.apart[first].add(second)
                self.apart[second].add(first)

    def forbidden(self, first: str, second: str) -> bool:
        """Whether a person keeps two groups apart."""
        there = set(self.members[second])
        return any(self.apart[m] & there for m in self.members[first] if m in self.apart)

    def unite(self, first: str, second: str) -> None:
        """Puts the second group into the first; the lower id names it."""
        first, second = sorted((first, second))
        for claim_id in self.members[second]:
            self.home[claim_id] = first
        self.members[first] += self.members.pop(second)

    def sample(self, group: str) -> list[Sketch]:
        """The earliest members of a group."""
        found = sorted((self.sketches[m] for m in self.members[group]), key=lambda s: s.order)
        return found[:_SAMPLE]


def cluster(sketches: Sequence[Sketch], lexicon: MergingLexicon, decisions: Sequence[Decision] = ()) -> Clustering:
    """Clusters of *sketches*; every claim is in exactly one. The order of *sketches* does not matter."""
    ordered = sorted(sketches, key=lambda s: s.claim_id)
    pairs: dict[tuple[str, str], Pair] = {}
    for i, j in candidate_pairs(ordered, lexicon):
        pair = compare(ordered[i], ordered[j], lexicon)
        if pair.score >= lexicon.possible:
            pairs[pair.first, pair.second] = pair
    decided = decided_pairs(decisions)
    groups = _Groups(ordered, decided)
    for (first, second), (together, _) in sorted(decided.items()):
        if together and first in groups.home and second in groups.home:
            a, b = groups.home[first], groups.home[second]
            if a != b and not groups.forbidden(a, b):
                groups.unite(a, b)
    likely = [p for p in pairs.values() if p.score >= lexicon.join and p.apart is None]
    for pair in sorted(likely, key=lambda p: (-p.score, p.first, p.second)):
        a, b = groups.home[pair.first], groups.home[pair.second]
        if a != b and not groups.forbidden(a, b) and _belong(groups, a, b, pair, lexicon):
            groups.unite(a, b)
    clusters = tuple(sorted(tuple(sorted(m)) for m in groups.members.values()))
    return Clustering(clusters=clusters, pairs=pairs, decided=decided)


def _belong(groups: _Groups, first: str, second: str, pair: Pair, lexicon: MergingLexicon) -> bool:
    """Whether two groups fit: no two members contradict each other, and the mean probability is enough."""
    left, right = groups.sample(first), groups.sample(second)
    if len(left) == len(right) == 1:
        return True
    found = [compare(a, b, lexicon) for a in left for b in right]
    if any(p.apart for p in found):
        return False
    # A tie that the words themselves give ("the raid", a denial of that very claim) outweighs what others lack.
    if any(r.sign.startswith("links_") or r.sign == "same_report_known" for r in pair.reasons):
        return True
    return sum(p.score for p in found) / len(found) >= lexicon.possible
