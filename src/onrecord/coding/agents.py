"""Agents: who acts where a role points at a word: the party there, whose weapon or message it is, or a body."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from onrecord.coding.arguments import Arguments
from onrecord.coding.named_after import NamedAfter
from onrecord.coding.parties import Parties
from onrecord.lexicon.frames import RolePath
from onrecord.model import Actor, Slot


class Agents:
    """Looks for the agents of one report; *no_party* are lemmas of things that are no body though named like one."""

    def __init__(
        self, arguments: Arguments, parties: Parties, named_after: NamedAfter, no_party: Collection[str]
    ) -> None:
        self.arguments = arguments
        self.parties = parties
        self.named_after = named_after
        self.no_party = no_party

    def at(self, index: int, path: RolePath, instruments: list[Slot]) -> tuple[Actor, ...]:
        """Who acts at token *index*: the party there, or the owner of the weapon there."""
        if path.step == "subj" and not self.parties.is_human(index) and (makers := self._by_whom(index)):
            return makers
        if path.step == "mod" or path.then == "mod":
            return self.named_after.acts(index)
        if self.parties.is_weapon(index):
            return self._wielders(index, instruments)
        found = tuple(a for a in self.parties.parties(index) if not self.parties.thing_referred_to(a))
        if not found and self.parties.classes.holds("vehicle", self.arguments.token(index).lemma):
            craft = self.parties.party(index, loose=True)  # "Ardan ships entered the bay"
            found = (craft,) if craft is not None and craft.country else ()
        if not found and path.step == "subj" and self.arguments.token(index).lemma in self.arguments.control.messages:
            found = self.parties.owners(index)  # "her tweet mocked the mayor"
        if not found and path.step in {"subj", "by", "with"} and self._body(index):
            body = self.parties.party(index, loose=True)
            found = (body,) if body is not None else ()
        return found

    def _by_whom(self, index: int) -> tuple[Actor, ...]:
        """Whose words or campaign acts ("a radio campaign by the league targeted the mayor")."""
        token = self.arguments.token(index)
        if token.lemma != "campaign" and token.lemma not in self.arguments.control.messages:
            return ()
        by = self.arguments.obliques(index).get("by", ())
        return tuple(a for i in by for a in self.parties.parties(i))

    def _body(self, index: int) -> bool:
        """Whether the words are a body that acts ("her department"), though not one that is known."""
        token = self.arguments.token(index)
        if token.tag in {"NNP", "NNPS"} and token.entity == "":  # "the Club for Clean Water"
            held = self.arguments.obliques(index)
            if any(self.arguments.token(i).pos == "PROPN" for word in ("for", "of") for i in held.get(word, ())):
                return token.lemma.lower() not in self.no_party
        return token.pos in {"NOUN", "PROPN"} and self.parties.classes.holds(
            "power", token.lemma, self.arguments.modifier_lemmas(index)
        )

    def _wielders(self, index: int, instruments: list[Slot]) -> tuple[Actor, ...]:
        """Whose weapon acts: its owner, else the mention that the weapon heads ("Russian jets")."""
        slot = self.parties.slot(index)
        if all(slot.span != other.span for other in instruments):
            instruments.append(slot)
        owners = tuple(self._armed_state(a, index) for a in self.parties.owners(index))
        mention = self.parties.mention(index)
        if owners and (mention is None or any(a.basis != "unresolved" for a in owners)):
            return owners
        return (mention,) if mention is not None and (mention.country or mention.sectors) else owners

    def _armed_state(self, owner: Actor, index: int) -> Actor:
        """The forces of a country that its name stands for at a weapon ("Arda's tanks", "Ardan jets")."""
        if owner.country is None or owner.actor_id is None or set(owner.sectors) - {"CVL"}:
            return owner if owner.country is None or set(owner.sectors) != {"CVL"} else self._forces(owner, index)
        return self._forces(owner, index)

    def _forces(self, owner: Actor, index: int) -> Actor:
        if not self.parties.is_crewed(index):
            return owner
        span = self.arguments.noun_phrase(index)
        text = span.of(self.arguments.parse.text)
        return replace(
            owner, text=text, span=span, spans=(), basis="described", actor_id=None, name=None, sectors=("MIL",)
        )
