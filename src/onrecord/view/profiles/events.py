"""Events and reports of events in the columns of onrecord."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from onrecord.view.profiles.happening import Happening, Json, LeftOut, listed

MEASURES = ("killed", "injured", "arrested", "abducted", "displaced")
_RANKS = {"point": 6, "town": 5, "district": 4, "province": 3, "country": 2, "region": 1}


def event_row(told: Happening) -> dict[str, Any] | LeftOut:
    """One event in the layout ``events``."""
    event = told.event
    row: dict[str, Any] = {
        name: event[name]
        for name in ("event_id", "event_type", "happened", "denied", "possible", "claims", "reports", "accounts")
    }
    row |= {"modes": listed(event["modes"]), "contexts": listed(event["contexts"]), "voices": event["voices"]}
    for role in ("actor", "recipient"):
        row |= _party(role, event[role])
    row |= _place(told.place) | {"place_radius_m": told.place.get("radius_m")}
    row |= {"date_start": told.days and told.days[0], "date_end": told.days and told.days[1]}
    row["date_inferred"] = told.inferred("start") if told.days else None
    row["place_inferred"] = told.inferred("place") if told.place else None
    for measure in MEASURES:
        figure = told.figure(measure)
        row |= {f"{measure}_{key}": figure[key] for key in ("state", "best", "low", "high")}
        row[f"{measure}_open"] = figure["open_high"]
    others = {m: f for m, f in event["figures"].items() if m not in MEASURES}
    return row | {
        "other_figures": json.dumps(others, ensure_ascii=False, sort_keys=True) if others else None,
        "factuality": event["factuality"],
        "disagreement": event["disagreement"],
        "indeterminate": listed(event["indeterminate"]),
        "said_by": listed(told.said_by),
        "denied_by": listed(told.deniers),
        "outlets": listed(told.outlets),
        "first_published": event["first_published"],
        "last_published": event["last_published"],
        "aggregation": event["aggregation"],
        "summary": event["summary"],
    }


def _party(role: str, parties: list[Json]) -> dict[str, str | None]:
    sectors = ["+".join(p["sectors"]) for p in parties]
    return {
        f"{role}_name": listed(p["name"] or p["text"] for p in parties),
        f"{role}_id": listed(p["actor_id"] for p in parties),
        f"{role}_country": listed(p["country"] for p in parties),
        f"{role}_sectors": listed(sectors),
    }


def _place(place: Json) -> dict[str, Any]:
    return {
        "place": place.get("name") or place.get("text"),
        "place_id": place.get("place_id"),
        "admin1": place.get("admin1"),
        "admin2": place.get("admin2"),
        "country": place.get("country"),
        "latitude": place.get("lat"),
        "longitude": place.get("lon"),
        "place_precision": place.get("precision"),
    }


def report_rows(told: Happening) -> list[dict[str, Any]] | LeftOut:
    """One row for each report that asserts the event, in the layout ``eventreport``."""
    return [_report_row(told, report) for report in told.told_in]


FIELDS = ("event_type", "mode", "actor", "recipient", "place", "date_start", "date_end", *MEASURES)
"""The fields whose divergence is measured."""


def report_values(told: Happening) -> list[dict[str, Any]]:
    """What each report that asserts the event gives for FIELDS; None is missing."""
    names = {"actor": "actor1", "recipient": "actor2", **{m: f"{m}_best" for m in MEASURES}, "killed": "deaths_best"}
    return [
        {field: row[names.get(field, field)] for field in FIELDS}
        for row in map(partial(_report_row, told), told.told_in)
    ]


def account_values(told: Happening) -> list[dict[str, Any]]:
    """What each asserting account gives for FIELDS: its last word; None is missing."""
    given: dict[str, dict[str, Any]] = {a["speaker"]: dict.fromkeys(FIELDS) for a in told.accounts}
    names = {"start": "date_start", "end": "date_end"}
    for key, value in told.event["values"].items():
        field = names.get(key, key)
        for one in value["given"]:
            if field in FIELDS and one["account"] in given:
                said = next((one[k] for k in ("best", "low", "high") if one[k] is not None), None)
                given[one["account"]][field] = said
    return list(given.values())


def _report_row(told: Happening, report: Json) -> dict[str, Any]:
    report_id = report["report_id"]
    claims = [c for c in told.claims if c["report_id"] == report_id]
    accounts = [a for a in told.accounts if any(c["claim_id"] in a["claim_ids"] for c in claims)]
    best = max(accounts, key=lambda a: (a["standing"], a["certainty"]))
    origin, copying = _copying(told, report_id)
    row: dict[str, Any] = {"event_id": told.id, "report_id": report_id, "outlet": report.get("outlet")}
    row |= {"published": report.get("published"), "url": report.get("url"), "voice": origin, "copying": copying}
    row |= {"account": best["name"], "source_standing": best["standing"], "claims": len(claims)}
    row["certainty"] = max(c["modality"]["factuality"] for c in claims)
    # What the report says first is its word on what happened; details often follow in later sentences.
    row["event_type"] = claims[0]["event_type"]
    row["mode"] = next((m for c in claims for m in c["modes"]), None)
    for name, role in (("actor1", "actor"), ("actor2", "recipient")):
        party = next((p for c in claims for p in c.get(role) or ()), None)
        row[name] = party and (party.get("name") or party.get("text"))
        row[f"{name}_country"] = party and party.get("country")
        row[f"{name}_sector"] = party and next(iter(party.get("sectors") or ()), None)
        row[f"{name}_precision"] = party and (3 if party.get("actor_id") else 2 if party.get("name") else 1)
    place: Json = max((c["place"] for c in claims if c.get("place")), key=_rank, default={})
    row |= _place(place) | {"place_precision_rank": _rank(place) or None}
    time = next((c["time"] for c in claims if (c.get("time") or {}).get("start")), None)
    row |= _days(time)
    for column, measure in zip(("deaths", *MEASURES[1:]), MEASURES, strict=True):
        row |= _numbers(column, _last_figure(measure, claims))
    return row


def _last_figure(measure: str, claims: list[Json]) -> Json:
    """The last figure of *measure*, an exact one before an open one; of one claim the first: others are parts of it."""
    each = [[f for f in c.get("figures") or () if f["measure"] == measure][:1] for c in claims]
    found = [f for figures in each for f in figures]
    exact = [f for f in found if f.get("best") is not None]
    return next(reversed(exact or found), {})


def _rank(place: Json) -> int:
    return _RANKS.get(place.get("precision") or "", 0)


def _days(time: Json | None) -> dict[str, Any]:
    told = Happening({"start": time and time["start"], "end": time and time.get("end")}, {}, "", "")
    days = told.days
    return {"date_start": days and days[0], "date_end": days and days[1], "date_days": told.length}


def _numbers(column: str, figure: Json) -> dict[str, Any]:
    low, best, high = figure.get("low"), figure.get("best"), figure.get("high")
    said = next((v for v in (best, low, high) if v is not None), None)
    return {f"{column}_best": said, f"{column}_low": low, f"{column}_high": high}


def _copying(told: Happening, report_id: str) -> tuple[str, str]:
    for voice in told.event["voice_list"]:
        for member, kind in voice["members"]:
            if member == report_id:
                return voice["origin"], kind
    return report_id, "origin"
