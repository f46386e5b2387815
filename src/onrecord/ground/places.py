"""Places: each toponym of a report gets the place it names, with the whole report in view.

Signs of every namesake (``place_signs``) are weighed by a conditional logit model whose weights are
in ``data/gazetteer/weights_places_*.csv`` (made by ``training/places.py``): first alone, then with
what the first round believes of the others. Names without an entry are placed near the town that
the words or the report put them next to, and say so.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from onrecord.ground.compass import is_compass, note_compass
from onrecord.ground.gazetteer import Entry, Gazetteer, Match
from onrecord.ground.local_words import local_country
from onrecord.ground.outlets import outlet_home
from onrecord.ground.place_signs import (
    WIDE_M,
    Group,
    Home,
    Scene,
    group_mentions,
    mentions_in_order,
    note_containers,
    note_kinds,
    softmax,
)
from onrecord.ground.precision import Shift, precision_of, shift_of
from onrecord.ground.toponyms import Toponym
from onrecord.ground.weights import Weights
from onrecord.ground.world_cities import most_likely, note_at_home
from onrecord.model import Candidate, Place, Report, Via

ROUNDS = 2
CANDIDATES_KEPT = 5
NEAR_M = 25_000


class PlaceResolver:
    """Resolves toponyms; holds the gazetteer and the weights, and no state of a report."""

    def __init__(self, gazetteer: Gazetteer, first: Weights | None = None, second: Weights | None = None) -> None:
        self.gazetteer = gazetteer
        by_hand = Weights.shipped("places_by_hand")
        self.first = (first or Weights.shipped("places_first")).updated(by_hand)
        self.second = (second or Weights.shipped("places_second")).updated(by_hand)

    def resolve(self, mentions: Sequence[Toponym], report: Report) -> tuple[Place, ...]:
        """One place a mention, in the order of *mentions*; without coordinates where none is found."""
        scene = self.weigh(mentions, report)
        chosen = {id(m): self._chosen(g) for g in scene.groups for m in g.mentions}
        focus = _focus(scene.groups, chosen)
        return tuple(self._place(m, g, chosen, scene, focus, report) for m, g in mentions_in_order(scene.groups))

    def weigh(self, mentions: Sequence[Toponym], report: Report, home: Home | None = None) -> Scene:
        """The report's groups with what is believed of each option after all rounds."""
        groups = group_mentions(mentions)
        note_containers(groups, mentions, report.text)
        note_kinds(groups, report.text)
        scene = Scene(groups, home or outlet_home(report), local_country(report.text, towns=True))
        self._believe(scene, self.first, second=False)
        for _ in range(ROUNDS):
            self._believe(scene, self.second, second=True)
        note_at_home(scene)
        note_compass(scene)
        return scene

    @staticmethod
    def _believe(scene: Scene, weights: Weights, *, second: bool) -> None:
        for group, signs in zip(scene.groups, scene.signs(second), strict=True):
            group.belief = softmax([weights.score(sign) for sign in signs])

    @staticmethod
    def _chosen(group: Group) -> Match | None:
        best = most_likely(group)
        return group.options[best] if best < len(group.options) else None

    def _place(
        self,
        mention: Toponym,
        group: Group,
        chosen: dict[int, Match | None],
        scene: Scene,
        focus: tuple[Entry, Toponym] | None,
        report: Report,
    ) -> Place:
        match = chosen[id(mention)]
        if match is None:
            return self._near(mention, group, chosen, scene, focus)
        entry, belief = match.entry, float(group.belief[most_likely(group)])
        # "northern Iraq": the toponym is still Iraq, whose point and radius stay true; a province is cut down
        shift = shift_of(report.text, mention.span) if entry.radius_m < WIDE_M else Shift()
        lat, lon, radius = shift.apply(entry.lat, entry.lon, entry.radius_m)
        return Place(
            text=mention.text, span=mention.span, basis="named", score=round(belief, 4),
            why=_why(mention, shift), place_id=entry.place_id, name=entry.name, admin1=entry.admin1,
            admin2=entry.admin2, country=entry.country, feature_class=entry.feature_class,
            lat=round(lat, 5), lon=round(lon, 5), precision=precision_of(entry, shift), radius_m=radius,
            candidates=_candidates(group), usage=mention.usage,
        )  # fmt: skip

    def _near(
        self,
        mention: Toponym,
        group: Group,
        chosen: dict[int, Match | None],
        scene: Scene,
        focus: tuple[Entry, Toponym] | None,
    ) -> Place:
        """A name without an entry: near the town it is named beside, else near the report's focus."""
        beside = _beside(mention, scene.groups, chosen) or focus
        if beside is None or mention.usage == "demonym" or is_compass(mention):
            why = "of which country is not told" if is_compass(mention) else "no gazetteer has the name"
            return Place(
                text=mention.text, span=mention.span, basis="unresolved", why=why,
                candidates=_candidates(group), usage=mention.usage,
            )  # fmt: skip
        entry, via = beside
        radius = max(NEAR_M, entry.radius_m)
        return Place(
            text=mention.text, span=mention.span, basis="inferred", via=Via(text=via.text, span=via.span),
            why=f"no gazetteer has the name; placed near {entry.name}, which the report puts it next to",
            name=mention.name, admin1=entry.admin1, admin2=entry.admin2, country=entry.country,
            feature_class=mention.feature or "S", lat=entry.lat, lon=entry.lon,
            precision="district" if radius < WIDE_M else "province", radius_m=radius,
            candidates=_candidates(group), usage=mention.usage,
        )  # fmt: skip


def _why(mention: Toponym, shift: Shift) -> str | None:
    said = [shift.words] if shift.words else []
    if mention.usage == "demonym":
        said.append("a demonym")
    return "; ".join(said) or None


def _candidates(group: Group) -> tuple[Candidate, ...]:
    meant = most_likely(group)
    likeliest = [int(i) for i in np.argsort(-group.belief[:-1], kind="stable")]
    order = sorted(likeliest, key=lambda i: i != meant)[:CANDIDATES_KEPT]
    return tuple(
        Candidate(
            place_id=group.options[i].entry.place_id, name=group.options[i].entry.name,
            score=round(float(group.belief[i]), 4),
        )
        for i in order
    )  # fmt: skip


def _town(match: Match | None) -> bool:
    return match is not None and match.entry.radius_m < WIDE_M


def _beside(mention: Toponym, groups: Sequence[Group], chosen: dict[int, Match | None]) -> tuple[Entry, Toponym] | None:
    """The resolved town or district named closest to the mention, after it counting as nearer than before."""
    best, least = None, 400.0
    for group in groups:
        for other in group.mentions:
            match = chosen[id(other)]
            if match is None or not _town(match) or other.usage in {"demonym", "embedded"}:
                continue
            after = other.span.start - mention.span.end
            gap = after if after >= 0 else 1.5 * (mention.span.start - other.span.end)
            if gap < least:
                best, least = (match.entry, other), gap
    return best


def _focus(groups: Sequence[Group], chosen: dict[int, Match | None]) -> tuple[Entry, Toponym] | None:
    """The place that most of the report's places lie around; the widest only where there is no town."""
    found = [(match.entry, g) for g in groups if (match := chosen[id(g.mentions[0])]) is not None]
    towns = [(e, g) for e, g in found if e.radius_m < WIDE_M] or [
        (e, g) for e, g in found if e.code == "ADM1"
    ] or [(e, g) for e, g in found if e.code == "PCLI"]  # fmt: skip
    best, most = None, 0.0
    for entry, group in towns:
        mass = sum(other.count * math.exp(-entry.kilometres_to(e) / 60.0) for e, other in towns)
        mass += 1.0 if any(m.dateline for m in group.mentions) else 0.0
        if mass > most:
            best, most = (entry, group.mentions[0]), mass
    return best


def resolve_places(
    mentions: Sequence[Toponym], report: Report, gazetteer: Gazetteer, resolver: PlaceResolver | None = None
) -> tuple[Place, ...]:
    """The places of *mentions*, in text order; for many reports hand in one PlaceResolver."""
    return (resolver or PlaceResolver(gazetteer)).resolve(mentions, report)
