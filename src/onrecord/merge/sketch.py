"""What blocking and comparison need of an event claim, computed once."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from sys import intern
from typing import Any

from onrecord.lexicon.merging import MergingLexicon
from onrecord.merge.mentions import stem
from onrecord.model import Actor, EventClaim, Place, Report, Span, Stance
from onrecord.text.folding import fold, fold_loosely

_WORD = re.compile(r"[^\W\d_]{3,}")
_STOP = frozenset(
    "the and for that with from were was has had have been its their his her who which they said after when where "
    "into than least more about some near this these those are not but also people person persons men man".split()
)
_FINE = ("point", "town")
_KNOWN = ("the", "that", "this", "these", "those")


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """First and last day as ordinals; ``loose`` where they are only known from the day of publication."""

    first: int
    last: int
    loose: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """What of a place is compared; degrees, metres, None where not known."""

    name: str | None
    country: str | None
    admin1: str | None
    admin2: str | None
    lat: float | None
    lon: float | None
    precision: str | None
    radius_m: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """One event claim for comparison.

    ``place_keys`` are the gazetteer id and loose names; ``fine`` tells whether the place is a town or a point.
    ``actors`` and ``recipients`` hold ids, or the last word of a description; ``figures`` inclusive bounds by
    measure (the upper one None where open). ``known`` where the words take the event for known ("the raid").
    """

    claim_id: str
    report_id: str
    span: Span
    family: str
    event_type: str
    modes: frozenset[str]
    stance: Stance
    days: Days | None
    place: Spot | None
    place_keys: frozenset[str]
    fine: bool
    actors: frozenset[str]
    actor_ids: frozenset[str]
    recipients: frozenset[str]
    figures: tuple[tuple[str, float, float | None], ...]
    words: frozenset[str]
    clause: str
    trigger: str
    known: bool
    links: tuple[tuple[str, str], ...]
    order: tuple[str, str, int, str]


def sketch(claim: EventClaim, report: Report | None, lexicon: MergingLexicon) -> Sketch:
    """The sketch of *claim*; *report* is the one that it is from, None when it is not at hand."""
    published = report.published_day if report else None
    place = claim.place
    keys = _place_keys(place)
    clause, trigger = fold(claim.text), fold(claim.trigger.text or "").rpartition(" ")[2]
    return Sketch(
        claim_id=claim.claim_id,
        report_id=intern(claim.report_id),
        span=claim.span,
        family=lexicon.family(claim.event_type),
        event_type=intern(claim.event_type),
        modes=_shared(frozenset(claim.modes)),
        stance=stance_of(claim),
        days=_days(claim, published, int(lexicon.limits["days_before_publication"])),
        place=_spot(place),
        place_keys=_shared(keys),
        fine=place is not None and (place.precision in _FINE or (place.place_id is None and bool(keys))),
        actors=_shared(_parties(claim.actor)),
        actor_ids=_shared(frozenset(a.actor_id for a in claim.actor if a.actor_id)),
        recipients=_shared(_parties(claim.recipient)),
        figures=tuple((f.measure, f.low, f.high) for f in claim.figures if f.low is not None),
        words=_words(claim.text),
        clause=clause,
        trigger=intern(stem(trigger)),
        known=bool(trigger) and any(f" {word} {trigger} " in f" {clause} " for word in _KNOWN),
        links=tuple((link.kind, link.claim_id) for link in claim.links),
        order=(intern(published or "9999"), intern(claim.report_id), claim.span.start, claim.claim_id),
    )


@lru_cache(maxsize=65536)
def _shared(values: frozenset[str]) -> frozenset[str]:
    """One object for equal sets: a case has few places and parties, and very many claims."""
    return values


@lru_cache(maxsize=16384)
def _same_spot(*values: Any) -> Spot:
    return Spot(*values)


def _spot(place: Place | None) -> Spot | None:
    # One object a place, however many claims are of it.
    return None if place is None else _same_spot(*(getattr(place, f.name) for f in fields(Spot)))


def pack_sketch(item: Sketch) -> str:
    """*item* as JSON, the same for the same sketch."""
    return json.dumps([_packed(getattr(item, f.name)) for f in fields(Sketch)], ensure_ascii=False)


def unpack_sketch(text: str) -> Sketch:
    """The inverse of `pack_sketch`."""
    value = dict(zip((f.name for f in fields(Sketch)), json.loads(text), strict=True))
    for name in _SETS:
        value[name] = frozenset(value[name])
    value["span"] = Span(*value["span"])
    value["days"] = value["days"] and Days(first=value["days"][0], last=value["days"][1], loose=value["days"][2])
    value["place"] = value["place"] and _same_spot(*value["place"])
    value["figures"] = tuple(tuple(f) for f in value["figures"])
    value["links"] = tuple(tuple(link) for link in value["links"])
    value["order"] = tuple(value["order"])
    return Sketch(**value)


_SETS = ("modes", "place_keys", "actors", "actor_ids", "recipients", "words")


def _packed(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Days | Spot):
        return [getattr(value, f.name) for f in fields(value)]
    return value


def stance_of(claim: EventClaim) -> Stance:
    """``asserts`` for what is said to have happened or to go on, ``denies`` for what is said not to have."""
    modality = claim.modality
    if modality.mood == "denied" or (modality.mood == "asserted" and modality.polarity == "negative"):
        return "denies"
    if modality.mood != "asserted" or modality.tense in ("future", "habitual"):
        return "announces"
    if modality.factuality < 0:
        return "denies"
    return "asserts" if modality.factuality > 0 else "announces"


@lru_cache(maxsize=16384)
def day_number(day: str) -> int | None:
    """The ordinal of an ISO day, None when it is none."""
    try:
        return date.fromisoformat(day[:10]).toordinal()
    except ValueError:
        return None


def _days(claim: EventClaim, published: str | None, before: int) -> Days | None:
    """Days that the words name; else the *before* days up to publication, when that is all that is known."""
    time = claim.time
    explicit = time is not None and time.text is not None and time.basis != "inferred"
    if time is not None and time.start and explicit:
        first = day_number(time.start)
        last = day_number(time.end or time.start)
        if first is not None and last is not None:
            return Days(first=first, last=max(first, last), loose=False)
    known = (time.end or time.start) if time is not None and time.start and not explicit else published
    last = day_number(known) if known else None
    if last is None or claim.background:
        return None
    return Days(first=last - before, last=last, loose=True)


def _place_keys(place: Place | None) -> frozenset[str]:
    if place is None:
        return frozenset()
    names = {fold_loosely(n) for n in (place.name, place.text if place.basis == "named" else None) if n}
    if place.place_id:
        names.add(place.place_id)
    return frozenset(names - {""})


def _parties(actors: tuple[Actor, ...]) -> frozenset[str]:
    found = set()
    for actor in actors:
        if actor.actor_id:
            found.add(actor.actor_id)
        words = [w for w in _WORD.findall(fold(actor.text or "")) if w not in _STOP]
        if words and not actor.actor_id:
            found.add(stem(words[-1] if " of " not in (actor.text or "") else words[0]))
    return frozenset(found)


def _words(text: str) -> frozenset[str]:
    return frozenset(intern(stem(w)) for w in _WORD.findall(fold(text)) if w not in _STOP)
