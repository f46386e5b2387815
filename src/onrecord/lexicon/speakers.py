"""What is known of how reports take up whom they have named: weights of signs, and words for persons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from onrecord.lexicon.tables import data_folder, read_rows


@cache
def load_speaker_weights(choice: str = "personal", folder: Path | None = None) -> Mapping[str, float]:
    """Log odds by sign for one *choice* of ``speakers.csv``, from *folder* (the package's own ``data/`` by default).

    Raises DataError that names file and line when a weight is no number.
    """
    found = {}
    for row in read_rows((folder or data_folder()) / "speakers.csv", ("choice", "sign", "weight")):
        if row["choice"] != choice:
            continue
        try:
            found[row["sign"]] = float(row["weight"])
        except ValueError:
            raise row.wrong(f"weight {row['weight']!r} is no number", "Run training/speakers.py again") from None
    return MappingProxyType(found)


@cache
def load_person_words(folder: Path | None = None) -> frozenset[str]:
    """Lemmas that mean a person without naming an office, from ``person_words.csv``."""
    rows = read_rows((folder or data_folder()) / "person_words.csv", ("words",))
    return frozenset(word for row in rows for word in row.items("words"))


@cache
def load_trades(folder: Path | None = None) -> frozenset[str]:
    """Those of the person words that tell what somebody does in a scene ("pilot") and not who he is ("billionaire")."""
    rows = read_rows((folder or data_folder()) / "person_words.csv", ("words", "kind"))
    return frozenset(
        word for row in rows if row.one_of("kind", ("who", "trade")) == "trade" for word in row.items("words")
    )


@dataclass(frozen=True, slots=True)
class BodyWords:
    """Nouns for bodies and places: ``named`` gives words of names and keys of the registry by noun.

    A body that the registry does not know can be none of ``telling`` unless its name has the word."""

    named: Mapping[str, tuple[frozenset[str], tuple[str, ...]]]
    generic: frozenset[str]
    places: frozenset[str]
    armed: frozenset[str]
    fighting: frozenset[str]
    telling: frozenset[str]


@cache
def load_body_words(folder: Path | None = None) -> BodyWords:
    """Nouns by which reports take up bodies and places, from ``body_words.csv``; DataError for an unknown kind."""
    named: dict[str, tuple[frozenset[str], tuple[str, ...]]] = {}
    others: dict[str, set[str]] = {
        "generic": set(),
        "place": set(),
        "armed": set(),
        "fighting": set(),
        "telling": set(),
    }
    for row in read_rows((folder or data_folder()) / "body_words.csv", ("kind", "nouns", "words", "registry")):
        kind = row.one_of("kind", ("named", "generic", "place", "armed", "telling"))
        if kind == "named":
            kept = (frozenset(row.items("words")), row.items("registry"))
            named.update(dict.fromkeys(row.items("nouns"), kept))
            continue
        others[kind].update(row.items("nouns"))
        others["fighting"].update(row.items("registry"))
    generic, places, armed, fighting, telling = map(frozenset, others.values())
    return BodyWords(MappingProxyType(named), generic, places, armed, fighting, telling)
