"""Of whom a report of crimes and courts tells: "he" who was arrested is not the officer who says so, nor is "she" who
was killed the neighbour who tells it.

Such reports say "he" of two people by turns, of the one they are about and of whoever speaks on the matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.coding.arguments import Arguments
from onrecord.coding.parties import Parties
from onrecord.model import Actor, EventClaim, Layers, Span

_ONE = frozenset("he she him her his".split())
_LAW = frozenset({"COP", "JUD"})
_TAKEN = frozenset({"arrest", "allege", "convict"})
"""Modes of what the law does to somebody."""

_KILLING = frozenset("kill murder slay assassinate behead strangle".split())
_REACH = 4
"""Sentences back in which a report may have told who was arrested."""

_SUSPECTS = frozenset("suspect accused defendant gunman shooter attacker robber fugitive inmate prisoner".split())
NO_PERSON = frozenset({"GPE", "LOC", "FAC", "ORG", "NORP", "DATE", "EVENT"})


_SIZES = {
    "state": {"province", "country"},
    "province": {"province"},
    "country": {"country"},
    "nation": {"country"},
    "county": {"district", "province"},
    "city": {"town", "district"},
    "town": {"town", "district"},
    "village": {"town", "district"},
}
"""Kinds of places that nouns for places may stand for."""

_AREAS = frozenset({"A", "P", None})
"""Feature classes of places that govern themselves, unlike rivers and mountains."""


def in_one_place(one: Actor, other: Actor) -> bool:
    """Whether two stand in words that overlap, or were resolved through such words."""
    mine, theirs = ([s.span for s in (a, a.via) if s is not None and s.span is not None] for a in (one, other))
    return any(a.overlaps(b) for a in mine for b in theirs)


def one_in_words(one: Actor, other: Actor) -> bool:
    """Whether two are one by their words or what these were resolved through, or by their entry of the registry."""
    return in_one_place(one, other) or (one.actor_id is not None and one.actor_id == other.actor_id)


class ToldOf:
    """Looks for who is told of around the claims of one report."""

    def __init__(self, layers: Layers, arguments: Arguments, parties: Parties) -> None:
        self.arguments = arguments
        self.parties = parties
        self._places = [p for p in layers.toponyms if p.span is not None and p.place_id is not None]

    def of_its_size(self, index: int, actor: Actor) -> Actor:
        """*actor*, or the words alone where "the state" was taken for a river or a town that the report names."""
        sizes = _SIZES.get(self.arguments.token(index).lemma)
        named = actor.via.span if actor.via is not None else None
        if sizes is None or named is None:
            return actor
        own = (p for p in self._places if p.span is not None and p.span.end == named.end and named.contains(p.span))
        place = next(own, None)
        if place is None or (place.feature_class in _AREAS and (place.precision is None or place.precision in sizes)):
            return actor
        return Actor(text=actor.text, span=actor.span, basis="described", country=place.country)

    def barred(self, claim: EventClaim, index: int, actor: Actor, role: str) -> str | None:
        """Why "he" or "she" at *index* cannot be *actor*; None where nothing told says so."""
        if self.arguments.token(index).lower not in _ONE:
            return None
        source = self._source(claim, actor)
        if source is not None and self._named_behind(index, source):
            return "who speaks is named behind it"  # "He was caught, Saleh said"
        if role != "recipient":
            return None
        if source is not None and self._kills(claim):
            return "who was killed does not speak"
        if claim.event_type not in {"COERCE", "ACCUSE", "SANCTION"} or not _TAKEN & set(claim.modes):
            return None
        return "an officer of the law, of whose arrest is not told" if set(actor.sectors) & _LAW else None

    def instead(self, claim: EventClaim, index: int, barred: Actor, before: Sequence[EventClaim]) -> tuple[int, ...]:
        """Token that heads whom "he" or "she" stands for instead of the one *barred*; () where none is plain."""
        here = self.arguments.token(index).sentence
        if _TAKEN & set(claim.modes) or self._kills(claim):
            for earlier in reversed(before):
                if self._alike(claim, earlier) and len(earlier.recipient) == 1:
                    head = self._head(earlier.recipient[0].span)
                    if head is None or not 0 <= here - self.arguments.token(head).sentence <= _REACH:
                        break
                    if self._may_be(head, barred):
                        return (head,)
        subjects = list(self._main_subjects(here - 1))
        if len(subjects) == 1 and self._may_be(subjects[0], barred):
            return tuple(subjects)
        return self._only_other(index, barred) if _TAKEN & set(claim.modes) else ()

    def _only_other(self, index: int, barred: Actor) -> tuple[int, ...]:
        """The suspect of whom was told just before, else the only other person named there."""
        parse, here = self.arguments.parse, self.arguments.token(index).sentence
        near = [t for t in parse.tokens[parse.sentences[max(0, here - 1)][0] : index] if t.pos in {"NOUN", "PROPN"}]
        suspects = [t.index for t in near if t.lemma in _SUSPECTS and t.dep not in {"compound", "amod"}]
        if suspects and self._may_be(suspects[-1], barred):
            return (suspects[-1],)
        heads = {i for i, _ in self.parties.heads()}
        named = [t.index for t in near if t.index in heads and t.entity == "PERSON" and self._may_be(t.index, barred)]
        named = [i for i in named if not self.parties.names_place(i) and not self._where(i)]
        return (named[0],) if len({self.arguments.token(i).lower for i in named}) == 1 else ()

    def _source(self, claim: EventClaim, actor: Actor) -> Span | None:
        """Where the innermost source stands, if *actor* is that source."""
        link = claim.chain[-1] if claim.chain else None
        source = link.source if link is not None and link.role == "source" else None
        if source is None:
            return None
        return source.span if one_in_words(actor, source) else None

    def _named_behind(self, index: int, span: Span) -> bool:
        """Whether words behind a pronoun in its sentence name somebody."""
        head, token = self._head(span), self.arguments.token(index)
        other = None if head is None or head < index else self.arguments.token(head)
        return other is not None and other.pos != "PRON" and other.sentence == token.sentence

    def _kills(self, claim: EventClaim) -> bool:
        span = claim.trigger.span
        inside = () if span is None else self.arguments.parse.tokens_in(span)
        return claim.event_type == "ASSAULT" and any(self.arguments.token(i).lemma in _KILLING for i in inside)

    def _alike(self, claim: EventClaim, earlier: EventClaim) -> bool:
        if self._kills(claim):
            return self._kills(earlier) and earlier.modality.polarity == "positive"
        return bool(_TAKEN & set(earlier.modes)) and earlier.event_type in {"COERCE", "ACCUSE", "SANCTION"}

    def _may_be(self, index: int, barred: Actor) -> bool:
        """Whether one person other than the one *barred* stands at a token, who is no officer of the law."""
        token = self.arguments.token(index)
        if token.tag in {"NNS", "NNPS"} or any(True for _ in self.arguments.children(index, ("conj",))):
            return False
        named = token.pos == "PROPN" and token.entity not in NO_PERSON
        if not named and token.lower not in _ONE and not (token.pos == "NOUN" and self.parties.is_human(index)):
            return False
        found = self.parties.party(index, loose=True)
        if found is None or found.span is None or set(found.sectors) & _LAW:
            return False
        if in_one_place(found, barred):
            return False
        names = (
            {(s.text or "").split()[-1:][0] for s in (a, a.via) if s is not None and s.text} for a in (found, barred)
        )
        return not set.intersection(*names)

    def _where(self, index: int) -> bool:
        """Whether a name says where somebody is of ("Karim Saleh of Harma")."""
        token = self.arguments.token(index)
        above = self.arguments.token(self.arguments.token(token.head).head)
        return token.dep == "pobj" and self.arguments.token(token.head).lower == "of" and above.entity == "PERSON"

    def _main_subjects(self, sentence: int) -> Iterator[int]:
        """Subjects of the main clause of a sentence, of the clause that it tells if that is "..., Saleh said"."""
        parse = self.arguments.parse
        if not 0 <= sentence < len(parse.sentences):
            return
        first, end = parse.sentences[sentence]
        root = next((i for i in range(first, end) if parse.tokens[i].dep == "ROOT"), None)
        if root is None:
            return
        told = next((c for c in self.arguments.children(root, ("ccomp",)) if c < root), root)
        yield from self.arguments.surface_subjects(told)

    def _head(self, span: Span | None) -> int | None:
        outer = () if span is None else self.arguments.parse.heads_in(self.arguments.parse.tokens_in(span))
        return outer[0] if outer else None
