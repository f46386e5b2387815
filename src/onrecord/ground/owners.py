"""General words: a delegation, a staff or a bodyguard is of the sector of whose it is, not of the state by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from onrecord.lexicon.actors import Entity, SectorWord
from onrecord.lexicon.tables import data_folder, read_rows
from onrecord.lexicon.whose import whose
from onrecord.model import Parse

_STATE = frozenset({"GOV"})
_COUNTS = frozenset({"family", "quartet", "trio", "quintet", "army", "team", "network", "band", "coalition"})
_ARTICLES = frozenset({"a", "an"})
_STATE_POWER = frozenset({"GOV", "LEG", "JUD"})
_SERVING = _STATE_POWER | {"COP", "MIL", "SPY"}
"""Sectors that one leaves with one's office."""
_NO_OWNER = frozenset({"CVL"})
"""Sectors of words that tell whose nothing is: "civilian" of "the civilian leader"."""


def of_owner(word: SectorWord, beside: Sequence[SectorWord]) -> tuple[SectorWord, tuple[SectorWord, ...]]:
    """*word* and the words *beside* it, the general ones without the sectors that they have where nothing is told.

    "Guerrilla delegation" is REB, not GOV; such a word names no office of a state either. Words of government leave
    everything as it stands.
    """
    owners = [w for w in beside if w.lemma not in _general() and set(w.sectors) - _NO_OWNER and w.kind != "office"]
    if word.lemma not in _general():
        return word, tuple(w for w in beside if w.lemma not in _general() or set(w.sectors) <= _STATE)
    if all(set(w.sectors) <= _STATE for w in owners):
        return word, tuple(w for w in beside if w.lemma not in _general() or set(w.sectors) <= _STATE)
    return replace(word, sectors=(), office=None, kind="person"), tuple(w for w in beside if w.lemma not in _general())


def apposed(word: SectorWord, inner: Sequence[SectorWord]) -> tuple[SectorWord, ...]:
    """What *word* says of the name that it stands beside, with the words *inner* to its own phrase."""
    told, beside = of_owner(word, inner)
    return (told,) if told.sectors else tuple(w for w in beside if set(w.sectors) - _NO_OWNER)


def with_beside(word: SectorWord, beside: Sequence[SectorWord]) -> tuple[str, ...]:
    """The sectors of *word* and of the words *beside* it; that somebody beside is a civilian says nothing of others
    ("minority parties")."""
    # "State security" of "state security forces" tells no more; what somebody was in is not what they are.
    inside = [w for w in beside if w.lemma in word.lemma and (" " in w.lemma or word.sectors == ("CVL",))]
    others = [w for w in beside if w not in inside]
    said = {*_NO_OWNER, *(_SERVING if "ELI" in word.sectors else ())} if set(word.sectors) - {"UNK"} else set()
    extra = (s for w in others for s in w.sectors if s not in said)
    joined = tuple(dict.fromkeys((*word.sectors, *extra)))
    return tuple(s for s in joined if s != "UNK") or joined[:1]


def of_group(sectors: tuple[str, ...], told: Sequence[SectorWord], group: Entity) -> tuple[str, ...]:
    """The *sectors* that the titles *told* give a name beside that of *group*; offices that all bodies have are the
    group's: "Steel Workers President Ruiz"."""
    plain = all(w.lemma in _general() or w.lemma in whose("in_any_body") for w in told)
    of_body = group.kind not in {"state", "office", "igo"} and set(group.sectors) and plain
    return group.sectors if of_body or not sectors else sectors


def as_former(sectors: Sequence[str]) -> tuple[str, ...]:
    """*sectors* of who has left an office: a former chief of police is of no police, a former governor of the elite."""
    left = tuple(s for s in sectors if s not in _SERVING)
    high = bool(_STATE_POWER & set(sectors))
    return tuple(dict.fromkeys(("ELI", *(s for s in left if s not in _NO_OWNER)))) if high else left


def is_general(word: SectorWord) -> bool:
    """Whether *word* is one that states, firms, parties and gangs alike have."""
    return word.lemma in _general()


def gathered(parse: Parse, index: int, word: SectorWord) -> SectorWord:
    """*word* at token *index* without sectors and country of its own where it only counts ("a family of firms")."""
    kinds = (c for p in parse.children[index] if parse.tokens[p].lower == "of" for c in parse.children[p])
    counted = any(parse.tokens[c].tag in {"NNS", "NNPS"} and not _determined(parse, c) for c in kinds)
    article = any(parse.tokens[c].lower in _ARTICLES for c in parse.children[index])
    if word.lemma not in _COUNTS or not (counted and article):
        return word
    return replace(word, sectors=("UNK",), country=None, office=None, kind="crowd")


def _determined(parse: Parse, index: int) -> bool:
    return any(parse.tokens[c].dep in {"det", "poss"} for c in parse.children[index])


@cache
def _general() -> frozenset[str]:
    rows = read_rows(data_folder() / "actors" / "general_words.csv", ("lemma", "origin"))
    return frozenset(row["lemma"] for row in rows)


def one_of_many(text: str) -> bool:
    """Whether the words speak of any such body, not of the one of a country ("a US state", "another court")."""
    return text.partition(" ")[0].lower() in {"a", "an", "another", "several", "some", "many", "one", "two", "three"}


def is_itself(text: str, group: Entity) -> bool:
    """Whether "the HTS militant network" is HTS: its name, and behind it one noun for any such body."""
    words = text.lower().replace("’s ", "'s ").replace("'s ", " of ").split()
    body = group.kind in {"group", "party", "movement"} and words[-1] in whose("one_body")
    return body and not one_of_many(text) and not {"of", "from", "within", "inside"} & set(words)
