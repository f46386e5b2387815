"""Events as ``Case.event`` gives them, made for tests: one claim an account unless said otherwise."""

from __future__ import annotations

from typing import Any

from onrecord.view.profiles.happening import Happening

ALEPPO = {
    "name": "Aleppo", "text": "Aleppo", "place_id": "geonames:170063", "admin1": "Aleppo", "admin2": None,
    "country": "SYR", "lat": 36.2, "lon": 37.16, "precision": "town", "radius_m": 8000,
}  # fmt: skip


def party(text: str, sectors: str = "", country: str | None = "SYR", **more: Any) -> dict[str, Any]:
    """An actor or recipient slot."""
    return {
        "text": text, "name": None, "actor_id": None, "country": country, "sectors": sectors.split(), "group": None,
    } | more  # fmt: skip


def killed(low: float | None, best: float | None, high: float | None, of: str = "people") -> dict[str, Any]:
    """A figure of a claim."""
    bound = "exactly" if low == high else "at_least"
    return {"measure": "killed", "low": low, "best": best, "high": high, "bound": bound, "of": {"text": of}, "text": ""}


def value(best: Any, *given: Any, low: Any = None, high: Any = None, open_high: bool = False) -> dict[str, Any]:
    """One value of an event, given by accounts a0, a1 …"""
    state = "missing" if not given else "known" if best is not None else "indeterminate"
    each = [
        {"account": f"a{n}", "claim_id": f"c{n}", "best": g, "low": g, "high": g, "superseded": []}
        for n, g in enumerate(given)
    ]
    return {"state": state, "best": best, "low": low, "high": high, "open_high": open_high, "given": each}


def told(
    event_type: str = "ASSAULT",
    *,
    modes: str = "",
    actor: tuple[dict[str, Any], ...] = (),
    recipient: tuple[dict[str, Any], ...] = (),
    place: dict[str, Any] | None = ALEPPO,
    start: str | None = "2018-09-08",
    end: str | None = None,
    figures: tuple[dict[str, Any], ...] = (),
    toll: dict[str, Any] | None = None,
    happened: bool = True,
    basis: str = "named",
    tense: str = "past",
    deniers: tuple[str, ...] = (),
    contexts: tuple[str, ...] = (),
    published: str | None = "2018-09-09T08:00:00+00:00",
) -> Happening:
    """One event that account a0 tells in report r0, with the values that are given."""
    claim = {
        "claim_id": "c0", "report_id": "r0", "field": "text", "span": [10, 40], "text": "words of the claim",
        "event_type": event_type, "modes": modes.split(), "actor": list(actor), "recipient": list(recipient),
        "place": {**place, "basis": basis} if place else None, "figures": list(figures), "background": False,
        "time": {"start": start, "end": end or start, "basis": basis} if start else None,
        "modality": {"tense": tense, "mood": "asserted", "polarity": "positive", "factuality": 3.0},
    }  # fmt: skip
    values = {
        "event_type": value(event_type, event_type), "actor": _party_value(actor), "recipient": _party_value(recipient),
        "place": value(place and place["name"], *([place["name"]] if place else [])),
        "start": value(start, *([start] if start else [])),
    }  # fmt: skip
    accounts = [_account("a0", "asserts" if happened else "announces", ["c0"])]
    accounts += [_account(name, "denies", []) for name in deniers]
    numbers = {} if toll is None else {"killed": {k: v for k, v in toll.items() if k != "given"}}
    row = {
        "event_id": "e0123456789abcdef", "event_type": event_type, "modes": modes.split(), "contexts": list(contexts),
        "happened": happened, "denied": len(deniers), "possible": 0, "claims": 1, "reports": 1, "accounts": 1,
        "voices": 1, "actor": list(actor), "recipient": list(recipient), "place": place, "start": start,
        "end": end or start, "figures": numbers, "factuality": 3.0, "disagreement": 0.0, "indeterminate": [],
        "first_published": published, "last_published": published, "aggregation": "representative",
        "summary": "told in one line", "values": values | ({} if toll is None else {"killed": toll}),
        "account_list": accounts, "claim_list": [claim],
        "voice_list": [{"origin": "r0", "members": [], "agency": None}],
    }  # fmt: skip
    reports = {
        "r0": {"report_id": "r0", "outlet": "Levant Wire", "published": published, "title": "A title", "url": None,
               "language": "en", "recorded_at": "2026-01-02T03:04:05+00:00"}
    }  # fmt: skip
    return Happening(row, reports, "2026-01-02T03:04:05+00:00", "onrecord test")


def _party_value(parties: tuple[dict[str, Any], ...]) -> dict[str, Any]:
    first = parties[0]["name"] or parties[0]["text"] if parties else None
    return value(first, *([first] if first else []))


def _account(name: str, stance: str, claims: list[str]) -> dict[str, Any]:
    return {"speaker": name, "name": name, "stance": stance, "standing": 1.0, "certainty": 3.0, "claim_ids": claims,
            "report_ids": ["r0"], "voices": ["r0"]}  # fmt: skip
