"""World cities: which namesake is meant where nothing in a report tells the small ones apart.

What a report about one country says of Paris speaks for each of the towns of that name there, and so for none of them:
it would have said which one.
"""

from __future__ import annotations

import numpy as np

from onrecord.ground.place_signs import Group, Scene

UNDECIDED = 0.5
"""Belief below which no namesake is told apart from the others."""

WORLD_CITY = 1_000_000
SMALL = 100_000
"""Populations: of a city that all the world calls by its bare name, and of a town that is told with its province."""

_STATES = frozenset({"PCLI", "ADM1"})
_WIDE = 3
"""Countries and states that a report names which is not of one town alone, whatever its courts are called."""


def note_at_home(scene: Scene) -> None:
    """Notes in each group of *scene* the country whose words the report uses, where it tells of one town or county."""
    best = [int(np.argmax(g.belief)) for g in scene.groups]
    meant = (g.options[i].entry for g, i in zip(scene.groups, best, strict=True) if i < len(g.options))
    if scene.local is not None and len({e.place_id for e in meant if e.code in _STATES}) < _WIDE:
        for group in scene.groups:
            group.country = scene.local


def most_likely(group: Group) -> int:
    """Which option *group* most likely means, the last place being that of none of them."""
    best = int(np.argmax(group.belief))
    if best >= len(group.options) or group.belief[best] >= UNDECIDED or group.containers:
        return best
    chosen = group.options[best].entry
    if chosen.feature_class != "P" or chosen.population >= SMALL or group.country in chosen.countries:
        return best
    able = [i for i, m in enumerate(group.options) if m.exact and m.main and m.entry.population >= WORLD_CITY]
    able = [i for i in able if group.options[i].entry.feature_class == "P"]
    return able[0] if len(able) == 1 else best
