"""Words by which a trigger shows that it tells of no act: states, possibilities, measured opinions, borrowed words."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache

from onrecord.errors import DataError
from onrecord.lexicon.tables import data_folder, read_toml

FILE = "no_act.toml"


@dataclass(frozen=True, slots=True)
class NoActLexicon:
    """Lemmas by what they show; each list says in the file what it is for."""

    polls: frozenset[str]
    uttered: frozenset[str]
    standing: frozenset[str]
    anybody: frozenset[str]
    possibilities: frozenset[str]
    conditions: frozenset[str]
    undergoing: frozenset[str]
    armed_rising: frozenset[str]
    passive_force: frozenset[str]
    lifting: frozenset[str]
    breaking: frozenset[str]
    bodies: frozenset[str]
    kinds: frozenset[str]
    borrowed: frozenset[str]
    blows: frozenset[str]
    intent: frozenset[str]
    planning: frozenset[str]
    stopping: frozenset[str]
    naming: frozenset[str]
    mass: frozenset[str]
    leaders: frozenset[str]
    admitting: frozenset[str]
    losing: frozenset[str]
    dealing: frozenset[str]
    talking: frozenset[str]
    aims: frozenset[str]
    settled: frozenset[str]
    body: frozenset[str]
    bodily: frozenset[str]
    protests: frozenset[str]
    wars: frozenset[str]


@cache
def load_no_act() -> NoActLexicon:
    """The lists that ship. Raises DataError when one is missing."""
    table = read_toml(data_folder() / FILE)
    missing = [f.name for f in fields(NoActLexicon) if f.name not in table]
    if missing:
        raise DataError(FILE, None, f"no [{', '.join(missing)}]", "Add it, with a list of words")
    return NoActLexicon(**{f.name: frozenset(table[f.name]["words"]) for f in fields(NoActLexicon)})
