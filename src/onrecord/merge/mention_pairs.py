"""Signs by which two event mentions are, or are not, of one happening; and clusters from their scores.

A linear model over named signs (weights in ``data/merging_mentions.csv``, with the types of words that
they were fitted with in ``data/merging_types.csv``, both made by ``training/merging.py``), then
average-link agglomeration, in the manner of the feature-based systems on ECB+ (Cybulska and Vossen 2015;
Kenyon-Dean et al. 2018 and Barhom et al. 2019 for document groups first).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from onrecord.lexicon.tables import data_folder, read_rows
from onrecord.merge.mentions import Mention, MentionDocument, cosine, rarity, read_mentions, weigh_names

WEIGHTS = "merging_mentions.csv"
TYPES = "merging_types.csv"
_LIKENESS = (0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.45)
_NEARNESS = (0.02, 0.04, 0.06, 0.09, 0.13, 0.2, 0.35)
_ALIKE = ("same", "head", "stem", "part")
# Names and numbers tell two stories of one kind apart better than verbs and common nouns do.
_NAMES_WEIGH = 3.0


class Likeness:
    """Similarity of documents, and the groups of documents that tell one story, from a set of documents.

    Words are weighed by their rarity within the topic: what all its documents share tells no stories apart.
    """

    def __init__(self, documents: Sequence[MentionDocument], least: float) -> None:
        self.rare = rarity(documents)
        self._vectors: dict[str, dict[str, float]] = {}
        self._cosines: dict[tuple[str, str], float] = {}
        self.group: dict[str, str] = {}
        self.local: dict[str, dict[str, float]] = {}
        by_topic: dict[str, list[MentionDocument]] = defaultdict(list)
        for document in documents:
            by_topic[document.topic].append(document)
        for topic, several in by_topic.items():
            self.local[topic] = {w: max(0.0, v) for w, v in rarity(several).items()}
            for document in several:
                self._vectors[document.document_id] = weigh_names(
                    document.parse.tokens, self.local[topic], _NAMES_WEIGH
                )
            ids = sorted(d.document_id for d in several)
            table = np.array([[self.of(a, b) for b in ids] for a in ids])
            for members in agglomerate(table, least):
                self.group |= {ids[m]: ids[members[0]] for m in members}

    def of(self, first: str, second: str) -> float:
        """Cosine of two documents' weighed words."""
        key = (first, second) if first <= second else (second, first)
        if key not in self._cosines:
            self._cosines[key] = cosine(self._vectors[key[0]], self._vectors[key[1]])
        return self._cosines[key]


def agglomerate(scores: np.ndarray, least: float) -> list[list[int]]:
    """Average-link clusters of a symmetric (n, n) table: the closest two are joined while their mean is >= *least*.

    Ties go to the lowest indices, so that sorted input gives the same clusters in any order of arrival.
    """
    n = len(scores)
    members: list[list[int]] = [[i] for i in range(n)]
    if n < 2:
        return members
    sums = scores.astype(float).copy()
    sizes = np.ones(n)
    alive = np.ones(n, dtype=bool)
    mean = sums.copy()
    np.fill_diagonal(mean, -np.inf)
    while True:
        flat = int(np.argmax(mean))
        i, j = sorted(divmod(flat, n))
        if mean[i, j] < least or not math.isfinite(mean[i, j]):
            break
        sums[i] += sums[j]
        sums[:, i] += sums[:, j]
        sizes[i] += sizes[j]
        members[i] += members[j]
        members[j] = []
        alive[j] = False
        row = np.where(alive, sums[i] / (sizes[i] * sizes), -np.inf)
        row[i] = -np.inf
        mean[i], mean[:, i] = row, row
        mean[j], mean[:, j] = -np.inf, -np.inf
    return [sorted(m) for m in members if m]


def signs(a: Mention, b: Mention, like: Likeness, types: Mapping[str, frozenset[str]]) -> list[str]:
    """The signs that hold for a pair; symmetric in its two mentions."""
    near = "doc" if a.document == b.document else "group" if like.group[a.document] == like.group[b.document] else "far"
    word = _word_sign(a, b, types)
    args = _argument_signs(a, b)
    level = _bin(cosine(a.around, b.around), _LIKENESS)
    close = _bin(like.of(a.document, b.document), _NEARNESS)
    found = [f"{near}", f"{near}:{word}", f"{near}:{word}:s{level}", f"{word}:d{close}"]
    found += [f"{word}:{sign}" for sign in args] + args + [f"{near}:{word}:{sign}" for sign in args]
    found += [f"{near}:s{level}", f"{near}:d{close}:{word in _ALIKE}"]
    found.append(f"pos:{''.join(sorted((a.pos, b.pos)))}:{word}")
    kinds = sorted(k.replace("ACTION_", "")[:5] for k in (a.kind, b.kind))
    found.append(f"kind:{kinds[0]}:{kinds[1]}:{word in ('same', 'stem')}")
    found.append(f"head:{'|'.join(sorted((a.stem, b.stem)))}")
    if a.early and b.early:
        found.append(f"early:{word}:{near}")
    if a.head == b.head:
        found.append(f"rare{min(6, int(like.rare.get(a.head, 4.0)))}:{near}")
        found.append(f"local{int(2 * like.local[a.topic].get(a.head, 4.0))}:{near}")
    return found


def _word_sign(a: Mention, b: Mention, types: Mapping[str, frozenset[str]]) -> str:
    if a.words == b.words and a.head == b.head:
        return "same"
    if a.head == b.head:
        return "head"
    if a.stem == b.stem:
        return "stem"
    if a.words & b.words:
        return "part"
    first, second = types.get(a.head), types.get(b.head)
    if first and second:
        if first & second:
            return "type"
        roots = [{t.partition("/")[0] for t in several} for several in (first, second)]
        return "kin" if roots[0] & roots[1] else "other"
    return "none"


def _argument_signs(a: Mention, b: Mention) -> list[str]:
    found = []
    for name, x, y in (("subj", a.subjects, b.subjects), ("obj", a.objects, b.objects)):
        if x and y:
            found.append(f"{name}{'+' if x & y else '-'}")
    if (a.subjects & b.objects) or (a.objects & b.subjects):
        found.append("cross+")
    every = [m.subjects | m.objects | m.others for m in (a, b)]
    if every[0] and every[1]:
        found.append(f"args{min(3, len(every[0] & every[1]))}")
    if a.others and b.others:
        found.append(f"others{'+' if a.others & b.others else '-'}")
    if a.names and b.names:
        share = len(a.names & b.names) / min(len(a.names), len(b.names))
        found.append(f"names{int(share * 3)}")
    if a.numbers and b.numbers:
        found.append(f"numbers{'+' if a.numbers & b.numbers else '-'}")
    if (a.head in every[1]) or (b.head in every[0]):
        found.append("inside")
    return found


def _bin(value: float, edges: Sequence[float]) -> int:
    return sum(value >= edge for edge in edges)


@cache
def load_weights() -> dict[str, float]:
    """Weight of each sign, ``bias``, and the two thresholds ``least:documents`` and ``least:mentions``."""
    rows = read_rows(data_folder() / WEIGHTS, ("sign", "weight"))
    return {row["sign"]: float(row["weight"]) for row in rows}


@cache
def load_types() -> dict[str, frozenset[str]]:
    """Event types, with modes after a slash ("ASSAULT/aerial"), that a verb or noun may have, by its lemma.

    Those that the weights were fitted with: rows of triggers that are added later do not shift the signs' meaning.
    """
    rows = read_rows(data_folder() / TYPES, ("word", "types"))
    return {row["word"]: frozenset(row["types"].split()) for row in rows}


def cluster_mentions(
    documents: Sequence[MentionDocument],
    types: Mapping[str, frozenset[str]] | None = None,
    weights: Mapping[str, float] | None = None,
) -> dict[str, str]:
    """The cluster of each mention of *documents*, named by its first mention id in sorted order.

    *types* and *weights* stand in for `load_types` and `load_weights`. Mentions of different topics stay apart. The
    result does not depend on the order of documents or mentions.
    """
    types = types if types is not None else load_types()
    weights = weights if weights is not None else load_weights()
    documents = sorted(documents, key=lambda d: d.document_id)
    like = Likeness(documents, weights["least:documents"])
    by_topic: dict[str, list[Mention]] = defaultdict(list)
    for document in documents:
        by_topic[document.topic] += read_mentions(document, like.rare)
    found: dict[str, str] = {}
    for mentions in by_topic.values():
        mentions.sort(key=lambda m: m.mention_id)
        table = score_table(mentions, like, types, weights)
        for members in agglomerate(table, weights["least:mentions"]):
            found |= {mentions[m].mention_id: mentions[members[0]].mention_id for m in members}
    return found


def score_table(
    mentions: Sequence[Mention], like: Likeness, types: Mapping[str, frozenset[str]], weights: Mapping[str, float]
) -> np.ndarray:
    """The (n, n) table of probabilities that two mentions are of one happening; its diagonal is 0."""
    table = np.zeros((len(mentions), len(mentions)))
    for i, a in enumerate(mentions):
        for j in range(i):
            total = weights["bias"] + sum(weights.get(s, 0.0) for s in signs(a, mentions[j], like, types))
            table[i, j] = table[j, i] = 1 / (1 + math.exp(-total))
    return table
