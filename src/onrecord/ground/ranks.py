"""Officers of the police whom nobody knows: a rank before a name tells what they are ("DSP Rana Imtiaz")."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onrecord.ground.mentions import Name
from onrecord.ground.registry import Registry
from onrecord.lexicon.actors import SectorWord
from onrecord.model import Actor, Parse, Span
from onrecord.text.phrases import noun_phrase

_POLICE = "COP"
_INNER = frozenset({"amod", "compound", "nmod", "npadvmod", "nummod"})
_SHORTEST = 3
_OFFICES = frozenset(
    "commissioner superintendent chief spokesman spokeswoman spokesperson official officer inspector deputy "
    "commander commandant".split()
)
_OPEN = frozenset({"GOV", "UNK", "LEG", "MIL"})
"""What the bare word for an office is read as where nothing tells whose it is."""


def ranks(parse: Parse, name: Name, registry: Registry) -> tuple[SectorWord, ...]:
    """The rank of the police that a person's name was read with: "DSP" of "DSP Rana Imtiaz"."""
    if name.label not in {"PERSON", "ORG"}:
        return ()
    inner = range(name.last - 1, name.first - 1, -1)
    words = (registry.sector_word(parse, i) or registry.tables.sector_word(parse.tokens[i].lower) for i in inner)
    return tuple(w for w in words if w is not None and _POLICE in w.sectors)[:1]


def with_bearer(parse: Parse, head: int, span: Span, word: SectorWord) -> Span:
    """*span* of a rank at token *head* with the name behind it that nobody knows ("inspector D R Chauhan")."""
    top = head
    while parse.tokens[top].dep in _INNER and parse.tokens[top].head > top:
        top = parse.tokens[top].head
    if top == head or parse.tokens[top].pos != "PROPN" or word.kind != "person" or _POLICE not in word.sectors:
        return span
    whole = noun_phrase(parse, top)
    return Span(min(span.start, whole.start), max(span.end, whole.end))


def by_surname(actors: Iterable[Actor]) -> list[Actor]:
    """*actors* with bare surnames and offices that are told no more of given the codes of the officer who was called
    so before ("Inspector Patel … Patel said", "the police commissioner … the commissioner")."""
    officers: dict[str, Actor] = {}
    offices: dict[str, Actor] = {}
    found: list[Actor] = []
    for actor in actors:
        words = (actor.text or "").lower().split()
        if actor.actor_id is None and _POLICE in actor.sectors:
            offices.update({word: actor for word in words if word in _OFFICES})
        if len(words) == 2 and words[0] == "the" and words[1] in offices and set(actor.sectors) <= _OPEN:
            actor = replace(actor, country=offices[words[1]].country, sectors=offices[words[1]].sectors)
        if len(words) == 1 and words[0] in officers and not (actor.sectors or actor.country or actor.actor_id):
            known = officers[words[0]]
            actor = replace(actor, country=known.country, sectors=known.sectors)
        elif len(words) > 1 and _POLICE in actor.sectors and actor.basis == "named" and len(words[-1]) >= _SHORTEST:
            officers.setdefault(words[-1], actor)
        found.append(actor)
    return found
