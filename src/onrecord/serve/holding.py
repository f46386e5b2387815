"""Who holds a place over time, as each claimant tells it: a band for each, and where they contradict one another."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
import orjson

from onrecord.case.filters import Term
from onrecord.serve import standing
from onrecord.serve.dealings import latest_rows, listed, meant_claims
from onrecord.serve.decode import claim_rows
from onrecord.serve.desk import Ask
from onrecord.serve.mirror import Ints
from onrecord.serve.whereabouts import as_coded, similar_places

# The end of what has none, after every day.
_OPEN = "9999"
_SHOWN = 200


def place(ask: Ask, place_id: str) -> dict[str, Any]:
    """A place with who holds it over time, a band for each claimant; NotFound where no claim names it."""
    listing = standing.places(ask)
    row, ids = listed(ask, listing, "place", place_id)
    known = row["place_id"]
    mask = meant_claims(ask, Term("kind", ":", ("control",)), Term("place.id", ":", (known,)))
    rows = latest_rows(ask, mask)
    # Rows of claims never change: what the same ones say need not be put together again after each write.
    key = ("held", rows.tobytes(), ask.snapshot.erasures)
    held: dict[str, orjson.Fragment] = ask.desk.once(key, lambda: _held(ask, rows), kind="held", limit=100)
    return {
        **row,
        "ids": ids,
        "similar": similar_places(listing.rows, row),
        "original": as_coded(ask, known),
        "corrections": ask.desk.case.corrections(about="place", of=known, as_of=ask.moment()),
        **held,
        **ask.head(),
    }


def _held(ask: Ask, rows: Ints) -> dict[str, orjson.Fragment]:
    claims = [orjson.loads(row) for row in claim_rows(ask.desk, rows.tolist(), ask.snapshot.erasures)]
    bands = _bands(claims)
    disputes = _disputes(bands)
    found = {"control_list": [_control(claim) for claim in reversed(claims)], "bands": bands, "disputes": disputes}
    return {name: orjson.Fragment(orjson.dumps(value)) for name, value in found.items()}


def _control(claim: dict[str, Any]) -> dict[str, Any]:
    """What a claim of control says, in short."""
    time = claim.get("time") or {}
    holders = [{"actor_id": s.get("actor_id"), "name": s.get("name") or s.get("text")} for s in claim["holder"]]
    return {
        "change": claim["change"],
        "holders": holders,
        "first": time.get("start"),
        "last": time.get("end"),
        "factuality": claim["modality"]["factuality"],
        "claim_id": claim["claim_id"],
        "report_id": claim["report_id"],
        "outlet": claim["report"]["outlet"],
        "published": claim["report"]["published"],
    }


def _bands(claims: list[dict[str, Any]]) -> list[dict[str, Any]]:
    told: dict[str, list[dict[str, Any]]] = defaultdict(list)
    outlets: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        sources = [link for link in claim["chain"] if link["role"] == "source"]
        inner = sources[-1] if sources else None
        outlet = claim["report"]["outlet"] or "outlet not known"
        who = (inner and (inner.get("name") or inner.get("text"))) or outlet
        outlets[who].add(outlet)
        time = claim.get("time") or {}
        start = time.get("start") or (claim["report"]["published"] or "")[:10] or None
        for holder in claim["holder"] or [{}]:
            told[who].append({
                "holder": holder.get("name") or holder.get("text"), "holder_id": holder.get("actor_id"),
                "change": claim["change"], "start": start, "end": None, "disputed": False,
                "claim_ids": [claim["claim_id"]], "words": claim["text"],
                "factuality": claim["modality"]["factuality"],
            })  # fmt: skip
    bands = []
    for who, found in sorted(told.items()):
        found.sort(key=lambda stretch: stretch["start"] or "")
        bands.append({"claimant": who, "outlets": sorted(outlets[who]), "stretches": _joined(found)})
    return bands


def _joined(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Stretches in order: what says the same again is one, and each ends where the next begins."""
    out: list[dict[str, Any]] = []
    for stretch in found:
        last = out[-1] if out else None
        same = last and (last["holder"], last["factuality"] > 0) == (stretch["holder"], stretch["factuality"] > 0)
        if last and same and last["change"] != "loses" and stretch["change"] != "loses":
            last["claim_ids"] += stretch["claim_ids"]
            continue
        if last and last["start"] != stretch["start"] and stretch["change"] != "contests":
            last["end"] = stretch["start"]
        out.append(stretch)
    for stretch in out:
        stretch["disputed"] = stretch["change"] == "contests" or stretch.pop("factuality") <= 0
        stretch.pop("factuality", None)
    return out


def _disputes(bands: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Stretches of time for which claimants name different holders, the first of them; marks which are disputed."""
    spans = [(b["claimant"], s) for b in bands for s in b["stretches"] if s["change"] != "loses" and s["start"]]
    days = sorted({day for _, s in spans for day in (s["start"], s["end"] or _OPEN)})
    number = {day: i for i, day in enumerate(days)}
    start = np.array([number[s["start"]] for _, s in spans], dtype=np.int64)
    end = np.array([number[s["end"] or _OPEN] for _, s in spans], dtype=np.int64)
    who, holder = _numbers([who for who, _ in spans]), _numbers([s["holder"] for _, s in spans])
    pairs = [np.zeros((0, 3), dtype=np.int64)]
    for i in range(len(spans)):
        since = np.maximum(start[i], start[i + 1 :])
        against = (
            (who[i + 1 :] != who[i]) & (holder[i + 1 :] != holder[i]) & (since <= np.minimum(end[i], end[i + 1 :]))
        )
        later = np.flatnonzero(against)
        if len(later):
            pairs.append(np.stack([since[later], np.full(len(later), i), later + i + 1], axis=1))
    found = np.concatenate(pairs)
    for i in np.unique(found[:, 1:]).tolist():
        spans[i][1]["disputed"] = True
    order = np.argsort(found[:, 0], kind="stable")[:_SHOWN]
    return [_dispute(days, int(min(end[i], end[j])), spans[i], spans[j]) for _, i, j in found[order].tolist()]


def _numbers(values: list[str | None]) -> Ints:
    known: dict[str | None, int] = {}
    return np.array([known.setdefault(value, len(known)) for value in values], dtype=np.int64)


def _dispute(days: list[str], end: int, one: tuple[str, Any], other: tuple[str, Any]) -> dict[str, Any]:
    until = days[end]
    return {
        "start": max(one[1]["start"], other[1]["start"]),
        "end": None if until == _OPEN else until,
        "holders": [one[1]["holder"], other[1]["holder"]],
        "claimants": [one[0], other[0]],
    }
