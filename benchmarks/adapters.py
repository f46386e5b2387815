"""From codings to prediction files, one adapter a task: formats are mapped, nothing else is known here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import onrecord
from onrecord.model import Actor, Coding, EventClaim, Span

Json = Mapping[str, Any]


def code(record: Json, **more: Any) -> Coding:
    """The coding of a gold record by the public interface; reads only what a system may read."""
    published = record.get("dct") or record.get("published")
    return onrecord.code(record["text"], published=published, title=record.get("title"), url=record.get("url"), **more)


def attribution(record: Json, coding: Coding) -> Json:
    """Source, cue and content spans of each attribution, as the corpus marks them.

    It marks no attribution inside another's content, one for all pieces of a content that share a cue,
    and the whole of a co-ordinated source.
    """
    found: dict[object, dict[str, list[list[int]]]] = {}
    for number, item in enumerate(coding.attributions):
        if item.parent is not None:
            continue
        sources = [s for s in (item.source, *item.more_sources) if s is not None and s.span is not None]
        spans = [s.span for s in sources if s.span is not None]
        hull = [[min(s.start for s in spans), max(s.end for s in spans)]] if spans else []
        key = item.cue.span if item.cue is not None else number
        held = found.setdefault(
            key, {"source": hull, "cue": _spans([item.cue.span] if item.cue else []), "content": []}
        )
        held["content"] = sorted([*held["content"], *_spans(item.content)])
    return {"id": record["id"], "attributions": list(found.values())}


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
    """PLOVER type, source and target of each event claim that stands on its own, as said or as planned."""
    events = [
        {"event": _plover(c), "source": _actors(c.actor), "target": _actors(c.recipient)}
        for c in coded.claims
        if isinstance(c, EventClaim) and _stands(c, ("asserted", "planned", "promised", "forecast"))
    ]
    return {"id": record["id"], "events": events}


def police(record: Json, coded: Coding) -> Json:
    """Labels of each sentence, from the claims and attributions that rest on its words and have police as actor.

    An attribution whose cue is the trigger of what police left undone, or is denied, is no act of theirs.
    """
    sentences = []
    undone = [
        c.trigger.span
        for c in coded.claims
        if isinstance(c, EventClaim) and c.trigger.span is not None and _police_labels(c) == {"FAIL"}
    ]
    for sentence in record["sentences"]:
        span = Span(*sentence["span"])
        labels: set[str] = set()
        for claim in coded.claims:
            trigger = getattr(claim, "trigger", None)
            if isinstance(claim, EventClaim) and trigger is not None and trigger.span and span.contains(trigger.span):
                labels |= _police_labels(claim)
        for item in coded.attributions:
            said = item.source is not None and "COP" in _source_sectors(item.source, coded)
            places = [item.cue.span] if item.cue and item.cue.kind != "refuses" else []
            places = [p for p in places if span.contains(p) and not any(p.overlaps(u) for u in undone)]
            if said and any((coded.factuality_of(place) or 0.0) >= 0.0 for place in places):
                labels.add("ANY_ACTION")
        sentences.append({"id": sentence["id"], "labels": sorted(labels)})
    return {"id": record["id"], "sentences": sentences}


def _source_sectors(source: Actor, coded: Coding) -> tuple[str, ...]:
    """Sectors of a source; where it has none, those of the mention that its words begin with ("inspector V Patel")."""
    if source.sectors or source.span is None:
        return source.sectors
    inside = [a for a in coded.actors if a.span is not None and a.field == "text" and source.span.contains(a.span)]
    return inside[0].sectors if inside else ()


_DUTIES = frozenset({"MOBILIZE", "COERCE", "AID", "ACCUSE"})
_FIGHTERS = frozenset({"MIL", "REB", "PRM", "UAF", "CRM"})


def _police_labels(claim: EventClaim) -> set[str]:
    by_police = any("COP" in a.sectors for a in claim.actor)
    by_police = by_police or (claim.event_type == "MOBILIZE" and "police" in claim.modes)  # whoever sends them
    arrest = claim.event_type == "COERCE" and "arrest" in claim.modes
    arrest = arrest and (by_police or not any(_FIGHTERS & set(a.sectors) for a in claim.actor))
    if claim.modality.polarity == "negative":  # to use no force is no failure, nor is what is not said or refused
        left = by_police and claim.modality.mood == "asserted" and claim.event_type in _DUTIES
        return {"FAIL"} if left else set()
    if claim.event_type == "REJECT" and "assist" in claim.modes and by_police:
        told = claim.modality.mood in {"asserted", "denied", "conditional"}
        return {"FAIL"} if told else set()  # charged with it by others as well: what a sentence tells of
    if not _stands(claim) or not (by_police or arrest):
        return set()
    if claim.event_type == "REJECT":
        return {"FAIL"} if "assist" in claim.modes else {"ANY_ACTION"}
    labels = {"ANY_ACTION"}
    if arrest:
        labels.add("ARREST")
    if claim.event_type == "ASSAULT":
        labels.add("FORCE")
        killed = dict(claim.codes).get("measure") == "killed" or any(f.measure == "killed" for f in claim.figures)
        if killed:
            labels.add("KILL")
    return labels


_INCIDENT_ROLES = {
    "perpetrator": "PerpInd",
    "organisation": "PerpOrg",
    "target": "Target",
    "victim": "Victim",
    "weapon": "Weapon",
}


def incidents(record: Json, coded: Coding) -> Json:
    """Perpetrators, targets, victims and weapons of the claims that tell of an incident."""
    roles: dict[str, list[list[str]]] = {name: [] for name in _INCIDENT_ROLES.values()}
    types: dict[str, None] = {}
    for claim in coded.claims:
        if isinstance(claim, EventClaim) and claim.incident is not None:
            types[claim.incident.type] = None
            for part in claim.incident.parts:
                mention = [part.text or ""]
                if mention not in roles[_INCIDENT_ROLES[part.role]]:
                    roles[_INCIDENT_ROLES[part.role]].append(mention)
    return {"id": record["id"], "roles": roles, "incident_types": list(types)}


def _stands(claim: EventClaim, moods: tuple[str, ...] = ("asserted",)) -> bool:
    content = any(link.kind == "content_of" for link in claim.links)
    return not content and claim.modality.mood in moods and claim.modality.polarity == "positive"


def _plover(claim: EventClaim) -> str:
    """The claim's root in the draft of 2016 that the gold records were coded by: there every cooperative act told
    of the future is AGREE, yielding as well, which today's codebook makes CONCEDE."""
    if claim.modality.mood in {"planned", "promised", "forecast"} and claim.event_type in {"RETREAT", "CONCEDE"}:
        return "AGREE"
    return dict(claim.codes).get("plover", claim.event_type).partition("/")[0]


def _actors(actors: Iterable[Actor]) -> list[Json]:
    found: list[Json] = []
    for actor in actors:
        code = {"country": actor.country, "sector": actor.sectors[0] if actor.sectors else None}
        if code not in found:
            found.append(code)
    return found


def _spans(spans: Iterable[Span | None]) -> list[list[int]]:
    return sorted(list(s) for s in spans if s is not None and s.start < s.end)


ADAPTERS: Mapping[str, Callable[[Json, Coding], Json]] = {
    "attribution": attribution,
    "coding": coding,
    "factuality": factuality,
    "geo": geo,
    "incidents": incidents,
    "police": police,
    "time": time,
}
