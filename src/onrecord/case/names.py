"""Outlets, actors and places: whether each row still says what its identity says, and is found where it lies.

And the numbers of rows that are only ever added: they run from 1 without gaps.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from onrecord.case.folding import fold
from onrecord.case.keys import ActorKey, PlaceKey
from onrecord.case.naming import NameKey

_ACTOR = "SELECT actor, identity, folded, actor_id, name, country, sectors, group_id, words FROM actors"
_PLACE = (
    "SELECT place, identity, folded, place_id, name, admin1, admin2, country, feature_class, lat, lon, words "
    "FROM places"
)
_NAME = "SELECT named, name, country, key, folded, identity FROM names"
# The index of places keeps 32-bit numbers, each box rounded outwards.
_BOXES = (
    "SELECT place FROM places LEFT JOIN places_at b USING (place) WHERE lat IS NOT NULL AND lon IS NOT NULL AND "
    "(b.place IS NULL OR abs(b.south - lat) > 1e-4 OR abs(b.north - lat) > 1e-4 "
    "OR abs(b.west - lon) > 1e-4 OR abs(b.east - lon) > 1e-4) "
    "UNION ALL SELECT b.place FROM places_at b LEFT JOIN places USING (place) WHERE lat IS NULL OR lon IS NULL"
)


def name_problems(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Which row, and what is wrong with it, wherever a column disagrees with the identity that claims are tied to."""
    for outlet, name, folded in connection.execute("SELECT outlet, name, folded FROM outlets").fetchall():
        if folded != fold(name):
            yield f"outlet {outlet}", f"it is compared as {folded!r}, its name is {name!r}"
    for actor, identity, folded, *values in connection.execute(_ACTOR).fetchall():
        key = ActorKey(*values)
        if (key.identity, key.folded) != (identity, folded):
            yield f"actor {actor}", f"its columns do not say what its identity says ({identity})"
    for named, name, country, *said in connection.execute(_NAME).fetchall():
        known = NameKey(name, country)
        if [known.key, fold(name), known.identity] != said:
            yield f"name {named}", f"its columns do not say what its identity says ({said[-1]})"
    for place, identity, folded, *values in connection.execute(_PLACE).fetchall():
        found = PlaceKey(*values)
        if (found.identity, found.folded) != (identity, folded):
            yield f"place {place}", f"its columns do not say what its identity says ({identity})"
    for (place,) in connection.execute(_BOXES).fetchall():
        yield f"place {place}", "the index of coordinates does not have it where it lies"
    for (said,) in connection.execute("SELECT rtreecheck('main', 'places_at')").fetchall():
        if said != "ok":
            yield "places_at", str(said)


_NUMBERED = {
    "runs": "run",
    "run_marks": "mark",
    "reports": "report",
    "rejected_inputs": "rejected",
    "codings": "coding",
    "reviews": "review",
    "merges": "merge",
    "corrections": "correction",
    "erasures": "erasure",
}


def number_problems(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Tables whose rows are no longer numbered 1, 2, 3 …: one was taken away or given another number."""
    for table, key in _NUMBERED.items():
        count, first, last = connection.execute(f"SELECT count(*), min({key}), max({key}) FROM {table}").fetchone()
        if count and (first, last) != (1, count):
            yield table, f"its {count} rows are numbered from {first} to {last}: a row was taken away or moved"
