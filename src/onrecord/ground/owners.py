"""General words: a delegation, a staff or a bodyguard is of the sector of whose it is, not of the state by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from onrecord.lexicon.actors import SectorWord
from onrecord.lexicon.tables import data_folder, read_rows
from onrecord.model import Parse

_STATE = frozenset({"GOV"})
_COUNTS = frozenset({"family", "quartet", "trio", "quintet", "army", "team", "network", "band", "coalition"})
_ARTICLES = frozenset({"a", "an"})
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
