"""Places of a case: where they lie, how many claims speak of them, and who held them when, by whose word."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from onrecord.case.codec import Json
from onrecord.case.corrections import corrections
from onrecord.case.file import CaseFile
from onrecord.case.identities import UNFOUND, Identities, unfound_id
from onrecord.case.keys import day_of
from onrecord.case.query import AsOf, moment, standing_claims
from onrecord.errors import NotFound

_COUNTED = """
SELECT p.place, count(*), count(DISTINCT k.report)
FROM claims c JOIN codings k USING (coding) JOIN places p USING (place)
WHERE c.status IN (SELECT code FROM words WHERE list = 'status' AND word = 'coded') AND {where}
GROUP BY p.place
"""
_CONTROL = """
SELECT c.place, c.claim_id, t.word, c.first_day, c.last_day, c.factuality, r.report_id, o.name, r.published,
  (SELECT json_group_array(json_array(coalesce(a.actor_id, n.key), coalesce(a.name, n.name, s.words,
    substr(CASE s.field WHEN 0 THEN r.text ELSE r.title END, s.start + 1, s."end" - s.start))))
   FROM slots s LEFT JOIN actors a USING (actor) LEFT JOIN names n USING (named)
   WHERE s.claim = c.claim AND s.slot = (SELECT code FROM words WHERE list = 'slot' AND word = 'holder'))
FROM claims c JOIN codings k USING (coding) JOIN reports r USING (report) LEFT JOIN outlets o USING (outlet)
JOIN words t ON t.code = c.type
WHERE c.place IN (SELECT value FROM json_each(?))
AND c.kind = (SELECT code FROM words WHERE list = 'kind' AND word = 'control')
AND c.status IN (SELECT code FROM words WHERE list = 'status' AND word = 'coded') AND {where}
ORDER BY coalesce(c.first_day, c.last_day), r.published, c.claim
"""
_VALUES = ("name", "admin1", "admin2", "country", "feature_class", "lat", "lon")


def places(
    case: CaseFile, *, as_of: AsOf = None, run: str = "latest", limit: int | None = None, control: bool = True
) -> list[Json]:
    """Places of coded claims, the most frequent first; those not found have no coordinates, and ids of the case.

    ``control`` are the claims on who holds, takes, loses or contests the place, in the order of their days: ``change``,
    ``holders`` (actor_id and name), ``first``, ``last``, ``factuality``, ``claim_id``, ``report_id``, ``outlet``,
    ``published``. None of them is chosen above the others. Without *control* the list is empty.
    """
    with case.snapshot() as connection:
        cut = moment(connection, as_of)
        rows = _listed(connection, cut, run)[:limit]
        if control and rows:
            _add_control(connection, cut, run, rows)
    for row in rows:
        del row["rows"]
    return rows


def place(case: CaseFile, id_: str, *, as_of: AsOf = None, run: str = "latest") -> Json:
    """One place by any of its ids: its row, ``ids``, and the ``corrections`` made of it.

    Raises NotFound when no claim speaks of it at that time.
    """
    with case.snapshot() as connection:
        cut = moment(connection, as_of)
        ids = Identities(connection, cut).units(id_)
        row = next((row for row in _listed(connection, cut, run) if row["place_id"] == ids[0]), None)
        if row is None:
            raise NotFound(f"place {id_!r}: there is none. List them with `onrecord places CASE`")
        _add_control(connection, cut, run, [row])
    del row["rows"]
    return row | {"ids": ids, "corrections": corrections(case, as_of=as_of, about="place", id_=id_)}


def _listed(connection: sqlite3.Connection, cut: int, run: str) -> list[Json]:
    where = standing_claims(cut, run)
    counted = connection.execute(_COUNTED.format(where=where.text), where.parameters).fetchall()
    return listed(connection, cut, counted)


def listed(connection: sqlite3.Connection, cut: int, counted: Iterable[tuple[int, int, int]]) -> list[Json]:
    """Rows of places from how many claims and reports speak of each row of ``places``; ``rows`` are those rows."""
    known = Identities(connection, cut)
    columns = f"place, place_id, {', '.join(_VALUES)}, words"
    rows = {row[0]: row[1:] for row in connection.execute(f"SELECT {columns} FROM places")}
    found: dict[str, Json] = {}
    for number, claims, reports in counted:
        place_id, *values, words = rows[number]
        unit = place_id or (unfound_id(words) if words else None)
        if unit is None:
            continue
        decided = known.of(unit)
        id_ = decided.id if decided is not None else unit
        row = found.get(id_)
        if row is None:
            said = dict(zip(_VALUES, values, strict=True)) | {"name": values[0] or words}
            if decided is not None:
                said |= {key: value for key, value in known.place_row(decided).items() if key in _VALUES}
            status = "provisional" if id_.startswith(UNFOUND) else "gazetteer"
            status = "confirmed" if decided is not None and decided.confirmed else status
            row = found[id_] = {"place_id": id_, **said, "provisional": id_.startswith(UNFOUND), "status": status}
            row |= {"names": [], "claims": 0, "reports": 0, "control": [], "rows": []}
        row["claims"] += claims
        row["reports"] += reports
        row["rows"].append(number)
        row["names"] = list(dict.fromkeys(name for name in (*row["names"], values[0], words) if name))
    return sorted(found.values(), key=lambda row: (-row["claims"], row["place_id"]))


def _add_control(connection: sqlite3.Connection, cut: int, run: str, rows: Iterable[Json]) -> None:
    of = {number: row for row in rows for number in row["rows"]}
    known = Identities(connection, cut)
    where = standing_claims(cut, run)
    found = connection.execute(_CONTROL.format(where=where.text), (json.dumps(list(of)), *where.parameters))
    for number, claim_id, change, first, last, factuality, report_id, outlet, published, holders in found.fetchall():
        of[number]["control"].append(
            {
                "change": change,
                "holders": [_holder(known, *holder) for holder in json.loads(holders)],
                "first": day_of(first),
                "last": day_of(last),
                "factuality": factuality,
                "claim_id": claim_id,
                "report_id": report_id,
                "outlet": outlet,
                "published": published,
            }
        )


def _holder(known: Identities, id_: str | None, name: str | None) -> dict[str, Any]:
    return {"actor_id": None if id_ is None else known.units(id_)[0], "name": name}
