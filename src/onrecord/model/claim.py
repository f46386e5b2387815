"""Claims: one proposition in one report by one holder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.model.attribution import Attribution, Caveat, Channel, Cue, Form, Naming, Reference
from onrecord.model.incident import Incident
from onrecord.model.report import Credit, Report
from onrecord.model.spans import Actor, Field, Place, Slot, Span, Time

Kind = Literal["event", "figure", "control", "relation"]

HIGHEST_UNREAL = 2.0
"""Highest factuality of what its words tell as threatened, demanded, promised, planned, forecast, conditional or
questioned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Modality:
    """How the innermost source holds the claim; closed lists in ``data/vocabulary.toml``.

    ``factuality`` runs from -3 (certainly did not happen) to +3 (certainly did), after Saurí and
    Pustejovsky 2009 and Stanovsky et al. 2017. Whatever it is made with, it is never above 2 for what is threatened,
    demanded, promised, planned, forecast, conditional or questioned, and never above 0 for what is negated or
    denied.
    """

    polarity: Literal["positive", "negative"] = "positive"
    certainty: Literal["certain", "probable", "possible", "unknown"] = "certain"
    mood: Literal[
        "asserted",
        "denied",
        "threatened",
        "demanded",
        "promised",
        "planned",
        "forecast",
        "conditional",
        "questioned",
    ] = "asserted"
    tense: Literal["past", "ongoing", "future", "habitual"] = "past"
    factuality: float = 3.0

    def __post_init__(self) -> None:
        highest = 3.0 if self.mood == "asserted" else 0.0 if self.mood == "denied" else HIGHEST_UNREAL
        if self.polarity == "negative":
            highest = 0.0
        object.__setattr__(self, "factuality", max(-3.0, min(self.factuality, highest)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One member of a claim's chain: the outlet, an agency, or the source of an attribution."""

    role: Literal["outlet", "agency", "source"]
    source: Actor | None = None
    name: str | None = None
    text: str | None = None
    span: Span | None = None
    naming: Naming | None = None
    office: str | None = None
    number: Literal["one", "several"] | None = None
    cue: Cue | None = None
    content: tuple[Span, ...] = ()
    form: Form | None = None
    continued: bool = False
    channel: Channel | None = None
    time: Time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLink:
    """A tie to another claim of the same report."""

    claim_id: str
    kind: Literal["denies", "repeats", "revises", "subset_of", "content_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A counted quantity; ``best`` stays None where the words give none ("dozens").

    ``low`` and ``high`` are inclusive; ``measure`` and ``bound`` are of ``data/vocabulary.toml``.
    """

    measure: str
    low: float | None
    best: float | None
    high: float | None
    bound: str
    text: str
    span: Span
    of: Slot | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How much of a place is held, in percent (0 to 100), of the whole or of the remainder."""

    text: str
    span: Span
    low: float | None
    best: float | None
    high: float | None
    bound: str
    of: Literal["whole", "remainder"] = "whole"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rationale:
    """Why a claim was coded so: the rule or head, its score, and readings weighed and dropped."""

    rule: str
    score: float | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What all four kinds share. ``claim_id`` and ``run_id`` are "" until the pipeline sets them.

    ``text``/``span`` give the clause it was coded from; ``key`` is the local name by which other
    claims of the report refer to it in ``links`` before ids exist. ``background`` marks what is
    told as history, not as news.
    """

    report_id: str
    text: str
    span: Span
    field: Field = "text"
    claim_id: str = ""
    run_id: str = ""
    version: str = ""
    status: Literal["coded", "rejected"] = "coded"
    reason: str | None = None
    confidence: float | None = None
    chain: tuple[Link, ...] = ()
    modality: Modality = Modality()
    outlet_factuality: float | None = None
    caveats: tuple[Caveat, ...] = ()
    links: tuple[ClaimLink, ...] = ()
    background: bool = False
    rationale: Rationale | None = None
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventClaim(Claim):
    """Who did what to whom (PLOVER): ``event_type``, ``modes``, actor(s), recipient(s) and the rest.

    ``object`` is what is refused, promised or handed over. ``codes`` maps a profile (plover,
    cameo, acled, quad) to its code. ``incident`` is what the encoder's incident head says of it.
    """

    event_type: str
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    trigger: Slot
    actor: tuple[Actor, ...] = ()
    recipient: tuple[Actor, ...] = ()
    object: Slot | None = None
    instrument: tuple[Slot, ...] = ()
    place: Place | None = None
    time: Time | None = None
    figures: tuple[Figure, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    incident: Incident | None = None
    kind: Literal["event"] = "event"


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureClaim(Claim):
    """A quantity that stands alone: a cumulative toll, a force's size."""

    figure: Figure
    cumulative: bool = False
    since: Time | None = None
    place: Place | None = None
    time: Time | None = None
    trigger: Slot | None = None
    kind: Literal["figure"] = "figure"


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlClaim(Claim):
    """A holder holds, takes, loses or contests a place or a share of it."""

    holder: tuple[Actor, ...]
    place: Place | None
    change: Literal["holds", "takes", "loses", "contests"]
    share: Share | None = None
    time: Time | None = None
    trigger: Slot | None = None
    kind: Literal["control"] = "control"


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationClaim(Claim):
    """A standing fact between actors; ``relation`` is of ``data/vocabulary.toml``."""

    subject: tuple[Actor, ...]
    relation: str
    object: tuple[Actor, ...]
    time: Time | None = None
    trigger: Slot | None = None
    kind: Literal["relation"] = "relation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """Every layer of one coded report.

    ``factuality`` has one number from -3 to +3 a token of ``tokens`` (spans in text order) that
    may be a predicate, None elsewhere. ``rejected`` are candidates that were not coded, with their
    reasons. ``flags`` say what was not done and why (``language:ar``: not coded).
    """

    report: Report
    run_id: str
    version: str
    credits: tuple[Credit, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    references: tuple[Reference, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    times: tuple[Time, ...] = ()
    toponyms: tuple[Place, ...] = ()
    actors: tuple[Actor, ...] = ()
    claims: tuple[Claim, ...] = ()
    rejected: tuple[Claim, ...] = ()
    sentences: tuple[Span, ...] = ()
    tokens: tuple[Span, ...] = ()
    factuality: tuple[float | None, ...] = ()
    flags: tuple[str, ...] = ()

    def factuality_of(self, span: Span) -> float | None:
        """Factuality (-3 to +3) of the predicate that covers or starts in *span*; None if there is none."""
        fits = [v for s, v in zip(self.tokens, self.factuality, strict=True) if v is not None and span.overlaps(s)]
        return fits[-1] if fits else None
