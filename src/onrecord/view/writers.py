"""Files of each form: delimited, JSON lines, Parquet, GeoJSON, GeoPackage, JSON-LD; each whole or not at all."""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from pathlib import Path
from struct import pack
from typing import Any

from onrecord.errors import ConfigError
from onrecord.lexicon.profiles import Column, Layout, Profile, load_layout
from onrecord.view.annotations import collection
from onrecord.view.tables import to_arrow

Json = Mapping[str, Any]
# A spreadsheet takes a cell that begins with one of these for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_BREAKS = re.compile(r"[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_RETURNS = re.compile(r"\r\n?")  # readers disagree on whether a lone carriage return ends a line
_AT_ONCE = 5_000  # rows that become one group of a Parquet file
BOM = "\ufeff"


def write_rows(
    path: Path, rows: Iterable[Json], profile: Profile, layout: Layout | None, hxl: bool = False, name: str = ""
) -> None:
    """Writes *rows* to *path* in the form of *profile*; *hxl* adds a row of HXL tags under the header.

    *name* is the IRI of a collection of annotations.

    Raises ConfigError when *path* cannot be written, the form takes no tags, or a library is missing.
    """
    if hxl and (profile.form != "csv" or layout is None or not any(c.hxl for c in layout.columns)):
        raise ConfigError(f"profile {profile.name} has no HXL tags. Use one of the CSV profiles, without quotes-csv")
    draft = path.with_name(f".{path.stem}.{os.getpid()}.part{path.suffix}")
    try:
        _write(draft, rows, profile, layout, hxl, name)
        draft.replace(path)
    except OSError as error:
        raise ConfigError(f"{path} cannot be written ({error.strerror or error}). Name another place") from error
    finally:
        draft.unlink(missing_ok=True)


def write_table(path: Path, rows: Sequence[Json], kind: str) -> None:
    """Writes *rows*, whose keys are the columns of the layout *kind*, as CSV; ConfigError when *path* cannot be."""
    write_rows(path, rows, Profile(kind, "", "events", "csv", kind, True, ".csv", (), ()), load_layout(kind))


def _write(path: Path, rows: Iterable[Json], profile: Profile, layout: Layout | None, hxl: bool, name: str) -> None:
    if profile.form == "jsonl":
        _jsonl(path, rows)
    elif profile.form == "jsonld":
        _text(path, collection(rows, name))
    elif layout is None:
        raise ConfigError(f"profile {profile.name} names no columns. Add layout to it in profiles.toml")
    elif profile.form == "csv":
        _csv(path, rows, layout, hxl)
    elif profile.form == "tsv":
        _tsv(path, rows, layout, profile.header)
    elif profile.form == "parquet":
        _parquet(path, rows, layout)
    elif profile.form == "geojson":
        _geojson(path, rows, layout)
    else:
        _geopackage(path, rows, layout)


def defused(text: str) -> str:
    """*text* as a spreadsheet shows it and never runs it: an apostrophe before what would begin a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _text(path: Path, parts: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(parts)


def _jsonl(path: Path, rows: Iterable[Json]) -> None:
    _text(path, (json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows))


def _cell(value: Any, column: Column) -> str:
    if value is None:
        return ""
    if column.type == "flag":
        return "true" if value else "false"
    if column.type == "number":
        return repr(float(value))
    return defused(_RETURNS.sub("\n", str(value)).replace("\0", "\ufffd")) if column.type == "text" else str(value)


def _csv(path: Path, rows: Iterable[Json], layout: Layout, hxl: bool) -> None:
    """UTF-8, comma, header, empty cells for missing values; with tags a byte-order mark, as HDX wants it."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        if hxl:
            stream.write(BOM)
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(layout.names)
        if hxl:
            writer.writerow([c.hxl for c in layout.columns])
        writer.writerows([_cell(row.get(c.name), c) for c in layout.columns] for row in rows)


def _tsv(path: Path, rows: Iterable[Json], layout: Layout, header: bool) -> None:
    """UTF-8, tabs, never quoted: what would break a line or open a quotation is replaced inside text."""
    head = ["\t".join(layout.names) + "\n"] if header else []
    lines = ("\t".join(_plain(_cell(row.get(c.name), c)) for c in layout.columns) + "\n" for row in rows)
    _text(path, chain(head, lines))


def _parquet(path: Path, rows: Iterable[Json], layout: Layout) -> None:
    from pyarrow import parquet

    with parquet.ParquetWriter(path, to_arrow([], layout).schema) as writer:
        for some in _batches(rows):
            writer.write_table(to_arrow(some, layout))


def _batches(rows: Iterable[Json]) -> Iterator[list[Json]]:
    """The rows in lists of _AT_ONCE; one empty list where there are none."""
    left = iter(rows)
    some = list(islice(left, _AT_ONCE))
    yield some
    while some := list(islice(left, _AT_ONCE)):
        yield some


def _plain(text: str) -> str:
    return _BREAKS.sub(" ", text).replace('"', "'")


def _point(row: Json) -> tuple[float, float] | None:
    lat, lon = row.get("latitude"), row.get("longitude")
    return None if lat is None or lon is None else (float(lon), float(lat))


def _geojson(path: Path, rows: Iterable[Json], layout: Layout) -> None:
    """A feature a row; null geometry where there are no coordinates (RFC 7946, section 3.2)."""
    features = (("" if n == 0 else ",\n") + _feature(row, layout) for n, row in enumerate(rows))
    _text(path, chain(['{"type": "FeatureCollection", "features": [\n'], features, ["\n]}\n"]))


def _feature(row: Json, layout: Layout) -> str:
    point = _point(row)
    feature = {
        "type": "Feature",
        "id": row[layout.names[0]],
        "geometry": {"type": "Point", "coordinates": list(point)} if point else None,
        "properties": {n: _plain_json(row.get(n)) for n in layout.names},
    }
    return json.dumps(feature, ensure_ascii=False)


def _plain_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _geopackage(path: Path, found: Iterable[Json], layout: Layout) -> None:
    """One layer of points in WGS84, named after the layout."""
    rows = list(found)
    try:
        import pyogrio
    except ImportError as error:
        raise ConfigError("a GeoPackage needs pyogrio. Install it: pip install 'onrecord[gis]'") from error
    import pyarrow

    points = [_point(row) for row in rows]
    # Well-known binary: little-endian, type 1 (point), longitude, latitude.
    shapes = [pack("<BIdd", 1, 1, *point) if point else None for point in points]
    table = to_arrow(rows, layout).append_column("geometry", pyarrow.array(shapes, pyarrow.binary()))
    pyogrio.write_arrow(
        table, path, layer=layout.name, driver="GPKG", geometry_name="geometry", geometry_type="Point", crs="EPSG:4326"
    )
