"""What can be exported: profiles, and the columns of each as data (name, type, nullability, allowed codes)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from onrecord.errors import ConfigError, DataError
from onrecord.lexicon.actors import load_actors
from onrecord.lexicon.ontology import QUAD_CLASSES, load_ontology
from onrecord.lexicon.profile_codes import load_codes
from onrecord.lexicon.tables import Row, data_folder, read_rows, read_toml

TYPES = ("text", "integer", "number", "day", "flag")
FORMS = ("jsonl", "csv", "tsv", "parquet", "geojson", "gpkg", "jsonld")
ROWS = ("claims", "quotes", "events", "reports of events", "evidence")
LISTED = "; "
"""What joins the members of a list in one cell."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``type`` of TYPES, whether a cell may be empty, its HXL tag, and what it means in words.

    ``codes`` are the values allowed (empty: any); with ``each`` a cell is a list of them, joined by LISTED.
    ``missing`` says what stands where nothing is known.
    """

    name: str
    type: str
    null: bool
    codes: frozenset[str]
    each: bool
    hxl: str
    means: str
    missing: str
    codes_from: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a file, in order."""

    name: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(c.name for c in self.columns)


@dataclass(frozen=True, slots=True)
class Profile:
    """One way to write a case out: of which ``rows`` (ROWS), in which ``form`` (FORMS), with which columns."""

    name: str
    title: str
    rows: str
    form: str
    layout: str | None
    header: bool
    ends: str
    also: tuple[str, ...]
    rules: tuple[str, ...]


@cache
def load_profiles() -> Mapping[str, Profile]:
    """All profiles by name. Raises DataError for the first thing that is wrong with ``profiles/profiles.toml``."""
    path = data_folder() / "profiles" / "profiles.toml"
    found: dict[str, Profile] = {}
    for name, entry in read_toml(path)["profiles"].items():
        for key, allowed in (("rows", ROWS), ("form", FORMS)):
            if entry.get(key) not in allowed:
                raise DataError(path.name, None, f"{name}.{key} is {entry.get(key)!r}", f"Use: {', '.join(allowed)}")
        found[name] = Profile(
            name,
            entry["title"],
            entry["rows"],
            entry["form"],
            entry.get("layout"),
            entry.get("header", True),
            entry["ends"],
            tuple(entry.get("also", ())),
            tuple(entry.get("rules", ())),
        )
    return MappingProxyType(found)


def find_profile(name: str) -> Profile:
    """The profile of that name, or of that other name; ConfigError where there is none."""
    profiles = load_profiles()
    found = profiles.get(name) or next((p for p in profiles.values() if name in p.also), None)
    if found is None:
        raise ConfigError(f"profile {name!r} is not known. One of: {', '.join(profiles)}")
    return found


@cache
def left_out_words() -> Mapping[str, str]:
    """Why an event may not be in a file, in words, by the reason's key."""
    return MappingProxyType(dict(read_toml(data_folder() / "profiles" / "profiles.toml")["left_out"]))


@cache
def load_layout(name: str) -> Layout:
    """The columns of a layout. Raises DataError naming file and line for the first row that is wrong."""
    path = data_folder() / "profiles" / "columns" / f"{name}.csv"
    rows = read_rows(path, ("column", "type", "null", "codes", "hxl", "means", "missing", "origin"))
    columns = tuple(_column(row) for row in rows)
    names = [c.name for c in columns]
    if len(set(names)) != len(names):
        raise DataError(path.name, None, "a column stands twice", "Name each once")
    return Layout(name, columns)


def _column(row: Row) -> Column:
    codes = row["codes"]
    each = codes.startswith("each ")
    allowed: set[str] = set()
    for part in filter(None, codes.removeprefix("each ").split("|")):
        allowed |= _code_list(part[1:], row) if part.startswith("@") else {part}
    return Column(
        row["column"],
        row.one_of("type", TYPES),
        row.one_of("null", ("yes", "no")) == "yes",
        frozenset(allowed),
        each,
        row["hxl"],
        row["means"],
        row["missing"],
        codes,
    )


def _code_list(name: str, row: Row) -> set[str]:
    lists = _code_lists()
    if name not in lists:
        raise row.wrong(f"list @{name} is not known", f"Use one of: {', '.join(sorted(lists))}")
    return set(lists[name])


@cache
def _code_lists() -> Mapping[str, frozenset[str]]:
    """The closed lists that columns refer to: of the vocabulary, the ontology, the registry and the profiles."""
    ontology, codes, states = load_ontology(), load_codes(), load_actors().states
    vocabulary = read_toml(data_folder() / "vocabulary.toml")
    lists = {name: frozenset(values) for name, values in vocabulary.items() if isinstance(values, list)}
    inters = sorted({k.inter for k in codes.acled_kinds.values()} | set(codes.ACLED_CROWDS))
    lists |= {
        "event_type": frozenset(ontology.types),
        "mode": frozenset(m for t in ontology.types.values() for m in t.modes),
        "context": frozenset(ontology.contexts),
        "quad": frozenset(QUAD_CLASSES),
        "acled_event_type": frozenset(e for e, _ in codes.acled_disorders),
        "acled_sub_event_type": frozenset(s for _, s in codes.acled_disorders),
        "acled_disorder": frozenset(codes.acled_disorders.values()),
        "acled_inter": frozenset(inters),
        "acled_interaction": frozenset(
            [f"{a} only" for a in inters] + [codes.interaction(a, b) or "" for a in inters for b in inters]
        ),
        "acled_region": frozenset(c.acled_region for c in codes.countries.values()),
        "ucdp_region": frozenset(c.ucdp_region for c in codes.countries.values()),
        "country": frozenset(codes.countries),
        "country_plover": frozenset(codes.countries) - {"XKX"},
        "cameo_role": frozenset(filter(None, codes.cameo_roles.values())),
        "fips": frozenset(s.fips for s in states.values() if s.fips),
    }
    return MappingProxyType(lists)
