"""What of a claim or attribution is written into columns, so that questions are answered by indexes.

The compressed body is the truth; all of this can be derived from it again, and ``verify`` does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from onrecord.case.codec import dumps, reread
from onrecord.case.evidence import Texts
from onrecord.case.folding import fold
from onrecord.case.naming import NameKey, name_key
from onrecord.model import (
    Actor,
    Attribution,
    Claim,
    ControlClaim,
    EventClaim,
    Figure,
    FigureClaim,
    Place,
    RelationClaim,
    Slot,
    Span,
    hull,
)

EPOCH = date(1970, 1, 1).toordinal()
TYPE_LISTS = {"event": "event_type", "figure": "measure", "control": "control_change", "relation": "relation"}
Word = tuple[str, str]


def day_number(day: str | None) -> int | None:
    """Days from 1970-01-01 to the ISO date that *day* begins with; None when it is no date."""
    try:
        return date.fromisoformat((day or "")[:10]).toordinal() - EPOCH
    except ValueError:
        return None


def day_of(number: int | None) -> str | None:
    """The inverse of *day_number*."""
    return None if number is None else date.fromordinal(number + EPOCH).isoformat()


@dataclass(frozen=True, slots=True)
class ActorKey:
    """One combination of what grounding said of an actor; ``words`` only where no name is known."""

    actor_id: str | None
    name: str | None
    country: str | None
    sectors: str
    group_id: str | None
    words: str | None

    @property
    def folded(self) -> str:
        return fold(self.name or self.words or "")

    @property
    def identity(self) -> str:
        return dumps([self.actor_id, self.name, self.country, self.sectors, self.group_id, self.words])


@dataclass(frozen=True, slots=True)
class PlaceKey:
    """One place as grounding gave it; ``words`` only where it was not found."""

    place_id: str | None
    name: str | None
    admin1: str | None
    admin2: str | None
    country: str | None
    feature_class: str | None
    lat: float | None
    lon: float | None
    words: str | None

    @property
    def folded(self) -> str:
        names = (self.name or self.words, self.admin2, self.admin1)
        return "|" + "|".join(fold(n) for n in names if n) + "|"

    @property
    def identity(self) -> str:
        named = [self.place_id, self.name, self.admin1, self.admin2, self.country, self.feature_class]
        # SQLite keeps no negative zero: the identity must not have one either.
        lat, lon = (None if degrees is None else degrees + 0.0 for degrees in (self.lat, self.lon))
        return dumps([*named, lat, lon, self.words])


@dataclass(frozen=True, slots=True)
class SlotKey:
    """One value of a claim: which, its span, how the words give it, who it is; words only if not re-read.

    ``named`` is the name by which someone whom the registry does not know is called there.
    """

    slot: str
    ord: int
    start: int | None
    end: int | None
    field: int
    basis: str
    actor: ActorKey | None
    words: str | None
    named: NameKey | None


@dataclass(frozen=True, slots=True)
class FigureKey:
    """One counted quantity."""

    measure: str
    low: float | None
    best: float | None
    high: float | None
    bound: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ClaimKeys:
    """Every column, slot, code and figure of one claim, in words."""

    kind: str
    status: str
    type: str | None
    polarity: str
    certainty: str
    mood: str
    tense: str
    factuality: float
    outlet_factuality: float | None
    confidence: float | None
    background: int
    attributed: int
    field: int
    start: int
    end: int
    first_day: int | None
    last_day: int | None
    granularity: str | None
    place: PlaceKey | None
    precision: str | None
    radius_m: int | None
    clause: str | None
    slots: tuple[SlotKey, ...]
    codes: frozenset[Word]
    figures: tuple[FigureKey, ...]


@dataclass(frozen=True, slots=True)
class QuoteKeys:
    """Every column and source of one attribution, in words."""

    ord: int
    parent: int | None
    form: str
    naming: str
    cue: str | None
    cue_start: int | None
    cue_end: int | None
    channel: str | None
    continued: int
    start: int
    end: int
    excerpt: str | None
    sources: tuple[SlotKey, ...]


def actor_key(actor: Actor) -> ActorKey | None:
    """The combination that *actor* is; None where nothing at all is known."""
    words = None if actor.name else (actor.text or "")[:200] or None
    sectors = f" {' '.join(actor.sectors)} " if actor.sectors else ""
    key = ActorKey(actor.actor_id, actor.name, actor.country, sectors, actor.group, words)
    return None if key == ActorKey(None, None, None, "", None, None) else key


def place_key(place: Place) -> PlaceKey:
    """The place that *place* is."""
    words = None if place.name else (place.text or "")[:200] or None
    admin = (place.place_id, place.name, place.admin1, place.admin2, place.country, place.feature_class)
    # As floats: an integer and the equal float must be one place.
    lat, lon = (None if v is None else float(v) for v in (place.lat, place.lon))
    return PlaceKey(*admin, lat, lon, words)


def slot_key(name: str, number: int, slot: Slot, texts: Texts) -> SlotKey:
    """The columns of *slot*."""
    span = slot.span
    there = None if span is None else reread(span, texts[slot.field])
    words = None if slot.text == there else slot.text
    start, end = span or (None, None)
    who, named = (actor_key(slot), name_key(slot)) if isinstance(slot, Actor) else (None, None)
    return SlotKey(name, number, start, end, int(slot.field == "title"), slot.basis, who, words, named)


def _slots(claim: Claim) -> Iterator[tuple[str, int, Slot]]:
    """Name, number and value of each slot that has a row."""
    lists: dict[str, tuple[Slot, ...]] = {}
    single: dict[str, Slot | None] = {key: getattr(claim, key, None) for key in ("trigger", "place", "time")}
    if isinstance(claim, EventClaim):
        lists = {"actor": claim.actor, "recipient": claim.recipient, "instrument": claim.instrument}
        single["object"] = claim.object
    elif isinstance(claim, FigureClaim):
        single |= {"of": claim.figure.of, "since": claim.since}
    elif isinstance(claim, ControlClaim):
        lists = {"holder": claim.holder}
    elif isinstance(claim, RelationClaim):
        lists = {"subject": claim.subject, "object": claim.object}
    for name, values in lists.items():
        yield from ((name, i, value) for i, value in enumerate(values))
    yield from ((name, 0, value) for name, value in single.items() if value is not None)
    for i, link in enumerate(claim.chain):
        if link.source is not None:
            yield "speaker", i, link.source
        elif link.role == "agency":
            yield "agency", i, Slot(text=link.name or link.text, span=link.span, basis="named")


def _codes(claim: Claim) -> frozenset[Word]:
    found: set[Word] = {("caveat", caveat.kind) for caveat in claim.caveats}
    found |= {("claim_link", link.kind) for link in claim.links}
    for link in claim.chain:
        found |= {("cue_class", link.cue.kind)} if link.cue else set()
        found |= {("channel_class", link.channel.kind)} if link.channel else set()
        found |= {("form", link.form)} if link.form else set()
        found |= {("naming", link.naming)} if link.naming else set()
    if isinstance(claim, EventClaim):
        found |= {("mode", mode) for mode in claim.modes} | {("context", context) for context in claim.contexts}
    return frozenset(found)


def type_of(claim: Claim) -> str | None:
    """What the claim says in one word: event type, measure, change or relation."""
    match claim:
        case EventClaim():
            return claim.event_type
        case FigureClaim():
            return claim.figure.measure
        case ControlClaim():
            return claim.change
        case RelationClaim():
            return claim.relation
    return None


def figure_key(figure: Figure) -> FigureKey:
    """The columns of *figure*."""
    low, best, high = (None if v is None else float(v) for v in (figure.low, figure.best, figure.high))
    return FigureKey(figure.measure, low, best, high, figure.bound, figure.span.start, figure.span.end)


def claim_keys(claim: Claim, texts: Texts) -> ClaimKeys:
    """The columns of *claim*, whose report reads *texts* (text, title)."""
    time, place, modality = getattr(claim, "time", None), getattr(claim, "place", None), claim.modality
    figures = claim.figures if isinstance(claim, EventClaim) else ()
    figures = (claim.figure,) if isinstance(claim, FigureClaim) else figures
    first, last = (day_number(time.start), day_number(time.end)) if time else (None, None)
    return ClaimKeys(
        kind=claim.kind,  # type: ignore[attr-defined]
        status=claim.status,
        type=type_of(claim),
        polarity=modality.polarity,
        certainty=modality.certainty,
        mood=modality.mood,
        tense=modality.tense,
        factuality=float(modality.factuality),
        outlet_factuality=claim.outlet_factuality,
        confidence=claim.confidence,
        background=int(claim.background),
        attributed=sum(link.role == "source" for link in claim.chain),
        field=int(claim.field == "title"),
        start=claim.span.start,
        end=claim.span.end,
        first_day=last if first is None else first,
        last_day=first if last is None else last,
        granularity=time.granularity if time else None,
        place=place_key(place) if place else None,
        precision=place.precision if place else None,
        radius_m=place.radius_m if place else None,
        clause=None if claim.text == reread(claim.span, texts[claim.field]) else claim.text,
        slots=tuple(sorted((slot_key(*s, texts) for s in _slots(claim)), key=lambda k: (k.slot, k.ord))),
        codes=_codes(claim),
        figures=tuple(figure_key(f) for f in figures),
    )


def quote_keys(number: int, attribution: Attribution, texts: Texts, excerpt: str | None = None) -> QuoteKeys:
    """The columns of the *number*-th attribution of a coding."""
    cue, content = attribution.cue, hull(attribution.content) if attribution.content else Span(0, 0)
    sources = ((attribution.source,) if attribution.source else ()) + attribution.more_sources
    keys = (slot_key("speaker", i, source, texts) for i, source in enumerate(sources))
    return QuoteKeys(
        ord=number,
        parent=attribution.parent,
        form=attribution.form,
        naming=attribution.naming,
        cue=cue.kind if cue else None,
        cue_start=cue.span.start if cue else None,
        cue_end=cue.span.end if cue else None,
        channel=attribution.channel.kind if attribution.channel else None,
        continued=int(attribution.continued),
        start=content.start,
        end=content.end,
        excerpt=excerpt,
        sources=tuple(key for key in keys if key.actor is not None),
    )
