"""The closed lists of ``data/vocabulary.toml`` as reviews and filters check against them."""

from __future__ import annotations

from functools import cache

from onrecord.lexicon.ontology import load_ontology
from onrecord.lexicon.tables import data_folder, read_toml

# Values of a claim, by their path without list positions, and the closed list that each is of.
LISTS = {
    "status": "status",
    "modality.polarity": "polarity",
    "modality.certainty": "certainty",
    "modality.mood": "mood",
    "modality.tense": "tense",
    "change": "control_change",
    "relation": "relation",
    "measure": "measure",
    "bound": "bound",
    "figures.measure": "measure",
    "figures.bound": "bound",
    "place.precision": "precision",
    "time.granularity": "granularity",
    "chain.cue.class": "cue_class",
    "chain.channel.class": "channel_class",
    "chain.form": "form",
    "chain.naming": "naming",
    "caveats.class": "caveat",
    "links.as": "claim_link",
}


@cache
def closed_lists() -> dict[str, tuple[str, ...]]:
    """Each closed list by its name."""
    table = read_toml(data_folder() / "vocabulary.toml")
    return {name: tuple(values) for name, values in table.items() if isinstance(values, list)}


@cache
def ontology_words(of: str) -> tuple[str, ...]:
    """Every ``type``, ``mode`` or ``context`` of the ontology that ships."""
    ontology = load_ontology()
    found = {
        "type": list(ontology.types),
        "mode": [mode for kind in ontology.types.values() for mode in kind.modes],
        "context": list(ontology.contexts),
    }
    return tuple(dict.fromkeys(found[of]))
