"""Parties: the actor, recipient, object and instrument that the words of a role give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from onrecord.coding.arguments import Arguments
from onrecord.coding.countries import Countries
from onrecord.coding.mentions import Mentions, Weapons, only_names
from onrecord.coding.stand_ins import StandIns, stands_for
from onrecord.lexicon.frames import WordClass
from onrecord.model import Actor, Layers, Slot, Span, Via

POLITICAL = frozenset("COP GOV JUD LEG MIL PRM PTY REB SPY UAF CRM ELI OPP PRE REF SOC LAB REL CVL JRN IGO".split())
"""Sectors that make a weak trigger an event; business, schools, farms and medicine do not."""

ARMED = frozenset({"MIL", "REB", "PRM", "UAF", "COP", "CRM", "SPY"})
_PRIVATE = frozenset({"CVL", "UNK", "BUS", "EDU", "MED", "AGR", "JRN"})
_NAMES = frozenset({"PERSON", "ORG", "NORP", "GPE", "FAC", "LOC"})
_PEOPLE_NAMES = frozenset({"PERSON", "ORG", "NORP", "GPE"})
_PERSONAL = frozenset(
    "he she they him her them his their hers theirs we us our i me my you your it its who whom whose".split()
)
_ARMS = ("explosive", "aircraft", "gun", "heavy", "projectile", "blade", "club")
_COMPANIES = frozenset(
    "team party patrol unit sentry picket squad force convoy vehicle van post station station-house camp base "
    "checkpoint contingent company battalion brigade commando guard constable crew front bloc column faction".split()
)
_COUNTS = frozenset({"dozen", "score", "hundred", "thousand", "million"})
_EMPTY = frozenset({"it", "its", "there", "this", "that", "which", "what", "these"})


class Parties:
    """Looks up who or what stands at a token of one report."""

    def __init__(self, layers: Layers, arguments: Arguments, classes: Mapping[str, WordClass]) -> None:
        self.layers = layers
        self.arguments = arguments
        self.classes = Weapons(classes)
        mentions = Mentions(layers, arguments, self.classes)
        self._mentions = mentions
        self._heads = mentions.heads
        self._inside = mentions.inside
        self._references = {r.mention.end: r for r in layers.references}
        self._split = Countries(layers, arguments, self._heads)
        self.stand_ins = StandIns(arguments)
        self.politics = False
        """Whether the report is about politics, so that a person of whom nothing is known counts as of a party."""

    def heads(self) -> Iterator[tuple[int, Actor]]:
        """Each mention of the layers with the token that heads it."""
        return iter(self._heads.items())

    def inside_name(self, index: int) -> bool:
        """Whether a token is part of a named mention of several words."""
        actor = self._inside.get(index)
        if actor is None or actor.span is None or actor.basis != "named":
            return False
        return len(self.arguments.parse.tokens_in(actor.span)) > 1

    def mention(self, index: int) -> Actor | None:
        """The actor mention of the layers that token *index* heads, or that it counts or groups."""
        found = self._heads.get(index)
        if found is None:
            kernel = self.arguments.kernel(index)
            if kernel != index:
                found = self._heads.get(kernel)
                if found is not None:
                    return self._widened(found, index)
        return found

    def _widened(self, actor: Actor, index: int) -> Actor:
        """The mention with the words that count it ("dozens of protesters")."""
        span = self.arguments.noun_phrase(index)
        if actor.span is None or not span.contains(actor.span):
            return actor
        return replace(actor, span=span, text=span.of(self.arguments.parse.text))

    def names_place(self, index: int) -> bool:
        """Whether the word at token *index* names a place."""
        return self._split.place_at(index)

    def sectors(self, index: int) -> tuple[str, ...]:
        """Sector codes at token *index*, references followed; () where no actor stands."""
        actor = self.mention(index) or self._resolved(index)
        token = self.arguments.token(index)
        if self.politics and (token.entity == "PERSON" or token.pos == "PRON") and _unknown(actor):
            return ("PTY",) if token.entity == "PERSON" or actor is not None else ()
        if actor is None:
            return ()
        if actor.country and not actor.sectors and self.arguments.token(index).entity != "PERSON":
            return ("GOV",)
        return actor.sectors

    def party(self, index: int, loose: bool = False) -> Actor | None:
        """The actor at token *index*: a mention, what a pronoun stands for, a name, or people described.

        With *loose*, any other noun phrase becomes a described actor as well (what is bombed or
        seized need not be a person). None where the words name no party.
        """
        token = self.arguments.token(index)
        if self._bare_office(index) or self.stand_ins.faith(index):
            return None
        if token.pos == "PRON" or token.tag in {"PRP", "PRP$", "WP", "WP$", "WDT"}:
            return self._pronoun(index)
        if token.entity in {"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL"}:
            return None
        actor = self.mention(index)
        if actor is not None and actor.basis != "coreference" and (alone := self.stand_ins.without_hearer(index)):
            actor = Actor(text=token.text, span=alone, basis="named")
        named = self._apposed_name(index, actor)
        if named is not None:
            return named
        if actor is not None:
            return self._followed(actor)
        reference = self._resolved(index)
        if reference is not None:
            return reference
        if token.entity in _PEOPLE_NAMES and token.pos in {"PROPN", "NOUN"}:
            span = self.arguments.noun_phrase(index)
            return Actor(text=span.of(self.arguments.parse.text), span=span, basis="named")
        return self._led(index) or self._described(index, loose)

    def _bare_office(self, index: int) -> bool:
        """ "Nominated her for president", "served as mayor": an office, and nobody who holds it."""
        token = self.arguments.token(index)
        if token.tag != "NN" or token.dep != "pobj" or self.arguments.token(token.head).lower not in {"for", "as"}:
            return False
        if any(self.arguments.token(c).dep in {"det", "poss", "appos"} for c in self.arguments.parse.children[index]):
            return False
        return self.classes.holds("official", token.lemma)

    def parties(self, index: int, loose: bool = False) -> tuple[Actor, ...]:
        """The actors at token *index*: several where one noun stands for parties of several countries
        ("French and Spanish ministers", "the foreign ministers of Italy and Libya"), else as `party`."""
        actor = self.party(index, loose)
        if actor is None:
            return ()
        return (*(self._split.each(index, actor) or (actor,)), *self._grouped(index))

    def _grouped(self, index: int) -> tuple[Actor, ...]:
        """The others of a group that a word counts ("a group of Arda's and Belmark's envoys", "both X and Y")."""
        kernel = self.arguments.kernel(index)
        if kernel == index:
            return ()
        others = (self.party(i) for i in self.arguments.coordinated(kernel)[1:])
        return tuple(a for a in others if a is not None and a.basis != "unresolved")

    def _led(self, index: int) -> Actor | None:
        """People named by what they belong to ("police sentries"): the codes of the first word, all the words."""
        if self.arguments.token(index).pos not in {"NOUN", "PROPN"}:
            return None
        for modifier in self.arguments.modifiers(index):
            actor = self._heads.get(modifier)
            if actor is None or self.arguments.token(modifier).pos == "ADJ":
                continue
            if not set(actor.sectors) & ARMED or self._stands_for_event(index):
                continue
            span = self.arguments.noun_phrase(index)
            return replace(
                actor, text=span.of(self.arguments.parse.text), span=span, basis="described", actor_id=None, name=None
            )
        return None

    def _stands_for_event(self, index: int) -> bool:
        token = self.arguments.token(index)
        return token.tag == "VBG" or not (self.is_human(index) or token.lemma in _COMPANIES)

    def _followed(self, actor: Actor) -> Actor:
        """A description that a reference ties to a name takes the name's codes and keeps its words."""
        if actor.actor_id is not None or actor.span is None:
            return actor
        reference = self._references.get(actor.span.end)
        if reference is None or not reference.mention.overlaps(actor.span):
            return actor
        target = self._mentions.meant(reference.antecedent.span)
        if target is None or target.span == actor.span or target.actor_id is None:
            return actor
        if actor.country and target.country and actor.country != target.country:
            return actor
        return self._through(target, actor.span, reference.antecedent, reference.score)

    def _through(self, target: Actor, span: Span, via: Via, score: float) -> Actor:
        return replace(
            target,
            text=span.of(self.arguments.parse.text),
            span=span,
            spans=(),
            basis="coreference",
            via=via,
            score=score,
        )

    def _resolved(self, index: int) -> Actor | None:
        """What a pronoun or description at token *index* stands for, with its own words."""
        token = self.arguments.token(index)
        reference = self._references.get(token.end)
        if reference is None or not reference.mention.overlaps(token.span):
            return None
        target = self._mentions.meant(reference.antecedent.span)
        if target is not None and only_names(target, reference.antecedent.span):
            country = target.country
            target = Actor(text=reference.antecedent.text, span=reference.antecedent.span, country=country)
        if target is None:
            target = Actor(text=reference.antecedent.text, span=reference.antecedent.span)
        return self._through(target, reference.mention, reference.antecedent, reference.score)

    def _pronoun(self, index: int) -> Actor | None:
        token = self.arguments.token(index)
        actor = self.mention(index) or self._resolved(index)
        if actor is not None:
            return actor
        speaker = self.stand_ins.speaker(index)
        told = self.party(speaker) if speaker is not None else None
        if told is not None and told.span is not None:
            return self._through(told, token.span, Via(text=told.text or "", span=told.span), 0.8)
        if token.lower in _EMPTY or token.lower not in _PERSONAL:
            return None if token.lower in _EMPTY else self.stand_ins.indefinite(index)
        told_as = token.span.of(self.arguments.parse.text)
        return Actor(text=told_as, span=token.span, basis="unresolved", why="no antecedent found")

    def _apposed_name(self, index: int, actor: Actor | None) -> Actor | None:
        """The name beside a description ("the rebel leader, Ahmed Saleh"), where *actor* is none."""
        name = self.stand_ins.name_beside(index)
        beside = self._heads.get(name) if name is not None else None
        if beside is not None and beside.basis == "named" and stands_for(actor, beside):
            told = actor is not None and beside.country is None and not beside.sectors
            return replace(beside, country=actor.country, sectors=actor.sectors) if told and actor else beside
        if actor is not None and (actor.basis == "named" or actor.actor_id is not None):
            return None
        for child in self.arguments.apposed(index):
            if self.arguments.token(index).tag == "NNS" and len(self.arguments.coordinated(child)) > 1:
                continue  # "the clubs Eden and Aurora": neither is both
            other = self._heads.get(child)
            if other is not None and other.basis == "named" and self.arguments.token(child).pos == "PROPN":
                if actor is not None and other.country is None and not other.sectors:
                    return replace(other, country=actor.country, sectors=actor.sectors, group=actor.group)
                return other
        return None

    def _described(self, index: int, loose: bool) -> Actor | None:
        kernel = self.arguments.kernel(index)
        token = self.arguments.token(kernel)
        participle = self.arguments.people_by_participle(kernel)
        if token.pos not in {"NOUN", "PROPN", "NUM", "ADJ"} and kernel == index and not participle:
            return None
        counted = token.pos == "NUM" and token.entity in {"", "CARDINAL"} and token.dep != "nummod"
        counted = counted or (token.lemma in _COUNTS and token.entity in {"", "CARDINAL"})
        people = counted or participle or self.is_human(index) or self._people_by_adjective(kernel)
        if not people and not loose:
            return None
        if not people and token.pos not in {"NOUN", "PROPN"}:
            return None
        span = self.arguments.noun_phrase(index)
        country = self._split.said_of(kernel)
        return Actor(text=span.of(self.arguments.parse.text), span=span, basis="described", country=country)

    def _people_by_adjective(self, index: int) -> bool:
        """ "The rich", "the wounded"."""
        token = self.arguments.token(index)
        if token.pos != "ADJ" or token.dep not in {"pobj", "dobj", "nsubj", "nsubjpass", "conj"}:
            return False
        held = self.classes.holds("adjectival", token.lemma)
        return held and any(self.arguments.token(c).lower == "the" for c in self.arguments.children(index, ("det",)))

    def is_human(self, index: int) -> bool:
        """Whether the words at token *index* are people, a crowd, or a named person."""
        for i in {index, self.arguments.kernel(index)}:
            token = self.arguments.token(i)
            if token.entity in {"PERSON", "NORP"} or i in self._heads:
                return True
            modifiers = self.arguments.modifier_lemmas(i)
            for name in ("person", "civilian", "armed", "crowd", "official", "prisoner", "hostage", "troops"):
                if self.classes.holds(name, token.lemma, modifiers):
                    return True
        return False

    def is_weapon(self, index: int) -> bool:
        """Whether the words at token *index* are a weapon, or an aircraft or vehicle that fires one."""
        lemma, modifiers = self.arguments.token(index).lemma, self.arguments.modifier_lemmas(index)
        if "suicide" in modifiers and lemma in {"bomber", "attacker"}:
            return False
        if any(self.classes.holds(name, lemma, modifiers) for name in _ARMS):
            return True
        if modifiers and self.classes.holds("weapon", lemma, modifiers) and not self.classes.holds("weapon", lemma):
            return True  # "a nerve agent" is no agent
        return self.classes.holds("weapon", lemma, modifiers) and not any(
            self.classes.holds(name, lemma, modifiers) for name in ("troops", "armed", "person", "official")
        )

    def thing_referred_to(self, actor: Actor) -> bool:
        """Whether words that refer to something, of which no codes are known, are neither people nor a body."""
        if actor.basis != "coreference" or actor.span is None or actor.sectors or actor.country or actor.actor_id:
            return False
        parse = self.arguments.parse
        head = self._mentions.head(parse.tokens_in(actor.span))
        token = None if head is None else self.arguments.token(head)
        if token is None or token.pos != "NOUN" or token.entity:
            return False
        named = actor.via is not None and any(
            parse.tokens[i].pos == "PROPN" for i in parse.tokens_in(actor.via.span)[:1]
        )
        if named:
            return False
        modifiers = self.arguments.modifier_lemmas(token.index)
        if self.is_human(token.index) and self._heads.get(token.index) is not actor:
            return False
        return not any(
            self.classes.holds(c, token.lemma, modifiers) for c in ("power", "person", "armed", "official", "crowd")
        )

    def opposed(self, index: int) -> bool:
        """Whether the word is one that something is against ("anti-government")."""
        before = [self.arguments.token(i).lower for i in range(max(0, index - 2), index)]
        held = self._heads.get(index)
        if held is not None and (held.text or "").lower().startswith("anti-"):
            return True
        return before[-2:] in (["anti", "-"], ["counter", "-"])

    def is_crewed(self, index: int) -> bool:
        """Whether the weapon at token *index* is one that a military serves: aircraft, tanks, artillery."""
        lemma, modifiers = self.arguments.token(index).lemma, self.arguments.modifier_lemmas(index)
        return any(self.classes.holds(name, lemma, modifiers) for name in ("aircraft", "heavy", "troops"))

    def owners(self, index: int) -> tuple[Actor, ...]:
        """Whose weapon, strike or force it is: possessors, else modifiers ("Russian jets")."""
        roles = self.arguments
        found = [self.party(i) for i in roles.possessors(index)]
        if not any(found):
            found = [self.mention(i) for i in roles.modifiers(index)]
        return tuple(a for a in found if a is not None)

    def slot(self, index: int) -> Slot:
        """The noun phrase at token *index* as a plain slot."""
        span = self.arguments.noun_phrase(index)
        return Slot(text=span.of(self.arguments.parse.text), span=span, basis="named")


def _unknown(actor: Actor | None) -> bool:
    return actor is None or (not actor.sectors and actor.country is None)


def political(actor: Actor) -> bool:
    """Whether an actor is a state, armed, political, official or crowd actor (what a weak trigger asks)."""
    if actor.country is not None and not set(actor.sectors) <= {"BUS", "EDU", "MED", "AGR"}:
        return True
    if actor.country is not None and not actor.sectors:
        return True
    return any(sector in POLITICAL for sector in actor.sectors)


def public(actor: Actor) -> bool:
    """Whether an actor is a state or holds power, arms or an office, and is not only somebody of a country."""
    if not actor.sectors:
        if actor.country == "IGO":
            return True
        return actor.country is not None and actor.actor_id is not None and not actor.actor_id.startswith("per.")
    return political(actor) and not set(actor.sectors) <= _PRIVATE


def distinct(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """*actors* without repetitions of the same words or of the same entity."""
    found: list[Actor] = []
    for actor in actors:
        if any(_same(actor, other) for other in found):
            continue
        found.append(actor)
    return tuple(found)


def _same(one: Actor, other: Actor) -> bool:
    if (one.spans or other.spans) and one.country != other.country:
        return False  # "French and Spanish ministers": the noun is shared
    if one.span is not None and other.span is not None and one.span.overlaps(other.span):
        return True
    for mine, theirs in ((one, other), (other, one)):  # "the rebels … their weapons"
        if mine.via is not None and theirs.span is not None and mine.via.span.overlaps(theirs.span):
            return True
    return one.actor_id is not None and one.actor_id == other.actor_id and not _of_two_people(one, other)


def _of_two_people(one: Actor, other: Actor) -> bool:
    """Whether both are one body under two people ("the Bush administration blamed the Clinton administration")."""
    mine, theirs = ([w for w in (a.text or "").split() if w.lower() != "the"] for a in (one, other))
    return len(mine) > 1 and len(theirs) > 1 and mine[-1] == theirs[-1] == "administration" and mine[-2] != theirs[-2]


def without(actors: Iterable[Actor], others: Iterable[Actor]) -> tuple[Actor, ...]:
    """*actors* that are none of *others*."""
    taken = tuple(others)
    return tuple(a for a in actors if not any(_same(a, other) for other in taken))
