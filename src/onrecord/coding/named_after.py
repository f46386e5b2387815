"""Named after: what a name or thing before a noun of violence says: where it was, who was hit, whose manner it had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.coding.arguments import Arguments
from onrecord.coding.parties import Parties, distinct
from onrecord.lexicon.aimed import load_aimed
from onrecord.model import Actor

_LIKENED = frozenset(
    {"inspired", "style", "related", "linked", "like", "themed", "type", "sympathetic", "era", "affiliated"}
)
_AROUND = frozenset({"in", "near", "outside", "inside", "around"})
"""Prepositions behind which the name of a town, province or state says only where something was."""

_SINGLE = frozenset({"murder", "killing", "slaying", "death", "lynching", "stabbing", "rape", "execution", "arrest"})
"""What is done to people one by one: a town's name before it says where ("the Arda murder")."""

_SETTLEMENTS = frozenset(
    {"village", "town", "city", "district", "neighborhood", "neighbourhood", "suburb", "area", "region"}
)
_HARMING = frozenset({"hit", "strike", "target", "destroy", "damage", "kill", "wound", "injure", "hurt", "maim"})
_HIT = ("building", "vehicle", "market", "place")


class NamedAfter:
    """Reads what stands before the nouns of one report, and the names of places behind them."""

    def __init__(self, arguments: Arguments, parties: Parties) -> None:
        self.arguments = arguments
        self.parties = parties
        self.words = load_aimed()

    def acts(self, index: int) -> tuple[Actor, ...]:
        """The party before a noun as the one who acts, () where the word says something else ("a church massacre")."""
        actor = self.parties.mention(index)
        if actor is None or self.takes_sides(index) or self._victim(index) or self.likened(index):
            return ()
        above = self.arguments.token(self.arguments.token(index).head)
        if self._struck_thing(index, above.index) or self._struck_thing(above.index, above.head):
            return ()  # "the Arda church massacre": of the church's town, too
        return () if self._only_where(index, actor) else (actor,)

    def takes_sides(self, index: int) -> bool:
        """Whether the word is one that something is for or against ("pro-Arda protests", "anti-war protests")."""
        before = [self.arguments.token(i).lower for i in range(max(0, index - 2), index)]
        return self.parties.opposed(index) or before[-2:] == ["pro", "-"]

    def victims(self, head: int) -> tuple[Actor, ...]:
        """Whom the person's name before a noun of violence says to be hit ("the Mensah killing")."""
        named = (self.parties.mention(i) for i in self.arguments.modifiers(head) if self._victim(i))
        return tuple(a for a in named if a is not None)

    def struck(self, head: int) -> tuple[Actor, ...]:
        """The building or town that an attack is named after ("the Arda church massacre", "the San Bernardino
        attack")."""
        before = self.arguments.modifiers(head)
        for i in before:
            if self._struck_thing(i, head) and (thing := self.parties.party(i, loose=True)) is not None:
                return (self._with_town(thing, i, head),)
        named = ((i, self.parties.mention(i)) for i in before if not self.likened(i))
        if self.arguments.token(head).lemma in _SINGLE:
            return ()
        towns = (a for i, a in named if a is not None and self._only_where(i, a))
        return tuple(replace(a, sectors=("CVL",)) for a in towns)[:1]

    def _with_town(self, thing: Actor, index: int, head: int) -> Actor:
        """*thing* with the name of its town, where that stands right before it ("the Arda church")."""
        before = self.arguments.token(index - 1)
        if before.head not in {index, head} or not self._toponym(before.index):
            return thing
        span = self.arguments.parse.span(before.left, index)
        return replace(thing, text=span.of(self.arguments.parse.text), span=span)

    def harmed(self, head: int) -> tuple[Actor, ...]:
        """Whom or what a clause about a noun of violence says to be hit ("a blast that hit a checkpoint")."""
        for clause in self.arguments.children(head, ("relcl", "acl")):
            verb = self.arguments.token(clause)
            if verb.lemma not in _HARMING or self.arguments.passive(clause):
                continue
            if head in self.arguments.subjects(clause):
                return distinct(a for i in self.arguments.objects(clause) for a in self.parties.parties(i, loose=True))
        return ()

    def hit(self, step: str, tokens: Sequence[int], nominal: bool = False) -> tuple[int, ...]:
        """*tokens*, which stand behind the preposition *step*, without those that only name where something was ("a car
        bomb in Arda", "outside Belmark")."""
        if step not in _AROUND:
            return tuple(tokens)
        return tuple(i for i in tokens if not self._toponym(i) and not (nominal and self._settlement(i)))

    def tells_where(self, index: int, actor: Actor) -> bool:
        """Whether a town's name stands before a deed, whose it is not ("condemned the Arda bombing")."""
        above = self.arguments.token(self.arguments.token(index).head)
        return above.lemma in self.words.strikes | self.words.killings and self._only_where(index, actor)

    def likened(self, index: int) -> bool:
        """Whether a name only says whose manner or cause it is ("an Arda-inspired attack", "Arda-style")."""
        after = [t.lower for t in self.arguments.parse.tokens[index + 1 : index + 3]]
        return len(after) == 2 and after[0] in {"-", "–"} and after[1] in _LIKENED

    def _settlement(self, index: int) -> bool:
        """ "An explosion in the village of Arda"."""
        return self.arguments.token(index).lemma in _SETTLEMENTS and self.arguments.token(index).tag == "NN"

    def _toponym(self, index: int) -> bool:
        token = self.arguments.token(index)
        named = token.entity in {"GPE", "LOC"} or self.parties.names_place(index)
        return named and token.pos in {"PROPN", "NOUN"}

    def _struck_thing(self, index: int, head: int) -> bool:
        """Whether a noun of violence has a building, a vehicle or a market before it, which is what was hit."""
        token, noun = self.arguments.token(index), self.arguments.token(head)
        if token.dep != "compound" or token.head != head or noun.lemma not in self.words.strikes or token.pos != "NOUN":
            return False
        return any(self.parties.classes.holds(name, token.lemma) for name in _HIT)

    def _only_where(self, index: int, actor: Actor) -> bool:
        """Whether a town's name before a noun says where it was ("the Tulsa protest", "the Brussels bombing")."""
        named = self.arguments.token(index)
        if not (named.entity in {"GPE", "LOC", "FAC"} or self.parties.names_place(index)) or named.pos != "PROPN":
            return False
        if set(actor.sectors) == {"GOV"}:  # a capital, which stands for its government elsewhere
            return self.arguments.token(named.head).lemma in self.words.strikes
        return set(actor.sectors) <= {"CVL"} and not (actor.country and not actor.sectors)

    def _victim(self, index: int) -> bool:
        """Whether a person's name before a noun of violence is the victim's ("the Mensah killing")."""
        token = self.arguments.token(index)
        return token.entity == "PERSON" and self.arguments.token(token.head).lemma in self.words.killings
