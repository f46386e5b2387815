"""How a count, a toll or a map changes with choices: rule, number of independent accounts, factuality.

A choice is what a user of event data makes silently: which of several values stands for an event, how many sources it
takes, whether copies count as sources, how sure they must be. Every choice here is a filter or rule over the same
events; nothing is coded again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import Any, Literal, get_args

from onrecord.errors import ConfigError
from onrecord.model import Aggregation

Json = Mapping[str, Any]
Unit = Literal["accounts", "voices", "reports"]
By = Literal["all", "type", "week", "month", "country", "admin1", "place"]
RULES: tuple[Aggregation, ...] = get_args(Aggregation)
UNITS: tuple[Unit, ...] = get_args(Unit)
GROUPS: tuple[By, ...] = get_args(By)
MINIMUMS = (1, 2, 3)
FACTUALITIES = (0.0, 1.0, 2.0, 3.0)
"""Thresholds: 0 takes all that an account asserts, 1 at least possible, 2 probable, 3 certain."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One way to count: events with ``minimum`` or more ``unit``, of ``factuality`` or more, valued by ``aggregation``.

    Units: independent ``accounts`` (original speakers), ``voices`` (distinct texts), ``reports`` (copies included).
    """

    aggregation: Aggregation = "representative"
    unit: Unit = "accounts"
    minimum: int = 1
    factuality: float = 0.0

    def takes(self, event: Json) -> bool:
        """Whether *event* counts."""
        return bool(event[self.unit] >= self.minimum and event["factuality"] >= self.factuality)


BASELINE = Setting()


def one_at_a_time() -> list[tuple[str, Setting]]:
    """The baseline, then each choice changed alone; with the name of the choice."""
    base = BASELINE
    found = [("baseline", base)]
    found += [("aggregation", replace(base, aggregation=r)) for r in RULES if r != base.aggregation]
    found += [(unit, replace(base, unit=unit, minimum=n)) for unit in UNITS for n in MINIMUMS[1:]]
    return found + [("factuality", replace(base, factuality=f)) for f in FACTUALITIES[1:]]


def every_combination() -> list[tuple[str, Setting]]:
    """All rules, units, minimums and thresholds with one another."""
    settings = (Setting(*values) for values in product(RULES, UNITS, MINIMUMS, FACTUALITIES))
    return [("baseline" if s == BASELINE else "grid", s) for s in settings]


def sensitivity(
    events: Mapping[Aggregation, Sequence[Json]], by: By = "all", settings: Iterable[tuple[str, Setting]] | None = None
) -> list[dict[str, Any]]:
    """One row a setting and group: events, their share of the baseline, tolls, how many stand on a map.

    *events* has the rows of events under each aggregation. ``share`` is None where the baseline has no event in the
    group. Tolls are sums over events: ``killed_best`` of those with one number, ``killed_low`` and ``killed_high`` of
    all with a number; ``undecided`` counts events whose accounts tie on it, ``without_toll`` those that give none.
    ConfigError where *by* is no grouping.
    """
    if by not in GROUPS:
        raise ConfigError(f"grouping {by!r} is not known. Use one of: {', '.join(GROUPS)}")
    chosen = list(settings or one_at_a_time())
    counted = [(name, setting, _counts(events[setting.aggregation], setting, by)) for name, setting in chosen]
    base = _counts(events[BASELINE.aggregation], BASELINE, by)
    over_time = by in {"week", "month"}
    keys = sorted(
        {key for *_, groups in counted for key in groups} | set(base),
        key=lambda key: (key is None, 0 if over_time or key not in base else -base[key].events, key or ""),
    )
    return [
        _row(name, setting, by, key, groups.get(key, _Count()), base.get(key))
        for name, setting, groups in counted
        for key in keys
    ]


@dataclass(slots=True)
class _Count:
    """What is summed over the events of a group."""

    events: int = 0
    located: int = 0
    killed_best: float = 0.0
    killed_low: float = 0.0
    killed_high: float = 0.0
    undecided: int = 0
    without_toll: int = 0
    at: tuple[float, float] | None = None

    def add(self, event: Json) -> None:
        place, killed = event["place"] or {}, event["figures"].get("killed")
        self.events += 1
        if place.get("lat") is not None and place.get("precision") not in {"country", "region"}:
            self.located += 1
            self.at = self.at or (place["lat"], place["lon"])
        if killed is None or killed["low"] is None:
            self.without_toll += 1
            return
        self.killed_best += killed["best"] or 0.0
        self.killed_low += killed["low"]
        self.killed_high += killed["high"]
        self.undecided += killed["best"] is None


def _counts(events: Iterable[Json], setting: Setting, by: By) -> dict[str | None, _Count]:
    found: dict[str | None, _Count] = defaultdict(_Count)
    for event in events:
        if setting.takes(event):
            found[_group(event, by)].add(event)
    return found


def _group(event: Json, by: By) -> str | None:
    """The group of an event; None where its value is missing or tied."""
    place = event["place"] or {}
    if by == "all":
        return "all"
    if by == "type":
        return str(event["event_type"]) if event["event_type"] else None
    if by in {"week", "month"}:
        return _period(event["start"], by)
    if by == "country":
        return place.get("country")
    first = place.get("admin1") or (place.get("name") if place.get("precision") == "province" else None)
    own = first if by == "admin1" else place.get("name") or place.get("text")
    return ", ".join(p for p in (own, place.get("country")) if p) if own else None


def _period(start: str | None, by: str) -> str | None:
    if not start:
        return None
    if by == "month":
        return start[:7]
    year, week, _ = date.fromisoformat(start[:10]).isocalendar()
    return f"{year}-W{week:02}"


def _row(name: str, setting: Setting, by: By, key: str | None, count: _Count, base: _Count | None) -> dict[str, Any]:
    with_toll = count.events > count.without_toll
    at = count.at or (base.at if base else None)
    return {
        "choice": name,
        "aggregation": setting.aggregation,
        "unit": setting.unit,
        "minimum": setting.minimum,
        "factuality": setting.factuality,
        "by": by,
        "group": key,
        "events": count.events,
        "share": round(count.events / base.events, 4) if base and base.events else None,
        "located": count.located,
        "killed_best": count.killed_best if with_toll else None,
        "killed_low": count.killed_low if with_toll else None,
        "killed_high": count.killed_high if with_toll else None,
        "undecided": count.undecided,
        "without_toll": count.without_toll,
        "latitude": at[0] if at and by == "place" else None,
        "longitude": at[1] if at and by == "place" else None,
    }


def label(row: Json) -> str:
    """A row's setting in words: what differs from the baseline."""
    parts = []
    if row["aggregation"] != BASELINE.aggregation:
        parts.append(str(row["aggregation"]))
    if row["minimum"] > 1:
        parts.append(f"{row['minimum']}+ {row['unit']}")
    if row["factuality"] > 0:
        parts.append(f"factuality {row['factuality']:g}+")
    return ", ".join(parts) or "baseline"


def labels(rows: Iterable[Json]) -> Iterator[str]:
    """The settings of *rows*, each once, in order."""
    yield from dict.fromkeys(label(row) for row in rows)
