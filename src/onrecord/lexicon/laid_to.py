"""Words that say whose deed an attack was."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.errors import DataError
from onrecord.lexicon.tables import data_folder, read_toml

FILE = "laid_to.toml"
_LISTS = ("doing", "blaming", "answering", "responsibility", "taking", "attackers", "fights", "on_people")


@dataclass(frozen=True, slots=True)
class LaidToWords:
    """Lemmas; what each list is for stands in the file. ``blaming``: the preposition before whose deed it is, by
    verb."""

    doing: frozenset[str]
    blaming: dict[str, str]
    answering: frozenset[str]
    responsibility: frozenset[str]
    taking: frozenset[str]
    attackers: frozenset[str]
    fights: frozenset[str]
    on_people: frozenset[str]


@cache
def load_laid_to() -> LaidToWords:
    """The lists that ship. Raises DataError when one is missing."""
    table = read_toml(data_folder() / FILE)
    for name in _LISTS:
        if not table.get(name, {}).get("words"):
            raise DataError(FILE, None, f"no list {name!r}", "Give the table a list 'words'")
    lists = {name: frozenset(table[name]["words"]) for name in _LISTS if name != "blaming"}
    pairs = (tuple(entry.split()) for entry in table["blaming"]["words"])
    return LaidToWords(blaming=dict(pairs), **lists)
