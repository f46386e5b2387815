"""How far accounts of one event disagree, per field: the measures of report-level event research.

After van Baalen and Höglund 2026 (R package eventreport) and Cook and Weidmann 2019. An event is the sequence of one
field's values, one a report (or one an account); None is missing. Events without any report are left out of means.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

Given = Hashable | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Divergence:
    """All measures of one field over a data set; None where no event allows the measure.

    The last three are shares from 0 to 1; ``mean_range`` and ``mean_sd`` are in the field's own unit and None for
    fields that are not numbers.
    """

    events: int
    mean_dscore: float | None
    mean_dscore_normalised: float | None
    mean_range: float | None
    mean_sd: float | None
    modal_confidence: float | None
    share_disagreement: float | None


def dscore(values: Sequence[Given]) -> int:
    """Number of distinct values minus one, missing counted as a value; ValueError without any report."""
    if not values:
        raise ValueError("an event without reports has no divergence. Leave it out")
    return len(set(values)) - 1


def mean_dscore(events: Iterable[Sequence[Given]]) -> float | None:
    """Mean of `dscore` over events."""
    return _mean([float(dscore(e)) for e in events if e])


def mean_dscore_normalised(events: Iterable[Sequence[Given]]) -> float | None:
    """Mean of `dscore` divided by the number of distinct values of the whole data set, missing counted as one."""
    known = [e for e in events if e]
    mean = mean_dscore(known)
    return None if mean is None else mean / len({v for e in known for v in e})


def value_range(values: Sequence[float | None]) -> float | None:
    """Largest minus smallest of the values that are not missing; 0 for one value, None for none."""
    known = [v for v in values if v is not None]
    return max(known) - min(known) if known else None


def mean_range(events: Iterable[Sequence[float | None]]) -> float | None:
    """Mean of `value_range` over the events that have one."""
    return _mean([r for e in events if (r := value_range(e)) is not None])


def deviation(values: Sequence[float | None]) -> float | None:
    """Sample standard deviation (n - 1) of the values that are not missing; None for fewer than two."""
    known = [v for v in values if v is not None]
    return statistics.stdev(known) if len(known) > 1 else None


def mean_sd(events: Iterable[Sequence[float | None]]) -> float | None:
    """Mean of `deviation` over the events that have one."""
    return _mean([d for e in events if (d := deviation(e)) is not None])


def modal_share(values: Sequence[Given]) -> float | None:
    """Share of the reports that give a value which give the most frequent one; None where none does.

    Ties do not matter: each of the tied values has the same share.
    """
    known = [v for v in values if v is not None]
    return max(Counter(known).values()) / len(known) if known else None


def modal_confidence(events: Iterable[Sequence[Given]]) -> float | None:
    """Mean of `modal_share` over the events that have one."""
    return _mean([m for e in events if (m := modal_share(e)) is not None])


def disagreement(values: Sequence[Given]) -> float | None:
    """One minus `modal_share`."""
    share = modal_share(values)
    return None if share is None else 1 - share


def share_disagreement(events: Iterable[Sequence[Given]]) -> float | None:
    """Share of events whose reports give two or more distinct values, missing counted as none."""
    return _mean([float(len(set(e) - {None}) > 1) for e in events if e])


def divergence(events: Iterable[Sequence[Given]]) -> Divergence:
    """All measures of one field over *events*."""
    known = [e for e in events if e]
    numbers: list[list[float | None]] = [[_number(v) for v in e] for e in known]
    numeric = any(v is not None for e in numbers for v in e)
    return Divergence(
        events=len(known),
        mean_dscore=mean_dscore(known),
        mean_dscore_normalised=mean_dscore_normalised(known),
        mean_range=mean_range(numbers) if numeric else None,
        mean_sd=mean_sd(numbers) if numeric else None,
        modal_confidence=modal_confidence(known),
        share_disagreement=share_disagreement(known),
    )


def _number(value: Given) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
