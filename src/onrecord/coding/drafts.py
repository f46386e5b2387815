"""Drafts: a matched trigger with its roles filled, before it is weighed and written as a claim."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.coding.agents import Agents
from onrecord.coding.aimed import Aimed
from onrecord.coding.arguments import Arguments
from onrecord.coding.candidates import Draft
from onrecord.coding.concern import Concern
from onrecord.coding.filling import actor_paths, addressed
from onrecord.coding.made_before import made_before
from onrecord.coding.makers import through
from onrecord.coding.matched import Match
from onrecord.coding.named_after import NamedAfter
from onrecord.coding.operations import operators
from onrecord.coding.parties import Parties, distinct, without
from onrecord.coding.protested import Protested
from onrecord.coding.taken import robbed, takes
from onrecord.coding.talks import Talks
from onrecord.coding.triggers import Matcher
from onrecord.coding.unnamed import Unnamed
from onrecord.lexicon.frames import RolePath
from onrecord.lexicon.triggers import Trigger
from onrecord.model import Actor, Slot

BODILY = frozenset({"ASSAULT", "COERCE", "AID"})
"""Types whose recipient may be a thing: a hospital is bombed, a newspaper is banned."""

_TRYING = frozenset("arraign indict convict sentence acquit jail imprison arrest".split())
_NUMBERS = frozenset("handful number group majority minority total few".split())
_INSTRUMENT_PREPOSITIONS = ("with", "by", "using", "via", "from")
_AIMED = frozenset({"MOBILIZE"})
_ASKED = frozenset({"who", "whom", "what"})
_DOERS = {"COP": "police", "GOV": "authorities", "JUD": "courts", "MIL": "armies"}
_ANSWER = frozenset({"respond", "retaliate", "reply", "answer", "continue", "react"})
_CONCERNING = frozenset(
    "SUPPORT ACCUSE REJECT REQUEST AGREE CONCEDE AID COOPERATE SANCTION THREATEN COERCE ASSAULT RETREAT MOBILIZE "
    "PROTEST".split()
)
_JUDGED = frozenset({"ACCUSE", "SUPPORT", "SANCTION", "REJECT"})
_BODILY_THINGS = (
    "building vehicle territory property media aircraft occupiable place shootable market service road".split()
)
_WEAPON_USE = frozenset({"ASSAULT", "THREATEN", "MOBILIZE", "COERCE"})


class Drafter:
    """Fills the roles of matches in one report."""

    def __init__(self, arguments: Arguments, matcher: Matcher, parties: Parties, unnamed: Unnamed) -> None:
        self.arguments = arguments
        self.matcher = matcher
        self.parties = parties
        self.concern = Concern(arguments, parties)
        self.protested = Protested(arguments, parties, self.concern)
        self.talks = Talks(arguments, parties)
        self.unnamed = unnamed
        self.aimed = Aimed(arguments, parties, matcher.paths)
        self.named_after = NamedAfter(arguments, parties)
        self.agents = Agents(arguments, parties, self.named_after, self.aimed.words.no_party)

    def draft(self, match: Match, event_type: str) -> Draft:
        """The draft of *match* as an event of *event_type*."""
        row = match.trigger
        instruments: list[Slot] = []
        actors = self._actors(match, instruments)
        recipients, acted = self._recipients(match, event_type)
        if event_type in BODILY:  # "to find out who placed the bomb": nobody is named
            actors = tuple(a for a in actors if a.basis != "unresolved" or (a.text or "").lower() not in _ASKED)
        if row.doer == "COP" and row.words[0] == "police" and len(row.words) > 1:
            actors = tuple(a for a in actors if row.doer in a.sectors)  # "blamed police negligence": the police's
        if not actors and event_type in {"ASSAULT", "COERCE"} and not match.nominal:
            actors = without(operators(match.head, self.arguments, self.parties), recipients)
        if not actors and row.doer is not None and (match.nominal or not self.arguments.subjects(match.head)):
            # "police were shot" is not police firing
            own = event_type == "ASSAULT" and any(row.doer in a.sectors for a in recipients)
            actors = () if own else (_only_doer(row),)
        if not actors and (police := self.unnamed.actor(match)) is not None:
            actors = (police,)
        if row.reciprocal:
            actors = self.talks.with_teller(match, actors)
            actors, recipients = self._mutual(match, actors, recipients)
        else:
            recipients = without(recipients, actors)
            if event_type in _AIMED:
                recipients = tuple(a for a in recipients if not self._own_troops(a, actors))
            recipients = recipients or self._aimed_at(match, event_type, actors)
            if not recipients and match.nominal and event_type == "ASSAULT":
                recipients = without(self.named_after.harmed(match.head), actors)
        self._instruments(match, event_type, instruments)
        theme = self._theme(match, (*actors, *recipients))
        return Draft(
            match,
            event_type,
            row.modes,
            actors,
            recipients,
            theme,
            _slots(instruments),
            heads=(match.head,),
            acted=acted,
            measures=((match.head, row.measure),) if row.measure else (),
        )

    @staticmethod
    def _own_troops(actor: Actor, movers: Iterable[Actor]) -> bool:
        """Whether an army that is moved belongs to who moves it ("an exercise of 8,000 troops")."""
        if actor.basis != "described" or not set(actor.sectors) & {"MIL", "COP", "PRM"}:
            return False
        return actor.country is None or any(a.country == actor.country for a in movers)

    def _actors(self, match: Match, instruments: list[Slot]) -> tuple[Actor, ...]:
        for path in actor_paths(match, self.arguments):
            found: list[Actor] = []
            for index in self.matcher.fill(match, path):
                who = None if match.nominal or path.step != "subj" else through(self.arguments, index, match.head)
                for i in (index,) if who is None else who:
                    found.extend(self.agents.at(i, path, instruments))
            if found:
                return distinct(found)
        return self._acting_through(match, instruments) if match.nominal else ()

    def _acting_through(self, match: Match, instruments: list[Slot]) -> tuple[Actor, ...]:
        """Who does by an act what the clause tells ("retook the town through bombardment", "built in cooperation
        with")."""
        token = self.arguments.token(match.head)
        if token.dep == "pobj" and (met := self.talks.around(match)):
            return met
        if token.dep != "pobj" or token.lemma in {"battle", "fight", "war", "struggle"}:
            return ()
        preposition = self.arguments.token(token.head)
        verb = self._verb_of(preposition.index)
        joint = preposition.lower == "in" and match.trigger.event_type == "COOPERATE"
        alone = match.head == preposition.index + 1 and token.lemma == "protest"
        joint = joint or (preposition.lower == "in" and alone)  # "chained herself to the gate in protest"
        means = preposition.lower in {"through", "via"}
        means = means or (preposition.lower == "with" and self.arguments.token(verb).lemma in _ANSWER)
        if not (joint or means) or self.arguments.token(verb).pos != "VERB":
            return ()
        path = RolePath("subj")
        return distinct(a for i in self.arguments.subjects(verb) for a in self.agents.at(i, path, instruments))

    def _verb_of(self, preposition: int) -> int:
        """The verb that a phrase belongs to, past a noun that the parser hung it on ("tied to a chair in protest")."""
        above = self.arguments.token(preposition).head
        noun = self.arguments.token(above)
        upper = self.arguments.token(noun.head)
        return upper.head if noun.pos == "NOUN" and noun.dep == "pobj" and upper.dep == "prep" else above

    def _recipients(self, match: Match, event_type: str) -> tuple[tuple[Actor, ...], tuple[int, ...]]:
        paths: tuple[RolePath, ...] = match.trigger.recipient
        if match.light is not None:
            paths = (*match.light.recipient, *(p for p in paths if p not in match.light.recipient))
        loose = event_type in BODILY
        if match.nominal and loose and (under := self.parties.stand_ins.subjected(match.head)):
            return distinct(a for i in under for a in self.parties.parties(i, loose=True)), under
        for path in paths:
            found: list[Actor] = []
            tokens = self.matcher.fill(match, path)
            if event_type == "ASSAULT":
                tokens = self.named_after.hit(path.step, tokens, match.nominal)
            if event_type == "PROTEST" and any(self.protested.occasion(i) for i in tokens):
                found.extend(a for i in tokens for a in self.protested.of_occasion(i))
                tokens = ()
            if takes(match) and event_type == "COERCE":
                found, tokens = [*robbed(tokens, self.arguments, self.parties)], ()
            for index in self.aimed.addressed(tokens, event_type):
                if path.step == "mod" or path.then == "mod":
                    actor = self.parties.mention(index)
                    found.extend(() if actor is None else (actor,))
                else:
                    at = self._recipients_at(index, loose)
                    found.extend(self.aimed.without_charge(match, index, a) for a in at)
                    if not at and path.step == "obj" and match.trigger.event_type == "ACCUSE":
                        found.extend(self.aimed.own_camp(index))
            if found := addressed(found, path, self.arguments.token(match.head).start):
                return distinct(found), tokens
        named = self.named_after.victims(match.head) if match.nominal and event_type in BODILY else ()
        if not named and match.nominal and event_type == "ASSAULT":
            named = self.named_after.struck(match.head)
        if named:
            return distinct(named), ()
        if match.nominal:  # "anti-government protests"
            against = (i for i in self.arguments.modifiers(match.head) if self.parties.opposed(i))
            known = (self.parties.mention(i) for i in against)
            opposed = [a for a in known if a is not None and not (a.text or "").lower().startswith("anti")]
            if opposed:
                return distinct(opposed), ()
        if match.nominal and event_type == "COERCE" and (held := self.parties.stand_ins.held(match.head)):
            return distinct(a for i in held for a in self._recipients_at(i, False)), held
        return self.aimed.at(match, event_type) or self._concerned(match, event_type), ()

    def _recipients_at(self, index: int, loose: bool) -> tuple[Actor, ...]:
        """Who or what is acted upon at token *index*; a thing that is no party only where the words say whose."""
        if loose and (number := self.parties.stand_ins.number_of_people(index)) is not None:
            return (number,)
        found = self.parties.parties(index, loose=loose and self._thing(index))
        if len(found) == 1 and _nobodys_place(found[0]) and not loose:
            return ()  # "sent a carrier to the Gulf"
        if not found and self._is_tried(index):
            return tuple(a for a in (self.parties.party(index, loose=True),) if a is not None)
        if found or not self._place_word(index):
            return found
        place = self.parties.party(index, loose=True)
        return (place,) if place is not None and place.country else ()

    def _is_tried(self, index: int) -> bool:
        """Whether a court deals with somebody whom only a trade or the like describes ("a mason was arraigned")."""
        token = self.arguments.token(index)
        said = any(self.arguments.token(c).lower in {"a", "an"} for c in self.arguments.children(index, ("det",)))
        verb = self.arguments.token(token.head)
        one = token.tag == "NN" and token.lemma not in _NUMBERS
        return said and one and token.dep in {"nsubjpass", "dobj"} and verb.lemma in _TRYING

    def _place_word(self, index: int) -> bool:
        lemma = self.arguments.token(index).lemma
        return any(self.parties.classes.holds(name, lemma) for name in ("territory", "place"))

    def _concerned(self, match: Match, event_type: str) -> tuple[Actor, ...]:
        """Whom the object or theme concerns where the words name no recipient: whose it is, to or against whom
        it is, which country's it is ("welcomed Arda's offer", "refused entry to pilgrims")."""
        row = match.trigger
        if row.reciprocal or event_type not in _CONCERNING or not (row.recipient or row.theme):
            return ()
        roles = self.arguments
        things = [*self.theme_tokens(match), *(() if match.nominal else roles.objects(match.head))]
        for path in row.recipient:
            aimed = self.matcher.fill(match, path) if path.then is None else ()
            if path.step == "in" and event_type == "ASSAULT":  # "in an operation for the rebels", "in Arda's history"
                aimed = tuple(i for i in self.named_after.hit(path.step, aimed, match.nominal) if self._thing(i))
            things += [i for i in aimed if i not in things]
        if "police" in row.modes and event_type in _AIMED:
            return ()  # "the border with Arda is guarded": against nobody who is named
        if event_type in _AIMED and not match.nominal and (found := self.concern.faced(match.head)):
            return found
        for thing in things:
            held_by_people = self.parties.is_human(thing) and event_type not in _AIMED
            if held_by_people or roles.token(roles.kernel(thing)).pos not in {"NOUN", "PROPN"}:
                continue
            if event_type not in {"REQUEST", "PROTEST"} and (people := self.concern.protesters(thing)):
                return people
            demanded = event_type == "REQUEST"
            asked = demanded or event_type in {"SUPPORT", "REJECT"}
            judged = event_type in _JUDGED and event_type != "SANCTION"
            if found := self.concern.of_thing(thing, asked=asked, demanded=demanded, judged=judged):
                return distinct(found)
            if event_type in _AIMED and (found := self.concern.faced(thing)):
                return found
        return self._concerned_before(match, event_type, things)

    def _concerned_before(self, match: Match, event_type: str, things: Sequence[int]) -> tuple[Actor, ...]:
        """Whose the thing is by what the report has said of it before, or by what the clause calls it."""
        if event_type not in _JUDGED:
            return ()
        if not match.nominal and (found := self.concern.called(match.head)):
            return found
        own = (match.head,) if match.nominal and event_type == "SANCTION" else ()
        told = next((found for i in (*things, *own) if (found := self.concern.told_before(i))), ())
        made = (made_before(self.arguments, self.parties, i) for i in things)
        return told or next((found for found in made if found), ())

    def _aimed_at(self, match: Match, event_type: str, actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
        """Whom a protest or a threat is aimed at where only its cause, demand or condition says so."""
        if event_type == "PROTEST":
            heads = (match.head,) if match.carrier is None else (match.head, match.carrier)
            return next((found for h in heads if (found := self.protested.at(h, actors, match.trigger.modes))), ())
        if event_type == "THREATEN":
            clauses = (match.head, *self.arguments.complements(match.head))
            return next((without(found, actors) for c in clauses if (found := self.concern.pressed(c))), ())
        return without(self.aimed.at(match, event_type), actors)

    def _thing(self, index: int) -> bool:
        """Whether the words are something that can be done something to: a building, vehicle, territory."""
        token = self.arguments.token(index)
        modifiers = self.arguments.modifier_lemmas(index)
        if token.entity in {"FAC", "GPE", "LOC", "ORG", "PRODUCT"}:
            return True
        return any(self.parties.classes.holds(name, token.lemma, modifiers) for name in _BODILY_THINGS)

    def _mutual(
        self, match: Match, actors: tuple[Actor, ...], recipients: tuple[Actor, ...]
    ) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
        """All parties of a mutual act as its actors."""
        found = list(actors)
        for path in match.trigger.actor:
            if path.step == "mod" and found:
                continue
            for index in self.matcher.fill(match, path):
                if path.step == "mod":
                    actor = self.parties.mention(index)
                    found.extend(() if actor is None else (actor,))
                else:
                    found.extend(self.parties.parties(index))
        found.extend(recipients)
        if len(distinct(found)) == 1 and not match.nominal:  # "attend talks with Arda": the object says with whom
            things = (*self.theme_tokens(match), *self.arguments.objects(match.head))
            found += next((a for i in things if (a := self.concern.of_thing(i))), ())
        return distinct(found), ()

    def _instruments(self, match: Match, event_type: str, instruments: list[Slot]) -> None:
        """Adds weapons named by with-, by- and using-phrases, and by compounds ("drone attack")."""
        if event_type not in _WEAPON_USE:
            return
        for preposition in _INSTRUMENT_PREPOSITIONS:
            for index in self.matcher.fill(match, RolePath(preposition)):
                if self.parties.is_weapon(index):
                    instruments += [self.parties.slot(index)]
        if not match.nominal:
            objects = self.arguments.objects(match.head)
            acted = any(path.step == "obj" for path in match.trigger.recipient)
            instruments.extend(self.parties.slot(i) for i in objects if self.parties.is_weapon(i) and not acted)
        for index in self.arguments.modifiers(match.head):
            if self.arguments.token(index).dep == "compound" and self.parties.is_weapon(index):
                token = self.arguments.token(index)
                instruments.append(Slot(text=token.span.of(self.arguments.parse.text), span=token.span))
        for child in self.arguments.children(match.clause_head, ("advcl", "xcomp", "acl")):
            if self.arguments.token(child).lemma == "use":
                instruments.extend(
                    self.parties.slot(i) for i in self.arguments.objects(child) if self.parties.is_weapon(i)
                )

    def _theme(self, match: Match, taken: Iterable[Actor]) -> Slot | None:
        spans = [a.span for a in taken if a.span is not None]
        for path in match.trigger.theme:
            for index in self.matcher.fill(match, path):
                if path.step == "comp" and path.then is None:
                    span = self.arguments.parse.subtree(index)
                    return Slot(text=span.of(self.arguments.parse.text), span=span)
                slot = self.parties.slot(index)
                if slot.span is not None and not any(slot.span.overlaps(s) for s in spans):
                    return slot
        return None

    def theme_tokens(self, match: Match) -> tuple[int, ...]:
        """Tokens at which the theme of a match stands."""
        return tuple(i for path in match.trigger.theme for i in self.matcher.fill(match, path))


def _slots(found: Iterable[Slot]) -> tuple[Slot, ...]:
    kept: list[Slot] = []
    for slot in found:
        if not any(slot.span is not None and o.span is not None and slot.span.overlaps(o.span) for o in kept):
            kept.append(slot)
    return tuple(kept)


def _nobodys_place(actor: Actor) -> bool:
    """Whether an actor is only the name of a sea, strait or region that belongs to no one state."""
    return actor.basis == "named" and actor.country is None and actor.actor_id is None and actor.sectors == ("CVL",)


def _only_doer(row: Trigger) -> Actor:
    """Who alone does such a thing, where the words name nobody ("was lathicharged": police)."""
    assert row.doer is not None
    why = f"nobody is named, and {_DOERS.get(row.doer, row.doer)} do this: {' '.join((*row.words, *row.particle))}"
    return Actor(basis="inferred", sectors=(row.doer,), why=why)
