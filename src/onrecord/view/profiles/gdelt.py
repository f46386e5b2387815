"""Events in the 61 columns of GDELT 2.0: CAMEO codes, CAMEO actors, FIPS 10-4 countries."""

from __future__ import annotations

from typing import Any, Literal

from onrecord.lexicon.actors import load_actors
from onrecord.lexicon.ontology import load_ontology
from onrecord.lexicon.profile_codes import Codes
from onrecord.view.profiles.happening import MONTH, Happening, Json, LeftOut, moment

_GROUPS = frozenset({"IGO", "NGO", "MNC", "IMG"})
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
_LEAD = 300  # characters: about the first two sentences of a report


def gdelt_row(told: Happening, codes: Codes) -> dict[str, Any] | LeftOut:
    """One event in the layout ``gdelt``, or why it has no row."""
    event, days = told.event, told.days
    if event["event_type"] is None:
        return LeftOut("type_indeterminate")
    if days is None:
        return LeftOut("no_day")
    if (told.length or 1) > MONTH:
        return LeftOut("day_too_vague")
    code = load_ontology().cameo(event["event_type"], event["modes"])
    if code is None:
        return LeftOut("no_code")
    day, root = days[0], int(code[:2])
    added = moment(event["first_published"])
    row: dict[str, Any] = {"GLOBALEVENTID": told.number, "SQLDATE": int(day.strftime("%Y%m%d"))}
    row |= {"MonthYear": int(day.strftime("%Y%m")), "Year": day.year}
    row["FractionDate"] = round(day.year + (day.month * 30 + day.day) / 365, 4)
    row |= _actor(told, "Actor1", "actor", codes) | _actor(told, "Actor2", "recipient", codes)
    row |= {"IsRootEvent": int(_in_lead(told)), "EventCode": code, "EventBaseCode": code[:3], "EventRootCode": code[:2]}
    row |= {"QuadClass": _quad_class(root), "GoldsteinScale": codes.goldstein_of(code)}
    row |= {"NumMentions": len(told.claims), "NumSources": max(len(told.outlets), 1)}
    row |= {"NumArticles": len({c["report_id"] for c in told.claims}), "AvgTone": None}
    row |= _nowhere("Actor1Geo_") | _nowhere("Actor2Geo_") | _where(told, codes)
    row["DATEADDED"] = int(added.strftime("%Y%m%d%H%M%S")) if added else None
    row["SOURCEURL"] = told.told_in[0].get("url") if told.told_in else None
    return row


def _quad_class(root: int) -> int:
    return 1 if root <= 5 else 2 if root <= 8 else 3 if root <= 13 else 4


def _in_lead(told: Happening) -> bool:
    """Whether a claim stands in the title or near the beginning of a text; GDELT's root events do."""
    return any(c["field"] == "title" or (c.get("span") or [_LEAD])[0] < _LEAD for c in told.claims)


def _actor(told: Happening, name: str, role: Literal["actor", "recipient"], codes: Codes) -> dict[str, Any]:
    party: Json = next(iter(told.parties(role)), {})
    sectors = [r for s in party.get("sectors") or () if (r := codes.cameo_roles.get(s))]
    state = load_actors().states.get(party.get("country") or "")
    country = state.cameo if state else None
    group = party.get("country") if party.get("country") in _GROUPS else None
    group = "UNO" if party.get("actor_id") == "igo.un" else group
    words = party.get("name") or party.get("text")
    roles = [*dict.fromkeys(sectors), None, None, None][:3]
    return {
        f"{name}Code": "".join(filter(None, (country, group, *roles))) or None,
        f"{name}Name": words.upper() if words else None,
        f"{name}CountryCode": country,
        f"{name}KnownGroupCode": group,
        f"{name}EthnicCode": None,
        f"{name}Religion1Code": None,
        f"{name}Religion2Code": None,
        **{f"{name}Type{n}Code": role_code for n, role_code in enumerate(roles, 1)},
    }


def _nowhere(name: str) -> dict[str, Any]:
    return {f"{name}{column}": None for column in _GEO} | {f"{name}Type": 0}


def _where(told: Happening, codes: Codes) -> dict[str, Any]:
    place = told.place
    country = codes.country(place.get("country"))
    row = _nowhere("ActionGeo_")
    if country is None:
        return row
    scale = "gdelt_usa" if country.id == "USA" else "gdelt_world"
    kind = codes.scale(scale, place.get("precision"))
    name = place.get("name") or place.get("text")
    parts = dict.fromkeys(v for v in (name, place.get("admin1"), country.name) if v)
    own = country.fips if kind == 1 else None
    values = (kind or 0, ", ".join(parts), country.fips, own, None, place.get("lat"), place.get("lon"), own)
    return {f"ActionGeo_{column}": value for column, value in zip(_GEO, values, strict=True)}
