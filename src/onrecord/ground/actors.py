"""Actor mentions: names and descriptions in a report, with what the registry says of each.

Three ways to a mention, the first that fits wins: a name of the registry, a named entity of the
parse, a noun that the sector words know. A mention's span is its noun phrase; its country and
sector come from the entity, from the words that modify it ("Turkish soldiers", "HTS fighters",
"the foreign minister of Iraq"), or stay empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from onrecord.ground.registry import Registry
from onrecord.lexicon.actors import Entity, SectorWord
from onrecord.model import Actor, Parse, Place, Report, Span
from onrecord.text.phrases import modifiers, noun_phrase

_NAMED = frozenset({"PERSON", "ORG", "NORP", "GPE", "FAC"})
_BACKING = frozenset(
    "backed supported sponsored funded financed trained armed equipped held linked aligned allied affiliated inspired "
    "friendly based brokered mediated imposed made built occupied controlled run born listed designated".split()
)
_NOT_HEADS = frozenset({"amod", "compound", "nmod", "npadvmod", "nummod"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name found in the text: tokens [first, last], and the entity, place or bare label it is."""

    first: int
    last: int
    entity: Entity | None
    place: Place | None
    label: str


@dataclass(frozen=True, slots=True)
class Signs:
    """What the words around a head say of it: countries, organisations and sectors, nearest first."""

    countries: tuple[str, ...] = ()
    groups: tuple[Entity, ...] = ()
    people: tuple[Entity, ...] = ()
    words: tuple[SectorWord, ...] = ()


def find_actors(report: Report, parse: Parse, toponyms: Sequence[Place], registry: Registry) -> tuple[Actor, ...]:
    """Every mention of *parse* that may be an actor, in text order; at most one for each head word.

    Office-holders and groups resolve by the day of publication; without one, only those without
    dates or still in office do.
    """
    day = report.published_day
    names = find_names(parse, toponyms, registry, day)
    by_token = {i: name for name in names for i in range(name.first, name.last + 1)}
    heads = {_head(parse, name.first, name.last): name for name in names}
    found: list[Actor] = []
    for token in parse.tokens:
        name = heads.get(token.index)
        if name is None and token.index in by_token:
            continue
        word = None if name is not None else registry.sector_word(parse, token.index)
        if name is None and word is None:
            continue
        actor = _mention(parse, token.index, name, word, by_token, registry, day)
        if actor is not None:
            found.append(actor)
    return tuple(found)


def find_names(parse: Parse, toponyms: Sequence[Place], registry: Registry, day: str | None) -> list[Name]:
    """Names of *parse* in text order, none overlapping: registry names, then toponyms, then entities."""
    taken: dict[int, Name] = {}
    named = [place for place in toponyms if place.span and place.basis != "coreference"]
    place_at = {i: place for place in named if place.span for i in parse.tokens_in(place.span)}
    for first, last, ids in registry.matches(parse):
        entity = registry.choose(ids, day, parse, first, last, place_at.get(last))
        if entity is not None and not any(i in taken for i in range(first, last + 1)):
            _take(taken, Name(first, last, entity, place_at.get(last), entity.kind))
    for place in toponyms:
        if place.usage == "demonym" or place.basis == "coreference":
            continue
        tokens = parse.tokens_in(place.span) if place.span and place.field == "text" else range(0)
        if tokens and not any(i in taken for i in tokens):
            _take(taken, Name(tokens[0], tokens[-1], None, place, "GPE"))
    for span in parse.entities:
        if span.label in _NAMED and not any(i in taken for i in range(span.first, span.last + 1)):
            first, last = _trimmed(parse, span.first, span.last)
            if first > last or parse.tokens[first].lower.startswith(("anti-", "pro-")):
                continue
            entity = registry.loosely(parse.span(first, last).of(parse.text), day)
            _take(taken, Name(first, last, entity, None, span.label))
    return sorted({n.first: n for n in taken.values()}.values(), key=lambda n: n.first)


def _take(taken: dict[int, Name], name: Name) -> None:
    for i in range(name.first, name.last + 1):
        taken[i] = name


def _trimmed(parse: Parse, first: int, last: int) -> tuple[int, int]:
    """An entity without its article, possessive ending and outer punctuation."""
    while first <= last and (parse.tokens[first].pos in {"DET", "PUNCT"} or parse.tokens[first].tag == "POS"):
        first += 1
    while last >= first and (parse.tokens[last].tag == "POS" or parse.tokens[last].pos == "PUNCT"):
        last -= 1
    return first, last


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
    signs = _signs(parse, head, names, registry)
    span = noun_phrase(parse, head)
    if name is not None:
        span = _cover(span, parse.span(name.first, name.last))
    text = span.of(parse.text)
    if name is not None and name.entity is not None:
        return _from_entity(span, text, name.entity, registry, day)
    if name is not None and name.place is not None:
        return _from_place(span, text, name.place, registry)
    if name is not None:
        return _from_label(span, text, name, signs, registry)
    assert word is not None
    return _described(span, text, word, signs, registry, day)


def _inside_actor(parse: Parse, head: int, names: dict[int, Name], registry: Registry) -> bool:
    above = parse.tokens[head].head
    return above in names or registry.sector_word(parse, above) is not None


def _cover(a: Span, b: Span) -> Span:
    return Span(min(a.start, b.start), max(a.end, b.end))


def _signs(parse: Parse, head: int, names: dict[int, Name], registry: Registry) -> Signs:
    countries: list[str] = []
    groups: list[Entity] = []
    people: list[Entity] = []
    words: list[SectorWord] = []
    around = list(modifiers(parse, head))
    around += [c for c in parse.children[head] if parse.tokens[c].dep == "appos"]
    for i in around:
        if _only_backs(parse, i, head):
            continue
        name = names.get(i)
        if name is None:
            word = registry.sector_word(parse, i)
            if word is not None:
                words.append(word)
            code = registry.demonym(parse.tokens[i].text)
            if code:
                countries.append(code)
        elif name.entity is not None and name.entity.kind == "person":
            people.append(name.entity)
        elif name.entity is not None:
            if name.entity.kind != "state":
                groups.append(name.entity)
            if name.entity.country and len(name.entity.country) == 3:
                countries.append(name.entity.country)
        elif name.place is not None and name.place.country:
            countries.append(name.place.country)
        elif name.label == "NORP":
            code = registry.demonym(parse.tokens[i].text)
            if code:
                countries.append(code)
    return Signs(tuple(dict.fromkeys(countries)), tuple(groups), tuple(people), tuple(words))


def _only_backs(parse: Parse, index: int, head: int) -> bool:
    """Whether token *index* stands in a compound such as "Turkey-backed": it does not say whose *head* is."""
    for i in (index, *parse.ancestors(index)):
        if i == head:
            return False
        if parse.tokens[i].lower in _BACKING:
            return True
    return False


def _from_entity(span: Span, text: str, entity: Entity, registry: Registry, day: str | None) -> Actor:
    country, sectors, group = registry.codes(entity, day)
    return Actor(
        text=text,
        span=span,
        basis="named",
        actor_id=entity.id,
        name=entity.name,
        country=country,
        sectors=sectors,
        group=group,
    )


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


def _from_label(span: Span, text: str, name: Name, signs: Signs, registry: Registry) -> Actor | None:
    """A name that the registry does not have: what its modifiers say, else only that it is a name."""
    country = signs.countries[0] if signs.countries else None
    sectors = tuple(dict.fromkeys(s for w in signs.words for s in w.sectors))
    group = signs.groups[0] if signs.groups else None
    if name.label == "NORP":
        country = country or registry.demonym(text)
        return Actor(text=text, span=span, basis="described", country=country, sectors=sectors or ("CVL",))
    if group is not None:
        country = group.country or country
        sectors = sectors or group.sectors
    return Actor(
        text=text,
        span=span,
        basis="named",
        country=country,
        sectors=sectors,
        group=group.id if group else None,
    )


def _described(span: Span, text: str, word: SectorWord, signs: Signs, registry: Registry, day: str | None) -> Actor:
    """A description: an office-holder where office, country and day name one, else codes alone."""
    country = word.country or (signs.countries[0] if signs.countries else None)
    base = Actor(text=text, span=span, basis="described", country=country, sectors=word.sectors)
    group = signs.groups[0] if signs.groups else None
    if group is not None and not (word.kind == "office" and group.kind == "state"):
        own = () if word.kind in {"office", "person"} else word.sectors
        sectors = known(dict.fromkeys((*group.sectors, *own)))
        if group.kind in {"group", "party", "movement", "igo", "ngo", "mission", "coalition", "gang"}:
            country = group.country or country
        base = replace(base, country=country, sectors=sectors or word.sectors, group=group.id)
        if word.kind in {"office", "institution"}:
            holder = registry.leader(group.id, word, day)
            if holder is not None:
                return replace(base, actor_id=holder.id, name=holder.name)
        return base
    if word.kind == "office" and country:
        holder = registry.office_holder(country, word, day)
        if holder is not None:
            return replace(base, actor_id=holder.id, name=holder.name)
    if country and word.kind in {"institution", "force"}:
        body = registry.institution(country, word)
        if body is not None:
            return replace(base, actor_id=body.id, name=body.name, sectors=body.sectors or word.sectors)
    extra = tuple(s for w in signs.words for s in w.sectors)
    return replace(base, sectors=known(dict.fromkeys((*word.sectors, *extra))))


def known(sectors: Iterable[str]) -> tuple[str, ...]:
    """*sectors* without UNK, unless nothing else is known."""
    listed = tuple(sectors)
    return tuple(s for s in listed if s != "UNK") or listed[:1]
