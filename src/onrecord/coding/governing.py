"""What the words above a predicate do to it, worked out from the outside in.

The classes of words are FactBank's event-selecting and source-introducing predicates (Saurí and Pustejovsky 2009)
and Karttunen's implicatives, as ``data/modality.toml`` lists them.
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.coding.arguments import Arguments
from onrecord.coding.framed import Framed
from onrecord.coding.given import TILL, Given
from onrecord.coding.own_words import OwnWords
from onrecord.coding.states import FACT, HOW_TO, LED_TO, NOT_YET, OPEN, SUPPOSED, TO_COME, UNDONE, State, bound, weakest
from onrecord.lexicon.modality import ModalityLexicon, Operator
from onrecord.model import Token

_WHEN = frozenset({"after", "before", "since", "while", "upon", "following", "despite", "during", "besides"})
"""Prepositions behind which stands what is told for itself, whatever the verb above does to its content."""

_CONTENT = frozenset({"", "of", "to", "for", "from", "on", "against", "about", "at"})
"""Prepositions of what a noun or verb governs; "" is an object."""

_TAKEN_FOR_TRUE = frozenset({"knows", "says", "believes", "fears", "claims", "denies", "asks_whether"})
_WILLED = frozenset({"demanded", "promised", "threatened", "planned", "forecast"})
_COPULAS = frozenset({"be", "become", "remain", "get", "stay"})
_AHEAD = frozenset({"ahead", "on", "forward", "off", "through"})
_RELATING = frozenset({"when", "where", "whenever", "wherever", "why", "how", "once", "unless", "if"})


class Governing:
    """Works out the states of the predicates of one parse; remembers them."""

    def __init__(self, arguments: Arguments, lexicon: ModalityLexicon, own: OwnWords) -> None:
        self.arguments = arguments
        self.lexicon = lexicon
        self.own = own
        self.given = Given(arguments, lexicon)
        self.framed = Framed(arguments, lexicon, own.negation)
        self._known: dict[tuple[int, frozenset[int]], State] = {}

    def state(self, head: int, limit: frozenset[int], carrier: int | None = None) -> State:
        """State of the predicate at *head*; the path upwards ends at the tokens of *limit*."""
        carrier = None if carrier is not None and self.framed.beside(head, carrier) else carrier
        key = (head, limit)
        if carrier is None and key in self._known:
            return self._known[key]
        if carrier is None:
            self._known[key] = FACT  # a circle in a broken tree ends here
        outer = self.state(carrier, limit) if carrier is not None else self._outer(head, limit)
        if carrier is not None and self.given.of_help(carrier):
            outer = LED_TO
        elif carrier is not None:
            outer = self._governed(outer, self.lexicon.verbs.get(self.arguments.token(carrier).lemma), carrier)
            outer = FACT if outer.negative and self.given.of_another(head, carrier) else outer
        state = self.own.narrowed(head, outer)
        if carrier is None:
            self._known[key] = state
        return state

    def _outer(self, head: int, limit: frozenset[int]) -> State:
        """State that the governor of *head* leaves to it."""
        token = self.arguments.token(head)
        if self.given.inverted(token):
            return self.given.unreal(token, SUPPOSED)
        if token.head == head:
            return self._headline(head)
        if token.head in limit:
            return self._asked_of(token)
        if (framed := self.framed.read(token, limit, self.state)) is not None:
            return framed
        if token.pos == "ADJ" and token.dep == "acomp" and self.arguments.token(token.head).lemma in _COPULAS:
            return self.state(token.head, limit)  # "was not able": the copula bears modals and negation
        if self.given.turned_down(head):
            return replace(UNDONE, why=("rather than",))
        if token.pos in {"NOUN", "PROPN", "PRON"} and token.dep != "advcl":
            return self._around_noun(token, limit)
        return self._around_verb(token, limit)

    def _headline(self, head: int) -> State:
        """A headline's infinitive tells of what is planned ("Minister to visit flooded towns")."""
        if self.arguments.token(head).tag == "VB" and self._infinitive(head):
            return replace(FACT, value=1.8, mood="planned", certainty="probable", tense="future", why=("to",))
        return FACT

    def _asked_of(self, token: Token) -> State:
        """What a cue leaves to the clause that hangs on it: "told the army to leave" tells of no leaving."""
        if token.dep == "ccomp" and self._marks(token.index) & self.lexicon.open_marks:
            return OPEN
        if self._infinitive(token.index):
            if self.arguments.token(token.head).lemma == "want" and token.dep == "xcomp":
                return FACT
            form = "to" if token.dep in {"xcomp", "advcl", "ccomp", "acl", "relcl"} else None
        elif token.dep == "ccomp" and token.tag in {"VB", "VBP"}:
            form = ""  # "recommended that they adopt it"
        else:
            form = "ing" if token.dep == "xcomp" and token.tag == "VBG" else None
        operator = self._operator(token.head, form) if form is not None else None
        if token.dep in {"pcomp", "pobj"} and self._rejecting(token.head):  # "decided against" as a cue
            return replace(UNDONE, why=(self.arguments.token(token.head).lower,))
        weighed = form is not None and self.arguments.token(token.head).lemma in self.lexicon.weighing
        if weighed and (operator is None or operator.mood != "demanded"):
            operator = self.lexicon.verbs.get("plan")
        if operator is not None and operator.mood in _WILLED and self.own.negation.holds(token.head):
            return self._governed(replace(FACT, value=-3.0, negative=True), operator, token.head)  # "gave no order to"
        if operator is None or not (weighed or operator.mood == "demanded" or operator.polarity == "negative"):
            return FACT
        return self._governed(FACT, operator, token.head)

    def _around_verb(self, token: Token, limit: frozenset[int]) -> State:
        governor = token.head
        upper = self.arguments.token(governor)
        if token.dep in {"xcomp", "ccomp", "oprd"}:
            return self._complement(token, limit)
        if token.dep == "conj":
            return self._outer(governor, limit) if upper.pos in {"VERB", "AUX"} else FACT
        if token.dep == "acl" and token.tag == "VB":
            return self._from(governor, limit, "to")
        if token.dep == "acl" and "that" in self._marks(token.index):  # "the possibility that they took part"
            return self._finite(token, limit)
        if token.dep == "relcl":
            infinitive = token.tag == "VB" and self._infinitive(token.index)  # "a way to work with them"
            return self._from(governor, limit, "to") if infinitive else self._of_anybody(token, limit)
        if token.dep == "advcl":
            return self._around_adverbial(token, limit)
        if token.dep == "pcomp" or (token.dep == "pobj" and token.tag == "VBG"):
            above = upper.head
            if self._rejecting(governor):
                return replace(UNDONE, why=(upper.lower,))
            if upper.lower == "before" and (ahead := self._not_before(token, above, limit)) is not None:
                return ahead
            if above in limit or above == governor or upper.lower in _WHEN or self.given.behind(token):
                return FACT
            return self._from(above, limit, upper.lower)
        return FACT

    def _complement(self, token: Token, limit: frozenset[int]) -> State:
        upper = self.arguments.token(token.head)
        if self.given.apart(token):
            return FACT
        marks = self._marks(token.index)
        if token.dep == "ccomp" and marks & self.lexicon.open_marks and upper.pos != "NOUN":
            outer = self._from(token.head, limit, "")
            return outer if outer.mood != "asserted" else OPEN
        if "for" in marks and self._infinitive(token.index):
            return self._for_clause(token, limit)
        if token.tag == "VBD" and upper.lemma not in {"say", "deny"}:
            return self._finite(token, limit)
        if self._infinitive(token.index):
            return HOW_TO if self._how_to(token.index) else self._from(token.head, limit, "to")
        return self._from(token.head, limit, "ing" if token.tag == "VBG" else "")

    def _finite(self, token: Token, limit: frozenset[int]) -> State:
        """A clause in the past tense under a word of wanting or planning ("decided that it met the test")."""
        state = self._from(token.head, limit, "")
        if state.mood in {"planned", "demanded", "promised"}:
            return replace(FACT, value=2.5, certainty="probable")
        if state.mood == "forecast" and token.tag == "VBD":  # "feared that they had left"
            return replace(state, mood="asserted", tense="past", negative=False)
        return state

    def _of_anybody(self, token: Token, limit: frozenset[int]) -> State:
        """A relative clause in the present tense on nobody in particular ("anyone who attacks"), or on what is only
        supposed."""
        whom = self.arguments.token(token.head)
        any_one = any(self.arguments.token(c).lower == "any" for c in self.arguments.children(whom.index, ("det",)))
        if token.tag in {"VBZ", "VBP", "VB"} and (any_one or whom.lower in self.lexicon.anybody):
            return replace(FACT, value=0.8, mood="conditional", certainty="unknown", why=(whom.lower,))
        verb = self.given.supposed(whom)
        if verb is not None and verb not in limit and (outer := self.state(verb, limit)).mood == "conditional":
            return outer
        return FACT

    def _around_adverbial(self, token: Token, limit: frozenset[int]) -> State:
        marks = self._marks(token.index)
        if "for" in marks and self._infinitive(token.index):
            return self._for_clause(token, limit)
        if self._how_to(token.index):
            return HOW_TO
        if marks & self.lexicon.conditional_marks:
            return SUPPOSED
        if "before" in marks and (ahead := self._not_before(token, token.head, limit)) is not None:
            return ahead
        if marks & TILL and self.given.until_then(token):
            return TO_COME
        if marks or token.tag in {"VBD", "VBZ", "VBP"} or self.given.finite(token):
            return FACT
        outer = self.state(token.head, limit)
        if token.tag == "VB" and self._infinitive(token.index):
            return self._purpose(token, outer)
        return FACT if outer.negative else outer  # "did not stop, killing two": what did not happen killed none

    def _not_before(self, token: Token, above: int, limit: frozenset[int]) -> State | None:
        """What lies ahead of something that is only planned, asked for or under way ("holds talks before deciding")."""
        if above == token.index or token.tag == "VBD":
            return None
        outer = self.state(above, limit)
        return TO_COME if outer.mood in NOT_YET or self.given.under_way(above) else None

    def _purpose(self, token: Token, outer: State) -> State:
        """What something is done for: told as done with verbs of going and gathering ("met to discuss"), as
        planned with others ("sent troops to quell the revolt")."""
        upper = self.arguments.token(token.head)
        if upper.lemma == "be" and (done := self.given.done(self.given.said(upper), outer)) is not None:
            return done  # "was one of the first to go"
        if upper.lemma == "be" and self.given.purpose_of_words(upper):
            return replace(outer, value=min(outer.value, 2.0), certainty="probable", tense="past")
        participle = upper.tag == "VBN" and not self.arguments.passive(upper.index)
        acted = upper.tag == "VBD" or participle or (upper.tag == "VBG" and upper.dep in {"pcomp", "advcl", "acl"})
        if acted and upper.lemma in self.lexicon.carried_out and outer.mood == "asserted" and not outer.negative:
            return replace(FACT, value=min(2.2, outer.value), certainty="probable", tense="past", why=("came to",))
        return replace(FACT, value=min(1.0, outer.value), mood="planned", certainty="unknown", why=("purpose",))

    def _for_clause(self, token: Token, limit: frozenset[int]) -> State:
        """ "Called for the camps to be closed"; "made it hard for families to sue" tells of no suing."""
        operator = self._operator(token.head, "for") if token.head not in limit else None
        if operator is not None and operator.mood is not None:
            return self._from(token.head, limit, "for")
        outer = self.state(token.head, limit) if token.head not in limit else FACT
        mood = "conditional" if outer.mood == "asserted" else outer.mood
        return replace(outer, value=min(outer.value, 0.8), mood=mood, certainty=weakest(outer.certainty, "possible"))

    # -- nouns -------------------------------------------------------------------------------------------

    def _around_noun(self, token: Token, limit: frozenset[int]) -> State:
        """An event noun under the noun or verb that it depends on."""
        head = token.head
        upper = self.arguments.token(head)
        if token.dep == "conj":
            return self._around_noun(upper, limit) if upper.head != upper.index else FACT
        if token.dep == "pobj":
            above = upper.head
            if self._rejecting(head):
                return replace(UNDONE, why=(upper.lower,))
            if above == head or above in limit:
                return FACT
            return self._noun_under(above, upper.lower, limit)
        if token.dep == "nsubj":
            return self._subject(token, limit)
        if token.dep in {"dobj", "nsubjpass", "attr"}:
            return self.state(head, limit) if upper.lemma == "be" else self._noun_under(head, "", limit)
        return FACT

    def _subject(self, token: Token, limit: frozenset[int]) -> State:
        """An event as the subject: "talks will resume", "a summit is unlikely", "there was no attack"."""
        upper = self.arguments.token(token.head)
        if self.given.ending(token):
            return replace(FACT, tense="ongoing")
        passing = upper.lemma in self.lexicon.control.passing
        if upper.lemma == "go":
            passing = any(
                self.arguments.token(c).lower in _AHEAD for c in self.arguments.children(upper.index, ("prt", "advmod"))
            )
        said = self._predicated(upper.index)
        if said is not None and said[0].mood is not None:
            if said[0].mood == "demanded" and self.given.weighed(token):
                return FACT
            if self.given.raised(said[1], self.lexicon.control.passing):
                return FACT  # "the raid is likely to delay the talks"
            return self._governed(self.state(upper.index, limit), *said)
        return self.state(upper.index, limit) if passing else FACT

    def _predicated(self, verb: int) -> tuple[Operator, int] | None:
        """What is said of the subject of a copula: the adjective's operator, and the adjective."""
        if self.arguments.token(verb).lemma not in _COPULAS:
            return None
        for child in self.arguments.children(verb, ("acomp", "oprd")):
            operator = self.lexicon.adjectives.get(self.arguments.token(child).lemma)
            if operator is not None:
                return operator, child
        return None

    def _noun_under(self, above: int, preposition: str, limit: frozenset[int]) -> State:
        operator = self._operator(above, preposition)
        if operator is None or not (preposition in _CONTENT or (preposition == "in" and self.given.in_it(above))):
            return FACT
        if preposition == "about" and operator.mood in {None, "demanded", "questioned"}:
            return FACT  # "asked about his visit"
        if preposition == "to" and self.given.of_help(above):
            return LED_TO
        return self._governed(self.state(above, limit), operator, above)

    def _rejecting(self, preposition: int) -> bool:
        """Whether what stands behind the preposition did not happen: "without", "instead of", "decided against"."""
        token = self.arguments.token(preposition)
        above = self.arguments.token(token.head)
        if token.lower in self.lexicon.negative_prepositions:
            return True
        if token.lower == "against":
            return above.lemma in self.lexicon.decides
        return token.lower == "of" and (above.lower in self.lexicon.short_of or self.framed.hindsight.no_sign(above))

    def stands_for_itself(self, head: int) -> bool:
        """Whether an event noun is what a verb of no account for it does something to ("support the request"):
        what is said of the verb is not said of it."""
        token = self.arguments.token(head)
        upper = self.arguments.token(token.head)
        if token.pos != "NOUN" or token.dep not in {"dobj", "nsubjpass"} or upper.pos != "VERB":
            return False
        operator = self._operator(upper.index, "")
        return operator is None or operator.name in {"knows", "stops"}

    # -- governors ---------------------------------------------------------------------------------------

    def _from(self, governor: int, limit: frozenset[int], preposition: str) -> State:
        if governor in limit:
            return FACT
        operator = self._operator(governor, preposition)
        outer = self.state(governor, limit)
        token = self.arguments.token(governor)
        if preposition == "to" and token.lower in {"going", "gon"} and self.arguments.children(governor, ("aux",)):
            return bound(outer)
        if (done := self.given.read(token, preposition, outer)) is not None:
            return done
        if operator is not None:
            return self._governed(outer, operator, governor)
        if preposition == "" and (said := self._predicated(governor)) is not None:  # "it is unlikely that they left"
            return self._governed(outer, *said)
        if preposition == "to" and token.lemma in {"be", "have"} and self.given.not_yet(governor):
            return replace(outer, value=-2.5, negative=not outer.negative, why=(*outer.why, "yet to"))
        if preposition == "to" and token.lemma == "be" and self.given.purpose_of_words(token):
            return replace(outer, value=min(outer.value, 2.0), certainty="probable", tense="past")
        if preposition == "to" and token.lemma == "be":  # "is to visit"
            return replace(outer, value=min(outer.value, 1.8), mood="planned", certainty="probable", tense="future")
        if token.pos in {"NOUN", "PROPN"} and preposition != "to":
            return FACT
        if preposition == "to" and token.pos in {"NOUN", "PROPN", "ADJ"}:  # "a mission to free them", "hard to sue"
            mood = "planned" if token.pos != "ADJ" else "conditional"
            mood = mood if outer.mood == "asserted" else outer.mood
            return replace(
                outer, value=min(outer.value, 1.0), mood=mood, certainty=weakest(outer.certainty, "possible")
            )
        return outer

    def _operator(self, governor: int, preposition: str) -> Operator | None:
        token = self.arguments.token(governor)
        lexicon = self.lexicon
        if token.pos in {"VERB", "AUX"}:
            for particle in (*self.given.particles(governor), preposition):
                if particle and (found := lexicon.verbs.get(f"{token.lemma}_{particle}")):
                    return found
            return None if token.lemma in {"be", "have"} else lexicon.verbs.get(token.lemma)
        if token.pos == "ADJ":
            cause = preposition and token.lemma == "due"  # "deaths due to shelling"
            return None if cause else lexicon.adjectives.get(token.lemma)
        in_charge = token.lemma == "charge" and self.arguments.token(token.head).lower == "in"
        found = None if in_charge else lexicon.nouns.get(token.lemma)
        if found is not None and found.name == "makes_possible" and preposition != "to":
            return None  # "a time of violence" is no time to attack
        return found

    def _governed(self, outer: State, operator: Operator | None, governor: int) -> State:
        if operator is None:
            return outer
        word = self.arguments.token(governor).lemma
        if operator.name == "stops" and outer.mood in _WILLED:  # "called on them to halt the attacks"
            return replace(FACT, value=2.5, certainty="probable", why=(*outer.why, f"{word}: goes on"))
        value = operator.value(outer.value)
        negative = outer.negative != (operator.polarity == "negative")
        if operator.name in _TAKEN_FOR_TRUE:
            negative = False
        if outer.negative and operator.name == "says" and self.arguments.token(governor).pos == "NOUN":
            negative, value = True, -1.5  # "there were no reports of casualties"
        mood = operator.mood or outer.mood
        mood = (
            outer.mood if (operator.name, outer.mood) == ("promises", "demanded") else mood
        )  # "orders to stand ready"
        if operator.mood == "denied" and outer.negative:
            mood = "asserted"
        willing = operator.name == "promises" or word in self.lexicon.inclined
        if willing and outer.negative and self.arguments.token(governor).pos == "ADJ":
            return replace(outer, value=-2.0, why=(*outer.why, f"not {word}"))
        negative = negative or (value < -1.0 and outer.mood == "asserted" and operator.mood is None)
        return State(
            value,
            mood,
            weakest(outer.certainty, operator.certainty),
            negative,
            operator.tense or (outer.tense if outer.mood != "asserted" else None),
            (*outer.why, f"{word}: {operator.name}"),
        )

    def _marks(self, index: int) -> set[str]:
        """Words that open the clause of *index*: conjunctions, and adverbs that ask or relate."""
        marks = {
            self.arguments.token(c).lower
            for c in self.arguments.children(index, ("mark",))
            if not self.given.instance(c)
        }
        adverbs = {self.arguments.token(c).lower for c in self.arguments.children(index, ("advmod",))}
        return marks | (adverbs & _RELATING)

    def _how_to(self, index: int) -> bool:
        """Whether an infinitive stands behind a word that asks ("decide when to cut")."""
        before = {self.arguments.token(c - 1).lower for c in self.arguments.children(index, ("aux",)) if c}
        return self._infinitive(index) and bool(before & (_RELATING | {"whether"}))

    def _infinitive(self, index: int) -> bool:
        return any(self.arguments.token(c).lower == "to" for c in self.arguments.children(index, ("aux",)))
