"""Words around an act of words that say at whom it is aimed, where no phrase of the act itself does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from onrecord.errors import DataError
from onrecord.lexicon.tables import data_folder, read_toml

FILE = "aimed.toml"
_LISTS = (
    "received",
    "raising",
    "behind",
    "standing_in",
    "amounts",
    "answered",
    "judging",
    "states",
    "making",
    "not_asked",
    "undergone",
    "no_party",
    "aired",
    "spending",
    "money",
    "shares",
    "views",
    "moves",
    "exposing",
    "failing",
    "public",
    "occasions",
    "letters",
    "charging",
    "naming_so",
    "sittings",
    "attending",
    "councils",
    "requesting",
    "seats",
    "demanded",
    "own",
    "authored",
    "promised",
    "charges",
    "enacted",
    "voicing",
    "protests",
    "strikes",
    "killings",
)


@dataclass(frozen=True, slots=True)
class AimedLexicon:
    """Lemmas by what they show; each list says in the file what it is for. ``amid``: prepositions by event type;
    ``deverbal``: the verb of which a noun is made."""

    received: frozenset[str]
    raising: frozenset[str]
    behind: frozenset[str]
    standing_in: frozenset[str]
    amounts: frozenset[str]
    answered: frozenset[str]
    judging: frozenset[str]
    states: frozenset[str]
    making: frozenset[str]
    not_asked: frozenset[str]
    undergone: frozenset[str]
    no_party: frozenset[str]
    aired: frozenset[str]
    spending: frozenset[str]
    money: frozenset[str]
    shares: frozenset[str]
    views: frozenset[str]
    moves: frozenset[str]
    exposing: frozenset[str]
    failing: frozenset[str]
    public: frozenset[str]
    occasions: frozenset[str]
    letters: frozenset[str]
    charging: frozenset[str]
    naming_so: frozenset[str]
    sittings: frozenset[str]
    attending: frozenset[str]
    councils: frozenset[str]
    requesting: frozenset[str]
    seats: frozenset[str]
    demanded: frozenset[str]
    own: frozenset[str]
    authored: frozenset[str]
    promised: frozenset[str]
    charges: frozenset[str]
    enacted: frozenset[str]
    voicing: frozenset[str]
    protests: frozenset[str]
    strikes: frozenset[str]
    killings: frozenset[str]
    amid: Mapping[str, frozenset[str]]
    deverbal: Mapping[str, str]


@cache
def load_aimed() -> AimedLexicon:
    """The lists that ship. Raises DataError when one is missing."""
    table = read_toml(data_folder() / FILE)
    missing = [name for name in (*_LISTS, "amid", "deverbal") if name not in table]
    if missing:
        raise DataError(FILE, None, f"no [{', '.join(missing)}]", "Add it, with a list of words")
    amid = {kind: frozenset(words) for kind, words in table["amid"].items() if kind != "origin"}
    deverbal = {noun: verb for noun, verb in table["deverbal"].items() if noun != "origin"}
    return AimedLexicon(**{name: frozenset(table[name]["words"]) for name in _LISTS}, amid=amid, deverbal=deverbal)
