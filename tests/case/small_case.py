"""A clock that ticks by the minute, and a small report of our own with its coding."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from onrecord.case.writer import Run
from onrecord.model import (
    Actor,
    Attribution,
    Caveat,
    Channel,
    Coding,
    ControlClaim,
    Cue,
    EventClaim,
    Figure,
    FigureClaim,
    Link,
    Modality,
    Place,
    Report,
    Slot,
    Span,
    Time,
)

TEXT = (
    "Rescuers said on Tuesday that army jets had killed at least 12 people in Dar Qubba. "
    "The army denied it. “Nobody will hand over a single rifle,” the group’s leader said in a video. "
    "His fighters hold the old quarter 🏚 and most of the hills. "
    "Since 2011 the war has killed hundreds of thousands."
)
RUN = Run(run_id="run1", version="0.1.0", config_sha256="ab" * 32, details={"weights": "cd" * 32})
LATER = Run(run_id="run2", version="0.2.0")


class Clock:
    """A clock that gives the next minute each time it is asked."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(minutes=1)
        return self.moment


def at(words: str, text: str = TEXT, nth: int = 0) -> Span:
    """The span of the *nth* place where *words* stand in *text*."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def slot(words: str, form: type = Slot, nth: int = 0, **more):
    """A slot of *form* over *words* of the report."""
    return form(text=words, span=at(words, nth=nth), **more)


RESCUERS = slot("Rescuers", Actor, country="SYR", sectors=("SOC",), basis="described")
ARMY = slot("army", Actor, actor_id="SYR_MIL", name="Army of Syria", country="SYR", sectors=("MIL",))
LEADER = slot("the group’s leader", Actor, name="Sami Darwish", actor_id="DARWISH", group="FRONT", sectors=("REB",))
PLACE = slot(
    "Dar Qubba",
    Place,
    place_id="geonames:1",
    name="Dar Qubba",
    admin1="Idlib",
    country="SYR",
    feature_class="P",
    lat=35.93,
    lon=36.63,
    precision="town",
    radius_m=3000,
)
TUESDAY = slot("Tuesday", Time, value="2018-08-21", start="2018-08-21", end="2018-08-21", granularity="day")


def link(source: Actor, cue: str, kind: str, nth: int = 0, **more) -> Link:
    words = Cue(text=cue, span=at(cue, nth=nth), kind=kind)
    return Link(role="source", source=source, cue=words, form="indirect", naming="named", number="one", **more)


def claims_of(report_id: str, run: Run = RUN):
    """A strike told by rescuers and denied by the army, a refusal, a held quarter, a cumulative toll."""
    outlet = Link(role="outlet", name="Northern Courier")
    clause = "army jets had killed at least 12 people in Dar Qubba"
    toll = Figure(
        measure="killed",
        low=12.0,
        best=None,
        high=None,
        bound="at_least",
        text="at least 12",
        span=at("at least 12"),
        of=slot("people"),
    )
    number = iter(range(99))

    def shared(words: str, **more):
        claim_id = f"c{report_id}-{run.run_id}-{next(number)}"
        own = {"claim_id": claim_id, "report_id": report_id, "run_id": run.run_id, "version": run.version}
        return own | {"text": words, "span": at(words)} | more

    strike = EventClaim(
        **shared(clause, confidence=0.9, chain=(outlet, link(RESCUERS, "said", "says"))),
        event_type="ASSAULT",
        modes=("aerial",),
        contexts=("military",),
        trigger=slot("killed"),
        actor=(ARMY,),
        instrument=(slot("jets"),),
        place=PLACE,
        time=TUESDAY,
        figures=(toll,),
        codes=(("plover", "ASSAULT/aerial"),),
        caveats=(Caveat(text="it", span=at("it"), kind="unverified"),),
    )
    denied = replace(
        strike,
        **shared(clause, confidence=0.4, chain=(outlet, link(ARMY, "denied", "denies"))),
        modality=Modality(mood="denied", factuality=-3.0),
    )
    video = Channel(text="video", span=at("video"), kind="video")
    refusal = EventClaim(
        **shared(
            "Nobody will hand over a single rifle",
            chain=(outlet, link(LEADER, "said", "says", 1, channel=video)),
        ),
        event_type="REJECT",
        modes=("yield",),
        trigger=slot("hand over"),
        actor=(slot("the group’s leader", Actor, name="Sami Darwish", actor_id="DARWISH", sectors=("REB",)),),
        object=slot("a single rifle"),
    )
    holds = ControlClaim(
        **shared("His fighters hold the old quarter", chain=(outlet,)),
        holder=(slot("His fighters", Actor, sectors=("REB",), basis="described"),),
        place=slot("the old quarter", Place, basis="unresolved"),
        change="holds",
    )
    cumulative = FigureClaim(
        **shared("the war has killed hundreds of thousands", chain=(outlet,)),
        figure=Figure(
            measure="killed",
            low=200_000.0,
            best=None,
            high=None,
            bound="hundreds",
            text="hundreds of thousands",
            span=at("hundreds of thousands"),
        ),
        cumulative=True,
        since=slot("Since 2011", Time, start="2011-01-01", end="2011-12-31", granularity="year"),
    )
    weak = replace(
        holds, **shared("most of the hills", chain=(outlet,)), status="rejected", reason="no verb of holding"
    )
    return (strike, denied, refusal, holds, cumulative), (weak,)


def coding(report_id: str = "r1", run: Run = RUN, text: str = TEXT, **about) -> Coding:
    """The report coded; *about* are fields of the report."""
    claims, rejected = claims_of(report_id, run)
    known = {"title": "Strike in Dar Qubba", "outlet": "Northern Courier", "published": "2018-08-22"}
    known |= {"original": text.encode(errors="replace")}
    content = (at("army jets had killed at least 12 people in Dar Qubba"),)
    said = Cue(text="said", span=at("said"), kind="says")
    words = (at("Nobody will hand over a single rifle"),)
    video = Channel(text="video", span=at("video"), kind="video")
    later = Cue(text="said", span=at("said", nth=1), kind="says")
    return Coding(
        report=Report(report_id=report_id, text=text, **(known | about)),
        run_id=run.run_id,
        version=run.version,
        attributions=(
            Attribution(source=RESCUERS, cue=said, content=content, form="indirect", time=TUESDAY),
            Attribution(source=LEADER, cue=later, content=words, form="direct", channel=video),
        ),
        times=(TUESDAY,),
        toponyms=(PLACE,),
        actors=(RESCUERS, ARMY, LEADER),
        claims=claims,
        rejected=rejected,
        sentences=(Span(0, 84), Span(85, 104)),
        tokens=(Span(0, 8), Span(9, 13)),
        factuality=(None, 3.0),
    )
