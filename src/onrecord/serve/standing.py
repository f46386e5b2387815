"""Actors and places of a case as lists, until the ledger gives them itself."""

from __future__ import annotations

from typing import Any

import numpy as np

from onrecord.case.keys import day_of
from onrecord.serve.desk import Ask
from onrecord.serve.mirror import NO_DAY

_DID, _SUFFERED, _SAID = ("actor", "holder", "subject"), ("recipient", "object"), ("speaker",)


def actors(ask: Ask) -> list[dict[str, Any]]:
    """Actors of the claims that stand, the most frequent first."""
    key = ("actors", ask.snapshot.version, ask.cut)
    found: list[dict[str, Any]] = ask.desk.once(key, lambda: _actors(ask))
    return found


def _actors(ask: Ask) -> list[dict[str, Any]]:
    s = ask.snapshot
    mask = ask.standing() & (s.claims["status"] == s.number("status", "coded"))
    with ask.desk.file.snapshot() as connection:
        rows = connection.execute(
            "SELECT actor, actor_id, name, country, trim(sectors), group_id, words FROM actors"
        ).fetchall()
    chosen = mask[s.slots.row]
    actor, slot, claim = s.slots.value[chosen], s.slots.more["slot"][chosen], s.slots.row[chosen]
    size = max((row[0] for row in rows), default=0) + 1
    counts = {}
    for name, of in (("did", _DID), ("suffered", _SUFFERED), ("said", _SAID)):
        numbers = [s.number("slot", word) for word in of]
        counts[name] = np.bincount(actor[np.isin(slot, numbers)], minlength=size)
    first, last = np.full(size, NO_DAY), np.full(size, -NO_DAY)
    days = s.claims["first_day"][claim]
    dated = days != NO_DAY
    np.minimum.at(first, actor[dated], days[dated])
    np.maximum.at(last, actor[dated], days[dated])
    found: dict[str, dict[str, Any]] = {}
    for number, actor_id, name, country, sectors, group, _ in rows:
        seen = {k: int(v[number]) for k, v in counts.items()}
        if not actor_id or not any(seen.values()):
            continue
        entry = found.setdefault(
            actor_id,
            {"actor_id": actor_id, "name": name, "country": country, "sectors": sectors.split(), "group": group,
             "provisional": False, "status": "registry", "names": [], "did": 0, "suffered": 0, "said": 0,
             "first": None, "last": None},
        )  # fmt: skip
        for k, v in seen.items():
            entry[k] += v
        if name and name not in entry["names"]:
            entry["names"].append(name)
        if first[number] != NO_DAY:
            begun, ended = day_of(int(first[number])), day_of(int(last[number]))
            entry["first"] = min(filter(None, (entry["first"], begun)))
            entry["last"] = max(filter(None, (entry["last"], ended)))
    return sorted(found.values(), key=lambda e: (-e["did"] - e["suffered"] - e["said"], e["actor_id"]))


def places(ask: Ask) -> list[dict[str, Any]]:
    """Places of the claims that stand, the most frequent first; those found in the gazetteer."""
    key = ("places", ask.snapshot.version, ask.cut)
    found: list[dict[str, Any]] = ask.desk.once(key, lambda: _places(ask))
    return found


def _places(ask: Ask) -> list[dict[str, Any]]:
    s = ask.snapshot
    mask = ask.standing() & (s.claims["status"] == s.number("status", "coded"))
    place = s.claims["place"]
    counts = np.bincount(place[mask], minlength=s.places.size)
    control = mask & (s.claims["kind"] == s.number("kind", "control"))
    held = np.bincount(place[control], minlength=s.places.size)
    found: dict[str, dict[str, Any]] = {}
    for number, (place_id, name, admin1, country, _) in s.place_names.items():
        if not place_id or number >= len(counts) or not counts[number]:
            continue
        lat, lon = float(s.places.floats["lat"][number]), float(s.places.floats["lon"][number])
        known = lat <= 90
        entry = found.setdefault(
            place_id,
            {"place_id": place_id, "name": name, "admin1": admin1, "country": country,
             "lat": lat if known else None, "lon": lon if known else None, "claims": 0, "control": 0},
        )  # fmt: skip
        entry["claims"] += int(counts[number])
        entry["control"] += int(held[number])
    return sorted(found.values(), key=lambda e: (-e["claims"], e["place_id"]))
