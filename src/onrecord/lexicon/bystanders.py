"""Words by which somebody or something that is told beside an act is no party to it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache

from onrecord.errors import DataError
from onrecord.lexicon.tables import data_folder, read_toml

FILE = "bystanders.toml"


@dataclass(frozen=True, slots=True)
class BystandersLexicon:
    """Lemmas by what they show; each list says in the file what it is for."""

    things: frozenset[str]
    topics: frozenset[str]
    refusing: frozenset[str]
    unsaid: frozenset[str]
    harming: frozenset[str]
    tries: frozenset[str]
    devices: frozenset[str]
    venues: frozenset[str]
    joining: frozenset[str]
    blows: frozenset[str]


@cache
def load_bystanders() -> BystandersLexicon:
    """The lists that ship. Raises DataError when one is missing."""
    table = read_toml(data_folder() / FILE)
    names = [field.name for field in fields(BystandersLexicon)]
    missing = [name for name in names if name not in table]
    if missing:
        raise DataError(FILE, None, f"no [{', '.join(missing)}]", "Add it, with a list of words")
    return BystandersLexicon(**{name: frozenset(table[name]["words"]) for name in names})
