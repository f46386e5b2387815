"""What the coder knows, in one bundle: triggers, ontology, modality, relevance."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from onrecord.lexicon.modality import ModalityLexicon, load_modality
from onrecord.lexicon.ontology import Ontology, load_ontology
from onrecord.lexicon.relevance import RelevanceLexicon, load_relevance
from onrecord.lexicon.triggers import TriggerLexicon, load_triggers


class CodingTables(Protocol):
    """Any bundle that holds the tables that coding reads."""

    @property
    def triggers(self) -> TriggerLexicon: ...

    @property
    def ontology(self) -> Ontology: ...

    @property
    def modality(self) -> ModalityLexicon: ...

    @property
    def relevance(self) -> RelevanceLexicon: ...


@dataclass(frozen=True, slots=True)
class CodingLexicon:
    """The tables that coding reads."""

    triggers: TriggerLexicon
    ontology: Ontology
    modality: ModalityLexicon
    relevance: RelevanceLexicon


@cache
def load_coding(extra: Path | None = None) -> CodingLexicon:
    """The tables that ship, with the files of the folder *extra* laid over them.

    Raises DataError naming file and line for the first bad row.
    """
    return CodingLexicon(load_triggers(extra), load_ontology(extra), load_modality(extra), load_relevance(extra))
