"""Bygone deeds: event nouns that tell of what is over, or of what is done time and again, whatever the tense of the
clause that they stand in ("the Tulsa attacks still haunt the city", "has a history of kidnappings")."""

from __future__ import annotations

import re

from onrecord.coding.arguments import Arguments
from onrecord.lexicon.modality import ModalityLexicon
from onrecord.model import Token
from onrecord.text.phrases import DEFINITE

_BACK = frozenset({"last", "previous", "past", "yesterday", "ago", "earlier"})
_PLACED = frozenset({"GPE", "LOC", "FAC", "EVENT"})
_DECADE = re.compile(r"(?:1[0-9]|20)\d0['’]?s")
_PLURAL = frozenset({"NNS", "NNPS"})
_UNDER_WAY = frozenset({"under", "underway", "way"})


class Bygone:
    """Weighs the event nouns of one parse."""

    def __init__(self, arguments: Arguments, lexicon: ModalityLexicon) -> None:
        self.arguments = arguments
        self.lexicon = lexicon

    def over(self, head: int, verb: Token, *, headline: bool) -> bool:
        """Whether a noun of what takes a moment stands in a clause about the present ("the shooting comes after …")."""
        noun = self.arguments.token(head)
        dated = any(self.arguments.token(c).entity == "DATE" and c < head for c in self.arguments.parse.children[head])
        if noun.lemma in self.lexicon.momentary and dated:
            return True  # "the 2012 attack"
        if noun.lemma not in self.lexicon.momentary or noun.tag != "NN" or verb.tag not in {"VBZ", "VBP"}:
            return False
        return not headline and not self._going_on(noun, verb)

    def holds(self, head: int, verb: Token) -> bool:
        """Whether the noun at *head* tells of what was over before the clause of *verb*, which is not past itself."""
        noun = self.arguments.token(head)
        if noun.pos not in {"NOUN", "PROPN"}:
            return False
        if self._dated_back(head) or self.did(head) or self._charged(noun) or self._came_of(noun):
            return True
        if self._going_on(noun, verb):
            return False
        if self._undergone(head):
            return True
        if noun.lemma not in self.lexicon.momentary:
            return False
        if noun.tag in _PLURAL:
            return self._placed(head)
        return self._known(head)

    def did(self, head: int) -> bool:
        """Whether a relative clause tells in the past what the deed itself did ("an explosion that hit a bus")."""
        if self.arguments.token(head).lemma not in self.lexicon.momentary:
            return False
        for clause in self.arguments.children(head, ("relcl",)):
            subjects = {self.arguments.token(c).lower for c in self.arguments.children(clause, ("nsubj",))}
            if self.arguments.token(clause).tag == "VBD" and (subjects & {"that", "which"} or self._in_which(clause)):
                return True
        return False

    def _undergone(self, head: int) -> bool:
        """ "The protests that were put down"."""
        for clause in self.arguments.children(head, ("relcl",)):
            words = {self.arguments.token(c).lower for c in self.arguments.children(clause, ("nsubjpass", "auxpass"))}
            if self.arguments.token(clause).tag == "VBN" and words & {"that", "which"} and words & {"was", "were"}:
                return True
        return False

    def habit(self, head: int, carrier: int | None) -> bool:
        """Whether a noun tells of what is done time and again: what there is a history of, or deeds in the plural,
        none of them named, in the present tense ("takes part in demonstrations")."""
        token = self.arguments.token(head)
        if token.tag != "NNS" or not self._bare(head):
            return False
        if carrier is None:
            above = self.arguments.token(self.arguments.token(token.head).head)
            return token.dep == "pobj" and above.lemma in self.lexicon.histories
        verb = self.arguments.token(carrier)
        return verb.tag in {"VBZ", "VBP"} and verb.lemma in self.lexicon.taking_part and not self._dated(carrier)

    def _bare(self, head: int) -> bool:
        return not any(True for _ in self.arguments.children(head, ("det", "nummod", "poss", "relcl", "acl")))

    def _dated(self, verb: int) -> bool:
        below = self.arguments.children(verb, ("npadvmod", "advmod"))
        return any(self.arguments.token(c).entity in {"DATE", "TIME"} for c in below)

    def _dated_back(self, head: int) -> bool:
        """ "Last year's march", "the raid last Tuesday"."""
        for child in self.arguments.children(head, ("poss", "npadvmod", "compound", "amod")):
            token = self.arguments.token(child)
            words = {token.lower, *(self.arguments.token(c).lower for c in self.arguments.parse.children[child])}
            if token.entity in {"DATE", "TIME"} and words & _BACK:
                return True
        return self._in_decade(head)

    def _in_decade(self, head: int) -> bool:
        """ "Massacres in the 1990s"."""
        after = [t.lower for t in self.arguments.parse.tokens[head + 1 : head + 5]]
        at = 3 if after[2:3] and after[2] in {"early", "mid", "late"} else 2
        return after[:2] in (["in", "the"], ["of", "the"]) and any(_DECADE.fullmatch(w) for w in after[at : at + 1])

    def _came_of(self, noun: Token) -> bool:
        """ "Victims of the massacre", "the outcome of the meeting"."""
        preposition = self.arguments.token(noun.head)
        whose = self.arguments.token(preposition.head)
        because = self.arguments.token(whose.head).lower == "as"  # "as a result of their refusal"
        return noun.dep == "pobj" and preposition.lower == "of" and whose.lemma in self.lexicon.outcomes and not because

    def _in_which(self, clause: int) -> bool:
        """ "The murders, in which a mob shot four men"."""
        return any(
            self.arguments.token(i).lower == "which"
            for preposition in self.arguments.children(clause, ("prep",))
            for i in self.arguments.children(preposition, ("pobj",))
        )

    def answered(self, verb: Token) -> bool:
        """Whether a participle tells what was done that something will answer to ("will answer her Tuesday speech
        denouncing him")."""
        noun = self.arguments.token(verb.head)
        upper = self.arguments.token(noun.head)
        if upper.dep == "prep":
            upper = self.arguments.token(upper.head)
        owned = any(True for _ in self.arguments.children(noun.index, ("poss",)))
        return verb.dep == "acl" and noun.dep in {"dobj", "pobj"} and owned and upper.lemma in self.lexicon.replying

    def ahead(self, head: int) -> bool:
        """Whether a noun is dated ahead right behind it ("during protests next month")."""
        tokens = self.arguments.parse.tokens
        if tokens[head].pos != "NOUN" or head + 2 >= len(tokens) or tokens[head + 1].entity != "DATE":
            return False
        clause = tokens[self.arguments.clause_of(head)]
        below = tokens[tokens[head].head].dep == "prep" and clause.index != tokens[head].head
        return below and tokens[head + 1].lower == "next" and tokens[head].dep == "pobj"

    def _charged(self, noun: Token) -> bool:
        """ "Is accused of a massacre"."""
        preposition = self.arguments.token(noun.head)
        verb = self.arguments.token(preposition.head)
        return (
            noun.lemma in self.lexicon.momentary
            and noun.dep == "pobj"
            and preposition.lower in {"of", "with", "for"}
            and verb.tag == "VBN"
            and verb.lemma in self.lexicon.charging
        )

    def _going_on(self, noun: Token, verb: Token) -> bool:
        """Whether the words say that the deed goes on, recurs or lies ahead ("the raid continues", "under attack")."""
        lexicon = self.lexicon
        above = self.arguments.token(noun.head)
        if noun.dep == "pobj" and above.lower == "under":
            return True
        if verb.lemma in lexicon.ongoing_verbs:
            return True
        if noun.dep not in {"nsubj", "nsubjpass"}:
            return False
        below = {self.arguments.token(c).lower for c in self.arguments.parse.children[verb.index]}
        if verb.lemma in lexicon.control.passing | lexicon.swelling or below & _UNDER_WAY:
            return True
        operator = lexicon.verbs.get(verb.lemma)
        return operator is not None and operator.name in {"carries", "stops"} and verb.lemma not in lexicon.results

    def _known(self, head: int) -> bool:
        """Whether the words speak of one deed that the reader can tell: "the attack", "her resignation"."""
        words = {self.arguments.token(c).lower for c in self.arguments.children(head, ("det",))}
        owned = any(True for _ in self.arguments.children(head, ("poss",)))
        return owned or bool(words & DEFINITE) or self._placed(head)

    def _placed(self, head: int) -> bool:
        """Whether deeds are named after where or when they were done ("the Tulsa killings", "the 2012 attacks")."""
        for child in self.arguments.children(head, ("compound", "nmod", "amod", "nummod")):
            token = self.arguments.token(child)
            if token.entity in _PLACED | {"DATE"} and token.tag in {"NNP", "NNPS", "CD"}:
                return True
        return False
