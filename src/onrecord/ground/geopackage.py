"""GeoPackage files as features: attributes and the points of each geometry (OGC 12-128r18, clauses 1.1 and 2.1)."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.errors import DataError

Point = tuple[float, float]
_ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}  # bytes of the envelope by its indicator
_WGS84 = 4326
_POINT, _LINE, _POLYGON = 1, 2, 3


def read_features(path: Path) -> Iterator[tuple[int, dict[str, Any], list[Point]]]:
    """Every feature of every layer: its number in the file (from 1), attributes, and points (lon, lat) in degrees.

    Raises DataError where the file is no GeoPackage, has no layer of features, or one in other
    coordinates than WGS 84, and for a geometry that cannot be read.
    """
    base = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    base.row_factory = sqlite3.Row
    try:
        layers = base.execute("SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns").fetchall()
        if not layers:
            raise DataError(path.name, None, "no layer of features", "Export the places as a layer of points or areas")
        number = 0
        for layer, column, system in layers:
            _require_degrees(base, path, layer, system)
            for row in base.execute(f'SELECT * FROM "{layer.replace(chr(34), chr(34) * 2)}"'):
                number += 1
                said = {key: row[key] for key in row.keys() if key != column}  # noqa: SIM118 - a Row, not a dict
                yield number, said, _geometry(path, number, row[column])
    except sqlite3.DatabaseError as error:
        raise DataError(path.name, None, f"not a GeoPackage: {error}", "Export it as GeoPackage again") from error
    finally:
        base.close()


def _require_degrees(base: sqlite3.Connection, path: Path, layer: str, system: int) -> None:
    row = base.execute(
        "SELECT organization, organization_coordsys_id FROM gpkg_spatial_ref_sys WHERE srs_id = ?", (system,)
    ).fetchone()
    if row is None or str(row[0]).upper() != "EPSG" or int(row[1]) != _WGS84:
        raise DataError(
            path.name, None, f"layer {layer!r} is not in WGS 84 (srs_id {system})", "Save it in EPSG:4326 first"
        )


def _geometry(path: Path, number: int, blob: bytes | None) -> list[Point]:
    try:
        if not blob or blob[:2] != b"GP":
            raise ValueError("no geometry")
        points = list(_points(blob, 8 + _ENVELOPES[blob[3] >> 1 & 7])[1])
        if not points:
            raise ValueError("empty geometry")
    except (ValueError, KeyError, IndexError, struct.error) as error:
        raise DataError(
            path.name, None, f"feature {number} has no usable geometry: {error}", "Mend or drop it"
        ) from None
    return points


def _points(blob: bytes, at: int) -> tuple[int, list[Point]]:
    """Points of the well-known binary geometry at *at*, and where it ends."""
    order = "<" if blob[at] else ">"
    (code,) = struct.unpack_from(order + "I", blob, at + 1)
    at += 5
    size = 16 + 8 * ((code // 1000) in {1, 2}) + 16 * (code // 1000 == 3)  # Z, M or both
    kind = code % 1000
    if kind == _POINT:
        return at + size, [struct.unpack_from(order + "2d", blob, at)]
    (count,) = struct.unpack_from(order + "I", blob, at)
    at += 4
    found: list[Point] = []
    for _ in range(count if kind != _LINE else 1):
        if kind in {_LINE, _POLYGON}:
            length = count
            if kind == _POLYGON:
                (length,) = struct.unpack_from(order + "I", blob, at)
                at += 4
            found += [struct.unpack_from(order + "2d", blob, at + i * size) for i in range(length)]
            at += length * size
        else:
            at, part = _points(blob, at)
            found += part
    return at, found
