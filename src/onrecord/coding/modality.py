"""Modality: whether an event is said to have happened, and how firmly, from the words around its trigger.

Each predicate's factuality is worked out from the outside in: what governs it (FactBank's event-selecting and
source-introducing predicates, Saurí and Pustejovsky 2009), then its own modals, hedges, negation and
conditions. The path ends at the cue of the attribution that it lies in, so that the result is always the
innermost source's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from onrecord.coding.arguments import Arguments
from onrecord.coding.negation import Negation
from onrecord.coding.tense import TenseReader
from onrecord.lexicon.modality import ModalityLexicon, Operator
from onrecord.model import Attribution, Modality, Token

NOT_YET = frozenset({"threatened", "demanded", "promised", "planned", "forecast", "conditional", "questioned"})
"""Moods of what has not happened, so far as the words say."""

CEILING = 2.0
"""Highest factuality of an event in one of those moods."""

_WHEN = frozenset({"after", "before", "since", "while", "upon", "following", "despite", "during", "besides"})
"""Prepositions behind which stands what is told for itself, whatever the verb above does to its content."""

_CERTAINTY = ("certain", "probable", "possible", "unknown")


@dataclass(frozen=True, slots=True)
class State:
    """What is known of one predicate: factuality (-3 to 3), mood, certainty, negation, forced tense."""

    value: float = 3.0
    mood: str = "asserted"
    certainty: str = "certain"
    negative: bool = False
    tense: str | None = None
    why: tuple[str, ...] = ()


_FACT = State()


class ModalityReader:
    """Reads modality off one parse; remembers what it worked out."""

    def __init__(self, arguments: Arguments, lexicon: ModalityLexicon) -> None:
        self.arguments = arguments
        self.lexicon = lexicon
        self._tense = TenseReader(arguments, lexicon)
        self._negation = Negation(arguments, lexicon)
        self._known: dict[tuple[int, frozenset[int]], State] = {}

    def modality(
        self,
        head: int,
        carrier: int | None,
        attribution: Attribution | None,
        around: Iterable[Attribution] = (),
    ) -> tuple[Modality, State]:
        """Modality of the event at *head* (carried by the light verb *carrier*) for its innermost source.

        *around* are all attributions that hold the event: the words of their cues belong to the chain and
        never to the event's own modality.
        """
        limit = frozenset(i for a in around for i in self._cue_tokens(a)) | self._cue_tokens(attribution)
        state = self.state(head, limit, carrier)
        tense = state.tense or self._tense.of(carrier if carrier is not None else head)
        if attribution is not None and attribution.cue is not None:
            state = self._told(state, attribution, head)
            tense = state.tense or tense
        return self._settled(state, tense), state

    def negated(self, head: int) -> bool:
        """Whether the predicate at *head* is negated by its own words, subject or object."""
        return self._negation.holds(head)

    def _cue_tokens(self, attribution: Attribution | None) -> frozenset[int]:
        if attribution is None or attribution.cue is None:
            return frozenset()
        return frozenset(self.arguments.parse.tokens_in(attribution.cue.span))

    def _told(self, state: State, attribution: Attribution, head: int) -> State:
        """*state* under the cue of the attribution (a denial turns it round)."""
        assert attribution.cue is not None
        operator = self.lexicon.cues.get(attribution.cue.kind)
        if operator is None or attribution.continued:
            return state
        negated = any(self._negation.holds(i) for i in self._cue_tokens(attribution))
        if operator.mood == "denied":
            if negated:
                return replace(state, why=(*state.why, "denial negated"))
            if state.negative:  # "denied that it had not attacked"
                why = (*state.why, f"cue {attribution.cue.text} of a negation")
                return replace(state, value=abs(state.value), negative=False, why=why)
            value = -abs(state.value)
            return replace(state, value=value, mood="denied", why=(*state.why, f"cue {attribution.cue.text}"))
        if attribution.cue.kind == "warns" and self._against(head):
            demand = self.lexicon.cues.get("demands", operator)
            state = replace(state, negative=not state.negative)
            return self._under(state, demand, f"cue {attribution.cue.text} against")
        if operator.polarity == "negative" and not negated:
            return replace(state, value=operator.holds, negative=True, why=(*state.why, f"cue {attribution.cue.text}"))
        if attribution.form == "direct" and operator.mood in NOT_YET:
            return state  # the words quoted speak for themselves
        if negated:
            return state
        return self._under(state, operator, f"cue {attribution.cue.text}")

    def _against(self, head: int) -> bool:
        """Whether what is told stands behind "against" (a warning against it asks that it should not happen)."""
        for i in self.arguments.parse.ancestors(head):
            token = self.arguments.token(i)
            if token.lower == "against" and token.dep == "prep":
                return True
        return False

    @staticmethod
    def _under(state: State, operator: Operator, why: str) -> State:
        mood = operator.mood if operator.mood is not None and state.mood == "asserted" else state.mood
        if mood in NOT_YET and state.mood == "asserted" and state.tense == "past":
            mood = state.mood
        certainty = _weakest(state.certainty, operator.certainty)
        value = min(state.value, operator.holds) if mood in NOT_YET else state.value
        return replace(
            state,
            value=value,
            mood=mood,
            certainty=certainty,
            tense=state.tense or operator.tense,
            why=(*state.why, why),
        )

    @staticmethod
    def _settled(state: State, tense: str) -> Modality:
        """Modality of a state, reconciled: at most 2 for what has yet to happen, 0 for what is negated."""
        value, mood = state.value, state.mood
        if mood in NOT_YET:
            value = min(value, CEILING)
            tense = "future" if tense == "past" and mood != "questioned" else tense
        if state.negative and mood != "denied":
            value = min(value, 0.0)
        return Modality(
            polarity="negative" if state.negative else "positive",
            certainty=state.certainty,  # type: ignore[arg-type]
            mood=mood,  # type: ignore[arg-type]
            tense=tense,  # type: ignore[arg-type]
            factuality=round(value, 2),
        )

    # -- from the outside in -----------------------------------------------------------------------------

    def state(self, head: int, limit: frozenset[int], carrier: int | None = None) -> State:
        """State of the predicate at *head*; the path upwards ends at the tokens of *limit*."""
        key = (head, limit)
        if carrier is None and key in self._known:
            return self._known[key]
        if carrier is None:
            self._known[key] = _FACT  # a circle in a broken tree ends here
        outer = self.state(carrier, limit) if carrier is not None else self._outer(head, limit)
        if carrier is not None:
            outer = self._governed(outer, self.lexicon.verbs.get(self.arguments.token(carrier).lemma), carrier)
        state = self._own(head, outer)
        if carrier is None:
            self._known[key] = state
        return state

    def _outer(self, head: int, limit: frozenset[int]) -> State:
        """State that the governor of *head* leaves to it."""
        token = self.arguments.token(head)
        if token.head == head:
            return _FACT
        if token.head in limit:
            return self._asked_of(token)
        if token.pos in {"NOUN", "PROPN", "PRON"} and token.dep != "advcl":
            return self._around_noun(token, limit)
        return self._around_verb(token, limit)

    def _asked_of(self, token: Token) -> State:
        """What a cue leaves to the clause that hangs on it: "told the army to leave" tells of no leaving."""
        if token.dep not in {"xcomp", "advcl", "ccomp"} or not self._infinitive(token.index):
            return _FACT
        operator = self._operator(token.head, "to")
        if operator is None or operator.mood != "demanded":
            return _FACT
        return self._governed(_FACT, operator, token.head)

    def _around_verb(self, token: Token, limit: frozenset[int]) -> State:
        governor = token.head
        upper = self.arguments.token(governor)
        if token.dep in {"xcomp", "ccomp", "oprd"}:
            if token.tag == "VBD" and upper.lemma not in {"say", "deny"}:
                return self._finite(token, limit)
            return self._from(governor, limit, "to" if self._infinitive(token.index) else "")
        if token.dep == "conj":
            if upper.pos in {"VERB", "AUX"}:
                return self._outer(governor, limit)
            return _FACT
        if token.dep == "acl" and token.tag == "VB":
            return self._from(governor, limit, "to")
        if token.dep == "advcl":
            return self._around_adverbial(token, limit)
        if token.dep == "pcomp" or (token.dep == "pobj" and token.tag == "VBG"):
            above = upper.head
            if upper.lower in self.lexicon.negative_prepositions:
                return replace(_FACT, value=-2.5, negative=True, why=(upper.lower,))
            if upper.lower == "of" and self.arguments.token(above).lower == "short":
                return replace(_FACT, value=-2.5, negative=True, why=("short of",))
            if above in limit or above == governor or upper.lower in _WHEN:
                return _FACT
            return self._from(above, limit, upper.lower)
        return _FACT

    def _finite(self, token: Token, limit: frozenset[int]) -> State:
        """A clause in the past tense under a word of wanting or planning ("decided that it met the test")."""
        state = self._from(token.head, limit, "")
        if state.mood in {"planned", "demanded", "promised"}:
            return replace(_FACT, value=2.5, certainty="probable")
        return state

    def _around_adverbial(self, token: Token, limit: frozenset[int]) -> State:
        marks = {self.arguments.token(c).lower for c in self.arguments.children(token.index, ("mark", "advmod"))}
        if "for" in marks and self._infinitive(token.index):  # "called for the camps to be closed"
            return self._from(token.head, limit, "for")
        if marks & self.lexicon.conditional_marks:
            return replace(_FACT, value=0.7, mood="conditional", certainty="possible", why=("condition",))
        if marks or token.tag in {"VBD", "VBZ", "VBP"}:
            return _FACT
        if token.tag == "VB" and self._infinitive(token.index):  # purpose: "sent troops to quell the revolt"
            outer = self.state(token.head, limit)
            return replace(_FACT, value=min(1.0, outer.value), mood="planned", certainty="unknown", why=("purpose",))
        outer = self.state(token.head, limit)
        return _FACT if outer.negative else outer  # "did not stop, killing two": what did not happen killed none

    def _around_noun(self, token: Token, limit: frozenset[int]) -> State:
        """An event noun under the noun or verb that it depends on."""
        head = token.head
        upper = self.arguments.token(head)
        if token.dep == "conj":
            return self._around_noun(upper, limit) if upper.head != upper.index else _FACT
        if token.dep == "pobj":
            if upper.lower in self.lexicon.negative_prepositions:
                return replace(_FACT, value=-2.5, negative=True, why=(upper.lower,))
            above = upper.head
            if above == head or above in limit:
                return _FACT
            return self._noun_under(above, upper.lower, limit)
        if token.dep in {"dobj", "nsubjpass", "attr"} or (
            token.dep == "nsubj" and upper.lemma in self.lexicon.control.passing
        ):
            if upper.lemma == "be":
                return self.state(head, limit)
            if token.dep == "nsubj":
                return self.state(head, limit)
            return self._noun_under(head, "", limit)
        return _FACT

    def _noun_under(self, above: int, preposition: str, limit: frozenset[int]) -> State:
        operator = self._operator(above, preposition)
        if operator is None or (preposition not in {"", "of", "to", "for", "from", "on", "against", "about", "at"}):
            return _FACT
        return self._governed(self.state(above, limit), operator, above)

    def _from(self, governor: int, limit: frozenset[int], preposition: str) -> State:
        if governor in limit:
            return _FACT
        operator = self._operator(governor, preposition)
        outer = self.state(governor, limit)
        if operator is None:
            token = self.arguments.token(governor)
            if preposition == "to" and token.lemma in {"be", "have"} and self._not_yet(governor):
                return replace(outer, value=-2.5, negative=not outer.negative, why=(*outer.why, "yet to"))
            if preposition == "to" and token.lemma == "be":  # "is to visit"
                return replace(outer, value=min(outer.value, 1.8), mood="planned", certainty="probable", tense="future")
            if token.pos in {"NOUN", "PROPN"}:
                return (
                    _FACT if preposition != "to" else replace(outer, value=min(outer.value, 1.0), certainty="possible")
                )
            return outer
        return self._governed(outer, operator, governor)

    def _not_yet(self, governor: int) -> bool:
        """ "Are yet to arrest", "has yet to answer"."""
        return any(self.arguments.token(c).lower == "yet" for c in self.arguments.children(governor, ("advmod",)))

    def _operator(self, governor: int, preposition: str) -> Operator | None:
        token = self.arguments.token(governor)
        lexicon = self.lexicon
        if token.pos in {"VERB", "AUX"}:
            if preposition and (found := lexicon.verbs.get(f"{token.lemma}_{preposition}")):
                return found
            if token.lemma in {"be", "have"}:
                return None
            return lexicon.verbs.get(token.lemma)
        if token.pos == "ADJ":
            return lexicon.adjectives.get(token.lemma)
        return lexicon.nouns.get(token.lemma)

    def _governed(self, outer: State, operator: Operator | None, governor: int) -> State:
        if operator is None:
            return outer
        value = operator.value(outer.value)
        word = self.arguments.token(governor).lemma
        negative = outer.negative != (operator.polarity == "negative")
        if operator.name in {"knows", "says", "believes", "fears", "claims", "denies", "asks_whether"}:
            negative = False
        if outer.negative and operator.name == "says" and self.arguments.token(governor).pos == "NOUN":
            negative, value = True, -1.5  # "there were no reports of casualties"
        mood = operator.mood or outer.mood
        if operator.mood == "denied" and outer.negative:
            mood = "asserted"
        if value < -1.0 and outer.mood == "asserted" and operator.mood is None:
            negative = True
        return State(
            value,
            mood,
            _weakest(outer.certainty, operator.certainty),
            negative,
            operator.tense or (outer.tense if outer.mood != "asserted" else None),
            (*outer.why, f"{word}: {operator.name}"),
        )

    def _infinitive(self, index: int) -> bool:
        return any(self.arguments.token(c).lower == "to" for c in self.arguments.children(index, ("aux",)))

    # -- the predicate's own words -----------------------------------------------------------------------

    def _own(self, head: int, outer: State) -> State:
        """*outer* narrowed by the modals, hedges, negation and conditions at the predicate itself."""
        state = outer
        for operator, word in self._operators(head):
            state = self._narrowed(state, operator, word, head)
        if self._negation.holds(head) and not (outer.negative and self._negation.shared(head)):
            value = -state.value if state.value > 0 else max(-state.value, 0.0) * 0.8
            state = replace(state, value=value, negative=not state.negative, why=(*state.why, "negated"))
        if self._asked(head) and state.mood == "asserted":
            state = replace(
                state,
                mood="questioned",
                certainty="unknown",
                value=min(state.value, 0.6),
                why=(*state.why, "question"),
            )
        return state

    def _operators(self, head: int) -> Iterable[tuple[Operator, str]]:
        lexicon = self.lexicon
        token = self.arguments.token(head)
        found: list[tuple[Operator, str]] = []
        for child in self.arguments.parse.children[head]:
            other = self.arguments.token(child)
            if other.dep == "aux" and other.lower in lexicon.modals:
                found.append((lexicon.modals[other.lower], other.lower))
            elif other.dep in {"advmod", "amod", "compound", "nmod"} and other.lower in lexicon.hedges:
                if other.lower in {"failed", "attempted"} and token.pos == "VERB":
                    continue
                found.append((lexicon.hedges[other.lower], other.lower))
        if token.dep == "conj" and token.pos in {"VERB", "AUX"} and not self._negation.own_auxiliary(head):
            upper = self.arguments.token(token.head)
            if upper.pos in {"VERB", "AUX"} and token.tag in {"VB", "VBN", "VBG"}:
                found.extend(pair for pair in self._operators(token.head) if pair[0] in lexicon.modals.values())
        return found

    def _narrowed(self, state: State, operator: Operator, word: str, head: int) -> State:
        mood = operator.mood
        value = operator.holds
        certainty = operator.certainty
        if mood == "conditional" and not self.has_condition(head):
            mood, value, certainty = "planned", 1.6, "probable"  # "said it would send": will, told later
        elif mood == "planned" and operator.tense == "future" and self.has_condition(head):
            mood, value, certainty = "conditional", 1.2, "possible"
        if mood == "planned" and not self._somebody(head) and word in {"will", "would", "'ll", "wo"}:
            mood = "forecast"
        negative = state.negative != (operator.polarity == "negative")
        if operator.polarity == "negative" and state.value > 0:
            value = operator.holds
            new = value
        else:
            new = min(state.value, value) if state.value > 0 else state.value
        past = self._perfect(head) and operator.tense is None
        return State(
            new,
            state.mood if state.mood != "asserted" or mood is None else mood,
            _weakest(state.certainty, certainty),
            negative,
            state.tense or (None if past else operator.tense),
            (*state.why, word),
        )

    def _perfect(self, head: int) -> bool:
        return any(self.arguments.token(c).lower == "have" for c in self.arguments.children(head, ("aux",)))

    def _somebody(self, head: int) -> bool:
        """Whether the clause has a subject that can plan (a name, a pronoun, people)."""
        subjects = self.arguments.surface_subjects(head)
        return any(
            self.arguments.token(i).pos in {"PROPN", "PRON"} or self.arguments.token(i).entity != "" for i in subjects
        ) or bool(subjects and not self.arguments.passive(head))

    def has_condition(self, head: int) -> bool:
        """Whether an if-clause hangs on the predicate or on the one it is coordinated with."""
        for child in self.arguments.children(head, ("advcl",)):
            marks = {self.arguments.token(c).lower for c in self.arguments.children(child, ("mark", "advmod"))}
            if marks & {"if", "unless", "provided", "should"}:
                return True
        token = self.arguments.token(head)
        return token.dep == "conj" and token.head != head and self.has_condition(token.head)

    def _asked(self, head: int) -> bool:
        """Whether the predicate heads a question."""
        token = self.arguments.token(head)
        first, end = self.arguments.parse.sentences[token.sentence]
        last = self.arguments.token(end - 1)
        if last.lower in {'"', "”", "'", "’"} and end - 2 >= first:
            last = self.arguments.token(end - 2)
        return last.text == "?" and (token.dep == "ROOT" or token.dep in {"conj", "ccomp", "dobj", "attr"})


def _weakest(one: str, other: str | None) -> str:
    if other is None:
        return one
    return max(one, other, key=_CERTAINTY.index)
