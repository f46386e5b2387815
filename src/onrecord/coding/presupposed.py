"""Presupposed: what a source takes for granted in words that deny, wish, refuse or expect something else.

"Denied any part in the killing" leaves the killing where it was, "hopes to find the man who shot them" hopes for no
shooting, "the suspect in the raid is believed to have fled" believes in no raid. Which words are told so is decided by
the kind of cue: who says, writes or reports tells everything below that, who denies or wants something tells only that.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.lexicon.touching import touching
from onrecord.model import Attribution, Layers, Token
from onrecord.text.phrases import DEFINITE

_WILLING = frozenset({"promises", "demands", "orders", "threatens", "asks", "refuses"})
_EXPECTING = frozenset({"predicts", "believes", "suggests"})
_NOMINAL = frozenset({"dobj", "pobj", "prep", "compound", "nmod", "conj", "amod", "agent", "appos", "nsubjpass"})
_DATED = frozenset({"DATE", "TIME", "GPE", "EVENT", "FAC"})


class Presupposed:
    """Tells which events below a cue are taken for granted there; for one report."""

    def __init__(self, layers: Layers) -> None:
        self.tokens = layers.parse.tokens
        self.children = layers.parse.children

    def by(self, index: int, attribution: Attribution, cue: range, path: Sequence[Token]) -> bool:
        """Whether the event at token *index*, *path* below the cue, is there whatever the source says."""
        kind = attribution.cue.kind if attribution.cue is not None else ""
        lemmas = {self.tokens[i].lemma for i in cue}
        if lemmas & touching("overlooking"):
            return True
        if attribution.source is None and self._of_subject(path):
            return True
        if self._experienced(path, cue) or (lemmas & touching("seeming") and any(t.dep == "agent" for t in path)):
            return True
        if (kind == "denies" or lemmas & touching("doubting")) and self._described_so(index, path):
            return True
        if kind == "denies":
            return self._beside_denial(index, path)
        expected = kind in _EXPECTING and attribution.source is None
        beside = self._touched(path) or (self._known(index) and self._deep(path))
        if beside and (kind in _WILLING or expected):
            return True
        if expected or kind == "predicts" or (lemmas & touching("wishing") and kind not in _WILLING):
            return self._who_did(path)
        return bool(lemmas & touching("trying")) and self._case(path)

    def _noun(self, token: Token) -> bool:
        return token.pos in {"NOUN", "PROPN"}

    def _known(self, index: int) -> bool:
        """Whether a noun is definite, somebody's, or has its date or place before it."""
        if not self._noun(self.tokens[index]):
            return False
        for i in self.children[index]:
            child = self.tokens[i]
            if child.lower in DEFINITE or child.dep == "poss":
                return True
            if child.dep in {"compound", "nmod", "nummod"} and child.entity in _DATED:
                return True
        return False

    def _deep(self, path: Sequence[Token]) -> bool:
        """Whether a preposition below a word of what is wanted or expected stands over the event ("an end to the
        shelling"), not one of the cue itself ("called for the talks")."""
        preps = [n for n, t in enumerate(path) if t.dep == "prep"]
        if not preps or preps[0] + 1 >= len(path):
            return False
        over = path[preps[0] + 1]
        return (
            self._noun(over)
            and over.lemma not in touching("at_first")
            and all(t.dep in _NOMINAL for t in path[: preps[0] + 1])
        )

    def _touched(self, path: Sequence[Token]) -> bool:
        """ "Declined to discuss the raid": a noun under a verb that only bears on what is there."""
        verb = next((n for n, t in enumerate(path) if t.pos == "VERB"), None)
        if not verb or not all(t.dep in _NOMINAL for t in path[:verb]):
            return False
        return path[verb].lemma in touching("touching") | touching("talking")

    def _of_subject(self, path: Sequence[Token]) -> bool:
        """ "The man held for the killing is believed": what only tells which man is meant."""
        top = path[-1]
        if len(path) < 2 or top.dep not in {"nsubj", "nsubjpass"} or not self._noun(top):
            return False
        if top.lemma in touching("report") or any(t.lemma in touching("report") for t in path[1:]):
            return False
        return not (path[-2].dep == "prep" and path[-2].lower == "of") and path[-2].dep not in {"conj", "compound"}

    def _beside_denial(self, index: int, path: Sequence[Token]) -> bool:
        """ "Any role in the attack", "politics behind the arrest", "claims over the raid": nobody denies the noun."""
        prep = next((t for t in path if t.dep == "prep"), None)
        if prep is None or not all(t.dep in _NOMINAL for t in path) or not self._noun(self.tokens[index]):
            return False
        return prep.lower not in {"of", "as"} and (self._known(index) or prep.lower in {"over", "behind"})

    def _described_so(self, index: int, path: Sequence[Token]) -> bool:
        """ "Denied that the killing was deliberate", "rumors that the drills are a rehearsal": there was one."""
        if len(path) < 2 or path[0].dep != "nsubj" or path[1].lemma != "be":
            return False
        return path[0].head == path[1].index and self._known(index)

    def _experienced(self, path: Sequence[Token], cue: range) -> bool:
        """ "Has seen her shop attacked": what befell somebody, not what was observed."""
        event = path[0]
        if len(path) != 1 or event.tag != "VBN" or event.dep not in {"ccomp", "xcomp"} or event.head not in cue:
            return False
        if self.tokens[event.head].lemma not in {"see", "have", "watch"}:
            return False
        below = [self.tokens[c] for c in self.children[event.index]]
        own = (t for t in below if t.dep in {"nsubj", "nsubjpass"} and self._noun(t))
        mine = any(self.tokens[c].dep == "poss" for t in own for c in self.children[t.index])
        return mine and not any(t.dep in {"aux", "auxpass"} for t in below)

    def _who_did(self, path: Sequence[Token]) -> bool:
        """ "Hope to find the man who shot them": a relative clause or participle about the past."""
        for token, up in zip(path, path[1:], strict=False):
            past = (token.dep, token.tag) in {("relcl", "VBD"), ("relcl", "VBN"), ("acl", "VBN")}
            if past and up.pos == "NOUN" and self._definite(up):
                return True
        return False

    def _definite(self, noun: Token) -> bool:
        return any(self.tokens[c].lower in DEFINITE for c in self.children[noun.index])

    def _case(self, path: Sequence[Token]) -> bool:
        """ "Sought to show that they would solve the killings": the object of a verb of justice, with what is said of
        it."""
        verb = next((n for n, t in enumerate(path) if t.pos == "VERB" and t.lemma in touching("justice")), None)
        return verb is not None and verb > 0 and path[verb - 1].dep == "dobj"
