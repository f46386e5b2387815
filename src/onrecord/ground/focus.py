"""Focus: the country that a report is about, from its places, the people it names, its local words and its outlet."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from onrecord.ground.local_words import local_country
from onrecord.ground.outlets import outlet_home
from onrecord.model import Layers

OFTEN, MOSTLY = 0.4, 0.6
"""Shares of what tells a country: enough to infer it where nothing else does, and to doubt what says otherwise."""

_BY_ACTOR = 0.5
_BY_DEMONYM = 0.7
_BY_DATELINE = 0.5
_BY_LOCAL_WORDS = 2.0
_BY_LOCAL_WORDS_ALONE = 1.0
"""Where the report names places and people of other countries only: their courts too may be told of in such words."""
_BY_LOCAL_OUTLET = 1.5


@dataclass(frozen=True, slots=True)
class Focus:
    """The country that a report is about, how sure that is (0 to 1), and the words that show it."""

    country: str
    share: float
    text: str


def focus_of(layers: Layers) -> Focus | None:
    """The country that most places and people of the report lie in or belong to; None without any.

    A name counts less each time that it comes again: one town may be the name of an affair of another country, and
    who is heard about it then tells whose affair it is. Datelines count little: agencies write about one country from
    the capital of another. Words of a country's courts, police and schools count like several of its towns.
    """
    named: Counter[tuple[str, str, float]] = Counter()
    words: dict[str, str] = {}
    datelines = [c.place for c in layers.credits if c.place is not None]
    for place in layers.toponyms:
        if not place.country or place.span is None or place.basis in {"coreference", "inferred"}:
            continue  # what is only placed near others says no more than they do
        weight = 1.0
        if any(place.span.overlaps(d) for d in datelines):
            weight = _BY_DATELINE
        elif place.usage == "demonym":
            weight = _BY_DEMONYM
        named[place.country, (place.name or place.text or "").lower(), weight] += 1
        words.setdefault(place.country, place.text or "")
    for actor in layers.actors:
        own = actor.actor_id is not None and actor.actor_id != actor.country
        if own and actor.country is not None and len(actor.country) == 3 and actor.country not in {"IGO", "NGO", "IMG"}:
            named[actor.country, actor.actor_id or "", _BY_ACTOR] += 1
            words.setdefault(actor.country, actor.text or "")
    votes: Counter[str] = Counter()
    for (country, _, weight), times in sorted(named.items()):
        votes[country] += weight * (1.0 + math.log(times))  # type: ignore[assignment]
    local = local_country(layers.report.text)
    if local is not None:
        alone = bool(votes) and not votes[local]
        votes[local] += _BY_LOCAL_WORDS_ALONE if alone else _BY_LOCAL_WORDS  # type: ignore[assignment]
        words.setdefault(local, "words that are used there")
    home = outlet_home(layers.report)
    if home is not None and home.local:
        votes[home.country] += _BY_LOCAL_OUTLET  # type: ignore[assignment]
        words.setdefault(home.country, "where its outlet is at home")
    if not votes:
        return None
    country, most = max(sorted(votes.items()), key=lambda item: item[1])
    return Focus(country, most / sum(votes.values()), words[country])
