"""One actor and one place at length: what they did and suffered, relations at a date, control over time."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Any

import numpy as np
import orjson

from onrecord.case.filters import Filter, Term
from onrecord.case.keys import day_of
from onrecord.errors import BadFilter
from onrecord.lexicon.actors import load_actors
from onrecord.serve.decode import claim_rows
from onrecord.serve.desk import Ask
from onrecord.serve.mirror import Mask

_MOST = 2000
_ACTORS, _OTHERS = ("actor", "holder", "subject"), ("recipient", "object")


def claims_of(ask: Ask, mask: Mask, most: int = _MOST) -> list[dict[str, Any]]:
    """Claims in *mask* as JSON, at most so many, those with the latest days first."""
    rows = np.flatnonzero(mask)
    rows = rows[np.argsort(-ask.snapshot.claims["first_day"][rows], kind="stable")][:most]
    return [orjson.loads(row) for row in claim_rows(ask.desk, [int(n) for n in rows], ask.snapshot.erasures)]


def _meant(ask: Ask, *terms: Term) -> Mask:
    """Claims that stand and meet all *terms*, with what people decided of the actors and places named."""
    filter_ = ask.resolved(Filter((*terms, Term("status", ":", ("coded",)))))
    return ask.standing() & ask.desk.terms.mask(ask.snapshot, "claims", filter_)


def actor(ask: Ask, actor_id: str) -> dict[str, Any]:
    """An actor's row, registry entry, and counts of its dealings; NotFound where nobody speaks of it."""
    row = ask.desk.case.actor(actor_id, as_of=ask.moment())
    known = row["actor_id"]
    sides = {
        name: _side(ask, _meant(ask, Term(f"{key}.id", ":", (known,))), other)
        for name, key, other in (("did", "actor", _OTHERS), ("suffered", "recipient", _ACTORS),
                                 ("said", "speaker", _ACTORS))
    }  # fmt: skip
    return {
        **row,
        "registry": registry_entry(known),
        "memberships": memberships(known),
        "deeds": sides,
        "spoken_of_by": _with(ask, _meant(ask, Term("party.id", ":", (known,))), ("speaker",)),
        "decisions": row["corrections"],
        **ask.head(),
    }


def _side(ask: Ask, mask: Mask, slots: tuple[str, ...]) -> dict[str, Any]:
    s, rows = ask.snapshot, np.flatnonzero(mask)
    types = Counter(str(s.word(t)) for t in s.claims["type"][rows].tolist() if t)
    days = s.claims["first_day"][rows]
    months = Counter(np.datetime64(int(d), "D").astype("datetime64[M]").item().isoformat()[:7]
                     for d in days[days < 1 << 40].tolist())  # fmt: skip
    return {"total": len(rows), "by_type": dict(types.most_common()), "by_month": dict(sorted(months.items())),
            "with": _with(ask, mask, slots)}  # fmt: skip


def _with(ask: Ask, mask: Mask, slots: tuple[str, ...], most: int = 30) -> list[dict[str, Any]]:
    s = ask.snapshot
    numbers = [s.number("slot", slot) for slot in slots]
    chosen = mask[s.slots.row] & np.isin(s.slots.more["slot"], numbers)
    names = ask.desk.actor_names(s)
    sums: Counter[tuple[str, str]] = Counter()
    actors, counts = np.unique(s.slots.value[chosen], return_counts=True)
    for number, n in zip(actors.tolist(), counts.tolist(), strict=True):
        actor_id, name = names.get(number, (None, None))
        if actor_id:
            sums[actor_id, name or actor_id] += n
    return [{"actor_id": actor_id, "name": name, "claims": n} for (actor_id, name), n in sums.most_common(most)]


def registry_entry(actor_id: str) -> dict[str, Any] | None:
    """What the registry that ships says of an actor; None where it does not know it."""
    entity = load_actors().entity(actor_id)
    if entity is None:
        return None
    return {
        "name": entity.name,
        "aliases": list(entity.aliases[:60]),
        "kind": entity.kind,
        "country": entity.country,
        "sectors": list(entity.sectors),
        "part_of": entity.part_of,
        "start": entity.start,
        "end": entity.end,
        "codes": dict(entity.codes),
    }


def memberships(actor_id: str) -> list[dict[str, Any]]:
    """Dated memberships and terms of office in which the registry has an actor on either side."""
    tables = load_actors()

    def side(entity_id: str) -> dict[str, Any]:
        entity = tables.entity(entity_id)
        return {"actor_id": entity_id, "name": entity.name if entity else entity_id}

    found = [
        {"relation": tie.relation, "from": side(tie.member), "to": side(tie.whole), "start": tie.start, "end": tie.end,
         "title": None, "open": False}
        for tie in tables.ties(actor_id)
    ]  # fmt: skip
    found += [
        {"relation": term.office, "from": side(term.person), "to": side(term.country), "start": term.start,
         "end": term.end, "title": term.title, "open": term.open}
        for term in tables.terms_of(actor_id)
    ]  # fmt: skip
    return sorted(found, key=lambda row: (row["start"] or "", row["relation"]))


def network(ask: Ask, at: str | None, actor_id: str | None, most: int) -> dict[str, Any]:
    """Standing relations between actors that hold at a day, as claims tell them."""
    s = ask.snapshot
    terms = [Term("kind", ":", ("relation",))]
    if actor_id:
        terms.append(Term("party.id", ":", (actor_id,)))
    mask = _meant(ask, *terms)
    days = s.claims["first_day"][np.flatnonzero(mask)]
    known = days[days < 1 << 40]
    links: dict[tuple[str, str, str], dict[str, Any]] = {}
    nodes: dict[str, dict[str, Any]] = {}
    for claim in claims_of(ask, mask):
        if at and not _holds(claim.get("time"), claim["report"]["published"], at):
            continue
        for one in claim["subject"]:
            for other in claim["object"] if isinstance(claim["object"], list) else []:
                a, b = _key(one), _key(other)
                if not a or not b or a == b:
                    continue
                for key, slot in ((a, one), (b, other)):
                    node = nodes.setdefault(key, {"actor_id": slot.get("actor_id"), "key": key,
                                                  "name": slot.get("name") or slot.get("text"),
                                                  "country": slot.get("country"), "sectors": slot.get("sectors") or [],
                                                  "claims": 0})  # fmt: skip
                    node["claims"] += 1
                link = links.setdefault((a, claim["relation"], b), {
                    "from": a, "to": b, "relation": claim["relation"], "claims": 0, "claim_ids": [], "denied": 0,
                    "start": None, "end": None})  # fmt: skip
                link["claims"] += 1
                link["claim_ids"].append(claim["claim_id"])
                link["denied"] += claim["modality"]["factuality"] < 0
                time = claim.get("time") or {}
                link["start"], link["end"] = link["start"] or time.get("start"), link["end"] or time.get("end")
    ranked = sorted(links.values(), key=lambda link: (-link["claims"], link["from"], link["to"]))[:most]
    shown = {end for link in ranked for end in (link["from"], link["to"])}
    return {
        "nodes": [node for key, node in nodes.items() if key in shown],
        "links": ranked,
        "at": at,
        "first": day_of(int(known.min())) if len(known) else None,
        "last": day_of(int(known.max())) if len(known) else None,
        **ask.head(),
    }


def _key(slot: dict[str, Any]) -> str | None:
    return slot.get("actor_id") or slot.get("name") or slot.get("text")


def _holds(time: dict[str, Any] | None, published: str | None, at: str) -> bool:
    """Whether a standing fact may hold on a day: within its own time, or told no later than a year before or after."""
    start, end = (time or {}).get("start"), (time or {}).get("end")
    if start or end:
        return (not start or start <= at) and (not end or end >= at or start == end)
    return not published or published[:10] <= at


def place(ask: Ask, place_id: str) -> dict[str, Any]:
    """A place with who holds it over time, a band for each claimant; NotFound where no claim names it."""
    row = dict(ask.desk.case.place(place_id, as_of=ask.moment()))
    mask = _meant(ask, Term("kind", ":", ("control",)), Term("place.id", ":", (row["place_id"],)))
    bands = _bands(claims_of(ask, mask))
    told = row.pop("control")
    return {**row, "control": len(told), "control_list": told, "bands": bands, "disputes": _disputes(bands),
            **ask.head()}  # fmt: skip


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


def day(text: str | None) -> str | None:
    """*text* as an ISO day; BadFilter where it is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise BadFilter(f"day {text!r} is no day. Write it as 2018-08-31") from None
