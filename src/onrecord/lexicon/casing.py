"""Words by which lower-case text tells where a name stands, from ``data/casing.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from onrecord.errors import DataError
from onrecord.lexicon.tables import data_folder, read_toml


@dataclass(frozen=True, slots=True)
class CasingWords:
    """Lower-case words: ``titles`` stand before the name of a person, ``acronyms`` and ``ranks`` of police are written
    in capitals, ``days`` are days and months. ``stand_ins`` are names that are words too, with names that are none;
    ``kept`` are words that names hold and that look like forms of verbs ("United States")."""

    titles: frozenset[str]
    acronyms: frozenset[str]
    ranks: frozenset[str]
    days: frozenset[str]
    kept: frozenset[str]
    stand_ins: Mapping[str, str]


@cache
def load_casing() -> CasingWords:
    """The words that ship. Raises DataError when the file lacks a list, a word of it is not in lower case, or a
    stand-in is not as long as its name."""
    path = data_folder() / "casing.toml"
    table = read_toml(path)
    lists: dict[str, frozenset[str]] = {}
    for name in ("titles", "acronyms", "ranks", "days", "kept"):
        words = table.get(name)
        wrong = not isinstance(words, list) or any(not isinstance(w, str) or w != w.lower() for w in words)
        if wrong or not words:
            raise DataError(path.name, None, f"{name} is no list of lower-case words", "Write one")
        lists[name] = frozenset(words)
    names = table.get("stand_ins", {})
    for name, stand_in in names.items():
        if not isinstance(stand_in, str) or len(stand_in) != len(name):
            raise DataError(path.name, None, f"{stand_in!r} is not as long as {name}", "Write one of its length")
    return CasingWords(stand_ins=MappingProxyType(names), **lists)
