"""Events in ACLED's 31 columns. Codes in ``data/profiles/codes/acled_*.csv``, types in ``data/crosswalk_acled.csv``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from onrecord.lexicon.ontology import load_ontology
from onrecord.lexicon.profile_codes import Codes, Country
from onrecord.view.profiles.happening import MONTH, Happening, LeftOut, listed, moment, whole
from onrecord.view.profiles.parties import ARMED, Party, read_parties

_VIOLENT = frozenset({"Battles", "Explosions/Remote violence", "Violence against civilians"})
_CROWDS = {"Protests": "Protesters", "Riots": "Rioters"}
_FIELDS: tuple[tuple[str, Literal["start", "place"]], ...] = (("event_date", "start"), ("location", "place"))
_ONE = frozenset("a an one the another this that his her he she".split())
_OUTSIDE = "External/Other forces"


@dataclass(frozen=True, slots=True)
class _Side:
    """One side: name, type, and those who are with it."""

    name: str | None = None
    inter: str | None = None
    others: tuple[str, ...] = ()


def acled_row(told: Happening, codes: Codes) -> dict[str, Any] | LeftOut:
    """One event in the layout ``acled``, or why ACLED has no row for it."""
    country = codes.country(told.place.get("country"))
    vague = _too_vague(told, codes, country)
    if vague is not None:
        return vague
    assert country is not None
    where = [told.place.get("name") or "", told.place.get("admin1") or "", *told.said_of_place()]
    actors, recipients = (read_parties(told.parties(r), codes, where) for r in ("actor", "recipient"))
    kind = _kind(told, actors, recipients, codes)
    if isinstance(kind, LeftOut):
        return kind
    event_type, sub_type = kind
    first, second = _sides(kind, told, actors, recipients, country, codes)
    row: dict[str, Any] = {"event_id_cnty": country.plover + told.id, "event_date": told.middle}
    row |= {"year": told.middle and told.middle.year, "time_precision": _time_precision(told)}
    row |= {"disorder_type": codes.acled_disorders[kind], "event_type": event_type, "sub_event_type": sub_type}
    row |= {"actor1": first.name, "assoc_actor_1": listed(first.others), "inter1": first.inter}
    row |= {"actor2": second.name, "assoc_actor_2": listed(second.others), "inter2": second.inter}
    row["interaction"] = codes.interaction(first.inter, second.inter)
    row["civilian_targeting"] = "Civilian targeting" if _at_civilians(kind, second) else None
    row |= {"iso": country.iso_numeric, "region": country.acled_region, "country": country.acled_name}
    row |= {"admin1": told.place.get("admin1"), "admin2": told.place.get("admin2"), "admin3": None}
    row |= {"location": told.place.get("name") or told.place.get("text")}
    row |= {"latitude": told.place["lat"], "longitude": told.place["lon"]}
    row["geo_precision"] = _geo_precision(told, codes)
    published = moment(told.event["last_published"]) or moment(told.recorded_at)
    return row | {
        "source": listed(told.outlets),
        "source_scale": None,
        "notes": _notes(told, event_type),
        "fatalities": whole(told.figure("killed")["best"]),
        "tags": _tags(told),
        "timestamp": int(published.timestamp()) if published else None,
    }


def _too_vague(told: Happening, codes: Codes, country: Country | None) -> LeftOut | None:
    if told.event["event_type"] is None:
        return LeftOut("type_indeterminate")
    if told.length is None:
        return LeftOut("no_day")
    if told.length > MONTH:
        return LeftOut("day_too_vague")
    if not told.place:
        return LeftOut("no_place")
    if told.place.get("lat") is None or country is None:
        return LeftOut("place_not_found")
    return None if codes.scale("acled", told.place.get("precision")) else LeftOut("place_too_vague")


def _time_precision(told: Happening) -> int:
    length = told.length or 1
    if length == 1:
        return 2 if told.inferred("start") else 1
    return 2 if length <= 7 else 3


def _geo_precision(told: Happening, codes: Codes) -> int | None:
    """The scale's integer; of a place that was inferred one step less exact."""
    found = codes.scale("acled", told.place.get("precision"))
    return found if found is None else min(found + told.inferred("place"), 3)


def _kind(
    told: Happening, actors: Sequence[Party], recipients: Sequence[Party], codes: Codes
) -> tuple[str, str] | LeftOut:
    """Event type and sub-event type by the crosswalk, by primary sectors, where the event is ACLED's at all."""
    found = load_ontology().acled(
        told.event["event_type"],
        told.event["modes"],
        [a.armed for a in actors if a.armed],
        [s for r in recipients for s in ((r.armed,) if r.armed in ARMED else r.sectors)],
    )
    if found is None:
        return LeftOut("no_code")
    if not _is_political(found, told, actors, recipients, codes):
        return LeftOut("not_political")
    return found if _sides_fit(found, told, actors, recipients, codes) else LeftOut("sides_unclear")


def _is_political(
    kind: tuple[str, str], told: Happening, actors: Sequence[Party], recipients: Sequence[Party], codes: Codes
) -> bool:
    if kind[0] in _CROWDS:
        return True
    violent = kind[0] in _VIOLENT
    return (
        any(p.is_state or p.body is not None for p in (*actors, *recipients))
        or codes.is_political("actor", [a.armed for a in actors if a.armed and not _alone(a, codes)], violent)
        or codes.is_political("recipient", [r.sector for r in recipients if r.sector], violent)
        or codes.is_political("mode", told.event["modes"], violent)
        or codes.is_political("context", told.event["contexts"], violent)
    )


def _alone(party: Party, codes: Codes) -> bool:
    """Whether the words mean one nameless person: "a gunman" is no armed group."""
    words = (party.text or "").casefold().split()
    if party.entity is not None or party.sector != "UAF" or not words or codes.is_crowd(party.text):
        return False
    return words[0] in _ONE and not words[-1].endswith(("s", "men"))


def _sides_fit(
    kind: tuple[str, str], told: Happening, actors: Sequence[Party], recipients: Sequence[Party], codes: Codes
) -> bool:
    """Whether the parties bear out the type: two armed sides, a perpetrator that is no civilian, a crowd."""
    armed_actors = [p for p in actors if p.armed in ARMED or p.is_state]
    armed_recipients = [p for p in recipients if p.armed in ARMED or p.is_state]
    if kind[0] == "Battles":
        return len(armed_actors) + len(armed_recipients) > 1
    if kind[0] == "Violence against civilians":
        known = [p for p in actors if p.known]
        return not armed_recipients and (bool(armed_actors) or not known or any(p.sector == "GOV" for p in known))
    if kind[0] == "Riots" and told.event["event_type"] != "PROTEST":
        return any(codes.is_crowd(p.text) for p in actors)
    if kind[0] != "Strategic developments" or any(p.known for p in actors):
        return True
    # Of an arrest or release the one who suffers or enjoys it tells enough; other moves need somebody who makes them.
    return (kind[1] == "Arrests" or "release" in told.event["modes"]) and any(p.known for p in recipients)


def _sides(
    kind: tuple[str, str],
    told: Happening,
    actors: Sequence[Party],
    recipients: Sequence[Party],
    country: Country,
    codes: Codes,
) -> tuple[_Side, _Side]:
    event_type, sub_type = kind
    if event_type in _CROWDS:
        return _crowd(kind, told, actors, recipients, country, codes)
    if event_type in _VIOLENT:
        # Who is named as a civilian and yet attacks is somebody of whom we only know that he is armed.
        actors = [a for a in actors if a.armed in ARMED or a.is_state or a.body is not None or a.sector == "GOV"]
    first = _side(actors, kind, country, codes)
    if first.name is None and event_type in _VIOLENT:
        first = _unidentified(sub_type, country)
    if event_type == "Battles" and not recipients and len(actors) > 1:
        first, second = _side(actors[:1], kind, country, codes), _side(actors[1:], kind, country, codes)
    else:
        second = _Side() if told.event["event_type"] == "MOBILIZE" else _side(recipients, kind, country, codes, True)
    if event_type == "Violence against civilians":
        named = tuple(p.name for p in recipients if p.entity is not None and p.name and not p.is_state)
        second = _Side(f"Civilians ({country.acled_name})", "Civilians", named)
    elif second.name is None and event_type == "Battles":
        second = _unidentified(sub_type, country)
    return first, second


def _crowd(
    kind: tuple[str, str],
    told: Happening,
    actors: Sequence[Party],
    recipients: Sequence[Party],
    country: Country,
    codes: Codes,
) -> tuple[_Side, _Side]:
    """Sides of a protest or riot: the crowd comes first, also where the report tells what was done to it."""
    crowd = _CROWDS[kind[0]]
    against = told.event["event_type"] != "PROTEST" and kind[0] == "Protests"
    people, forces = (recipients, actors) if against else (actors, recipients)
    named = tuple(p.name for p in people if p.body is not None and p.name)
    first = _Side(f"{crowd} ({country.acled_name})", crowd, named)
    if told.event["event_type"] == "PROTEST":
        # Whom a crowd protests against takes no part in it; ACLED's second actor is who meets it.
        return first, _Side()
    return first, _side(forces, kind, country, codes)


def _side(
    parties: Sequence[Party], kind: tuple[str, str], country: Country, codes: Codes, suffers: bool = False
) -> _Side:
    named = []
    for party in parties:
        sector = _sector(party, codes)
        if suffers and sector is not None and codes.acled_kinds[sector].unarmed:
            home = party.country or country
            named.append((f"Civilians ({home.acled_name})", "Civilians"))
        elif (name := _name(party, kind, country, codes)) and (inter := _inter(party, country, codes)):
            named.append((name, inter))
    if not named:
        return _Side()
    (name, inter), others = named[0], tuple(n for n, _ in named[1:] if n != named[0][0])
    return _Side(name, inter, others)


def _sector(party: Party, codes: Codes) -> str | None:
    """The sector that decides on its type: an armed one first, for groups that are parties too."""
    if party.armed in ARMED and party.sector in {"PTY", "OPP", "CVL"}:
        return party.armed
    return next((s for s in party.sectors if s in codes.acled_kinds), None)


def _inter(party: Party, country: Country, codes: Codes) -> str | None:
    """Type of an actor; forces of a state that act outside of it are external ones."""
    sector = _sector(party, codes)
    if sector is None:
        return _OUTSIDE if party.country_code == "IGO" else None
    inter = codes.acled_kinds[sector].inter
    abroad = party.country_code in {"IGO", "NGO"} or (party.country is not None and party.country.id != country.id)
    return _OUTSIDE if inter == "State forces" and abroad else inter


def _name(party: Party, kind: tuple[str, str], country: Country, codes: Codes) -> str | None:
    """How ACLED calls a party: a group by its name there, forces and people by type and country."""
    sector = _sector(party, codes)
    if party.body is not None:
        return party.body.codes.get("acled") or party.body.name
    if party.country_code == "IGO" and party.entity is not None:
        return party.entity.name
    if sector is None:
        return None
    if kind[0] in _VIOLENT and (party.is_state or sector == "GOV"):
        sector = "MIL"  # a government that bombs does so by its forces
    home = party.country or country
    return codes.acled_kinds[sector].name.format(country=home.acled_name)


def _unidentified(sub_type: str, country: Country) -> _Side:
    if sub_type == "Air/drone strike":
        return _Side("Unidentified Military Forces", _OUTSIDE)
    return _Side(f"Unidentified Armed Group ({country.acled_name})", "Political militia")


def _at_civilians(kind: tuple[str, str], second: _Side) -> bool:
    if kind[0] == "Violence against civilians" or kind[1] == "Excessive force against protesters":
        return True
    return kind[0] in {"Explosions/Remote violence", "Riots"} and second.inter == "Civilians"


def _notes(told: Happening, event_type: str) -> str:
    parts = [f"{told.event['summary']}."]
    if told.words:
        parts.append(f"“{told.words}”")
    if event_type in _CROWDS:
        parts.append(f"[size={_size(told) or 'no report'}]")
    return " ".join(parts)


def _size(told: Happening) -> str | None:
    """The size of a crowd in the words of the reports; None where none gives one."""
    counted = [f for c in told.claims for f in c.get("figures") or () if f["measure"] in {"protesters", "people"}]
    return counted[-1]["text"].lower() if counted else None


def _tags(told: Happening) -> str | None:
    killed = told.figure("killed")
    bounds = {f["bound"] for c in told.claims for f in c.get("figures") or () if f["measure"] == "killed"}
    tags = [f"{name}=inferred" for name, field in _FIELDS if told.inferred(field)]
    if bounds and bounds <= {"up_to", "less_than"}:
        tags.append("fatalities=at most")
    if killed["state"] == "missing":
        tags.append("fatalities=not reported")
    elif killed["state"] == "indeterminate":
        tags.append(f"fatalities=indeterminate ({killed['low']:g} to {killed['high']:g})")
    elif killed["low"] != killed["high"]:
        tags.append(f"fatalities={killed['low']:g} to {killed['high']:g}")
    if killed["open_high"]:
        tags.append("fatalities=at least")
    for column, role in (("actor1", "actor"), ("actor2", "recipient")):
        if told.state(role) == "indeterminate":
            tags.append(f"{column}=indeterminate ({' | '.join(told.choices(role))})")
    tags.append(f"accounts={len(told.accounts)}")
    return listed([*tags, *(f"denied by {name}" for name in told.deniers)])
