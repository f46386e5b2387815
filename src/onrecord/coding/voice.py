"""Voice: which verbs of a tree are passives, with an auxiliary, as bare participles, or in the style of headlines."""

from __future__ import annotations

from onrecord.coding.dependents import OBJECT, Dependents
from onrecord.lexicon.modality import Control
from onrecord.model import Parse

_PARTICIPLE = frozenset({"VBN", "VBD"})
_PAST_ONLY = frozenset({"took", "gave", "drove", "stole", "saw", "chose", "slew", "hid", "threw", "withdrew", "broke"})
"""Past tenses that no participle looks like: taggers mix up the two forms of other verbs."""

_AIMING = frozenset({"upon", "into", "against", "back", "out"})
"""Words right behind a verb that show it to be no bare participle."""

_NAMES_ACTED_ON = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC"})


class Voice(Dependents):
    """Tells the passives of one parse; ``control`` says which verbs cannot stand without an object."""

    def __init__(self, parse: Parse, control: Control) -> None:
        super().__init__(parse, control)
        self._passive: dict[int, bool] = {}

    def passive(self, index: int) -> bool:
        """Whether verb *index* is a passive: with its auxiliary, or a bare participle used as one."""
        if index not in self._passive:
            self._passive[index] = self._is_passive(index)
        return self._passive[index]

    def _is_passive(self, index: int) -> bool:
        token = self.token(index)
        if token.tag not in _PARTICIPLE or token.pos not in {"VERB", "ADJ", "AUX"}:
            return False
        if token.tag == "VBD" and (token.lower in _PAST_ONLY or self.interrupted(index) is not None):
            return False
        deps = {self.token(c).dep for c in self.parse.children[index]}
        if "dobj" in deps and self._shortened_perfect(index):
            return False
        if deps & {"auxpass", "nsubjpass", "csubjpass"}:
            return True
        if "nsubj" in deps:
            return self._bare_headline_passive(index, deps)
        if "aux" in deps or "dobj" in deps:
            return False
        if "agent" in deps:
            return True
        if token.dep == "acl" and self._clause_of_fragment(index):
            return False
        if token.dep in {"acl", "amod", "oprd"}:
            return True
        if token.dep == "xcomp" and token.tag == "VBN":  # "left dead", "were reported killed"
            return True
        if token.dep in {"advcl", "relcl", "ccomp"} and token.tag == "VBN":
            return True
        if token.dep == "conj":
            head = self.token(token.head)
            return head.pos == "VERB" and self.passive(token.head) and token.lemma in self.control.transitive
        return token.dep in {"ROOT", "dep"} and token.lemma in self.control.transitive and self._no_object(deps)

    def _shortened_perfect(self, index: int) -> bool:
        """Whether the "is" of a passive is a shortened "has", since the participle has an object ("he's instructed his
        secretary")."""
        shortened = any(self.token(c).lower in {"'s", "’s"} for c in self.children(index, ("auxpass",)))
        return shortened and self.token(index).lemma not in self.control.ditransitive

    def right_before(self, verb: int, head: int) -> int | None:
        """Who acts in a gerund behind a preposition, where the parser took the two apart ("pointed to Silva backing
        the bill")."""
        before = self.token(verb - 1) if verb else None
        if before is None or before.dep != "pobj" or before.pos not in {"PROPN", "PRON"}:
            return None
        preposition = self.token(before.head)
        return before.index if preposition.head == head and preposition.lower in {"to", "of", "about"} else None

    def interrupted(self, index: int) -> int | None:
        """The subject of a verb that the parser hung on the last noun of a relative clause between the two ("the
        senator, who was criticised by a rival, called on …"): the noun that the sentence is left with as its root."""
        token = self.token(index)
        if token.dep != "acl" or token.tag != "VBD" or index == 0 or self.token(index - 1).text != ",":
            return None
        above = list(self.parse.ancestors(index))
        root = above[-1] if above else index
        between = any(self.token(i).dep == "relcl" for i in above)
        return root if between and root < index and self.token(root).pos in {"NOUN", "PROPN"} else None

    def _clause_of_fragment(self, index: int) -> bool:
        """Whether a past tense is the verb of its sentence, which the parser hung on the subject as its root
        ("Poland's foreign minister called on …")."""
        token = self.token(index)
        noun = self.token(token.head)
        if token.tag != "VBD" or noun.dep != "ROOT" or noun.pos not in {"NOUN", "PROPN"} or noun.index > index:
            return False
        return token.lemma not in self.control.transitive or bool(tuple(self.children(index, OBJECT)))

    def _bare_headline_passive(self, index: int, deps: set[str]) -> bool:
        """ "Five killed in blast": a verb that needs an object, has none, and no auxiliary."""
        token = self.token(index)
        if token.lemma not in self.control.transitive or "aux" in deps or not self._no_object(deps):
            return False
        if self.mistaken_object(index) is not None:
            return False
        if token.tag == "VBD" and token.dep in {"advcl", "relcl"}:
            return False  # "when the army attacked"
        if index + 1 < len(self.parse.tokens) and self.token(index + 1).lower in _AIMING:
            return False  # "seized upon the remark"
        return not any(  # "attacked and wounded protesters" shares its object
            self.token(c).dep == "dobj" for v in self.children(index, ("conj",)) for c in self.parse.children[v]
        )

    def mistaken_object(self, index: int) -> int | None:
        """A name behind a verb that needs an object and has none, which the parser takes for an adverbial ("the army
        shelled Arda on Friday"); None where there is none."""
        if self.token(index).lemma not in self.control.transitive:
            return None
        names = (
            c for c in self.children(index, ("npadvmod",)) if c > index and self.token(c).entity in _NAMES_ACTED_ON
        )
        return next((c for c in names if self.token(c).pos == "PROPN"), None)

    @staticmethod
    def _no_object(deps: set[str]) -> bool:
        return not deps & {"dobj", "ccomp", "dative"}
