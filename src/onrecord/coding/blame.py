"""Blame: the words of a clause by which whoever says it disapproves of what it is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from onrecord.coding.arguments import Arguments
from onrecord.coding.parties import Parties
from onrecord.lexicon.spoken import SpokenLexicon

Shown = tuple[tuple[int, ...], bool]
"""The tokens that blame, and whether they do so whatever they are said of."""


class Blame:
    """Finds words of blame in the clauses of one report."""

    def __init__(
        self, arguments: Arguments, parties: Parties, lexicon: SpokenLexicon, negated: Callable[[int], bool]
    ) -> None:
        self.arguments = arguments
        self.parties = parties
        self.lexicon = lexicon
        self.negated = negated

    def copula(self, verb: int) -> Shown | None:
        """The words of a predicate that blame, and whether they do so whatever they are said of."""
        negative = self.negated(verb)
        lexicon = self.lexicon
        for child in self.arguments.children(verb, ("xcomp",)):
            if self.arguments.token(child).lemma == "blame" and not negative:  # "the media are to blame"
                return (verb, child), True
        for child in self.arguments.children(verb, ("attr", "acomp")):
            around = (*self.arguments.modifiers(child), child)
            lemmas = [self.arguments.token(i).lemma.lower() for i in around]
            pairs = {" ".join(lemmas[i : i + 2]) for i in range(len(lemmas) - 1)} | set(lemmas)
            if negative:
                noun = self.arguments.token(child).pos in {"NOUN", "PROPN"}
                if set(lemmas) & (lexicon.due_nouns if noun else lexicon.due_adjectives):
                    return (verb, child), True
                continue
            blamed = pairs & (lexicon.blame_nouns | lexicon.blame_adjectives)
            if blamed:
                return tuple(around), bool(pairs & lexicon.strong)
        return None

    def predicate(self, index: int) -> bool:
        """Whether a word of blame is itself the head of its clause ("the remark was unhinged", taken for a passive)."""
        token = self.arguments.token(index)
        if token.lower not in self.lexicon.blame_adjectives or token.dep not in {"ROOT", "ccomp", "conj", "parataxis"}:
            return False
        return any(
            self.arguments.token(c).lemma == "be" for c in self.arguments.children(index, ("aux", "auxpass", "cop"))
        )

    def said_of_subject(self, index: int) -> Shown | None:
        """The word of blame that heads its clause, None where it is negated."""
        if self.negated(index):
            return None
        return (index,), self.arguments.token(index).lower in self.lexicon.strong

    def deed(self, verb: int, subjects: Sequence[int], aux: set[str]) -> Shown | None:
        """A deed that its subject is blamed for, or what it is said to fail in."""
        token = self.arguments.token(verb)
        if (
            self.arguments.passive(verb)
            and token.lemma in self.lexicon.due_verbs
            and aux & {"can", "ca", "cannot", "should"}
        ):
            return ((verb,), True) if self.negated(verb) else None
        if self.arguments.passive(verb) or aux & {"would", "could", "might", "may", "will", "'ll"}:
            return None
        negative = self.negated(verb)
        if negative and token.lemma in {"hold", "stand", "pass"}:
            words = (*self.arguments.objects(verb), *self.arguments.children(verb, ("prt", "advmod")))
            return ((verb,), True) if any(self._lemma(i) in self.lexicon.due_weights for i in words) else None
        if token.lemma == "have":
            for thing in self.arguments.objects(verb):
                if negative and self.arguments.token(thing).lemma in self.lexicon.due_nouns:
                    return (verb, thing), False
            return None
        if negative:
            return ((verb,), False) if token.lemma in self.lexicon.due_verbs and token.tag != "VBD" else None
        people = all(self.arguments.token(i).pos in {"PROPN", "PRON"} or self.parties.is_human(i) for i in subjects)
        if not people:
            hurt = token.lemma in self.lexicon.by_things and self._has_victim(verb)
            return ((verb,), True) if hurt else None
        if token.lemma in self.lexicon.harm_verbs:
            for thing in self.arguments.objects(verb):
                wrong = self._lemma(thing) in self.lexicon.harm_objects | self.lexicon.strong
                if wrong and self._bad(token.lemma, thing):
                    return (verb, thing), False
        return ((verb,), False) if token.lemma in self.lexicon.wrongdoing else None

    def _has_victim(self, verb: int) -> bool:
        return bool(self.arguments.objects(verb) or self.arguments.obliques(verb).get("against"))

    def _lemma(self, index: int) -> str:
        return self.arguments.token(index).lemma.lower()

    def _bad(self, verb: str, thing: int) -> bool:
        """Whether what is done to a thing is bad: a promise or a law only where it is broken."""
        kept = self._lemma(thing) in {"promise", "pledge", "law", "rule"}
        return kept == (verb == "break")
