"""One actor at length: what it did, suffered and said, its entry in the registry, and who speaks of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import numpy as np
import orjson

from onrecord.case.filters import Filter, Term
from onrecord.case.identities import Identities
from onrecord.case.who import last_name
from onrecord.case.who import similar_actors as similar
from onrecord.errors import NotFound
from onrecord.lexicon.actors import load_actors
from onrecord.serve import standing
from onrecord.serve.decode import claim_rows
from onrecord.serve.desk import Ask
from onrecord.serve.mirror import Ints, Mask
from onrecord.serve.parties import counted, units
from onrecord.serve.ties import memberships

_MOST = 2000
_ACTORS, _OTHERS = ("actor", "holder", "subject"), ("recipient", "object")


def claims_of(ask: Ask, mask: Mask, most: int = _MOST) -> list[dict[str, Any]]:
    """Claims in *mask* as JSON, at most so many, those with the latest days first."""
    rows = latest_rows(ask, mask, most).tolist()
    return [orjson.loads(row) for row in claim_rows(ask.desk, rows, ask.snapshot.erasures)]


def latest_rows(ask: Ask, mask: Mask, most: int = _MOST) -> Ints:
    """Rows of claims in *mask*, at most so many, those with the latest days first."""
    rows = np.flatnonzero(mask)
    return rows[np.argsort(-ask.snapshot.claims["first_day"][rows], kind="stable")][:most]


def meant_claims(ask: Ask, *terms: Term) -> Mask:
    """Claims that stand and meet all *terms*, with what people decided of the actors and places named."""
    filter_ = ask.resolved(Filter((*terms, Term("status", ":", ("coded",)))))
    return ask.standing() & ask.desk.terms.mask(ask.snapshot, "claims", filter_)


def actor(ask: Ask, actor_id: str) -> dict[str, Any]:
    """An actor's row, registry entry, and counts of its dealings; NotFound where nobody speaks of it."""
    row, ids = listed(ask, standing.actors(ask), "actor", actor_id)
    known = row["actor_id"]
    sides = {
        name: _side(ask, meant_claims(ask, Term(f"{key}.id", ":", (known,))), other)
        for name, key, other in (("did", "actor", _OTHERS), ("suffered", "recipient", _ACTORS),
                                 ("said", "speaker", _ACTORS))
    }  # fmt: skip
    return {
        **row,
        "ids": ids,
        "similar": similar(row, _namesakes(ask, row["name"])),
        "registry": registry_entry(known),
        "memberships": memberships(known),
        "deeds": sides,
        "spoken_of_by": _with(ask, meant_claims(ask, Term("party.id", ":", (known,))), ("speaker",)),
        "decisions": ask.desk.case.corrections(about="actor", of=known, as_of=ask.moment()),
        **ask.head(),
    }


def _namesakes(ask: Ask, name: str | None) -> list[dict[str, Any]]:
    """Actors of the same last name."""
    listing = standing.actors(ask)

    def make() -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in listing.rows:
            found[last_name(row["name"])].append(row)
        return dict(found)

    found: dict[str, list[dict[str, Any]]] = ask.desk.once(("last names", listing.state), make, "last names", 2)
    return found.get(last_name(name), [])


def _side(ask: Ask, mask: Mask, slots: tuple[str, ...]) -> dict[str, Any]:
    s, rows = ask.snapshot, np.flatnonzero(mask)
    types: Counter[str] = Counter()
    for number, n in _counts(s.claims["type"][rows]):
        types.update({str(s.word(number)): n} if number else {})
    days = s.claims["first_day"][rows]
    months = days[days < 1 << 40].astype("datetime64[D]").astype("datetime64[M]")
    return {"total": len(rows), "by_type": dict(types.most_common()),
            "by_month": {month.isoformat()[:7]: n for month, n in _counts(months)},
            "with": _with(ask, mask, slots)}  # fmt: skip


def _counts(values: Any) -> list[tuple[Any, int]]:
    """Each value, in order, with how often it is there."""
    found, counts = np.unique(values, return_counts=True)
    return list(zip(found.tolist(), counts.tolist(), strict=True))


def _with(ask: Ask, mask: Mask, slots: tuple[str, ...], most: int = 30) -> list[dict[str, Any]]:
    s = ask.snapshot
    numbers = [s.number("slot", slot) for slot in slots]
    inside = s.slots.inside(mask, np.flatnonzero(mask))
    chosen = inside[np.isin(s.slots.more["slot"][inside], numbers)]
    named = counted(units(ask.desk, s), s.slots.row[chosen], s.slots.value[chosen], most)
    return [{"actor_id": actor_id, "name": name, "claims": n} for actor_id, name, n in named]


def registry_entry(actor_id: str) -> dict[str, Any] | None:
    """What the registry that ships says of an actor; None where it does not know it."""
    entity = load_actors().entity(actor_id)
    if entity is None:
        return None
    return {
        "name": entity.name,
        "aliases": list(entity.aliases[:60]),
        "kind": entity.kind,
        "country": entity.country,
        "sectors": list(entity.sectors),
        "part_of": entity.part_of,
        "start": entity.start,
        "end": entity.end,
        "codes": dict(entity.codes),
    }


def listed(ask: Ask, listing: standing.Listing, kind: str, id_: str) -> tuple[dict[str, Any], list[str]]:
    """The row of a list that any id of an actor or place leads to, and all its ids; NotFound where there is none."""
    with ask.desk.file.snapshot() as connection:
        ids = Identities(connection, ask.cut).units(id_)
    row = listing.by_id.get(ids[0])
    if row is None:
        raise NotFound(f"{kind} {id_!r}: there is none. List them at /api/v1/{kind}s")
    return row, ids
