"""Words by which saying something of a party is itself an act towards it: blame, what is due, refusals."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.errors import DataError
from onrecord.lexicon.tables import data_folder, read_toml

FILE = "spoken_acts.toml"


@dataclass(frozen=True, slots=True)
class SpokenLexicon:
    """Lemmas, and runs of words joined by a blank.

    ``blame_nouns`` and ``blame_adjectives`` are said of whom one disapproves, ``strong`` those of them that blame
    even where only a deed is spoken of; ``wrongdoing`` are deeds that their subject is charged with, ``by_things``
    those of a plan or a law; ``due_*`` are
    what is blame when negated (``due_weights`` what an argument does not hold); ``harm_*`` what somebody is blamed
    for having brought about; ``not_asked`` and ``not_refused`` are verbs that "should" asks of nobody and that
    "will not" refuses nobody; ``cannot`` are those with which "cannot" refuses; under those of ``opinion`` a clause is
    still said outright; those of ``naming`` give their object a name; ``praise`` is what somebody is called
    by those who approve.
    """

    blame_nouns: frozenset[str]
    blame_adjectives: frozenset[str]
    strong: frozenset[str]
    wrongdoing: frozenset[str]
    by_things: frozenset[str]
    due_verbs: frozenset[str]
    due_weights: frozenset[str]
    due_adjectives: frozenset[str]
    due_nouns: frozenset[str]
    harm_verbs: frozenset[str]
    harm_objects: frozenset[str]
    not_asked: frozenset[str]
    not_refused: frozenset[str]
    cannot: frozenset[str]
    opinion: frozenset[str]
    naming: frozenset[str]
    praise: frozenset[str]


@cache
def load_spoken() -> SpokenLexicon:
    """The lists that ship. Raises DataError when one is missing."""
    table = read_toml(data_folder() / FILE)
    lists = [
        _list(table, name, "words") for name in ("blame_nouns", "blame_adjectives", "strong", "wrongdoing", "by_things")
    ]
    due = [_list(table, "due", name) for name in ("verbs", "weighing", "adjectives", "nouns")]
    harm = [_list(table, "harm", name) for name in ("verbs", "words")]
    rest = [
        _list(table, name, "words") for name in ("not_asked", "not_refused", "cannot", "opinion", "naming", "praise")
    ]
    return SpokenLexicon(*lists, *due, *harm, *rest)


def _list(table: dict[str, Any], name: str, key: str) -> frozenset[str]:
    if name not in table or key not in table[name]:
        raise DataError(FILE, None, f"no [{name}] {key}", "Add it, with a list of words")
    return frozenset(table[name][key])
