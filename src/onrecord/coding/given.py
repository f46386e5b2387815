"""What is given: clauses and nouns that are told for themselves, whatever the words above them are about."""

from __future__ import annotations

from dataclasses import replace

from onrecord.coding.arguments import Arguments
from onrecord.coding.states import State
from onrecord.lexicon.modality import ModalityLexicon
from onrecord.model import Token

_GROUNDS = frozenset({"for", "over"})
_PENALTIES = frozenset(
    "thank punish fine arrest jail imprison sentence sue sack fire attack ridicule fault blame apologise apologize "
    "sanction honour honor reward suspend expel berate lambast lambaste castigate rebuke reprimand chide censure "
    "scold admonish pillory jeer heckle".split()
)
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})


class Given:
    """Looks at the words around single predicates of one parse."""

    def __init__(self, arguments: Arguments, lexicon: ModalityLexicon) -> None:
        self.arguments = arguments
        self.lexicon = lexicon
        self._blaming = lexicon.control.judging | _PENALTIES

    def behind(self, token: Token) -> bool:
        """Whether a clause behind a preposition is told for itself: the ground of praise or blame ("to mock him for
        inviting her"), a clause of "what" ("in what is being called a purge")."""
        preposition = self.arguments.token(token.head)
        above = self.arguments.token(preposition.head)
        if preposition.lower in _GROUNDS and above.pos == "VERB" and above.lemma in self._blaming:
            return True
        return any(
            self.arguments.token(c).lower == "what"
            for c in self.arguments.children(token.index, ("nsubj", "nsubjpass"))
        )

    def apart(self, token: Token) -> bool:
        """Whether a semicolon parts a clause from the one that it was hung on ("Leaders denounce test; one vows …")."""
        upper = token.head
        return token.index < upper and any(
            self.arguments.token(c).text == ";" and c > token.index for c in self.arguments.children(upper, ("punct",))
        )

    def instance(self, mark: int) -> bool:
        """Whether "whether" only opens a choice of means or places ("whether by suing or by striking")."""
        tokens = self.arguments.parse.tokens
        return tokens[mark].lower == "whether" and mark + 1 < len(tokens) and tokens[mark + 1].pos == "ADP"

    def inverted(self, token: Token) -> bool:
        """Whether a clause is a condition without "if" ("had they signed, …", "should talks fail")."""
        if token.dep not in {"advcl", "ccomp"} or any(True for _ in self.arguments.children(token.index, ("mark",))):
            return False
        for child in self.arguments.children(token.index, ("aux", "auxpass")):
            word = self.arguments.token(child)
            if word.lower in {"had", "were", "should"} and child == token.left:
                subjects = self.arguments.children(token.index, ("nsubj", "nsubjpass"))
                return any(child < i < token.index for i in subjects) and not self._asks(token)
        return False

    def unreal(self, token: Token, state: State) -> State:
        """*state* of an inverted condition: with "had", of what did not come about."""
        past = any(self.arguments.token(c).lower == "had" for c in self.arguments.children(token.index, ("aux",)))
        return replace(state, value=-0.5) if past else state

    def _asks(self, token: Token) -> bool:
        last = self.arguments.parse.sentences[token.sentence][1] - 1
        return self.arguments.token(last).text == "?"

    def of_another(self, noun: int, carrier: int) -> bool:
        """Whether a deed has an owner who is not the one said to take no part in it ("is not engaged in their war")."""
        owners = [i for i in self.arguments.possessors(noun) if self.arguments.token(i).pos in {"NOUN", "PROPN"}]
        subjects = {self.arguments.token(i).lower for i in self.arguments.surface_subjects(carrier)}
        return bool(owners) and bool(subjects) and not any(self.arguments.token(i).lower in subjects for i in owners)

    def ending(self, token: Token) -> bool:
        """Whether an event is what shall end or stop by itself, and so goes on ("will the raids ever stop?")."""
        upper = self.arguments.token(token.head)
        operator = self.lexicon.verbs.get(upper.lemma)
        if operator is None or operator.name != "stops" or upper.tag in {"VBD", "VBN"}:
            return False
        return not self.arguments.objects(upper.index) and not self.arguments.passive(upper.index)

    def weighed(self, token: Token) -> bool:
        """Whether something is judged that has been ("the minister's trip was important"): no call for it."""
        upper = self.arguments.token(token.head)
        words = {self.arguments.token(c).lower for c in self.arguments.children(token.index, ("det",))}
        known = bool(words & _DEFINITE) or any(True for _ in self.arguments.children(token.index, ("poss",)))
        return upper.tag == "VBD" or known

    def purpose_of_words(self, upper: Token) -> bool:
        """Whether "was to" says what words already spoken were for ("his tweet was to mock them")."""
        if upper.tag != "VBD":
            return False
        subjects = self.arguments.surface_subjects(upper.index)
        return any(self._message(i) for i in subjects)

    def _message(self, index: int) -> bool:
        heads = (index, *self.arguments.children(index, ("appos",)))
        return any(self.arguments.token(i).lemma in self.lexicon.control.messages for i in heads)

    def supposed(self, noun: Token) -> int | None:
        """The verb of which an indefinite noun is object or subject ("if you had a group that attacked"), else None."""
        if noun.dep not in {"dobj", "attr", "nsubj", "nsubjpass"} or noun.pos != "NOUN":
            return None
        words = {self.arguments.token(c).lower for c in self.arguments.children(noun.index, ("det", "poss"))}
        return noun.head if words <= {"a", "an", "any", "some"} else None

    def of_help(self, verb: int) -> bool:
        """Whether a verb says what information may come to ("information leading to an arrest")."""
        token = self.arguments.token(verb)
        whose = self.arguments.token(token.head)
        return (
            token.lemma == "lead"
            and token.dep in {"acl", "relcl"}
            and token.tag in {"VBG", "VBZ", "VBP", "VB"}
            and whose.lemma in self.lexicon.leads
        )

    def not_yet(self, governor: int) -> bool:
        """ "Are yet to arrest", "has yet to answer"."""
        return any(self.arguments.token(c).lower == "yet" for c in self.arguments.children(governor, ("advmod",)))
