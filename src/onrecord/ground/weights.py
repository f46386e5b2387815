"""Weights of the small linear models of this stage: a sign's name to a number, from a CSV in ``data``."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from onrecord.lexicon.tables import data_folder, read_rows


@dataclass(frozen=True, slots=True)
class Weights:
    """A linear model over named signs; signs that it does not know count nothing."""

    of: Mapping[str, float]

    @staticmethod
    @cache
    def shipped(name: str) -> Weights:
        """The weights in ``data/gazetteer/weights_<name>.csv`` (made by ``training/places.py``)."""
        path = data_folder() / "gazetteer" / f"weights_{name}.csv"
        return Weights({row["sign"]: float(row["weight"]) for row in read_rows(path, ("sign", "weight"))})

    def updated(self, other: Weights) -> Weights:
        """These weights with those of *other* in place of theirs."""
        return Weights({**self.of, **other.of})

    def probability(self, signs: Iterable[str]) -> float:
        """Probability that the logistic model gives to a case with these signs."""
        of = self.of
        total = of.get("bias", 0.0)
        for sign in signs:
            weight = of.get(sign)
            if weight is not None:
                total += weight
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def score(self, values: Mapping[str, float]) -> float:
        """Weighted sum of numeric signs."""
        of = self.of
        return sum(of[sign] * value for sign, value in values.items() if sign in of)
