"""Names in a parse: those of the registry, toponyms, and named entities that neither knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.ground.acronyms import Acronyms
from onrecord.ground.common_names import of_country_told
from onrecord.ground.registry import Registry
from onrecord.lexicon.actors import Entity
from onrecord.model import Parse, Place

_NAMED = frozenset({"PERSON", "ORG", "NORP", "GPE", "FAC"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name found in the text: tokens [first, last], and the entity, place or bare label it is."""

    first: int
    last: int
    entity: Entity | None
    place: Place | None
    label: str


def find_names(parse: Parse, toponyms: Sequence[Place], registry: Registry, day: str | None) -> list[Name]:
    """Names of *parse* in text order, none overlapping: registry names, then toponyms, then entities."""
    taken: dict[int, Name] = {}
    named = [place for place in toponyms if place.span and place.basis != "coreference"]
    place_at = {i: place for place in named if place.span for i in parse.tokens_in(place.span)}
    matches = list(registry.matches(parse))
    acronyms = Acronyms(parse, toponyms, matches, registry.tables)
    for first, last, named_ids in matches:
        ids = of_country_told(acronyms.meant(named_ids, first, last), parse, first, last, toponyms, registry)
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
            if entity is not None and not of_country_told((entity.id,), parse, first, last, toponyms, registry):
                if registry.sector_word(parse, last) is not None:
                    continue  # what its words say of it holds in every country
                entity = None
            if entity is None and first == last and _plain_noun(parse, first) and registry.sector_word(parse, first):
                continue  # "Guerrillas ambushed …": a word of people, capital only for its place in the sentence
            _take(taken, Name(first, last, entity, None, span.label))
    return sorted({n.first: n for n in taken.values()}.values(), key=lambda n: n.first)


def _plain_noun(parse: Parse, index: int) -> bool:
    """Whether a word has a capital only because its sentence begins with it, or has none."""
    token = parse.tokens[index]
    return token.text == token.lower or index == parse.sentences[token.sentence][0]


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
