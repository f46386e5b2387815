"""Actors of a case: who they are, what they did, suffered and said, and what people decided of them."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from onrecord.case.codec import Json
from onrecord.case.corrections import corrections
from onrecord.case.file import CaseFile
from onrecord.case.folding import fold
from onrecord.case.identities import Decided, Identities, named_by, together
from onrecord.case.naming import PREFIX, key_of, stem_of
from onrecord.case.query import AsOf, moment, standing_claims, standing_codings
from onrecord.errors import NotFound
from onrecord.lexicon.actors import load_actors

Tables = tuple[dict[int, tuple[Any, ...]], dict[int, tuple[Any, ...]]]
_DID = ("actor", "holder", "subject")
_SUFFERED = ("recipient", "object")
_MENTIONED = """
SELECT s.actor, s.named, w.word, {report}, count(DISTINCT c.claim),
  min(substr(r.published, 1, 10)), max(substr(r.published, 1, 10))
FROM claims c CROSS JOIN codings k ON k.coding = c.coding CROSS JOIN reports r ON r.report = k.report
CROSS JOIN slots s ON s.claim = c.claim JOIN words w ON w.code = s.slot
WHERE s.actor IS NOT NULL AND w.word IN ('actor', 'holder', 'subject', 'recipient', 'object')
AND c.status IN (SELECT code FROM words WHERE list = 'status' AND word = 'coded') AND {where}
GROUP BY 1, 2, 3, 4
"""
_SAID = """
SELECT s.actor, s.named, 'speaker', {report}, count(DISTINCT q.quote),
  min(substr(r.published, 1, 10)), max(substr(r.published, 1, 10))
FROM codings k CROSS JOIN reports r ON r.report = k.report CROSS JOIN quotes q ON q.coding = k.coding
CROSS JOIN quote_sources s ON s.quote = q.quote
WHERE {where} GROUP BY 1, 2, 3, 4
"""


@dataclass(slots=True)
class _Seen:
    """What was seen of one actor, gathered over the combinations that grounding gave."""

    did: int = 0
    suffered: int = 0
    said: int = 0
    names: Counter[str] = field(default_factory=Counter)
    registered: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    sectors: Counter[str] = field(default_factory=Counter)
    groups: Counter[str] = field(default_factory=Counter)
    units: set[str] = field(default_factory=set)
    days: list[str] = field(default_factory=list)
    words: str | None = None

    def total(self) -> int:
        return self.did + self.suffered + self.said


def actors(case: CaseFile, *, as_of: AsOf = None, run: str = "latest", described: bool = False) -> list[Json]:
    """Actors of coded claims and attributions, the most frequent first; one row each, whatever it is called.

    ``did`` counts the claims in which it acts, holds or is the subject, ``suffered`` those in which it is the recipient
    or object, ``said`` the attributions of which it is the source; ``first`` and ``last`` are days of publication.
    ``status`` is ``registry``, ``provisional`` or ``confirmed``. With *described* those without a name come too, by
    their words (``text``), without an id.
    """
    with case.snapshot() as connection:
        cut = moment(connection, as_of)
        erased = connection.execute("SELECT count(*) FROM erasures").fetchone()[0]
        key = ("actors", cut, run, erased, described)
        found = case.remembered(key)
        if found is None:
            found = case.remember(key, ActorListing(connection, cut, run).rows(described))
    return [dict(row) for row in found]


def actor(case: CaseFile, id_: str, *, as_of: AsOf = None, run: str = "latest") -> Json:
    """One actor by any of its ids: its row, ``ids``, the ``corrections`` made of it, and ``similar`` actors.

    Raises NotFound when nobody has that id at that time.
    """
    rows = actors(case, as_of=as_of, run=run)
    with case.snapshot() as connection:
        ids = Identities(connection, moment(connection, as_of)).units(id_)
    row = next((row for row in rows if row["actor_id"] == ids[0]), None)
    if row is None:
        raise NotFound(f"actor {id_!r}: there is none. List them with `onrecord actors CASE`")
    made = corrections(case, as_of=as_of, about="actor", id_=id_)
    return row | {"ids": ids, "corrections": made, "similar": similar_actors(row, rows)}


def similar_actors(row: Json, rows: Iterable[Json]) -> list[Json]:
    """Others who may be the same, for a person to decide: by the last name, where no country speaks against it."""
    last = last_name(row["name"])
    found = []
    for other in rows:
        apart = row["country"] and other["country"] and row["country"] != other["country"]
        unsure = other["actor_id"] != row["actor_id"] and (row["provisional"] or other["provisional"])
        if unsure and not apart and last and last == last_name(other["name"]):
            found.append({key: other[key] for key in ("actor_id", "name", "country", "provisional")})
    return found[:10]


@lru_cache(maxsize=1 << 16)
def last_name(name: str | None) -> str:
    """The last part of a name as names are compared; empty where there is none."""
    return key_of(name, None).removeprefix(PREFIX).rpartition("-")[2] if name else ""


def actor_tables(connection: sqlite3.Connection) -> Tables:
    """What the case has of actors and of names, by their row numbers; rows never change."""
    rows = connection.execute("SELECT actor, actor_id, name, country, sectors, group_id, words FROM actors")
    names = connection.execute("SELECT named, name, country, key FROM names")
    return {row[0]: row[1:] for row in rows}, {row[0]: row[1:] for row in names}


class ActorListing:
    """Gathers what was seen of each actor at one journal entry."""

    def __init__(self, connection: sqlite3.Connection, cut: int, run: str, tables: Tables | None = None) -> None:
        self._connection, self._cut, self._run = connection, cut, run
        self._known = Identities(connection, cut)
        self._actors, self._names = tables if tables is not None else actor_tables(connection)
        self._part_of_mention: dict[tuple[str, int], str] = {}

    def rows(self, described: bool) -> list[Json]:
        """One row an actor."""
        mentions = self._mentions()
        self._keys = self._one_by_key({self._names[named][2] for _, named, *_ in mentions if named is not None})
        found: dict[str, _Seen] = {}
        for actor_row, named, slot, report, count, first, last in mentions:
            unit = self._unit(actor_row, named, report)
            if unit is None and not described:
                continue
            seen = found.setdefault(self._id(unit) if unit else f"\0{actor_row}", _Seen())
            self._see(seen, unit, actor_row, named, slot, count)
            seen.days += [day for day in (first, last) if day]
        rows = [self._row(None if id_.startswith("\0") else id_, seen) for id_, seen in found.items()]
        return sorted(
            rows,
            key=lambda r: (-(r["did"] + r["suffered"] + r["said"]), r["name"] or r["text"] or "", r["actor_id"] or ""),
        )

    def _mentions(self) -> list[tuple[int, int | None, str, int, int, str | None, str | None]]:
        # Only where people told reports apart does it matter in which one somebody is named.
        report = "k.report" if any(part.reports for part in self._known.parts) else "0"
        claims, quotes = standing_claims(self._cut, self._run), standing_codings(self._cut, self._run)
        rows = self._connection.execute(
            _MENTIONED.format(report=report, where=claims.text), claims.parameters
        ).fetchall()
        return (
            rows
            + self._connection.execute(_SAID.format(report=report, where=quotes.text), quotes.parameters).fetchall()
        )

    def _one_by_key(self, keys: Iterable[str]) -> dict[str, str]:
        """For each key of a name the one that its provisional actor goes by."""
        by_stem: dict[str, list[str]] = {}
        for key in keys:
            by_stem.setdefault(stem_of(key), []).append(key)
        return {key: named_by(together(key, some)) for some in by_stem.values() for key in some}

    def _unit(self, actor_row: int, named: int | None, report: int) -> str | None:
        if named is not None:
            unit: str | None = self._names[named][2]
        else:
            unit = self._actors[actor_row][0]
        return None if unit is None else self._after_splits(unit, named, report)

    def _after_splits(self, unit: str, named: int | None, report: int) -> str:
        for part in self._known.parts:
            if unit not in part.of:
                continue
            if part.names:
                inside = named is not None and fold(self._names[named][0]) in {fold(name) for name in part.names}
            else:
                inside = report in self._reports(part.reports)
            unit = part.unit if inside else unit
        return unit

    def _reports(self, report_ids: tuple[str, ...]) -> set[int]:
        sql = "SELECT report FROM reports WHERE report_id IN (SELECT value FROM json_each(?))"
        return {row[0] for row in self._connection.execute(sql, (json.dumps(report_ids),))}

    def _id(self, unit: str) -> str:
        decided = self._known.of(unit)
        return decided.id if decided is not None else self._keys.get(unit, unit)

    def _see(self, seen: _Seen, unit: str | None, actor_row: int, named: int | None, slot: str, count: int) -> None:
        actor_id, name, country, sectors, group, words = self._actors[actor_row]
        seen.units |= {unit} if unit else set()
        seen.did += count * (slot in _DID)
        seen.suffered += count * (slot in _SUFFERED)
        seen.said += count * (slot == "speaker")
        if named is not None:
            seen.names[self._names[named][0]] += count
        elif name:
            seen.names[name] += count
            seen.registered[name] += count * (actor_id is not None)
        if country:
            seen.countries[country] += count
        if group:
            seen.groups[group] += count
        if sectors:
            seen.sectors[sectors.strip()] += count
        seen.words = seen.words or words

    def _row(self, id_: str | None, seen: _Seen) -> Json:
        decided = self._known.of(id_) if id_ is not None else None
        values = _values(decided, seen)
        provisional = id_ is not None and id_.startswith(PREFIX)
        names = list(dict.fromkeys([*([values["name"]] if values["name"] else []), *_by_count(seen.names)]))
        status = "described" if id_ is None else "provisional" if provisional else "registry"
        if decided is not None and decided.confirmed and provisional:
            status = "confirmed"
        return {
            "actor_id": id_,
            **values,
            "text": seen.words if id_ is None else None,
            "provisional": provisional,
            "status": status,
            "names": names,
            "did": seen.did,
            "suffered": seen.suffered,
            "said": seen.said,
            "first": min(seen.days, default=None),
            "last": max(seen.days, default=None),
        }


def _values(decided: Decided | None, seen: _Seen) -> Json:
    """Name, country, sectors and group: as decided, else as the registry has them, else as most mentions have them."""
    given = decided.values if decided is not None else {}
    registered = None
    if decided is not None and not decided.id.startswith(PREFIX) and not seen.registered:
        registered = load_actors().entity(decided.id)
    names = _by_count(seen.registered) or ([registered.name] if registered is not None else _by_count(seen.names))
    sectors = next(iter(_by_count(seen.sectors)), "").split()
    return {
        "name": given.get("name") or next(iter(names), None),
        "country": given.get("country") or next(iter(_by_count(seen.countries)), None),
        "sectors": list(given.get("sectors") or sectors),
        "group": given.get("group") or next(iter(_by_count(seen.groups)), None),
    }


def _by_count(counted: Counter[str]) -> list[str]:
    """The most frequent first; of equals the longest, then by letters."""
    return sorted((name for name in counted if counted[name]), key=lambda name: (-counted[name], -len(name), name))
