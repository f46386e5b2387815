"""What figure, control and relation claims share: clause, chain, modality, caveats and time of a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from onrecord.coding.arguments import Arguments
from onrecord.coding.chains import Chains, Standing
from onrecord.coding.circumstances import Circumstances
from onrecord.coding.modality import ModalityReader
from onrecord.coding.parties import Parties
from onrecord.coding.scene import Scene
from onrecord.lexicon.coding import CodingTables
from onrecord.model import Actor, Caveat, Layers, Modality, Place, Rationale, Slot, Span, Time, Via

_AT = frozenset({"in", "near", "around", "at", "outside", "across", "throughout", "inside", "within", "along"})


@dataclass(frozen=True, slots=True)
class Told:
    """One way in which a word's clause is told: the fields that every claim takes."""

    fields: dict[str, Any]
    modality: Modality
    standing: Standing


class Ground:
    """The parts of the coder for one report, as the smaller coders use them."""

    def __init__(self, layers: Layers, lexicon: CodingTables, arguments: Arguments) -> None:
        self.layers = layers
        self.lexicon = lexicon
        self.arguments = arguments
        self.parties = Parties(layers, arguments, lexicon.triggers.classes)
        self.chains = Chains(layers)
        self.modality = ModalityReader(arguments, lexicon.modality)
        self.circumstances = Circumstances(layers, arguments)
        self.scene = Scene(layers)

    def told(
        self, head: int, rule: str, confidence: float, key: str, notes: Sequence[str] = (), *, aside: bool = False
    ) -> list[Told]:
        """The ways in which the clause of token *head* is told, one for each chain.

        *aside* is for what stands in a description ("the rebel-held province"): inside indirect speech
        that is the reporter's own words, and no part of what the source says.
        """
        anchor = self.arguments.token(head).span
        span = self.arguments.clause_span(head)
        found = []
        standings = self.chains.standings(anchor)
        if aside:
            standings = tuple(dict.fromkeys(self._without_indirect(s) for s in standings))
        for n, standing in enumerate(standings):
            attribution = standing.innermost(self.layers)
            modality, _ = self.modality.modality(head, None, attribution)
            fields: dict[str, Any] = {
                "report_id": self.layers.report.report_id,
                "text": span.of(self.layers.parse.text),
                "span": span,
                "confidence": confidence,
                "chain": self.chains.links(standing),
                "modality": modality,
                "outlet_factuality": self.chains.commits(standing, modality, self.lexicon.modality.committing_cues),
                "caveats": self.caveats(head),
                "rationale": Rationale(rule=rule, score=None, notes=tuple(notes)),
                "key": f"{key}{head}" + (f".{n}" if n else ""),
            }
            found.append(Told(fields, modality, standing))
        return found

    def _without_indirect(self, standing: Standing) -> Standing:
        """*standing* up to its first attribution in indirect speech."""
        kept: list[int] = []
        for i in standing.indices:
            if self.layers.attributions[i].form == "indirect":
                break
            kept.append(i)
        return Standing(tuple(kept))

    def caveats(self, head: int) -> tuple[Caveat, ...]:
        """Caveats of the sentence of token *head* and of the next."""
        parse = self.layers.parse
        sentence = parse.tokens[head].sentence
        found = []
        for caveat in self.layers.caveats:
            tokens = parse.tokens_in(caveat.span)
            if tokens and 0 <= parse.tokens[tokens[0]].sentence - sentence <= 1:
                found.append(caveat)
        return tuple(found)

    def time(self, head: int, standing: Standing) -> Time | None:
        """The time expression of the clause of token *head*."""
        found = self.circumstances.time((head,), standing.innermost(self.layers))
        return found[0] if found else None

    def place_in(self, index: int) -> Place | None:
        """The place that the noun phrase at token *index* names, or stands for ("the province")."""
        parse = self.layers.parse
        span = parse.subtree(index)
        inside = [
            p for p in self.layers.toponyms
            if p.span is not None and span.contains(p.span) and p.usage != "demonym"
        ]  # fmt: skip
        if inside:
            exact = [p for p in inside if p.span is not None and index in parse.tokens_in(p.span)]
            return (exact or inside)[0]
        return self.rest_of(index)

    def rest_of(self, index: int) -> Place | None:
        """What "the rest" at token *index* is the rest of: the last place that was named, no country."""
        parse = self.layers.parse
        for at in parse.tokens_in(parse.subtree(index)):
            token = parse.tokens[at]
            if token.lemma not in {"rest", "remainder"}:
                continue
            fits = [
                p for p in self.layers.toponyms
                if p.span is not None and p.span.end <= token.start and p.precision not in {None, "country"}
            ]  # fmt: skip
            if fits:
                span = self.arguments.noun_phrase(at)
                return _through(fits[-1], span, span.of(parse.text))
        return None

    def places_of_clause(self, head: int) -> tuple[Place, ...]:
        """The places that the clause of verb *head* is said to be at ("near Damascus and in the south")."""
        parse = self.layers.parse
        found = []
        for place in self.layers.toponyms:
            if place.span is None or place.usage == "demonym":
                continue
            tokens = parse.tokens_in(place.span)
            if not tokens or parse.tokens[tokens[-1]].sentence != parse.tokens[head].sentence:
                continue
            above = parse.tokens[parse.tokens[tokens[-1]].head]
            if above.dep in {"prep", "conj"} and above.lower in _AT and head in parse.ancestors(above.index):
                found.append(place)
        return tuple(found)

    def actors(self, indices: Sequence[int], loose: bool = False) -> tuple[Actor, ...]:
        """The actors at *indices*, without doubles."""
        found: dict[Span | None, Actor] = {}
        for index in indices:
            actor = self.parties.party(index, loose)
            if actor is not None:
                found.setdefault(actor.span, actor)
        return tuple(found.values())

    def slot(self, first: int, last: int) -> Slot:
        """Tokens *first* to *last* as a slot."""
        span = self.layers.parse.span(first, last)
        return Slot(text=span.of(self.layers.parse.text), span=span)


def as_power(actor: Actor) -> Actor:
    """A demonym that backs, holds or leads ("Russian-backed") is the state, not its people."""
    if actor.country and actor.actor_id is None and actor.sectors == ("CVL",) and " " not in (actor.text or " "):
        return replace(actor, actor_id=actor.country, sectors=())
    return actor


def _through(place: Place, span: Span, text: str) -> Place:
    assert place.span is not None
    via = Via(text=place.text or "", span=place.span)
    return Place(
        text=text, span=span, basis="coreference", via=via, score=place.score, place_id=place.place_id,
        name=place.name, admin1=place.admin1, admin2=place.admin2, country=place.country,
        feature_class=place.feature_class, lat=place.lat, lon=place.lon, precision=place.precision,
        radius_m=place.radius_m, candidates=place.candidates,
    )  # fmt: skip
