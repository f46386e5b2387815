"""Not oneself: "accused him" is never of the one who accuses. Where a pronoun behind a verb was tied to the verb's own
subject, or to nobody, the one other person of the sentence is meant, or the one of whom the sentence before tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from onrecord.coding.arguments import Arguments
from onrecord.coding.parties import Parties, distinct
from onrecord.coding.told_of import NO_PERSON, one_in_words
from onrecord.lexicon.aimed import load_aimed
from onrecord.model import Actor, EventClaim, Via

_OBJECTS = frozenset({"him", "her"})
_OWNERS = frozenset({"his", "her"})
_PEOPLE = frozenset({"he", "she", "him", "her", "his"})
_DONE_TO = frozenset({"ACCUSE", "REQUEST", "SUPPORT", "REJECT", "SANCTION", "THREATEN"})
_JUDGED = frozenset({"ACCUSE", "REJECT"})
"""Types by which one judges what is another's."""

_SCORE = 0.6
_PARTS = frozenset({"compound", "amod", "nmod"})


class NotOneself:
    """Looks for whom a pronoun behind a verb means that cannot mean the verb's subject."""

    def __init__(self, arguments: Arguments, parties: Parties) -> None:
        self.arguments = arguments
        self.parties = parties

    def weighed(self, claims: Sequence[EventClaim]) -> list[EventClaim]:
        """*claims* in their order; those done to a pronoun that names nobody else have whom it means instead."""
        return [self._with_other(claim) for claim in claims]

    def _with_other(self, claim: EventClaim) -> EventClaim:
        told = any(a.basis != "unresolved" for a in claim.recipient)
        if told or not claim.actor or claim.event_type not in _DONE_TO or claim.trigger.span is None:
            return claim
        inside = self.arguments.parse.tokens_in(claim.trigger.span)
        verb = next((i for i in inside if self.arguments.token(i).pos == "VERB"), None)
        if verb is None or self.arguments.passive(verb):
            return claim
        for index in self._pronouns(verb, claim.event_type):
            known = self.parties.party(index)
            if known is not None and known.basis != "unresolved" and not self._one_of(known, claim.actor):
                return claim
            if found := self._other(index, claim.actor):
                why = "whoever does it is not whom it is done to"
                return replace(claim, recipient=tuple(self._as(index, a, why) for a in found))
        return claim

    def _pronouns(self, verb: int, event_type: str) -> Iterator[int]:
        """Pronouns at which the act may be aimed: the object, or whose the object is ("denied his request")."""
        roles = self.arguments
        for thing in roles.children(verb, ("dobj",)):
            if thing < verb:
                continue
            if roles.token(thing).lower in _OBJECTS and roles.token(thing).tag == "PRP":
                yield thing
            if event_type in _JUDGED and not self.parties.is_human(thing):
                blamed = event_type == "ACCUSE" and roles.token(verb).lemma not in load_aimed().own
                asked = event_type == "REJECT" and roles.token(thing).lemma in load_aimed().deverbal
                own = any(roles.token(c).lower == "own" for c in roles.children(thing, ("amod",)))
                owners = roles.children(thing, ("poss",)) if (blamed or asked) and not own else ()
                yield from (i for i in owners if roles.token(i).lower in _OWNERS)

    def _other(self, index: int, actors: Sequence[Actor]) -> tuple[Actor, ...]:
        """The one person told of before *index* in its sentence who is none of *actors*, or, where the sentence tells
        of nobody else, the one of the sentence before; () where there are several."""
        parse = self.arguments.parse
        number = parse.tokens[index].sentence
        for first, end in ((parse.sentences[number][0], index), parse.sentences[number - 1] if number else (0, 0)):
            found = self._people(range(first, end), actors)
            if found:
                return found if len(found) == 1 else ()
        return ()

    def _people(self, tokens: Iterable[int], actors: Sequence[Actor]) -> tuple[Actor, ...]:
        found: list[Actor] = []
        for i in tokens:
            if not self._one_person(i):
                continue
            for actor in self.parties.parties(i):
                told = actor.basis != "unresolved" and actor.span is not None
                if told and not self._one_of(actor, (*actors, *found)):
                    found.append(actor)
        return distinct(found)

    def _one_person(self, index: int) -> bool:
        token = self.arguments.token(index)
        if token.dep in _PARTS or token.tag in {"NNS", "NNPS"}:
            return False
        if token.lower in _PEOPLE:
            return True
        if token.pos == "PROPN":
            return token.entity == "PERSON" or (
                token.entity not in NO_PERSON and self.parties.mention(index) is not None
            )
        return token.pos == "NOUN" and token.entity == "" and self.parties.is_human(index)

    @staticmethod
    def _one_of(actor: Actor, others: Sequence[Actor]) -> bool:
        return any(one_in_words(actor, other) for other in others)

    def _as(self, index: int, other: Actor, why: str) -> Actor:
        span = self.arguments.token(index).span
        via = other.via or (Via(text=other.text or "", span=other.span) if other.span is not None else None)
        words = span.of(self.arguments.parse.text)
        return replace(
            other, text=words, span=span, spans=(), basis="coreference", via=via, score=_SCORE, why=other.why or why
        )
