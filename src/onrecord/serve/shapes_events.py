"""Shapes of answers about events: lists, map, time line, counts, one event, and the first page."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from onrecord.serve.shapes import Actor, Claim, Page, Row, Shape

Aggregation = Literal["conservative", "informative", "representative"]


class Figure(Row):
    """What the accounts of an event give for one measure."""

    state: Literal["known", "indeterminate", "missing"]
    best: float | None
    low: float | None
    high: float | None
    open_high: bool


class Event(Row):
    """An event in a list."""

    event_id: str
    event_type: str | None
    modes: list[str]
    contexts: list[str]
    happened: bool
    denied: int = Field(description="how many accounts deny it")
    possible: int = Field(description="how many other events may be the same")
    claims: int
    reports: int
    accounts: int
    voices: int
    actor: list[dict[str, Any]]
    recipient: list[dict[str, Any]]
    place: dict[str, Any] | None
    start: str | None
    end: str | None
    figures: dict[str, Figure]
    factuality: float | None
    disagreement: float
    first_published: str | None
    last_published: str | None
    aggregation: Aggregation
    summary: str


class Merged(Shape):
    """How new merged events are: up to which journal entry, and whether nothing that changes them came since."""

    merged_entry: int
    fresh: bool


class Freshness(Merged):
    """How new merged events are, beside the newest entry of the journal."""

    newest_entry: int
    working: bool = Field(description="whether something is being worked out beside the answers")


class Events(Page):
    """A page of events."""

    items: list[Event]
    aggregation: Aggregation
    merged_entry: int
    fresh: bool


class Account(Row):
    """What one original speaker says of an event."""

    speaker: str
    name: str
    stance: str
    claim_ids: list[str]
    report_ids: list[str]
    voices: list[str]
    standing: float
    certainty: float


class OutletColumn(Row):
    """What one outlet says of an event: its claims, as one column of the side-by-side view."""

    outlet: str | None
    reports: list[dict[str, Any]]
    claim_ids: list[str]
    stances: list[str]
    copy_of: str | None = Field(description="report_id of the origin where all of this outlet's texts are copies")


class FullEvent(Event):
    """An event with all that is said of it."""

    values: dict[str, Any]
    account_list: list[Account]
    voice_list: list[dict[str, Any]]
    pairs: list[dict[str, Any]] = Field(description="claims compared; of very many the weakest, see pairs_weighed")
    pairs_weighed: int = Field(description="how many pairs of its claims speak for one event, told in `pairs` or not")
    possible_list: list[dict[str, Any]]
    corrections: list[dict[str, Any]]
    decisions: list[dict[str, Any]]
    claim_list: list[Claim]
    outlets: list[OutletColumn]
    as_of: str | None
    entry: int
    merged_entry: int
    fresh: bool


class Cluster(Shape):
    """Events drawn as one mark: their middle, their box, how many, and the one where it is one."""

    lat: float
    lon: float
    west: float
    south: float
    east: float
    north: float
    count: int
    killed_low: float
    killed_high: float
    radius_m: float = Field(description="metres: the middle precision of the places")
    precision: str | None = Field(description="set where all are equally precise")
    event_id: str | None = Field(description="set where the cluster is one event")
    types: dict[str, int]


class Area(Shape):
    """Events of one first-order division."""

    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    count: int
    killed_low: float
    killed_high: float


class EventMap(Shape):
    """Marks and shaded areas of the events in view, and how many have no coordinates or only an area's."""

    clusters: list[Cluster]
    areas: list[Area]
    total: int
    placed: int
    unplaced: int
    aggregation: Aggregation
    merged_entry: int
    fresh: bool
    entry: int
    as_of: str | None


class Bin(Shape):
    """One stretch of the time line; days are inclusive."""

    start: str
    end: str
    count: int
    by: dict[str, int] = Field(description="by type of event")


class Timeline(Shape):
    """Events by day, week, month or year of their first day."""

    unit: Literal["day", "week", "month", "year"]
    bins: list[Bin]
    total: int
    undated: int
    first: str | None
    last: str | None
    entry: int
    as_of: str | None


class EventTimeline(Timeline, Merged):
    """Events over time, and how new they are."""


class Facet(Shape):
    """One value and how many have it; ``term`` is what to add to the filter."""

    value: str
    label: str
    count: int
    term: str


class Facets(Shape):
    """Counts of values among what the filter means."""

    facets: dict[str, list[Facet]]
    total: int
    entry: int
    as_of: str | None


class EventFacets(Facets, Merged):
    """Counts of values among the claims of events, and how new the events are."""


class Switched(Shape):
    """What another aggregation says of the same events."""

    event_id: str
    summary: str
    fields: list[dict[str, Any]] = Field(description="path, before, after")


class AggregationChanges(Shape):
    """How events in view differ between two aggregations."""

    before: Aggregation
    after: Aggregation
    events: int
    changed: int
    items: list[Switched]
    sums: dict[str, dict[str, Any]] = Field(description="for each measure: before and after, {best, low, high}")
    entry: int
    merged_entry: int
    fresh: bool
    as_of: str | None


class Overview(Shape):
    """What the case holds, what is new, and where to look first."""

    case: dict[str, Any]
    counts: dict[str, int]
    claims: dict[str, int]
    new: dict[str, Any] = Field(description="since (moment), and how many reports, claims, events, quotes, reviews")
    active: list[Actor]
    disputed: list[Event]
    caveats: list[dict[str, Any]]
    denials: list[Claim]
    timeline: Timeline
    outlets: list[dict[str, Any]]
    runs: list[dict[str, Any]]
    history: dict[str, Any] = Field(description="first and last moment recorded, days on which something was")
    entry: int
    merged_entry: int
    fresh: bool
    as_of: str | None
