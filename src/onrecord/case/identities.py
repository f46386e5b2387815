"""Who is who in a case at a moment: provisional actors, and what people decided of actors and places.

Names that the registry does not know are one provisional actor where they have one key (see ``naming``), and
where of two keys that differ in the country alone one has none. That is found from the rows known at the moment,
so the order in which they came does not matter. Decisions stand above it, in the order in which they were made.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from onrecord.case.codec import Json
from onrecord.case.filters import PARTIES, PLACES, Filter, Term, box, circle
from onrecord.case.folding import fold
from onrecord.case.known import Known, Mentions
from onrecord.case.naming import PREFIX, stem_of
from onrecord.case.sphere import in_box, metres_between

About = Literal["actor", "place"]
UNFOUND = "u:"
# Aspects of a filter's key, and the value of a decision that overrides what the rows say of it.
_OVERRIDES = {"country": "country", "sector": "sectors", "group": "group"}


@dataclass(frozen=True, slots=True)
class Part:
    """What was split off: mentions of some units, in some reports or under some names."""

    unit: str
    of: tuple[str, ...]
    reports: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(slots=True)
class Decided:
    """An actor or place that people decided something of: its units (ids of one each), and the values they gave."""

    about: About
    units: list[str]
    values: Json = field(default_factory=dict)
    confirmed: bool = False
    corrections: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Of the units the one that the registry or gazetteer has, else the first."""
        return next((unit for unit in self.units if not is_provisional(unit)), self.units[0])


def is_provisional(unit: str) -> bool:
    """Whether *unit* is an actor or place that neither registry nor gazetteer has."""
    return unit.startswith((PREFIX, UNFOUND))


def unfound_id(words: str) -> str:
    """The id of a place that was not found, by its words."""
    return UNFOUND + "-".join(fold(words).split())


_STANDING = (
    "SELECT correction_id, about, action, members, value FROM corrections c WHERE entry <= ? AND action <> 'undo' "
    "AND NOT EXISTS (SELECT 1 FROM corrections u WHERE u.undoes = c.correction AND u.entry <= ?) ORDER BY correction"
)


class Identities:
    """Who is who at journal entry *cut*, through *connection*."""

    def __init__(self, connection: sqlite3.Connection, cut: int) -> None:
        self._connection, self._cut = connection, cut
        self.parts: list[Part] = []
        self._by_unit: dict[str, Decided] = {}
        for correction_id, about, action, members, value in connection.execute(_STANDING, (cut, cut)).fetchall():
            units = json.loads(members)
            if units:
                self._apply(correction_id, about, action, units, json.loads(value or "{}"))

    def _apply(self, correction_id: str, about: About, action: str, units: list[str], value: Json) -> None:
        if action == "split":
            part = Part(value["id"], tuple(units), tuple(value.get("reports", ())), tuple(value.get("names", ())))
            self.parts.append(part)
            self._join(about, units).corrections.append(correction_id)
            self._join(about, [part.unit]).corrections.append(correction_id)
            return
        decided = self._join(about, units)
        decided.corrections.append(correction_id)
        decided.confirmed = decided.confirmed or action == "confirm"
        decided.values |= value

    def _join(self, about: About, units: Iterable[str]) -> Decided:
        """The one decided thing that all *units* are from now on."""
        first: Decided | None = None
        for unit in units:
            found = self._by_unit.get(unit) or Decided(about, [unit])
            if first is None:
                first = found
            elif found is not first:
                first.units += [u for u in found.units if u not in first.units]
                first.values = found.values | first.values
                first.confirmed = first.confirmed or found.confirmed
                first.corrections += found.corrections
            for member in first.units:
                self._by_unit[member] = first
        assert first is not None
        return first

    @cached_property
    def decided(self) -> list[Decided]:
        """All that something was decided of, provisional actors with the keys that are one with theirs by now."""
        found = list({id(d): d for d in self._by_unit.values()}.values())
        for one in found:
            for unit in list(one.units):
                for mate in self.mates(unit):
                    if mate not in self._by_unit:
                        one.units.append(mate)
                        self._by_unit[mate] = one
        return found

    def of(self, unit: str) -> Decided | None:
        """What was decided of the actor or place that has *unit*."""
        return self._by_unit.get(unit) if self.decided else None

    def mates(self, unit: str) -> tuple[str, ...]:
        """The keys that are one provisional actor with *unit* by name and country, itself among them."""
        if not unit.startswith(PREFIX) or any(part.unit == unit for part in self.parts):
            return (unit,)
        stem = stem_of(unit)
        rows = self._connection.execute(
            "SELECT DISTINCT key FROM names n WHERE (key = ? OR (key > ? AND key < ?)) AND ("
            "EXISTS (SELECT 1 FROM slots s JOIN claims c USING (claim) WHERE s.named = n.named AND c.entry <= ?) OR "
            "EXISTS (SELECT 1 FROM quote_sources s JOIN quotes USING (quote) JOIN codings k USING (coding) "
            "WHERE s.named = n.named AND k.entry <= ?)) ORDER BY key",
            (stem, f"{stem}:", f"{stem};", self._cut, self._cut),
        )
        return together(unit, [key for (key,) in rows])

    def units(self, unit: str) -> list[str]:
        """All ids of the actor or place that has *unit*, the first the one that it goes by."""
        found = self.of(unit)
        if found is not None:
            return [found.id, *(u for u in found.units if u != found.id)]
        mates = self.mates(unit)
        first = named_by(mates)
        return [first, *(mate for mate in mates if mate != first)]

    # -- filters -------------------------------------------------------------------------------

    def resolve(self, filter_: Filter) -> Filter:
        """*filter_* with what its actors and places mean here; the same where nothing was decided."""
        return Filter(tuple(self._resolved(term) for term in filter_.terms))

    def _resolved(self, term: Term) -> Term:
        party, _, aspect = term.key.partition(".")
        if party in PARTIES:
            about: About = "actor"
        elif term.key in (*PLACES, "within", "bbox"):
            about = "place"
        else:
            return term
        meant: list[Mentions] = []
        aside: list[Mentions] = []
        for one in self.decided:
            if one.about == about:
                meant += self.mentions(one) if self._means(one, term, aspect) else []
                aside += self.mentions(one) if self._overrides(one, aspect) else []
        if about == "actor" and aspect in ("", "id"):
            wanted = [v for v in term.values if v.startswith(PREFIX) and self.of(v) is None]
            meant += [self._of_units(list(self.mates(v))) for v in wanted]
        elif about == "place" and aspect in ("", "id"):
            meant += [self._of_units([v]) for v in term.values if v.startswith(UNFOUND) and self.of(v) is None]
        return replace(term, known=Known(tuple(meant), tuple(aside))) if meant or aside else term

    def _overrides(self, one: Decided, aspect: str) -> bool:
        """Whether the rows of *one* no longer say what it is in this aspect."""
        split = any(part.unit in one.units or set(part.of) & set(one.units) for part in self.parts)
        if one.about == "place" or aspect in ("", "id"):
            return one.about == "place" or split or any(key in one.values for key in _OVERRIDES.values())
        return aspect in _OVERRIDES and _OVERRIDES[aspect] in one.values

    def _means(self, one: Decided, term: Term, aspect: str) -> bool:
        if one.about == "place":
            return self._place_means(one, term, aspect)
        said = self.said_of(one)
        tests: dict[str, Callable[[str], bool]] = {
            "id": lambda v: v in one.units,
            "name": lambda v: any(_called(name, v, term.operator) for name in said["names"]),
            "country": lambda v: v.upper() in said["countries"],
            "sector": lambda v: v.upper() in said["sectors"],
            "group": lambda v: v in said["groups"],
        }
        if aspect:
            # Where nothing was decided of it, the rows themselves say it.
            if aspect in _OVERRIDES and _OVERRIDES[aspect] not in one.values:
                return False
            return any(tests[aspect](v) for v in term.values)
        codes = [v for v in term.values if v.isupper() and len(v) == 3]
        return any(tests[key](v) for key in ("id", "name", "group") for v in term.values) or any(
            tests[key](v) for key in ("country", "sector") for v in codes
        )

    def said_of(self, one: Decided) -> dict[str, list[str]]:
        """Names, countries, sectors and groups of an actor: those decided, else those of its rows."""
        names = [one.values["name"]] if one.values.get("name") else []
        said: dict[str, list[str]] = {"names": names, "countries": [], "sectors": [], "groups": []}
        for which in self.mentions(one):
            sql = "SELECT name, country, sectors, group_id FROM actors WHERE actor IN (SELECT value FROM json_each(?))"
            for name, country, sectors, group in self._connection.execute(sql, (json.dumps(which.actors),)):
                said["names"] += [name] if name else []
                said["countries"] += [country] if country else []
                said["sectors"] += sectors.split()
                said["groups"] += [group] if group else []
            sql = "SELECT name, country FROM names WHERE named IN (SELECT value FROM json_each(?))"
            for name, country in self._connection.execute(sql, (json.dumps(which.names),)):
                said["names"].append(name)
                said["countries"] += [country] if country else []
        if one.values.get("country"):
            said["countries"] = [one.values["country"]]
        if one.values.get("sectors"):
            said["sectors"] = list(one.values["sectors"])
        if one.values.get("group"):
            said["groups"] = [one.values["group"]]
        return said

    def _place_means(self, one: Decided, term: Term, aspect: str) -> bool:
        row = self.place_row(one)
        if term.key == "within":
            lat, lon, radius = circle(term)
            return row["lat"] is not None and metres_between(lat, lon, row["lat"], row["lon"]) <= radius
        if term.key == "bbox":
            return row["lat"] is not None and in_box(row["lat"], row["lon"], box(term))
        names = [*row["names"], row["admin1"] or "", row["admin2"] or ""]
        tests: dict[str, Callable[[str], bool]] = {
            "id": lambda v: v in one.units,
            "country": lambda v: v.upper() == row["country"],
            "name": lambda v: any(fold(v) in fold(name) for name in row["names"]),
            "admin1": lambda v: bool(row["admin1"]) and fold(v) in fold(row["admin1"]),
            "admin2": lambda v: bool(row["admin2"]) and fold(v) in fold(row["admin2"]),
            "": lambda v: v in one.units or v == row["country"] or any(_called(n, v, term.operator) for n in names),
        }
        return any(tests[aspect](v) for v in term.values)

    def place_row(self, one: Decided) -> Json:
        """Name, admin1, admin2, country, lat and lon of a place: those decided, else those of its rows."""
        numbers = [number for which in self.mentions(one) for number in which.places]
        rows = self._connection.execute(
            "SELECT place_id, coalesce(name, words), admin1, admin2, country, feature_class, lat, lon FROM places "
            "WHERE place IN (SELECT value FROM json_each(?)) ORDER BY place_id IS NOT ?, place_id IS NULL, place",
            (json.dumps(numbers), one.id),
        ).fetchall()
        keys = ("place_id", "name", "admin1", "admin2", "country", "feature_class", "lat", "lon")
        row: Json = dict(zip(keys, rows[0] if rows else (None,) * len(keys), strict=True)) | one.values
        names = [row["name"], *(r[1] for r in rows)]
        return row | {"place_id": one.id, "names": list(dict.fromkeys(n for n in names if n))}

    # -- rows ----------------------------------------------------------------------------------

    def mentions(self, one: Decided) -> list[Mentions]:
        """The mentions of *one*: of its units, less what was split off them, and of parts that were split off."""
        own = set(one.units)
        found = []
        whole = [unit for unit in one.units if not any(part.unit == unit for part in self.parts)]
        away = [part for part in self.parts if set(part.of) & set(whole) and part.unit not in own]
        if whole:
            found.append(self._less(self._of_units(whole), away))
        for part in self.parts:
            if part.unit in own:
                later = [p for p in self.parts if part.unit in p.of and p.unit not in own]
                found.append(self._less(self._of_part(part), later))
        return [m for m in found if m.actors or m.names or m.places]

    def _of_units(self, units: list[str]) -> Mentions:
        def numbers(sql: str, values: list[str]) -> tuple[int, ...]:
            return tuple(row[0] for row in self._connection.execute(sql, (json.dumps(values),))) if values else ()

        known = [unit for unit in units if not is_provisional(unit)]
        keys = [unit for unit in units if unit.startswith(PREFIX)]
        unfound = {unit for unit in units if unit.startswith(UNFOUND)}
        among = "IN (SELECT value FROM json_each(?))"
        places = numbers(f"SELECT place FROM places WHERE place_id {among}", known)
        if unfound:
            rows = self._connection.execute("SELECT place, words FROM places WHERE place_id IS NULL AND words <> ''")
            places += tuple(place for place, words in rows if unfound_id(words) in unfound)
        return Mentions(
            actors=numbers(f"SELECT actor FROM actors WHERE actor_id {among}", known),
            names=numbers(f"SELECT named FROM names WHERE key {among}", keys),
            places=places,
        )

    def _of_part(self, part: Part) -> Mentions:
        # What was split off a part lies in the units that this one was split off.
        of = [unit for above in self.parts if above.unit in part.of for unit in above.of]
        found = self._of_units([*part.of, *of])
        if part.reports:
            return replace(found, only=self._reports(part.reports))
        return self._under(found, part.names, True)

    def _less(self, which: Mentions, away: list[Part]) -> Mentions:
        for part in away:
            if part.reports:
                which = replace(which, but=(*which.but, *self._reports(part.reports)))
            else:
                which = self._under(which, part.names, False)
        return which

    def _under(self, which: Mentions, names: tuple[str, ...], wanted: bool) -> Mentions:
        folded = {fold(name) for name in names}
        sql = "SELECT named, folded FROM names WHERE named IN (SELECT value FROM json_each(?))"
        rows = self._connection.execute(sql, (json.dumps(which.names),))
        kept = tuple(named for named, said in rows if (said in folded) == wanted)
        return replace(which, names=kept, actors=() if wanted else which.actors)

    def _reports(self, report_ids: tuple[str, ...]) -> tuple[int, ...]:
        sql = "SELECT report FROM reports WHERE report_id IN (SELECT value FROM json_each(?)) ORDER BY report"
        return tuple(row[0] for row in self._connection.execute(sql, (json.dumps(report_ids),)))


def together(unit: str, keys: list[str]) -> tuple[str, ...]:
    """Of the *keys* of one name those that are one actor with *unit*: all, unless two countries are among them."""
    countries = {key.rpartition(":")[2] for key in keys if key != stem_of(key)}
    return tuple(sorted({unit, *keys})) if len(countries) < 2 else (unit,)


def named_by(keys: Iterable[str]) -> str:
    """Of the keys of one provisional actor the one that it goes by: with its country, where one is known."""
    return max(keys, key=lambda key: (key.count(":"), key))


def _called(name: str, value: str, operator: str) -> bool:
    folded = fold(value)
    if not folded:
        return False
    return fold(name) == folded if operator == "=" else f" {folded} " in f" {fold(name)} "


# How ids begin that the case itself gives: filters with them may mean several, whatever people decided.
MADE = (PREFIX, UNFOUND)


def resolved(connection: sqlite3.Connection, cut: int, filter_: Filter) -> Filter:
    """*filter_* with what people decided of its actors and places up to entry *cut*."""
    asks = (*PARTIES, "place", "within", "bbox")
    terms = [term for term in filter_.terms if term.key.partition(".")[0] in asks]
    named = any(v.startswith(MADE) for term in terms for v in term.values)
    if not terms or not (named or connection.execute("SELECT 1 FROM corrections LIMIT 1").fetchone()):
        return filter_
    return Identities(connection, cut).resolve(filter_)


__all__ = ["MADE", "Decided", "Identities", "named_by", "resolved", "together", "unfound_id"]
