"""Files of places that a user may add: GeoNames dumps, alternate names, CSV tables, GeoJSON and GeoPackage.

Each reader yields rows as they stand in the file and raises DataError with the line (for GeoJSON and GeoPackage
the number of the feature) at the first one that is malformed.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from onrecord.errors import DataError
from onrecord.ground.geopackage import read_features

Kind = Literal["geonames", "alternates", "csv", "geojson", "geopackage"]
DUMP_COLUMNS = 19
_CLASSES = frozenset("APLHTSRVU")
_WORDS = {
    "": ("P", "PPL"), "town": ("P", "PPL"), "city": ("P", "PPL"), "village": ("P", "PPL"), "hamlet": ("P", "PPL"),
    "neighbourhood": ("P", "PPLX"), "neighborhood": ("P", "PPLX"), "camp": ("S", "CMP"), "base": ("S", "INSM"),
    "airport": ("S", "AIRP"), "crossing": ("S", "PSTB"), "hospital": ("S", "HSP"), "province": ("A", "ADM1"),
    "governorate": ("A", "ADM1"), "state": ("A", "ADM1"), "district": ("A", "ADM2"), "county": ("A", "ADM2"),
    "region": ("L", "RGN"), "river": ("H", "STM"), "lake": ("H", "LK"), "mountain": ("T", "MT"), "island": ("T", "ISL"),
}  # fmt: skip
# columns as field offices name them; a p-code is one more name of its place
_COLUMNS = {
    "latitude": "lat", "y": "lat", "longitude": "lon", "lng": "lon", "long": "lon", "x": "lon",
    "name_en": "name", "place": "name", "village": "name", "location": "name", "type": "feature",
    "admin1name": "admin1", "admin1name_en": "admin1", "adm1_en": "admin1", "governorate": "admin1",
    "province": "admin1", "country_code": "country", "iso3": "country", "adm0_en": "country",
    "p_code": "pcode", "p-code": "pcode", "alternate_names": "names", "aliases": "names",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place of a file; ``number`` is its GeoNames id or None, ``admin1`` a name or (dumps) a code."""

    line: int
    number: int | None
    name: str
    names: tuple[str, ...]
    lat: float
    lon: float
    feature_class: str
    code: str
    country: str
    admin1: str
    admin2: str = ""
    population: int = 0


@dataclass(frozen=True, slots=True)
class NameRow:
    """Another name of the place with that GeoNames id."""

    line: int
    number: int
    name: str


def kind_of(path: Path) -> Kind:
    """What the file at *path* is, by its ending and its first line; DataError when it is none of the five."""
    if not path.is_file():
        raise DataError(path.name, None, "no such file", "Name an existing file")
    ending = path.suffix.lower()
    if ending in {".geojson", ".json"}:
        return "geojson"
    if ending == ".gpkg":
        return "geopackage"
    with path.open(encoding="utf-8-sig", errors="replace") as stream:
        first = stream.readline().rstrip("\n")
    columns = first.count("\t") + 1
    if columns == DUMP_COLUMNS:
        return "geonames"
    if 4 <= columns <= 10:
        return "alternates"
    if ending == ".csv" or first.count(","):
        return "csv"
    raise DataError(
        path.name, 1, f"{columns} tab-separated columns",
        "Give a GeoNames dump (19 columns), an alternate names file, a CSV, GeoJSON or GeoPackage",
    )  # fmt: skip


def read_dump(path: Path) -> Iterator[PlaceRow]:
    """Rows of a GeoNames country dump (19 tab-separated columns, no header)."""
    for line, cells in _tabbed(path):
        if len(cells) != DUMP_COLUMNS:
            raise DataError(path.name, line, f"{len(cells)} columns, not {DUMP_COLUMNS}", "Take the dump as it comes")
        yield PlaceRow(
            line, _whole(path, line, cells[0], "geonameid"), _named(path, line, cells[1]),
            tuple(n for n in (cells[2], *cells[3].split(",")) if n), *_point(path, line, cells[4], cells[5]),
            _class(path, line, cells[6] or "L"), cells[7], cells[8], cells[10], cells[11],
            _whole(path, line, cells[14] or "0", "population"),
        )  # fmt: skip


def read_alternates(path: Path) -> Iterator[NameRow]:
    """Names of a GeoNames alternate names file, less links, codes and historic names."""
    for line, cells in _tabbed(path):
        if len(cells) < 4:
            raise DataError(path.name, line, f"{len(cells)} columns, fewer than 4", "Take the file as it comes")
        number = _whole(path, line, cells[1], "geonameid")
        name = _named(path, line, cells[3])
        historic = len(cells) > 7 and cells[7] == "1"
        if len(cells[2]) <= 3 and not historic:  # codes of links, airports and posts are longer than language codes
            yield NameRow(line, number, name)


def read_table(path: Path) -> Iterator[PlaceRow]:
    """Rows of a CSV with the columns name, lat, lon and, where known, admin1, country, feature, population, names."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        table = csv.DictReader(stream)
        header = [_COLUMNS.get(c.strip().lower(), c.strip().lower()) for c in table.fieldnames or ()]
        missing = [c for c in ("name", "lat", "lon") if c not in header]
        if missing:
            raise DataError(path.name, 1, f"no column {', '.join(missing)}", "Add it to the header")
        table.fieldnames = header
        for row in table:
            line = table.line_num
            if None in row or None in row.values():
                raise DataError(path.name, line, "more or fewer cells than the header has", "Quote cells with commas")
            yield _from_values(path, line, row)


def read_geojson(path: Path) -> Iterator[PlaceRow]:
    """Features of a GeoJSON collection; of lines and areas the middle of their outline is taken."""
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as error:
        raise DataError(path.name, error.lineno, f"not JSON: {error.msg}", "Mend that line") from error
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list):
        raise DataError(path.name, None, "no list of features", "Give a GeoJSON FeatureCollection")
    for number, feature in enumerate(features, 1):
        try:
            said = feature.get("properties") or {}
            points = list(_points(feature["geometry"]["coordinates"]))
            points[0]
        except (AttributeError, IndexError, KeyError, TypeError) as error:
            raise DataError(path.name, None, f"feature {number} has no usable geometry", "Mend or drop it") from error
        yield _from_feature(path, number, said, points)


def read_geopackage(path: Path) -> Iterator[PlaceRow]:
    """Features of all layers of a GeoPackage; of lines and areas the middle of their outline is taken."""
    for number, said, points in read_features(path):
        yield _from_feature(path, number, said, points)


def _from_feature(path: Path, number: int, said: Mapping[str, Any], points: Sequence[tuple[float, float]]) -> PlaceRow:
    lon = sum(p[0] for p in points) / len(points)
    lat = sum(p[1] for p in points) / len(points)
    values = {
        str(k).lower(): str(v) for k, v in said.items() if v is not None and not isinstance(v, dict | list | bytes)
    }
    return _from_values(path, number, {**values, "lat": str(lat), "lon": str(lon)})


def _from_values(path: Path, line: int, row: dict[str, str]) -> PlaceRow:
    values = {_COLUMNS.get(k, k): (v or "").strip() for k, v in row.items() if k}
    feature_class, code = _feature(path, line, values.get("feature", ""))
    return PlaceRow(
        line, None, _named(path, line, values.get("name", "")),
        tuple(n.strip() for n in (*values.get("names", "").split(";"), values.get("pcode", "")) if n.strip()),
        *_point(path, line, values["lat"], values["lon"]), feature_class, code, values.get("country", ""),
        values.get("admin1", ""), "", _whole(path, line, values.get("population") or "0", "population"),
    )  # fmt: skip


def _feature(path: Path, line: int, said: str) -> tuple[str, str]:
    """GeoNames class and code of "P", "P.PPL", "PPL", "ADM1" or a plain word such as "camp"."""
    if said.lower() in _WORDS:
        return _WORDS[said.lower()]
    letter, _, code = said.partition(".")
    if letter in _CLASSES:
        return letter, code or {"P": "PPL", "A": "ADM2", "L": "RGN"}.get(letter, "")
    if said.startswith("ADM"):
        return "A", said
    if said.startswith("PPL"):
        return "P", said
    raise DataError(
        path.name, line, f"feature {said!r} is not known",
        f"Use a GeoNames class (A, P, L, H, T, S) or one of: {', '.join(filter(None, _WORDS))}",
    )  # fmt: skip


def _points(coordinates: Any) -> Iterator[tuple[float, float]]:
    if isinstance(coordinates[0], int | float):
        yield float(coordinates[0]), float(coordinates[1])
    else:
        for part in coordinates:
            yield from _points(part)


def _tabbed(path: Path) -> Iterator[tuple[int, list[str]]]:
    with path.open("rb") as stream:
        for line, raw in enumerate(stream, 1):
            try:
                text = raw.decode("utf-8").rstrip("\r\n")
            except UnicodeDecodeError as error:
                raise DataError(path.name, line, f"not UTF-8: {error.reason}", "Save the file as UTF-8") from error
            if text:
                yield line, text.split("\t")


def _named(path: Path, line: int, name: str) -> str:
    if not name.strip():
        raise DataError(path.name, line, "a place without a name", "Name it or drop the row")
    return name.strip()


def _whole(path: Path, line: int, said: str, what: str) -> int:
    if not said.lstrip("-").isdigit():
        raise DataError(path.name, line, f"{what} {said!r} is no whole number", "Write digits only")
    return max(0, int(said))


def _point(path: Path, line: int, lat: str, lon: str) -> tuple[float, float]:
    try:
        point = float(lat), float(lon)
    except ValueError:
        raise DataError(path.name, line, f"lat {lat!r}, lon {lon!r} are no numbers", "Write decimal degrees") from None
    if not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):
        raise DataError(
            path.name, line, f"lat {lat}, lon {lon} lie outside the globe", "Write decimal degrees, lat first"
        )
    return point


def _class(path: Path, line: int, letter: str) -> str:
    if letter not in _CLASSES:
        raise DataError(path.name, line, f"feature class {letter!r} is not known", "Take the dump as it comes")
    return letter
