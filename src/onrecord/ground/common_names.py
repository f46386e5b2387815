"""Common names: what bodies of many countries are called ("the Communist Party") is of a country that is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

from onrecord.ground.party_words import party_of
from onrecord.ground.registry import Registry
from onrecord.lexicon.tables import data_folder, read_rows
from onrecord.model import Parse, Place

_BODIES = frozenset({"party", "group", "movement", "coalition", "paramilitary"})


def of_country_told(
    ids: Sequence[str], parse: Parse, first: int, last: int, toponyms: Sequence[Place], registry: Registry
) -> Sequence[str]:
    """Those of *ids*, as tokens [first, last] name them, that can be meant by words that nothing is called alone.

    The adjective of a country before a common name tells whose it is ("the Belmark communist party"); without one it
    is of some country whose places or people the report names. Where it names none at all, nothing is ruled out.
    """
    if not all(parse.tokens[i].lower in _words() for i in range(first, last + 1)):
        return _most_told(ids, toponyms, registry)
    before = registry.demonym(parse.tokens[first - 1].text) if first else None
    told = {before} if before is not None else {p.country for p in toponyms if p.country}
    if not told:
        return ids
    usual = party_of(parse.tokens[first].text, registry) if before is None else None  # "the Democratic Party"
    mine = usual.id if usual is not None else None
    return tuple(i for i in ids if i == mine or _country(i, registry) in {None, *told})


def _most_told(ids: Sequence[str], toponyms: Sequence[Place], registry: Registry) -> Sequence[str]:
    """Of groups of several countries with one name ("Ansar al-Sharia"), those of the country that the report names
    most; all where it names none of these."""
    countries = {i: _country(i, registry) for i in ids}
    if len(set(countries.values())) < 2 or None in countries.values():
        return ids
    told = Counter(p.country for p in toponyms if p.country in countries.values())
    return [i for i in ids if countries[i] == told.most_common(1)[0][0]] if told else ids


def _country(entity_id: str, registry: Registry) -> str | None:
    entity = registry.tables.entity(entity_id)
    return entity.country if entity is not None and entity.kind in _BODIES else None


@cache
def _words() -> frozenset[str]:
    rows = read_rows(data_folder() / "actors" / "common_names.csv", ("word", "origin"))
    return frozenset(row["word"] for row in rows)
