"""Words by which a report takes up a deed that it has told of, or tells it apart from others."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.errors import DataError
from onrecord.lexicon.tables import data_folder, read_toml

FILE = "happenings.toml"
_LISTS = ("any_force", "not_done", "anybody", "weapons", "rounds", "effects", "apart", "others", "days")


@dataclass(frozen=True, slots=True)
class HappeningWords:
    """Lemmas, and in ``apart`` modes.

    Nouns of ``any_force`` take up violence of any kind, those of ``not_done`` what was not done; ``anybody`` with an
    article takes up people told of in other words; ``weapons`` go off and ``rounds`` are fired as if by themselves;
    ``effects`` are that by which somebody is killed and which is nobody; modes of ``apart`` hold of one kind of deed;
    nouns with ``others`` tell of further deeds; ``days`` are words that name an attack by its day, each with the day.
    """

    any_force: frozenset[str]
    not_done: frozenset[str]
    anybody: frozenset[str]
    weapons: frozenset[str]
    rounds: frozenset[str]
    effects: frozenset[str]
    apart: frozenset[str]
    others: frozenset[str]
    days: frozenset[str]


@cache
def load_happenings() -> HappeningWords:
    """The lists that ship. Raises DataError when one is missing."""
    table = read_toml(data_folder() / FILE)
    for name in _LISTS:
        if not table.get(name, {}).get("words"):
            raise DataError(FILE, None, f"no list {name!r}", "Give the table a list 'words'")
    return HappeningWords(*(frozenset(table[name]["words"]) for name in _LISTS))
