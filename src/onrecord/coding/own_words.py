"""What a predicate's own words do to it: modals, hedges, negation, conditions and questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onrecord.coding.arguments import Arguments
from onrecord.coding.negation import Negation
from onrecord.coding.states import State, weakest
from onrecord.lexicon.modality import ModalityLexicon, Operator
from onrecord.model import Token

_PERHAPS = frozenset({"may", "might", "could"})
_WILL = frozenset({"will", "would", "'ll", "wo"})
_HINDSIGHT = frozenset({"would", "'d", "’d", "could", "should", "ought"})
"""Modals that with "have" tell of what did not come about."""

_SUPPOSED = frozenset({"if", "unless", "provided", "should"})
_CASES = frozenset({"case", "event"})
_ASKS_ABOUT = frozenset({"why", "how", "when", "where", "who", "whom", "what", "which"})
_KNOWN = frozenset({"this", "that", "the", "these", "those"})
_CLOSING = frozenset({'"', "”", "'", "’"})


class OwnWords:
    """Reads the words at predicates of one parse."""

    def __init__(self, arguments: Arguments, lexicon: ModalityLexicon) -> None:
        self.arguments = arguments
        self.lexicon = lexicon
        self.negation = Negation(arguments, lexicon)

    def narrowed(self, head: int, outer: State) -> State:
        """*outer* narrowed by the modals, hedges, negation and conditions at the predicate *head* itself."""
        if self._regretted(head):
            return replace(outer, value=min(outer.value, 2.5), tense="past", why=(*outer.why, "should not have"))
        state = outer
        for operator, word in self._operators(head):
            state = self._by_operator(state, operator, word, head)
        if self.negation.holds(head) and not (outer.negative and self.negation.shared(head)):
            value = -state.value if state.value > 0 else max(-state.value, 0.0) * 0.8
            state = replace(state, value=value, negative=not state.negative, why=(*state.why, "negated"))
        if state.mood != "asserted":
            return state
        if self._wished(head):
            why = (*state.why, "be: asked for")
            return replace(
                state, mood="demanded", certainty="unknown", tense="future", value=min(state.value, 0.4), why=why
            )
        if self.arguments.imperative(head):
            why = (*state.why, "told to do it")
            return replace(state, mood="demanded", certainty="unknown", value=min(state.value, 0.4), why=why)
        if self._asked(head):
            why = (*state.why, "question")
            return replace(state, mood="questioned", certainty="unknown", value=min(state.value, 0.6), why=why)
        if self._follows_if(head):
            why = (*state.why, "under a condition")
            certainty = weakest(state.certainty, "possible")
            return replace(state, mood="conditional", certainty=certainty, value=min(state.value, 0.9), why=why)
        return state

    def _regretted(self, head: int) -> bool:
        """ "Should never have been arrested": so somebody was."""
        token = self.arguments.token(head)
        if token.dep == "conj" and token.tag == "VBN" and not self.negation.own_auxiliary(head) and token.head != head:
            return self._regretted(token.head)
        words = {self.arguments.token(c).lower for c in self.arguments.children(head, ("aux",))}
        return bool(words & {"should", "ought"}) and "have" in words and self.negation.holds(head)

    def has_condition(self, head: int) -> bool:
        """Whether an if-clause hangs on the predicate, on the one it is coordinated with, or on words of saying
        that are put in ("if elected, she said, she would …")."""
        put_in = [c for c in self.arguments.children(head, ("parataxis",)) if c < head]
        for child in (c for verb in (head, *put_in) for c in self.arguments.children(verb, ("advcl",))):
            marks = {self.arguments.token(c).lower for c in self.arguments.children(child, ("mark", "advmod"))}
            if marks & _SUPPOSED and not self._even(child):
                return True
        if any(self._in_case(c) for c in self.arguments.children(head, ("prep",))):
            return True
        token = self.arguments.token(head)
        return token.dep == "conj" and token.head != head and self.has_condition(token.head)

    def _even(self, clause: int) -> bool:
        """ "Even if": what holds in any case."""
        marks = self.arguments.children(clause, ("mark", "advmod"))
        return any(i and self.arguments.token(i - 1).lower == "even" for i in marks)

    def _in_case(self, preposition: int) -> bool:
        """ "In case of a war", "in the event of an attack"."""
        nouns = self.arguments.children(preposition, ("pobj",))
        return self.arguments.token(preposition).lower == "in" and any(
            self.arguments.token(i).lemma in _CASES
            and any(self.arguments.token(c).lower == "of" for c in self.arguments.children(i, ("prep",)))
            for i in nouns
        )

    def _follows_if(self, head: int) -> bool:
        """Whether a verb in the present tense tells what follows from an if-clause ("if they leave, talks end")."""
        token = self.arguments.token(head)
        present = token.tag in {"VBZ", "VBP"} or (token.tag == "VB" and bool(self.arguments.children(head, ("aux",))))
        return present and token.pos == "VERB" and not self._perfect(head) and self.has_condition(head)

    def _operators(self, head: int) -> Iterable[tuple[Operator, str]]:
        lexicon = self.lexicon
        token = self.arguments.token(head)
        found: list[tuple[Operator, str]] = []
        for child in self.arguments.parse.children[head]:
            other = self.arguments.token(child)
            if other.dep == "aux" and other.lower in lexicon.modals and not self._had(other, token):
                found.append((lexicon.modals[other.lower], other.lower))
            elif other.dep in {"advmod", "amod", "compound", "nmod"} and other.lower in lexicon.hedges:
                if other.lower in {"failed", "attempted"} and token.pos == "VERB":
                    continue
                found.append((lexicon.hedges[other.lower], other.lower))
        if token.dep == "conj" and token.pos in {"VERB", "AUX"} and not self.negation.own_auxiliary(head):
            upper = self.arguments.token(token.head)
            if upper.pos in {"VERB", "AUX"} and token.tag in {"VB", "VBN", "VBG"}:
                found.extend(pair for pair in self._operators(token.head) if pair[0] in lexicon.modals.values())
        return found

    def _by_operator(self, state: State, operator: Operator, word: str, head: int) -> State:
        perfect = self._perfect(head)
        mood, value, certainty, tense = operator.mood, operator.holds, operator.certainty, operator.tense
        if word in {"would", "'d", "’d"} and not perfect and self._often(head):
            return replace(state, value=min(state.value, 2.5), tense="habitual", why=(*state.why, f"{word} often"))
        if perfect and word == "could" and self._of_that(head):
            mood, value, certainty, tense = None, 0.9, "possible", None
        elif perfect and word in _HINDSIGHT:
            mood, value, certainty, tense = "conditional", -0.5, "possible", "past"
        elif word in _PERHAPS and not perfect and self._ahead(head):
            mood, tense = ("conditional" if self.has_condition(head) else "forecast"), "future"
        elif mood == "conditional" and not self.has_condition(head):
            mood, value, certainty = "planned", 1.6, "probable"  # "said it would send": will, told later
        elif mood == "planned" and tense == "future" and self.has_condition(head):
            mood, value, certainty = "conditional", 1.2, "possible"
        if mood == "planned" and word in _WILL and not self._somebody(head):
            mood = "forecast"
        if operator.polarity == "negative" and state.value > 0:
            new = operator.holds
        else:
            new = min(state.value, value) if state.value > 0 else state.value
        return State(
            new,
            state.mood if state.mood != "asserted" or mood is None else mood,
            weakest(state.certainty, certainty),
            state.negative != (operator.polarity == "negative"),
            state.tense or (None if perfect and tense is None else tense),
            (*state.why, word),
        )

    def _ahead(self, head: int) -> bool:
        """Whether a possibility lies ahead: an action, neither negated nor going on, no state or perception."""
        token = self.arguments.token(head)
        going = token.tag == "VBG" or token.lemma in self.lexicon.states
        going = going or (token.tag == "VBN" and token.lemma in self.lexicon.implicated)
        return token.pos == "VERB" and not going and not self.negation.holds(head)

    def _of_that(self, head: int) -> bool:
        """Whether the deed itself is known, and only its doer is not ("could have carried out this attack")."""
        for child in self.arguments.children(head, ("dobj",)):
            words = {self.arguments.token(c).lower for c in self.arguments.children(child, ("det",))}
            deed = "this" in words or self.arguments.token(child).lemma in self.lexicon.momentary
            if words & _KNOWN and deed and not self.has_condition(head):
                return True
        return False

    def _wished(self, head: int) -> bool:
        """ "That all arms be given up": a bare "be" tells of what is asked for."""
        token = self.arguments.token(head)
        if token.tag not in {"VBN", "VBD"} or token.dep not in {"ccomp", "ROOT", "conj", "parataxis", "advcl"}:
            return False
        helping = [self.arguments.token(c) for c in self.arguments.children(head, ("aux", "auxpass"))]
        return [t.lower for t in helping] == ["be"] and any(
            helping[0].index > i for i in self.arguments.children(head, ("nsubjpass", "nsubj"))
        )

    def _often(self, head: int) -> bool:
        return any(
            self.arguments.token(c).lower in self.lexicon.habitual for c in self.arguments.children(head, ("advmod",))
        )

    def _perfect(self, head: int) -> bool:
        """Whether "have" stands at the verb, "'d" aside where it is that itself."""
        helping = (self.arguments.token(c) for c in self.arguments.children(head, ("aux",)))
        return any(t.lemma == "have" and not self._had(t, self.arguments.token(head)) for t in helping)

    def _had(self, helping: Token, verb: Token) -> bool:
        """ "Said he'd asked them": "had", which parsers may take for "would"."""
        if helping.lower not in {"'d", "’d"} or verb.tag not in {"VBN", "VBD"}:
            return False
        return not any(self.arguments.token(c).lower in {"have", "be"} for c in self._helping(verb.index))

    def _helping(self, verb: int) -> Iterable[int]:
        return self.arguments.children(verb, ("aux", "auxpass"))

    def _somebody(self, head: int) -> bool:
        """Whether the clause has a subject that can plan (a name, a pronoun, people)."""
        if self.arguments.token(head).dep == "relcl":
            own = {self.arguments.token(c).lower for c in self.arguments.children(head, ("nsubj", "nsubjpass"))}
            if own & {"which", "that"} and self.arguments.token(self.arguments.token(head).head).entity == "":
                return False  # "a law that would allow"
        subjects = self.arguments.surface_subjects(head)
        return any(
            self.arguments.token(i).pos in {"PROPN", "PRON"} or self.arguments.token(i).entity != "" for i in subjects
        ) or bool(subjects and not self.arguments.passive(head))

    def _asked(self, head: int) -> bool:
        """Whether the predicate heads a question; one that asks who or why of a fact takes it for granted."""
        token = self.arguments.token(head)
        first, end = self.arguments.parse.sentences[token.sentence]
        last = self.arguments.token(end - 1)
        if last.lower in _CLOSING and end - 2 >= first:
            last = self.arguments.token(end - 2)
        if last.text != "?":
            return False
        if token.dep in {"acl", "relcl"} and token.tag in {"VBN", "VBG"}:
            return self._there_are(token.head)
        if token.dep not in {"ROOT", "conj", "ccomp", "dobj", "attr"}:
            return False
        asks_about = {
            self.arguments.token(c).lower
            for c in self.arguments.children(head, ("advmod", "nsubj", "nsubjpass", "dobj"))
        } & _ASKS_ABOUT
        if token.pos == "NOUN" and self.arguments.token(first).lower in _ASKS_ABOUT and self._the(head):
            return False  # "how long did the clash last?", where the noun heads the sentence
        return not (asks_about and token.pos == "VERB")

    def _the(self, noun: int) -> bool:
        return any(self.arguments.token(c).lower in _KNOWN for c in self.arguments.children(noun, ("det",)))

    def _there_are(self, noun: int) -> bool:
        """ "Are there any officers hurt?"."""
        verb = self.arguments.token(noun).head
        return any(True for _ in self.arguments.children(verb, ("expl",)))
