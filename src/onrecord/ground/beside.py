"""People whom the registry does not have, by what stands beside their names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onrecord.ground.mentions import Name
from onrecord.ground.offices_in import office_word
from onrecord.ground.owners import apposed
from onrecord.ground.registry import Registry
from onrecord.ground.signs import signs_of
from onrecord.model import Actor, Parse


def as_apposed(parse: Parse, head: int, actor: Actor, label: str, names: dict[int, Name], registry: Registry) -> Actor:
    """A person whom the registry does not have, as what stands beside the name says: "Lena Koval, Ukraine's
    commissioner", "Tom Hale, a spokesman for the State Department"."""
    for index in (c for c in parse.children[head] if parse.tokens[c].dep == "appos" and c > head):
        word = office_word(parse, index, names, registry)
        if label != "PERSON" and (word is None or word.kind not in {"office", "person"}):
            continue
        signs = signs_of(parse, index, names, registry)
        group = next((entity for entity in signs.groups if entity.kind not in {"party", "movement"}), None)
        country = (group.country if group is not None else None) or next(iter(signs.countries), None)
        if country is None or (word is None and group is None):
            continue
        told = (
            tuple(s for w in apposed(word, signs.words) for s in w.sectors)
            if word is not None
            else group.sectors
            if group is not None
            else ()
        )
        sectors = known(dict.fromkeys((*actor.sectors, *told))) if actor.sectors or told else ()
        return replace(actor, country=country, sectors=sectors, why=actor.why or "from what stands beside the name")
    return actor


def known(sectors: Iterable[str]) -> tuple[str, ...]:
    """*sectors* without UNK, unless nothing else is known."""
    listed = tuple(sectors)
    return tuple(s for s in listed if s != "UNK") or listed[:1]
