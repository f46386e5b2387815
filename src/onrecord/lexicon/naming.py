"""What names that the registry does not have are told by (``data/naming.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from onrecord.errors import DataError
from onrecord.lexicon.tables import data_folder, read_rows, read_toml

FILE = "naming.toml"


@dataclass(frozen=True, slots=True)
class NamingLexicon:
    """Words in small letters: titles, particles, words of belonging, words that name nobody; spellings to one.

    ``offices`` are titles that may follow what they are an office of: "County Clerk".
    """

    titles: frozenset[str]
    offices: frozenset[str]
    particles: frozenset[str]
    belonging: frozenset[str]
    no_names: frozenset[str]
    spellings: Mapping[str, str]


@cache
def load_naming() -> NamingLexicon:
    """The file that ships, with the names and adjectives of states among the words that name nobody new."""
    table = read_toml(data_folder() / FILE)
    try:
        lists = {
            key: frozenset(table[key].split()) for key in ("titles", "offices", "particles", "belonging", "no_names")
        }
        groups = [line.split() for line in table["spellings"]]
    except (KeyError, AttributeError) as error:
        raise DataError(
            FILE, None, f"a list is missing or no text ({error})", "Give it as words between spaces"
        ) from error
    states: set[str] = set()
    for row in read_rows(data_folder() / "actors" / "states.csv", ("name", "adjectives", "people")):
        states |= {
            n.lower() for n in (row["name"], *row.items("aliases"), *row.items("adjectives"), *row.items("people"))
        }
    return NamingLexicon(
        **{**lists, "no_names": lists["no_names"] | states},
        spellings={word: line[0] for line in groups for word in line},
    )
