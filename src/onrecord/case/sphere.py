"""Distances and boxes on the sphere."""

from __future__ import annotations

import math

EARTH_M = 6_371_008.8
METRES_A_DEGREE = 111_195.0


def metres_between(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Metres along the sphere between two points in degrees."""
    one, other = math.radians(lat), math.radians(other_lat)
    turn = math.sin(one) * math.sin(other) + math.cos(one) * math.cos(other) * math.cos(math.radians(other_lon - lon))
    return math.acos(min(1.0, max(-1.0, turn))) * EARTH_M


def in_box(lat: float, lon: float, box: tuple[float, float, float, float]) -> bool:
    """Whether a point lies in west, south, east, north; west is beyond east where the box crosses the date line."""
    west, south, east, north = box
    across = west <= lon <= east if west <= east else (lon >= west or lon <= east)
    return south <= lat <= north and across
