"""Logistic regression and conditional logit over named signs, by L-BFGS; for weights that ship as CSV."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy import sparse
from scipy.optimize import minimize


def fit_logistic(
    cases: Sequence[Sequence[str]], truth: Sequence[bool], *, penalty: float, least: int
) -> dict[str, float]:
    """Weights of an L2-penalised logistic model; signs seen in fewer than *least* cases are left out."""
    counts = Counter(sign for signs in cases for sign in set(signs))
    names = sorted(sign for sign, n in counts.items() if n >= least)
    column = {name: i for i, name in enumerate(names)}
    rows, columns = [], []
    for i, signs in enumerate(cases):
        for sign in set(signs):
            if sign in column:
                rows.append(i)
                columns.append(column[sign])
    x = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(cases), len(names)))
    y = np.where(np.array(truth), 1.0, -1.0)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        margin = y * (x @ w[:-1] + w[-1])
        value = np.logaddexp(0, -margin).sum() + penalty * (w[:-1] @ w[:-1]) / 2
        pull = -y / (1 + np.exp(np.clip(margin, -500, 500)))
        return value, np.append(x.T @ pull + penalty * w[:-1], pull.sum())

    best = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return {"bias": float(best[-1]), **{n: float(w) for n, w in zip(names, best[:-1], strict=True)}}


def fit_choice(
    groups: Sequence[tuple[Sequence[Mapping[str, float]], Sequence[bool]]], *, penalty: float
) -> dict[str, float]:
    """Weights of a conditional logit: in each group some options are right, the score ranks them.

    The probability of a group is the sum of the softmax over its right options.
    """
    names = sorted({sign for options, _ in groups for option in options for sign in option})
    column = {name: i for i, name in enumerate(names)}
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    edges, right = [0], list[bool]()
    for options, good in groups:
        for option in options:
            for sign, value in option.items():
                rows.append(edges[-1] + (len(right) - edges[-1]))
                columns.append(column[sign])
                values.append(value)
            right.append(False)
        right[edges[-1] :] = good
        edges.append(len(right))
    x = sparse.csr_matrix((values, (rows, columns)), shape=(len(right), len(names)))
    y, starts = np.array(right, float), np.array(edges[:-1])
    sizes = np.diff(edges)

    def softmax(scores: np.ndarray) -> np.ndarray:
        top = np.repeat(np.maximum.reduceat(scores, starts), sizes)
        raised = np.exp(scores - top)
        shares: np.ndarray = raised / np.repeat(np.add.reduceat(raised, starts), sizes)
        return shares

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        p = softmax(x @ w)
        good = np.add.reduceat(p * y, starts)
        value = -np.log(np.maximum(good, 1e-12)).sum() + penalty * (w @ w) / 2
        pull = p - p * y / np.repeat(np.maximum(good, 1e-12), sizes)
        return value, x.T @ pull + penalty * w

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return dict(zip(names, map(float, best), strict=True))


def write_weights(path: Path, origin: str, weights: Mapping[str, float], *, least: float = 0.0) -> None:
    """Writes weights as CSV; those nearer to zero than *least* are left out."""
    import csv

    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(f"# origin: {origin}\n")
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(("sign", "weight"))
        for sign, weight in sorted(weights.items()):
            if abs(weight) >= least or sign == "bias":
                table.writerow((sign, f"{weight:.4f}"))
