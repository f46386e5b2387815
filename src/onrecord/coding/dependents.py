"""Dependents: what hangs on a word of a tree: prepositional phrases, particles, and the clauses that it governs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from onrecord.coding.phrases import Phrases
from onrecord.lexicon.modality import Control
from onrecord.model import Parse

OBJECT = frozenset({"dobj"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_PHRASAL = frozenset({"according", "due", "thanks", "owing"})
"""First words of prepositions of two words ("according to") whose second is no role."""


class Dependents(Phrases):
    """The phrases and clauses below each word of one parse, remembered once worked out."""

    def __init__(self, parse: Parse, control: Control) -> None:
        super().__init__(parse, control)
        self._obliques: dict[int, dict[str, tuple[int, ...]]] = {}

    def obliques(self, index: int) -> Mapping[str, tuple[int, ...]]:
        """Objects of the prepositions that hang on token *index*, by preposition, coordination unfolded.

        A double preposition ("out of the town") is there under its last word and under both.
        """
        if index not in self._obliques:
            found: dict[str, tuple[int, ...]] = {}
            for child in self.children(index, ("prep", "agent", "dative", "prt")):
                if self.token(child).lower in _PHRASAL:
                    continue
                if self.token(child).pos in {"ADP", "SCONJ", "ADV", "VERB", "PART"}:
                    self._add_prepositions(child, "", found)
            self._obliques[index] = found
        return self._obliques[index]

    def _add_prepositions(self, preposition: int, before: str, found: dict[str, tuple[int, ...]]) -> None:
        word = self.token(preposition).lower
        for child in self.parse.children[preposition]:
            token = self.token(child)
            if token.dep == "pobj" or (token.dep == "pcomp" and token.pos in _NOMINAL):
                nouns = self._nominal_gerund(child, word) or self.coordinated(child)
                found[word] = found.get(word, ()) + nouns
                if word == "in" and self.token(child).lemma == "direction":  # "fired in the direction of the group"
                    towards = tuple(n for of in self.children(child, ("prep",)) for n in self.children(of, ("pobj",)))
                    found["towards"] = found.get("towards", ()) + towards
                if before:
                    key = f"{before} {word}"
                    found[key] = found.get(key, ()) + nouns
            elif token.dep in {"prep", "conj"} and token.pos == "ADP":
                self._add_prepositions(child, word if token.dep == "prep" else before, found)

    def _nominal_gerund(self, noun: int, preposition: str) -> tuple[int, ...]:
        """ "in police firing": the gerund, where the parser takes it for a clause about the noun."""
        if preposition not in {"in", "during", "after", "of"} or noun + 1 >= len(self.parse.tokens):
            return ()
        after = self.token(noun + 1)
        clause = after.tag == "VBG" and after.dep == "acl" and after.head == noun
        if not clause or any(True for _ in self.children(noun + 1, ("dobj", "xcomp", "ccomp"))):
            return ()
        return (noun + 1,)

    def particles(self, index: int) -> frozenset[str]:
        """Particles, prepositions and adverbs that hang on token *index* (nested prepositions too)."""
        found: set[str] = set()
        pending = list(self.parse.children[index])
        while pending:
            child = pending.pop()
            token = self.token(child)
            if token.dep in {"prt", "prep", "advmod", "agent", "dative"} or (
                token.dep == "aux" and token.lower == "to"
            ):
                found.add(token.lower)
                if token.pos in {"ADP", "ADV", "SCONJ"}:
                    pending.extend(
                        c for c in self.parse.children[child] if self.token(c).dep in {"prep", "prt", "advmod"}
                    )
        return frozenset(found)

    def complements(self, index: int) -> tuple[int, ...]:
        """Heads of the clauses that token *index* governs as its content: to-, that- and -ing clauses,
        gerunds behind its prepositions, clauses that modify a noun as its content; coordination unfolded."""
        found: list[int] = []
        for child in self.parse.children[index]:
            token = self.token(child)
            if (
                token.dep in {"xcomp", "ccomp"}
                or (token.dep == "acl" and token.tag == "VB")
                or (token.dep == "advcl" and child > index and (token.tag == "VB" or self._for_clause(child)))
            ):
                found.append(child)
            elif token.dep in {"prep", "agent"}:
                found.extend(c for c in self.parse.children[child] if self._gerund(c))
            elif token.dep in OBJECT and self.token(index).lemma in self.control.object_control:
                found.extend(c for _, c in self.gerunds(child))
        heads = list(found)
        for clause in found:
            heads.extend(c for c in self.children(clause, ("conj",)) if self.token(c).pos in {"VERB", "AUX"})
        return tuple(heads)

    def _for_clause(self, index: int) -> bool:
        """ "called for the camps to be closed": an infinitive of its own subject behind "for"."""
        words = {self.token(c).lower for c in self.children(index, ("mark", "aux"))}
        return {"for", "to"} <= words

    def marked_clauses(self, index: int, word: str) -> tuple[int, ...]:
        """Heads of the clauses that token *index* governs behind *word* ("for the camps to be closed")."""
        return tuple(
            c
            for c in self.children(index, ("advcl", "ccomp", "xcomp"))
            if any(self.token(m).lower == word for m in self.children(c, ("mark",)))
        )

    def gerunds(self, noun: int) -> Iterator[tuple[str, int]]:
        """Preposition and gerund of the phrases inside a noun phrase ("factions in the north against joining")."""
        for preposition in self.children(noun, ("prep",)):
            for child in self.parse.children[preposition]:
                if self._gerund(child):
                    yield self.token(preposition).lower, child
                elif self.token(child).dep == "pobj":
                    yield from self.gerunds(child)

    def _gerund(self, index: int) -> bool:
        token = self.token(index)
        return token.dep == "pcomp" or (token.dep == "pobj" and token.tag == "VBG")
