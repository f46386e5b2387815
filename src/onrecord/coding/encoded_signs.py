"""Signs by which a candidate filler of an incident is weighed: how the head marks it, where it stands, and
whether the report tells of incidents at all. No sign names a word of the report."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.model import Encoding, Parse

SHARES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
_INSIDE = (0.5, 1, 2, 4, 7, 10, 15, 20, 30, 50)
_SENTENCES = (1, 2, 3, 4, 6, 8, 12, 20)
_PLACES = (0.1, 0.2, 0.35, 0.5, 0.7, 0.85)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One string in one role: where it is marked, as token ranges with both ends included."""

    role: int
    words: str
    mentions: tuple[tuple[int, int], ...]
    shares: np.ndarray
    """(mentions, roles): the head's mean probability of each role over the words of each mention."""

    @property
    def best(self) -> int:
        """The mention that the head is surest of."""
        return int(self.shares[:, self.role].argmax())

    @property
    def most(self) -> float:
        return float(self.shares[:, self.role].max())


def bucket(value: float, edges: Sequence[float]) -> int:
    """How many of *edges* do not exceed *value*."""
    return bisect_right(edges, value)


def report_signs(encoding: Encoding) -> list[str]:
    """Signs of a whole report."""
    kinds = encoding.heads["incident_types"][[first for first, _ in encoding.windows]]
    windows = kinds.max(axis=1)
    inside = float((1 - encoding.heads["incident"][:, 0]).sum())
    signs = [
        f"doc max {bucket(float(windows.max()), SHARES)}",
        f"doc mean {bucket(float(windows.mean()), SHARES)}",
        f"doc inside {bucket(inside, _INSIDE)}",
        f"doc first {bucket(float(windows[0]), SHARES)}",
    ]
    signs += [f"doc type {k} {bucket(float(v), (0.2, 0.5, 0.8))}" for k, v in enumerate(kinds.max(axis=0))]
    return signs


def candidate_signs(
    candidate: Candidate, parse: Parse, encoding: Encoding, of_report: Sequence[str], rivals: Sequence[float], head: int
) -> list[str]:
    """Signs of one candidate, with and without its role.

    *rivals* are the best probabilities of all candidates of its role, *head* the head token of its best mention.
    """
    kinds = encoding.heads["incident_types"][[first for first, _ in candidate.mentions]].max(axis=0)
    window = float(kinds.max())
    signs = [*_marked(candidate, rivals), f"win {bucket(window, SHARES)}"]
    general = [*signs, *of_report]
    signs += [f"type {k} {bucket(float(v), (0.15, 0.4, 0.7))}" for k, v in enumerate(kinds)]
    signs += _standing(candidate, parse, encoding, head)
    role = f"r{candidate.role}"
    most = bucket(candidate.most, SHARES)
    return [
        role,
        *(f"{role} {sign}" for sign in (*signs, *of_report)),
        *general,
        f"max+doc {most} {of_report[0]}",
        f"max+win {most} {bucket(window, (0.1, 0.3, 0.5, 0.7, 0.9))}",
    ]


def _marked(candidate: Candidate, rivals: Sequence[float]) -> list[str]:
    """How the head marks the candidate, and its rank among the others of its role."""
    shares, role = candidate.shares, candidate.role
    mine = shares[:, role]
    total = shares.sum(axis=0)
    others = max(float(shares[:, k].max()) for k in range(shares.shape[1]) if k != role)
    return [
        f"max {bucket(candidate.most, SHARES)}",
        f"mean {bucket(float(mine.mean()), SHARES)}",
        f"any {bucket(float(1 - np.prod(1 - mine)), SHARES)}",
        f"n {min(len(mine), 6)}",
        f"other {bucket(others, SHARES)}",
        f"share {bucket(float(total[role] / max(1e-6, total.sum())), (0.2, 0.4, 0.6, 0.8, 0.95))}",
        f"rank {min(sum(r > candidate.most for r in rivals), 6)}",
        f"gap {bucket(max(rivals) - candidate.most, (0.05, 0.1, 0.2, 0.3, 0.5))}",
        f"many {min(len(rivals), 10)}",
    ]


def _standing(candidate: Candidate, parse: Parse, encoding: Encoding, head: int) -> list[str]:
    """Where the candidate stands, how long it is and what it hangs on."""
    first = min(a for a, _ in candidate.mentions)
    token = parse.tokens[head]
    above = parse.tokens[token.head]
    signs = [
        f"sent {bucket(parse.tokens[first].sentence, _SENTENCES)}",
        f"pos {bucket(first / len(parse.tokens), _PLACES)}",
        f"len {min(len(candidate.words.split()), 8)}",
        f"digit {any(c.isdigit() for c in candidate.words)}",
        f"dep {token.dep}",
        f"factual {bucket(_factual(encoding, head), (-1, 0, 1, 1.5, 2, 2.5))}",
    ]
    return [*signs, f"prep {above.lower}"] if token.dep == "pobj" else signs


def _factual(encoding: Encoding, head: int) -> float:
    heads: Mapping[str, np.ndarray] = encoding.heads
    own = heads.get("factuality_encoder", heads.get("factuality"))  # the encoder's own, as in training
    return float(own[head][0]) if own is not None else 3.0
