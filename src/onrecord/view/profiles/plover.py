"""Events as PLOVER records and in POLECAT's 40 columns, which share the ontology."""

from __future__ import annotations

from typing import Any, Literal

from onrecord.lexicon.actors import load_actors
from onrecord.lexicon.ontology import load_ontology
from onrecord.lexicon.profile_codes import Codes
from onrecord.view.profiles.happening import MONTH, Happening, Json, LeftOut, geonames, listed, moment, whole


def plover_record(told: Happening, codes: Codes) -> dict[str, Any] | LeftOut:
    """One event as a PLOVER JSON object, or why it has none."""
    event, days = told.event, told.days
    if event["event_type"] is None:
        return LeftOut("type_indeterminate")
    if days is None:
        return LeftOut("no_day")
    coded = min((r["recorded_at"] for r in told.told_in if r.get("recorded_at")), default=None)
    first = told.told_in[0] if told.told_in else {}
    cited = [v for v in (first.get("outlet"), first.get("published")) if v]
    return {
        "id": told.id,
        "has_event": True,
        "date": days[0].isoformat(),
        "time": None,
        "enddate": days[1].isoformat() if days[1] > days[0] else None,
        "endtime": None,
        "actor": [_entity(p) for p in told.parties("actor")],
        "recipient": [_entity(p) for p in told.parties("recipient")],
        "event": [event["event_type"]],
        "event_loc": _location(told, codes),
        "event_text": [c["text"] for c in told.claims if c.get("text")],
        "quad_code": _quad(told),
        "event_scale": None,
        "mode": _modes(told),
        "context": list(event["contexts"]),
        "size": {
            name: whole(told.figure(m)["best"])
            for name, m in (("dead", "killed"), ("injured", "injured"), ("arrested", "arrested"))
        },
        "link": first.get("url"),
        "text": first.get("title"),
        "text_info": first.get("report_id"),
        "cite_info": ", ".join(cited) or None,
        "coder": told.made_by,
        "coded_date": coded and coded[:10],
        "coded_time": coded and coded[11:19],
        "comment": _comment(told),
    }


def polecat_row(told: Happening, codes: Codes) -> dict[str, Any] | LeftOut:
    """One event in the layout ``polecat``, or why it has no row."""
    event, place = told.event, told.place
    if event["event_type"] is None:
        return LeftOut("type_indeterminate")
    if told.days is None:
        return LeftOut("no_day")
    if (told.length or 1) > MONTH:
        return LeftOut("day_too_vague")
    country = codes.country(place.get("country"))
    name = place.get("name") or place.get("text")
    published = moment(event["first_published"])
    row: dict[str, Any] = {"Event ID": told.id, "Event Date": told.days[0], "Event Type": event["event_type"]}
    row |= {"Event Mode": next(iter(event["modes"]), None), "Intensity": None, "Quad Code": _quad(told)}
    row |= {"Contexts": listed(event["contexts"])}
    row |= _polecat_party(told, "actor") | _polecat_party(told, "recipient")
    where = dict.fromkeys(v for v in (name, place.get("admin1"), country and country.name) if v)
    row |= {"Placename": ", ".join(where) or None, "City": name if _is_town(place) else None}
    row |= {"District": place.get("admin2"), "Province": place.get("admin1")}
    row |= {"Country": country and country.plover, "Latitude": place.get("lat"), "Longitude": place.get("lon")}
    row |= {"GeoNames ID": geonames(place.get("place_id")), "Raw Placename": listed(told.said_of_place()[:1])}
    row |= {"Feature Type": _feature_class(told), "Source": listed(told.outlets)}
    row |= {"Publication Date": published.date() if published else None}
    row |= dict.fromkeys(("Story People", "Story Organizations", "Story Locations"))
    language = told.told_in[0].get("language") if told.told_in else None
    return row | {"Language": language, "Version": told.made_by}


def _entity(party: Json) -> dict[str, Any]:
    unknown = dict.fromkeys(("religion", "ethnicity", "office", "gender", "age"))
    return {
        "code": party.get("country"),
        "sector": next(iter(party.get("sectors") or ()), None),
        "entity_text": party.get("text"),
        "identifier_id": party.get("actor_id"),
        "identifier_text": party.get("name"),
    } | unknown


def _location(told: Happening, codes: Codes) -> dict[str, Any]:
    place = told.place
    country = codes.country(place.get("country"))
    return {
        "extracted_place": next(iter(told.said_of_place()), None) if place else None,
        "resolved_place": place.get("name"),
        "geonameid": geonames(place.get("place_id")),
        "lat": place.get("lat"),
        "lon": place.get("lon"),
        "city": place.get("name") if _is_town(place) else None,
        "district": place.get("admin2"),
        "province": place.get("admin1"),
        "country": country and country.name,
        "country_code": country and country.plover,
        "feature_class": _feature_class(told),
        "feature_code": None,
        "resolution": codes.scale("plover", place.get("precision")),
    }


def _is_town(place: Json) -> bool:
    return place.get("precision") in {"town", "point"}


def _feature_class(told: Happening) -> str | None:
    same = told.place.get("place_id")
    places = [c["place"] for c in told.claims if c.get("place")]
    return next((p.get("feature_class") for p in places if same and p.get("place_id") == same), None)


def _quad(told: Happening) -> str:
    return load_ontology().quad(told.event["event_type"]).upper()


def _modes(told: Happening) -> list[str]:
    past = bool(told.claims) and all(c.get("background") for c in told.claims)
    return [*told.event["modes"], *(["historical"] if past else [])]


def _comment(told: Happening) -> str | None:
    notes = [f"accounts={len(told.accounts)}", *(f"denied by {name}" for name in told.deniers)]
    for field, value in told.event["values"].items():
        if value["state"] == "indeterminate":
            notes.append(f"{field}=indeterminate ({' | '.join(told.choices(field))})")
    killed = told.figure("killed")
    if killed["low"] != killed["high"]:
        notes.append(f"killed={killed['low']:g} to {killed['high']:g}")
    return listed(notes)


def _polecat_party(told: Happening, role: Literal["actor", "recipient"]) -> dict[str, Any]:
    party: Json = next(iter(told.parties(role)), {})
    state = load_actors().states.get(party.get("country") or "")
    title = role.capitalize()
    return {
        f"{title} Name": party.get("name"),
        f"{title} Country": party.get("country"),
        f"{title} COW": int(state.cow) if state and state.cow else None,
        f"Primary {title} Sector": next(iter(party.get("sectors") or ()), None),
        f"{title} Sectors": listed(party.get("sectors") or ()),
        f"{title} Title": None,
        f"{title} Name Raw": party.get("text"),
        f"Wikipedia {title} ID": None,
    }
