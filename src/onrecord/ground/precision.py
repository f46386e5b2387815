"""Precision: what the words around a place name say of how exact it is ("30 km south of", "northern")."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal

from onrecord.ground.gazetteer import Entry
from onrecord.model import Span

Precision = Literal["point", "town", "district", "province", "country", "region"]
LOOKBACK = 70
KM_PER_MILE = 1.609
_BEARINGS = {"north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0, "south": 180.0, "southwest": 225.0,
             "west": 270.0, "northwest": 315.0}  # fmt: skip
_SIDE = r"(?P<side>north-?\s?east|north-?\s?west|south-?\s?east|south-?\s?west|north|south|east|west)"
_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
            "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
            "hundred": 100, "several": 5, "few": 5, "dozen": 12}  # fmt: skip
_DISTANCE = re.compile(
    r"(?P<number>\d[\d,]*(?:\.\d+)?|" + "|".join(_NUMBERS) + r")[\s-]"
    r"(?P<unit>km|kms|kilometers?|kilometres?|miles?|mi)\b"
    r"(?:\s\((?:[\d.,]+\s?\w+)\))?\s+(?:to\s+the\s+)?(?:" + _SIDE + r"\s+)?(?:of|from|outside|away\s+from|off)"
    r"(?:\s+(?:the|central|downtown|capital|city|town|village|northern|southern|eastern|western|border|of))*\s*$",
    re.IGNORECASE,
)  # fmt: skip
_PART = re.compile(rf"\b{_SIDE}(?P<ern>ern|)(?:most)?[\s-]+(?:part\s+of\s+|parts\s+of\s+)?(?:the\s+)?$", re.IGNORECASE)
_SIDE_OF = re.compile(rf"\b(?:{_SIDE}|just)\s+of\s+(?:the\s+)?(?:city\s+of\s+|town\s+of\s+)?$", re.IGNORECASE)
_EDGES = re.compile(
    r"\b(?P<edge>outskirts|suburbs?|edge|periphery|countryside|vicinity|surroundings|environs)\s+of\s+(?:the\s+)?"
    r"(?:city\s+of\s+|town\s+of\s+|capital,?\s+)?$",
    re.IGNORECASE,
)  # fmt: skip
_NEAR = re.compile(
    r"\b(?P<near>near|outside|around|close\s+to|not\s+far\s+from|nearby)\s+(?:the\s+)?"
    r"(?:(?:city|town|village|capital|border)\s+(?:of\s+)?)?$",
    re.IGNORECASE,
)
_MIDDLE = re.compile(r"\b(?P<middle>central|downtown|inner|heart of|center of|centre of)\s+$", re.IGNORECASE)
_AFTER = re.compile(r"(?:\s+|['’]s\s+(?:\w+\s+)?)(?:countryside|suburbs?|outskirts)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shift:
    """How the words move and widen a place: *km* towards *bearing* (degrees), radius times *scale*, or *radius_km*.

    ``share`` moves by a share of the place's own radius instead of a distance. ``words`` are the
    words that say so, None where the name stands plain.
    """

    words: str | None = None
    bearing: float | None = None
    km: float = 0.0
    share: float = 0.0
    scale: float = 1.0
    radius_km: float | None = None
    least_km: float = 0.0

    def apply(self, lat: float, lon: float, radius_m: int) -> tuple[float, float, int]:
        """The moved point and the new radius in metres."""
        km = self.km or self.share * radius_m / 1000
        if self.bearing is not None and km:
            angle = math.radians(self.bearing)
            lat += km * math.cos(angle) / 111.2
            lon += km * math.sin(angle) / (111.2 * max(0.05, math.cos(math.radians(lat))))
            lat, lon = max(-90.0, min(90.0, lat)), (lon + 180.0) % 360.0 - 180.0
        radius = self.radius_km * 1000 if self.radius_km is not None else radius_m * self.scale
        return lat, lon, round(max(radius, self.least_km * 1000))


def shift_of(text: str, span: Span) -> Shift:
    """What the words right before (and after) the name at *span* do to its place."""
    before = text[max(0, span.start - LOOKBACK) : span.start]
    distance = _DISTANCE.search(before)
    if distance:
        return _by_distance(distance)
    part = _PART.search(before)
    if part:
        return Shift(_said(part), _bearing(part["side"]), share=0.45, scale=0.65, least_km=1.0)
    side = _SIDE_OF.search(before)
    if side:
        bearing = _bearing(side["side"]) if side["side"] else None
        return Shift(_said(side), bearing, km=10.0 if bearing is not None else 0.0, scale=1.0, least_km=15.0)
    for pattern in (_EDGES, _NEAR, _MIDDLE):
        found = pattern.search(before)
        if found:
            return _by_words(found)
    after = _AFTER.match(text, span.end, span.end + 40)
    if after:
        wide = "countryside" in after.group().lower()
        return Shift(after.group().strip(" '’s"), scale=3.0 if wide else 1.5, least_km=15.0 if wide else 5.0)
    return Shift()


def _by_distance(match: re.Match[str]) -> Shift:
    number = match["number"].lower().replace(",", "")
    km = float(_NUMBERS[number]) if number in _NUMBERS else float(number)
    if match["unit"].lower().startswith("mi"):
        km *= KM_PER_MILE
    if match["side"] is None:
        return Shift(_said(match), radius_km=max(2.0, 1.15 * km))
    return Shift(_said(match), _bearing(match["side"]), km=km, radius_km=max(2.0, 0.25 * km))


def _by_words(match: re.Match[str]) -> Shift:
    groups = match.groupdict()
    if groups.get("middle"):
        return Shift(_said(match), scale=0.5, least_km=0.5)
    if groups.get("near"):
        return Shift(_said(match), scale=1.5, least_km=10.0)
    wide = match["edge"].lower() in {"countryside", "vicinity", "surroundings", "environs"}
    return Shift(_said(match), scale=3.0 if wide else 1.5, least_km=15.0 if wide else 5.0)


def _said(match: re.Match[str]) -> str:
    return " ".join(match.group().split())


def _bearing(side: str) -> float:
    return _BEARINGS[re.sub(r"[-\s]", "", side.lower())]


def precision_of(entry: Entry, shift: Shift | None = None) -> Precision:
    """The kind of area that the place is: a point only for facilities, a region across borders for the widest."""
    if entry.code == "PCLI":
        return "country"
    if entry.code == "CONT" or len(entry.countries) != 1:
        return "region"
    if entry.feature_class == "A":
        return "province" if entry.code == "ADM1" else "district"
    if entry.feature_class == "S":
        return "point"
    if entry.feature_class == "P":
        return "town" if shift is None or shift.words is None or shift.scale <= 1.5 else "district"
    return "province" if entry.radius_m > 30_000 else "district"
