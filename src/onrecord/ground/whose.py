"""Whose a party is: the country that its report, not its words, gives it, in an order of evidence.

What is spoken has no place of its own, so that what a report is about tells first. Else the place of the act tells,
then the one country of the sentence, then what the report is about. Where a place contradicts a report that is plainly
of another country, and the sentence does not name the country itself, nothing is inferred: a namesake resolved wrongly
and a town in passing look just so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from onrecord.ground.focus import MOSTLY, OFTEN, Focus
from onrecord.ground.registry import Registry
from onrecord.lexicon.whose import whose
from onrecord.model import Actor, Claim, EventClaim, Layers, Place, Span

_OF_A_STATE = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY", "PRM"})
_OF_A_COUNTRY = _OF_A_STATE | frozenset("CVL OPP REB PTY REF REL SOC AGR BUS CRM EDU ELI JRN LAB MED UAF".split())
_POWERFUL_OR_WISE = frozenset({"GOV", "SOC", "EDU"})
_DEFINITE = frozenset({"the", "these", "those", "both", "all"})
_THEIR = frozenset({"his", "her", "their", "its"})
_ATTRIBUTES = frozenset({"compound", "amod", "nmod", "poss"})
_FROM = re.compile(r"(?:,? (?:and|or) [\w ]{1,30}?)? from (?:the )?[A-Z]")
_WITHIN = re.compile(r" (?:in|across|throughout|around|of|from) (?:the )?")
_ABOUT = "the country that the report is about, by {}"


@dataclass(frozen=True, slots=True)
class Where:
    """What tells the country of one claim's parties, where their words do not.

    ``around`` are the toponyms of its sentences, ``spoken`` holds for acts done with words, ``talks`` for meetings,
    ``strict`` where the place of the act tells nothing against what the report is about: who is held abroad.
    """

    place: Place | None
    around: Sequence[Place]
    focus: Focus | None
    spoken: bool
    talks: bool = False
    strict: bool = False

    def country(self) -> tuple[str | None, str | None]:
        """The country, and from what."""
        focus = self.focus
        if self.spoken and focus is not None and focus.share >= MOSTLY:
            return focus.country, _ABOUT.format(focus.text)
        country, why = self._of_the_scene()
        if country is None:
            if self.place is not None and self.place.usage == "demonym" and (focus is None or focus.share < MOSTLY):
                return None, None  # people of one country, in a report that is of no other beyond doubt
            if focus is not None and focus.share >= OFTEN:
                return focus.country, _ABOUT.format(focus.text)
            return None, None
        if (self.strict or self.spoken) and focus is not None and focus.country != country and focus.share >= OFTEN:
            return None, None
        if self.talks:  # ministers of anywhere meet where it suits them
            here = focus is not None and focus.country == country and focus.share >= OFTEN
            return (country, why) if here else (None, None)
        if focus is not None and focus.country != country and focus.share >= MOSTLY and not self._names(country):
            return None, None
        return country, why

    def elsewhere(self, country: str | None) -> bool:
        """Whether the report is about another country than *country*."""
        return self.focus is not None and self.focus.share >= OFTEN and self.focus.country != country

    def scene(self, *, told: bool) -> tuple[str | None, str | None]:
        """The country of the place of the act, if the report is about it, and from what; where the clause itself has
        *told* who did it, in any case."""
        place = self.place
        if place is None or place.usage != "literal" or not place.country:
            return None, None
        named = told and place.basis != "inferred"
        if not named and (self.focus is None or self.focus.country != place.country):
            return None, None
        return place.country, f"country of the place, {place.text}"

    def _of_the_scene(self) -> tuple[str | None, str | None]:
        """The country of the place of the act, else the one country in its sentence."""
        place = self.place
        if place is not None and place.country and place.basis != "inferred":
            if place.usage == "demonym" and (self.focus is None or self.focus.country != place.country):
                return None, None
            return place.country, f"country of the place, {place.text}"
        near = {p.country: p.text for p in self.around if p.usage == "literal" and p.basis != "coreference"}
        if len(near) != 1:
            return None, None
        country, text = next(iter(near.items()))
        return country, f"the one country in the sentence, by {text}"

    def _names(self, country: str) -> bool:
        """Whether the sentence has the country's own name."""
        return any(p.country == country and p.precision == "country" and p.usage == "literal" for p in self.around)


class Whose:
    """Infers countries of the parties of one report's claims."""

    def __init__(self, layers: Layers, focus: Focus | None, registry: Registry, claims: Sequence[Claim]) -> None:
        self.layers, self.focus, self.registry = layers, focus, registry
        self._day = layers.report.published_day
        self._taken = _countries_of_the_taken(claims)
        self._deported = _deported(claims)

    def where(self, claim: Claim, *, spoken: bool, states: Collection[Span]) -> Where:
        """What tells the country of the parties of *claim*; *states* are spans of parties that are states."""
        place = getattr(claim, "place", None)
        if place is not None and place.span is not None and self._attribute_of_another(place):
            place = None
        around = tuple(
            p for p in self._around(claim.span)
            if not self._attribute_of_another(p) and not any(p.span and p.span.overlaps(s) for s in states)
        )  # fmt: skip
        talks = isinstance(claim, EventClaim) and claim.event_type == "CONSULT"
        return Where(place, around, self.focus, spoken, talks)

    def fill(self, slots: Sequence[Actor], others: Sequence[Actor], where: Where) -> tuple[Actor, ...]:
        """*slots* with the countries that can be inferred; *others* are the parties on the other side."""
        found: list[Actor] = []
        for slot in slots:
            if slot in self._deported:
                found.append(slot)
                continue
            before = found[-1] if found else None
            found.append(self._of_owner(slot, before) or self._with_country(slot, others, where))
        return tuple(found)

    def _of_owner(self, actor: Actor, before: Actor | None) -> Actor | None:
        """ "A former Arda spy and his daughter": of the same country as whose they are."""
        if actor.country or before is None or before.country is None or actor.span is None or before.span is None:
            return None
        if _first(actor) not in _THEIR or actor.basis == "named":
            return None
        between = self.layers.report.text[before.span.end : actor.span.start].strip(" ,")
        if between != "and" or not _OF_A_COUNTRY & set(actor.sectors):
            return None
        return replace(actor, country=before.country, basis="inferred", why=f"named together with {before.text}")

    def _with_country(self, actor: Actor, others: Sequence[Actor], where: Where) -> Actor:
        if actor.country or actor.basis == "named" or not _OF_A_COUNTRY & set(actor.sectors):
            return actor
        head = self._head(actor)
        if _one_of_each(actor) or _from_elsewhere(actor, head) or self._came_from_somewhere(actor):
            return actor
        if self._of_a_region(actor):
            return actor
        owner = self._of_person(actor, head)
        if owner is not None:
            return replace(actor, country=owner.country, basis="inferred", why=f"of the country of {owner.text}")
        country, why = where.scene(told=actor.span is not None) if self._of_terror(actor) else where.country()
        told = self._told_before(actor, country)
        if told is not None:
            country, why = told
        of_state = bool(_OF_A_STATE & set(actor.sectors[:1]))
        if of_state and _first(actor) in _THEIR and where.elsewhere(country):
            return actor  # "his administration swapped prisoners in Belmark"
        # Whoever holds power and deals with a state that is called by its name is seldom of that state.
        abroad = {a.actor_id for a in others if a.actor_id is not None and a.actor_id == a.country}
        if country is None or (where.spoken and of_state and (country in abroad or _foreign_to(others, country))):
            return actor
        if (actor.text or "").lower() in whose("faith") and country not in {p.country for p in where.around}:
            return actor
        inferred = replace(actor, country=country, basis="inferred", why=f"{actor.why}; {why}" if actor.why else why)
        return self._as_body(inferred, country) if actor.actor_id is None and of_state else inferred

    def _of_terror(self, actor: Actor) -> bool:
        """Whether the words, or those that they stand for, mean attackers who may be of anywhere."""
        via = None if actor.via is None else replace(actor, span=actor.via.span, via=None)
        return bool({self._head(actor), "" if via is None else self._head(via)} & whose("terror"))

    def _of_person(self, actor: Actor, head: str) -> Actor | None:
        """The person of a known country whose government or following the words of *actor* tell ("Obama's cabinet")."""
        if actor.span is None or head not in whose("of_person"):
            return None
        owners = (
            a for a in self.layers.actors if a.span is not None and actor.span.contains(a.span) and a.span != actor.span
        )
        found = [a for a in owners if (a.actor_id or "").startswith("per.") and a.country]
        return found[0] if len(found) == 1 else None

    def _came_from_somewhere(self, actor: Actor) -> bool:
        """Whether people are said to be from a place whose country is not found ("families from Central ...")."""
        return actor.span is not None and bool(_FROM.match(self.layers.report.text, actor.span.end))

    def _of_a_region(self, actor: Actor) -> bool:
        """Whether people are those of a part of the world ("minorities in the Middle East"), of no one country."""
        span = actor.via.span if actor.via is not None and actor.span is None else actor.span
        if span is None:
            return False
        wide = (
            p.span for p in self.layers.toponyms if p.span is not None and p.precision == "region" and not p.country
        )
        text = self.layers.report.text
        return any(span.contains(w) or _WITHIN.fullmatch(text[span.end : max(span.end, w.start)]) for w in wide)

    def _as_body(self, actor: Actor, country: str) -> Actor:
        """*actor* with the identity of the one body or office of *country* that its words name."""
        text = actor.text or ""
        lemma = text.lower().removeprefix("the ").strip()
        word = self.registry.tables.sector_word(lemma)
        if word is None:
            return actor
        body = self.registry.office_holder(country, word, self._day) if lemma not in whose("one_of_many") else None
        if body is None and lemma in whose("sole"):
            body = self.registry.institution(country, word)
        return replace(actor, actor_id=body.id, name=body.name) if body is not None else actor

    def _told_before(self, actor: Actor, country: str | None) -> tuple[str | None, str | None] | None:
        """The country that the report has told of those so called ("three Arda engineers ... the engineers"); None
        where it has told none or several; no country where words of a state's people contradict *country*."""
        head = self._head(actor)
        if actor.span is None or not head:
            return None
        words = (actor.text or "").lower().split()
        definite = bool(words) and (words[0] in _DEFINITE or (len(words) > 2 and words[1] == "of"))
        if head in whose("captive"):
            if len(self._taken) == 1 and definite:
                return next(iter(self._taken)), "the country of those who were taken"
            return (None, None) if self._taken else None
        if not definite or head in whose("generic"):
            return None
        told = {c: text for at, c, text in self._tellings.get(head, ()) if at < actor.span.start}
        if len(told) != 1:
            return None
        only, text = next(iter(told.items()))
        if only == country:
            return None
        if country is not None and _OF_A_STATE & set(actor.sectors[:1]):
            return None, None
        return only, f"told of them before: {text}"

    @cached_property
    def _tellings(self) -> dict[str, list[tuple[int, str, str]]]:
        """Where the report tells the country of people by its words, by the noun that calls them."""
        found: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
        for actor in self.layers.actors:
            if actor.basis != "described" or actor.country is None or len(actor.country) != 3 or actor.span is None:
                continue
            if _OF_A_COUNTRY & set(actor.sectors):
                found[self._head(actor)].append((actor.span.start, actor.country, actor.text or ""))
        return found

    def _head(self, actor: Actor) -> str:
        """Lemma of the noun that the words of *actor* head, "" without words."""
        if actor.span is None or actor.field != "text":
            return ""
        tokens = self.layers.parse.tokens
        own = self.layers.parse.tokens_in(actor.span)
        tops = [i for i in own if tokens[i].head not in own and tokens[i].pos in {"NOUN", "PROPN"}]
        if not tops:
            return ""
        inner = [c for p in self.layers.parse.children[tops[0]] if tokens[p].lower == "of"
                 for c in self.layers.parse.children[p] if c in own and tokens[c].pos == "NOUN"]  # fmt: skip
        counted = inner and tokens[tops[0]].lemma in {"number", "group", "dozen", "hundred", "thousand", "score"}
        return tokens[inner[0] if counted else tops[0]].lemma.lower()

    def _attribute_of_another(self, place: Place) -> bool:
        """Whether a country's name only says of whom somebody is ("a U.S. citizen"), and not where anything was."""
        if place.span is None or place.field != "text" or place.precision != "country":
            return False
        parse = self.layers.parse
        own = parse.tokens_in(place.span)
        return any(parse.tokens[i].dep in _ATTRIBUTES and parse.tokens[i].head not in own for i in own)

    def _around(self, span: Span) -> tuple[Place, ...]:
        """Toponyms of the sentences that *span* touches."""
        parse = self.layers.parse
        tokens = parse.tokens_in(span)
        if not tokens:
            return ()
        first, last = parse.tokens[tokens[0]].sentence, parse.tokens[tokens[-1]].sentence
        reach = Span(parse.sentence_span(first).start, parse.sentence_span(last).end)
        return tuple(p for p in self.layers.toponyms if p.span is not None and p.country and reach.contains(p.span))


def states_among(actors: Iterable[Actor]) -> tuple[Span, ...]:
    """Spans of those of *actors* that are states: their names do not say where others are from."""
    return tuple(a.span for a in actors if a.span is not None and a.actor_id is not None and a.actor_id == a.country)


def _countries_of_the_taken(claims: Sequence[Claim]) -> frozenset[str]:
    """Countries of those who were abducted, as the words of the claims tell them."""
    taken = (c.recipient for c in claims if isinstance(c, EventClaim) and "abduct" in c.modes)
    return frozenset(a.country for slots in taken for a in slots if a.country is not None and a.basis != "inferred")


def _deported(claims: Sequence[Claim]) -> tuple[Actor, ...]:
    """Those who are deported, and so of another country than the one that they are in."""
    return tuple(a for c in claims if isinstance(c, EventClaim) and "deport" in c.modes for a in c.recipient)


def _foreign_to(others: Iterable[Actor], country: str) -> bool:
    """Whether a minister or government of another country speaks or is spoken to: which government then is open."""
    return any("GOV" in a.sectors and a.basis != "inferred" and (a.country or country) != country for a in others)


def _one_of_each(actor: Actor) -> bool:
    """Whether the words mean those who hold an office that each country has one of ("the presidents")."""
    words = (actor.text or "").lower().split()
    return any(" ".join(words[-n:]) in whose("one_of_each") for n in (1, 2, 3))


def _first(actor: Actor) -> str:
    return (actor.text or "").lower().partition(" ")[0]


def _from_elsewhere(actor: Actor, head: str) -> bool:
    """Whether the words mean people of other countries than the one where they are, or those of power anywhere."""
    words = (actor.text or "").lower().split()
    if head in whose("from_abroad"):
        return True
    for word, after in pairwise((*words, "")):
        if (
            word in whose("beyond")
            and after not in whose("at_home")
            and after.removesuffix("s") not in whose("at_home")
        ):
            return True
    return bool(whose("anywhere").intersection(words[:1])) and bool(_POWERFUL_OR_WISE & set(actor.sectors[:1]))
