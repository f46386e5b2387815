"""What is known of how reports take up whom they have named: weights of signs, and words for persons."""

from __future__ import annotations

from collections.abc import Mapping
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
