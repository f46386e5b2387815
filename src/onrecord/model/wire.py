"""Claims as JSON and back: the one form in which a claim leaves the program.

Each ``…_to_json`` gives a plain dict with keys in a fixed order: absent values are None, absent lists
empty. Every claim carries every fixed key, whatever its kind; the keys of its own kind come after them.
Spans are ``[start, end]`` in Unicode code points into the report's text, or into its title where
``"field": "title"`` is set. Each ``…_from_json`` takes that dict (missing keys count as absent) and gives
back the equal value. Layers other than claims are in ``onrecord.model.wire_coding``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.model.attribution import Caveat, Channel, Cue
from onrecord.model.claim import (
    Claim,
    ClaimLink,
    ControlClaim,
    EventClaim,
    Figure,
    FigureClaim,
    Link,
    Modality,
    Rationale,
    RelationClaim,
    Share,
)
from onrecord.model.incident import Incident, Part
from onrecord.model.spans import Actor, Slot
from onrecord.model.wire_slots import (
    Json,
    actor_from_json,
    actor_to_json,
    marked_from_json,
    marked_to_json,
    number,
    place_from_json,
    place_to_json,
    several,
    slot_fields,
    slot_from_json,
    slot_to_json,
    some,
    span_from_json,
    span_of,
    span_to_json,
    spans_of,
    time_from_json,
    time_to_json,
)

PROFILES = ("plover", "cameo", "acled", "quad")


def incident_to_json(incident: Incident) -> Json:
    """Type, score and parts; a part is a slot with its role."""
    parts = [{"role": part.role} | slot_to_json(part) for part in incident.parts]
    return {"type": incident.type, "score": incident.score, "parts": parts}


def incident_from_json(value: Mapping[str, Any]) -> Incident:
    """The incident that *value* describes."""
    parts = tuple(Part(role=p["role"], **slot_fields(p)) for p in value.get("parts") or ())
    return Incident(type=value["type"], score=value["score"], parts=parts)


def _bounds(figure: Figure | Share) -> Json:
    out: Json = {"low": number(figure.low), "best": number(figure.best), "high": number(figure.high)}
    return out | {"bound": figure.bound}


def figure_to_json(figure: Figure) -> Json:
    """Measure, inclusive bounds, how the number is meant, of whom, the words, and the unit."""
    out: Json = {"measure": figure.measure} | _bounds(figure) | {"of": some(figure.of, slot_to_json)}
    return out | {"text": figure.text, "span": span_to_json(figure.span), "unit": figure.unit}


def share_to_json(share: Share) -> Json:
    """The words, bounds in percent, and whether of the whole or of the remainder."""
    return {"text": share.text, "span": span_to_json(share.span)} | _bounds(share) | {"of": share.of}


def _counted(value: Mapping[str, Any]) -> Json:
    bounds = {key: some(value.get(key), float) for key in ("low", "best", "high")}
    return bounds | {"bound": value["bound"], "text": value["text"], "span": span_of(value["span"])}


def figure_from_json(value: Mapping[str, Any]) -> Figure:
    """The figure that *value* describes."""
    of = some(value.get("of"), slot_from_json)
    return Figure(measure=value["measure"], **_counted(value), of=of, unit=value.get("unit"))


def share_from_json(value: Mapping[str, Any]) -> Share:
    """The share of a place that *value* describes."""
    return Share(**_counted(value), of=value.get("of") or "whole")


def link_to_json(link: Link) -> Json:
    """One member of a chain: role and name; an agency with its words; a source with the actor, cue, content,
    form, channel and time of its attribution. ``own`` is written only where the link has words or a name
    beside those of its source."""
    out: Json = {"role": link.role}
    own = {"name": link.name, "text": link.text, "span": span_to_json(link.span)}
    if link.source is not None:
        out |= actor_to_json(link.source)
    elif link.role == "source":
        out |= actor_to_json(Actor()) | own | {"basis": None}
    else:
        out |= own
    if link.role == "outlet" and link == Link(role="outlet", name=link.name):
        return {"role": "outlet", "name": link.name}
    if link.role == "agency" and link == Link(role="agency", name=link.name, text=link.text, span=link.span):
        return out
    out |= {
        "naming": link.naming,
        "office": link.office,
        "number": link.number,
        "cue": some(link.cue, marked_to_json),
        "content": [span_to_json(s) for s in link.content],
        "form": link.form,
        "continued": link.continued,
        "channel": some(link.channel, marked_to_json),
        "time": some(link.time, time_to_json),
    }
    if link.source is not None and any(v is not None for v in own.values()):
        out["own"] = own
    return out


def link_from_json(value: Mapping[str, Any]) -> Link:
    """The member of a chain that *value* describes."""
    source = actor_from_json(value) if value.get("basis") else None
    own = value if source is None else value.get("own") or {}
    return Link(
        role=value["role"],
        source=source,
        name=own.get("name"),
        text=own.get("text"),
        span=span_from_json(own.get("span")),
        naming=value.get("naming"),
        office=value.get("office"),
        number=value.get("number"),
        cue=some(value.get("cue"), lambda v: marked_from_json(v, Cue)),
        content=spans_of(value.get("content")),
        form=value.get("form"),
        continued=bool(value.get("continued")),
        channel=some(value.get("channel"), lambda v: marked_from_json(v, Channel)),
        time=some(value.get("time"), time_from_json),
    )


def modality_to_json(modality: Modality) -> Json:
    """Polarity, certainty, mood, tense and factuality (-3 to +3)."""
    return {
        "polarity": modality.polarity,
        "certainty": modality.certainty,
        "mood": modality.mood,
        "tense": modality.tense,
        "factuality": modality.factuality,
    }


def claim_to_json(claim: Claim) -> Json:
    """Every fixed key in fixed order, then the keys of the claim's kind, then background and rationale."""
    kind: str = claim.kind  # type: ignore[attr-defined]
    out: Json = {"claim_id": claim.claim_id, "report_id": claim.report_id, "kind": kind}
    out |= {"status": claim.status, "reason": claim.reason, "confidence": claim.confidence}
    out |= {"text": claim.text, "span": span_to_json(claim.span), "field": claim.field}
    out["chain"] = [link_to_json(link) for link in claim.chain]
    out["modality"] = modality_to_json(claim.modality)
    out["outlet_factuality"] = claim.outlet_factuality
    out["caveats"] = [marked_to_json(c) for c in claim.caveats]
    out["links"] = [{"claim_id": link.claim_id, "as": link.kind} for link in claim.links]
    out |= _event_keys(claim)
    out |= {"run_id": claim.run_id, "version": claim.version}
    out |= _kind_keys(claim)
    out["background"] = claim.background
    why = claim.rationale
    out["rationale"] = why and {"rule": why.rule, "score": why.score, "notes": list(why.notes)}
    return out | ({"key": claim.key} if claim.key else {})


def _event_keys(claim: Claim) -> Json:
    """The event part of the fixed keys; place, time and trigger are shared with the other kinds."""
    event = claim if isinstance(claim, EventClaim) else None
    return {
        "event_type": event and event.event_type,
        "modes": list(event.modes) if event else [],
        "contexts": list(event.contexts) if event else [],
        "trigger": some(getattr(claim, "trigger", None), slot_to_json),
        "actor": [actor_to_json(a) for a in event.actor] if event else [],
        "recipient": [actor_to_json(a) for a in event.recipient] if event else [],
        "object": some(event.object, slot_to_json) if event else None,
        "instrument": [slot_to_json(s) for s in event.instrument] if event else [],
        "place": some(getattr(claim, "place", None), place_to_json),
        "time": some(getattr(claim, "time", None), time_to_json),
        "figures": [figure_to_json(f) for f in event.figures] if event else [],
        "codes": dict(event.codes if event else ())
        | {k: None for k in PROFILES if not event or k not in dict(event.codes)},
    }


def _kind_keys(claim: Claim) -> Json:
    if isinstance(claim, EventClaim) and claim.incident is not None:
        return {"incident": incident_to_json(claim.incident)}
    if isinstance(claim, FigureClaim):
        counted = figure_to_json(claim.figure)
        words = {"figure": {"text": counted.pop("text"), "span": counted.pop("span")}}
        return counted | words | {"cumulative": claim.cumulative, "since": some(claim.since, time_to_json)}
    if isinstance(claim, ControlClaim):
        holder = [actor_to_json(a) for a in claim.holder]
        return {"holder": holder, "change": claim.change, "share": some(claim.share, share_to_json)}
    if isinstance(claim, RelationClaim):
        sides = {"subject": [actor_to_json(a) for a in claim.subject], "relation": claim.relation}
        return sides | {"object": [actor_to_json(a) for a in claim.object]}
    return {}


def claim_from_json(value: Mapping[str, Any]) -> Claim:
    """The claim that *value* describes; KeyError or ValueError when it is not one."""
    shared = _shared_fields(value)
    shared["time"] = some(value.get("time"), time_from_json)
    shared["trigger"] = some(value.get("trigger"), slot_from_json)
    place = some(value.get("place"), place_from_json)
    kind = value["kind"]
    if kind == "event":
        shared["trigger"] = shared["trigger"] or Slot()
        return EventClaim(**shared, **_event_fields(value), place=place)
    if kind == "figure":
        figure = figure_from_json({**value, **value["figure"]})
        since = some(value.get("since"), time_from_json)
        return FigureClaim(**shared, figure=figure, cumulative=bool(value.get("cumulative")), since=since, place=place)
    if kind == "control":
        holder, share = (
            several(value.get("holder"), actor_from_json),
            some(value.get("share"), share_from_json),
        )
        return ControlClaim(**shared, holder=holder, place=place, change=value["change"], share=share)
    if kind == "relation":
        subject, other = (several(value.get(key), actor_from_json) for key in ("subject", "object"))
        return RelationClaim(**shared, subject=subject, relation=value["relation"], object=other)
    raise ValueError(
        f"claim {value.get('claim_id')}: kind {kind!r} is not known. Use event, figure, control or relation"
    )


def _shared_fields(value: Mapping[str, Any]) -> Json:
    why = value.get("rationale")
    return {
        "report_id": value["report_id"],
        "text": value["text"],
        "span": span_of(value["span"]),
        "field": value.get("field") or "text",
        "claim_id": value.get("claim_id") or "",
        "run_id": value.get("run_id") or "",
        "version": value.get("version") or "",
        "status": value.get("status") or "coded",
        "reason": value.get("reason"),
        "confidence": value.get("confidence"),
        "chain": several(value.get("chain"), link_from_json),
        "modality": _modality(value.get("modality") or {}),
        "outlet_factuality": value.get("outlet_factuality"),
        "caveats": several(value.get("caveats"), lambda v: marked_from_json(v, Caveat)),
        "links": several(value.get("links"), lambda v: ClaimLink(claim_id=v["claim_id"], kind=v["as"])),
        "background": bool(value.get("background")),
        "rationale": why and Rationale(rule=why["rule"], score=why.get("score"), notes=tuple(why.get("notes") or ())),
        "key": value.get("key") or "",
    }


def _modality(value: Mapping[str, Any]) -> Modality:
    """The modality as it was written down: by an earlier version, or by a person who corrected it."""
    made = Modality(**value)
    if "factuality" in value:
        object.__setattr__(made, "factuality", value["factuality"])
    return made


def _event_fields(value: Mapping[str, Any]) -> Json:
    codes = (value.get("codes") or {}).items()
    return {
        "event_type": value["event_type"],
        "modes": tuple(value.get("modes") or ()),
        "contexts": tuple(value.get("contexts") or ()),
        "actor": several(value.get("actor"), actor_from_json),
        "recipient": several(value.get("recipient"), actor_from_json),
        "object": some(value.get("object"), slot_from_json),
        "instrument": several(value.get("instrument"), slot_from_json),
        "figures": several(value.get("figures"), figure_from_json),
        "incident": some(value.get("incident"), incident_from_json),
        "codes": tuple((profile, code) for profile, code in codes if code is not None),
    }
