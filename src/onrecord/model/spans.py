"""Spans and slots: the words that a value came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Field = Literal["text", "title"]
Basis = Literal["named", "described", "coreference", "inferred", "unresolved"]


class Span(NamedTuple):
    """Half-open range of Unicode code points: ``text[start:end]`` is what the reader sees."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of *text* that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether *other* lies wholly inside (equal spans contain each other)."""
        return self.start <= other.start and other.end <= self.end


def hull(spans: tuple[Span, ...]) -> Span:
    """The smallest span that covers all of *spans*; ValueError when there is none."""
    return Span(min(s.start for s in spans), max(s.end for s in spans))


@dataclass(frozen=True, slots=True, kw_only=True)
class Via:
    """The mention that a reference was resolved through."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A value of a claim with the words it came from.

    ``basis`` says how the words give the value; ``span`` is None only where ``basis`` is
    ``inferred``, and then ``why`` says from what. ``spans`` holds the pieces when the words are
    not contiguous (``span`` is their hull), and is empty otherwise.
    """

    text: str | None = None
    span: Span | None = None
    spans: tuple[Span, ...] = ()
    field: Field = "text"
    basis: Basis = "named"
    via: Via | None = None
    why: str | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor(Slot):
    """Who acts, suffers or speaks; what grounding found in the registry is None until then.

    ``country`` is ISO 3166-1 alpha-3 or IGO, NGO, MNC, IMG, ISM; ``sectors`` are PLOVER's, the
    first the primary one; ``group`` is the registry id of the organisation a person stands for.
    """

    actor_id: str | None = None
    name: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    group: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One reading of a toponym that was weighed, with its score from 0 to 1."""

    place_id: str
    name: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Slot):
    """Where; coordinates are WGS84 degrees, None when the name was not found.

    ``radius_m`` is how far from the point the event may have been; ``precision`` says it in words.
    ``usage`` is how the name is used: a demonym ("Syrian"), metonymic ("Moscow said") or embedded in
    another name are mentions of the place but seldom where something happened.
    """

    place_id: str | None = None
    name: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    country: str | None = None
    feature_class: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: Literal["point", "town", "district", "province", "country", "region"] | None = None
    radius_m: int | None = None
    candidates: tuple[Candidate, ...] = ()
    usage: str = "literal"


Granularity = Literal[
    "minute", "hour", "day", "week", "month", "quarter", "season", "year", "decade", "century", "span"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Time(Slot):
    """When: first to last day (ISO dates, both inclusive), None where the words do not say.

    ``type`` and ``value`` follow TIMEX3 (TimeML 1.2.1); ``anchor`` names what a relative
    expression was resolved on: ``published``, ``none`` (absolute), or the words of another time.
    """

    type: Literal["DATE", "TIME", "DURATION", "SET"] = "DATE"
    value: str | None = None
    start: str | None = None
    end: str | None = None
    granularity: Granularity | None = None
    anchor: str | None = None
