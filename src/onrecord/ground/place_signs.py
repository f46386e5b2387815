"""Signs that one of several namesakes is meant: a report's names weighed against each other.

Mentions of one report with the same name form a group and are resolved together. Each group has
options: the places of that name, and last the option that none of them is meant. Signs are numbers
for each option; some need a first guess of what the other groups mean, so they come in rounds.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from onrecord.ground.containment import contains
from onrecord.ground.gazetteer import Match
from onrecord.ground.toponyms import Toponym
from onrecord.text.folding import fold

Floats = npt.NDArray[np.float64]
MOST_NEIGHBOURS = 300  # places weighed against every option: a long text must not fill the memory
SLICE = 4000  # options compared at once
SEAT_POPULATION = 3_000  # taken for a town whose population is not given: the extract has it as a seat
FAMOUS = 1_000_000  # people of a capital that readers everywhere know, so that reports name it without its country
MUCH = 20  # times as many people as any namesake abroad
WIDE_M = 150_000  # places larger than this say little of where a namesake nearby lies
_COMMA = re.compile(r"\s*,\s*|\s*\(\s*|\s*,\s+in\s+(?:the\s+)?")
_OF = re.compile(
    r"(?:\s+[a-z]\w*){0,2}\s*,?\s+(?:in|of)(?:\s+(?:the|its|north|south|east|west|northern|southern|eastern|western|central"
    r"|north-?west(?:ern)?|north-?east(?:ern)?|south-?west(?:ern)?|south-?east(?:ern)?|state|province|region)){0,3}\s+"
)
_OWNS = re.compile(r"(?:['’]s?)\s+(?:[a-z][\w-]*\s+){0,4}(?:of\s+)?")
_ADJECTIVE = re.compile(r"\s+(?:[a-z][\w-]*\s+){0,4}(?:of\s+)?")
_APPOSED = re.compile(
    r"\s*,\s+(?:(?:the|a|an|its|another|one of|[\w.]+['’]s?)\s+)(?:[\w-]+\s+){0,4}?"
    r"(?:(?P<unit>provinces?|governorates?|districts?|count(?:y|ies)|states?|regions?|oblasts?|islands?)"
    r"|(?P<town>cit(?:y|ies)|towns?|villages?|capital|suburbs?|hamlets?))\b"
)
_THE_UNIT = re.compile(
    r"\b(?:the|that|this)\s+(?:[\w-]+\s+){0,2}?(?:province|governorate|oblast)(?:['’]s)?\b(?!\s+of\s+[A-Z])"
)
_THE_TOWN = re.compile(r"\b(?:the|that|this)\s+(?:[\w-]+\s+){0,2}?(?:city|town|village)(?:['’]s)?\b(?!\s+of\s+[A-Z])")
_NEAR = re.compile(
    r"\b(?:near|outside|outskirts of|(?:km|kms|kilomet(?:er|re)s?|miles?) (?:\w+ )?(?:of|from)|road (?:to|from))\s+$"
)
_OWN_ROWS = {"geonames": "", "naturalearth": "", "onrecord": "own_row", "region": "own_region"}
_KINDS = frozenset({"PCLI", "ADM1", "ADM2", "PPLC", "PPL", "CONT", "RGN"})


@dataclass(slots=True)
class Group:
    """Mentions of one name and what they may mean; ``belief`` sums to one over ``options`` and "none".

    ``country`` is that of a report of one town's courts and schools, None of any other.
    """

    mentions: list[Toponym]
    options: list[Match]
    belief: Floats
    containers: list[tuple[str, int]] = field(default_factory=list)
    said: frozenset[str] = frozenset()
    first: int = 0
    country: str | None = None

    @property
    def count(self) -> float:
        return 1.0 + math.log(len(self.mentions))


@dataclass(frozen=True, slots=True)
class Home:
    """Where an outlet is at home: a point with the radius of its readers, or a country alone."""

    country: str
    lat: float | None = None
    lon: float | None = None
    admin1: str | None = None
    local: bool = False


def group_mentions(mentions: Sequence[Toponym]) -> list[Group]:
    """Groups of mentions by name, demonyms apart; containment between neighbours is noted."""
    groups: dict[tuple[str, str], Group] = {}
    order: list[Group] = []
    for mention in mentions:
        key = (fold(mention.name), "demonym" if mention.usage == "demonym" else mention.feature or "")
        group = groups.get(key)
        if group is None:
            options = list(mention.matches)
            group = groups[key] = Group([], options, np.zeros(len(options) + 1), first=len(order))
            order.append(group)
        group.mentions.append(mention)
    return order


def note_kinds(groups: Sequence[Group], text: str) -> None:
    """Notes what the report calls a name: in apposition ("Idlib, a rebel-held province") or later ("the province").

    A later "the province" counts for the one name that it can mean best: the most mentioned that has
    an admin-1 option and no feature word of its own; "the city" likewise for towns.
    """
    for group in groups:
        for mention in group.mentions:
            if mention.dateline:
                group.said |= {"dateline"}
            if _NEAR.search(text, max(0, mention.span.start - 60), mention.span.start):
                group.said |= {"near"}
            found = _APPOSED.match(text, mention.span.end, mention.span.end + 90)
            if found and mention.usage != "demonym":
                group.said |= {"unit" if found["unit"] else "town"}
    for pattern, code, what in ((_THE_UNIT, "ADM1", "the_unit"), (_THE_TOWN, "PPL", "the_town")):
        if pattern.search(text):
            able = [
                g for g in groups
                if not g.mentions[0].feature and any(m.exact and m.entry.code.startswith(code) for m in g.options)
                and any(m.entry.code == "ADM1" for m in g.options) and not g.containers
                and not any(m.dateline for m in g.mentions) and all(m.entry.code != "PCLI" for m in g.options)
            ]  # fmt: skip
            if able:
                max(able, key=lambda g: (len(g.mentions), -g.first)).said |= {what}


def note_containers(groups: Sequence[Group], mentions: Sequence[Toponym], text: str) -> None:
    """Notes in each group the groups that the words say it lies in ("Paris, Texas", "Syria's Idlib")."""
    number = {id(m): i for i, g in enumerate(groups) for m in g.mentions}
    for left, right in zip(mentions, mentions[1:], strict=False):
        gap = text[left.span.end : right.span.start]
        a, b = number[id(left)], number[id(right)]
        if len(gap) > 60 or a == b:
            continue
        if _COMMA.fullmatch(gap):
            groups[a].containers.append(("comma", b))
        elif (left.usage == "demonym" and _ADJECTIVE.fullmatch(gap)) or _OWNS.fullmatch(gap):
            groups[b].containers.append(("adjective", a))
        elif _OF.fullmatch(gap):
            groups[a].containers.append(("of", b))


class Scene:
    """One report's groups with all their options in one table, for signs that compare distances."""

    def __init__(self, groups: Sequence[Group], home: Home | None, local: str | None = None) -> None:
        self.groups, self.home, self.local = groups, home, local
        self.entries = [m.entry for g in groups for m in g.options]
        self.owner = np.array([i for i, g in enumerate(groups) for _ in g.options], dtype=int)
        lat = np.radians([e.lat for e in self.entries]) if self.entries else np.zeros(0)
        lon = np.radians([e.lon for e in self.entries]) if self.entries else np.zeros(0)
        self.points = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
        self.small = np.array([e.radius_m < WIDE_M for e in self.entries], dtype=float)
        self.dateline = {i for i, g in enumerate(groups) if any(m.dateline for m in g.mentions)}

    def beliefs(self) -> Floats:
        """Belief of every option, in the order of the table."""
        parts = [g.belief[:-1] for g in self.groups]
        return np.concatenate(parts) if parts else np.zeros(0)

    def kilometres(self, rows: Floats, columns: slice = slice(None)) -> Floats:
        """Distances in km from the points *rows* to the options *columns* (all of them unless said)."""
        chord = np.clip(rows @ self.points[columns].T, -1.0, 1.0)
        away: Floats = 6371.0 * np.arccos(chord)
        return away

    def signs(self, second: bool) -> list[list[dict[str, float]]]:
        """For each group, the signs of each option; *second* adds those that need first beliefs."""
        found = [self._own_signs(g) for g in self.groups]
        if second and self.entries:
            self._add_company(found)
            self._add_nearness(found)
            self._add_containment(found)
        if self.home is not None:
            self._add_home(found, self.home)
        if self.local is not None:
            self._add_local(found, self.local)
        elif self.home is None or not self.home.local:
            self._add_famous(found)
        return found

    def _own_signs(self, group: Group) -> list[dict[str, float]]:
        """Signs of the options themselves: size, kind, which of its names it is, the feature word."""
        total = sum(m.entry.population for m in group.options) + 1.0
        largest = max((m.entry.population for m in group.options), default=0)
        signs = []
        features = {m.feature for m in group.mentions} - {None}
        for match in group.options:
            e = match.entry
            kind = e.code if e.code in _KINDS else e.feature_class
            people = e.population or (SEAT_POPULATION if e.feature_class == "P" else 0)
            size = math.log10(people + 10)
            sign = {f"kind={kind}": 1.0, f"size*{'A' if e.feature_class == 'A' else 'P'}": size,
                    "share": e.population / total, "main": float(match.main), "exact": float(match.exact),
                    "largest": float(e.population == largest)}  # fmt: skip
            if not match.main and e.feature_class == "P":
                sign["alias_town"] = 1.0
            if features:
                sign["feature_fits" if e.feature_class in features else "feature_differs"] = 1.0
                if "P" in features or "A" in features:
                    sign[f"feature+{kind}"] = 1.0
            kind_of_row = _OWN_ROWS.get(e.place_id.partition(":")[0], "user_row")
            if kind_of_row:
                landmark = kind_of_row == "own_row" and e.feature_class == "S"
                sign["own_landmark" if landmark else kind_of_row] = 1.0
                if kind_of_row == "own_region" and " " in group.mentions[0].name:
                    sign["own_region_long"] = 1.0
            if group.said and match.exact:
                unit = kind in {"ADM1", "ADM2"}
                for what in group.said:
                    sign[f"said_{what}+{'unit' if unit else e.feature_class}"] = 1.0
            signs.append(sign)
        none = {"none": 1.0, "none*exact": float(any(m.exact for m in group.options)),
                "none*feature": float(bool(features & {"S", "H", "T", "L"})),
                "none*largest": math.log10(largest + 10)}  # fmt: skip
        return [*signs, none]

    def _add_company(self, found: list[list[dict[str, float]]]) -> None:
        """How much of the rest of the report lies in the option's country and admin-1 unit."""
        beliefs = self.beliefs() * np.array([self.groups[o].count for o in self.owner])
        country: dict[str, float] = {}
        admin1: dict[str, float] = {}
        own: list[dict[str, float]] = [{} for _ in self.groups]
        named: dict[str, float] = {}
        for entry, belief, owner in zip(self.entries, beliefs, self.owner, strict=True):
            if len(entry.countries) == 1:
                code = entry.countries[0]
                country[code] = country.get(code, 0.0) + belief
                own[owner][code] = own[owner].get(code, 0.0) + belief
            if entry.admin1_id:
                admin1[entry.admin1_id] = admin1.get(entry.admin1_id, 0.0) + belief
                own[owner][entry.admin1_id] = own[owner].get(entry.admin1_id, 0.0) + belief
            if entry.code in {"PCLI", "ADM1"}:
                named[entry.place_id] = named.get(entry.place_id, 0.0) + belief
        all_countries = sum(country.values()) + 1.0
        all_units = sum(admin1.values()) + 1.0
        for number, (group, signs) in enumerate(zip(self.groups, found, strict=True)):
            for match, sign in zip(group.options, signs, strict=False):
                e = match.entry
                if e.countries:  # of a region across borders, all its countries speak for it
                    rest = sum(country.get(c, 0.0) - own[number].get(c, 0.0) for c in e.countries)
                    sign["country_share"] = rest / all_countries
                    sign["country_company"] = math.log1p(rest)
                    sign[f"country_company*{'A' if e.feature_class == 'A' else 'P'}"] = math.log1p(rest)
                if e.admin1_id and e.code != "ADM1":
                    rest = admin1.get(e.admin1_id, 0.0) - own[number].get(e.admin1_id, 0.0)
                    sign["admin1_share"] = rest / all_units
                    sign["admin1_company"] = math.log1p(rest)
                    sign["admin1_named"] = min(1.0, named.get(e.admin1_id, 0.0))
                elif e.code == "ADM1":
                    rest = admin1.get(e.place_id, 0.0) - own[number].get(e.place_id, 0.0)
                    sign["holds_company"] = math.log1p(rest)

    def _add_nearness(self, found: list[list[dict[str, float]]]) -> None:
        """How many of the report's other places lie close by, those named next to it most."""
        weights = self.beliefs() * self.small
        heavy = np.flatnonzero(weights > 0.02)
        if len(heavy) > MOST_NEIGHBOURS:
            heavy = np.sort(heavy[np.argsort(-weights[heavy], kind="stable")[:MOST_NEIGHBOURS]])
        if not len(heavy):
            return
        near = np.concatenate([self._nearness(heavy, weights, at) for at in range(0, len(self.entries), SLICE)], axis=1)
        crowd = math.log1p(float(weights.sum()))
        at = 0
        for group, signs in zip(self.groups, found, strict=True):
            for i, match in enumerate(group.options):
                if match.entry.radius_m < WIDE_M:
                    close, wide, next_to, line = map(float, near[:, at + i])
                    signs[i].update(close=close, wide=wide, next_to=next_to, near_dateline=line)
            at += len(group.options)
            signs[-1]["none*crowd"] = crowd

    def _nearness(self, heavy: npt.NDArray[np.int64], weights: Floats, at: int) -> Floats:
        """Four rows of nearness for a slice of the options: close by, in the area, next in the text, dateline."""
        owner = self.owner[at : at + SLICE]
        away = self.kilometres(self.points[heavy], slice(at, at + SLICE))
        mass = weights[heavy, None] * (self.owner[heavy, None] != owner[None, :])
        counted = mass * np.array([self.groups[o].count for o in self.owner[heavy]])[:, None]
        first = np.array([g.first for g in self.groups])
        beside = np.exp(-np.abs(first[self.owner[heavy], None] - first[owner][None, :]) / 2.0)
        lines = np.isin(self.owner[heavy], sorted(self.dateline))[:, None]
        return np.stack(
            [
                np.log1p((counted * np.exp(-away / 40.0)).sum(axis=0)),
                np.log1p((counted * np.exp(-away / 250.0)).sum(axis=0)),
                (mass * beside * np.exp(-away / 100.0)).sum(axis=0),
                (mass * lines * np.exp(-away / 150.0)).max(axis=0),
            ]
        )

    def _add_containment(self, found: list[list[dict[str, float]]]) -> None:
        """Whether the words put the option inside another place that can hold it, or that cannot."""
        for group, signs in zip(self.groups, found, strict=True):
            for how, number in group.containers:
                outer = self.groups[number]
                if not outer.options or outer.belief[:-1].sum() < 0.2:
                    continue
                held = [
                    sum(
                        float(b) for o, b in zip(outer.options, outer.belief, strict=False)
                        if b > 0.01 and contains(o.entry, match.entry)
                    )
                    for match in group.options
                ]  # fmt: skip
                holds_one = any(share >= 0.05 for share in held)  # else the comma is that of a list
                for share, sign in zip(held, signs, strict=False):
                    sign[f"in_{how}"] = max(sign.get(f"in_{how}", 0.0), share)
                    if share < 0.05 and holds_one:
                        sign[f"not_in_{how}"] = 1.0
        held_by: dict[int, list[Group]] = {}
        for inner in self.groups:
            for how, number in inner.containers:
                if how == "comma":
                    held_by.setdefault(number, []).append(inner)
        for number, inners in held_by.items():  # the same words seen from the place that holds
            for inner in inners[:3]:
                for match, sign in zip(self.groups[number].options, found[number], strict=False):
                    fits = max(
                        (float(b) for o, b in zip(inner.options, inner.belief, strict=False)
                         if contains(match.entry, o.entry)), default=0.0,
                    )  # fmt: skip
                    sign["holds_comma"] = max(sign.get("holds_comma", 0.0), fits)
                    sign["can_hold"] = max(
                        sign.get("can_hold", 0.0),
                        float(any(contains(match.entry, o.entry) for o in inner.options)),
                    )

    def _add_local(self, found: list[list[dict[str, float]]], country: str) -> None:
        """Whether a town that has a namesake in the country whose courts, schools and offices the report speaks of lies
        outside it."""
        for group, signs in zip(self.groups, found, strict=True):
            towns = [m.entry.feature_class == "P" for m in group.options]
            inside = [country in m.entry.countries for m in group.options]
            if not any(town and here for town, here in zip(towns, inside, strict=True)):
                continue
            for town, here, sign in zip(towns, inside, signs, strict=False):
                if town and not here:
                    sign["not_local"] = 1.0

    def _add_famous(self, found: list[list[dict[str, float]]]) -> None:
        """Which options are great capitals beside which their namesakes abroad are small: unless a report is local, it
        says of which state another Paris is."""
        for group, signs in zip(self.groups, found, strict=True):
            for match, sign in zip(group.options, signs, strict=False):
                e = match.entry
                if not (match.exact and match.main and e.code == "PPLC" and e.population >= FAMOUS):
                    continue
                towns = (m.entry for m in group.options if m.entry.feature_class == "P")
                if max((t.population for t in towns if t.country != e.country), default=0) * MUCH <= e.population:
                    sign["famous"] = 1.0

    def _add_home(self, found: list[list[dict[str, float]]], home: Home) -> None:
        """How far the option lies from where the outlet is at home."""
        if home.lat is not None and home.lon is not None and self.entries:
            lat, lon = math.radians(home.lat), math.radians(home.lon)
            point = np.array([[math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)]])
            away = self.kilometres(point)[0]
        else:
            away = None
        at = 0
        reach = "local" if home.local else "national"
        for group, signs in zip(self.groups, found, strict=True):
            for i, match in enumerate(group.options):
                if home.country in match.entry.countries:
                    signs[i][f"home_country_{reach}"] = 1.0
                if away is not None and match.entry.radius_m < WIDE_M:
                    signs[i][f"home_close_{reach}"] = math.exp(-away[at + i] / 40.0)
                    signs[i][f"home_wide_{reach}"] = math.exp(-away[at + i] / 250.0)
                if home.admin1 and match.entry.admin1 == home.admin1:
                    signs[i][f"home_admin1_{reach}"] = 1.0
            at += len(group.options)


def softmax(scores: Sequence[float]) -> Floats:
    """Probabilities that sum to one."""
    raised = np.exp(np.array(scores) - max(scores))
    return np.asarray(raised / raised.sum())


def mentions_in_order(groups: Iterable[Group]) -> list[tuple[Toponym, Group]]:
    """Every mention with its group, in text order."""
    return sorted(((m, g) for g in groups for m in g.mentions), key=lambda pair: pair[0].span)
