"""Reports and claims made for tests: one line each."""

from __future__ import annotations

from onrecord.model import (
    Actor,
    ClaimLink,
    EventClaim,
    Figure,
    Link,
    Modality,
    Place,
    Report,
    Slot,
    Span,
    Time,
)

TOWNS = {
    "Dar Qubba": ("geonames:1", 35.60, 36.60, "Idlib"),
    "Kafr Hamid": ("geonames:2", 35.61, 36.62, "Idlib"),
    "Tell Rihan": ("geonames:3", 33.50, 36.30, "Rif Dimashq"),
}


def report(report_id: str, day: str = "2018-09-08", outlet: str | None = None, text: str = "", **more) -> Report:
    return Report(report_id=report_id, text=text or f"text of {report_id}", published=day, outlet=outlet, **more)


def place(name: str) -> Place:
    place_id, lat, lon, admin1 = TOWNS[name]
    return Place(
        text=name, span=Span(0, 1), place_id=place_id, name=name, admin1=admin1, country="SYR", lat=lat, lon=lon,
        precision="town", radius_m=1000,
    )  # fmt: skip


def figure(measure: str, number: float, bound: str = "exactly") -> Figure:
    best = number if bound == "exactly" else None
    high = number if bound in ("exactly", "up_to") else None
    low = None if bound == "up_to" else number
    return Figure(measure=measure, low=low, best=best, high=high, bound=bound, text=str(number), span=Span(0, 1))


def source(words: str, actor_id: str | None = None, naming: str = "named", office: str | None = None) -> Link:
    slot = Actor(text=words, span=Span(0, 1), actor_id=actor_id, name=words if actor_id else None)
    return Link(role="source", source=slot, text=words, naming=naming, office=office)


def claim(
    claim_id: str,
    report_id: str = "r1",
    *,
    event_type: str = "ASSAULT",
    modes: tuple[str, ...] = ("aerial",),
    day: str | None = "2018-09-08",
    where: str | None = "Dar Qubba",
    by: Link | None = None,
    actor: str | None = None,
    mood: str = "asserted",
    polarity: str = "positive",
    figures: tuple[Figure, ...] = (),
    links: tuple[ClaimLink, ...] = (),
    text: str = "jets struck the grain depot",
    at: int = 0,
) -> EventClaim:
    factuality = -3.0 if mood == "denied" or polarity == "negative" else 3.0 if mood == "asserted" else 0.0
    time = Time(text=day, span=Span(0, 1), start=day, end=day, granularity="day") if day else None
    return EventClaim(
        claim_id=claim_id,
        report_id=report_id,
        text=text,
        span=Span(at, at + 10),
        event_type=event_type,
        modes=modes,
        trigger=Slot(text="struck", span=Span(at, at + 5)),
        time=time,
        place=place(where) if where else None,
        actor=(Actor(text=actor, span=Span(0, 1), actor_id=actor),) if actor else (),
        chain=(Link(role="outlet", name="outlet"), *((by,) if by else ())),
        modality=Modality(mood=mood, polarity=polarity, factuality=factuality),
        figures=figures,
        links=links,
    )
