"""Hindsight: clauses that tell by their form whether something was done: "having won over the mayor, he will", "if I
had refused", "no evidence that they paid", "seized the chance to mock her", "never speaks without attacking them"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from onrecord.coding.arguments import Arguments
from onrecord.coding.negation import Negation
from onrecord.coding.states import FACT, SUPPOSED, State
from onrecord.lexicon.modality import ModalityLexicon
from onrecord.model import Token
from onrecord.text.phrases import DEFINITE

Reader = Callable[[int, frozenset[int]], State]

_WOULD = frozenset({"would", "'d", "’d", "could", "might"})
_NONE = frozenset({"no", "any", "little", "scant"})
_CASES = frozenset({"case", "event"})
_UNPROVEN = State(value=0.0, certainty="unknown", why=("no evidence",))
_UNREAL = replace(SUPPOSED, value=-0.5, tense="past", why=("had not",))
_ALWAYS = State(value=2.0, certainty="probable", tense="habitual", why=("not without",))
_OVER = State(value=2.0, certainty="probable", tense="past", why=("known deed",))


class Hindsight:
    """Reads such clauses of one parse."""

    def __init__(self, arguments: Arguments, lexicon: ModalityLexicon, negation: Negation) -> None:
        self.arguments = arguments
        self.lexicon = lexicon
        self.negation = negation

    def read(self, token: Token, limit: frozenset[int], state: Reader) -> State | None:
        """State that the clause leaves to the predicate *token*, None where its form tells nothing."""
        if token.dep == "advcl":
            return self._adverbial(token, limit, state)
        if token.dep in {"acl", "relcl", "ccomp"} and self._unproven(token):
            return _UNPROVEN
        if token.dep in {"acl", "relcl", "advcl"} and token.tag == "VB":
            return self._taken(token, limit, state)
        if token.dep == "pcomp":
            return self._behind(self.arguments.token(token.head))
        if token.dep == "pobj" and token.pos == "NOUN":
            return SUPPOSED if self._in_case(token) else FACT if self._troubling(token) else None
        if token.dep == "dobj" and token.pos == "NOUN" and token.head not in limit:
            return FACT if self.borne(token) else None
        return None

    def _behind(self, preposition: Token) -> State | None:
        """ "Never speaks without attacking them", "asked about his calling her a liar"."""
        verb = self.arguments.token(preposition.head)
        if preposition.lower == "without" and verb.pos in {"VERB", "AUX"} and self.negation.holds(verb.index):
            return _ALWAYS
        operator = self.lexicon.verbs.get(verb.lemma) if verb.pos == "VERB" else None
        asked = operator is not None and operator.mood in {"demanded", "questioned"}
        return FACT if preposition.lower == "about" and asked else None

    def no_sign(self, noun: Token) -> bool:
        """ "Showed no sign of backing down"."""
        words = {self.arguments.token(c).lower for c in self.arguments.children(noun.index, ("det",))}
        return noun.lemma in {"sign", "indication"} and "no" in words

    def _adverbial(self, token: Token, limit: frozenset[int], state: Reader) -> State | None:
        words = {self.arguments.token(c).lower for c in self.arguments.children(token.index, ("aux", "auxpass"))}
        marks = {self.arguments.token(c).lower for c in self.arguments.children(token.index, ("mark",))}
        if token.tag == "VBN" and "having" in words:
            return replace(FACT, tense="past")
        if "if" in marks and token.tag in {"VBN", "VBD"} and "had" in words and self._would_have(token.head):
            return _UNREAL
        if token.tag == "VBG" and not marks and not words and self._after_another(token):
            return FACT
        if token.tag == "VB" and token.head not in limit:
            return self._known_purpose(token, state(token.head, limit)) or self._taken(token, limit, state)
        return None

    def _would_have(self, verb: int) -> bool:
        words = {self.arguments.token(c).lower for c in self.arguments.children(verb, ("aux",))}
        return bool(words & _WOULD) and "have" in words

    def _after_another(self, token: Token) -> bool:
        """Whether a participle goes on what a clause in the past tense before it tells ("asked to end the protest after
        they blocked a road, throwing stones"), though the parser hung it on the infinitive above."""
        upper = self.arguments.token(token.head)
        beside = (self.arguments.token(c) for c in self.arguments.children(upper.index, ("advcl",)))
        return upper.tag == "VB" and any(upper.index < t.index < token.index and t.tag == "VBD" for t in beside)

    def _known_purpose(self, token: Token, outer: State) -> State | None:
        """ "Worked with the police to make the arrests": a deed that the reader knows of was done."""
        upper = self.arguments.token(token.head)
        if upper.tag not in {"VBD", "VBN"} or outer.mood != "asserted" or outer.negative:
            return None
        if not any(self.arguments.token(c).lower == "to" for c in self.arguments.children(token.index, ("aux",))):
            return None
        for thing in self.arguments.children(token.index, ("dobj",)):
            noun = self.arguments.token(thing)
            if noun.lemma in self.lexicon.momentary and token.lemma in self.lexicon.performs and self._the(thing):
                return _OVER
        return None

    def _unproven(self, token: Token) -> bool:
        """ "There is no evidence that they paid", "failed to produce any proof that she knew"."""
        noun = self.arguments.token(token.head)
        if noun.lemma not in self.lexicon.evidence or noun.pos != "NOUN" or not self._that(token):
            return False
        words = {self.arguments.token(c).lower for c in self.arguments.children(noun.index, ("det", "amod"))} & _NONE
        if words - {"any"}:
            return True
        verb = noun.head
        above = (verb, *self.arguments.parse.ancestors(verb))[:2]
        denied = any(self.negation.holds(i) or self._fails(i) for i in above)
        return bool(words) and denied

    def _fails(self, verb: int) -> bool:
        operator = self.lexicon.verbs.get(self.arguments.token(verb).lemma)
        return operator is not None and operator.name == "rules_out"

    def _that(self, token: Token) -> bool:
        """Whether "that" opens a clause with a subject of its own."""
        first = self.arguments.token(token.left)
        subjects = self.arguments.children(token.index, ("nsubj", "nsubjpass"))
        return first.lower == "that" and any(i != first.index for i in subjects)

    def _taken(self, token: Token, limit: frozenset[int], state: Reader) -> State | None:
        """ "Seized the opportunity to mock her": who takes a chance does it."""
        noun = self.arguments.token(token.head)
        if token.dep == "advcl":
            return None
        verb = self.arguments.token(noun.head)
        chance = noun.lemma in self.lexicon.chances and noun.dep == "dobj"
        if not chance or verb.lemma not in self.lexicon.seizes or verb.index in limit:
            return None
        outer = state(verb.index, limit)
        return replace(outer, value=min(outer.value, 2.7)) if outer.mood == "asserted" and not outer.negative else None

    def _in_case(self, noun: Token) -> bool:
        """ "Legal help in case of mass arrests"."""
        of = self.arguments.token(noun.head)
        case = self.arguments.token(of.head)
        return of.lower == "of" and case.lemma in _CASES and self.arguments.token(case.head).lower == "in"

    def _troubling(self, noun: Token) -> bool:
        """ "Worried about his attacks on her": they were made."""
        about = self.arguments.token(noun.head)
        operator = self.lexicon.adjectives.get(self.arguments.token(about.head).lemma)
        worried = about.lower in {"about", "over", "by"} and operator is not None and operator.name == "fears"
        return worried and self._the(noun.index)

    def borne(self, noun: Token) -> bool:
        """Whether a noun is what somebody only bears, weighs or counters ("would fight their latest threats", "to
        discuss the indictment"): it is there already."""
        return self.arguments.token(noun.head).lemma in self.lexicon.bears_on and self._the(noun.index)

    def _the(self, noun: int) -> bool:
        words = {self.arguments.token(c).lower for c in self.arguments.children(noun, ("det",))}
        return bool(words & DEFINITE) or any(True for _ in self.arguments.children(noun, ("poss",)))
