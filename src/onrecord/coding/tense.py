"""Tense of a clause, from its auxiliaries and the form of its verb."""

from __future__ import annotations

from dataclasses import replace

from onrecord.coding.arguments import Arguments
from onrecord.coding.bygone import Bygone
from onrecord.lexicon.modality import ModalityLexicon
from onrecord.model import Modality, Token

_BESIDE = frozenset({"despite", "after", "over", "following", "amid", "since", "because", "from", "about", "during"})
"""Prepositions behind which stands what is the case already, whatever the clause tells of the future."""


_ALWAYS_ACTIVE = frozenset({"gotten", "got", "had", "been"})
"""Participles that "'s" makes a perfect with."""

_BECOMES = frozenset({"become", "haunt", "weaken", "strengthen", "serve", "remain", "stay", "set"})
"""Verbs that tell what will come of a deed that was done."""

_PAST_BY_THEN = frozenset({"after", "following"})
"""Prepositions behind which stands what came before ("Mayor speaks out after shooting")."""


class TenseReader:
    """Reads tense off one parse."""

    def __init__(self, arguments: Arguments, lexicon: ModalityLexicon) -> None:
        self.arguments = arguments
        self.lexicon = lexicon
        self._bygone = Bygone(arguments, lexicon)

    def of_event(self, head: int, carrier: int | None) -> str:
        """Tense of the event at *head* (carried by the light verb *carrier*)."""
        if self._bygone.habit(head, carrier) and not self._headline(self.arguments.token(head)):
            return "habitual"
        if carrier is not None and self._bygone.did(head):
            return "past"
        if self._bygone.ahead(head):
            return "future"
        if self._under_way(head):
            return "ongoing"
        return self.of(carrier if carrier is not None else head)

    def _under_way(self, head: int) -> bool:
        """ "Blasted their ongoing investigation"; of what is told to have ended, the clause's tense holds."""
        words = {self.arguments.token(c).lower for c in self.arguments.children(head, ("amod",))}
        return bool(words & {"ongoing", "continuing"})

    def of(self, head: int) -> str:
        """Tense of the clause that token *head* stands in: past, ongoing, future or habitual."""
        clause = self.arguments.clause_of(head)
        token = self.arguments.token(clause)
        if clause != head and self._aside(head):
            return "past"
        if clause != head and self._bygone.over(head, token, headline=self._headline(token)):
            return "past"
        auxiliaries = {
            self.arguments.token(c).lower: self.arguments.token(c)
            for c in self.arguments.children(clause, ("aux", "auxpass"))
        }
        if token.tag in {"VBZ", "VBP"} and self._often(clause):
            return "habitual"
        if auxiliaries.keys() & {"will", "shall", "'ll", "wo"}:
            return "past" if clause != head and self._settled_by(head, token) else "future"
        if auxiliaries.keys() & {"did", "had"}:
            return "past"
        if clause == head and token.tag == "VB" and auxiliaries.keys() & {"do", "does"}:
            return "ongoing"
        if clause != head and self._bygone.holds(head, token):
            return "past"
        if clause == head and self._shares(token, auxiliaries):
            return self.of(token.head)
        if token.tag == "VBG":
            return self._progressive(clause, auxiliaries)
        if token.tag in {"VBZ", "VBP"} and token.lemma not in {"kill", "injure", "arrest"}:
            return "past" if self._headline(token) else "ongoing"
        if auxiliaries.keys() & {"is", "are", "am", "'s", "’s", "'re", "’re"} and token.tag == "VBN":
            if token.lower in _ALWAYS_ACTIVE:
                return "past"  # "he's gotten their support"
            return "ongoing" if "being" in auxiliaries else ("past" if self._headline(token) else "ongoing")
        if token.tag == "VB" and token.dep in {"xcomp", "advcl", "acl", "ccomp"} and token.head != clause:
            return self.of(token.head)
        return "past"

    def _often(self, clause: int) -> bool:
        """Whether words like "often" or "every day" say how often."""
        for child in self.arguments.children(clause, ("advmod", "npadvmod")):
            if self.arguments.token(child).lower in self.lexicon.habitual:
                return True
            if any(self.arguments.token(d).lower == "every" for d in self.arguments.children(child, ("det",))):
                return True
        return False

    def _aside(self, head: int) -> bool:
        """Whether a noun stands in a phrase beside a clause about the future ("will not stop despite the protests"),
        or after what the clause tells: that clause's tense is not its own."""
        chain = (head, *self.arguments.parse.ancestors(head))
        for i in chain:
            token = self.arguments.token(i)
            if token.pos in {"VERB", "AUX"}:
                return False
            if token.dep == "prep" and token.lower in _PAST_BY_THEN:
                return True
            if token.dep == "prep" and token.lower in _BESIDE:
                return any(self._future(j) for j in chain[chain.index(i) :])
        return False

    @staticmethod
    def _shares(token: Token, auxiliaries: dict[str, Token]) -> bool:
        """Whether a verb takes its tense from the one that it is joined to ("are beaten, chained or attacked")."""
        return token.dep == "conj" and token.tag in {"VB", "VBN"} and not auxiliaries and token.head != token.index

    def _settled_by(self, head: int, verb: Token) -> bool:
        """Whether a deed was done, whatever will come of it ("her resignation will weaken the party")."""
        noun = self.arguments.token(head)
        return noun.dep == "nsubj" and verb.lemma in _BECOMES and self._bygone.holds(head, verb)

    def _future(self, index: int) -> bool:
        auxiliaries = {self.arguments.token(c).lower for c in self.arguments.children(index, ("aux",))}
        return bool(auxiliaries & {"will", "shall", "'ll", "wo", "would"})

    def _progressive(self, clause: int, auxiliaries: dict[str, Token]) -> str:
        if auxiliaries.keys() & {"is", "are", "am", "'s", "’s", "'re", "’re", "'m", "’m"}:
            return "ongoing"
        if auxiliaries.keys() & {"was", "were", "had", "having"}:
            return "past"
        if auxiliaries.keys() & {"been"} or ("be" in auxiliaries and auxiliaries.keys() & {"may", "might", "must"}):
            return "ongoing"
        token = self.arguments.token(clause)
        above = self.arguments.token(self.arguments.token(token.head).head)
        charged = above.lemma in (self.lexicon.charging if above.pos == "VERB" else self.lexicon.charges)
        if token.dep == "pcomp" and charged:
            return "past"  # "is accused of stabbing", "serves a sentence for stabbing"
        if self._bygone.answered(token):
            return "past"
        if token.head == clause or token.dep == "relcl" or self._joined_to_past(self.arguments.token(token.head)):
            return "past"
        return self.of(token.head)

    def _joined_to_past(self, verb: Token) -> bool:
        """Whether the present tense of a verb that is joined to one in the past is a slip of the tagger's."""
        return verb.tag in {"VBZ", "VBP"} and verb.dep == "conj" and self.arguments.token(verb.head).tag == "VBD"

    def _headline(self, token: Token) -> bool:
        """Whether the sentence is a headline: short, with no full stop or with capitals throughout."""
        first, end = self.arguments.parse.sentences[token.sentence]
        if token.sentence == 0 and end - first <= 16 and token.lemma not in self.lexicon.states:
            return True  # the title, which many a text repeats with a full stop
        words = [t.text for t in self.arguments.parse.tokens[first:end] if len(t.text) > 3 and t.text[0].isalpha()]
        if len(words) > 3 and end - first <= 24 and sum(w[0].isupper() for w in words) > 0.8 * len(words):
            return True
        return end - first <= 16 and self.arguments.token(end - 1).text not in {".", "!", "?", '"', "”"}


def ahead_is_forecast(modality: Modality) -> Modality:
    """*modality* with what is told of the future, and neither planned nor promised, as a forecast."""
    if modality.mood != "asserted" or modality.tense != "future":
        return modality
    certainty = "probable" if modality.certainty == "certain" else modality.certainty
    return replace(modality, mood="forecast", certainty=certainty, factuality=min(modality.factuality, 1.5))
