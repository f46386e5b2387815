"""Reading the encoder's output: spans from tag probabilities, and which spans belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.model.parse import Encoding

BUCKETS = 16


@dataclass(frozen=True, slots=True)
class Tagged:
    """A tagged run of tokens, [first, last] both included; ``score`` is its mean probability, 0 to 1."""

    label: str
    first: int
    last: int
    score: float


def tagged(encoding: Encoding, head: str, *, outside: float | None = None) -> list[Tagged]:
    """The spans that tagging head *head* finds, in text order.

    *outside* multiplies the probability of O before the best label is taken: below 1 finds more spans,
    above 1 fewer; None takes what was best on held-out texts, `Encoding.outside`. A span keeps the type
    that it began with; an I without a B begins one.
    """
    probabilities, labels = encoding.heads[head], encoding.labels[head]
    weighed = probabilities.copy()
    weighed[:, 0] *= encoding.outside.get(head, 1.0) if outside is None else outside
    best = weighed.argmax(axis=1)
    runs: list[tuple[str, int, int]] = []
    inside = False
    for i, number in enumerate(best):
        label = labels[number]
        if label == "O":
            inside = False
        elif label[0] == "B" or not inside:
            runs.append((label[2:], i, i))
            inside = True
        else:
            runs[-1] = (runs[-1][0], runs[-1][1], i)
    covered = 1.0 - probabilities[:, 0]
    return [Tagged(n, a, b, float(covered[a : b + 1].mean())) for n, a, b in runs]


def distance_bucket(query: tuple[int, int], candidate: tuple[int, int]) -> int:
    """0 to 15: on which side of *query* the candidate lies (0-7 before, 8-15 after) and how far away.

    Both are half-open ranges of words; the steps are 0, 1, 2-3, 4-7, 8-15, 16-31, 32-63 and more words.
    """
    after = candidate[0] >= query[1]
    gap = candidate[0] - query[1] if after else query[0] - candidate[1]
    return min(max(gap, 0).bit_length(), 7) + (8 if after else 0)


class Links:
    """How likely spans of one *encoding* belong together; the vector of each span is reckoned once."""

    def __init__(self, encoding: Encoding) -> None:
        self._encoding = encoding
        self._keys: dict[tuple[str, tuple[int, int]], np.ndarray] = {}
        self._asked: dict[tuple[str, tuple[int, int]], np.ndarray] = {}

    def probabilities(
        self, kind: tuple[str, str], queries: Sequence[tuple[int, int]], candidates: Sequence[tuple[int, int]]
    ) -> np.ndarray:
        """As `link_probabilities`."""
        name = ">".join(kind)
        heads, near = self._encoding.heads, self._encoding.distances[name]
        column = self._encoding.labels["link_none"].index(name)
        scores = np.zeros((len(queries), len(candidates) + 1), dtype=np.float32)
        pooled = np.zeros((len(candidates), heads[f"link_{kind[1]}"].shape[1]), dtype=np.float32)
        for j, candidate in enumerate(candidates):
            pooled[j] = self._key(kind[1], candidate)
        for i, query in enumerate(queries):
            a, b = query
            scores[i, -1] = np.add.reduce(heads["link_none"][a:b, column]) / (b - a)
            scores[i, :-1] = np.add.reduce(pooled * self._query(kind[0], query, pooled.shape[1]), axis=1)
            scores[i, :-1] += [near[distance_bucket(query, candidate)] for candidate in candidates]
        scores = np.exp(scores - np.maximum.reduce(scores, axis=1, keepdims=True))
        return np.asarray(scores / np.add.reduce(scores, axis=1, keepdims=True))

    def _key(self, role: str, span: tuple[int, int]) -> np.ndarray:
        """The mean vector of *span* as a candidate."""
        found = self._keys.get((role, span))
        if found is None:
            rows = self._encoding.heads[f"link_{role}"][span[0] : span[1]]
            found = self._keys[role, span] = rows[0] if len(rows) == 1 else np.add.reduce(rows) / len(rows)
        return found

    def _query(self, role: str, span: tuple[int, int], width: int) -> np.ndarray:
        """The mean vector of *span* as a query, scaled for vectors of *width* numbers."""
        found = self._asked.get((role, span))
        if found is None:
            rows = self._encoding.heads[f"link_{role}"][span[0] : span[1]]
            found = self._asked[role, span] = np.add.reduce(rows) / (len(rows) * np.sqrt(width))
        return found


def link_probabilities(
    encoding: Encoding,
    kind: tuple[str, str],
    queries: Sequence[tuple[int, int]],
    candidates: Sequence[tuple[int, int]],
) -> np.ndarray:
    """Float array (queries, candidates + 1): how likely each candidate belongs to each query.

    *kind* is ("content", "source"), ("content", "cue") or ("cue", "source"): the role of the queries and of
    the candidates. Spans are half-open token ranges. The last column is "none of them"; rows add to 1. The
    vectors were trained on spans of one window: for spans of different ones only the distance is to be
    trusted, so give candidates of the same window (`Encoding.windows`) where there are any.
    """
    return Links(encoding).probabilities(kind, queries, candidates)
