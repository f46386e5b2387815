"""Whose people they are: aides of a candidate are of a campaign, those of a president of the government."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.ground.owners import is_general
from onrecord.ground.registry import Registry
from onrecord.lexicon.actors import Entity, SectorWord
from onrecord.lexicon.whose import whose

_OPEN = frozenset({"GOV", "UNK"})
_UNTOLD = ("UNK",)


def sectors_of_retinue(
    word: SectorWord, people: Sequence[Entity], registry: Registry, day: str | None
) -> tuple[str, ...] | None:
    """The sectors of those whom *word* calls the aides, advisers or spokesmen of the first of *people*; None where it
    calls them something else, UNK where nothing is known of that person's office on *day*."""
    if not people or not is_general(word) or word.lemma not in whose("of_person") or not set(word.sectors) <= _OPEN:
        return None
    chief = people[0]
    if day is None:
        return _UNTOLD
    terms = [t for t in registry.tables.terms_of(chief.id) if t.covers(day)]
    held = registry.codes(chief, day)[1]
    if "GOV" in held:
        return ("GOV",)
    if any(t.office == "candidate" for t in terms):
        return ("PTY",)
    return tuple(s for s in held if s not in {"ELI", "CVL"})[:1] or _UNTOLD
