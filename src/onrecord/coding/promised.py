"""Promised: for whom is what is promised or made good again, where no phrase says "to" whom ("pledged to support the
senator", "apologised for calling her a liar", "found the drugs in his car")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.coding.arguments import Arguments
from onrecord.coding.matched import Match
from onrecord.coding.parties import Parties, distinct
from onrecord.lexicon.aimed import load_aimed
from onrecord.model import Actor

_TOGETHER = frozenset({"work", "cooperate", "collaborate", "negotiate", "meet", "talk", "share", "unite"})
_SORRY = frozenset({"apologize", "apologise", "apology"})
_HURT = frozenset("anger offend upset hurt insult outrage harm infuriate enrage alienate wound shock".split())
_KEPT = ("in", "inside", "on", "from")
_BODIES = frozenset({"body", "remains", "corpse", "victim"})


class Promised:
    """Looks for those for whom the acts of words of one report are good, and whose what was searched is."""

    def __init__(self, arguments: Arguments, parties: Parties) -> None:
        self.arguments = arguments
        self.parties = parties

    def to(self, match: Match, event_type: str) -> tuple[Actor, ...]:
        """The party that what follows the act of *match* names, () where it names none."""
        if event_type == "AGREE":
            return distinct(self._known(self._helped(match.head)))
        lemma = self.arguments.token(match.head).lemma
        if event_type == "CONCEDE" and lemma in _SORRY:
            return distinct(self._known(self._wronged(match.head)))
        if event_type == "ACCUSE" and "investigate" in match.trigger.modes and not match.nominal:
            return distinct(self._known(self._searched(match.head)))
        return ()

    def _helped(self, head: int) -> Iterator[int]:
        """Whom somebody promises to help, back or work with."""
        for clause in self.arguments.complements(head):
            token = self.arguments.token(clause)
            if token.pos != "VERB" or self.arguments.passive(clause) or self._negated(clause):
                continue
            if token.lemma in load_aimed().promised:
                yield from (i for i in self.arguments.objects(clause) if i > clause)
            elif token.lemma in _TOGETHER:
                yield from self.arguments.obliques(clause).get("with", ())

    def _negated(self, clause: int) -> bool:
        return any(True for _ in self.arguments.children(clause, ("neg",)))

    def _wronged(self, head: int) -> Iterator[int]:
        """Whom the words or deeds hurt for which somebody is sorry."""
        for preposition in self.arguments.children(head, ("prep",)):
            if self.arguments.token(preposition).lower != "for":
                continue
            for clause in self.arguments.children(preposition, ("pcomp",)):
                yield from (i for i in self.arguments.objects(clause) if i > clause)
            for thing in self.arguments.children(preposition, ("pobj",)):
                for clause in self.arguments.children(thing, ("relcl",)):
                    if self.arguments.token(clause).lemma in _HURT:
                        yield from (i for i in self.arguments.objects(clause) if i > clause)

    def _searched(self, head: int) -> Iterator[int]:
        """Whose car, home or server it is in which those who investigate find something."""
        roles = self.arguments
        things = roles.objects(head)
        if any(self.parties.is_human(i) or roles.token(i).lemma in _BODIES for i in things):
            return
        for held in (roles.obliques(head), *(roles.obliques(i) for i in things)):
            for word in _KEPT:
                yield from (owner for i in held.get(word, ()) for owner in roles.possessors(i))

    def _known(self, indices: Iterable[int]) -> Iterator[Actor]:
        """Parties of whom something is known, or who are people or called by name."""
        for i in indices:
            token = self.arguments.token(i)
            for actor in self.parties.parties(i):
                somebody = actor.country or actor.sectors or actor.basis == "coreference" or token.entity == "PERSON"
                if actor.basis != "unresolved" and somebody and not self.parties.thing_referred_to(actor):
                    yield actor
