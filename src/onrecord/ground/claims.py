"""The last word on claims: countries that only the context gives, and the codes of other codebooks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from onrecord.ground.played import as_played
from onrecord.ground.registry import Registry
from onrecord.lexicon.ontology import Ontology
from onrecord.model import (
    Actor,
    Claim,
    ControlClaim,
    EventClaim,
    FigureClaim,
    Layers,
    Place,
    RelationClaim,
    Span,
)

_OF_A_STATE = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY", "PRM"})
_OF_A_COUNTRY = _OF_A_STATE | frozenset(
    {
        "CVL",
        "OPP",
        "REB",
        "PTY",
        "REF",
        "REL",
        "SOC",
        "AGR",
        "BUS",
        "CRM",
        "EDU",
        "ELI",
        "JRN",
        "LAB",
        "MED",
        "UAF",
    }
)


@dataclass(frozen=True, slots=True)
class Focus:
    """The country that a report is about, how sure that is (0 to 1), and the words that show it."""

    country: str
    share: float
    text: str


@dataclass(frozen=True, slots=True)
class Where:
    """What tells the country of a claim's parties, where their words do not.

    ``spoken`` for acts done with words: their place is that of what is spoken of.
    """

    place: Place | None
    around: Sequence[Place]
    focus: Focus | None
    spoken: bool

    def country(self) -> tuple[str | None, str | None]:
        """The country, and from what."""
        place, focus = self.place, self.focus
        if self.spoken and focus is not None and focus.share >= _MOSTLY:
            return focus.country, _ABOUT.format(focus.text)
        if place is not None and place.country and place.basis != "inferred":
            return place.country, f"country of the place, {place.text}"
        near = {p.country: p.text for p in self.around if p.usage == "literal"}
        if len(near) == 1:
            country, text = next(iter(near.items()))
            return country, f"the one country in the sentence, by {text}"
        if focus is not None and focus.share >= _OFTEN:
            return focus.country, _ABOUT.format(focus.text)
        return None, None


_FEW = 3.0
"""Mentions of places below which the countries of those named count beside them."""

_ANYWHERE = frozenset(
    "other many some several various foreign international world western global regional neighbouring neighboring "
    "allied european arab african asian".split()
)
_ABROAD = frozenset("government governments power powers leader leaders state states troops forces fighters".split())
"""What "a foreign …" is of some other country; a foreign ministry is one's own."""

_POWERFUL_OR_WISE = frozenset({"GOV", "SOC", "EDU"})
_ONE_OF_MANY = frozenset(
    "court tribunal judge spokesman spokeswoman spokesperson official minister lawmaker senator governor mayor "
    "ambassador envoy deputy general commander prosecutor adviser advisor aide diplomat authorities authority".split()
)
"""Words that may mean any of a country's, not the highest."""

_OFTEN, _MOSTLY = 0.4, 0.6  # shares of a report's places that lie in the country it is about
_ABOUT = "the country that the report is about, by {}"
_SPOKEN = frozenset("AGREE CONSULT SUPPORT CONCEDE REQUEST ACCUSE REJECT THREATEN".split())


def ground_claims(layers: Layers, claims: Iterable[Claim], registry: Registry, ontology: Ontology) -> tuple[Claim, ...]:
    """*claims* with the countries of undescribed actors inferred and with codes.

    A country that no words of the actor give comes from the claim's place, from the one country that
    its sentence names, or from the country that the report is about; the slot then has
    ``basis: inferred`` and says from what.
    """
    focus = focus_of(layers)
    out: list[Claim] = []
    for claim in claims:
        place = getattr(claim, "place", None)
        around = _around(layers, claim.span)

        spoken = isinstance(claim, EventClaim) and claim.event_type in _SPOKEN

        def fill(
            slots: Sequence[Actor],
            others: Sequence[Actor] = (),
            where: Where = Where(place, around, focus, spoken),
        ) -> tuple[Actor, ...]:
            abroad = {a.actor_id for a in others if a.actor_id is not None and a.actor_id == a.country}
            return tuple(_with_country(a, where, abroad, registry, layers.report.published_day) for a in slots)

        if isinstance(claim, EventClaim):
            actor, recipient = fill(claim.actor, claim.recipient), fill(claim.recipient, claim.actor)
            out.append(replace(claim, actor=actor, recipient=recipient))
        elif isinstance(claim, ControlClaim):
            out.append(replace(claim, holder=fill(claim.holder)))
        elif isinstance(claim, RelationClaim):
            out.append(replace(claim, subject=fill(claim.subject), object=fill(claim.object)))
        else:
            assert isinstance(claim, FigureClaim)
            out.append(claim)
    played = as_played(_lent_as_told(out), layers)
    return tuple(replace(c, codes=codes_of(c, ontology)) if isinstance(c, EventClaim) else c for c in played)


def _lent_as_told(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """*claims* with parties that are told elsewhere (``via``) of the country that was inferred where they are told."""
    told: dict[Span, Actor] = {}
    for claim in claims:
        for actor in (*claim.actor, *claim.recipient) if isinstance(claim, EventClaim) else ():
            if actor.span is not None and actor.country is not None:
                told.setdefault(actor.span, actor)

    def same(slots: Sequence[Actor]) -> tuple[Actor, ...]:
        return tuple(_as_told(a, told.get(a.via.span)) if a.span is None and a.via is not None else a for a in slots)

    return tuple(
        replace(c, actor=same(c.actor), recipient=same(c.recipient)) if isinstance(c, EventClaim) else c for c in claims
    )


def _as_told(actor: Actor, told: Actor | None) -> Actor:
    if told is None or told.sectors != actor.sectors:
        return actor
    return replace(actor, country=told.country)


def codes_of(event: EventClaim, ontology: Ontology) -> tuple[tuple[str, str], ...]:
    """PLOVER, CAMEO, ACLED and quad codes of *event*, after those that it has; what a codebook lacks is left out.

    What is planned or promised is coded as PLOVER codes it: a future CONSULT is AGREE, a future RETREAT
    is CONCEDE.
    """
    ahead = event.modality.mood in {"planned", "promised", "forecast"}
    plover = ontology.future(event.event_type) if ahead else event.event_type
    modes = "+".join(event.modes) if plover == event.event_type else ""
    found = [*event.codes, ("plover", f"{plover}/{modes}" if modes else plover)]
    cameo = ontology.cameo(event.event_type, event.modes, event.modality.mood)
    if cameo:
        found.append(("cameo", cameo))
    if event.modality.mood == "asserted" and event.modality.polarity == "positive":
        acled = ontology.acled(event.event_type, event.modes, _sectors(event.actor), _sectors(event.recipient))
        if acled:
            found.append(("acled", "/".join(acled)))
    found.append(("quad", ontology.quad(event.event_type)))
    return tuple(found)


def _sectors(actors: Sequence[Actor]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s for a in actors for s in a.sectors))


def focus_of(layers: Layers) -> Focus | None:
    """The country that most places and actors of the report lie in or belong to; None without any.

    Datelines count little: agencies write about one country from the capital of another.
    """
    votes: Counter[str] = Counter()
    words: dict[str, str] = {}
    datelines = [c.place for c in layers.credits if c.place is not None]
    for place in layers.toponyms:
        if not place.country or place.span is None or place.basis in {"coreference", "inferred"}:
            continue  # what is only placed near others says no more than they do
        weight = 0.5 if any(place.span.overlaps(d) for d in datelines) else 0.7 if place.usage == "demonym" else 1.0
        votes[place.country] += weight  # type: ignore[assignment]
        words.setdefault(place.country, place.text or "")
    if sum(votes.values()) < _FEW:  # one town named in passing: whose people are named tells as much
        for actor in layers.actors:
            if actor.actor_id is not None and actor.country is not None and len(actor.country) == 3:
                votes[actor.country] += 0.5  # type: ignore[assignment]
                words.setdefault(actor.country, actor.text or "")
        votes.pop("IGO", None)
        votes.pop("NGO", None)
        votes.pop("IMG", None)
    if not votes:
        return None
    country, most = max(votes.items(), key=lambda item: item[1])
    return Focus(country, most / sum(votes.values()), words[country])


def _around(layers: Layers, span: Span) -> tuple[Place, ...]:
    """Toponyms of the sentences that *span* touches."""
    parse = layers.parse
    tokens = parse.tokens_in(span)
    if not tokens:
        return ()
    first, last = parse.tokens[tokens[0]].sentence, parse.tokens[tokens[-1]].sentence
    reach = Span(parse.sentence_span(first).start, parse.sentence_span(last).end)
    return tuple(p for p in layers.toponyms if p.span is not None and p.country and reach.contains(p.span))


def _of_many(actor: Actor) -> bool:
    """Whether the words mean those who hold power anywhere ("other leaders", "foreign diplomats")."""
    words = (actor.text or "").lower().split()
    if "foreign" in words[:2] and _ABROAD.intersection(words[words.index("foreign") + 1 :][:1]):
        return True
    return bool(_ANYWHERE.intersection(words[:1])) and bool(_POWERFUL_OR_WISE & set(actor.sectors[:1]))


def _with_country(actor: Actor, where: Where, abroad: Collection[str], registry: Registry, day: str | None) -> Actor:
    if actor.country or actor.basis == "named" or not _OF_A_COUNTRY & set(actor.sectors):
        return actor
    country, why = where.country()
    # Whoever holds power and deals with a state that is called by its name is seldom of that state.
    if (
        country is None
        or _of_many(actor)
        or (where.spoken and country in abroad and _OF_A_STATE & set(actor.sectors[:1]))
    ):
        return actor
    because = f"{actor.why}; {why}" if actor.why else why
    inferred = replace(actor, country=country, basis="inferred", why=because)
    if actor.actor_id is None and _OF_A_STATE & set(actor.sectors[:1]):
        lemma = (actor.text or "").lower().removeprefix("the ").strip()
        word = registry.tables.sector_word(lemma) if lemma not in _ONE_OF_MANY else None
        body = None
        if word is not None:
            body = registry.office_holder(country, word, day) or registry.institution(country, word)
        if body is not None:
            return replace(inferred, actor_id=body.id, name=body.name)
    return inferred
