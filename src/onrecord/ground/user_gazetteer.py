"""A user's own gazetteer: places added from files, in one SQLite file that is read before ours."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from onrecord.errors import DataError, ModelError
from onrecord.ground.place_files import (
    NameRow,
    PlaceRow,
    kind_of,
    read_alternates,
    read_dump,
    read_geojson,
    read_geopackage,
    read_table,
)
from onrecord.lexicon.tables import data_folder, read_rows
from onrecord.text.folding import fold, fold_loosely

OWN_IDS = 1 << 40  # numbers of places that have no GeoNames id start here
_PLACE = "INSERT OR REPLACE INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"
_NAME = "INSERT OR IGNORE INTO name VALUES (?,?,?,?)"
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Added:
    """What a file added: places, names, and names of places that no gazetteer has (left out)."""

    path: Path
    places: int
    names: int
    unknown: int = 0


def user_gazetteer_path() -> Path:
    """Where a user's gazetteer lies unless another path is given."""
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "onrecord" / "places.sqlite"


def add_places(source: Path, gazetteer: Path | None = None, shipped: Path | None = None) -> Added:
    """Adds the places or names in *source* to the user's *gazetteer*, which is made when it is not there.

    *source* is a GeoNames country dump, a GeoNames alternate names file, a CSV (name, lat, lon and,
    where known, admin1, country, feature, population, names, pcode), GeoJSON or
    GeoPackage (WGS 84). A place that is there
    already is replaced. Raises DataError with file and line when a row is malformed, and ModelError
    when *gazetteer* is something else; either way nothing is changed.
    """
    target = gazetteer or user_gazetteer_path()
    shipped = shipped or data_folder() / "gazetteer" / "places.sqlite"
    kind = kind_of(source)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        base = _open_draft(target, draft)
        try:
            if kind == "alternates":
                places, names, unknown = _add_names(base, read_alternates(source), shipped)
            else:
                reader = {
                    "geonames": read_dump,
                    "csv": read_table,
                    "geojson": read_geojson,
                    "geopackage": read_geopackage,
                }[kind]
                places, names = _add_places(base, list(reader(source)), source)
                unknown = 0
            _finish(base)
        finally:
            base.close()
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)
    return Added(target, places, names, unknown)


def _open_draft(target: Path, draft: Path) -> sqlite3.Connection:
    """A copy of the gazetteer to work on, or a new one; it takes the target's place only when all went well."""
    if target.exists():
        shutil.copyfile(target, draft)
    base = sqlite3.connect(draft.resolve().as_uri(), uri=True)
    if target.exists():
        try:
            found = base.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
        except sqlite3.DatabaseError as error:
            base.close()
            raise ModelError(f"{target} is not a gazetteer: {error}. Name another file") from error
        if found is None or str(found[0]) != "1":
            base.close()
            raise ModelError(f"{target} has another format. Update onrecord, or name another file")
    base.execute("PRAGMA journal_mode = OFF")
    base.execute("PRAGMA synchronous = OFF")
    if not target.exists():
        base.executescript((data_folder() / "gazetteer" / "schema.sql").read_text(encoding="utf-8"))
        base.execute("INSERT INTO meta VALUES ('format', '1'), ('origin', 'added by the user')")
    return base


def _add_places(base: sqlite3.Connection, rows: list[PlaceRow], source: Path) -> tuple[int, int]:
    units = _units(rows)
    before = _count(base)
    for row in rows:
        country = _country(row, source)
        number = row.number if row.number is not None else _number(row)
        admin1 = units.get((row.country, row.admin1, "")) if row.admin1 else None
        if row.admin1 and row.number is None:
            admin1 = _named_unit(base, row, country)
        admin2 = units.get((row.country, row.admin1, row.admin2)) if row.admin2 else None
        ref = None if row.number is not None else f"user:{number - OWN_IDS:x}"
        base.execute(
            _PLACE,
            (number, row.name, country, row.feature_class, row.code, round(row.lat * 1e5), round(row.lon * 1e5),
             admin1 if admin1 != number else None, admin2 if admin2 != number else None, row.population, None, ref),
        )  # fmt: skip
        base.executemany(_NAME, _name_rows(number, row.name, row.names))
    return len(rows), _count(base) - before


def _add_names(base: sqlite3.Connection, rows: Iterable[NameRow], shipped: Path) -> tuple[int, int, int]:
    """Adds names; a place that only the shipped gazetteer has is copied, so that both name it."""
    base.execute("ATTACH DATABASE ? AS shipped", (f"{shipped.resolve().as_uri()}?mode=ro&immutable=1",))
    known: dict[int, bool] = {}
    before, unknown = _count(base), 0
    for row in rows:
        if row.number not in known:
            base.execute(
                "INSERT OR IGNORE INTO place SELECT u.* FROM shipped.place p JOIN shipped.place u"
                " ON u.id IN (p.id, p.admin1, p.admin2) WHERE p.id = ?",
                (row.number,),
            )
            held = base.execute("SELECT 1 FROM place WHERE id = ?", (row.number,)).fetchone()
            known[row.number] = held is not None
        if known[row.number]:
            base.executemany(_NAME, _name_rows(row.number, "", (row.name,)))
        else:
            unknown += 1
    base.commit()
    base.execute("DETACH DATABASE shipped")
    return sum(known.values()), _count(base) - before, unknown


def _name_rows(number: int, main: str, names: Iterable[str]) -> Iterator[tuple[str, int, str, int]]:
    keys = {fold(n) for n in (main, *names) if 1 < len(n) <= _LONGEST_NAME}
    for exact in sorted(keys - {""}):
        loose = fold_loosely(exact)
        if loose:
            yield loose, number, "" if exact == loose else exact, int(bool(main) and exact == fold(main))


def _units(rows: Iterable[PlaceRow]) -> dict[tuple[str, str, str], int]:
    """Ids of the admin units of a dump by country and codes."""
    found: dict[tuple[str, str, str], int] = {}
    for row in rows:
        if row.number is not None and row.code in {"ADM1", "ADM2"}:
            found[row.country, row.admin1, row.admin2 if row.code == "ADM2" else ""] = row.number
    return found


def _named_unit(base: sqlite3.Connection, row: PlaceRow, country: str | None) -> int:
    """Number of an entry that only carries the name of a unit: it has no names to be found by."""
    number = OWN_IDS + _digest(f"unit|{country}|{fold(row.admin1)}")
    base.execute(
        "INSERT OR IGNORE INTO place VALUES (?,?,?,'A','ADM1',?,?,NULL,NULL,0,NULL,?)",
        (number, row.admin1, country, round(row.lat * 1e5), round(row.lon * 1e5), f"user:{number - OWN_IDS:x}"),
    )
    return number


def _number(row: PlaceRow) -> int:
    """A number of its own for a place without a GeoNames id: the same row gets the same one again."""
    return OWN_IDS + _digest(f"{fold(row.name)}|{row.lat:.4f}|{row.lon:.4f}")


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:5], "big")


def _country(row: PlaceRow, source: Path) -> str | None:
    """ISO 3166 alpha-3 of a country given by code or name; None when none is given."""
    if not row.country:
        return None
    found = _countries().get(row.country.casefold())
    if found is None:
        raise DataError(
            source.name, row.line, f"country {row.country!r} is not known", "Use an ISO 3166 code or an English name"
        )
    return found


@cache
def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in read_rows(data_folder() / "gazetteer" / "countries.csv", ("iso3", "iso2", "name", "aliases")):
        for word in (row["iso3"], row["iso2"], row["name"], *row.items("aliases")):
            found.setdefault(word.casefold(), row["iso3"])
    return found


def _count(base: sqlite3.Connection) -> int:
    return int(base.execute("SELECT count(*) FROM name").fetchone()[0])


def _finish(base: sqlite3.Connection) -> None:
    """Writes the hashes of all keys, by which unknown names are passed over quickly."""
    rows = base.execute("SELECT key, exact FROM name").fetchall()
    for level, keys in (("exact", {e or k for k, e in rows}), ("loose", {k for k, _ in rows})):
        numbers = array("I", sorted({zlib.crc32(key.encode()) for key in keys}))
        if sys.byteorder == "big":
            numbers.byteswap()
        base.execute("INSERT OR REPLACE INTO meta VALUES (?,?)", (f"{level}_hashes", numbers.tobytes()))
    base.commit()
