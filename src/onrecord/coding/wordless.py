"""Wordless: cues by which nobody gives his word for an event: acts, feelings, words that nobody has said.

"Rescinded his endorsement" is an act, "has not called for him to resign" was never said, "no group has claimed the
raid" cites nobody, and "despite the raid, the mayor said" tells of the raid before anybody speaks: all that the outlet
knows by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from onrecord.lexicon.cues import load_cues
from onrecord.lexicon.touching import touching
from onrecord.model import Attribution, Layers, Token
from onrecord.text.phrases import DEFINITE

_NOT = frozenset({"not", "n't", "n’t", "never", "nor", "no"})
_NOBODY = frozenset({"nobody", "none", "anyone", "anybody", "neither"})
_NO = frozenset({"no", "any", "neither"})
_UNDONE = frozenset({"demands", "orders", "promises", "threatens", "asks", "warns", "agrees", "praises", "criticises"})
"""Kinds of cues that do something; negated, nobody has done it, and the outlet alone tells so."""

_BLAMING = frozenset({"blame", "fault", "rebuke", "chide", "chastise"})
_CHARGING = frozenset({"alleges", "accuses"})
_SPOKEN = frozenset({"says", "announces", "reports", "writes", "claims", "suggests", "believes", "alleges"})
_ADDRESSING = frozenset({"criticises", "praises", "accuses", "threatens", "demands"})
_WILLING = frozenset({"promises", "demands", "orders", "threatens", "asks"})
_OWN_VIEWS = frozenset({"suggests", "says", "reports", "announces", "promises"})
"""Kinds of nouns that mostly are those of whoever is told of beside them ("backed away from a suggestion that")."""

_BEFORE = frozenset(
    {"despite", "amid", "after", "following", "before", "since", "notwithstanding", "besides", "unlike"}
)
_MEANWHILE = frozenset({"while", "although", "though", "after", "before", "as", "since", "because", "once", "whereas"})
_CONTRAST = frozenset({"as", "though", "while"})
_FEELING = frozenset({"about", "over", "at", "by", "with"})
_PREPOSITIONAL = frozenset({"dobj", "pobj", "prep", "nsubj", "nsubjpass", "advcl", "xcomp", "acl", "relcl", "pcomp",
                            "attr", "oprd", "agent", "npadvmod", "dative"})  # fmt: skip
_CONTENT = frozenset({"VERB", "NOUN", "PROPN", "ADJ"})
_NOMINAL = frozenset({"dobj", "pobj", "prep", "compound", "nmod", "conj", "amod", "poss"})


@cache
def _known_words() -> frozenset[str]:
    """Every word of the cue lexicon."""
    lexicon = load_cues()
    tables = (lexicon.verbs, lexicon.nouns, lexicon.adjectives, lexicon.phrases)
    return frozenset(word for table in tables for entries in table.values() for e in entries for word in e.words)


class Wordless:
    """Tells which cues give no word for what hangs on them; for one report."""

    def __init__(self, layers: Layers) -> None:
        self.parse = layers.parse
        self.tokens = layers.parse.tokens
        self.children = layers.parse.children

    def no_word(self, attribution: Attribution, cue: range) -> bool:
        """Whether nobody has spoken at all: the source is nobody, the cue is negated or nobody's."""
        if self._nobody(attribution):
            return True
        kind = attribution.cue.kind if attribution.cue is not None else ""
        words = [self.tokens[i] for i in cue]
        negated = any(t.lower in _NOT for t in words)
        lemmas = {t.lemma for t in words}
        if negated and (kind in _UNDONE or lemmas & _BLAMING):
            return True
        if attribution.form != "indirect":
            return False
        if attribution.source is not None:
            return self._came(words)
        if kind == "asks" and words[-1].lower == "about":
            return True  # "asked about his attacks on her, the senator said"
        return self._judged(kind, words) or (self._unknown(words) and not self._charged(attribution, cue))

    def beside(self, index: int, attribution: Attribution, cue: range, path: Sequence[Token]) -> bool:
        """Whether the event at token *index*, *path* below the cue, is there whoever speaks."""
        words = [self.tokens[i] for i in cue]
        kind = attribution.cue.kind if attribution.cue is not None else ""
        lemmas = {t.lemma for t in words}
        top = path[-1]
        unknown = self._unknown(words) and not self._charged(attribution, cue)
        if top.dep in _PREPOSITIONAL and (unknown or (top.dep != "xcomp" and self._enacted(words))):
            return True
        if {"show", "sign"} <= lemmas and top.dep in {"pcomp", "pobj", "acl"}:
            return True  # "showed no sign of leaving"
        if kind in _ADDRESSING and len(path) == 2 and path[0].dep == "pcomp" and top.lower == "by":
            return True  # "attacked him by accusing him of lies"
        if kind in _WILLING and self._filmed(path):
            return True
        if kind in _SPOKEN and self._before(top, cue):
            return True
        if lemmas & touching("weighing") and self._open(top):
            return True
        known = self._known(index)
        if known and lemmas & touching("troubled") and path[0].dep in {"pobj", "compound"}:
            up = words[-1] if len(path) == 1 else path[-1]
            return up.lower in _FEELING and all(t.dep in _NOMINAL for t in path)
        if known and kind in _CHARGING and self._in_noun(path):
            return True
        if known and kind == "denies" and self._timed(path):
            return True
        return known and words[-1].lower == "of" and lemmas & {"speak", "talk"} != set() and self._nominal(path)

    def apart(self, index: int, attribution: Attribution, cue: range) -> bool:
        """ "Even as rebels attacked the town, …, according to a letter": a clause set against what is cited."""
        if attribution.cue is None or self.tokens[cue[0]].tag != "VBG" or self.tokens[cue[-1]].lower != "to":
            return False
        token = self.tokens[index]
        first, _ = self.parse.sentences[token.sentence]
        marks = {self.tokens[c].lower for c in self.children[index] if self.tokens[c].dep == "mark"}
        even = self.tokens[first].lower == "even" and bool(marks & _CONTRAST)
        return even and token.dep == "advcl" and token.left == first and index < token.head < cue.start

    def of_nobody(self, attribution: Attribution, cue: range) -> bool:
        """ "The army faces accusations that", "a deal to settle claims that": who makes them is not told."""
        nouns = [i for i in cue if self.tokens[i].pos == "NOUN"]
        source = attribution.source
        kind = attribution.cue.kind if attribution.cue is not None else ""
        if kind in _OWN_VIEWS or len(nouns) != 1 or any(self.tokens[i].pos == "VERB" for i in cue):
            return False
        noun = self.tokens[nouns[0]]
        if noun.lemma not in touching("report") or source is None or source.span is None:
            return False
        own = self.parse.tokens_in(source.span)
        if not own or self.tokens[own[0]].sentence != noun.sentence:
            return bool(own)
        verb = self.tokens[noun.head]
        if verb.index in own or any(c in own for c in self._makers(noun.index)):
            return False
        if noun.dep in {"dobj", "nsubjpass"} and verb.lemma in touching("raising"):
            return False
        return all(self.tokens[i].head != noun.index for i in own)

    def _makers(self, noun: int) -> Iterator[int]:
        """Whose a claim is: its owner or the word before it, or "by", "from" or "of" whom it comes."""
        for child in self.children[noun]:
            token = self.tokens[child]
            if token.dep in {"poss", "compound", "amod", "nmod"}:
                yield child
            elif token.dep in {"prep", "agent"} and token.lower in {"by", "from", "of", "among"}:
                yield from (c for c in self.children[child] if self.tokens[c].dep == "pobj")

    def _nobody(self, attribution: Attribution) -> bool:
        """ "No group has claimed", "I doubt that any sensible person would deny"."""
        source = attribution.source
        if source is None or source.span is None or source.basis == "coreference":
            return False
        inside = self.parse.tokens_in(source.span)
        heads = self.parse.heads_in(inside) if inside else ()
        if len(heads) != 1:
            return False
        head = self.tokens[heads[0]]
        of_all = any(self.tokens[c].lower in _NO and self.tokens[c].dep == "det" for c in self.children[head.index])
        return head.lower in _NOBODY or of_all

    def _judged(self, kind: str, words: Sequence[Token]) -> bool:
        """ "Was roundly criticized": by whom is not told, and what for is known."""
        verb = words[-1]
        passive = verb.tag == "VBN" and any(t.dep == "auxpass" for t in words)
        return kind in {"criticises", "praises"} and passive

    def _unknown(self, words: Sequence[Token]) -> bool:
        """Whether a cue is of words that nobody speaks with ("voided", "alarmed", "impressed with")."""
        content = [t for t in words if t.pos in _CONTENT and t.dep not in {"aux", "auxpass"}]
        if words[-1].lower == "about" and content and content[0].lemma not in touching("troubled"):
            return False  # "opened up about", "was candid about"
        return any(t.pos in {"VERB", "ADJ"} for t in content) and not any(t.lemma in _known_words() for t in content)

    def _came(self, words: Sequence[Token]) -> bool:
        """ "Appeared in court to face charges": whoever comes before a judge tells nothing."""
        verb = words[-1]
        if verb.lemma != "appear" or verb.pos != "VERB":
            return False
        below = [self.tokens[c] for c in self.children[verb.index]]
        return any(t.dep == "prep" and t.lower in {"in", "before", "at"} for t in below)

    def _charged(self, attribution: Attribution, cue: range) -> bool:
        """ "Was arraigned on charges he stole": whoever brings the charges says so."""
        first = self.parse.tokens_in(attribution.content[0])
        words = self.tokens[cue.start : first[0] + 1] if first else ()
        return any(t.lemma in touching("report") for t in words)

    def _enacted(self, words: Sequence[Token]) -> bool:
        """Whether a cue is an act by which something is made law or undone ("passed", "withdrew")."""
        return any(t.pos == "VERB" and t.lemma in touching("enacting") for t in words)

    def _before(self, top: Token, cue: range) -> bool:
        """ "Despite the raid, she says", "while rebels attacked the town, he said"."""
        if top.head not in cue or top.index > cue.start:
            return False
        if top.dep == "prep":
            return top.lower in _BEFORE
        marks = {self.tokens[c].lower for c in self.children[top.index] if self.tokens[c].dep in {"mark", "advmod"}}
        return top.dep == "advcl" and bool(marks & _MEANWHILE)

    @staticmethod
    def _filmed(path: Sequence[Token]) -> bool:
        """ "Ordered the release of a video of a guard shooting a man"."""
        return any(t.lemma in touching("footage") for t in path[1:])

    def _open(self, top: Token) -> bool:
        """ "Is considering whether to ban", "is weighing suing"."""
        if top.dep not in {"xcomp", "ccomp"}:
            return False
        marks = {self.tokens[c].lower for c in self.children[top.index]}
        return top.tag == "VBG" or bool(marks & {"whether", "how", "when"})

    def _in_noun(self, path: Sequence[Token]) -> bool:
        """ "Charged him with murder in the shooting"."""
        over = [n for n, t in enumerate(path) if t.dep == "prep" and t.lower in {"in", "over"}]
        return bool(over) and over[0] + 1 < len(path) and path[over[0] + 1].pos == "NOUN" and self._nominal(path)

    def _timed(self, path: Sequence[Token]) -> bool:
        """ "Denied leaving a day before the attacks"."""
        return len(path) > 1 and path[0].dep == "pobj" and path[1].lower in {"before", "after", "since", "following"}

    @staticmethod
    def _nominal(path: Sequence[Token]) -> bool:
        return all(t.dep in _NOMINAL for t in path)

    def _known(self, index: int) -> bool:
        """Whether a noun is definite or somebody's."""
        token = self.tokens[index]
        if token.pos not in {"NOUN", "PROPN"}:
            return False
        if token.dep == "compound":
            return self._known(token.head)
        below = (self.tokens[c] for c in self.children[index])
        return any(t.lower in DEFINITE or t.dep == "poss" for t in below)
