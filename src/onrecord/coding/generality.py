"""Generality: whether a draft tells of a state of things, an opinion that was measured, or nobody's act at all."""

from __future__ import annotations

from onrecord.coding.arguments import Arguments
from onrecord.coding.candidates import Draft
from onrecord.coding.parties import public
from onrecord.lexicon.no_act import load_no_act
from onrecord.model import Actor, Token

_MEASURED = frozenset({"SUPPORT", "ACCUSE", "REJECT", "AGREE"})
_ALONE = frozenset({"his", "her", "my", "your"})
_NEEDS_DOER = frozenset({"SUPPORT", "REQUEST"})
_VERBAL = frozenset({"ACCUSE", "SUPPORT", "REQUEST", "REJECT", "AGREE", "THREATEN", "CONSULT", "CONCEDE", "COOPERATE"})
_OFFICE = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY"})
_BOUND = frozenset({"GOV", "MIL", "REB", "PRM", "COP", "JUD", "LEG", "SPY", "UAF", "IGO"})
_OWN = frozenset({"his", "her", "its", "their", "my", "our", "your"})
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves", "myself", "ourselves", "yourself"})


class Generality:
    """Weighs the drafts of one report."""

    def __init__(self, arguments: Arguments) -> None:
        self.arguments = arguments
        self.words = load_no_act()

    def objection(self, draft: Draft) -> str | None:
        """Why a draft tells of no single act, None when it may."""
        token = self.arguments.token(draft.head)
        if self._measured(draft, token):
            return "an opinion that was measured"
        if self._of_anybody(draft):
            return "said of anybody"
        if draft.event_type in _VERBAL and not draft.match.nominal and self._told_not_to(draft.head):
            return "somebody is told not to do it"
        if draft.event_type == "REQUEST" and "assist" in draft.modes and not any(public(a) for a in draft.parties):
            return "a private call for help"
        if token.lemma == "encounter" and draft.match.nominal and self.arguments.possessors(draft.head):
            return "a meeting by chance"
        if self._possibility(draft, token):
            return "a possibility, no act"
        if draft.event_type == "PROTEST" and (armed := self._no_civil_protest(draft, token)):
            return armed
        if draft.match.nominal and not self._uttered(draft):
            return self._condition(draft, token) or self._standing(draft, token)
        if self._breach(draft, token):
            return "breaks a rule, refuses nobody"
        if self._private_deceit(draft):
            return "private deceit"
        if draft.event_type == "SUPPORT" and not draft.match.nominal and self._ones_own(draft):
            return "stands by what is one's own"
        if not draft.actor and not draft.match.nominal and self._by_circumstance(draft, token):
            return "what is said to do it is no party"
        if draft.event_type == "PROTEST" and draft.match.nominal and self._one_person(draft):
            return "one person's objection"
        if draft.event_type == "CONSULT" and token.lemma == "call" and self._named(draft.head):
            return "gives a name"
        if draft.event_type in _NEEDS_DOER and not draft.actor and not draft.match.nominal:
            return self._by_nobody(draft)
        return None

    def _of_anybody(self, draft: Draft) -> bool:
        """ "If you are accused", "anyone may ask": nobody in particular acts, or suffers from nobody in particular."""
        doers = {(a.text or "").lower() for a in draft.actor}
        others = {(a.text or "").lower() for a in draft.recipient}
        return bool(doers and doers <= self.words.anybody) or (
            not doers and bool(others) and others <= self.words.anybody
        )

    def _told_not_to(self, head: int) -> bool:
        """ "Don't blame the mayor": words of advice to nobody."""
        negated = any(self.arguments.token(c).dep == "neg" for c in self.arguments.parse.children[head])
        return negated and self.arguments.imperative(head)

    def _no_civil_protest(self, draft: Draft, token: Token) -> str | None:
        """Armed risings, and parades of those who govern."""
        words = {self.arguments.token(m).lemma for m in self.arguments.modifiers(draft.head)}
        fighters = any(set(a.sectors) & {"REB", "MIL", "PRM", "UAF"} for a in draft.actor)
        if token.lemma in self.words.armed_rising and (fighters or words & {"military", "armed", "army"}):
            return "an armed rising, no protest"
        sectors = [set(a.sectors) for a in draft.actor]
        if sectors and all(s and s <= _OFFICE for s in sectors) and "strike" not in draft.modes:
            return "those who govern do not protest in the street"
        return None

    def _condition(self, draft: Draft, token: Token) -> str | None:
        """ "Support for the party has dwindled": what people feel or weigh, not what somebody does."""
        carrier = draft.match.carrier
        if draft.event_type == "AID" and carrier is None and token.lemma in self.words.bodies:
            return "a body, not an act"
        if draft.event_type == "COERCE" and "curfew" in draft.modes and self._lifted(token):
            return "what is lifted or defied"
        undergone = carrier is not None and self.arguments.token(carrier).lemma in self.words.undergoing
        undergone = undergone and (not draft.actor or draft.event_type == "SUPPORT")
        if (carrier is not None and not undergone) or draft.event_type not in _VERBAL:
            return None
        if token.lemma in self.words.conditions and not (draft.actor and token.dep in {"ROOT", "nsubjpass"}):
            return "a state of things, not an act"
        return None

    def _lifted(self, token: Token) -> bool:
        """ "Curfew lifted", "in defiance of the curfew", "what curfew?": no curfew is imposed there."""
        above = self.arguments.token(token.head)
        over = self.arguments.token(above.head) if above.pos == "ADP" else above
        asked = any(
            self.arguments.token(c).lower in {"what", "which", "no"} for c in self.arguments.parse.children[token.index]
        )
        return asked or bool({above.lemma, over.lemma} & self.words.lifting)

    def _breach(self, draft: Draft, token: Token) -> bool:
        """Laws broken by those who owe nobody an answer: no refusal, at most a reproach of whoever says so."""
        if draft.event_type != "REJECT" or token.lemma not in self.words.breaking:
            return False
        return bool(draft.actor) and all(a.sectors and not set(a.sectors) & _BOUND for a in draft.actor)

    def _private_deceit(self, draft: Draft) -> bool:
        """Records falsified and stories made up by people of no power."""
        return "misinformation" in draft.modes and not any(public(a) for a in draft.actor)

    def _ones_own(self, draft: Draft) -> bool:
        """ "Defended his remarks", "defending ourselves"."""
        roles = self.arguments
        for index in roles.objects(draft.head):
            if roles.token(index).lower in _REFLEXIVE:
                return True
            owned = {roles.token(i).lower for i in roles.children(index, ("poss",))} & _OWN
            of_actor = all(any(_one_person(a, b) for b in draft.actor) for a in draft.recipient)
            if owned and of_actor:
                return True
        return False

    def _by_circumstance(self, draft: Draft, token: Token) -> bool:
        """ "Was forced to resign", "driven from their homes by high seas": no party does it."""
        if token.lemma not in self.words.passive_force or draft.closed_by is not None:
            return False
        if draft.event_type not in {"COERCE", "SANCTION"} or not self.arguments.passive(draft.head):
            return False
        told = any(self.arguments.token(c).tag == "VB" for c in self.arguments.complements(draft.head))
        by = self.arguments.obliques(draft.head).get("by", ())
        return told or bool(by)

    def _uttered(self, draft: Draft) -> bool:
        """Whether a verb carries the noun as an act ("issued a threat"), not as a thing met with ("faced a threat")."""
        carrier = draft.match.carrier
        if carrier is None:
            return False
        return draft.event_type != "THREATEN" or self.arguments.token(carrier).lemma in self.words.uttered

    def _possibility(self, draft: Draft, token: Token) -> bool:
        """An infinitive below a noun of what may be done ("ways to mend ties", "a chance to meet")."""
        while token.dep == "conj" and token.tag == "VB" and token.head != token.index:
            token = self.arguments.token(token.head)  # "the right to appoint and dismiss"
        if draft.match.nominal or token.dep not in {"acl", "relcl"} or token.tag != "VB" or draft.closed_by is not None:
            return False
        return self.arguments.token(token.head).lemma in self.words.possibilities

    def _measured(self, draft: Draft, token: Token) -> bool:
        """A share of people for or against somebody ("is supported by 42 percent")."""
        if draft.event_type not in _MEASURED:
            return False
        first, end = self.arguments.parse.sentences[token.sentence]
        words = self.arguments.parse.tokens[first:end]
        if not any(t.entity == "PERCENT" or t.text == "%" or t.lower == "percent" for t in words):
            return False
        polled = any(t.lemma.lower() in self.words.polls for t in words)
        near = any(t.entity == "PERCENT" and abs(t.index - token.index) <= 4 for t in words)
        return polled or (near and draft.event_type != "AGREE")

    def _standing(self, draft: Draft, token: Token) -> str | None:
        """A danger, a readiness or a duty that is spoken of, not uttered in the clause."""
        if draft.event_type == "THREATEN" and token.lemma == "threat" and len(draft.match.words) <= 2:
            return self._danger(token, bool(draft.actor))
        if (
            draft.event_type == "AGREE"
            and token.lemma in self.words.standing
            and token.dep not in {"nsubj", "nsubjpass", "ROOT"}
        ):
            return "a standing commitment"
        if draft.event_type == "PROTEST" and self._one_person(draft):
            return "one person's objection"
        if draft.event_type == "PROTEST" and token.dep == "pobj" and self.arguments.token(token.head).lower == "of":
            kind = self.arguments.token(self.arguments.token(token.head).head)
            return "a kind of act" if kind.lemma in self.words.kinds else None
        return None

    def _danger(self, token: Token, somebodys: bool) -> str | None:
        roles = self.arguments
        verb = roles.token(token.head)
        if token.dep == "dobj" and verb.lemma in self.words.uttered:
            return None
        told = any(roles.token(c).tag == "VB" for c in roles.complements(token.index))
        against = {"against", "of"} & set(roles.obliques(token.index))
        held = roles.obliques(token.index)
        owned = somebodys and "from" not in held and (token.tag == "NNS" or bool(roles.modifiers(token.index)))
        return None if told or against or owned else "a danger, no threat that is uttered"

    def _one_person(self, draft: Draft) -> bool:
        """Whether the noun is what a single person says ("over his protests")."""
        if self.arguments.token(draft.head).lemma not in {"protest", "protestation"}:
            return False
        owners = self.arguments.possessors(draft.head)
        return bool(owners) and all(
            self.arguments.token(i).lower in _ALONE or self.arguments.token(i).entity == "PERSON" for i in owners
        )

    def _named(self, head: int) -> bool:
        """Whether "call" gives a name to its object ("call it what you like")."""
        things = tuple(self.arguments.children(head, ("dobj", "oprd", "attr", "ccomp", "xcomp", "acomp")))
        return len(things) > 1

    def _by_nobody(self, draft: Draft) -> str | None:
        """A passive without an agent: recognition and being asked need somebody who does it."""
        if not self.arguments.passive(draft.head) or draft.closed_by is not None:
            return None
        if draft.event_type == "SUPPORT":
            return "nobody is named who does it"
        people = [a for a in draft.recipient if set(a.sectors) - {"CVL", "UNK"} or (a.country and not a.sectors)]
        return None if people else "nobody is named who does it"


def _one_person(one: Actor, other: Actor) -> bool:
    """Whether two mentions are of the same one, as far as their ids or antecedents tell."""
    if one.actor_id is not None and one.actor_id == other.actor_id:
        return True
    spans = [a.via.span if a.via is not None else a.span for a in (one, other)]
    return spans[0] is not None and spans[1] is not None and spans[0].overlaps(spans[1])
