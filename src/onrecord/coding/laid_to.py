"""Laid to: whose deed the words around a noun of force say that it was ("the attacks, which were claimed by the front",
"who was behind the bombing", "blamed the raid on rebels", "the murder of a guard by two men")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.coding.arguments import Arguments
from onrecord.coding.parties import Parties, distinct
from onrecord.coding.same_happening import told
from onrecord.lexicon.laid_to import load_laid_to
from onrecord.model import Actor, EventClaim

_WITHIN = ("of", "in", "on", "at", "against")
_CLAUSES = ("relcl", "acl")
_OPEN = frozenset({"if", "whether"})
_NEAR = 6
"""Words before a relative pronoun within which whom it stands for is named."""

_CODED = frozenset({"ASSAULT", "COERCE"})
_PART = frozenset({"of", "in", "during", "behind"})
_DENYING = frozenset({"no", "neither", "nor", "nobody"})


def with_those_responsible(claims: Sequence[EventClaim], arguments: Arguments, parties: Parties) -> list[EventClaim]:
    """*claims* in their order; those told by a noun of force and of which the clause itself names no doer, with whom
    the words around the noun say to have done it, and without those on whom it is only blamed as its victims."""
    reader = LaidTo(arguments, parties)
    return [reader.completed(claim) if claim.event_type in _CODED else claim for claim in claims]


def with_known_attackers(claims: Sequence[EventClaim], arguments: Arguments, parties: Parties) -> list[EventClaim]:
    """*claims* in their order; attacks of which nobody is told to be the doer with the attackers of whom the same
    sentence speaks."""
    reader = LaidTo(arguments, parties)
    return [reader.attacked(claim) if claim.event_type == "ASSAULT" else claim for claim in claims]


class LaidTo:
    """Reads the words around the nouns of one report."""

    def __init__(self, arguments: Arguments, parties: Parties) -> None:
        self.arguments = arguments
        self.parties = parties
        self.words = load_laid_to()

    def completed(self, claim: EventClaim) -> EventClaim:
        """*claim* with its doers, where the words around its noun tell them and its clause does not."""
        noun = self._noun(claim)
        if noun is None:
            return claim
        blamed = self._blamed(noun)
        if blamed:
            suffering = tuple(a for a in claim.recipient if not self._among(a, blamed))
            if len(suffering) < len(claim.recipient):
                claim = replace(claim, recipient=suffering)
        if any(a.span is not None and a.basis != "unresolved" for a in claim.actor):
            return claim
        for tokens in self._answers(noun, blamed):
            if (with_doers := self._with(claim, tokens)) is not claim:
                return with_doers
        return claim

    def attacked(self, claim: EventClaim) -> EventClaim:
        """*claim* with the attackers whom its sentence knows, where nobody is told to have done it."""
        noun = None if claim.actor or claim.modality.mood != "asserted" else self._noun(claim)
        return claim if noun is None else self._with(claim, self._attackers(noun))

    def _with(self, claim: EventClaim, tokens: Sequence[int]) -> EventClaim:
        sufferers = {a.span for a in claim.recipient if a.span is not None}
        found = distinct(a for i in tokens for a in self._people(i))
        found = tuple(a for a in found if a.span not in sufferers)
        if not found:
            return claim
        rationale = claim.rationale
        if rationale is not None:
            note = f"laid to: {', '.join(a.text or '' for a in found)}"
            rationale = replace(rationale, notes=(*rationale.notes, note))
        return replace(claim, actor=found, rationale=rationale)

    def _noun(self, claim: EventClaim) -> int | None:
        """The noun that tells *claim*, None where a verb does or its phrase says who did it."""
        inside = () if claim.trigger.span is None else self.arguments.parse.tokens_in(claim.trigger.span)
        words = [self.arguments.token(i) for i in inside]
        if claim.field != "text" or any(w.pos in {"VERB", "AUX"} for w in words):
            return None
        nouns = [w.index for w in words if w.pos in {"NOUN", "PROPN"}]
        return nouns[-1] if nouns else None

    def _people(self, index: int) -> tuple[Actor, ...]:
        """Those at token *index* who may have done it: somebody, and no thing or question word."""
        words = (self.arguments.token(c).lower for c in self.arguments.children(index, ("det",)))
        if _DENYING.intersection(words):
            return ()
        group = self._named_group(index)
        found = (group,) if group is not None else told(self.parties.parties(index))
        return tuple(a for a in found if a.basis != "unresolved" and not self.parties.thing_referred_to(a))

    def _named_group(self, index: int) -> Actor | None:
        """The armed group whose name stands before a noun that means it ("the Arda Front network")."""
        before = (self.parties.mention(i) for i in self.arguments.modifiers(index))
        groups = [a for a in before if a is not None and a.actor_id is not None and "REB" in a.sectors]
        return groups[0] if len(groups) == 1 and not self.parties.is_human(index) else None

    def _among(self, actor: Actor, tokens: Sequence[int]) -> bool:
        inside = () if actor.span is None else self.arguments.parse.tokens_in(actor.span)
        return any(i in inside for i in tokens)

    def _answers(self, noun: int, blamed: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        """Tokens that head those who did it, by each construction that may tell them."""
        yield blamed
        yield self._agents_of_sufferers(noun)
        for clause in self._clauses(noun):
            if not self._denied(clause):
                yield self._by_clause(clause)
        above = self.arguments.token(self.arguments.token(noun).head)
        if self.arguments.token(noun).dep == "pobj":
            yield self._by_preposition(above.index)
        elif above.pos in {"VERB", "AUX"} and not self._denied(above.index):
            yield self._by_verb(noun, above.index)

    def _agents_of_sufferers(self, noun: int) -> tuple[int, ...]:
        """ "The murder of a guard by two men", where the parser hangs the second phrase on the guard."""
        held = self.arguments.obliques(noun).get("of", ())
        return tuple(i for of in held if self.parties.is_human(of) for i in self.arguments.obliques(of).get("by", ()))

    def _clauses(self, noun: int) -> Iterator[int]:
        """Clauses about a noun, or hung on what its phrases name ("the killing of a guard that was claimed by")."""
        yield from self.arguments.children(noun, _CLAUSES)
        for step in self.arguments.children(noun, ("prep",)):
            if self.arguments.token(step).lower not in _WITHIN:
                continue
            for held in self.arguments.children(step, ("pobj",)):
                for clause in self.arguments.children(held, _CLAUSES):
                    if self.arguments.passive(clause) and self.arguments.token(clause).lemma in self.words.doing:
                        yield clause

    def _attackers(self, noun: int) -> tuple[int, ...]:
        """The attackers of whom the sentence speaks as known ("15 of the 19 hijackers were from Arda, which denies any
        role in the attacks"), or whom it names ("Arda gunman Luke Hill"); () where it speaks of several."""
        first, end = self.arguments.parse.sentences[self.arguments.token(noun).sentence]
        found: list[int] = []
        for token in self.arguments.parse.tokens[first:end]:
            if token.lemma not in self.words.attackers or token.index == noun or token.dep in {"poss", "conj"}:
                continue
            if "of" in self.arguments.obliques(token.index):
                return ()  # "the murderers of the priests": of that murder
            upper = self.arguments.token(token.head)
            if token.dep == "compound" and upper.entity == "PERSON":
                found.append(upper.index)
            elif token.dep not in {"compound", "amod"} and self._known(token.index):
                found.append(token.index)
        return tuple(found) if len(found) == 1 else ()

    def _known(self, index: int) -> bool:
        return any(
            self.arguments.token(c).lower in {"the", "those", "both"} for c in self.arguments.children(index, ("det",))
        )

    def _by_clause(self, clause: int) -> tuple[int, ...]:
        token = self.arguments.token(clause)
        if self.arguments.passive(clause):
            held = self.arguments.obliques(clause)
            if token.lemma in self.words.doing:
                return held.get("by", ())
            return held.get(self.words.blaming.get(token.lemma, ""), ())
        own = self.arguments.own_subjects(clause)
        contents = any(True for _ in self.arguments.children(clause, ("ccomp", "xcomp")))
        return own if token.lemma in self.words.doing and token.head not in own and not contents else ()

    def _by_preposition(self, step: int) -> tuple[int, ...]:
        """Who is "responsible for", "behind", or one of the attackers "in" what a preposition stands before."""
        word, above = self.arguments.token(step).lower, self.arguments.token(self.arguments.token(step).head)
        if word == "for":
            return self._answering(above.index)
        if word == "behind" and above.lemma in {"be", "stand"}:
            return () if self._denied(above.index) else self._subjects(above.index)
        if word in _PART and above.pos in {"NOUN", "PROPN"}:
            named = above.lemma in self.words.attackers or (word == "behind" and self.parties.is_human(above.index))
            return (above.index,) if named else ()
        if word == "of" and above.lemma == "claim" and above.pos == "NOUN":
            return tuple(self.arguments.possessors(above.index))
        return ()

    def _answering(self, above: int) -> tuple[int, ...]:
        """Whom the words before "for" make answerable."""
        arguments, token = self.arguments, self.arguments.token(above)
        upper = arguments.token(token.head)
        if token.lemma in self.words.answering:
            if token.dep == "amod":
                return (upper.index,)
            if self._denied(upper.index):
                return ()
            return self._subjects(upper.index) if upper.lemma == "be" else arguments.objects(upper.index)
        if token.lemma == "blame" and token.pos == "VERB" and not self._denied(above):
            return arguments.objects(above)
        if token.lemma not in self.words.responsibility or token.pos != "NOUN":
            return ()
        if upper.pos == "VERB" and upper.lemma in self.words.taking:
            return () if self._denied(upper.index) else self._subjects(upper.index, deep=True)
        claimed = arguments.token(upper.head)
        if upper.lower == "of" and claimed.lemma == "claim":  # "the front's claim of responsibility for"
            return tuple(arguments.possessors(claimed.index))
        return ()

    def _by_verb(self, noun: int, verb: int) -> tuple[int, ...]:
        token, arguments = self.arguments.token(verb), self.arguments
        if token.lemma == "be":  # "the attack was the work of rebels"
            works = (
                c for c in arguments.children(verb, ("attr",)) if arguments.token(c).lemma in {"work", "handiwork"}
            )
            return tuple(i for c in works for i in arguments.obliques(c).get("of", ()))
        of_it = noun in arguments.objects(verb)
        contents = any(True for _ in arguments.children(verb, ("ccomp", "xcomp")))
        if token.lemma not in self.words.doing or not of_it or contents:
            return ()
        return self._subjects(verb, deep=True)

    def _blamed(self, noun: int) -> tuple[int, ...]:
        """On whom a verb lays the deed that is its object, wherever the parser hangs the preposition."""
        verb = self.arguments.token(self.arguments.token(noun).head)
        preposition = self.words.blaming.get(verb.lemma)
        if preposition is None or noun not in self.arguments.objects(verb.index) or self._denied(verb.index):
            return ()
        if found := self.arguments.obliques(verb.index).get(preposition, ()):
            return found
        inside = range(noun + 1, self.arguments.token(noun).right + 1)
        steps = [i for i in inside if self.arguments.token(i).lower == preposition]
        return tuple(self.arguments.children(steps[-1], ("pobj",))) if steps else ()

    def _subjects(self, verb: int, *, deep: bool = False) -> tuple[int, ...]:
        """Subjects of a verb, and whom a relative pronoun of the clause around it stands for ("the front, which
        officials say was behind it")."""
        found = self.arguments.subjects(verb) if deep else self.arguments.own_subjects(verb)
        above = self.arguments.token(self.arguments.token(verb).head)
        pronoun = next((i for i in found if self.arguments.token(i).tag in {"WDT", "WP"}), None)
        if pronoun is None or self.arguments.token(verb).dep != "ccomp":
            return found
        if above.dep == "relcl":
            return (above.head,)
        # The parser took the clause for one of time or reason: the name right before it is meant.
        near = range(pronoun - 1, max(-1, pronoun - _NEAR), -1)
        return next(((i,) for i in near if self.parties.mention(i) is not None), found)

    def _denied(self, verb: int) -> bool:
        """Whether a verb says that it was not so, or asks whether it was."""
        if any(True for _ in self.arguments.children(verb, ("neg",))):
            return True
        marks = (self.arguments.token(c).lower for c in self.arguments.children(verb, ("mark",)))
        return bool(_OPEN.intersection(marks))
