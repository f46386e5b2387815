"""Party words: adjectives of parties ("Republican senators") that news uses of one country's party alone."""

from __future__ import annotations

from functools import cache

from onrecord.ground.registry import Registry
from onrecord.lexicon.actors import Entity
from onrecord.lexicon.tables import data_folder, read_rows


@cache
def _table() -> dict[str, str]:
    rows = read_rows(data_folder() / "actors" / "party_adjectives.csv", ("adjective", "group", "country", "origin"))
    return {row["adjective"]: row["group"] for row in rows}


def party_of(word: str, registry: Registry) -> Entity | None:
    """The party that *word*, with its capital, is the adjective of; None for other words."""
    group = _table().get(word)
    return None if group is None else registry.tables.entity(group)
