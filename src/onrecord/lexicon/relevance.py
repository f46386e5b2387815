"""Words by which a report shows that it is about sport, mishaps, ordinary crime or an election campaign."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from onrecord.errors import DataError
from onrecord.lexicon.tables import data_folder, read_toml

FILE = "relevance.toml"


@dataclass(frozen=True, slots=True)
class RelevanceLexicon:
    """Lemmas, and compounds of two, that speak for a topic."""

    mishap: frozenset[str]
    ordinary_crime: frozenset[str]
    public_affairs: frozenset[str]
    sport: frozenset[str]
    campaign: frozenset[str]


@cache
def load_relevance(extra: Path | None = None) -> RelevanceLexicon:
    """The lists that ship, or the file of the same name in the folder *extra* in their place.

    Raises DataError when a list is missing.
    """
    path = data_folder() / FILE
    if extra is not None and (extra / FILE).is_file():
        path = extra / FILE
    table = read_toml(path)
    lists = []
    for name in ("mishap", "ordinary_crime", "public_affairs", "sport", "campaign"):
        if name not in table:
            raise DataError(path.name, None, f"no [{name}]", "Add it, with a list of words")
        lists.append(frozenset(table[name]["words"]))
    return RelevanceLexicon(*lists)
