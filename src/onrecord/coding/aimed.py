"""Aimed: at whom an act of words is aimed where no phrase of the act says so: who receives, answers or raises it, and
who does something in the clause that it is about ("criticism that the mayor lied", "asked for people to come").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from onrecord.coding.arguments import Arguments
from onrecord.coding.made_before import made_before
from onrecord.coding.matched import Match, RolePaths
from onrecord.coding.parties import Parties, distinct
from onrecord.coding.promised import Promised
from onrecord.lexicon.aimed import load_aimed
from onrecord.model import Actor, Span

WORDS = frozenset("ACCUSE REQUEST SUPPORT REJECT CONCEDE AGREE THREATEN".split())
"""Types of acts that are done with words."""

_TOWARDS_PARTIES = frozenset({"ACCUSE", "SUPPORT", "THREATEN", "CONCEDE", "REJECT"})
_NOT_NAMES = frozenset(
    "DATE TIME PERCENT MONEY QUANTITY ORDINAL CARDINAL LAW WORK_OF_ART EVENT PRODUCT LANGUAGE FAC LOC".split()
)
_DIRECT = frozenset({"obj", "iobj", "against", "at"})
_WRITTEN = frozenset({"REQUEST", "AGREE", "THREATEN", "CONCEDE"})
_ABOUT = frozenset({"concerning", "regarding", "about", "involving"})
_OPEN = frozenset({"whether", "if", "how", "why"})
_REPLIES = frozenset({"ACCUSE", "REQUEST", "THREATEN", "CONCEDE", "SUPPORT"})


class Aimed:
    """Looks for the parties at whom the acts of words of one report are aimed."""

    def __init__(self, arguments: Arguments, parties: Parties, fill: RolePaths) -> None:
        self.arguments = arguments
        self.parties = parties
        self.paths = fill
        self.words = load_aimed()
        self.promised = Promised(arguments, parties)

    def at(self, match: Match, event_type: str) -> tuple[Actor, ...]:
        """Whom the act of *match* is aimed at by the words around it, () where they do not say."""
        if event_type not in WORDS or match.trigger.reciprocal:
            return ()
        if event_type in _TOWARDS_PARTIES and (named := self._named(match)):
            return named
        if event_type == "REQUEST" and not match.nominal and (body := self._before_body(match.head)):
            return body
        if found := self._in_clause(match, event_type) or self._written_to(match, event_type):
            return found
        if found := self.promised.to(match, event_type):
            return found
        return self._received(match, event_type) if match.nominal else ()

    def addressed(self, indices: Iterable[int], event_type: str) -> list[int]:
        """*indices* without those to whom what is asked for or condemned is done ("the release of the hostages")."""
        nouns = {"REQUEST": self.words.not_asked, "ACCUSE": self.words.undergone}.get(event_type)
        return [i for i in indices if nouns is None or not self._undergoes(i, nouns)]

    def without_charge(self, match: Match, index: int, actor: Actor) -> Actor:
        """*actor* without of what it is accused ("accused the minister of fraud", the phrase hung on the minister)."""
        roles = self.arguments
        token = roles.token(index)
        if (
            roles.token(match.head).lemma not in self.words.charging
            or actor.span is None
            or actor.span.end <= token.end
        ):
            return actor
        behind = max((c for c in roles.children(index, ("prep",)) if c > index), default=index)
        if roles.token(behind).lower != "of" or token.pos == "NUM":
            return actor
        charges = tuple(roles.children(behind, ("pobj", "pcomp")))
        if not charges or any(roles.token(c).pos == "PROPN" or self.parties.parties(c) for c in charges):
            return actor
        span = Span(actor.span.start, roles.token(behind - 1).end)
        return replace(actor, text=span.of(roles.parse.text), span=span)

    def own_camp(self, index: int) -> tuple[Actor, ...]:
        """Whose campaign or office is blamed beside others ("blamed the bishops and her campaign")."""
        token = self.arguments.token(index)
        camp = token.dep == "conj" and token.lemma in self.arguments.control.bodies
        return self._people(self.arguments.possessors(index)) if camp else ()

    def _undergoes(self, index: int, nouns: frozenset[str]) -> bool:
        token = self.arguments.token(index)
        while token.dep == "conj":
            token = self.arguments.token(token.head)
            if token.lemma in nouns:
                return True  # "the murders of the priest, his cook", the cook hung on the murders
        of = self.arguments.token(token.head)
        return token.dep == "pobj" and of.lower == "of" and self.arguments.token(of.head).lemma in nouns

    def _named(self, match: Match) -> tuple[Actor, ...]:
        """A proper name where the row looks for a party, though nothing is known of who bears it."""
        for path in match.trigger.recipient:
            if path.then is not None or path.step not in _DIRECT:
                continue
            if named := [a for i in self.paths.fill(match, path) if (a := self._name(i)) is not None]:
                return distinct(named)
        return ()

    def _name(self, index: int) -> Actor | None:
        token = self.arguments.token(index)
        if token.pos != "PROPN" or token.tag not in {"NNP", "NNPS"} or token.entity in _NOT_NAMES:
            return None
        if token.lemma.lower() in self.words.no_party or self.arguments.possessors(index):
            return None
        return self.parties.party(index, loose=True)

    # -- the clause that it is about -----------------------------------------------------------------------

    def _in_clause(self, match: Match, event_type: str) -> tuple[Actor, ...]:
        """Who does what is criticised, looked into or asked for."""
        if event_type == "REQUEST":
            clauses: Iterable[int] = self._asked_for(match)
        elif event_type == "ACCUSE" and match.nominal:
            clauses = self._content(match.head)
        elif event_type == "ACCUSE":
            clauses = (c for c in self.arguments.complements(match.head) if self._marks(c) & _OPEN)
        else:
            return ()
        for clause in clauses:
            own = [i for i in self._doers(clause) if self._inside(i, clause)]
            found = [a for i in own for a in self.parties.parties(i)]
            if not found and event_type == "ACCUSE":
                found = [a for i in own for a in self._holders(i)]
            if not found and not own and self._marks(clause) & _OPEN:  # "investigating whether to punish the staff"
                found = [a for i in self.arguments.objects(clause) for a in self.parties.parties(i)]
            if found:
                return distinct(found)
        return ()

    def _doers(self, clause: int) -> tuple[int, ...]:
        """Who does what a clause tells, or is what it says ("that a judge would be biased")."""
        if self.arguments.token(clause).lower in self.words.states:
            return self.arguments.surface_subjects(clause)
        return self.arguments.subjects(clause)

    def _asked_for(self, match: Match) -> Iterator[int]:
        """Clauses of what somebody is to do ("asked for people to come", "requested that the guards leave")."""
        for clause in self.arguments.complements(match.head):
            if not self.arguments.passive(clause):
                yield clause

    def _content(self, noun: int) -> Iterator[int]:
        """The that-clause of a noun, as which the parser also takes it for a relative clause."""
        for clause in self.arguments.children(noun, ("acl", "ccomp", "relcl")):
            token = self.arguments.token(clause)
            if "that" in self._marks(clause) and token.pos in {"VERB", "AUX"}:
                yield clause

    def _marks(self, clause: int) -> set[str]:
        children = self.arguments.children(clause, ("mark", "advmod"))
        return {self.arguments.token(c).lower for c in children}

    def _inside(self, index: int, clause: int) -> bool:
        token = self.arguments.token(clause)
        return token.left <= index <= token.right

    def _written_to(self, match: Match, event_type: str) -> tuple[Actor, ...]:
        """To whom the letter is that asks or promises ("wrote a letter to the council calling for an inquiry", "in a
        letter to the council, she called for")."""
        if match.nominal or event_type not in _WRITTEN:
            return ()
        roles = self.arguments
        things = list(roles.obliques(match.head).get("in", ()))
        above = roles.token(roles.token(match.head).head)
        if roles.token(match.head).dep in {"acl", "advcl", "xcomp"}:
            things.append(above.index)
            if above.pos == "VERB":
                things += roles.objects(above.index)
        for i in things:
            token = roles.token(i)
            written = token.lemma in roles.control.messages
            held = roles.obliques(i).get("to", ()) if written else ()
            upper = roles.token(token.head)
            if token.dep == "pobj" and upper.lower == "to" and roles.token(upper.head).lemma in self.words.letters:
                held = (i,)  # the clause hung on whom the letter is to
            elif not held and (written or token.lemma == "write"):
                verb = i if token.pos == "VERB" else token.head
                held = roles.datives(verb) or roles.obliques(verb).get("to", ())
            if found := self._people(held):
                return found
        return ()

    def _before_body(self, head: int) -> tuple[Actor, ...]:
        """The council or court before which something is asked for ("spoke at the council meeting to ask for")."""
        roles = self.arguments
        above = roles.token(roles.token(head).head)
        joined = roles.token(head).dep in {"advcl", "xcomp", "conj"} and above.pos == "VERB"
        for verb in (head, above.index) if joined else (head,):
            held = roles.obliques(verb)
            for i in held.get("before", ()):
                if self.parties.classes.holds("power", roles.token(i).lemma, roles.modifier_lemmas(i)):
                    return self._people((i,))
            for i in (*held.get("at", ()), *held.get("during", ())):
                if roles.token(i).lemma not in self.words.sittings:
                    continue
                named = (m for m in reversed(roles.modifiers(i)) if self.parties.mention(m) is not None)
                for m in (*(p for p in roles.possessors(i) if roles.token(p).entity != "DATE"), *named):
                    if self.parties.classes.holds("power", roles.token(m).lemma, roles.modifier_lemmas(m)):
                        return self._people((m,))
        return ()

    # -- who receives or answers it ------------------------------------------------------------------------

    def _received(self, match: Match, event_type: str) -> tuple[Actor, ...]:
        roles, words = self.arguments, self.words
        noun = self._whole(match.head)
        token = roles.token(noun)
        above = roles.token(token.head)
        if token.dep == "dobj" and above.tag == "NNS" and above.lemma in words.received:
            return self._people(roles.modifiers(above.index)[-1:])  # "as Silva faces a backlash", taken for a noun
        if token.dep in {"dobj", "nsubjpass"} and above.pos in {"VERB", "AUX"}:
            if token.dep == "dobj" and (given := self._people(roles.datives(above.index))):
                return given  # "gave the mayor his congratulations"
            takers = roles.subjects(above.index)
            if token.dep == "dobj" and (
                self._is(above.index, words.received) or self._has(above.lemma, noun, event_type)
            ):
                return self._raised_by(takers)
            named = token.dep == "dobj" and above.lemma in self.words.naming_so
            if named and any(True for _ in roles.children(above.index, ("oprd",))):
                return self._answering(takers, event_type)  # "called the accusations false"
            if self._is(above.index, words.raising):
                return self._raised_by(takers)
            if event_type in _REPLIES and self._is(above.index, words.answered):
                return self._answering(takers, event_type)
            return ()
        if token.dep != "pobj":
            return ()
        outer = roles.token(above.head)
        if outer.pos in {"VERB", "AUX"}:
            return self._behind(outer.index, above.lower, noun, event_type)
        verb = roles.token(outer.head)
        if outer.dep == "dobj" and f"{verb.lemma} {above.lower}" in words.exposing:
            return self._people((outer.index,))  # "defended the bishops against attacks"
        if above.lower == "of" and outer.lemma in words.standing_in and outer.dep in {"attr", "oprd"}:
            return self._people(roles.surface_subjects(outer.head))
        if outer.pos == "ADJ" and outer.dep == "acomp" and f"{outer.lemma} {above.lower}" in words.behind:
            return self._people(roles.surface_subjects(outer.head))
        return ()

    def _behind(self, verb: int, preposition: str, noun: int, event_type: str) -> tuple[Actor, ...]:
        """Who is in a clause in which the act stands behind a preposition ("came under", "amid criticism")."""
        roles, words = self.arguments, self.words
        lemma = roles.token(verb).lemma
        if any(f"{p} {preposition}" in words.behind for p in self._with_particles(verb)):
            held = roles.objects(verb) if roles.passive(verb) else roles.surface_subjects(verb)
            return self._people(held)
        if f"{lemma} {preposition}" in words.raising:
            return self._raised_by(roles.subjects(verb))  # "her remarks led to criticism"
        if any(f"{p} {preposition}" in words.exposing for p in self._with_particles(verb)):
            return self._people(roles.objects(verb))  # "could open her up to attacks"
        if event_type in _REPLIES and f"{lemma} {preposition}" in words.answered:
            return self._answering(roles.subjects(verb), event_type)
        if preposition in words.amid.get(event_type, ()):
            return self._people(i for i in roles.subjects(verb) if i != noun)
        return ()

    def _whole(self, noun: int) -> int:
        """The noun that says how much of the act there was ("a week of criticism": week)."""
        token = self.arguments.token(noun)
        for _ in range(2):
            preposition = self.arguments.token(token.head)
            upper = self.arguments.token(preposition.head)
            if token.dep != "pobj" or preposition.lower != "of" or upper.lemma not in self.words.amounts:
                break
            token = upper
        while token.dep == "conj" and self.arguments.token(token.head).pos in {"NOUN", "PROPN"}:
            token = self.arguments.token(token.head)
        return token.index

    def _with_particles(self, verb: int) -> tuple[str, ...]:
        lemma = self.arguments.token(verb).lemma
        hanging = [self.arguments.token(c).lower for c in self.arguments.children(verb, ("prt", "advmod", "prep"))]
        return (lemma, *(f"{lemma} {word}" for word in hanging))

    def _is(self, verb: int, words: frozenset[str]) -> bool:
        """Whether a verb, with its particle, is one of *words*."""
        particles = any(True for _ in self.arguments.children(verb, ("prt",)))
        forms = self._with_particles(verb)
        return any(form in words for form in (forms[1:] if particles else forms))

    def _has(self, lemma: str, noun: int, event_type: str) -> bool:
        """Whether somebody has what others give ("has the backing of the union"), not what is theirs to give."""
        behind = self.arguments.obliques(noun)
        return lemma == "have" and event_type == "SUPPORT" and ("of" in behind or "from" in behind)

    def _people(self, indices: Iterable[int]) -> tuple[Actor, ...]:
        found: list[Actor] = []
        for i in indices:
            at = self.parties.parties(i)
            if not at and (name := self._name(i)) is not None:
                at = (name,)  # "May has won the backing of", of whom nothing is known
            found.extend(a for a in at if not self.parties.thing_referred_to(a))
        return distinct(found)

    def _raised_by(self, indices: Iterable[int]) -> tuple[Actor, ...]:
        """Whose words or deeds raise it ("the mayor's remarks sparked criticism"), themselves if they are parties."""
        found = [(i, self._people((i,))) for i in indices]
        return distinct(a for i, people in found for a in (people or self._holders(i)))

    def _holders(self, index: int) -> tuple[Actor, ...]:
        """Whose a thing is: its owner, or who made it ("the remarks of the mayor", "a decision by the court")."""
        roles = self.arguments
        held = roles.obliques(index)
        owners = roles.possessors(index) or held.get("by", ()) or held.get("of", ())
        return self._people(owners) or made_before(roles, self.parties, index)

    def _answering(self, indices: Iterable[int], event_type: str) -> tuple[Actor, ...]:
        """Who deals with what was said, unless as its judge ("the court dismissed the accusations")."""
        kept = list(indices)
        if event_type == "ACCUSE":
            kept = [i for i in kept if not self._judges(i)]
        return self._people(kept)

    def _judges(self, index: int) -> bool:
        lemma = self.arguments.token(self.arguments.kernel(index)).lemma.lower()
        return lemma in self.words.judging or "JUD" in self.parties.sectors(index)


def elsewhere(arguments: Arguments, head: int, index: int, event_type: str) -> bool:
    """Whether the party at *index* cannot be whom the act of words at *head* is addressed to: it is asked on their
    behalf, they are what another word is about, or the object of a verb that the act is only coordinated with."""
    token = arguments.token(index)
    above = arguments.token(token.head)
    if token.dep == "poss" and above.lemma in {"behalf", "sake"}:
        return True
    if event_type == "REQUEST" and above.lower in _ABOUT and head not in (above.head, above.index):
        return True
    clause = arguments.clause_of(head)
    beside = above.pos == "VERB" and above.dep == "conj" and above.head == clause and token.dep == "dobj"
    return beside and head != above.index
