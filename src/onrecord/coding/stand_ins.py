"""Stand-ins: words that no reference resolves, though their own clause says for whom they stand."""

from __future__ import annotations

from onrecord.coding.arguments import Arguments
from onrecord.model import Actor, Span

_SELF = frozenset({"it", "they"})
_SOMEBODY = frozenset("someone somebody those everyone others many some all several".split())
_HEARERS = frozenset("police reporters officers investigators detectives deputies lawmakers journalists jurors".split())
_FAITHS = frozenset("islam christianity judaism hinduism buddhism communism fascism socialism terrorism".split())

_YEAR = 4
"""Digits of a number that may be a year."""


class StandIns:
    """Looks around single words of one parse."""

    def __init__(self, arguments: Arguments) -> None:
        self.arguments = arguments

    def speaker(self, index: int) -> int | None:
        """Head of the body that a pronoun in its own words stands for ("the camp said that it was inviting him")."""
        token = self.arguments.token(index)
        if token.lower not in _SELF or token.dep not in {"nsubj", "nsubjpass"}:
            return None
        verb = self.arguments.token(token.head)
        upper = self.arguments.token(verb.head)
        if verb.dep != "ccomp" or upper.pos != "VERB" or upper.lemma not in self.arguments.control.addressing:
            return None
        subjects = self.arguments.own_subjects(upper.index)
        if len(subjects) != 1:
            return None
        who = self.arguments.token(subjects[0])
        plural = who.tag in {"NNS", "NNPS"}
        fits = plural if token.lower == "they" else not plural and who.entity != "PERSON"
        return who.index if fits and who.pos in {"NOUN", "PROPN"} else None

    def name_beside(self, index: int) -> int | None:
        """The name that a description stands in apposition to ("Idris Bello, the Chadian leader"), None where none."""
        token = self.arguments.token(index)
        above = self.arguments.token(token.head)
        beside = token.dep == "appos" and token.pos == "NOUN" and above.pos == "PROPN" and above.entity == "PERSON"
        return above.index if beside and above.index < index else None

    def faith(self, index: int) -> bool:
        """Whether a word names a faith or creed, which is nobody."""
        return self.arguments.token(index).lower in _FAITHS

    def indefinite(self, index: int) -> Actor | None:
        """ "someone", "everyone", "those who": people whom the text describes no further."""
        token = self.arguments.token(index)
        words = token.span.of(self.arguments.parse.text)
        return Actor(text=words, span=token.span, basis="described") if token.lower in _SOMEBODY else None

    def without_hearer(self, index: int) -> Span | None:
        """Span of a name before which stands who was told ("told police Silva threatened them")."""
        if index < 2 or self.arguments.token(index).entity != "PERSON":
            return None
        hearer, verb = self.arguments.token(index - 1), self.arguments.token(index - 2)
        told = hearer.lower in _HEARERS and hearer.head == index and hearer.dep == "compound"
        return self.arguments.token(index).span if told and verb.lemma in {"tell", "inform", "assure"} else None

    def number_of_people(self, index: int) -> Actor | None:
        """A bare number as whom a verb acts on ("Task force arrests 14"), whatever else it may be taken for."""
        token = self.arguments.token(index)
        if token.pos != "NUM" or token.dep not in {"dobj", "nsubjpass"} or self.arguments.parse.children[index]:
            return None
        if token.entity not in {"DATE", "CARDINAL", ""} or not token.text.isdecimal() or len(token.text) >= _YEAR:
            return None
        return Actor(text=token.text, span=token.span, basis="described")

    def subjected(self, noun: int) -> tuple[int, ...]:
        """Whom a clause tells to be subject to an act ("the clubs were subject to police raids")."""
        token = self.arguments.token(noun)
        preposition = self.arguments.token(token.head)
        above = self.arguments.token(preposition.head)
        if token.dep != "pobj" or preposition.lower != "to" or above.lemma not in {"subject", "subjected"}:
            return ()
        if above.pos == "VERB":
            return self.arguments.objects(above.index)
        return self.arguments.surface_subjects(above.head) if above.dep == "acomp" else ()

    def held(self, noun: int) -> tuple[int, ...]:
        """Whom a clause tells to be under an arrest or siege ("had spent years under house arrest")."""
        token = self.arguments.token(noun)
        preposition = self.arguments.token(token.head)
        verb = self.arguments.token(preposition.head)
        if token.dep != "pobj" or preposition.lower != "under" or verb.pos not in {"VERB", "AUX"}:
            return ()
        people = tuple(i for i in self.arguments.objects(verb.index) if self.arguments.token(i).entity != "DATE")
        return people or self.arguments.subjects(verb.index)


def stands_for(described: Actor | None, named: Actor) -> bool:
    """Whether a name stands for the description beside it: where that is nobody's, seems another's, or is a definite
    one of somebody unknown ("Idris Bello, the leader"; but "Carl Ost, an official of the ministry")."""
    if described is None or described.actor_id != named.actor_id:
        return True
    return named.actor_id is None and (described.text or "").lower().startswith("the ")
