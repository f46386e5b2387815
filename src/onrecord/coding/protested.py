"""Protested: at whom a protest is aimed, where the phrases of its own word do not say it."""

from __future__ import annotations

from onrecord.coding.arguments import Arguments
from onrecord.coding.concern import Concern
from onrecord.coding.parties import Parties
from onrecord.lexicon.aimed import load_aimed
from onrecord.model import Actor

_BEFORE = ("outside", "at", "near", "before", "on", "to", "against", "over", "in front of", "of", "around", "about")
_CAUSES = ("over", "against", "about", "for", "at", "after")
_ABOUT = ("about", "at", "over", "with", "against")
PUBLIC = frozenset({"demo", "hunger", "obstruct", "boycott"})
"""Modes of protest that speak to the public power where nobody else is named."""

_POWERS = frozenset({"GOV", "LEG", "JUD"})
_BY_COUNTRY = "a protest about public affairs is held to be aimed at the government of its country"


class Protested:
    """Looks for whom the protests of one report are aimed at."""

    def __init__(self, arguments: Arguments, parties: Parties, concern: Concern) -> None:
        self.arguments = arguments
        self.parties = parties
        self.concern = concern

    def at(self, index: int, actors: tuple[Actor, ...], modes: tuple[str, ...] = ()) -> tuple[Actor, ...]:
        """Whose embassy, policy, rally or removal the protest told at token *index* is about, else, where the words
        around it speak of public affairs, the government of the country, inferred; () for strikes and riots."""
        roles = self.arguments
        held = roles.obliques(index)
        alike = (*roles.objects(index), *held.get("in", ()), *held.get("as", ()))  # "joined a march"
        if any(self._against_ill(i) for i in (index, *alike)):
            return ()
        for word in _BEFORE:
            for i in held.get(word, ()):
                if found := self._faced(i, word, actors):
                    return found
        demands = self._demands(index)
        for clause in demands:
            for i in (*roles.objects(clause), *(j for w in ("for", "against", "on") for j in self._behind(clause, w))):
                found = tuple(a for a in self.concern.of_thing(i) or self.concern.known_at(i) if not _among(a, actors))
                if found:
                    return found
        if found := self._voiced(index, actors):
            return found
        if roles.token(index).lemma == "protest" and (found := self._person(index)):
            return found
        if "boycott" in modes and (objects := roles.objects(index)):
            owned = (a for i in objects for a in self.concern.of_thing(i, judged=True) if not _among(a, actors))
            if found := tuple(owned):
                return found  # "boycott the actor's films"
        if not set(modes) & PUBLIC:
            return ()  # strikes are as like as not against the employer, riots between neighbours
        if set(modes) & PUBLIC <= {"demo", "boycott"} and not demands and not self._public(index, actors):
            return ()
        return (Actor(basis="inferred", sectors=("GOV",), country=_home(actors), why=_BY_COUNTRY),)

    def occasion(self, index: int) -> bool:
        """Whether the words at token *index* are a gathering of those whom one may protest against there."""
        return self.arguments.token(index).lemma in load_aimed().occasions

    def of_occasion(self, index: int) -> tuple[Actor, ...]:
        """Whose the gathering at token *index* is ("the senator's rally", "the party convention")."""
        return tuple(a for a in self.concern.of_thing(index) if not self._itself(a, index))

    def _faced(self, index: int, word: str, actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
        """The party behind the preposition *word* at token *index*, if the protest is aimed at it."""
        index = self.arguments.kernel(index)  # "some of the senator's rallies"
        if self.occasion(index):
            found = self.of_occasion(index)
        elif self.arguments.token(index).lemma in load_aimed().seats:
            found = self.concern.of_thing(index) or self.concern.known_at(index)
        else:
            found = self.concern.known_at(index) or self.concern.of_thing(index)
        found = tuple(a for a in found if a.basis != "unresolved" and not _among(a, actors))
        aimed = word in _CAUSES or self.arguments.token(index).lemma in load_aimed().seats or self.occasion(index)
        return found if aimed else ()

    def _itself(self, actor: Actor, index: int) -> bool:
        token = self.arguments.token(index)
        return actor.span is not None and actor.span.contains(token.span)

    def _person(self, index: int) -> tuple[Actor, ...]:
        """Whom or whose doing the verb has as its object ("protesting the mayor", "protested Arda's plans")."""
        objects = self.arguments.objects(index)
        if any(self.arguments.token(i).lemma == "government" and not self.arguments.modifiers(i) for i in objects):
            return ()  # one's own
        found = (self.concern.of_thing(i) or self.concern.known_at(i) for i in objects)
        return next((known for f in found if (known := tuple(a for a in f if a.basis != "unresolved"))), ())

    def _public(self, index: int, actors: tuple[Actor, ...]) -> bool:
        """Whether the protest is of the opposition, or its sentence speaks of a power of the country or of its
        business."""
        if any("OPP" in a.sectors and "CVL" not in a.sectors for a in actors):
            return True
        parse, words = self.arguments.parse, load_aimed().public
        first, end = parse.sentences[parse.tokens[index].sentence]
        said = (t for t in parse.tokens[first:end] if t.index != index and (t.index == first or t.text.islower()))
        if any({t.lemma, t.lower} & words for t in said):
            return True  # no word of a name: a Democratic debate is not about democracy
        return any(self._power(i) for i in range(first, end))

    def _power(self, index: int) -> bool:
        """Whether a power of the country is told at a token; a lawmaker by name may be anybody's candidate."""
        held = _POWERS & set(self.parties.sectors(index))
        if not held or self.parties.names_place(index):
            return False
        return "GOV" in held or self.arguments.token(index).entity != "PERSON"

    def _against_ill(self, index: int) -> bool:
        """Whether a protest is against an ill that nobody in particular does ("a march against hatred")."""
        things = self.arguments.obliques(index).get("against", ())
        return bool(things) and all(self.parties.classes.holds("ill", self.arguments.token(i).lemma) for i in things)

    def _behind(self, index: int, word: str) -> tuple[int, ...]:
        return self.arguments.obliques(index).get(word, ())

    def _voiced(self, index: int, actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
        """Whom a clause says the protesters speak about ("marched to raise concerns about police brutality")."""
        roles = self.arguments
        for clause in roles.children(index, ("advcl", "xcomp", "acl", "relcl")):
            if roles.token(clause).lemma not in load_aimed().voicing:
                continue
            for thing in (clause, *roles.objects(clause)):
                for i in (j for word in _ABOUT for j in self._behind(thing, word)):
                    known = self.concern.of_thing(i) or self.concern.known_at(i)
                    if found := tuple(a for a in known if not _among(a, actors)):
                        return found
        return ()

    def _demands(self, index: int) -> tuple[int, ...]:
        """Clauses that say what a protest is for or against: "demanding", "to protest", "calling for"."""
        roles = self.arguments
        clauses = roles.children(index, ("advcl", "xcomp", "acl", "conj", "relcl"))
        return tuple(c for c in clauses if roles.token(c).lemma in load_aimed().demanded)


def _among(actor: Actor, actors: tuple[Actor, ...]) -> bool:
    return any(a.span is not None and a.span == actor.span for a in actors)


def _home(actors: tuple[Actor, ...]) -> str | None:
    return next((a.country for a in actors if a.country and len(a.country) == 3 and a.country != "IGO"), None)
