"""Talks: who meets whom, where the noun names one side and the clause around it the other."""

from __future__ import annotations

from onrecord.coding.arguments import Arguments
from onrecord.coding.matched import Match
from onrecord.coding.parties import Parties, distinct, without
from onrecord.model import Actor

_SET_IN = frozenset({"in", "during", "at", "after", "following"})
_ADDRESSING = frozenset("tell inform assure urge ask warn press thank remind brief invite congratulate promise".split())


class Talks:
    """Looks around the nouns of meetings and calls in one report."""

    def __init__(self, arguments: Arguments, parties: Parties) -> None:
        self.arguments = arguments
        self.parties = parties

    def around(self, match: Match) -> tuple[Actor, ...]:
        """Who speaks to whom in a meeting or call that the clause is set in ("in a phone call, she told him")."""
        roles = self.arguments
        preposition = roles.token(roles.token(match.head).head)
        verb = roles.token(self._governor(preposition.index))
        if match.trigger.event_type != "CONSULT" or preposition.lower not in _SET_IN or verb.pos != "VERB":
            return ()
        determiners = {roles.token(c).lower for c in roles.children(match.head, ("det",))}
        if not determiners & {"a", "an"} and not tuple(roles.children(match.head, ("poss",))):
            return ()
        told: tuple[int, ...] = ()
        if verb.lemma in _ADDRESSING and not roles.passive(verb.index):
            told = (*roles.objects(verb.index), *roles.datives(verb.index))
        return distinct(a for i in (*roles.subjects(verb.index), *told) for a in self.parties.parties(i))

    def _governor(self, preposition: int) -> int:
        """What a phrase is set in: its head, or the verb of which that is the object ("planned the raid in a
        meeting")."""
        above = self.arguments.token(self.arguments.token(preposition).head)
        return above.head if above.dep == "dobj" else above.index

    def with_teller(self, match: Match, actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
        """*actors* of talks that name only the other side, with who the clause around them is about ("told reporters
        after two days of talks with officials")."""
        roles = self.arguments
        if not match.nominal or match.carrier is not None or len(actors) != 1 or match.trigger.event_type != "CONSULT":
            return actors
        if not roles.obliques(match.head).get("with") or tuple(roles.children(match.head, ("poss",))):
            return actors  # "after her meeting with the envoy" names both sides
        noun = match.head
        while (above := roles.token(roles.token(noun).head)).lower == "of" and above.dep == "prep":
            noun = above.head  # "two days of talks"
        preposition = roles.token(roles.token(noun).head)
        verb = roles.token(self._governor(preposition.index))
        if preposition.lower not in _SET_IN | {"over", "since", "before"} or verb.pos not in {"VERB", "AUX"}:
            return actors
        own = distinct(a for i in roles.surface_subjects(verb.index) for a in self.parties.parties(i))
        return (*without(own, actors), *actors)
