"""Phrases: the words that belong together around one token of a tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.coding.lists import further
from onrecord.lexicon.modality import Control
from onrecord.model import Parse, Span, Token

NOUN_PHRASE_BREAKS = frozenset({"relcl", "acl", "appos", "prep", "punct", "cc", "conj", "advcl", "parataxis"})
_MODIFIER = frozenset({"compound", "amod", "nmod", "npadvmod", "poss"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


class Phrases:
    """Noun phrases, coordination and clauses of one parse; *control* tells which nouns only count."""

    def __init__(self, parse: Parse, control: Control) -> None:
        self.parse = parse
        self.control = control
        self._modifiers: dict[int, tuple[int, ...]] = {}

    def token(self, index: int) -> Token:
        return self.parse.tokens[index]

    def children(self, index: int, deps: Iterable[str]) -> Iterator[int]:
        """Children of token *index* whose label is in *deps*, in text order."""
        tokens = self.parse.tokens
        return (c for c in self.parse.children[index] if tokens[c].dep in deps)

    def coordinated(self, index: int) -> tuple[int, ...]:
        """Token *index* and what is joined to it by and, or, commas (``conj``), in text order."""
        found = [index]
        for child in self.children(index, ("conj",)):
            if self._in_apposition(index, child):
                continue
            if self.token(child).pos in _NOMINAL or self.token(child).pos == self.token(index).pos:
                found.extend(self.coordinated(child))
        listed = further(self.parse, index)
        return tuple(sorted({*found, *listed})) if listed else tuple(found)

    def _in_apposition(self, index: int, child: int) -> bool:
        """Whether what is joined to a name only describes it ("Arda, the rebels' one friend and their paymaster,
        said")."""
        if self.token(index).pos != "PROPN" or self.token(child).pos != "NOUN":
            return False
        if not any(True for _ in self.children(child, ("poss",))) or any(True for _ in self.children(index, ("cc",))):
            return False
        commas = [c for c in self.children(index, ("punct",)) if self.token(c).text == ","]
        return len(commas) > 1 and commas[0] < child < commas[-1]

    def kernel(self, index: int) -> int:
        """The noun that is meant where *index* only counts or groups it ("dozens of people": people)."""
        seen = 0
        while seen < 3:
            token = self.token(index)
            if token.lemma not in self.control.partitives and token.pos != "NUM" and token.tag != "CD":
                return index
            inner = [
                p
                for c in self.children(index, ("prep",))
                if self.token(c).lower == "of"
                for p in self.children(c, ("pobj",))
            ]
            if not inner:
                return index
            index = inner[0]
            seen += 1
        return index

    def apposed(self, index: int) -> tuple[int, ...]:
        """Nouns in apposition to token *index*, but for who it is said not to be ("students, not soldiers")."""
        return tuple(i for i in self.children(index, ("appos",)) if not self._said_not_to_be(i))

    def _said_not_to_be(self, index: int) -> bool:
        first = min((index, *self.parse.children[index]))
        return any(self.token(i).lower == "not" for i in (first - 1, first) if i >= 0)

    def modifiers(self, index: int) -> tuple[int, ...]:
        """Compound and adjective modifiers of a noun, theirs included, in text order; no possessors."""
        known = self._modifiers.get(index)
        if known is not None:
            return known
        found: list[int] = []
        for child in self.parse.children[index]:
            token = self.token(child)
            if token.dep in _MODIFIER and token.dep != "poss" and child < index:
                found.extend(self.modifiers(child))
                found.append(child)
        self._modifiers[index] = tuple(found)
        return self._modifiers[index]

    def modifier_lemmas(self, index: int) -> frozenset[str]:
        return frozenset(self.token(m).lemma for m in self.modifiers(index))

    def noun_phrase(self, index: int) -> Span:
        """Span of the noun phrase that token *index* heads: without relative clauses, appositions, and
        coordinated phrases, with an of-phrase."""
        first = last = index
        for child in self.parse.children[index]:
            token = self.token(child)
            if child < index:
                if token.dep not in NOUN_PHRASE_BREAKS and token.tag != "WRB":
                    first = min(first, token.left)
            elif token.dep == "prep" and token.lower == "of" and token.right - child < 12:
                last = max(last, self._short_right(child))
            elif token.dep not in NOUN_PHRASE_BREAKS:
                last = max(last, token.right)
        return self.parse.span(first, last)

    def _short_right(self, preposition: int) -> int:
        """Last token of an of-phrase, without relative clauses and appositions inside it."""
        for inner in self.children(preposition, ("pobj",)):
            span = self.noun_phrase(inner)
            return self.parse.tokens_in(span)[-1]
        return self.token(preposition).right

    def possessors(self, index: int) -> tuple[int, ...]:
        """Who has the noun: "the army's attack", coordination unfolded."""
        return tuple(n for child in self.children(index, ("poss",)) for n in self.coordinated(child))

    def clause_of(self, index: int) -> int:
        """The verb (or root) whose clause token *index* stands in; itself if it is one."""
        if self.token(index).pos in {"VERB", "AUX"}:
            return index
        last = index
        for ancestor in self.parse.ancestors(index):
            last = ancestor
            if self.token(ancestor).pos in {"VERB", "AUX"}:
                return ancestor
        return last

    def clause_span(self, index: int) -> Span:
        """Span of the clause around token *index*, without the coordinate and embedding clauses."""
        head = self.clause_of(index)
        token = self.token(head)
        first, last = token.left, token.right
        for child in self.parse.children[head]:
            other = self.token(child)
            apart = other.dep == "conj" and other.pos in {"VERB", "AUX"}
            if apart and not other.left <= index <= other.right and child > head:
                last = min(last, other.left - 1)
        while last > first and self.token(last).pos in {"CCONJ", "PUNCT"}:
            last -= 1
        while first < last and self.token(first).pos in {"CCONJ", "PUNCT", "SCONJ"}:
            first += 1
        if not first <= index <= last:
            return self.parse.subtree(head)
        return self.parse.span(first, last)
