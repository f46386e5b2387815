"""The registry of actors that ships: who exists, by which names, in which office, allied with whom.

Eleven files under ``data/actors/`` (states, institutions, bodies, groups, organisations, people, terms,
callings, memberships, sectors by day, sector words) and the demonyms. A user's folder with files of the same
names may add to them; there a row whose id the package has already takes its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from onrecord.lexicon.actor_names import NameIndex, PatternIndex, expand, fold
from onrecord.lexicon.actor_rows import (
    GROUP_KINDS,
    ORGANISATION_KINDS,
    DatedSectors,
    Demonym,
    Entity,
    Membership,
    SectorWord,
    State,
    Template,
    Term,
    covers,
    read_callings,
    read_dated_sectors,
    read_demonyms,
    read_entities,
    read_memberships,
    read_people,
    read_sector_words,
    read_states,
    read_templates,
    read_terms,
    state_entity,
)
from onrecord.lexicon.tables import Row, data_folder, read_rows, read_toml

__all__ = [
    "ActorTables",
    "Demonym",
    "Entity",
    "Membership",
    "SectorWord",
    "State",
    "Template",
    "Term",
    "fold",
    "load_actors",
]

T = TypeVar("T")


class ActorTables:
    """The registry in memory: read-only, safe to share. Indexes are built when first asked for."""

    __slots__ = (
        "_capitals",
        "_demonyms",
        "_index",
        "_patterns",
        "_tenures",
        "_ties",
        "abroad",
        "callings",
        "dated",
        "demonym_rows",
        "entities",
        "memberships",
        "sector_words",
        "states",
        "templates",
        "terms",
    )

    def __init__(
        self,
        states: Mapping[str, State],
        templates: Mapping[str, Template],
        entities: Mapping[str, Entity],
        terms: Sequence[Term] = (),
        memberships: Sequence[Membership] = (),
        sector_words: Mapping[str, SectorWord] = MappingProxyType({}),
        demonyms: Sequence[Demonym] = (),
        abroad: frozenset[str] = frozenset(),
        callings: Sequence[Term] = (),
        dated: Sequence[DatedSectors] = (),
    ) -> None:
        self.abroad = abroad
        self.dated = _group((row.id, row) for row in dated)
        self.callings = _group((calling.person, calling) for calling in callings)
        self.states = states
        self.templates = templates
        self.entities = entities
        self.terms = tuple(terms)
        self.memberships = tuple(memberships)
        self.sector_words = sector_words
        self.demonym_rows = tuple(demonyms)
        self._index: NameIndex | None = None
        self._patterns: PatternIndex | None = None
        self._demonyms: Mapping[str, tuple[Demonym, ...]] | None = None
        self._capitals: Mapping[str, tuple[str, ...]] | None = None
        self._tenures: Mapping[str, tuple[Term, ...]] | None = None
        self._ties: Mapping[str, tuple[Membership, ...]] | None = None

    # -- by id ---------------------------------------------------------------------------------

    def __contains__(self, entity_id: object) -> bool:
        return isinstance(entity_id, str) and (entity_id in self.entities or self._expands(entity_id))

    def entity(self, entity_id: str) -> Entity | None:
        """The actor with that id, also where a template makes it (``SYR.mil``); None when there is none."""
        known = self.entities.get(entity_id)
        if known is not None or not self._expands(entity_id):
            return known
        state_id, _, key = entity_id.partition(".")
        state, template = self.states[state_id], self.templates[key]
        names = [name for name, _ in expand((template,), state)]
        if not names:
            return None
        return Entity(
            id=entity_id,
            name=names[0],
            aliases=tuple(names[1:]),
            kind=template.kind,
            country=state.id,
            sectors=template.sectors,
            part_of=state.id,
            start=state.start,
            end=state.end,
        )

    def _expands(self, entity_id: str) -> bool:
        state, _, key = entity_id.partition(".")
        return state in self.states and key in self.templates

    def as_of(self, entity: Entity, day: str | None) -> Entity:
        """*entity* with the sectors that it had on *day*: a movement in arms may have become a party."""
        rows = self.dated.get(entity.id, ()) if day is not None else ()
        held = next((row for row in rows if covers(row.start, row.end, day or "")), None)
        return entity if held is None else replace(entity, sectors=held.sectors)

    # -- by name -------------------------------------------------------------------------------

    @property
    def names(self) -> NameIndex:
        """Names of all actors but those that templates make; the seat of a government stands for it."""
        if self._index is None:
            self._index = NameIndex(self._pairs())
        return self._index

    def _pairs(self) -> Iterator[tuple[str, str]]:
        for entity in self.entities.values():
            yield entity.name, entity.id
            for alias in entity.aliases:
                yield alias, entity.id
        government = "gov" in self.templates
        for state in self.states.values():
            for seat in state.seats:
                yield seat, f"{state.id}.gov" if government else state.id

    @property
    def patterns(self) -> PatternIndex:
        """Names of the institutions that templates make."""
        if self._patterns is None:
            self._patterns = PatternIndex(self.templates.values(), self.states.values())
        return self._patterns

    def ids(self, text: str) -> tuple[str, ...]:
        """Ids of all actors that *text* may name, registered names before patterns; () when none."""
        return self.names.find(text) or self.patterns.find(text)

    def named(self, text: str, day: str | None = None) -> tuple[Entity, ...]:
        """The actors that *text* may name; with *day* (ISO) only those that may have existed on it."""
        found = (self.entity(entity_id) for entity_id in self.ids(text))
        return tuple(e for e in found if e is not None and (day is None or e.serves(day)))

    def institution_names(self) -> Iterator[tuple[str, str]]:
        """Every name that templates make, written out, with its id: some 150,000, one at a time."""
        for state in self.states.values():
            yield from expand(self.templates.values(), state)

    def shared_names(self) -> dict[str, tuple[str, ...]]:
        """Names that two or more undated actors have, with their ids: what dates cannot tell apart."""
        shared: dict[str, tuple[str, ...]] = {}
        for name, ids in (*self.names.names.items(), *self.names.acronyms.items()):
            if len(ids) > 1:
                undated = tuple(i for i in ids if (e := self.entities.get(i)) and not (e.start or e.end))
                if len(undated) > 1:
                    shared[name] = undated
        return shared

    # -- words ---------------------------------------------------------------------------------

    def sector_word(self, lemma: str) -> SectorWord | None:
        """The common noun *lemma* (letter case does not matter); None when it names no actor."""
        return self.sector_words.get(lemma.casefold())

    def demonyms(self, word: str) -> tuple[Demonym, ...]:
        """What *word* ("Syrian", "Texans", "Kurdish") may point at, states that exist first."""
        if self._demonyms is None:
            self._demonyms = _group((fold(d.word), d) for d in self._all_demonyms())
        return self._demonyms.get(fold(word), ())

    def _all_demonyms(self) -> Iterator[Demonym]:
        for state in sorted(self.states.values(), key=lambda s: s.end is not None):
            for kind, words in (("adjective", state.adjectives), ("people", state.people)):
                for word in words:
                    yield Demonym(word, kind, state.id)
        yield from self.demonym_rows

    def capital_of(self, word: str) -> tuple[str, ...]:
        """Ids of the states whose capital is so called ("Moscow": RUS, SUN), those that exist first."""
        if self._capitals is None:
            by_age = sorted(self.states.values(), key=lambda s: s.end is not None)
            self._capitals = _group((fold(c), s.id) for s in by_age for c in s.capitals)
        return self._capitals.get(fold(word), ())

    # -- offices and ties ----------------------------------------------------------------------

    def terms_of(self, person_id: str) -> tuple[Term, ...]:
        """The terms of office of one person, in the order of the file."""
        return self._tenure().get(person_id, ())

    def callings_of(self, person_id: str) -> tuple[Term, ...]:
        """What one person is or was beside offices, in the order of the file."""
        return self.callings.get(person_id, ())

    def holders(self, country: str, office: str, day: str | None = None) -> tuple[Term, ...]:
        """Who held *office* of a state, group or organisation on *day*; without a day, who holds it.

        Terms whose end nobody noted come last; () when none fits.
        """
        of_office = [t for t in self._tenure().get(country, ()) if t.office == office]
        if day is None:
            return tuple(t for t in of_office if t.end is None and not t.open)
        sure = tuple(t for t in of_office if t.covers(day))
        return sure + tuple(t for t in of_office if t.covers(day) is None)

    def _tenure(self) -> Mapping[str, tuple[Term, ...]]:
        if self._tenures is None:
            self._tenures = _group((key, term) for term in self.terms for key in (term.person, term.country))
        return self._tenures

    def ties(self, entity_id: str) -> tuple[Membership, ...]:
        """Memberships in which the actor is either side, in the order of the file."""
        if self._ties is None:
            self._ties = _group((key, tie) for tie in self.memberships for key in (tie.member, tie.whole))
        return self._ties.get(entity_id, ())


def _group(pairs: Iterable[tuple[str, T]]) -> Mapping[str, tuple[T, ...]]:
    table: dict[str, dict[T, None]] = {}
    for key, value in pairs:
        table.setdefault(key, {})[value] = None
    return MappingProxyType({key: tuple(found) for key, found in table.items()})


def _by_key(rows: Iterable[tuple[Path, Row, str, T]]) -> dict[str, T]:
    """Values by key; a key twice in one folder is an error, a later folder's wins over an earlier one's."""
    found: dict[str, T] = {}
    home: dict[str, str] = {}
    last: Path | None = None
    for folder, row, key, value in rows:
        if folder is not last:
            home, last = {}, folder
        if key in home:
            raise row.wrong(f"{key!r} stands in {home[key]} already", "Join the rows, or rename one")
        home[key] = f"{row.file}:{row.line}"
        found[key] = value
    return found


def _files(folders: Iterable[Path], name: str) -> Iterator[tuple[Path, Path]]:
    for folder in folders:
        if (folder / name).is_file():
            yield folder, folder / name


def _entity_rows(folders: Iterable[Path], states: Mapping[str, State]) -> Iterator[tuple[Path, Row, str, Entity]]:
    kinds: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("bodies.csv", ()),
        ("groups.csv", GROUP_KINDS),
        ("organisations.csv", ORGANISATION_KINDS),
    )
    for folder in folders:
        for name, allowed in kinds:
            for _, path in _files([folder], name):
                for row, entity in read_entities(path, states, allowed):
                    yield folder, row, entity.id, entity
        for _, path in _files([folder], "people.csv"):
            for row, entity in read_people(path, states):
                yield folder, row, entity.id, entity


def _known(row: Row, tables: ActorTables, *ids: str | None) -> None:
    for entity_id in ids:
        if entity_id and entity_id not in tables:
            raise row.wrong(f"no actor has the id {entity_id!r}", "Mend it, or add the actor to its file")


def _registered(folders: Sequence[Path]) -> ActorTables:
    """States, templates and all that has a name, each ``part_of`` checked."""
    states = _by_key((f, r, s.id, s) for f, p in _files(folders, "states.csv") for r, s in read_states(p))
    templates = _by_key((f, r, t.key, t) for f, p in _files(folders, "institutions.csv") for r, t in read_templates(p))
    entities = {s.id: state_entity(s) for s in states.values()} | _by_key(_entity_rows(folders, states))
    tables = ActorTables(MappingProxyType(states), MappingProxyType(templates), MappingProxyType(entities))
    if any(e.part_of and e.part_of not in tables for e in entities.values()):
        # Rows are not kept; to name the wrong one they are read again.
        for _, row, _, entity in _entity_rows(folders, states):
            _known(row, tables, entity.part_of)
    return tables


@cache
def load_actors(extra: Path | None = None, folder: Path | None = None) -> ActorTables:
    """The registry of *folder* (the package's own by default), with the files of *extra* added to it.

    A file that is not there counts as empty. Raises DataError with file and line for a row with an
    unknown country, sector, kind or relation, a date that is none, an id that stands twice or that no
    actor has.
    """
    own = folder or data_folder() / "actors"
    folders = [own] if extra is None else [own, extra]
    known = _registered(folders)
    terms: list[Term] = []
    for _, path in _files(folders, "terms.csv"):
        for row, term in read_terms(path):
            _known(row, known, term.person, term.country)
            terms.append(term)
    callings: list[Term] = []
    for _, path in _files(folders, "callings.csv"):
        for row, calling in read_callings(path):
            _known(row, known, calling.person)
            callings.append(calling)
    relations = read_toml(data_folder() / "vocabulary.toml")["relation"]
    ties: list[Membership] = []
    for _, path in _files(folders, "memberships.csv"):
        for row, tie in read_memberships(path, relations):
            _known(row, known, tie.member, tie.whole)
            ties.append(tie)
    dated: list[DatedSectors] = []
    for _, path in _files(folders, "sectors_by_day.csv"):
        for row, held in read_dated_sectors(path):
            _known(row, known, held.id)
            dated.append(held)
    words = _by_key(
        (f, r, w.lemma.casefold(), w)
        for f, p in _files(folders, "sector_words.csv")
        for r, w in read_sector_words(p, known.states)
    )
    demonyms = (d for _, p in _files(folders, "demonyms.csv") for _, d in read_demonyms(p, known.states))
    abroad = {
        _abroad(row, known) for _, p in _files(folders, "acronyms.csv") for row in read_rows(p, ("acronym", "id"))
    }
    if extra is not None:
        # Whom somebody enters in a registry of their own, they know by any name.
        abroad |= {entity_id for _, _, entity_id, _ in _entity_rows([extra], known.states)}
    return ActorTables(
        known.states,
        known.templates,
        known.entities,
        terms,
        ties,
        MappingProxyType(words),
        tuple(demonyms),
        frozenset(abroad),
        callings,
        dated,
    )


def _abroad(row: Row, known: ActorTables) -> str:
    _known(row, known, row["id"])
    return row["id"]
