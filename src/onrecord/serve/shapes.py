"""Shapes of answers about what a case holds, for the OpenAPI description. Rows of the ledger may carry more keys."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """What every answer holds exactly."""

    model_config = ConfigDict(extra="forbid")


class Row(BaseModel):
    """A row of the ledger: these keys are always there, more may be."""

    model_config = ConfigDict(extra="allow")


class Page(Shape):
    """A page of a list: ``next`` is the cursor of the following one, ``total`` counts all, ``entry`` is the last
    journal entry looked at, ``erased`` counts reports that are tombstones by now."""

    next: str | None
    total: int
    entry: int
    erased: int
    as_of: str | None


class Publication(Row):
    """Where a claim was read."""

    supplied_id: str | None
    outlet: str | None
    published: str | None
    title: str | None
    url: str | None


class Claim(Row):
    """A claim as ``docs`` describe it (one object a claim), with its publication and review state."""

    claim_id: str
    report_id: str
    kind: Literal["event", "figure", "control", "relation"]
    status: str
    confidence: float | None
    text: str | None
    span: list[int] | None
    field: str
    chain: list[dict[str, Any]]
    modality: dict[str, Any]
    run_id: str
    version: str
    review: str | None
    recorded_at: str
    report: Publication
    head: str = Field(description="what is claimed, in words: ASSAULT / aerial, holds, killed")


class Claims(Page):
    """A page of claims."""

    items: list[Claim]


class Quote(Row):
    """An attribution: who said what, in which words, through which channel."""

    quote_id: str
    report_id: str
    run_id: str
    speaker: str | None
    speaker_id: str | None
    speaker_text: str | None
    cue: str | None
    cue_class: str | None
    channel: str | None
    channel_class: str | None
    form: str
    naming: str
    text: str | None
    spans: list[list[int]]
    outlet: str | None
    published: str | None
    title: str | None
    url: str | None
    attribution: dict[str, Any]
    recorded_at: str


class Quotes(Page):
    """A page of attributions."""

    items: list[Quote]


class SameQuotes(Shape):
    """The same words as several outlets carried them: which words each kept, from the earliest on."""

    quote: Quote
    text: str | None = Field(description="the longest version, which the pieces of `cut` point into")
    same: list[dict[str, Any]] = Field(description="versions, the longest first: report, text, spans, cut")
    entry: int
    as_of: str | None


class Utterances(Shape):
    """What several outlets carry in the same words."""

    items: list[dict[str, Any]] = Field(description="quote_id, speaker, speaker_id, text, outlets, versions")
    total: int
    looked_through: int = Field(description="how many quotes were compared: the latest, where there are many")
    quotes: int
    entry: int
    as_of: str | None


class Report(Row):
    """What is known of a report's publication; without its text."""

    report_id: str
    supplied_id: str | None
    title: str | None
    outlet: str | None
    published: str | None
    retrieved: str | None
    url: str | None
    byline: str | None
    language: str | None
    replaces: str | None
    text_state: str
    characters: int
    recorded_at: str
    erased_because: str | None


class Reports(Page):
    """A page of reports."""

    items: list[Report]


class FullReport(Report):
    """A report with its text, its claims and every layer of its coding. Spans count Unicode code points."""

    text: str | None
    claim_list: list[Claim]
    layers: dict[str, Any]
    coded_by: list[dict[str, Any]]
    shown_run: str | None
    replaced_by: str | None
    original: dict[str, Any] = Field(description="media_type, sha256, href of the bytes (null where not kept)")
    as_of: str | None
    entry: int


class Actor(Row):
    """An actor in a list."""

    actor_id: str
    name: str | None
    country: str | None
    sectors: list[str]
    group: str | None
    provisional: bool
    status: Literal["registry", "provisional", "confirmed"]
    names: list[str]
    did: int
    suffered: int
    said: int
    first: str | None
    last: str | None


class Actors(Page):
    """A page of actors."""

    items: list[Actor]


class FullActor(Actor):
    """An actor with its registry entry, its dealings and who speaks of it."""

    registry: dict[str, Any] | None
    memberships: list[dict[str, Any]]
    deeds: dict[str, Any] = Field(description="did, suffered: {by_type, by_month, with}; said: {by_month, cues}")
    spoken_of_by: list[dict[str, Any]]
    ids: list[str] = Field(description="every id that it goes by")
    similar: list[dict[str, Any]] = Field(description="others that may be the same, for a person to decide")
    decisions: list[dict[str, Any]]
    as_of: str | None
    entry: int


class Place(Row):
    """A place in a list."""

    place_id: str
    name: str | None
    admin1: str | None
    country: str | None
    lat: float | None
    lon: float | None
    claims: int
    reports: int
    control: int
    provisional: bool
    status: Literal["gazetteer", "provisional", "confirmed"]
    names: list[str]


class SimilarPlace(Shape):
    """A place that may be the same; ``metres`` away where both have coordinates."""

    place_id: str
    name: str | None
    country: str | None
    lat: float | None
    lon: float | None
    claims: int
    metres: int | None


class Places(Page):
    """A page of places."""

    items: list[Place]


class Band(Shape):
    """Who holds the place, as one claimant tells it; ``claimant`` is the speaker, or the outlet itself."""

    claimant: str
    outlets: list[str]
    stretches: list[dict[str, Any]] = Field(
        description="holder, holder_id, change, start, end, disputed, claim_ids, words; end null: open"
    )


class FullPlace(Place):
    """A place with its control over time as each claimant tells it."""

    bands: list[Band]
    ids: list[str]
    control_list: list[dict[str, Any]] = Field(description="the claims of control in the order of their days")
    corrections: list[dict[str, Any]]
    similar: list[SimilarPlace] = Field(description="others of its name or near by, for a person to decide")
    original: dict[str, Any] = Field(description="name, admin1, admin2, country, lat, lon as they were coded")
    disputes: list[dict[str, Any]] = Field(description="start, end, holders: where claimants contradict one another")
    as_of: str | None
    entry: int


class Side(Shape):
    """One side of a comparison."""

    label: str
    filter: str
    claims: int
    reports: int


class Comparison(Shape):
    """What one side has and the other lacks, and where values differ."""

    left: Side
    right: Side
    only_left: list[dict[str, Any]]
    only_right: list[dict[str, Any]]
    both: list[dict[str, Any]] = Field(description="what, left, right (claims), fields: path, before, after")
    counts: dict[str, int]
    by_type: list[dict[str, Any]]
    truncated: bool
    entry: int
    as_of: str | None


class Change(Shape):
    """One change between two moments."""

    recorded_at: str
    kind: str
    words: str
    report_id: str | None
    claim_id: str | None
    fields: list[dict[str, Any]]


class Diff(Shape):
    """What changed between two moments, with the reasons in words; counts at both."""

    since: str | None
    until: str | None
    items: list[Change]
    next: str | None
    total: int
    by_kind: dict[str, int]
    before: dict[str, Any]
    after: dict[str, Any]
    entry: int


class Hit(Row):
    """One thing found: the found words in ``snippet`` stand between U+2039 and U+203A."""

    report_id: str
    outlet: str | None
    published: str | None
    title: str | None
    snippet: str
    score: float


class Hits(Shape):
    """What holds the words, best first."""

    items: list[Hit]
    within: Literal["reports", "quotes", "claims"]
    entry: int
    as_of: str | None


class Why(Shape):
    """How one claim came to be what it is."""

    claim: Claim
    report: Report
    history: list[dict[str, Any]]
    reviews: list[dict[str, Any]]
    beside: list[dict[str, Any]]
    rule: str | None
    lines: list[dict[str, str]] = Field(description="name and words of each thing known, in reading order")


class Profile(Shape):
    """One way to export."""

    name: str
    title: str
    a_row_is: str
    form: str
    ending: str


class Profiles(Shape):
    """All ways to export."""

    items: list[Profile]
