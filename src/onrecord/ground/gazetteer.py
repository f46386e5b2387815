"""Places by name: the shipped gazetteer, our own rows beside it, and gazetteers that a user adds.

A name is looked up by its loose key (``onrecord.text.folding``); what comes back says whether the
exact key matched too. The shipped file is SQLite, opened read-only; ``schema.sql`` describes it.
"""

from __future__ import annotations

import math
import sqlite3
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from onrecord.errors import ModelError
from onrecord.ground.demonyms import Demonym, read_demonyms
from onrecord.lexicon.tables import data_folder, read_rows
from onrecord.text.folding import fold, fold_loosely

EARTH_KM = 6371.0
_COLUMNS = "p.id, p.name, p.country, p.class, p.code, p.lat, p.lon, p.admin1, p.admin2, p.population, p.radius, p.ref"
_BY_KEY = f"SELECT {_COLUMNS}, n.exact, n.main FROM name n JOIN place p ON p.id = n.place WHERE n.key = ?"
_BY_ID = f"SELECT {_COLUMNS} FROM place p WHERE p.id = ?"
_Row = tuple[int, str, str | None, str, str, int, int, int | None, int | None, int, int | None, str | None]
MOST_NAMESAKES = 300


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of a gazetteer.

    ``feature_class`` is GeoNames' (A admin unit, P town, L area or region, H water, T height,
    S building or facility); ``code`` its feature code (PCLI, ADM1, PPL …). ``countries`` holds
    more than one ISO 3166 alpha-3 code for a region across borders. ``admin1`` and ``admin2`` are
    names. ``radius_m`` is the radius of a circle about as large as the place.
    """

    place_id: str
    name: str
    countries: tuple[str, ...]
    feature_class: str
    code: str
    lat: float
    lon: float
    admin1: str | None
    admin2: str | None
    population: int
    radius_m: int
    admin1_id: str | None = None
    admin2_id: str | None = None

    @property
    def country(self) -> str | None:
        """The one country it lies in, None for a region across borders or at sea."""
        return self.countries[0] if len(self.countries) == 1 else None

    def kilometres_to(self, other: Entry) -> float:
        """Great-circle distance between the two points."""
        return kilometres(self.lat, self.lon, other.lat, other.lon)


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that bears the name asked for.

    ``exact`` is whether the exact keys agree; ``main`` whether it is the name the place goes by
    rather than another name of it.
    """

    entry: Entry
    exact: bool
    main: bool


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in km between two points in degrees."""
    a, b = math.radians(lat1), math.radians(lat2)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def town_radius_m(population: int) -> int:
    """Radius of a circle about as large as a town of that many people (some 2,600 per square km)."""
    return round(1000 + 11 * math.sqrt(max(population, 0)))


class GazetteerFile:
    """One SQLite gazetteer, read-only. ModelError when it is missing or something else."""

    def __init__(self, path: Path, *, own: bool = False) -> None:
        self.path, self.own = path, own
        if not path.is_file():
            raise ModelError(f"no gazetteer at {path}. Reinstall onrecord, or name an existing file")
        self._base = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        try:
            found = self._base.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
        except sqlite3.DatabaseError as error:
            raise ModelError(f"{path} is not a gazetteer: {error}. Build it with onrecord gazetteer add") from error
        if found is None or found[0] != "1":
            raise ModelError(f"{path} has another format. Update onrecord, or build the file again")
        self._units = lru_cache(maxsize=8192)(self._unit)
        self._countries: dict[str, int] = {}
        self._hashes: dict[str, array[int]] = {}

    def knows(self, key: str, level: str) -> bool:
        """Whether some name has that ``exact`` or ``loose`` key: quick, and wrong once in many thousand times."""
        hashes = self._hashes.get(level)
        if hashes is None:
            hashes = self._hashes[level] = array("I")
            blob = self._base.execute("SELECT value FROM meta WHERE key = ?", (f"{level}_hashes",)).fetchone()
            hashes.frombytes(blob[0])
            if sys.byteorder == "big":
                hashes.byteswap()
        number = zlib.crc32(key.encode())
        at = bisect_left(hashes, number)
        return at < len(hashes) and hashes[at] == number

    def matches(self, key: str, exact_key: str) -> list[Match]:
        """Entries with the loose key *key*; those whose exact key is *exact_key* are marked."""
        rows = self._base.execute(_BY_KEY, (key,)).fetchall()
        if len(rows) > MOST_NAMESAKES:
            rows = sorted(rows, key=lambda r: (-r[9], r[0]))[:MOST_NAMESAKES]
        return [Match(self._entry(r[:12]), (r[12] or key) == exact_key, bool(r[13])) for r in rows]

    def entry(self, number: int) -> Entry | None:
        """The entry with that number, None when there is none."""
        row = self._base.execute(_BY_ID, (number,)).fetchone()
        return self._entry(row) if row else None

    def counts(self) -> tuple[int, int]:
        """Numbers of places and of names."""
        places, names = (self._base.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("place", "name"))
        return places, names

    def country_number(self, iso3: str) -> int | None:
        """Number of the entry of a country, None when the file has none."""
        if not self._countries:
            rows = self._base.execute("SELECT country, id FROM place WHERE code = 'PCLI' OR code = 'PCLX'")
            self._countries.update(rows.fetchall())
        return self._countries.get(iso3)

    def _entry(self, row: _Row) -> Entry:
        number, name, country, kind, code, lat, lon, admin1, admin2, population, radius, ref = row
        if radius is None:
            radius = town_radius_m(population) if kind == "P" else 2000
        place_id = ref or f"geonames:{number}"
        province, province_id = self._units(admin1)
        district, district_id = self._units(admin2)
        if code == "ADM1" and province is None:
            province, province_id = name, place_id
        if code == "ADM2" and district is None:
            district = name
        return Entry(
            place_id, name, (country,) if country else (), kind, code, lat / 1e5, lon / 1e5, province, district,
            population, radius, province_id, district_id,
        )  # fmt: skip

    def _unit(self, number: int | None) -> tuple[str | None, str | None]:
        """Name and id of an admin unit; (None, id) when only its number is known."""
        if number is None:
            return None, None
        row = self._base.execute("SELECT name, ref FROM place WHERE id = ?", (number,)).fetchone()
        name, ref = row or (None, None)
        return name, ref or f"geonames:{number}"


class OwnRows:
    """Our own tables: regions across borders, places that GeoNames' extract lacks, short names."""

    def __init__(self, folder: Path) -> None:
        self._by_key: dict[str, list[tuple[str, bool, Entry]]] = {}
        self.entries: dict[str, Entry] = {}
        self.exact_keys: set[str] = set()
        for row in read_rows(folder / "regions.csv", ("name", "aliases", "class", "code", "lat", "lon",
                                                     "radius_km", "countries")):  # fmt: skip
            entry = Entry(
                f"region:{fold(row['name']).replace(' ', '-')}", row["name"], row.items("countries"), row["class"],
                row["code"], float(row["lat"]), float(row["lon"]), None, None, 0, round(1000 * float(row["radius_km"])),
            )  # fmt: skip
            self._add(entry, row.items("aliases"))
        for row in read_rows(folder / "gazetteer" / "supplement.csv", ("name", "aliases", "country", "admin1",
                                                                     "class", "lat", "lon", "population")):  # fmt: skip
            size = int(row["population"] or 0)
            entry = Entry(
                f"onrecord:{row['country'].lower()}/{fold(row['name']).replace(' ', '-')}", row["name"],
                (row["country"],), row["class"], "PPL" if row["class"] == "P" else "", float(row["lat"]),
                float(row["lon"]), row["admin1"] or None, None, size,
                town_radius_m(size) if row["class"] == "P" else 3000,
            )  # fmt: skip
            self._add(entry, row.items("aliases"))

    def has(self, key: str) -> bool:
        return key in self._by_key

    def _add(self, entry: Entry, aliases: Iterable[str]) -> None:
        self.entries[entry.place_id] = entry
        for name in (entry.name, *aliases):
            self.exact_keys.add(fold(name))
            self._by_key.setdefault(fold_loosely(name), []).append((fold(name), name == entry.name, entry))

    def matches(self, key: str, exact_key: str) -> list[Match]:
        return [Match(entry, exact == exact_key, main) for exact, main, entry in self._by_key.get(key, ())]


@dataclass(frozen=True, slots=True)
class ShortName:
    """An abbreviation and the place it stands for; ``alone`` is false where it needs a place before it."""

    target: str
    country: str
    feature_class: str
    alone: bool


def read_short_names(folder: Path) -> dict[str, ShortName]:
    """Short names as written (letter case and points count), from ``gazetteer/aliases.csv``."""
    return {
        row["alias"]: ShortName(row["name"], row["country"], row["class"], row["style"] == "plain")
        for row in read_rows(folder / "gazetteer" / "aliases.csv", ("alias", "name", "country", "class", "style"))
    }


class Gazetteer:
    """All places that may be named: user gazetteers first, then our own rows, then the shipped file.

    Opens in about a hundredth of a second; safe to share between threads; pickles by its paths.
    """

    def __init__(self, path: Path | None = None, user: Sequence[Path] = ()) -> None:
        folder = data_folder()
        self.path = path or folder / "gazetteer" / "places.sqlite"
        self.user = tuple(user)
        self._shipped = GazetteerFile(self.path)
        self._files = (*(GazetteerFile(p, own=True) for p in self.user), self._shipped)
        self._own = OwnRows(folder)
        self.short_names = read_short_names(folder)
        self.demonyms = read_demonyms(folder)
        self._found = lru_cache(maxsize=32768)(self._find)

    def __reduce__(self) -> tuple[type[Gazetteer], tuple[Path, tuple[Path, ...]]]:
        return Gazetteer, (self.path, self.user)

    def knows(self, name: str) -> bool:
        """Whether a place has exactly that name (up to its exact key); much quicker than a look-up."""
        key = fold(name)
        return (
            name in self.short_names
            or key in self._own.exact_keys
            or any(source.knows(key, "exact") for source in self._files)
        )

    def knows_loosely(self, name: str) -> bool:
        """Whether a place has a name with the same loose key."""
        key = fold_loosely(name)
        return self._own.has(key) or any(source.knows(key, "loose") for source in self._files)

    def lookup(self, name: str) -> tuple[Match, ...]:
        """Every place of that name: those whose exact key agrees if there are any, else the loose ones.

        Largest first. Empty when the name is not known.
        """
        return self._found(name)

    def _find(self, name: str) -> tuple[Match, ...]:
        short = self.short_names.get(name)
        if short is None:
            return self._by_keys(name)
        meant = [
            m
            for m in self._by_keys(short.target)
            if m.entry.country == short.country and m.entry.feature_class == short.feature_class
        ][:1]
        others = self._by_keys(name) if short.alone else ()
        return (*meant, *(m for m in others if not meant or m.entry.place_id != meant[0].entry.place_id))

    def _by_keys(self, name: str) -> tuple[Match, ...]:
        exact_key, key = fold(name), fold_loosely(name)
        if not key:
            return ()
        found: dict[str, Match] = {}
        sources: tuple[GazetteerFile | OwnRows, ...] = (*self._files[:-1], self._own, self._shipped)
        for source in sources:
            for match in source.matches(key, exact_key):
                held = found.get(match.entry.place_id)
                if held is None or (match.exact, match.main) > (held.exact, held.main):
                    found[match.entry.place_id] = match
        exact = [m for m in found.values() if m.exact and not self._doubled(m, found.values())]
        return tuple(sorted(exact or found.values(), key=lambda m: (-m.entry.population, m.entry.place_id)))

    def by_id(self, place_id: str) -> Entry | None:
        """The entry with that id, None when no gazetteer has it."""
        if place_id in self._own.entries:
            return self._own.entries[place_id]
        kind, _, number = place_id.partition(":")
        if kind != "geonames" or not number.isdigit():
            return None
        for source in self._files:
            entry = source.entry(int(number))
            if entry is not None:
                return entry
        return None

    def country(self, iso3: str) -> Entry | None:
        """The entry of a country or territory by its ISO 3166 alpha-3 code."""
        number = self._shipped.country_number(iso3)
        return self._shipped.entry(number) if number is not None else None

    def sizes(self) -> dict[str, int]:
        """How many places and names are known, ours and the user's."""
        counts = [source.counts() for source in self._files]
        return {
            "gazetteer places": sum(places for places, _ in counts) + len(self._own.entries),
            "gazetteer names": sum(names for _, names in counts) + len(self._own.exact_keys),
        }

    def demonym_entry(self, demonym: Demonym) -> Entry | None:
        """The place that a demonym points at, None when no gazetteer has it."""
        if demonym.region is not None:
            return self.by_id(demonym.region)
        if demonym.name is not None:
            named = [m.entry for m in self.lookup(demonym.name) if m.exact and demonym.country in m.entry.countries]
            if named:
                return max(named, key=lambda e: (e.code == "ADM1", e.population))
        return self.country(demonym.country) if demonym.country else None

    @staticmethod
    def _doubled(match: Match, others: Iterable[Match]) -> bool:
        """Whether a region of ours is a province that the shipped gazetteer has too ("Scotland")."""
        e = match.entry
        return e.place_id.startswith("region:") and any(
            o.exact and o.entry.code == "ADM1" and o.entry.countries == e.countries for o in others
        )
