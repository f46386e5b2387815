"""What is given: clauses and nouns that are told for themselves, whatever the words above them are about."""

from __future__ import annotations

from dataclasses import replace

from onrecord.coding.arguments import Arguments
from onrecord.coding.states import UNKNOWN, State
from onrecord.lexicon.modality import ModalityLexicon
from onrecord.model import Token
from onrecord.text.phrases import DEFINITE

_GROUNDS = frozenset({"for", "over"})
_PENALTIES = frozenset(
    "thank punish fine arrest jail imprison sentence sue sack fire attack ridicule fault blame apologise apologize "
    "sanction honour honor reward suspend expel berate lambast lambaste castigate rebuke reprimand chide censure "
    "scold admonish pillory jeer heckle".split()
)
TILL = frozenset({"after", "before", "until", "till", "once"})
"""Conjunctions behind which the present tense is of the future."""

_NOW = frozenset({"is", "are", "am", "was", "were", "'s", "’s", "'re", "’re"})
_BESIDES = frozenset({"addition", "response", "reaction", "prior", "due"})


class Given:
    """Looks at the words around single predicates of one parse."""

    def __init__(self, arguments: Arguments, lexicon: ModalityLexicon) -> None:
        self.arguments = arguments
        self.lexicon = lexicon
        self._in_place = self._ends_of_phrases()
        self._blaming = lexicon.control.judging | _PENALTIES

    def behind(self, token: Token) -> bool:
        """Whether a clause behind a preposition is told for itself: the ground of praise or blame ("to mock him for
        inviting her"), a clause of "what" ("in what is being called a purge")."""
        preposition = self.arguments.token(token.head)
        above = self.arguments.token(preposition.head)
        if preposition.lower == "to" and above.lemma in _BESIDES:
            return True  # "in addition to opposing the law"
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
        marked = any(True for _ in self.arguments.children(token.index, ("mark",)))
        if marked or token.dep not in {"advcl", "ccomp", "ROOT"}:
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
        known = bool(words & DEFINITE) or any(True for _ in self.arguments.children(token.index, ("poss",)))
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

    def particles(self, verb: int) -> tuple[str, ...]:
        """ "Set off", "called off"."""
        return tuple(self.arguments.token(c).lower for c in self.arguments.children(verb, ("prt",)))

    def in_it(self, verb: int) -> bool:
        """Whether "in" after the verb leads to what is done, not to where or when it was ("involved in a raid")."""
        return self.arguments.token(verb).lemma in self.lexicon.leads_in

    def finite(self, token: Token) -> bool:
        """Whether a participle is finite by its auxiliary ("we have agreed, so we should go on")."""
        tags = {self.arguments.token(c).tag for c in self.arguments.children(token.index, ("aux", "auxpass"))}
        return token.tag in {"VBN", "VBG"} and bool(tags & {"VBZ", "VBP", "VBD"})

    def until_then(self, token: Token) -> bool:
        """Whether a clause in the present tense hangs on one in the past or about the future, and so is of what is to
        come ("the vote was set for after the envoy meets them"); a headline's present is past."""
        upper = self.arguments.token(token.head)
        last = self.arguments.token(self.arguments.parse.sentences[token.sentence][1] - 1)
        own = {self.arguments.token(c).lower for c in self.arguments.children(token.index, ("aux", "auxpass"))}
        if token.tag not in {"VBZ", "VBP"} or own or token.sentence == 0 or last.text not in {".", "!", "”", '"'}:
            return False
        if token.lemma in self.lexicon.states or token.head == token.index:
            return False
        return upper.tag not in {"VBZ", "VBP", "VBD"}

    def under_way(self, verb: int) -> bool:
        """Whether a verb tells of what goes on ("was arranging calls before …")."""
        token = self.arguments.token(verb)
        words = {self.arguments.token(c).lower for c in self.arguments.children(verb, ("aux",))}
        return token.tag == "VBG" and bool(words & _NOW)

    def done(self, token: Token, outer: State) -> State | None:
        """State of an infinitive that tells of what was done: "the first to endorse him", "was strong enough to
        destroy it"; None where it does not."""
        if token.pos == "ADJ" and token.lower not in self.lexicon.ranked:
            return self._enough(token, outer)
        if token.pos not in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"} or self.lexicon.nouns.get(token.lemma) is not None:
            return None
        if token.lemma in self.lexicon.occasions or not self._ranked(token.index):
            return None
        return outer if outer.mood == "asserted" else None

    def read(self, token: Token, preposition: str, outer: State) -> State | None:
        """State of what stands behind *preposition* at a word, where it is told as done, or as not known of; None
        where the word's class decides."""
        if preposition == "to":
            return self.done(self.said(token), outer)
        if preposition == "of" and token.lemma in {"know", "aware"} and outer.negative and self._any(token.index):
            return replace(UNKNOWN, why=(*outer.why, *UNKNOWN.why))
        return None

    def _any(self, verb: int) -> bool:
        """ "Know of any soldiers being killed"."""
        tokens = self.arguments.parse.tokens
        return any(t.lower == "any" for t in tokens[verb + 1 : verb + 4])

    def said(self, verb: Token) -> Token:
        """What a copula says of its subject, where an infinitive hangs on it ("was one of the first to go"); else the
        word itself."""
        said = self.arguments.children(verb.index, ("attr",)) if verb.lemma == "be" else ()
        return next((self.arguments.token(i) for i in said), verb)

    def _ranked(self, index: int) -> bool:
        """ "The first minister", "one of the earliest members", "among the first"."""
        words = [index, *self.arguments.children(index, ("amod", "nummod", "advmod"))]
        for preposition in self.arguments.children(index, ("prep",)):
            for noun in self.arguments.children(preposition, ("pobj",)):
                words += [noun, *self.arguments.children(noun, ("amod", "nummod"))]
        return any(self.arguments.token(i).lower in self.lexicon.ranked for i in words)

    def _enough(self, adjective: Token, outer: State) -> State | None:
        words = {self.arguments.token(c).lower for c in self.arguments.children(adjective.index, ("advmod",))}
        verb = self.arguments.token(adjective.head)
        if "enough" not in words or verb.tag != "VBD" or outer.mood != "asserted":
            return None
        return replace(outer, value=min(outer.value, 2.5), tense="past", why=(*outer.why, "enough to"))

    def raised(self, adjective: int, passing: frozenset[str]) -> bool:
        """Whether an adjective speaks of what a subject will do, not of whether it will be ("likely to delay")."""
        return any(
            self.arguments.token(c).lemma not in passing | {"be", "have"}
            for c in self.arguments.children(adjective, ("xcomp",))
        )

    def turned_down(self, head: int) -> bool:
        """Whether something else happened in the predicate's place ("rather than attack", "as opposed to").

        Read off the words before it, since parses differ.
        """
        if not self._in_place:
            return False
        first = self.arguments.parse.sentences[self.arguments.token(head).sentence][0]
        for i in range(head - 1, first - 1, -1):
            if i in self._in_place:
                return True
            if self.arguments.token(i).pos not in {"DET", "AUX", "PART", "ADV", "ADJ"}:
                return False
        return False

    def _ends_of_phrases(self) -> frozenset[int]:
        """Last tokens of the phrases that put one thing in another's place."""
        tokens = self.arguments.parse.tokens
        ends = self.lexicon.instead_ends
        return frozenset(
            i
            for i, token in enumerate(tokens)
            if token.lower in ends
            and any(" ".join(t.lower for t in tokens[max(0, i - n) : i + 1]) in self.lexicon.instead for n in (1, 2))
        )
