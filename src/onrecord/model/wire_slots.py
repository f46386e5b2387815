"""Spans, slots and what grounding found, as JSON and back, in the manner of ``onrecord.model.wire``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from onrecord.model.attribution import Caveat, Channel, Cue
from onrecord.model.spans import Actor, Candidate, Place, Slot, Span, Time, Via

Json = dict[str, Any]
T = TypeVar("T")


def span_to_json(span: Span | None) -> list[int] | None:
    """``[start, end]``, None for no span."""
    return None if span is None else [span.start, span.end]


def span_from_json(value: Any) -> Span | None:
    """The span of ``[start, end]``."""
    return None if value is None else Span(int(value[0]), int(value[1]))


def some(value: T | None, form: Callable[[T], Any]) -> Any:
    """*form* of *value*, None for None."""
    return None if value is None else form(value)


def span_of(value: Any) -> Span:
    """The span of ``[start, end]``, which must be there."""
    return Span(int(value[0]), int(value[1]))


def spans_of(values: Any) -> tuple[Span, ...]:
    """The spans of a list, which may be absent."""
    return tuple(span_of(v) for v in values or ())


def several(values: Any, form: Callable[[Any], T]) -> tuple[T, ...]:
    """*form* of each item of a list, which may be absent."""
    return tuple(form(v) for v in values or ())


def number(value: float | None) -> float | int | None:
    """A count as it is written: whole numbers without a decimal point."""
    return int(value) if value is not None and float(value).is_integer() else value


def slot_to_json(slot: Slot) -> Json:
    """Text, span, basis, via, why, score; ``spans`` only where the words are not contiguous, ``field`` only
    where they stand in the title."""
    out: Json = {"text": slot.text, "span": span_to_json(slot.span)}
    if slot.spans:
        out["spans"] = [span_to_json(s) for s in slot.spans]
    if slot.field != "text":
        out["field"] = slot.field
    via = slot.via
    out["basis"] = slot.basis
    out["via"] = None if via is None else {"text": via.text, "span": span_to_json(via.span)}
    out["why"] = slot.why
    out["score"] = slot.score
    return out


def via_from_json(value: Mapping[str, Any]) -> Via:
    """The mention that a reference was resolved through."""
    return Via(text=value["text"], span=span_of(value["span"]))


def slot_fields(value: Mapping[str, Any]) -> Json:
    return {
        "text": value.get("text"),
        "span": span_from_json(value.get("span")),
        "spans": spans_of(value.get("spans")),
        "field": value.get("field") or "text",
        "basis": value.get("basis") or "named",
        "via": some(value.get("via"), via_from_json),
        "why": value.get("why"),
        "score": value.get("score"),
    }


def slot_from_json(value: Mapping[str, Any]) -> Slot:
    """The slot that *value* describes."""
    return Slot(**slot_fields(value))


def actor_to_json(actor: Actor) -> Json:
    """The slot, then actor_id, name, country, sectors, group."""
    return slot_to_json(actor) | {
        "actor_id": actor.actor_id,
        "name": actor.name,
        "country": actor.country,
        "sectors": list(actor.sectors),
        "group": actor.group,
    }


def actor_from_json(value: Mapping[str, Any]) -> Actor:
    """The actor that *value* describes."""
    return Actor(
        **slot_fields(value),
        actor_id=value.get("actor_id"),
        name=value.get("name"),
        country=value.get("country"),
        sectors=tuple(value.get("sectors") or ()),
        group=value.get("group"),
    )


_PLACE = (
    "place_id",
    "name",
    "admin1",
    "admin2",
    "country",
    "feature_class",
    "lat",
    "lon",
    "precision",
    "radius_m",
)


def place_to_json(place: Place) -> Json:
    """The slot, then what the gazetteer says; lat and lon in WGS84 degrees, radius in metres."""
    out = slot_to_json(place) | {key: getattr(place, key) for key in _PLACE}
    out["candidates"] = [{"place_id": c.place_id, "name": c.name, "score": c.score} for c in place.candidates]
    return out


def place_from_json(value: Mapping[str, Any]) -> Place:
    """The place that *value* describes."""
    candidates = several(value.get("candidates"), lambda c: Candidate(**c))
    found: Json = {key: value.get(key) for key in _PLACE}
    return Place(**slot_fields(value), **found, candidates=candidates)


def time_to_json(time: Time) -> Json:
    """The slot, then type, value (TIMEX3), first and last day, granularity, anchor."""
    return slot_to_json(time) | {
        "type": time.type,
        "value": time.value,
        "start": time.start,
        "end": time.end,
        "granularity": time.granularity,
        "anchor": time.anchor,
    }


def time_from_json(value: Mapping[str, Any]) -> Time:
    """The time that *value* describes."""
    keys = ("value", "start", "end", "granularity", "anchor")
    found: Json = {key: value.get(key) for key in keys}
    return Time(**slot_fields(value), type=value.get("type") or "DATE", **found)


def marked_to_json(words: Cue | Channel | Caveat) -> Json:
    """Text, span and class of a cue, channel or caveat."""
    return {"text": words.text, "span": span_to_json(words.span), "class": words.kind}


M = TypeVar("M", Cue, Channel, Caveat)


def marked_from_json(value: Mapping[str, Any], form: type[M]) -> M:
    """The cue, channel or caveat (*form*) that *value* describes."""
    return form(text=value["text"], span=span_of(value["span"]), kind=value["class"])
