"""Codes of other data sets: countries, actors, scales, scores. One file each under ``data/profiles/codes``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar

from onrecord.lexicon.actors import load_actors
from onrecord.lexicon.tables import Row, data_folder, read_rows


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory as the data sets call and number it; None where one has no code for it.

    ``id`` is the gazetteer's (ISO 3166-1 alpha-3; XKX), ``plover`` the registry's (KOS).
    """

    id: str
    name: str
    plover: str
    acled_name: str
    acled_region: str
    ucdp_name: str
    ucdp_region: str
    iso_numeric: int | None = None
    gw: int | None = None
    cow: int | None = None
    cameo: str | None = None
    fips: str | None = None


@dataclass(frozen=True, slots=True)
class AcledKind:
    """What ACLED takes an actor of a sector for: type in words, its older number, the name of nameless ones.

    ``unarmed`` means that one who is attacked or arrested is a civilian.
    """

    inter: str
    number: int
    name: str
    unarmed: bool = False


@dataclass(frozen=True, slots=True)
class Dyad:
    """UCDP's own identifiers of two sides; None where the table leaves them open."""

    conflict_new_id: int | None
    conflict_name: str | None
    dyad_new_id: int | None
    side_a_new_id: int | None
    side_b_new_id: int | None


@dataclass(frozen=True, slots=True)
class Codes:
    """Everything under ``data/profiles/codes``.

    ``scales`` gives a profile's integer (None: it has none) by (profile, precision in words);
    ``ucdp_sides`` what an actor of a sector is to UCDP (state, group, civilians, "") as actor and as recipient,
    ``political`` says what shows an event to be political, ``crowds`` are nouns for many people,
    ``ucdp_dead`` on which side the dead were by the noun that counts them.
    """

    ACLED_CROWDS: ClassVar[Mapping[str, int]] = MappingProxyType(
        {"Rioters": 5, "Protesters": 6, "External/Other forces": 8}
    )
    countries: Mapping[str, Country]
    acled_disorders: Mapping[tuple[str, str], str]
    acled_kinds: Mapping[str, AcledKind]
    political: Mapping[tuple[str, str], str]
    crowds: frozenset[str]
    ucdp_sides: Mapping[str, tuple[str, str]]
    dyads: Mapping[tuple[str, str], Dyad]
    ucdp_dead: Mapping[str, str]
    scales: Mapping[tuple[str, str], int | None]
    cameo_roles: Mapping[str, str]
    goldstein: Mapping[str, float]

    def country(self, code: str | None) -> Country | None:
        """The country of an ISO or PLOVER code; None where it is none (IGO, NGO …) or not known."""
        return self.countries.get(code or "")

    def scale(self, profile: str, precision: str | None) -> int | None:
        """The profile's integer for a precision in words; None where it has none."""
        return self.scales.get((profile, precision or ""))

    def inter_number(self, inter: str) -> int:
        """ACLED's older number of a type of actor."""
        known = next((k.number for k in self.acled_kinds.values() if k.inter == inter), None)
        return known if known is not None else self.ACLED_CROWDS[inter]

    def interaction(self, first: str | None, second: str | None) -> str | None:
        """ACLED's words for two types of actors, the lower number first; None without a first one."""
        if first is None:
            return None
        if second is None:
            return f"{first} only"
        ordered = sorted((first, second), key=self.inter_number)
        return "-".join(ordered)

    def is_political(self, of: str, codes: Iterable[str], violent: bool) -> bool:
        """Whether a sector of an ``actor`` or ``recipient``, a ``mode`` or a ``context`` shows politics or war."""
        counts = {self.political.get((of, code), "") for code in codes}
        return "yes" in counts or (violent and "violence" in counts)

    def is_crowd(self, words: str | None) -> bool:
        """Whether a noun of *words* names a crowd ("angry villagers", "dozens of men")."""
        return any(w in self.crowds or w.removesuffix("s") in self.crowds for w in (words or "").casefold().split())

    def side_of_dead(self, words: str | None) -> str | None:
        """state, group or civilians by the noun that ends *words* ("12 young civilians"); None where it may be any."""
        last = (words or "").casefold().split()[-2:]
        for noun in (" ".join(last), *last[-1:]):
            found = self.ucdp_dead.get(noun) or self.ucdp_dead.get(noun.removesuffix("s"))
            if found is not None:
                return found
        return None

    def goldstein_of(self, cameo: str) -> float | None:
        """Goldstein's value of a CAMEO code: of the longest code in the table that it begins with."""
        for length in range(len(cameo), 1, -1):
            if cameo[:length] in self.goldstein:
                return self.goldstein[cameo[:length]]
        return None


@cache
def load_codes(extra: Path | None = None) -> Codes:
    """The codes that ship; files of the same name in the folder *extra* take the place of ours.

    Raises DataError naming file and line for the first row that is wrong.
    """

    def rows(name: str, *required: str) -> list[Row]:
        own = data_folder() / "profiles" / "codes" / name
        path = extra / name if extra is not None and (extra / name).is_file() else own
        return list(read_rows(path, (*required, "origin")))

    return Codes(
        _countries(rows("countries.csv", "id", "name", "acled_region", "ucdp_region")),
        MappingProxyType(
            {
                (r["event_type"], r["sub_event_type"]): r["disorder_type"]
                for r in rows("acled_events.csv", "event_type", "sub_event_type", "disorder_type")
            }
        ),
        MappingProxyType(
            {
                r["sector"]: AcledKind(r["inter"], _integer(r, "number") or 0, r["name"], r["unarmed"] == "yes")
                for r in rows("acled_actors.csv", "sector", "inter", "number", "name", "unarmed")
            }
        ),
        MappingProxyType(
            {(r["of"], r["code"]): r["counts"] for r in rows("acled_political.csv", "of", "code", "counts")}
        ),
        frozenset(r["word"] for r in rows("crowds.csv", "word")),
        MappingProxyType(
            {
                r["sector"]: (r["as_actor"], r["as_recipient"])
                for r in rows("ucdp_sides.csv", "sector", "as_actor", "as_recipient")
            }
        ),
        _dyads(rows("ucdp_dyads.csv", "side_a", "side_b")),
        MappingProxyType({r["word"]: r["side"] for r in rows("ucdp_dead.csv", "word", "side")}),
        _scales(rows("scales.csv", "word")),
        MappingProxyType({r["sector"]: r["code"] for r in rows("cameo_actors.csv", "sector", "code")}),
        MappingProxyType({r["cameo"]: _number(r, "goldstein") for r in rows("goldstein.csv", "cameo", "goldstein")}),
    )


def _countries(rows: list[Row]) -> Mapping[str, Country]:
    states = load_actors().states
    plover = {r["hdx"]: r["id"] for r in rows if r["hdx"] and r["id"] in states}
    found = {}
    for row in rows:
        code = plover.get(row["id"], row["id"])
        state = states.get(code)
        name = row["name"] or (state.name if state else row["id"])
        found[row["id"]] = Country(
            row["id"],
            name,
            code,
            row["acled_name"] or name,
            row["acled_region"],
            row["ucdp_name"] or name,
            row["ucdp_region"],
            _or_none(state.iso_numeric) if state else None,
            _or_none(state.gw) if state else None,
            _or_none(state.cow) if state else None,
            cameo=state.cameo if state else None,
            fips=state.fips if state else None,
        )
    return MappingProxyType(found)


def _or_none(value: str | None) -> int | None:
    return int(value) if value else None


def _dyads(rows: list[Row]) -> Mapping[tuple[str, str], Dyad]:
    return MappingProxyType(
        {
            (r["side_a"], r["side_b"]): Dyad(
                _integer(r, "conflict_new_id"),
                r["conflict_name"] or None,
                _integer(r, "dyad_new_id"),
                _integer(r, "side_a_new_id"),
                _integer(r, "side_b_new_id"),
            )
            for r in rows
        }
    )


def _scales(rows: list[Row]) -> Mapping[tuple[str, str], int | None]:
    profiles = ("acled", "ucdp", "plover", "gdelt_usa", "gdelt_world")
    return MappingProxyType({(p, r["word"]): _integer(r, p) for r in rows for p in profiles})


def _integer(row: Row, column: str) -> int | None:
    value = row[column]
    if not value:
        return None
    if not value.isdigit():
        raise row.wrong(f"{column} {value!r} is no whole number", "Write digits or nothing")
    return int(value)


def _number(row: Row, column: str) -> float:
    try:
        return float(row[column])
    except ValueError:
        raise row.wrong(f"{column} {row[column]!r} is no number", "Write a number") from None
