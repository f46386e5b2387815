"""What the registry of actors consists of, and how its rows are read: one type and one reader a file.

Dates are ISO dates as precise as is known ("2016", "2016-07", "2016-07-28"), None where there is
none; a period covers both of its ends whole. Sector codes and the codes that stand in for a country
(IGO, NGO, MNC, IMG, ISM) are PLOVER's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType

from onrecord.lexicon.tables import Row, read_rows

SECTORS = frozenset(
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED OPP PRE REF REL SOC".split()
)
NO_COUNTRY = frozenset({"IGO", "NGO", "MNC", "IMG", "ISM"})
STATUSES = ("member", "observer", "disputed", "associated", "territory", "ended")
GROUP_KINDS = ("group", "party", "movement", "gang", "paramilitary", "coalition")
ORGANISATION_KINDS = ("igo", "ngo", "mission", "agency", "media", "company", "union", "church")
WORD_KINDS = ("person", "crowd", "force", "institution", "office")
DEMONYM_KINDS = ("adjective", "people", "ethnic", "religious", "continental")
SLOTS = ("adj", "name", "people", "capital")

_COUNTRIES = "Use an id of states.csv, or IGO, NGO, MNC, IMG or ISM"
_FIRST_DAY = {4: "-01-01", 7: "-01", 10: ""}
_NOTHING: Mapping[str, str] = MappingProxyType({})


def covers(start: str | None, end: str | None, day: str) -> bool:
    """Whether *day* (ISO, as precise as known) may lie between *start* and *end*, both inclusive."""
    # "~" sorts after every digit, so that an imprecise end takes in its last day.
    return (start is None or start <= day + "~") and (end is None or day <= end + "~")


@dataclass(frozen=True, slots=True)
class Entity:
    """An actor with a name: state, institution, group, organisation or person.

    ``country`` is a state's id or one of NO_COUNTRY; ``sectors`` has the primary one first;
    ``codes`` are names and numbers in other data sets (``ucdp``, ``acled``, ``base`` …).
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: str = ""
    country: str | None = None
    sectors: tuple[str, ...] = ()
    part_of: str | None = None
    start: str | None = None
    end: str | None = None
    codes: Mapping[str, str] = field(default_factory=lambda: _NOTHING)

    def serves(self, day: str) -> bool:
        """Whether it may have existed (for a person: been active) on *day*, an ISO date."""
        return covers(self.start, self.end, day)


@dataclass(frozen=True, slots=True)
class State:
    """A state or territory: its words and its codes (None where it has none, or we are not sure)."""

    id: str
    name: str
    status: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capital: str | None
    capitals: tuple[str, ...]
    seats: tuple[str, ...]
    iso2: str | None
    iso_numeric: str | None
    gw: str | None
    cow: str | None
    cameo: str | None
    plover: str | None
    fips: str | None
    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class Template:
    """An institution that every state has; ``names`` are patterns with {adj}, {name}, {people}, {capital}."""

    key: str
    names: tuple[str, ...]
    sectors: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Term:
    """A person's time in an office of ``country`` (or of the organisation or group of that id).

    ``open`` says that the end is not known; with ``end`` None and ``open`` false the term lasts.
    """

    person: str
    office: str
    country: str
    title: str
    start: str | None
    end: str | None
    open: bool = False

    def covers(self, day: str) -> bool | None:
        """Whether the term takes in *day*; None where it began before and nobody noted its end."""
        inside = covers(self.start, self.end, day)
        return None if inside and self.open and day[:4] != (self.start or "")[:4] else inside


@dataclass(frozen=True, slots=True)
class Membership:
    """A standing fact between two actors; ``relation`` is one of ``data/vocabulary.toml``."""

    member: str
    relation: str
    whole: str
    start: str | None
    end: str | None

    def covers(self, day: str) -> bool:
        """Whether it may have held on *day*, an ISO date."""
        return covers(self.start, self.end, day)


@dataclass(frozen=True, slots=True)
class DatedSectors:
    """What an actor was from ``start`` to ``end``, where that differs from the sectors of its row."""

    id: str
    sectors: tuple[str, ...]
    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class SectorWord:
    """A common noun for actors. ``country`` is fixed for some ("aid worker": NGO); ``from_context`` says
    that the words around may give one; ``many`` that the word itself means several; ``office`` is that of
    Term.office where the word names one."""

    lemma: str
    sectors: tuple[str, ...]
    kind: str
    country: str | None = None
    from_context: bool = True
    many: bool = False
    office: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Demonym:
    """A word for the people and things of a place or group; ``state`` None where none or several fit."""

    word: str
    kind: str
    state: str | None = None
    subnational: str | None = None


def _day(row: Row, column: str) -> str | None:
    value = row.values[column]
    if not value:
        return None
    try:
        # fromisoformat takes weeks ("2016-W07") too, which the second test keeps out.
        date.fromisoformat(value + _FIRST_DAY[len(value)])
        if value[5:6] != "W":
            return value
    except (KeyError, ValueError):
        pass
    raise row.wrong(f"{column} {value!r} is no date", "Write YYYY, YYYY-MM, YYYY-MM-DD or nothing")


def _period(row: Row) -> tuple[str | None, str | None]:
    start, end = _day(row, "start"), _day(row, "end")
    if start and end and start > end + "~":
        raise row.wrong(f"it ends ({end}) before it starts ({start})", "Mend one of the two")
    return start, end


def _sectors(row: Row) -> tuple[str, ...]:
    found = row.items("sectors")
    if SECTORS.issuperset(found):
        return found
    for code in found:
        if code not in SECTORS:
            raise row.wrong(f"sector {code!r} is not known", f"Use: {', '.join(sorted(SECTORS))}")
    return found


def _country(row: Row, column: str, states: Mapping[str, State], blank: bool = False) -> str | None:
    value = row[column]
    if value in states or value in NO_COUNTRY:
        return value
    if not value and blank:
        return None
    raise row.wrong(f"{column} {value!r} is not known", _COUNTRIES)


def _named(row: Row, column: str = "name") -> str:
    value = row.values[column]
    if not value:
        raise row.wrong(f"{column} is empty", "Fill it in, or drop the row")
    return value


def _codes(row: Row) -> Mapping[str, str]:
    values = row.values
    ucdp, acled = values.get("ucdp_name"), values.get("acled_name")
    if not (ucdp or acled or values.get("codes")):
        return _NOTHING
    found = {scheme: name for scheme, name in (("ucdp", ucdp), ("acled", acled)) if name}
    for pair in row.items("codes") if values.get("codes") else ():
        key, sign, value = pair.partition("=")
        if not sign:
            raise row.wrong(f"code {pair!r} has no '='", "Write scheme=code, several joined by ';'")
        found[key.strip()] = value.strip()
    return found


def read_states(path: Path) -> Iterator[tuple[Row, State]]:
    """The states of the file at *path*, each with the row it came from."""
    columns = (
        "id name status official_name aliases iso2 iso_numeric gw cow cameo plover fips adjectives people"
        " capital capital_aliases seat_aliases start end"
    )
    for row in read_rows(path, columns.split()):
        start, end = _period(row)
        capital = row["capital"] or None
        names = (_named(row), *filter(None, (row["official_name"],)), *row.items("aliases"))
        yield (
            row,
            State(
                id=_named(row, "id"),
                name=row["name"],
                status=row.one_of("status", STATUSES),
                names=tuple(dict.fromkeys(names)),
                adjectives=row.items("adjectives"),
                people=row.items("people"),
                capital=capital,
                capitals=(*filter(None, (capital,)), *row.items("capital_aliases")),
                seats=row.items("seat_aliases"),
                start=start,
                end=end,
                iso2=row["iso2"] or None,
                iso_numeric=row["iso_numeric"] or None,
                gw=row["gw"] or None,
                cow=row["cow"] or None,
                cameo=row["cameo"] or None,
                plover=row["plover"] or None,
                fips=row["fips"] or None,
            ),
        )


def state_entity(state: State) -> Entity:
    """The actor that a state is."""
    return Entity(state.id, state.name, state.names[1:], "state", state.id, start=state.start, end=state.end)


def read_entities(path: Path, states: Mapping[str, State], kinds: Iterable[str]) -> Iterator[tuple[Row, Entity]]:
    """The actors of bodies.csv, groups.csv or organisations.csv; any kind will do where *kinds* is empty."""
    allowed = tuple(kinds)
    for row in read_rows(path, ("id", "name", "aliases", "kind", "country", "sectors", "start", "end")):
        start, end = _period(row)
        yield (
            row,
            Entity(
                id=_named(row, "id"),
                name=_named(row),
                aliases=row.items("aliases"),
                kind=row.one_of("kind", allowed) if allowed else _named(row, "kind"),
                country=_country(row, "country", states),
                sectors=_sectors(row),
                part_of=row.values.get("part_of") or None,
                start=start,
                end=end,
                codes=_codes(row),
            ),
        )


def read_people(path: Path, states: Mapping[str, State]) -> Iterator[tuple[Row, Entity]]:
    """The persons of the file at *path*."""
    for row in read_rows(path, ("id", "name", "aliases", "country", "sectors", "start", "end")):
        start, end = _period(row)
        yield (
            row,
            Entity(
                id=_named(row, "id"),
                name=_named(row),
                aliases=row.items("aliases"),
                kind="person",
                country=_country(row, "country", states, blank=True),
                sectors=_sectors(row),
                start=start,
                end=end,
            ),
        )


def read_templates(path: Path) -> Iterator[tuple[Row, Template]]:
    """The institutions of every state; each pattern has exactly one slot."""
    for row in read_rows(path, ("key", "names", "sectors", "kind")):
        for name in row.items("names"):
            slots = re.findall(r"\{(\w*)\}", name)
            if len(slots) != 1 or slots[0] not in SLOTS:
                raise row.wrong(f"pattern {name!r} has not one known slot", f"Use one of: {', '.join(SLOTS)}")
        yield row, Template(_named(row, "key"), row.items("names"), _sectors(row), row["kind"])


def read_terms(path: Path) -> Iterator[tuple[Row, Term]]:
    """Terms of office; an end of "?" is one that is not known."""
    for row in read_rows(path, ("person", "office", "country", "title", "start", "end")):
        unknown = row["end"] == "?"
        start, end = (_day(row, "start"), None) if unknown else _period(row)
        office = _named(row, "office")
        yield row, Term(row["person"], office, row["country"], row["title"], start, end, unknown)


def read_callings(path: Path) -> Iterator[tuple[Row, Term]]:
    """What people are or were beside their offices, as terms without office or country."""
    for row in read_rows(path, ("person", "calling", "start", "end")):
        start, end = _period(row)
        yield row, Term(row["person"], "", "", _named(row, "calling"), start, end)


def read_memberships(path: Path, relations: Iterable[str]) -> Iterator[tuple[Row, Membership]]:
    """Ties between actors; *relations* are those of the vocabulary."""
    allowed = tuple(relations)
    for row in read_rows(path, ("member", "relation", "whole", "start", "end")):
        start, end = _period(row)
        yield row, Membership(row["member"], row.one_of("relation", allowed), row["whole"], start, end)


def read_dated_sectors(path: Path) -> Iterator[tuple[Row, DatedSectors]]:
    """What actors were in the years in which they were something else than their rows say."""
    for row in read_rows(path, ("id", "sectors", "start", "end")):
        start, end = _period(row)
        yield row, DatedSectors(_named(row, "id"), _sectors(row), start, end)


def read_sector_words(path: Path, states: Mapping[str, State]) -> Iterator[tuple[Row, SectorWord]]:
    """Common nouns for actors, by lemma in lower case as text has them."""
    for row in read_rows(path, ("lemma", "sectors", "country_from", "number", "kind")):
        origin, _, country = row["country_from"].partition(":")
        if origin not in {"context", "none", "fixed"} or (origin == "fixed") != bool(country):
            raise row.wrong(f"country_from {origin!r} does not do", "Use context, none or fixed:XXX")
        if country and country not in states and country not in NO_COUNTRY:
            raise row.wrong(f"country {country!r} is not known", _COUNTRIES)
        yield (
            row,
            SectorWord(
                lemma=_named(row, "lemma"),
                sectors=_sectors(row),
                kind=row.one_of("kind", WORD_KINDS),
                country=country or None,
                from_context=origin == "context",
                many=row.one_of("number", ("one", "many")) == "many",
                office=row.values.get("office") or None,
                note=row.values.get("note", ""),
            ),
        )


def read_demonyms(path: Path, states: Mapping[str, State]) -> Iterator[tuple[Row, Demonym]]:
    """Demonyms beyond those of states.csv."""
    for row in read_rows(path, ("word", "kind", "state", "subnational")):
        state = _country(row, "state", states, blank=True)
        kind = row.one_of("kind", DEMONYM_KINDS)
        yield row, Demonym(_named(row, "word"), kind, state, row["subnational"] or None)
