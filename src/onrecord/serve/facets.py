"""Counts of values among claims in view, for menus: each with the term that narrows the filter to it."""

from __future__ import annotations

from typing import Any

import numpy as np

from onrecord.case.filters import Term
from onrecord.serve.desk import Ask
from onrecord.serve.mirror import Ints, Mask
from onrecord.serve.parties import ROLES, counted_in, roles, units
from onrecord.serve.whereabouts import whereabouts

_COLUMNS = {
    "kind": "kind", "mood": "mood", "polarity": "polarity", "certainty": "certainty", "tense": "tense",
    "precision": "precision",
}  # fmt: skip
_CODES = {
    "mode": "mode", "context": "context", "cue": "cue_class", "channel": "channel_class", "caveat": "caveat",
    "form": "form", "naming": "naming",
}  # fmt: skip
_MOST = 40


def claim_facets(ask: Ask, mask: Mask) -> dict[str, list[dict[str, Any]]]:
    """Counts by kind, type, mode, place, party, outlet and the rest of the claims in *mask*."""
    snapshot = ask.snapshot
    c, rows = snapshot.claims, np.flatnonzero(mask)
    found = {key: _words(ask, key, c[column][rows]) for key, column in _COLUMNS.items()}
    found["type"] = _words(ask, "type", c["type"][rows][c["kind"][rows] == snapshot.number("kind", "event")])
    codes = _counted(snapshot.codes.value[snapshot.codes.inside(mask, rows)], None)
    for key, of in _CODES.items():
        named = [(snapshot.words[code], n) for code, n in codes if code in snapshot.words]
        found[key] = [_facet(key, word, word, n) for (of_, word), n in named if of_ == of][:_MOST]
    figures, many = snapshot.figures, len(snapshot.words) + 1
    told = figures.inside(mask, rows)
    # A claim that counts its dead twice is one claim.
    once = np.unique(figures.row[told] * many + figures.value[told])
    found["measure"] = _words(ask, "measure", once % many)
    found["outlet"] = _outlets(ask, rows)
    found["review"] = _reviews(c["review"][rows])
    return found | _places(ask, rows) | _parties(ask, mask)


def _facet(key: str, value: str, label: str, count: int, operator: str = ":") -> dict[str, Any]:
    return {"value": value, "label": label, "count": count, "term": str(Term(key, operator, (value,)))}


def _words(ask: Ask, key: str, values: Ints) -> list[dict[str, Any]]:
    words = [(str(ask.snapshot.word(name)), n) for name, n in _counted(values)]
    return [_facet(key, word, word, n) for word, n in words]


def _outlets(ask: Ask, rows: Ints) -> list[dict[str, Any]]:
    s = ask.snapshot
    outlets = s.reports["outlet"][s.codings["report"][s.claims["coding"][rows]]]
    named = [(s.outlets[number], n) for number, n in _counted(outlets)]
    return [_facet("outlet", name, name, n, "=") for name, n in named]


def _reviews(values: Ints) -> list[dict[str, Any]]:
    states = ("unreviewed", "accepted", "corrected", "rejected", "reopened")
    counts = np.bincount(values, minlength=len(states))
    counts[0] += counts[4]
    return [_facet("review", state, state, int(counts[i])) for i, state in enumerate(states) if counts[i]]


def _places(ask: Ask, rows: Ints) -> dict[str, list[dict[str, Any]]]:
    places, where = ask.snapshot.claims["place"][rows], whereabouts(ask)
    named: dict[str, list[Any]] = {}
    countries: dict[str, int] = {}
    divisions: dict[str, int] = {}
    for number, n in _counted(places, None):
        place_id, name, admin1, country, _ = where.name(number)
        if place_id:
            # The most frequent of its rows gives the name.
            named.setdefault(place_id, [0, str(name)])[0] += n
        if country:
            countries[country] = countries.get(country, 0) + n
        if admin1:
            divisions[admin1] = divisions.get(admin1, 0) + n
    ranked = sorted(named.items(), key=lambda item: (-item[1][0], item[1][1]))[:_MOST]
    return {
        "place": [_facet("place.id", place_id, name, n) for place_id, (n, name) in ranked],
        "country": [_facet("place.country", name, name, n) for name, n in _most(countries)],
        "admin1": [_facet("place.admin1", name, name, n, "=") for name, n in _most(divisions)],
    }


def _parties(ask: Ask, mask: Mask) -> dict[str, list[dict[str, Any]]]:
    who, there, found = units(ask.desk, ask.snapshot), roles(ask.desk, ask.snapshot), {}
    for role in ROLES:
        named = counted_in(who, there.rows[role], there.units[role], mask, _MOST)
        found[role] = [_facet(f"{role}.id", actor_id, name, n) for actor_id, name, n in named]
    return found


def _counted(values: Ints, most: int | None = _MOST) -> list[tuple[int, int]]:
    """How often each number above 0 is there, the most frequent first."""
    counts = np.bincount(values[values > 0])
    numbers = np.flatnonzero(counts)
    order = numbers[np.argsort(-counts[numbers], kind="stable")[:most]]
    return list(zip(order.tolist(), counts[order].tolist(), strict=True))


def _most(sums: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(sums.items(), key=lambda item: (-item[1], item[0]))[:_MOST]
