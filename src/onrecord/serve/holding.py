"""Who holds a place over time, as each claimant tells it: a band for each, and where they contradict one another."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from onrecord.case.filters import Term
from onrecord.serve import standing
from onrecord.serve.dealings import claims_of, listed, meant_claims
from onrecord.serve.desk import Ask
from onrecord.serve.whereabouts import as_coded, similar_places


def place(ask: Ask, place_id: str) -> dict[str, Any]:
    """A place with who holds it over time, a band for each claimant; NotFound where no claim names it."""
    listing = standing.places(ask)
    row, ids = listed(ask, listing, "place", place_id)
    known = row["place_id"]
    mask = meant_claims(ask, Term("kind", ":", ("control",)), Term("place.id", ":", (known,)))
    claims = claims_of(ask, mask)
    bands = _bands(claims)
    return {
        **row,
        "ids": ids,
        "similar": similar_places(listing.rows, row),
        "original": as_coded(ask, known),
        "corrections": ask.desk.case.corrections(about="place", of=known, as_of=ask.moment()),
        "control_list": [_control(claim) for claim in reversed(claims)],
        "bands": bands,
        "disputes": _disputes(bands),
        **ask.head(),
    }


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
    """Stretches of time for which claimants name different holders."""
    spans = [(b["claimant"], s) for b in bands for s in b["stretches"] if s["change"] != "loses" and s["start"]]
    found = []
    for i, (who, one) in enumerate(spans):
        for other_who, other in spans[i + 1 :]:
            if who == other_who or one["holder"] == other["holder"]:
                continue
            start, end = max(one["start"], other["start"]), min(one["end"] or "9999", other["end"] or "9999")
            if start <= end:
                one["disputed"] = other["disputed"] = True
                found.append({"start": start, "end": None if end == "9999" else end,
                              "holders": [one["holder"], other["holder"]], "claimants": [who, other_who]})  # fmt: skip
    return sorted(found, key=lambda dispute: dispute["start"])[:200]
