"""Reports of one sentence: somebody whom no registry knows arrests somebody, and says so."""

from __future__ import annotations

from small_case import RUN, at

from onrecord.case.writer import Run
from onrecord.model import (
    Actor,
    Attribution,
    Coding,
    ControlClaim,
    Cue,
    EventClaim,
    Link,
    Place,
    Report,
    Slot,
    Span,
    Via,
)


def named(
    report_id: str,
    who: str,
    country: str | None = None,
    *,
    whom: str = "two men",
    pronoun: bool = False,
    place: str = "Dar Qubba",
    run: Run = RUN,
    basis: str = "named",
    sectors: tuple[str, ...] = (),
) -> Coding:
    """``WHO arrested WHOM in PLACE, he said.``; with *pronoun* the one who arrests is ``He`` of the sentence after."""
    text = f"{who} arrested {whom} in {place}, he said. He took {place}."

    def span(words: str, nth: int = 0) -> Span:
        return at(words, text, nth)

    own = {"report_id": report_id, "run_id": run.run_id, "version": run.version}
    one = Actor(text=who, span=span(who), country=country, basis=basis, sectors=sectors)
    via = Via(text=who, span=span(who))
    he = Actor(text="He", span=span("He"), country=country, basis="coreference", via=via)
    before = span(" he ")
    source = Actor(
        text="he", span=Span(before.start + 1, before.end - 1), country=country, basis="coreference", via=via
    )
    said = Cue(text="said", span=span("said"), kind="says")
    there = Place(text=place, span=span(place), basis="unresolved")
    clause = f"{who} arrested {whom} in {place}"
    event = EventClaim(
        **own,
        claim_id=f"c{report_id}-{run.run_id}-0",
        text=clause,
        span=span(clause),
        event_type="COERCE",
        trigger=Slot(text="arrested", span=span("arrested")),
        actor=(he if pronoun else one,),
        recipient=(Actor(text=whom, span=span(whom), basis="described"),),
        place=there,
        chain=(Link(role="source", source=source, cue=said, form="indirect"),),
    )
    took = f"He took {place}"
    control = ControlClaim(
        **own,
        claim_id=f"c{report_id}-{run.run_id}-1",
        text=took,
        span=span(took),
        holder=(he,),
        place=Place(text=place, span=span(place, 1), basis="unresolved"),
        change="takes",
    )
    return Coding(
        report=Report(report_id=report_id, text=text, outlet="Northern Courier", published="2018-08-22"),
        run_id=run.run_id,
        version=run.version,
        attributions=(Attribution(source=source, cue=said, content=(span(clause),), form="indirect"),),
        claims=(event, control),
    )
