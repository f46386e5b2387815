"""Names given: "called him a liar" and "hailed her as a hero" are acts, and so is what else words show to be one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from onrecord.coding.arguments import Arguments
from onrecord.coding.concern import Concern
from onrecord.coding.made_before import made_before
from onrecord.coding.parties import Parties, public, without
from onrecord.lexicon.spoken import SpokenLexicon
from onrecord.model import Actor


@dataclass(frozen=True, slots=True)
class Act:
    """One act found in quoted or reported words: what it is, the tokens that show it and whom it is aimed at."""

    event_type: str
    modes: tuple[str, ...]
    clause: int
    words: tuple[int, ...]
    recipient: tuple[Actor, ...]
    why: str


class Naming:
    """Reads the names off the verbs of naming of one report."""

    def __init__(
        self, arguments: Arguments, parties: Parties, concern: Concern, words: SpokenLexicon, *, politics: bool
    ) -> None:
        self.arguments = arguments
        self.parties = parties
        self.concern = concern
        self.words = words
        self.politics = politics

    def act(self, verb: int) -> tuple[Act, tuple[Actor, ...]] | None:
        """ "Called him a liar": the act with the name that somebody is given, and who gives it."""
        roles = self.arguments
        if roles.token(verb).lemma not in self.words.naming or roles.passive(verb):
            return None
        objects = roles.objects(verb)
        names = (c for i in objects for c in roles.children(i, ("appos",)) if self._indefinite(c))
        for child in (*roles.children(verb, ("oprd", "dobj", "attr", "acomp", "xcomp", "ccomp")), *names):
            if child == min(objects, default=child) or child < verb:
                continue
            around = (*roles.modifiers(child), child)
            lemmas = {roles.token(i).lemma.lower() for i in around}
            after = roles.token(child + 1).lower if child + 1 < len(self.arguments.parse.tokens) else ""
            lemmas |= {f"{roles.token(child).lemma.lower()} {after}"}
            blamed = bool(lemmas & (self.words.blame_nouns | self.words.blame_adjectives))
            if not blamed and not lemmas & self.words.praise:
                continue
            actors = tuple(a for i in roles.subjects(verb) for a in self.parties.parties(i) if a.span)
            things = [i for i in objects if i < child] or list(roles.children(child, ("nsubj",)))
            aimed = [a for i in things for a in (self.parties.parties(i) or self._of_thing(i)) if a.span]
            recipient = without([a for a in aimed if a.basis != "unresolved"], actors)
            if not actors or not (self.politics or any(public(a) for a in (*actors, *recipient))):
                return None
            if not blamed and not recipient:
                return None
            why = f"a name that {'blames' if blamed else 'praises'}: {' '.join(roles.token(i).text for i in around)}"
            act = Act("ACCUSE", ("disapprove",), verb, (verb,), recipient, why)
            return (act if blamed else replace(act, event_type="SUPPORT", modes=())), actors
        return None

    def _of_thing(self, thing: int) -> tuple[Actor, ...]:
        """Whose the thing is to which a name is given, by its words or by what the report has said of it before."""
        told = self.concern.of_thing(thing, judged=True) or self.concern.told_before(thing)
        return told or made_before(self.arguments, self.parties, thing)

    def _indefinite(self, noun: int) -> bool:
        return any(self.arguments.token(c).lower in {"a", "an"} for c in self.arguments.children(noun, ("det",)))
