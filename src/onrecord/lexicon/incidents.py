"""What turns the incident head's marks into fillers of incidents: fitted weights, and the types as PLOVER's."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from onrecord.errors import DataError
from onrecord.lexicon.tables import data_folder, read_rows

THRESHOLD = "threshold"
"""The row of ``weights.csv`` that holds the least probability of a filler."""


@dataclass(frozen=True, slots=True)
class IncidentTables:
    """A logistic model over named signs, and event type and modes of each incident type."""

    weights: Mapping[str, float]
    threshold: float
    types: Mapping[str, tuple[str, tuple[str, ...]]]

    def probability(self, signs: Iterable[str]) -> float:
        """Probability of a candidate with these signs; signs that the model does not know count nothing."""
        of = self.weights
        total = of["bias"] + sum(of.get(sign, 0.0) for sign in signs)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def load_incidents(folder: Path | None = None) -> IncidentTables:
    """The tables of *folder*, or those that ship (made by ``training/incidents.py``).

    Raises DataError naming the file when one is missing, and file and line for a bad row.
    """
    folder = folder or data_folder() / "incidents"
    weights: dict[str, float] = {}
    for row in read_rows(_there(folder / "weights.csv"), ("sign", "weight")):
        try:
            weights[row["sign"]] = float(row["weight"])
        except ValueError:
            raise row.wrong(f"weight {row['weight']!r} is no number", "Write it as 0.25") from None
    for name in ("bias", THRESHOLD):
        if name not in weights:
            raise DataError(
                "weights.csv", None, f"no row {name}", "Make the weights again: python -m training.incidents"
            )
    types = {
        row["incident_type"]: (row["event_type"], row.items("modes"))
        for row in read_rows(_there(folder / "types.csv"), ("incident_type", "event_type", "modes"))
    }
    return IncidentTables(weights, weights.pop(THRESHOLD), types)


def _there(path: Path) -> Path:
    if not path.is_file():
        raise DataError(path.name, None, "is missing from the incident tables", "Install onrecord again")
    return path
