"""Concern: whose a thing is, or whom it is for or against, where an event names no recipient itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from onrecord.coding.arguments import Arguments
from onrecord.coding.named_after import NamedAfter
from onrecord.coding.parties import Parties, distinct
from onrecord.lexicon.aimed import load_aimed
from onrecord.model import Actor, Via

_PREPOSITIONS = ("against", "with", "to", "between", "towards", "toward", "on", "for", "from", "of", "by")
_UNDERGOING = frozenset({"of", "for", "with"})
_STRUCK = frozenset({"against", "on"})
_FACING = ("against", "along", "near", "towards", "toward", "to", "on", "at", "into", "off", "around")
_OCCASIONS = frozenset({"request", "urging", "behest", "invitation", "insistence", "order", "command", "prompting"})
"""At whose request, not against whom, forces move."""

_HOSTILE = frozenset(
    {"sanction", "attack", "war", "strike", "ban", "embargo", "tariff", "raid", "invasion", "crackdown"}
)
_GOVERNING = frozenset(
    "law procedure policy rule regulation ordinance ban decision constitution budget tax statute practice purge "
    "programme program system order decree curfew ruling".split()
)
_NEW = frozenset({"a", "an", "any", "no", "some", "another", "other", "every", "each"})
_OWN = frozenset({"our", "my", "ours", "mine"})
_DEPTH = 2
_BY_PEOPLE = "a protest whose words name nobody is held to be of people of its country"


class Concern:
    """Looks for the parties that the nouns of one report concern."""

    def __init__(self, arguments: Arguments, parties: Parties) -> None:
        self.arguments = arguments
        self.parties = parties
        self.named_after = NamedAfter(arguments, parties)
        self._nouns: dict[str, list[int]] = {}
        for token in arguments.parse.tokens:
            if token.pos == "NOUN":
                self._nouns.setdefault(token.lemma, []).append(token.index)

    def of_thing(
        self, thing: int, depth: int = 0, asked: bool = False, demanded: bool = False, judged: bool = False
    ) -> tuple[Actor, ...]:
        """Parties that a noun phrase is against, with, to or of, its phrases' phrases included ("a resumption of
        ties with Arda"), else its owner, else itself with the country of its adjectives ("an Ardan tanker").

        With *asked*, of what is asked for or supported: whom it would strike is not who is asked ("urged sanctions on
        Arda"); with *demanded*, neither is to whom it would be done ("called for the release of the prisoners");
        with *judged*, of what is praised, condemned or rejected, its owner goes before all others ("praised her bid for
        the party's nomination"), and talks that fail are nobody's."""
        roles = self.arguments
        thing = roles.kernel(thing)
        held = roles.obliques(thing)
        words = load_aimed()
        made = roles.token(thing).lemma in (words.not_asked if demanded else words.undergone)
        if made and not demanded and (doers := self._doers(thing, held)):
            return doers
        owned = tuple(i for i in roles.possessors(thing) if roles.token(i).lower not in _OWN) if judged else ()
        if judged and (found := tuple(a for i in owned for a in self.parties.parties(i) if self._somebody(a, i))):
            return tuple(self._as_power(thing, a) for a in found)
        if judged and roles.token(thing).lemma in words.failing:
            return ()
        for word in _PREPOSITIONS:
            aside = demanded and word == "for" and depth > 0
            aside = aside or (asked and word in _STRUCK) or (made and word in _UNDERGOING)
            for i in () if aside else held.get(word, ()):
                if self.known_at(i) or (judged and self._is_person(i)):
                    return distinct(a for j in held[word] for a in self.parties.parties(j))
                if depth < _DEPTH and (found := self.of_thing(i, depth + 1, asked, demanded, judged)):
                    return found
        held_by = (i for i in roles.possessors(thing) if roles.token(i).lower not in _OWN)
        owners = [a for i in held_by if (a := self.parties.party(i)) is not None]
        if kept := tuple(a for a in owners if a.country or a.sectors or a.basis == "coreference"):
            return tuple(self._as_power(thing, a) for a in kept)
        return self._makers(thing) or self._by_adjective(thing) or (self._authors(thing) if judged else ())

    def _somebody(self, owner: Actor, index: int) -> bool:
        """Whether an owner is known, or named as a person or body."""
        named = owner.basis == "named" and self.arguments.token(index).entity in {"PERSON", "ORG"}
        return bool(owner.country or owner.sectors or owner.basis == "coreference" or named)

    def _is_person(self, index: int) -> bool:
        """Whether somebody is called by name, though nothing else is known of them."""
        token = self.arguments.token(index)
        return token.entity == "PERSON" and token.pos == "PROPN" and self.parties.mention(index) is not None

    def _doers(self, thing: int, held: Mapping[str, tuple[int, ...]]) -> tuple[Actor, ...]:
        """Who did a deed: behind "by", its owner, or in the clause on whom it was done to ("a man shot by police")."""
        roles = self.arguments
        owner = tuple(i for i in roles.possessors(thing) if roles.token(i).lower not in _OWN) if "of" in held else ()
        if found := self._parties_at(held.get("by", ()) or owner):
            return found
        clauses = (c for i in held.get("of", ()) for c in roles.children(i, ("acl", "relcl")) if roles.passive(c))
        return next((found for c in clauses if (found := self._parties_at(roles.subjects(c)))), ())

    def _makers(self, thing: int) -> tuple[Actor, ...]:
        """Who said, made or passed a thing by the clause on it ("the view expressed by the party's spokesman")."""
        roles = self.arguments
        clauses = (c for c in roles.children(thing, ("acl", "relcl")) if roles.token(c).lemma in load_aimed().making)
        made = (c for c in clauses if thing in roles.objects(c))
        return next((found for c in made if (found := self._parties_at(roles.subjects(c)))), ())

    def _parties_at(self, indices: Iterable[int]) -> tuple[Actor, ...]:
        return distinct(a for i in indices for a in self.parties.parties(i) if a.basis != "unresolved")

    def _as_power(self, thing: int, owner: Actor) -> Actor:
        """The government of a town or state whose law, police or budget it is ("Ohio's procedure")."""
        place = owner.basis == "named" and owner.sectors == ("CVL",) and owner.actor_id is None and owner.country
        governs = self.arguments.token(thing).lemma in _GOVERNING and not self._person(owner)
        return replace(owner, sectors=("GOV",)) if place and governs else owner

    def _person(self, actor: Actor) -> bool:
        parse = self.arguments.parse
        return actor.span is not None and any(parse.tokens[i].entity == "PERSON" for i in parse.tokens_in(actor.span))

    def told_before(self, thing: int) -> tuple[Actor, ...]:
        """Whose a thing is that the report has named before with its owner ("Arda's missile test … condemned the
        test"); () for what is new and for people."""
        roles = self.arguments
        thing = roles.kernel(thing)
        token = roles.token(thing)
        if token.pos != "NOUN" or self.parties.is_human(thing) or token.lemma in roles.control.messages:
            return ()
        if any(roles.token(c).lower in _NEW for c in roles.children(thing, ("det",))):
            return ()
        for before in reversed(self._nouns.get(token.lemma, ())):
            found = self._owners(before) if before < thing else ()
            if found:
                span = roles.noun_phrase(thing)
                text = span.of(roles.parse.text)
                return tuple(
                    replace(a, text=text, span=span, spans=(), basis="coreference", via=Via(text=a.text, span=a.span))
                    for a in found
                    if a.span is not None and a.text is not None
                )
        return ()

    def _owners(self, thing: int) -> tuple[Actor, ...]:
        """The state or power whose a thing is said to be, or at which it is aimed ("sanctions on Arda")."""
        held = self.arguments.obliques(thing)
        aimed = [a for word in ("on", "against") for i in held.get(word, ()) for a in self.known_at(i)]
        if aimed and self.arguments.token(thing).lemma in _HOSTILE:
            return distinct(aimed)
        owners = (self.parties.party(i) for i in self.arguments.possessors(thing))
        return tuple(a for a in owners if a is not None and (a.country or a.sectors) and a.basis == "named")

    def called(self, verb: int) -> tuple[Actor, ...]:
        """Whose the thing is that a clause of "what" gives a name to ("condemned what he called Arda's lies")."""
        roles = self.arguments
        for clause in roles.children(verb, ("ccomp",)):
            words = roles.parse.children[clause]
            if not any(roles.token(c).lower == "what" for c in words):
                continue
            for thing in (c for c in words if roles.token(c).dep in {"oprd", "dobj", "attr"}):
                if found := self._owners(thing):
                    return found
        return ()

    def _by_adjective(self, thing: int) -> tuple[Actor, ...]:
        """The thing itself under the country of a demonym before it, or the body that a compound names."""
        for i in self.arguments.modifiers(thing):
            actor = None if self.named_after.takes_sides(i) else self.parties.mention(i)
            if actor is None or not (actor.country or actor.sectors) or self._calling(i, actor):
                continue
            if self.named_after.tells_where(i, actor):
                return ()
            if actor.sectors and set(actor.sectors) != {"CVL"}:
                return (actor,)
            span = self.arguments.noun_phrase(thing)
            text = span.of(self.arguments.parse.text)
            if actor.country:
                return (Actor(text=text, span=span, basis="described", country=actor.country),)
        return ()

    def _authors(self, thing: int) -> tuple[Actor, ...]:
        """The body named before its own deed, of which no more is known ("called the IRS rule crazy")."""
        before = thing - 1
        token = self.arguments.token(before) if before >= 0 else None
        named = token is not None and token.entity == "ORG" and token.pos == "PROPN" and token.head == thing
        if not named or self.arguments.token(thing).lemma not in load_aimed().authored:
            return ()
        actor = self.parties.party(before)
        last = "" if actor is None else (actor.text or "").split()[-1].lower()
        return () if actor is None or last in load_aimed().no_party else (actor,)

    def _calling(self, index: int, actor: Actor) -> bool:
        """Whether a word before a noun is a kind of person, whose concern the thing is not ("a pilot programme")."""
        token = self.arguments.token(index)
        held = self.parties.classes.holds
        person = any(held(name, token.lemma) for name in ("person", "official")) and not held("power", token.lemma)
        return actor.basis == "described" and person and token.pos == "NOUN" and token.tag == "NN"

    def known_at(self, index: int) -> tuple[Actor, ...]:
        """Parties at token *index* of which country or sector are known."""
        if self.arguments.token(index).pos not in {"NOUN", "PROPN", "PRON"}:
            return ()
        return tuple(a for a in self.parties.parties(index) if a.country or a.sectors)

    def faced(self, index: int) -> tuple[Actor, ...]:
        """Towards whom a force moves: the parties, or whose border or coast, behind the prepositions at *index*."""
        held = self.arguments.obliques(index)
        for word in _FACING:
            for i in held.get(word, ()):
                if self.arguments.token(i).lemma in _OCCASIONS:
                    continue
                if found := (self.of_thing(i) or self.known_at(i)):
                    return found
        return ()

    @staticmethod
    def unnamed_protesters() -> tuple[Actor, ...]:
        """Who protests where the words name nobody ("protests erupted in the capital")."""
        return (Actor(basis="inferred", sectors=("CVL",), why=_BY_PEOPLE),)

    def protesters(self, thing: int) -> tuple[Actor, ...]:
        """Whoever protests in a protest to which something is done ("the repression of anti-Arda protests"); ()
        where the noun is none, or says whose it is."""
        roles = self.arguments
        thing = roles.kernel(thing)
        if roles.token(thing).lemma not in load_aimed().protests or roles.possessors(thing):
            return ()
        told = (i for word in ("by", "of") for i in roles.obliques(thing).get(word, ()))
        if any(self.parties.party(i) is not None for i in told):
            return ()
        if not any(self.named_after.takes_sides(i) for i in roles.modifiers(thing)):
            return ()
        return self.unnamed_protesters()

    def pressed(self, clause: int) -> tuple[Actor, ...]:
        """Who would have to act for a condition to hold ("if Arda attacks", "unless the army leaves")."""
        roles = self.arguments
        for child in roles.children(clause, ("advcl",)):
            marks = {roles.token(c).lower for c in roles.children(child, ("mark", "advmod"))}
            if marks & {"if", "unless", "until", "should"}:
                found = [a for i in roles.surface_subjects(child) for a in self.known_at(i)]
                if not found:
                    found = [a for i in roles.subjects(child) for a in self.known_at(i)]
                if found:
                    return distinct(found)
        return ()
