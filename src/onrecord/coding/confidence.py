"""Confidence of event claims: the coder's first guess put on the curve of what turned out to be right."""

from __future__ import annotations

import math
from functools import cache

from onrecord.errors import DataError
from onrecord.lexicon.tables import data_folder, read_toml

FILE = "confidence.toml"


@cache
def curve() -> tuple[float, float]:
    """Slope and intercept over log-odds, of the file that ships; DataError when one is missing."""
    event = read_toml(data_folder() / FILE).get("event", {})
    try:
        return float(event["slope"]), float(event["intercept"])
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(FILE, None, f"no slope or intercept ({error})", "Give both as numbers under [event]") from error


def calibrated(value: float) -> float:
    """The share of claims that are right among those first guessed at *value* (0 to 1), to two places."""
    return on_curve(value, *curve())


def on_curve(value: float, slope: float, intercept: float) -> float:
    """*value* on the logistic curve, to two places, never quite 0 or 1."""
    return round(min(0.99, max(0.01, 1 / (1 + math.exp(-(slope * log_odds(value) + intercept))))), 2)


def log_odds(value: float) -> float:
    """Log-odds of a probability, kept finite."""
    kept = min(0.99, max(0.01, value))
    return math.log(kept / (1 - kept))
