"""Knowledge: loads and checks the files under ``data/`` into frozen tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from onrecord.errors import ConfigError
from onrecord.lexicon.coding import CodingLexicon, load_coding
from onrecord.lexicon.cues import CueLexicon, load_cues

__all__ = ["Lexicon", "load_lexicon"]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What attribution and coding know."""

    cues: CueLexicon
    coding: CodingLexicon

    def sizes(self) -> dict[str, int]:
        """How many triggers and cues there are."""
        return {
            "triggers": len(self.coding.triggers.triggers),
            "cue words": sum(len(t) for t in (self.cues.verbs, self.cues.nouns, self.cues.adjectives)),
        }


@lru_cache(maxsize=2)
def load_lexicon(ontology: str | None = None) -> Lexicon:
    """The tables that ship, with the files of the user's folder *ontology* laid over them.

    Raises ConfigError when there is no such folder, DataError for the first bad row.
    """
    if ontology is not None and not Path(ontology).is_dir():
        raise ConfigError(f"ontology = {ontology!r}: no such folder. Mend the path.")
    return Lexicon(cues=load_cues(), coding=load_coding(Path(ontology) if ontology else None))
