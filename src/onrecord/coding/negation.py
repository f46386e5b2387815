"""Negation of a predicate by its own words, and by subjects and objects like "nobody"."""

from __future__ import annotations

from onrecord.coding.arguments import Arguments
from onrecord.lexicon.modality import ModalityLexicon

_TO = frozenset({"to", "in", "against", "with", "at", "on"})
_NOBODY = frozenset({"nobody", "none"})


class Negation:
    """Tells which predicates of one parse are negated."""

    def __init__(self, arguments: Arguments, lexicon: ModalityLexicon) -> None:
        self.arguments = arguments
        self.lexicon = lexicon

    def holds(self, head: int) -> bool:
        """Whether the predicate is negated by its own words, or by a subject or object like "nobody"."""
        lexicon = self.lexicon
        token = self.arguments.token(head)
        count = 0
        for child in self.arguments.parse.children[head]:
            other = self.arguments.token(child)
            if (
                other.dep == "neg"
                or (other.dep in {"advmod", "preconj"} and other.lower in lexicon.negation)
                or (other.dep == "cc" and child < head and other.lower in lexicon.negation)
                or (other.dep == "det" and other.lower in lexicon.negative_determiners)
            ):
                count += 1
            elif other.dep in {"nsubj", "nsubjpass", "dobj", "attr"} and token.pos in {"VERB", "AUX"}:
                count += self._nobody(child)
            elif other.dep in {"prep", "dative"} and token.pos == "VERB":
                count += self._to_nobody(child)
        count += self._non(head)
        if token.dep == "conj" and token.pos in {"VERB", "AUX"} and not self.own_auxiliary(head) and count == 0:
            upper = token.head
            joined = {self.arguments.token(c).lower for c in self.arguments.children(upper, ("cc",))}
            if joined & {"or", "nor"}:
                return self.holds(upper)
        return count % 2 == 1

    def shared(self, head: int) -> bool:
        """Whether "no" stands at a noun whose verb has counted it already ("there were no attacks")."""
        token = self.arguments.token(head)
        return token.pos in {"NOUN", "PROPN"} and token.dep in {"nsubj", "nsubjpass", "dobj", "attr", "pobj"}

    def _nobody(self, index: int) -> bool:
        token = self.arguments.token(index)
        if token.lower in self.lexicon.negative_subjects:
            return True
        return any(
            self.arguments.token(c).lower in self.lexicon.negative_determiners
            for c in self.arguments.children(index, ("det", "neg"))
        ) or any(self.arguments.token(c).lower == "neither" for c in self.arguments.children(index, ("preconj", "cc")))

    def _to_nobody(self, preposition: int) -> bool:
        """ "Apologise to nobody", "was charged in none"."""
        return self.arguments.token(preposition).lower in _TO and any(
            self.arguments.token(i).lower in _NOBODY for i in self.arguments.children(preposition, ("pobj",))
        )

    def _non(self, head: int) -> bool:
        """ "Non-endorsement"."""
        tokens = self.arguments.parse.tokens
        before = "".join(t.lower for t in tokens[max(0, head - 2) : head])
        return before.endswith("non-") and tokens[head - 1].end == tokens[head].start

    def own_auxiliary(self, head: int) -> bool:
        return any(
            self.arguments.token(c).dep in {"aux", "auxpass", "nsubj", "nsubjpass"}
            for c in self.arguments.parse.children[head]
        )
