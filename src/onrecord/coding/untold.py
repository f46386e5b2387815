"""Untold: what hangs on a cue without being told by it, since the cue only touches on it, leaves it out, or is none.

"Is considering their request" tells of no request, "did not mention the raid" keeps silent about it, "remains unclear
whether" is nobody's word: the event behind such a cue is told by whoever writes so.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from onrecord.lexicon.tables import data_folder, read_rows
from onrecord.lexicon.touching import touching
from onrecord.model import Attribution, Layers, Token

_OBJECT = frozenset({"dobj", "pobj", "prep", "compound", "nmod", "conj", "amod", "nsubjpass", "dative"})
_NO_WORD = frozenset({"of", "in", "at", "with", "for", "about", "against", "on", "over", "to", "from"})
_NO_CUE = frozenset({"PERSON", "GPE", "NORP", "LOC", "FAC", "DATE"})
_NOT = frozenset({"not", "n't", "n’t", "never", "nor"})
_ASKING = frozenset({"who", "whom", "what", "which", "why", "how", "where", "when"})
_FINDING = frozenset({"find", "see"})
_PUT_OUT = frozenset({"says", "writes"})


@cache
def _adjectives() -> frozenset[str]:
    """Words of the cue lexicon that are adjectives, or stand in its phrases."""
    columns = ("lemma", "pos", "class", "frames", "prepositions", "strength")
    rows = read_rows(data_folder() / "cues.csv", columns)
    return frozenset(word for row in rows if row["pos"] in {"adjective", "phrase"} for word in row["lemma"].split())


class Untold:
    """Tells which cues say nothing of an event in the words that hang on them; for one report."""

    def __init__(self, layers: Layers) -> None:
        self.text = layers.parse.text
        self.tokens = layers.parse.tokens
        self.children = layers.parse.children
        self.ancestors = layers.parse.ancestors

    def no_cue(self, attribution: Attribution, cue: range) -> bool:
        """Whether a cue has no word that can tell anything: a name, or a mere preposition."""
        words = [self.tokens[i] for i in cue]
        if attribution.form == "indirect" and (self._helping(words) or self._oneself(cue) or self._telephone(cue)):
            return True
        if len(words) == 1 and words[0].lower in _NO_WORD:  # a that-clause has a cue, if another than the one found
            return not any(p.of(self.text)[:5].casefold() == "that " for p in attribution.content)
        if any(t.pos in {"VERB", "AUX", "NOUN"} for t in words):
            return self._found_dead(attribution, words) or self._impersonal(attribution, cue)
        source = attribution.source.span if attribution.source is not None else None
        headline = source is not None and cue.start > 0 and source.contains(self.tokens[cue.start - 1].span)
        named = all(t.entity in _NO_CUE for t in words) and not headline  # "Lopez Blasts Rivals" is taken for a name
        return named or self._impersonal(attribution, cue)

    def _helping(self, words: Sequence[Token]) -> bool:
        """Whether a cue is an auxiliary alone, or an adjective that nobody says anything with ("curious enough")."""
        if any(t.pos in {"VERB", "NOUN", "PROPN", "ADP", "SCONJ"} for t in words):
            return False
        if any(t.pos == "AUX" for t in words):
            return all(t.pos in {"AUX", "ADV", "PART", "PRON"} for t in words)
        return any(t.pos == "ADJ" for t in words) and not any(t.lemma in _adjectives() for t in words)

    def _oneself(self, cue: range) -> bool:
        """ "Finds herself struggling"."""
        below = {self.tokens[c].lower for i in cue if self.tokens[i].lemma in _FINDING for c in self.children[i]}
        near = {self.tokens[i].lower for i in range(cue.start, min(cue.stop + 1, len(self.tokens)))}
        finding = any(self.tokens[i].lemma in _FINDING for i in cue)
        return finding and any(w.endswith(("self", "selves")) for w in below | near)

    def _telephone(self, cue: range) -> bool:
        """ "Called the winner to congratulate him": words on the telephone are no demand."""
        verb = self.tokens[cue[-1]]
        if verb.lemma != "call" or len(cue) != 1:
            return False
        below = [self.tokens[c] for c in self.children[verb.index]]
        return any(
            t.dep in {"xcomp", "advcl", "ccomp"} and t.tag == "VB" and t.lemma in touching("courtesy") for t in below
        )

    def beside(self, index: int, attribution: Attribution, cue: range, path: Sequence[Token]) -> bool:
        """Whether the event at token *index*, *path* below the cue, is not what the cue says."""
        kind = attribution.cue.kind if attribution.cue is not None else ""
        words = [self.tokens[i] for i in cue]
        event = self.tokens[index]
        lemmas = {t.lemma for t in words}
        object_ = event.pos in {"NOUN", "PROPN"} and all(t.dep in _OBJECT for t in path)
        if object_ and lemmas & (touching("touching") | touching("performing")):
            return True
        if any(t.lower in _NOT for t in words) and kind in {"says", "reports", "accuses", "writes", "asks"}:
            gerund = len(path) == 1 and path[0].dep == "xcomp" and path[0].tag == "VBG"
            if kind == "accuses":  # "has not accused them of being behind the raid": there was one
                charged = event.pos == "NOUN" and all(t.dep in _OBJECT or t.dep == "pcomp" for t in path)
                return charged and self._definite(index)
            return gerund or object_
        if lemmas & touching("settling"):
            return len(path) == 1 and path[0].dep == "xcomp"
        if lemmas & touching("finding_out") and path[-1].dep == "ccomp" and self._asks(path[-1]):
            below = (self.tokens[c] for t in words for c in self.children[t.index])
            return any(t.lower == "to" and t.dep == "aux" for t in below)
        return kind in _PUT_OUT and self._message(path, cue)

    def below(self, index: int, attribution: Attribution, cue: range) -> bool:
        """Whether the cue only stands in a description of one who takes part in the event ("nominating a judge whom
        the bar has praised"), or the event is what a message with that cue was put out for."""
        event = self.tokens[index]
        if event.pos != "VERB":
            return False
        under = self.tokens[cue[-1]]
        for i in self.ancestors(cue[-1]):
            if i == index:
                break
            if self.tokens[i].head == index and self._describes(cue, i):
                return True
            under = self.tokens[i]
        kind = attribution.cue.kind if attribution.cue is not None else ""
        purpose = event.tag == "VB" and event.dep in {"advcl", "xcomp"} and event.head in set(self.ancestors(cue[-1]))
        return purpose and kind in _PUT_OUT and self.tokens[cue[-1]].pos == "NOUN" and under.head != index

    def _describes(self, cue: range, noun: int) -> bool:
        """Whether the cue's verb heads a relative clause said of *noun*, which the event has as its object."""
        verb = next((self.tokens[i] for i in cue if self.tokens[i].dep == "relcl"), None)
        return verb is not None and verb.head == noun and self.tokens[noun].dep in {"dobj", "nsubjpass"}

    def _definite(self, index: int) -> bool:
        return any(self.tokens[c].lower in {"the", "this", "that"} for c in self.children[index])

    def _asks(self, token: Token) -> bool:
        return any(self.tokens[c].lower in _ASKING for c in self.children[token.index] if c < token.index)

    def _message(self, path: Sequence[Token], cue: range) -> bool:
        """ "Wrote a letter to the senate calling for": what a message does is done by it, not told in it."""
        at = path[0]
        if len(path) > 4 or at.dep != "acl" or at.tag != "VBG":
            return False
        noun = any(self.tokens[i].pos == "NOUN" for i in cue) or any(t.dep == "dobj" for t in path)
        return noun and all(t.dep in {"pobj", "dobj", "prep", "dative"} for t in path[1:])

    def _found_dead(self, attribution: Attribution, words: Sequence[Token]) -> bool:
        """ "Were found shot dead": somebody came upon it, nobody is cited."""
        verb = words[-1]
        if attribution.source is not None or verb.lemma != "find" or verb.tag not in {"VBN", "VBD"}:
            return False
        to = (self.tokens[c] for c in self.children[verb.index] if self.tokens[c].dep in {"xcomp", "ccomp", "oprd"})
        return all(t.tag in {"VBN", "VBD", "JJ"} and not self._infinitive(t.index) for t in to)

    def _infinitive(self, index: int) -> bool:
        return any(self.tokens[c].dep in {"aux", "mark", "nsubj"} for c in self.children[index])

    def _impersonal(self, attribution: Attribution, cue: range) -> bool:
        """ "It is unclear whether": said of nobody, whoever was taken for the source."""
        source = attribution.source.span if attribution.source is not None else None
        last = self.tokens[cue[-1]]
        if last.pos != "ADJ" or last.dep not in {"acomp", "ccomp", "ROOT", "conj", "oprd"}:
            return False
        if source is not None and any(self.tokens[i].lemma == "make" for i in cue):
            return False  # "made it clear that", which somebody did
        verb = last.head if last.dep in {"acomp", "oprd"} else last.index
        subjects = [self.tokens[c] for c in self.children[verb] if self.tokens[c].dep in {"nsubj", "expl"}]
        it = any(t.lower == "it" for t in subjects)
        return it and (source is None or not any(source.overlaps(t.span) for t in subjects))
