"""Words for the people and things of a place: which place "Syrian", "Texans" or "Sahelian" points at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from onrecord.lexicon.tables import read_rows
from onrecord.text.folding import fold


@dataclass(frozen=True, slots=True)
class Demonym:
    """One word and its place: an ISO 3166 alpha-3 country, a name within one, or a region's id."""

    word: str
    kind: str
    country: str | None = None
    name: str | None = None
    region: str | None = None


def read_demonyms(folder: Path) -> dict[str, Demonym]:
    """Demonyms by lower-case word, from the registry of states, its list of demonyms, and the regions.

    A word that several rows give stands for the state; states that have ended are left out.
    """
    found: dict[str, Demonym] = {}
    for row in read_rows(folder / "regions.csv", ("name", "demonyms")):
        for word in row.items("demonyms"):
            found[word.lower()] = Demonym(word, "adjective", region=f"region:{fold(row['name']).replace(' ', '-')}")
    actors = folder / "actors"
    if (actors / "demonyms.csv").is_file():
        for row in read_rows(actors / "demonyms.csv", ("word", "kind", "state", "subnational")):
            if row["state"] and row["word"].lower() not in found:
                found[row["word"].lower()] = Demonym(row["word"], row["kind"], row["state"], row["subnational"] or None)
    if (actors / "states.csv").is_file():
        for row in read_rows(actors / "states.csv", ("id", "adjectives", "people", "end")):
            if row["end"]:
                continue
            for column, kind in (("people", "people"), ("adjectives", "adjective")):
                for word in row.items(column):
                    if word[:1].isupper():
                        found[word.lower()] = Demonym(word, kind, row["id"])
    return found
