"""From codings to prediction files, one adapter a task: formats are mapped, nothing else is known here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import onrecord
from onrecord.model import Actor, Claim, Coding, EventClaim, Span

Json = Mapping[str, Any]


def code(record: Json, **more: Any) -> Coding:
    """The coding of a gold record by the public interface; reads only what a system may read."""
    published = record.get("dct") or record.get("published")
    return onrecord.code(record["text"], published=published, title=record.get("title"), url=record.get("url"), **more)


def attribution(record: Json, coding: Coding) -> Json:
    """Source, cue and content spans of each attribution."""
    found = []
    for item in coding.attributions:
        sources = [s for s in (item.source, *item.more_sources) if s is not None]
        found.append(
            {
                "source": _spans(span for s in sources for span in (s.spans or (s.span,))),
                "cue": _spans([item.cue.span] if item.cue else []),
                "content": _spans(item.content),
            }
        )
    return {"id": record["id"], "attributions": found}


def time(record: Json, coding: Coding) -> Json:
    """Span, type and value of each time expression."""
    timexes = [
        {"span": list(t.span), "type": t.type, "value": t.value or ""} for t in coding.times if t.span is not None
    ]
    return {"id": record["id"], "timexes": timexes}


def geo(record: Json, coding: Coding) -> Json:
    """Span and point of each toponym; places that are only described ("the city") are no toponyms."""
    toponyms = [
        {"span": list(p.span), "lat": p.lat, "lon": p.lon}
        for p in coding.toponyms
        if p.span is not None and p.field == "text" and p.basis != "coreference"
    ]
    return {"id": record["id"], "toponyms": toponyms}


def factuality(record: Json, coding: Coding) -> Json:
    """The value at each given predicate."""
    found = []
    for predicate in record["predicates"]:
        value = coding.factuality_of(Span(*predicate["span"]))
        found.append({"span": predicate["span"], "value": 3.0 if value is None else value})
    return {"id": record["id"], "predicates": found}


def coding(record: Json, coded: Coding) -> Json:
    """Type, source and target of each event claim that stands on its own and is held to be so."""
    events = [
        {"event": c.event_type, "source": _actors(c.actor), "target": _actors(c.recipient)}
        for c in coded.claims
        if isinstance(c, EventClaim) and _stands(c)
    ]
    return {"id": record["id"], "events": events}


def police(record: Json, coded: Coding) -> Json:
    """Labels of each sentence, from the claims that rest on its words and have police as actor."""
    sentences = []
    for sentence in record["sentences"]:
        span = Span(*sentence["span"])
        labels: set[str] = set()
        for claim in coded.claims:
            trigger = getattr(claim, "trigger", None)
            if isinstance(claim, EventClaim) and trigger is not None and trigger.span and span.contains(trigger.span):
                labels |= _police_labels(claim)
        sentences.append({"id": sentence["id"], "labels": sorted(labels)})
    return {"id": record["id"], "sentences": sentences}


def _police_labels(claim: EventClaim) -> set[str]:
    if not any("COP" in a.sectors for a in claim.actor) or claim.modality.mood in {"forecast", "conditional"}:
        return set()
    if claim.modality.polarity == "negative":
        return {"FAIL"} if claim.modality.mood == "asserted" else set()
    if not _stands(claim):
        return set()
    labels = {"ANY_ACTION"}
    if "arrest" in claim.modes:
        labels.add("ARREST")
    if claim.event_type == "ASSAULT":
        labels.add("FORCE")
        if any(f.measure == "killed" for f in claim.figures):
            labels.add("KILL")
    if claim.event_type == "REJECT":
        labels = {"FAIL"}
    return labels


def incidents(record: Json, coded: Coding) -> Json:
    """Parties, targets, victims and weapons of the assaults that are held to have happened."""
    roles: dict[str, list[list[str]]] = {"PerpInd": [], "PerpOrg": [], "Target": [], "Victim": [], "Weapon": []}
    for claim in coded.claims:
        if not isinstance(claim, EventClaim) or claim.event_type != "ASSAULT" or not _stands(claim):
            continue
        for actor in claim.actor:
            roles["PerpOrg" if actor.group else "PerpInd"].append(_mentions(actor))
        for recipient in claim.recipient:
            human = bool(recipient.sectors) or recipient.actor_id is not None
            roles["Victim" if human else "Target"].append(_mentions(recipient))
        roles["Weapon"] += [[slot.text.lower()] for slot in claim.instrument if slot.text]
    return {"id": record["id"], "roles": roles}


def _mentions(actor: Actor) -> list[str]:
    return [m.lower() for m in (actor.text, actor.via.text if actor.via else None) if m]


def _stands(claim: EventClaim) -> bool:
    content = any(link.kind == "content_of" for link in claim.links)
    return not content and claim.modality.mood == "asserted" and claim.modality.polarity == "positive"


def _actors(actors: Iterable[Actor]) -> list[Json]:
    return [{"country": a.country, "sector": a.sectors[0] if a.sectors else None} for a in actors]


def _spans(spans: Iterable[Span | None]) -> list[list[int]]:
    return sorted(list(s) for s in spans if s is not None and s.start < s.end)


def claims_of(coded: Coding) -> Iterator[Claim]:
    """Claims of a coding, rejected candidates after them."""
    yield from coded.claims
    yield from coded.rejected


ADAPTERS: Mapping[str, Callable[[Json, Coding], Json]] = {
    "attribution": attribution,
    "coding": coding,
    "factuality": factuality,
    "geo": geo,
    "incidents": incidents,
    "police": police,
    "time": time,
}
