"""Circumstances: where and when, from the phrases nearest to the trigger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from onrecord.coding.arguments import Arguments
from onrecord.model import Attribution, Layers, Place, Span, Time

LOCATIVE = frozenset(
    "in at near from outside inside around across throughout within along off over to into toward towards of "
    "on between through north south east west northeast northwest southeast southwest".split()
)
_ADJECTIVAL = ("ian", "ean", "ese", "ish")
_NOT_PLACES = frozenset({"against", "with", "by", "for", "about", "like", "than", "as"})
_NEAR_TRIGGER = 0
_SAME_CLAUSE = 2
_SAME_SENTENCE = 4


@dataclass(frozen=True, slots=True)
class Setting:
    """Place and time of one event, with the rank of each (0 nearest), None where there is none."""

    place: Place | None
    time: Time | None
    place_rank: int | None = None
    time_rank: int | None = None


class Circumstances:
    """Finds the places and times that belong to a trigger, in one report."""

    def __init__(self, layers: Layers, arguments: Arguments) -> None:
        self.layers = layers
        self.arguments = arguments
        parse = layers.parse
        self._places = self._by_sentence(
            (p, p.span) for p in layers.toponyms if p.span is not None and p.field == "text"
        )
        self._times = self._by_sentence(
            (t, t.span) for t in layers.times if t.span is not None and t.type in {"DATE", "TIME"}
        )
        self._dateline = self._find_dateline()
        self._owned = self._part_of_actors()
        self._cue_tokens = {i for a in layers.attributions if a.cue is not None for i in parse.tokens_in(a.cue.span)}

    def _by_sentence(self, found: Iterable[tuple[object, Span]]) -> dict[int, list[tuple[object, int]]]:
        """Layer items with their head token, by sentence number; those that no token covers are left out."""
        table: dict[int, list[tuple[object, int]]] = {}
        tokens = self.layers.parse.tokens
        for item, span in found:
            covered = self.layers.parse.tokens_in(span)
            if not covered:
                continue
            head = next(iter(self.layers.parse.heads_in(covered)), covered[-1])
            table.setdefault(tokens[head].sentence, []).append((item, head))
        return table

    def _part_of_actors(self) -> dict[int, int]:
        """For each token of an actor mention longer than itself, the last token of the mention."""
        parse = self.layers.parse
        table: dict[int, int] = {}
        for actor in self.layers.actors:
            if actor.span is not None and actor.field == "text":
                covered = parse.tokens_in(actor.span)
                for i in covered:
                    table[i] = covered[-1]
        return table

    def _find_dateline(self) -> Place | None:
        for credit in self.layers.credits:
            if credit.kind != "dateline" or credit.place is None:
                continue
            for place in self.layers.toponyms:
                if place.span is not None and place.span.overlaps(credit.place):
                    return replace(place, basis="inferred", span=None, spans=(), via=None, why="place of the dateline")
        return None

    # -- place -------------------------------------------------------------------------------------------

    def place(self, heads: tuple[int, ...], taken: Iterable[Span], objects: Iterable[int]) -> tuple[Place, int] | None:
        """The place of an event whose words head at *heads*, and how near it stands; None if there is none.

        *taken* are the spans of its actors and recipients, whose names are no places unless they stand in
        a locative phrase of the trigger; *objects* are the tokens acted upon ("attacked Aleppo").
        """
        sentence = self.arguments.token(heads[0]).sentence
        barred = tuple(taken)
        acted = tuple(objects)
        best: tuple[tuple[int, int, int], Place] | None = None
        for item, head in self._places.get(sentence, ()):
            assert isinstance(item, Place)
            rank = self._place_rank(head, item, heads, barred, acted)
            if rank is None:
                continue
            key = (rank, _coarseness(item), abs(head - heads[0]))
            if best is None or key < best[0]:
                best = (key, item)
        if best is not None:
            return best[1], best[0][0]
        return None

    def dateline(self) -> Place | None:
        """The dateline's place as an inferred slot, None where the report has no dateline."""
        return self._dateline

    def _place_rank(
        self,
        head: int,
        place: Place,
        heads: tuple[int, ...],
        barred: tuple[Span, ...],
        acted: tuple[int, ...],
    ) -> int | None:
        chain = self._upward(head)
        preposition = next((i for i in chain if self.arguments.token(i).dep in {"prep", "agent"}), None)
        word = self.arguments.token(preposition).lower if preposition is not None else ""
        inside = place.span is not None and any(span.contains(place.span) for span in barred)
        for i in chain:
            if i in acted:
                return 1 if not self._adjective(head) else None
            if i in heads:
                if word in LOCATIVE and not self._adjective(head):
                    return _NEAR_TRIGGER if not inside or word in {"in", "at", "near"} else None
                return None if word in _NOT_PLACES or inside else 3
            if i == preposition and word in _NOT_PLACES:
                break
            if self.arguments.token(i).pos in {"VERB", "AUX"} and i != head:
                break  # another clause's place
        if inside or self._adjective(head):
            return None
        clauses = {self.arguments.clause_of(h) for h in heads}
        same = self.arguments.clause_of(head) in clauses
        if word in LOCATIVE and word != "of":
            return _SAME_CLAUSE if same else _SAME_SENTENCE
        return None

    def _adjective(self, head: int) -> bool:
        """Whether a toponym is only an adjective ("Syrian") or part of somebody's name ("U.S. military")."""
        token = self.arguments.token(head)
        if token.pos == "ADJ" or token.entity == "NORP" or token.lower.endswith(_ADJECTIVAL):
            return True
        return token.dep in {"compound", "amod", "nmod", "poss"} and self._owned.get(head, head) != head

    def _upward(self, head: int) -> list[int]:
        """The token and its heads up to and including the nearest verb, then on to the root."""
        return [head, *self.arguments.parse.ancestors(head)]

    # -- time --------------------------------------------------------------------------------------------

    def time(self, heads: tuple[int, ...], attribution: Attribution | None) -> tuple[Time, int] | None:
        """The time of an event, and how near it stands; a time that dates the speaking is left alone."""
        sentence = self.arguments.token(heads[0]).sentence
        best: tuple[tuple[int, int], Time] | None = None
        for item, head in self._times.get(sentence, ()):
            assert isinstance(item, Time)
            if item.start is None and item.value is None:
                continue
            rank = self._time_rank(head, item, heads, attribution)
            if rank is None:
                continue
            key = (rank, abs(head - heads[0]))
            if best is None or key < best[0]:
                best = (key, item)
        return None if best is None else (best[1], best[0][0])

    def _time_rank(self, head: int, time: Time, heads: tuple[int, ...], attribution: Attribution | None) -> int | None:
        assert time.span is not None
        if attribution is not None and not attribution.holds(time.span):
            return None
        chain = self._upward(head)
        token = self.arguments.token(head)
        if token.dep in {"compound", "nummod", "nmod", "amod", "poss"} and token.head not in heads:
            return None  # the time of another thing ("over a 2013 sit-in")
        for i in chain:
            if i in heads:
                return _NEAR_TRIGGER
            if self.arguments.token(i).pos in {"VERB", "AUX"}:
                break
        verb = next((i for i in chain if self.arguments.token(i).pos in {"VERB", "AUX"}), None)
        clauses = {self.arguments.clause_of(h) for h in heads}
        if verb in clauses:
            return _SAME_CLAUSE - 1
        if verb is not None and verb in self._cue_tokens and not set(heads) & {verb}:
            return None
        clause = next(iter(clauses))
        if verb is not None and (clause in self._upward(verb) or verb in self._upward(clause)):
            if self.arguments.token(verb).dep in {"relcl", "acl"} and clause in self._upward(verb):
                return None  # "the bridge that was built in 1990"
            return 3
        return _SAME_SENTENCE


def _coarseness(place: Place) -> int:
    """Finer places first, where the phrases are equally near."""
    order = ("point", "town", "district", "province", "country", "region")
    return order.index(place.precision) if place.precision in order else 3
