"""What maps, time lines and menus draw: clusters, areas, bins and counts, from columns alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np

from onrecord.case.keys import EPOCH, day_of
from onrecord.serve.happenings import Happenings
from onrecord.serve.mirror import NO_DAY, Floats, Ints
from onrecord.serve.whereabouts import Whereabouts

_SPREAD = ("province", "country", "region")
_UNITS = ("day", "week", "month", "year")
_MOST_BINS = 400


def event_map(
    where: Whereabouts, found: Happenings, chosen: Ints, box: tuple[float, float, float, float], zoom: float
) -> dict[str, Any]:
    """Clusters of the events in *box* (west, south, east, north) for a zoom, and counts of divisions.

    A cell is a quarter of a map tile (256 pixels a tile). Events known only to a province or country are no points;
    they count in the areas.
    """
    west, south, east, north = box
    lat, lon = found.lat[chosen], found.lon[chosen]
    placed = ~np.isnan(lat)
    spread = np.isin(found.precision[chosen], [i for i, word in enumerate(found.precisions) if word in _SPREAD])
    across = (lon >= west) & (lon <= east) if west <= east else (lon >= west) | (lon <= east)
    inside = placed & ~spread & across & (lat >= south) & (lat <= north)
    points = chosen[inside]
    return {
        "clusters": _clusters(found, points, zoom),
        "areas": _areas(where, found, chosen[found.place[chosen] > 0]),
        "total": len(chosen),
        "placed": int(placed.sum()),
        "unplaced": int((~placed).sum()),
    }


def _clusters(found: Happenings, points: Ints, zoom: float) -> list[dict[str, Any]]:
    if not len(points):
        return []
    lat, lon = found.lat[points], found.lon[points]
    cells = 4 * 2.0 ** min(max(zoom, 0.0), 18.0)
    x = np.floor((lon + 180) / 360 * cells).astype(np.int64)
    sine = np.clip(np.sin(np.radians(lat)), -0.9999, 0.9999)
    y = np.floor((0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)) * cells).astype(np.int64)
    if zoom >= 14:
        # Close up, only what lies on one spot is drawn as one.
        _, cell = np.unique(np.stack([lat, lon], axis=1), axis=0, return_inverse=True)
    else:
        _, cell = np.unique(x * (1 << 32) + y, return_inverse=True)
    order = np.argsort(cell.ravel(), kind="stable")
    starts = np.flatnonzero(np.diff(cell.ravel()[order], prepend=-1))
    groups = np.split(order, starts[1:])
    killed = found.killed()
    clusters = [_cluster(found, killed, points[group]) for group in groups]
    return sorted(clusters, key=lambda c: -c["count"])


def _cluster(found: Happenings, killed: tuple[Floats, Floats], group: Ints) -> dict[str, Any]:
    lat, lon = found.lat[group], found.lon[group]
    kinds = np.unique(found.precision[group])
    types, counts = np.unique(found.type[group], return_counts=True)
    return {
        "lat": float(lat.mean()), "lon": float(lon.mean()),
        "west": float(lon.min()), "south": float(lat.min()), "east": float(lon.max()), "north": float(lat.max()),
        "count": len(group),
        "killed_low": float(killed[0][group].sum()), "killed_high": float(killed[1][group].sum()),
        "radius_m": float(np.median(found.radius[group])),
        "precision": found.precisions[kinds[0]] or None if len(kinds) == 1 else None,
        "event_id": found.ids[group[0]] if len(group) == 1 else None,
        "types": {found.types[t]: int(n) for t, n in zip(types, counts, strict=True)},
    }  # fmt: skip


def _areas(where: Whereabouts, found: Happenings, chosen: Ints) -> list[dict[str, Any]]:
    sums: dict[tuple[str | None, str | None], list[float]] = {}
    places, inverse = np.unique(found.place[chosen], return_inverse=True)
    counts = np.bincount(inverse, minlength=len(places))
    killed = found.killed()
    low, high = (np.bincount(inverse, weights=side[chosen], minlength=len(places)) for side in killed)
    for i, place in enumerate(places.tolist()):
        _, _, admin1, country, _ = where.name(place)
        if country is None:
            continue
        there = sums.setdefault((country, admin1), [0, 0, 0, 0, 0, 0])
        known = where.lat[place] <= 90
        for k, value in enumerate((counts[i], low[i], high[i], counts[i] * known)):
            there[k] += float(value)
        if known:
            there[4] += float(where.lat[place] * counts[i])
            there[5] += float(where.lon[place] * counts[i])
    return sorted(
        (
            {
                "country": country, "admin1": admin1, "count": int(n), "killed_low": low_, "killed_high": high_,
                "lat": lat / at if at else None, "lon": lon / at if at else None,
            }
            for (country, admin1), (n, low_, high_, at, lat, lon) in sums.items()
        ),
        key=lambda area: -area["count"],
    )  # fmt: skip


def timeline(days: Ints, kinds: Ints, word: Callable[[int], str], unit: str | None) -> dict[str, Any]:
    """Things by their *days* (since 1970, NO_DAY: not known) in bins of a unit, each in all and by kind.

    Without a unit, or with one that gives too many bins, the finest is taken that gives a hundred or so.
    """
    dated = days != NO_DAY
    known, kinds = days[dated], kinds[dated]
    counts = {"total": len(days), "undated": int((~dated).sum())}
    if not len(known):
        return {"unit": unit or "day", "bins": [], "first": None, "last": None, **counts}
    first, last = int(known.min()), int(known.max())
    unit = _unit(first, last, unit)
    starts = _starts(first, last, unit)
    which = np.searchsorted(starts, known, side="right") - 1
    names, kind = np.unique(kinds, return_inverse=True)
    table = np.zeros((len(starts), len(names)), dtype=np.int64)
    np.add.at(table, (which, kind.ravel()), 1)
    ends = [*(start - 1 for start in starts[1:]), _after(starts[-1], unit) - 1]
    words = [word(int(name)) for name in names]
    bins = [
        {"start": day_of(start), "end": day_of(end), "count": int(row.sum()),
         "by": {words[i]: int(n) for i, n in enumerate(row) if n}}
        for start, end, row in zip(starts, ends, table, strict=True)
    ]  # fmt: skip
    return {"unit": unit, "bins": bins, "first": day_of(first), "last": day_of(last), **counts}


def event_timeline(found: Happenings, chosen: Ints, unit: str | None) -> dict[str, Any]:
    """Events by their first day and by type."""
    return timeline(found.start[chosen], found.type[chosen], found.types.__getitem__, unit)


def _unit(first: int, last: int, asked: str | None) -> str:
    length = {"day": 1, "week": 7, "month": 30, "year": 365}
    fine = next(unit for unit in _UNITS if (last - first) / length[unit] <= 120 or unit == "year")
    if asked and (last - first) / length[asked] <= _MOST_BINS:
        return asked
    return fine


def _starts(first: int, last: int, unit: str) -> list[int]:
    day = date.fromordinal(first + EPOCH)
    begun = {
        "day": day,
        "week": day - timedelta(days=day.weekday()),
        "month": day.replace(day=1),
        "year": day.replace(month=1, day=1),
    }[unit]
    found = [begun.toordinal() - EPOCH]
    while (following := _after(found[-1], unit)) <= last:
        found.append(following)
    return found


def _after(start: int, unit: str) -> int:
    day = date.fromordinal(start + EPOCH)
    if unit == "month":
        day = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    elif unit == "year":
        if day.year >= date.max.year:
            return date.max.toordinal() - EPOCH + 1
        day = day.replace(year=day.year + 1)
    else:
        day += timedelta(days=1 if unit == "day" else 7)
    return day.toordinal() - EPOCH
