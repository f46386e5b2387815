"""Hypothesis strategies for the vocabulary: any report, and any claim whose spans re-read in its text."""

from __future__ import annotations

from hypothesis import strategies as st

from onrecord.model import (
    Actor,
    Attribution,
    Candidate,
    Caveat,
    Channel,
    ClaimLink,
    Coding,
    ControlClaim,
    Credit,
    Cue,
    EventClaim,
    Figure,
    FigureClaim,
    Incident,
    Link,
    Modality,
    Part,
    Place,
    Rationale,
    Reference,
    RelationClaim,
    Report,
    Share,
    Slot,
    Span,
    Time,
    Via,
)

words = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=12)
maybe_words = st.none() | words
counts = st.none() | st.integers(0, 10**7).map(float) | st.floats(0, 1e6)
scores = st.none() | st.floats(0, 1)
factualities = st.floats(-3, 3)
TEXT = "Rescuers in Dar Qubba said on Tuesday that jets had killed at least 12 people – “all civilians” 🛑."


def spans(text: str) -> st.SearchStrategy[Span]:
    """Spans of at least one code point of *text*."""
    starts = st.integers(0, len(text) - 1)
    return starts.flatmap(lambda s: st.integers(s + 1, len(text)).map(lambda e: Span(s, e)))


@st.composite
def slots(draw, text: str = TEXT, form: type = Slot, **more):
    found = {key: draw(value) for key, value in more.items()}
    why, score = draw(maybe_words), draw(scores)
    if draw(st.integers(0, 5)) == 0:
        return form(text=draw(maybe_words), basis="inferred", why=why or "context", score=score, **found)
    span = draw(spans(text))
    via = draw(st.none() | spans(text).map(lambda s: Via(text=s.of(text), span=s)))
    basis = draw(st.sampled_from(["named", "described", "coreference", "unresolved"]))
    pieces: tuple[Span, ...] = ()
    if span.end - span.start > 3 and draw(st.booleans()):
        pieces = (Span(span.start, span.start + 1), Span(span.end - 1, span.end))
    return form(text=span.of(text), span=span, spans=pieces, basis=basis, via=via, why=why, score=score, **found)


def actors(text: str = TEXT):
    return slots(
        text,
        Actor,
        actor_id=maybe_words,
        name=maybe_words,
        country=st.sampled_from([None, "SYR", "TUR"]),
        sectors=st.lists(st.sampled_from(["GOV", "REB", "CVL"]), unique=True).map(tuple),
        group=maybe_words,
    )


@st.composite
def incidents(draw, text: str = TEXT):
    part = slots(text, Part, role=st.sampled_from(["perpetrator", "organisation", "target", "victim", "weapon"]))
    kind = draw(st.sampled_from(["attack", "forced work stoppage"]))
    return Incident(type=kind, score=draw(st.floats(0, 1)), parts=tuple(draw(st.lists(part, min_size=1, max_size=3))))


def places(text: str = TEXT):
    candidate = st.builds(Candidate, place_id=words, name=words, score=st.floats(0, 1))
    return slots(
        text,
        Place,
        place_id=maybe_words,
        name=maybe_words,
        admin1=maybe_words,
        admin2=maybe_words,
        country=st.sampled_from([None, "SYR", "TUR"]),
        feature_class=st.sampled_from([None, "A", "P"]),
        lat=st.floats(-90, 90),
        lon=st.floats(-180, 180),
        precision=st.sampled_from([None, "point", "town", "province"]),
        radius_m=st.none() | st.integers(0, 10**6),
        candidates=st.lists(candidate, max_size=2).map(tuple),
    )


days = st.dates().map(lambda d: d.isoformat())


def times(text: str = TEXT):
    return slots(
        text,
        Time,
        type=st.sampled_from(["DATE", "TIME", "DURATION", "SET"]),
        value=maybe_words,
        start=st.none() | days,
        end=st.none() | days,
        granularity=st.sampled_from([None, "day", "month"]),
        anchor=maybe_words,
    )


@st.composite
def marked(draw, form: type, text: str = TEXT):
    span = draw(spans(text))
    return form(text=span.of(text), span=span, kind=draw(st.sampled_from(["says", "video", "unverified"])))


@st.composite
def counted(draw, form: type, text: str = TEXT):
    span = draw(spans(text))
    of = draw(st.sampled_from(["whole", "remainder"]) if form is Share else st.none() | slots(text))
    more = {} if form is Share else {"measure": "killed", "unit": draw(maybe_words)}
    low, best, high = draw(counts), draw(counts), draw(counts)
    words_of = span.of(text)
    return form(low=low, best=best, high=high, bound="about", of=of, text=words_of, span=span, **more)


@st.composite
def links(draw, text: str = TEXT):
    role = draw(st.sampled_from(["outlet", "agency", "source"]))
    if role == "outlet":
        return Link(role=role, name=draw(maybe_words))
    span = draw(spans(text))
    if role == "agency":
        return Link(role=role, name=draw(words), text=span.of(text), span=span)
    return Link(
        role=role,
        source=draw(st.none() | actors(text)),
        name=draw(maybe_words),
        naming=draw(st.sampled_from(["named", "unnamed", "anonymous"])),
        office=draw(maybe_words),
        number=draw(st.sampled_from(["one", "several"])),
        cue=draw(st.none() | marked(Cue, text)),
        content=draw(st.lists(spans(text), max_size=2).map(tuple)),
        form=draw(st.sampled_from(["direct", "indirect", "mixed"])),
        continued=draw(st.booleans()),
        channel=draw(st.none() | marked(Channel, text)),
        time=draw(st.none() | times(text)),
    )


modalities = st.builds(
    Modality,
    polarity=st.sampled_from(["positive", "negative"]),
    certainty=st.sampled_from(["certain", "probable", "possible", "unknown"]),
    mood=st.sampled_from(["asserted", "denied", "threatened", "planned"]),
    tense=st.sampled_from(["past", "ongoing", "future", "habitual"]),
    factuality=factualities,
)
_codes = st.lists(
    st.tuples(st.sampled_from(["plover", "cameo", "acled", "quad", "own"]), words), unique_by=lambda p: p[0]
)


@st.composite
def claims(draw, text: str = TEXT, report_id: str = "r1"):
    """A claim of any kind about *text*."""
    several = st.lists(actors(text), max_size=2).map(tuple)
    span = draw(spans(text))
    rejected = draw(st.booleans())
    rationale = st.builds(Rationale, rule=words, score=scores, notes=st.lists(words, max_size=2).map(tuple))
    shared = {
        "report_id": report_id,
        "text": span.of(text),
        "span": span,
        "claim_id": "c" + draw(st.uuids()).hex,
        "run_id": "run1",
        "version": "0.1.0",
        "status": "rejected" if rejected else "coded",
        "reason": "no trigger" if rejected else None,
        "confidence": draw(scores),
        "chain": draw(st.lists(links(text), max_size=3).map(tuple)),
        "modality": draw(modalities),
        "outlet_factuality": draw(st.none() | factualities),
        "caveats": draw(st.lists(marked(Caveat, text), max_size=1).map(tuple)),
        "links": draw(st.lists(st.builds(ClaimLink, claim_id=words, kind=st.just("denies")), max_size=1).map(tuple)),
        "background": draw(st.booleans()),
        "rationale": draw(st.none() | rationale),
        "key": draw(st.just("") | words),
        "time": draw(st.none() | times(text)),
    }
    place = draw(st.none() | places(text))
    match draw(st.sampled_from(["event", "figure", "control", "relation"])):
        case "event":
            return EventClaim(
                **shared,
                event_type=draw(st.sampled_from(["ASSAULT", "COERCE", "AGREE"])),
                modes=draw(st.lists(st.sampled_from(["aerial", "arrest"]), unique=True).map(tuple)),
                contexts=draw(st.lists(words, max_size=2).map(tuple)),
                trigger=draw(slots(text)),
                actor=draw(several),
                recipient=draw(several),
                object=draw(st.none() | slots(text)),
                instrument=draw(st.lists(slots(text), max_size=1).map(tuple)),
                place=place,
                figures=draw(st.lists(counted(Figure, text), max_size=2).map(tuple)),
                codes=draw(_codes.map(tuple)),
                incident=draw(st.none() | incidents(text)),
            )
        case "figure":
            since = draw(st.none() | times(text))
            figure, total = draw(counted(Figure, text)), draw(st.booleans())
            return FigureClaim(**shared, figure=figure, cumulative=total, since=since, place=place)
        case "control":
            share, change = draw(st.none() | counted(Share, text)), draw(st.sampled_from(["holds", "takes"]))
            return ControlClaim(**shared, holder=draw(several), place=place, change=change, share=share)
        case _:
            other = draw(several)
            return RelationClaim(**shared, subject=draw(several), relation="backs", object=other)


@st.composite
def attributions(draw, text: str = TEXT):
    return Attribution(
        source=draw(st.none() | actors(text)),
        more_sources=draw(st.lists(actors(text), max_size=1).map(tuple)),
        cue=draw(st.none() | marked(Cue, text)),
        content=draw(st.lists(spans(text), min_size=1, max_size=2).map(tuple)),
        form=draw(st.sampled_from(["direct", "indirect", "mixed"])),
        office=draw(maybe_words),
        channel=draw(st.none() | marked(Channel, text)),
        time=draw(st.none() | times(text)),
        continued=draw(st.booleans()),
        anonymity=draw(st.none() | slots(text)),
        score=draw(scores),
    )


@st.composite
def codings(draw, text: str = TEXT):
    """A coding of a report whose text is *text*, with a few of every layer."""
    report = Report(report_id="r" + draw(st.uuids()).hex, text=text, title=draw(maybe_words), meta=(("desk", "night"),))
    few = {"max_size": 2}
    found = draw(st.lists(claims(text, report.report_id), max_size=3, unique_by=lambda c: c.claim_id))
    credit = spans(text).map(lambda s: Credit(kind="dateline", text=s.of(text), span=s, place=s))
    via = spans(text).map(lambda s: Via(text=s.of(text), span=s))
    pronoun = st.builds(Reference, mention=spans(text), antecedent=via, kind=st.just("pronoun"), score=st.just(0.5))
    return Coding(
        report=report,
        run_id="run1",
        version="0.1.0",
        credits=tuple(draw(st.lists(credit, **few))),
        attributions=tuple(draw(st.lists(attributions(text), **few))),
        references=tuple(draw(st.lists(pronoun, **few))),
        caveats=tuple(draw(st.lists(marked(Caveat, text), **few))),
        times=tuple(draw(st.lists(times(text), **few))),
        toponyms=tuple(draw(st.lists(places(text), **few))),
        actors=tuple(draw(st.lists(actors(text), **few))),
        claims=tuple(c for c in found if c.status == "coded"),
        rejected=tuple(c for c in found if c.status == "rejected"),
        sentences=(Span(0, len(text)),),
        tokens=(Span(0, 8), Span(9, 11)),
        factuality=(3.0, None),
        flags=("language:en",),
    )
