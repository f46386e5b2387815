"""Who is meant by each mention of an actor, as numbers: with what people decided of actors, for counting in columns."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from onrecord.case.folding import fold
from onrecord.case.identities import Identities, named_by, together
from onrecord.case.naming import stem_of
from onrecord.serve.desk import Ask
from onrecord.serve.mirror import Ints, Many, Mask, Snapshot


@dataclass(frozen=True, slots=True)
class _Part:
    """What was split off: mentions of some persons under some names, or in some reports, are another one."""

    of: Ints
    to: int
    names: Mask | None
    reports: Mask | None

    def has(self, named: Ints, reports: Ints) -> Mask:
        """Which mentions, by rows of names and of reports, are of what was split off."""
        found: Mask
        if self.names is not None:
            found = self.names[np.where(named < len(self.names), named, 0)]
        else:
            assert self.reports is not None
            found = self.reports[np.where(reports < len(self.reports), reports, 0)]
        return found


@dataclass(slots=True)
class Persons:
    """Numbers of persons: ``ids`` by number (None: only words are known), ``words`` by number."""

    ids: list[str | None] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    number: dict[str, int] = field(default_factory=dict)
    of_actor: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    of_name: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    decided: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    parts: list[_Part] = field(default_factory=list)

    def add(self, key: str, id_: str | None, words: str) -> int:
        """The number of *key*, a new one where it is new."""
        found = self.number.get(key)
        if found is None:
            found = self.number[key] = len(self.ids)
            self.ids.append(id_)
            self.words.append(words)
        return found

    def of(self, mentions: Many, reports: Ints) -> Ints:
        """The person of each mention (-1: nobody is known); *reports* is the report of each."""
        return self._of(mentions.value, mentions.more["named"].astype(np.int64), reports)

    def _of(self, actor: Ints, named: Ints, reports: Ints) -> Ints:
        found = self._first(actor, named)
        for part in self.parts:
            inside = np.isin(found, part.of)
            inside &= part.has(named, reports)
            found = np.where(inside, part.to, found)
        known: Ints = np.where(found >= 0, self.decided[found], -1)
        return known

    def of_rows(self, actor: Ints, named: Ints) -> Ints:
        """The person with an id of each mention (-1: only words are known), where no reports were told apart."""
        found = self._of(actor, named, np.zeros(len(actor), dtype=np.int64))
        listed = np.array([id_ is not None for id_ in self.ids] or [False])
        known: Ints = np.where((found >= 0) & listed[found], found, -1)
        return known

    def _first(self, actor: Ints, named: Ints) -> Ints:
        # A row that came after this was made is nobody's yet.
        actor, named = np.where(actor < len(self.of_actor), actor, 0), np.where(named < len(self.of_name), named, 0)
        found: Ints = np.where(named > 0, self.of_name[named], self.of_actor[actor])
        return found


def persons(ask: Ask) -> Persons:
    """Who every row of actors and names is at the moment asked about."""
    s = ask.snapshot
    sizes = max(s.actors, default=0) + 1, max(s.names, default=0) + 1
    used = _used(ask, sizes[1])
    key = ("persons", *sizes, s.erasures, ask.cut if ask.as_of else None, ask.decided(), used.tobytes())
    found: Persons = ask.desk.once(key, lambda: _read(ask, *sizes, used), kind="persons", limit=2)
    return found


def _used(ask: Ask, names: int) -> Mask:
    """The rows of names that are mentioned in what stands: which names are one depends on what others there are."""
    s = ask.snapshot

    def make() -> Mask:
        coded = ask.standing() & (s.claims["status"] == s.number("status", "coded"))
        found: Mask = np.zeros(names, dtype=bool)
        for of, chosen in ((s.slots, coded), (s.speakers, ask.quotes(""))):
            found[of.more["named"][chosen[of.row]].astype(np.int64)] = True
        return found

    used: Mask = ask.desk.once(("names used", ask.counted()), make, kind="names", limit=2)
    return used


def _read(ask: Ask, actors: int, names: int, used: Mask) -> Persons:
    s, found = ask.snapshot, Persons()
    found.of_actor, found.of_name = (np.full(size, -1, dtype=np.int64) for size in (actors, names))
    for number, who in list(s.actors.items()):
        if number < actors and (who.actor_id or who.name):
            key = who.actor_id or f"\0{who.name}"
            found.of_actor[number] = found.add(key, who.actor_id, who.name or key)
    known = {number: who for number, who in list(s.names.items()) if number < names and who.actor_id}
    goes_by = _by_stem({str(who.actor_id) for number, who in known.items() if used[number]})
    for number, who in known.items():
        unit = str(who.actor_id)
        found.of_name[number] = found.add(unit, unit, who.name or unit)
    with ask.desk.file.snapshot() as connection:
        identities = Identities(connection, ask.cut)
        for part in identities.parts:
            found.add(part.unit, part.unit, part.unit)
        one = {unit: one.id for one in identities.decided for unit in one.units}
    for id_ in {*goes_by.values(), *one.values()}:
        found.add(id_, id_, id_)
    ids = [None if id_ is None else one.get(id_, goes_by.get(id_, id_)) for id_ in found.ids]
    found.decided = np.array([i if id_ is None else found.number[id_] for i, id_ in enumerate(ids)], dtype=np.int64)
    for part in identities.parts:
        of = np.array([found.number[unit] for unit in part.of if unit in found.number], dtype=np.int64)
        found.parts.append(_Part(of, found.number[part.unit], *_where(ask, s, part.names, part.reports, names)))
    return found


def _by_stem(keys: set[str]) -> dict[str, str]:
    """For each key of a name the one that its provisional actor goes by."""
    by_stem: dict[str, list[str]] = {}
    for key in keys:
        by_stem.setdefault(stem_of(key), []).append(key)
    return {key: named_by(together(key, some)) for some in by_stem.values() for key in some}


def _where(
    ask: Ask, s: Snapshot, names: tuple[str, ...], reports: tuple[str, ...], size: int
) -> tuple[Mask | None, Mask | None]:
    """The rows of names, or the reports, in which what was split off is meant."""
    if names:
        wanted = {fold(name) for name in names}
        called: Mask = np.zeros(size, dtype=bool)
        called[[n for n, who in list(s.names.items()) if n < size and who.name and fold(who.name) in wanted]] = True
        return called, None
    inside: Mask = np.zeros(s.reports.size, dtype=bool)
    with ask.desk.file.snapshot() as connection:
        marks = ",".join("?" * len(reports))
        rows = connection.execute(f"SELECT report FROM reports WHERE report_id IN ({marks})", reports).fetchall()
    inside[[row for (row,) in rows]] = True
    return None, inside
