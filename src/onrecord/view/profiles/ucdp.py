"""Events in UCDP GED's 49 columns: assaults with dead, between sides that are known."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.lexicon.profile_codes import Codes, Country
from onrecord.view.profiles.happening import Happening, LeftOut, listed, whole
from onrecord.view.profiles.parties import Party, read_parties

_EMPTY = ("active_year", "code_status", "conflict_dset_id", "dyad_dset_id", "side_a_dset_id", "side_b_dset_id")


@dataclass(frozen=True, slots=True)
class _Side:
    """A side as UCDP names it; ``what`` is state, group or civilians."""

    name: str
    what: str
    country: Country | None = None


def ucdp_row(told: Happening, codes: Codes) -> dict[str, Any] | LeftOut:
    """One event in the layout ``ucdp``, or why UCDP has no row for it."""
    country = codes.country(told.place.get("country"))
    reason = _left_out(told, codes, country)
    if reason is not None:
        return reason
    assert country is not None
    assert told.days is not None
    sides = _violence(told, codes)
    if sides is None:
        return LeftOut("sides_unclear")
    violence, a, b = sides
    row: dict[str, Any] = dict.fromkeys(_EMPTY)
    row |= {"id": told.number, "relid": f"{country.plover}-{told.days[0].year}-{violence}-{told.id}"}
    row |= {"year": told.days[0].year, "type_of_violence": violence}
    row |= _dyad(violence, a, b, codes)
    row |= _sources(told)
    row |= _where(told, codes, country)
    row |= {"event_clarity": 1 if (told.length or 0) <= 6 else 2, "date_prec": _date_precision(told)}
    row |= {"date_start": told.days[0], "date_end": told.days[1]}
    row |= _deaths(told, violence, a, b, codes)
    return row | {"gwnoa": _gw(a), "gwnob": _gw(b)}


def _left_out(told: Happening, codes: Codes, country: Country | None) -> LeftOut | None:
    killed = told.figure("killed")
    if told.event["event_type"] != "ASSAULT":
        return LeftOut("no_code")
    if killed["high"] is None or killed["high"] < 1:
        return LeftOut("no_deaths")
    if told.length is None:
        return LeftOut("no_day")
    if told.length > 366:
        return LeftOut("day_too_vague")
    if not told.place:
        return LeftOut("no_place")
    if told.place.get("lat") is None or country is None:
        return LeftOut("place_not_found")
    return None if codes.scale("ucdp", told.place.get("precision")) else LeftOut("place_too_vague")


def _violence(told: Happening, codes: Codes) -> tuple[int, _Side, _Side] | None:
    """Type of violence and the two sides in UCDP's order; None where the parties do not tell."""
    where = [told.place.get("name") or "", told.place.get("admin1") or "", *told.said_of_place()]
    actors = _all_sides(read_parties(told.parties("actor"), codes, where), 0, codes)
    others = _all_sides(read_parties(told.parties("recipient"), codes, where), 1, codes)
    if not others and len({a.name for a in actors}) > 1:
        actors, others = actors[:1], [a for a in actors[1:] if a.name != actors[0].name]
    armed = [o for o in others if o.what != "civilians"]
    a = next((s for s in actors if s.what != "civilians"), None)
    if a is None or not others:
        return None
    if not armed:
        return 3, a, others[0]
    b = armed[0]
    if a.name == b.name:
        return None
    if "state" not in {a.what, b.what}:
        return 2, a, b
    return (1, a, b) if a.what == "state" else (1, b, a)


def _all_sides(parties: Sequence[Party], role: int, codes: Codes) -> list[_Side]:
    return [side for p in parties if (side := _side(p, role, codes)) is not None]


def _side(party: Party, role: int, codes: Codes) -> _Side | None:
    if party.body is not None and (party.body.kind != "party" or party.has("REB")):
        return _Side(party.body.codes.get("ucdp") or party.body.name, "group")
    if party.has("REB", "PRM", "UAF", "CRM"):
        # An armed group without a name is no side to UCDP, whatever else its words say.
        return None
    what = "state" if party.is_state else next((w for s in party.sectors if (w := _what(s, role, codes))), "")
    if what == "civilians":
        return _Side("Civilians", what)
    if what == "state" and party.country is not None and party.country.gw is not None:
        return _Side(f"Government of {party.country.ucdp_name}", what, party.country)
    return None


def _what(sector: str, role: int, codes: Codes) -> str:
    return codes.ucdp_sides.get(sector, ("", ""))[role]


def _dyad(violence: int, a: _Side, b: _Side, codes: Codes) -> dict[str, Any]:
    known = codes.dyads.get((a.name, b.name))
    name = f"{a.name} - {b.name}"
    return {
        "conflict_new_id": known.conflict_new_id if known else None,
        "conflict_name": (known.conflict_name if known else None) or (name if violence != 1 else None),
        "dyad_new_id": known.dyad_new_id if known else None,
        "dyad_name": name,
        "side_a_new_id": known.side_a_new_id if known else None,
        "side_a": a.name,
        "side_b_new_id": known.side_b_new_id if known else None,
        "side_b": b.name,
    }


def _sources(told: Happening) -> dict[str, Any]:
    days = [(r.get("published") or "")[:10] for r in told.told_in]
    articles = [
        ",".join(p for p in (r.get("outlet"), day, r.get("title")) if p)
        for r, day in zip(told.told_in, days, strict=True)
    ]
    return {
        "number_of_sources": told.event["voices"],
        "source_article": ";".join(a for a in articles if a) or None,
        "source_office": ";".join(told.outlets) or None,
        "source_date": ";".join(d for d in days if d) or None,
        "source_headline": ";".join(r["title"] for r in told.told_in if r.get("title")) or None,
        "source_original": listed(told.said_by),
    }


def _where(told: Happening, codes: Codes, country: Country) -> dict[str, Any]:
    place = told.place
    lat, lon = float(place["lat"]), float(place["lon"])
    return {
        "where_prec": _where_precision(told, codes),
        "where_coordinates": place.get("name") or place.get("text"),
        "where_description": listed(told.said_of_place()),
        "adm_1": place.get("admin1"),
        "adm_2": place.get("admin2"),
        "latitude": lat,
        "longitude": lon,
        "geom_wkt": f"POINT ({lon} {lat})",
        "priogrid_gid": priogrid(lat, lon),
        "country": country.ucdp_name,
        "country_id": country.gw,
        "region": country.ucdp_region,
    }


def _where_precision(told: Happening, codes: Codes) -> int | None:
    """The scale's integer; a place that was inferred is a limited area around it (2) at best."""
    found = codes.scale("ucdp", told.place.get("precision"))
    return 2 if found == 1 and told.inferred("place") else found


def priogrid(lat: float, lon: float) -> int:
    """The cell of PRIO-GRID (half a degree, 720 a row, from the south-west corner) that holds a point."""
    row, column = min(math.floor((lat + 90) * 2), 359), min(math.floor((lon + 180) * 2), 719)
    return row * 720 + column + 1


def _date_precision(told: Happening) -> int:
    days = told.length or 1
    if days == 1:
        return 2 if told.inferred("start") else 1
    return 2 if days <= 6 else 3 if days == 7 else 4 if days <= 31 else 5


def _deaths(told: Happening, violence: int, a: _Side, b: _Side, codes: Codes) -> dict[str, Any]:
    """The toll, and on which side; a side only where the words of every figure say so."""
    killed = told.figure("killed")
    best = whole(killed["best"])
    whose = "deaths_civilians" if violence == 3 else _whose(told, a, b, codes) or "deaths_unknown"
    deaths = dict.fromkeys(("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"))
    return {**deaths, whose: best, "best": best, "high": whole(killed["high"]), "low": whole(killed["low"])}


def _whose(told: Happening, a: _Side, b: _Side, codes: Codes) -> str | None:
    """The column of the dead where the words of every figure put them on one and the same side."""
    counted = [f for c in told.claims for f in c.get("figures") or () if f["measure"] == "killed"]
    sides = {codes.side_of_dead((f.get("of") or {}).get("text")) for f in counted}
    side = sides.pop() if len(sides) == 1 else None
    if side == "civilians":
        return "deaths_civilians"
    fitting = [column for column, s in (("deaths_a", a), ("deaths_b", b)) if s.what == side]
    return fitting[0] if len(fitting) == 1 else None


def _gw(side: _Side) -> int | None:
    return side.country.gw if side.country else None
