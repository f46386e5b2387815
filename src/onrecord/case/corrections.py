"""Corrections of actors and places: rows with who, when and why, beside the claims, which stay as they were coded.

A provisional actor is confirmed, given another name, merged with others or with one of the registry, or split; a
place is found, named, or said to be the same as another. An undo is a row too.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from typing import Any, get_args

from onrecord.case.catalog import find_report
from onrecord.case.chain import content_of_row, record
from onrecord.case.codec import Json, dumps
from onrecord.case.file import CaseFile
from onrecord.case.identities import UNFOUND, About, Identities, unfound_id
from onrecord.case.naming import PREFIX
from onrecord.case.query import AsOf, moment
from onrecord.case.rows import insert
from onrecord.errors import BadReview, NotFound
from onrecord.lexicon.actors import load_actors

_NOW = 1 << 62
_ACTOR_VALUES = ("name", "country", "sectors", "group")
_PLACE_VALUES = ("name", "admin1", "admin2", "country", "lat", "lon")


class Curator:
    """One person's hand on the actors and places of a case. Every method records one row, gives its correction_id.

    Ids are those of ``Case.actors()`` and ``Case.places()``: of the registry or gazetteer, or provisional
    (``p:sami-darwish:SYR``, ``u:dar-qubba``). Raises NotFound for an id that the case does not have.
    """

    def __init__(self, case: CaseFile, who: str) -> None:
        if not who.strip():
            raise BadReview("a correction needs the name of who makes it. Say who you are")
        self._case, self.who = case, who.strip()

    def confirm(self, id_: str, why: str, **values: Any) -> str:
        """Says that the actor or place is one and rightly named; *values* give it country, sectors, group and so on."""
        return self._write("confirm", [id_], why, values or None)

    def rename(self, id_: str, name: str, why: str) -> str:
        """Gives the actor or place another *name*; it is still found under the names that reports give it."""
        if not name.strip():
            raise BadReview("rename: the new name is empty. Give one")
        return self._write("rename", [id_], why, {"name": name.strip()})

    def merge(self, ids: Sequence[str], why: str) -> str:
        """Says that all *ids* are one actor or one place. The one that the registry or gazetteer has stays, else the
        first; an id of the registry need not be in the case yet."""
        if len(dict.fromkeys(ids)) < 2:
            raise BadReview("merge: needs two ids or more. Name them")
        return self._write("merge", list(dict.fromkeys(ids)), why, None)

    def split(self, id_: str, why: str, *, reports: Sequence[str] = (), names: Sequence[str] = ()) -> str:
        """Says that the mentions in some *reports*, or under some *names*, are of another actor.

        The other one has an id of its own, ``split_id`` of the row that ``corrections`` gives.
        """
        if bool(reports) == bool(names):
            raise BadReview("split: say either in which reports, or under which names, another one is meant")
        value: Json = {"names": sorted(set(names))} if names else {"reports": self._report_ids(reports)}
        return self._write("split", [id_], why, value)

    def locate(self, id_: str, lat: float, lon: float, why: str, **values: Any) -> str:
        """Puts the place at a point (WGS84 degrees); *values* give it country, admin1 and so on."""
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise BadReview(f"locate: {lat}, {lon} is no point. Give latitude (-90 to 90) and longitude (-180 to 180)")
        return self._write("locate", [id_], why, {**values, "lat": float(lat), "lon": float(lon)})

    def undo(self, correction_id: str, why: str) -> str:
        """Takes one correction back; both stay on record."""
        _said(why)
        with self._case.transaction() as connection:
            row = connection.execute(
                "SELECT correction, about, action, EXISTS (SELECT 1 FROM corrections u WHERE u.undoes = c.correction) "
                "FROM corrections c WHERE correction_id = ?",
                (correction_id,),
            ).fetchone()
            if row is None:
                raise NotFound(
                    f"correction {correction_id!r}: there is none. List them with `onrecord actors CASE list`"
                )
            if row[2] == "undo" or row[3]:
                raise BadReview(f"correction {correction_id!r}: it cannot be undone (again). Make it anew instead")
            return self._insert(connection, row[1], "undo", [], None, why, (row[0], correction_id))

    def _report_ids(self, reports: Sequence[str]) -> list[str]:
        found = set()
        with self._case.snapshot() as connection:
            for name in reports:
                number = find_report(connection, name, _NOW)
                sql = "SELECT report_id FROM reports WHERE report = ?"
                found.add(connection.execute(sql, (number,)).fetchone()[0])
        return sorted(found)

    def _write(self, action: str, ids: list[str], why: str, value: Json | None) -> str:
        _said(why)
        with self._case.transaction() as connection:
            known = Identities(connection, _NOW)
            kinds = {about_of(connection, known, id_) for id_ in ids}
            if len(kinds) > 1:
                raise BadReview(f"{action}: {', '.join(ids)} are actors and places. Name ids of one kind")
            about = kinds.pop()
            _check(about, action, value)
            units = list(dict.fromkeys(unit for id_ in ids for unit in known.units(id_)))
            if action == "split":
                assert value is not None
                number = connection.execute("SELECT count(*) FROM corrections").fetchone()[0]
                digest = hashlib.sha256(dumps([number, units, value]).encode()).hexdigest()[:6]
                value = {"id": f"{known.units(ids[0])[0]}~{digest}", **value}
                if not value["id"].startswith(PREFIX):
                    value["id"] = PREFIX + value["id"]
            return self._insert(connection, about, action, units, value, why, None)

    def _insert(
        self,
        connection: sqlite3.Connection,
        about: About,
        action: str,
        members: list[str],
        value: Json | None,
        why: str,
        undoes: tuple[int, str] | None,
    ) -> str:
        number = connection.execute("SELECT count(*) FROM corrections").fetchone()[0]
        said: Json = {"about": about, "action": action, "members": dumps(members)}
        said |= {"value": None if value is None else dumps(value), "reviewer": self.who, "why": why.strip()}
        correction_id = "k" + hashlib.sha256(dumps([number, *said.values()]).encode()).hexdigest()[:16]
        row = {"correction_id": correction_id, **said, "undoes": undoes and undoes[1]}
        entry = record(connection, "correction", content_of_row(row), self._case.clock)
        kept = {"correction_id": correction_id, **said, "undoes": undoes and undoes[0]}
        insert(connection, "corrections", entry=entry, **kept)
        return correction_id


def about_of(connection: sqlite3.Connection, known: Identities, id_: str) -> About:
    """Whether *id_* is an actor or a place; NotFound when it is neither."""
    decided = known.of(id_)
    if decided is not None:
        return decided.about
    if id_.startswith(UNFOUND):
        rows = connection.execute("SELECT words FROM places WHERE place_id IS NULL AND words <> ''")
        if any(unfound_id(words) == id_ for (words,) in rows):
            return "place"
    elif connection.execute("SELECT 1 FROM places WHERE place_id = ?", (id_,)).fetchone():
        return "place"
    elif (
        connection.execute("SELECT 1 FROM actors WHERE actor_id = ?", (id_,)).fetchone()
        or connection.execute("SELECT 1 FROM names WHERE key = ?", (id_,)).fetchone()
        or (not id_.startswith(PREFIX) and load_actors().entity(id_) is not None)
    ):
        return "actor"
    raise NotFound(f"{id_!r}: no such actor or place. List them with `onrecord actors CASE` or `onrecord places CASE`")


def _check(about: About, action: str, value: Json | None) -> None:
    assert about in get_args(About)
    if action in ("split", "locate") and (action == "split") != (about == "actor"):
        raise BadReview(f"{action}: {'actors' if action == 'split' else 'places'} only. Name one of those")
    if action in ("confirm", "locate", "rename"):
        allowed = _ACTOR_VALUES if about == "actor" else _PLACE_VALUES
        wrong = [key for key in value or {} if key not in allowed]
        if wrong:
            raise BadReview(f"{action}: {', '.join(wrong)} is no value of an {about}. There are: {', '.join(allowed)}")
    country = (value or {}).get("country")
    if country is not None and not (isinstance(country, str) and len(country) == 3 and country.isupper()):
        raise BadReview(f"country {country!r} is no code. Write it as three capitals: SYR")


def _said(why: str) -> None:
    if not why.strip():
        raise BadReview("a correction needs its reason. Say why, in a few words")


def corrections(
    case: CaseFile, *, as_of: AsOf = None, about: About | None = None, id_: str | None = None
) -> list[Json]:
    """Corrections in the order in which they were made: correction_id, about, action, members, value, who, why, when,
    ``undoes``, whether it ``holds``, ``split_id`` where one was split off. ``id_`` wants those of one actor or place.
    """
    names = (
        "correction_id",
        "about",
        "action",
        "members",
        "value",
        "reviewer",
        "why",
        "undoes",
        "recorded_at",
        "holds",
    )
    with case.snapshot() as connection:
        cut = moment(connection, as_of)
        rows = connection.execute(
            "SELECT c.correction_id, c.about, c.action, c.members, c.value, c.reviewer, c.why, u.correction_id, "
            "e.recorded_at, NOT EXISTS (SELECT 1 FROM corrections x WHERE x.undoes = c.correction AND x.entry <= ?) "
            "FROM corrections c JOIN entries e USING (entry) LEFT JOIN corrections u ON u.correction = c.undoes "
            "WHERE c.entry <= ? AND (? IS NULL OR c.about = ?) ORDER BY c.correction",
            (cut, cut, about, about),
        ).fetchall()
        units = set(Identities(connection, cut).units(id_)) if id_ is not None else None
    found = []
    for row in rows:
        value = dict(zip(names, row, strict=True))
        value |= {"members": json.loads(value["members"]), "value": json.loads(value["value"] or "null")}
        value |= {"holds": bool(value["holds"]), "split_id": (value["value"] or {}).get("id")}
        if units is None or units & {*value["members"], value["split_id"]}:
            found.append(value)
    return found
