"""A second look at who acts and who is acted on: the learned role head fills what the rules left empty, and puts
somebody else where it all but rules out whom they took."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from onrecord.coding.aimed import WORDS, elsewhere
from onrecord.coding.beside_deeds import names_day, only_beside
from onrecord.coding.drafts import BODILY
from onrecord.coding.encoded_events import EventSigns
from onrecord.coding.encoded_roles import ROLES, RoleHead, RoleSigns, load_head, pairs
from onrecord.coding.not_actors import beside, tied
from onrecord.coding.parties import distinct, without
from onrecord.lexicon.spoken import FILE as SPOKEN_ACTS
from onrecord.model import Actor, Encoding, EventClaim, Layers

_NO_PARTY = frozenset({"WORK_OF_ART", "EVENT", "PRODUCT", "LANGUAGE"})

_DEEDS = frozenset({"death", "killing", "murder", "attack", "retaliation", "revenge", "reprisal"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_WHERE = frozenset({"at", "in", "outside", "near", "inside", "during", "before", "after"})


class SecondRoles:
    """Weighs the parties of the claims of one report."""

    def __init__(self, layers: Layers, events: EventSigns, encoding: Encoding, head: RoleHead | None = None) -> None:
        self.events = events
        self.encoding = encoding
        self.head = head or load_head()
        self.reader = RoleSigns(layers, events)

    def peopled(self, claims: Sequence[EventClaim]) -> Iterator[EventClaim]:
        """*claims* in their order, with the parties that the head gives them."""
        asked = [(n, *pair) for n, claim in enumerate(claims) for pair in self._asked(claim)]
        shares: dict[int, dict[int, np.ndarray]] = {}
        if asked:
            rows = pairs(self.encoding, [head for _, head, _ in asked], [i for _, _, i in asked])
            signs = [self.reader.signs(claims[n], head, i) for n, head, i in asked]
            for (n, _, i), row in zip(asked, self.head.shares(rows, signs), strict=True):
                shares.setdefault(n, {})[i] = row
        for n, claim in enumerate(claims):
            yield self._weighed(claim, shares.get(n, {}))

    def _asked(self, claim: EventClaim) -> Iterator[tuple[int, int]]:
        """The word of a claim, and each of those told beside it."""
        words = self.events.words(claim)
        if words:
            head = self.events.head(words)
            for i in self.reader.candidates(head, words):
                yield head, i

    def _weighed(self, claim: EventClaim, shares: dict[int, np.ndarray]) -> EventClaim:
        if not shares:
            return claim
        notes: list[str] = []
        held: dict[str, tuple[Actor, ...]] = {role: getattr(claim, role) for role in ROLES}
        wrong = {role for column, role in enumerate(ROLES, 1) if self._ruled_out(claim, column, shares)}
        if "actor" in wrong and tied(self.events.coder.arguments, self._head(claim), claim.actor):
            wrong.remove("actor")
        for column, role in enumerate(ROLES, 1):
            if held[role] and role not in wrong:
                continue
            limit = self.head.limits["over" if held[role] else "fill"]
            other = ROLES[2 - column]
            taken = () if len(wrong) == len(ROLES) and role == ROLES[0] else held[other]
            near = (self._addressable if role == ROLES[1] else self._acting)(claim, shares)
            found = self._filled(claim, taken, role, column, near, limit)
            if found:
                told = f", not {_names(held[role])}" if held[role] else ""
                notes.append(f"learned head: {role} {_names(found)}{told}")
                held[role] = found
        if not notes or claim.rationale is None:
            return claim
        rationale = replace(claim.rationale, notes=(*claim.rationale.notes, *notes))
        return replace(claim, actor=held["actor"], recipient=held["recipient"], rationale=rationale)

    def _head(self, claim: EventClaim) -> int:
        return self.events.head(self.events.words(claim))

    def _acting(self, claim: EventClaim, shares: dict[int, np.ndarray]) -> dict[int, np.ndarray]:
        """*shares* without those who only judge, document or tell of the event of *claim*."""
        arguments, head = self.events.coder.arguments, self._head(claim)
        return {i: row for i, row in shares.items() if not beside(arguments, head, i)}

    def _addressable(self, claim: EventClaim, shares: dict[int, np.ndarray]) -> dict[int, np.ndarray]:
        """*shares* without those who by where they stand are not whom the act of *claim* is addressed or done to."""
        words = self.events.words(claim)
        if not words:
            return shares
        head = self.events.head(words)
        arguments = self.events.coder.arguments
        if claim.event_type == "ASSAULT" and arguments.token(head).pos == "NOUN":  # "the murder of her brother"
            done_to = arguments.obliques(head).get("of", ())
            return {i: row for i, row in shares.items() if i in done_to} or shares
        if claim.event_type not in WORDS:
            return shares
        return {i: row for i, row in shares.items() if not elsewhere(arguments, head, i, claim.event_type)}

    def _ruled_out(self, claim: EventClaim, column: int, shares: dict[int, np.ndarray]) -> bool:
        """Whether the head gives next to nothing to the parties that the rules took, all of the sentence."""
        if claim.rationale is not None and claim.rationale.rule.startswith(SPOKEN_ACTS):
            return False
        held = getattr(claim, ROLES[column - 1])
        most = [max((float(row[column]) for i, row in shares.items() if self._at(a, i)), default=1.0) for a in held]
        return bool(most) and max(most) < self.head.limits["under"]

    def _filled(
        self,
        claim: EventClaim,
        other: tuple[Actor, ...],
        role: str,
        column: int,
        shares: dict[int, np.ndarray],
        limit: float,
    ) -> tuple[Actor, ...]:
        """The parties to which the head gives *limit* or more for *role*, but for those that are in the *other* one."""
        found: list[Actor] = []
        words, event_type = self.events.words(claim), claim.event_type
        for i, row in shares.items():
            share = float(row[column])
            if share < limit or any(self._at(actor, i) for actor in other) or self._nobody(i, role):
                continue
            if role == "recipient" and share < self.head.limits["sure"] and self._is_where(i):
                continue
            loose = self._may_suffer(event_type, i) if role == "recipient" else self._may_act(i, share)
            told = self.events.coder.parties.parties(i, loose=loose)
            if role == "actor" and event_type == "ASSAULT" and words:
                told = tuple(
                    a for a in told if not only_beside(self.events.coder.arguments, self.events.head(words), i, a)
                )
            told = tuple(a for a in told if not names_day(a))
            why = f"learned head: {role} {share:.2f}"
            found.extend(replace(actor, why=actor.why or why) for actor in told)
        return without(distinct(found), other)

    def _nobody(self, index: int, role: str) -> bool:
        """Whether words say that there is none ("no group has claimed the attack"), or name a thing that harms, an
        act that is avenged, or only whose meeting it is at which something was done ("violence at his rallies")."""
        tokens = self.events.layers.parse.tokens
        children = self.events.layers.parse.children
        parties = self.events.coder.parties
        if role == "actor":
            if parties.is_weapon(index) and not parties.is_crewed(index):
                return True  # "poisoned by a nerve agent"
            return any(tokens[c].lower in {"no", "neither"} for c in children[index] if tokens[c].dep == "det")
        if tokens[index].lemma in _DEEDS:
            return True  # "attacked in retaliation for the death of"
        owned = tokens[tokens[index].head]
        where = tokens[index].dep == "poss" and owned.dep == "pobj" and tokens[owned.head].lower in _WHERE
        return where and owned.tag in {"NN", "NNS"}

    def _is_where(self, index: int) -> bool:
        """Whether a place tells where it was ("airstrikes in Yemen")."""
        tokens = self.events.layers.parse.tokens
        token = tokens[index]
        return token.dep == "pobj" and token.entity in _PLACES and tokens[token.head].lower in _WHERE

    def _may_act(self, index: int, share: float) -> bool:
        """Whether what no rule knows as a party may act: a name ("Daro shot two men"), or a word of which the head is
        sure ("folks", "the right")."""
        return self._named(index) or share >= self.head.limits["sure"]

    def _may_suffer(self, event_type: str, index: int) -> bool:
        """Whether what no rule knows as a party may be one: something done harm to, a name, people counted ("a pair");
        no policy, loophole or law that is spoken of."""
        token = self.events.layers.parse.tokens[index]
        if event_type in BODILY or token.lemma in self.events.coder.arguments.control.partitives:
            return True
        return self._named(index)

    def _named(self, index: int) -> bool:
        token = self.events.layers.parse.tokens[index]
        return token.pos == "PROPN" and token.entity not in _NO_PARTY

    def _at(self, actor: Actor, index: int) -> bool:
        """Whether a party's words hold the token at *index*."""
        token = self.events.layers.parse.tokens[index]
        return actor.span is not None and actor.span.start <= token.start < actor.span.end


def _names(actors: Sequence[Actor]) -> str:
    return ", ".join(repr(actor.text) for actor in actors)
