"""Actor mentions: names and descriptions in a report, with what the registry says of each.

Three ways to a mention, the first that fits wins: a name of the registry, a named entity of the
parse, a noun that the sector words know. A mention's span is its noun phrase; its country and
sector come from the entity, from the words that modify it ("Turkish soldiers", "HTS fighters",
"the foreign minister of Iraq"), or stay empty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.ground.beside import as_apposed, known
from onrecord.ground.chambers import of_chamber
from onrecord.ground.mentions import Name, find_names
from onrecord.ground.namesakes import by_full_name, by_title, without_seats
from onrecord.ground.offices import FORMER, OF_TEMPLATE, OUSTED, office_of
from onrecord.ground.offices_in import office_word
from onrecord.ground.owners import as_former, gathered, is_itself, of_group, of_owner, one_of_many, with_beside
from onrecord.ground.party_words import party_of
from onrecord.ground.ranks import by_surname, ranks, with_bearer
from onrecord.ground.registry import Registry
from onrecord.ground.retinue import sectors_of_retinue
from onrecord.ground.signs import Signs, signs_of
from onrecord.ground.undated import as_far_as_told
from onrecord.lexicon.actors import Entity, SectorWord
from onrecord.lexicon.whose import whose
from onrecord.model import Actor, Basis, Parse, Place, Report, Span
from onrecord.text.phrases import noun_phrase

_NOT_HEADS = frozenset({"amod", "compound", "nmod", "npadvmod", "nummod"})


def find_actors(report: Report, parse: Parse, toponyms: Sequence[Place], registry: Registry) -> tuple[Actor, ...]:
    """Every mention of *parse* that may be an actor, in text order; at most one for each head word.

    Office-holders and groups resolve by the day of publication; without one, only those without
    dates or still in office do.
    """
    day = report.day_of_offices
    names = find_names(parse, toponyms, registry, day)
    by_token = {i: name for name in names for i in range(name.first, name.last + 1)}
    heads = {_head(parse, name.first, name.last): name for name in names}
    found: list[Actor] = []
    for token in parse.tokens:
        name = heads.get(token.index)
        if name is None and token.index in by_token:
            continue
        word = None if name is not None else office_word(parse, token.index, by_token, registry)
        if name is None and word is None:
            continue
        actor = _mention(parse, token.index, name, word, by_token, registry, day)
        if actor is not None:
            found.append(actor)
    told = by_surname(by_full_name(by_title(without_seats(found, parse), parse), parse))
    return tuple(told) if day is not None else as_far_as_told(told, parse, by_token, registry)


def _head(parse: Parse, first: int, last: int) -> int:
    """The token of [first, last] whose head lies outside; the last one if several do."""
    tops = [i for i in range(first, last + 1) if not first <= parse.tokens[i].head <= last]
    nouns = [i for i in tops if parse.tokens[i].pos in {"NOUN", "PROPN"}]
    return (nouns or tops or [last])[-1]


def _mention(
    parse: Parse,
    head: int,
    name: Name | None,
    word: SectorWord | None,
    names: dict[int, Name],
    registry: Registry,
    day: str | None,
) -> Actor | None:
    token = parse.tokens[head]
    if name is None and token.dep in _NOT_HEADS and _inside_actor(parse, head, names, registry):
        return None  # "police chief": the head speaks for both
    if name is not None and name.entity is not None and name.entity.kind == "office" and token.dep in _NOT_HEADS:
        above = names.get(token.head)
        if above is not None and (above.label == "PERSON" or (above.entity and above.entity.kind == "person")):
            return None  # "Syrian President" before the name
    signs = signs_of(parse, head, names, registry)
    span = noun_phrase(parse, head)
    if name is not None:
        span = _cover(span, parse.span(name.first, name.last))
    text = span.of(parse.text)
    if name is not None and name.entity is not None:
        before = _said_of(parse, head, name.first)
        of_state = name.entity.id.partition(".")[0] in registry.tables.states and "." in name.entity.id
        if of_state and name.entity.kind != "office" and (one_of_many(text) or token.lower in whose("crowd")):
            country, sectors, _ = registry.codes(name.entity, day)
            return Actor(text=text, span=span, basis="described", country=country, sectors=sectors)
        if name.entity.kind == "office" and before & FORMER:
            country, _, _ = registry.codes(name.entity, day)
            return Actor(text=text, span=span, basis="described", country=country, sectors=("ELI",))
        second = parse.tokens[max(0, name.first - 1)].lower in _SECOND
        if name.entity.kind == "office" and (second or one_of_many(text)):
            country, sectors, _ = registry.codes(name.entity, day)
            return Actor(text=text, span=span, basis="described", country=country, sectors=sectors)
        actor = _from_entity(parse, span, text, name.entity, before, registry, day)
        if name.entity.kind == "party" and _in_chamber(text, signs):
            return replace(actor, actor_id=None, name=None, basis="described", sectors=("LEG",))
        return _as_called(actor, name.entity, signs)
    if name is not None and name.place is not None and _SEAT.search(parse.text, 0, parse.tokens[name.first].start):
        return None  # "D-Ohio" behind a legislator's name
    if name is not None and name.place is not None:
        if _SEAT_NAMED.match(text):
            return None  # "D-Harlan" in one word
        return _from_place(span, text, name.place, registry)
    if name is not None:
        titled = _titled(parse, name, registry, day)
        if titled is not None:
            return _from_entity(parse, span, text, titled, frozenset(), registry, day)
        chairs = (office_word(parse, i, names, registry) for i in range(name.first, name.last) if of_chamber(parse, i))
        titles = (*ranks(parse, name, registry), *(w for w in chairs if w is not None))
        found = _from_label(span, text, name, signs, titles, registry, day)
        if found is not None and (FORMER | {"retired"}) & {w.lower().removesuffix("-") for w in text.split()[:2]}:
            found = replace(found, sectors=as_former(found.sectors))
        if found is not None and name.label == "NORP" and (found.country is None or found.sectors == ("CVL",)):
            found = _of_a_people(found, parse.span(name.first, name.last).of(parse.text), registry)
        if found is not None and found.country is None:
            return as_apposed(parse, head, found, name.label, names, registry)
        return found
    assert word is not None
    span = with_bearer(parse, head, span, word)
    text = span.of(parse.text)
    before = _said_of(parse, head, head)
    if word.lemma.startswith(("former ", "ex-")):
        plain = registry.tables.sector_word(word.lemma.removeprefix("former ").removeprefix("ex-"))
        word, before = plain or word, before | {"former"}
    if word.kind == "office" and before & (FORMER | OUSTED):
        return _former(parse, span, text, word, signs, before, registry, day)
    if word.office and before & _SECOND and not _SECOND & set(word.lemma.split()):
        word = replace(word, office=None)  # "the deputy Russian foreign minister" is not the minister
    if word.office and token.tag == "NNS":
        word = replace(word, office=None)  # "the presidents" are several, of whom none is meant alone
    acting = bool(before & _ACTING)
    return _described(span, text, gathered(parse, head, word), signs, registry, day, acting=acting)


_CHAMBERS = frozenset({"congressional", "parliamentary"})
_SEAT = re.compile(r"\b[DRI]-$")
_SEAT_NAMED = re.compile(r"[DRI]-[A-Z]")
_COURTS = frozenset({"court", "tribunal", "court of law"})
_HIGHEST = frozenset({"supreme", "highest", "top", "apex", "constitutional"})
_SECOND = frozenset({"deputy", "assistant", "associate", "vice", "junior"})
_ACTING = frozenset({"acting", "interim", "caretaker"})


def _said_of(parse: Parse, head: int, first: int) -> frozenset[str]:
    """The adjectives and prefixes before an office, lower case: "former", "acting"."""
    said = {parse.tokens[c].lower for c in parse.children[head] if c < head}
    said |= {parse.tokens[i].lower for i in range(max(0, first - 2), first)}
    return frozenset(w.removesuffix("-") for w in said)


def _titled(parse: Parse, name: Name, registry: Registry, day: str | None) -> Entity | None:
    """The person of an unregistered surname after an office that one so named holds: "President Santos"."""
    title = parse.tokens[name.first - 1] if name.first else None
    if name.label != "PERSON" or title is None or title.sentence != parse.tokens[name.first].sentence:
        first = parse.tokens[name.first]
        if name.label != "PERSON" or name.first == name.last:
            return None
        word = registry.tables.sector_word(first.lower)
        surname = parse.span(name.first + 1, name.last)
    else:
        word = registry.sector_word(parse, name.first - 1)
        surname = parse.span(name.first, name.last)
    if word is None or not word.office:
        return None
    return registry.offices.titled(surname.of(parse.text), word.office, day)


def _former(
    parse: Parse,
    span: Span,
    text: str,
    word: SectorWord,
    signs: Signs,
    before: frozenset[str],
    registry: Registry,
    day: str | None,
) -> Actor:
    """ "the former Chadian president": of the elite, and named only where nobody else can be meant."""
    country = word.country or (signs.countries[0] if signs.countries else None)
    if signs.groups and all(set(g.sectors) == {"BUS"} for g in signs.groups):
        return Actor(text=text, span=span, basis="described", country=country)  # of a company, not of a state
    office = office_of(word, country)
    person = None
    if country and office and not signs.part:
        person = registry.offices.former(country, office, day, parse.text, bool(before & OUSTED))
    known_as = (person.id, person.name) if person is not None else (None, None)
    return Actor(
        text=text,
        span=span,
        basis="described",
        country=country,
        sectors=("ELI",),
        actor_id=known_as[0],
        name=known_as[1],
    )


def _inside_actor(parse: Parse, head: int, names: dict[int, Name], registry: Registry) -> bool:
    above = parse.tokens[head].head
    return above in names or registry.sector_word(parse, above) is not None


def _cover(a: Span, b: Span) -> Span:
    return Span(min(a.start, b.start), max(a.end, b.end))


def _from_entity(
    parse: Parse,
    span: Span,
    text: str,
    entity: Entity,
    before: frozenset[str],
    registry: Registry,
    day: str | None,
) -> Actor:
    """An entity as it stood on *day*; an office of a state is the person who held it, where one is known."""
    country, sectors, group = registry.codes(entity, day)
    basis: Basis = "named"
    state, _, key = entity.id.partition(".")
    if entity.kind == "office" and key in OF_TEMPLATE:
        basis = "described"
        person = None
        if before & (FORMER | OUSTED):
            person = registry.offices.former(state, OF_TEMPLATE[key], day, parse.text, bool(before & OUSTED))
            sectors = ("ELI",)
            if person is None:
                return Actor(text=text, span=span, basis=basis, country=country, sectors=sectors)
        else:
            person = registry.incumbent(entity, day, _office_words(text))
        entity = person or entity
    return Actor(
        text=text,
        span=span,
        basis=basis,
        actor_id=entity.id,
        name=entity.name,
        country=country,
        sectors=sectors,
        group=group,
    )


def _in_chamber(text: str, signs: Signs) -> bool:
    """Whether a party's people are those in a parliament ("Senate Republicans", "congressional Democrats")."""
    told = {s for w in signs.words for s in w.sectors} | {s for g in signs.groups for s in g.sectors}
    return "LEG" in told or not _CHAMBERS.isdisjoint(text.lower().split())


def _as_called(actor: Actor, entity: Entity, signs: Signs) -> Actor:
    """A party or movement that the report calls rebel or opposition is so at that time: "the rebel RPF"."""
    if entity.kind not in {"party", "movement", "coalition"}:
        return actor
    called = [s for w in signs.words for s in w.sectors if s in {"REB", "OPP"}]
    return replace(actor, sectors=tuple(dict.fromkeys((*called, *actor.sectors)))) if called else actor


def _office_words(text: str) -> str:
    """The words of an office that tell it from others like it: "army" of "the Thai army chief"."""
    return " ".join(w for w in text.lower().split() if w in {"army", "military", "general", "defence", "defense"})


def _from_place(span: Span, text: str, place: Place, registry: Registry) -> Actor:
    """A place that acts: a state or its government; a city or province stands for its people."""
    state = registry.state(place.country) if place.country else None
    if state is not None and place.precision == "country":
        return Actor(text=text, span=span, actor_id=state.id, name=state.name, country=state.id)
    capital = state is not None and registry.is_capital(state.id, place.text or "")
    return Actor(
        text=text,
        span=span,
        actor_id=f"{state.id}.gov" if state is not None and capital else None,
        name=place.name or place.text,
        country=place.country,
        sectors=("GOV",) if capital else ("CVL",),
    )


def _from_label(
    span: Span,
    text: str,
    name: Name,
    signs: Signs,
    titles: Sequence[SectorWord],
    registry: Registry,
    day: str | None,
) -> Actor | None:
    """A name that the registry does not have: what its modifiers say, else only that it is a name."""
    country = signs.countries[0] if signs.countries else None
    told = (*signs.words, *titles)
    theirs = sectors_of_retinue(told[0], signs.people, registry, day) if len(told) == 1 else None
    sectors = theirs or tuple(dict.fromkeys(s for w in told for s in w.sectors))
    group = signs.groups[0] if signs.groups else None
    seats = registry.tables.capital_of(" ".join(text.split())) if name.label in {"GPE", "PERSON", "ORG"} else ()
    if seats and not signs.countries:
        seat = registry.tables.entity(f"{seats[0]}.gov")
        if seat is not None:
            return Actor(text=text, span=span, actor_id=seat.id, name=seat.name, country=seats[0], sectors=("GOV",))
    if name.label == "NORP" and (party := party_of(text, registry)) is not None:
        return Actor(text=text, span=span, basis="described", country=party.country, sectors=("PTY",), group=party.id)
    if name.label == "NORP":
        country = country or registry.demonym(text)
        return Actor(text=text, span=span, basis="described", country=country, sectors=sectors or ("CVL",))
    if group is not None:
        country = group.country or country
        sectors = of_group(sectors, told, group)
    return Actor(
        text=text,
        span=span,
        basis="named",
        country=country,
        sectors=sectors,
        group=group.id if group else None,
    )


def _of_a_people(actor: Actor, word: str, registry: Registry) -> Actor:
    """*actor* with the country of the people that *word* names ("four Ardans"), or the party ("Democratic")."""
    ethnic = "ethnic" in (actor.text or "").lower().split()  # "ethnic Ardans" are seldom of Arda
    country = actor.country if ethnic or actor.country else registry.demonym(word)
    party = party_of(word, registry) if country is None or country == actor.country else None
    if party is None:
        return replace(actor, country=country)
    sectors = actor.sectors if actor.sectors not in {(), ("CVL",)} else party.sectors
    return replace(actor, country=party.country, sectors=sectors, group=party.id)


def _described(
    span: Span,
    text: str,
    word: SectorWord,
    signs: Signs,
    registry: Registry,
    day: str | None,
    *,
    acting: bool = False,
) -> Actor:
    """A description: an office-holder where office, country and day name one, else codes alone."""
    word, beside = of_owner(word, signs.words)
    if word.lemma == "coalition" and one_of_many(text):
        word = replace(word, sectors=("UNK",))  # only "the coalition" is known to bear arms
    country = word.country or (signs.countries[0] if signs.countries else None)
    base = Actor(text=text, span=span, basis="described", country=country, sectors=word.sectors)
    group = signs.groups[0] if signs.groups else None
    if group is not None and not (word.kind == "office" and group.kind == "state"):
        return _of_group(base, word, group, registry, day, acting)
    if word.kind in {"office", "person"} and country and office_of(word, country):
        holder = registry.office_holder(country, word, day, acting=acting or None, at=signs.part)
        if holder is not None:
            return replace(base, actor_id=holder.id, name=holder.name)
    own = word.kind in {"institution", "force"} and word.lemma != "delegation" and not one_of_many(text)
    if country and own and not signs.part and not _lower_court(text, word):
        body = registry.institution(country, word)
        if body is not None:
            return replace(base, actor_id=body.id, name=body.name, sectors=body.sectors or word.sectors)
    theirs = sectors_of_retinue(word, signs.people, registry, day)
    return replace(base, sectors=theirs or with_beside(word, beside))


def _lower_court(text: str, word: SectorWord) -> bool:
    """Whether a court is one of many ("General Sessions Court", "a magistrate's court"), not its country's highest."""
    return "JUD" in word.sectors and word.lemma in _COURTS and not _HIGHEST & {w.lower() for w in text.split()}


def _of_group(base: Actor, word: SectorWord, group: Entity, registry: Registry, day: str | None, acting: bool) -> Actor:
    """People and offices of a group or body: "HTS fighters", "the speaker of Lebanon's parliament"."""
    own = () if word.kind in {"office", "person"} else word.sectors
    sectors = known(dict.fromkeys((*group.sectors, *own)))
    country = base.country
    if group.kind in {"group", "party", "movement", "igo", "ngo", "mission", "coalition", "gang"}:
        country = group.country or country
    found = replace(base, country=country, sectors=sectors or word.sectors, group=group.id)
    if is_itself(base.text or "", group):
        return replace(found, actor_id=group.id, name=group.name, sectors=group.sectors)
    if word.kind not in {"office", "institution"} or one_of_many(base.text or ""):
        return found  # "a local leader of the party" is not its leader
    holder = registry.leader(group.id, word, day)
    if holder is None and word.office and country in registry.tables.states:
        assert country is not None
        held = registry.office_holder(country, word, day, acting=acting or None)
        of_state = group.id.partition(".")[0] in registry.tables.states
        if held is not None and (of_state or registry.belongs(held.id, group.id)):
            holder = held
            found = replace(found, sectors=registry.codes(held, day)[1] or found.sectors)
    return replace(found, actor_id=holder.id, name=holder.name) if holder is not None else found
