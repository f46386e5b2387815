"""Framed: what the clause around a predicate makes of it, where neither its own words nor the word above it tell:
"one option is a strike", "orders were given to fire", "the tactics of raiders: to burn and to loot"."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from onrecord.coding.arguments import Arguments
from onrecord.coding.hindsight import Hindsight
from onrecord.coding.negation import Negation
from onrecord.coding.states import FACT, State, weakest
from onrecord.lexicon.modality import ModalityLexicon, Operator
from onrecord.model import Token

Reader = Callable[[int, frozenset[int]], State]
"""Tells the state of a predicate, the path up from which ends at given tokens."""

_TURNS = frozenset({"become", "remain", "stay"})
_EXPOSING = frozenset({"open", "expose", "leave"})
_AIMS = frozenset({"demanded", "planned", "promised", "threatened", "conditional", "forecast"})
_ANY = frozenset({"anyone", "anybody", "anything"})
_CAUSES = frozenset({"due", "because", "after", "following", "since", "despite", "amid", "over"})
_NOT_DONE = State(value=-2.5, negative=True, why=("nobody, negated",))
_NEED = State(value=0.6, mood="demanded", certainty="unknown", tense="future", why=("have to",))


class Framed:
    """Looks at the clauses around single predicates of one parse."""

    def __init__(self, arguments: Arguments, lexicon: ModalityLexicon, negation: Negation) -> None:
        self.arguments = arguments
        self.lexicon = lexicon
        self.negation = negation
        self.hindsight = Hindsight(arguments, lexicon, negation)

    def read(self, token: Token, limit: frozenset[int], state: Reader) -> State | None:
        """State that the frame leaves to the predicate *token*, None where there is none."""
        if (known := self.hindsight.read(token, limit, state)) is not None:
            return known
        if token.pos in {"NOUN", "PROPN"} and token.dep != "advcl":
            return self._noun(token, limit, state)
        if token.dep == "pcomp":
            return self._means(token, limit, state)
        if token.tag != "VB":
            return None
        if token.dep == "conj":
            return self._joined(token, limit, state)
        if not self._infinitive(token):
            return None
        return self._infinite(token, limit, state)

    def beside(self, head: int, carrier: int) -> bool:
        """Whether a deed is only the cause or time of what is done ("was never given due to the massacre")."""
        tokens, first = self.arguments.parse.tokens, self.arguments.token(head).left
        if [t.lower for t in tokens[max(0, first - 2) : first]] == ["due", "to"]:
            return True  # which some parses take for "given to"
        for i in self.arguments.parse.ancestors(head):
            if i == carrier:
                return False
            token = self.arguments.token(i)
            if token.lower in _CAUSES and token.pos in {"ADP", "SCONJ", "ADJ"}:
                return True
        return False

    # -- nouns -------------------------------------------------------------------------------------------

    def _noun(self, token: Token, limit: frozenset[int], state: Reader) -> State | None:
        upper = self.arguments.token(token.head)
        if upper.index in limit:
            return None
        if token.dep == "attr" and upper.lemma in _TURNS:
            return state(upper.index, limit)
        if token.dep == "attr" and upper.lemma == "be":
            operator = self._subject_operator(upper.index)
            return self._under(state(upper.index, limit), operator) if operator is not None else None
        above = self.arguments.token(upper.head)
        if token.dep == "pobj" and upper.lower == "to" and above.lower == "up":
            above = self.arguments.token(above.head)
        exposed = upper.lower == "to" and above.lemma in _EXPOSING and above.index not in limit
        return state(above.index, limit) if token.dep == "pobj" and exposed else None

    def _subject_operator(self, verb: int) -> Operator | None:
        """What a plan, wish or possibility that is the subject makes of what it is said to be."""
        for subject in self.arguments.children(verb, ("nsubj",)):
            for i in (subject, *self._of(subject)):
                operator = self.lexicon.nouns.get(self.arguments.token(i).lemma)
                if operator is not None and operator.mood in _AIMS:
                    return operator
                for clause in self.arguments.children(i, ("acl", "relcl")):
                    weighed = self.arguments.token(clause)
                    if weighed.lemma in self.lexicon.weighing and weighed.tag == "VBN":
                        return self.lexicon.verbs.get("plan")
        return None

    def _of(self, noun: int) -> Iterable[int]:
        for preposition in self.arguments.children(noun, ("prep",)):
            if self.arguments.token(preposition).lower == "of":
                yield from self.arguments.children(preposition, ("pobj",))

    def _means(self, token: Token, limit: frozenset[int], state: Reader) -> State | None:
        """ "The only way out is by talking to them"."""
        upper = self.arguments.token(token.head)
        verb = self.arguments.token(upper.head)
        if upper.lower != "by" or verb.lemma != "be" or verb.index in limit:
            return None
        operator = self._subject_operator(verb.index)
        return self._under(state(verb.index, limit), operator) if operator is not None else None

    # -- infinitives -------------------------------------------------------------------------------------

    def _infinite(self, token: Token, limit: frozenset[int], state: Reader) -> State | None:
        upper = self.arguments.token(token.head)
        if upper.index in limit:
            return None
        if self._of_nobody(token):
            return _NOT_DONE
        if upper.lemma == "be" and token.dep in {"advcl", "xcomp", "ccomp"} and self._habitual(upper.index):
            return replace(FACT, value=2.5, tense="habitual", why=("habit",))
        if upper.lemma == "have" and token.dep == "xcomp" and upper.pos == "VERB":
            return None if token.lemma in self.lexicon.by_saying else self._needed(upper, state(upper.index, limit))
        if (
            token.dep in {"advcl", "xcomp"}
            and upper.lemma in self.lexicon.handing
            and self.arguments.passive(upper.index)
        ):
            for subject in self.arguments.children(upper.index, ("nsubjpass",)):
                operator = self.lexicon.nouns.get(self.arguments.token(subject).lemma)
                if operator is not None and operator.mood in _AIMS:
                    return self._under(state(upper.index, limit), operator)
        if token.dep == "xcomp" and upper.lemma == "want":
            return self._under(state(upper.index, limit), self.lexicon.verbs.get("plan"))
        return self._coaxed(token, upper, limit, state)

    def _needed(self, upper: Token, outer: State) -> State | None:
        """ "Might have to kill", "have to agree"; what they had to do they did."""
        if upper.tag in {"VBD", "VBN", "VBG"} or outer.negative or self._infinitive(upper):
            return None
        if outer.mood == "asserted" and outer.certainty == "possible":
            return replace(outer, value=min(outer.value, 0.9), mood="forecast", tense="future")
        return _NEED if outer.mood == "asserted" and outer.certainty == "certain" else None

    def _coaxed(self, token: Token, upper: Token, limit: frozenset[int], state: Reader) -> State | None:
        """Who tries to persuade has asked, and whom he tries to persuade has not done it."""
        tried = self.lexicon.verbs.get(upper.lemma)
        if token.lemma in self.lexicon.coaxing and tried is not None and tried.name == "tries":
            return state(upper.index, limit)
        above = self.lexicon.verbs.get(self.arguments.token(upper.head).lemma)
        tried = above if upper.dep == "xcomp" else None
        if upper.lemma in self.lexicon.coaxing and tried is not None and tried.name == "tries":
            return self._under(state(upper.index, limit), self.lexicon.verbs.get("urge"))
        return None

    def _of_nobody(self, token: Token) -> bool:
        """Whether "any" tells that an infinitive shares the negation above it ("had no grounds to arrest anyone")."""
        objects = tuple(self.arguments.children(token.index, ("dobj",)))
        any_one = any(
            self.arguments.token(i).lower in _ANY
            or any(self.arguments.token(d).lower == "any" for d in self.arguments.children(i, ("det",)))
            for i in objects
        )
        if not any_one or token.dep not in {"acl", "relcl", "advcl", "xcomp"}:
            return False
        upper = self.arguments.token(token.head)
        if token.dep == "xcomp" and self.lexicon.verbs.get(upper.lemma) is not None and upper.lemma != "find":
            return False
        near = [i for i in self.arguments.parse.ancestors(token.index) if self.arguments.token(i).pos == "VERB"]
        return bool(near) and self.negation.holds(near[0])

    def _habitual(self, verb: int) -> bool:
        said = (*self.arguments.children(verb, ("attr",)), *self.arguments.children(verb, ("nsubj",)))
        return any(self.arguments.token(i).lemma in self.lexicon.practices for i in said)

    def _joined(self, token: Token, limit: frozenset[int], state: Reader) -> State | None:
        """State of a verb that is joined to a verb through words read as nouns ("to seize, capture or destroy")."""
        upper = self.arguments.token(token.head)
        if upper.tag in {"VBD", "VBZ"} and not any(
            True for _ in self.arguments.children(token.index, ("aux", "nsubj"))
        ):
            between = self.arguments.parse.tokens[upper.index + 1 : token.index]
            near = next((t for t in reversed(between) if t.tag == "VB" and t.index not in limit), None)
            return state(near.index, limit) if near is not None else None
        if upper.pos != "NOUN" or upper.dep != "conj":
            return None
        while upper.dep == "conj" and upper.head != upper.index:
            upper = self.arguments.token(upper.head)
        return state(upper.index, limit) if upper.pos == "VERB" and upper.index not in limit else None

    def _infinitive(self, token: Token) -> bool:
        return any(self.arguments.token(c).lower == "to" for c in self.arguments.children(token.index, ("aux",)))

    @staticmethod
    def _under(outer: State, operator: Operator | None) -> State:
        if operator is None:
            return outer
        return replace(
            outer,
            value=min(outer.value, operator.value(outer.value)),
            mood=operator.mood or outer.mood if outer.mood == "asserted" else outer.mood,
            certainty=weakest(outer.certainty, operator.certainty),
            tense=operator.tense or outer.tense,
            why=(*outer.why, operator.name),
        )
