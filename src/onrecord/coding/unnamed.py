"""Unnamed agents: who did what only the police do, where the words name nobody but the report has just spoken of them.

"Police rushed to the mill. Twelve people were detained and the area was cordoned off": the second sentence names no
agent, and needs none.
"""

from __future__ import annotations

from bisect import bisect_left

from onrecord.coding.arguments import Arguments
from onrecord.coding.matched import Match
from onrecord.coding.parties import Parties
from onrecord.lexicon.triggers import Trigger
from onrecord.model import Actor, Via

_POLICE = "COP"
_THEIRS = frozenset({"MOBILIZE", "COERCE", "ACCUSE", "ASSAULT"})
_ARMED = frozenset({"MIL", "REB", "UAF", "PRM"})
_REACH = 2
"""How many sentences back the police may have been spoken of: about a paragraph of a wire report."""


class Unnamed:
    """Knows where one report speaks of the police."""

    def __init__(self, arguments: Arguments, parties: Parties) -> None:
        self.arguments = arguments
        self.parties = parties
        self._told = sorted(i for i, actor in parties.heads() if _POLICE in actor.sectors)
        self._rivals = sorted(i for i, actor in parties.heads() if _ARMED & set(actor.sectors) - {_POLICE})

    def understood(self, head: int, row: Trigger, nominal: bool) -> bool:
        """Whether the police are the agent that the words at token *head* leave out, if *row* is what they mean."""
        if row.likely_doer != _POLICE and not self._of_police(row):
            return False
        if not nominal and not (row.when_negated and row.likely_doer):
            roles = self.arguments
            if not roles.passive(head) or roles.subjects(head) or roles.obliques(head).get("by"):
                return False
            if any(_POLICE in self.parties.sectors(i) for i in roles.objects(head)):
                return False  # "constables were attacked"
        before = self._before(head)
        return before is not None and not (row.event_type == "ASSAULT" and self._contested(head))

    def _contested(self, head: int) -> bool:
        """Whether others who bear arms have been spoken of as lately as the police."""
        first = self.arguments.token(head).sentence - _REACH
        at = bisect_left(self._rivals, head)
        return any(self.arguments.token(i).sentence >= first for i in self._rivals[max(0, at - 1) : at + 1])

    @staticmethod
    def _of_police(row: Trigger) -> bool:
        """Whether a row asks for the police as its subject, and names well enough what else belongs to the act."""
        subject, thing = row.subject, row.object
        if subject is None or subject.negated:
            return False
        if not row.when_negated and (row.event_type not in _THEIRS or row.strength != "strong"):
            return False
        told = (thing is not None and thing.among and not thing.negated) or row.oblique
        return bool(told) and bool(subject.among) and subject.admits("police", (), "", (_POLICE,))

    def _before(self, head: int) -> int | None:
        """The nearest token before *head* that stands for the police, within reach."""
        n = bisect_left(self._told, head)
        if n == 0:
            return None
        index = self._told[n - 1]
        near = self.arguments.token(head).sentence - self.arguments.token(index).sentence <= _REACH
        return index if near else None

    def actor(self, match: Match) -> Actor | None:
        """The police as inferred agent of *match*, None where they are not understood."""
        if not self.understood(match.head, match.trigger, match.nominal):
            return None
        index = self._before(match.head)
        told = None if index is None else self.parties.mention(index)
        if told is None or index is None:
            return None
        act = " ".join(self.arguments.token(i).text for i in match.words)
        one = self._one(index)  # "Dalca, a police spokesman", "the murder of a police colonel": he has not done it
        via = None if told.span is None or one else Via(text=told.text or "", span=told.span)
        why = f"nobody is named; police, of whom the report has just spoken, do this: {act}"
        return Actor(basis="inferred", country=told.country, sectors=(_POLICE,), via=via, why=why)

    def _one(self, index: int) -> bool:
        """Whether the words at token *index* are one person."""
        token = self.arguments.token(index)
        ranks = ("official", "person")
        return token.entity == "PERSON" or (
            token.tag == "NN"
            and token.lemma != "police"
            and any(self.parties.classes.holds(c, token.lemma) for c in ranks)
        )
