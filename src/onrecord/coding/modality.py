"""Modality: whether an event is said to have happened, and how firmly, from the words around its trigger.

Each predicate's factuality is worked out from the outside in: what governs it (``governing``), then its own modals,
hedges, negation and conditions (``own_words``). The path ends at the cue of the attribution that it lies in, and what
that cue says of its content comes last, so that the result is always the innermost source's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onrecord.coding.arguments import Arguments
from onrecord.coding.governing import Governing
from onrecord.coding.own_words import OwnWords
from onrecord.coding.states import CEILING, NOT_YET, UNKNOWN, State, weakest
from onrecord.coding.tense import TenseReader
from onrecord.lexicon.modality import ModalityLexicon, Operator
from onrecord.model import Attribution, Modality, Token

__all__ = ["CEILING", "NOT_YET", "ModalityReader", "State"]

_FOR_ITSELF = frozenset(
    {"after", "since", "following", "during", "despite", "amid", "because", "over", "in", "with", "by", "behind"}
)
"""Prepositions that end what a cue does to its content: behind them stands what is told for itself."""

_SPOKEN_OF = frozenset({"warns", "predicts", "threatens", "demands", "promises", "agrees"})
"""Kinds of cues for which "about" leads to the content itself ("warned about attacks")."""

_TIMES = frozenset({"after", "since", "when", "because", "once", "while"})
_TOPICS = frozenset({"about", "into", "regarding", "concerning", "over"})
_PLANS = frozenset({"plan", "intend", "aim", "prepare", "hope", "schedule"})
_WORDED = frozenset({"know", "say", "claim", "allege"})
"""Verbs that leave open what they are negated of."""

_WILLED = frozenset({"demanded", "promised", "threatened", "planned"})


class ModalityReader:
    """Reads modality off one parse; remembers what it worked out."""

    def __init__(self, arguments: Arguments, lexicon: ModalityLexicon) -> None:
        self.arguments = arguments
        self.lexicon = lexicon
        self._tense = TenseReader(arguments, lexicon)
        self._own = OwnWords(arguments, lexicon)
        self._governing = Governing(arguments, lexicon, self._own)

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
        tense = state.tense or self._tense.of_event(head, carrier)
        if attribution is not None and attribution.cue is not None:
            state = self._told(state, attribution, carrier if carrier is not None else head)
            tense = state.tense or tense
        return self._settled(state, tense), state

    def state(self, head: int, limit: frozenset[int], carrier: int | None = None) -> State:
        """State of the predicate at *head*; the path upwards ends at the tokens of *limit*."""
        return self._governing.state(head, limit, carrier)

    def negated(self, head: int) -> bool:
        """Whether the predicate at *head* is negated by its own words, subject or object."""
        return self._own.negation.holds(head)

    def has_condition(self, head: int) -> bool:
        """Whether an if-clause hangs on the predicate or on the one it is coordinated with."""
        return self._own.has_condition(head)

    # -- cues --------------------------------------------------------------------------------------------

    def _cue_tokens(self, attribution: Attribution | None) -> frozenset[int]:
        if attribution is None or attribution.cue is None:
            return frozenset()
        return frozenset(self.arguments.parse.tokens_in(attribution.cue.span))

    def _told(self, state: State, attribution: Attribution, head: int) -> State:
        """*state* under the cue of the attribution (a denial turns it round)."""
        assert attribution.cue is not None
        cue = self._cue_tokens(attribution)
        operator = self._cue_operator(attribution.cue.kind, cue)
        if not attribution.continued and (unsaid := self._unsaid(state, head, cue)) is not None:
            return unsaid
        if operator is None or attribution.continued or not self._reached(head, cue, attribution.cue.kind, operator):
            return state
        if operator.mood == "demanded" and self._own_wish(head, cue):
            operator = self.lexicon.verbs.get("plan", operator)
        if operator.mood == "questioned" and self._takes_for_granted(head, cue):
            return state
        negated = any(self._own.negation.holds(i) for i in cue)
        why = f"cue {attribution.cue.text}"
        if operator.mood == "denied":
            return self._denied(state, why, negated)
        if attribution.cue.kind == "warns" and self._against(head):
            demand = self.lexicon.cues.get("demands", operator)
            state = replace(state, negative=not state.negative)
            return self._under(state, demand, f"{why} against")
        if operator.polarity == "negative" and not negated:
            return replace(state, value=operator.holds, negative=True, why=(*state.why, why))
        if attribution.cue.kind == "predicts" and state.mood == "asserted" and self._was(head):
            operator = replace(operator, mood=None, tense=None)  # "feared that they had been killed"
        if attribution.form == "direct" and operator.mood in NOT_YET:
            return state  # the words quoted speak for themselves
        if negated and operator.mood == "planned" and not state.negative:
            unplanned = self._under(state, operator, f"{why}, negated")  # "does not intend to"
            return replace(unplanned, value=-abs(unplanned.value), negative=True)
        return state if negated else self._under(state, operator, why)

    def _own_wish(self, head: int, cue: frozenset[int]) -> bool:
        """Whether somebody wants to do something himself ("wanted to call for help")."""
        for i in (head, *self.arguments.parse.ancestors(head)):
            token = self.arguments.token(i)
            if token.head in cue:
                return token.dep == "xcomp" and self.arguments.token(token.head).lemma == "want"
        return False

    def _unsaid(self, state: State, head: int, cue: frozenset[int]) -> State | None:
        """*state* of what somebody says he does not know of, or does not say ("we know of no", "did not say that");
        None where the cue is not negated, or asks when or why of a fact."""
        verb = next((i for i in sorted(cue) if self.arguments.token(i).lemma in _WORDED), None)
        if verb is None or not self._own.negation.holds(verb) or state.negative or state.value <= 0:
            return None
        lemma = self.arguments.token(verb).lemma
        path = [i for i in (head, *self.arguments.parse.ancestors(head)) if i not in cue]
        clause = next((i for i in path if self.arguments.token(i).head in cue), None)
        if clause is None:
            return None
        if lemma == "know":
            of = {self.arguments.token(clause).lower, *(self.arguments.token(i).lower for i in cue)}
            if "of" not in of or not self._any(path):
                return None
            return replace(UNKNOWN, why=(*state.why, *UNKNOWN.why))
        token = self.arguments.token(clause)
        if token.dep != "ccomp" or self._asks_of(clause):
            return None
        return replace(state, value=min(state.value, 0.0), certainty="unknown", why=(*state.why, "not said"))

    def _any(self, path: list[int]) -> bool:
        """Whether an "any" stands at the words of *path* or right at what they are said of."""
        near = [c for i in path for c in (i, *self.arguments.children(i, ("nsubj", "nsubjpass", "dobj")))]
        return any(self.arguments.token(d).lower == "any" for i in near for d in self.arguments.children(i, ("det",)))

    def _takes_for_granted(self, head: int, cue: frozenset[int]) -> bool:
        """ "Asked why he had criticized them": that he did is no question; what else the clause names may be one."""
        for i in (head, *self.arguments.parse.ancestors(head)):
            token = self.arguments.token(i)
            if token.head in cue and i not in cue:
                first = self.arguments.token(token.left)
                return token.dep in {"ccomp", "advcl", "xcomp"} and first.lower in {"why", "how", "when", "where"}
            if token.pos not in {"VERB", "AUX"} or token.dep not in {"xcomp", "conj"}:
                return False
        return False

    def _asks_of(self, clause: int) -> bool:
        """ "Did not say who, when or whether"."""
        first = self.arguments.token(self.arguments.token(clause).left)
        return first.tag in {"WP", "WRB", "WDT", "WP$"} or first.lower in {"whether", "if", "how"}

    @staticmethod
    def _denied(state: State, why: str, negated: bool) -> State:
        if negated:
            return replace(state, why=(*state.why, "denial negated"))
        if state.negative:  # "denied that it had not attacked"
            return replace(state, value=abs(state.value), negative=False, why=(*state.why, f"{why} of a negation"))
        return replace(state, value=-abs(state.value), mood="denied", why=(*state.why, why))

    def _cue_operator(self, kind: str, cue: frozenset[int]) -> Operator | None:
        """What cues of the kind do; one of doubt ("questioned whether") leaves open what others deny."""
        operator = self.lexicon.cues.get(kind)
        lemmas = {self.arguments.token(i).lemma for i in cue}
        if operator is not None and operator.mood == "promised" and lemmas & _PLANS:
            return self.lexicon.verbs.get("plan", operator)
        if kind in {"suggests", "announces"} and lemmas & self.lexicon.proposals:
            return self.lexicon.cues.get("demands", operator)
        if "argue" in lemmas and any(self.arguments.token(i).lower == "for" for i in cue):
            return self.lexicon.cues.get("demands", operator)
        if operator is not None and operator.mood == "denied" and lemmas & self.lexicon.doubts:
            return self.lexicon.verbs.get("doubt", operator)
        return operator

    def _reached(self, head: int, cue: frozenset[int], kind: str, operator: Operator) -> bool:
        """Whether the cue speaks of the event itself, and not of something that it is told along with: "ordered
        all lawyers arrested last week freed" orders no arrests, "asked about his visit" takes the visit for true."""
        willed = operator.mood in _WILLED
        if kind == "agrees" and {self.arguments.token(i).lemma for i in cue} & self.lexicon.backs:
            return False
        for i in (head, *self.arguments.parse.ancestors(head)):
            token = self.arguments.token(i)
            if i in cue:
                return token.lower != "about" or kind in _SPOKEN_OF
            if willed and token.head not in cue and self._governing.stands_for_itself(i):
                return False
            if (
                willed
                and token.dep == "dobj"
                and token.head not in cue
                and self._governing.framed.hindsight.borne(token)
            ):
                return False
            beside = token.dep == "relcl" or (token.dep == "acl" and token.tag in {"VBN", "VBD", "JJ"})
            if beside and not (token.head in cue and self._that(i)):
                return False
            if token.dep == "prep" and token.head in cue and token.lower == "about" and kind not in _SPOKEN_OF:
                return False
            if token.dep == "prep" and token.lower in _FOR_ITSELF and not self._part_in(token.head, token.lower):
                return False
            if willed and token.tag == "VBG" and token.dep == "acl" and self._addressed(token.head, cue):
                return False
            if willed and token.tag == "VBD" and token.dep in {"ccomp", "advcl", "conj"}:
                return False
            if willed and token.dep == "amod" and token.tag in {"VBN", "VBD"}:
                return False  # "insisted that all imprisoned soldiers go free"
            if operator.mood in NOT_YET and self._told_along(token, cue):
                return False
            if self._given_for(token, cue, operator):
                return False
        return True  # words quoted, or told apart from their cue

    def _was(self, head: int) -> bool:
        """Whether the clause of a verb is told in the past or perfect tense."""
        token = self.arguments.token(head)
        if token.dep not in {"ccomp", "acl", "conj"}:
            return False
        return token.tag == "VBD" or any(
            self.arguments.token(c).lower in {"has", "have", "had"} for c in self.arguments.children(head, ("aux",))
        )

    def _addressed(self, noun: int, cue: frozenset[int]) -> bool:
        """Whether a noun is whom the cue speaks to: "urged those calling for a vote to wait"."""
        token = self.arguments.token(noun)
        return token.dep == "dobj" and token.head in cue

    def _that(self, index: int) -> bool:
        """Whether the clause at token *index* says what a noun of the cue tells ("denied reports that they fled")."""
        return any(self.arguments.token(c).lower == "that" for c in self.arguments.parse.children[index])

    def _told_along(self, token: Token, cue: frozenset[int]) -> bool:
        """Whether words only give the time, ground or topic of what the cue speaks of, not itself: "warned them to
        act after hackers broke in", "voted to fine him for refusing", "called for more details about the shooting"."""
        if token.head in cue:
            return False
        if token.dep == "advcl" and token.tag == "VBD":
            marks = {self.arguments.token(c).lower for c in self.arguments.children(token.index, ("mark", "advmod"))}
            return bool(marks & _TIMES)
        above = self.arguments.token(token.head)
        if token.dep == "pcomp" and above.lower == "for" and above.head not in cue:
            return any(True for _ in self.arguments.children(above.head, ("dobj", "prep"))) and above.head < token.index
        return token.dep == "prep" and token.lower in _TOPICS and above.pos == "NOUN"

    def _given_for(self, token: Token, cue: frozenset[int], operator: Operator) -> bool:
        """Whether words tell what somebody protests at ("protested the government for selling arms"), what was asked
        of him who denies it ("denied a request"), or what somebody does about what a cue speaks of."""
        above = self.arguments.token(token.head)
        if operator.polarity == "negative" and token.dep == "pcomp" and above.lower in {"for", "over"}:
            return above.head in cue
        asked = self.lexicon.nouns.get(token.lemma) if token.dep == "dobj" and token.pos == "NOUN" else None
        if operator.mood == "denied" and asked is not None and token.head in cue:
            return asked.name == "demands" and not self._that(token.index)
        if operator.mood in NOT_YET and token.dep == "acl" and token.head not in cue and above.pos == "NOUN":
            subject = any(True for _ in self.arguments.children(token.index, ("nsubj",)))
            return subject and self.lexicon.nouns.get(above.lemma) is None  # "scams that deputies are looking into"
        return False

    def _part_in(self, index: int, preposition: str) -> bool:
        """ "Denied a role in the attack"."""
        return preposition == "in" and self.arguments.token(index).lemma in self.lexicon.part_in

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
        certainty = weakest(state.certainty, operator.certainty)
        held = mood in NOT_YET or operator.certainty is not None
        value = min(state.value, operator.holds) if held else state.value
        tense = state.tense or operator.tense
        return replace(state, value=value, mood=mood, certainty=certainty, tense=tense, why=(*state.why, why))

    @staticmethod
    def _settled(state: State, tense: str) -> Modality:
        """Modality of a state, reconciled: at most 2 for what has yet to happen, 0 for what is negated."""
        value, mood = state.value, state.mood
        if mood in NOT_YET:
            value = min(value, CEILING)
            hindsight = mood == "conditional" and (value < 0 or state.tense == "past")
            tense = "future" if tense == "past" and mood != "questioned" and not hindsight else tense
        if state.negative and mood != "denied":
            value = min(value, 0.0)
        return Modality(
            polarity="negative" if state.negative else "positive",
            certainty=state.certainty,  # type: ignore[arg-type]
            mood=mood,  # type: ignore[arg-type]
            tense=tense,  # type: ignore[arg-type]
            factuality=round(value, 2),
        )
