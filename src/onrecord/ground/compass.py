"""Halves of a country: "the South" is the province of that name only where the report speaks of its country."""

from __future__ import annotations

import numpy as np

from onrecord.ground.place_signs import Scene
from onrecord.ground.toponyms import Toponym

_COMPASS = frozenset({"north", "south", "east", "west"})


def is_compass(mention: Toponym) -> bool:
    """Whether a word of the compass alone is the name."""
    return mention.name.casefold().removeprefix("the ") in _COMPASS


def note_compass(scene: Scene) -> None:
    """Takes belief from the provinces and towns of each group of *scene* that a word of the compass alone names, but
    for those in countries of other places that the report names: a region of the world is meant ("the West"), or
    none."""
    for group in scene.groups:
        if not is_compass(group.mentions[0]):
            continue
        told = {
            country
            for other in scene.groups
            if other is not group and (best := int(np.argmax(other.belief))) < len(other.options)
            for country in other.options[best].entry.countries
        }
        world = next((i for i, option in enumerate(group.options) if option.entry.code == "RGN"), -1)
        for i, option in enumerate(group.options):
            if i != world and not told.intersection(option.entry.countries):
                group.belief[world] += group.belief[i]
                group.belief[i] = 0.0
