"""Where places lie and what they are called, with what people decided of them, beside the rows as they were coded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from onrecord.case.folding import fold
from onrecord.case.identities import Identities, unfound_id
from onrecord.case.sphere import METRES_A_DEGREE, metres_between
from onrecord.serve.desk import Ask
from onrecord.serve.mirror import Floats

_VALUES = ("name", "admin1", "admin2", "country", "lat", "lon")
_NEAR = 3000.0
_MOST = 10


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Coordinates by row of places, and the rows and ids whose name or position people decided on.

    A row's name is place_id, name, admin1, country and words; ``decided`` gives the values of an id of one place.
    """

    lat: Floats
    lon: Floats
    rows: Mapping[int, tuple[str | None, ...]]
    renamed: Mapping[int, tuple[str | None, ...]]
    decided: Mapping[str, dict[str, Any]]

    def name(self, row: int) -> tuple[str | None, ...]:
        """Id, name, first-order division, country and words of a row of places."""
        return self.renamed.get(row) or self.rows.get(row, (None,) * 5)

    def corrected(self, place: dict[str, Any] | None) -> dict[str, Any] | None:
        """*place*, as an event gives it, with what people decided of it."""
        unit = unit_of(place) if place and self.decided else None
        return place if unit not in self.decided or place is None else {**place, **self.decided[str(unit)]}


def unit_of(place: Mapping[str, Any]) -> str | None:
    """The id under which a place is listed; None for one that is not listed."""
    words = place.get("text") if not place.get("name") else None
    return place.get("place_id") or (unfound_id(words) if words else None)


def whereabouts(ask: Ask) -> Whereabouts:
    """The places as known at the moment asked about."""
    s, decided = ask.snapshot, ask.decided()
    key = ("where", s.places.size, s.erasures, ask.cut if decided else None, decided)
    found: Whereabouts = ask.desk.once(key, lambda: _read(ask, decided), kind="where", limit=4)
    return found


def _read(ask: Ask, decided: int) -> Whereabouts:
    s = ask.snapshot
    lat, lon = s.places.floats["lat"], s.places.floats["lon"]
    renamed: dict[int, tuple[str | None, ...]] = {}
    values: dict[str, dict[str, Any]] = {}
    if decided:
        lat, lon = lat.copy(), lon.copy()
        with ask.desk.file.snapshot() as connection:
            known = Identities(connection, ask.cut)
            for one in known.decided:
                if one.about != "place":
                    continue
                row, numbers = known.place_row(one), [n for which in known.mentions(one) for n in which.places]
                said = {"place_id": one.id, **{key: row[key] for key in _VALUES}}
                values |= dict.fromkeys(one.units, said)
                for number in numbers:
                    renamed[number] = (one.id, row["name"], row["admin1"], row["country"], None)
                    if row["lat"] is not None and number < len(lat):
                        lat[number], lon[number] = row["lat"], row["lon"]
    return Whereabouts(lat, lon, s.place_names, renamed, values)


def as_coded(ask: Ask, place_id: str) -> dict[str, Any]:
    """Name, divisions, country and coordinates of a place as grounding gave them, whatever people decided since."""
    with ask.desk.file.snapshot() as connection:
        row = connection.execute(
            "SELECT coalesce(name, words), admin1, admin2, country, lat, lon FROM places WHERE place_id = ? "
            "ORDER BY place LIMIT 1", (place_id,),
        ).fetchone()  # fmt: skip
    return dict(zip(_VALUES, row or (None,) * len(_VALUES), strict=True))


def similar_places(rows: Sequence[dict[str, Any]], row: dict[str, Any]) -> list[dict[str, Any]]:
    """Others that may be the same place, for a person to decide: of the same name, or near by; the nearest first."""
    wanted, here = {fold(name) for name in row["names"]}, (row["lat"], row["lon"])
    lats = np.array([np.nan if p["lat"] is None else p["lat"] for p in rows])
    near = np.abs(lats - (np.nan if here[0] is None else here[0])) * METRES_A_DEGREE <= _NEAR
    found = []
    for i, other in enumerate(rows):
        named = not wanted.isdisjoint(fold(name) for name in other["names"])
        if other["place_id"] == row["place_id"] or not (named or near[i]):
            continue
        known = here[0] is not None and other["lat"] is not None
        metres = metres_between(*here, other["lat"], other["lon"]) if known else None
        if named or (metres is not None and metres <= _NEAR):
            kept = {key: other[key] for key in ("place_id", "name", "country", "lat", "lon", "claims")}
            found.append({**kept, "metres": None if metres is None else round(metres)})
    return sorted(found, key=lambda p: (p["metres"] is None, p["metres"] or 0, -p["claims"]))[:_MOST]
