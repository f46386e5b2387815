"""Events: lists, map, time line, counts, one event with its accounts, and decisions on what is one event."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Query
from starlette.responses import Response

from onrecord.errors import BadFilter
from onrecord.serve import drawn, facets, pages
from onrecord.serve import happenings as now
from onrecord.serve.answers import JSON
from onrecord.serve.desk import Ask, Asking, Cursor, Deciding, Limit, Q
from onrecord.serve.event_terms import meant
from onrecord.serve.ledger_now import decide, event_changes, undo_decision
from onrecord.serve.shapes_events import (
    Aggregation,
    AggregationChanges,
    EventFacets,
    EventMap,
    Events,
    EventTimeline,
    Freshness,
    FullEvent,
)
from onrecord.serve.shapes_work import Decided, EventDecision, Undo
from onrecord.serve.terms import parsed
from onrecord.serve.whole_event import check_event, claims_of_event, whole_event

router = APIRouter(tags=["events"])
Rule = Annotated[Aggregation, Query(description="how the values of several accounts become one")]
Order = Literal["time", "-time", "published", "-published", "-disagreement", "-accounts", "-reports", "-factuality",
                "-killed"]  # fmt: skip
Box = Annotated[str, Query(max_length=120, description="west,south,east,north in degrees")]
WORLD = "-180,-90,180,90"


@router.get("/events", response_model=Events)
def events(
    ask: Asking, q: Q = "", aggregation: Rule = "representative", order: Order = "-time", limit: Limit = 50,
    cursor: Cursor = None,
) -> Any:  # fmt: skip
    """Events that the filter means."""

    found = now.happenings(ask, aggregation)

    def build() -> dict[str, Any]:
        chosen = now.in_order(found, meant(ask, found, q), order)
        cut = pages.cut_of(chosen, ("events", str(parsed(q)), aggregation, order), limit, cursor, _entry(ask, found))
        items = now.event_rows(found, cut.numbers)
        about = {"next": cut.next, "total": cut.total, "erased": ask.erased(), "aggregation": aggregation}
        return {"items": items, **about, **head(ask, found)}

    return ask.respond(build, *found.states, ask.decided())


def _entry(ask: Ask, found: now.Happenings) -> int:
    """The journal entry that the events are of."""
    return min(ask.cut, found.entry)


def head(ask: Ask, found: now.Happenings) -> dict[str, Any]:
    """What an answer about events says of the state it was made from."""
    return {"entry": _entry(ask, found), "as_of": ask.as_of, **found.said()}


@router.get("/events/map", response_model=EventMap)
def event_map(
    ask: Asking,
    q: Q = "",
    aggregation: Rule = "representative",
    bbox: Box = WORLD,
    zoom: Annotated[float, Query(ge=0, le=22, description="of a map with tiles of 256 pixels at zoom 0")] = 3,
) -> Any:
    """Marks for the map: clusters for this zoom and box, and counts of first-order divisions for the whole filter."""

    found = now.happenings(ask, aggregation)

    def build() -> dict[str, Any]:
        chosen = meant(ask, found, q)
        answer = drawn.event_map(found.where, found, chosen, _box(bbox), zoom)
        return {**answer, "aggregation": aggregation, **head(ask, found)}

    return ask.respond(build, *found.states, ask.decided())


def _box(text: str) -> tuple[float, float, float, float]:
    try:
        west, south, east, north = (float(part) for part in text.split(","))
        if not (-90 <= south <= north <= 90 and abs(west) <= 180 and abs(east) <= 180):
            raise ValueError
    except ValueError:
        raise BadFilter(f"bbox {text!r} is no box. Write west,south,east,north: 35.7,35.3,37.4,37.0") from None
    return west, south, east, north


@router.get("/events/timeline", response_model=EventTimeline)
def event_timeline(
    ask: Asking,
    q: Q = "",
    aggregation: Rule = "representative",
    unit: Annotated[Literal["day", "week", "month", "year"] | None, Query()] = None,
) -> Any:
    """Events by their first day. A unit that would give too many bins is made coarser."""

    found = now.happenings(ask, aggregation)

    def build() -> dict[str, Any]:
        return {**drawn.event_timeline(found, meant(ask, found, q), unit), **head(ask, found)}

    return ask.respond(build, *found.states, ask.decided())


@router.get("/events/facets", response_model=EventFacets)
def event_facets(ask: Asking, q: Q = "", aggregation: Rule = "representative") -> Any:
    """Counts of values among the claims of the events in view, each with the term that narrows the filter."""

    found = now.happenings(ask, aggregation)

    def build() -> dict[str, Any]:
        chosen = meant(ask, found, q)
        mask = now.claims_meant(found, chosen, ask.snapshot.claims.size)
        return {"facets": facets.claim_facets(ask, mask), "total": len(chosen), **head(ask, found)}

    return ask.respond(build, *found.states, ask.decided())


@router.get("/events/aggregations", response_model=AggregationChanges)
def event_aggregations(
    ask: Asking,
    q: Q = "",
    before: Rule = "representative",
    after: Rule = "conservative",
    limit: Limit = 50,
) -> Any:
    """What changes when the events in view are aggregated in another way."""

    found, other = now.happenings(ask, before), now.happenings(ask, after)

    def build() -> dict[str, Any]:
        chosen = now.in_order(found, meant(ask, found, q), "-disagreement")
        answer = event_changes(found, other, chosen, limit)
        return {"before": before, "after": after, "events": len(chosen), **answer, **head(ask, found)}

    return ask.respond(build, *found.states, *other.states, ask.decided())


@router.get("/events/merged", response_model=Freshness)
def merged(ask: Asking) -> Any:
    """How new the merged events are; cheap, to be asked again while they are being brought up to date."""
    found = now.happenings(ask, "representative")
    said = {**found.said(), "newest_entry": ask.snapshot.entry, "working": ask.desk.latest.busy()}
    return Response(orjson.dumps(said), headers={"Cache-Control": "no-store"}, media_type=JSON)


@router.get("/events/{event_id}", response_model=FullEvent)
def event(ask: Asking, event_id: str, aggregation: Rule = "representative") -> Any:
    """One event: the accounts side by side, who copied whom, why they were joined, and what people decided."""
    found = now.happenings(ask, aggregation)
    states = (*found.states, ask.decided(), claims_of_event(ask, found, event_id))
    return ask.respond(lambda: whole_event(ask, found, event_id, aggregation), *states)


@router.post("/events/merge", response_model=Decided)
def merge(ask: Asking, who: Deciding, body: EventDecision) -> Any:
    """Says that events (or claims) are one happening."""
    return decide(ask, "merge", body.members, who.name, body.why)


@router.post("/events/{event_id}/split", response_model=Decided)
def split(ask: Asking, who: Deciding, event_id: str, body: EventDecision) -> Any:
    """Says that claims of an event are not of one happening; ``members`` are kept apart."""
    check_event(ask, event_id)
    return decide(ask, "split", body.members, who.name, body.why)


@router.post("/merges/{merge_id}/undo", response_model=Decided)
def undo(ask: Asking, who: Deciding, merge_id: str, body: Undo) -> Any:
    """Takes a decision back."""
    return undo_decision(ask, merge_id, who.name, body.why)
