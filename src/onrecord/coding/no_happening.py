"""No happening: words of acts in a clause whose frame shows that nobody does one to anybody.

Officials concede that something is so, defend what is their own, sell their yachts, and are favoured in polls; a
warrant is for an arrest that has yet to come.
"""

from __future__ import annotations

from onrecord.coding.arguments import Arguments
from onrecord.coding.candidates import Draft
from onrecord.coding.parties import ARMED
from onrecord.lexicon.no_act import load_no_act
from onrecord.model import Token

NO_HAPPENING = "no happening"
"""How each reason begins: the learned head, which sees the word more than its frame, does not overrule them."""

_CLAUSES = frozenset({"ccomp", "xcomp", "conj", "advcl"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_STATES = ARMED | {"GOV", "LEG", "JUD", "IGO"}
_CASUAL = frozenset({"CVL", "COP", "CRM", "UNK", "LAB", "JRN"})
_SPEAKER = frozenset({"i", "we"})


class NoHappening:
    """Weighs the drafts of one report."""

    def __init__(self, arguments: Arguments) -> None:
        self.arguments = arguments
        self.words = load_no_act()

    def objection(self, draft: Draft) -> str | None:
        """Why a draft tells of no deed, None when it may."""
        token = self.arguments.token(draft.head)
        why = self._of_noun(draft, token) if draft.match.nominal else self._of_clause(draft, token)
        return None if why is None else f"{NO_HAPPENING}: {why}"

    def _of_noun(self, draft: Draft, token: Token) -> str | None:
        """ "A warrant for his arrest", still to come; "voters who are angry", who say nothing."""
        above = self.arguments.token(token.head)
        at_nobody = not any(a.sectors for a in draft.recipient)
        if draft.event_type == "ACCUSE" and token.pos == "ADJ" and above.dep == "relcl" and at_nobody:
            return "how people feel"
        held = token.dep == "pobj" and above.lower == "for"
        if "arrest" in draft.modes and held and self.arguments.token(above.head).lemma == "warrant":
            return "an arrest that is only warranted"
        return None

    def _of_clause(self, draft: Draft, token: Token) -> str | None:
        if self._polled(token):
            return "what people say to pollsters"
        if draft.event_type == "CONCEDE" and token.lemma in self.words.admitting and self._that_so(token):
            return "says that something is so"
        if draft.event_type == "SUPPORT" and not draft.recipient and self._own_cause(token):
            return "stands for a cause, backs nobody"
        if draft.event_type == "AGREE" and token.lemma == "agree" and self._private_sale(draft):
            return "a private sale"
        if draft.event_type == "CONSULT" and self._small_talk(draft, token):
            return "a private talk"
        if draft.event_type == "CONSULT" and token.lemma == "call" and self._quoted_name(token):
            return "gives a name"
        if draft.event_type == "REQUEST" and self._of_protest(token):
            return "what a protest asks for"
        if draft.event_type == "ASSAULT" and self._in_all(token):
            return "a toll of years"
        if draft.event_type == "COERCE" and any(
            self.arguments.token(i).lower == "safely" for i in self.arguments.children(token.index, ("advmod",))
        ):
            return "brought to safety"
        if draft.event_type == "SANCTION" and not draft.recipient and self._own_money(token):
            return "one's own budget"
        if draft.event_type == "ACCUSE":
            return self._no_charge(token)
        return None

    def _of_protest(self, token: Token) -> bool:
        """ "Rallies that will demand", "a protest held by the party calling for": no request beside the protest."""
        if token.dep not in {"acl", "relcl"}:
            return False
        above = self.arguments.token(token.head)
        while above.dep in {"pobj", "agent", "acl"} or (above.dep == "prep" and above.lower == "by"):
            above = self.arguments.token(above.head)
        return above.lemma in self.words.protests

    def _in_all(self, token: Token) -> bool:
        """ "A war that has killed thousands": no single attack."""
        verb = token
        while verb.dep == "conj" and verb.head != verb.index:
            verb = self.arguments.token(verb.head)
        perfect = any(self.arguments.token(c).lemma == "have" for c in self.arguments.children(verb.index, ("aux",)))
        doers = self.arguments.subjects(token.index) or self.arguments.subjects(verb.index)
        named = {*doers, *(j for i in doers for j in self.arguments.obliques(i).get("of", ()))}
        return perfect and any(self.arguments.token(i).lemma in self.words.wars for i in named)

    def _own_money(self, token: Token) -> bool:
        """ "The board slashed $7 million": from nobody but itself."""
        things = self.arguments.objects(token.index)
        return bool(things) and all(self.arguments.token(i).entity == "MONEY" for i in things)

    def _polled(self, token: Token) -> bool:
        """ "Polls show that majorities favor …", "favored the senator in polls"."""
        held = self.arguments.obliques(token.index)
        near = {i for word in ("in", "by") for i in held.get(word, ())}
        near |= {j for i in near for j in self.arguments.obliques(i).get("in", ())}  # "by broad margins in polls"
        if any(self.arguments.token(i).lemma in self.words.polls for i in near):
            return True
        here = token
        while here.dep in _CLAUSES and here.head != here.index:
            above = self.arguments.token(here.head)
            if here.dep == "ccomp" and any(
                self.arguments.token(i).lemma in self.words.polls for i in self.arguments.surface_subjects(above.index)
            ):
                return True
            here = above
        return False

    def _that_so(self, token: Token) -> bool:
        """Whether the complement is a clause with a subject and a tense of its own ("conceded that it is so")."""
        for child in self.arguments.children(token.index, ("ccomp",)):
            words = (child, *self.arguments.children(child, ("aux", "auxpass")))
            if any(self.arguments.token(i).tag in _FINITE for i in words):
                return self.arguments.token(child).lemma not in self.words.losing
        return False

    def _own_cause(self, token: Token) -> bool:
        """ "Defended the notion", "groups supporting gay rights": nobody is backed."""
        if token.lemma == "defend":
            return not self.arguments.passive(token.index)
        return token.dep == "acl" and token.tag == "VBG"

    def _private_sale(self, draft: Draft) -> bool:
        """ "He agreed to sell his yacht": neither a state nor a body sells."""
        done = {self.arguments.token(i).lemma for i in self.arguments.complements(draft.head)}
        sectors = {s for a in draft.actor for s in a.sectors}
        return bool(done & self.words.dealing) and bool(sectors) and not sectors & _STATES

    def _small_talk(self, draft: Draft, token: Token) -> bool:
        """Words that people have with each other, unless both sides hold an office or speak for a group."""
        if token.lemma not in self.words.talking:
            return False
        return any(a.sectors and set(a.sectors) <= _CASUAL for a in draft.parties)

    def _quoted_name(self, token: Token) -> bool:
        """ "Called the senator “the next Ada Ren”": quotation marks open right behind the object."""
        tokens = self.arguments.parse.tokens
        for index in self.arguments.objects(token.index):
            after = index + 1
            if after < len(tokens) and tokens[after].text in {"“", '"', "``", "‘"}:
                return True
        return False

    def _no_charge(self, token: Token) -> str | None:
        """Purposes, feelings and pardons of everyday speech."""
        if token.lemma in self.words.aims and token.tag == "VB" and token.dep in {"advcl", "xcomp", "acl"}:
            aims = any(self.arguments.token(c).lower == "to" for c in self.arguments.children(token.index, ("aux",)))
            if aims:
                return "a purpose, no charge"
        subjects = {self.arguments.token(i).lower for i in self.arguments.surface_subjects(token.index)}
        negated = any(self.arguments.token(c).dep == "neg" for c in self.arguments.parse.children[token.index])
        if token.lemma == "blame" and negated and subjects & _SPEAKER:
            return "somebody is not blamed"
        return None
